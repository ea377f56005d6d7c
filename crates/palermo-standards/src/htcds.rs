//! Cases written in the Human Trafficking Case Data Standard 2.0, as CSV or as
//! its workbooks, whose first row holds the field names and whose second the
//! labels. Palermo checks every field; of a person it takes only codes, never
//! a name, an address, a day of birth or a story, and messages do not repeat
//! what stands in such a cell.

use crate::{
    checked::{Checked, Finding},
    htcds_fields::{FIELDS, Field, Kind},
    iso_areas,
    table_file::{Line, TableFile},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use time::{Date, macros::format_description};

/// So many known headings make a file one of this standard.
const ENOUGH: usize = 3;

/// Slips of the published workbook.
const SLIPS: [(&str, &str); 1] =
    [("vic_TraffickinStatusDecisionMakingOrg", "vic_TraffickingStatusDecisionMakingOrg")];

/// A case: the codes of its coded fields by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// The line of the file.
    pub line: u64,
    /// Codes by field.
    pub codes: BTreeMap<&'static str, Vec<String>>,
}

/// A file of cases.
#[derive(Debug, Default)]
pub struct Htcds {
    /// The cases.
    pub cases: Vec<Case>,
    /// What is wrong with them.
    pub checked: Checked,
}

/// Checks the bytes of a file.
#[must_use]
pub fn check(bytes: &[u8]) -> Checked {
    match read(bytes) {
        Ok(file) => file.checked,
        Err(refused) => refused,
    }
}

/// Reads and checks a file.
///
/// # Errors
/// A [`Checked`] that says what was found instead.
pub fn read(bytes: &[u8]) -> Result<Htcds, Checked> {
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
    Ok(reading.unwrap_or_else(|| Err(empty()))?.end())
}

fn field(heading: &str) -> Option<&'static Field> {
    let heading = SLIPS.iter().find(|slip| slip.0 == heading).map_or(heading, |slip| slip.1);
    let by_name = FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(heading));
    by_name.or_else(|| labelled(heading))
}

/// A label belongs to a field when no other has it.
fn labelled(heading: &str) -> Option<&'static Field> {
    let mut bearers = FIELDS.iter().filter(|field| field.label.eq_ignore_ascii_case(heading));
    let first = bearers.next()?;
    bearers.next().is_none().then_some(first)
}

/// Whether a first heading is that of the numbers by which templates count their rows.
fn is_numbering(heading: &str) -> bool {
    let plain = plain(heading);
    plain.is_empty() || ["no", "nr", "n", "row", "line", "number"].contains(&plain.as_str())
}

/// Letters and digits alone, small.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What is said of a heading that is no field: which fields it may mean, if it comes
/// near any.
fn unknown(heading: &str) -> String {
    let written = plain(heading);
    let near: Vec<String> = FIELDS
        .iter()
        .filter(|field| {
            let short = field.name.split_once('_').map_or(field.name, |(_, short)| short);
            [field.name, short, field.label].iter().any(|name| plain(name) == written)
        })
        .map(|field| format!("`{}`", field.name))
        .collect();
    if near.is_empty() {
        return format!("`{heading}` is no field of HTCDS 2.0; it is not read");
    }
    format!(
        "`{heading}` is no heading of HTCDS 2.0 that means one field alone; it is not read. Write {}",
        near.join(" or ")
    )
}

struct Reading {
    fields: Vec<Option<&'static Field>>,
    headings: Vec<String>,
    filled: BTreeMap<usize, (u64, u64)>,
    without_consent: Vec<u64>,
    out: Htcds,
}

impl Reading {
    fn begin(line: &Line<'_>) -> Result<Self, Checked> {
        let headings: Vec<String> = line.cells().map(str::to_owned).collect();
        let fields: Vec<_> = headings.iter().map(|heading| field(heading)).collect();
        if fields.iter().flatten().count() < ENOUGH {
            let shown: Vec<_> = headings.iter().take(10).map(|h| format!("`{h}`")).collect();
            return Err(Checked::refused(
                "header",
                "unknown_format",
                format!(
                    "this is no file of HTCDS 2.0: at least {ENOUGH} of its headings must be fields such as `vic_TypeOfExploitation`; found {}",
                    shown.join(", ")
                ),
            ));
        }
        let mut out = Htcds::default();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (at, field) in fields.iter().enumerate() {
            let heading = &headings[at];
            match field {
                None if !(heading.is_empty() || at == 0 && is_numbering(heading)) => {
                    let message = unknown(heading);
                    out.checked.warn(Finding::new(line.number, heading, "unknown_field", message));
                }
                Some(field) if seen.insert(field.name, at).is_some() => {
                    out.checked.error(Finding::new(
                        line.number,
                        heading,
                        "field_twice",
                        format!("`{}` heads two columns; remove one", field.name),
                    ));
                }
                _ => {}
            }
        }
        Ok(Self { fields, headings, filled: BTreeMap::new(), without_consent: Vec::new(), out })
    }

