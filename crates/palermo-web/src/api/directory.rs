//! The directory for programs, as lists: contact points, structures, networks, under the
//! same rights as the pages. A desk that leads to a protected service is not there
//! unless the public may know of it.

use super::{
    Answer,
    answer::{Listed, page_of},
    asked::{Ask, Asked, Named, PageAsk, Reader},
};
use crate::shell::{listing::download, route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    desk::{self, parse_id},
    directory::{self, KeptNetwork, KeptStructure},
    domain::{
        desk::{DeskLevel, answers::Candidate, contact::PointKind},
        hours::Standing,
        id::{DeskId, NetworkId},
        moment::Moment,
        network::NetworkKind,
        register::{day::Day, state::StateCode},
        structure::StructureKind,
    },
    export,
};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(contact_points, card, structures, networks, meetings))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/contact-points", Action::ReadDirectory, contact_points)
        .api(Method::GET, "/api/v1/contact-points/{id}/card.vcf", Action::ReadDirectory, card)
        .api(Method::GET, "/api/v1/structures", Action::PublicRead, structures)
        .api(Method::GET, "/api/v1/networks", Action::ReadDirectory, networks)
        .api(Method::GET, "/api/v1/networks/{id}/meetings.ics", Action::ReadDirectory, meetings)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct ContactPointsAsk {
    /// Only of this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only at this level: `regional`, `national`, `hotspot`, `border-office`, `consulate`.
    #[param(value_type = Option<String>)]
    level: Option<DeskLevel>,
    /// Only of this kind: `focal-point`, `liaison-officer`, …
    #[param(value_type = Option<String>)]
    kind: Option<PointKind>,
    /// Only posted in this State, for posts abroad.
    #[param(value_type = Option<String>)]
    host_state: Option<StateCode>,
    /// Only in this town.
    city: Option<String>,
    /// Only answering for this district or crossing, or for no district alone.
    area: Option<String>,
    /// Only competent for this, such as `return`: its code, or its name in any language.
    topic: Option<String>,
    /// `yes`: only those open now; `no`: only the others.
    #[param(value_type = Option<String>)]
    open: Option<bool>,
}

impl Ask for ContactPointsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let word = |open: bool| if open { "yes" } else { "no" };
        Self {
            state: reader.state("state"),
            level: reader.word("level", &DeskLevel::ALL, DeskLevel::code),
            kind: reader.word("kind", PointKind::ALL, PointKind::code),
            host_state: reader.state("host_state"),
            city: reader.text("city"),
            area: reader.text("area"),
            topic: reader.text("topic"),
            open: reader.word("open", &[true, false], word),
        }
    }
}

/// A secure channel.
#[derive(Debug, Serialize, ToSchema)]
struct ChannelShown {
    /// `encrypted-mail`, `messenger`, `node`, `network` or `secure-fax`.
    kind: &'static str,
    /// Address, number or name on it.
    address: String,
}

/// An office to turn to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ContactPointShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Name of the office, never of a person.
    name: String,
    /// Its organisation.
    organization: String,
    /// `focal-point`, `central-authority`, `specialist-unit`, `liaison-officer`,
    /// `border-office`, `consular-post`, `intake`, `local-body` or `other`.
    kind: &'static str,
    /// `regional`, `national`, `hotspot`, `border-office` or `consulate`.
    level: &'static str,
    /// The State it works for, by its code.
    state: Option<String>,
    /// For posts abroad: the State they are in.
    host_state: Option<String>,
    /// Town or city.
    city: String,
    /// Districts or crossings it answers for.
    areas: Vec<String>,
    /// What it is competent for.
    topics: Vec<String>,
    /// What it may decide or do, in words.
    competence: String,
    /// Languages spoken (BCP 47).
    languages: Vec<String>,
    /// Opening hours in OpenStreetMap notation.
    hours: String,
    /// Their IANA time zone.
    time_zone: String,
    /// Telephone in international notation.
    telephone: Option<String>,
    /// Secure channels.
    channels: Vec<ChannelShown>,
    /// Whether it is open now; none if nobody knows.
    open: Option<bool>,
    /// Until when it is open, or when it opens.
    at: Option<String>,
    /// Only those who stand in can answer now.
    alternate: bool,
    /// When someone last said that all this is right.
    confirmed: Option<String>,
    /// `fresh` within 180 days of that, `amber` within 365 or never confirmed, else `red`.
    freshness: &'static str,
}

