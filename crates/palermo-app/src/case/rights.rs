//! Rights incidents: recorded in any state of a case by whoever may write in
//! it (R243). What the protection lead does with them is in `rights_lead.rs`,
//! the counts for a rapporteur in `rights_count.rs`.

use super::{Opened, permitted, tell};
use crate::{Acting, App, Message, Problems, Refused, access::Action, begin};
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
use std::time::Duration;

/// The fact of an event that names its incident.
pub(super) const INCIDENT: &str = "incident";

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
    write(acting, &mut act, &incident, file, (vault, &form.words), &leads).await?;
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
    leads: &Protection,
) -> Result<(), Refused> {
    let id = incident.case;
    record::insert(act, incident).await?;
    act.about(incident.id);
    let event = events::new(act, id, "rights-incident")
        .with("rule", incident.rule.to_string())
        .with("body", incident.body.code())
        .with(INCIDENT, incident.id.to_string())
        .happened(incident.happened_at);
    tell(act, vault, person, event, Some(words)).await?;
    let rule = acting.app.catalogue.text(acting.language, &format!("rule-{}", incident.rule));
    // A sealed record shows itself to its team alone (E11).
    let subject = (!sealed).then(|| id.subject());
    let kinds = ("task-rights-incident", "task-rights-incident-nobody");
    let work = leads.work(act, kinds, subject, &rule, 24);
    Ok(tasks::insert_many(act, &work).await?)
}

/// Records what a decision made elsewhere lacks, in the act that writes the
/// decision down (R094): rule 12, the body that decided, no words. Nothing if
/// the case has it already.
pub(crate) async fn of_decision(
    acting: &Acting<'_>,
    act: &mut Act,
    decision: &Identification,
    file: (PersonId, bool),
    leads: &Protection,
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

/// Whoever hears of a violation, and of a child nobody stands by.
#[derive(Debug, Clone)]
pub(crate) struct Protection {
    /// Their accounts.
    pub(crate) who: Vec<AccountId>,
    /// Whether they lead protection. Otherwise nobody is on call, and these are
    /// the administrators, who see no case: they have to name someone.
    pub(crate) on_call: bool,
}

impl Protection {
    /// The work this makes in a case, one task for each of them. Administrators
    /// learn that something waits, and of which kind, never of which case.
    pub(crate) fn work(
        &self,
        act: &Act,
        (kind, to_name): (&str, &str),
        subject: Option<String>,
        note: &str,
        hours: u64,
    ) -> Vec<Task> {
        let task = |account: &AccountId| Task {
            tenant: act.tenant(),
            id: act.new_id::<TaskId>(),
            kind: if self.on_call { kind } else { to_name }.into(),
            subject: subject.clone().filter(|_| self.on_call),
            note: if self.on_call { note.into() } else { String::new() },
            desk: None,
            assignee: Some(*account),
            due_at: Some(act.now().after(Duration::from_secs(hours * 3600))),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        self.who.iter().map(task).collect()
    }
}

/// Who leads protection: whoever is on call. Where nobody is, an administrator
/// hears of it, so that somebody does.
pub(crate) async fn protection_leads(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<Protection, Refused> {
    protection(acting.app, tenant).await
}

/// The same for the program itself.
pub(crate) async fn protection(app: &App, tenant: TenantId) -> Result<Protection, Refused> {
    for role in [Role::OnCall, Role::TenantAdministrator] {
        let held = roles::holders(&app.store, tenant, role, app.store.now()).await?;
        if !held.is_empty() {
            let who = held.into_iter().map(|holder| holder.record.account).collect();
            return Ok(Protection { who, on_call: role == Role::OnCall });
        }
    }
    Ok(Protection { who: Vec::new(), on_call: false })
}

/// The rights incidents of a case.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &Opened) -> Result<Vec<Versioned<RightsIncident>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}
