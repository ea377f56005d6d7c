//! Incidents: recorded once, then the persons found in them get a case each.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    case::incident::{FoundBy, Incident, Site},
    id::IncidentId,
    moment::Moment,
    purpose::Purpose,
};
use palermo_store::{Paging, Versioned, case::incident as incidents};

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
    let mut problems = Problems::default();
    let site = Site::from_code(&form.site);
    if site.is_none() {
        problems.add("site", Message::new("error-choose"));
    }
    let found_by = FoundBy::from_code(&form.found_by);
    if found_by.is_none() {
        problems.add("found_by", Message::new("error-choose"));
    }
    let state = form.state.trim().to_uppercase();
    if !state.is_empty() && !acting.app.content.knows_state(&state) {
        problems.add("state", Message::new("error-unknown-state").with("code", &state));
    }
    if form.happened.is_some_and(|at| at > acting.now()) {
        problems.add("happened", Message::new("case-error-future"));
    }
    problems.none()?;
    let id: IncidentId = acting.app.store.new_id();
    let context = acting.context(Action::OpenCase)?.for_purpose(purpose).about(id);
    let context = form.happened.map_or(context.clone(), |at| context.happened(at));
    let mut act = begin!(acting, context);
    let incident = Incident {
        tenant,
        id,
        happened_at: form.happened.unwrap_or(act.now()),
        state: (!state.is_empty()).then_some(state),
        site: site.unwrap_or(Site::Other),
        found_by: found_by.unwrap_or(FoundBy::Other),
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
