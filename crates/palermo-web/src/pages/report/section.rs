//! The questions of a section, answered one by one: every answer is saved by
//! itself, with what was found elsewhere offered beside it.

use super::{
    common::{Page, told},
    conflict,
    country::{finding, origin, unit},
    kept, offered,
    sheet::{base, closed},
};
use crate::{
    components::{Checkboxes, Choice, Content, Input, InsetText, Radios, Textarea},
    pages::{
        Answer,
        draft::{self, Heard},
    },
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    App, Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::SubmissionId,
        register::state::StateCode,
        report::{
            AnswerKind, AnswerWord, Entered, EvidenceRule, Finding, FindingRule, Origin, Question,
            Value,
        },
    },
    report::{self, AnswerForm, Opened, Proposed},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/sheets/{id}/sections/{section}", Action::WriteSection, show)
        .form("/reports/sheets/{id}/sections/{section}", Action::WriteSection, save)
        .page("/reports/entered/{id}/sections/{section}", Action::ReceiveReports, show)
        .form("/reports/entered/{id}/sections/{section}", Action::ReceiveReports, save)
        .page("/reports/handed/{id}/sections/{section}", Action::WriteHanded, show)
        .form("/reports/handed/{id}/sections/{section}", Action::WriteHanded, save)
}

/// What was typed about each question, kept when some of it needs correcting.
pub(super) type Typed = BTreeMap<String, AnswerForm>;

async fn show(visit: Visit, Path((id, section)): Path<(String, String)>) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    page(&visit, id, &section, &Typed::new(), &Problems::default()).await
}

