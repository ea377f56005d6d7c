//! Contact points, structures and networks one by one, and as those who keep them write
//! them: under the rights of the pages. A desk that leads to a protected service is not
//! there unless the public may know of it (R9).

use super::{
    Answer,
    answer::{Made, made, one, revised, tagged},
    asked::Named,
    directory,
    sent::{Called, Sent},
    service_records::{line, words},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Acting, Problems, Refused,
    access::Action,
    desk::{self, PointForm, parse_id, parse_revision},
    directory::{self as records, NetworkForm, StructureForm},
    domain::{
        desk::contact::{Channel, ChannelKind, ContactPoint, PointKind},
        id::{DeskId, NetworkId, StructureId},
        network::{Meeting, Network, NetworkKind, NetworkMember},
        register::day::Day,
        structure::{Seat, Sector, Structure, StructureKind},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    point,
    point_record,
    describe,
    confirm,
    structure,
    structure_record,
    enter_structure,
    put_structure,
    network,
    network_record,
    enter_network,
    put_network
))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    let (read, edit) = (Action::ReadDirectory, Action::EditDirectory);
    let point_path = "/api/v1/contact-points/{id}/record";
    Routes::new()
        .api(Method::GET, "/api/v1/contact-points/{id}", read, point)
        .api(Method::GET, point_path, Action::ReadTenant, point_record)
        .api(Method::PUT, point_path, Action::ManageDesks, describe)
        .api(Method::POST, "/api/v1/contact-points/{id}/confirm", Action::FinishTask, confirm)
        .api(Method::POST, "/api/v1/structures", edit, enter_structure)
        .api(Method::GET, "/api/v1/structures/{id}", Action::PublicRead, structure)
        .api(Method::GET, "/api/v1/structures/{id}/record", Action::PublicRead, structure_record)
        .api(Method::PUT, "/api/v1/structures/{id}/record", edit, put_structure)
        .api(Method::POST, "/api/v1/networks", edit, enter_network)
        .api(Method::GET, "/api/v1/networks/{id}", read, network)
        .api(Method::GET, "/api/v1/networks/{id}/record", edit, network_record)
        .api(Method::PUT, "/api/v1/networks/{id}/record", edit, put_network)
}

/// A day as records write it.
fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn text(text: Option<&String>) -> &str {
    text.map(String::as_str).unwrap_or_default()
}

fn count(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// One contact point.
#[utoipa::path(get, path = "/api/v1/contact-points/{id}", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The contact point's id")),
    responses((status = 200, description = "The contact point",
        body = directory::ContactPointShown)))]
async fn point(visit: Visit, Named(id): Named) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let acting = visit.acting();
    let all = desk::directory_for_programs(&acting).await?;
    let found = all.into_iter().find(|(one, _)| one.desk.id == id).ok_or(Refused::NotFound)?;
    one(&directory::contact_point(found, acting.now()))
}

/// A secure channel of a contact point.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChannelRecord {
    /// `encrypted-mail`, `messenger`, `node`, `network` or `secure-fax`.
    #[schema(value_type = String)]
    kind: ChannelKind,
    /// Address, number or name on it.
    address: String,
}

/// What is known of a contact point beside its desk (`/api/v1/desks/{id}`, which opens,
/// changes and closes it). What is left out becomes empty.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ContactPointRecord {
    /// `focal-point`, `central-authority`, `specialist-unit`, `liaison-officer`,
    /// `border-office`, `consular-post`, `intake`, `local-body` or `other`.
    #[schema(value_type = String)]
    kind: Option<PointKind>,
    /// What it may decide or do, in words.
    competence: String,
    /// For posts abroad: the State they are in, by its code.
    host_state: Option<String>,
    /// Town.
    city: String,
    /// Districts or crossings it answers for.
    areas: Vec<String>,
    /// Secure channels.
    channels: Vec<ChannelRecord>,
    /// The desk of the same organisation that answers when this one is closed.
    #[schema(format = Uuid)]
    deputy: Option<String>,
    /// First day of the competence, for officers sent for a time.
    #[schema(format = Date)]
    from: Option<String>,
    /// Its last day.
    #[schema(format = Date)]
    until: Option<String>,
    /// The address that is asked to confirm it.
    confirm_to: Option<String>,
}

