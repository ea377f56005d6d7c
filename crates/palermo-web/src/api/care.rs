//! Care within a case, in coded facts, and a month's end. Words about a person
//! are sealed with keys no program holds: they are neither given nor taken here.

use super::{
    Answer,
    answer::{Listed, Made, made, one, page_of},
    asked::{Ask, Asked, Named, PageAsk, Reader},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Acting, Message, Refused,
    access::Action,
    care::{self, Shown, month},
    case::{rights_count, usual_purpose},
    desk::parse_id,
    domain::{
        care::{CareKind, form::Typed},
        id::CaseId,
        purpose::Purpose,
        register::day::Day,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, write, child_return, month_end, rights_counts))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/cases/{id}/care", Action::ReadCare, list)
        .api(Method::POST, "/api/v1/cases/{id}/care", Action::WriteCare, write)
        .api(Method::GET, "/api/v1/cases/{id}/care/return", Action::ReadCare, child_return)
        .api(Method::GET, "/api/v1/month-end", Action::MonthEnd, month_end)
        .api(Method::GET, "/api/v1/rights-counts", Action::CountRightsIncidents, rights_counts)
}

fn purpose(acting: &Acting<'_>) -> Purpose {
    usual_purpose(&acting.subject.roles)
}

/// A care record.
#[derive(Debug, Serialize, ToSchema)]
struct RecordShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// What kind, for example `service`.
    kind: &'static str,
    /// Coded facts as the form of its kind names them; never words about a person.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
    /// `planned`, `running`, `due`, `overdue` or `over` today.
    standing: &'static str,
    /// When it was written down.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Its revision.
    revision: i64,
}

fn shown(one: Shown, today: Day) -> RecordShown {
    let record = &one.record.record;
    RecordShown {
        id: record.id.to_string(),
        kind: record.kind().code(),
        facts: record.body.facts(),
        standing: record.standing(today).code(),
        recorded_at: record.recorded_at.to_string(),
        revision: one.record.revision.0,
    }
}

/// What is planned with and done for a person, in coded facts.
#[utoipa::path(get, path = "/api/v1/cases/{id}/care", tag = "care", params(
        ("id" = String, Path, format = Uuid, description = "The case's id"), PageAsk),
    responses((status = 200, description = "Care records", body = Listed<RecordShown>)))]
async fn list(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let found = care::plan(&acting, None, id, purpose(&acting)).await?;
    let today: Day = acting.now().date().into();
    page_of(&visit, found.records, page, |one| shown(one, today))
}

/// A care record to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRecord {
    /// What kind, for example `service`.
    #[schema(example = "service")]
    kind: String,
    /// Facts by field: a code, a list of codes, a day, a number or true or false.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
}

impl NewRecord {
    fn read(self) -> Result<(CareKind, Typed), Refused> {
        let Some(kind) = CareKind::from_code(&self.kind) else {
            return Err(Refused::field("kind", Message::new("error-choose")));
        };
        let mut typed = Typed::new();
        for (field, value) in self.facts {
            let text = |value: &Value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                Value::Bool(true) => Some("yes".to_owned()),
                _ => None,
            };
            let values = match &value {
                Value::Array(all) => all.iter().filter_map(text).collect(),
                other => text(other).into_iter().collect(),
            };
            typed.insert(field, values);
        }
        Ok((kind, typed))
    }
}

/// Writes a care record. The rules of rights answer as on the page: `errors`
/// names the field, the rule and its source.
#[utoipa::path(post, path = "/api/v1/cases/{id}/care", tag = "care", request_body = NewRecord,
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    responses((status = 201, description = "It is written", body = Made)))]
async fn write(Named(id): Named, Sent { call, body }: Sent<NewRecord>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (kind, typed) = body.read()?;
    let acting = call.acting();
    let why = purpose(&acting);
    let written = care::write::write(&acting, None, id, kind, &typed, why).await?;
    made(written.id, None)
}

/// Why a child's return may not be arranged.
#[derive(Debug, Serialize, ToSchema)]
struct Against {
    /// What is missing, in words.
    why: String,
    /// The rule of rights, 1 to 12, where one forbids it.
    rule: Option<u8>,
    /// Standards that are not fulfilled, by their codes.
    standards: Vec<String>,
}

/// Whether a child's return may be arranged, from what is written down.
#[derive(Debug, Serialize, ToSchema)]
struct ReturnShown {
    /// Whether it may be arranged.
    may_be_arranged: bool,
    /// The mechanism whose list of standards is in force.
    mechanism: Option<String>,
    /// The version in force.
    version: String,
    /// The version the last record answers.
    answered: Option<String>,
    /// Everything that is missing.
    against: Vec<Against>,
}

/// Whether a child's return may be arranged, and everything that is missing. An
/// adult's own wish opens the way: there the answer is that of an absent page.
#[utoipa::path(get, path = "/api/v1/cases/{id}/care/return", tag = "care",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    responses((status = 200, description = "What the gate says", body = ReturnShown)))]
async fn child_return(visit: Visit, Named(id): Named) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let page = care::plan(&acting, None, id, purpose(&acting)).await?;
    let found = page.child_return.ok_or(Refused::NotFound)?;
    let against = found.denied.iter().map(|denied| Against {
        why: visit.say(&care::why(&acting, denied)),
        rule: denied.rule.map(|rule| rule.number),
        standards: denied.standards.clone(),
    });
    one(&ReturnShown {
        may_be_arranged: found.may_be_arranged(),
        against: against.collect(),
        mechanism: found.mechanism.clone(),
        version: found.version.clone(),
        answered: found.answered.clone(),
    })
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct MonthAsk {
    /// Which month, as `2026-10`; left out, the last one that is over.
    month: Option<String>,
    /// Only what this funder pays.
    funder: Option<String>,
}

impl Ask for MonthAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { month: reader.text("month"), funder: reader.text("funder") }
    }
}

/// A month's end: services, nights, waits and refusals exactly; persons by the
/// last finished half-year, rounded down.
#[utoipa::path(get, path = "/api/v1/month-end", tag = "care", params(MonthAsk),
    responses((status = 200, description = "The month", body = Object)))]
async fn month_end(visit: Visit, Asked(ask): Asked<MonthAsk>) -> Answer {
    let (month, funder) = (ask.month.unwrap_or_default(), ask.funder.unwrap_or_default());
    let page = month::end(&visit.acting(), &month, &funder).await?;
    one(&page.end)
}

/// Rights incidents of a State, for its rapporteur: cases by rule and by body up to
/// the last half-year that is over, rounded down. Nothing tells of anyone.
#[utoipa::path(get, path = "/api/v1/rights-counts", tag = "care",
    responses((status = 200, description = "The counts", body = Object)))]
async fn rights_counts(visit: Visit) -> Answer {
    one(&rights_count::count(&visit.acting()).await?)
}
