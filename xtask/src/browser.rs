//! Checks against a running demonstration region: pages in a browser,
//! accessibility, and the interface for programs.

use crate::{
    shell::{command, root, run},
    tools,
};
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Stdio},
    sync::mpsc,
    time::Duration,
};

/// A demonstration region on a free port of this machine; ended when dropped.
struct Demo {
    process: Child,
    address: String,
}

/// The program as the tests built it: with other features than theirs half of the
/// workspace would be compiled once more.
fn build() -> Result<()> {
    run(&mut command("cargo", &["test", "--workspace", "--no-run", "--quiet"]))
}

impl Demo {
    fn start() -> Result<Self> {
        build()?;
        let mut process = command("target/debug/palermo", &["demo", "--listen", "127.0.0.1:0"])
            .env("PALERMO_ALLOW_ROOT", "1")
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the demonstration region")?;
        let printed = process.stdout.take().context("the demonstration region prints nothing")?;
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || listen_for_address(printed, &tell));
        let address = told
            .recv_timeout(Duration::from_secs(60))
            .context("the demonstration region did not say where it listens within 60 s")?;
        Ok(Self { process, address })
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads on after the address, so that the program never blocks on a full pipe.
fn listen_for_address(printed: impl Read, tell: &mpsc::Sender<String>) {
    for line in BufReader::new(printed).lines().map_while(Result::ok) {
        if let Some(start) = line.find("http://") {
            let address = line[start..].split_whitespace().next().unwrap_or_default();
            let _ = tell.send(address.trim_end_matches('/').to_owned());
        }
    }
}

fn node(script: &str, environment: &[(&str, &str)]) -> Result<()> {
    let demo = Demo::start()?;
    let place = root().join("tests/browser");
    if !place.join(script).is_file() {
        bail!("`tests/browser/{script}` does not exist");
    }
    let mut call = command("node", &[script]);
    call.current_dir(place).env("PALERMO_ADDRESS", &demo.address);
    for (name, value) in environment {
        call.env(name, value);
    }
    run(&mut call)
}

/// The whole path of each kind of user, in headless Chromium.
///
/// # Errors
/// When a page does not do what it should.
pub fn pages() -> Result<()> {
    node("pages.mjs", &[])
}

/// Ways to come in: codes, passkeys in a virtual authenticator, an
/// organisation's own sign-in. Starts a real region of its own.
///
/// # Errors
/// When one of them does not do what it should.
pub fn sign_in() -> Result<()> {
    build()?;
    let program = root().join("target/debug/palermo");
    let mut call = command("node", &["sign-in.mjs"]);
    call.current_dir(root().join("tests/browser")).env("PALERMO", program);
    run(&mut call)
}

/// Accessibility of every page in the two variants each change must pass.
///
/// # Errors
/// When a page has a violation or a route no sample.
pub fn accessibility() -> Result<()> {
    node("accessibility.mjs", &[])
}

/// Accessibility in every language, width and colour scheme.
///
/// # Errors
/// When a page has a violation or a route no sample.
pub fn accessibility_grid() -> Result<()> {
    node("accessibility.mjs", &[("PALERMO_GRID", "full")])
}

/// The interface for programs against its own description.
///
/// # Errors
/// When an answer breaks the description or the server fails.
pub fn api() -> Result<()> {
    let demo = Demo::start()?;
    let schemathesis = tools::python("schemathesis", "schemathesis")?;
    run(&mut command(
        &schemathesis.to_string_lossy(),
        &[
            "run",
            &format!("{}/api/v1/openapi.json", demo.address),
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            "--max-examples",
            "25",
            "--seed",
            "1",
        ],
    ))
}
