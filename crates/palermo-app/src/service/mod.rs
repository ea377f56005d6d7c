//! Services: finding help, and what an organisation says about its own.
//!
//! What other areas use:
//!
//! ```ignore
//! let wanted = Wanted { need: Need::Shelter, state, area, person, tried: vec![] };
//! let found = service::find(&acting, &wanted).await?;          // pure facts, sorted
//! let shown = service::shown(&acting, &found, 5).await?;       // the first five with their records
//! if !found.in_reach() { unmet_need::file(&acting, &wanted, &found).await?; }
//! ```
//!
//! `Wanted` has no field for nationality, immigration status or cooperation,
//! so nothing here can rank by them (R1). Of a protected service no caller
//! ever gets an address: it is reached through a desk (R9).

mod address;
mod edit;
mod exchange;
mod form;

pub use address::{Opening, open_address, seal_address};
pub(crate) use address::{address_place, keyholder};
pub use edit::{change, confirm_places, create, note_unanswered};
pub(crate) use exchange::forget_rows;
pub use exchange::{How, ImportReport, Importer, Line, export_hsds, import_hsds};
pub use form::ServiceForm;
pub use palermo_standards::hsds::{InputFile, csv_files, tabular_json, unzip, zipped};
pub use palermo_store::service::Filter as ServiceFilter;

/// A service as it is kept, with its revision.
pub type KeptService = Versioned<Kept>;

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    desk::{Desk, DeskLevel},
    hours::Standing,
    id::{ServiceId, TenantId},
    register::state::StateCode,
    service::{
        Need, Place, Service, Status,
        find::{Because, Excluding, Found, Wanted, find as decide},
    },
    tenant::TenantKind,
};
use palermo_store::{
    Paging, Versioned, desk as desks, fold,
    service::{self as services, Filter, Kept},
    tenant as tenants,
};
use std::collections::HashMap;

/// Searches help for a person. Open to everyone: the public gets the same
/// order, and of protected services nothing but that they exist.
///
/// # Errors
/// [`Refused::Invalid`] for a State the register does not know.
pub async fn find(acting: &Acting<'_>, wanted: &Wanted) -> Result<Found, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    if !acting.app.content.knows_state(wanted.state.as_str()) {
        let message = Message::new("error-unknown-state").with("code", wanted.state);
        return Err(Refused::field("state", message));
    }
    let now = acting.now();
    let offers = services::offers(&acting.app.store, wanted.need, wanted.state, now).await?;
    let area = wanted.area.as_deref().map(str::trim).filter(|area| !area.is_empty()).map(fold);
    let folded = Wanted { area, ..wanted.clone() };
    Ok(decide(&offers, &folded, now))
}

/// A service as this person may see it, with why it stands where it stands.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Who keeps the record.
    pub tenant: TenantId,
    /// Its id.
    pub id: ServiceId,
    /// The service; of a protected one, for the public, neither name nor numbers.
    pub service: Service,
    /// Why it stands here.
    pub because: Vec<Because>,
    /// Whether it is open.
    pub standing: Standing,
    /// For a protected service, the desk through which it is reached.
    pub through: Option<Desk>,
}

/// Whether someone may see who runs a protected service and how it is reached
/// (never where it is).
#[must_use]
pub fn sees_protected(acting: &Acting<'_>) -> bool {
    acting.may(Action::ReadDirectory, &Resource::region()).allowed
}

/// The first matches with their records. For the public all protected services
/// of a State are one line, so that their number tells nothing (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn shown(acting: &Acting<'_>, found: &Found, most: usize) -> Result<Vec<Shown>, Refused> {
    let staff = sees_protected(acting);
    let reach = if staff { most } else { most.saturating_mul(4) };
    let ids: Vec<ServiceId> = found.matches.iter().take(reach).map(|one| one.id).collect();
    let records = services::by_ids(&acting.app.store, &ids).await?;
    let mut by_id: HashMap<ServiceId, Kept> =
        records.into_iter().map(|one| (one.record.id, one.record)).collect();
    let mut list: Vec<Shown> = Vec::new();
    for matched in found.matches.iter().take(reach) {
        let Some(kept) = by_id.remove(&matched.id) else { continue };
        let protected = kept.service.place.is_protected();
        if protected && !staff && list.iter().any(|one| one.service.place.is_protected()) {
            continue;
        }
        let through = if protected { through(acting, &kept.service, staff).await? } else { None };
        let service = if staff { kept.service } else { kept.service.for_the_public() };
        list.push(Shown {
            tenant: kept.tenant,
            id: matched.id,
            service,
            because: matched.because.clone(),
            standing: matched.standing,
            through,
        });
        if list.len() == most {
            break;
        }
    }
    Ok(list)
}

