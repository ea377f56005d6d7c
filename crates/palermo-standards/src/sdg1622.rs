//! SDG indicator 16.2.2, victims of trafficking by sex, age and form: the CSV
//! of national Open SDG sites, the national `Year,SERIES,UNIT_MEASURE,…`
//! pattern, and SDMX-CSV 1.0 and 2.0. Bytes ↔ observations with the column
//! each part came from. A blank disaggregation is the total; a blank value is
//! no observation, never zero.

use crate::{
    checked::{Checked, Finding},
    glotip::year,
    table_file::{Line, TableFile},
};
use palermo_domain::knowledge::amount::Amount;
use std::collections::BTreeMap;

/// How the file writes itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// `Year,…,Value` of an Open SDG site.
    OpenSdg,
    /// SDMX-CSV 1.0: the first column is `DATAFLOW`.
    SdmxCsv1,
    /// SDMX-CSV 2.0: `STRUCTURE,STRUCTURE_ID,ACTION`.
    SdmxCsv2,
}

impl Pattern {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OpenSdg => "open-sdg",
            Self::SdmxCsv1 => "sdmx-csv-1.0",
            Self::SdmxCsv2 => "sdmx-csv-2.0",
        }
    }
}

/// A value: a count, a hidden count, or a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A whole number or `<5`.
    Count(Amount),
    /// A number with a fraction.
    Fraction(f64),
}

impl Value {
    /// As a number, where something is hidden the greatest.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            // Counts of persons are far below 2^53.
            #[allow(clippy::cast_precision_loss)]
            Self::Count(amount) => amount.upper as f64,
            Self::Fraction(number) => number,
        }
    }
}

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The line of the file.
    pub line: u64,
    /// The year.
    pub year: u16,
    /// The series, if the file names one.
    pub series: String,
    /// The area, if the file names one.
    pub area: String,
    /// The unit, if the file names one.
    pub unit: String,
    /// Disaggregations that are not the total, by column.
    pub parts: BTreeMap<usize, String>,
    /// The value.
    pub value: Value,
}

/// A file of observations.
#[derive(Debug)]
pub struct Sdg1622 {
    /// How it writes itself.
    pub pattern: Pattern,
    /// The headings.
    pub headings: Vec<String>,
    /// The column of sexes.
    pub sex: Option<usize>,
    /// The column of ages.
    pub age: Option<usize>,
    /// The column of units.
    pub unit: Option<usize>,
    /// The column of values.
    pub value: usize,
    /// The observations.
    pub observations: Vec<Observation>,
    /// Rows of data, those without a value included.
    pub seen: u64,
    /// Rows without a value.
    pub without_value: u64,
    /// The lines of those rows.
    pub empty: Vec<u64>,
    /// What could not be read.
    pub errors: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Year,
    Series,
    Area,
    Unit,
    Value,
    Sex,
    Age,
    /// Says something about the observation, not whom it counts.
    Attribute,
    Other,
}

fn role(heading: &str) -> Role {
    let plain: String =
        heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match plain.as_str() {
        "year" | "timeperiod" | "time" | "période" | "periode" | "año" | "annee" => Role::Year,
        "value" | "obsvalue" | "val" | "valeur" | "valor" => Role::Value,
        "units" | "unit" | "unitmeasure" | "unitofmeasure" | "unitofmeasurement" => Role::Unit,
        "series" | "seriescode" | "indicator" | "indicatorname" => Role::Series,
        "refarea" | "geoareacode" | "iso3" | "iso3code" | "country" => Role::Area,
        "sex" | "gender" | "sexe" | "sexo" => Role::Sex,
        "age" | "agegroup" | "groupsofpersons" | "agerange" | "groupedage" | "edad" => Role::Age,
        "unitmultiplier" | "unitmult" | "observationstatus" | "obsstatus" | "freq"
        | "reportingtype" | "nature" | "timedetail" | "commentobs" | "baseper" | "basep"
        | "sourcedetail" | "geocode" | "dataflow" | "structure" | "structureid" | "action"
        | "lastupdate" | "commentts" | "datalastupdate" | "confstatus" | "lower" | "upper"
        | "releaseid" => Role::Attribute,
        _ => Role::Other,
    }
}

/// Reads the file.
///
/// # Errors
/// A [`Checked`] that says why it holds no observations.
pub fn read(bytes: &[u8]) -> Result<Sdg1622, Checked> {
    let file = TableFile::open(bytes).map_err(|why| Checked::unreadable(&why))?;
    let mut reading: Option<Result<Reading, Checked>> = None;
    let read = file.each(|line| match &mut reading {
        None => {
            reading = Some(Reading::begin(line));
            matches!(reading, Some(Ok(_)))
        }
        Some(Ok(reading)) => {
            reading.take(line);
            true
        }
        Some(Err(_)) => false,
    });
    read.map_err(|why| Checked::unreadable(&why.into()))?;
    let empty = || Checked::refused("file", "empty", "the file has no rows".to_owned());
    Ok(reading.unwrap_or_else(|| Err(empty()))?.out)
}

struct Reading {
    roles: Vec<Role>,
    out: Sdg1622,
}

