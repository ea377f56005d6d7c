//! The help of a State for everyone, and whose number stands in where the
//! State has none of its own.

use super::{duty_desk, hidden::region_desk, public_desk, public_desks};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    desk::Desk,
    hours::{self, Standing},
    moment::Moment,
    register::{day::Day, state::StateCode},
    service::{Need, Phone, Service, Status, dialled},
};
use palermo_store::service::{self as services, Filter};
use std::collections::{BTreeSet, HashMap};

/// Hotlines of other States that are shown where nothing else can be called.
const NEIGHBOURS: usize = 3;

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
    /// Where that desk has no telephone: one of the State or the region that has.
    pub line: Option<Desk>,
    /// Where the State has no hotline of its own: numbers that are the same in
    /// all States of a mechanism it is in.
    pub regional: Vec<Phone>,
    /// Where there is no number at all: hotlines of other States of the same
    /// mechanism.
    pub neighbours: Vec<Service>,
}

impl HelpOfState {
    /// Whether there is any number to call or keep.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        let phones = |one: &Service| !one.numbers().is_empty();
        let telephone = |one: &Desk| one.telephone.is_some();
        self.hotlines.iter().chain(&self.services).any(phones)
            || !self.regional.is_empty()
            || self.desk.iter().chain(&self.line).any(telephone)
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
    // The number that is free and the same everywhere is told first.
    help.hotlines.sort_by_key(|one| common(one).is_none_or(|phone| !phone.toll_free));
    let duty = duty_desk(acting, state).await?;
    help.desk = public_desk(acting, state).await?.or_else(|| duty.clone());
    if help.desk.as_ref().is_some_and(|desk| desk.telephone.is_none()) {
        help.line = duty;
    }
    if help.hotlines.iter().all(|one| one.numbers().is_empty()) {
        help.regional = uniform(acting, state).await?;
    }
    if !help.has_numbers() {
        help.neighbours = neighbours(acting, state).await?;
    }
    Ok(help)
}

/// A number to call, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub enum ToCall {
    /// Of the desk that was asked for.
    Asked(Desk),
    /// Of another desk of the State.
    State(Desk),
    /// Of a hotline of the State.
    Hotline(Box<Service>),
    /// The same in every State of a mechanism, of one of its hotlines.
    Common(Box<Service>),
    /// Of the desk of the region.
    Region(Desk),
    /// Of a hotline of another State of the same mechanism.
    Neighbour(Box<Service>),
}

impl ToCall {
    /// The number.
    #[must_use]
    pub fn telephone(&self) -> Option<&str> {
        match self {
            Self::Asked(desk) | Self::State(desk) | Self::Region(desk) => desk.telephone.as_deref(),
            Self::Common(service) => common(service).map(|one| one.number.as_str()),
            Self::Hotline(service) | Self::Neighbour(service) => {
                service.numbers().into_iter().next().map(|one| one.number.as_str())
            }
        }
    }

    /// The name of whose it is: a desk, a mechanism by its id, a hotline.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Asked(desk) | Self::State(desk) | Self::Region(desk) => &desk.name,
            Self::Common(service) => {
                common(service).and_then(|one| one.uniform.as_deref()).unwrap_or_default()
            }
            Self::Hotline(service) | Self::Neighbour(service) => &service.name,
        }
    }

    /// The word for whose it is.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Asked(_) => "desk",
            Self::State(_) | Self::Hotline(_) => "state",
            Self::Common(_) => "common",
            Self::Region(_) => "region",
            Self::Neighbour(_) => "neighbour",
        }
    }

    /// By whose clock its hours are told.
    #[must_use]
    pub fn time_zone(&self) -> Option<&str> {
        match self {
            Self::Asked(desk) | Self::State(desk) | Self::Region(desk) => Some(&desk.time_zone),
            Self::Hotline(service) | Self::Common(service) | Self::Neighbour(service) => {
                service.time_zone.as_deref()
            }
        }
    }

    /// Whether anyone answers there at a moment.
    #[must_use]
    pub fn standing(&self, at: Moment) -> Standing {
        let written = match self {
            Self::Asked(desk) | Self::State(desk) | Self::Region(desk) => Some(desk.hours.as_str()),
            Self::Hotline(service) | Self::Common(service) | Self::Neighbour(service) => {
                service.hours.as_deref()
            }
        };
        hours::standing(written, self.time_zone(), at)
    }
}

