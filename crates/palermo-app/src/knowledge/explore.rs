//! Looking at figures: one dataset at a time, never added to another (R11), and
//! never as a ranking of States (E30).

use palermo_domain::knowledge::{
    columns::{Columns, Counted, Query},
    dataset::Dataset,
};

/// Dimensions one can look by, in the order shown.
pub const BY: [&str; 17] = [
    "year",
    "_period",
    "form",
    "sex",
    "age",
    "citizenship",
    "means",
    "recruiter",
    "channel",
    "broker",
    "transport",
    "papers",
    "indicator",
    "state",
    "origin",
    "transit",
    "destination",
];

/// What one looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Rows.
    pub by: String,
    /// Columns, if any.
    pub across: String,
    /// Only these words: dimension and word.
    pub only: Vec<(String, String)>,
}

impl View {
    /// Counts what the view asks for.
    #[must_use]
    pub fn count(&self, dataset: &Dataset, figures: &Columns) -> Counted {
        let mut by = vec![self.by.clone()];
        if !self.across.is_empty() && self.across != self.by {
            by.push(self.across.clone());
        }
        figures.count(&Query { by, only: self.only.clone(), aggregates: dataset.format.has_sums() })
    }
}

/// The words of a dimension, sorted.
#[must_use]
pub fn words(figures: &Columns, dimension: &str) -> Vec<String> {
    let column = figures.place(dimension).and_then(|at| figures.columns().get(at));
    let mut words: Vec<String> = column
        .map(|column| column.words.iter().filter(|word| !word.is_empty()).cloned().collect())
        .unwrap_or_default();
    words.sort();
    words
}

/// Dimensions in which this dataset tells something.
#[must_use]
pub fn told(figures: &Columns) -> Vec<&'static str> {
    BY.into_iter().filter(|name| !words(figures, name).is_empty()).collect()
}
