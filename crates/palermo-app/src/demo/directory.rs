//! The directory of the demonstration: 300 services, 40 of them protected, and all beside them.

use super::Region;
use crate::{
    App, Refused,
    access::Action,
    service::{address_place, keyholder},
};
use palermo_domain::{
    actor::Actor,
    compartment::Compartment,
    desk::{
        Desk, DeskLevel,
        contact::{Channel, ChannelKind, ContactPoint, PointKind},
    },
    id::{DeskId, ServiceId, TenantId},
    memorandum::Memorandum,
    network::{Meeting, Network, NetworkKind, NetworkMember},
    register::{day::Day, state::StateCode},
    service::{DeskRef, Need, Provider, eligibility::Group, find},
    structure::{Seat, Sector, Structure, StructureKind},
    unmet_need::{UnmetNeed, Why},
    youth_input::{Ages, Forum, Group as Heard, Theme, YouthInput},
};
use palermo_store::{
    Act, ActContext, Begun, contact_point as points, desk as desks, keys::bulk,
    memorandum as memoranda, network as networks, service as services, structure as structures,
    unmet_need as needs, youth_input as inputs,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use uuid::Uuid;

#[path = "directory_services.rs"]
mod made;

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "state")]
    states: Vec<InState>,
    names: BTreeMap<String, BTreeMap<Need, String>>,
    hotline: Hotline,
    #[serde(rename = "point")]
    points: Vec<Point>,
    #[serde(rename = "desk")]
    desks: Vec<NewDesk>,
    #[serde(rename = "deputy")]
    deputies: Vec<Deputy>,
    #[serde(rename = "structure")]
    structures: Vec<InStructure>,
    #[serde(rename = "network")]
    networks: Vec<InNetwork>,
    #[serde(rename = "memorandum")]
    memoranda: Vec<InMemorandum>,
    #[serde(rename = "unmet")]
    unmet: Vec<Unmet>,
    #[serde(rename = "young")]
    young: Vec<Young>,
}

