//! The places at which a service is given: one more, changed, ended, by whoever keeps the
//! service. A protected one has none here (R9).

use super::{find::name, link};
use crate::{
    components::{Button, Content},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{
        id::ServiceId,
        service::{Location, Service},
    },
    service::{self, PlaceForm},
};
use std::fmt::Write as _;
use uuid::Uuid;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/services/{id}/at", Action::EditServices, ask)
        .form("/services/{id}/at", Action::EditServices, keep)
        .form("/services/{id}/at/end", Action::EditServices, end)
}

/// A place in a few words.
pub(super) fn called(at: &Location) -> String {
    let address = at.lines.join(", ");
    let said = [at.name.as_str(), &address, &at.city];
    said.into_iter().find(|words| !words.is_empty()).unwrap_or("–").to_owned()
}

/// What whoever keeps a service may do with its places.
pub(super) fn offered(visit: &Visit, id: ServiceId, one: &Service) -> String {
    if one.place.is_protected() {
        return String::new();
    }
    let path = format!("/services/{id}/at");
    let mut html = format!(
        "<h2 class=\"govuk-heading-m\">{}</h2><ul class=\"govuk-list\">",
        Content::from(visit.text("service-at-title"))
    );
    for at in one.place.locations() {
        let change = link(visit, &format!("{path}?place={}", at.id), visit.text("service-at-edit"));
        let _ = write!(html, "<li><bdi>{}</bdi> · {change}</li>", Content::from(called(at)));
    }
    let new = Button::link(visit.text("service-at-new"), visit.link(&path)).secondary();
    let _ = write!(html, "</ul>{new}");
    html
}

/// Which place is meant: none for one more.
fn place(text: &str) -> Result<Option<Uuid>, Failure> {
    match text.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| Failure(Refused::NotFound)),
    }
}

fn page(
    visit: &Visit,
    (id, place): (ServiceId, Option<Uuid>),
    typed: &PlaceForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    let title = if place.is_empty() { "service-at-new" } else { "service-at-edit" };
    let path = format!("/services/{id}/at");
    let mut form = FormPage::new(visit, &path, problems)
        .hidden("revision", revision)
        .hidden("place", &place)
        .text("name", "service-at-name", "", &typed.name)
        .lines("address", "service-street", "", &typed.address)
        .text("city", "service-city", "", &typed.city)
        .text("region", "service-region", "", &typed.region)
        .text("postal_code", "service-postal-code", "", &typed.postal_code)
        .text("transport", "service-transport", "", &typed.transport)
        .text("hours", "desk-hours", "service-at-hours-hint", &typed.hours)
        .lines("phones", "desk-telephone", "service-phones-hint", &typed.phones)
        .button("form-save");
    if !place.is_empty() {
        let end = format!("{path}?place={place}&amp;end=yes");
        let end = link(visit, &end, visit.text("service-at-end"));
        form = form.part(format!("<p class=\"govuk-body\">{end}</p>"));
    }
    form.page(title, &format!("/services/{id}"))
}

async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let acting = visit.acting();
    let Some(at) = place(&visit.query("place"))? else {
        let found = service::with_places(&acting, id).await?;
        let (typed, seen) = (PlaceForm::default(), found.revision.0.to_string());
        return Ok(page(&visit, (id, None), &typed, &seen, &Problems::default()));
    };
    let (found, stored) = service::place_of(&acting, id, at).await?;
    let (typed, seen) = (PlaceForm::of(&stored), found.revision.0.to_string());
    if visit.query("end") == "yes" {
        return Ok(ending(&visit, id, &found.record.service, &stored, &seen));
    }
    Ok(page(&visit, (id, Some(at)), &typed, &seen, &Problems::default()))
}

/// One press ends the service at a place, after a look at which it is.
fn ending(visit: &Visit, id: ServiceId, one: &Service, at: &Location, seen: &str) -> Response {
    let values = [("place", called(at).into()), ("service", name(visit, one).into())];
    let asked = Content::from(visit.format("service-at-end-ask", &values));
    let place = at.id.to_string();
    let fields = [("place", place.as_str()), ("revision", seen)];
    let button =
        one_button(visit, &format!("/services/{id}/at/end"), "service-at-end", &fields, true);
    visit
        .page(&visit.text("service-at-end"))
        .back(&format!("/services/{id}"))
        .html(&format!("<p class=\"govuk-body-l\">{asked}</p>{button}"))
}

fn typed(form: &Form) -> PlaceForm {
    let text = |name: &str| form.text(name).to_owned();
    PlaceForm {
        name: text("name"),
        address: text("address"),
        city: text("city"),
        region: text("region"),
        postal_code: text("postal_code"),
        transport: text("transport"),
        hours: text("hours"),
        phones: text("phones"),
    }
}

async fn keep(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let typed = typed(&form);
    let at = place(form.text("place"))?;
    let seen = parse_revision(form.text("revision"))?;
    let acting = visit.acting_once(&form);
    let kept = match at {
        Some(at) => service::change_place(&acting, id, at, &typed, seen).await,
        None => service::add_place(&acting, id, &typed, seen).await.map(|_| ()),
    };
    match kept {
        Ok(()) => Ok(done(&visit, &format!("/services/{id}"), "service-place")),
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, (id, at), &typed, form.text("revision"), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn end(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let at = place(form.text("place"))?.ok_or(Failure(Refused::NotFound))?;
    let seen = parse_revision(form.text("revision"))?;
    service::end_place(&visit.acting_once(&form), id, at, seen).await?;
    Ok(done(&visit, &format!("/services/{id}"), "service-place-ended"))
}
