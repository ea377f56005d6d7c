//! How fast it starts and answers, and how much memory it takes. Not timed
//! tests: they print figures for `docs/benchmarks/serve.md` and fail only when
//! something does not work. `cargo xtask speed` runs them on a release build.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;
use crate::live;

use common::Place;
use live::{
    client::{Ask, Client, ask_once},
    region::{Region, until_ready},
    server::Server,
};
use palermo_app::{
    App,
    access::Action,
    domain::{
        case::{
            Case, Phase,
            event::Event,
            person::{AgeGroup, Person},
            status::VictimStatus,
            team::{TeamMember, TeamPart},
        },
        compartment::Compartment,
        id::{AccountId, CaseId, Id, PersonId, TenantId},
        moment::Moment,
        purpose::Purpose,
    },
    keys,
    locale::Language,
};
use palermo_store::{
    Act, Begun, UnlockedVault, case,
    keys::{bulk, sealed},
    testing::Engine,
};
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
const PEOPLE: [&str; 4] = [
    ADMINISTRATOR,
    "ines@secretariat.meridian.example",
    "petra@secretariat.meridian.example",
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
const SIGNED_IN: [&str; 3] = ["/en/work", "/en/account", "/en/help"];

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

/// Whose cases they are, and whose lists and cases are read.
const CASE_MANAGER: &str = "nadia@harbourhouse.example";
/// One in so many cases is the case manager's own.
const OWN: usize = 500;

/// Invented cases of one shelter, the same for the same seed, made with the
/// same seals as real ones. Gives the case manager's own.
async fn fill(region: &Region) -> Vec<CaseId> {
    let app = region.app();
    let signed = region.signed_in(CASE_MANAGER).await;
    let acting = signed.acting(&app, Language::En);
    let vault = keys::vault(&acting, &signed).await.unwrap();
    let (tenant, own) = (signed.tenant.id, signed.account.id);
    let others = accounts(&app, tenant).await;
    let mut dice = SmallRng::seed_from_u64(21);
    let mut mine = Vec::new();
    for part in 0..RECORDS / 2_000 {
        let context = acting.context(Action::OpenCase).unwrap().for_purpose(Purpose::Care);
        let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else {
            panic!("done before")
        };
        let mut made = Made::default();
        for n in 0..2_000 {
            let lead = if n % OWN == 0 { own } else { others[dice.random_range(0..others.len())] };
            let days = Duration::from_secs(dice.random_range(0..1_500) * 86_400);
            let case = made.case(&act, tenant, lead, act.now().before(days));
            if lead == own {
                mine.push(case);
            }
        }
        made.keep(&mut act, &vault, part).await;
        act.commit(&()).await.unwrap();
    }
    mine
}

async fn accounts(app: &App, tenant: TenantId) -> Vec<AccountId> {
    let mut found = Vec::new();
    for email in ["kofi@harbourhouse.example", "ruth@harbourhouse.example"] {
        let account = palermo_store::account::find_by_email(&app.store, email).await.unwrap();
        let account = account.unwrap().record;
        assert_eq!(account.tenant, tenant);
        found.push(account.id);
    }
    found
}

/// Rows of some cases on their way into the store.
#[derive(Default)]
struct Made {
    persons: Vec<Person>,
    cases: Vec<Case>,
    team: Vec<TeamMember>,
    events: Vec<Event>,
}

impl Made {
    fn case(&mut self, act: &Act, tenant: TenantId, lead: AccountId, at: Moment) -> CaseId {
        let (person, case): (PersonId, CaseId) = (act.new_id(), act.new_id());
        self.persons.push(Person {
            tenant,
            id: person,
            age: AgeGroup::Adult,
            birth_year: None,
            sex: None,
            language: "fr".to_owned(),
            communication: Vec::new(),
            may_be_looked_for: None,
            recorded_at: at,
        });
        self.cases.push(Case {
            tenant,
            id: case,
            person,
            incident: None,
            episode: 1,
            status: VictimStatus::Presumed,
            phase: Phase::Open,
            urgent: Vec::new(),
            sealed: false,
            happened_at: at,
            recorded_at: at,
            opened_by: Some(lead),
            closed_at: None,
            closure: None,
            last_service_at: None,
        });
        let part = TeamPart::Lead;
        self.team.push(TeamMember { tenant, case, account: lead, part, from: at, until: None });
        self.events.push(Event {
            tenant,
            id: act.new_id(),
            case,
            kind: "note".to_owned(),
            facts: std::collections::BTreeMap::new(),
            happened_at: at,
            recorded_at: at,
            by: Some(lead),
            has_text: false,
        });
        case
    }

    async fn keep(self, act: &mut Act, vault: &UnlockedVault, part: usize) {
        let persons: Vec<PersonId> = self.persons.iter().map(|person| person.id).collect();
        let sealed = [Compartment::Care, Compartment::Identity];
        let fresh = bulk::create(act, vault, &persons, &sealed).await.unwrap();
        case::person::insert_many(act, &self.persons).await.unwrap();
        case::file::insert_many(act, &self.cases).await.unwrap();
        case::team::insert_many(act, &self.team).await.unwrap();
        case::event::insert_many(act, &self.events).await.unwrap();
        let story = "Invented: what people write about a day, some lines long, in their own words.";
        let texts: Vec<_> = self
            .cases
            .iter()
            .map(|case| {
                let place = sealed::Place {
                    person: case.person,
                    table: "case_file",
                    record: case.id.uuid(),
                    field: "story",
                    compartment: Compartment::Care,
                };
                (place, story.as_bytes())
            })
            .collect();
        bulk::put(act, &fresh, &texts).await.unwrap();
        let names: Vec<String> =
            (0..persons.len()).map(|n| format!("Invented Name {part}-{n}")).collect();
        let names: Vec<_> =
            persons.iter().zip(&names).map(|(id, name)| (*id, vec![name.as_str()])).collect();
        bulk::put_names(act, &fresh, &names).await.unwrap();
    }
}

/// What users wait for, by kind.
#[derive(Default)]
struct Waited {
    public: Times,
    own: Times,
    case: Times,
    list: Times,
    write: Times,
    note: Times,
}

/// Someone who reads, thinks for about a second, and now and then writes.
struct User {
    address: SocketAddr,
    number: usize,
    /// Someone who has no cases.
    cookie: String,
    /// The case manager.
    carer: String,
    cases: Vec<CaseId>,
    token: String,
}

impl User {
    fn next<'w>(
        &self,
        dice: &mut SmallRng,
        turn: usize,
        waited: &'w mut Waited,
    ) -> (Ask, &'w mut Times, u16) {
        let case = self.cases[dice.random_range(0..self.cases.len())];
        let carer = |path: &str| Ask::get(path).cookie(&self.carer);
        match dice.random_range(0..100) {
            0..35 => {
                (Ask::get(PUBLIC[dice.random_range(0..PUBLIC.len())]), &mut waited.public, 200)
            }
            35..55 => {
                let path = SIGNED_IN[dice.random_range(0..SIGNED_IN.len())];
                (Ask::get(path).cookie(&self.cookie), &mut waited.own, 200)
            }
            55..75 => (carer(&format!("/en/cases/{case}")), &mut waited.case, 200),
            75..80 => (carer("/en/cases"), &mut waited.list, 200),
            80..90 => {
                let text = format!("Invented note {turn}: she slept, and asked for her daughter.");
                let path = format!("/en/cases/{case}/note");
                (Ask::form(&path, &[("text", &text)]).cookie(&self.carer), &mut waited.note, 303)
            }
            _ => {
                let desk = json!({
                    "name": format!("speed {}-{turn}", self.number), "level": "national", "state": "XAA",
                    "topics": ["return"], "languages": ["en"], "time_zone": "Africa/Dakar",
                    "hours": "Mo-Fr 08:00-16:00"
                });
                let once = format!("speed-of-serving-{}-{turn}", self.number);
                let ask = Ask::post("/api/v1/desks", &desk).token(&self.token).once(&once);
                (ask, &mut waited.write, 201)
            }
        }
    }

    async fn use_it(self, until: Instant) -> Waited {
        let mut dice = SmallRng::seed_from_u64(self.number as u64);
        let mut client = Client::connect(self.address).await.unwrap();
        let mut waited = Waited::default();
        let mut turn = 0;
        while Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(dice.random_range(500..1_500))).await;
            turn += 1;
            let (ask, times, status) = self.next(&mut dice, turn, &mut waited);
            let begun = Instant::now();
            let answer = client.ask(&ask).await.unwrap();
            times.0.push(begun.elapsed());
            assert_eq!(answer.status, status, "{}", answer.text());
        }
        waited
    }
}

