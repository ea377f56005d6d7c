//! What was acknowledged stays: the program killed in the midst of writes, of
//! making a region, and of making a demonstration (D1).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;
use crate::live;

use common::{Place, done, json, palermo};
use live::{
    client::{Ask, Client, ask_once},
    region::{Region, until_ready},
};
use palermo_store::testing::Engine;
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

const ADMINISTRATOR: &str = "omar@secretariat.meridian.example";
/// Ready again at the latest after so long (D1), for a release build on a
/// quiet machine. A debug build beside other tests gets more.
const READY: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(30) } else { Duration::from_secs(5) };

/// What the client knows about one write.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Known {
    /// Acknowledged, with the id it was given.
    Kept(String),
    /// The connection broke before an answer came.
    Unknown,
}

fn desk(name: &str) -> Value {
    json!({
        "name": name, "level": "national", "state": "XAA", "topics": ["return"],
        "languages": ["en"], "time_zone": "Africa/Dakar", "hours": "Mo-Fr 08:00-16:00"
    })
}

fn write(token: &str, name: &str) -> Ask {
    // The name of the request follows from the name of the desk: sixteen characters or more.
    Ask::post("/api/v1/desks", &desk(name)).token(token).once(&format!("durability-{name}"))
}

/// Sends one write and tells what is known afterwards.
async fn sent(address: SocketAddr, token: &str, name: &str) -> Known {
    match ask_once(address, &write(token, name)).await {
        Ok(answer) if answer.status == 201 => {
            Known::Kept(answer.json()["id"].as_str().unwrap_or_default().to_owned())
        }
        // Refused because it is going down counts as unknown as well: the client would retry.
        Ok(answer) if answer.status >= 500 => Known::Unknown,
        Ok(answer) => panic!("`{name}` was refused: {} {}", answer.status, answer.text()),
        Err(_) => Known::Unknown,
    }
}

/// All writes at once; the server is killed when so many were acknowledged.
async fn burst(
    region: &Region,
    token: &str,
    names: &[String],
    kill_after: usize,
    jitter: Duration,
) -> BTreeMap<String, Known> {
    let server = region.serve();
    let took = until_ready(&server).await;
    assert!(took <= READY, "ready again only after {took:?}");
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let address = server.address;
    let tasks: Vec<_> = names
        .iter()
        .map(|name| {
            let (name, token, count) = (name.clone(), token.to_owned(), acknowledged.clone());
            tokio::spawn(async move {
                let known = sent(address, &token, &name).await;
                if matches!(known, Known::Kept(_)) {
                    count.fetch_add(1, Ordering::SeqCst);
                }
                (name, known)
            })
        })
        .collect();
    let begun = Instant::now();
    while acknowledged.load(Ordering::SeqCst) < kill_after && begun.elapsed().as_secs() < 120 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(jitter).await;
    server.kill();
    let mut known = BTreeMap::new();
    for task in tasks {
        let (name, outcome) = task.await.unwrap();
        known.insert(name, outcome);
    }
    known
}

/// Names and ids of the desks of one round, as the database has them.
async fn stored(region: &Region, round: usize) -> Vec<(String, String)> {
    let id = match region.engine {
        Engine::Sqlite => "lower(hex(id))",
        Engine::Postgres => "replace(id::text, '-', '')",
    };
    let sql = format!("SELECT name || '|' || {id} FROM desk WHERE name LIKE 'd1-{round}-%'");
    let rows = region.place().ask(&sql).await;
    rows.iter().map(|row| row.split_once('|').unwrap()).map(|(a, b)| (a.into(), b.into())).collect()
}

/// One kill: nothing acknowledged is lost, and what is sent again has one effect.
async fn round(
    region: &Region,
    token: &str,
    round: usize,
    writes: usize,
    kill_after: usize,
) -> (usize, usize) {
    let mut dice = SmallRng::seed_from_u64(round as u64);
    let jitter = Duration::from_micros(dice.random_range(0..15_000));
    let names: Vec<String> = (0..writes).map(|n| format!("d1-{round}-{n}")).collect();
    let mut known = burst(region, token, &names, kill_after, jitter).await;
    let kept = known.values().filter(|k| matches!(k, Known::Kept(_))).count();
    let before = stored(region, round).await;
    check(&known, &before);

    let server = region.serve();
    until_ready(&server).await;
    let mut client = Client::connect(server.address).await.unwrap();
    let mut again = 0;
    for (name, outcome) in &mut known {
        // Every unknown one, and some that were acknowledged.
        if *outcome == Known::Unknown || dice.random_range(0..10) == 0 {
            let answer = client.ask(&write(token, name)).await.unwrap();
            assert_eq!(answer.status, 201, "{}", answer.text());
            let id = answer.json()["id"].as_str().unwrap().to_owned();
            if let Known::Kept(first) = outcome {
                assert_eq!(*first, id, "`{name}` was done a second time");
            }
            *outcome = Known::Kept(id);
            again += 1;
        }
    }
    let after = stored(region, round).await;
    check(&known, &after);
    assert_eq!(after.len(), writes, "a write had two effects or none");
    drop(server);
    (kept, again)
}

/// Whatever was acknowledged is there, once, under the id that was told.
fn check(known: &BTreeMap<String, Known>, stored: &[(String, String)]) {
    for (name, outcome) in known {
        let found: Vec<_> = stored.iter().filter(|(stored, _)| stored == name).collect();
        assert!(found.len() <= 1, "`{name}` is there {} times", found.len());
        if let Known::Kept(id) = outcome {
            let (_, kept) =
                found.first().unwrap_or_else(|| panic!("`{name}` was acknowledged and is lost"));
            assert_eq!(*kept, id.replace('-', ""), "`{name}` has another id");
        }
    }
}