impl ContactPointRecord {
    fn of(point: &ContactPoint) -> Self {
        let channel =
            |one: &Channel| ChannelRecord { kind: one.kind, address: one.address.clone() };
        Self {
            kind: Some(point.kind),
            competence: point.competence.clone(),
            host_state: point.host_state.clone(),
            city: point.city.clone(),
            areas: point.areas.clone(),
            channels: point.channels.iter().map(channel).collect(),
            deputy: point.deputy.map(|desk| desk.to_string()),
            from: day(point.from),
            until: day(point.until),
            confirm_to: point.confirm_to.clone(),
        }
    }

    /// The form a person would send.
    fn form(self) -> Result<PointForm, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let areas = words(p, "areas", &self.areas);
        let channels = self
            .channels
            .iter()
            .map(|one| line(p, "channels", &[one.kind.code(), one.address.as_str()]))
            .collect::<Vec<_>>()
            .join("\n");
        problems.none()?;
        Ok(PointForm {
            kind: self.kind.map(PointKind::code).unwrap_or_default().to_owned(),
            competence: self.competence,
            host_state: self.host_state.unwrap_or_default(),
            city: self.city,
            areas,
            channels,
            deputy: self.deputy.unwrap_or_default(),
            from: self.from.unwrap_or_default(),
            until: self.until.unwrap_or_default(),
            confirm_to: self.confirm_to.unwrap_or_default(),
        })
    }
}

/// The record with what stands for its words: another one means that someone changed it.
async fn point_now(acting: &Acting<'_>, id: DeskId) -> Answer {
    desk::show(acting, id).await?;
    let known = desk::known(acting, id).await?;
    let mark = known.as_ref().map(PointForm::of).unwrap_or_default().mark();
    tagged(&known.as_ref().map(ContactPointRecord::of).unwrap_or_default(), &mark)
}

/// A contact point of one's organisation as its keeper writes it.
#[utoipa::path(get, path = "/api/v1/contact-points/{id}/record", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The contact point's id")),
    responses((status = 200, description = "The record", body = ContactPointRecord,
        headers(("ETag" = String, description = "What stands for its words, in quotes")))))]
async fn point_record(visit: Visit, Named(id): Named) -> Answer {
    point_now(&visit.acting(), parse_id(&id)?).await
}

/// Makes a desk of one's organisation a contact point, or changes what is known of it.
/// Whoever sends it confirms it.
#[utoipa::path(put, path = "/api/v1/contact-points/{id}/record", tag = "directory",
    request_body = ContactPointRecord,
    params(("id" = String, Path, format = Uuid, description = "The contact point's id"),
        ("If-Match" = String, Header, description = "The `ETag` that was seen, in quotes")),
    responses((status = 200, description = "The record as it is now", body = ContactPointRecord,
        headers(("ETag" = String, description = "What stands for its words, in quotes")))))]
async fn describe(Named(id): Named, Sent { call, body }: Sent<ContactPointRecord>) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let seen = call.seen()?;
    let acting = call.acting();
    // What cannot be shown afterwards is not changed.
    desk::show(&acting, id).await?;
    desk::describe(&acting, id, &body.form()?, &seen).await.map_err(Called::stale)?;
    point_now(&acting, id).await
}

/// Says that all that is known of a contact point is still right, as of now: whoever sits at
/// the desk may, and whoever keeps the desks of its organisation, for which a token needs
/// `desk.manage` too.
#[utoipa::path(post, path = "/api/v1/contact-points/{id}/confirm", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The contact point's id")),
    responses((status = 204, description = "It is confirmed")))]
