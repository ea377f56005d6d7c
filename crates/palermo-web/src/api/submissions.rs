//! Reports a State is writing: a ministry's system reads what is asked and sends its
//! answers, under the rights of the section handed to it. Signing and submitting stay
//! with the contact person, in the pages.

use super::{
    Answer,
    answer::{Listed, Made, made, one, page_of, revised},
    asked::{Asked, Named, PageAsk},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::SubmissionId,
        report::{AnswerKind, Origin, Severity},
    },
    report::{self, AnswerForm, Opened, Sheet},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, begin, show, write, finish))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/submissions";

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, FOLDER, Action::WriteSection, list)
        .api(Method::POST, FOLDER, Action::EditReport, begin)
        .api(Method::GET, "/api/v1/submissions/{id}", Action::WriteSection, show)
        .api(Method::PUT, "/api/v1/submissions/{id}/answers/{code}", Action::WriteSection, write)
        .api(
            Method::POST,
            "/api/v1/submissions/{id}/sections/{section}/finish",
            Action::WriteSection,
            finish,
        )
}

/// A report being written.
#[derive(Debug, Serialize, ToSchema)]
struct SubmissionLine {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// The State.
    state: String,
    /// The questionnaire.
    questionnaire: String,
    /// The year reported on.
    period: i32,
    /// Language it is written in.
    language: String,
    /// `draft`, `signed` or `submitted`.
    status: String,
    /// How many versions were submitted.
    #[schema(minimum = 0)]
    versions: u32,
}

impl From<&Sheet> for SubmissionLine {
    fn from(sheet: &Sheet) -> Self {
        let entry = &sheet.record.entry;
        Self {
            id: sheet.record.id.to_string(),
            state: entry.state.to_string(),
            questionnaire: entry.questionnaire.clone(),
            period: entry.period,
            language: entry.language.clone(),
            status: entry.status.code().to_owned(),
            versions: entry.versions,
        }
    }
}

/// A question with what stands there.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionShown {
    /// Its code.
    code: String,
    /// Code of its section.
    section: String,
    /// The question, in the language asked for.
    text: String,
    /// `answer`, `choice`, `choices`, `number`, `money`, `date`, `text`, `file` or `rows`.
    kind: String,
    /// What can be chosen, where it is a choice.
    options: Vec<String>,
    /// Names of the columns, where it asks for rows.
    columns: Vec<String>,
    /// Whether it must be answered.
    required: bool,
    /// Whether the caller may write it.
    writable: bool,
    /// Revision of the answer, to send back with another one; nothing without an answer.
    revision: Option<i64>,
    /// The answer as it is stored.
    #[schema(value_type = Option<Object>)]
    answer: Option<serde_json::Value>,
}

/// A report being written, with its questions.
#[derive(Debug, Serialize, ToSchema)]
struct SubmissionShown {
    /// What stands in the list.
    #[serde(flatten)]
    line: SubmissionLine,
    /// The questions the caller sees, in their order.
    questions: Vec<QuestionShown>,
    /// What is wrong, each as `code: rule`.
    errors: Vec<String>,
    /// What should be looked at.
    warnings: Vec<String>,
}

fn findings(opened: &Opened, severity: Severity, code: Option<&str>) -> Vec<String> {
    let seen = |of: &str| {
        let section = opened.questionnaire.section_of(of).map(|section| section.code.as_str());
        opened.visible.iter().any(|one| Some(one.as_str()) == section || one == of)
    };
    opened
        .findings
        .iter()
        .filter(|one| one.severity == severity && seen(&one.code))
        .filter(|one| code.is_none_or(|code| one.code == code))
        .map(|one| format!("{}: {}", one.code, one.rule))
        .collect()
}

fn questions(visit: &Visit, opened: &Opened) -> Vec<QuestionShown> {
    let mut all = Vec::new();
    for section in &opened.questionnaire.sections {
        if !opened.visible.contains(&section.code) {
            continue;
        }
        for question in &section.questions {
            let stored = opened.answers.get(&question.code);
            all.push(QuestionShown {
                code: question.code.clone(),
                section: section.code.clone(),
                text: question.text.say(visit.language.code()).0.to_owned(),
                kind: question.kind.code().to_owned(),
                options: question.options.iter().map(|(code, _)| code.clone()).collect(),
                columns: question.columns.iter().map(|(code, _)| code.clone()).collect(),
                required: question.required,
                writable: opened.writable.contains(&section.code),
                revision: stored.map(|one| one.revision.0),
                answer: stored.and_then(|one| serde_json::to_value(&one.record.answer).ok()),
            });
        }
    }
    all
}

/// Reports of one's State that are being written.
#[utoipa::path(get, path = "/api/v1/submissions", tag = "reports", params(PageAsk),
    responses((status = 200, description = "Reports being written", body = Listed<SubmissionLine>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let sheets = report::sheets(&visit.acting()).await?;
    page_of(&visit, sheets, page, |sheet| SubmissionLine::from(&sheet))
}

/// A report to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSubmission {
    /// Id of the questionnaire, such as `joint-annual`.
    questionnaire: String,
    /// The year reported on.
    period: i32,
}

