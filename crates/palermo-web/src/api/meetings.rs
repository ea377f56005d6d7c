//! Bodies, who sits in them, their meetings, decisions and what States report of them.
//! The same acts as the pages; papers that are closed are shown to members alone.

use super::{
    Answer,
    answer::{Made, made, one, revised},
    asked::{Asked, Named},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Message, Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::{MeetingId, SeatId},
        meeting::{ActionStatus, SeatRole},
    },
    meeting::{self, BodyShown, MeetingForm, ReplyForm, SeatForm},
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(bodies, body, seat, put_seat, call_meeting, show, put, report, reply))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    let manage = Action::ManageMeetings;
    Routes::new()
        .api(Method::GET, "/api/v1/bodies", Action::PublicRead, bodies)
        .api(Method::GET, "/api/v1/bodies/{mechanism}/{body}", Action::PublicRead, body)
        .api(Method::POST, "/api/v1/bodies/{mechanism}/{body}/seats", manage, seat)
        .api(Method::PUT, "/api/v1/seats/{id}", manage, put_seat)
        .api(Method::POST, "/api/v1/bodies/{mechanism}/{body}/meetings", manage, call_meeting)
        .api(Method::GET, "/api/v1/meetings/{id}", Action::PublicRead, show)
        .api(Method::PUT, "/api/v1/meetings/{id}", manage, put)
        .api(Method::POST, "/api/v1/meetings/{id}/actions", manage, report)
        .api(Method::POST, "/api/v1/meetings/{id}/replies", Action::WriteComments, reply)
}

/// A body in a list.
fn line(shown: &BodyShown) -> Json {
    json!({
        "body": shown.key,
        "mechanism": shown.mechanism,
        "name": shown.body.name,
        "quorum": shown.body.quorum,
        "composition": shown.composition,
        "expected": shown.expected,
        "chair_by_rotation": shown.rotation,
    })
}

/// Bodies of the mechanisms served here, with their composition and next meetings.
#[utoipa::path(get, path = "/api/v1/bodies", tag = "reviews",
    responses((status = 200, description = "Bodies", body = Object)))]
async fn bodies(visit: Visit, Asked(()): Asked<()>) -> Answer {
    let all = meeting::bodies(&visit.acting()).await?;
    one(&json!({ "bodies": all.iter().map(line).collect::<Vec<_>>() }))
}

/// A body with its seats, its meetings, and what members and observers may do.
#[utoipa::path(get, path = "/api/v1/bodies/{mechanism}/{body}", tag = "reviews",
    params(("mechanism" = String, Path, description = "Id of the mechanism"),
        ("body" = String, Path, description = "Id of the body in its profile")),
    responses((status = 200, description = "The body", body = Object)))]
async fn body(
    visit: Visit,
    Path((mechanism, id)): Path<(String, String)>,
    Asked(()): Asked<()>,
) -> Answer {
    let shown = meeting::body(&visit.acting(), &format!("{mechanism}/{id}")).await?;
    let mut told = line(&shown);
    let seats: Vec<Json> = shown
        .seats
        .iter()
        .map(|one| {
            json!({ "id": one.record.id.to_string(), "revision": one.revision.0,
            "seat": one.record.entry })
        })
        .collect();
    let meetings: Vec<Json> = shown
        .meetings
        .iter()
        .map(|one| {
            json!({ "id": one.record.id.to_string(), "meeting": one.record.entry,
            "quorate": one.record.entry.quorate(shown.body.quorum) })
        })
        .collect();
    if let Some(fields) = told.as_object_mut() {
        fields.insert("seats".into(), seats.into());
        fields.insert("meetings".into(), meetings.into());
        let rights = json!({ "member": SeatRole::Member.rights(),
            "observer": SeatRole::Observer.rights() });
        fields.insert("rights".into(), rights);
    }
    one(&told)
}

/// A seat in a body.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeatBody {
    /// Name and function of an official or expert.
    name: String,
    /// Code of the State.
    #[serde(default)]
    state: String,
    /// Organisation of an observer.
    #[serde(default)]
    organisation: String,
    /// `chair`, `vice-chair`, `member` or `observer`.
    role: String,
    /// `woman`, `man` or `unstated`.
    #[serde(default)]
    sex: String,
    /// From when.
    #[schema(format = Date)]
    from: String,
    /// Until when; a seat that has ended stays known.
    #[serde(default)]
    #[schema(format = Date)]
    until: String,
}

impl SeatBody {
    fn form(self, revision: String) -> SeatForm {
        SeatForm {
            name: self.name,
            state: self.state,
            organisation: self.organisation,
            role: self.role,
            sex: self.sex,
            from: self.from,
            until: self.until,
            revision,
        }
    }
}

/// Seats someone in a body.
#[utoipa::path(post, path = "/api/v1/bodies/{mechanism}/{body}/seats", tag = "reviews",
    request_body = SeatBody,
    params(("mechanism" = String, Path, description = "Id of the mechanism"),
        ("body" = String, Path, description = "Id of the body in its profile")),
    responses((status = 201, description = "The seat", body = Made)))]
async fn seat(
    Path((mechanism, id)): Path<(String, String)>,
    Sent { call, body }: Sent<SeatBody>,
) -> Answer {
    let (key, form) = (format!("{mechanism}/{id}"), body.form(String::new()));
    made(meeting::seat(&call.acting(), &key, None, &form).await?, None)
}

