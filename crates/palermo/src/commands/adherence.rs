//! `palermo adherence`: who was a party to an instrument on a day, and which
//! members of a mechanism were not.

use crate::runtime::{self, Location};
use palermo_app::{
    App,
    domain::register::day::Day,
    register::{
        ask::{AskRefused, Lookup},
        list_parties::{MissingReport, PartiesReport},
    },
};
use std::{io::Write, process::ExitCode};

/// Which instrument, on which day.
#[derive(Debug, clap::Args)]
pub struct AdherenceCommand {
    /// The instrument's id, e.g. tip-protocol
    instrument: String,
    /// The day, e.g. 2009-04-16
    #[arg(long, value_name = "DATE")]
    on: Day,
    /// Only the members of this mechanism that were no party, e.g. ECOWAS
    #[arg(long, value_name = "MECHANISM")]
    missing: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Answers from what is stored.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &AdherenceCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let app = command.location.app(false, None).await?;
        let mut out = crate::console::out();
        match answer(command, &app, &mut out).await {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(error) => refused(error),
        }
    })
}

/// What the register says no to is told and gives status 1; the rest is passed on.
pub(super) fn refused(error: anyhow::Error) -> anyhow::Result<ExitCode> {
    match error.downcast_ref::<AskRefused>() {
        Some(AskRefused::Refused(_)) | None => Err(error),
        Some(asked) => {
            eprintln!("{asked}");
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn answer(command: &AdherenceCommand, app: &App, out: &mut impl Write) -> anyhow::Result<()> {
    let (ask, id) = (Lookup::of(app), command.instrument.as_str());
    let report = ask.parties(id, command.on, "en").await?;
    let note = || {
        if report.count == 0 {
            eprintln!(
                "note: nothing is stored about `{id}` by {}; `palermo import adherence` reads a \
                 list",
                command.on
            );
        }
    };
    if let Some(mechanism) = &command.missing {
        let missing = ask.missing(id, command.on, mechanism).await?;
        note();
        return show_missing(&missing, app, command.json, out);
    }
    note();
    show_parties(&report, command.json, out)
}

fn show_missing(
    report: &MissingReport,
    app: &App,
    json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(report)?)?;
        return Ok(());
    }
    for code in &report.missing {
        writeln!(out, "{code}  {}", app.registers.states.name(*code, "en"))?;
    }
    let (number, mechanism) = (report.missing.len(), &report.mechanism);
    writeln!(
        out,
        "{number} members of {mechanism} were no party to {} on {}",
        report.instrument, report.on
    )?;
    Ok(())
}

fn show_parties(report: &PartiesReport, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(report)?)?;
        return Ok(());
    }
    for party in &report.parties {
        writeln!(
            out,
            "{:<4} {}  {:<20} {}",
            party.party,
            party.date,
            party.act.code(),
            party.name
        )?;
    }
    writeln!(out, "{} parties to {} on {}", report.count, report.instrument, report.on)?;
    Ok(())
}