async fn confirm(Named(id): Named, call: Called) -> Answer {
    desk::confirm(&call.acting(), parse_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One structure.
#[utoipa::path(get, path = "/api/v1/structures/{id}", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The structure's id")),
    responses((status = 200, description = "The structure", body = directory::StructureShown)))]
async fn structure(visit: Visit, Named(id): Named) -> Answer {
    let acting = visit.acting();
    let found = records::show_structure(&acting, parse_id(&id)?).await?;
    let desks = records::desks(&acting).await?;
    one(&directory::structure(found, &desks))
}

/// A member body of a structure.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeatRecord {
    /// Where it comes from: `police`, `justice`, `ngo`, …
    #[schema(value_type = String)]
    sector: Sector,
    /// Its name.
    name: String,
    /// Women among its members, where known.
    women: Option<u32>,
    /// Men among its members, where known.
    men: Option<u32>,
}

/// A structure as its keeper writes it. What is left out becomes empty.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct StructureRecord {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What kind: `task-force`, `rapporteur`, …
    #[schema(value_type = String)]
    kind: Option<StructureKind>,
    /// Its State, by its code.
    state: String,
    /// Districts, towns or crossings it covers; none: the whole State.
    areas: Vec<String>,
    /// The law or decision it rests on.
    basis: String,
    /// Since when.
    #[schema(format = Date)]
    since: Option<String>,
    /// Until when; a structure that ended keeps its record.
    #[schema(format = Date)]
    until: Option<String>,
    /// Who sits in it.
    seats: Vec<SeatRecord>,
    /// The contact point that answers for it.
    #[schema(format = Uuid)]
    desk: Option<String>,
    /// Where this is known from.
    source: String,
}

impl StructureRecord {
    fn of(one: &Structure, desk: Option<DeskId>) -> Self {
        let seat = |seat: &Seat| SeatRecord {
            sector: seat.sector,
            name: seat.name.clone(),
            women: seat.women,
            men: seat.men,
        };
        Self {
            name: one.name.clone(),
            kind: Some(one.kind),
            state: one.state.to_string(),
            areas: one.areas.clone(),
            basis: one.basis.clone(),
            since: day(one.since),
            until: day(one.until),
            seats: one.seats.iter().map(seat).collect(),
            desk: desk.map(|desk| desk.to_string()),
            source: one.source.clone(),
        }
    }

    /// The form a person would send.
    fn form(self) -> Result<StructureForm, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let areas = words(p, "areas", &self.areas);
        let seats = self
            .seats
            .iter()
            .map(|one| {
                let (women, men) = (count(one.women), count(one.men));
                line(
                    p,
                    "seats",
                    &[one.sector.code(), one.name.as_str(), women.as_str(), men.as_str()],
                )
            })
            .collect::<Vec<_>>()
            .join("\n");
        problems.none()?;
        Ok(StructureForm {
            name: self.name,
            kind: self.kind.map(StructureKind::code).unwrap_or_default().to_owned(),
            state: self.state,
            areas,
            basis: self.basis,
            since: self.since.unwrap_or_default(),
            until: self.until.unwrap_or_default(),
            seats,
            desk: self.desk.unwrap_or_default(),
            source: self.source,
        })
    }
}

async fn structure_now(acting: &Acting<'_>, id: StructureId) -> Answer {
    let found = records::show_structure(acting, id).await?;
    // A reader learns of no desk it may not be told of.
    let desks = records::desks(acting).await?;
    let entry = &found.record.entry;
    let desk = entry.desk.map(|at| at.desk).filter(|desk| desks.contains_key(desk));
    revised(&StructureRecord::of(entry, desk), found.revision.0)
}

