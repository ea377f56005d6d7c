//! The demonstration region: read from `content/demo/region.toml`, built
//! through the same acts and rules as a real one. Everything is invented.

mod care;
mod cases;
mod dice;
mod directory;
mod governance;
mod keys;
mod national;
// person
mod person;
mod plans;
pub(crate) mod public;
mod questionnaires;
mod review;
mod screening;
mod sharing;

pub use cases::DemoCase;

use crate::{
    App, Refused,
    access::Action,
    invitation::{hash, passphrase_credential},
};
use palermo_domain::{
    account::{Account, AccountStatus, RoleAssignment},
    actor::Actor,
    desk::{Desk, DeskLevel, DeskMember},
    id::{AccountId, DeskId, TenantId},
    register::{
        adherence::{Act as TreatyAct, Adherence, DatedAct},
        instrument::InstrumentId,
        provenance::PartialDate,
    },
    role::Role,
    task::Task,
    tenant::{Tenant, TenantKind},
};
use palermo_store::{
    Act, ActContext, Begun, account as accounts, credential as credentials, desk as desks,
    register::adherence, role as roles, task as tasks, tenant as tenants,
};
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};
use zeroize::Zeroizing;

/// The passphrase of everyone in the demonstration. It guards nothing.
pub const PASSPHRASE: &str = "meridian lantern harbour demo";

/// The region as its file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The mechanism it demonstrates.
    pub mechanism: String,
    /// The tenant that answers for the registers.
    pub secretariat: String,
    /// Organisations.
    #[serde(rename = "tenant")]
    pub tenants: Vec<RegionTenant>,
    /// People.
    #[serde(rename = "person")]
    pub people: Vec<RegionPerson>,
    /// Desks.
    #[serde(rename = "desk")]
    pub desks: Vec<RegionDesk>,
    /// Work that waits.
    #[serde(rename = "task")]
    pub tasks: Vec<RegionTask>,
    /// What the invented States have done about instruments.
    pub adherence: Vec<RegionAdherence>,
}

/// An organisation of the region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionTenant {
    /// Name within the file.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: TenantKind,
    /// State.
    pub state: Option<String>,
    /// Language.
    pub language: String,
}

/// Someone of the region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionPerson {
    /// Organisation.
    pub tenant: String,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role codes.
    pub roles: Vec<String>,
    /// Desks they sit at.
    #[serde(default)]
    pub desks: Vec<String>,
    /// Language, if not English.
    pub language: Option<String>,
}

/// A desk of the region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionDesk {
    id: String,
    tenant: String,
    name: String,
    level: DeskLevel,
    state: Option<String>,
    topics: Vec<String>,
    languages: Vec<String>,
    time_zone: String,
    hours: String,
    telephone: Option<String>,
}

/// Work that waits at a desk.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionTask {
    desk: String,
    kind: String,
    note: String,
    due_in_days: i64,
}

/// Acts of the invented States towards one instrument, as `XAA r 2003-05-19`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionAdherence {
    /// Instrument id.
    pub instrument: String,
    /// Acts.
    pub acts: Vec<String>,
}

impl RegionAdherence {
    /// The acts by party, each in the order of its days.
    fn records(&self, as_of: PartialDate) -> Result<Vec<Adherence>, Refused> {
        let wrong = |line: &str, why: &dyn std::fmt::Display| {
            Refused::Unavailable(format!(
                "demo/region.toml: `{}`, `{line}`: {why}",
                self.instrument
            ))
        };
        let instrument: InstrumentId =
            self.instrument.parse().map_err(|error| wrong(&self.instrument, &error))?;
        let mut records: Vec<Adherence> = Vec::new();
        for line in &self.acts {
            let mut parts = line.split(' ');
            let (Some(party), Some(letter), Some(day), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                return Err(wrong(line, &"write it like `XAA r 2003-05-19`"));
            };
            let party = party.parse().map_err(|error| wrong(line, &error))?;
            let day = day.parse().map_err(|error| wrong(line, &error))?;
            let act = match letter {
                "s" => TreatyAct::Signature,
                "r" => TreatyAct::Ratification,
                "a" => TreatyAct::Accession,
                _ => return Err(wrong(line, &"write `s`, `r` or `a` for the act")),
            };
            let dated = DatedAct::new(act, day);
            match records.iter_mut().find(|record| record.party == party) {
                Some(record) => record.acts.push(dated),
                None => records.push(Adherence {
                    instrument: instrument.clone(),
                    party,
                    acts: vec![dated],
                    entry_into_force: None,
                    source: "Invented for the demonstration".into(),
                    as_of,
                }),
            }
        }
        for record in &mut records {
            record.acts.sort();
        }
        Ok(records)
    }
}

impl Region {
    /// The organisation with this name in the file.
    #[must_use]
    pub fn tenant(&self, id: &str) -> Option<&RegionTenant> {
        self.tenants.iter().find(|tenant| tenant.id == id)
    }
}

