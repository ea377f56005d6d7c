//! The Palermo program.

// Doc comments of arguments are the help in the terminal, where `<…>` would be in the way.
#![allow(rustdoc::bare_urls, rustdoc::invalid_html_tags)]

mod commands;
mod config;
mod console;
mod factors;
mod figures;
mod mail;
mod organisations;
mod outbound;
mod person;
mod runtime;
mod server;
mod typeset;

use std::{io::Write, process::ExitCode};

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
    /// Start a real region from a mechanism's profile, with its first administrator
    Init(commands::init::InitCommand),
    /// Serve a region
    Serve(commands::serve::ServeCommand),
    /// Statistics on files alone, without a database
    #[command(subcommand)]
    Stats(commands::stats::StatsCommand),
    /// Score a screening from a file: dimensions, definition, suggestion
    Screen(commands::screen::ScreenCommand),
    /// Show what is in a sealed file, without a server
    Open(commands::open::OpenCommand),
    /// The mechanisms, their members and their profiles
    #[command(subcommand)]
    Mechanisms(commands::mechanisms::MechanismsCommand),
    /// Who was a party to an instrument on a day
    Adherence(commands::adherence::AdherenceCommand),
    /// Country briefs and regional reports
    #[command(subcommand)]
    Report(commands::report::ReportCommand),
    /// Rounds of reviews and the order in which parties come
    #[command(subcommand)]
    Review(commands::review::ReviewCommand),
    /// What a State has to report, to whom, by when
    Duties(commands::duties::DutiesCommand),
    /// Plans of action and how they stand
    Plan(commands::plan::PlanCommand),
    /// Read a file into a register: a preview, and with --apply the change
    #[command(subcommand)]
    Import(commands::import::ImportCommand),
    /// Write a register into a file
    Export(commands::export::ExportCommand),
    /// Write a backup: the data in one folder, the keys of persons in another
    Backup(commands::backup::BackupCommand),
    /// Restore a backup on either engine, and verify it
    Restore(commands::restore::RestoreCommand),
    /// Check the log, every row and every sealed value
    Verify(commands::verify::VerifyCommand),
    /// Check a file alone, without a database
    Validate(commands::validate::ValidateCommand),
    /// Accounts: see, invite, stop, resume, roles
    #[command(subcommand)]
    User(commands::user::UserCommand),
    /// Keys: status, another root key, lock, hand over
    #[command(subcommand)]
    Key(commands::key::KeyCommand),
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
    let arguments =
        config::with_file(std::env::args_os().collect(), |name| std::env::var_os(name).is_some());
    let result = arguments.and_then(|arguments| {
        let ended = run(Cli::parse_from(arguments).command)?;
        // What stands there without the end of its line is written only now.
        console::out().flush()?;
        Ok(ended)
    });
    result.unwrap_or_else(|error| {
        // Where even this cannot be written, the status tells it.
        let _ = writeln!(console::err(), "palermo: {error:#}");
        if error.is::<runtime::WrongUse>() { ExitCode::from(2) } else { ExitCode::FAILURE }
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(command) => commands::demo::run(&command),
        Command::Init(command) => commands::init::run(&command),
        Command::Serve(command) => commands::serve::run(&command),
        Command::Stats(command) => commands::stats::run(command),
        Command::Screen(command) => commands::screen::run(&command),
        Command::Open(command) => commands::open::run(&command),
        Command::Mechanisms(command) => commands::mechanisms::run(&command),
        Command::Adherence(command) => commands::adherence::run(&command),
        Command::Report(command) => commands::report::run(&command),
        Command::Review(command) => commands::review::run(&command),
        Command::Duties(command) => commands::duties::run(&command),
        Command::Plan(command) => commands::plan::run(&command),
        Command::Import(command) => commands::import::run(&command),
        Command::Export(command) => commands::export::run(&command),
        Command::Backup(command) => commands::backup::run(&command),
        Command::Restore(command) => commands::restore::run(&command),
        Command::Verify(command) => commands::verify::run(&command),
        Command::Validate(command) => commands::validate::run(&command),
        Command::User(command) => commands::user::run(&command),
        Command::Key(command) => commands::key::run(&command),
    }
}
