//! The places at which a service of one's organisation is given: one more, changed, ended.
//! A protected service has none here (R9).

use super::{
    Answer, Stop,
    answer::{Made, made, revised},
    asked::Named,
    sent::{Called, Sent},
    service_records::{NumberToCall, numbers},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Acting, Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{id::ServiceId, service::Location},
    service::{self, PlaceForm},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

#[derive(OpenApi)]
#[openapi(paths(list, add, change, end))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    let keep = Action::EditServices;
    Routes::new()
        .api(Method::GET, "/api/v1/services/{id}/places", keep, list)
        .api(Method::POST, "/api/v1/services/{id}/places", keep, add)
        .api(Method::PUT, "/api/v1/services/{id}/places/{place}", keep, change)
        .api(Method::POST, "/api/v1/services/{id}/places/{place}/end", keep, end)
}

/// A place at which a service is given. What is left out becomes empty.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct PlaceOfService {
    /// Its name.
    #[schema(max_length = 160)]
    name: String,
    /// Street and number, a line each.
    address: Vec<String>,
    /// Town.
    city: String,
    /// Region.
    region: String,
    /// Postal code.
    postal_code: String,
    /// How to get there.
    transport: String,
    /// When the service is open here (OpenStreetMap notation), by the clock of the service;
    /// empty where its hours hold here too.
    #[schema(example = "Sa 10:00-12:00")]
    hours: String,
    /// Numbers that ring here.
    phones: Vec<NumberToCall>,
}

impl PlaceOfService {
    fn of(at: &Location) -> Self {
        Self {
            name: at.name.clone(),
            address: at.lines.clone(),
            city: at.city.clone(),
            region: at.region.clone(),
            postal_code: at.postal_code.clone(),
            transport: at.transport.clone(),
            hours: at.hours.clone().unwrap_or_default(),
            phones: at.phones.iter().map(NumberToCall::from).collect(),
        }
    }

    /// The form a person would send.
    fn form(self) -> Result<PlaceForm, Refused> {
        let mut problems = Problems::default();
        let phones = numbers(&mut problems, &self.phones);
        problems.none()?;
        Ok(PlaceForm {
            name: self.name,
            address: self.address.join("\n"),
            city: self.city,
            region: self.region,
            postal_code: self.postal_code,
            transport: self.transport,
            hours: self.hours,
            phones,
        })
    }
}

/// A place with its id.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceKept {
    /// Its id, the same in the Open Referral export.
    #[schema(format = Uuid)]
    id: String,
    /// The place.
    place: PlaceOfService,
}

/// The places of a service.
#[derive(Debug, Serialize, ToSchema)]
struct PlacesKept {
    /// All of them.
    items: Vec<PlaceKept>,
    /// The revision of the service; its `ETag`.
    revision: i64,
}

async fn found(acting: &Acting<'_>, id: ServiceId) -> Answer {
    let kept = service::with_places(acting, id).await?;
    let places = kept.record.service.place.locations().iter();
    let items = places
        .map(|at| PlaceKept { id: at.id.to_string(), place: PlaceOfService::of(at) })
        .collect();
    let revision = kept.revision.0;
    revised(&PlacesKept { items, revision }, revision)
}

/// What cannot be the id of a place is not found.
fn place(text: &str) -> Result<Uuid, Stop> {
    text.parse().map_err(|_| Refused::NotFound.into())
}

/// The places of a service of one's organisation.
#[utoipa::path(get, path = "/api/v1/services/{id}/places", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 200, description = "The places", body = PlacesKept,
        headers(("ETag" = String, description = "The service's revision in quotes")))))]
async fn list(visit: Visit, Named(id): Named) -> Answer {
    found(&visit.acting(), parse_id(&id)?).await
}

/// Opens a service at one more place.
#[utoipa::path(post, path = "/api/v1/services/{id}/places", tag = "directory",
    request_body = PlaceOfService,
    params(("id" = String, Path, format = Uuid, description = "The service's id"),
        ("If-Match" = String, Header, description = "The service's revision in quotes",
            example = "\"1\"")),
    responses((status = 201, description = "It is open there", body = Made)))]
async fn add(Named(id): Named, Sent { call, body }: Sent<PlaceOfService>) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let added = service::add_place(&call.acting(), id, &body.form()?, seen).await;
    made(added.map_err(Called::stale)?, None)
}

/// Changes one place of a service.
#[utoipa::path(put, path = "/api/v1/services/{id}/places/{place}", tag = "directory",
    request_body = PlaceOfService,
    params(("id" = String, Path, format = Uuid, description = "The service's id"),
        ("place" = String, Path, format = Uuid, description = "The place's id"),
        ("If-Match" = String, Header, description = "The service's revision in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The places as they are now", body = PlacesKept,
        headers(("ETag" = String, description = "The service's revision in quotes")))))]
async fn change(
    Path((id, at)): Path<(String, String)>,
    Sent { call, body }: Sent<PlaceOfService>,
) -> Answer {
    let (id, at): (ServiceId, Uuid) = (parse_id(&id)?, place(&at)?);
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    let changed = service::change_place(&acting, id, at, &body.form()?, seen).await;
    changed.map_err(Called::stale)?;
    found(&acting, id).await
}

/// Ends a service at one place.
#[utoipa::path(post, path = "/api/v1/services/{id}/places/{place}/end", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id"),
        ("place" = String, Path, format = Uuid, description = "The place's id"),
        ("If-Match" = String, Header, description = "The service's revision in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "It has ended there")))]
async fn end(Path((id, at)): Path<(String, String)>, call: Called) -> Answer {
    let (id, at): (ServiceId, Uuid) = (parse_id(&id)?, place(&at)?);
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let ended = service::end_place(&call.acting(), id, at, seen).await;
    ended.map_err(Called::stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
