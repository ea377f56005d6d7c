//! Rights incidents: recorded in any state of a case by whoever may write in
//! it, seen by the protection lead, counted safely for the rapporteur (R243).

use super::{Opened, permitted, tell};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    case::{
        incident::FoundBy,
        rights_incident::{ByBody, IncidentState, RightsIncident},
    },
    id::{AccountId, CaseId, Id, PersonId, RightsIncidentId, TaskId, TenantId},
    identification::Identification,
    moment::Moment,
    purpose::Purpose,
    role::Role,
    safeguard::DECISIONS_NAME_THEIR_AUTHOR,
    task::Task,
};
use palermo_store::{
    Act, UnlockedVault, Versioned,
    case::{event as events, record},
    role as roles, task as tasks,
};
use std::{collections::BTreeMap, time::Duration};

/// What someone wrote about a violation.
#[derive(Debug, Clone, Default)]
pub struct IncidentForm {
    /// The rule, 1 to 12.
    pub rule: String,
    /// By which body.
    pub body: String,
    /// When; now, if empty.
    pub happened: Option<Moment>,
    /// What happened and what was done; sealed.
    pub words: String,
}

/// Records a violation. There is no state of a case in which this is refused.
///
/// # Errors
/// Every problem of the form at once.
pub async fn record_incident(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &IncidentForm,
    purpose: Purpose,
) -> Result<RightsIncidentId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::RecordRightsIncident, purpose).await?;
    let mut problems = Problems::default();
    let rule = form.rule.parse::<u8>().ok().filter(|rule| (1..=12).contains(rule));
    if rule.is_none() {
        problems.add("rule", Message::new("error-choose"));
    }
    let body = ByBody::from_code(&form.body);
    if body.is_none() {
        problems.add("body", Message::new("error-choose"));
    }
    if form.happened.is_some_and(|at| at > acting.now()) {
        problems.add("happened", Message::new("case-error-future"));
    }
    problems.bounded("words", &form.words, 20_000);
    problems.none()?;
    let leads = protection_leads(acting, tenant).await?;
    let mut act = begin!(acting, file.context(acting, Action::RecordRightsIncident)?);
    let incident = RightsIncident {
        tenant,
        id: act.new_id(),
        case: id,
        rule: rule.unwrap_or(12),
        body: body.unwrap_or(ByBody::Other),
        state: IncidentState::Open,
        happened_at: form.happened.unwrap_or(act.now()),
        recorded_at: act.now(),
        recorded_by: Some(account),
    };
    let file = (file.person.record.id, file.case.record.sealed);
    write(acting, &mut act, &incident, file, (vault, &form.words), leads).await?;
    act.commit(&incident.id).await?;
    Ok(incident.id)
}

/// Writes an incident within an act: the record, the case's history, and the
/// work of whoever leads protection. `file` is the person, and whether the
/// record is sealed.
async fn write(
    acting: &Acting<'_>,
    act: &mut Act,
    incident: &RightsIncident,
    (person, sealed): (PersonId, bool),
    (vault, words): (Option<&UnlockedVault>, &str),
    leads: Vec<AccountId>,
) -> Result<(), Refused> {
    let (tenant, id) = (incident.tenant, incident.case);
    record::insert(act, incident).await?;
    act.about(incident.id);
    let event = events::new(act, id, "rights-incident")
        .with("rule", incident.rule.to_string())
        .with("body", incident.body.code())
        .happened(incident.happened_at);
    tell(act, vault, person, event, Some(words)).await?;
    for lead in leads {
        let work = Task {
            tenant,
            id: act.new_id::<TaskId>(),
            kind: "task-rights-incident".into(),
            // A sealed record shows itself to its team alone (E11).
            subject: (!sealed).then(|| id.subject()),
            note: acting.app.catalogue.text(acting.language, &format!("rule-{}", incident.rule)),
            desk: None,
            assignee: Some(lead),
            due_at: Some(act.now().after(Duration::from_secs(86_400))),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        tasks::insert(act, &work).await?;
    }
    Ok(())
}

/// Records what a decision made elsewhere lacks, in the act that writes the
/// decision down (R094): rule 12, the body that decided, no words. Nothing if
/// the case has it already.
pub(crate) async fn of_decision(
    acting: &Acting<'_>,
    act: &mut Act,
    decision: &Identification,
    file: (PersonId, bool),
    leads: Vec<AccountId>,
) -> Result<Option<RightsIncidentId>, Refused> {
    let incident = RightsIncident {
        tenant: decision.tenant,
        id: act.new_id(),
        case: decision.case,
        rule: DECISIONS_NAME_THEIR_AUTHOR.number,
        body: FoundBy::from_code(&decision.body).map_or(ByBody::Other, ByBody::that_identified),
        state: IncidentState::Open,
        happened_at: decision.decided_at,
        recorded_at: act.now(),
        recorded_by: Some(decision.decided_by),
    };
    let known = record::of_case::<RightsIncident>(act, incident.tenant, incident.case).await?;
    let same = |one: &RightsIncident| {
        (one.rule, one.body, one.happened_at)
            == (incident.rule, incident.body, incident.happened_at)
    };
    if known.iter().any(|one| same(&one.record)) {
        return Ok(None);
    }
    write(acting, act, &incident, file, (None, ""), leads).await?;
    Ok(Some(incident.id))
}

/// Who leads protection: whoever is on call.
pub(crate) async fn protection_leads(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<Vec<AccountId>, Refused> {
    let held = roles::holders(&acting.app.store, tenant, Role::OnCall, acting.now()).await?;
    Ok(held.into_iter().map(|holder| holder.record.account).collect())
}

/// The rights incidents of a case.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &Opened) -> Result<Vec<Versioned<RightsIncident>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}

/// All of one's tenant, for the protection lead: coded facts.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Versioned<RightsIncident>>, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Supervision);
    acting.allow_for(Action::ReadRightsIncidents, &Resource::of(tenant), purpose).await?;
    let mut context =
        acting.context(Action::ReadRightsIncidents)?.for_purpose(Purpose::Supervision);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    Ok(record::of_tenant(&read, tenant, &[]).await?)
}

/// Moves an incident on: raised with the body, answered, closed.
///
/// # Errors
/// [`Refused::NotFound`] for an incident that is not there.
pub async fn move_on(
    acting: &Acting<'_>,
    id: RightsIncidentId,
    state: IncidentState,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Supervision);
    acting.allow_for(Action::ReadRightsIncidents, &Resource::of(tenant), purpose).await?;
    let context = acting.context(Action::ReadRightsIncidents)?.for_purpose(Purpose::Supervision);
    let mut act = begin!(acting, context.about(id));
    let found = record::find::<RightsIncident>(&act, tenant, id.uuid()).await?;
    let found = found.ok_or(Refused::NotFound)?;
    let mut incident = found.record;
    incident.state = state;
    record::update(&mut act, &incident, found.revision).await?;
    let event = events::new(&act, incident.case, "rights-incident-moved")
        .with("rights_state", state.code());
    events::insert(&mut act, &event).await?;
    Ok(act.commit(&()).await?)
}

/// Counts by rule that are safe to pass on: below the threshold a count is
/// hidden, and no total is given from which it could be subtracted.
#[must_use]
pub fn safe_counts(incidents: &[RightsIncident], threshold: u32) -> BTreeMap<u8, Option<u32>> {
    let mut counts: BTreeMap<u8, u32> = BTreeMap::new();
    for incident in incidents {
        *counts.entry(incident.rule).or_default() += 1;
    }
    counts.into_iter().map(|(rule, n)| (rule, (n >= threshold).then_some(n))).collect()
}