    fn take(&mut self, line: &Line<'_>) {
        if self.out.checked.rows == 0 && self.is_labels(line) {
            return;
        }
        // Templates number their rows; a row with a number alone is blank.
        let mut known = (0..self.fields.len()).filter(|at| self.fields[*at].is_some());
        if known.all(|at| line.cell(at).is_empty()) {
            return;
        }
        self.out.checked.rows += 1;
        let mut case = Case { line: line.number, ..Case::default() };
        for at in 0..self.fields.len() {
            let (Some(field), cell) = (self.fields[at], line.cell(at)) else { continue };
            if cell.is_empty() {
                continue;
            }
            let filled = self.filled.entry(at).or_insert((line.number, 0));
            filled.1 += 1;
            let heading = self.headings[at].clone();
            for (rule, message) in judge(field, cell, &mut case) {
                self.out.checked.error(Finding::new(line.number, &heading, rule, message));
            }
        }
        self.together(line, &case);
        self.out.cases.push(case);
    }

    fn is_labels(&self, line: &Line<'_>) -> bool {
        let labels = self.fields.iter().enumerate().filter(|(at, field)| {
            field.is_some_and(|field| field.label.eq_ignore_ascii_case(line.cell(*at)))
        });
        labels.count() >= ENOUGH
    }

    fn together(&mut self, line: &Line<'_>, case: &Case) {
        let at = |name: &str| {
            self.fields.iter().position(|field| field.is_some_and(|field| field.name == name))
        };
        let cell = |name: &str| at(name).map_or("", |at| line.cell(at));
        if at("con_Consent").is_some() && !is_yes(cell("con_Consent")) {
            self.without_consent.push(line.number);
        }
        let (incoming, outgoing) =
            (day(cell("cas_IncomingReferralDate")), day(cell("cas_OutgoingReferralDate")));
        if let (Some(incoming), Some(outgoing)) = (incoming, outgoing)
            && outgoing < incoming
        {
            self.out.checked.error(Finding::new(
                line.number,
                "cas_OutgoingReferralDate",
                "dates_out_of_order",
                format!("referred onwards on {outgoing}, before the case came in on {incoming}"),
            ));
        }
        let has = |field: &str, code: &str| {
            case.codes.get(field).is_some_and(|codes| codes.iter().any(|c| c == code))
        };
        let sexual = !case.codes.get("vic_TypeOfSexExploitation").is_none_or(Vec::is_empty);
        if sexual && !has("vic_TypeOfExploitation", "SexualExploitation") {
            self.out.checked.warn(Finding::new(
                line.number,
                "vic_TypeOfSexExploitation",
                "does_not_agree",
                "names a kind of sexual exploitation, but `vic_TypeOfExploitation` does not say `SexualExploitation`",
            ));
        }
    }

    fn end(mut self) -> Htcds {
        let checked = &mut self.out.checked;
        let mut counted = BTreeMap::new();
        for (at, (first, cells)) in &self.filled {
            let Some(field) = self.fields[*at] else { continue };
            counted.insert(field.name, *cells);
            let what = match field.kind {
                Kind::Identifying => "can identify a person",
                Kind::Story => "is free text",
                _ => continue,
            };
            checked.warn(Finding::new(*first, &self.headings[*at], "not_taken", format!(
                "`{}` {what}; Palermo does not import it ({cells} cells), and the file should not travel with it",
                field.label
            )));
        }
        if let Some(first) = self.without_consent.first() {
            checked.warn(
                Finding::new(*first, "con_Consent", "without_consent", format!(
                    "{} cases are without consent; statistics need another legal basis for them",
                    self.without_consent.len()
                ))
                .with(self.without_consent.iter().skip(1).take(20).copied().collect()),
            );
        }
        checked.say("cases", checked.rows);
        checked.say("fields", self.fields.iter().flatten().count());
        checked.say("filled", json!(counted));
        let persons: BTreeSet<&str> = self
            .filled
            .keys()
            .filter_map(|at| self.fields[*at])
            .filter(|field| matches!(field.kind, Kind::Identifying | Kind::Story))
            .map(|field| field.name)
            .collect();
        checked.say("fields_not_taken", json!(persons));
        checked.sort();
        self.out
    }
}

