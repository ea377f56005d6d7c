//! `palermo stats flows`: from which State to which were detected victims
//! trafficked, as far as a GLOTIP table tells?

use crate::runtime::WrongUse;
use clap::Args;
use palermo_app::{
    content::Content,
    register::Registers,
    standards::{
        glotip,
        glotip_flows::{self, CitizenshipNames, Flows},
    },
};
use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

const HELP: &str = "\
Examples:
  palermo stats flows data_glotip.csv.gz
  palermo stats flows data_glotip.xlsx --year 2018 --json

`origin` is the State of citizenship, `destination` the State that detected, both as ISO
3166-1 alpha-3 codes (areas outside it as the table writes them). A cell `<5` is 0 to 4,
so a flow has a `lower` and an `upper` number. `unknown` holds those whose citizenship is
unknown or not to be told from what is written; flows and unknown together are all
victims by citizenship.

Exit status: 0 done, 1 the file is no GLOTIP table, 2 wrong use.";

/// Flows between States in a GLOTIP table
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct FlowsArgs {
    /// GLOTIP table: CSV, packed CSV or XLSX
    file: PathBuf,
    /// Only this year
    #[arg(long, value_name = "YEAR")]
    year: Option<u16>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or the answer not be written.
pub fn run(args: &FlowsArgs) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&args.file)
        .map_err(|why| WrongUse(format!("`{}` cannot be read: {why}", args.file.display())))?;
    let mut table = match glotip::read(&bytes) {
        Ok(table) => table,
        Err(refused) => {
            for found in &refused.errors {
                eprintln!("{}", found.message);
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    if let Some(year) = args.year {
        table.rows.retain(|row| row.year == year);
    }
    let content = Content::shipped()?;
    let states = Registers::load(&content, false)?.states;
    let names = CitizenshipNames::read(content.text("codes/citizenships.csv").unwrap_or_default());
    let flows = glotip_flows::of(&table, &states, &names);
    if args.json {
        super::print_line(&serde_json::to_string(&flows)?)?;
    } else {
        super::print_line(&readable(&flows))?;
    }
    if !table.errors.is_empty() {
        eprintln!("{} rows could not be read; `palermo validate` names them", table.errors.len());
    }
    Ok(ExitCode::SUCCESS)
}

fn readable(flows: &Flows) -> String {
    let mut out = format!("{}\n\nfrom to   year   victims\n", flows.note);
    for flow in &flows.flows {
        let _ = writeln!(
            out,
            "{:<4} {:<4} {}   {}",
            flow.origin,
            flow.destination,
            flow.year,
            between(flow.lower, flow.upper)
        );
    }
    let unknown = &flows.unknown;
    let _ = write!(
        out,
        "\n{} flows; citizenship unknown or unreadable: {} victims in {} rows",
        flows.flows.len(),
        between(unknown.lower, unknown.upper),
        unknown.rows
    );
    out
}

fn between(lower: u64, upper: u64) -> String {
    if lower == upper { lower.to_string() } else { format!("{lower}–{upper}") }
}