async fn cookie(region: &Region, email: &str) -> String {
    format!("__Host-palermo={}", region.signed_in(email).await.token.text())
}

/// Names and cases, asked by one person alone: the first search opens the
/// names of the whole organisation into memory.
async fn alone(server: &Server, carer: &str, cases: &[CaseId]) {
    let mut client = Client::connect(server.address).await.unwrap();
    let mut took = async |ask: Ask| {
        let begun = Instant::now();
        let answer = client.ask(&ask.cookie(carer)).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        begun.elapsed()
    };
    let by_name = |name: &str| Ask::form("/en/cases/search", &[("name", name)]);
    let first = took(by_name("zzqq")).await;
    println!("first search: {RECORDS} names opened in {:.2} s (target < 3)", first.as_secs_f64());
    let (mut search, mut case) = (Times::default(), Times::default());
    for turn in 0..50 {
        let name = format!("Invented Name {}-{}", turn % 50, turn * 37 % 2_000);
        search.0.push(took(by_name(&name)).await);
        let path = format!("/en/cases/{}", cases[turn % cases.len()]);
        case.0.push(took(Ask::get(&path)).await);
    }
    println!("| asked alone | times | median ms | p95 | p99 | longest | target |");
    println!("|---|---|---|---|---|---|---|");
    println!("{}", search.row("search by name", "< 300"));
    println!("{}", case.row("a case, opened and entered into the log", "< 50"));
}

