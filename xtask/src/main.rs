//! Checks and generators of the project: `cargo xtask test` runs everything a
//! change must pass, `cargo xtask nightly` what takes longer, `cargo xtask
//! assets` makes the generated files of the pages.

mod assets;
mod browser;
mod fonts;
mod nightly;
mod report;
mod shell;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "xtask", about = "Checks and generators of the project")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything a change must pass: formatting, lints, tests on both
    /// databases, browser, accessibility, house rules
    Test {
        /// Only these steps, by name (see --list)
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        /// Print the names of the steps
        #[arg(long)]
        list: bool,
    },
    /// Checks that take longer; run before a release and at night
    Nightly {
        /// Only these steps, by name (see --list)
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        /// Print the names of the steps
        #[arg(long)]
        list: bool,
    },
    /// Starting, memory and fifty users on a release build: prints figures
    Speed,
    /// Make the generated files (style sheets, script, maps, fonts of reports)
    Assets {
        /// Make them aside and compare byte for byte instead
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Test { only, list } => test::run_or_list(&only, list),
        Command::Nightly { only, list } => nightly::run_or_list(&only, list),
        Command::Speed => nightly::speed(),
        Command::Assets { check } => assets::run(check).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|reason| {
        eprintln!("xtask: {reason:#}");
        ExitCode::FAILURE
    })
}
