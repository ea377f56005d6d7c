//! What a release is made of, as its makers write it down: a TOML file.

use palermo_domain::knowledge::publication::is_too_fine;
use palermo_stats::disclosure::{DisclosureError, TablePlan, Threshold};
use serde::{Deserialize, Serialize};

/// A specification, with everything in it explained.
pub const EXAMPLE: &str = r#"[release]
id = "2026-detected-victims"
title = "Detected victims by form, sex and year"
publisher = "Secretariat of the mechanism"
source = "National rapporteurs, returns of 2026"
definition = "Persons identified or presumed under the law of each State"
counting_rule = "A person counts once, in the year of first contact"
period = "2024/2026"   # or 2024, or 2024-01/2024-06: what is compared is of the same time
licence = "CC-BY-4.0"

[method]
kind = "suppress"      # suppress | round | synthetic | dp
k = 5                  # counts of 1 to k - 1 are never shown; at least 5
# search = "quick"     # suppress: heuristic instead of the optimum
# epsilon = 1.0        # dp: privacy loss of this release
# delta = 1e-6         # dp
# ledger = "budget.json"   # dp: what all releases have spent; a hard stop
# budget_epsilon = 4.0     # dp: the whole budget, when the ledger is new
# seed = 1             # synthetic and dp: fixes the drawing, never the noise

[input]
# count = "persons"    # the column that says how many people a line stands for
# sensitive = ["form"] # columns no class of people may give away by all sharing it

[[table]]
id = "by-form-and-sex"
title = "By form and sex"
columns = ["form", "sex"]

[[table]]
id = "by-year"
title = "By year"
columns = ["year"]
"#;

/// A specification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// What is released.
    pub release: About,
    /// How it is protected.
    #[serde(default)]
    pub method: Method,
    /// How the file is read.
    #[serde(default)]
    pub input: Input,
    /// The tables; for synthetic records, only their columns matter.
    #[serde(default)]
    pub table: Vec<Table>,
}

/// What a release says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// A short name for addresses: letters, digits, hyphens.
    pub id: String,
    /// The title.
    pub title: String,
    /// Who publishes.
    #[serde(default)]
    pub publisher: String,
    /// Where the figures come from.
    #[serde(default)]
    pub source: String,
    /// The legal definition under which persons were counted (R11).
    #[serde(default)]
    pub definition: String,
    /// When a person counts, and how often.
    #[serde(default)]
    pub counting_rule: String,
    /// The time its counts are of, as ISO 8601: `2024`, `2024/2026`, `2024-01/2024-06`.
    #[serde(default)]
    pub period: String,
    /// The licence.
    #[serde(default)]
    pub licence: String,
}

/// Which way figures are protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Small counts are hidden, with as many others as it takes.
    #[default]
    Suppress,
    /// Every count is rounded down to a multiple of k.
    Round,
    /// Invented records that only hold what at least k people share.
    Synthetic,
    /// Noisy counts and records drawn from them, within a budget.
    Dp,
}

impl Kind {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suppress => "suppress",
            Self::Round => "round",
            Self::Synthetic => "synthetic",
            Self::Dp => "dp",
        }
    }
}

/// How a release is protected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Which way.
    #[serde(default)]
    pub kind: Kind,
    /// The threshold; 5 for tables and 11 for records when not given.
    pub k: Option<u32>,
    /// `exact` or `quick`.
    pub search: Option<Search>,
    /// Privacy loss of a noisy release.
    pub epsilon: Option<f64>,
    /// Its delta.
    pub delta: Option<f64>,
    /// The file with what was spent so far.
    pub ledger: Option<String>,
    /// The whole budget of a new ledger.
    pub budget_epsilon: Option<f64>,
    /// The whole delta of a new ledger.
    pub budget_delta: Option<f64>,
    /// Seed of the drawing.
    pub seed: Option<u64>,
}

/// How a pattern of suppression is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Search {
    /// The least possible.
    Exact,
    /// A heuristic.
    Quick,
}

/// How the file is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The column that says how many people a line stands for.
    pub count: Option<String>,
    /// Columns no class of people may give away.
    #[serde(default)]
    pub sensitive: Vec<String>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// A short name for the file.
    pub id: String,
    /// The title.
    #[serde(default)]
    pub title: String,
    /// The columns it crosses.
    pub columns: Vec<String>,
}