/// A structure as its keeper writes it.
#[utoipa::path(get, path = "/api/v1/structures/{id}/record", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The structure's id")),
    responses((status = 200, description = "The record", body = StructureRecord,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn structure_record(visit: Visit, Named(id): Named) -> Answer {
    structure_now(&visit.acting(), parse_id(&id)?).await
}

/// Enters a structure of one's State; the secretariat enters any.
#[utoipa::path(post, path = "/api/v1/structures", tag = "directory",
    request_body = StructureRecord,
    responses((status = 201, description = "The structure is entered", body = Made,
        headers(("Location" = String, description = "The structure's address")))))]
async fn enter_structure(Sent { call, body }: Sent<StructureRecord>) -> Answer {
    let id = records::enter_structure(&call.acting(), &body.form()?).await?;
    made(id, Some("/api/v1/structures"))
}

/// Changes a structure one's organisation keeps, or ends it by its last day.
#[utoipa::path(put, path = "/api/v1/structures/{id}/record", tag = "directory",
    request_body = StructureRecord,
    params(("id" = String, Path, format = Uuid, description = "The structure's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The record as it is now", body = StructureRecord,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_structure(Named(id): Named, Sent { call, body }: Sent<StructureRecord>) -> Answer {
    let id: StructureId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    let changed = records::change_structure(&acting, id, &body.form()?, seen).await;
    changed.map_err(Called::stale)?;
    structure_now(&acting, id).await
}

/// One network, with those who serve today and its meetings.
#[utoipa::path(get, path = "/api/v1/networks/{id}", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The network's id")),
    responses((status = 200, description = "The network", body = directory::NetworkShown)))]
async fn network(visit: Visit, Named(id): Named) -> Answer {
    let acting = visit.acting();
    let found = records::show_network(&acting, parse_id(&id)?).await?;
    let unnamed = records::unnamed(&acting, &found.record.entry).await?;
    one(&directory::network((found, unnamed), acting.now().date().into()))
}

/// An officer of a network. One whose nomination ended stays with its last day.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct OfficerRecord {
    /// The State that nominated them, by its code.
    state: Option<String>,
    /// Or the mechanism they speak for.
    mechanism: Option<String>,
    /// Their name.
    name: String,
    /// Their office.
    title: String,
    /// Address for mail.
    email: Option<String>,
    /// Telephone in international notation.
    telephone: Option<String>,
    /// For liaison officers: the State they are posted to.
    host_state: Option<String>,
    /// First day of the nomination.
    #[schema(format = Date)]
    from: Option<String>,
    /// Last day.
    #[schema(format = Date)]
    until: Option<String>,
}

/// A meeting of a network. Put off or renamed it stays the same in calendars.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct MeetingRecord {
    /// What it is about; never about a person.
    title: String,
    /// First day.
    #[schema(format = Date)]
    on: String,
    /// Last day, if longer than one.
    #[schema(format = Date)]
    until: Option<String>,
    /// Town.
    place: String,
    /// Called off.
    cancelled: bool,
}

/// A network as its keeper writes it. What is left out becomes empty.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct NetworkRecord {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What kind: `heads-of-unit`, `focal-points`, `liaison-officers`, …
    #[schema(value_type = String)]
    kind: Option<NetworkKind>,
    /// The mechanism it belongs to.
    mechanism: Option<String>,
    /// What it is for.
    about: String,
    /// At most so many officers from each State.
    most_per_state: Option<u32>,
    /// It is to meet so often a year.
    meetings_per_year: Option<u32>,
    /// Its members, former ones too.
    members: Vec<OfficerRecord>,
    /// Its meetings.
    meetings: Vec<MeetingRecord>,
}

