//! Services into rows. A service that came in as rows goes out as these rows,
//! with what was changed since laid over them; one made in Palermo goes out
//! with what the standard asks for. Protected services go out as one record
//! for each desk and need, without anything that could lead to one of them or
//! tell how many there are (R9).

use super::{
    Package, Row,
    align::{Same, forget_old_hours, take_out},
    countries, id_in,
    services::{ReadService, TAXONOMY, services},
};
use palermo_domain::{
    id::{DeskId, Id, ServiceId},
    service::{
        Assessment, Capacity, Location, Organisation, Phone, Service, Status,
        eligibility::Admission,
        hidden::{derived, entry_id},
    },
};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The desk and the name of the State under which protected services go out.
#[derive(Debug, Clone, Default)]
pub struct PublicDesk {
    /// Name of the State.
    pub state: String,
    /// Id of the desk.
    pub id: Option<DeskId>,
    /// The desk everyone may turn to.
    pub desk: Option<String>,
    /// Its number.
    pub telephone: Option<String>,
}

fn row(fields: Json) -> Row {
    let Json::Object(map) = fields else { return Row::new() };
    map.into_iter().filter(|(_, value)| !value.is_null() && value.as_str() != Some("")).collect()
}

/// The ids of Palermo's own taxonomy are the same everywhere.
fn taxonomy() -> Uuid {
    derived(Uuid::nil(), TAXONOMY)
}

struct Writer {
    package: Package,
}

impl Writer {
    fn put(&mut self, table: &str, id: Uuid, fields: Json) {
        let mut row = row(fields);
        row.insert("id".into(), json!(id.to_string()));
        self.package.put(table, id, row);
    }

    /// Attaches a term of Palermo's taxonomy to a record.
    fn fact(&mut self, entity: &str, of: Uuid, code: &str, value: &str) {
        let taxonomy = taxonomy();
        self.put(
            "taxonomy",
            taxonomy,
            json!({ "name": TAXONOMY, "description": "Facts about services for trafficked persons" }),
        );
        let term = derived(taxonomy, code);
        self.put(
            "taxonomy_term",
            term,
            json!({ "code": code, "name": code, "description": code,
                "taxonomy": TAXONOMY, "taxonomy_id": taxonomy.to_string(), "language": "en" }),
        );
        let id = derived(of, &format!("attribute {code} {value}"));
        self.put(
            "attribute",
            id,
            json!({ "link_id": of.to_string(), "link_entity": entity, "link_type": "palermo",
                "taxonomy_term_id": term.to_string(), "value": value }),
        );
    }

    fn organisation(&mut self, one: &Organisation) {
        let description = if one.description.is_empty() { &one.name } else { &one.description };
        self.put(
            "organization",
            one.id,
            json!({ "name": one.name, "description": description, "website": one.website,
                "email": one.email }),
        );
        self.fact("organization", one.id, "provider", one.provider.code());
    }

    fn service(&mut self, id: Uuid, one: &Service) {
        self.organisation(&one.organisation);
        let text = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        self.put(
            "service",
            id,
            json!({
                "organization_id": one.organisation.id.to_string(),
                "name": one.name,
                "alternate_name": one.alternate_name,
                "description": text(&one.description),
                "url": one.url,
                "email": one.email,
                "status": one.status.code(),
                "interpretation_services": one.interpretation,
                "application_process": text(&one.application),
                "fees_description": text(&one.fees),
                "eligibility_description": text(&one.eligibility.words),
                "minimum_age": one.eligibility.minimum_age_years,
                "maximum_age": one.eligibility.maximum_age_years,
                "assured_date": one.assured.map(|day| day.to_string()),
                "alert": one.alert,
            }),
        );
        self.facts(id, one);
        for place in one.place.locations() {
            self.location(id, one, place);
        }
        for phone in &one.phones {
            self.phone("service_id", id, phone);
        }
        for language in &one.languages {
            let fields =
                json!({ "service_id": id.to_string(), "name": language, "code": language });
            self.put("language", derived(id, &format!("language {language}")), fields);
        }
        for area in &one.areas {
            let fields = json!({ "service_id": id.to_string(), "name": area });
            self.put("service_area", derived(id, &format!("area {area}")), fields);
        }
        for (at, funding) in one.funding.iter().enumerate() {
            let row = derived(id, &format!("funding {at}"));
            let fields = json!({ "service_id": id.to_string(), "source": funding.source });
            self.put("funding", row, fields);
            if let Some(until) = funding.until {
                self.fact("funding", row, "funding-until", &until.to_string());
            }
        }
        if let Some(capacity) = &one.capacity {
            self.capacity(id, capacity);
        }
        self.schedule("service_id", id, one.hours.as_deref());
    }

