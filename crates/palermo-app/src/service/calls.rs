//! "Called, no answer": who went on to the next protected service would often
//! ring the very same telephone. All that one number leads to step back together.

use super::{hidden, line, sees_protected};
use crate::{Acting, Refused};
use palermo_domain::{
    desk::Desk,
    id::ServiceId,
    register::state::StateCode,
    service::{
        DeskRef, Place, Service, Status, dialled,
        find::{Lines, Offer, Wanted},
        hidden::Behind,
    },
};
use palermo_store::service::{self as services, Filter};
use std::collections::HashMap;

/// The numbers staff are told for protected services, each looked up once.
#[derive(Debug, Default)]
struct Numbers {
    known: HashMap<(Option<StateCode>, Option<DeskRef>), Option<String>>,
}

impl Numbers {
    async fn of(
        &mut self,
        acting: &Acting<'_>,
        service: &Service,
    ) -> Result<Option<String>, Refused> {
        let named = match &service.place {
            Place::Protected { through } => *through,
            Place::Open { .. } => return Ok(None),
        };
        let key = (service.state, named);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let desk = hidden::through(acting, service, true).await?;
        let number = number(acting, desk.as_ref(), service.state).await?;
        self.known.insert(key, number.clone());
        Ok(number)
    }
}

/// The number told to whoever is led to a desk; where there is none, the desk
/// itself stands for it.
async fn number(
    acting: &Acting<'_>,
    desk: Option<&Desk>,
    state: Option<StateCode>,
) -> Result<Option<String>, Refused> {
    let instead = line(acting, desk, state).await?;
    let told = desk.and_then(|desk| desk.telephone.clone());
    let told = told.or_else(|| instead.and_then(|one| one.telephone));
    let itself = || desk.map(|desk| desk.id.to_string());
    Ok(told.map(|told| dialled(&told)).or_else(itself))
}

/// Which protected services of a search share a number, and at which numbers
/// nobody answered, in this search or within a day. Staff know it of each
/// service; the public of the entries that stand for all behind a desk, by the
/// number of that desk alone.
pub(super) async fn lines(
    acting: &Acting<'_>,
    wanted: &Wanted,
    offers: &[Offer],
    behind: &[Behind],
) -> Result<Lines, Refused> {
    let store = &acting.app.store;
    let staff = sees_protected(acting);
    let mut lines = Lines::default();
    if !offers.iter().any(|one| one.protected) {
        return Ok(lines);
    }
    let silent = services::unanswered(store, acting.now()).await?;
    let tried: &[ServiceId] = if staff { &wanted.tried } else { &[] };
    let called: Vec<ServiceId> = silent.keys().chain(tried).copied().collect();
    let mut numbers = Numbers::default();
    if !called.is_empty() {
        for kept in services::protected_among(store, &called).await? {
            let Some(number) = numbers.of(acting, &kept.service).await? else { continue };
            if tried.contains(&kept.id) {
                lines.tried.insert(number.clone());
            }
            if let Some(at) = silent.get(&kept.id) {
                let last = lines.silent.entry(number).or_insert(*at);
                *last = (*last).max(*at);
            }
        }
    }
    for entry in behind {
        let told = number(acting, entry.desk.as_ref(), Some(entry.state)).await?;
        let Some(told) = told else { continue };
        if wanted.tried.contains(&entry.id()) {
            lines.tried.insert(told.clone());
        }
        lines.of.insert(entry.id(), told);
    }
    if staff && !(lines.tried.is_empty() && lines.silent.is_empty()) {
        let filter = Filter {
            need: Some(wanted.need),
            state: Some(wanted.state),
            status: Some(Status::Active),
            protected: Some(true),
            ..Filter::default()
        };
        for kept in services::all(store, &filter).await? {
            if let Some(number) = numbers.of(acting, &kept.record.service).await? {
                lines.of.insert(kept.record.id, number);
            }
        }
    }
    Ok(lines)
}
