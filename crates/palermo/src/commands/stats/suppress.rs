//! `palermo stats suppress`: hide what must be hidden in a table, and no more.

use super::protection::{earlier, records, settle, threshold};
use super::tables::{self, TableFile, bounds, grid, shown_value};
use clap::{Args, ValueEnum};
use palermo_stats::disclosure::{Cost, Method, Policy, PublishableTable, RawTable, Release, Shown};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const HELP: &str = "\
Examples:
  palermo stats suppress table.json --k 5
  palermo stats suppress cases.csv --keys region,form --k 5 --cost value
  palermo stats suppress cases.csv --keys region,form,age --k 5 --quick --json

A .json file holds a table or a list of tables: `table_with_margins` (rows of counts,
totals last) and perhaps `threshold_k`, `cost` (count or value) and `upper_bound`. A .csv
file of records is cross-classified by --keys. Counts of 1 to k - 1 are hidden, with as
many others as it takes; every result is attacked before it is shown. Of the JSON answer
publish `table_with_margins` (or `cells`) alone: with `--cost value` the cost is the sum
of what is hidden.

Exit status: 0 done, 1 the table cannot be protected, or an earlier release forbids it
(reasons on standard error), 2 wrong use.";

/// Hide what must be hidden in a table, and no more
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct SuppressArgs {
    /// JSON file of tables, or CSV file of records
    file: PathBuf,
    /// Records: columns to cross-classify
    #[arg(long, value_name = "COL,COL", value_delimiter = ',')]
    keys: Vec<String>,
    /// Threshold, at least 5 [default: as in the file, else 5]
    #[arg(long, value_name = "K")]
    k: Option<u32>,
    /// What hiding costs [default: as in the file, else count]
    #[arg(long, value_enum)]
    cost: Option<CostName>,
    /// Leave every hidden count at least k + 1 possible values
    #[arg(long)]
    interval: bool,
    /// Heuristic instead of the optimum, for large tables
    #[arg(long)]
    quick: bool,
    /// Round every count down to a multiple of k instead of hiding
    #[arg(long, conflicts_with = "quick")]
    round: bool,
    /// Seconds to search for the optimum
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Earlier releases (tab-separated, as `--tsv` writes)
    #[arg(long, value_name = "FILE")]
    earlier: Vec<PathBuf>,
    /// Write shown cells tab-separated, to be kept for comparing later releases
    #[arg(long, conflicts_with = "json")]
    tsv: bool,
    /// JSON instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CostName {
    /// Every cell the same
    Count,
    /// The cell's count, at least 1
    Value,
}

