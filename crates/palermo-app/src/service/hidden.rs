//! Protected services for whoever may not read them: one entry for each desk
//! and need. Which desk leads to a house, for the public and for staff.

use super::{is_public_desk, public_desk, public_desks, sees_protected};
use crate::{Acting, Refused, access::Action, access::Resource};
use palermo_domain::{
    desk::{Desk, DeskLevel},
    register::state::StateCode,
    service::{DeskRef, Need, Place, Service, Status, hidden::Behind},
};
use palermo_store::{
    Paging, desk as desks,
    service::{self as services, Filter, Kept},
};
use std::collections::HashMap;

/// Whether someone may see this record: an open one; a protected one if they
/// are staff of the field or keep it for their own organisation that helps people
/// (a program that was not made for the directory sees none, R9).
pub(super) fn sees(acting: &Acting<'_>, kept: &Kept) -> bool {
    !kept.service.place.is_protected() || sees_protected(acting) || keeps(acting, kept)
}

fn keeps(acting: &Acting<'_>, kept: &Kept) -> bool {
    acting.subject.tenant.is_some_and(|(tenant, kind)| {
        !acting.subject.is_program()
            && tenant == kept.tenant
            && kind.assists_people()
            && acting.may(Action::EditServices, &Resource::of(tenant)).allowed
    })
}

/// The desks that the public is led to, each looked up once.
#[derive(Debug, Default)]
pub(super) struct PublicDesks {
    known: HashMap<(Option<StateCode>, Option<DeskRef>), Option<Desk>>,
}

impl PublicDesks {
    /// The desk through which the public reaches a protected service.
    pub(super) async fn of(
        &mut self,
        acting: &Acting<'_>,
        service: &Service,
    ) -> Result<Option<Desk>, Refused> {
        let named = match &service.place {
            Place::Protected { through } => *through,
            Place::Open { .. } => None,
        };
        let key = (service.state, named);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let desk = through(acting, service, false).await?;
        self.known.insert(key, desk.clone());
        Ok(desk)
    }
}

/// The entries that stand for the protected services of a need in a State.
pub(super) async fn entries(
    acting: &Acting<'_>,
    need: Need,
    state: StateCode,
) -> Result<Vec<Behind>, Refused> {
    let filter = Filter {
        need: Some(need),
        state: Some(state),
        status: Some(Status::Active),
        protected: Some(true),
        ..Filter::default()
    };
    let mut desks = PublicDesks::default();
    let mut entries: Vec<Behind> = Vec::new();
    for kept in services::all(&acting.app.store, &filter).await? {
        let desk = desks.of(acting, &kept.record.service).await?;
        let entry = Behind { need, state, desk };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// The desk through which a protected service is reached: the one it names,
/// for those who may see it; else the State's own contact point or hotline desk.
pub(super) async fn through(
    acting: &Acting<'_>,
    service: &Service,
    staff: bool,
) -> Result<Option<Desk>, Refused> {
    let store = &acting.app.store;
    if let Place::Protected { through: Some(named) } = &service.place
        && let Some(desk) = desks::find(store, named.tenant, named.desk).await?
        && (staff || is_public_desk(acting, &desk.record).await?)
    {
        return Ok(Some(desk.record));
    }
    match service.state {
        Some(state) => public_desk(acting, state).await,
        None => Ok(None),
    }
}

/// The desk with a telephone that everyone may turn to when nothing else helps:
/// the State's own, else that of the region.
///
/// # Errors
/// When the database does not answer.
pub async fn duty_desk(acting: &Acting<'_>, state: StateCode) -> Result<Option<Desk>, Refused> {
    let national = public_desks(acting, state).await?;
    if let Some(desk) = national.into_iter().find(|desk| desk.telephone.is_some()) {
        return Ok(Some(desk));
    }
    region_desk(acting).await
}

/// The desk of the region with a telephone that everyone may turn to.
pub(super) async fn region_desk(acting: &Acting<'_>) -> Result<Option<Desk>, Refused> {
    let filter = desks::Filter {
        open: Some(true),
        level: Some(DeskLevel::Regional),
        ..desks::Filter::default()
    };
    let found = desks::list(&acting.app.store, &filter, desks::SortBy::Name, Paging::all()).await?;
    for desk in found.items.into_iter().map(|one| one.record) {
        if desk.telephone.is_some() && is_public_desk(acting, &desk).await? {
            return Ok(Some(desk));
        }
    }
    Ok(None)
}
