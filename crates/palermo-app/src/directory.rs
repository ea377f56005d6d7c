//! Structures and networks: what a State or the secretariat keeps
//! about who works on trafficking in persons and how they meet.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, desk,
    register::ask::Lookup,
};
use palermo_domain::{
    desk::{Desk, answers::Candidate},
    id::{DeskId, NetworkId, StructureId},
    network::{Meeting, Network, NetworkKind, NetworkMember, keep_ids},
    register::{day::Day, state::StateCode},
    service::DeskRef,
    structure::{Seat, Sector, Structure, StructureKind},
};
use palermo_locale::Language;
use palermo_standards::meetings::{self, Card, Event};
use palermo_store::{
    Revision, Versioned, fold, network as networks, register::Filed, structure as structures,
};
use std::{collections::HashMap, num::ParseIntError, str::FromStr};
use uuid::Uuid;

fn day(problems: &mut Problems, field: &str, text: &str) -> Option<Day> {
    let text = text.trim();
    let read = text.parse().ok();
    if read.is_none() && !text.is_empty() {
        problems.add(field, Message::new("error-day-in-line").with("typed", text));
    }
    read
}

/// What is wrong with a State that was not chosen, or that nobody knows.
pub(crate) fn not_a_state(code: &str) -> Message {
    match code {
        "" => Message::new("error-choose-state"),
        code => Message::new("error-unknown-state").with("code", code),
    }
}

/// The problems of a form that was sent for a State in which this person enters nothing:
/// said beside the field with all others, so that what was typed stays.
pub(crate) fn elsewhere<T>(read: Result<T, Refused>) -> Refused {
    let mut problems = match read {
        Ok(_) => Problems::default(),
        Err(Refused::Invalid(problems)) => problems,
        Err(other) => return other,
    };
    if !problems.0.iter().any(|one| one.field == "state") {
        problems.add("state", Message::new("error-own-state-alone"));
    }
    Refused::Invalid(problems)
}

/// Whether someone enters what their own State keeps, and nothing in this one.
pub(crate) fn is_elsewhere(acting: &Acting<'_>, of: &str) -> bool {
    let own = acting.subject.state.as_deref();
    !may_edit(acting, of) && own.is_some_and(|own| may_edit(acting, own))
}

fn state(acting: &Acting<'_>, problems: &mut Problems, text: &str) -> Option<StateCode> {
    let code = text.trim().to_uppercase();
    let known = code.parse().ok().filter(|_| acting.app.content.knows_state(&code));
    if known.is_none() {
        problems.add("state", not_a_state(&code));
    }
    known
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split('|').map(str::trim).collect())
}

/// Whether someone typed what a message says, in whatever language: one of its words,
/// where it has several with bars between.
pub(crate) fn says(acting: &Acting<'_>, message: &str, typed: &str) -> bool {
    let typed = fold(typed);
    Language::ALL.iter().any(|one| {
        let words = acting.app.catalogue.text(*one, message);
        words.split('|').any(|word| fold(word.trim()) == typed)
    })
}

/// The sector typed, by its code or its name in any language.
fn sector(acting: &Acting<'_>, typed: &str) -> Option<Sector> {
    let named = |one: &&Sector| says(acting, &format!("sector-{}", one.code()), typed);
    typed.parse().ok().or_else(|| Sector::ALL.iter().find(named).copied())
}

/// How many, if someone said: `2`, `2 women`.
fn counted(parts: &[&str], at: usize) -> Result<Option<u32>, ParseIntError> {
    match parts.get(at).copied().unwrap_or_default().split(' ').next() {
        None | Some("") => Ok(None),
        Some(number) => number.parse().map(Some),
    }
}

