//! Structures and networks: what a State or the secretariat keeps
//! about who works on trafficking in persons and how they meet.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{NetworkId, StructureId},
    network::{Meeting, Network, NetworkKind, NetworkMember},
    register::{day::Day, state::StateCode},
    structure::{Seat, Sector, Structure, StructureKind},
};
use palermo_standards::meetings::{self, Card, Event};
use palermo_store::{
    Revision, Versioned, network as networks, register::Filed, structure as structures,
};
use std::str::FromStr;
use uuid::Uuid;

fn day(problems: &mut Problems, field: &str, text: &str) -> Option<Day> {
    let text = text.trim();
    let read = text.parse().ok();
    if read.is_none() && !text.is_empty() {
        problems.add(field, Message::new("error-day-in-line").with("typed", text));
    }
    read
}

fn state(acting: &Acting<'_>, problems: &mut Problems, text: &str) -> Option<StateCode> {
    let code = text.trim().to_uppercase();
    let known = code.parse().ok().filter(|_| acting.app.content.knows_state(&code));
    if known.is_none() {
        problems.add("state", Message::new("error-unknown-state").with("code", &code));
    }
    known
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split('|').map(str::trim).collect())
}

/// What someone typed about a structure.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct StructureForm {
    pub name: String,
    pub kind: String,
    pub state: String,
    /// Separated by commas.
    pub areas: String,
    pub basis: String,
    pub since: String,
    pub until: String,
    /// A seat a line: `police | National Police | 2 women | 5 men`.
    pub seats: String,
    pub source: String,
}

impl StructureForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &Structure) -> Self {
        let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let seat = |seat: &Seat| {
            format!("{} | {} | {} | {}", seat.sector, seat.name, count(seat.women), count(seat.men))
        };
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            name: one.name.clone(),
            kind: one.kind.to_string(),
            state: one.state.to_string(),
            areas: one.areas.join(", "),
            basis: one.basis.clone(),
            since: day(one.since),
            until: day(one.until),
            seats: one.seats.iter().map(seat).collect::<Vec<_>>().join("\n"),
            source: one.source.clone(),
        }
    }

    fn parse(&self, acting: &Acting<'_>) -> Result<Structure, Refused> {
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, 200);
        let kind = StructureKind::from_str(self.kind.trim()).ok();
        if kind.is_none() {
            problems.add("kind", Message::new("error-choose"));
        }
        let state = state(acting, &mut problems, &self.state);
        let mut seats = Vec::new();
        for parts in rows(&self.seats) {
            let sector = parts.first().and_then(|code| code.parse::<Sector>().ok());
            let Some(sector) = sector else {
                let typed = parts.join(" | ");
                problems.add("seats", Message::new("error-seat").with("typed", typed));
                continue;
            };
            let count = |at: usize| parts.get(at).and_then(|n| n.split(' ').next()?.parse().ok());
            let name = parts.get(1).copied().unwrap_or_default().to_owned();
            seats.push(Seat { sector, name, women: count(2), men: count(3) });
        }
        let since = day(&mut problems, "since", &self.since);
        let until = day(&mut problems, "until", &self.until);
        let basis = problems.bounded("basis", &self.basis, 400);
        let source = problems.bounded("source", &self.source, 400);
        let (Some(kind), Some(state)) = (kind, state) else {
            return Err(Refused::Invalid(problems));
        };
        problems.none()?;
        let areas = self.areas.split([',', ';', '،', '、']).map(str::trim);
        let areas = areas.filter(|a| !a.is_empty()).map(str::to_owned).collect();
        Ok(Structure { name, kind, state, areas, basis, since, until, seats, desk: None, source })
    }
}

/// A structure as it is kept.
pub type KeptStructure = Versioned<Filed<StructureId, Structure>>;

/// Structures of one State or of all: public, for no person is in them.
///
/// # Errors
/// When the database does not answer.
pub async fn list_structures(
    acting: &Acting<'_>,
    of: Option<StateCode>,
) -> Result<Vec<KeptStructure>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let mut all = structures::list(&acting.app.store, of).await?;
    all.sort_by(|a, b| {
        let key = |one: &KeptStructure| (one.record.entry.state, one.record.entry.kind);
        key(a).cmp(&key(b)).then_with(|| a.record.entry.name.cmp(&b.record.entry.name))
    });
    Ok(all)
}

/// One structure.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show_structure(
    acting: &Acting<'_>,
    id: StructureId,
) -> Result<KeptStructure, Refused> {
    let all = list_structures(acting, None).await?;
    all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)
}

