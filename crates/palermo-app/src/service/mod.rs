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
mod calls;
mod contacts;
mod edit;
mod exchange;
mod form;
mod hidden;
mod keeper;
mod phones;
mod places;
mod public;
mod standards;
mod views;

pub use address::{Opening, asked_openings, nobody_may_agree, open_address, seal_address};
pub(crate) use address::{address_place, keyholder};
pub(crate) use edit::desks_of;
pub use edit::{change, confirm, confirm_places, create, note_unanswered, record};
pub use exchange::{How, ImportReport, Importer, Line, export_hsds, import_hsds};
pub(crate) use exchange::{forget_rows, overwrite_traces};
pub use form::ServiceForm;
pub use hidden::duty_desk;
pub use keeper::{Keepers, keeper, keepers};
pub use palermo_standards::hsds::{InputFile, Package, csv_files, tabular_json, unzip, zipped};
pub use palermo_store::service::{Areas, Filter as ServiceFilter};
pub use places::{PlaceForm, add_place, change_place, end_place, place_of, with_places};
pub use public::{HelpOfState, ToCall, numbers_to_call, of_state};
pub use standards::{
    CountedStandard, KeptStandard, StandardForm, assessed_under, change_standard,
    counted_standards, enter_standard, list_standards, may_edit_standard, show_standard,
};
pub use views::{KeptView, ViewForm, assess, binding, may_assess, second_views};

/// A service as it is kept, with its revision.
pub type KeptService = Versioned<Kept>;

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    desk::{Desk, DeskLevel},
    hours::{self, Standing},
    id::{ServiceId, TenantId},
    moment::Moment,
    register::state::StateCode,
    service::{
        Place, Service,
        find::{Because, Excluding, Found, Match, Offer, Wanted, find as decide},
        hidden::{Behind, is_public},
    },
};
use palermo_store::{
    Paging, Versioned, desk as desks, fold,
    service::{self as services, Filter, Kept},
    tenant as tenants,
};
use std::collections::{HashMap, HashSet};

/// Searches help for a person. Open to everyone: the public gets the same
/// order, and for all protected services that one desk leads to one entry
/// that says nothing of any of them (R9). What was called without an answer
/// steps back with all that the same telephone leads to.
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
    if let Some((own, _)) = acting.subject.tenant {
        note_own(acting, own, &mut offers).await?;
    }
    let area = wanted.area.as_deref().map(str::trim).filter(|area| !area.is_empty()).map(fold);
    if let Some(area) = &area {
        // Whether it is open is asked of the place that is in the area.
        let here = services::hours_in(&acting.app.store, wanted.need, wanted.state, area).await?;
        for offer in &mut offers {
            offer.hours = here.get(&offer.id).cloned().or(offer.hours.take());
        }
    }
    let mut folded = Wanted { area, ..wanted.clone() };
    let lines = calls::lines(acting, wanted, &offers, &behind).await?;
    lines.step_back(&mut offers, &mut folded.tried);
    let found = decide(&offers, &folded, now);
    Ok(Found { behind, area: folded.area, ..found })
}

/// Of so many protected services of a State the desk is looked up, at most.
const MOST_HIDDEN: usize = 500;

/// Notes what leads back to the desk one sits at: services of one's own organisation, and
/// protected ones of others that a desk of it leads to.
async fn note_own(acting: &Acting<'_>, own: TenantId, offers: &mut [Offer]) -> Result<(), Refused> {
    let hidden = offers.iter().filter(|one| one.protected).map(|one| one.id);
    let hidden: Vec<ServiceId> = hidden.take(MOST_HIDDEN).collect();
    let mut through = HashSet::new();
    for kept in services::protected_among(&acting.app.store, &hidden).await? {
        if let Place::Protected { through: Some(desk) } = &kept.service.place
            && desk.tenant == own
        {
            through.insert(kept.id);
        }
    }
    for offer in offers {
        offer.own = offer.tenant == own || through.contains(&offer.id);
    }
    Ok(())
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
    /// The last call within a day that nobody answered: of the service, for a
    /// protected one of the desk that leads to it, whoever called.
    pub unanswered: Option<Moment>,
    /// For a protected service, the desk through which it is reached.
    pub through: Option<Desk>,
    /// Where there is no such desk, or it has no telephone: one of the State or
    /// the region that has.
    pub line: Option<Desk>,
}

