//! The Palermo program.

mod commands;
mod factors;
mod runtime;
mod server;

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
    /// A whole invented region in a browser, with sign-ins printed
    Demo(commands::demo::DemoCommand),
    /// Serve a region
    Serve(commands::serve::ServeCommand),
    /// Statistics on files alone, without a database
    #[command(subcommand)]
    Stats(commands::stats::StatsCommand),
    /// The mechanisms, their members and their profiles
    #[command(subcommand)]
    Mechanisms(commands::mechanisms::MechanismsCommand),
    /// Who was a party to an instrument on a day
    Adherence(commands::adherence::AdherenceCommand),
    /// Read a file into a register: a preview, and with --apply the change
    #[command(subcommand)]
    Import(commands::import::ImportCommand),
    /// Write a register into a file
    Export(commands::export::ExportCommand),
}

fn main() -> ExitCode {
    // One cryptographic provider for the whole process; an error means it is set already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("PALERMO_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .json()
        .init();
    let result = match Cli::parse().command {
        Command::Demo(command) => commands::demo::run(&command),
        Command::Serve(command) => commands::serve::run(&command),
        Command::Stats(command) => commands::stats::run(command),
        Command::Mechanisms(command) => commands::mechanisms::run(&command),
        Command::Adherence(command) => commands::adherence::run(&command),
        Command::Import(command) => commands::import::run(&command),
        Command::Export(command) => commands::export::run(&command),
    };
    result.unwrap_or_else(|error| {
        eprintln!("palermo: {error:#}");
        ExitCode::FAILURE
    })
}
