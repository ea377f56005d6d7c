//! The people of the demonstration: those of the story, from
//! `content/demo/cases.toml`, and some four hundred ordinary cases around them
//! over two years. Built with the same types, rules and seals as real ones, in
//! one act for each organisation. The same region comes out each time.

use super::{Built, dice::Dice};
use crate::{App, Refused, access::Action, case::open::name_place};
use palermo_domain::{
    actor::Actor,
    case::{
        Case, Closure, Phase, UrgentNeed,
        event::Event,
        incident::{FoundBy, Incident, Site},
        person::{AgeGroup, Background, Cooperation, ImmigrationStatus, Person, Sex},
        status::VictimStatus,
        team::{TeamMember, TeamPart},
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, IncidentId, PersonId, TenantId},
    moment::Moment,
    purpose::Purpose,
};
use palermo_store::{
    Act, ActContext, Begun,
    case::{
        background as backgrounds, event as events, file as files, incident as incidents,
        person as persons, team as teams,
    },
    keys::{bulk, sealed::Place},
};
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};

/// A case of the demonstration that other areas build on.
#[derive(Debug, Clone, Copy)]
pub struct DemoCase {
    /// Organisation.
    pub tenant: TenantId,
    /// Case.
    pub case: CaseId,
    /// Person.
    pub person: PersonId,
    /// Who carries it.
    pub lead: AccountId,
    /// When it was opened.
    pub opened: Moment,
    /// Where it stands.
    pub status: VictimStatus,
    /// Whether it is open.
    pub phase: Phase,
    /// Age group.
    pub age: AgeGroup,
}

