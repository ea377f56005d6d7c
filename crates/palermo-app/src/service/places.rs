//! The places at which a service is given: a second one is opened, moved, ended, each with
//! its own hours and numbers. A protected service has none here (R9).

use super::{KeptService, phones};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    hours,
    id::ServiceId,
    service::{Location, Place, Service},
};
use palermo_store::{Revision, fold, service as services};
use uuid::Uuid;

/// Places of one service at most.
const MOST: usize = 50;

/// What someone typed about a place of a service.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct PlaceForm {
    pub name: String,
    /// Street and number, a line each.
    pub address: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
    pub transport: String,
    /// Empty where the hours of the service hold here too.
    pub hours: String,
    /// A number a line, as those of the service.
    pub phones: String,
}

impl PlaceForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(at: &Location) -> Self {
        Self {
            name: at.name.clone(),
            address: at.lines.join("\n"),
            city: at.city.clone(),
            region: at.region.clone(),
            postal_code: at.postal_code.clone(),
            transport: at.transport.clone(),
            hours: at.hours.clone().unwrap_or_default(),
            phones: at.phones.iter().map(phones::line).collect::<Vec<_>>().join("\n"),
        }
    }

    fn parse(
        &self,
        acting: &Acting<'_>,
        service: &Service,
        before: Option<&Location>,
    ) -> Result<Location, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let name = p.bounded("name", &self.name, 160);
        let address = p.bounded("address", &self.address, 400);
        let city = p.bounded("city", &self.city, 200);
        if address.is_empty() && city.is_empty() {
            p.add("city", Message::new("error-required"));
        }
        let region = p.bounded("region", &self.region, 200);
        let postal_code = p.bounded("postal_code", &self.postal_code, 200);
        let transport = p.bounded("transport", &self.transport, 200);
        let hours = self.hours.trim();
        if !hours.is_empty()
            && let Err(why) = hours.parse::<hours::Hours>()
        {
            p.add("hours", Message::new("error-hours").with("part", why.part));
        }
        let known = before.map(|at| at.phones.as_slice()).unwrap_or_default();
        let of = (Some(service.need), service.state);
        let phones = phones::read(p, acting, &self.phones, of, known);
        let written = (&name, &address, &city);
        let twin = service.place.locations().iter().any(|at| {
            before.is_none_or(|before| before.id != at.id) && same(written, &Self::of(at))
        });
        if twin {
            p.add("city", Message::new("error-place-twice"));
        }
        problems.none()?;
        let lines = address.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Location {
            id: before.map_or_else(Uuid::now_v7, |at| at.id),
            name,
            lines: lines.map(str::to_owned).collect(),
            city,
            region,
            postal_code,
            transport,
            coordinates: before.and_then(|at| at.coordinates),
            hours: (!hours.is_empty()).then(|| hours.to_owned()),
            phones,
        })
    }
}

/// Whether name, street and town are those of a place that is kept, however they are
/// written.
fn same((name, address, city): (&String, &String, &String), kept: &PlaceForm) -> bool {
    let plain = |text: &str| fold(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    plain(name) == plain(&kept.name)
        && plain(address) == plain(&kept.address)
        && plain(city) == plain(&kept.city)
}

/// A service of one's own organisation that anyone may know where to find, to keep its
/// places.
///
/// # Errors
/// [`Refused::NotFound`] for another one, and for one at a protected address.
pub async fn with_places(acting: &Acting<'_>, id: ServiceId) -> Result<KeptService, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant != tenant || found.record.service.place.is_protected() {
        return Err(Refused::NotFound);
    }
    Ok(found)
}

/// One place of such a service.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn place_of(
    acting: &Acting<'_>,
    id: ServiceId,
    place: Uuid,
) -> Result<(KeptService, Location), Refused> {
    let found = with_places(acting, id).await?;
    let at = found.record.service.place.locations().iter().find(|at| at.id == place).cloned();
    at.map(|at| (found, at)).ok_or(Refused::NotFound)
}

/// Opens a service at one more place; `seen` is the revision the form was opened with.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone changed the service
/// since.
pub async fn add_place(
    acting: &Acting<'_>,
    id: ServiceId,
    form: &PlaceForm,
    seen: Revision,
) -> Result<Uuid, Refused> {
    let service = with_places(acting, id).await?.record.service;
    let mut locations = service.place.locations().to_vec();
    if locations.len() >= MOST {
        return Err(Refused::Declined(Message::new("error-most-places").with("most", MOST)));
    }
    let at = form.parse(acting, &service, None)?;
    let place = at.id;
    locations.push(at);
    keep(acting, id, Service { place: Place::Open { locations }, ..service }, seen, &place).await
}

/// Changes one place of a service.
///
/// # Errors
/// As [`add_place`]; [`Refused::NotFound`] if the place is not there.
pub async fn change_place(
    acting: &Acting<'_>,
    id: ServiceId,
    place: Uuid,
    form: &PlaceForm,
    seen: Revision,
) -> Result<(), Refused> {
    let (found, before) = place_of(acting, id, place).await?;
    let service = found.record.service;
    let now = form.parse(acting, &service, Some(&before))?;
    let mut locations = service.place.locations().to_vec();
    for at in locations.iter_mut().filter(|at| at.id == place) {
        at.clone_from(&now);
    }
    keep(acting, id, Service { place: Place::Open { locations }, ..service }, seen, &()).await
}

/// Ends a service at one place. Sent a second time it has ended already.
///
/// # Errors
/// [`Refused::Conflict`] if someone changed the service since.
pub async fn end_place(
    acting: &Acting<'_>,
    id: ServiceId,
    place: Uuid,
    seen: Revision,
) -> Result<(), Refused> {
    let service = with_places(acting, id).await?.record.service;
    let mut locations = service.place.locations().to_vec();
    locations.retain(|at| at.id != place);
    keep(acting, id, Service { place: Place::Open { locations }, ..service }, seen, &()).await
}

/// Stores the service with its places, and gives what the act gives.
async fn keep<T>(
    acting: &Acting<'_>,
    id: ServiceId,
    service: Service,
    seen: Revision,
    given: &T,
) -> Result<T, Refused>
where
    T: Clone + serde::Serialize + serde::de::DeserializeOwned,
{
    let mut act = begin!(acting, acting.context(Action::EditServices)?.about(id));
    services::update(&mut act, id, &service, seen).await?;
    act.commit(given).await?;
    Ok(given.clone())
}