/// Why a specification cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SpecRefused {
    /// It cannot be read.
    #[error("the specification cannot be read: {0}")]
    NotToml(#[from] toml::de::Error),
    /// Something in it makes no sense.
    #[error("`{field}`: {problem}")]
    Field {
        /// The field.
        field: String,
        /// What is wrong and what helps.
        problem: String,
    },
    /// The threshold is too low.
    #[error(transparent)]
    Threshold(#[from] DisclosureError),
}

impl Spec {
    /// Reads and checks a specification.
    ///
    /// # Errors
    /// What cannot be used in it.
    pub fn read(text: &str) -> Result<Self, SpecRefused> {
        let spec: Self = toml::from_str(text)?;
        spec.check()?;
        Ok(spec)
    }

    /// Checks what the types do not say.
    ///
    /// # Errors
    /// The first thing that cannot be used.
    pub fn check(&self) -> Result<(), SpecRefused> {
        let wrong = |field: &str, problem: String| {
            Err(SpecRefused::Field { field: field.to_owned(), problem })
        };
        if !is_slug(&self.release.id) {
            return wrong(
                "release.id",
                format!(
                    "`{}` cannot be part of an address; use small letters, digits and hyphens",
                    self.release.id
                ),
            );
        }
        self.check_tables()?;
        if self.method.kind == Kind::Dp && self.method.epsilon.is_none() {
            return wrong("method.epsilon", "a noisy release needs its privacy loss".to_owned());
        }
        self.threshold()?;
        Ok(())
    }

    fn check_tables(&self) -> Result<(), SpecRefused> {
        let wrong = |field: &str, problem: String| {
            Err(SpecRefused::Field { field: field.to_owned(), problem })
        };
        let mut seen = std::collections::BTreeSet::new();
        for table in &self.table {
            if !is_slug(&table.id) {
                return wrong(
                    "table.id",
                    format!(
                        "`{}` cannot name a file; use small letters, digits and hyphens",
                        table.id
                    ),
                );
            }
            if !seen.insert(&table.id) {
                return wrong("table.id", format!("`{}` stands twice", table.id));
            }
            if table.columns.is_empty() {
                return wrong("table.columns", format!("`{}` crosses no column", table.id));
            }
        }
        if self.table.is_empty() && matches!(self.method.kind, Kind::Suppress | Kind::Round) {
            return wrong("table", "name at least one table with its columns".to_owned());
        }
        // A record tells the columns of all tables in one row; a table only its own.
        let of_records = matches!(self.method.kind, Kind::Synthetic | Kind::Dp);
        if (of_records && too_fine(&self.columns()))
            || self.table.iter().any(|table| too_fine(&table.columns))
        {
            return wrong(
                "table.columns",
                "a month beside a place could show a current case; tell places by year".to_owned(),
            );
        }
        Ok(())
    }

    /// The threshold.
    ///
    /// # Errors
    /// When it is lower than 5.
    pub fn threshold(&self) -> Result<Threshold, DisclosureError> {
        let usual = match self.method.kind {
            Kind::Suppress | Kind::Round => Threshold::TABLE,
            Kind::Synthetic | Kind::Dp => Threshold::MICRODATA,
        };
        self.method.k.map_or(Ok(usual), Threshold::new)
    }

    /// The tables as the statistics library wants them.
    #[must_use]
    pub fn plans(&self) -> Vec<TablePlan> {
        let plan =
            |table: &Table| TablePlan { name: table.id.clone(), columns: table.columns.clone() };
        self.table.iter().map(plan).collect()
    }

    /// Every column the release shows.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        for column in self.table.iter().flat_map(|table| &table.columns) {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        columns
    }
}

/// Capitals in a heading change nothing.
fn too_fine(columns: &[String]) -> bool {
    let small: Vec<String> = columns.iter().map(|name| name.trim().to_lowercase()).collect();
    is_too_fine(&small)
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_used_as_it_stands() {
        let spec = Spec::read(EXAMPLE).unwrap();
        assert_eq!(spec.columns(), ["form", "sex", "year"]);
        assert_eq!(spec.threshold().unwrap().get(), 5);
    }

    #[test]
    fn e29_no_record_tells_a_month_beside_a_place_though_each_table_may() {
        let tables = EXAMPLE
            .replace("[\"form\", \"sex\"]", "[\"_period\"]")
            .replace("[\"year\"]", "[\"origin\", \"form\"]");
        assert!(Spec::read(&tables).is_ok(), "two tables are told apart");
        let records = tables
            .replace("kind = \"suppress\"", "kind = \"synthetic\"")
            .replace("k = 5 ", "k = 11 ");
        assert!(Spec::read(&records).unwrap_err().to_string().contains("tell places by year"));
        for columns in ["[\"_period\", \"origin\"]", "[\"_Period\", \"Origin\"]"] {
            assert!(Spec::read(&EXAMPLE.replace("[\"year\"]", columns)).is_err(), "{columns}");
        }
    }

    #[test]
    fn a_threshold_below_five_and_a_strange_key_are_refused() {
        let low = EXAMPLE.replace("k = 5 ", "k = 4 ");
        assert!(Spec::read(&low).unwrap_err().to_string().contains("`4` is too low"));
        let strange = EXAMPLE.replace("licence =", "license =");
        assert!(Spec::read(&strange).unwrap_err().to_string().contains("license"));
    }
}
