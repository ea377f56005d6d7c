//! `palermo import figures`: a file of figures into a dataset. Shows what it
//! holds and every problem; stores it with `--apply`, all of it or nothing.

use crate::{
    console,
    runtime::{self, Location, WrongUse},
};
use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use palermo_app::{
    domain::{
        id::BatchId,
        knowledge::{
            dataset::{Dataset, Format, SourceType},
            mapping::Mapping,
        },
    },
    knowledge::{
        importing::{Agreed, Planned, Told},
        mappings,
        operator::{self, FiguresFile, FiguresRefused, Report, import, published},
    },
    standards::table_file::TableFile,
};
use std::{
    fmt::Write as _,
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

const HELP: &str = "\
Examples:
  palermo import figures data_glotip.csv.gz --kind glotip --dataset 'GLOTIP 2025' --create --data DIR
  palermo import figures police-2026.xlsx --kind sheet --mapping police.toml --dataset 'Police of Avelmar' --data DIR --apply

Without --apply the file is read and judged, and nothing is stored. With --create a dataset that is
not there is opened; published sources say themselves what they count, for others give --source-type,
--source, --definition and --counting-rule.

A mapping is a TOML file: [columns] names the heading of each field, [always] a value that every line
has, [codes.FIELD] the common code of each word. It is kept with the dataset. Fields: state, period,
indicator, form, sex, age, citizenship, means, recruiter, channel, broker, transport, papers, origin,
destination, transit, persons.

Exit status: 0 done, 1 nothing stored because of the file, 2 wrong use.";

/// Errors and warnings shown on a terminal.
const SHOWN: usize = 15;

/// A file of figures
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct FiguresCommand {
    /// The file: CSV, the same packed with gzip, or a workbook
    file: PathBuf,
    /// What it is
    #[arg(long, value_enum)]
    kind: Kind,
    /// The dataset: its title or its id
    #[arg(long, value_name = "TITLE or ID")]
    dataset: String,
    /// Open the dataset if it is not there
    #[arg(long)]
    create: bool,
    /// A mapping of columns and words, for --kind sheet
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// With --create: the State whose figures they are, three letters
    #[arg(long, value_name = "CODE", requires = "create")]
    state: Option<String>,
    /// With --create: who counted, e.g. police, court, ngo, hotline, rapporteur
    #[arg(long, value_name = "CODE", requires = "create", value_parser = source_type)]
    source_type: Option<SourceType>,
    /// With --create: where the figures come from
    #[arg(long, value_name = "TEXT", requires = "create")]
    source: Option<String>,
    /// With --create: the legal definition under which persons were counted
    #[arg(long, value_name = "TEXT", requires = "create")]
    definition: Option<String>,
    /// With --create: when a person counts, and how often
    #[arg(long, value_name = "TEXT", requires = "create")]
    counting_rule: Option<String>,
    /// Store what the file brings; without it, only a preview
    #[arg(long)]
    apply: bool,
    /// Store the other rows although some are rejected
    #[arg(long, requires = "apply")]
    skip_rejected: bool,
    /// Add lines although the dataset holds the same groups already: they are other persons
    #[arg(long, requires = "apply")]
    adds: bool,
    /// The import (its id) that this file puts right: it is taken out and this takes its place
    #[arg(long, value_name = "ID", conflicts_with = "adds")]
    replaces: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

const UNDO_HELP: &str = "\
Example:
  palermo import undo-figures 0198c0de-7f00-7abc-8def-0123456789ab --why 'sent twice' --data DIR

The id stands in the answer of the import, and with each import on the page of its dataset. The
import stays in the list with the reason; its lines do not count any more.

Exit status: 0 done, 1 there is no such import, 2 wrong use.";

/// An import of figures to take out again
#[derive(Debug, clap::Args)]
#[command(after_help = UNDO_HELP)]
pub struct UndoFigures {
    /// The import's id
    batch: String,
    /// Why: readers of the dataset will see it
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

fn batch(id: &str) -> Result<BatchId, WrongUse> {
    id.parse().map_err(|_| WrongUse(format!("`{id}` is no id of an import")))
}

/// Takes an import out of its dataset again.
///
/// # Errors
/// When the data cannot be opened, or there is no such import.
pub fn undo(command: &UndoFigures) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let batch = batch(&command.batch)?;
        let app = command.location.app(false, None).await?;
        let user = runtime::system_user();
        let undone = match operator::undo(&app, batch, &command.why, &user).await {
            Ok(undone) => undone,
            Err(refused) => return Err(console::told(&app, refused)),
        };
        let line = if command.json {
            serde_json::to_string(&undone)?
        } else {
            format!("the import {} of `{}` does not count any more", undone.batch, undone.title)
        };
        super::stats::print_line(&line)?;
        Ok(ExitCode::SUCCESS)
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Table of UNODC's Global Report on Trafficking in Persons
    Glotip,
    /// SDG indicator 16.2.2: Open SDG CSV or SDMX-CSV
    Sdg1622,
    /// Records of the Counter-Trafficking Data Collaborative, any generation
    Ctdc,
    /// Cases in the Human Trafficking Case Data Standard
    Htcds,
    /// Any table, read through a mapping
    Sheet,
    /// The region's own template
    Template,
}

impl Kind {
    const fn format(self) -> Format {
        match self {
            Self::Glotip => Format::Glotip,
            Self::Sdg1622 => Format::Sdg1622,
            Self::Ctdc => Format::Ctdc,
            Self::Htcds => Format::Htcds,
            Self::Sheet => Format::Sheet,
            Self::Template => Format::Template,
        }
    }
}

fn source_type(code: &str) -> Result<SourceType, String> {
    SourceType::from_code(code).ok_or_else(|| {
        let all: Vec<&str> = SourceType::ALL.iter().map(|one| one.code()).collect();
        format!("choose one of {}", all.join(", "))
    })
}

/// Imports, or shows what an import would do.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &FiguresCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(figures(command))
}

async fn figures(command: &FiguresCommand) -> anyhow::Result<ExitCode> {
    let bytes = read(&command.file)?;
    let replaces = command.replaces.as_deref().map(batch).transpose()?;
    let mapping = command.mapping.as_deref().map(mapping).transpose()?;
    let new = if command.create { Some(new_dataset(command)?) } else { None };
    let app = command.location.app(false, None).await?;
    let name = command.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = FiguresFile {
        bytes: &bytes,
        name: &name,
        format: command.kind.format(),
        dataset: &command.dataset,
        new,
        mapping,
        apply: command.apply,
        agreed: Agreed { skip_rejected: command.skip_rejected, adds: command.adds, replaces },
    };
    let bar = bar(&bytes);
    let mut seen = |rows: u64| bar.set_position(rows);
    let done = import(&app, &file, &runtime::system_user(), &mut seen).await;
    bar.finish_and_clear();
    match done {
        Ok(report) => {
            show(&report, command.json)?;
            let held_up = !report.applied
                && (!report.planned.readable
                    || report.planned.rejected > 0
                    || report.planned.known
                    || report.planned.overlaps > 0);
            Ok(if held_up { ExitCode::FAILURE } else { ExitCode::SUCCESS })
        }
        Err(FiguresRefused::NotTaken(report, why)) => {
            show(&report, command.json)?;
            eprintln!("{}", console::told(&app, why));
            eprintln!("nothing was stored");
            Ok(ExitCode::FAILURE)
        }
        Err(FiguresRefused::Refused(refused)) => Err(console::told(&app, refused)),
        Err(other) => Err(WrongUse(other.to_string()).into()),
    }
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    Ok(std::fs::read(file)
        .map_err(|why| WrongUse(format!("`{}` cannot be read: {why}", file.display())))?)
}

fn mapping(file: &Path) -> anyhow::Result<Mapping> {
    let text = String::from_utf8(read(file)?)
        .with_context(|| format!("`{}` is no text", file.display()))?;
    Ok(mappings::from_toml(&text)
        .map_err(|why| WrongUse(format!("`{}` is no mapping: {why}", file.display())))?)
}

fn new_dataset(command: &FiguresCommand) -> anyhow::Result<Dataset> {
    let format = command.kind.format();
    let state = command.state.as_deref();
    let told = published(format, &command.dataset, state);
    let or =
        |given: &Option<String>, told: Option<&String>, flag: &str| -> anyhow::Result<String> {
            given.clone().or_else(|| told.cloned()).ok_or_else(|| {
                WrongUse(format!(
                    "a new dataset of this kind needs `{flag}`: figures without it cannot be read"
                ))
                .into()
            })
        };
    let told = told.as_ref();
    Ok(Dataset {
        title: command.dataset.clone(),
        source_type: command.source_type.or_else(|| told.map(|one| one.source_type)).ok_or_else(
            || WrongUse("a new dataset of this kind needs `--source-type`".to_owned()),
        )?,
        source: or(&command.source, told.map(|one| &one.source), "--source")?,
        state: command.state.clone(),
        definition: or(&command.definition, told.map(|one| &one.definition), "--definition")?,
        counting_rule: or(
            &command.counting_rule,
            told.map(|one| &one.counting_rule),
            "--counting-rule",
        )?,
        coverage: told.map(|one| one.coverage.clone()).unwrap_or_default(),
        format,
        mapping: None,
        design: None,
    })
}

/// Rows read, of about so many; nothing on a pipe.
fn bar(bytes: &[u8]) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let about = TableFile::open(bytes).map_or(0, |table| table.about());
    let style = ProgressStyle::with_template("{msg} {bar:40} {human_pos}/{human_len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(about).with_style(style).with_message("reading")
}

fn show(report: &Report, json: bool) -> anyhow::Result<()> {
    if json {
        return super::stats::print_line(&serde_json::to_string(report)?);
    }
    let planned = &report.planned;
    let mut out = String::new();
    let _ = writeln!(out, "{}", report.title);
    let _ = writeln!(
        out,
        "  {} rows, {} lines can be taken, {} rejected, {} warnings",
        planned.rows,
        planned.lines,
        planned.rejected,
        planned.all_warnings()
    );
    if planned.mapped.1 > 0 {
        let (mapped, all) = planned.mapped;
        let _ = writeln!(out, "  {mapped} of {all} words stand under a common code");
    }
    unmapped(&mut out, planned);
    section(&mut out, "errors", &planned.errors, planned.all_errors());
    section(&mut out, "warnings", &planned.warnings, planned.all_warnings());
    let end = match (&report.batch, planned.known) {
        (Some(batch), _) => format!("stored as batch {batch}"),
        (None, true) => "this file was imported before; undo that import first".to_owned(),
        (None, false) if planned.rejected > 0 => {
            "nothing was stored; correct the rejected lines, or store the others with --apply --skip-rejected"
                .to_owned()
        }
        (None, false) => "nothing was stored; --apply stores it".to_owned(),
    };
    let _ = write!(out, "{end}");
    super::stats::print_line(&out)
}

fn unmapped(out: &mut String, planned: &Planned) {
    for one in planned.unmapped.iter().take(SHOWN) {
        let _ =
            writeln!(out, "  without a code: {} `{}` ({} lines)", one.field, one.word, one.lines);
    }
    if planned.unmapped.len() > SHOWN {
        let _ = writeln!(out, "  … and {} more words", planned.unmapped.len() - SHOWN);
    }
}

fn section(out: &mut String, name: &str, found: &[Told], all: u64) {
    if found.is_empty() {
        return;
    }
    let _ = writeln!(out, "{all} {name}");
    for one in found.iter().take(SHOWN) {
        let _ = writeln!(out, "  line {}, {}: {}", one.row, one.field, one.message);
    }
    if all > u64::try_from(SHOWN).unwrap_or(0) {
        let _ = writeln!(out, "  … the others with --json, or on the page of the dataset");
    }
}
