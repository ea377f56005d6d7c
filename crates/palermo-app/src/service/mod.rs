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
mod hidden;

pub use address::{Opening, open_address, seal_address};
pub(crate) use address::{address_place, keyholder};
pub use edit::{change, confirm_places, create, note_unanswered};
pub(crate) use exchange::forget_rows;
pub use exchange::{How, ImportReport, Importer, Line, export_hsds, import_hsds};
pub use form::ServiceForm;
pub use hidden::duty_desk;
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
        Need, Phone, Service, Status,
        find::{Because, Excluding, Found, Match, Wanted, find as decide},
        hidden::Behind,
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
/// order, and for all protected services that one desk leads to one entry
/// that says nothing of any of them (R9).
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
    let mut offers = services::offers(&acting.app.store, wanted.need, wanted.state, now).await?;
    let mut behind = Vec::new();
    if !sees_protected(acting) {
        if offers.iter().any(|one| one.protected) {
            behind = hidden::entries(acting, wanted.need, wanted.state).await?;
        }
        offers.retain(|one| !one.protected);
        offers.extend(behind.iter().map(Behind::offer));
    }
    let area = wanted.area.as_deref().map(str::trim).filter(|area| !area.is_empty()).map(fold);
    let folded = Wanted { area, ..wanted.clone() };
    Ok(Found { behind, ..decide(&offers, &folded, now) })
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
    /// Where that desk has no telephone: one of the State or the region that has.
    pub line: Option<Desk>,
}

impl Shown {
    /// Whether it stands for all protected services behind a desk.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        self.service.place.is_protected() && self.service.name.is_empty()
    }
}

/// Whether someone may see who runs a protected service and how it is reached
/// (never where it is).
#[must_use]
pub fn sees_protected(acting: &Acting<'_>) -> bool {
    acting.may(Action::ReadDirectory, &Resource::region()).allowed
}

/// The first matches with their records. For the public the entry that stands
/// for protected services is always among them: whoever needs such a house is
/// not to look for it on the second page.
///
/// # Errors
/// When the database does not answer.
pub async fn shown(acting: &Acting<'_>, found: &Found, most: usize) -> Result<Vec<Shown>, Refused> {
    let stands = |one: &&Match| found.behind.iter().any(|entry| entry.id() == one.id);
    let mut first: Vec<&Match> = found.matches.iter().take(most).collect();
    let left = found.matches.iter().skip(most).find(stands);
    if let Some(entry) = left.filter(|_| !first.iter().any(stands)) {
        first.pop();
        first.push(entry);
    }
    let ids: Vec<ServiceId> = first.iter().map(|one| one.id).collect();
    let records = services::by_ids(&acting.app.store, &ids).await?;
    let mut by_id: HashMap<ServiceId, Kept> =
        records.into_iter().map(|one| (one.record.id, one.record)).collect();
    let mut list: Vec<Shown> = Vec::new();
    for matched in first {
        if let Some(entry) = found.behind.iter().find(|entry| entry.id() == matched.id) {
            list.push(entry_shown(acting, entry, matched).await?);
            continue;
        }
        let Some(kept) = by_id.remove(&matched.id) else { continue };
        let through = match kept.service.place.is_protected() {
            true => hidden::through(acting, &kept.service, true).await?,
            false => None,
        };
        let line = line(acting, through.as_ref(), kept.service.state).await?;
        list.push(Shown {
            tenant: kept.tenant,
            id: matched.id,
            service: kept.service,
            because: matched.because.clone(),
            standing: matched.standing,
            through,
            line,
        });
    }
    Ok(list)
}

/// The entry for the protected services behind a desk, as it is shown.
async fn entry_shown(
    acting: &Acting<'_>,
    entry: &Behind,
    matched: &Match,
) -> Result<Shown, Refused> {
    Ok(Shown {
        tenant: matched.tenant,
        id: matched.id,
        service: entry.service(),
        because: matched.because.iter().copied().filter(|why| Behind::tells(*why)).collect(),
        standing: matched.standing,
        through: entry.desk.clone(),
        line: line(acting, entry.desk.as_ref(), Some(entry.state)).await?,
    })
}

/// Where the desk that leads on has no telephone: one that has.
async fn line(
    acting: &Acting<'_>,
    through: Option<&Desk>,
    state: Option<StateCode>,
) -> Result<Option<Desk>, Refused> {
    match (through, state) {
        (Some(desk), Some(state)) if desk.telephone.is_none() => duty_desk(acting, state).await,
        _ => Ok(None),
    }
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
    if !hidden::sees(acting, &found.record) {
        return Err(Refused::NotFound);
    }
    let through = match found.record.service.place.is_protected() {
        true => hidden::through(acting, &found.record.service, true).await?,
        false => None,
    };
    Ok((found, through))
}

/// Services of the region as this person may see them: whoever is no staff of
/// the field without the protected ones, but for those of their own house.
///
/// # Errors
/// When the database does not answer.
pub async fn list(acting: &Acting<'_>, filter: &Filter) -> Result<Vec<Versioned<Kept>>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let mut all = services::all(&acting.app.store, filter).await?;
    all.retain(|one| hidden::sees(acting, &one.record));
    Ok(all)
}

/// The languages that open services list, to choose from.
///
/// # Errors
/// When the database does not answer.
pub async fn languages(acting: &Acting<'_>) -> Result<Vec<String>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    Ok(services::languages(&acting.app.store).await?)
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
    /// The desk everyone may turn to: of the State, else of the region.
    pub desk: Option<Desk>,
    /// Where the State has no number of its own: numbers that are the same in
    /// all States of a mechanism.
    pub regional: Vec<Phone>,
}

impl HelpOfState {
    /// Whether there is any number to call or keep.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        let phones = |one: &Service| !one.phones.is_empty();
        self.hotlines.iter().chain(&self.services).any(phones)
            || !self.regional.is_empty()
            || self.desk.as_ref().is_some_and(|desk| desk.telephone.is_some())
    }
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
    help.desk = match public_desk(acting, state).await? {
        Some(desk) => Some(desk),
        None => duty_desk(acting, state).await?,
    };
    if help.hotlines.is_empty() {
        help.regional = uniform(acting).await?;
    }
    Ok(help)
}

/// Numbers that are the same in all States of a mechanism, each once.
async fn uniform(acting: &Acting<'_>) -> Result<Vec<Phone>, Refused> {
    let filter =
        Filter { need: Some(Need::Hotline), status: Some(Status::Active), ..Filter::default() };
    let mut phones: Vec<Phone> = Vec::new();
    for one in services::all(&acting.app.store, &filter).await? {
        if one.record.service.place.is_protected() {
            continue;
        }
        for phone in one.record.service.phones {
            let known = phones.iter().any(|known| known.number == phone.number);
            if phone.uniform.is_some() && !known {
                phones.push(phone);
            }
        }
    }
    Ok(phones)
}
