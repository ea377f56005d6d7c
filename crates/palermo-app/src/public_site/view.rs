//! What an address of the public explorer asks for, and the released numbers
//! that answer it. A number is only ever shown as a release printed it: nothing
//! is added up here.

use super::figures::{PublicFigures, PublicTable};
use palermo_domain::knowledge::amount::Amount;
use std::collections::BTreeMap;

/// Dimensions in the order in which they are offered.
pub const ORDER: [&str; 12] = [
    "year",
    "form",
    "sex",
    "age",
    "citizenship",
    "means",
    "recruiter",
    "indicator",
    "state",
    "origin",
    "transit",
    "destination",
];

/// Words of closed lists in their usual order, so that a colour always means
/// the same; others follow by name.
const WORDS: [&str; 36] = [
    "sexual",
    "labour",
    "begging",
    "criminality",
    "marriage",
    "organs",
    "female",
    "male",
    "child",
    "adult",
    "debt",
    "threats",
    "violence",
    "deception",
    "documents",
    "drugs",
    "isolation",
    "partner",
    "family",
    "friend",
    "agency",
    "online",
    "stranger",
    "victims",
    "services",
    "permits",
    "compensated",
    "trained",
    "offences",
    "formal_contact",
    "prosecuted",
    "convicted",
    "repatriated",
    "several",
    "other",
    "unknown",
];

/// Where a word stands in its list.
#[must_use]
pub fn rank(word: &str) -> usize {
    let known = WORDS.iter().position(|one| *one == word);
    // Names of States and whatever else has no list stand between the closed
    // lists and "other", "unknown".
    match known {
        Some(at) if matches!(word, "several" | "other" | "unknown") => 1_000 + at,
        Some(at) => at,
        None => 100,
    }
}

/// What an address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicView {
    /// The place of the source.
    pub source: usize,
    /// Rows.
    pub by: String,
    /// Parts of a row; empty for none.
    pub across: String,
    /// One small figure for each word of this; empty for one figure.
    pub per: String,
    /// The period, where rows, parts and panes are none.
    pub period: String,
    /// Only these words: dimension and word.
    pub only: Vec<(String, String)>,
}

/// One number of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point<'f> {
    /// The pane, empty if there is one figure.
    pub pane: String,
    /// The row.
    pub row: String,
    /// The part, empty if rows have none.
    pub part: String,
    /// The number.
    pub amount: Amount,
    /// The release it stands in.
    pub release: &'f str,
    /// How it is shown there: `shown`, `rounded`, `hidden`.
    pub status: &'static str,
}

impl PublicView {
    fn dimensions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = vec![&self.by, &self.across, &self.per];
        all.extend(self.only.iter().map(|(name, _)| name.as_str()));
        all.retain(|name| !name.is_empty() && *name != "year");
        all.sort_unstable();
        all.dedup();
        all
    }

    fn over_years(&self) -> bool {
        [&self.by, &self.across, &self.per].iter().any(|name| *name == "year")
    }

    /// The table that answers for each period: the newest release's, and there
    /// the one that crosses least besides.
    fn tables<'f>(&self, figures: &'f PublicFigures) -> Vec<(usize, &'f PublicTable)> {
        let wanted = self.dimensions();
        let mut best: BTreeMap<&str, (usize, &PublicTable)> = BTreeMap::new();
        for (at, table) in figures.tables.iter().enumerate() {
            if table.source != self.source || !answers(table, &wanted) {
                continue;
            }
            let better = best.get(table.period.as_str()).is_none_or(|(_, other)| {
                table.release == other.release
                    && table.table.columns.len() < other.table.columns.len()
            });
            if better {
                best.insert(&table.period, (at, table));
            }
        }
        best.into_values().collect()
    }

    /// The numbers that answer.
    #[must_use]
    pub fn points<'f>(&self, figures: &'f PublicFigures) -> Vec<Point<'f>> {
        let mut out = Vec::new();
        for (_, table) in self.tables(figures) {
            if self.over_years() || self.period.is_empty() || self.period == table.period {
                self.of_table(table, &mut out);
            }
        }
        out
    }

    fn of_table<'f>(&self, table: &'f PublicTable, out: &mut Vec<Point<'f>>) {
        let wanted = self.dimensions();
        for (cell, amount) in table.table.cells.iter().zip(&table.amounts) {
            let value = |name: &str| -> &str {
                table.column(name).and_then(|at| cell.values.get(at)).map_or("", String::as_str)
            };
            let of = |name: &String| -> String {
                match name.as_str() {
                    "" => String::new(),
                    "year" => table.period.clone(),
                    other => value(other).to_owned(),
                }
            };
            let others_are_all = table
                .table
                .columns
                .iter()
                .all(|name| wanted.contains(&name.as_str()) || value(name).is_empty());
            let parts = wanted.iter().all(|name| !value(name).is_empty());
            let passes = self.only.iter().all(|(name, word)| value(name) == word);
            if others_are_all && parts && passes {
                out.push(Point {
                    pane: of(&self.per),
                    row: of(&self.by),
                    part: of(&self.across),
                    amount: *amount,
                    release: &table.release,
                    status: cell.status.code(),
                });
            }
        }
    }

    /// Releases whose numbers are shown, by short name and title.
    #[must_use]
    pub fn releases<'f>(&self, figures: &'f PublicFigures) -> Vec<(&'f str, &'f str)> {
        let used: Vec<&str> = self.points(figures).iter().map(|point| point.release).collect();
        let mut all: Vec<(&str, &str)> = self
            .tables(figures)
            .into_iter()
            .filter(|(_, table)| used.contains(&table.release.as_str()))
            .map(|(_, table)| (table.release.as_str(), table.title.as_str()))
            .collect();
        all.dedup();
        all
    }
}

