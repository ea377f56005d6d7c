//! The country brief and the regional report as documents: from them come
//! page, editable text and typeset file, in every language of the program.

use super::{
    AnswerShown, CountryReport, RegionalReport,
    chart::{Bar, bars},
    regional::{MemberLine, RegionalQuestion},
};
use crate::{
    App,
    document::{Column, Document, Figure, Line, Table, Tone, begin},
};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{AnswerWord, Doubt, Entered, Origin, QuestionSummary, Translated, UnitMeant, Value},
};
use palermo_locale::{Arg, Language};

/// Words and numbers of one language.
pub(super) struct Say<'a> {
    pub app: &'a App,
    pub language: Language,
}

impl Say<'_> {
    pub fn text(&self, id: &str) -> String {
        self.app.catalogue.text(self.language, id)
    }

    pub fn format(&self, id: &str, values: &[(&str, Arg<'_>)]) -> String {
        self.app.catalogue.format(self.language, id, values)
    }

    pub fn number(&self, number: f64) -> String {
        palermo_locale::number(self.language, false, number)
    }

    pub fn whole(&self, number: usize) -> String {
        #[allow(clippy::cast_precision_loss)] // counts of a report
        self.number(number as f64)
    }

    pub fn day(&self, day: Day) -> String {
        palermo_locale::date(self.language, false, day.date())
    }

    fn word(&self, family: &str, code: &str) -> String {
        self.text(&format!("{family}-{code}"))
    }

    fn state(&self, state: StateCode) -> String {
        self.app.registers.states.name(state, self.language.code())
    }

    fn states(&self, states: &[StateCode]) -> String {
        states.iter().map(|state| self.state(*state)).collect::<Vec<_>>().join(", ")
    }

    /// That a figure's unit is doubtful, or that its State confirmed it.
    fn unit_in_doubt(&self, one: &AnswerShown) -> Option<String> {
        let unit = one.doubtful_unit.as_deref()?;
        Some(match one.unit_confirmed {
            Some(on) => {
                let another = one.unit_meant == Some(UnitMeant::Another);
                let id = if another { "report-unit-other" } else { "report-unit-confirmed" };
                self.format(id, &[("day", self.day(on).into())])
            }
            None => self.format("report-unit-doubtful", &[("unit", unit.into())]),
        })
    }

    /// States with a figure whose unit is doubtful.
    fn doubts(&self, all: &[Doubt]) -> String {
        let one = |one: &Doubt| {
            format!("{} ({}: {})", self.state(one.state), self.number(one.figure), one.unit)
        };
        all.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    fn n_of(&self, n: usize, of: usize) -> String {
        self.format("report-n-of", &[("n", self.whole(n).into()), ("of", self.whole(of).into())])
    }

    pub fn value(&self, shown: &AnswerShown) -> String {
        let Some(answer) = &shown.answer else {
            return match shown.said.as_str() {
                "confidential" => self.text("report-confidential"),
                "withheld" => self.text("report-withheld"),
                _ => self.text("report-no-answer"),
            };
        };
        match &answer.value {
            Value::Word(word) => self.word("answer-word", word.code()),
            Value::Number(number) => {
                let unit = answer.unit.as_ref().or(shown.unit.as_ref());
                match unit {
                    Some(unit) => format!("{} {}", self.number(*number), self.unit(unit)),
                    None => self.number(*number),
                }
            }
            Value::Date(day) => self.day(*day),
            _ => shown.said.clone(),
        }
    }

    /// A unit in the language, or as it was written.
    fn unit(&self, unit: &str) -> String {
        let id = format!("unit-{unit}");
        let known = unit.bytes().all(|b| b.is_ascii_lowercase());
        if known && self.app.catalogue.has(Language::En, &id) {
            self.text(&id)
        } else {
            unit.to_owned()
        }
    }

    /// That the words of an answer are not, or only by a machine, in this language.
    fn translation(&self, shown: &AnswerShown) -> Option<String> {
        let how = shown.translation?;
        (how != Translated::Done).then(|| self.word("translated", how.code()))
    }

    fn origin(&self, origin: &Origin) -> Option<String> {
        Some(match origin {
            Origin::Typed => return None,
            Origin::Prefilled { from } => {
                self.format("report-mark-prefilled", &[("from", from.as_str().into())])
            }
            Origin::Reused { questionnaire, period, code, given } => {
                let place = format!("{questionnaire} {period}, {code}");
                let day = self.day(*given);
                self.format("report-mark-reused", &[("place", place.into()), ("day", day.into())])
            }
            Origin::Secretariat { document } => {
                self.format("report-mark-secretariat", &[("document", document.as_str().into())])
            }
        })
    }
}

pub(super) fn chart(svg: String, alt: &str, caption: String, data: Table) -> Figure {
    Figure { svg, alt: alt.to_owned(), caption: caption.into(), data: Some(data) }
}

/// The whole report of a country: in brief, then every answer.
#[must_use]
pub fn country_document(app: &App, report: &CountryReport, language: Language) -> Document {
    let say = Say { app, language };
    let period = palermo_locale::year(language, false, report.period);
    let title = format!("{}: {} {period}", report.name, report.title);
    let mut document = begin(app, language, title);
    document.date = Some(app.store.now().date());
    country_facts(&say, report, &mut document);
    country_summary(&say, report, &mut document);
    for section in &report.sections {
        document.heading(1, format!("{}. {}", section.code, section.title));
        if let Some(why) = &section.no_data {
            let told = say.format("report-no-data", &[("why", why.as_str().into())]);
            document.callout(Tone::Note, told);
        }
        if section.answers.iter().any(|one| one.answer.is_some() || !one.said.is_empty()) {
            document.table(answers(&say, section.title.clone(), &section.answers));
        }
    }
    if !report.corrections.is_empty() {
        document.heading(1, say.text("report-corrections"));
        document.list(report.corrections.iter().map(|one| {
            say.format(
                "report-correction",
                &[
                    ("code", one.code.as_str().into()),
                    ("was", one.was.as_str().into()),
                    ("now", one.now.as_str().into()),
                    ("why", one.why.as_str().into()),
                ],
            )
        }));
    }
    if report.sections.iter().flat_map(|one| &one.answers).any(|one| one.said == "withheld") {
        let threshold = say.whole(report.threshold as usize);
        document.paragraph(say.format("report-threshold", &[("threshold", threshold.into())]));
    }
    let source = say.format(
        "report-source-submission",
        &[
            ("questionnaire", report.questionnaire.as_str().into()),
            ("version", say.whole(report.questionnaire_version as usize).into()),
            ("submission", say.whole(report.version as usize).into()),
        ],
    );
    document.sources([source]);
    document
}

pub(super) fn country_facts(say: &Say<'_>, report: &CountryReport, document: &mut Document) {
    let status = if report.published {
        say.word("report-decided", "published")
    } else {
        say.word("duty-status", report.status.code())
    };
    let mut facts: Vec<(String, String)> = vec![
        (say.text("report-status"), status),
        (say.text("report-submitted"), say.day(report.submitted)),
    ];
    if let Some(day) = report.accepted {
        facts.push((say.text("report-accepted"), say.day(day)));
    }
    if let Some(name) = &report.signed_by {
        facts.push((say.text("report-signed-by"), name.clone()));
    }
    let (n, of) = report.answered;
    facts.push((say.text("report-answered"), say.n_of(n, of)));
    if report.original_language != say.language.code() {
        let name = Language::from_code(&report.original_language)
            .map_or_else(|| report.original_language.clone(), |l| l.own_name().to_owned());
        facts.push((say.text("report-original-language"), name));
    }
    document.facts(facts);
    if let Entered::Secretariat { document: from, .. } = &report.entered {
        let id = if report.confirmed { "report-entered-confirmed" } else { "report-entered" };
        let told = say.format(id, &[("document", from.as_str().into())]);
        document.callout(Tone::Warning, told);
    }
}

/// How many questions were answered by which word, as bars with their numbers.
pub(super) fn answers_by_word(
    say: &Say<'_>,
    report: &CountryReport,
    document: &Document,
) -> Figure {
    let words: Vec<AnswerWord> = report
        .sections
        .iter()
        .flat_map(|section| &section.answers)
        .filter_map(|one| one.answer.as_ref()?.value.word())
        .collect();
    let shown = [AnswerWord::Yes, AnswerWord::InPart, AnswerWord::No, AnswerWord::NoInformation];
    let mut table = Table::new(
        say.text("report-words-caption"),
        vec![Column::text(say.text("report-answer")), Column::number(say.text("report-questions"))],
    );
    let mut rows = Vec::new();
    for word in shown {
        let count = words.iter().filter(|one| **one == word).count();
        let name = say.word("answer-word", word.code());
        table.row([name.clone(), say.whole(count)]);
        #[allow(clippy::cast_precision_loss)] // some dozens
        rows.push(Bar { name, parts: vec![count as f64], told: say.whole(count) });
    }
    let rtl = document.direction == crate::document::Direction::Rtl;
    let caption = say.text("report-words-caption");
    let svg = bars(&rows, &[], rtl);
    chart(svg, &caption, caption.clone(), table)
}

fn country_summary(say: &Say<'_>, report: &CountryReport, document: &mut Document) {
    document.heading(1, say.text("report-in-brief"));
    document.figure(answers_by_word(say, report, document));
    let gaps: Vec<String> =
        report.gaps().map(|one| format!("{} {} {}", one.code, one.text, say.value(one))).collect();
    if !gaps.is_empty() {
        document.heading(2, say.text("report-gaps"));
        document.list(gaps);
    }
    if !report.needs.is_empty() {
        document.heading(2, say.text("report-needs"));
        document.list(report.needs.iter().map(|(code, need)| format!("{code}: {need}")));
    }
}

fn answers(say: &Say<'_>, caption: String, all: &[AnswerShown]) -> Table {
    let mut table = Table::new(
        caption,
        vec![
            Column::text(say.text("report-question")),
            Column::text(say.text("report-answer")),
            Column::text(say.text("report-explanation")),
        ],
    );
    for one in all {
        let mut question = Line::new().text(format!("{} {}", one.code, one.text));
        if !one.translated {
            question = question.text(" ").emphasis(say.text("report-untranslated"));
        }
        let mut value = Line::new().strong(say.value(one));
        let mut told = Line::new();
        if let Some(answer) = &one.answer {
            told = told.text(&answer.explanation);
            for evidence in &answer.evidence {
                told = told.text(format!("\n{}: {}", say.text("report-evidence"), evidence.what));
            }
            if let Some(mark) = say.translation(one) {
                told = told.text("\n").emphasis(mark);
            }
            if let Some(definition) = &answer.definition {
                told = told.text(format!("\n{}: {definition}", say.text("report-definition")));
            }
            if let Some(mark) = say.origin(&answer.origin) {
                value = value.text("\n").emphasis(mark);
            }
        }
        if let Some(why) = &one.disputed {
            let mark = say.format("report-disputed-why", &[("why", why.as_str().into())]);
            value = value.text("\n").strong(mark);
        }
        if let Some(mark) = say.unit_in_doubt(one) {
            value = value.text("\n").emphasis(mark);
        }
        table.row([question, value, told]);
    }
    table
}

/// The report of a region: coverage, sections with charts, needs.
#[must_use]
pub fn regional_document(app: &App, report: &RegionalReport, language: Language) -> Document {
    let say = Say { app, language };
    let period = palermo_locale::year(language, false, report.period);
    let mut document = begin(app, language, format!("{}: {} {period}", report.name, report.title));
    document.date = Some(app.store.now().date());
    document.contents = true;
    document.subtitle = Some(say.text("report-draft"));
    let reported = say.format(
        "report-coverage",
        &[("n", say.whole(report.n).into()), ("of", say.whole(report.of).into())],
    );
    document.paragraph(reported);
    if report.unconfirmed > 0 {
        let count = say.whole(report.unconfirmed);
        document.callout(
            Tone::Warning,
            say.format(
                "report-unconfirmed",
                &[("count", report.unconfirmed.into()), ("shown", count.into())],
            ),
        );
    }
    document.callout(Tone::Note, say.text("report-unlike-note"));
    let threshold = say.whole(report.threshold as usize);
    document.paragraph(say.format("report-threshold", &[("threshold", threshold.into())]));
    document.heading(1, say.text("report-coverage-title"));
    document.table(coverage(&say, &report.coverage));
    if !report.tiers.is_empty() {
        document.table(tiers(&say, report));
    }
    for section in &report.sections {
        document.heading(1, format!("{}. {}", section.code, section.title));
        for (state, why) in &section.no_data {
            let name = say.state(*state);
            document.paragraph(format!(
                "{name}: {}",
                say.format("report-no-data", &[("why", why.as_str().into())])
            ));
        }
        for question in &section.questions {
            regional_question(&say, question, &mut document);
        }
    }
    document.heading(1, say.text("report-needs"));
    if report.needs.is_empty() {
        document.paragraph(say.text("report-needs-none"));
    } else {
        let mut table = Table::new(
            say.text("report-needs"),
            vec![
                Column::text(say.text("report-state")),
                Column::text(say.text("report-question")),
                Column::text(say.text("report-need")),
            ],
        );
        for one in &report.needs {
            table.row([say.state(one.state), one.code.clone(), one.need.clone()]);
        }
        document.table(table);
    }
    document.sources(report.coverage.iter().filter(|line| line.counted).map(|line| {
        let day = line.submitted.map(|day| say.day(day)).unwrap_or_default();
        say.format(
            "report-source-state",
            &[("state", line.name.as_str().into()), ("day", day.into())],
        )
    }));
    document
}

fn coverage(say: &Say<'_>, lines: &[MemberLine]) -> Table {
    let heads = ["report-state", "report-submitted", "report-accepted"];
    let mut columns: Vec<Column> = heads.iter().map(|id| Column::text(say.text(id))).collect();
    columns.push(Column::number(say.text("report-days-late")));
    columns.push(Column::number(say.text("report-answered")));
    columns.push(Column::text(say.text("report-remarks")));
    let mut table = Table::new(say.text("report-coverage-title"), columns);
    table.row_headings = true;
    for line in lines {
        let day = |day: Option<Day>| day.map(|day| say.day(day)).unwrap_or_default();
        let mut remarks = Vec::new();
        if line.awaiting {
            remarks.push(say.text("report-awaiting"));
        } else if !line.counted {
            remarks.push(say.text("report-nothing-submitted"));
        }
        if line.left_out > 0 {
            let count = [("count", line.left_out.into())];
            remarks.push(say.format("report-left-out", &count));
        }
        if let Some(document) = &line.entered_from {
            let id = if line.confirmed { "report-entered-confirmed" } else { "report-entered" };
            remarks.push(say.format(id, &[("document", document.as_str().into())]));
        }
        let submitted = if line.counted { day(line.submitted) } else { "–".to_owned() };
        let late = line.days_late.filter(|days| *days > 0);
        #[allow(clippy::cast_precision_loss)] // days
        table.row([
            line.name.clone(),
            submitted,
            day(line.accepted),
            late.map(|days| say.number(days as f64)).unwrap_or_default(),
            say.whole(line.answered),
            remarks.join("\n"),
        ]);
    }
    table
}

fn tiers(say: &Say<'_>, report: &RegionalReport) -> Table {
    let mut table = Table::new(
        say.text("report-tiers"),
        vec![
            Column::text(say.text("report-mechanism")),
            Column::text(say.text("report-reported")),
            Column::text(say.text("report-missing")),
        ],
    );
    for tier in &report.tiers {
        table.row([tier.mechanism.clone(), say.n_of(tier.n, tier.of), say.states(&tier.missing)]);
    }
    table
}

/// Figures that are not added because of their unit.
fn left_out(say: &Say<'_>, summary: &QuestionSummary, document: &mut Document) {
    let doubts = [
        ("report-unit-left-out", &summary.doubtful),
        ("report-unit-never-added", &summary.other_units),
    ];
    for (id, doubts) in doubts.into_iter().filter(|(_, doubts)| !doubts.is_empty()) {
        let told = say.format(id, &[("states", say.doubts(doubts).into())]);
        document.callout(Tone::Warning, told);
    }
}

fn regional_question(say: &Say<'_>, question: &RegionalQuestion, document: &mut Document) {
    let summary = &question.summary;
    document.heading(2, format!("{} {}", question.code, question.text));
    let mut counted = say.n_of(summary.n, summary.of);
    if !question.translated {
        counted = format!("{counted} · {}", say.text("report-untranslated"));
    }
    document.paragraph(counted);
    if summary.n == 0 {
        return;
    }
    let rtl = document.direction == crate::document::Direction::Rtl;
    let named: Vec<(String, &Vec<StateCode>)> = summary
        .words
        .iter()
        .map(|(code, states)| (say.word("answer-word", code), states))
        .chain(
            summary
                .choices
                .iter()
                .map(|(code, states)| (question.options.get(code).unwrap_or(code).clone(), states)),
        )
        .collect();
    if !named.is_empty() {
        document.figure(states_by(say, &named, &question.text, rtl));
    }
    for group in &summary.figures {
        let caption = match &group.definition {
            Some(definition) => format!("{}: {definition}", say.text("report-definition")),
            None => say.text("report-no-definition"),
        };
        document.figure(figures(say, question, group, caption, rtl));
    }
    if summary.unlike {
        document.callout(Tone::Note, say.text("report-unlike"));
    }
    if let Some(total) = summary.total {
        let unit = question.unit.as_deref().map(|unit| say.unit(unit)).unwrap_or_default();
        let told = say.format(
            "report-total",
            &[
                ("total", format!("{} {unit}", say.number(total)).into()),
                ("n", say.whole(summary.added.unwrap_or(summary.n)).into()),
                ("of", say.whole(summary.of).into()),
            ],
        );
        document.paragraph(Line::new().strong(told));
    }
    left_out(say, summary, document);
    if !summary.withheld.is_empty() {
        let states = say.states(&summary.withheld);
        let told = say.format("report-withheld-states", &[("states", states.into())]);
        document.paragraph(told);
    }
    if !summary.disputed.is_empty() {
        let states = say.states(&summary.disputed);
        let told = say.format("report-disputed", &[("states", states.into())]);
        document.callout(Tone::Warning, told);
    }
    if !summary.said.is_empty() {
        document.list(summary.said.iter().map(|(state, said)| {
            Line::new().strong(format!("{}: ", say.state(*state))).text(said)
        }));
    }
}

fn states_by(say: &Say<'_>, named: &[(String, &Vec<StateCode>)], text: &str, rtl: bool) -> Figure {
    let mut table = Table::new(
        text,
        vec![
            Column::text(say.text("report-answer")),
            Column::number(say.text("report-states")),
            Column::text(say.text("report-which")),
        ],
    );
    let mut rows = Vec::new();
    for (name, states) in named {
        table.row([name.clone(), say.whole(states.len()), say.states(states)]);
        #[allow(clippy::cast_precision_loss)] // some dozen States
        rows.push(Bar {
            name: name.clone(),
            parts: vec![states.len() as f64],
            told: say.whole(states.len()),
        });
    }
    chart(bars(&rows, &[], rtl), text, text.to_owned(), table)
}

fn figures(
    say: &Say<'_>,
    question: &RegionalQuestion,
    group: &palermo_domain::report::DefinitionGroup,
    caption: String,
    rtl: bool,
) -> Figure {
    let unit = question.unit.as_deref().map(|unit| say.unit(unit)).unwrap_or_default();
    let mut table = Table::new(
        caption.clone(),
        vec![Column::text(say.text("report-state")), Column::number(unit)],
    );
    let mut rows = Vec::new();
    for (state, figure) in &group.figures {
        let (name, told) = (say.state(*state), say.number(*figure));
        table.row([name.clone(), told.clone()]);
        rows.push(Bar { name, parts: vec![figure.max(0.0)], told });
    }
    table.row([say.text("report-sum"), say.number(group.total)]);
    chart(bars(&rows, &[], rtl), &question.text, caption, table)
}