impl From<CostName> for Cost {
    fn from(name: CostName) -> Self {
        match name {
            CostName::Count => Self::Cells,
            CostName::Value => Self::Counts,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When a table cannot be read or protected.
pub fn run(args: &SuppressArgs) -> anyhow::Result<ExitCode> {
    settle(args.run())
}

struct Safe {
    table: PublishableTable,
    policy: Policy,
    cost: f64,
    hidden: Vec<usize>,
    optimal: bool,
    seconds: f64,
}

impl SuppressArgs {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let (answers, list) = if self.file.extension().is_some_and(|e| e == "json") {
            let (tables, list) = tables::read(&self.file)?;
            let answers =
                tables.iter().map(|t| self.protect_file(t)).collect::<anyhow::Result<Vec<_>>>()?;
            (answers, list)
        } else {
            let keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
            let raw = RawTable::cross_classify(&records(&self.file, &[])?, &keys)?;
            let mut policy = Policy::suppress(threshold(self.k.unwrap_or(5))?);
            policy.cost = self.cost.map_or(Cost::Cells, Cost::from);
            let safe = self.protect(&raw, policy)?;
            (vec![(cells_json(&safe), safe)], false)
        };
        let text = if self.json {
            let mut values: Vec<Value> = answers.into_iter().map(|a| a.0).collect();
            let single = if list { None } else { values.pop() };
            serde_json::to_string(&single.unwrap_or(Value::Array(values)))?
        } else if self.tsv {
            answers
                .iter()
                .map(|a| tables::tsv(a.1.table.as_release()))
                .collect::<Vec<_>>()
                .join("\n")
                .trim_end()
                .to_owned()
        } else {
            answers.iter().map(|a| readable(&a.1)).collect::<Vec<_>>().join("\n")
        };
        super::print_line(&text)?;
        Ok(ExitCode::SUCCESS)
    }

    fn protect_file(&self, table: &TableFile) -> anyhow::Result<(Value, Safe)> {
        let raw = table
            .raw()?
            .ok_or_else(|| anyhow::anyhow!("a table to be protected must have all its counts"))?;
        let safe = self.protect(&raw, table.policy(self.k, self.cost.map(Cost::from))?)?;
        Ok((table_json(table, &safe), safe))
    }

    fn protect(&self, raw: &RawTable, policy: Policy) -> anyhow::Result<Safe> {
        let mut policy = tables::method(policy, self.quick, self.round, self.interval);
        if let Method::Suppress(limit) = &mut policy.method {
            *limit = Duration::from_secs(self.seconds);
        }
        let began = std::time::Instant::now();
        let before: Vec<Release> = earlier(&self.earlier, policy.threshold)?;
        let protected = raw.protect(&policy)?;
        let (cost, hidden, optimal) =
            (protected.cost(), protected.hidden(), protected.is_optimal());
        let table = protected.attack(&before)?;
        let seconds = began.elapsed().as_secs_f64();
        Ok(Safe { table, policy, cost, hidden, optimal, seconds })
    }
}

// The file's own fields, with counts hidden and what was found put in.
fn table_json(table: &TableFile, safe: &Safe) -> Value {
    let width = table.rows.first().map_or(1, Vec::len);
    let cells: Vec<Value> = safe.table.cells().iter().map(|&cell| shown_value(cell)).collect();
    let rows: Vec<&[Value]> = cells.chunks(width).collect();
    let mut out = json!({
        "rows": table.rows.len() - 1,
        "cols": width - 1,
        "threshold_k": safe.policy.threshold.get(),
        "cost": if safe.policy.cost == Cost::Counts { "value" } else { "count" },
        "upper_bound": table.upper(),
        "table_with_margins": rows,
        "optimal_cost": safe.cost,
        "optimal_suppressed_cells": safe.hidden.len(),
        "one_optimal_pattern": safe.hidden,
        "audit_bounds_of_pattern": bounds(safe.table.intervals()),
        "optimal": safe.optimal,
        "seconds": safe.seconds,
    });
    if let Some(id) = table.fields.get("id") {
        out["id"] = id.clone();
    }
    out
}

fn cells_json(safe: &Safe) -> Value {
    let cells: Vec<Value> = safe
        .table
        .labels()
        .iter()
        .zip(safe.table.cells())
        .map(|(label, &cell)| json!({ "cell": label, "count": shown_value(cell) }))
        .collect();
    json!({
        "threshold_k": safe.policy.threshold.get(),
        "cells": cells,
        "optimal_cost": safe.cost,
        "optimal_suppressed_cells": safe.hidden.len(),
        "one_optimal_pattern": safe.hidden,
        "audit_bounds_of_pattern": bounds(safe.table.intervals()),
        "optimal": safe.optimal,
        "seconds": safe.seconds,
    })
}

fn readable(safe: &Safe) -> String {
    let mut out = String::new();
    if let Some((_, width)) = safe.table.two_way_shape() {
        out.push_str(&grid(safe.table.cells(), width));
    } else {
        for (label, cell) in safe.table.labels().iter().zip(safe.table.cells()) {
            let text = match cell {
                Shown::Exact(count) => count.to_string(),
                Shown::Between(least, most) => format!("{least}-{most}"),
                Shown::Hidden => "·".to_owned(),
            };
            let _ = writeln!(out, "{text:>9}  {label}");
        }
    }
    let word = if safe.optimal { "the least possible" } else { "not proven least" };
    let _ = writeln!(out, "{} cells hidden ({word})", safe.hidden.len());
    for (cell, interval) in safe.table.intervals() {
        if safe.hidden.contains(cell) {
            let label = &safe.table.labels()[*cell];
            let _ =
                writeln!(out, "  {label}: {} to {} remain possible", interval.least, interval.most);
        }
    }
    out
}
