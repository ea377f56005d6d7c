//! `palermo import plan`: a plan of action from a file. Shows what would change; stores
//! it with `--apply`.

use crate::{
    console,
    person::AsWhom,
    runtime::{self, Location, WrongUse},
};
use anyhow::Context;
use palermo_app::plan::import::{PlanFile, PlanImport, import};
use std::{io::Write, path::PathBuf, process::ExitCode};

/// Exit status: used in a wrong way.
const WRONG_USE: u8 = 2;

/// A plan in a file.
#[derive(Debug, clap::Args)]
pub struct PlanFileCommand {
    /// The file: TOML as `palermo plan templates` are written, or a sheet in CSV or XLSX with
    /// the headings what, key, parent, title and others
    file: PathBuf,
    /// The plan's code; of TOML the one the file names [a sheet goes into a draft]
    #[arg(long, value_name = "ID")]
    plan: Option<String>,
    /// Store it; without it, only a preview
    #[arg(long)]
    apply: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

/// Imports a plan for the organisation of the person named with `--as`.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &PlanFileCommand) -> anyhow::Result<ExitCode> {
    let bytes = match std::fs::read(&command.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("`{}` cannot be read: {error}", command.file.display());
            return Ok(ExitCode::from(WRONG_USE));
        }
    };
    let toml = command.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    if !toml && command.plan.is_none() {
        return Err(WrongUse("`--plan`: say into which draft the sheet goes".into()).into());
    }
    runtime::block_on(async {
        let app = command.location.app(false, None).await?;
        let person = command.as_whom.sign_in(&app).await?;
        let person = person.ok_or_else(|| {
            WrongUse("`--as`: a plan belongs to an organisation; say in whose name".into())
        })?;
        let file =
            PlanFile { bytes: &bytes, toml, plan: command.plan.as_deref(), apply: command.apply };
        let told = import(&person.acting(), &file).await;
        person.leave().await?;
        let report = told.map_err(|refused| console::told(&app, refused))?;
        show(&report, command.json)?;
        app.store.close().await.context("the database did not close cleanly")?;
        Ok(if report.rejected.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn show(report: &PlanImport, json: bool) -> anyhow::Result<()> {
    let mut out = console::out();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(report)?)?;
        // Reasons belong on standard error, where a script looks for them.
        for bad in &report.rejected {
            eprintln!("{bad}");
        }
    } else {
        for line in report.lines() {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
