//! From a file of any format to harmonised figures: the same dimensions and
//! codes for all, what was written kept beside them.

use super::take_formats as formats;
use palermo_domain::{
    knowledge::{
        columns::Columns,
        dataset::{Dataset, Format, Quality},
        mapping::{Coverage, Mapping, Unmapped},
    },
    register::state::StateRegister,
};
use palermo_standards::{
    checked::Checked,
    ctdc,
    glotip_flows::CitizenshipNames,
    mapped,
    template::{self, Row},
};
use std::collections::{BTreeMap, BTreeSet};

/// The dimensions, in the order in which they are stored. One that begins with
/// `_` says something of a line and divides nobody.
pub const DIMENSIONS: [&str; 18] = [
    "year",
    "_period",
    "state",
    "indicator",
    "form",
    "sex",
    "age",
    "citizenship",
    "means",
    "recruiter",
    "origin",
    "destination",
    "_written",
    "transit",
    "channel",
    "broker",
    "transport",
    "papers",
];

/// How many words without a code are kept with a batch.
const MOST_UNMAPPED: usize = 2_000;

/// What a file brought.
#[derive(Debug)]
pub struct Taken {
    /// The figures.
    pub figures: Columns,
    /// What was found in the file.
    pub checked: Checked,
    /// Words put under a common code, and all words that need one.
    pub mapped: (u64, u64),
    /// Words without a common code, by field, with the number of lines.
    pub unmapped: BTreeMap<(String, String), u64>,
    /// Coverage by field.
    pub coverage: BTreeMap<String, (u64, u64)>,
    /// The newest year.
    pub newest_year: Option<u16>,
    /// The row of the file of each line; empty where a line is no row of its own.
    pub rows: Vec<u64>,
}

impl Taken {
    pub(super) fn new(checked: Checked) -> Self {
        Self {
            figures: Columns::new(&DIMENSIONS),
            checked,
            mapped: (0, 0),
            unmapped: BTreeMap::new(),
            coverage: BTreeMap::new(),
            newest_year: None,
            rows: Vec::new(),
        }
    }

    pub(super) fn year(&mut self, year: u16) {
        self.newest_year = self.newest_year.max(Some(year));
    }

    /// Counts a word that needs a common code.
    pub(super) fn word(&mut self, field: &str, written: &str, found: bool) {
        if !self.coverage.contains_key(field) {
            self.coverage.insert(field.to_owned(), (0, 0));
        }
        if let Some(counted) = self.coverage.get_mut(field) {
            counted.1 += 1;
            counted.0 += u64::from(found);
        }
        self.mapped.1 += 1;
        self.mapped.0 += u64::from(found);
        if !found {
            let key = (field.to_owned(), written.to_owned());
            if self.unmapped.len() < MOST_UNMAPPED || self.unmapped.contains_key(&key) {
                *self.unmapped.entry(key).or_insert(0) += 1;
            }
        }
    }

    /// The words without a code, the most frequent first.
    #[must_use]
    pub fn unmapped(&self) -> Vec<Unmapped> {
        let listed = |((field, word), lines): (&(String, String), &u64)| Unmapped {
            field: field.clone(),
            word: word.clone(),
            lines: *lines,
        };
        let mut all: Vec<Unmapped> = self.unmapped.iter().map(listed).collect();
        all.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.word.cmp(&b.word)));
        all
    }

    /// Coverage by field.
    #[must_use]
    pub fn coverage(&self) -> Vec<Coverage> {
        let listed = |(field, (mapped, all)): (&String, &(u64, u64))| Coverage {
            field: field.clone(),
            mapped: *mapped,
            all: *all,
        };
        self.coverage.iter().map(listed).collect()
    }

    /// Quality by the documented formula, imported in this year.
    #[must_use]
    pub fn quality(&self, import_year: u16) -> Quality {
        let place = |name: &str| self.figures.place(name);
        let wanted: Vec<usize> = ["year", "state"].iter().filter_map(|name| place(name)).collect();
        let lines = self.figures.len();
        let full = (0..lines)
            .filter(|line| wanted.iter().all(|at| !self.figures.word(*at, *line).is_empty()))
            .count();
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let bad = count(self.checked.errors.len()) + self.checked.errors_not_listed;
        Quality {
            completeness: Quality::share(count(full), count(lines)),
            timeliness: self.newest_year.map_or(0, |year| Quality::timely(year, import_year)),
            consistency: Quality::share(self.checked.rows.saturating_sub(bad), self.checked.rows),
            comparability: if self.mapped.1 == 0 {
                100
            } else {
                Quality::share(self.mapped.0, self.mapped.1)
            },
        }
    }

    fn line(&mut self, row: &Row, written: &str) {
        let word = |at: usize| row.words.get(at).map_or("", String::as_str);
        let year = word(1).get(..4).unwrap_or_default();
        let month = if word(1).len() > 4 { word(1) } else { "" };
        self.rows.push(row.line);
        let indicator = if word(2).is_empty() { "victims" } else { word(2) };
        self.figures.push(
            &[
                year,
                month,
                word(0),
                indicator,
                word(3),
                word(4),
                word(5),
                word(6),
                word(7),
                word(8),
                word(13),
                word(14),
                written,
                word(15),
                word(9),
                word(10),
                word(11),
                word(12),
            ],
            Some(row.persons),
        );
        if let Ok(year) = year.parse() {
            self.year(year);
        }
    }
}