fn kind(one: &Candidate) -> PointKind {
    one.point.as_ref().map_or(PointKind::Other, |point| point.kind)
}

fn stands(one: &Candidate, now: Moment) -> (Option<bool>, Option<Moment>) {
    match one.standing(now) {
        Standing::Open { until } => (Some(true), until),
        Standing::Closed { opens } => (Some(false), opens),
        Standing::Unknown => (None, None),
    }
}

pub(super) fn contact_point(
    (one, organization): (Candidate, String),
    now: Moment,
) -> ContactPointShown {
    let (open, at) = stands(&one, now);
    let (kind, alternate) = (kind(&one).code(), one.by_alternate());
    let freshness = one.freshness(now).code();
    let (desk, point) = (one.desk, one.point);
    let confirmed = point.as_ref().and_then(|point| point.confirmed).map(|at| at.to_string());
    let point = point
        .unwrap_or_else(|| palermo_app::domain::desk::contact::ContactPoint::new(PointKind::Other));
    let channels = point.channels.into_iter();
    ContactPointShown {
        id: desk.id.to_string(),
        name: desk.name,
        organization,
        kind,
        level: desk.level.code(),
        state: desk.state,
        host_state: point.host_state,
        city: point.city,
        areas: point.areas,
        topics: desk.topics,
        competence: point.competence,
        languages: desk.languages,
        hours: desk.hours,
        time_zone: desk.time_zone,
        telephone: desk.telephone,
        channels: channels
            .map(|one| ChannelShown { kind: one.kind.code(), address: one.address })
            .collect(),
        open,
        at: at.map(|at| at.to_string()),
        alternate,
        confirmed,
        freshness,
    }
}

/// Contact points, national ones first, with who is open now.
#[utoipa::path(get, path = "/api/v1/contact-points", tag = "directory",
    params(ContactPointsAsk, PageAsk),
    responses((status = 200, description = "Contact points", body = Listed<ContactPointShown>)))]
async fn contact_points(
    visit: Visit,
    Asked((ask, page)): Asked<(ContactPointsAsk, PageAsk)>,
) -> Answer {
    let acting = visit.acting();
    let now = acting.now();
    let mut all = desk::directory_for_programs(&acting).await?;
    let topic = ask.topic.as_ref().map(|typed| desk::topic_code(acting.app, typed));
    let in_city = |one: &Candidate, city: &String| {
        let city = export::fold(city);
        one.point.as_ref().is_some_and(|point| export::fold(&point.city) == city)
    };
    let posted = |one: &Candidate, host: StateCode| {
        one.point.as_ref().and_then(|point| point.host_state.as_deref()) == Some(host.as_str())
    };
    all.retain(|(one, _)| {
        let desk = &one.desk;
        let about = |code: &String| {
            desk.topics.iter().any(|said| desk::topic_code(acting.app, said) == *code)
        };
        ask.state.is_none_or(|state| desk.state.as_deref() == Some(state.as_str()))
            && ask.level.is_none_or(|level| desk.level == level)
            && ask.kind.is_none_or(|wanted| kind(one) == wanted)
            && ask.host_state.is_none_or(|host| posted(one, host))
            && ask.city.as_ref().is_none_or(|city| in_city(one, city))
            && ask.area.as_ref().is_none_or(|area| one.covers(area, export::fold))
            && topic.as_ref().is_none_or(about)
            && ask.open.is_none_or(|open| (stands(one, now).0 == Some(true)) == open)
    });
    page_of(&visit, all, page, |one| contact_point(one, now))
}

/// A contact point as a card for address books (vCard 4.0).
#[utoipa::path(get, path = "/api/v1/contact-points/{id}/card.vcf", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The contact point's id")),
    responses((status = 200, description = "The card", content_type = "text/vcard", body = String)))]
