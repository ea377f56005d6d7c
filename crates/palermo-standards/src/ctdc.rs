//! Records of the Counter-Trafficking Data Collaborative: which generation a
//! file is of, and its records as dictionary codes, one small vector a column,
//! so that a million of them fit into little memory. Empty is not zero: a
//! blank, `-99` and, for countries, `00` are "not known".

use crate::{
    checked::{Checked, Finding},
    ctdc_columns::{DERIVED_2025, K_ANONYMOUS, SYNTHETIC_2021, SYNTHETIC_2024},
    glotip::year,
    iso_areas,
    table_file::{Line, TableFile},
};
use serde_json::{Map, json};
use std::collections::HashMap;

/// Which generation a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// k-anonymised records, 2017 to 2021.
    KAnonymous,
    /// Synthetic records of September 2021.
    Synthetic2021,
    /// Synthetic records v2024 and v2025.
    Synthetic2024,
    /// Records derived from v2025, all as numbers.
    Derived2025,
}

impl Generation {
    const ALL: [Self; 4] =
        [Self::KAnonymous, Self::Synthetic2021, Self::Synthetic2024, Self::Derived2025];

    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::KAnonymous => "k-anonymised-2017-2021",
            Self::Synthetic2021 => "synthetic-2021",
            Self::Synthetic2024 => "synthetic-2024-2025",
            Self::Derived2025 => "synthetic-2025-derived",
        }
    }

    /// Whether its records are invented from counts; those of the others are real ones, made coarse.
    #[must_use]
    pub const fn is_synthetic(self) -> bool {
        !matches!(self, Self::KAnonymous)
    }

    /// Its columns.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::KAnonymous => &K_ANONYMOUS,
            Self::Synthetic2021 => &SYNTHETIC_2021,
            Self::Synthetic2024 => &SYNTHETIC_2024,
            Self::Derived2025 => &DERIVED_2025,
        }
    }
}

/// A name as headings are compared: letters and digits, the first 32 as some
/// files cut them.
fn plain(name: &str) -> String {
    let cut: String = name.chars().take(32).collect();
    let plain: String = cut.chars().filter(|c| c.is_alphanumeric()).collect();
    match plain.to_lowercase().as_str() {
        // The codebook writes this one in two ways.
        "meanswithholddocuments" => "meanswithholddocs".to_owned(),
        other => other.to_owned(),
    }
}

/// Finds the generation of a heading row, and where each of its columns stands.
///
/// # Errors
/// What was found instead.
pub fn detect(headings: &[String]) -> Result<(Generation, Vec<usize>), String> {
    let found: HashMap<String, usize> =
        headings.iter().enumerate().map(|(at, heading)| (plain(heading), at)).collect();
    let mut nearest: Option<(Generation, Vec<&str>)> = None;
    for generation in Generation::ALL {
        let places: Vec<Option<usize>> =
            generation.columns().iter().map(|name| found.get(&plain(name)).copied()).collect();
        let missing: Vec<&str> = generation
            .columns()
            .iter()
            .zip(&places)
            .filter(|(_, place)| place.is_none())
            .map(|(name, _)| *name)
            .collect();
        let places: Vec<usize> = places.into_iter().flatten().collect();
        let extra: Vec<&String> = headings
            .iter()
            .enumerate()
            .filter(|(at, heading)| !places.contains(at) && !harmless(*at, heading))
            .map(|(_, heading)| heading)
            .collect();
        if missing.is_empty() && extra.is_empty() {
            return Ok((generation, places));
        }
        if missing.is_empty() {
            let extra: Vec<_> = extra.iter().map(|heading| format!("`{heading}`")).collect();
            return Err(format!(
                "the columns of {} and further ones: {}; remove these",
                generation.code(),
                extra.join(", ")
            ));
        }
        if nearest.as_ref().is_none_or(|(_, least)| missing.len() < least.len()) {
            nearest = Some((generation, missing));
        }
    }
    Err(stranger(headings, nearest))
}

/// The 2020 file begins with a column headed by its terms of use, and tools
/// that save tables put a blank one for the row's number.
fn harmless(at: usize, heading: &str) -> bool {
    at == 0 && (heading.is_empty() || heading.split_whitespace().count() >= 5)
}

fn stranger(headings: &[String], nearest: Option<(Generation, Vec<&str>)>) -> String {
    let shown: Vec<_> = headings.iter().take(8).map(|h| format!("`{h}`")).collect();
    let start = format!("{} columns beginning with {}", headings.len(), shown.join(", "));
    if headings.iter().any(|heading| {
        plain(heading).starts_with("ipcitizen")
            || plain(heading) == "unregion"
            || plain(heading).starts_with("uncoo")
    }) {
        return format!("{start}: the Victim-Perpetrator dataset of 2022, which is not read");
    }
    match nearest.filter(|(generation, missing)| missing.len() * 2 < generation.columns().len()) {
        Some((generation, missing)) => {
            let named: Vec<_> = missing.iter().take(8).map(|name| format!("`{name}`")).collect();
            format!("{start}: nearly {}, but without {}", generation.code(), named.join(", "))
        }
        None => start,
    }
}

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Year,
    YesNo,
    Country,
    Word(&'static [&'static str]),
    Number,
    Text,
}

