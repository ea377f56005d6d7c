//! `palermo stats audit`: what can a reader work out from what is published?

use super::protection::{earlier, release, settle, threshold};
use super::tables::{self, TableFile, bounds};
use clap::Args;
use palermo_stats::disclosure::{
    Frame, Interval, RefusedTable, Shown, attack_intervals, difference_findings,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  palermo stats audit published.json --k 5
  palermo stats audit april.tsv --k 11 --earlier february.tsv march.tsv

A .json file holds a table or a list of tables with `table_with_margins`. Where counts
are hidden (`null`), the attack uses what is shown and nothing else; where they are all
there and `one_optimal_pattern` names the hidden cells, every count of 1 to k - 1 must
also stay uncertain; without a pattern only the small counts themselves are hidden. A .tsv file of combinations is compared with itself and with
--earlier releases: no difference may be a group of 1 to k - 1 people. Counts that are
all multiples of k are taken as rounded down.

Exit status: 0 nothing found, 1 something can be worked out, 2 wrong use.";

/// What can a reader work out from what is published?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct AuditArgs {
    /// JSON file of tables, or tab-separated file of combinations
    file: PathBuf,
    /// Threshold, at least 5 [default: as in the file, else 5]
    #[arg(long, value_name = "K")]
    k: Option<u32>,
    /// Earlier releases in the combinations format
    #[arg(long, value_name = "FILE", num_args = 1..)]
    earlier: Vec<PathBuf>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or attacked.
pub fn run(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    settle(args.run())
}

struct Verdict {
    intervals: BTreeMap<usize, Interval>,
    exposed: Vec<String>,
    labels: Vec<String>,
    /// Intervals if the small counts alone were hidden, where the truth is known.
    small_alone: Option<BTreeMap<usize, Interval>>,
}

impl AuditArgs {
    fn run(&self) -> anyhow::Result<ExitCode> {
        if self.file.extension().is_some_and(|e| e == "json") {
            self.tables()
        } else {
            self.combinations()
        }
    }

    fn tables(&self) -> anyhow::Result<ExitCode> {
        let (tables, list) = tables::read(&self.file)?;
        let verdicts = tables.iter().map(|t| self.attack(t)).collect::<anyhow::Result<Vec<_>>>()?;
        let found = verdicts.iter().any(|v| !v.exposed.is_empty());
        let text = if self.json {
            let mut values: Vec<Value> =
                tables.iter().zip(&verdicts).map(|(t, v)| answer(t, v)).collect();
            let single = if list { None } else { values.pop() };
            serde_json::to_string(&single.unwrap_or(Value::Array(values)))?
        } else {
            verdicts.iter().map(readable).collect::<Vec<_>>().join("\n")
        };
        super::print_line(&text)?;
        Ok(ExitCode::from(u8::from(found)))
    }

    fn attack(&self, table: &TableFile) -> anyhow::Result<Verdict> {
        let policy = table.policy(self.k, None)?;
        if let (Some(raw), Some(pattern)) = (table.raw()?, table.pattern()) {
            let labels = raw.frame().labels().to_vec();
            let small_alone = Some(raw.exposure(&policy)?);
            return match raw.protect_with(&policy, &pattern).attack(&[]) {
                Ok(safe) => Ok(Verdict {
                    intervals: safe.intervals().clone(),
                    exposed: Vec::new(),
                    labels,
                    small_alone,
                }),
                Err(RefusedTable::Exposed(exposed)) => {
                    let hidden: Vec<bool> =
                        (0..labels.len()).map(|c| pattern.contains(&c)).collect();
                    let flat: Vec<Option<u64>> = table.rows.concat();
                    let intervals = from_outside(table, &flat, &hidden, policy.upper)?;
                    Ok(Verdict { intervals, exposed, labels, small_alone })
                }
                Err(other) => Err(other.into()),
            };
        }
        let flat: Vec<Option<u64>> = table.rows.concat();
        let mut hidden: Vec<bool> = flat.iter().map(Option::is_none).collect();
        if let Some(raw) = table.raw()? {
            // Nothing is hidden yet: would hiding the small counts alone do?
            for cell in raw.sensitive(policy.threshold) {
                hidden[cell] = true;
            }
        }
        let intervals = from_outside(table, &flat, &hidden, policy.upper)?;
        let labels = frame(table)?.labels().to_vec();
        // Zeros are shown, so a hidden cell that cannot reach k is a small group.
        let exposed = intervals
            .iter()
            .filter(|(_, i)| i.most < f64::from(policy.threshold.get()) - 1e-6)
            .map(|(&cell, _)| labels[cell].clone())
            .collect();
        Ok(Verdict { intervals, exposed, labels, small_alone: None })
    }

    fn combinations(&self) -> anyhow::Result<ExitCode> {
        let k = threshold(self.k.unwrap_or(11))?;
        let new = release(&self.file, k)?;
        let findings = difference_findings(&new, &earlier(&self.earlier, k)?, k);
        if self.json {
            let answer =
                json!({ "k": k.get(), "cells": new.entries().len(), "findings": findings });
            super::print_line(&serde_json::to_string(&answer)?)?;
        } else {
            let mut text = String::new();
            for finding in &findings {
                let _ = writeln!(text, "{finding}");
            }
            let _ = write!(text, "{} findings in {} cells", findings.len(), new.entries().len());
            super::print_line(&text)?;
        }
        Ok(ExitCode::from(u8::from(!findings.is_empty())))
    }
}

fn frame(table: &TableFile) -> anyhow::Result<Frame> {
    let labels = |name: &str, count: usize| -> Vec<String> {
        (1..count).map(|at| format!("{name}:{at}")).collect()
    };
    let width = table.rows.first().map_or(0, Vec::len);
    Ok(Frame::with_margins(&[labels("row", table.rows.len()), labels("column", width)])?)
}

fn from_outside(
    table: &TableFile,
    flat: &[Option<u64>],
    hidden: &[bool],
    upper: Option<u64>,
) -> anyhow::Result<BTreeMap<usize, Interval>> {
    let shown: Vec<Shown> = flat
        .iter()
        .zip(hidden)
        .map(|(count, &gone)| match count {
            Some(count) if !gone => Shown::Exact(*count),
            _ => Shown::Hidden,
        })
        .collect();
    let most =
        shown.iter().filter_map(|s| if let Shown::Exact(c) = s { Some(*c) } else { None }).max();
    Ok(attack_intervals(&frame(table)?, &shown, upper.or(most).unwrap_or(0))?)
}

fn answer(table: &TableFile, verdict: &Verdict) -> Value {
    let mut out = json!({
        "audit_bounds_of_pattern": bounds(&verdict.intervals),
        "exposed": verdict.exposed,
        "safe": verdict.exposed.is_empty(),
    });
    if let Some(small) = &verdict.small_alone {
        out["audit_bounds_primary_only"] = bounds(small);
    }
    if let Some(id) = table.fields.get("id") {
        out["id"] = id.clone();
    }
    out
}

fn readable(verdict: &Verdict) -> String {
    let mut out = String::new();
    for (cell, interval) in &verdict.intervals {
        let _ =
            writeln!(out, "  {}: {} to {}", verdict.labels[*cell], interval.least, interval.most);
    }
    let _ = if verdict.exposed.is_empty() {
        write!(out, "no small count can be worked out")
    } else {
        write!(out, "can be worked out: {}", verdict.exposed.join(", "))
    };
    out
}
