//! Rights incidents at the protection lead's (R243): all of the organisation as
//! coded facts, one of them with its words for those who may read its case, and
//! moving it on, which takes a word of what was done.

use super::{CaseFile, Opened, resource, rights::INCIDENT, tell, text_place, vault_if_open};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    session::Signed,
};
use palermo_domain::{
    case::{
        Case,
        event::Event,
        rights_incident::{IncidentState, RightsIncident},
        team::TeamMember,
    },
    id::{CaseId, Id, RightsIncidentId},
    moment::Moment,
    purpose::Purpose,
};
use palermo_store::{
    UnlockedVault, Versioned,
    case::{event as events, file as files, person as persons, record, team as teams},
};
use std::collections::BTreeSet;

/// Most characters of what was done.
const LONGEST: usize = 20_000;
/// How much of a case's history is looked through for what became of an incident.
const MOST: u64 = 2_000;

/// One incident as its list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The incident.
    pub incident: Versioned<RightsIncident>,
    /// Its case, for a reader on its team.
    pub case: Option<CaseId>,
}

/// A step of an incident.
#[derive(Debug, Clone)]
pub struct Step {
    /// When it was written down.
    pub at: Moment,
    /// Where it went; nothing for the first, that it was recorded.
    pub state: Option<IncidentState>,
    /// Whether something was written.
    pub has_text: bool,
    /// What was written, for those who may read it with an open key.
    pub text: Option<String>,
}

/// One incident with what became of it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The incident, and its case for a reader on its team.
    pub listed: Listed,
    /// What became of it, the first first.
    pub steps: Vec<Step>,
    /// Whether the reader's key is closed and there are words to read.
    pub closed: bool,
    /// Whether the person was erased: then no words are asked for, since none can be sealed.
    pub erased: bool,
}

async fn allowed(acting: &Acting<'_>) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Supervision);
    acting.allow_for(Action::ReadRightsIncidents, &Resource::of(tenant), purpose).await
}

/// Whether the reader is on the team of a case.
fn reads_case(acting: &Acting<'_>, case: &Case, team: &[TeamMember]) -> bool {
    let about = resource(case, team, acting.now());
    let opens = |purpose: Purpose| acting.may_for(Action::ReadCase, &about, purpose).allowed;
    Purpose::ALL.into_iter().any(opens)
}

async fn file_of(acting: &Acting<'_>, incident: &RightsIncident) -> Result<CaseFile, Refused> {
    let (store, tenant) = (&acting.app.store, incident.tenant);
    let case = files::find(store, tenant, incident.case).await?.ok_or(Refused::NotFound)?;
    let team = teams::of_case(store, tenant, incident.case).await?;
    let person = persons::find(store, tenant, case.record.person).await?;
    let person = person.ok_or(Refused::NotFound)?;
    Ok(CaseFile { case, person, team, purpose: Purpose::Supervision })
}

/// All of one's organisation, for the protection lead: coded facts, with the way
/// to their case for whoever is on its team.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let (tenant, _) = acting.member()?;
    allowed(acting).await?;
    let mut context =
        acting.context(Action::ReadRightsIncidents)?.for_purpose(Purpose::Supervision);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let all = record::of_tenant::<RightsIncident>(&read, tenant, &[]).await?;
    let ids: BTreeSet<CaseId> = all.iter().map(|one| one.record.case).collect();
    let ids: Vec<CaseId> = ids.into_iter().collect();
    let cases = files::of_ids(&read, tenant, &ids).await?;
    let teams = teams::of_cases(&read, tenant, &ids).await?;
    let mine = |id: &CaseId| {
        let team = teams.get(id).map_or(&[][..], Vec::as_slice);
        cases.get(id).is_some_and(|case| reads_case(acting, &case.record, team))
    };
    let listed = all.into_iter().map(|incident| {
        let case = Some(incident.record.case).filter(mine);
        Listed { incident, case }
    });
    Ok(listed.collect())
}

