//! The table behind UNODC's Global Report on Trafficking in Persons, as CSV or
//! as the workbook with two title rows above the headings: bytes ↔ typed rows.
//! A cell `<5` is the interval 0 to 4. Names of citizenships stay as they are
//! written; mapping them is for whoever knows the States.

use crate::{
    checked::{Checked, Finding},
    table_file::{Line, TableFile},
};
use palermo_domain::knowledge::amount::Amount;

/// The headings, in their order.
pub const COLUMNS: [&str; 13] = [
    "Iso3_code",
    "Country",
    "Region",
    "Subregion",
    "Indicator",
    "Dimension",
    "Category",
    "Sex",
    "Age",
    "Year",
    "Unit of measurement",
    "txtVALUE",
    "Source",
];

/// How far down the headings may stand: the workbook has two title rows.
const TITLE_ROWS: u64 = 10;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every word the table uses.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as the table writes it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn read(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word().eq_ignore_ascii_case(text))
            }
        }
    };
}

words! {
    /// What is counted.
    Indicator {
        /// Victims who came to the notice of an authority.
        Victims = "Detected trafficking victims",
        /// Recorded offences.
        Offences = "Offences of trafficking in persons",
        /// Persons suspected, arrested or cautioned.
        FormalContact = "Persons brought into formal contact",
        /// Persons prosecuted.
        Prosecuted = "Persons prosecuted",
        /// Persons convicted.
        Convicted = "Persons convicted",
    }
}

words! {
    /// By what the count is broken down beside sex and age.
    Dimension {
        /// By nothing.
        Total = "Total",
        /// By form of exploitation.
        Form = "by form of exploitation",
        /// By citizenship.
        Citizenship = "by citizenship",
        /// By the country a citizen was brought back from.
        Repatriation = "by country of repatriation",
    }
}

words! {
    /// Sex.
    Sex {
        /// Everybody.
        Total = "Total",
        /// Female.
        Female = "Female",
        /// Male.
        Male = "Male",
        /// Other.
        Other = "Other",
        /// Not recorded.
        Unknown = "Unknown",
    }
}

words! {
    /// Age.
    Age {
        /// Everybody.
        Total = "Total",
        /// Children.
        Children = "0 to 17 years",
        /// Adults.
        Adults = "18 years or over",
        /// Not recorded.
        Unknown = "Unknown",
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file.
    pub line: u64,
    /// Three letters, a code of the table's own, or nothing.
    pub area: String,
    /// The name of the reporting country.
    pub country: String,
    /// What is counted.
    pub indicator: Indicator,
    /// By what.
    pub dimension: Dimension,
    /// Which part of the dimension, as written.
    pub category: String,
    /// Sex.
    pub sex: Sex,
    /// Age.
    pub age: Age,
    /// The year.
    pub year: u16,
    /// The unit, as written.
    pub unit: String,
    /// The count.
    pub amount: Amount,
}

/// The table with what was wrong with its rows.
#[derive(Debug, Default)]
pub struct Glotip {
    /// The rows that could be read.
    pub rows: Vec<Row>,
    /// Rows of data in the file, readable or not.
    pub seen: u64,
    /// What could not be read.
    pub errors: Vec<Finding>,
}

/// Reads the table.
///
/// # Errors
/// A [`Checked`] that says why this is no GLOTIP table.
pub fn read(bytes: &[u8]) -> Result<Glotip, Checked> {
    let file = TableFile::open(bytes).map_err(|why| Checked::unreadable(&why))?;
    let mut columns: Option<[usize; 13]> = None;
    let mut first: Option<Vec<String>> = None;
    let mut table = Glotip::default();
    let read = file.each(|line| {
        if let Some(columns) = &columns {
            table.take(line, columns);
            return true;
        }
        columns = headings(line);
        first.get_or_insert_with(|| line.cells().map(str::to_owned).collect());
        columns.is_some() || line.number < TITLE_ROWS
    });
    read.map_err(|why| Checked::unreadable(&why.into()))?;
    if columns.is_some() { Ok(table) } else { Err(stranger(&first.unwrap_or_default())) }
}

fn headings(line: &Line<'_>) -> Option<[usize; 13]> {
    let found = COLUMNS.map(|wanted| line.cells().position(|cell| same(cell, wanted)));
    // The last, the source, is not needed to read a row.
    found[..12].iter().all(Option::is_some).then(|| found.map(|at| at.unwrap_or(usize::MAX)))
}

fn same(cell: &str, wanted: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    plain(cell) == plain(wanted)
}

fn stranger(found: &[String]) -> Checked {
    let missing: Vec<_> = COLUMNS[..12]
        .iter()
        .filter(|wanted| !found.iter().any(|cell| same(cell, wanted)))
        .map(|wanted| format!("`{wanted}`"))
        .collect();
    let shown: Vec<_> = found.iter().take(12).map(|cell| format!("`{cell}`")).collect();
    Checked::refused(
        "header",
        "unknown_format",
        format!(
            "this is no GLOTIP table: {} missing; the first row holds {}",
            missing.join(", "),
            shown.join(", ")
        ),
    )
}

impl Glotip {
    fn take(&mut self, line: &Line<'_>, columns: &[usize; 13]) {
        self.seen += 1;
        let cell = |at: usize| line.cell(columns[at]);
        let before = self.errors.len();
        let mut wrong = |at: usize, rule, message: String| {
            self.errors.push(Finding::new(line.number, COLUMNS[at], rule, message));
        };
        let indicator = Indicator::read(cell(4));
        let dimension = Dimension::read(cell(5));
        let sex = Sex::read(cell(7));
        let age = Age::read(cell(8));
        let unknown = |at: usize, known: Vec<&str>| {
            format!("`{}` is not in the table's list: {}", cell(at), known.join(", "))
        };
        if indicator.is_none() {
            wrong(4, "unknown_code", unknown(4, words(Indicator::ALL, Indicator::word)));
        }
        if dimension.is_none() {
            wrong(5, "unknown_code", unknown(5, words(Dimension::ALL, Dimension::word)));
        }
        if sex.is_none() {
            wrong(7, "unknown_code", unknown(7, words(Sex::ALL, Sex::word)));
        }
        if age.is_none() {
            wrong(8, "unknown_code", unknown(8, words(Age::ALL, Age::word)));
        }
        let year = year(cell(9));
        if year.is_none() {
            wrong(9, "not_a_year", format!("`{}` is no year from 1990 to 2100", cell(9)));
        }
        let amount = cell(11).parse::<Amount>();
        if let Err(why) = &amount {
            wrong(11, "not_a_count", why.to_string());
        }
        if self.errors.len() > before {
            return;
        }
        let (Some(indicator), Some(dimension), Some(sex), Some(age), Some(year), Ok(amount)) =
            (indicator, dimension, sex, age, year, amount)
        else {
            return;
        };
        self.rows.push(Row {
            line: line.number,
            area: cell(0).to_owned(),
            country: cell(1).to_owned(),
            indicator,
            dimension,
            category: cell(6).to_owned(),
            sex,
            age,
            year,
            unit: cell(10).to_owned(),
            amount,
        });
    }
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

/// A year as spreadsheets write it.
#[must_use]
pub fn year(text: &str) -> Option<u16> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let year: u16 = whole.parse().ok().filter(|_| whole.len() == 4)?;
    (1990..=2100).contains(&year).then_some(year)
}