/// The cases in the file; what was shared is read by `sharing.rs`.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "incident")]
    incidents: Vec<FileIncident>,
    #[serde(rename = "case")]
    cases: Vec<FileCase>,
    #[serde(rename = "ordinary")]
    ordinary: Vec<Ordinary>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileIncident {
    id: String,
    tenant: String,
    days_ago: u64,
    #[serde(default)]
    hour: u64,
    state: String,
    site: String,
    found_by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCase {
    id: String,
    tenant: String,
    lead: String,
    #[serde(default)]
    team: Vec<(String, String)>,
    #[serde(default)]
    again: Option<String>,
    #[serde(default)]
    name: String,
    age: String,
    birth_year: Option<u16>,
    sex: Option<String>,
    language: String,
    #[serde(default)]
    nationalities: Vec<String>,
    looked_for: Option<bool>,
    incident: Option<String>,
    days_ago: u64,
    status: String,
    #[serde(default)]
    urgent: Vec<String>,
    #[serde(default)]
    story: String,
    #[serde(default)]
    wishes: String,
    #[serde(default)]
    sealed: bool,
    closure: Option<String>,
    #[serde(default, rename = "event")]
    events: Vec<FileEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEvent {
    days_ago: u64,
    #[serde(default = "note")]
    kind: String,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    text: String,
}

fn note() -> String {
    "note".into()
}

/// Ordinary cases of one organisation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordinary {
    tenant: String,
    leads: Vec<String>,
    count: u64,
    names: Vec<String>,
    languages: Vec<String>,
    nationalities: Vec<String>,
    notes: Vec<String>,
    wishes: Vec<String>,
}

pub(super) fn wrong(what: &str, value: &str) -> Refused {
    Refused::Unavailable(format!("demo/cases.toml: {what} `{value}`"))
}

fn day() -> Duration {
    Duration::from_secs(86_400)
}

/// One organisation's cases on their way into the store.
#[derive(Default)]
struct Batch {
    incidents: Vec<Incident>,
    persons: Vec<Person>,
    backgrounds: Vec<Background>,
    cases: Vec<Case>,
    team: Vec<TeamMember>,
    events: Vec<Event>,
    texts: Vec<(Place, String)>,
    names: Vec<(PersonId, String)>,
}

impl Batch {
    async fn keep(self, app: &App, built: &Built, mut act: Act) -> Result<(), Refused> {
        let vault = built.vault(app, act.tenant()).await?;
        let ids: Vec<PersonId> = self.persons.iter().map(|person| person.id).collect();
        let sealed = [Compartment::Care, Compartment::Identity];
        let fresh = bulk::create(&mut act, &vault, &ids, &sealed).await?;
        incidents::insert_many(&mut act, &self.incidents).await?;
        persons::insert_many(&mut act, &self.persons).await?;
        backgrounds::insert_many(&mut act, &self.backgrounds).await?;
        files::insert_many(&mut act, &self.cases).await?;
        teams::insert_many(&mut act, &self.team).await?;
        events::insert_many(&mut act, &self.events).await?;
        let texts: Vec<_> =
            self.texts.iter().map(|(place, text)| (*place, text.as_bytes())).collect();
        bulk::put(&mut act, &fresh, &texts).await?;
        let names: Vec<_> =
            self.names.iter().map(|(person, name)| (*person, vec![name.as_str()])).collect();
        bulk::put_names(&mut act, &fresh, &names).await?;
        Ok(act.commit(&()).await?)
    }

    fn text(&mut self, person: PersonId, event: &Event, text: &str) {
        let place = Place {
            person,
            table: events::TABLE,
            record: event.id.uuid(),
            field: "text",
            compartment: Compartment::Care,
        };
        self.texts.push((place, text.to_owned()));
    }

    fn case_text(&mut self, case: &Case, field: &'static str, text: &str) {
        if text.is_empty() {
            return;
        }
        let place = Place {
            person: case.person,
            table: "case_file",
            record: case.id.uuid(),
            field,
            compartment: Compartment::Care,
        };
        self.texts.push((place, text.to_owned()));
    }
}

/// Builds all cases.
pub(super) async fn build(app: &App, built: &mut Built) -> Result<(), Refused> {
    let text = app.content.text("demo/cases.toml").unwrap_or_default();
    let file: File =
        toml::from_str(text).map_err(|e| Refused::Unavailable(format!("demo/cases.toml: {e}")))?;
    let tenants: Vec<(String, TenantId)> =
        built.tenants.iter().map(|(name, id)| (name.clone(), *id)).collect();
    for (name, tenant) in tenants {
        let mut builder = Tenant::new(app, tenant);
        for incident in file.incidents.iter().filter(|one| one.tenant == name) {
            builder.incident(incident)?;
        }
        for case in file.cases.iter().filter(|one| one.tenant == name) {
            builder.story(built, case)?;
        }
        for ordinary in file.ordinary.iter().filter(|one| one.tenant == name) {
            builder.ordinary(built, ordinary)?;
        }
        let Tenant { batch, known, everyday, .. } = builder;
        if batch.cases.is_empty() {
            continue;
        }
        let actor = Actor::System { job: "demo".into() };
        let context =
            ActContext::new(tenant, actor, Action::OpenCase.code()).for_purpose(Purpose::Care);
        let Begun::Fresh(act) = app.store.act(context).await? else { continue };
        batch.keep(app, built, act).await?;
        built.cases.extend(known);
        built.everyday.extend(everyday);
    }
    Ok(())
}

struct Tenant<'a> {
    app: &'a App,
    tenant: TenantId,
    now: Moment,
    incidents: BTreeMap<String, IncidentId>,
    known: BTreeMap<String, DemoCase>,
    everyday: Vec<DemoCase>,
    batch: Batch,
}

impl<'a> Tenant<'a> {
    fn new(app: &'a App, tenant: TenantId) -> Self {
        Self {
            app,
            tenant,
            now: app.store.now(),
            incidents: BTreeMap::new(),
            known: BTreeMap::new(),
            everyday: Vec::new(),
            batch: Batch::default(),
        }
    }

    fn ago(&self, days: u64) -> Moment {
        self.now.before(day() * u32::try_from(days).unwrap_or(u32::MAX))
    }

