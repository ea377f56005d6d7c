//! How fast it starts and answers, and how much memory it takes. Not timed
//! tests: they print figures for `docs/benchmarks/serve.md` and fail only when
//! something does not work. `cargo xtask speed` runs them on a release build.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
mod live;

use common::{Place, done};
use live::{
    client::{Ask, Client, ask_once},
    region::{Region, until_ready},
    server::Server,
};
use palermo_app::domain::{id::TenantId, task::Task};
use palermo_store::{Begun, task, testing::Engine};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use serde_json::json;
use std::{
    fs,
    net::SocketAddr,
    time::{Duration, Instant},
};

/// What is active at once, and how long.
const USERS: usize = 50;
const LASTING: Duration = Duration::from_secs(60);
/// As many records as a region has after some years.
const RECORDS: usize = 100_000;

const ADMINISTRATOR: &str = "omar@secretariat.meridian.example";
const PEOPLE: [&str; 5] = [
    ADMINISTRATOR,
    "ines@secretariat.meridian.example",
    "petra@secretariat.meridian.example",
    "ruth@harbourhouse.example",
    "joan@taskforce.avelmar.example",
];
const PUBLIC: [&str; 8] = [
    "/en",
    "/fr/mechanisms",
    "/ar/states",
    "/en/instruments",
    "/en/agreements",
    "/es/laws",
    "/en/models",
    "/en/matrix",
];
const SIGNED_IN: [&str; 3] = ["/en/work", "/en/account", "/en/work?page=40"];

/// Durations, told by their quantiles.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss
        )]
        let place =
            ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(place).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0)
    }

    fn row(&self, what: &str, target: &str) -> String {
        format!(
            "| {what} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {target} |",
            self.0.len(),
            self.at(0.5),
            self.at(0.95),
            self.at(0.99),
            self.at(1.0)
        )
    }
}

/// The memory a process has in use, in MiB.
fn resident(server: &Server) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kib: f64 = line.split_whitespace().next().unwrap().parse().unwrap();
    kib / 1_024.0
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "speed: starts the program again and again"]
async fn speed_of_starting() {
    let place = Place::with_region();
    fs::create_dir(place.path("tmp")).unwrap();
    let arguments = place.palermo(&["serve", "--data", "@data", "--key-file", "@root.key"]);
    let arguments: Vec<_> =
        arguments.get_args().map(|one| one.to_string_lossy().into_owned()).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (mut serve, mut demo, mut again) = (Times::default(), Times::default(), Times::default());
    for turn in 0..10 {
        let server = Server::start(&arguments, &place.path("log"), &place.path("tmp"));
        serve.0.push(until_ready(&server).await);
        drop(server);
        let folder = place.path(&format!("demo{turn}")).display().to_string();
        for times in [&mut demo, &mut again] {
            let server =
                Server::start(&["demo", "--data", &folder], &place.path("log"), &place.path("tmp"));
            times.0.push(until_ready(&server).await);
        }
    }
    println!(
        "| what | times | median ms | p95 | p99 | longest | target |\n|---|---|---|---|---|---|---|"
    );
    println!("{}", serve.row("`serve` ready on an existing folder", "< 500"));
    println!("{}", demo.row("`demo` ready, region made anew", "< 5,000"));
    println!("{}", again.row("`demo` ready on its kept folder", "–"));
    let server = Server::start(&arguments, &place.path("log"), &place.path("tmp"));
    until_ready(&server).await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    println!(
        "resident memory, idle for 10 s after the start: {:.0} MiB (target < 120)",
        resident(&server)
    );
    for path in PUBLIC {
        assert_eq!(ask_once(server.address, &Ask::get(path)).await.unwrap().status, 200, "{path}");
    }
    println!("resident memory after some pages: {:.0} MiB", resident(&server));
}

