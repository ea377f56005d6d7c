//! Unmet needs: filed when no service is in reach, seen exactly by one's own
//! organisation and by area by the coordinator of the State.
//!
//! An act of another area files one in its own transaction with
//! `palermo_store::unmet_need::insert(&mut act, &UnmetNeed::of(&wanted, &found, day))`.

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::UnmetNeedId,
    register::state::StateCode,
    service::{
        Need,
        find::{Found, Wanted},
    },
    tenant::TenantKind,
    unmet_need::{self as rules, Shown, UnmetNeed},
};
use palermo_store::{
    Paging, Versioned, fold, register::Filed, service as services, tenant as tenants,
    unmet_need as needs,
};
use std::collections::{BTreeMap, BTreeSet};

/// Files what a search did not find. The record says what was missing where,
/// never for whom or at what hour.
///
/// # Errors
/// What access or the store refuse.
pub async fn file(
    acting: &Acting<'_>,
    wanted: &Wanted,
    found: &Found,
) -> Result<UnmetNeedId, Refused> {
    let mut need = UnmetNeed::of(wanted, found, acting.now().date().into());
    if let Some(typed) = &need.area {
        // As services write it, so that one town is counted once.
        let typed = fold(typed.trim());
        let known = services::areas(&acting.app.store, need.state).await?;
        let same = known.into_iter().find(|area| fold(area) == typed);
        need.area = same.or(need.area);
    }
    file_record(acting, &need).await
}

/// Files a need that was described elsewhere (by a screening, by a case).
///
/// # Errors
/// [`Refused::Invalid`] for a State the register does not know.
pub async fn file_record(acting: &Acting<'_>, need: &UnmetNeed) -> Result<UnmetNeedId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::FileUnmetNeed, &Resource::of(tenant)).await?;
    if !acting.app.content.knows_state(need.state.as_str()) {
        let message = Message::new("error-unknown-state").with("code", need.state);
        return Err(Refused::field("state", message));
    }
    let mut act = begin!(acting, acting.context(Action::FileUnmetNeed)?);
    let id = needs::insert(&mut act, need).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Unmet needs of one's own organisation, the latest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list_own(
    acting: &Acting<'_>,
) -> Result<Vec<Versioned<Filed<UnmetNeedId, UnmetNeed>>>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadUnmetNeeds, &Resource::of(tenant)).await?;
    let all = needs::list(&acting.app.store, None::<StateCode>).await?;
    let mut own: Vec<_> = all.into_iter().filter(|one| one.record.tenant == tenant).collect();
    own.sort_by(|a, b| {
        b.record.entry.on.cmp(&a.record.entry.on).then(a.record.id.cmp(&b.record.id))
    });
    Ok(own)
}

/// Unmet needs of a State by area and need, from all organisations, small
/// counts as "few" (R10).
///
/// # Errors
/// What access or the store refuse.
pub async fn by_area(
    acting: &Acting<'_>,
    state: StateCode,
) -> Result<BTreeMap<(Option<String>, Need), Shown>, Refused> {
    let (tenant, _) = acting.member()?;
    let of_state = Resource::of(tenant).in_state(Some(state.as_str()));
    acting.allow(Action::CoordinateNeeds, &of_state).await?;
    let all = needs::list(&acting.app.store, Some(state)).await?;
    let entries: Vec<&UnmetNeed> = all.iter().map(|one| &one.record.entry).collect();
    Ok(rules::by_area(entries, acting.app.policy.publication_threshold()))
}

/// Unmet needs of the region.
#[derive(Debug, Clone, Default)]
pub struct OfRegion {
    /// By State, area and need, small counts as "few" (R10); never the records.
    pub counts: BTreeMap<(StateCode, Option<String>, Need), Shown>,
    /// The States among them in which no organisation coordinates.
    pub uncoordinated: BTreeSet<StateCode>,
}

/// Unmet needs of all States by area and need, for whoever coordinates the
/// region: in a State without a coordination of its own nobody else sees them.
///
/// # Errors
/// What access or the store refuse.
pub async fn of_region(acting: &Acting<'_>) -> Result<OfRegion, Refused> {
    acting.allow(Action::CoordinateNeeds, &Resource::region()).await?;
    let all = needs::list(&acting.app.store, None::<StateCode>).await?;
    let mut by_state: BTreeMap<StateCode, Vec<&UnmetNeed>> = BTreeMap::new();
    for one in &all {
        by_state.entry(one.record.entry.state).or_default().push(&one.record.entry);
    }
    let kind = Some(TenantKind::NationalCoordination);
    let filter = tenants::Filter { kind, ..tenants::Filter::default() };
    let coordinations = tenants::list(&acting.app.store, &filter, Paging::all()).await?.items;
    let has_one = |state: &StateCode| {
        coordinations.iter().any(|one| one.record.state.as_deref() == Some(state.as_str()))
    };
    let mut found = OfRegion {
        uncoordinated: by_state.keys().copied().filter(|state| !has_one(state)).collect(),
        ..OfRegion::default()
    };
    let threshold = acting.app.policy.publication_threshold();
    for (state, entries) in by_state {
        for ((area, need), shown) in rules::by_area(entries, threshold) {
            found.counts.insert((state, area, need), shown);
        }
    }
    Ok(found)
}