    fn incident(&mut self, file: &FileIncident) -> Result<(), Refused> {
        let id: IncidentId = self.app.store.new_id();
        let midnight = self.ago(file.days_ago).micros().div_euclid(86_400_000_000) * 86_400_000_000;
        let at = Moment::from_micros(midnight).after(Duration::from_secs(file.hour * 3600));
        self.incidents.insert(file.id.clone(), id);
        self.batch.incidents.push(Incident {
            tenant: self.tenant,
            id,
            happened_at: at,
            state: Some(file.state.clone()),
            site: Site::from_code(&file.site).ok_or_else(|| wrong("site", &file.site))?,
            found_by: FoundBy::from_code(&file.found_by)
                .ok_or_else(|| wrong("found by", &file.found_by))?,
            recorded_at: at.after(Duration::from_secs(1800)),
            recorded_by: None,
        });
        Ok(())
    }

    /// Adds a person; their keys are made with the rest.
    fn person(&mut self, file: &FileCase, at: Moment) -> Result<PersonId, Refused> {
        let id: PersonId = self.app.store.new_id();
        self.batch.persons.push(Person {
            tenant: self.tenant,
            id,
            age: AgeGroup::from_code(&file.age).ok_or_else(|| wrong("age", &file.age))?,
            birth_year: file.birth_year,
            sex: file.sex.as_deref().and_then(Sex::from_code),
            language: file.language.clone(),
            communication: Vec::new(),
            may_be_looked_for: file.looked_for,
            recorded_at: at,
        });
        if !file.nationalities.is_empty() {
            self.batch.backgrounds.push(Background {
                tenant: self.tenant,
                person: id,
                nationalities: file.nationalities.clone(),
                immigration: ImmigrationStatus::Unknown,
                cooperation: Cooperation::NotAsked,
            });
        }
        if !file.name.is_empty() {
            self.batch.texts.push((name_place(id), file.name.clone()));
            self.batch.names.push((id, file.name.clone()));
        }
        Ok(id)
    }

    fn story(&mut self, built: &Built, file: &FileCase) -> Result<(), Refused> {
        let opened = self.ago(file.days_ago);
        let earlier = file.again.as_ref().and_then(|id| self.known.get(id)).copied();
        let person = match earlier {
            Some(earlier) => earlier.person,
            None => self.person(file, opened)?,
        };
        let lead = built.account(&file.lead)?;
        let status =
            VictimStatus::from_code(&file.status).ok_or_else(|| wrong("status", &file.status))?;
        let urgent = file
            .urgent
            .iter()
            .map(|code| UrgentNeed::from_code(code).ok_or_else(|| wrong("urgent need", code)));
        let incident = match &file.incident {
            Some(id) => Some(*self.incidents.get(id).ok_or_else(|| wrong("incident", id))?),
            None => None,
        };
        let mut case = self.case(person, opened, lead, status, urgent.collect::<Result<_, _>>()?);
        case.incident = incident;
        case.episode = if earlier.is_some() { 2 } else { 1 };
        case.sealed = file.sealed;
        self.member(&case, lead, TeamPart::Lead);
        for (email, part) in &file.team {
            let part = TeamPart::from_code(part).ok_or_else(|| wrong("part", part))?;
            self.member(&case, built.account(email)?, part);
        }
        self.batch.case_text(&case, "story", &file.story);
        self.batch.case_text(&case, "wishes", &file.wishes);
        self.path(&case, lead, &[]);
        for told in &file.events {
            let mut event = self.event(&case, lead, &told.kind, self.ago(told.days_ago));
            event.facts.clone_from(&told.facts);
            self.tell(person, event, &told.text);
        }
        if let Some(closure) = &file.closure {
            let closure = Closure::from_code(closure).ok_or_else(|| wrong("closure", closure))?;
            let last = file.events.iter().map(|e| e.days_ago).min().unwrap_or(0);
            self.close(&mut case, lead, closure, self.ago(last));
        }
        let demo = self.demo_case(&case, lead, AgeGroup::from_code(&file.age));
        self.known.insert(file.id.clone(), demo);
        self.batch.cases.push(case);
        Ok(())
    }