    fn facts(&mut self, id: Uuid, one: &Service) {
        self.fact("service", id, "need", one.need.code());
        if let Some(centre) = one.centre {
            self.fact("service", id, "centre", centre.code());
        }
        if let Some(state) = one.state {
            self.fact("service", id, "state", state.as_str());
        }
        for (group, said) in &one.eligibility.groups {
            let code = match said {
                Admission::Admitted => "admits",
                Admission::Excluded => "excludes",
            };
            self.fact("service", id, code, group.code());
        }
        for area in &one.areas {
            self.fact("service", id, "area", area);
        }
        if let Some(step_free) = one.step_free {
            self.fact("service", id, "step-free", if step_free { "yes" } else { "no" });
        }
        for (code, value) in [("hours", &one.hours), ("time-zone", &one.time_zone)] {
            if let Some(value) = value {
                self.fact("service", id, code, value);
            }
        }
        for assessment in &one.assessments {
            self.fact("service", id, "assessment", &assessed(assessment));
        }
    }

    fn location(&mut self, id: Uuid, service: &Service, place: &Location) {
        let (latitude, longitude) = place.coordinates.unzip();
        let name = if place.name.is_empty() { &service.name } else { &place.name };
        self.put(
            "location",
            place.id,
            json!({ "location_type": "physical", "name": name, "transportation": place.transport,
                "latitude": latitude, "longitude": longitude }),
        );
        let state = service.state.map(|state| state.to_string()).unwrap_or_default();
        let or = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        let line = |at: usize| place.lines.get(at).cloned().unwrap_or_default();
        self.put(
            "address",
            derived(place.id, "address"),
            json!({
                "location_id": place.id.to_string(), "address_1": or(&line(0)),
                "address_2": line(1), "city": or(&place.city), "region": place.region,
                "state_province": or(&place.region), "postal_code": or(&place.postal_code),
                "country": countries::two(&or(&state)), "address_type": "physical",
            }),
        );
        let join = derived(id, &format!("at {}", place.id));
        self.put(
            "service_at_location",
            join,
            json!({ "service_id": id.to_string(), "location_id": place.id.to_string() }),
        );
        if let Some(hours) = &place.hours {
            self.fact("service_at_location", join, "hours", hours);
            self.schedule("service_at_location_id", join, Some(hours));
        }
        for phone in &place.phones {
            self.phone("service_at_location_id", join, phone);
            self.fact("phone", phone.id, "at-place", "yes");
        }
        if !service.accessibility.is_empty() {
            let fields = json!({ "location_id": place.id.to_string(),
                "description": service.accessibility });
            self.put("accessibility", derived(place.id, "accessibility"), fields);
        }
    }

    /// A number, of the record that the field points to.
    fn phone(&mut self, field: &str, of: Uuid, phone: &Phone) {
        let mut fields = json!({ "number": phone.number, "type": "voice",
            "extension": phone.extension, "description": phone.note });
        fields[field] = json!(of.to_string());
        self.put("phone", phone.id, fields);
        if phone.toll_free {
            self.fact("phone", phone.id, "toll-free", "yes");
        }
        if let Some(mechanism) = &phone.uniform {
            self.fact("phone", phone.id, "uniform", mechanism);
        }
    }

