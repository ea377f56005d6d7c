//! Rows into services. What the standard says in words is kept in words; what
//! Palermo says in data comes back from attributes of its own taxonomy.

use super::{Package, Row, countries, id_in, text_in};
use palermo_domain::{
    hours::Hours,
    id::{Id, ServiceId},
    register::{day::Day, state::StateCode},
    service::{
        Assessment, Capacity, Centre, Funding, Location, Need, Organisation, Outcome, Phone, Place,
        Provider, Service, Status,
        eligibility::{Eligibility, Group},
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Name of Palermo's own taxonomy.
pub(super) const TAXONOMY: &str = "palermo-services";

/// A service with its id.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadService {
    /// Its id.
    pub id: ServiceId,
    /// The service.
    pub service: Service,
    /// What it is for was guessed from its words.
    pub guessed: bool,
}

/// Services of a package, and what is to be told about them.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The services, by id.
    pub services: Vec<ReadService>,
    /// What people should know.
    pub notices: Vec<String>,
}

/// Terms of Palermo's taxonomy attached to a record: code → value.
type Facts<'p> = BTreeMap<&'p str, Vec<&'p str>>;

struct Reader<'p> {
    package: &'p Package,
    /// By the record they are attached to.
    attributes: BTreeMap<Uuid, Vec<(&'p Row, &'p Row)>>,
}

/// Makes services of rows.
#[must_use]
pub fn services(package: &Package) -> Read {
    let reader = Reader::new(package);
    let mut read = Read::default();
    for (id, row) in package.rows("service") {
        let Some(organization) = id_in(row, "organization_id").and_then(|organization| {
            Some((organization, package.row("organization", organization)?))
        }) else {
            continue;
        };
        let mut one = reader.service(id, row, organization);
        let left_out = one.service.leave_out_ways();
        if one.service.place.is_protected() {
            read.notices.push(format!(
                "service {id} is protected: its places, addresses and numbers are not taken over; \
                 someone who holds the key keeps its address, sealed"
            ));
        }
        if !left_out.is_empty() {
            let parts: Vec<&str> = left_out.iter().map(|part| part.code()).collect();
            read.notices.push(format!(
                "service {id} is protected: these words hold a number, mail or page that leads to \
                 it and are left out: {}",
                parts.join(", ")
            ));
        }
        if one.guessed {
            read.notices.push(format!(
                "service {id}: what it is for was guessed from its words as `{}`; look at it",
                one.service.need
            ));
        }
        read.services.push(one);
    }
    read
}

impl<'p> Reader<'p> {
    fn new(package: &'p Package) -> Self {
        let mut attributes: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
        for (_, row) in package.rows("attribute") {
            let term =
                id_in(row, "taxonomy_term_id").and_then(|id| package.row("taxonomy_term", id));
            if let (Some(link), Some(term)) = (id_in(row, "link_id"), term) {
                attributes.entry(link).or_default().push((row, term));
            }
        }
        Self { package, attributes }
    }

    fn terms(&self, id: Uuid) -> impl Iterator<Item = (&'p Row, &'p Row)> {
        self.attributes.get(&id).into_iter().flatten().copied()
    }