impl NetworkRecord {
    fn of(one: &Network) -> Self {
        let officer = |member: &NetworkMember| OfficerRecord {
            state: member.state.map(|state| state.to_string()),
            mechanism: member.mechanism.clone(),
            name: member.name.clone(),
            title: member.title.clone(),
            email: member.email.clone(),
            telephone: member.telephone.clone(),
            host_state: member.host_state.map(|state| state.to_string()),
            from: day(member.from),
            until: day(member.until),
        };
        let meeting = |meeting: &Meeting| MeetingRecord {
            title: meeting.title.clone(),
            on: meeting.on.to_string(),
            until: day(meeting.until),
            place: meeting.place.clone(),
            cancelled: meeting.cancelled,
        };
        Self {
            name: one.name.clone(),
            kind: Some(one.kind),
            mechanism: one.mechanism.clone(),
            about: one.about.clone(),
            most_per_state: one.most_per_state,
            meetings_per_year: one.meetings_per_year,
            members: one.members.iter().map(officer).collect(),
            meetings: one.meetings.iter().map(meeting).collect(),
        }
    }

    /// The form a person would send; `off` is the word for a meeting that is called off.
    fn form(self, off: &str) -> Result<NetworkForm, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let mut members = Vec::with_capacity(self.members.len());
        for one in &self.members {
            let parts = [
                text(one.state.as_ref().or(one.mechanism.as_ref())),
                one.name.as_str(),
                one.title.as_str(),
                text(one.from.as_ref()),
                text(one.until.as_ref()),
                text(one.host_state.as_ref()),
                text(one.email.as_ref()),
                text(one.telephone.as_ref()),
            ];
            members.push(line(p, "members", &parts));
        }
        let mut meetings = Vec::with_capacity(self.meetings.len());
        for one in &self.meetings {
            let off = if one.cancelled { off } else { "" };
            let (title, place) = (one.title.as_str(), one.place.as_str());
            let parts = [one.on.as_str(), text(one.until.as_ref()), title, place, off];
            meetings.push(line(p, "meetings", &parts));
        }
        problems.none()?;
        Ok(NetworkForm {
            name: self.name,
            kind: self.kind.map(NetworkKind::code).unwrap_or_default().to_owned(),
            mechanism: self.mechanism.unwrap_or_default(),
            about: self.about,
            most_per_state: count(self.most_per_state),
            meetings_per_year: count(self.meetings_per_year),
            members: members.join("\n"),
            meetings: meetings.join("\n"),
        })
    }
}

async fn network_now(acting: &Acting<'_>, id: NetworkId) -> Answer {
    let found = records::own_network(acting, id).await?;
    revised(&NetworkRecord::of(&found.record.entry), found.revision.0)
}

/// A network of one's organisation as its keeper writes it, with those who no longer serve.
#[utoipa::path(get, path = "/api/v1/networks/{id}/record", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The network's id")),
    responses((status = 200, description = "The record", body = NetworkRecord,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn network_record(visit: Visit, Named(id): Named) -> Answer {
    network_now(&visit.acting(), parse_id(&id)?).await
}

/// Enters a network of one's organisation.
#[utoipa::path(post, path = "/api/v1/networks", tag = "directory", request_body = NetworkRecord,
    responses((status = 201, description = "The network is entered", body = Made,
        headers(("Location" = String, description = "The network's address")))))]
async fn enter_network(Sent { call, body }: Sent<NetworkRecord>) -> Answer {
    let form = body.form(&call.visit.text("network-cancelled"))?;
    made(records::keep_network(&call.acting(), None, &form).await?, Some("/api/v1/networks"))
}

/// Changes a network one's organisation keeps: members, meetings, and what was agreed.
#[utoipa::path(put, path = "/api/v1/networks/{id}/record", tag = "directory",
    request_body = NetworkRecord,
    params(("id" = String, Path, format = Uuid, description = "The network's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The record as it is now", body = NetworkRecord,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_network(Named(id): Named, Sent { call, body }: Sent<NetworkRecord>) -> Answer {
    let id: NetworkId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let form = body.form(&call.visit.text("network-cancelled"))?;
    let acting = call.acting();
    let kept = records::keep_network(&acting, Some((id, seen)), &form).await;
    kept.map_err(Called::stale)?;
    network_now(&acting, id).await
}
