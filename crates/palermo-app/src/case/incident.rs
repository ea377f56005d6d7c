//! Incidents: recorded once, then the persons found in them get a case each. What
//! was written wrongly is corrected, and a case that was open already is joined.

use super::{change, permitted, tell};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    case::incident::{FoundBy, Incident, Site},
    id::{CaseId, IncidentId},
    moment::Moment,
    purpose::Purpose,
};
use palermo_store::{
    Paging, Revision, Versioned,
    case::{event as events, file as files, incident as incidents},
};

/// Incidents a case can be joined to, the latest first: those of long ago are not
/// looked for in a menu.
const CHOICES: usize = 200;

/// What someone typed about an incident.
#[derive(Debug, Clone, Default)]
pub struct IncidentForm {
    /// When it was; now, if empty.
    pub happened: Option<Moment>,
    /// State, alpha-3 or empty.
    pub state: String,
    /// Kind of place.
    pub site: String,
    /// Who found them.
    pub found_by: String,
}

impl IncidentForm {
    /// Place, finder and State, or every problem at once.
    fn read(&self, acting: &Acting<'_>) -> Result<(Site, FoundBy, Option<String>), Refused> {
        let mut problems = Problems::default();
        let site = Site::from_code(&self.site);
        if site.is_none() {
            problems.add("site", Message::new("error-choose"));
        }
        let found_by = FoundBy::from_code(&self.found_by);
        if found_by.is_none() {
            problems.add("found_by", Message::new("error-choose"));
        }
        let state = self.state.trim().to_uppercase();
        if !state.is_empty() && !crate::screening::is_a_state(acting, &state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        if self.happened.is_some_and(|at| at > acting.now()) {
            problems.add("happened", Message::new("case-error-future"));
        }
        problems.none()?;
        let (site, found_by) = (site.unwrap_or(Site::Other), found_by.unwrap_or(FoundBy::Other));
        Ok((site, found_by, (!state.is_empty()).then_some(state)))
    }
}

/// Records an incident.
///
/// # Errors
/// Every problem of the form at once.
pub async fn record(
    acting: &Acting<'_>,
    form: &IncidentForm,
    purpose: Purpose,
) -> Result<IncidentId, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(purpose)).await?;
    let (site, found_by, state) = form.read(acting)?;
    let id: IncidentId = acting.app.store.new_id();
    let context = acting.context(Action::OpenCase)?.for_purpose(purpose).about(id);
    let context = form.happened.map_or(context.clone(), |at| context.happened(at));
    let mut act = begin!(acting, context);
    let incident = Incident {
        tenant,
        id,
        happened_at: form.happened.unwrap_or(act.now()),
        state,
        site,
        found_by,
        recorded_at: act.now(),
        recorded_by: Some(account),
    };
    incidents::insert(&mut act, &incident).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// One incident of one's tenant. It says nothing about anyone in it.
///
/// # Errors
/// [`Refused::NotFound`] for an incident of another tenant.
pub async fn show(
    acting: &Acting<'_>,
    id: IncidentId,
    purpose: Purpose,
) -> Result<Versioned<Incident>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(purpose)).await?;
    incidents::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)
}

/// Incidents of one's tenant, the latest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(
    acting: &Acting<'_>,
    purpose: Purpose,
) -> Result<Vec<Versioned<Incident>>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(purpose)).await?;
    Ok(incidents::list(&acting.app.store, tenant, Paging::all()).await?.items)
}

/// Corrects an incident as someone saw it. Without a day the one written first stays.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone else
/// corrected it meanwhile.
pub async fn correct(
    acting: &Acting<'_>,
    id: IncidentId,
    form: &IncidentForm,
    seen: Revision,
    purpose: Purpose,
) -> Result<(), Refused> {
    let before = show(acting, id, purpose).await?;
    let (site, found_by, state) = form.read(acting)?;
    let context = acting.context(Action::OpenCase)?.for_purpose(purpose).about(id);
    let mut act = begin!(acting, context);
    let happened_at = form.happened.unwrap_or(before.record.happened_at);
    let incident = Incident { happened_at, state, site, found_by, ..before.record };
    incidents::update(&mut act, &incident, seen).await?;
    Ok(act.commit(&()).await?)
}

/// The incidents of one's organisation a case can be joined to, the latest first.
///
/// # Errors
/// [`Refused::NotFound`] for a case that is not there for this person.
pub async fn to_choose(
    acting: &Acting<'_>,
    case: CaseId,
    purpose: Purpose,
) -> Result<Vec<Versioned<Incident>>, Refused> {
    let file = permitted(acting, case, Action::WriteCase, purpose).await?;
    let tenant = file.case.record.tenant;
    let all = incidents::list(&acting.app.store, tenant, Paging::all()).await?.items;
    Ok(choices(all, file.case.record.incident))
}

/// The latest, and the one the case is joined to however long ago it was: a form saved
/// as it was shown leaves a case where it is.
fn choices(
    mut all: Vec<Versioned<Incident>>,
    present: Option<IncidentId>,
) -> Vec<Versioned<Incident>> {
    let older = all.iter().skip(CHOICES).find(|one| Some(one.record.id) == present).cloned();
    all.truncate(CHOICES);
    all.extend(older);
    all
}

/// Joins a case to an incident, or takes it out of one; its history says so.
/// Nothing anyone said goes from one case to another (R242). `seen` is the incident
/// it was joined to when that was chosen.
///
/// # Errors
/// [`Refused::NotFound`] for an incident of another organisation; [`Refused::Conflict`]
/// if someone else joined the case to another meanwhile.
pub async fn join(
    acting: &Acting<'_>,
    case: CaseId,
    (seen, incident): (Option<IncidentId>, Option<IncidentId>),
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::WriteCase, purpose).await?;
    let tenant = file.case.record.tenant;
    if let Some(id) = incident {
        incidents::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    }
    if file.case.record.incident == incident {
        return Ok(());
    }
    let mut context = file.context(acting, Action::WriteCase)?;
    for id in [file.case.record.incident, incident].into_iter().flatten() {
        context = context.about(id);
    }
    let mut act = begin!(acting, context);
    let before = files::get(&act, case).await?.record.incident;
    if before != seen {
        act.give_up().await?;
        return Err(Refused::Conflict);
    }
    change(&mut act, case, |case| case.incident = incident).await?;
    let kind = if incident.is_some() { "incident-joined" } else { "incident-left" };
    let event = events::new(&act, case, kind);
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use palermo_domain::id::{Id, TenantId};
    use uuid::Uuid;

    fn incident(number: u128) -> Versioned<Incident> {
        let at = Moment::from_micros(0);
        Versioned {
            record: Incident {
                tenant: TenantId::from_uuid(Uuid::nil()),
                id: IncidentId::from_uuid(Uuid::from_u128(number)),
                happened_at: at,
                state: None,
                site: Site::Other,
                found_by: FoundBy::Other,
                recorded_at: at,
                recorded_by: None,
            },
            revision: Revision(1),
        }
    }

    #[test]
    fn the_incident_of_a_case_can_be_chosen_however_many_came_after_it() {
        let all: Vec<_> = (1..=300).map(incident).collect();
        let old = all.last().map(|one| one.record.id);
        assert_eq!(choices(all.clone(), None).len(), CHOICES);
        let with = choices(all, old);
        assert_eq!(with.len(), CHOICES + 1);
        assert_eq!(with.last().map(|one| one.record.id), old);
    }
}
