//! How fast help is found among 20,000 invented services, 2,000 of them at
//! protected addresses: what is read for a need in a State, sorted for a
//! person, and the first ten opened, as the page does. On both engines.
//! The services are made from a seed: the same in every run.
//!
//! `cargo bench -p palermo-store --bench find_help`

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use divan::{Bencher, black_box};
use palermo_domain::{
    id::{Id, ServiceId},
    service::{
        Capacity, Location, Need, Organisation, Place, Provider, Service, Status,
        eligibility::{Eligibility, Group},
        find::{AgeGroup, Particulars, Sex, Wanted, find},
    },
    tenant::TenantKind,
};
use palermo_store::{
    service,
    testing::{Engine, TestStore},
};
use std::{collections::HashMap, sync::Mutex};
use tokio::runtime::Runtime;
use uuid::Uuid;

fn main() {
    divan::main();
}

const SERVICES: u64 = 20_000;
const STATES: [&str; 6] = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"];

/// How the services lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lie {
    /// In six States, for fifteen needs, as in a region.
    Region,
    /// All in one State, for fifteen needs.
    OneState,
    /// All of them shelters of one State: nothing can be left unread.
    OneNeed,
}

/// A small generator of numbers from a seed (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: u64) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % most).unwrap()
    }
}

fn place(at: u64, town: &str) -> Location {
    Location {
        id: Uuid::from_u128(u128::from(at)),
        name: String::new(),
        lines: vec![format!("{at} Long Quay")],
        city: town.to_owned(),
        region: String::new(),
        postal_code: String::new(),
        transport: String::new(),
        coordinates: None,
        hours: None,
        phones: Vec::new(),
    }
}

fn invented(at: u64, lie: Lie, seeded: &mut Seeded) -> Service {
    let state = if lie == Lie::Region { STATES[seeded.below(6)] } else { STATES[0] };
    let needs = Need::ALL;
    let need =
        if lie == Lie::OneNeed { Need::Shelter } else { needs[seeded.below(needs.len() as u64)] };
    let town = format!("Town {}", seeded.below(40));
    let hours =
        ["24/7", "Mo-Fr 08:00-17:00", "Mo-Su 18:00-06:00", "Mo-Fr 09:00-12:00; Sa 10:00-12:00"];
    // Every tenth one is protected: 2,000.
    let protected = at.is_multiple_of(10);
    let location = place(at, &town);
    Service {
        name: format!("Service {at}"),
        alternate_name: None,
        need,
        centre: None,
        description: "What it does, in a line or two of the length that people write.".into(),
        organisation: Organisation {
            id: Uuid::from_u128(7),
            name: "Harbour Trust".into(),
            description: String::new(),
            provider: Provider::Ngo,
            website: None,
            email: None,
        },
        state: Some(state.parse().unwrap()),
        areas: if seeded.below(4) == 0 || protected { Vec::new() } else { vec![town] },
        status: Status::Active,
        place: match protected {
            true => Place::Protected { through: None },
            false => Place::Open { locations: vec![location] },
        },
        phones: Vec::new(),
        url: None,
        email: None,
        hours: Some(hours[seeded.below(4)].into()),
        time_zone: Some("Europe/Lisbon".into()),
        languages: [vec!["en".into()], vec!["fr".into(), "en".into()]][seeded.below(2)].clone(),
        interpretation: None,
        step_free: [Some(true), Some(false), None][seeded.below(3)],
        accessibility: String::new(),
        eligibility: match seeded.below(3) {
            0 => Eligibility::of(&[Group::Women], &[Group::Men]),
            1 => Eligibility::of(&[Group::Women, Group::Men], &[Group::Families]),
            _ => Eligibility::default(),
        },
        capacity: Some(Capacity {
            unit: "bed".into(),
            maximum: Some(12),
            available: Some(u32::try_from(seeded.below(4)).unwrap()),
            confirmed: Some("2026-02-26".parse().unwrap()),
        }),
        fees: String::new(),
        application: String::new(),
        funding: Vec::new(),
        assessments: Vec::new(),
        assured: Some("2026-02-01".parse().unwrap()),
        alert: None,
    }
}

async fn filled(engine: Engine, lie: Lie) -> Option<TestStore> {
    let test = TestStore::open(engine).await?;
    let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
    let mut seeded = Seeded(20_000);
    let all: Vec<(ServiceId, Service)> = (0..SERVICES)
        .map(|at| {
            let id = ServiceId::from_uuid(Uuid::from_u128(1 << 100 | u128::from(at)));
            (id, invented(at, lie, &mut seeded))
        })
        .collect();
    let mut act = test.begin_act(tenant, "service.edit").await;
    service::insert_many(&mut act, &all).await.unwrap();
    act.commit(&()).await.unwrap();
    Some(test)
}

fn wanted() -> Wanted {
    Wanted {
        need: Need::Shelter,
        state: "XAA".parse().unwrap(),
        area: Some("town 15".into()),
        person: Particulars {
            sex: Some(Sex::Female),
            age: Some(AgeGroup::Adult),
            languages: vec!["fr".into()],
            ..Particulars::default()
        },
        tried: Vec::new(),
    }
}

/// Stores are filled once for all samples.
type Filled = HashMap<(&'static str, Lie), Option<TestStore>>;
static FILLED: Mutex<Option<(Runtime, Filled)>> = Mutex::new(None);

fn measure(bencher: Bencher<'_, '_>, engine: Engine, lie: Lie) {
    let mut held = FILLED.lock().unwrap();
    let (runtime, stores) = held.get_or_insert_with(|| (Runtime::new().unwrap(), HashMap::new()));
    let name = if engine == Engine::Sqlite { "sqlite" } else { "postgres" };
    let test = stores.entry((name, lie)).or_insert_with(|| runtime.block_on(filled(engine, lie)));
    let Some(test) = test else { return };
    let wanted = wanted();
    bencher.bench_local(|| {
        runtime.block_on(async {
            let offers =
                service::offers(&test.store, wanted.need, wanted.state, test.now()).await.unwrap();
            let found = find(&offers, &wanted, test.now());
            let ids: Vec<ServiceId> = found.matches.iter().take(10).map(|one| one.id).collect();
            black_box(service::by_ids(&test.store, &ids).await.unwrap())
        })
    });
}

#[divan::bench(args = [Lie::Region, Lie::OneState, Lie::OneNeed], sample_count = 100)]
fn sqlite(bencher: Bencher<'_, '_>, lie: Lie) {
    measure(bencher, Engine::Sqlite, lie);
}

#[divan::bench(args = [Lie::Region, Lie::OneState, Lie::OneNeed], sample_count = 100)]
fn postgres(bencher: Bencher<'_, '_>, lie: Lie) {
    measure(bencher, Engine::Postgres, lie);
}
