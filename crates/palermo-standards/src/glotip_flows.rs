//! Flows in a GLOTIP table: victims detected in a State, by citizenship. What
//! the file says is a person's citizenship and where they were found, not the
//! way they came; nothing here claims more. `<5` stays an interval.

use crate::glotip::{Age, Dimension, Glotip, Indicator, Row, Sex};
use palermo_domain::{
    knowledge::amount::Amount,
    register::state::{StateRegister, normalised},
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Persons of one citizenship detected in one State in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// The State of citizenship: its code.
    pub origin: String,
    /// The detecting State: its code, or the table's own word for an area.
    pub destination: String,
    /// The year.
    pub year: u16,
    /// The least.
    pub lower: u64,
    /// The greatest.
    pub upper: u64,
}

/// Persons whose citizenship is unknown, or written so that no State can be
/// named. They are part of the totals and of no flow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// The least.
    pub lower: u64,
    /// The greatest.
    pub upper: u64,
    /// Rows.
    pub rows: u64,
    /// By detecting State and year, so that totals can be reconciled.
    pub by_destination: Vec<UnknownIn>,
    /// What was written, with its rows.
    pub written: BTreeMap<String, u64>,
}

/// The unknown of one State and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownIn {
    /// The detecting State.
    pub destination: String,
    /// The year.
    pub year: u16,
    /// The least.
    pub lower: u64,
    /// The greatest.
    pub upper: u64,
}

/// All flows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Flows {
    /// By origin, destination and year; where the two are the same, the
    /// trafficking was of a State's own citizens found at home.
    pub flows: Vec<Flow>,
    /// What belongs to no flow.
    pub unknown: Unknown,
    /// Citizens brought back: `origin` is where they were found, `destination`
    /// the State they came home to, as that State reports it.
    pub repatriations: Vec<Flow>,
    /// What the figures are, for whoever shows them.
    pub note: &'static str,
}

/// What every picture of these figures says.
pub const NOTE: &str = "Detected victims by citizenship and detecting State: not prevalence, \
    and not the route a person took. Flows with `lower` below `upper` hold hidden counts.";

/// Words that stand for the State's own citizens.
const OWN: [&str; 7] = [
    "nationals",
    "own country",
    "netherlands (own country)",
    "ciudadanos de su pais",
    // As one published file has it, with a letter lost.
    "ciudadanos de su pa\u{fffd}s",
    "national",
    "citizens",
];

/// Finds the flows.
#[must_use]
pub fn of(table: &Glotip, states: &StateRegister, aliases: &CitizenshipNames) -> Flows {
    let mut names = Names::new(states, aliases);
    let mut flows: BTreeMap<(String, String, u16), Amount> = BTreeMap::new();
    let mut back: BTreeMap<(String, String, u16), Amount> = BTreeMap::new();
    let mut unknown: BTreeMap<(String, u16), Amount> = BTreeMap::new();
    let mut out = Flows { note: NOTE, ..Flows::default() };
    for row in table.rows.iter().filter(|row| counts_here(row)) {
        let place = place(row);
        let origin = names.citizenship(row);
        if row.dimension == Dimension::Repatriation {
            if let Some(from) = origin {
                add(&mut back, (from, place, row.year), row.amount);
            }
            continue;
        }
        match origin {
            Some(origin) => add(&mut flows, (origin, place, row.year), row.amount),
            None => {
                out.unknown.rows += 1;
                *out.unknown.written.entry(row.category.clone()).or_insert(0) += 1;
                add(&mut unknown, (place, row.year), row.amount);
            }
        }
    }
    out.flows = listed(flows);
    out.repatriations = listed(back);
    let sum: Amount = unknown.values().copied().sum();
    (out.unknown.lower, out.unknown.upper) = (sum.lower, sum.upper);
    out.unknown.by_destination = unknown
        .into_iter()
        .map(|((destination, year), amount)| UnknownIn {
            destination,
            year,
            lower: amount.lower,
            upper: amount.upper,
        })
        .collect();
    out
}

fn counts_here(row: &Row) -> bool {
    row.indicator == Indicator::Victims
        && matches!(row.dimension, Dimension::Citizenship | Dimension::Repatriation)
        && row.sex == Sex::Total
        && row.age == Age::Total
        // A row that sums the others would count everybody twice.
        && !row.category.eq_ignore_ascii_case("total")
}

fn place(row: &Row) -> String {
    if row.area.is_empty() { row.country.clone() } else { row.area.clone() }
}

fn add<K: Ord>(to: &mut BTreeMap<K, Amount>, key: K, amount: Amount) {
    let sum = to.entry(key).or_insert(Amount::ZERO);
    *sum = *sum + amount;
}

fn listed(flows: BTreeMap<(String, String, u16), Amount>) -> Vec<Flow> {
    flows
        .into_iter()
        .map(|((origin, destination, year), amount)| Flow {
            origin,
            destination,
            year,
            lower: amount.lower,
            upper: amount.upper,
        })
        .collect()
}

/// How citizens of a State are called, and other ways of writing its name, by
/// normalised word: `content/codes/citizenships.csv`.
#[derive(Debug, Clone, Default)]
pub struct CitizenshipNames(HashMap<String, String>);

impl CitizenshipNames {
    /// Reads `written,code`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let pairs = text.lines().skip(1).filter_map(|line| line.rsplit_once(','));
        Self(
            pairs
                .map(|(written, code)| {
                    (normalised(written.trim().trim_matches('"')), code.trim().to_owned())
                })
                .collect(),
        )
    }

    /// The State a word stands for.
    #[must_use]
    pub fn code(&self, written: &str) -> Option<String> {
        self.0.get(&normalised(written)).cloned()
    }
}

/// Finds the State a citizenship is written for.
#[derive(Debug)]
pub struct Names<'n> {
    states: &'n StateRegister,
    aliases: &'n CitizenshipNames,
    known: HashMap<String, Option<String>>,
}

impl<'n> Names<'n> {
    /// With the register of States and other ways of writing citizenships.
    #[must_use]
    pub fn new(states: &'n StateRegister, aliases: &'n CitizenshipNames) -> Self {
        Self { states, aliases, known: HashMap::new() }
    }

    /// The code of a row's citizenship; none if it cannot be told.
    pub fn citizenship(&mut self, row: &Row) -> Option<String> {
        let written = row.category.trim();
        let plain = normalised(written);
        if OWN.contains(&plain.as_str()) {
            return Some(place(row));
        }
        if let Some(known) = self.known.get(written) {
            return known.clone();
        }
        let found = self.resolve(written);
        self.known.insert(written.to_owned(), found.clone());
        found
    }

    fn resolve(&self, written: &str) -> Option<String> {
        let repaired = repaired(written);
        let tries = [Some(written), repaired.as_deref()];
        tries.into_iter().flatten().find_map(|name| {
            let code = self.states.resolve(name, None).ok().map(|code| code.to_string());
            code.or_else(|| self.aliases.0.get(&normalised(name)).cloned())
        })
    }
}

/// A name that was UTF-8, read as Latin-1 and saved again: `TÃ¼rkiye`.
#[must_use]
pub fn repaired(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes?).ok().filter(|repaired| repaired != text)
}