async fn card(visit: Visit, Named(id): Named) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let acting = visit.acting();
    let all = desk::directory_for_programs(&acting).await?;
    let (one, organisation) =
        all.into_iter().find(|(one, _)| one.desk.id == id).ok_or(Refused::NotFound)?;
    let bytes = directory::card(&acting, &one, &organisation);
    Ok(download(bytes, "text/vcard; charset=utf-8", "contact-point", "vcf"))
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct StructuresAsk {
    /// Only of this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only of this kind: `task-force`, `rapporteur`, …
    #[param(value_type = Option<String>)]
    kind: Option<StructureKind>,
    /// Only those that cover this district or town.
    area: Option<String>,
    /// `yes`: those that no longer work too.
    #[param(value_type = Option<String>)]
    ended: Option<bool>,
}

impl Ask for StructuresAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let word = |ended: bool| if ended { "yes" } else { "no" };
        Self {
            state: reader.state("state"),
            kind: reader.word("kind", StructureKind::ALL, StructureKind::code),
            area: reader.text("area"),
            ended: reader.word("ended", &[true, false], word),
        }
    }
}

/// A member body of a structure.
#[derive(Debug, Serialize, ToSchema)]
struct SeatShown {
    /// Where it comes from: `police`, `justice`, `ngo`, …
    sector: &'static str,
    /// Its name.
    name: String,
    /// Women among its members, where known.
    women: Option<u32>,
    /// Men among its members, where known.
    men: Option<u32>,
}

/// The contact point that answers for a structure.
#[derive(Debug, Serialize, ToSchema)]
struct AnsweringDesk {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its name.
    name: String,
    /// Telephone in international notation.
    telephone: Option<String>,
}

/// A body that works on trafficking in persons.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StructureShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its name.
    name: String,
    /// What kind.
    kind: &'static str,
    /// Its State, by its code.
    state: String,
    /// Districts, towns or crossings it covers; empty: the whole State.
    areas: Vec<String>,
    /// The law or decision it rests on.
    basis: String,
    /// Since when.
    #[schema(format = Date)]
    since: Option<String>,
    /// Until when; still there if nothing.
    #[schema(format = Date)]
    until: Option<String>,
    /// Who sits in it.
    seats: Vec<SeatShown>,
    /// The contact point that answers for it, where the reader may know of that desk.
    desk: Option<AnsweringDesk>,
    /// Codes of what is missing, such as `sector-labour` or `civil-society`.
    lacks: Vec<String>,
    /// Where this is known from.
    source: String,
}

pub(super) fn structure(kept: KeptStructure, desks: &HashMap<DeskId, Candidate>) -> StructureShown {
    let (id, one) = (kept.record.id.to_string(), kept.record.entry);
    let desk = one.desk.and_then(|at| desks.get(&at.desk)).map(|found| AnsweringDesk {
        id: found.desk.id.to_string(),
        name: found.desk.name.clone(),
        telephone: found.desk.telephone.clone(),
    });
    let lacks = one.check().into_iter().map(|lack| lack.code()).collect();
    let seats = one.seats.into_iter().map(|seat| SeatShown {
        sector: seat.sector.code(),
        name: seat.name,
        women: seat.women,
        men: seat.men,
    });
    StructureShown {
        id,
        name: one.name,
        kind: one.kind.code(),
        state: one.state.to_string(),
        areas: one.areas,
        basis: one.basis,
        since: one.since.map(|day| day.to_string()),
        until: one.until.map(|day| day.to_string()),
        seats: seats.collect(),
        desk,
        lacks,
        source: one.source,
    }
}

/// Structures of States, by State and kind.
#[utoipa::path(get, path = "/api/v1/structures", tag = "directory", params(StructuresAsk, PageAsk),
    responses((status = 200, description = "Structures", body = Listed<StructureShown>)))]
async fn structures(visit: Visit, Asked((ask, page)): Asked<(StructuresAsk, PageAsk)>) -> Answer {
    let acting = visit.acting();
    let today = Day::from(acting.now().date());
    let desks = directory::desks(&acting).await?;
    let mut all = directory::list_structures(&acting, ask.state).await?;
    all.retain(|one| {
        let one = &one.record.entry;
        (ask.ended == Some(true) || !one.ended(today))
            && ask.kind.is_none_or(|kind| one.kind == kind)
            && ask.area.as_ref().is_none_or(|area| one.covers(area, export::fold))
    });
    page_of(&visit, all, page, |one| structure(one, &desks))
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct NetworksAsk {
    /// Only of this kind: `heads-of-unit`, `focal-points`, `liaison-officers`, …
    #[param(value_type = Option<String>)]
    kind: Option<NetworkKind>,
    /// Only with a member nominated by this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
}

impl Ask for NetworksAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            kind: reader.word("kind", NetworkKind::ALL, NetworkKind::code),
            state: reader.state("state"),
        }
    }
}