impl Shown {
    /// Whether it stands for all protected services behind a desk.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        self.service.place.is_protected() && self.service.name.is_empty()
    }

    /// The desk to call for a protected service: the one that leads to it, or
    /// where that has no telephone the one that has.
    #[must_use]
    pub fn desk_to_call(&self) -> Option<&Desk> {
        let through = self.through.as_ref();
        through.filter(|desk| desk.telephone.is_some()).or(self.line.as_ref()).or(through)
    }
}

/// Whether someone may see who runs a protected service and how it is reached
/// (never where it is).
#[must_use]
pub fn sees_protected(acting: &Acting<'_>) -> bool {
    acting.may(Action::ReadDirectory, &Resource::region()).allowed
}

/// The first matches with their records. For the public the entry that stands
/// for protected services is always among them, unless nobody answered its
/// desk today: whoever needs such a house is not to look for it further down.
///
/// # Errors
/// When the database does not answer.
pub async fn shown(acting: &Acting<'_>, found: &Found, most: usize) -> Result<Vec<Shown>, Refused> {
    let stands = |one: &&Match| {
        one.unanswered.is_none() && found.behind.iter().any(|entry| entry.id() == one.id)
    };
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
        let Some(mut kept) = by_id.remove(&matched.id) else { continue };
        let (mut standing, mut because) = (matched.standing, matched.because.clone());
        if let Some(area) = &found.area
            && !kept.service.place.is_protected()
        {
            kept.service = kept.service.given_in(area, fold);
            let (written, zone) = (&kept.service.hours, &kept.service.time_zone);
            standing = hours::standing(written.as_deref(), zone.as_deref(), acting.now());
            let open = |why: &&mut Because| {
                matches!(why, Because::OpenNow | Because::ClosedNow | Because::HoursUnknown)
            };
            for why in because.iter_mut().filter(open) {
                *why = Because::stands(standing);
            }
        }
        let (mut through, mut instead) = (None, None);
        if kept.service.place.is_protected() {
            through = hidden::through(acting, &kept.service, true).await?;
            instead = line(acting, through.as_ref(), kept.service.state).await?;
        }
        list.push(Shown {
            tenant: kept.tenant,
            id: matched.id,
            service: kept.service,
            because,
            standing,
            unanswered: matched.unanswered,
            through,
            line: instead,
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
        unanswered: matched.unanswered,
        through: entry.desk.clone(),
        line: line(acting, entry.desk.as_ref(), Some(entry.state)).await?,
    })
}

/// Where no desk leads on to a protected service, or one without a telephone:
/// one that has.
async fn line(
    acting: &Acting<'_>,
    through: Option<&Desk>,
    state: Option<StateCode>,
) -> Result<Option<Desk>, Refused> {
    match state {
        Some(state) if through.is_none_or(|desk| desk.telephone.is_none()) => {
            duty_desk(acting, state).await
        }
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
    Ok(public_desks(acting, state).await?.into_iter().next())
}

/// The desks of a State that everyone may turn to, hotlines first.
async fn public_desks(acting: &Acting<'_>, state: StateCode) -> Result<Vec<Desk>, Refused> {
    let filter = desks::Filter {
        state: Some(state.to_string()),
        open: Some(true),
        level: Some(DeskLevel::National),
        ..desks::Filter::default()
    };
    let found = desks::list(&acting.app.store, &filter, desks::SortBy::Name, Paging::all()).await?;
    let (mut hotlines, mut others) = (Vec::new(), Vec::new());
    for desk in found.items.into_iter().map(|one| one.record) {
        if !is_public_desk(acting, &desk).await? {
            continue;
        }
        let hotline = desk.topics.iter().any(|topic| topic == "hotline");
        let list = if hotline { &mut hotlines } else { &mut others };
        list.push(desk);
    }
    hotlines.append(&mut others);
    Ok(hotlines)
}

/// Whether the public may know of a desk.
pub(crate) async fn is_public_desk(acting: &Acting<'_>, desk: &Desk) -> Result<bool, Refused> {
    let tenant = tenants::find(&acting.app.store, desk.tenant).await?;
    Ok(is_public(desk, tenant.map(|tenant| tenant.record.kind)))
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

/// The districts and towns that open services of a State name, to choose from.
///
/// # Errors
/// When the database does not answer.
pub async fn areas(acting: &Acting<'_>, state: StateCode) -> Result<Areas, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    Ok(services::areas(&acting.app.store, state).await?)
}

/// The languages that open services list, to choose from.
///
/// # Errors
/// When the database does not answer.
pub async fn languages(acting: &Acting<'_>) -> Result<Vec<String>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    Ok(services::languages(&acting.app.store).await?)
}
