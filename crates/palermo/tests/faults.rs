//! A disk that fails, and one that is full (checks D2, D4). The program itself
//! runs on it: under strace, which lets one `fsync` fail, and on a small file
//! system of its own, which is then filled. Without those (a system without
//! strace, a user who may not mount) a test says so and ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;
use crate::live;

use common::palermo;
use live::{
    client::{Ask, ask_once},
    region::{Region, until_ready},
    server::Server,
};
use palermo_store::testing::Engine;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

const ADMINISTRATOR: &str = "omar@secretariat.meridian.example";
/// Whose cases are read.
const CASE_MANAGER: &str = "nadia@harbourhouse.example";

fn desk(name: &str) -> serde_json::Value {
    json!({
        "name": name, "level": "national", "state": "XAA", "topics": ["return"],
        "languages": ["en"], "time_zone": "Africa/Dakar", "hours": "Mo-Fr 08:00-16:00"
    })
}

/// The id a write was acknowledged with, if it was.
async fn id_given(address: SocketAddr, token: &str, name: &str) -> Option<String> {
    let ask = Ask::post("/api/v1/desks", &desk(name)).token(token);
    let answer = ask_once(address, &ask.once(&format!("fault-{name}-0123456789"))).await.ok()?;
    (answer.status == 201).then(|| answer.json()["id"].as_str().unwrap_or_default().to_owned())
}

/// Whether this write was acknowledged.
async fn kept(address: SocketAddr, token: &str, name: &str) -> bool {
    id_given(address, token, name).await.is_some()
}

async fn status(address: SocketAddr, ask: &Ask) -> u16 {
    ask_once(address, ask).await.map_or(0, |answer| answer.status)
}

/// Names of our desks in a database.
async fn stored(region: &Region, like: &str) -> BTreeSet<String> {
    let sql = format!("SELECT name FROM desk WHERE name LIKE '{like}%'");
    region.place().ask(&sql).await.into_iter().collect()
}

fn arguments(region: &Region) -> Vec<String> {
    std::iter::once("serve".to_owned()).chain(region.location()).collect()
}

/// The program under another one, with the environment it always has in tests.
fn within(outer: &str, before: &[&str], region: &Region) -> Command {
    let inner = palermo();
    let mut command = Command::new(outer);
    command.args(before).arg(inner.get_program()).args(arguments(region));
    command.env_clear().env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    for (name, value) in inner.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command
}