    /// Palermo's own facts about a record.
    fn facts(&self, id: Uuid) -> Facts<'p> {
        let mut facts = Facts::new();
        for (attribute, term) in self.terms(id) {
            if text_in(term, "taxonomy") == Some(TAXONOMY)
                && let Some(code) = text_in(term, "code")
            {
                facts.entry(code).or_default().push(text_in(attribute, "value").unwrap_or("yes"));
            }
        }
        facts
    }

    fn service(&self, id: Uuid, row: &'p Row, organization: (Uuid, &Row)) -> ReadService {
        let facts = self.facts(id);
        let fact = |code: &str| facts.get(code).and_then(|values| values.first()).copied();
        let text = |field: &str| text_in(row, field).map(str::to_owned);
        let all =
            |field: &str| row.get(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let protected = self.protected(id, row);
        let mut places = if protected { Vec::new() } else { self.places(id) };
        // A place without a name of its own goes out under its service's.
        for (_, place) in &mut places {
            if Some(place.name.as_str()) == text_in(row, "name") {
                place.name.clear();
            }
        }
        let (need, guessed) = self.need(id, row, &facts);
        let place = if protected {
            Place::Protected { through: None }
        } else {
            Place::Open { locations: places.iter().map(|(_, place)| place.clone()).collect() }
        };
        let state = fact("state").and_then(|code| code.parse().ok());
        let state = state.or_else(|| self.state(&places));
        let (hours, time_zone) = self.opening(id, &places);
        let service = Service {
            name: all("name"),
            alternate_name: text("alternate_name"),
            need,
            centre: fact("centre").and_then(|code| code.parse::<Centre>().ok()),
            description: all("description"),
            organisation: self.organisation(organization),
            state,
            areas: self.areas(id, facts.get("area")),
            status: text_in(row, "status").and_then(|s| s.parse().ok()).unwrap_or(Status::Inactive),
            place,
            phones: if protected { Vec::new() } else { self.phones(id, organization.0, &places) },
            url: text("url").filter(|_| !protected),
            email: text("email").filter(|_| !protected),
            hours: fact("hours").map(str::to_owned).or(hours),
            time_zone: fact("time-zone").map(str::to_owned).or(time_zone),
            languages: self.languages(id),
            interpretation: text("interpretation_services"),
            step_free: fact("step-free").map(|said| said == "yes"),
            accessibility: self.accessibility(&places),
            eligibility: eligibility(row, &facts),
            capacity: self.capacity(id),
            fees: all("fees_description"),
            application: if protected { String::new() } else { all("application_process") },
            funding: self.funding(id),
            assessments: facts
                .get("assessment")
                .into_iter()
                .flatten()
                .filter_map(|text| assessment(text))
                .collect(),
            assured: text_in(row, "assured_date").and_then(|day| day.get(..10)?.parse().ok()),
            alert: text("alert"),
        };
        ReadService { id: ServiceId::from_uuid(id), service, guessed }
    }

    /// Palermo's term, anyone's term of that name, or a column that says so.
    fn protected(&self, id: Uuid, row: &Row) -> bool {
        let yes = |text: &str| !matches!(text, "no" | "false" | "0");
        let by_term = self.terms(id).any(|(attribute, term)| {
            let code = text_in(term, "code").unwrap_or_default().to_lowercase();
            matches!(code.as_str(), "protected" | "confidential")
                && text_in(attribute, "value").is_none_or(yes)
        });
        by_term
            || ["protected", "confidential"].iter().any(|field| match row.get(*field) {
                Some(serde_json::Value::Bool(said)) => *said,
                Some(serde_json::Value::String(said)) => yes(said.trim()),
                _ => false,
            })
    }

    fn need(&self, id: Uuid, row: &Row, facts: &Facts<'_>) -> (Need, bool) {
        let told = facts.get("need").and_then(|values| values.first());
        if let Some(need) = told.and_then(|code| code.parse().ok()) {
            return (need, false);
        }
        let mut codes = self.terms(id).filter_map(|(_, term)| text_in(term, "code"));
        if let Some(need) = codes.find_map(|code| code.to_lowercase().parse().ok()) {
            return (need, false);
        }
        let mut words = text_in(row, "name").unwrap_or_default().to_lowercase();
        for (_, term) in self.terms(id) {
            words.push(' ');
            words.push_str(&text_in(term, "name").unwrap_or_default().to_lowercase());
        }
        let has = |(_, signs): &&(Need, &[&str])| signs.iter().any(|sign| words.contains(sign));
        match SIGNS.iter().find(has) {
            Some((need, _)) => (*need, true),
            None => (Need::Other, false),
        }
    }

    fn organisation(&self, (id, row): (Uuid, &Row)) -> Organisation {
        let facts = self.facts(id);
        let told = facts.get("provider").and_then(|values| values.first());
        let provider = told.and_then(|code| code.parse().ok());
        let text =
            |field: &str| row.get(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let description = text("description");
        Organisation {
            id,
            name: text("name"),
            description: if description == text("name") { String::new() } else { description },
            provider: provider.unwrap_or_else(|| provider_by_words(&text("legal_status"))),
            website: text_in(row, "website").map(str::to_owned),
            email: text_in(row, "email").map(str::to_owned),
        }
    }

    /// Places of a service with the id of the row that joins the two.
    fn places(&self, id: Uuid) -> Vec<(Uuid, Location)> {
        let joined = self.package.pointing("service_at_location", "service_id", id);
        let mut places: Vec<(Uuid, Location)> = joined
            .filter_map(|(join, row)| {
                let at = id_in(row, "location_id")?;
                let location = self.package.row("location", at)?;
                (text_in(location, "location_type") != Some("virtual"))
                    .then(|| (join, self.location(at, location)))
            })
            .collect();
        // What was opened later has the later id: what went out comes back in its order.
        places.sort_by_key(|(_, place)| place.id);
        let several = places.len() > 1;
        for (join, place) in &mut places {
            place.hours = self.hours_at(*join, place.id, several);
            let at = self
                .phones_pointing([("service_at_location_id", *join), ("location_id", place.id)]);
            let own = |(phone, row): &(Uuid, &Row)| {
                self.is_at_place(*phone) || (several && !row.contains_key("service_id"))
            };
            let mut own: Vec<Phone> =
                at.into_iter().filter(own).map(|(phone, row)| self.phone(phone, row)).collect();
            own.sort_by_key(|phone| phone.id);
            own.dedup_by_key(|phone| phone.id);
            place.phones = own;
        }
        self.same_everywhere(&mut places);
        places
    }

    /// Where every place has the same hours, and none of them says so of its own, they are
    /// those of the service.
    fn same_everywhere(&self, places: &mut [(Uuid, Location)]) {
        let of_its_own = |join: &Uuid| self.facts(*join).contains_key("hours");
        let first = places.first().and_then(|(_, place)| place.hours.clone());
        if places.iter().all(|(join, place)| place.hours == first && !of_its_own(join)) {
            for (_, place) in places {
                place.hours = None;
            }
        }
    }

    /// The hours at one place: as Palermo says them, else, where there are several places,
    /// as the schedules of that place do.
    fn hours_at(&self, join: Uuid, place: Uuid, several: bool) -> Option<String> {
        let facts = self.facts(join);
        if let Some(said) = facts.get("hours").and_then(|values| values.first()) {
            return Some((*said).to_owned());
        }
        let rows = self
            .package
            .pointing("schedule", "service_at_location_id", join)
            .chain(self.package.pointing("schedule", "location_id", place))
            .filter(|(_, row)| !row.contains_key("service_id"));
        several.then(|| weekly(rows).0).flatten()
    }

    /// Rows of numbers that point to one of these records.
    fn phones_pointing(&self, to: [(&'static str, Uuid); 2]) -> Vec<(Uuid, &'p Row)> {
        let package = self.package;
        to.into_iter().flat_map(|(field, id)| package.pointing("phone", field, id)).collect()
    }

    /// Whether Palermo says of a number that it rings at one place alone.
    fn is_at_place(&self, phone: Uuid) -> bool {
        self.facts(phone).contains_key("at-place")
    }

    fn phone(&self, id: Uuid, row: &Row) -> Phone {
        let facts = self.facts(id);
        let uniform = facts.get("uniform").and_then(|values| values.first());
        let extension = row.get("extension").and_then(serde_json::Value::as_u64);
        Phone {
            id,
            number: text_in(row, "number").unwrap_or_default().to_owned(),
            extension: extension.and_then(|n| u32::try_from(n).ok()),
            toll_free: facts.contains_key("toll-free"),
            uniform: uniform.map(|id| (*id).to_owned()),
            note: text_in(row, "description").unwrap_or_default().to_owned(),
        }
    }

    fn location(&self, id: Uuid, row: &Row) -> Location {
        let address = self.package.pointing("address", "location_id", id).next();
        let field = |name: &str| {
            let text = address.and_then(|(_, row)| text_in(row, name));
            // The hyphen stands where the standard asks for something nobody gave.
            text.filter(|text| *text != "-").unwrap_or_default().to_owned()
        };
        let lines = [field("address_1"), field("address_2")];
        let region = field("region");
        let number = |name: &str| row.get(name).and_then(serde_json::Value::as_f64);
        Location {
            id,
            name: text_in(row, "name").unwrap_or_default().to_owned(),
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            city: field("city"),
            region: if region.is_empty() { field("state_province") } else { region },
            postal_code: field("postal_code"),
            transport: text_in(row, "transportation").unwrap_or_default().to_owned(),
            coordinates: number("latitude").zip(number("longitude")),
            hours: None,
            phones: Vec::new(),
        }
    }

    fn state(&self, places: &[(Uuid, Location)]) -> Option<StateCode> {
        let of = |id: Uuid| {
            let (_, address) = self.package.pointing("address", "location_id", id).next()?;
            let country = text_in(address, "country")?;
            country.parse().ok().or_else(|| countries::three(country)?.parse().ok())
        };
        places.iter().find_map(|(_, place)| of(place.id))
    }

    fn phones(&self, id: Uuid, organization: Uuid, places: &[(Uuid, Location)]) -> Vec<Phone> {
        let mut found: BTreeMap<Uuid, Phone> = BTreeMap::new();
        let at_places =
            |phone| places.iter().flat_map(|(_, at)| &at.phones).any(|one| one.id == phone);
        let mut take = |field: &'static str, to: Uuid| {
            for (phone, row) in self.package.pointing("phone", field, to) {
                if !at_places(phone) {
                    found.entry(phone).or_insert_with(|| self.phone(phone, row));
                }
            }
        };
        take("service_id", id);
        for (join, place) in places {
            take("service_at_location_id", *join);
            take("location_id", place.id);
        }
        if found.is_empty() && places.iter().all(|(_, at)| at.phones.is_empty()) {
            for (phone, row) in self.package.pointing("phone", "organization_id", organization) {
                let elsewhere =
                    ["service_id", "location_id", "service_at_location_id", "contact_id"];
                if elsewhere.iter().all(|field| !row.contains_key(*field)) {
                    found.insert(
                        phone,
                        Phone {
                            id: phone,
                            number: text_in(row, "number").unwrap_or_default().to_owned(),
                            extension: None,
                            toll_free: false,
                            uniform: None,
                            note: text_in(row, "description").unwrap_or_default().to_owned(),
                        },
                    );
                }
            }
        }
        found.into_values().collect()
    }

    /// Weekly hours, where the rows say them in data; those of one place alone are told there.
    fn opening(&self, id: Uuid, places: &[(Uuid, Location)]) -> (Option<String>, Option<String>) {
        let own = self.package.pointing("schedule", "service_id", id);
        let joins =
            places.iter().filter(|(_, place)| place.hours.is_none()).flat_map(|(join, _)| {
                self.package.pointing("schedule", "service_at_location_id", *join)
            });
        let (hours, zone) = weekly(own.chain(joins));
        if hours.is_some() { (hours, zone) } else { (None, None) }
    }

    fn languages(&self, id: Uuid) -> Vec<String> {
        let rows = self.package.pointing("language", "service_id", id);
        let mut languages: Vec<String> = Vec::new();
        for (_, row) in rows {
            let told = text_in(row, "code").or_else(|| text_in(row, "name"));
            if let Some(told) = told.filter(|told| !languages.iter().any(|one| one == told)) {
                languages.push(told.to_owned());
            }
        }
        languages
    }

    fn areas(&self, id: Uuid, own: Option<&Vec<&str>>) -> Vec<String> {
        if let Some(own) = own {
            return own.iter().map(|area| (*area).to_owned()).collect();
        }
        let rows = self.package.pointing("service_area", "service_id", id);
        let names = rows.filter_map(|(_, row)| text_in(row, "name"));
        // Longer ones are sentences, not names of areas.
        names.filter(|name| name.chars().count() <= 60).map(str::to_owned).collect()
    }

    fn accessibility(&self, places: &[(Uuid, Location)]) -> String {
        let rows = places
            .iter()
            .flat_map(|(_, place)| self.package.pointing("accessibility", "location_id", place.id));
        let words = rows.filter_map(|(_, row)| text_in(row, "description"));
        words.collect::<Vec<_>>().join(" ")
    }

    fn capacity(&self, id: Uuid) -> Option<Capacity> {
        let (_, row) = self.package.pointing("service_capacity", "service_id", id).next()?;
        let count = |field: &str| {
            let number = row.get(field).and_then(serde_json::Value::as_f64)?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked
            (0.0..1e9).contains(&number).then_some(number as u32)
        };
        let unit = id_in(row, "unit_id").and_then(|unit| self.package.row("unit", unit));
        let unit = unit.and_then(|unit| text_in(unit, "name")).or_else(|| text_in(row, "unit"));
        Some(Capacity {
            unit: unit.unwrap_or("place").to_owned(),
            maximum: count("maximum"),
            available: count("available"),
            confirmed: text_in(row, "updated").and_then(|at| at.get(..10)?.parse().ok()),
        })
    }

    fn funding(&self, id: Uuid) -> Vec<Funding> {
        let rows = self.package.pointing("funding", "service_id", id);
        rows.filter_map(|(funding, row)| {
            let facts = self.facts(funding);
            let until = facts.get("funding-until").and_then(|values| values.first());
            Some(Funding {
                source: text_in(row, "source")?.to_owned(),
                until: until.and_then(|day| day.parse().ok()),
            })
        })
        .collect()
    }
}

/// Words that tell what a service is for, where no term does.
const SIGNS: &[(Need, &[&str])] = &[
    (Need::Hotline, &["hotline", "helpline", "crisis line"]),
    (Need::Shelter, &["shelter", "refuge", "safe house", "accommodation", "housing"]),
    (Need::Legal, &["legal", "lawyer", "law clinic"]),
    (Need::Psychosocial, &["counselling", "counseling", "psycholog", "mental health", "trauma"]),
    (Need::Medical, &["medical", "clinic", "hospital", "health"]),
    (Need::Interpretation, &["interpret", "translation"]),
    (Need::Education, &["school", "education", "literacy"]),
    (Need::Vocational, &["vocational", "job training", "employment"]),
    (Need::Return, &["voluntary return", "repatriation"]),
    (Need::Reintegration, &["reintegration"]),
    (Need::Material, &["food", "clothing", "cash assistance"]),
    (Need::Guardianship, &["guardian"]),
    (Need::Tracing, &["family tracing"]),
];

fn provider_by_words(legal_status: &str) -> Provider {
    let words = legal_status.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    if has(&["government", "public", "municipal", "ministry", "state"]) {
        Provider::State
    } else if has(&["non-profit", "nonprofit", "charit", "ngo", "association", "non-governmental"])
    {
        Provider::Ngo
    } else if has(&["limited", "company", "private", "inc"]) {
        Provider::Private
    } else {
        Provider::Unknown
    }
}

fn eligibility(row: &Row, facts: &Facts<'_>) -> Eligibility {
    let groups = |code: &str| -> Vec<Group> {
        facts.get(code).into_iter().flatten().filter_map(|group| group.parse().ok()).collect()
    };
    let age = |field: &str| {
        let years = row.get(field).and_then(serde_json::Value::as_f64)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked
        (0.0..=255.0).contains(&years).then_some(years as u8)
    };
    Eligibility {
        minimum_age_years: age("minimum_age"),
        maximum_age_years: age("maximum_age"),
        words: row
            .get("eligibility_description")
            .and_then(|v| v.as_str())
            .unwrap_or_default()
            .to_owned(),
        ..Eligibility::of(&groups("admits"), &groups("excludes"))
    }
}

/// Hours as the rows of schedules say them, and the zone of the first that names one.
fn weekly<'r>(rows: impl Iterator<Item = (Uuid, &'r Row)>) -> (Option<String>, Option<String>) {
    let mut parts: Vec<String> = Vec::new();
    let mut zone = None;
    let mut seen = Vec::new();
    for (schedule, row) in rows {
        if seen.contains(&schedule) || text_in(row, "freq") != Some("WEEKLY") {
            continue;
        }
        seen.push(schedule);
        let (Some(days), Some(opens), Some(closes)) =
            (text_in(row, "byday"), text_in(row, "opens_at"), text_in(row, "closes_at"))
        else {
            continue;
        };
        let days: Vec<String> = days.split(',').map(|day| capital(day.trim())).collect();
        let (opens, closes) = (opens.get(..5), closes.get(..5));
        let (Some(opens), Some(closes)) = (opens, closes) else { continue };
        let part = format!("{} {opens}-{closes}", days.join(","));
        // The same at several places is said once.
        if !parts.contains(&part) {
            parts.push(part);
        }
        let offset = row.get("timezone").and_then(serde_json::Value::as_f64);
        zone = zone.or_else(|| offset.map(zone_of_offset));
    }
    let hours = parts.join("; ");
    (hours.parse::<Hours>().is_ok().then_some(hours), zone)
}

/// `standard | by | met | 2026-01-10 | 2027-01-10`.
fn assessment(text: &str) -> Option<Assessment> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let day = |at: usize| parts.get(at).and_then(|day| day.parse::<Day>().ok());
    Some(Assessment {
        standard: (*parts.first()?).to_owned(),
        by: (*parts.get(1)?).to_owned(),
        outcome: parts.get(2)?.parse::<Outcome>().ok()?,
        on: day(3)?,
        until: day(4),
    })
}

fn capital(day: &str) -> String {
    let mut letters = day.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| c.to_ascii_lowercase())).collect()
}

/// A whole offset in hours as a zone; IANA writes it with the sign turned.
fn zone_of_offset(hours: f64) -> String {
    if hours == 0.0 || hours.fract() != 0.0 {
        return "UTC".to_owned();
    }
    let sign = if hours > 0.0 { '-' } else { '+' };
    format!("Etc/GMT{sign}{}", hours.abs())
}