/// The database itself is whole, and the log agrees with every row.
async fn whole(region: &Region) {
    let (told, content) = region.verify();
    assert!(content, "{told}");
    assert_eq!(told["problems"], json!([]), "{told}");
    if region.engine == Engine::Sqlite {
        assert_eq!(region.place().ask("PRAGMA integrity_check").await, ["ok"]);
    }
}

async fn d1(engines: &[Engine], points: usize, writes: usize) {
    for &engine in engines {
        let Some(region) = Region::make(engine).await else { continue };
        let token = region.token(ADMINISTRATOR, &["desk.manage"]).await;
        let (mut kept, mut again) = (0, 0);
        for point in 0..points {
            // From before the first acknowledgement to the last.
            let kill_after = point * writes / points;
            let (k, a) = round(&region, &token, point, writes, kill_after).await;
            kept += k;
            again += a;
            if point % 50 == 49 {
                whole(&region).await;
                println!("D1 on {engine:?}: {} kills so far, whole", point + 1);
            }
        }
        whole(&region).await;
        println!(
            "D1 on {engine:?}: {points} kills, {} writes, {kept} acknowledged before a kill, \
             {again} sent again; none lost, half done or doubled",
            points * writes
        );
        region.discard().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d1_nothing_acknowledged_is_lost_when_the_program_is_killed() {
    d1(&[Engine::Sqlite, Engine::Postgres], 5, 60).await;
}

/// The long one, on one engine, so that the two may run beside each other.
async fn d1_long(engine: Engine) {
    // Fewer for a quick look on a slow machine; what was run is printed.
    let points = std::env::var("PALERMO_KILLS").ok().and_then(|n| n.parse().ok());
    d1(&[engine], points.unwrap_or(200), 1_000).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: 200 kills under 1,000 concurrent writes"]
async fn d1_at_two_hundred_points_under_a_thousand_concurrent_writes_sqlite() {
    d1_long(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: 200 kills under 1,000 concurrent writes"]
async fn d1_at_two_hundred_points_under_a_thousand_concurrent_writes_postgres() {
    d1_long(Engine::Postgres).await;
}

/// Runs a command and kills it after a while. True if it had ended by itself.
fn killed_after(mut command: std::process::Command, delay: Duration) -> bool {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(delay);
    let ended = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    let _ = child.wait();
    ended
}

/// Making a region, cut off after `delay`, then asked for again.
fn init_cut_off(delay: Duration) -> bool {
    let place = Place::new();
    let arguments = [
        "init",
        "--mechanism",
        "ECOWAS",
        "--admin-email",
        common::ADMIN,
        "--admin-passphrase-file",
        "@passphrase",
        "--data",
        "@data",
        "--key-file",
        "@root.key",
    ];
    let ended = killed_after(place.palermo(&arguments), delay);
    let again = place.run(&arguments);
    if !again.status.success() {
        // The region was there: the message says so, and it works.
        let reason = common::refused(&again, 1);
        assert!(reason.contains("region"), "after {delay:?}: {reason}");
    }
    let listed = json(&place.on_data(&["user", "list", "--json"]));
    let emails: Vec<_> = listed.as_array().unwrap().iter().map(|one| &one["email"]).collect();
    assert_eq!(emails, [common::ADMIN], "after {delay:?}");
    assert_eq!(json(&place.on_data(&["verify", "--json"]))["problems"], json!([]));
    ended
}

#[test]
fn d1_making_a_region_can_be_cut_off_and_asked_for_again() {
    for millis in [30, 150, 300] {
        init_cut_off(Duration::from_millis(millis));
    }
}

#[test]
#[ignore = "long: cuts the making of a region off every 15 ms until it ends by itself"]
fn d1_making_a_region_cut_off_everywhere() {
    let mut delay = Duration::ZERO;
    while !init_cut_off(delay) {
        delay += Duration::from_millis(15);
    }
    println!("D1: making a region was cut off every 15 ms up to {delay:?}");
}

/// Making a demonstration, cut off after `delay`, then asked for again: it is
/// either complete or made anew, and never half a region.
fn demo_cut_off(delay: Duration) -> bool {
    let place = Place::new();
    let folder = place.path("demo").display().to_string();
    let command = || {
        let mut command = palermo();
        command.args(["demo", "--prepare-only", "--data", &folder]);
        command
    };
    let ended = killed_after(command(), delay);
    done(&command().output().unwrap());
    let listed = json(&place.run(&["user", "list", "--json", "--data", &folder]));
    let people = listed.as_array().unwrap().len();
    assert!(people > 20, "after {delay:?} the demonstration has {people} people");
    let (whole, _) = (json(&place.run(&["verify", "--json", "--data", &folder])), ());
    assert_eq!(whole["problems"], json!([]));
    ended
}

#[test]
fn d1_making_a_demonstration_can_be_cut_off_and_asked_for_again() {
    for millis in [100, 700] {
        demo_cut_off(Duration::from_millis(millis));
    }
}

#[test]
#[ignore = "long: cuts the making of a demonstration off every 100 ms until it ends by itself"]
fn d1_making_a_demonstration_cut_off_everywhere() {
    let mut delay = Duration::ZERO;
    while !demo_cut_off(delay) {
        delay += Duration::from_millis(100);
    }
    println!("D1: making a demonstration was cut off every 100 ms up to {delay:?}");
}