/// Fills a tenant with invented work, the same for the same seed.
async fn fill(region: &Region, tenant: TenantId) {
    let app = region.app();
    let mut dice = SmallRng::seed_from_u64(21);
    for part in 0..RECORDS / 2_000 {
        let actor = palermo_app::domain::actor::Actor::System { job: "fill".to_owned() };
        let context = palermo_store::ActContext::new(tenant, actor, "demo.build");
        let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else {
            panic!("done before")
        };
        let tasks: Vec<_> = (0..2_000)
            .map(|n| {
                let due = Duration::from_secs(dice.random_range(0..400) * 86_400);
                let done = dice.random_range(0..10) < 9;
                Task {
                    tenant,
                    id: act.new_id(),
                    kind: "task-confirm-desk".to_owned(),
                    subject: None,
                    note: format!("invented work {part}-{n}, a line of the length people write"),
                    desk: None,
                    assignee: None,
                    due_at: Some(act.now().after(due)),
                    done_at: done.then(|| act.now()),
                    done_by: None,
                    recorded_at: act.now(),
                }
            })
            .collect();
        task::insert_many(&mut act, &tasks).await.unwrap();
        act.commit(&()).await.unwrap();
    }
}

/// What one user waits for, by kind: public page, own page, search or export, write.
#[derive(Default)]
struct Waited {
    public: Times,
    own: Times,
    write: Times,
}

/// Someone who reads, thinks for about a second, and now and then writes.
async fn user(
    address: SocketAddr,
    number: usize,
    cookie: String,
    token: String,
    until: Instant,
) -> Waited {
    let mut dice = SmallRng::seed_from_u64(number as u64);
    let mut client = Client::connect(address).await.unwrap();
    let mut waited = Waited::default();
    let mut turn = 0;
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(dice.random_range(500..1_500))).await;
        turn += 1;
        let (ask, times, status) = match dice.random_range(0..100) {
            0..45 => {
                let path = PUBLIC[dice.random_range(0..PUBLIC.len())];
                (Ask::get(path), &mut waited.public, 200)
            }
            45..85 => {
                let path = SIGNED_IN[dice.random_range(0..SIGNED_IN.len())];
                (Ask::get(path).cookie(&cookie), &mut waited.own, 200)
            }
            _ => {
                let desk = json!({
                    "name": format!("speed {number}-{turn}"), "level": "national", "state": "XAA",
                    "topics": ["return"], "languages": ["en"], "time_zone": "Africa/Dakar",
                    "hours": "Mo-Fr 08:00-16:00"
                });
                let once = format!("speed-of-serving-{number}-{turn}");
                (
                    Ask::post("/api/v1/desks", &desk).token(&token).once(&once),
                    &mut waited.write,
                    201,
                )
            }
        };
        let begun = Instant::now();
        let answer = client.ask(&ask).await.unwrap();
        times.0.push(begun.elapsed());
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    waited
}

async fn measure(engine: Engine) {
    let Some(region) = Region::make(engine).await else { return };
    let mut cookies = Vec::new();
    for email in PEOPLE {
        let signed = region.signed_in(email).await;
        cookies.push(format!("__Host-palermo={}", signed.token.text()));
    }
    let house = region.app().store.house().unwrap();
    let begun = Instant::now();
    fill(&region, house).await;
    println!("{engine:?}: {RECORDS} records made in {:.0} s", begun.elapsed().as_secs_f64());
    if engine == Engine::Postgres {
        region.place().tamper("ANALYZE").await;
    }
    let token = region.token(ADMINISTRATOR, &["desk.manage"]).await;
    let server = region.serve();
    until_ready(&server).await;
    for path in PUBLIC {
        ask_once(server.address, &Ask::get(path)).await.unwrap();
    }
    let until = Instant::now() + LASTING;
    let users: Vec<_> = (0..USERS)
        .map(|number| {
            let cookie = cookies[number % cookies.len()].clone();
            tokio::spawn(user(server.address, number, cookie, token.clone(), until))
        })
        .collect();
    let mut all = Waited::default();
    for user in users {
        let waited = user.await.unwrap();
        all.public.0.extend(waited.public.0);
        all.own.0.extend(waited.own.0);
        all.write.0.extend(waited.write.0);
    }
    println!(
        "| {engine:?}: {USERS} users, {} s | requests | median ms | p95 | p99 | longest | target p99 |",
        LASTING.as_secs()
    );
    println!("|---|---|---|---|---|---|---|");
    println!("{}", all.public.row("public page", "< 20"));
    println!("{}", all.own.row("page of someone signed in", "< 20"));
    println!("{}", all.write.row("write", "< 100"));
    println!("resident memory under this load: {:.0} MiB", resident(&server));
    drop(server);
    done(&common::palermo().args(["verify"]).args(region.location()).output().unwrap());
    region.discard().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "speed: a minute of fifty users on each engine"]
async fn speed_of_serving() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        measure(engine).await;
    }
}