type Wrong = (&'static str, String);

fn judge(field: &'static Field, cell: &str, case: &mut Case) -> Vec<Wrong> {
    let fits = |yes: bool, wrong: Wrong| if yes { Vec::new() } else { vec![wrong] };
    match field.kind {
        Kind::Identifying if field.name == "prs_Birthdate" => fits(
            day(cell).is_some(),
            ("not_a_date", "this is no day; write it as `1999-12-31`".to_owned()),
        ),
        Kind::Identifying | Kind::Story | Kind::Text => Vec::new(),
        Kind::Date => fits(
            day(cell).is_some(),
            ("not_a_date", format!("`{cell}` is no day; write it as `2024-12-31`")),
        ),
        Kind::Number => {
            let number = cell.parse::<f64>().ok().filter(|n| (0.0..=120.0).contains(n));
            fits(number.is_some(), ("not_a_number", format!("`{cell}` is no number from 0 to 120")))
        }
        Kind::Check => {
            let known = is_yes(cell) || is_no(cell);
            fits(known, ("not_yes_or_no", format!("`{cell}` is neither yes nor no")))
        }
        Kind::Countries => several(
            cell,
            country,
            |one| ("unknown_code", format!("`{one}` is no country code of ISO 3166-1")),
            case,
            field,
        ),
        Kind::Language => several(
            cell,
            |one| {
                let letters =
                    (2..=3).contains(&one.len()) && one.bytes().all(|b| b.is_ascii_lowercase());
                letters.then(|| one.to_owned())
            },
            |one| {
                ("unknown_code", format!("`{one}` is no language code of ISO 639, such as `fra`"))
            },
            case,
            field,
        ),
        Kind::Choice(list) if cell.contains(';') => {
            let _ = list;
            vec![("one_code_only", format!("`{}` takes one code, not several", field.name))]
        }
        Kind::Choice(list) | Kind::Choices(list) => several(
            cell,
            |one| code(list, one),
            |one| {
                (
                    "unknown_code",
                    format!("`{one}` is not in the list of `{}`: {}", field.name, list.join(", ")),
                )
            },
            case,
            field,
        ),
    }
}

fn several(
    cell: &str,
    known: impl Fn(&str) -> Option<String>,
    wrong: impl Fn(&str) -> Wrong,
    case: &mut Case,
    field: &'static Field,
) -> Vec<Wrong> {
    let mut found = Vec::new();
    for one in cell.split(';').map(str::trim).filter(|one| !one.is_empty()) {
        match known(one) {
            Some(code) => case.codes.entry(field.name).or_default().push(code),
            None => found.push(wrong(one)),
        }
    }
    found
}

/// A code of a list, written as code or as label.
fn code(list: &[&str], written: &str) -> Option<String> {
    let plain = |text: &str| -> String {
        // Industries begin with a letter and an underscore that labels lack.
        let rest = text.get(2..).filter(|_| text.get(1..2) == Some("_")).unwrap_or(text);
        rest.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    list.iter().find(|code| plain(code) == plain(written)).map(|code| (*code).to_owned())
}

fn country(written: &str) -> Option<String> {
    let area = iso_areas::alpha_2(written).or_else(|| iso_areas::alpha_3(written));
    area.map(|area| area.alpha_3.to_owned())
}

fn is_yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "1" | "true" | "yes" | "y" | "x" | "checked")
}

fn is_no(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "0" | "false" | "no" | "n" | "unchecked")
}

fn day(cell: &str) -> Option<Date> {
    let cell = cell.get(..10).unwrap_or(cell);
    Date::parse(cell, format_description!("[year]-[month]-[day]")).ok()
}