/// The parts of a line that say something, with bars between.
fn line(mut parts: Vec<String>) -> String {
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts.join(" | ")
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
    /// The id of the contact point that answers for it.
    pub desk: String,
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
            desk: one.desk.map(|at| at.desk.to_string()).unwrap_or_default(),
            source: one.source.clone(),
        }
    }

    /// The contact point that was chosen: one of which this person may be told.
    async fn desk(&self, acting: &Acting<'_>) -> Result<Option<DeskRef>, Refused> {
        let typed = self.desk.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let told = desk::told(acting).await?;
        let found = told.into_iter().find(|(one, _)| one.desk.id.to_string() == typed);
        match found {
            Some((one, _)) => Ok(Some(DeskRef { tenant: one.desk.tenant, desk: one.desk.id })),
            None => Err(Refused::field("desk", Message::new("error-choose"))),
        }
    }

    fn parse(&self, acting: &Acting<'_>, desk: Option<DeskRef>) -> Result<Structure, Refused> {
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, 200);
        let kind = StructureKind::from_str(self.kind.trim()).ok();
        if kind.is_none() {
            problems.add("kind", Message::new("error-choose"));
        }
        let state = state(acting, &mut problems, &self.state);
        let mut seats = Vec::new();
        for parts in rows(&self.seats) {
            let sector = parts.first().and_then(|typed| sector(acting, typed));
            let (Some(sector), Ok(women), Ok(men)) =
                (sector, counted(&parts, 2), counted(&parts, 3))
            else {
                let typed = parts.join(" | ");
                problems.add("seats", Message::new("error-seat").with("typed", typed));
                continue;
            };
            let name = parts.get(1).copied().unwrap_or_default().to_owned();
            seats.push(Seat { sector, name, women, men });
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
        Ok(Structure { name, kind, state, areas, basis, since, until, seats, desk, source })
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

/// Contact points by id, as far as this reader may be told of them: whom to call for a
/// structure (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn desks(acting: &Acting<'_>) -> Result<HashMap<DeskId, Candidate>, Refused> {
    let told = desk::told(acting).await?;
    Ok(told.into_iter().map(|(one, _)| (one.desk.id, one)).collect())
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
    if is_elsewhere(acting, form.state.trim()) {
        return Err(elsewhere(form.parse(acting, None)));
    }
    let resource = Resource::of(tenant).in_state(Some(form.state.trim()));
    acting.allow(Action::EditDirectory, &resource).await?;
    let desk = form.desk(acting).await?;
    let structure = form.parse(acting, desk)?;
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
    let mut desk = form.desk(acting).await?;
    // Whoever may not be told of its contact point does not take it away unseen.
    if let (None, Some(kept)) = (desk, before.record.entry.desk)
        && !desks(acting).await?.contains_key(&kept.desk)
    {
        desk = Some(kept);
    }
    // Nor may it be given to a State for which one may not enter any.
    if is_elsewhere(acting, form.state.trim()) {
        return Err(elsewhere(form.parse(acting, desk)));
    }
    let structure = form.parse(acting, desk)?;
    let resource = Resource::of(tenant).in_state(Some(structure.state.as_str()));
    acting.allow(Action::EditDirectory, &resource).await?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?.about(id));
    structures::update(&mut act, id, &structure, seen).await?;
    Ok(act.commit(&()).await?)
}

/// Whether a mechanism has this id.
fn is_mechanism(acting: &Acting<'_>, id: &str) -> bool {
    acting.app.content.mechanisms().get(id).is_some()
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
    /// A member a line:
    /// `XAA | Joan Brackley | Head of unit | from | until | posted in | e-mail | telephone`.
    pub members: String,
    /// A meeting a line: `2026-04-14 | 2026-04-15 | Spring meeting | Quayside | cancelled`.
    pub meetings: String,
}

