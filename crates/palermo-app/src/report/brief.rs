//! The brief of a country: two pages for the meeting that starts in an hour. What the
//! State answered in short, its figures beside last year's, gaps and needs, what was
//! recommended to it and what is overdue. Every list is cut to what two pages hold and
//! says how much more there is; the whole report holds the rest.

use super::{
    AnswerShown, CountryReport, Standing,
    country::country,
    document::{Say, answers_by_word, country_facts},
};
use crate::{
    App, Refused,
    document::{Column, Document, Line, Table, begin},
};
use palermo_domain::{
    register::day::Day,
    report::{AnswerWord, DutyStatus, Value},
};
use palermo_locale::{Arg, Language};

/// What a brief is made from.
#[derive(Debug, Clone)]
pub struct Brief {
    /// The report of the year.
    pub report: CountryReport,
    /// The year before, if there was one.
    pub before: Option<CountryReport>,
    /// Recommendations to the State that are not settled: number, text, overdue; the
    /// overdue ones first.
    pub recommendations: Vec<(String, String, bool)>,
    /// Its national plans with targets missed.
    pub plans: Vec<(String, usize)>,
    /// What it owes other mechanisms: what and since when.
    pub owed: Vec<(String, Day)>,
}

/// Lines a list of the brief may have.
const GAPS: usize = 6;
const NEEDS: usize = 3;
const RECOMMENDATIONS: usize = 4;
const FIGURES: usize = 9;
const OWED: usize = 2;

/// Gathers the brief of a State from its report.
///
/// # Errors
/// When the store does not answer.
pub async fn brief(app: &App, report: CountryReport, which: Standing) -> Result<Brief, Refused> {
    let today: Day = app.store.now().date().into();
    let (id, state) = (report.questionnaire.clone(), report.state);
    let before =
        country(app, &id, state.as_str(), report.period - 1, which, "en", false).await.ok();
    let all = crate::review::recommendations(app).await?;
    let mut recommendations: Vec<(String, String, bool)> = all
        .iter()
        .filter(|one| !one.recommendation.confidential)
        .flat_map(|one| one.states.iter().map(move |said| (&one.recommendation, said)))
        .filter(|(_, said)| said.state == state && !said.counted().is_settled())
        .map(|(what, said)| (what.id.clone(), what.text.clone(), said.overdue(what, today)))
        .collect();
    recommendations.sort_by_key(|(_, _, overdue)| !*overdue);
    let mut plans = Vec::new();
    for plan in crate::plan::ask::list_all(&app.store).await? {
        if plan.entry.state == Some(state) && plan.entry.status.code() == "adopted" {
            let progress = crate::plan::ask::progress_open(app, &plan.entry, today).await?;
            plans.push((plan.entry.title.clone(), progress.missed));
        }
    }
    let year = today.date().year();
    let duties = super::duties_of(app, state.as_str(), year - 2..=year, today).await?;
    let owed = duties
        .into_iter()
        .filter(|one| one.status == DutyStatus::Late)
        .map(|one| (format!("{}: {}", one.of.mechanism, one.of.what), one.of.due))
        .collect();
    Ok(Brief { report, before, recommendations, plans, owed })
}

/// A text cut to so many characters, at a word.
fn short(text: &str, longest: usize) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= longest {
        return plain;
    }
    let cut: String = plain.chars().take(longest).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':']))
}

/// The brief as a document of two pages.
#[must_use]
pub fn brief_document(app: &App, brief: &Brief, language: Language) -> Document {
    let say = Say { app, language };
    let report = &brief.report;
    let period = palermo_locale::year(language, false, report.period);
    let mut document = begin(app, language, format!("{}: {period}", report.name));
    document.subtitle = Some(report.title.clone());
    document.date = Some(app.store.now().date());
    country_facts(&say, report, &mut document);
    document.heading(1, say.text("report-in-brief"));
    document.figure(answers_by_word(&say, report, &document));
    figures(&say, brief, &mut document);
    needs(&say, report, &mut document);
    document.page_break();
    gaps(&say, report, &mut document);
    recommended(&say, brief, &mut document);
    beside(&say, brief, &mut document);
    let source = say.format(
        "report-source-submission",
        &[
            ("questionnaire", report.questionnaire.as_str().into()),
            ("version", say.whole(report.questionnaire_version as usize).into()),
            ("submission", say.whole(report.version as usize).into()),
        ],
    );
    document.sources([format!("{source}. {}", say.text("brief-whole"))]);
    document
}