async fn page(
    visit: &Visit,
    id: SubmissionId,
    section: &str,
    typed: &Typed,
    problems: &Problems,
) -> Answer {
    let opened = report::opened_or_handed(&visit.acting(), id).await?;
    let found = opened.questionnaire.section(section).ok_or(Refused::NotFound)?;
    if !opened.visible.contains(&found.code) {
        return Err(Failure(Refused::NotFound));
    }
    let state = opened.sheet.record.entry.state;
    let app = visit.web.app();
    let offered = offered(app, &opened, state).await?;
    let base = base(&opened);
    let plain = opened.plain();
    let mut form = FormPage::new(visit, &format!("{base}/sections/{section}"), problems);
    if let Some(both) = conflict::both(visit, &opened, typed, problems) {
        form = form.part(both);
    }
    let (shown, waits) = kept::shown(visit, id, found, typed).await?;
    for question in opened.questionnaire.asked(found, &plain) {
        form = form.part(one(visit, &opened, question, &offered, &shown, problems));
        if let Some(rule) = &question.rule {
            let standards = report::standards(app, state, rule).await;
            form = form.part(standard(visit, &standards));
        }
    }
    let writes = opened.writable.contains(&found.code);
    let mut body = Page::new(visit);
    body.push(super::common::guidance(visit, found));
    if writes {
        if !problems.0.is_empty() {
            body.say("section-others-saved");
        }
        if waits {
            body.push(kept::waits(visit, &format!("{base}/sections/{section}")));
        }
        form = form.button("form-save").drafts(true);
        body.push(form.html());
        let why = opened.sheet.record.entry.no_data.get(&found.code);
        let empty = FormPage::new(visit, &format!("{base}/empty"), &Problems::default())
            .hidden("section", &found.code)
            .lines("why", "section-no-data-why", "", why.map_or("", String::as_str))
            .button("form-save");
        let mut empty = empty.html();
        if why.is_some() {
            let fields = [("section", found.code.as_str()), ("back", "yes")];
            let path = format!("{base}/empty");
            empty.push_str(&one_button(visit, &path, "section-no-data-back", &fields, false));
        }
        body.push(closed(visit.text("section-declare-empty"), empty));
    } else {
        body.say("section-read-only").push(form.html());
    }
    let title = format!("{}. {}", found.code, found.title.say(visit.language.code()).0);
    let title = if problems.0.is_empty() {
        title
    } else {
        visit.format("form-title-error", &[("title", title.into())])
    };
    let html = body.finish();
    let mut response = visit.page(&title).back(&base).html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// What the State answered elsewhere; nothing of it for an organisation that was handed a
/// section: it was not said to them.
async fn offered(app: &App, opened: &Opened, state: StateCode) -> Result<Proposed, Failure> {
    if opened.elsewhere {
        return Ok(Proposed::default());
    }
    Ok(report::propose(app, &opened.questionnaire, state).await?)
}

/// A question with its fields.
fn one(
    visit: &Visit,
    opened: &Opened,
    question: &Question,
    offered: &Proposed,
    typed: &Typed,
    problems: &Problems,
) -> String {
    let code = question.code.as_str();
    let stored = opened.answers.get(code);
    let shown = typed.get(code).cloned().unwrap_or_else(|| stands(opened, code));
    let field = format!("a-{code}");
    let error = problems
        .0
        .iter()
        .filter(|one| one.field == field)
        .map(|one| visit.say(&one.message))
        .collect::<Vec<_>>();
    let error = (!error.is_empty()).then(|| error.join(" "));
    let (text, translated) = question.text.say(visit.language.code());
    let label = Content::Html(format!(
        "<bdi>{}</bdi> {}",
        Content::from(code),
        told(visit, text, translated)
    ));
    let mut html = format!("<div class=\"p-question\" id=\"q-{}\">", anchor(code));
    html.push_str(&value_field(visit, question, &field, label, &shown, error));
    if problems.0.iter().any(|one| one.field == field && one.message.id == conflict::CONFLICT) {
        html.push_str(&conflict::other_text(visit, opened, code));
    }
    let said = |one: &&Finding| one.code == code && one.rule != FindingRule::Unanswered;
    for one in opened.findings.iter().filter(said) {
        html.push_str(&InsetText::new(finding(visit, one)).to_string());
    }
    if let Some(one) = stored {
        let mut marks: Vec<String> = origin(visit, &one.record.answer.origin).into_iter().collect();
        if !one.record.by.is_empty() {
            marks.push(format!("{}, {}", one.record.by, visit.moment(one.record.at)));
        }
        let words = Content::from(marks.join(" · "));
        let doors = doors(visit, opened, code);
        html.push_str(&format!("<p class=\"govuk-body-s p-muted\">{words}{doors}</p>"));
    }
    for proposal in offered.by_question.get(code).into_iter().flatten().take(3) {
        let period = opened.sheet.record.entry.period;
        html.push_str(&offered::offer(visit, (question.kind, period), &field, proposal));
    }
    html.push_str(&closed(visit.text("answer-more"), more(visit, question, &field, &shown)));
    html.push_str(&format!(
        "<input type=\"hidden\" name=\"{field}-revision\" value=\"{}\">\
         <input type=\"hidden\" name=\"{field}-was\" value=\"{}\"></div>",
        Content::from(&shown.revision),
        mark(&stands(opened, code))
    ));
    html
}

/// The answer that stands, as its fields show it.
fn stands(opened: &Opened, code: &str) -> AnswerForm {
    let stored = opened.answers.get(code);
    stored.map(|one| filled(&one.record.answer, one.revision.0)).unwrap_or_default()
}

/// A mark of all fields of an answer: it comes back with the form and tells whether
/// anybody touched them. Nothing is protected by it (FNV-1a).
fn mark(form: &AnswerForm) -> String {
    let confidential = if form.confidential { "yes" } else { "" };
    let mut texts: Vec<&str> = form.value.iter().map(String::as_str).collect();
    texts.retain(|text| !text.trim().is_empty());
    texts.extend([
        "\u{1e}",
        &form.explanation,
        &form.evidence,
        &form.need,
        &form.unit,
        &form.definition,
        &form.overridden,
        confidential,
    ]);
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        // A browser sends lines of a text area with a carriage return each.
        let bytes = text.trim().bytes().filter(|byte| *byte != b'\r');
        for byte in bytes.chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// The way to remarks on an answer and to what it said before.
fn doors(visit: &Visit, opened: &Opened, code: &str) -> String {
    let entered = matches!(opened.sheet.record.entry.entered, Entered::Secretariat { .. });
    if entered || opened.elsewhere {
        return String::new();
    }
    let id = opened.sheet.record.id;
    [("remarks", "remarks-open"), ("history", "history-open")]
        .iter()
        .map(|(part, words)| {
            let words = visit.format(words, &[("code", code.into())]);
            let path = format!("/reports/sheets/{id}/{part}/{code}");
            format!(" · {}", super::link(visit, &path, words))
        })
        .collect()
}

/// An id that can stand in an address.
fn anchor(code: &str) -> String {
    code.replace('.', "-")
}

fn filled(answer: &palermo_app::domain::report::Answer, revision: i64) -> AnswerForm {
    let value = match &answer.value {
        Value::Choices(codes) => codes.clone(),
        other => vec![other.plain()],
    };
    let evidence: Vec<String> = answer
        .evidence
        .iter()
        .map(|one| match &one.link {
            Some(link) => format!("{} | {link}", one.what),
            None => one.what.clone(),
        })
        .collect();
    AnswerForm {
        value,
        explanation: answer.explanation.clone(),
        evidence: evidence.join("\n"),
        need: answer.need.clone().unwrap_or_default(),
        unit: answer.unit.clone().unwrap_or_default(),
        definition: answer.definition.clone().unwrap_or_default(),
        confidential: answer.confidential,
        origin: Origin::Typed,
        overridden: answer.overridden.clone().unwrap_or_default(),
        revision: revision.to_string(),
    }
}

pub(super) fn value_field(
    visit: &Visit,
    question: &Question,
    field: &str,
    label: Content,
    shown: &AnswerForm,
    error: Option<String>,
) -> String {
    let words = visit.words();
    let value = shown.value.first().cloned().unwrap_or_default();
    let language = visit.language.code();
    match question.kind {
        AnswerKind::Word => {
            let choices = AnswerWord::ALL
                .iter()
                .map(|word| Choice::new(word.code(), visit.text(&format!("answer-word-{word}"))));
            let radios = Radios::new(field, label, choices)
                .value(value)
                .inline()
                .error(error)
                .words(&words)
                .to_string();
            let explain =
                Textarea::new(format!("{field}-explanation"), visit.text("answer-explanation"))
                    .value(&shown.explanation)
                    .rows(2)
                    .words(&words);
            format!("{radios}{explain}")
        }
        AnswerKind::Choice | AnswerKind::Choices => {
            let choices = question
                .options
                .iter()
                .map(|(code, texts)| Choice::new(code, texts.say(language).0));
            if question.kind == AnswerKind::Choice {
                Radios::new(field, label, choices)
                    .value(value)
                    .error(error)
                    .words(&words)
                    .to_string()
            } else {
                Checkboxes::new(field, label, choices)
                    .values(shown.value.iter().cloned())
                    .error(error)
                    .words(&words)
                    .to_string()
            }
        }
        AnswerKind::Number | AnswerKind::Money | AnswerKind::Date => {
            let hint = match question.kind {
                AnswerKind::Money => visit.text("answer-money-hint"),
                AnswerKind::Date => visit.text("report-day-hint"),
                _ => question.unit.as_deref().map(|of| unit(visit, of)).unwrap_or_default(),
            };
            Input::new(field, label).value(value).hint(hint).error(error).words(&words).to_string()
        }
        AnswerKind::Text | AnswerKind::File | AnswerKind::Rows => {
            let mut area =
                Textarea::new(field, label).value(value).rows(4).error(error).words(&words);
            if question.kind == AnswerKind::Rows {
                let columns: Vec<&str> =
                    question.columns.iter().map(|(_, title)| title.say(language).0).collect();
                let hint =
                    visit.format("answer-rows-hint", &[("columns", columns.join(" | ").into())]);
                area = area.hint(hint);
            }
            area.to_string()
        }
    }
}

/// The fields most answers do without.
fn more(visit: &Visit, question: &Question, field: &str, shown: &AnswerForm) -> String {
    let words = visit.words();
    let mut html = String::new();
    let area = |name: &str, label: &str, hint: &str, value: &str| {
        let mut area = Textarea::new(format!("{field}-{name}"), visit.text(label))
            .value(value)
            .rows(2)
            .words(&words);
        if !hint.is_empty() {
            area = area.hint(visit.text(hint));
        }
        area.to_string()
    };
    if question.kind != AnswerKind::Word {
        html.push_str(&area("explanation", "answer-explanation", "", &shown.explanation));
    }
    if question.evidence != EvidenceRule::None {
        html.push_str(&area(
            "evidence",
            "report-evidence",
            "answer-evidence-hint",
            &shown.evidence,
        ));
    }
    html.push_str(&area("need", "answer-need", "", &shown.need));
    if question.kind == AnswerKind::Number {
        html.push_str(&area(
            "definition",
            "answer-definition",
            "answer-definition-hint",
            &shown.definition,
        ));
        let input = Input::new(format!("{field}-unit"), visit.text("answer-unit"))
            .value(&shown.unit)
            .words(&words);
        html.push_str(&input.to_string());
    }
    html.push_str(&area("overridden", "answer-overridden", "", &shown.overridden));
    let choice = Choice::new("yes", visit.text("answer-confidential"));
    let mut boxes = Checkboxes::single(format!("{field}-confidential"), choice);
    if shown.confidential {
        boxes = boxes.values(["yes"]);
    }
    html.push_str(&boxes.to_string());
    html
}

fn standard(visit: &Visit, standards: &[palermo_app::domain::report::Standard]) -> String {
    let Some(strictest) = standards.first() else { return String::new() };
    let all: Vec<String> = standards
        .iter()
        .map(|one| {
            format!("{} {} ({})", visit.number(one.value), unit(visit, &one.unit), one.source)
        })
        .collect();
    let words = visit.format(
        "answer-standard",
        &[
            (
                "value",
                format!("{} {}", visit.number(strictest.value), unit(visit, &strictest.unit))
                    .into(),
            ),
            ("all", all.join("; ").into()),
        ],
    );
    format!("<p class=\"govuk-body-s\">{}</p>", Content::from(words))
}

/// What was typed about a question. A field its form does not have keeps what stands.
fn read(form: &Form, code: &str, stands: &AnswerForm) -> AnswerForm {
    let field = format!("a-{code}");
    let text = |name: &str| form.text(&format!("{field}-{name}")).to_owned();
    let or_kept = |name: &str, kept: &str| {
        let name = format!("{field}-{name}");
        let sent = form.names().any(|one| one == name);
        if sent { form.text(&name).to_owned() } else { kept.to_owned() }
    };
    AnswerForm {
        value: form.list(&field).to_vec(),
        explanation: text("explanation"),
        evidence: or_kept("evidence", &stands.evidence),
        need: text("need"),
        unit: or_kept("unit", &stands.unit),
        definition: or_kept("definition", &stands.definition),
        confidential: form.ticked(&format!("{field}-confidential")),
        origin: Origin::Typed,
        overridden: text("overridden"),
        revision: text("revision"),
    }
}

/// Takes over an answer that was offered, if the button for one was pressed.
fn taken(form: &Form, offered: &Proposed, code: &str, typed: &mut AnswerForm) {
    let wanted = form.text("take");
    let Some(place) = wanted.strip_prefix(&format!("a-{code}=")) else { return };
    let found = offered
        .by_question
        .get(code)
        .into_iter()
        .flatten()
        .find(|one| format!("{}/{}/{}", one.questionnaire, one.period, one.code) == place);
    if let Some(found) = found {
        let revision = std::mem::take(&mut typed.revision);
        *typed = filled(&found.answer, 0);
        typed.revision = revision;
        typed.origin = Origin::Reused {
            questionnaire: found.questionnaire.clone(),
            period: found.period,
            code: found.code.clone(),
            given: found.given,
        };
    }
}

async fn save(Path((id, section)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let acting = visit.acting();
    let opened = report::opened_or_handed(&acting, id).await?;
    let found = opened.questionnaire.section(&section).ok_or(Refused::NotFound)?.clone();
    let state = opened.sheet.record.entry.state;
    let offered = offered(visit.web.app(), &opened, state).await?;
    let mut typed = Typed::new();
    let mut problems = Problems::default();
    let (draft, mut heard) = (draft::asked(&form), Heard::default());
    let typed_before = report::typed_answers(&acting, id).await?;
    if form.ticked("discard") {
        return kept::discard(&visit, &opened, &found, &typed_before).await;
    }
    for question in &found.questions {
        let code = &question.code;
        // Only what the form showed: a question that was not asked is left alone.
        if form.names().all(|name| name != format!("a-{code}-revision")) {
            continue;
        }
        let mut answer = read(&form, code, &stands(&opened, code));
        let was = format!("a-{code}-was");
        let touched = form.text(&was) != mark(&answer);
        let saved = draft && touched && as_typed(&visit, id, code, &answer, &mut heard).await?;
        // What is saved, or was taken back to what stands, waits no more.
        if (saved || !touched) && typed_before.contains_key(code) {
            report::forget_typed(&acting, id, code).await?;
        }
        if draft {
            continue;
        }
        taken(&form, &offered, code, &mut answer);
        // What nobody touched is not written, and so cannot contradict a colleague.
        if !touched && answer.origin == Origin::Typed {
            continue;
        }
        match report::answer(&acting, id, code, &answer).await {
            Ok(()) if typed_before.contains_key(code) => {
                report::forget_typed(&acting, id, code).await?;
            }
            Ok(()) => {}
            Err(Refused::Invalid(found)) => {
                problems.0.extend(found.0);
                typed.insert(code.clone(), answer);
            }
            Err(Refused::Conflict) => {
                // Two hands on one answer: both texts are shown, neither is lost.
                let message =
                    palermo_app::Message::new(conflict::CONFLICT).with("code", code.clone());
                problems.add(&format!("a-{code}"), message);
                answer.revision = conflict::revision(&acting, id, code).await?;
                typed.insert(code.clone(), answer);
            }
            Err(other) => return Err(Failure(other)),
        }
    }
    if draft {
        return Ok(heard.told(&visit));
    }
    if problems.0.is_empty() {
        let path = format!("{}/sections/{section}", base(&opened));
        return Ok(done(&visit, &path, "saved"));
    }
    page(&visit, id, &section, &typed, &problems).await
}

/// One answer of a form that is saved as it is typed. Only what was written gets its new
/// revision: what a colleague wrote meanwhile stays a contradiction to be shown. Tells whether
/// it is saved, not kept beside.
async fn as_typed(
    visit: &Visit,
    id: SubmissionId,
    code: &str,
    answer: &AnswerForm,
    heard: &mut Heard,
) -> Result<bool, Failure> {
    match report::answer_as_typed(&visit.acting(), id, code, answer).await {
        Ok(Some(revision)) => {
            heard.field(&format!("a-{code}-revision"), revision);
            heard.field(&format!("a-{code}-was"), mark(answer));
            Ok(true)
        }
        Ok(None) => {
            heard.aside();
            Ok(false)
        }
        Err(refused) => heard.refused(visit, &format!("{code}: "), refused).map(|()| false),
    }
}
