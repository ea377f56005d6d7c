//! The services of one invented State, made from a few ingredients in a fixed
//! order: the same every time, and with something true to itself on each page:
//! shelters for women only, a shelter whose money ends, records nobody made
//! sure of, ministries that exclude foreigners.

use super::{File, InState};
use palermo_domain::{
    register::day::Day,
    service::{
        Assessment, Capacity, Centre, Funding, Location, Need, Organisation, Outcome, Phone, Place,
        Provider, Service, Status,
        eligibility::{Eligibility, Group},
        standard::Standard,
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Needs in the order services are made, the frequent ones more than once.
const NEEDS: [Need; 18] = [
    Need::Shelter,
    Need::Legal,
    Need::Medical,
    Need::Psychosocial,
    Need::Material,
    Need::Shelter,
    Need::Interpretation,
    Need::Vocational,
    Need::Legal,
    Need::Reintegration,
    Need::Education,
    Need::Return,
    Need::Psychosocial,
    Need::Guardianship,
    Need::Reception,
    Need::Medical,
    Need::Tracing,
    Need::Hotline,
];

/// Names of houses that lead nowhere.
const HOUSES: [&str; 14] = [
    "Alva", "Belun", "Cedra", "Dovan", "Elmira", "Fenora", "Galen", "Heron", "Iveld", "Junia",
    "Kestra", "Lumen", "Maris", "Noor",
];

/// What the region asks of every house in which people stay: the standard under which its
/// services are assessed.
pub(super) fn standard() -> Standard {
    let points = [
        "Whoever stays there may leave when they wish.",
        "A room with a door that locks from within.",
        "Someone who speaks their language, or an interpreter, within a day.",
        "Nobody is asked what happened to them before they were told why.",
        "A way to complain that does not lead past those who run the house.",
    ];
    Standard {
        name: STANDARD.into(),
        by: "Meridian Process".into(),
        state: None,
        needs: vec![Need::Shelter, Need::Reception],
        points: points.map(str::to_owned).to_vec(),
        since: None,
        until: None,
        source: String::new(),
    }
}

/// Its name, as assessments have it.
const STANDARD: &str = "Meridian minimum standards for services";

/// What a State offers.
pub(super) struct Plan {
    pub open: Vec<Service>,
    pub protected: Vec<Service>,
}

pub(super) fn plan(file: &File, state: &InState, today: Day) -> Plan {
    let open = state.services - state.protected;
    let mut services: Vec<Service> =
        (0..open.saturating_sub(1)).map(|at| service(file, state, at, today)).collect();
    told_apart(&mut services);
    second_place(&mut services, state);
    services.push(hotline(file, state, today));
    let protected = (0..state.protected).map(|at| {
        let mut one = service(file, state, at * NEEDS.len(), today);
        // No town: even a name could lead to the house.
        let house = HOUSES[at % HOUSES.len()];
        one.name = named(file, state, one.need, house);
        one.areas.clear();
        one.phones.clear();
        one
    });
    Plan { open: services, protected: protected.collect() }
}

/// A clinic is open in a second town too, on its own day and with its own number.
fn second_place(services: &mut [Service], state: &InState) {
    let Some(one) = services.iter_mut().find(|one| one.need == Need::Medical) else { return };
    let Place::Open { locations } = &mut one.place else { return };
    let here = locations.first().map(|at| at.city.clone());
    let elsewhere = |town: &&String| Some(*town) != here.as_ref();
    let Some(town) = state.towns.iter().find(elsewhere) else { return };
    locations.push(Location {
        hours: Some("Sa 09:00-12:00".into()),
        phones: vec![phone(format!("{} 600 0999", state.dial))],
        ..location(120, town)
    });
}

/// Two services of one kind in one town are told apart by who runs them, or else
/// by a number.
fn told_apart(services: &mut [Service]) {
    let mut known = BTreeSet::new();
    for one in services {
        if known.contains(&one.name) {
            one.name = format!("{}, {}", one.name, one.organisation.name);
        }
        let plain = one.name.clone();
        let mut number = 2;
        while !known.insert(one.name.clone()) {
            one.name = format!("{plain} {number}");
            number += 1;
        }
    }
}

/// The house's own service: the organisation that keeps the protected ones runs
/// one of them itself, under its own name.
pub(super) fn own_house(service: &mut Service, house: &str) {
    house.clone_into(&mut service.name);
    service.organisation = Organisation {
        id: Uuid::now_v7(),
        name: house.to_owned(),
        description: String::new(),
        provider: Provider::Ngo,
        website: None,
        email: None,
    };
}

fn named(file: &File, state: &InState, need: Need, town: &str) -> String {
    let pattern = file.names.get(&state.language).and_then(|names| names.get(&need));
    pattern.map_or_else(|| town.to_owned(), |pattern| pattern.replace("{}", town))
}

fn service(file: &File, state: &InState, at: usize, today: Day) -> Service {
    let need = NEEDS[at % NEEDS.len()];
    let round = at / NEEDS.len();
    let town = &state.towns[(at * 5 + round) % state.towns.len()];
    let behind = &state.organisations[(at * 3 + round) % state.organisations.len()];
    let number = format!("{} 600 {:04}", state.dial, 1000 + at);
    let organisation = Organisation {
        id: Uuid::now_v7(),
        name: behind.name.clone(),
        description: String::new(),
        provider: behind.provider,
        website: None,
        email: None,
    };
    let days = |of: usize, most: i64| i64::try_from(of * 37 % 97).unwrap_or(0) * most / 97;
    let ends = if need == Need::Shelter && at == 5 { Some(today.plus_days(60)) } else { None };
    Service {
        name: named(file, state, need, town),
        alternate_name: None,
        need,
        centre: centre(need, at),
        description: String::new(),
        organisation,
        state: Some(state.code),
        areas: if round.is_multiple_of(4) { Vec::new() } else { vec![town.clone()] },
        status: if at % 41 == 40 { Status::TemporarilyClosed } else { Status::Active },
        place: Place::Open { locations: vec![location(at, town)] },
        phones: vec![phone(number)],
        url: None,
        email: None,
        hours: Some(hours(need, at).into()),
        time_zone: Some(state.time_zone.clone()),
        languages: state
            .languages
            .iter()
            .take(1 + at % state.languages.len().max(1))
            .cloned()
            .collect(),
        interpretation: None,
        step_free: [Some(true), None, Some(false)][at % 3],
        accessibility: String::new(),
        eligibility: eligibility(need, at, behind.provider),
        capacity: capacity(need, at, today),
        fees: if at.is_multiple_of(5) { "free".into() } else { String::new() },
        application: String::new(),
        funding: vec![Funding {
            source: if behind.provider == Provider::State {
                "State budget".into()
            } else {
                "Northway Fund".into()
            },
            until: ends.or_else(|| {
                (behind.provider == Provider::Ngo).then(|| today.plus_days(90 + days(at, 500)))
            }),
        }],
        assessments: assessments(at, today),
        assured: Some(today.plus_days(-days(at + 3, 420))),
        alert: None,
    }
}

fn location(at: usize, town: &str) -> Location {
    Location {
        id: Uuid::now_v7(),
        name: String::new(),
        lines: vec![format!("{} {town}", 1 + at)],
        city: town.to_owned(),
        region: String::new(),
        postal_code: String::new(),
        transport: String::new(),
        coordinates: None,
        hours: None,
        phones: Vec::new(),
    }
}

fn phone(number: String) -> Phone {
    Phone {
        id: Uuid::now_v7(),
        number,
        extension: None,
        toll_free: false,
        uniform: None,
        note: String::new(),
    }
}

/// The number that is the same in every State.
fn hotline(file: &File, state: &InState, today: Day) -> Service {
    let mut one = service(file, state, 17, today);
    let name = file.hotline.names.get(&state.language);
    one.name = name.cloned().unwrap_or_default();
    one.areas.clear();
    one.place = Place::Open { locations: Vec::new() };
    one.hours = Some("24/7".into());
    one.languages.clone_from(&state.languages);
    one.phones = vec![Phone {
        toll_free: true,
        uniform: Some(file.hotline.mechanism.clone()),
        ..phone(file.hotline.number.clone())
    }];
    one.eligibility = Eligibility::default();
    one.assured = Some(today.plus_days(-9));
    one.status = Status::Active;
    one
}

const fn centre(need: Need, at: usize) -> Option<Centre> {
    match need {
        Need::Shelter if at % 4 == 1 => Some(Centre::Rehabilitation),
        Need::Shelter => Some(Centre::Shelter),
        Need::Reception if (at / NEEDS.len()).is_multiple_of(2) => Some(Centre::Reception),
        Need::Reception => Some(Centre::Transit),
        Need::Vocational => Some(Centre::Day),
        _ => None,
    }
}

const fn hours(need: Need, at: usize) -> &'static str {
    match need {
        Need::Shelter | Need::Reception | Need::Hotline => "24/7",
        Need::Medical => "Mo-Su 07:00-20:00",
        _ if at % 3 == 1 => "Mo-Fr 08:30-16:30; Sa 09:00-12:00",
        _ => "Mo-Fr 09:00-17:00",
    }
}

fn eligibility(need: Need, at: usize, provider: Provider) -> Eligibility {
    use Group as G;
    let mut one = match (need, (at / 6) % 4) {
        (Need::Shelter, 0 | 1) => {
            Eligibility::of(&[G::Women, G::Girls, G::Families], &[G::Men, G::Boys])
        }
        (Need::Shelter, 2) => Eligibility::of(&[G::Women], &[G::Men, G::Families]),
        (Need::Shelter, _) => {
            Eligibility::of(&[G::Women, G::Men, G::OtherGender], &[G::Girls, G::Boys])
        }
        (Need::Guardianship | Need::Tracing, _) => Eligibility::of(&[G::Girls, G::Boys], &[]),
        (Need::Vocational, 1) => Eligibility::of(&[G::Women, G::Men], &[G::Disability]),
        _ => Eligibility::default(),
    };
    if need == Need::Guardianship {
        one.maximum_age_years = Some(17);
    }
    if provider == Provider::State && at.is_multiple_of(2) {
        one.groups.insert(G::Foreigners, palermo_domain::service::eligibility::Admission::Excluded);
    }
    one
}

fn capacity(need: Need, at: usize, today: Day) -> Option<Capacity> {
    if !matches!(need, Need::Shelter | Need::Reception) {
        return None;
    }
    let maximum = u32::try_from(8 + at % 9).unwrap_or(8);
    let confirmed = today.plus_days(-i64::try_from(at % 11).unwrap_or(0));
    let available = Some(u32::try_from(at % 4).unwrap_or(0));
    Some(Capacity {
        unit: "bed".into(),
        maximum: Some(maximum),
        available,
        confirmed: Some(confirmed),
    })
}

fn assessments(at: usize, today: Day) -> Vec<Assessment> {
    if at % 5 == 4 {
        return Vec::new();
    }
    let on = today.plus_days(-i64::try_from(60 + at * 7 % 500).unwrap_or(60));
    let outcome = match at % 11 {
        7 => Outcome::Partly,
        9 => Outcome::NotMet,
        _ => Outcome::Met,
    };
    vec![Assessment {
        standard: STANDARD.into(),
        by: "Ministry of Social Welfare".into(),
        outcome,
        on,
        until: Some(on.plus_days(365)),
    }]
}
