//! The Palermo program.
mod commands;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "palermo", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Statistics on files alone, without a database
    #[command(subcommand)]
    Stats(commands::stats::StatsCommand),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Stats(command) => commands::stats::run(command),
    };
    outcome.unwrap_or_else(|reason| {
        eprintln!("palermo: {reason:#}");
        ExitCode::from(1)
    })
}
