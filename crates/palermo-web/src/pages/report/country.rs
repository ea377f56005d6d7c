//! The brief of a country and the report of a region as pages, with their
//! files: to print, to edit, for programs.

use super::common::{Page, day, told, year};
use crate::{
    components::{Content, Details, ListTools, SummaryList, Tag, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::download,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    document::{Document, Format},
    domain::{
        register::state::StateCode,
        report::{AnswerWord, Entered, Finding, Origin, ReceptionDecision, Translated, Value},
    },
    locale::Arg,
    report::{self, AnswerShown, CountryReport, RegionalQuestion, RegionalReport, Standing},
    review,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/country/{questionnaire}/{state}/{year}", Action::PublicRead, country)
        .page("/reports/regional/{questionnaire}/{mechanism}/{year}", Action::PublicRead, regional)
        .form(
            "/reports/country/{questionnaire}/{state}/{year}/receive",
            Action::ReceiveReports,
            receive,
        )
        .form(
            "/reports/country/{questionnaire}/{state}/{year}/dispute",
            Action::SubmitReport,
            dispute,
        )
}

/// A finding in words.
pub(super) fn finding(visit: &Visit, one: &Finding) -> String {
    let values: Vec<(&str, Arg<'_>)> =
        one.values.iter().map(|(name, value)| (name.as_str(), Arg::from(value))).collect();
    let words = visit.format(&format!("finding-{}", one.rule), &values);
    format!("{}: {words}", one.code)
}

/// The file asked for in the address, if one is.
async fn file(
    visit: &Visit,
    name: &str,
    document: impl FnOnce() -> Document,
    json: impl FnOnce() -> Result<Vec<u8>, serde_json::Error>,
) -> Result<Option<Response>, Failure> {
    let Some(format) = Format::from_code(&visit.query("format")) else { return Ok(None) };
    let bytes = if format == Format::Json {
        json().map_err(|error| Refused::Unavailable(error.to_string()))?
    } else {
        visit.web.app().make(&document(), format).await.map_err(Refused::from)?
    };
    Ok(Some(download(bytes, format.media_type(), name, format.code())))
}

fn tools(visit: &Visit, count: String) -> ListTools {
    let here = visit.link(visit.path());
    let mut tools = ListTools::new(&visit.words(), count);
    for format in Format::ALL.into_iter().filter(|one| visit.web.app().can_make(*one)) {
        let name = format.code().to_uppercase();
        tools = tools.download(&name, format!("{here}?format={}", format.code()));
    }
    tools
}

async fn country(
    visit: Visit,
    Path((questionnaire, state, period)): Path<(String, String, i32)>,
) -> Answer {
    let acting = visit.acting();
    let resource = Resource::region().in_state(Some(&state));
    let own = acting.may(Action::EditReport, &resource).allowed;
    let receives = acting.may(Action::ReceiveReports, &Resource::region()).allowed;
    // Those who evaluate a State read its reply.
    let whole =
        own || receives || review::evaluates(&acting, &questionnaire, &state, period).await?;
    let which = if whole { Standing::Submitted } else { Standing::Accepted };
    let app = visit.web.app();
    let language = visit.language.code();
    let made = report::country(app, &questionnaire, &state, period, which, language, whole)
        .await
        .map_err(Refused::from)?;
    // What leaves as a file holds no small numbers and nothing confidential.
    if !visit.query("format").is_empty() {
        let open = report::country(app, &questionnaire, &state, period, which, language, false)
            .await
            .map_err(Refused::from)?;
        let name = format!("{questionnaire}-{state}-{period}");
        if visit.query("brief") == "yes" {
            let of = report::brief(app, open, which).await?;
            let name = format!("{name}-brief");
            let document = report::brief_document(app, &of, visit.language);
            let json = || serde_json::to_vec_pretty(&of.report);
            let made = file(&visit, &name, || document.clone(), json).await?;
            return made.ok_or(Failure(Refused::NotFound));
        }
        let document = || report::country_document(app, &open, visit.language);
        if let Some(file) =
            file(&visit, &name, document, || serde_json::to_vec_pretty(&open)).await?
        {
            return Ok(file);
        }
    }
    let mut page = Page::new(&visit);
    brief(&visit, &mut page, &made);
    if receives {
        page.push(receive_form(&visit, &made, &Problems::default()));
    }
    for section in &made.sections {
        page.push(super::notice_heading(format!("{}. {}", section.code, section.title)));
        if let Some(why) = &section.no_data {
            page.paragraph(visit.format("report-no-data", &[("why", why.as_str().into())]));
        }
        let rows = section
            .answers
            .iter()
            .filter(|one| one.answer.is_some() || !one.said.is_empty())
            .map(|one| row(&visit, &made, one))
            .collect();
        let heads = ["report-question", "report-answer", "report-explanation"];
        let id = format!("s-{}", section.code);
        page.table_called(&id, &section.title, &heads, rows);
    }
    if own {
        page.push(dispute_form(&visit, &made, &Problems::default()));
    }
    let title = format!("{}: {} {}", made.name, made.title, year(&visit, made.period));
    let html = page.finish();
    Ok(visit.page(&title).back("/reports").html(&html))
}

fn brief(visit: &Visit, page: &mut Page<'_>, made: &CountryReport) {
    let (n, of) = made.answered;
    let mut list = SummaryList::new()
        .row(visit.text("report-status"), super::common::duty_tag(visit, made.status))
        .row(visit.text("report-submitted"), day(visit, made.submitted));
    if let Some(on) = made.accepted {
        list = list.row(visit.text("report-accepted"), day(visit, on));
    }
    if let Some(name) = &made.signed_by {
        list = list.row(visit.text("report-signed-by"), name);
    }
    list = list.row(
        visit.text("report-answered"),
        visit
            .format("report-n-of", &[("n", visit.whole(n).into()), ("of", visit.whole(of).into())]),
    );
    page.push(list);
    if let Entered::Secretariat { document, .. } = &made.entered {
        let id = if made.confirmed { "report-entered-confirmed" } else { "report-entered" };
        let words = visit.format(id, &[("document", document.as_str().into())]);
        page.push(WarningText::new(words, &visit.words()));
    }
    let here = visit.link(visit.path());
    let mut tools = tools(visit, String::new());
    for format in [Format::Pdf, Format::Docx] {
        if visit.web.app().can_make(format) {
            let code = format.code();
            let name = visit.format("brief-download", &[("format", code.to_uppercase().into())]);
            tools = tools.download(&name, format!("{here}?format={code}&brief=yes"));
        }
    }
    page.push(tools);
    if !made.warnings.is_empty() {
        let items: String = made
            .warnings
            .iter()
            .map(|one| format!("<li>{}</li>", Content::from(finding(visit, one))))
            .collect();
        let list = format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>");
        page.push(Details::new(visit.text("report-warnings"), Content::Html(list)));
    }
    if !made.needs.is_empty() {
        page.heading("report-needs");
        page.list(made.needs.iter().map(|(code, need)| format!("{code}: {need}").into()));
    }
    if !made.corrections.is_empty() {
        page.heading("report-corrections");
        page.list(made.corrections.iter().map(|one| {
            let values = [
                ("code", one.code.as_str().into()),
                ("was", one.was.as_str().into()),
                ("now", one.now.as_str().into()),
                ("why", one.why.as_str().into()),
            ];
            visit.format("report-correction", &values).into()
        }));
    }
}

/// A word of the vocabulary as a mark that is no colour alone.
pub(super) fn word(visit: &Visit, word: AnswerWord) -> Content {
    let colour = match word {
        AnswerWord::Yes => "green",
        AnswerWord::InPart => "yellow",
        AnswerWord::No => "red",
        AnswerWord::NotApplicable | AnswerWord::NoInformation => "grey",
    };
    Tag::coloured(visit.text(&format!("answer-word-{word}")), colour).into()
}

/// A unit in words.
pub(super) fn unit(visit: &Visit, unit: &str) -> String {
    let id = format!("unit-{unit}");
    let known = visit.web.app().catalogue.has(palermo_app::locale::Language::En, &id);
    if known { visit.text(&id) } else { unit.to_owned() }
}

fn value(visit: &Visit, one: &AnswerShown) -> Content {
    let Some(answer) = &one.answer else {
        let id = match one.said.as_str() {
            "confidential" => "report-confidential",
            "withheld" => "report-withheld",
            _ => "report-no-answer",
        };
        return visit.text(id).into();
    };
    match &answer.value {
        Value::Word(said) => word(visit, *said),
        Value::Number(number) => {
            let of = answer.unit.as_ref().or(one.unit.as_ref());
            let of = of.map(|of| unit(visit, of)).unwrap_or_default();
            format!("{} {of}", visit.number(*number)).into()
        }
        Value::Date(on) => day(visit, *on).into(),
        _ => {
            let lines: Vec<String> =
                one.said.lines().map(|line| Content::from(line).to_string()).collect();
            Content::Html(format!("<bdi>{}</bdi>", lines.join("<br>")))
        }
    }
}

/// Where a value comes from, if it was not typed.
pub(super) fn origin(visit: &Visit, origin: &Origin) -> Option<String> {
    Some(match origin {
        Origin::Typed => return None,
        Origin::Prefilled { from } => {
            visit.format("report-mark-prefilled", &[("from", from.as_str().into())])
        }
        Origin::Reused { questionnaire, period, code, given } => visit.format(
            "report-mark-reused",
            &[
                ("place", format!("{questionnaire} {period}, {code}").into()),
                ("day", day(visit, *given).into()),
            ],
        ),
        Origin::Secretariat { document } => {
            visit.format("report-mark-secretariat", &[("document", document.as_str().into())])
        }
    })
}

fn row(visit: &Visit, made: &CountryReport, one: &AnswerShown) -> Vec<Content> {
    let question = told(visit, &one.text, one.translated);
    let mut said = value(visit, one).to_string();
    let mut explained = String::new();
    if let Some(answer) = &one.answer {
        let text = Content::from(&answer.explanation);
        explained = format!("<bdi>{text}</bdi>");
        for evidence in &answer.evidence {
            let what = Content::from(&evidence.what);
            let label = Content::from(visit.text("report-evidence"));
            explained.push_str(&format!("<br>{label}: <bdi>{what}</bdi>"));
        }
        if let Some(mark) = origin(visit, &answer.origin) {
            said.push_str(&format!(
                "<br><span class=\"p-small p-muted\">{}</span>",
                Content::from(mark)
            ));
        }
        if answer.confidential {
            said.push_str(&format!(
                " {}",
                Tag::coloured(visit.text("report-confidential"), "purple")
            ));
        }
        if answer.value.number().is_some() {
            explained.push_str(&trail(visit, made, one).to_string());
        }
    }
    if let Some(how) = one.translation.filter(|how| *how != Translated::Done) {
        let mark = Content::from(visit.text(&format!("translated-{how}")));
        let words = visit.format("report-original-in", &[("language", original(made).into())]);
        let words = Content::from(words);
        explained.push_str(&format!("<br><span class=\"p-small p-muted\">{mark} {words}</span>"));
    }
    if let Some(why) = &one.disputed {
        let why = visit.format("report-disputed-why", &[("why", why.as_str().into())]);
        said.push_str(&format!("<br><strong>{}</strong>", Content::from(why)));
    }
    vec![
        Content::Html(format!(
            "<bdi id=\"q-{}\">{}</bdi> {question}",
            Content::from(one.code.replace('.', "-")),
            Content::from(&one.code)
        )),
        Content::Html(said),
        Content::Html(explained),
    ]
}

/// The language a report was written in, by its own name.
fn original(made: &CountryReport) -> String {
    let known = palermo_app::locale::Language::from_code(&made.original_language);
    known.map_or_else(|| made.original_language.clone(), |one| one.own_name().to_owned())
}

/// The trail of a figure: submission, version, definition, who entered and
/// who confirmed it.
fn trail(visit: &Visit, made: &CountryReport, one: &AnswerShown) -> Details {
    let mut lines = vec![visit.format(
        "report-trail-version",
        &[
            ("version", visit.whole(made.version as usize).into()),
            ("day", day(visit, made.submitted).into()),
        ],
    )];
    if let Some(answer) = &one.answer {
        lines.push(match &answer.definition {
            Some(definition) => format!("{}: {definition}", visit.text("report-definition")),
            None => visit.text("report-no-definition"),
        });
    }
    if let Some(name) = &made.signed_by {
        lines.push(format!("{}: {name}", visit.text("report-signed-by")));
    }
    if let Entered::Secretariat { document, .. } = &made.entered {
        let id = if made.confirmed { "report-entered-confirmed" } else { "report-entered" };
        lines.push(visit.format(id, &[("document", document.as_str().into())]));
    }
    let items: String =
        lines.into_iter().map(|line| format!("<li>{}</li>", Content::from(line))).collect();
    let list = Content::Html(format!("<ul class=\"govuk-list\">{items}</ul>"));
    Details::new(visit.text("report-trail"), list)
}

fn receive_form(visit: &Visit, made: &CountryReport, problems: &Problems) -> String {
    let path =
        format!("/reports/country/{}/{}/{}/receive", made.questionnaire, made.state, made.period);
    let choices =
        [ReceptionDecision::Accepted, ReceptionDecision::Returned, ReceptionDecision::Published]
            .iter()
            .map(|one| (one.code().to_owned(), visit.text(&format!("reception-{one}"))))
            .collect();
    let form = FormPage::new(visit, &path, problems)
        .radios("decision", "reception-title", choices, "")
        .lines("why", "reception-why", "reception-why-hint", "")
        .button("form-save")
        .html();
    Details::new(visit.text("reception-title"), Content::Html(form)).to_string()
}

fn dispute_form(visit: &Visit, made: &CountryReport, problems: &Problems) -> String {
    let path =
        format!("/reports/country/{}/{}/{}/dispute", made.questionnaire, made.state, made.period);
    let options = made
        .sections
        .iter()
        .flat_map(|section| &section.answers)
        .filter(|one| one.answer.is_some())
        .map(|one| (one.code.clone(), format!("{} {}", one.code, one.text)))
        .collect();
    let form = FormPage::new(visit, &path, problems)
        .select("code", "report-question", options, "")
        .lines("why", "dispute-why", "", "")
        .button("dispute-do")
        .html();
    Details::new(visit.text("dispute-title"), Content::Html(form)).to_string()
}

async fn receive(
    Path((questionnaire, state, period)): Path<(String, String, i32)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let path = format!("/reports/country/{questionnaire}/{state}/{period}");
    let decision = form.text("decision").parse().map_err(|_| Refused::NotFound)?;
    let why = form.text("why");
    report::receive(&visit.acting_once(&form), &questionnaire, code, period, decision, why).await?;
    Ok(done(&visit, &path, "report-received"))
}

async fn dispute(
    Path((questionnaire, state, period)): Path<(String, String, i32)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let path = format!("/reports/country/{questionnaire}/{state}/{period}");
    let acting = visit.acting_once(&form);
    let (question, why) = (form.text("code"), form.text("why"));
    report::dispute(&acting, &questionnaire, code, period, question, why).await?;
    Ok(done(&visit, &path, "report-disputed"))
}

async fn regional(
    visit: Visit,
    Path((questionnaire, mechanism, period)): Path<(String, String, i32)>,
) -> Answer {
    let receives = visit.acting().may(Action::ReceiveReports, &Resource::region()).allowed;
    let which = if receives { Standing::Submitted } else { Standing::Accepted };
    let app = visit.web.app();
    let language = visit.language.code();
    let made = report::regional(app, &questionnaire, &mechanism, period, which, language)
        .await
        .map_err(Refused::from)?;
    let name = format!("{questionnaire}-{mechanism}-{period}");
    let document = || report::regional_document(app, &made, visit.language);
    if let Some(file) = file(&visit, &name, document, || serde_json::to_vec_pretty(&made)).await? {
        return Ok(file);
    }
    let html = region(&visit, &made, receives);
    let title = format!("{}: {} {}", made.name, made.title, year(&visit, made.period));
    Ok(visit.page(&title).back("/reports").html(&html))
}

fn region(visit: &Visit, made: &RegionalReport, receives: bool) -> String {
    let mut page = Page::new(visit);
    let told = visit.format(
        "report-coverage",
        &[("n", visit.whole(made.n).into()), ("of", visit.whole(made.of).into())],
    );
    page.push(format!("<p class=\"govuk-body-l\">{}</p>", Content::from(told)));
    if made.unconfirmed > 0 {
        let shown = visit.whole(made.unconfirmed);
        let words = visit.format(
            "report-unconfirmed",
            &[("count", made.unconfirmed.into()), ("shown", shown.into())],
        );
        page.push(WarningText::new(words, &visit.words()));
    }
    page.say("report-unlike-note");
    let threshold = visit.whole(made.threshold as usize);
    page.paragraph(visit.format("report-threshold", &[("threshold", threshold.into())]));
    page.push(tools(visit, String::new()));
    page.heading("report-coverage-title");
    let rows = made.coverage.iter().map(|line| coverage(visit, made, line, receives)).collect();
    let heads = [
        "report-state",
        "report-submitted",
        "report-accepted",
        "report-days-late",
        "report-answered",
        "report-remarks",
    ];
    page.table("coverage", "report-coverage-title", &heads, rows);
    for section in &made.sections {
        page.push(super::notice_heading(format!("{}. {}", section.code, section.title)));
        for (state, why) in &section.no_data {
            let why = visit.format("report-no-data", &[("why", why.as_str().into())]);
            page.paragraph(format!("{}: {why}", visit.state(state.as_str())));
        }
        let rows = section.questions.iter().map(|one| question(visit, one)).collect();
        let heads = ["report-question", "report-reported", "report-answer"];
        page.table_called(&format!("r-{}", section.code), &section.title, &heads, rows);
    }
    page.heading("report-needs");
    if made.needs.is_empty() {
        page.say("report-needs-none");
    }
    page.list(made.needs.iter().map(|one| {
        format!("{} ({}): {}", visit.state(one.state.as_str()), one.code, one.need).into()
    }));
    page.finish()
}

fn coverage(
    visit: &Visit,
    made: &RegionalReport,
    line: &report::MemberLine,
    receives: bool,
) -> Vec<Content> {
    let mut remarks: Vec<String> = Vec::new();
    if line.awaiting {
        remarks.push(Tag::coloured(visit.text("report-awaiting"), "yellow").to_string());
    } else if !line.counted {
        remarks.push(Tag::coloured(visit.text("report-nothing-submitted"), "red").to_string());
    }
    if let Some(document) = &line.entered_from {
        let id = if line.confirmed { "report-entered-confirmed" } else { "report-entered" };
        let words = visit.format(id, &[("document", document.as_str().into())]);
        remarks.push(Content::from(words).to_string());
    }
    if receives {
        let told = line.warnings.iter().map(|one| Content::from(finding(visit, one)).to_string());
        remarks.extend(told);
    }
    let path = format!("/reports/country/{}/{}/{}", made.questionnaire, line.state, made.period);
    let name: Content =
        if line.counted { super::link(visit, &path, &line.name) } else { (&line.name).into() };
    let late = line.days_late.and_then(|days| usize::try_from(days).ok()).filter(|days| *days > 0);
    vec![
        name,
        super::common::maybe(visit, line.submitted),
        super::common::maybe(visit, line.accepted),
        late.map(|days| visit.whole(days)).unwrap_or_default().into(),
        visit.whole(line.answered).into(),
        Content::Html(remarks.join("<br>")),
    ]
}

fn question(visit: &Visit, one: &RegionalQuestion) -> Vec<Content> {
    let summary = &one.summary;
    let states = |states: &[StateCode]| {
        states.iter().map(|state| visit.state(state.as_str())).collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<String> = Vec::new();
    for (code, of) in &summary.words {
        let mark = code.parse().map(|said| word(visit, said)).unwrap_or_default();
        lines.push(format!("{mark} {}: {}", visit.whole(of.len()), Content::from(states(of))));
    }
    for (code, of) in &summary.choices {
        let name = one.options.get(code).unwrap_or(code);
        let text = format!("{name}: {} ({})", visit.whole(of.len()), states(of));
        lines.push(Content::from(text).to_string());
    }
    for group in &summary.figures {
        let figures: Vec<String> = group
            .figures
            .iter()
            .map(|(state, figure)| {
                format!("{} {}", visit.state(state.as_str()), visit.number(*figure))
            })
            .collect();
        let definition = match &group.definition {
            Some(definition) => format!("{}: {definition}", visit.text("report-definition")),
            None => visit.text("report-no-definition"),
        };
        lines.push(format!(
            "{} <span class=\"p-small p-muted\"><bdi>{}</bdi></span>",
            Content::from(figures.join("; ")),
            Content::from(definition)
        ));
    }
    if summary.unlike {
        lines.push(Content::from(visit.text("report-unlike")).to_string());
    }
    if let Some(total) = summary.total {
        let of = one.unit.as_deref().map(|of| unit(visit, of)).unwrap_or_default();
        let words = visit.format(
            "report-total",
            &[
                ("total", format!("{} {of}", visit.number(total)).into()),
                ("n", visit.whole(summary.n).into()),
                ("of", visit.whole(summary.of).into()),
            ],
        );
        lines.push(format!("<strong>{}</strong>", Content::from(words)));
    }
    if !summary.withheld.is_empty() {
        let named = states(&summary.withheld);
        let words = visit.format("report-withheld-states", &[("states", named.into())]);
        lines.push(Content::from(words).to_string());
    }
    if !summary.disputed.is_empty() {
        let words =
            visit.format("report-disputed", &[("states", states(&summary.disputed).into())]);
        lines.push(format!("<strong>{}</strong>", Content::from(words)));
    }
    lines.extend(said(visit, summary));
    let counted = visit.format(
        "report-n-of",
        &[("n", visit.whole(summary.n).into()), ("of", visit.whole(summary.of).into())],
    );
    let text = told(visit, &one.text, one.translated);
    vec![
        Content::Html(format!("<bdi>{}</bdi> {text}", Content::from(&one.code))),
        counted.into(),
        Content::Html(lines.join("<br>")),
    ]
}

/// What States said in words, closed until asked for.
fn said(visit: &Visit, summary: &palermo_app::domain::report::QuestionSummary) -> Option<String> {
    let said: String = summary
        .said
        .iter()
        .map(|(state, text)| {
            let name = Content::from(visit.state(state.as_str()));
            format!("<li>{name}: <bdi>{}</bdi></li>", Content::from(text))
        })
        .collect();
    let list = Content::Html(format!("<ul class=\"govuk-list\">{said}</ul>"));
    (!said.is_empty()).then(|| Details::new(visit.text("report-explanation"), list).to_string())
}
