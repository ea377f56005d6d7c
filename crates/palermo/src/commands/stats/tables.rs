//! Tables in files: a JSON object (or a list of them) with `table_with_margins`,
//! the last row and column being the totals, and what goes with it.

use anyhow::{Context, bail};
use palermo_stats::disclosure::{
    Cost, Interval, Method, Policy, Protection, RawTable, Release, Shown, Threshold,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// One table of a file.
pub(super) struct TableFile {
    /// Everything the file said of it.
    pub(super) fields: Map<String, Value>,
    /// Counts with margins; nothing where the file says `null`.
    pub(super) rows: Vec<Vec<Option<u64>>>,
}

/// The tables of a file, and whether it was a list.
pub(super) fn read(file: &Path) -> anyhow::Result<(Vec<TableFile>, bool)> {
    let shown = file.display();
    let text =
        std::fs::read_to_string(file).with_context(|| format!("`{shown}` cannot be opened"))?;
    let value: Value =
        serde_json::from_str(&text).with_context(|| format!("`{shown}` is not JSON"))?;
    let list = value.is_array();
    let tables = match value {
        Value::Array(tables) => tables,
        single => vec![single],
    };
    let tables = tables
        .into_iter()
        .map(|table| {
            let Value::Object(fields) = table else {
                bail!("`{shown}` holds something that is not a table")
            };
            let rows = fields.get("table_with_margins").cloned().unwrap_or_default();
            let rows: Vec<Vec<Option<u64>>> = serde_json::from_value(rows).with_context(|| {
                format!(
                    "`{shown}`: `table_with_margins` must be rows of counts, `null` where hidden"
                )
            })?;
            let width = rows.first().map_or(0, Vec::len);
            if rows.len() < 2 || width < 2 || rows.iter().any(|row| row.len() != width) {
                bail!("`{shown}`: a table needs rows of equal length, with totals last");
            }
            Ok(TableFile { fields, rows })
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok((tables, list))
}

impl TableFile {
    /// The table, when no count is missing.
    pub(super) fn raw(&self) -> anyhow::Result<Option<RawTable>> {
        let rows: Option<Vec<Vec<u64>>> =
            self.rows.iter().map(|row| row.iter().copied().collect()).collect();
        Ok(rows.map(|rows| RawTable::two_way(&rows)).transpose()?)
    }

    /// The rules: what the command line says, else what the file says, else the usual.
    pub(super) fn policy(&self, k: Option<u32>, cost: Option<Cost>) -> anyhow::Result<Policy> {
        let from_file = self.fields.get("threshold_k").and_then(Value::as_u64);
        let k = k.map_or(from_file.unwrap_or(5), u64::from);
        let mut policy = Policy::suppress(Threshold::new(u32::try_from(k).unwrap_or(0))?);
        let value = self.fields.get("cost").and_then(Value::as_str) == Some("value");
        policy.cost = cost.unwrap_or(if value { Cost::Counts } else { Cost::Cells });
        policy.upper = self.upper();
        Ok(policy)
    }

    /// What everybody knows no count exceeds.
    pub(super) fn upper(&self) -> Option<u64> {
        self.fields.get("upper_bound").and_then(Value::as_f64).map(|upper| upper as u64)
    }

    /// The cells hidden by the pattern in the file, if it has one.
    pub(super) fn pattern(&self) -> Option<Vec<usize>> {
        let pattern = self.fields.get("one_optimal_pattern")?.as_array()?;
        pattern.iter().map(|cell| Some(cell.as_u64()? as usize)).collect()
    }
}

pub(super) fn bounds(intervals: &BTreeMap<usize, Interval>) -> Value {
    intervals
        .iter()
        .map(|(cell, i)| (cell.to_string(), json!([i.least, i.most])))
        .collect::<Map<_, _>>()
        .into()
}

pub(super) fn shown_value(shown: Shown) -> Value {
    match shown {
        Shown::Exact(count) | Shown::Between(count, _) => json!(count),
        Shown::Hidden => Value::Null,
    }
}

/// A grid for the eye; `·` is hidden.
pub(super) fn grid(cells: &[Shown], width: usize) -> String {
    let mut out = String::new();
    for row in cells.chunks(width.max(1)) {
        for cell in row {
            let text = match cell {
                Shown::Exact(count) => count.to_string(),
                Shown::Between(least, most) => format!("{least}-{most}"),
                Shown::Hidden => "·".to_owned(),
            };
            let _ = write!(out, "{text:>9}");
        }
        out.push('\n');
    }
    out
}

/// Settings that both ways of suppressing share.
pub(super) fn method(policy: Policy, quick: bool, round: bool, interval: bool) -> Policy {
    Policy {
        method: match (quick, round) {
            (_, true) => Method::RoundDown,
            (true, _) => Method::SuppressQuickly,
            _ => policy.method,
        },
        protection: if interval { Protection::Interval } else { policy.protection },
        ..policy
    }
}

/// Cells of a release as the combinations format writes them.
pub(super) fn tsv(release: &Release) -> String {
    let mut out = "selections\tprotected_count\n".to_owned();
    for (label, count) in release.entries() {
        let _ = writeln!(out, "{label}\t{count}");
    }
    out
}
