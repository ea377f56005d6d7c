//! `palermo validate`: checks a file alone, without a database.

use crate::runtime::WrongUse;
use clap::{Args, ValueEnum};
use palermo_app::standards::{
    checked::{Checked, Finding},
    ctdc, glotip_check, htcds, sdg1622_check,
};
use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

const HELP: &str = "\
Examples:
  palermo validate data_glotip.csv.gz --kind glotip
  palermo validate indicator_16-2-2.csv --kind sdg1622 --json

Reads CSV (commas, semicolons or tabs), the same packed with gzip, and the first sheet of
a workbook. Errors must be mended; warnings are for a person to look at. With --json:
`rows`, `summary`, `errors` and `warnings`, each finding with `row` (the line of the file,
the heading is 1), `field`, `rule` and `message`.

Exit status: 0 no error, 1 errors, 2 wrong use.";

/// So many findings of a list are shown on a terminal.
const SHOWN: usize = 20;

/// Check a file alone, without a database
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct ValidateCommand {
    /// The file
    file: PathBuf,
    /// What it is meant to be
    #[arg(long, value_enum)]
    kind: Kind,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Kinds of files that can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Table of UNODC's Global Report on Trafficking in Persons
    Glotip,
    /// SDG indicator 16.2.2: Open SDG CSV or SDMX-CSV
    Sdg1622,
    /// Records of the Counter-Trafficking Data Collaborative
    Ctdc,
    /// Cases in the Human Trafficking Case Data Standard 2.0
    Htcds,
}

impl Kind {
    fn check(self, bytes: &[u8]) -> Checked {
        match self {
            Self::Glotip => glotip_check::check(bytes),
            Self::Sdg1622 => sdg1622_check::check(bytes),
            Self::Ctdc => ctdc::check(bytes),
            Self::Htcds => htcds::check(bytes),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read, or the answer not be written.
pub fn run(command: &ValidateCommand) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&command.file)
        .map_err(|why| WrongUse(format!("`{}` cannot be read: {why}", command.file.display())))?;
    let working = crate::console::working("checking");
    let checked = command.kind.check(&bytes);
    working.finish_and_clear();
    if command.json {
        super::stats::print_line(&serde_json::to_string(&checked)?)?;
    } else {
        super::stats::print_line(&readable(&checked))?;
    }
    if checked.errors.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} errors", told(checked.errors.len(), checked.errors_not_listed));
    Ok(ExitCode::FAILURE)
}

fn told(listed: usize, more: u64) -> String {
    (u64::try_from(listed).unwrap_or(u64::MAX).saturating_add(more)).to_string()
}

fn readable(checked: &Checked) -> String {
    let s = if checked.rows == 1 { "" } else { "s" };
    let mut out = format!("{} row{s}\n", checked.rows);
    for (name, value) in &checked.summary {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let _ = writeln!(out, "  {:<24} {text}", name.replace('_', " "));
    }
    section(&mut out, "errors", &checked.errors, checked.errors_not_listed);
    section(&mut out, "warnings", &checked.warnings, checked.warnings_not_listed);
    out.trim_end().to_owned()
}

fn section(out: &mut String, name: &str, findings: &[Finding], more: u64) {
    let _ = writeln!(out, "\n{} {name}", told(findings.len(), more));
    for (rule, count) in Checked::by_rule(findings) {
        let _ = writeln!(out, "  {count:>7}  {}", rule.replace('_', " "));
    }
    for found in findings.iter().take(SHOWN) {
        let _ = writeln!(out, "  line {}, `{}`: {}", found.row, found.field, found.message);
    }
    if findings.len() > SHOWN {
        let _ = writeln!(out, "  … and {} more; `--json` lists them", findings.len() - SHOWN);
    }
}