const GENDERS: &[&str] = &[
    "Woman",
    "Man",
    "Female",
    "Male",
    "Trans/Transgender/NonConforming",
    "Transgender",
    "Transgender/NonConforming",
    "Other",
];
const AGES: &[&str] =
    &["0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+"];
const MONTHS: &[&str] = &["0--12 (0-1 yr)", "13--24 (1-2 yrs)", "25+ (2+ yrs)"];
const MAJORITY: &[&str] = &["Adult", "Minor"];
const SOURCES: &[&str] = &["Case Management", "Hotline"];

fn kind(generation: Generation, name: &str) -> Kind {
    if generation == Generation::Derived2025 {
        let number = matches!(name, "Age Band" | "Trafficking Duration");
        return if number { Kind::Number } else { Kind::YesNo };
    }
    match name {
        "yearOfRegistration" => Kind::Year,
        "Datasource" => Kind::Word(SOURCES),
        "gender" => Kind::Word(GENDERS),
        "ageBroad" => Kind::Word(AGES),
        "majorityStatus" | "majorityStatusAtExploit" | "majorityEntry" => Kind::Word(MAJORITY),
        "traffickMonths" => Kind::Word(MONTHS),
        "citizenship" | "CountryOfExploitation" => Kind::Country,
        _ if name.ends_with("Concatenated") || name == "RecruiterRelationship" => Kind::Text,
        _ => Kind::YesNo,
    }
}

fn not_known(cell: &str) -> bool {
    matches!(cell, "" | "-99" | "-99.0" | "NULL" | "NA" | "NaN" | "nan" | "(null)")
}

/// Why a cell cannot stand in its column.
fn wrong(generation: Generation, kind: Kind, cell: &str) -> Option<(&'static str, String)> {
    if not_known(cell) || (kind == Kind::Country && matches!(cell, "00" | "0")) {
        return None;
    }
    let fits = match kind {
        Kind::Year => year(cell).is_some(),
        Kind::YesNo => matches!(cell, "0" | "1" | "0.0" | "1.0"),
        Kind::Country => country(generation, cell),
        Kind::Word(words) => words.iter().any(|word| same_word(word, cell)),
        Kind::Number => cell.parse::<f64>().is_ok_and(|n| n.is_finite() && n >= 0.0),
        Kind::Text => true,
    };
    if fits {
        return None;
    }
    Some(match kind {
        Kind::Year => ("not_a_year", format!("`{cell}` is no year from 1990 to 2100")),
        Kind::YesNo => (
            "not_yes_or_no",
            format!("`{cell}` is neither 0 nor 1; leave the cell empty where nothing is known"),
        ),
        Kind::Country => (
            "unknown_code",
            format!("`{cell}` is no country code of ISO 3166-1 {}", letters(generation)),
        ),
        Kind::Word(words) => {
            ("unknown_code", format!("`{cell}` is not in the list: {}", words.join(", ")))
        }
        Kind::Number | Kind::Text => {
            ("not_a_number", format!("`{cell}` is no number of 0 or more"))
        }
    })
}

fn letters(generation: Generation) -> &'static str {
    match generation {
        Generation::KAnonymous => "alpha-2",
        Generation::Synthetic2021 => "alpha-2 or alpha-3",
        _ => "alpha-3",
    }
}

fn country(generation: Generation, cell: &str) -> bool {
    let (two, three) = (iso_areas::alpha_2(cell).is_some(), iso_areas::alpha_3(cell).is_some());
    match generation {
        Generation::KAnonymous => two,
        Generation::Synthetic2021 => two || three,
        _ => three,
    }
}

/// Bands are written with one hyphen, two, or a dash.
fn same_word(word: &str, cell: &str) -> bool {
    let plain = |text: &str| text.replace("--", "-").replace('–', "-");
    word == cell || plain(word) == plain(cell)
}

/// A column of codes with the words they stand for; code 0 is "not known".
#[derive(Debug, Clone)]
pub struct Column {
    /// The heading.
    pub name: &'static str,
    /// The words; the first is empty.
    pub words: Vec<String>,
    /// One code a record.
    pub codes: Vec<u16>,
    index: HashMap<String, u16>,
}

impl Column {
    fn new(name: &'static str) -> Self {
        Self { name, words: vec![String::new()], codes: Vec::new(), index: HashMap::new() }
    }

    fn push(&mut self, cell: &str) {
        let word = if not_known(cell) { "" } else { cell.strip_suffix(".0").unwrap_or(cell) };
        let code = if word.is_empty() { 0 } else { self.code(word) };
        self.codes.push(code);
    }

    fn code(&mut self, word: &str) -> u16 {
        if let Some(code) = self.index.get(word) {
            return *code;
        }
        // Beyond 65,535 different words a column says nothing that can be counted.
        let Ok(code) = u16::try_from(self.words.len()) else { return 0 };
        self.words.push(word.to_owned());
        self.index.insert(word.to_owned(), code);
        code
    }