/// Whether an event tells of an incident. Events written before incidents were
/// named in them are told apart by what they say.
fn is_of(event: &Event, incident: &RightsIncident) -> bool {
    if let Some(id) = event.facts.get(INCIDENT) {
        return *id == incident.id.to_string();
    }
    event.kind == "rights-incident"
        && event.happened_at == incident.happened_at
        && event.facts.get("rule") == Some(&incident.rule.to_string())
        && event.facts.get("body").map(String::as_str) == Some(incident.body.code())
}

/// One incident. The look is in the log of its case before a word is opened. What
/// happened is read by the team of the case; what was done about it by whoever
/// leads protection too, unless the record is sealed (E11).
///
/// # Errors
/// [`Refused::NotFound`] for an incident that is not there.
pub async fn show(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    id: RightsIncidentId,
) -> Result<Shown, Refused> {
    let (tenant, _) = acting.member()?;
    allowed(acting).await?;
    let store = &acting.app.store;
    let incident = record::find::<RightsIncident>(store, tenant, id.uuid()).await?;
    let incident = incident.ok_or(Refused::NotFound)?;
    let file = file_of(acting, &incident.record).await?;
    let team = reads_case(acting, &file.case.record, &file.team);
    let mut context = file.context(acting, Action::ReadRightsIncidents)?.about(id);
    context.idempotency = None;
    let read = store.read_personal(context).await?;
    let vault = match signed {
        Some(signed) => vault_if_open(acting, signed).await?,
        None => None,
    };
    let opened = Opened { file, vault, read };
    let case = incident.record.case;
    let mut told = events::of_case(&opened.read, tenant, case, MOST).await?;
    told.retain(|event| is_of(event, &incident.record));
    told.sort_by_key(|event| event.recorded_at);
    let (person, sealed) = (opened.file.person.record.id, opened.file.case.record.sealed);
    let erased = opened.file.person.record.is_erased();
    let (mut steps, mut closed) = (Vec::new(), false);
    for event in told {
        let state = event.facts.get("rights_state").and_then(|code| IncidentState::from_code(code));
        let mine = event.has_text && (team || (state.is_some() && !sealed));
        let text = if mine { opened.text(text_place(person, &event, "text")).await? } else { None };
        closed |= mine && opened.vault.is_none();
        steps.push(Step { at: event.recorded_at, state, has_text: event.has_text, text });
    }
    let listed = Listed { incident, case: team.then_some(case) };
    Ok(Shown { listed, steps, closed, erased })
}

/// Moves an incident on: raised with the body, answered, closed. What was done is
/// said in words, sealed in the case; of a person who was erased nothing is asked, since
/// nothing can be sealed.
///
/// # Errors
/// [`Refused::NotFound`] for an incident that is not there; [`Refused::Invalid`] without
/// a word of what was done or a state that follows; [`Refused::UnlockNeeded`] with a closed key.
pub async fn move_on(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: RightsIncidentId,
    state: Option<IncidentState>,
    words: &str,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    allowed(acting).await?;
    let known = record::find::<RightsIncident>(&acting.app.store, tenant, id.uuid()).await?;
    let known = known.ok_or(Refused::NotFound)?.record;
    let file = file_of(acting, &known).await?;
    let mut problems = Problems::default();
    let erased = file.person.record.is_erased();
    let words = (!erased).then(|| problems.required("words", words, LONGEST));
    let state = state.filter(|state| known.state.later().contains(state));
    if state.is_none() {
        problems.add("state", Message::new("error-choose"));
    }
    problems.none()?;
    let Some(state) = state else { return Err(Refused::NotFound) };
    let mut act = begin!(acting, file.context(acting, Action::ReadRightsIncidents)?.about(id));
    let found = record::find::<RightsIncident>(&act, tenant, id.uuid()).await?;
    let found = found.ok_or(Refused::NotFound)?;
    if !found.record.state.later().contains(&state) {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-rights-moved-already")));
    }
    let incident = RightsIncident { state, ..found.record };
    record::update(&mut act, &incident, found.revision).await?;
    let event = events::new(&act, incident.case, "rights-incident-moved")
        .with("rights_state", state.code())
        .with(INCIDENT, id.to_string());
    tell(&mut act, vault, file.person.record.id, event, words.as_deref()).await?;
    Ok(act.commit(&()).await?)
}