/// Whether someone may change what a State keeps.
#[must_use]
pub fn may_edit(acting: &Acting<'_>, of: &str) -> bool {
    let Ok((tenant, _)) = acting.member() else { return false };
    acting.may(Action::EditDirectory, &Resource::of(tenant).in_state(Some(of))).allowed
}

/// Enters a structure of one's State; the secretariat enters any.
///
/// # Errors
/// Every problem of the form at once.
pub async fn enter_structure(
    acting: &Acting<'_>,
    form: &StructureForm,
) -> Result<StructureId, Refused> {
    let (tenant, _) = acting.member()?;
    let resource = Resource::of(tenant).in_state(Some(form.state.trim()));
    acting.allow(Action::EditDirectory, &resource).await?;
    let structure = form.parse(acting)?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?);
    let id = structures::insert(&mut act, &structure).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Changes a structure one's organisation keeps.
///
/// # Errors
/// [`Refused::Conflict`] if someone changed it since.
pub async fn change_structure(
    acting: &Acting<'_>,
    id: StructureId,
    form: &StructureForm,
    seen: Revision,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let before = structures::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let resource = Resource::of(tenant).in_state(Some(before.record.entry.state.as_str()));
    acting.allow(Action::EditDirectory, &resource).await?;
    let structure = Structure { desk: before.record.entry.desk, ..form.parse(acting)? };
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?.about(id));
    structures::update(&mut act, id, &structure, seen).await?;
    Ok(act.commit(&()).await?)
}

/// What someone typed about a network.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct NetworkForm {
    pub name: String,
    pub kind: String,
    pub mechanism: String,
    pub about: String,
    pub most_per_state: String,
    pub meetings_per_year: String,
    /// A member a line: `XAA | Joan Brackley | Head of unit | from | until | posted in`.
    pub members: String,
    /// A meeting a line: `2026-04-14 | 2026-04-15 | Spring meeting | Quayside`.
    pub meetings: String,
}

impl NetworkForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &Network) -> Self {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let member = |m: &NetworkMember| {
            let from = m.state.map(|s| s.to_string()).or_else(|| m.mechanism.clone());
            let (from, name, title) = (from.unwrap_or_default(), &m.name, &m.title);
            let host = m.host_state.map(|host| format!(" | {host}")).unwrap_or_default();
            format!("{from} | {name} | {title} | {} | {}{host}", day(m.from), day(m.until))
        };
        let meeting =
            |m: &Meeting| format!("{} | {} | {} | {}", m.on, day(m.until), m.title, m.place);
        Self {
            name: one.name.clone(),
            kind: one.kind.to_string(),
            mechanism: one.mechanism.clone().unwrap_or_default(),
            about: one.about.clone(),
            most_per_state: count(one.most_per_state),
            meetings_per_year: count(one.meetings_per_year),
            members: one.members.iter().map(member).collect::<Vec<_>>().join("\n"),
            meetings: one.meetings.iter().map(meeting).collect::<Vec<_>>().join("\n"),
        }
    }

    fn parse(&self, acting: &Acting<'_>, before: Option<&Network>) -> Result<Network, Refused> {
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, 200);
        let kind = NetworkKind::from_str(self.kind.trim()).ok();
        if kind.is_none() {
            problems.add("kind", Message::new("error-choose"));
        }
        let about = problems.bounded("about", &self.about, 1000);
        let mut count = |field: &str, text: &str| {
            let read = text.trim().parse().ok();
            if read.is_none() && !text.trim().is_empty() {
                problems.add(field, Message::new("error-whole-number"));
            }
            read
        };
        let most_per_state = count("most_per_state", &self.most_per_state);
        let meetings_per_year = count("meetings_per_year", &self.meetings_per_year);
        let members = self.members(acting, &mut problems, before);
        let meetings = self.meetings(&mut problems, before);
        problems.none()?;
        let mechanism = self.mechanism.trim().to_owned();
        Ok(Network {
            name,
            kind: kind.unwrap_or(NetworkKind::Other),
            mechanism: (!mechanism.is_empty()).then_some(mechanism),
            about,
            most_per_state,
            meetings_per_year,
            members,
            meetings,
        })
    }

    fn members(
        &self,
        acting: &Acting<'_>,
        problems: &mut Problems,
        before: Option<&Network>,
    ) -> Vec<NetworkMember> {
        let mut members = Vec::new();
        for parts in rows(&self.members) {
            let (Some(from), Some(name)) = (parts.first(), parts.get(1).filter(|n| !n.is_empty()))
            else {
                let typed = parts.join(" | ");
                problems.add("members", Message::new("error-member").with("typed", typed));
                continue;
            };
            let old = before.and_then(|b| b.members.iter().find(|m| m.name == **name));
            let state: Option<StateCode> = from.parse().ok();
            let host = parts.get(5).copied().unwrap_or_default().to_uppercase();
            let known = host.is_empty() || acting.app.content.knows_state(&host);
            if !known {
                problems.add("members", Message::new("error-unknown-state").with("code", &host));
            }
            let date = |at: usize| parts.get(at).copied().unwrap_or_default();
            members.push(NetworkMember {
                mechanism: state.is_none().then(|| (*from).to_owned()).filter(|m| !m.is_empty()),
                state,
                name: (*name).to_owned(),
                title: parts.get(2).copied().unwrap_or_default().to_owned(),
                email: old.and_then(|m| m.email.clone()),
                telephone: old.and_then(|m| m.telephone.clone()),
                host_state: host.parse().ok(),
                from: day(problems, "members", date(3)),
                until: day(problems, "members", date(4)),
            });
        }
        members
    }

    fn meetings(&self, problems: &mut Problems, before: Option<&Network>) -> Vec<Meeting> {
        let mut meetings = Vec::new();
        for parts in rows(&self.meetings) {
            let text = |at: usize| parts.get(at).copied().unwrap_or_default();
            let Some(on) = day(problems, "meetings", text(0)) else {
                problems.add("meetings", Message::new("error-required"));
                continue;
            };
            let title = text(2).to_owned();
            let old = before.and_then(|b| b.meetings.iter().find(|m| m.title == title));
            meetings.push(Meeting {
                id: old.map_or_else(Uuid::now_v7, |m| m.id),
                on,
                until: day(problems, "meetings", text(1)),
                place: text(3).to_owned(),
                cancelled: old.is_some_and(|m| m.cancelled),
                title,
            });
        }
        meetings
    }
}