/// Begins the report of one's State, with what Palermo holds already.
#[utoipa::path(post, path = "/api/v1/submissions", tag = "reports", request_body = NewSubmission,
    responses((status = 201, description = "The report was begun", body = Made)))]
async fn begin(Sent { call, body }: Sent<NewSubmission>) -> Answer {
    let id = report::open(&call.acting(), &body.questionnaire, body.period).await?;
    made(id, Some(FOLDER))
}

/// A report being written: its questions, answers with their revisions, what is wrong.
#[utoipa::path(get, path = "/api/v1/submissions/{id}", tag = "reports",
    params(("id" = String, Path, format = Uuid, description = "The report's id")),
    responses((status = 200, description = "The sections one may see", body = SubmissionShown)))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let opened = report::opened(&visit.acting(), id).await?;
    let revision = opened.sheet.revision.0;
    let shown = SubmissionShown {
        line: SubmissionLine::from(&opened.sheet),
        questions: questions(&visit, &opened),
        errors: findings(&opened, Severity::Error, None),
        warnings: findings(&opened, Severity::Warning, None),
    };
    revised(&shown, revision)
}

/// A value: words, a number, or several words. Rows are written as one text a row, cells
/// separated by bars.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
enum Sending {
    /// Words: a word of the vocabulary, an option, a day, an amount with its currency, a text.
    Words(String),
    /// A number.
    Number(f64),
    /// Several options, or rows.
    Several(Vec<String>),
}

/// An answer to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerSent {
    /// The value.
    value: Sending,
    /// Explanation in the State's own words.
    #[serde(default)]
    explanation: String,
    /// What supports it, each as `what | https://link` or `what`.
    #[serde(default)]
    evidence: Vec<String>,
    /// Assistance needed.
    #[serde(default)]
    need: String,
    /// Unit of a number, where it is not the question's.
    #[serde(default)]
    unit: String,
    /// Legal definition and counting rule of a figure.
    #[serde(default)]
    definition: String,
    /// Whether only the body it is given to may see it.
    #[serde(default)]
    confidential: bool,
    /// Why a value found by Palermo is replaced.
    #[serde(default)]
    overridden: String,
    /// The revision of the answer that was seen; left out where there was none.
    #[serde(default)]
    revision: Option<i64>,
}

/// How an answer stands after it was sent.
#[derive(Debug, Serialize, ToSchema)]
struct AnswerTaken {
    /// The question.
    code: String,
    /// Its revision now.
    revision: Option<i64>,
    /// What is wrong with it, each as `code: rule`.
    errors: Vec<String>,
    /// What should be looked at.
    warnings: Vec<String>,
}

/// Sends one answer. What stood there before is kept.
#[utoipa::path(put, path = "/api/v1/submissions/{id}/answers/{code}", tag = "reports",
    params(("id" = String, Path, format = Uuid, description = "The report's id"),
        ("code" = String, Path, description = "Code of the question")),
    request_body = AnswerSent,
    responses((status = 200, description = "The answer was taken", body = AnswerTaken),
        (status = 412, description = "Someone else wrote it since that revision")))]
async fn write(
    Path((id, code)): Path<(String, String)>,
    Sent { call, body }: Sent<AnswerSent>,
) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let acting = call.acting();
    let opened = report::opened(&acting, id).await?;
    let question = opened.questionnaire.question(&code).ok_or(Refused::NotFound)?;
    let value = match body.value {
        Sending::Words(words) => vec![words],
        Sending::Number(number) => vec![number.to_string()],
        Sending::Several(lines) if question.kind == AnswerKind::Rows => vec![lines.join("\n")],
        Sending::Several(codes) => codes,
    };
    let form = AnswerForm {
        value,
        explanation: body.explanation,
        evidence: body.evidence.join("\n"),
        need: body.need,
        unit: body.unit,
        definition: body.definition,
        confidential: body.confidential,
        origin: Origin::Typed,
        overridden: body.overridden,
        revision: body.revision.map(|seen| seen.to_string()).unwrap_or_default(),
    };
    report::answer(&acting, id, &code, &form).await.map_err(Called::stale)?;
    let now = report::opened(&acting, id).await?;
    one(&AnswerTaken {
        revision: now.answers.get(&code).map(|one| one.revision.0),
        errors: findings(&now, Severity::Error, Some(&code)),
        warnings: findings(&now, Severity::Warning, Some(&code)),
        code,
    })
}

/// Gives a section back to the contact person as finished.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/sections/{section}/finish", tag = "reports",
    params(("id" = String, Path, format = Uuid, description = "The report's id"),
        ("section" = String, Path, description = "Code of the section")),
    responses((status = 204, description = "The section was given back")))]
async fn finish(Path((id, section)): Path<(String, String)>, call: Called) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    report::finish_section(&call.acting(), id, &section, true).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