impl NetworkForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &Network, acting: &Acting<'_>) -> Self {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let member = |m: &NetworkMember| {
            let from = m.state.map(|s| s.to_string()).or_else(|| m.mechanism.clone());
            line(vec![
                from.unwrap_or_default(),
                m.name.clone(),
                m.title.clone(),
                day(m.from),
                day(m.until),
                m.host_state.map(|host| host.to_string()).unwrap_or_default(),
                m.email.clone().unwrap_or_default(),
                m.telephone.clone().unwrap_or_default(),
            ])
        };
        let off = acting.app.catalogue.text(acting.language, "network-cancelled");
        let meeting = |m: &Meeting| {
            let off = if m.cancelled { off.clone() } else { String::new() };
            line(vec![m.on.to_string(), day(m.until), m.title.clone(), m.place.clone(), off])
        };
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
        let members = self.members(acting, &mut problems);
        let mut meetings = self.meetings(acting, &mut problems);
        keep_ids(&mut meetings, before.map_or(&[] as &[Meeting], |b| &b.meetings));
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

    fn members(&self, acting: &Acting<'_>, problems: &mut Problems) -> Vec<NetworkMember> {
        let mut members = Vec::new();
        for parts in rows(&self.members) {
            let (Some(from), Some(name)) = (parts.first(), parts.get(1).filter(|n| !n.is_empty()))
            else {
                let typed = parts.join(" | ");
                problems.add("members", Message::new("error-member").with("typed", typed));
                continue;
            };
            // Some mechanisms have names as short as the code of a State.
            let code: Option<StateCode> = from.parse().ok();
            let state = code.filter(|code| acting.app.content.knows_state(code.as_str()));
            if code.is_some() && state.is_none() && !is_mechanism(acting, from) {
                problems.add("members", Message::new("error-unknown-state").with("code", from));
            }
            let host = parts.get(5).copied().unwrap_or_default().to_uppercase();
            let known = host.is_empty() || acting.app.content.knows_state(&host);
            if !known {
                problems.add("members", Message::new("error-unknown-state").with("code", &host));
            }
            let text = |at: usize| parts.get(at).copied().unwrap_or_default();
            let given = |at: usize| Some(text(at).to_owned()).filter(|text| !text.is_empty());
            if !text(6).is_empty() && !text(6).contains('@') {
                problems.add("members", Message::new("error-email").with("email", text(6)));
            }
            if text(7).chars().any(char::is_alphabetic) {
                problems.add("members", Message::new("error-telephone"));
            }
            members.push(NetworkMember {
                mechanism: state.is_none().then(|| (*from).to_owned()).filter(|m| !m.is_empty()),
                state,
                name: (*name).to_owned(),
                title: text(2).to_owned(),
                email: given(6),
                telephone: given(7),
                host_state: host.parse().ok(),
                from: day(problems, "members", text(3)),
                until: day(problems, "members", text(4)),
            });
        }
        members
    }

    fn meetings(&self, acting: &Acting<'_>, problems: &mut Problems) -> Vec<Meeting> {
        let mut meetings = Vec::new();
        for parts in rows(&self.meetings) {
            let text = |at: usize| parts.get(at).copied().unwrap_or_default();
            let Some(on) = day(problems, "meetings", text(0)) else {
                problems.add("meetings", Message::new("error-required"));
                continue;
            };
            let cancelled = says(acting, "network-cancelled", text(4));
            if !cancelled && !text(4).is_empty() {
                let word = acting.app.catalogue.text(acting.language, "network-cancelled");
                let wrong = Message::new("error-meeting").with("typed", text(4));
                problems.add("meetings", wrong.with("word", word));
            }
            meetings.push(Meeting {
                id: Uuid::now_v7(),
                on,
                until: day(problems, "meetings", text(1)),
                title: text(2).to_owned(),
                place: text(3).to_owned(),
                cancelled,
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

/// A network of one's own organisation as its keeper writes it: with the addresses of those
/// who no longer serve, which nobody else is told.
///
/// # Errors
/// [`Refused::NotFound`] for a network of another organisation.
pub async fn own_network(acting: &Acting<'_>, id: NetworkId) -> Result<KeptNetwork, Refused> {
    let (tenant, _) = acting.member()?;
    let own = Resource::of(tenant).in_state(acting.subject.state.as_deref());
    acting.allow(Action::EditDirectory, &own).await?;
    networks::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)
}

/// Where officers of each State were agreed: the members of the mechanism today that
/// nominated nobody (R074).
///
/// # Errors
/// What access or the store refuse.
pub async fn unnamed(acting: &Acting<'_>, one: &Network) -> Result<Vec<StateCode>, Refused> {
    acting.allow(Action::ReadDirectory, &Resource::region()).await?;
    let profiles = acting.app.content.mechanisms();
    let agreed = one.mechanism.as_ref().filter(|_| one.most_per_state.is_some());
    let Some(profile) = agreed.and_then(|id| profiles.get(id)) else { return Ok(Vec::new()) };
    let today: Day = acting.now().date().into();
    let members = Lookup::of(acting.app).known_members(profile, today).await?;
    let members: Vec<StateCode> = members.iter().filter_map(|code| code.parse().ok()).collect();
    Ok(one.without(&members, today))
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

/// A contact point as a card for address books, in the reader's words.
#[must_use]
pub fn card(acting: &Acting<'_>, one: &Candidate, organisation: &str) -> Vec<u8> {
    let word = |id: &str| acting.app.catalogue.text(acting.language, id);
    let desk: &Desk = &one.desk;
    let point = one.point.as_ref();
    let mut note = vec![
        format!("{}: {} ({})", word("desk-hours"), desk.hours, desk.time_zone),
        word(&format!("desk-level-{}", desk.level.code())),
    ];
    if let Some(point) = point {
        note.extend(Some(point.competence.clone()).filter(|text| !text.is_empty()));
        if !point.areas.is_empty() {
            note.push(format!("{}: {}", word("contact-areas"), point.areas.join(", ")));
        }
        note.extend(point.channels.iter().map(|one| {
            format!("{}: {}", word(&format!("channel-kind-{}", one.kind.code())), one.address)
        }));
    }
    // A post abroad is where it is posted, not where it was sent from.
    let state = point.and_then(|point| point.host_state.as_ref()).or(desk.state.as_ref());
    let states = &acting.app.registers.states;
    let country = state.and_then(|code| code.parse::<StateCode>().ok());
    let country = country.map(|code| states.name(code, acting.language.code()));
    meetings::card(&Card {
        id: palermo_domain::id::Id::uuid(desk.id),
        name: desk.name.clone(),
        organisation: organisation.to_owned(),
        telephone: desk.telephone.clone(),
        languages: desk.languages.clone(),
        time_zone: desk.time_zone.clone(),
        city: point.map(|point| point.city.clone()).unwrap_or_default(),
        country: country.unwrap_or_default(),
        topics: desk.topics.iter().map(|topic| desk::topic_said(acting, topic)).collect(),
        note,
    })
}