/// An officer whose nomination holds today.
#[derive(Debug, Serialize, ToSchema)]
struct NetworkMemberShown {
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

/// A meeting of a network.
#[derive(Debug, Serialize, ToSchema)]
struct NetworkMeetingShown {
    /// Its id, the same in every calendar.
    #[schema(format = Uuid)]
    id: String,
    /// What it is about.
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

/// A network of officers across borders.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NetworkShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its name.
    name: String,
    /// What kind.
    kind: &'static str,
    /// The mechanism it belongs to.
    mechanism: Option<String>,
    /// What it is for.
    about: String,
    /// Those whose nomination holds today.
    members: Vec<NetworkMemberShown>,
    /// Where officers of each State were agreed: the members of the mechanism that
    /// nominated nobody, by their codes.
    unnamed: Vec<String>,
    /// Its meetings.
    meetings: Vec<NetworkMeetingShown>,
}

pub(super) fn network((kept, unnamed): (KeptNetwork, Vec<StateCode>), today: Day) -> NetworkShown {
    let (id, one) = (kept.record.id.to_string(), kept.record.entry);
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let state = |state: Option<StateCode>| state.map(|state| state.to_string());
    let members = one.members_on(today).map(|member| NetworkMemberShown {
        state: state(member.state),
        mechanism: member.mechanism.clone(),
        name: member.name.clone(),
        title: member.title.clone(),
        email: member.email.clone(),
        telephone: member.telephone.clone(),
        host_state: state(member.host_state),
        from: day(member.from),
        until: day(member.until),
    });
    let members = members.collect();
    let meetings = one.meetings.into_iter().map(|meeting| NetworkMeetingShown {
        id: meeting.id.to_string(),
        title: meeting.title,
        on: meeting.on.to_string(),
        until: day(meeting.until),
        place: meeting.place,
        cancelled: meeting.cancelled,
    });
    NetworkShown {
        id,
        name: one.name,
        kind: one.kind.code(),
        mechanism: one.mechanism,
        about: one.about,
        members,
        unnamed: unnamed.iter().map(ToString::to_string).collect(),
        meetings: meetings.collect(),
    }
}

/// Networks, with those who serve today and their meetings.
#[utoipa::path(get, path = "/api/v1/networks", tag = "directory", params(NetworksAsk, PageAsk),
    responses((status = 200, description = "Networks", body = Listed<NetworkShown>)))]
async fn networks(visit: Visit, Asked((ask, page)): Asked<(NetworksAsk, PageAsk)>) -> Answer {
    let acting = visit.acting();
    let today = Day::from(acting.now().date());
    let mut all = directory::list_networks(&acting).await?;
    all.retain(|one| {
        let one = &one.record.entry;
        let nominated = |state| one.members_on(today).any(|member| member.state == Some(state));
        ask.kind.is_none_or(|kind| one.kind == kind) && ask.state.is_none_or(nominated)
    });
    let mut networks = Vec::with_capacity(all.len());
    for one in all {
        let unnamed = directory::unnamed(&acting, &one.record.entry).await?;
        networks.push((one, unnamed));
    }
    page_of(&visit, networks, page, |one| network(one, today))
}

/// The meetings of a network for calendar programs (iCalendar).
#[utoipa::path(get, path = "/api/v1/networks/{id}/meetings.ics", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The network's id")),
    responses((status = 200, description = "The meetings", content_type = "text/calendar",
        body = String)))]
async fn meetings(visit: Visit, Named(id): Named) -> Answer {
    let id: NetworkId = parse_id(&id)?;
    let acting = visit.acting();
    let found = directory::show_network(&acting, id).await?;
    let bytes = directory::meetings_calendar(&found.record.entry, acting.now());
    Ok(download(bytes, "text/calendar; charset=utf-8", "meetings", "ics"))
}