fn more(say: &Say<'_>, shown: usize, all: usize, document: &mut Document) {
    if all > shown {
        let count = say.whole(all - shown);
        let values: [(&str, Arg<'_>); 1] = [("shown", count.into())];
        document.paragraph(Line::new().emphasis(say.format("brief-more", &values)));
    }
}

/// The figures of the year beside those of the year before, with the mark of a dispute.
fn figures(say: &Say<'_>, brief: &Brief, document: &mut Document) {
    let number = |one: &AnswerShown| one.answer.as_ref().and_then(|answer| answer.value.number());
    let counted = |one: &&AnswerShown| {
        let unit = one.unit.as_deref().unwrap_or_default();
        number(one).is_some() && matches!(unit, "persons" | "cases" | "proceedings")
    };
    let all = |report: &'_ CountryReport| -> Vec<AnswerShown> {
        report.sections.iter().flat_map(|one| &one.answers).cloned().collect()
    };
    let before = brief.before.as_ref().map(all).unwrap_or_default();
    let now = all(&brief.report);
    let own: Vec<&AnswerShown> = now.iter().filter(counted).take(FIGURES).collect();
    if own.is_empty() {
        return;
    }
    let mut table = Table::new(
        say.text("brief-figures-caption"),
        vec![
            Column::text(say.text("report-question")),
            Column::number(palermo_locale::year(say.language, false, brief.report.period)),
            Column::number(palermo_locale::year(say.language, false, brief.report.period - 1)),
        ],
    );
    for one in &own {
        let Some(now) = number(one) else { continue };
        let last = before.iter().find(|old| old.code == one.code).and_then(number);
        let mut name = Line::new().text(format!("{} {}", one.code, short(&one.text, 75)));
        if one.disputed.is_some() {
            name = name.text(" ").strong(say.text("brief-disputed"));
        }
        let told = last.map_or_else(|| "–".to_owned(), |last| say.number(last));
        table.row([name, Line::new().text(say.number(now)), Line::new().text(told)]);
    }
    document.heading(1, say.text("brief-figures"));
    document.table(table);
}

fn gaps(say: &Say<'_>, report: &CountryReport, document: &mut Document) {
    let gaps: Vec<&AnswerShown> = report.gaps().collect();
    document.heading(1, say.text("report-gaps"));
    if gaps.is_empty() {
        document.paragraph(say.text("brief-no-gaps"));
        return;
    }
    // What is missing altogether comes before what is there in part.
    let no = |one: &&&AnswerShown| {
        one.answer.as_ref().map(|answer| &answer.value) == Some(&Value::Word(AnswerWord::No))
    };
    let ordered = gaps.iter().filter(no).chain(gaps.iter().filter(|one| !no(one)));
    document.list(ordered.take(GAPS).map(|one| {
        let told = one.answer.as_ref().map(|answer| short(&answer.explanation, 70));
        let told = told.filter(|told| !told.is_empty());
        let line = Line::new()
            .text(format!("{} {} ", one.code, short(&one.text, 95)))
            .strong(say.value(one));
        match told {
            Some(told) => line.text(format!(". {told}")),
            None => line,
        }
    }));
    more(say, GAPS, gaps.len(), document);
}

fn needs(say: &Say<'_>, report: &CountryReport, document: &mut Document) {
    if report.needs.is_empty() {
        return;
    }
    document.heading(1, say.text("report-needs"));
    let lines = report.needs.iter().take(NEEDS);
    document.list(lines.map(|(code, need)| format!("{code}: {}", short(need, 85))));
    more(say, NEEDS, report.needs.len(), document);
}

fn recommended(say: &Say<'_>, brief: &Brief, document: &mut Document) {
    document.heading(1, say.text("recommendations-title"));
    let overdue = brief.recommendations.iter().filter(|(_, _, overdue)| *overdue).count();
    let values: [(&str, Arg<'_>); 2] = [
        ("open", say.whole(brief.recommendations.len()).into()),
        ("overdue", say.whole(overdue).into()),
    ];
    document.paragraph(say.format("brief-recommendations", &values));
    document.list(brief.recommendations.iter().take(RECOMMENDATIONS).map(|(id, text, late)| {
        let line = Line::new().text(format!("{id} {} ", short(text, 100)));
        if *late { line.strong(say.text("recommendation-overdue")) } else { line }
    }));
    more(say, RECOMMENDATIONS, brief.recommendations.len(), document);
}

/// What else the meeting may ask about: plans, reports owed, disputes, corrections.
fn beside(say: &Say<'_>, brief: &Brief, document: &mut Document) {
    let report = &brief.report;
    let mut lines: Vec<String> = brief
        .plans
        .iter()
        .take(2)
        .map(|(title, missed)| {
            let values: [(&str, Arg<'_>); 2] =
                [("plan", short(title, 60).into()), ("missed", say.whole(*missed).into())];
            say.format("brief-plan", &values)
        })
        .collect();
    lines.extend(brief.owed.iter().take(OWED).map(|(what, due)| {
        let values: [(&str, Arg<'_>); 2] =
            [("what", short(what, 60).into()), ("day", say.day(*due).into())];
        say.format("brief-owed", &values)
    }));
    let disputed: Vec<&str> = report
        .sections
        .iter()
        .flat_map(|section| &section.answers)
        .filter(|one| one.disputed.is_some())
        .map(|one| one.code.as_str())
        .collect();
    if !disputed.is_empty() {
        let values: [(&str, Arg<'_>); 1] = [("codes", disputed.join(", ").into())];
        lines.push(say.format("brief-disputes", &values));
    }
    if !report.corrections.is_empty() {
        let codes: Vec<&str> = report.corrections.iter().map(|one| one.code.as_str()).collect();
        let values: [(&str, Arg<'_>); 1] = [("codes", codes.join(", ").into())];
        lines.push(say.format("brief-corrections", &values));
    }
    if !lines.is_empty() {
        document.heading(1, say.text("brief-beside"));
        document.list(lines);
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(short("a short one", 40), "a short one");
        assert_eq!(short("one two, three", 9), "one two…");
        assert_eq!(short("النص الطويل جداً", 8), "النص…");
    }
}