    fn demo_case(&self, case: &Case, lead: AccountId, age: Option<AgeGroup>) -> DemoCase {
        DemoCase {
            tenant: self.tenant,
            case: case.id,
            person: case.person,
            lead,
            opened: case.recorded_at,
            status: case.status,
            phase: case.phase,
            age: age.unwrap_or(AgeGroup::Unsure),
        }
    }

    fn case(
        &self,
        person: PersonId,
        opened: Moment,
        lead: AccountId,
        status: VictimStatus,
        urgent: Vec<UrgentNeed>,
    ) -> Case {
        Case {
            tenant: self.tenant,
            id: self.app.store.new_id(),
            person,
            incident: None,
            episode: 1,
            status,
            phase: Phase::Open,
            urgent,
            sealed: false,
            happened_at: opened.before(Duration::from_secs(5400)),
            recorded_at: opened,
            opened_by: Some(lead),
            closed_at: None,
            closure: None,
            last_service_at: None,
        }
    }

    fn member(&mut self, case: &Case, account: AccountId, part: TeamPart) {
        let (tenant, from) = (self.tenant, case.happened_at);
        self.batch.team.push(TeamMember {
            tenant,
            case: case.id,
            account,
            part,
            from,
            until: None,
        });
    }

    fn event(&self, case: &Case, by: AccountId, kind: &str, at: Moment) -> Event {
        Event {
            tenant: self.tenant,
            id: self.app.store.new_id(),
            case: case.id,
            kind: kind.to_owned(),
            facts: BTreeMap::new(),
            happened_at: at,
            recorded_at: at,
            by: Some(by),
            has_text: false,
        }
    }

    fn tell(&mut self, person: PersonId, mut event: Event, text: &str) {
        event.has_text = !text.is_empty();
        if event.has_text {
            self.batch.text(person, &event, text);
        }
        self.batch.events.push(event);
    }

    /// The opening and the way to the present state, along the arrows of the
    /// state machine only.
    fn path(&mut self, case: &Case, lead: AccountId, days: &[u64]) {
        let event = self.event(case, lead, "opened", case.happened_at);
        self.batch.events.push(event);
        let mut at = case.recorded_at;
        let mut status = VictimStatus::Presumed;
        for (step, next) in way_to(case.status).into_iter().enumerate() {
            if !status.may_become(next) {
                continue;
            }
            let wait = days.get(step).copied().unwrap_or(9);
            at = at.after(day() * u32::try_from(wait).unwrap_or(9)).min(self.now);
            let event = self
                .event(case, lead, "status-changed", at)
                .with("from", status.code())
                .with("to", next.code());
            self.batch.events.push(event);
            status = next;
        }
    }

    fn close(&mut self, case: &mut Case, lead: AccountId, closure: Closure, at: Moment) {
        case.phase = Phase::Closed;
        case.closed_at = Some(at);
        case.closure = Some(closure);
        let event = self.event(case, lead, "closed", at).with("closure", closure.code());
        self.batch.events.push(event);
    }

