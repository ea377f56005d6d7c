//! `palermo duties`: what a State has to report, and which steps of reviews wait for it,
//! across all its mechanisms.

use super::report::refused;
use crate::{
    console,
    runtime::{self, Location},
};
use palermo_app::{report, review};
use std::{io::Write, process::ExitCode};

/// Which State, which years.
#[derive(Debug, clap::Args)]
pub struct DutiesCommand {
    /// The State's code, e.g. BEN
    #[arg(long, value_name = "STATE", value_parser = console::state_code)]
    state: String,
    /// First year reported on [default: three years ago]
    #[arg(long, value_name = "YEAR")]
    from: Option<i32>,
    /// Last year reported on [default: this year]
    #[arg(long, value_name = "YEAR")]
    to: Option<i32>,
    /// Answer in JSON
    #[arg(long, conflicts_with = "ics")]
    json: bool,
    /// Answer as a calendar (iCalendar)
    #[arg(long)]
    ics: bool,
    #[command(flatten)]
    location: Location,
}

/// Answers from the profiles and what is stored.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &DutiesCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let app = command.location.app(false, None).await?;
        let now = app.store.now();
        let today = now.date();
        let from = command.from.unwrap_or(today.year() - 3);
        let to = command.to.unwrap_or(today.year());
        if from > to {
            anyhow::bail!("--from {from} comes after --to {to}; give the earlier year first");
        }
        let duties = match report::duties_of(&app, &command.state, from..=to, today.into()).await {
            Ok(duties) => duties,
            Err(why) => return refused(why),
        };
        // Whoever reads the output is not known here: nothing confidential is in it.
        let steps = match command.state.parse() {
            Ok(state) => {
                review::steps_of(&app, state, &duties, from..=to, today.into(), false).await?
            }
            Err(_) => Vec::new(),
        };
        let mut out = crate::console::out();
        if command.ics {
            let name = command.state.parse().map_or_else(
                |_| command.state.clone(),
                |code| app.registers.states.name(code, "en"),
            );
            let calendar = report::duties_calendar(&command.state, &name, &duties, &steps, now);
            write!(out, "{calendar}")?;
        } else if command.json {
            let told = serde_json::json!({
                "state": command.state, "duties": duties, "steps": steps,
            });
            writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?;
        } else {
            for one in &duties {
                writeln!(
                    out,
                    "{}  {:<9}  {:<16} {}  {}",
                    one.of.due, one.status, one.of.mechanism, one.of.period, one.of.what
                )?;
            }
            for one in &steps {
                let due = one.due.map_or_else(|| "–".to_owned(), |due| due.to_string());
                let mechanism = one.mechanism.as_ref().unwrap_or(&one.title);
                let what = one.recommendation.as_ref().map_or_else(
                    || one.what().to_owned(),
                    |id| format!("follow up recommendation {id}"),
                );
                writeln!(out, "{due:<10}  {:<9}  {mechanism:<16} {what}", one.status)?;
            }
            let (duties, steps) = (duties.len(), steps.len());
            writeln!(out, "{duties} duties, {steps} steps of reviews of {}", command.state)?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