/// What a file is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The States.
    pub states: &'a StateRegister,
    /// How citizens are called.
    pub names: &'a CitizenshipNames,
    /// The State whose figures they are, if it is one.
    pub state: Option<&'a str>,
    /// How the columns are understood, for tables of a source's own.
    pub mapping: Option<&'a Mapping>,
}

impl<'a> Reading<'a> {
    /// For files of a dataset.
    #[must_use]
    pub fn of(
        dataset: &'a Dataset,
        states: &'a StateRegister,
        names: &'a CitizenshipNames,
    ) -> Self {
        Self { states, names, state: dataset.state.as_deref(), mapping: dataset.mapping.as_ref() }
    }
}

/// Reads a file of a format; `seen` is told of every ten thousandth row.
///
/// # Errors
/// A [`Checked`] that says why it is not one.
pub fn take(
    format: Format,
    bytes: &[u8],
    with: Reading<'_>,
    seen: &mut dyn FnMut(u64),
) -> Result<Taken, Checked> {
    match format {
        Format::Template => own(bytes, seen),
        Format::Glotip => formats::glotip(bytes, with.states, with.names),
        Format::Sdg1622 => formats::sdg(bytes, with.state),
        Format::Ctdc => Ok(formats::ctdc(&ctdc::read(bytes, seen)?)),
        Format::Htcds => formats::cases(bytes, with.state),
        Format::Sheet => sheet(bytes, with, seen),
    }
}

fn own(bytes: &[u8], seen: &mut dyn FnMut(u64)) -> Result<Taken, Checked> {
    let mut taken = Taken::new(Checked::default());
    let checked = template::read_each(bytes, &mut |row| taken.line(&row, ""), seen)?;
    taken.checked = checked;
    // A row with a word that is in no list brings no line and stands under no code.
    let unknown: BTreeSet<u64> = taken
        .checked
        .errors
        .iter()
        .filter(|found| found.rule == "unknown_code")
        .map(|found| found.row)
        .collect();
    let lines = u64::try_from(taken.figures.len()).unwrap_or(u64::MAX);
    let unknown = u64::try_from(unknown.len()).unwrap_or(u64::MAX);
    taken.mapped = (lines, lines.saturating_add(unknown));
    Ok(taken)
}

fn sheet(bytes: &[u8], with: Reading<'_>, seen: &mut dyn FnMut(u64)) -> Result<Taken, Checked> {
    let Some(mapping) = with.mapping else {
        return Err(Checked::refused(
            "header",
            "no_mapping",
            "this dataset has no mapping yet: say first which column holds what".to_owned(),
        ));
    };
    let mut taken = Taken::new(Checked::default());
    let find = |name: &str| formats::state_of(with, name);
    let mut each = |row: &Row, written: &str| taken.line(row, written);
    let read = mapped::read(bytes, mapping, &find, &mut each, seen)?;
    taken.checked = read.checked;
    for one in read.coverage {
        taken.mapped.0 += one.mapped;
        taken.mapped.1 += one.all;
        taken.coverage.insert(one.field, (one.mapped, one.all));
    }
    taken.unmapped =
        read.unmapped.into_iter().map(|one| ((one.field, one.word), one.lines)).collect();
    Ok(taken)
}
