//! `palermo import`: a file into a register. Shows what would change; stores
//! it with `--apply`.

use super::sheets;
use crate::runtime::{self, Location};
use anyhow::Context;
use palermo_app::{
    domain::register::provenance::PartialDate,
    register::{ImportFile, ImportRefused, Importer, import, import_adherence::ImportReport},
};
use std::{io::Write, path::PathBuf, process::ExitCode};

/// Exit status: used in a wrong way.
const WRONG_USE: u8 = 2;

/// What to import.
#[derive(Debug, clap::Subcommand)]
pub enum ImportCommand {
    /// Who signed and ratified an instrument, as the UN Treaty Collection lists it
    Adherence(AdherenceFile),
    /// Services, in files of the Open Referral standard (HSDS 3): a folder, a data package, JSON
    Hsds(super::hsds::HsdsFiles),
    /// Services, in a sheet: CSV or XLSX
    Services(super::sheets::SheetFile),
    /// Contact points, in a sheet: CSV or XLSX
    Contacts(super::sheets::SheetFile),
    /// What national law says, topic by topic, in a sheet: CSV or XLSX; rows that say
    /// `unknown` and name no source say nothing and are passed over
    Law(super::sheets::SheetFile),
    /// How far States have come towards instruments and what holds them back, in a sheet
    Obstacles(super::sheets::SheetFile),
    /// A plan of action: whole, in TOML, or rows, indicators and targets of a draft, in a sheet
    Plan(super::plan_file::PlanFileCommand),
    /// Figures of trafficking in persons, into a dataset: GLOTIP, SDG 16.2.2, CTDC, HTCDS, the
    /// region's template, or any table with a mapping
    Figures(super::figures::FiguresCommand),
    /// Take an import of figures out again, with the reason
    UndoFigures(super::figures::UndoFigures),
}

/// A list of signatures and ratifications.
#[derive(Debug, clap::Args)]
pub struct AdherenceFile {
    /// The file: a table with commas, semicolons or tabs
    file: PathBuf,
    /// The instrument's id, e.g. tip-protocol
    #[arg(long, value_name = "ID")]
    instrument: String,
    /// The date up to which the file speaks [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<PartialDate>,
    /// Where it comes from [default: the file's name]
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// Store what is new or changed; without it, only a preview
    #[arg(long)]
    apply: bool,
    /// Store the other rows although some are rejected
    #[arg(long, requires = "apply")]
    skip_rejected: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Imports, or shows what an import would do.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &ImportCommand) -> anyhow::Result<ExitCode> {
    match command {
        ImportCommand::Adherence(file) => runtime::block_on(adherence(file)),
        ImportCommand::Hsds(files) => super::hsds::import(files),
        ImportCommand::Services(file) => sheets::import(file, sheets::Kind::Services),
        ImportCommand::Contacts(file) => sheets::import(file, sheets::Kind::Contacts),
        ImportCommand::Law(file) => sheets::import(file, sheets::Kind::Laws),
        ImportCommand::Obstacles(file) => sheets::import(file, sheets::Kind::Obstacles),
        ImportCommand::Plan(command) => super::plan_file::run(command),
        ImportCommand::Figures(command) => super::figures::run(command),
        ImportCommand::UndoFigures(command) => super::figures::undo(command),
    }
}

async fn adherence(command: &AdherenceFile) -> anyhow::Result<ExitCode> {
    let bytes = match std::fs::read(&command.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("`{}` cannot be read: {error}", command.file.display());
            return Ok(ExitCode::from(WRONG_USE));
        }
    };
    let app = command.location.app(false, None).await?;
    let name = command.file.file_name().map(|name| format!("file {}", name.to_string_lossy()));
    let source =
        command.source.clone().or(name).context("the file has no name; give `--source`")?;
    let user = runtime::system_user();
    let file = ImportFile {
        bytes: &bytes,
        instrument: &command.instrument,
        source: &source,
        as_of: command.as_of,
        apply: command.apply,
        skip_rejected: command.skip_rejected,
    };
    match import(&app.store, &app.registers, &file, Importer::Operator(&user)).await {
        Ok(report) => {
            show(&report, command.json)?;
            let held_up = report.all_rejected() || (!report.rejected.is_empty() && !report.applied);
            Ok(if held_up { ExitCode::FAILURE } else { ExitCode::SUCCESS })
        }
        Err(ImportRefused::Rows { why, report }) => {
            show(&report, command.json)?;
            eprintln!("{why}");
            Ok(ExitCode::FAILURE)
        }
        Err(why @ ImportRefused::Future { .. }) => {
            Err(runtime::WrongUse(format!("`--as-of`: {why}")).into())
        }
        Err(ImportRefused::Refused(refused)) => Err(refused.into()),
        Err(other) => {
            eprintln!("{other}");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn show(report: &ImportReport, json: bool) -> anyhow::Result<()> {
    let mut out = crate::console::out();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(report)?)?;
    } else {
        for line in report.lines() {
            writeln!(out, "{line}")?;
        }
    }
    // Reasons belong on standard error, where a script looks for them.
    if json {
        for rejected in &report.rejected {
            eprintln!("{rejected}");
        }
    }
    Ok(())
}