/// What young people said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Young {
    tenant: String,
    forum: Forum,
    meeting: String,
    state: Option<StateCode>,
    days_ago: i64,
    themes: BTreeSet<Theme>,
    said: String,
    ages: Ages,
    group: Heard,
    answer: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InState {
    code: StateCode,
    time_zone: String,
    language: String,
    languages: Vec<String>,
    dial: String,
    services: usize,
    protected: usize,
    keeper: String,
    house: String,
    house_desk: String,
    towns: Vec<String>,
    organisations: Vec<Behind>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Behind {
    name: String,
    provider: Provider,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hotline {
    number: String,
    mechanism: String,
    names: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    desk: String,
    kind: PointKind,
    confirmed_days_ago: u64,
    competence: String,
    city: String,
    areas: Vec<String>,
    confirm_to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDesk {
    id: String,
    tenant: String,
    name: String,
    level: DeskLevel,
    state: String,
    topics: Vec<String>,
    languages: Vec<String>,
    time_zone: String,
    hours: String,
    telephone: String,
    kind: PointKind,
    host_state: String,
    city: String,
    confirmed_days_ago: u64,
    deputy: String,
    /// The days of a posting, from today: its first, its last.
    posted: Option<[i64; 2]>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deputy {
    desk: String,
    by: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InStructure {
    tenant: String,
    name: String,
    kind: StructureKind,
    state: StateCode,
    areas: Vec<String>,
    basis: String,
    sectors: Vec<Sector>,
    men_only: bool,
    desk: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InNetwork {
    name: String,
    kind: NetworkKind,
    about: String,
    most_per_state: Option<u32>,
    meetings_per_year: Option<u32>,
    members: Vec<InMember>,
    meetings: Vec<InMeeting>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InMember {
    state: Option<StateCode>,
    mechanism: Option<String>,
    host_state: Option<StateCode>,
    name: String,
    title: String,
    email: Option<String>,
    telephone: Option<String>,
    until_in_days: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InMeeting {
    title: String,
    in_days: i64,
    place: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InMemorandum {
    tenant: String,
    title: String,
    subject: String,
    state: StateCode,
    parties: Vec<String>,
    roles: String,
    signed_days_ago: i64,
    until_in_days: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unmet {
    tenant: String,
    state: StateCode,
    need: Need,
    area: String,
    why: Why,
    sex: find::Sex,
    age: find::AgeGroup,
    exploitation: find::Exploitation,
    excluded: Vec<Group>,
    count: i64,
}

/// What the region's builder knows: organisations and desks by their names in the file.
pub(super) struct Known<'a> {
    pub app: &'a App,
    pub region: &'a Region,
    pub tenants: &'a BTreeMap<String, TenantId>,
    pub desks: &'a BTreeMap<String, DeskId>,
}

impl Known<'_> {
    fn tenant(&self, name: &str) -> Result<TenantId, Refused> {
        let found = self.tenants.get(name).copied();
        found
            .ok_or_else(|| Refused::Unavailable(format!("demo/directory.toml: no tenant `{name}`")))
    }

    async fn act(&self, tenant: TenantId, action: Action) -> Result<Act, Refused> {
        let actor = Actor::System { job: "demo".into() };
        match self.app.store.act(ActContext::new(tenant, actor, action.code())).await? {
            Begun::Fresh(act) => Ok(act),
            Begun::Repeated(_) => Err(Refused::Unavailable("a demo act was repeated".into())),
        }
    }

    fn today(&self) -> Day {
        self.app.store.now().date().into()
    }
}

/// A service of the demonstration that has a sealed address.
pub(super) struct Hidden {
    /// Name of the organisation in the region's file.
    pub house: String,
    /// The service.
    pub id: ServiceId,
    /// Where it is; goes into a sealed field and nowhere else.
    pub address: String,
}

/// Fills the directory. Returns the protected services with the addresses that
/// wait to be sealed.
///
/// # Errors
/// When the file is not right or the store refuses.
pub(super) async fn build(known: &Known<'_>) -> Result<Vec<Hidden>, Refused> {
    let wrong = |error: String| Refused::Unavailable(format!("demo/directory.toml: {error}"));
    let text = known.app.content.text("demo/directory.toml").unwrap_or_default();
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let mut desks = known.desks.clone();
    for desk in &file.desks {
        desks.insert(desk.id.clone(), known.app.store.new_id());
    }
    for name in known.tenants.keys() {
        contact_points(known, &file, name, &desks).await?;
    }
    let hidden = offered(known, &file, &desks).await?;
    bodies(known, &file, &desks).await?;
    young(known, &file).await?;
    crate::reminders::run(known.app).await?;
    Ok(hidden)
}

/// Seals the addresses in the organisations that keep the services.
///
/// # Errors
/// What the store refuses.
pub(super) async fn seal(
    known: &Known<'_>,
    built: &super::Built,
    hidden: &[Hidden],
) -> Result<(), Refused> {
    let mut houses: BTreeMap<&str, Vec<&Hidden>> = BTreeMap::new();
    for one in hidden {
        houses.entry(&one.house).or_default().push(one);
    }
    for (house, list) in houses {
        let tenant = known.tenant(house)?;
        let vault = built.vault(known.app, tenant).await?;
        let mut act = known.act(tenant, Action::OpenAddress).await?;
        let keyholders: Vec<_> = list.iter().map(|one| keyholder(one.id)).collect();
        let compartments = [Compartment::ProtectedAddress];
        let fresh = bulk::create(&mut act, &vault, &keyholders, &compartments).await?;
        let values: Vec<_> =
            list.iter().map(|one| (address_place(one.id), one.address.as_bytes())).collect();
        bulk::put(&mut act, &fresh, &values).await?;
        act.commit(&()).await?;
    }
    Ok(())
}

fn ago(now: palermo_domain::moment::Moment, days: u64) -> palermo_domain::moment::Moment {
    now.before(Duration::from_secs(days * 86_400))
}

async fn contact_points(
    known: &Known<'_>,
    file: &File,
    tenant: &str,
    ids: &BTreeMap<String, DeskId>,
) -> Result<(), Refused> {
    let own: Vec<&str> = known
        .region
        .desks
        .iter()
        .filter(|desk| desk.tenant == tenant)
        .map(|d| d.id.as_str())
        .collect();
    let new: Vec<&NewDesk> = file.desks.iter().filter(|desk| desk.tenant == tenant).collect();
    let old: Vec<&Point> =
        file.points.iter().filter(|point| own.contains(&point.desk.as_str())).collect();
    if new.is_empty() && old.is_empty() {
        return Ok(());
    }
    let mut act = known.act(known.tenant(tenant)?, Action::ManageDesks).await?;
    let now = act.now();
    let deputy = |desk: &str, named: &str| {
        let by = file.deputies.iter().find(|one| one.desk == desk).map(|one| one.by.as_str());
        ids.get(by.unwrap_or(named)).copied()
    };
    for one in new {
        let Some(id) = ids.get(&one.id) else { continue };
        let desk = Desk {
            tenant: act.tenant(),
            id: *id,
            name: one.name.clone(),
            level: one.level,
            state: Some(one.state.clone()),
            topics: one.topics.clone(),
            languages: one.languages.clone(),
            time_zone: one.time_zone.clone(),
            hours: one.hours.clone(),
            telephone: Some(one.telephone.clone()),
            open: true,
        };
        desks::insert(&mut act, &desk).await?;
        let mut point = ContactPoint::new(one.kind);
        point.city.clone_from(&one.city);
        point.host_state = (!one.host_state.is_empty()).then(|| one.host_state.clone());
        point.confirmed = Some(ago(now, one.confirmed_days_ago));
        point.confirm_to = Some(format!("{}@desks.meridian.example", one.id));
        point.deputy = deputy(&one.id, &one.deputy);
        if let Some([from, until]) = one.posted {
            let today = known.today();
            point.from = Some(today.plus_days(from));
            point.until = Some(today.plus_days(until));
        }
        points::put(&mut act, *id, &point).await?;
    }
    for one in old {
        let Some(id) = ids.get(&one.desk) else { continue };
        let mut point = ContactPoint::new(one.kind);
        point.competence.clone_from(&one.competence);
        point.city.clone_from(&one.city);
        point.areas.clone_from(&one.areas);
        point.confirmed = Some(ago(now, one.confirmed_days_ago));
        point.confirm_to = Some(one.confirm_to.clone());
        point.deputy = deputy(&one.desk, "");
        let address = format!("{}, key 7F3A 11C2", one.confirm_to);
        point.channels = vec![Channel { kind: ChannelKind::EncryptedMail, address }];
        points::put(&mut act, *id, &point).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Services: the open ones kept by the coordination of each State, the
/// protected ones by a house.
async fn offered(
    known: &Known<'_>,
    file: &File,
    desks: &BTreeMap<String, DeskId>,
) -> Result<Vec<Hidden>, Refused> {
    let addresses = addresses(known.app);
    let mut hidden = Vec::new();
    for state in &file.states {
        let mut open = known.act(known.tenant(&state.keeper)?, Action::EditServices).await?;
        let mut plan = made::plan(file, state, known.today());
        let own_name = known.region.tenants.iter().find(|tenant| tenant.id == state.house);
        if let (Some(first), Some(house)) = (plan.protected.first_mut(), own_name) {
            made::own_house(first, &house.name);
        }
        let list: Vec<_> = plan.open.into_iter().map(|one| (open.new_id(), one)).collect();
        services::insert_many(&mut open, &list).await?;
        open.commit(&()).await?;
        if plan.protected.is_empty() {
            continue;
        }
        let house = known.tenant(&state.house)?;
        let mut act = known.act(house, Action::EditServices).await?;
        let desk = desks.get(&state.house_desk).map(|desk| DeskRef { tenant: house, desk: *desk });
        let mut list = Vec::new();
        let own = addresses.iter().filter(|(code, _)| *code == state.code);
        for (mut service, (_, address)) in plan.protected.into_iter().zip(own) {
            let id: ServiceId = act.new_id();
            service.place = palermo_domain::service::Place::Protected { through: desk };
            hidden.push(Hidden { house: state.house.clone(), id, address: address.clone() });
            list.push((id, service));
        }
        services::insert_many(&mut act, &list).await?;
        act.commit(&()).await?;
    }
    Ok(hidden)
}

/// Addresses of protected services by State.
fn addresses(app: &App) -> Vec<(StateCode, String)> {
    let text = app.content.text("demo/protected-addresses.csv").unwrap_or_default();
    let lines = text.lines().skip(1).filter_map(|line| line.split_once(','));
    lines
        .filter_map(|(code, address)| {
            Some((code.parse().ok()?, address.trim_matches('"').to_owned()))
        })
        .collect()
}

/// Structures, networks, memoranda, unmet needs.
async fn bodies(
    known: &Known<'_>,
    file: &File,
    desks: &BTreeMap<String, DeskId>,
) -> Result<(), Refused> {
    let today = known.today();
    for (name, id) in known.tenants {
        let own: Vec<&InStructure> = file.structures.iter().filter(|s| s.tenant == *name).collect();
        let signed: Vec<&InMemorandum> =
            file.memoranda.iter().filter(|one| one.tenant == *name).collect();
        let house = *name == known.region.secretariat;
        if own.is_empty() && signed.is_empty() && !house {
            continue;
        }
        let mut act = known.act(*id, Action::EditDirectory).await?;
        for one in own {
            let desk = answering(known, file, desks, one)?;
            structures::insert(&mut act, &structure(one, desk)).await?;
        }
        for one in signed {
            let memorandum = Memorandum {
                title: one.title.clone(),
                subject: one.subject.clone(),
                state: one.state,
                parties: one.parties.clone(),
                roles: one.roles.clone(),
                signed: today.plus_days(-one.signed_days_ago),
                until: Some(today.plus_days(one.until_in_days)),
                desk: None,
            };
            memoranda::insert(&mut act, &memorandum).await?;
        }
        if house {
            palermo_store::service_standard::insert(&mut act, &made::standard()).await?;
            for one in &file.networks {
                networks::insert(&mut act, &network(one, today)).await?;
            }
        }
        act.commit(&()).await?;
    }
    for one in &file.unmet {
        let mut act = known.act(known.tenant(&one.tenant)?, Action::FileUnmetNeed).await?;
        for number in 0..one.count {
            needs::insert(&mut act, &unmet(one, today.plus_days(-(3 + number * 11)))).await?;
        }
        act.commit(&()).await?;
    }
    Ok(())
}

/// What young people said, and what became of it.
async fn young(known: &Known<'_>, file: &File) -> Result<(), Refused> {
    for one in &file.young {
        let mut act = known.act(known.tenant(&one.tenant)?, Action::RecordYouthInput).await?;
        let on = known.today().plus_days(-one.days_ago);
        let input = YouthInput {
            forum: one.forum,
            meeting: one.meeting.clone(),
            state: one.state,
            on,
            themes: one.themes.clone(),
            said: one.said.clone(),
            ages: Some(one.ages),
            group: Some(one.group),
            answer: one.answer.clone().unwrap_or_default(),
            answered: one.answer.as_ref().map(|_| on.plus_days(40)),
        };
        inputs::insert(&mut act, &input).await?;
        act.commit(&()).await?;
    }
    Ok(())
}

/// The contact point that answers for a structure, with the organisation it belongs to.
fn answering(
    known: &Known<'_>,
    file: &File,
    desks: &BTreeMap<String, DeskId>,
    one: &InStructure,
) -> Result<Option<DeskRef>, Refused> {
    let Some(named) = &one.desk else { return Ok(None) };
    let old = known.region.desks.iter().map(|desk| (&desk.id, &desk.tenant));
    let mut all = old.chain(file.desks.iter().map(|desk| (&desk.id, &desk.tenant)));
    let found = all.find(|(id, _)| *id == named).zip(desks.get(named));
    let Some(((_, tenant), desk)) = found else { return Ok(None) };
    Ok(Some(DeskRef { tenant: known.tenant(tenant)?, desk: *desk }))
}

fn structure(one: &InStructure, desk: Option<DeskRef>) -> Structure {
    let seat = |sector: &Sector| Seat {
        sector: *sector,
        name: String::new(),
        women: Some(u32::from(!one.men_only)),
        men: Some(1),
    };
    Structure {
        name: one.name.clone(),
        kind: one.kind,
        state: one.state,
        areas: one.areas.clone(),
        basis: one.basis.clone(),
        since: None,
        until: None,
        seats: one.sectors.iter().map(seat).collect(),
        desk,
        source: "Invented for the demonstration".into(),
    }
}

fn network(one: &InNetwork, today: Day) -> Network {
    let member = |m: &InMember| NetworkMember {
        state: m.state,
        mechanism: m.mechanism.clone(),
        name: m.name.clone(),
        title: m.title.clone(),
        email: m.email.clone(),
        telephone: m.telephone.clone(),
        host_state: m.host_state,
        from: Some(today.plus_days(-400)),
        until: m.until_in_days.map(|days| today.plus_days(days)),
    };
    let meeting = |m: &InMeeting| Meeting {
        id: Uuid::now_v7(),
        title: m.title.clone(),
        on: today.plus_days(m.in_days),
        until: Some(today.plus_days(m.in_days + 1)),
        place: m.place.clone(),
        cancelled: false,
    };
    Network {
        name: one.name.clone(),
        kind: one.kind,
        mechanism: Some("MERIDIAN".into()),
        about: one.about.clone(),
        most_per_state: one.most_per_state,
        meetings_per_year: one.meetings_per_year,
        members: one.members.iter().map(member).collect(),
        meetings: one.meetings.iter().map(meeting).collect(),
    }
}

fn unmet(one: &Unmet, on: Day) -> UnmetNeed {
    UnmetNeed {
        need: one.need,
        state: one.state,
        area: Some(one.area.clone()),
        why: one.why,
        sex: Some(one.sex),
        age: Some(one.age),
        with_children: false,
        disability: false,
        exploitation: Some(one.exploitation),
        language: None,
        excluded: one.excluded.clone(),
        on,
    }
}