/// Reads the region's file.
///
/// # Errors
/// When it is not there or not right; the text names the line.
pub fn region(app: &App) -> Result<Region, Refused> {
    let text = app
        .content
        .text("demo/region.toml")
        .ok_or_else(|| Refused::Unavailable("`demo/region.toml` is not there".into()))?;
    toml::from_str(text).map_err(|error| Refused::Unavailable(format!("demo/region.toml: {error}")))
}

/// A member of staff of the demonstration.
#[derive(Debug, Clone)]
pub struct Member {
    /// Organisation.
    pub tenant: TenantId,
    /// Account.
    pub account: AccountId,
    /// Address.
    pub email: String,
    /// Roles.
    pub roles: Vec<Role>,
}

/// What is there once organisations and people are: the areas build on it.
pub struct Built {
    /// Organisations by their id in the file.
    pub tenants: BTreeMap<String, TenantId>,
    /// Desks by their id in the file.
    pub desks: BTreeMap<String, DeskId>,
    /// People, in the order of the file.
    pub members: Vec<Member>,
    /// The cases of the story by their id in `cases.toml`.
    pub cases: BTreeMap<String, DemoCase>,
    /// The ordinary cases around them.
    pub everyday: Vec<DemoCase>,
    keys: Vec<keys::DemoKey>,
}

impl std::fmt::Debug for Built {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Built({} organisations)", self.tenants.len())
    }
}

impl Built {
    /// The organisation with this id in the file.
    ///
    /// # Errors
    /// When the file has none.
    pub fn tenant(&self, id: &str) -> Result<TenantId, Refused> {
        let found = self.tenants.get(id).copied();
        found.ok_or_else(|| Refused::Unavailable(format!("the region has no tenant `{id}`")))
    }

    /// The account with this address.
    ///
    /// # Errors
    /// When nobody has it.
    pub fn account(&self, email: &str) -> Result<AccountId, Refused> {
        let found = self.members.iter().find(|member| member.email == email);
        let found = found.map(|member| member.account);
        found.ok_or_else(|| Refused::Unavailable(format!("the region has nobody at `{email}`")))
    }
}

struct Builder<'a> {
    app: &'a App,
    region: &'a Region,
    hash: String,
    shared: keys::SharedKey,
    with_keys: bool,
    built: Built,
}

/// Builds the region in an empty store: organisations and people, then each
/// area's part of the story.
///
/// # Errors
/// What the store refuses.
pub async fn build(app: &App) -> Result<Region, Refused> {
    let (region, mut built) = organisations(app, true).await?;
    areas(app, &region, &mut built).await?;
    Ok(region)
}

/// Each area's part of the story: one line each, in the order in which they
/// build on one another.
async fn areas(app: &App, region: &Region, built: &mut Built) -> Result<(), Refused> {
    let known = directory::Known { app, region, tenants: &built.tenants, desks: &built.desks };
    let hidden = directory::build(&known).await?;
    directory::seal(&known, built, &hidden).await?;
    cases::build(app, built).await?;
    care::build(app, built).await?;
    screening::build(app).await?;
    review::build(app, region).await?;
    governance::build(app, region).await?;
    questionnaires::build(app, built.tenant(&region.secretariat)?).await?;
    plans::build(app, built).await?;
    // knowledge
    crate::knowledge::demo::build(app, built.tenant(&region.secretariat)?).await?;
    crate::knowledge::demo_loop::build(app, built.tenant(&region.secretariat)?).await?;
    public::build(app, built.tenant(&region.secretariat)?).await?;
    sharing::build(app, built).await?;
    // person
    let tenants: Vec<TenantId> = built.tenants.values().copied().collect();
    person::build(app, &tenants).await?;
    Ok(())
}

/// Organisations, people, desks and registers only, and nobody's keys made yet:
/// the region on its first morning.
///
/// # Errors
/// What the store refuses.
pub async fn build_bare(app: &App) -> Result<Region, Refused> {
    Ok(organisations(app, false).await?.0)
}

async fn organisations(app: &App, with_keys: bool) -> Result<(Region, Built), Refused> {
    let region = region(app)?;
    let hash = hash(app, Zeroizing::new(PASSPHRASE.to_owned())).await?;
    let desks = region.desks.iter().map(|desk| (desk.id.clone(), app.store.new_id())).collect();
    let built = Built {
        tenants: BTreeMap::new(),
        desks,
        members: Vec::new(),
        cases: BTreeMap::new(),
        everyday: Vec::new(),
        keys: Vec::new(),
    };
    let shared = keys::SharedKey::new(app)?;
    let mut builder = Builder { app, region: &region, hash, shared, with_keys, built };
    app.store.name_mechanism(&region.mechanism).await?;
    let mut house = None;
    for tenant in &region.tenants {
        let id = builder.tenant(tenant).await?;
        if tenant.id == region.secretariat {
            app.store.name_house(id).await?;
            builder.adherence(id).await?;
            house = Some(id);
        }
    }
    if house.is_none() {
        return Err(Refused::Unavailable("the region's file names no secretariat".into()));
    }
    let built = builder.built;
    Ok((region, built))
}