/// Ends a seat, or puts it right.
#[utoipa::path(put, path = "/api/v1/seats/{id}", tag = "reviews", request_body = SeatBody,
    params(("id" = String, Path, format = Uuid, description = "The seat's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "It was changed")))]
async fn put_seat(Named(id): Named, Sent { call, body }: Sent<SeatBody>) -> Answer {
    let id: SeatId = parse_id(&id)?;
    let form = body.form(call.seen()?);
    let (key, _) = meeting::seat_typed(&call.acting(), id).await?;
    meeting::seat(&call.acting(), &key, Some(id), &form).await.map_err(Called::stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A meeting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingBody {
    /// Title.
    title: String,
    /// First day.
    #[schema(format = Date)]
    from: String,
    /// Last day.
    #[schema(format = Date)]
    to: String,
    /// A town, or `online`.
    place: String,
    /// The agenda, item by item.
    #[serde(default)]
    agenda: Vec<String>,
    /// Papers: a title, a bar, a link; one that begins with `!` is closed to observers.
    #[serde(default)]
    papers: Vec<String>,
    /// Members present, once it was held.
    present: Option<u32>,
    /// Decisions; one that begins with `-` is an action of the decision above it: what, a
    /// bar, who, a bar, until when.
    #[serde(default)]
    decisions: Vec<String>,
}

impl MeetingBody {
    fn form(self, revision: String) -> MeetingForm {
        let lines = |all: Vec<String>| {
            all.iter().map(|one| one.replace(['\r', '\n'], " ")).collect::<Vec<_>>().join("\n")
        };
        MeetingForm {
            title: self.title,
            from: self.from,
            to: self.to,
            place: self.place,
            agenda: lines(self.agenda),
            papers: lines(self.papers),
            present: self.present.map(|count| count.to_string()).unwrap_or_default(),
            decisions: lines(self.decisions),
            revision,
        }
    }
}

/// Calls a meeting of a body.
#[utoipa::path(post, path = "/api/v1/bodies/{mechanism}/{body}/meetings", tag = "reviews",
    request_body = MeetingBody,
    params(("mechanism" = String, Path, description = "Id of the mechanism"),
        ("body" = String, Path, description = "Id of the body in its profile")),
    responses((status = 201, description = "It was called", body = Made)))]
async fn call_meeting(
    Path((mechanism, id)): Path<(String, String)>,
    Sent { call, body }: Sent<MeetingBody>,
) -> Answer {
    let (key, form) = (format!("{mechanism}/{id}"), body.form(String::new()));
    let id = meeting::save(&call.acting(), &key, None, &form).await?;
    made(id, Some("/api/v1/meetings"))
}

/// A meeting: agenda, papers one may read, decisions, what comes back from earlier ones,
/// and what States report of decisions, for members.
#[utoipa::path(get, path = "/api/v1/meetings/{id}", tag = "reviews",
    params(("id" = String, Path, format = Uuid, description = "The meeting's id")),
    responses((status = 200, description = "The meeting", body = Object,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named, Asked(()): Asked<()>) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let acting = visit.acting();
    let (shown, found, back) = meeting::meeting(&acting, id).await?;
    let replies = meeting::replies(&acting, &shown).await?;
    let back: Vec<Json> = back
        .iter()
        .map(|(on, decision, action)| {
            json!({ "decided": on, "decision": decision.text, "action": action })
        })
        .collect();
    let told = json!({
        "body": shown.key,
        "meeting": found.record.entry,
        "quorate": found.record.entry.quorate(shown.body.quorum),
        "comes_back": back,
        "replies": replies,
    });
    revised(&told, found.revision.0)
}

/// Changes a meeting.
#[utoipa::path(put, path = "/api/v1/meetings/{id}", tag = "reviews", request_body = MeetingBody,
    params(("id" = String, Path, format = Uuid, description = "The meeting's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "It was changed")))]
async fn put(Named(id): Named, Sent { call, body }: Sent<MeetingBody>) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let form = body.form(call.seen()?);
    let acting = call.acting();
    let (shown, _, _) = meeting::meeting(&acting, id).await?;
    meeting::save(&acting, &shown.key, Some(id), &form).await.map_err(Called::stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What became of an action of a decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ActionReport {
    /// Which decision, from 0.
    decision: usize,
    /// Which of its actions, from 0.
    action: usize,
    /// `open`, `done` or `dropped`.
    status: String,
    /// What was reported about it.
    #[serde(default)]
    report: String,
}

/// Notes what became of an action, for the body that keeps the meeting.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/actions", tag = "reviews",
    request_body = ActionReport,
    params(("id" = String, Path, format = Uuid, description = "The meeting's id")),
    responses((status = 204, description = "It was noted")))]
async fn report(Named(id): Named, Sent { call, body }: Sent<ActionReport>) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let status = body
        .status
        .parse::<ActionStatus>()
        .map_err(|_| Refused::field("status", Message::new("error-choose")))?;
    let (decision, action) = (body.decision, body.action);
    meeting::report_action(&call.acting(), id, decision, action, status, &body.report).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What a State reports of a decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecisionReport {
    /// Which decision, from 0.
    decision: usize,
    /// Which of its actions, from 0; left out for the decision as a whole.
    action: Option<usize>,
    /// `open`, `done` or `dropped`.
    status: String,
    /// What was done; never about a person.
    text: String,
    /// What shows it; needed where it is done.
    #[serde(default)]
    evidence: String,
}

/// Reports for one's State on a decision of a body it belongs to.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/replies", tag = "reviews",
    request_body = DecisionReport,
    params(("id" = String, Path, format = Uuid, description = "The meeting's id")),
    responses((status = 201, description = "It was reported", body = Made)))]
async fn reply(Named(id): Named, Sent { call, body }: Sent<DecisionReport>) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let form = ReplyForm {
        decision: body.decision.to_string(),
        action: body.action.map(|at| at.to_string()).unwrap_or_default(),
        status: body.status,
        text: body.text,
        evidence: body.evidence,
    };
    made(meeting::reply(&call.acting(), id, &form).await?, None)
}
