//! `palermo init` and `palermo serve`, as an operator meets them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use common::{
    ADMIN, Place, done, err, is_root, json, mode, palermo, private_file, private_folder, refused,
};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    process::{Child, Command, Stdio},
};

/// A server that is stopped when the test ends, however it ends.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("//").next().unwrap_or_default().to_owned();
        assert!(line.starts_with("listening on http://127.0.0.1:"), "it said `{line}`");
        Self { child, address }
    }

    /// Status line, headers and body of an answer.
    fn get(&self, path: &str, header: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{header}\r\n")
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks it to stop as a service manager does, and waits.
    fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const SERVE: [&str; 7] =
    ["serve", "--data", "@data", "--key-file", "@root.key", "--listen", "127.0.0.1:0"];

#[test]
fn a_region_is_started_served_and_stopped() {
    let place = Place::new();
    let founded = json(&place.init());
    assert_eq!(founded["mechanism"], "ECOWAS");
    assert_eq!(founded["email"], ADMIN);
    assert_eq!(founded["roles"], serde_json::json!(["tenant-administrator", "secretariat"]));
    assert_eq!(mode(&place.path("data")), 0o700);
    assert_eq!(mode(&place.path("root.key")), 0o600);

    let served = Served::start(place.palermo(&SERVE));
    assert!(served.get("/healthz", "").starts_with("HTTP/1.1 200 "));
    let figures = served.get("/metrics", "");
    assert!(figures.starts_with("HTTP/1.1 200 "), "{figures}");
    assert!(figures.contains(r#"route="/healthz""#), "{figures}");
    assert!(figures.to_lowercase().contains("x-content-type-options: nosniff"));
    assert_eq!(served.stop(), Some(0));
    // Stopped in order, SQLite has folded its log back.
    assert!(!place.path("data/palermo.db-wal").exists());
    done(&place.on_data(&["verify"]));
}

#[test]
fn figures_name_the_template_of_a_route_and_never_its_path() {
    let place = Place::with_region();
    let served = Served::start(place.palermo(&SERVE));
    served.get("/invitation/canary-in-the-path", "");
    served.get("/canary-that-fits-no-route?name=canary", "");
    let figures = served.get("/metrics", "");
    assert!(figures.contains(r#"route="/invitation/{token}""#), "{figures}");
    assert!(figures.contains(r#"route="none""#), "{figures}");
    assert!(!figures.contains("canary"), "{figures}");
    served.stop();
}

#[test]
fn behind_a_proxy_figures_need_the_token() {
    let place = Place::with_region();
    private_file(&place.path("token"), "a token for the collector\n");
    let mut arguments = SERVE.to_vec();
    arguments.extend(["--behind-proxy", "--metrics-token-file", "@token"]);
    let served = Served::start(place.palermo(&arguments));
    assert!(served.get("/metrics", "").starts_with("HTTP/1.1 404 "));
    let shown = "Authorization: Bearer a token for the collector\r\n";
    assert!(served.get("/metrics", shown).starts_with("HTTP/1.1 200 "));
    served.stop();
}

#[test]
fn settings_come_from_a_file() {
    let place = Place::with_region();
    let file = format!(
        "data = {:?}\nkey-file = {:?}\nlisten = \"127.0.0.1:0\"\n",
        place.path("data"),
        place.path("root.key")
    );
    fs::write(place.path("palermo.toml"), file).unwrap();
    let served = Served::start(place.palermo(&["serve", "--config", "@palermo.toml"]));
    assert!(served.get("/healthz", "").starts_with("HTTP/1.1 200 "));
    served.stop();
    fs::write(place.path("wrong.toml"), "listten = \"127.0.0.1:0\"\n").unwrap();
    let reason = refused(&place.run(&["serve", "--config", "@wrong.toml"]), 2);
    assert!(reason.contains("listten"), "{reason}");
}

#[test]
fn a_second_region_in_the_same_place_is_refused() {
    let place = Place::with_region();
    let reason = refused(&place.init(), 1);
    assert!(reason.contains("a region here already"), "{reason}");
}

#[test]
fn c6_a_key_or_folder_others_may_read_is_refused() {
    let place = Place::with_region();
    fs::set_permissions(place.path("root.key"), fs::Permissions::from_mode(0o640)).unwrap();
    let reason = refused(&place.run(&SERVE), 1);
    assert!(reason.contains("may be read by others (mode 640)"), "{reason}");

    let other = Place::new();
    private_folder(&other.path("data"));
    fs::set_permissions(other.path("data"), fs::Permissions::from_mode(0o750)).unwrap();
    let reason = refused(&other.init(), 1);
    assert!(reason.contains("may be entered by others (mode 750)"), "{reason}");
    assert!(!other.path("root.key").exists(), "a key was made for a region that was refused");
}

#[test]
fn c6_running_as_root_is_refused_unless_meant() {
    if !is_root() {
        eprintln!("not run: needs to be run as root to see root refused");
        return;
    }
    let place = Place::new();
    let mut init = place.palermo(&[
        "init",
        "--mechanism",
        "ECOWAS",
        "--data",
        "@data",
        "--key-file",
        "@root.key",
        "--admin-email",
        ADMIN,
        "--admin-passphrase-file",
        "@passphrase",
    ]);
    let reason = refused(&init.env_remove("PALERMO_ALLOW_ROOT").output().unwrap(), 1);
    assert!(reason.contains("does not run as root") && reason.contains("--allow-root"), "{reason}");
    assert!(!place.path("data").exists());
    // What reads shipped content alone never asks.
    let mut list = palermo();
    done(&list.env_remove("PALERMO_ALLOW_ROOT").args(["mechanisms", "list"]).output().unwrap());
}

#[test]
fn c6_a_development_build_serves_only_when_told() {
    let place = Place::with_region();
    let mut serve = place.palermo(&SERVE);
    let reason = refused(&serve.env_remove("PALERMO_ALLOW_DEBUG_BUILD").output().unwrap(), 1);
    assert!(reason.contains("development build"), "{reason}");
}

#[test]
fn nothing_is_made_for_answers_that_cannot_be_taken() {
    let place = Place::new();
    private_file(&place.path("weak"), "password1234567\n");
    let weak = [
        "init",
        "--mechanism",
        "ECOWAS",
        "--admin-email",
        ADMIN,
        "--admin-passphrase-file",
        "@weak",
    ];
    assert!(refused(&place.on_data(&weak), 1).contains("passphrase: "));
    let unknown = [
        "init",
        "--mechanism",
        "NOWHERE",
        "--admin-email",
        ADMIN,
        "--admin-passphrase-file",
        "@passphrase",
    ];
    assert!(refused(&place.on_data(&unknown), 1).contains("`NOWHERE`"));
    let missing = ["init", "--mechanism", "ECOWAS", "--admin-passphrase-file", "@passphrase"];
    assert!(refused(&place.on_data(&missing), 2).contains("--admin-email"));
    assert!(!place.path("data").exists() && !place.path("root.key").exists());
}

#[test]
fn another_key_opens_nothing() {
    let place = Place::with_region();
    fs::remove_file(place.path("root.key")).unwrap();
    // A lost key is not replaced by a new one that would open nothing.
    let reason = refused(&place.init(), 1);
    assert!(reason.contains("holds data already"), "{reason}");
    let other = Place::with_region();
    fs::rename(other.path("root.key"), place.path("root.key")).unwrap();
    let output = place.on_data(&["verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("does not belong to this data"), "{}", err(&output));
}
