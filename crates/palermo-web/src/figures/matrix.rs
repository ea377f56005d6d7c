//! Who is bound by what: States down, instruments across, a word and a mark in every cell.

use askama::Template;

use crate::components::parts;

/// Whether a State is bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    /// Bound from the date in the cell.
    Party,
    /// Signed, not bound.
    Signed,
    /// Neither.
    #[default]
    No,
    /// The sources do not say.
    Unknown,
}

impl Bound {
    fn class(self) -> &'static str {
        match self {
            Self::Party => "yes",
            Self::Signed => "signed",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub struct BoundCell {
    /// Whether the State is bound.
    pub bound: Bound,
    /// What is written: a year, a dash.
    pub mark: String,
    /// What is said: "party since 21 August 2002".
    pub said: String,
}

/// Name of a row or column.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// Short name.
    pub name: String,
    /// Full name, for the pointer; empty if the same.
    pub full: String,
    /// Page about it.
    pub href: String,
}

/// The matrix.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures/matrix.html")]
pub struct BoundMatrix {
    /// Id, unique on the page.
    pub id: String,
    /// What the table shows and at which date.
    pub caption: String,
    /// Word over the first column.
    pub corner: String,
    /// Instruments.
    pub columns: Vec<Heading>,
    /// States with their cells, in the order of the columns.
    pub rows: Vec<(Heading, Vec<BoundCell>)>,
    /// Legend: which mark means what.
    pub legend: Vec<(Bound, String, String)>,
}

parts!(BoundMatrix);