/// The number of a hotline that is the same in all States of a mechanism.
fn common(service: &Service) -> Option<&Phone> {
    service.phones.iter().find(|one| one.uniform.is_some())
}

/// The numbers to call in a State, each once, those first where someone answers
/// now and those last that are closed. Among equals: the desk asked for, the
/// desks of the State, its hotlines, the common number of a mechanism it is in,
/// the desk of the region. Hotlines of other States only where there is nothing
/// else: they may not be reached from here, and a common number of elsewhere never.
///
/// # Errors
/// When the database does not answer.
pub async fn numbers_to_call(
    acting: &Acting<'_>,
    state: StateCode,
    asked: Option<&Desk>,
) -> Result<Vec<ToCall>, Refused> {
    let mut list: Vec<ToCall> = asked.cloned().map(ToCall::Asked).into_iter().collect();
    list.extend(public_desks(acting, state).await?.into_iter().map(ToCall::State));
    let lines = hotlines(acting).await?;
    let own = lines.iter().filter(|one| one.state == Some(state));
    list.extend(own.map(|one| ToCall::Hotline(Box::new(one.clone()))));
    let mechanisms = mechanisms_of(acting, state);
    let shared = |one: &&Service| {
        let of = common(one).and_then(|phone| phone.uniform.as_ref());
        of.is_some_and(|of| mechanisms.contains(of))
    };
    let near = lines.iter().filter(shared);
    list.extend(near.map(|one| ToCall::Common(Box::new(one.clone()))));
    list.extend(region_desk(acting).await?.map(ToCall::Region));
    let mut known = BTreeSet::new();
    list.retain(|one| one.telephone().is_some_and(|told| known.insert(dialled(told))));
    if list.is_empty() {
        let others = neighbours(acting, state).await?;
        list.extend(others.into_iter().map(|one| ToCall::Neighbour(Box::new(one))));
    }
    let now = acting.now();
    list.sort_by_key(|one| match one.standing(now) {
        Standing::Open { .. } => 0_u8,
        Standing::Unknown => 1,
        Standing::Closed { .. } => 2,
    });
    Ok(list)
}

/// The mechanisms a State is in today, by their ids.
fn mechanisms_of(acting: &Acting<'_>, state: StateCode) -> Vec<String> {
    let today: Day = acting.now().date().into();
    let all = acting.app.content.mechanisms().mechanisms_of(state.as_str(), Some(today));
    all.into_iter().map(|one| one.id.to_string()).collect()
}

/// Open hotlines that work.
async fn hotlines(acting: &Acting<'_>) -> Result<Vec<Service>, Refused> {
    let filter = Filter {
        need: Some(Need::Hotline),
        status: Some(Status::Active),
        protected: Some(false),
        ..Filter::default()
    };
    let all = services::all(&acting.app.store, &filter).await?;
    Ok(all.into_iter().map(|one| one.record.service).collect())
}

/// Numbers that are the same in all States of a mechanism this State is in, each once:
/// from elsewhere they may not be reached.
async fn uniform(acting: &Acting<'_>, state: StateCode) -> Result<Vec<Phone>, Refused> {
    let own = mechanisms_of(acting, state);
    let mut phones: Vec<Phone> = Vec::new();
    for phone in hotlines(acting).await?.into_iter().flat_map(|one| one.phones) {
        let known = phones.iter().any(|known| known.number == phone.number);
        if phone.uniform.as_ref().is_some_and(|of| own.contains(of)) && !known {
            phones.push(phone);
        }
    }
    Ok(phones)
}

/// Hotlines of other States that are in a mechanism with this one, one of each.
async fn neighbours(acting: &Acting<'_>, state: StateCode) -> Result<Vec<Service>, Refused> {
    let own = mechanisms_of(acting, state);
    let mut near: HashMap<StateCode, bool> = HashMap::from([(state, false)]);
    let mut list: Vec<Service> = Vec::new();
    for service in hotlines(acting).await? {
        let Some(other) = service.state.filter(|_| !service.numbers().is_empty()) else { continue };
        let together = near
            .entry(other)
            .or_insert_with(|| mechanisms_of(acting, other).iter().any(|one| own.contains(one)));
        if std::mem::take(together) {
            list.push(service);
        }
        if list.len() == NEIGHBOURS {
            break;
        }
    }
    Ok(list)
}