impl Reading {
    fn begin(line: &Line<'_>) -> Result<Self, Checked> {
        let headings: Vec<String> = line.cells().map(str::to_owned).collect();
        let roles: Vec<Role> = headings.iter().map(|heading| role(heading)).collect();
        let has = |wanted: Role| roles.contains(&wanted);
        if !has(Role::Year) || !has(Role::Value) {
            let shown: Vec<_> = headings.iter().take(12).map(|h| format!("`{h}`")).collect();
            let message = format!(
                "this is no file of SDG 16.2.2: it needs a column of years (`Year` or `TIME_PERIOD`) and one of values (`Value` or `OBS_VALUE`); found {}",
                shown.join(", ")
            );
            return Err(Checked::refused("header", "unknown_format", message));
        }
        let first = headings.first().map(String::as_str).unwrap_or_default();
        let pattern = match first.to_uppercase().as_str() {
            "DATAFLOW" => Pattern::SdmxCsv1,
            "STRUCTURE" => Pattern::SdmxCsv2,
            _ => Pattern::OpenSdg,
        };
        let at = |wanted: Role| roles.iter().position(|role| *role == wanted);
        let out = Sdg1622 {
            pattern,
            sex: at(Role::Sex),
            age: at(Role::Age),
            unit: at(Role::Unit),
            value: at(Role::Value).unwrap_or(0),
            headings,
            observations: Vec::new(),
            seen: 0,
            without_value: 0,
            empty: Vec::new(),
            errors: Vec::new(),
        };
        Ok(Self { roles, out })
    }

    fn cell<'l>(&self, line: &'l Line<'_>, wanted: Role) -> (&'l str, &str) {
        let at = self.roles.iter().position(|role| *role == wanted);
        at.map_or(("", ""), |at| (line.cell(at), self.out.headings[at].as_str()))
    }

    fn take(&mut self, line: &Line<'_>) {
        self.out.seen += 1;
        let (written, column) = self.cell(line, Role::Year);
        let year = year(written);
        let mut wrong = Vec::new();
        if year.is_none() {
            let message = format!("`{written}` is no year from 1990 to 2100");
            wrong.push(Finding::new(line.number, column, "not_a_year", message));
        }
        let (written, column) = self.cell(line, Role::Value);
        let value = value(written);
        if let Err(message) = &value {
            wrong.push(Finding::new(line.number, column, "not_a_number", message.clone()));
        }
        if written.is_empty() {
            self.out.without_value += 1;
            self.out.empty.push(line.number);
        }
        let parts = self.parts(line);
        let text = |wanted| self.cell(line, wanted).0.to_owned();
        if let (Some(year), Ok(Some(value))) = (year, value) {
            self.out.observations.push(Observation {
                line: line.number,
                year,
                series: text(Role::Series),
                area: text(Role::Area),
                unit: text(Role::Unit),
                parts,
                value,
            });
        }
        self.out.errors.append(&mut wrong);
    }

    fn parts(&self, line: &Line<'_>) -> BTreeMap<usize, String> {
        let dimension = |role: &Role| matches!(role, Role::Sex | Role::Age | Role::Other);
        let columns = (0..self.roles.len()).filter(|at| dimension(&self.roles[*at]));
        columns
            .map(|at| (at, line.cell(at)))
            .filter(|(_, cell)| !is_total(cell))
            .map(|(at, cell)| (at, cell.to_owned()))
            .collect()
    }
}

/// Whether a disaggregation says "all".
#[must_use]
pub fn is_total(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "" | "_t"
            | "t"
            | "total"
            | "all"
            | "all ages"
            | "allage"
            | "both sexes"
            | "bothsex"
            | "_z"
            | "not applicable"
            | "all areas"
            | "both"
    )
}

/// Words of a band without an upper end.
const OPEN: [&str; 9] = ["above", "over", "more", "older", "ge", "plus", "más", "mayor", "mayores"];

/// Words of a band without a lower end.
const UNDER: [&str; 10] =
    ["under", "below", "younger", "less", "lt", "moins", "menos", "menor", "menores", "mineurs"];

/// The years of an age band, where it names numbers.
#[must_use]
pub fn band(text: &str) -> Option<(u16, u16)> {
    let text = text.to_lowercase();
    let mut numbers =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u16>().ok());
    let from = numbers.next()?;
    let said =
        |words: &[&str]| text.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
    let open = text.contains(['+', '≥']) || said(&OPEN);
    let under = text.contains('<') || said(&UNDER);
    match numbers.next() {
        Some(to) => Some((from, to)),
        None if open => Some((from, u16::MAX)),
        None if under => Some((0, from.saturating_sub(1))),
        None => Some((from, from)),
    }
}

/// `child`, `adult` or `unknown` for an age as States write it; nothing for a band
/// that lies on both sides of 18.
#[must_use]
pub fn age_code(text: &str) -> Option<&'static str> {
    let plain = text.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    match plain.as_str() {
        "children" | "child" | "minor" | "minors" => return Some("child"),
        "adults" | "adult" => return Some("adult"),
        "_u" | "unk" => return Some("unknown"),
        _ if has(&["unknown", "not known", "not stated", "not specified", "unspecified"]) => {
            return Some("unknown");
        }
        _ => {}
    }
    match band(&plain)? {
        // One number with words that are not understood may mean anything.
        (from, to) if from == to && !plain.chars().all(|c| c.is_ascii_digit()) => None,
        (_, to) if to < 18 => Some("child"),
        (from, _) if from >= 18 => Some("adult"),
        _ => None,
    }
}

/// A value as files write it; `None` where there is none.
fn value(text: &str) -> Result<Option<Value>, String> {
    if matches!(text, "" | "NaN" | "nan" | ".." | "…" | "NA" | "N/A" | ":") {
        return Ok(None);
    }
    if let Ok(amount) = text.parse::<Amount>() {
        return Ok(Some(Value::Count(amount)));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(Some(Value::Fraction(number))),
        Ok(number) if number < 0.0 => {
            Err(format!("`{text}` is below zero; nobody can be fewer than none"))
        }
        _ => Err(format!("`{text}` is no number; leave the cell empty where nothing is known")),
    }
}