/// The services that exclude the person, by name, for those who may see them.
///
/// # Errors
/// When the database does not answer.
pub async fn excluding(
    acting: &Acting<'_>,
    found: &Found,
    most: usize,
) -> Result<Vec<(Kept, Excluding)>, Refused> {
    let first: Vec<&Excluding> = found.excluding.iter().take(most).collect();
    let ids: Vec<ServiceId> = first.iter().map(|one| one.id).collect();
    let records = services::by_ids(&acting.app.store, &ids).await?;
    let staff = sees_protected(acting);
    let visible = records.into_iter().map(|one| one.record);
    let visible = visible.filter(|kept| staff || !kept.service.place.is_protected());
    Ok(visible
        .filter_map(|kept| {
            let why = first.iter().find(|one| one.id == kept.id)?;
            Some((kept, (*why).clone()))
        })
        .collect())
}

/// The desk through which a protected service is reached: the one it names,
/// for those who may see it; else the State's own contact point or hotline desk.
async fn through(
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

/// The desk of a State that everyone may turn to: of a hotline first, then of
/// the national coordination.
///
/// # Errors
/// When the database does not answer.
pub async fn public_desk(acting: &Acting<'_>, state: StateCode) -> Result<Option<Desk>, Refused> {
    let filter = desks::Filter {
        state: Some(state.to_string()),
        open: Some(true),
        level: Some(DeskLevel::National),
        ..desks::Filter::default()
    };
    let found = desks::list(&acting.app.store, &filter, desks::SortBy::Name, Paging::all()).await?;
    let mut coordination = None;
    for desk in found.items.into_iter().map(|one| one.record) {
        if !is_public_desk(acting, &desk).await? {
            continue;
        }
        if desk.topics.iter().any(|topic| topic == "hotline") {
            return Ok(Some(desk));
        }
        coordination = coordination.or(Some(desk));
    }
    Ok(coordination)
}

/// Whether the public may know of a desk: of the coordination of a State, of
/// the secretariat, and hotlines. That a shelter or a police unit has a desk is
/// nobody else's business.
pub(crate) async fn is_public_desk(acting: &Acting<'_>, desk: &Desk) -> Result<bool, Refused> {
    let tenant = tenants::find(&acting.app.store, desk.tenant).await?;
    Ok(match tenant.map(|tenant| tenant.record.kind) {
        Some(TenantKind::NationalCoordination | TenantKind::Secretariat) => true,
        Some(TenantKind::Identification) => desk.topics.iter().any(|topic| topic == "hotline"),
        _ => false,
    })
}

/// One service. The public does not find protected ones at all.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there for this person.
pub async fn show(
    acting: &Acting<'_>,
    id: ServiceId,
) -> Result<(Versioned<Kept>, Option<Desk>), Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    let staff = sees_protected(acting);
    let protected = found.record.service.place.is_protected();
    if protected && !staff {
        return Err(Refused::NotFound);
    }
    let through =
        if protected { through(acting, &found.record.service, staff).await? } else { None };
    Ok((found, through))
}

/// Services of the region as this person may see them: the public without the
/// protected ones.
///
/// # Errors
/// When the database does not answer.
pub async fn list(acting: &Acting<'_>, filter: &Filter) -> Result<Vec<Versioned<Kept>>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let mut filter = filter.clone();
    if !sees_protected(acting) {
        filter.protected = Some(false);
    }
    Ok(services::all(&acting.app.store, &filter).await?)
}

/// What the public page of a State shows: hotlines, open services by need, the
/// desk to turn to, and the kinds of protected help there are.
#[derive(Debug, Clone, Default)]
pub struct HelpOfState {
    /// Numbers to call.
    pub hotlines: Vec<Service>,
    /// Other open services.
    pub services: Vec<Service>,
    /// Kinds of help at protected addresses.
    pub protected: Vec<Need>,
    /// The desk everyone may turn to.
    pub desk: Option<Desk>,
}

/// The help of a State, for everyone.
///
/// # Errors
/// [`Refused::NotFound`] for a State the register does not know.
pub async fn of_state(acting: &Acting<'_>, state: StateCode) -> Result<HelpOfState, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    if !acting.app.content.knows_state(state.as_str()) {
        return Err(Refused::NotFound);
    }
    let filter = Filter { state: Some(state), status: Some(Status::Active), ..Filter::default() };
    let mut help = HelpOfState::default();
    for one in services::all(&acting.app.store, &filter).await? {
        let service = one.record.service;
        if service.place.is_protected() {
            if !help.protected.contains(&service.need) {
                help.protected.push(service.need);
            }
        } else if service.need == Need::Hotline {
            help.hotlines.push(service);
        } else {
            help.services.push(service);
        }
    }
    help.protected.sort_unstable();
    help.desk = public_desk(acting, state).await?;
    Ok(help)
}
