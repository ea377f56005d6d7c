//! The list of services as whoever wants to call needs it: the name, the telephone, and
//! when someone answers. Of a protected one neither number nor hours stand here (R9).

use super::{find::name, link, services::phone_said, standing};
use crate::{
    components::Content,
    shell::{listing::List, visit::Visit},
};
use palermo_app::{
    domain::{
        hours,
        service::{Phone, Service},
    },
    service::KeptService,
};

fn numbers(one: &Service) -> Vec<&Phone> {
    if one.place.is_protected() { Vec::new() } else { one.numbers() }
}

fn written_hours(one: &Service) -> Option<&str> {
    one.hours.as_deref().filter(|_| !one.place.is_protected())
}

/// The list with its first columns.
pub(super) fn listed<'v>(visit: &'v Visit, rows: Vec<KeptService>) -> List<'v, KeptService> {
    let (a, b) = (visit.clone(), visit.clone());
    List::new(visit, "services", &visit.text("services-title"), rows)
        .column(
            "name",
            "service-name",
            |row| row.record.service.name.clone(),
            move |row| {
                link(&a, &format!("/services/{}", row.record.id), name(&a, &row.record.service))
            },
        )
        .column(
            "telephone",
            "desk-telephone",
            |row| {
                let numbers = numbers(&row.record.service).into_iter();
                numbers.map(|one| one.number.clone()).collect::<Vec<_>>().join(" · ")
            },
            move |row| {
                let first = numbers(&row.record.service).into_iter().next();
                first.map(|one| phone_said(&b, one)).unwrap_or_default()
            },
        )
}

/// When each is open, and whether it is now.
pub(super) fn with_hours<'v>(list: List<'v, KeptService>, visit: &Visit) -> List<'v, KeptService> {
    let a = visit.clone();
    list.column(
        "hours",
        "desk-hours",
        |row| {
            let one = &row.record.service;
            match (written_hours(one), one.time_zone.as_deref()) {
                (Some(hours), Some(zone)) => format!("{hours} ({zone})"),
                (hours, _) => hours.unwrap_or_default().to_owned(),
            }
        },
        move |row| {
            let one = &row.record.service;
            let Some(written) = written_hours(one) else { return Content::default() };
            let zone = one.time_zone.as_deref();
            standing(&a, hours::standing(Some(written), zone, a.acting().now()), zone)
        },
    )
}