/// A network as it is kept.
pub type KeptNetwork = Versioned<Filed<NetworkId, Network>>;

/// Networks, for staff: every focal point sees all of them (R071).
///
/// # Errors
/// What access or the store refuse.
pub async fn list_networks(acting: &Acting<'_>) -> Result<Vec<KeptNetwork>, Refused> {
    acting.allow(Action::ReadDirectory, &Resource::region()).await?;
    Ok(networks::list(&acting.app.store, None::<NetworkKind>).await?)
}

/// One network.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show_network(acting: &Acting<'_>, id: NetworkId) -> Result<KeptNetwork, Refused> {
    let all = list_networks(acting).await?;
    all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)
}

/// Enters a network, or changes one's own.
///
/// # Errors
/// Every problem of the form at once.
pub async fn keep_network(
    acting: &Acting<'_>,
    id: Option<(NetworkId, Revision)>,
    form: &NetworkForm,
) -> Result<NetworkId, Refused> {
    let (tenant, _) = acting.member()?;
    let own = acting.subject.state.clone();
    let resource = Resource::of(tenant).in_state(own.as_deref());
    acting.allow(Action::EditDirectory, &resource).await?;
    let store = &acting.app.store;
    let before = match id {
        Some((id, _)) => Some(networks::find(store, tenant, id).await?.ok_or(Refused::NotFound)?),
        None => None,
    };
    let network = form.parse(acting, before.as_ref().map(|one| &one.record.entry))?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?);
    let id = match id {
        Some((id, seen)) => {
            networks::update(&mut act, id, &network, seen).await?;
            id
        }
        None => networks::insert(&mut act, &network).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    crate::reminders::of_tenant(acting.app, tenant).await?;
    Ok(id)
}

/// The meetings of a network for calendars.
#[must_use]
pub fn meetings_calendar(network: &Network, now: palermo_domain::moment::Moment) -> Vec<u8> {
    let events = network.meetings.iter().map(|meeting| Event {
        uid: meeting.id,
        summary: meeting.title.clone(),
        from: meeting.on,
        until: meeting.until.unwrap_or(meeting.on),
        place: meeting.place.clone(),
        cancelled: meeting.cancelled,
    });
    meetings::calendar(&network.name, &events.collect::<Vec<_>>(), now)
}

/// A contact point as a card for address books.
#[must_use]
pub fn card(desk: &palermo_domain::desk::Desk, organisation: &str) -> Vec<u8> {
    meetings::card(&Card {
        id: palermo_domain::id::Id::uuid(desk.id),
        name: desk.name.clone(),
        organisation: organisation.to_owned(),
        telephone: desk.telephone.clone(),
        languages: desk.languages.clone(),
        time_zone: desk.time_zone.clone(),
        note: desk.hours.clone(),
    })
}