impl Builder<'_> {
    async fn tenant(&mut self, tenant: &RegionTenant) -> Result<TenantId, Refused> {
        let id: TenantId = self.app.store.new_id();
        self.built.tenants.insert(tenant.id.clone(), id);
        let actor = Actor::System { job: "demo".into() };
        let context = ActContext::new(id, actor, Action::CreateTenant.code()).about(id);
        let mut act = self.app.store.act_for_new_tenant(context).await?;
        let record = Tenant {
            id,
            name: tenant.name.clone(),
            kind: tenant.kind,
            state: tenant.state.clone(),
            language: tenant.language.clone(),
        };
        tenants::insert(&mut act, &record).await?;
        for desk in self.region.desks.iter().filter(|desk| desk.tenant == tenant.id) {
            self.desk(&mut act, desk).await?;
        }
        let mut made = Vec::new();
        for person in self.region.people.iter().filter(|person| person.tenant == tenant.id) {
            let member = self.person(&mut act, person).await?;
            if self.with_keys {
                made.extend(keys::make(self.app, &mut act, &self.shared, &member).await?);
            }
            self.built.members.push(member);
        }
        keys::establish(&mut act, &made).await?;
        act.commit(&id).await?;
        self.built.keys.extend(made);
        Ok(id)
    }

    /// What the invented States did towards instruments, entered by the
    /// organisation that answers for the registers.
    async fn adherence(&self, house: TenantId) -> Result<(), Refused> {
        let registers = &self.app.registers;
        let as_of = PartialDate::exact(self.app.store.now().date().into());
        let mut all = Vec::new();
        for group in &self.region.adherence {
            for record in group.records(as_of)? {
                let known = registers.instruments.get(record.instrument.as_str()).is_some()
                    && registers.states.get(record.party).is_some();
                if !known {
                    let (party, instrument) = (record.party, &record.instrument);
                    return Err(Refused::Unavailable(format!(
                        "demo/region.toml: the registers do not know `{party}` or `{instrument}`"
                    )));
                }
                all.push(record);
            }
        }
        let actor = Actor::System { job: "demo".into() };
        let context = ActContext::new(house, actor, Action::ImportRegister.code());
        let Begun::Fresh(mut act) = self.app.store.act(context).await? else { return Ok(()) };
        for group in &self.region.adherence {
            act.about_named("instrument", &group.instrument);
        }
        adherence::put(&mut act, &all).await?;
        Ok(act.commit(&()).await?)
    }

    async fn desk(&self, act: &mut Act, desk: &RegionDesk) -> Result<(), Refused> {
        let Some(id) = self.built.desks.get(&desk.id) else { return Ok(()) };
        let record = Desk {
            tenant: act.tenant(),
            id: *id,
            name: desk.name.clone(),
            level: desk.level,
            state: desk.state.clone(),
            topics: desk.topics.clone(),
            languages: desk.languages.clone(),
            time_zone: desk.time_zone.clone(),
            hours: desk.hours.clone(),
            telephone: desk.telephone.clone(),
            open: true,
        };
        desks::insert(act, &record).await?;
        for task in self.region.tasks.iter().filter(|task| task.desk == desk.id) {
            self.task(act, *id, task).await?;
        }
        Ok(())
    }

    async fn task(&self, act: &mut Act, desk: DeskId, task: &RegionTask) -> Result<(), Refused> {
        let days = Duration::from_secs(task.due_in_days.unsigned_abs() * 86_400);
        let due = if task.due_in_days < 0 { act.now().before(days) } else { act.now().after(days) };
        let record = Task {
            tenant: act.tenant(),
            id: act.new_id(),
            kind: task.kind.clone(),
            subject: None,
            note: task.note.clone(),
            desk: Some(desk),
            assignee: None,
            due_at: Some(due),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        Ok(tasks::insert(act, &record).await?)
    }

    async fn person(&self, act: &mut Act, person: &RegionPerson) -> Result<Member, Refused> {
        let (tenant, now) = (act.tenant(), act.now());
        let id: AccountId = act.new_id();
        let account = Account {
            tenant,
            id,
            email: person.email.clone(),
            name: person.name.clone(),
            language: person.language.clone().unwrap_or_else(|| "en".into()),
            own_digits: false,
            status: AccountStatus::Active,
            recorded_at: now,
        };
        accounts::insert(act, &account).await?;
        let credential = passphrase_credential(act, id, self.hash.clone());
        credentials::insert(act, &credential).await?;
        let mut held_roles = Vec::new();
        for code in &person.roles {
            let role = Role::from_code(code).ok_or_else(|| {
                Refused::Unavailable(format!("demo/region.toml: `{code}` is not a role"))
            })?;
            let held = RoleAssignment { tenant, account: id, role, from: now, until: None };
            roles::assign(act, &held).await?;
            held_roles.push(role);
        }
        for desk in person.desks.iter().filter_map(|name| self.built.desks.get(name)) {
            let member = DeskMember { tenant, desk: *desk, account: id, alternate: false };
            desks::add_member(act, &member).await?;
        }
        Ok(Member { tenant, account: id, email: person.email.clone(), roles: held_roles })
    }
}