async fn measure(engine: Engine) {
    let Some(region) = Region::make(engine).await else { return };
    let mut cookies = Vec::new();
    for email in PEOPLE {
        cookies.push(cookie(&region, email).await);
    }
    let begun = Instant::now();
    let cases = fill(&region).await;
    println!("{engine:?}: {RECORDS} cases made in {:.0} s", begun.elapsed().as_secs_f64());
    if engine == Engine::Postgres {
        region.place().tamper("ANALYZE").await;
    }
    let carer = cookie(&region, CASE_MANAGER).await;
    let token = region.token(ADMINISTRATOR, &["desk.manage"]).await;
    let server = region.serve();
    until_ready(&server).await;
    for path in PUBLIC {
        ask_once(server.address, &Ask::get(path)).await.unwrap();
    }
    alone(&server, &carer, &cases).await;
    let until = Instant::now() + LASTING;
    let users: Vec<_> = (0..USERS)
        .map(|number| {
            let user = User {
                address: server.address,
                number,
                cookie: cookies[number % cookies.len()].clone(),
                carer: carer.clone(),
                cases: cases.clone(),
                token: token.clone(),
            };
            tokio::spawn(user.use_it(until))
        })
        .collect();
    let mut all = Waited::default();
    for user in users {
        let waited = user.await.unwrap();
        all.public.0.extend(waited.public.0);
        all.own.0.extend(waited.own.0);
        all.case.0.extend(waited.case.0);
        all.list.0.extend(waited.list.0);
        all.write.0.extend(waited.write.0);
        all.note.0.extend(waited.note.0);
    }
    println!(
        "| {engine:?}: {USERS} users, {} s | requests | median ms | p95 | p99 | longest | target p99 |",
        LASTING.as_secs()
    );
    println!("|---|---|---|---|---|---|---|");
    println!("{}", all.public.row("public page", "< 20"));
    println!("{}", all.own.row("page of someone signed in", "< 20"));
    println!("{}", all.case.row("a case, opened and entered into the log", "< 20"));
    println!("{}", all.list.row("the case manager's list of 200", "< 20"));
    println!("{}", all.write.row("write through the interface", "< 100"));
    println!("{}", all.note.row("sealed note from a page", "< 100"));
    println!("resident memory under this load: {:.0} MiB", resident(&server));
    drop(server);
    region.discard().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "speed: a minute of fifty users on each engine"]
async fn speed_of_serving() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        measure(engine).await;
    }
}
