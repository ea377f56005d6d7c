//! The brief of a country as a page, with its files: to print, to edit, for
//! programs.

use super::{
    common::{Page, day, tag, told, year},
    contradictions, contributions, units, version,
};
use crate::{
    components::{Content, Details, ErrorSummary, ListTools, SummaryList, Tag, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::download,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    document::{Document, Format},
    domain::{
        register::state::StateCode,
        report::{
            AnswerWord, Correction, Entered, Finding, Origin, ReceptionDecision, Translated, Value,
        },
    },
    locale::Arg,
    report::{self, AnswerShown, CountryReport, Standing},
    review,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/country/{questionnaire}/{state}/{year}", Action::PublicRead, country)
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
pub(super) async fn file(
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

/// Over a page: its files.
pub(super) fn tools(visit: &Visit, count: String) -> ListTools {
    let here = visit.link(visit.path());
    let mut tools = ListTools::new(&visit.words(), count);
    for format in Format::ALL.into_iter().filter(|one| visit.web.app().can_make(*one)) {
        let name = format.code().to_uppercase();
        tools = tools.download(&name, format!("{here}?format={}", format.code()));
    }
    tools
}

/// What was typed into one of the two forms under a report, and what is wrong with it.
#[derive(Default)]
struct Typed {
    form: Form,
    received: Problems,
    disputed: Problems,
}

/// Which report: questionnaire, State, year.
pub(super) type Place = (String, String, i32);

async fn country(visit: Visit, Path(place): Path<Place>) -> Answer {
    show(&visit, place, &Typed::default()).await
}

async fn show(visit: &Visit, (questionnaire, state, period): Place, typed: &Typed) -> Answer {
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
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let versions = report::report_versions(app, &questionnaire, code, period, which).await?;
    let (wanted, not_taken) = version::wanted(visit, &versions);
    if let Some(number) = wanted {
        let asked = report::VersionAsked {
            questionnaire: &questionnaire,
            state: &state,
            period,
            number,
            which,
            language,
            confidential: whole,
        };
        return version::page(visit, &asked, &versions, own || receives).await;
    }
    let mut made = report::country(app, &questionnaire, &state, period, which, language, whole)
        .await
        .map_err(Refused::from)?;
    // Names are for those who wrote the report: the State, or the secretariat for it.
    let entered_here = receives && matches!(made.entered, Entered::Secretariat { .. });
    if !own && !entered_here {
        made.without_names();
    }
    if let Some(file) = files(visit, &made, which).await? {
        return Ok(file);
    }
    let mut page = Page::new(visit);
    page.push(not_taken);
    // After a form that is to be put right the address is not the report's.
    let wrong = !typed.received.0.is_empty() || !typed.disputed.0.is_empty();
    brief(visit, &mut page, &made, (!wrong, None));
    if !wrong {
        version::list(visit, &mut page, &versions, None);
    }
    if receives && made.published {
        published(visit, &mut page, typed);
    } else if receives {
        page.push(receive_form(visit, &made, typed));
    }
    page.push(contributions::beside(visit, &questionnaire, &state, period).await?);
    let here = |asked: &str, of: i32| asked == questionnaire && of == period;
    contradictions::shown(visit, &mut page, &state, here).await?;
    answers(visit, &mut page, &made);
    if acting.may(Action::SubmitReport, &resource).allowed {
        units::shown(visit, &mut page, &made);
    }
    if own {
        page.push(dispute_form(visit, &made, typed));
    }
    let html = page.finish();
    let mut response = visit.page(&title(visit, &made)).back("/reports").html(&html);
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The title of a State's report.
pub(super) fn title(visit: &Visit, made: &CountryReport) -> String {
    format!("{}: {} {}", made.name, made.title, year(visit, made.period))
}

/// The file asked for, if one is: it holds no small numbers and nothing confidential.
async fn files(
    visit: &Visit,
    made: &CountryReport,
    which: Standing,
) -> Result<Option<Response>, Failure> {
    if visit.query("format").is_empty() {
        return Ok(None);
    }
    let app = visit.web.app();
    let language = visit.language.code();
    let (id, state, period) = (made.questionnaire.as_str(), made.state.as_str(), made.period);
    let open = report::country(app, id, state, period, which, language, false)
        .await
        .map_err(Refused::from)?;
    let name = format!("{id}-{state}-{period}");
    if visit.query("brief") == "yes" {
        let of = report::brief(app, open, which).await?;
        let name = format!("{name}-brief");
        let document = report::brief_document(app, &of, visit.language);
        let json = || serde_json::to_vec_pretty(&of.report);
        let made = file(visit, &name, || document.clone(), json).await?;
        return made.map(Some).ok_or(Failure(Refused::NotFound));
    }
    let document = || report::country_document(app, &open, visit.language);
    file(visit, &name, document, || serde_json::to_vec_pretty(&open)).await
}

/// Every section with its answers.
pub(super) fn answers(visit: &Visit, page: &mut Page<'_>, made: &CountryReport) {
    for section in &made.sections {
        page.push(super::notice_heading(format!("{}. {}", section.code, section.title)));
        if let Some(why) = &section.no_data {
            page.paragraph(visit.format("report-no-data", &[("why", why.as_str().into())]));
        }
        let rows = section
            .answers
            .iter()
            .filter(|one| one.answer.is_some() || !one.said.is_empty())
            .map(|one| row(visit, made, one))
            .collect();
        let heads = ["report-question", "report-answer", "report-explanation"];
        let id = format!("s-{}", section.code);
        page.table_called(&id, &section.title, &heads, rows);
    }
}

/// What a report is, in short; with its files, if they are of this version, and that
/// it was sent back, if it was.
pub(super) fn brief(
    visit: &Visit,
    page: &mut Page<'_>,
    made: &CountryReport,
    (files, decided): (bool, Option<ReceptionDecision>),
) {
    let (n, of) = made.answered;
    let status = match decided {
        Some(ReceptionDecision::Returned) => tag(visit, "report-decided", "returned", "red"),
        _ if made.published => tag(visit, "report-decided", "published", "green"),
        _ => super::common::duty_tag(visit, made.status),
    };
    let mut list = SummaryList::new()
        .row(visit.text("report-status"), status)
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
    if files {
        downloads(visit, page);
    }
    if !made.warnings.is_empty() {
        let items: String = made
            .warnings
            .iter()
            .map(|one| format!("<li>{}</li>", Content::from(finding(visit, one))))
            .collect();
        let list = format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>");
        page.push(Details::new(visit.text("report-warnings"), Content::Html(list)));
    }
    gaps(visit, page, made);
    if !made.needs.is_empty() {
        page.heading("report-needs");
        page.list(made.needs.iter().map(|(code, need)| format!("{code}: {need}").into()));
    }
    if !made.corrections.is_empty() {
        page.heading("report-corrections");
        page.list(made.corrections.iter().map(|one| correction(visit, one)));
    }
}

/// What is missing or there in part, with what the State gives for it.
fn gaps(visit: &Visit, page: &mut Page<'_>, made: &CountryReport) {
    let rows: Vec<Vec<Content>> = made
        .gaps()
        .map(|one| {
            let mut told: Vec<String> = one.provisions.clone();
            let answer = one.answer.as_ref();
            told.extend(answer.map(|answer| answer.explanation.clone()));
            let evidence = answer.into_iter().flat_map(|answer| &answer.evidence);
            told.extend(evidence.map(|evidence| evidence.what.clone()));
            told.retain(|text| !text.is_empty());
            let told: Vec<String> =
                told.iter().map(|text| Content::from(text).to_string()).collect();
            let anchor = Content::from(one.code.replace('.', "-"));
            let name = told_code(visit, one);
            vec![
                Content::Html(format!("<a class=\"govuk-link\" href=\"#q-{anchor}\">{name}</a>")),
                value(visit, one),
                Content::Html(format!("<bdi>{}</bdi>", told.join("<br>"))),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    page.heading("report-gaps");
    let heads = ["report-question", "report-answer", "report-evidence"];
    page.table("gaps", "report-gaps", &heads, rows);
}

/// The code of a question and its words.
pub(super) fn told_code(visit: &Visit, one: &AnswerShown) -> String {
    format!("<bdi>{}</bdi> {}", Content::from(&one.code), told(visit, &one.text, one.translated))
}

/// What was put right, in a line.
pub(super) fn correction(visit: &Visit, one: &Correction) -> Content {
    let values = [
        ("code", one.code.as_str().into()),
        ("was", one.was.as_str().into()),
        ("now", one.now.as_str().into()),
        ("why", one.why.as_str().into()),
    ];
    visit.format("report-correction", &values).into()
}

/// The files of the report, and of its brief.
fn downloads(visit: &Visit, page: &mut Page<'_>) {
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

/// An answer as it is read.
pub(super) fn value(visit: &Visit, one: &AnswerShown) -> Content {
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
        if let Some(mark) = units::in_doubt(visit, one) {
            said.push_str(&format!("<br><strong>{}</strong>", Content::from(mark)));
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
    if let Some(by) = &one.entered_by {
        lines.push(format!(
            "{}: {}",
            visit.text("report-entered-by"),
            units::entered_by(visit, by)
        ));
    }
    if let Some(name) = &made.signed_by {
        lines.push(format!("{}: {name}", visit.text("report-signed-by")));
    }
    if let Some(on) = one.unit_confirmed {
        let values = [("day", day(visit, on).into())];
        lines.push(visit.format(units::confirmed(one), &values));
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

/// A form kept closed until it is wanted, or until something in it is to be put right.
fn closed(title: String, form: String, problems: &Problems) -> String {
    if problems.0.is_empty() {
        Details::new(title, Content::Html(form)).to_string()
    } else {
        format!("{}{form}", super::notice_heading(title))
    }
}

/// What was published is not decided about again; whoever tried is told so on top of it.
fn published(visit: &Visit, page: &mut Page<'_>, typed: &Typed) {
    if !typed.received.0.is_empty() {
        let told = typed.received.0.iter().map(|one| ("", visit.say(&one.message)));
        page.push(ErrorSummary::new(&visit.words(), told));
    }
    page.push(super::notice_heading(visit.text("reception-title")));
    page.say("reception-was-published");
}

fn receive_form(visit: &Visit, made: &CountryReport, typed: &Typed) -> String {
    let path =
        format!("/reports/country/{}/{}/{}/receive", made.questionnaire, made.state, made.period);
    let choices =
        [ReceptionDecision::Accepted, ReceptionDecision::Returned, ReceptionDecision::Published]
            .iter()
            .map(|one| (one.code().to_owned(), visit.text(&format!("reception-{one}"))))
            .collect();
    let problems = &typed.received;
    let why = if problems.0.is_empty() { "" } else { typed.form.text("why") };
    let form = FormPage::new(visit, &path, problems)
        .radios("decision", "reception-title", choices, typed.form.text("decision"))
        .lines("why", "reception-why", "reception-why-hint", why)
        .button("form-save")
        .html();
    closed(visit.text("reception-title"), form, problems)
}

fn dispute_form(visit: &Visit, made: &CountryReport, typed: &Typed) -> String {
    let path =
        format!("/reports/country/{}/{}/{}/dispute", made.questionnaire, made.state, made.period);
    let options = made
        .sections
        .iter()
        .flat_map(|section| &section.answers)
        .filter(|one| one.answer.is_some())
        .map(|one| (one.code.clone(), format!("{} {}", one.code, one.text)))
        .collect();
    let problems = &typed.disputed;
    let why = if problems.0.is_empty() { "" } else { typed.form.text("why") };
    let form = FormPage::new(visit, &path, problems)
        .select("code", "report-question", options, typed.form.text("code"))
        .lines("why", "dispute-why", "", why)
        .button("dispute-do")
        .html();
    closed(visit.text("dispute-title"), form, problems)
}

async fn receive(Path(place): Path<Place>, Sent { visit, form }: Sent) -> Answer {
    let code: StateCode = place.1.parse().map_err(|_| Refused::NotFound)?;
    let path = format!("/reports/country/{}/{}/{}", place.0, place.1, place.2);
    let acting = visit.acting_once(&form);
    let received = match form.text("decision").parse() {
        Ok(decision) => {
            let why = form.text("why");
            report::receive(&acting, &place.0, code, place.2, decision, why).await
        }
        Err(_) => Err(Refused::field("decision", Message::new("error-choose"))),
    };
    // What was published meanwhile is told on the report itself, with what was typed.
    let received = received.map_err(|refused| match refused {
        Refused::Declined(message) => Refused::field("decision", message),
        other => other,
    });
    match received {
        Ok(()) => Ok(done(&visit, &path, "report-received")),
        Err(Refused::Invalid(received)) => {
            let typed = Typed { form: form.clone(), received, disputed: Problems::default() };
            show(&visit, place, &typed).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn dispute(Path(place): Path<Place>, Sent { visit, form }: Sent) -> Answer {
    let code: StateCode = place.1.parse().map_err(|_| Refused::NotFound)?;
    let path = format!("/reports/country/{}/{}/{}", place.0, place.1, place.2);
    let acting = visit.acting_once(&form);
    let (question, why) = (form.text("code"), form.text("why"));
    match report::dispute(&acting, &place.0, code, place.2, question, why).await {
        Ok(()) => Ok(done(&visit, &path, "report-disputed")),
        Err(Refused::Invalid(disputed)) => {
            let typed = Typed { form: form.clone(), received: Problems::default(), disputed };
            show(&visit, place, &typed).await
        }
        Err(other) => Err(Failure(other)),
    }
}