    fn ordinary(&mut self, built: &Built, file: &Ordinary) -> Result<(), Refused> {
        let seed = file
            .tenant
            .bytes()
            .fold(7u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let mut dice = Dice(seed);
        let leads = file.leads.iter().map(|email| built.account(email));
        let leads = leads.collect::<Result<Vec<_>, _>>()?;
        for _ in 0..file.count {
            let lead = *dice.one_of(&leads).ok_or_else(|| wrong("leads of", &file.tenant))?;
            self.everyday_case(file, lead, &mut dice)?;
        }
        Ok(())
    }

    fn everyday_case(
        &mut self,
        file: &Ordinary,
        lead: AccountId,
        dice: &mut Dice,
    ) -> Result<(), Refused> {
        let text =
            |dice: &mut Dice, list: &[String]| dice.one_of(list).cloned().unwrap_or_default();
        let age = ["adult", "adult", "adult", "adult", "child", "child", "unsure"];
        let sex = ["F", "F", "F", "M", "M", "M", "M", "_O", "_U"];
        let days_ago = dice.below(730).max(1);
        let age_code = age[usize::try_from(dice.below(7)).unwrap_or(0)];
        let template = FileCase {
            id: String::new(),
            tenant: file.tenant.clone(),
            lead: String::new(),
            team: Vec::new(),
            again: None,
            name: text(dice, &file.names),
            age: age_code.to_owned(),
            birth_year: None,
            sex: Some(sex[usize::try_from(dice.below(9)).unwrap_or(0)].to_owned()),
            language: text(dice, &file.languages),
            nationalities: vec![text(dice, &file.nationalities)],
            looked_for: None,
            incident: None,
            days_ago,
            status: String::new(),
            urgent: Vec::new(),
            story: String::new(),
            wishes: String::new(),
            sealed: false,
            closure: None,
            events: Vec::new(),
        };
        let opened = self.ago(days_ago);
        let person = self.person(&template, opened)?;
        let status = outcome(days_ago, dice);
        let urgent = UrgentNeed::ALL.iter().copied().filter(|_| dice.below(5) == 0).collect();
        let mut case = self.case(person, opened, lead, status, urgent);
        self.member(&case, lead, TeamPart::Lead);
        let waits: Vec<u64> = (0..3).map(|_| 2 + dice.below(25)).collect();
        self.path(&case, lead, &waits);
        self.batch.case_text(&case, "wishes", &text(dice, &file.wishes));
        for _ in 0..dice.below(3) {
            let at = self.ago(dice.below(days_ago));
            let event = self.event(&case, lead, "note", at);
            self.tell(person, event, &text(dice, &file.notes));
        }
        if days_ago > 200 && dice.below(3) > 0 {
            let at = self.ago(days_ago.saturating_sub(120 + dice.below(80)));
            self.close(&mut case, lead, ending(status, dice), at);
        }
        let demo = self.demo_case(&case, lead, AgeGroup::from_code(age_code));
        self.everyday.push(demo);
        self.batch.cases.push(case);
        Ok(())
    }
}

/// The states on the way to a state, after the presumption.
fn way_to(status: VictimStatus) -> Vec<VictimStatus> {
    use VictimStatus as S;
    match status {
        S::Contact | S::Presumed => Vec::new(),
        S::Declined => vec![S::Declined],
        S::Reopened => vec![S::UnderAssessment, S::Inconclusive, S::Reopened],
        S::UnderAssessment => vec![S::UnderAssessment],
        decided => vec![S::UnderAssessment, decided],
    }
}

fn outcome(days_ago: u64, dice: &mut Dice) -> VictimStatus {
    use VictimStatus as S;
    let settled = [
        S::Identified,
        S::Identified,
        S::Identified,
        S::Identified,
        S::NotIdentified,
        S::Inconclusive,
        S::OtherProtection,
        S::Declined,
    ];
    let young = [S::Presumed, S::Presumed, S::UnderAssessment, S::Declined];
    let list: &[S] = if days_ago < 60 { &young } else { &settled };
    dice.one_of(list).copied().unwrap_or(S::Presumed)
}

fn ending(status: VictimStatus, dice: &mut Dice) -> Closure {
    if matches!(status, VictimStatus::NotIdentified | VictimStatus::Inconclusive) {
        return Closure::NotIdentifiedReferred;
    }
    let endings = [
        Closure::GoalsMet,
        Closure::ReintegratedDestination,
        Closure::ReintegratedOrigin,
        Closure::FamilyReunified,
        Closure::Withdrew,
        Closure::LostContact,
        Closure::Refugee,
    ];
    dice.one_of(&endings).copied().unwrap_or(Closure::GoalsMet)
}
