//! `palermo stats anonymity`: how many records look like each one?

use super::protection::{records, settle, write_out};
use clap::Args;
use palermo_stats::disclosure::{
    Anonymity, Records, anonymity, homogeneous_classes, special_uniques, suppress_exactly,
    suppress_locally,
};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  palermo stats anonymity cases.csv --keys age,gender,citizenship --k 5
  palermo stats anonymity cases.csv --keys age,gender --k 11 --sensitive form
  palermo stats anonymity cases.csv --keys age,gender,citizenship --k 5 --blank safe.csv

fk is the number of records, itself included, that agree with a record on every key:
once with a missing value agreeing with anything (wildcard), once with missing values
only (category). A record is at risk when fk < k, strictly; the count for the laxer
wording (fk < k - 1) stands beside it.

Exit status: 0 done, 1 the data cannot be read (reasons on standard error), 2 wrong use.";

/// How many records look like each one?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct AnonymityArgs {
    /// CSV file of records
    file: PathBuf,
    /// Columns an attacker may know [default: all]
    #[arg(long, value_name = "COL,COL", value_delimiter = ',')]
    keys: Vec<String>,
    /// Threshold
    #[arg(long, value_name = "K", default_value_t = 11)]
    k: u32,
    /// Find classes that give away this column because all members share it
    #[arg(long, value_name = "COL")]
    sensitive: Option<String>,
    /// Score special uniques (SUDA2) over sets of up to this many keys
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    special: Option<usize>,
    /// Blank single fields until every fk is at least k, and write the keys here
    #[arg(long, value_name = "FILE")]
    blank: Option<PathBuf>,
    /// Blank the least possible number of fields (small files only)
    #[arg(long, requires = "blank")]
    exact: bool,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or used.
pub fn run(args: &AnonymityArgs) -> anyhow::Result<ExitCode> {
    settle(args.run())
}

impl AnonymityArgs {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let all = records(&self.file, &[])?;
        let keys = all.select(&self.keys)?;
        let fk = anonymity(&keys);
        let mut answer = json!({
            "k": self.k,
            "records": keys.len(),
            "keys": keys.columns().iter().map(|c| c.name()).collect::<Vec<_>>(),
            "wildcard": fk.risk_wildcard(self.k),
            "category": fk.risk_category(self.k),
        });
        let scores = self.special.map(|largest| special_uniques(&keys, largest)).transpose()?;
        answer["rows"] = (0..keys.len())
            .map(|row| {
                let mut line = json!({
                    "row": row + 1,
                    "fk_NA_as_wildcard": fk.wildcard[row],
                    "fk_NA_as_category": fk.category[row],
                });
                if let Some(scores) = &scores {
                    line["suda_score"] = json!(scores[row].score);
                }
                line
            })
            .collect();
        if let Some(column) = &self.sensitive {
            let names: Vec<&str> =
                keys.columns().iter().map(|c| c.name()).filter(|name| name != column).collect();
            let classes = homogeneous_classes(&all, &names, column)?;
            answer["homogeneous"] = json!({
                "column": column,
                "classes": classes.len(),
                "records": classes.iter().map(|c| c.records.len()).sum::<usize>(),
                "rows": classes.iter().map(|c| c.records.iter().map(|r| r + 1).collect()).collect::<Vec<Vec<usize>>>(),
            });
        }
        if self.blank.is_some() {
            answer["blanked"] = self.blank(&keys)?;
        }
        if self.json {
            super::print_line(&serde_json::to_string(&answer)?)?;
        } else {
            super::print_line(&readable(&answer, &fk, scores.is_some()))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn blank(&self, keys: &Records) -> anyhow::Result<Value> {
        let safe = if self.exact {
            suppress_exactly(keys, self.k)?
        } else {
            suppress_locally(keys, self.k)?
        };
        write_out(self.blank.as_deref(), |out| {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(safe.records.columns().iter().map(|c| c.name()))?;
            for row in 0..safe.records.len() {
                writer.write_record((0..safe.by_key.len()).map(|c| safe.records.field(row, c)))?;
            }
            Ok(writer.flush()?)
        })?;
        let by_key: serde_json::Map<String, Value> = safe
            .records
            .columns()
            .iter()
            .zip(&safe.by_key)
            .map(|(column, &count)| (column.name().to_owned(), json!(count)))
            .collect();
        Ok(json!({ "total": safe.total(), "by_key": by_key, "optimal": safe.optimal }))
    }
}

fn readable(answer: &Value, fk: &Anonymity, special: bool) -> String {
    let mut out = String::new();
    let k = &answer["k"];
    let _ = writeln!(out, "{} records, k = {k}", answer["records"]);
    let _ = writeln!(out, "{:<28}{:>10}{:>10}", "missing values read as", "wildcard", "category");
    for (label, key) in [
        ("fk < k", "below_k"),
        ("fk < k - 1 (laxer wording)", "below_k_minus_1"),
        ("unique (fk = 1)", "unique"),
    ] {
        let _ = writeln!(
            out,
            "{label:<28}{:>10}{:>10}",
            answer["wildcard"][key].to_string(),
            answer["category"][key].to_string()
        );
    }
    if let Some(found) = answer.get("homogeneous") {
        let _ = writeln!(
            out,
            "{} classes ({} records) all share their `{}`",
            found["classes"],
            found["records"],
            found["column"].as_str().unwrap_or_default()
        );
    }
    if let Some(blanked) = answer.get("blanked") {
        let _ = writeln!(out, "{} fields blanked {}", blanked["total"], blanked["by_key"]);
    }
    let _ = write!(
        out,
        "\nrow,fk_NA_as_wildcard,fk_NA_as_category{}",
        if special { ",suda_score" } else { "" }
    );
    for (row, (wildcard, category)) in fk.wildcard.iter().zip(&fk.category).enumerate() {
        let _ = write!(out, "\n{},{wildcard},{category}", row + 1);
        if special {
            let _ = write!(out, ",{}", answer["rows"][row]["suda_score"]);
        }
    }
    out
}