fn works(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// One `fsync` of each thread fails, the one after it would succeed again.
/// Says whether a write met it.
async fn one_failure(region: &Region, token: &str, at: usize) -> bool {
    let inject = format!("inject=fsync,fdatasync:error=EIO:when={at}");
    let before =
        ["-D", "-f", "-q", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", &inject];
    let (log, temporary) = (region.folder.join(format!("log-{at}")), region.folder.join("tmp"));
    let server = Server::spawn(within("strace", &before, region), &log, &temporary);
    until_ready(&server).await;
    let (mut acknowledged, mut failed) = (BTreeSet::new(), 0);
    for n in 0..60 {
        let name = format!("d2-{at}-{n}");
        if kept(server.address, token, &name).await {
            assert_eq!(failed, 0, "{name} was acknowledged after an fsync had failed");
            acknowledged.insert(name);
        } else {
            failed += 1;
        }
        if failed == 8 {
            break;
        }
    }
    if failed > 0 {
        assert_eq!(status(server.address, &Ask::get("/healthz")).await, 503);
        assert_eq!(status(server.address, &Ask::get("/en/mechanisms")).await, 200, "reads go on");
        let told = fs::read_to_string(&log).unwrap();
        assert!(told.contains("alarm"), "no alarm: {told}");
    }
    server.kill();
    let again = region.serve();
    until_ready(&again).await;
    let there = stored(region, &format!("d2-{at}-")).await;
    assert!(acknowledged.is_subset(&there), "lost: {:?}", acknowledged.difference(&there));
    assert!(kept(again.address, token, &format!("d2-{at}-again")).await, "a new start writes");
    drop(again);
    let (told, content) = region.verify();
    assert!(content, "{told}");
    failed > 0
}

async fn d2(points: impl IntoIterator<Item = usize>) {
    if !works(Command::new("strace").args(["-o", "/dev/null", "true"])) {
        println!("strace cannot be used here: D2 was not tried");
        return;
    }
    let region = Region::make(Engine::Sqlite).await.unwrap();
    let token = region.token(ADMINISTRATOR, &["desk.manage"]).await;
    let (mut tried, mut met) = (0, 0);
    for at in points {
        tried += 1;
        met += usize::from(one_failure(&region, &token, at).await);
    }
    println!(
        "D2: an fsync failed at {tried} points, a write met it at {met}; none acknowledged after it"
    );
    assert!(met > 0, "no write met a failure");
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_after_a_failed_fsync_nothing_is_acknowledged_until_a_new_start() {
    d2([9, 24]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: forty points; nightly"]
async fn d2_at_forty_points() {
    d2(8..48).await;
}

/// A file system of its own under the data folder, a copy of the data in it,
/// and the program serving that.
fn on_small_disk(region: &Region, spare: u64) -> (Server, PathBuf) {
    let data = region.folder.join("data");
    let aside = region.folder.join("aside");
    fs::rename(&data, &aside).unwrap();
    common::private_folder(&data);
    let taken: u64 =
        fs::read_dir(&aside).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    let size = (taken + spare) / 1024;
    let script = format!(
        "mount -t tmpfs -o size={size}k,mode=0700 tmpfs '{data}' && cp -a '{aside}/.' '{data}/' && exec \"$0\" \"$@\"",
        data = data.display(),
        aside = aside.display()
    );
    let before = ["--mount", "sh", "-c", &script];
    let server = Server::spawn(
        within("unshare", &before, region),
        &region.folder.join("log"),
        &region.folder.join("tmp"),
    );
    let inside = PathBuf::from(format!("/proc/{}/root{}", server.id(), data.display()));
    (server, inside)
}

/// Writes until nothing more fits.
fn fill(file: &Path) {
    use std::io::Write;
    let mut filler = fs::File::create(file).unwrap();
    for size in [1 << 20, 4096, 512] {
        while filler.write_all(&vec![0_u8; size]).is_ok() {}
    }
}

/// Ends the server and puts what lay on its disk where the data was. The kill
/// ends the file system as well, so it is copied while nothing is written.
fn bring_back(region: &Region, server: Server, inside: &Path) {
    let copy = region.folder.join("copy");
    common::private_folder(&copy);
    for file in fs::read_dir(inside).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    server.kill();
    fs::remove_dir(region.folder.join("data")).unwrap();
    fs::rename(&copy, region.folder.join("data")).unwrap();
}

/// The address of the first case on someone's list.
async fn a_case(address: SocketAddr, cookie: &str) -> String {
    let list = ask_once(address, &Ask::get("/en/cases").cookie(cookie)).await.unwrap().text();
    let mut cases = list.split("/cases/").skip(1).filter_map(|rest| rest.get(..36));
    format!("/en/cases/{}", cases.find(|id| id.matches('-').count() == 4).expect("a case"))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: fills a file system; nightly"]
async fn d4_on_a_full_disk_nothing_acknowledged_is_lost_and_nothing_is_read_unlogged() {
    if !works(Command::new("unshare").args(["--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"])) {
        println!("no file system may be mounted here: D4 was not tried");
        return;
    }
    let region = Region::make(Engine::Sqlite).await.unwrap();
    let token = region.token(ADMINISTRATOR, &["desk.manage"]).await;
    let nadia = region.signed_in(CASE_MANAGER).await;
    let cookie = format!("__Host-palermo={}", nadia.token.text().as_str());
    // Without free pages, and with everything in the database itself: from here on it must grow.
    region.place().tamper("VACUUM").await;
    region.place().store.close().await.unwrap();
    let (server, inside) = on_small_disk(&region, 16 << 20);
    until_ready(&server).await;
    let address = server.address;
    let look = Ask::get(&a_case(address, &cookie).await).cookie(&cookie);
    assert_eq!(status(address, &look).await, 200);

    let mut acknowledged = BTreeMap::new();
    let mut write = async |name: String| {
        let id = id_given(address, &token, &name).await;
        let done = id.is_some();
        acknowledged.extend(id.map(|id| (name, id)));
        done
    };
    for n in 0..5 {
        assert!(write(format!("d4-before-{n}")).await);
    }
    fill(&inside.join("filler"));
    let (mut refused, mut unread) = (0, 0);
    for n in 0..4_000 {
        refused += usize::from(!write(format!("d4-full-{n}")).await);
        if refused > 0 {
            unread += usize::from(status(address, &look).await != 200);
        }
        if refused >= 20 && unread >= 5 || refused >= 3 && unread >= 1 && n > 200 {
            break;
        }
    }
    assert!(refused > 0, "the disk was never full");
    assert!(unread > 0, "a case was read although its entry could not be written");
    assert_eq!(status(address, &Ask::get("/en/mechanisms")).await, 200, "public pages go on");

    fs::remove_file(inside.join("filler")).unwrap();
    let mut healed = false;
    for n in 0..50 {
        healed = write(format!("d4-after-{n}")).await && status(address, &look).await == 200;
        if healed {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(healed, "it does not go on by itself when there is room again");
    bring_back(&region, server, &inside);
    let again = region.serve();
    until_ready(&again).await;
    let mut lost = 0;
    for (name, id) in &acknowledged {
        // Sent again under the same key, it is told the id it was given; a lost one gets a new id.
        lost += usize::from(id_given(again.address, &token, name).await.as_ref() != Some(id));
    }
    assert_eq!(lost, 0);
    drop(again);
    let (told, content) = region.verify();
    assert!(content, "{told}");
    println!(
        "D4: {} acknowledged, {refused} refused, {unread} reads of a case refused; none lost",
        acknowledged.len()
    );
}
