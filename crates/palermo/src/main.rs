//! The Palermo program.

mod commands;

use std::process::ExitCode;

use clap::Parser;

/// Information system of a regional mechanism against trafficking in persons
#[derive(Debug, Parser)]
#[command(name = "palermo", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// The mechanisms, their members and their profiles
    #[command(subcommand)]
    Mechanisms(commands::mechanisms::MechanismsCommand),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Mechanisms(command) => commands::mechanisms::run(&command),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}