    fn capacity(&mut self, id: Uuid, capacity: &Capacity) {
        let unit = derived(taxonomy(), &format!("unit {}", capacity.unit));
        self.put("unit", unit, json!({ "name": capacity.unit }));
        let (Some(available), Some(confirmed)) = (capacity.available, capacity.confirmed) else {
            return;
        };
        self.put(
            "service_capacity",
            derived(id, "capacity"),
            json!({ "service_id": id.to_string(), "unit_id": unit.to_string(),
                "available": available, "maximum": capacity.maximum,
                "updated": format!("{confirmed}T00:00:00Z") }),
        );
    }

    /// Hours as schedules too, for readers that know nothing of Palermo's terms.
    fn schedule(&mut self, field: &str, of: Uuid, hours: Option<&str>) {
        const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let Some(Ok(hours)) = hours.map(str::parse::<palermo_domain::hours::Hours>) else {
            return;
        };
        let mut days: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (spans, day) in hours.by_day().into_iter().zip(DAYS) {
            for span in spans {
                days.entry(span).or_default().push(day);
            }
        }
        for (span, days) in days {
            let Some((opens, closes)) = span.split_once('-') else { continue };
            let closes = if closes == "24:00" { "23:59" } else { closes };
            let mut fields = json!({ "freq": "WEEKLY", "interval": 1, "wkst": "MO",
                "byday": days.join(","), "opens_at": format!("{opens}:00"),
                "closes_at": format!("{closes}:00"), "description": hours.to_string() });
            fields[field] = json!(of.to_string());
            self.put("schedule", derived(of, &format!("schedule {span}")), fields);
        }
    }

    /// The one record for all protected services of a need that a desk leads to:
    /// what they are for and how to reach the desk, nothing of any of them.
    fn protected(&mut self, one: &Service, desk: &PublicDesk) {
        let id = entry_id(one.need, one.state, desk.id).uuid();
        let state = one.state.map(|state| state.to_string()).unwrap_or_default();
        let organization = derived(taxonomy(), &format!("protected services {state}"));
        let name = format!("Protected services, {}", desk.state);
        self.put("organization", organization, json!({ "name": name, "description": name }));
        let through = desk.desk.clone().unwrap_or_else(|| "the State's contact point".into());
        self.put(
            "service",
            id,
            json!({
                "organization_id": organization.to_string(),
                "name": format!("{} (protected), {}", one.need.code(), desk.state),
                "status": Status::Active.code(),
                "application_process": format!("Reached through {through}"),
            }),
        );
        self.fact("service", id, "protected", "yes");
        self.fact("service", id, "need", one.need.code());
        if let Some(state) = one.state {
            self.fact("service", id, "state", state.as_str());
        }
        let area = json!({ "service_id": id.to_string(), "name": desk.state });
        self.put("service_area", derived(id, "area"), area);
        if let Some(number) = &desk.telephone {
            let fields = json!({ "service_id": id.to_string(), "number": number, "type": "voice",
                "description": through });
            self.put("phone", derived(id, "phone"), fields);
        }
    }
}

fn assessed(one: &Assessment) -> String {
    let until = one.until.map(|day| format!(" | {day}")).unwrap_or_default();
    format!("{} | {} | {} | {}{until}", one.standard, one.by, one.outcome, one.on)
}

/// The rows of one open service as Palermo writes them.
fn written(id: Uuid, one: &Service) -> Package {
    let mut writer = Writer { package: Package::default() };
    writer.service(id, one);
    writer.package
}

