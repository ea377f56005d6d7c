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
        let same = known.names.into_iter().find(|area| fold(area) == typed);
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

/// Unmet needs by area, as whoever coordinates sees them.
#[derive(Debug, Clone, Default)]
pub struct ByArea {
    /// The one State they are of; none where they are of the whole region.
    pub state: Option<StateCode>,
    /// By State, area and need, small counts as "few" (R10); never the records.
    pub counts: BTreeMap<(StateCode, Option<String>, Need), Shown>,
    /// Of the whole region: the States among them in which no organisation coordinates.
    pub uncoordinated: BTreeSet<StateCode>,
}

/// Unmet needs by area and need, from all organisations: of the State asked for; else of
/// all States for whoever coordinates the region, as in a State without a coordination of
/// its own nobody else sees them; else of one's own State.
///
/// # Errors
/// What access or the store refuse.
pub async fn by_area(acting: &Acting<'_>, asked: Option<StateCode>) -> Result<ByArea, Refused> {
    let (tenant, _) = acting.member()?;
    let own = acting.subject.state.as_deref().and_then(|code| code.parse::<StateCode>().ok());
    let region = acting.may(Action::CoordinateNeeds, &Resource::region()).allowed;
    let state = asked.or(own.filter(|_| !region));
    let of = match state {
        Some(state) => Resource::of(tenant).in_state(Some(state.as_str())),
        None => Resource::region(),
    };
    acting.allow(Action::CoordinateNeeds, &of).await?;
    let all = needs::list(&acting.app.store, state).await?;
    let mut by_state: BTreeMap<StateCode, Vec<&UnmetNeed>> = BTreeMap::new();
    for one in &all {
        by_state.entry(one.record.entry.state).or_default().push(&one.record.entry);
    }
    let mut found = ByArea { state, ..ByArea::default() };
    if state.is_none() {
        let kind = Some(TenantKind::NationalCoordination);
        let filter = tenants::Filter { kind, ..tenants::Filter::default() };
        let coordinations = tenants::list(&acting.app.store, &filter, Paging::all()).await?.items;
        let has_one = |state: &StateCode| {
            coordinations.iter().any(|one| one.record.state.as_deref() == Some(state.as_str()))
        };
        found.uncoordinated = by_state.keys().copied().filter(|state| !has_one(state)).collect();
    }
    let threshold = acting.app.policy.publication_threshold();
    for (state, entries) in by_state {
        for ((area, need), shown) in rules::by_area(entries, threshold) {
            found.counts.insert((state, area, need), shown);
        }
    }
    Ok(found)
}