    /// How many records have each word, "not known" first.
    #[must_use]
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.words.len()];
        for code in &self.codes {
            counts[usize::from(*code)] += 1;
        }
        counts
    }
}

/// A file of records.
#[derive(Debug)]
pub struct Ctdc {
    /// Its generation.
    pub generation: Generation,
    /// Its columns, all of one length.
    pub columns: Vec<Column>,
    /// What is wrong with it.
    pub checked: Checked,
}

impl Ctdc {
    /// A column by its heading.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Reads and checks a file; `seen` is told of every ten thousandth row.
///
/// # Errors
/// A [`Checked`] that says what was found instead.
pub fn read(bytes: &[u8], mut seen: impl FnMut(u64)) -> Result<Ctdc, Checked> {
    let file = TableFile::open(bytes).map_err(|why| Checked::unreadable(&why))?;
    let mut reading: Option<Result<Reading, String>> = None;
    let read = file.each(|line| match &mut reading {
        None => {
            reading = Some(Reading::begin(line));
            matches!(reading, Some(Ok(_)))
        }
        Some(Ok(reading)) => {
            reading.take(line);
            if reading.rows.is_multiple_of(10_000) {
                seen(reading.rows);
            }
            true
        }
        Some(Err(_)) => false,
    });
    read.map_err(|why| Checked::unreadable(&why.into()))?;
    let found = reading.unwrap_or_else(|| Err("no rows".to_owned()));
    let reading = found.map_err(|found| {
        Checked::refused(
            "header",
            "unknown_format",
            format!("this is no file of CTDC that Palermo reads: found {found}"),
        )
    })?;
    Ok(reading.end())
}

/// Checks the bytes of a file.
#[must_use]
pub fn check(bytes: &[u8]) -> Checked {
    match read(bytes, |_| ()) {
        Ok(file) => file.checked,
        Err(refused) => refused,
    }
}

struct Reading {
    generation: Generation,
    places: Vec<usize>,
    kinds: Vec<Kind>,
    columns: Vec<Column>,
    rows: u64,
    checked: Checked,
    /// Words known to fit, so that a list is searched once a word.
    fits: Vec<HashMap<String, Option<(&'static str, String)>>>,
}

impl Reading {
    fn begin(line: &Line<'_>) -> Result<Self, String> {
        let headings: Vec<String> = line.cells().map(str::to_owned).collect();
        let (generation, places) = detect(&headings)?;
        let names = generation.columns();
        Ok(Self {
            generation,
            places,
            kinds: names.iter().map(|name| kind(generation, name)).collect(),
            columns: names.iter().map(|name| Column::new(name)).collect(),
            rows: 0,
            checked: Checked::default(),
            fits: names.iter().map(|_| HashMap::new()).collect(),
        })
    }

    fn take(&mut self, line: &Line<'_>) {
        self.rows += 1;
        for (at, place) in self.places.iter().enumerate() {
            let cell = line.cell(*place);
            self.columns[at].push(cell);
            let judged = match self.fits[at].get(cell) {
                Some(judged) => judged.clone(),
                None => {
                    let judged = wrong(self.generation, self.kinds[at], cell);
                    if self.fits[at].len() < 10_000 {
                        self.fits[at].insert(cell.to_owned(), judged.clone());
                    }
                    judged
                }
            };
            if let Some((rule, message)) = judged {
                let name = self.columns[at].name;
                self.checked.error(Finding::new(line.number, name, rule, message));
            }
        }
    }

    fn end(mut self) -> Ctdc {
        let checked = &mut self.checked;
        checked.rows = self.rows;
        checked.say("generation", self.generation.code());
        checked.say("synthetic", self.generation.is_synthetic());
        checked.say("columns", self.columns.len());
        let mut known = Map::new();
        for column in &self.columns {
            let counts = column.counts();
            known.insert(column.name.to_owned(), json!(self.rows - counts[0]));
        }
        checked.say("records_with_a_value", known);
        for name in ["gender", "Woman", "ageBroad", "Datasource"] {
            let Some(column) = self.columns.iter().find(|column| column.name == name) else {
                continue;
            };
            let counted: Map<_, _> = column
                .words
                .iter()
                .zip(column.counts())
                .map(|(word, count)| {
                    let word = if word.is_empty() { "not known" } else { word };
                    (word.to_owned(), json!(count))
                })
                .collect();
            checked.say(&format!("by_{name}"), counted);
        }
        years(&self.columns, checked);
        Ctdc { generation: self.generation, columns: self.columns, checked: self.checked }
    }
}

fn years(columns: &[Column], checked: &mut Checked) {
    if let Some(column) = columns.iter().find(|column| column.name == "yearOfRegistration") {
        let years = || column.words.iter().filter_map(|word| year(word));
        checked.say("first_year", json!(years().min()));
        checked.say("last_year", json!(years().max()));
    }
}