/// Everything as it goes out. `stored` are rows as they came in; `desk` names
/// the desk of a State through which its protected services are reached.
#[must_use]
pub fn export(
    stored: &Package,
    all: &[(ServiceId, Service)],
    desk: impl Fn(&Service) -> PublicDesk,
) -> Package {
    let mut out = stored.clone();
    let came: BTreeMap<ServiceId, Service> = services(stored)
        .services
        .into_iter()
        .map(|ReadService { id, service, .. }| (id, service))
        .collect();
    let hidden = all.iter().filter(|(_, one)| one.place.is_protected());
    for (id, _) in hidden {
        for (table, row) in belonging_to(stored, *id) {
            out.remove(&table, row);
        }
    }
    for (id, one) in all.iter().filter(|(_, one)| !one.place.is_protected()) {
        match came.get(id) {
            Some(before) if before == one => {}
            Some(before) => {
                let (before, now) = (written(id.uuid(), before), written(id.uuid(), one));
                let same = Same::rows(&out, &before, &now);
                let (mut before, now) = (same.named(before), same.named(now));
                forget_old_hours(&mut out, &mut before, &now);
                lay_over(&mut out, &before, &now);
            }
            None => merge(&mut out, written(id.uuid(), one)),
        }
    }
    let mut writer = Writer { package: Package::default() };
    let working = |one: &Service| one.place.is_protected() && one.status == Status::Active;
    for (_, one) in all.iter().filter(|(_, one)| working(one)) {
        writer.protected(one, &desk(one));
    }
    merge(&mut out, writer.package);
    out
}

fn merge(out: &mut Package, more: Package) {
    for (table, id, row) in more.all() {
        out.put(table, id, row.clone());
    }
}

/// Lays over the rows what differs between two states of the same service.
fn lay_over(out: &mut Package, before: &Package, now: &Package) {
    for (table, id, row) in now.all() {
        let old = before.row(table, id);
        if old == Some(row) {
            continue;
        }
        let target = out.entry(table, id);
        for (field, value) in row {
            if old.and_then(|old| old.get(field)) != Some(value) {
                target.insert(field.clone(), value.clone());
            }
        }
        for field in old.into_iter().flat_map(|old| old.keys()) {
            if !row.contains_key(field) {
                target.remove(field);
            }
        }
        target.entry("id".to_owned()).or_insert_with(|| json!(id.to_string()));
    }
    let kept: BTreeSet<(&str, Uuid)> = now.all().map(|(table, id, _)| (table, id)).collect();
    for (table, id, row) in before.all() {
        if !kept.contains(&(table, id)) {
            take_out(out, before, (table, id, row));
        }
    }
}

/// The rows that belong to a service: itself, its places with their addresses,
/// numbers and hours, and its organisation if it has no other service.
#[must_use]
pub fn belonging_to(package: &Package, service: ServiceId) -> Vec<(String, Uuid)> {
    let id = service.uuid();
    let mut ids = BTreeSet::from([id]);
    let joins: Vec<(Uuid, Option<Uuid>)> = package
        .pointing("service_at_location", "service_id", id)
        .map(|(join, row)| (join, id_in(row, "location_id")))
        .collect();
    for (join, location) in joins {
        ids.insert(join);
        ids.extend(location);
    }
    let organization = package.row("service", id).and_then(|row| id_in(row, "organization_id"));
    if let Some(organization) = organization
        && package.pointing("service", "organization_id", organization).all(|(one, _)| one == id)
    {
        ids.insert(organization);
    }
    // Whatever points to one of these belongs to it, and so on.
    loop {
        let points = |row: &Row| {
            row.iter().any(|(field, value)| {
                (field.ends_with("_id") && field != "taxonomy_term_id" && field != "unit_id")
                    && value
                        .as_str()
                        .and_then(|text| text.parse().ok())
                        .is_some_and(|to| ids.contains(&to))
            })
        };
        let more: Vec<Uuid> = package
            .all()
            .filter(|(_, id, row)| !ids.contains(id) && points(row))
            .map(|(_, id, _)| id)
            .collect();
        if more.is_empty() {
            break;
        }
        ids.extend(more);
    }
    let all = package.all().filter(|(_, id, _)| ids.contains(id));
    all.map(|(table, id, _)| (table.to_owned(), id)).collect()
}
