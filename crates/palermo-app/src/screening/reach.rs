//! Who can be turned to: before the first question, and after the last (E35).

use super::{own, purpose};
use crate::{Acting, Refused, access::Action};
use palermo_domain::{
    desk::{Desk, DeskLevel},
    hours::standing,
    register::state::StateCode,
    screening::{Age, Outcome, next_desk},
    service::{
        Need,
        find::{Found, Particulars, Wanted},
    },
};
use palermo_store::{Paging, desk as desks};

/// Desks that take work, of all organisations.
///
/// # Errors
/// When the database does not answer.
pub async fn open_desks(acting: &Acting<'_>) -> Result<Vec<Desk>, Refused> {
    let (_, _, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let store = &acting.app.store;
    let page = desks::list(store, &filter, desks::SortBy::default(), Paging::all()).await?;
    Ok(page.items.into_iter().map(|desk| desk.record).collect())
}

/// Whom to call when nothing nearer is listed: national desks of the State
/// with a telephone, then regional ones.
///
/// # Errors
/// As [`open_desks`].
pub async fn duty_desks(acting: &Acting<'_>, state: Option<&str>) -> Result<Vec<Desk>, Refused> {
    let mut all = open_desks(acting).await?;
    all.retain(|desk| {
        desk.telephone.is_some()
            && (desk.level == DeskLevel::Regional
                || (desk.level == DeskLevel::National && desk.state.as_deref() == state))
    });
    all.sort_by_key(|desk| (desk.level == DeskLevel::Regional, desk.name.clone()));
    Ok(all)
}

/// A search for a safe bed that found nothing: what an unmet need is filed from.
#[derive(Debug, Clone)]
pub struct Gap {
    /// What was looked for.
    pub wanted: Wanted,
    /// What was found instead.
    pub found: Found,
}

/// Whether a safe bed is listed within reach, before anything is asked (E35).
/// Nothing if there is one, or if the State is not known.
///
/// # Errors
/// When the database does not answer.
pub async fn gap(acting: &Acting<'_>) -> Result<Option<Gap>, Refused> {
    let state = acting.subject.state.as_deref().and_then(|code| code.parse::<StateCode>().ok());
    let Some(state) = state else { return Ok(None) };
    let wanted = Wanted {
        need: Need::Shelter,
        state,
        area: None,
        person: Particulars::default(),
        tried: Vec::new(),
    };
    let found = crate::service::find(acting, &wanted).await?;
    Ok((!found.in_reach()).then_some(Gap { wanted, found }))
}

/// The desk an outcome leads to: one with a telephone that answers now; else one with a
/// telephone; one without only where none of these is.
///
/// # Errors
/// As [`open_desks`].
pub async fn next(
    acting: &Acting<'_>,
    outcome: Outcome,
    age: Age,
    state: Option<&str>,
) -> Result<Option<Desk>, Refused> {
    let all = open_desks(acting).await?;
    let state = state.or(acting.subject.state.as_deref());
    let own = acting.subject.tenant.map(|(tenant, _)| tenant);
    let now = acting.now();
    let ring: Vec<Desk> = all.iter().filter(|desk| desk.telephone.is_some()).cloned().collect();
    let open = |desk: &&Desk| standing(Some(&desk.hours), Some(&desk.time_zone), now).is_open();
    let answer: Vec<Desk> = ring.iter().filter(open).cloned().collect();
    let found = [&answer, &ring, &all]
        .into_iter()
        .find_map(|desks| next_desk(outcome, age, state, own, desks));
    Ok(found.cloned())
}