/// A table of unlike things answers only where the thing is named.
fn answers(table: &PublicTable, wanted: &[&str]) -> bool {
    table.crosses(wanted) && (table.column("indicator").is_none() || wanted.contains(&"indicator"))
}

/// Dimensions one can look by in a source, besides those already taken.
#[must_use]
pub fn offered(figures: &PublicFigures, source: usize, taken: &[&str]) -> Vec<&'static str> {
    let taken: Vec<&str> =
        taken.iter().copied().filter(|name| !name.is_empty() && *name != "year").collect();
    ORDER
        .into_iter()
        .filter(|name| {
            if *name == "year" {
                return figures.periods(source).len() > 1;
            }
            !taken.contains(name)
                && figures
                    .of(source)
                    .any(|table| table.crosses(&taken) && table.column(name).is_some())
        })
        .collect()
}

/// The words of a dimension in a source, in their order.
#[must_use]
pub fn words(figures: &PublicFigures, source: usize, dimension: &str) -> Vec<String> {
    let mut all: Vec<String> = figures
        .of(source)
        .filter_map(|table| table.column(dimension).map(|at| (table, at)))
        .flat_map(|(table, at)| {
            table.table.cells.iter().filter_map(move |cell| cell.values.get(at))
        })
        .filter(|word| !word.is_empty())
        .cloned()
        .collect();
    all.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.cmp(b)));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        public_site::figures::{PublicSource, amounts},
        release::{
            prepare::{CellStatus, ReleasedCell, ReleasedTable},
            spec::Kind,
        },
    };

    fn table(
        release: &str,
        period: &str,
        columns: &[&str],
        cells: &[(&[&str], u64)],
    ) -> PublicTable {
        let table = ReleasedTable {
            id: columns.join("-"),
            title: String::new(),
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            cells: cells
                .iter()
                .map(|(values, count)| ReleasedCell {
                    values: values.iter().map(|value| (*value).to_owned()).collect(),
                    count: Some(*count),
                    status: CellStatus::Rounded,
                })
                .collect(),
        };
        PublicTable {
            release: release.to_owned(),
            title: release.to_owned(),
            issued: String::new(),
            period: period.to_owned(),
            source: 0,
            amounts: amounts(&table, 5),
            table,
            threshold: 5,
            kind: Kind::Round,
        }
    }

    fn figures() -> PublicFigures {
        let source = PublicSource {
            key: "s".to_owned(),
            title: "S".to_owned(),
            kind: None,
            source: String::new(),
            definition: String::new(),
            counting_rule: String::new(),
            coverage: String::new(),
            counted: "victims".to_owned(),
            state: None,
        };
        let cells: [(&[&str], u64); 6] = [
            (&["labour", "female"], 10),
            (&["labour", "male"], 0),
            (&["labour", ""], 15),
            (&["", "female"], 10),
            (&["", "male"], 0),
            (&["", ""], 15),
        ];
        PublicFigures {
            sources: vec![source],
            tables: vec![
                table("r-2025", "2025", &["form", "sex"], &cells),
                table("r-2024", "2024", &["form", "sex"], &cells),
            ],
        }
    }

    #[test]
    fn req_193_every_number_carries_its_release_and_none_is_made_up_by_adding() {
        let figures = figures();
        let view = PublicView { by: "year".into(), across: "sex".into(), ..PublicView::default() };
        let points = view.points(&figures);
        assert_eq!(points.len(), 4);
        assert!(points.iter().all(|point| point.release == format!("r-{}", point.row)));
        assert_eq!(points[1].amount, Amount { lower: 0, upper: 4 }, "a rounded zero is 0 to 4");
        assert_eq!(view.releases(&figures).len(), 2);
    }

    #[test]
    fn a_total_is_the_printed_total() {
        let figures = figures();
        let view = PublicView { by: "year".into(), ..PublicView::default() };
        let points = view.points(&figures);
        assert_eq!(points[0].amount, Amount { lower: 15, upper: 19 });
        let only = PublicView {
            by: "form".into(),
            period: "2025".into(),
            only: vec![("sex".into(), "female".into())],
            ..PublicView::default()
        };
        let points = only.points(&figures);
        assert_eq!((points.len(), points[0].amount.lower), (1, 10));
    }

    #[test]
    fn only_what_some_release_crosses_is_offered() {
        let figures = figures();
        assert_eq!(offered(&figures, 0, &[]), ["year", "form", "sex"]);
        assert_eq!(offered(&figures, 0, &["form"]), ["year", "sex"]);
        assert_eq!(words(&figures, 0, "sex"), ["female", "male"]);
    }
}
