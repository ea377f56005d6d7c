//! Any table read through a saved mapping: columns → fields, the source's words
//! → common codes. A word without a code is kept as written, counted, listed,
//! and stands as "unknown"; only a line without a place, a time or a count is
//! rejected.

use crate::{
    checked::{Checked, Finding},
    iso_areas,
    table_file::{Line, TableFile},
    template::{self, Row},
};
use palermo_domain::knowledge::mapping::{Coverage, FIELDS, Mapping, Unmapped};
use std::collections::{BTreeMap, HashMap};

/// How many unmapped words are kept; more tell nobody anything.
const MOST_UNMAPPED: usize = 2_000;

/// How far down the headings may stand.
const TITLE_ROWS: u64 = 10;

/// A file read through a mapping.
#[derive(Debug, Default)]
pub struct Mapped {
    /// What was found.
    pub checked: Checked,
    /// Words without a code.
    pub unmapped: Vec<Unmapped>,
    /// Coverage by field.
    pub coverage: Vec<Coverage>,
}

/// Finds a State by its name or code; none if it cannot be told.
pub type FindState<'f> = &'f dyn Fn(&str) -> Option<String>;

/// What a line that can be taken is handed to, with what was written where a
/// code stands now.
pub type EachLine<'e> = &'e mut dyn FnMut(&Row, &str);

/// Reads a table line by line, so that a million of them are never held at
/// once; `seen` is told of every ten thousandth row.
///
/// # Errors
/// A [`Checked`] that says what was found instead.
pub fn read(
    bytes: &[u8],
    mapping: &Mapping,
    find: FindState<'_>,
    each: EachLine<'_>,
    seen: &mut dyn FnMut(u64),
) -> Result<Mapped, Checked> {
    let file = TableFile::open(bytes).map_err(|why| Checked::unreadable(&why))?;
    let mut reading: Option<Reading<'_>> = None;
    let mut first: Vec<String> = Vec::new();
    let read = file.each(|line| {
        if let Some(reading) = &mut reading {
            reading.take(line, each);
            if reading.out.checked.rows.is_multiple_of(10_000) {
                seen(reading.out.checked.rows);
            }
            return true;
        }
        if first.is_empty() {
            first = line.cells().map(str::to_owned).collect();
        }
        reading = Reading::begin(line, mapping, find);
        reading.is_some() || line.number < TITLE_ROWS
    });
    read.map_err(|why| Checked::unreadable(&why.into()))?;
    reading.map(Reading::end).ok_or_else(|| stranger(mapping, &first))
}

fn stranger(mapping: &Mapping, first: &[String]) -> Checked {
    let wanted: Vec<String> = mapping.columns.values().map(|name| format!("`{name}`")).collect();
    let shown: Vec<String> = first.iter().take(12).map(|cell| format!("`{cell}`")).collect();
    Checked::refused(
        "header",
        "unknown_format",
        format!(
            "the saved mapping needs the columns {}; found {}. Correct the mapping or the file",
            wanted.join(", "),
            shown.join(", ")
        ),
    )
}

/// The headings of a table, to choose from.
///
/// # Errors
/// A [`Checked`] that says why it is no table.
pub fn headings(bytes: &[u8]) -> Result<Vec<String>, Checked> {
    let file = TableFile::open(bytes).map_err(|why| Checked::unreadable(&why))?;
    let mut widest: Vec<String> = Vec::new();
    let mut rows = 0_u64;
    let read = file.each(|line| {
        rows += 1;
        let filled = line.cells().filter(|cell| !cell.is_empty()).count();
        if filled > widest.iter().filter(|cell| !cell.is_empty()).count() {
            widest = line.cells().map(str::to_owned).collect();
        }
        rows < TITLE_ROWS
    });
    read.map_err(|why| Checked::unreadable(&why.into()))?;
    widest.retain(|heading| !heading.is_empty());
    Ok(widest)
}

/// A first proposal: headings that say what they are in one of the four languages.
#[must_use]
pub fn proposed(headings: &[String]) -> BTreeMap<String, String> {
    const WORDS: [(&str, &[&str]); 12] = [
        ("state", &["state", "country", "pays", "país", "pais", "iso3", "iso3_code", "الدولة"]),
        (
            "period",
            &[
                "period",
                "year",
                "month",
                "année",
                "annee",
                "mois",
                "año",
                "ano",
                "mes",
                "date",
                "السنة",
            ],
        ),
        ("indicator", &["indicator", "indicateur", "indicador"]),
        ("form", &["form", "exploitation", "type of exploitation", "forme", "forma", "purpose"]),
        ("sex", &["sex", "gender", "sexe", "sexo", "genre", "género", "الجنس"]),
        ("age", &["age", "age group", "âge", "edad", "العمر"]),
        ("citizenship", &["citizenship", "nationality", "nationalité", "nacionalidad", "الجنسية"]),
        ("means", &["means", "means of control", "moyens", "medios"]),
        ("recruiter", &["recruiter", "recruteur", "reclutador"]),
        ("origin", &["origin", "origine", "origen"]),
        ("destination", &["destination", "destino"]),
        (
            "persons",
            &[
                "persons",
                "victims",
                "number",
                "count",
                "value",
                "total",
                "nombre",
                "número",
                "personas",
                "العدد",
            ],
        ),
    ];
    let mut found = BTreeMap::new();
    for (field, words) in WORDS {
        let heading = headings.iter().find(|heading| {
            let plain = heading.trim().to_lowercase();
            words.contains(&plain.as_str())
        });
        if let Some(heading) = heading {
            found.insert(field.to_owned(), heading.clone());
        }
    }
    found
}

struct Reading<'m> {
    mapping: &'m Mapping,
    find: FindState<'m>,
    places: Vec<Option<usize>>,
    names: Vec<String>,
    known: Vec<HashMap<String, Word>>,
    counted: Vec<(u64, u64)>,
    /// How many lines hold a word, and the first of them.
    unmapped: BTreeMap<(usize, String), (u64, u64)>,
    out: Mapped,
}

/// What becomes of one written word.
#[derive(Debug, Clone)]
enum Word {
    Code(String),
    Unmapped,
}

impl<'m> Reading<'m> {
    fn begin(line: &Line<'_>, mapping: &'m Mapping, find: FindState<'m>) -> Option<Self> {
        let place = |field: &&str| -> Option<Option<usize>> {
            let Some(heading) = mapping.columns.get(*field) else { return Some(None) };
            let at = line.cells().position(|cell| cell.eq_ignore_ascii_case(heading.trim()))?;
            Some(Some(at))
        };
        // Every column of the mapping must be there: a silent gap would read as "all".
        let places: Option<Vec<Option<usize>>> = FIELDS.iter().map(place).collect();
        let names = FIELDS
            .iter()
            .map(|field| {
                mapping.columns.get(*field).cloned().unwrap_or_else(|| (*field).to_owned())
            })
            .collect();
        Some(Self {
            mapping,
            find,
            places: places?,
            names,
            known: FIELDS.iter().map(|_| HashMap::new()).collect(),
            counted: vec![(0, 0); FIELDS.len()],
            unmapped: BTreeMap::new(),
            out: Mapped::default(),
        })
    }

    fn take(&mut self, line: &Line<'_>, each: &mut dyn FnMut(&Row, &str)) {
        let mut cells: Vec<String> = Vec::with_capacity(FIELDS.len());
        let mut written = String::new();
        for (at, field) in FIELDS.iter().enumerate() {
            let (cell, from_file) = match self.places[at] {
                Some(place) => (line.cell(place), true),
                None => (self.mapping.always.get(*field).map_or("", String::as_str), false),
            };
            let code = match *field {
                "persons" if !self.mapping.columns.contains_key("persons") && cell.is_empty() => {
                    "1".to_owned()
                }
                "persons" => cell.to_owned(),
                "period" => period(cell),
                _ => self.code(line.number, at, cell),
            };
            if from_file
                && !cell.is_empty()
                && code != cell
                && !matches!(*field, "persons" | "period")
            {
                if !written.is_empty() {
                    written.push_str("; ");
                }
                written.push_str(&format!("{field}={cell}"));
            }
            cells.push(code);
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let Ok(names) = <&[&str; 17]>::try_from(names.as_slice()) else { return };
        if let Some(row) = template::judged(line.number, &cells, names, &mut self.out.checked) {
            each(&row, &written);
        }
    }

    fn code(&mut self, row: u64, at: usize, cell: &str) -> String {
        if cell.is_empty() {
            return String::new();
        }
        self.counted[at].1 += 1;
        if !self.known[at].contains_key(cell) {
            let found = self.resolve(at, cell);
            self.known[at].insert(cell.to_owned(), found);
        }
        match self.known[at].get(cell) {
            Some(Word::Code(code)) => {
                self.counted[at].0 += 1;
                code.clone()
            }
            _ => {
                if self.unmapped.len() < MOST_UNMAPPED {
                    self.unmapped.entry((at, cell.to_owned())).or_insert((0, row)).0 += 1;
                } else if let Some(seen) = self.unmapped.get_mut(&(at, cell.to_owned())) {
                    seen.0 += 1;
                }
                // A line without a place is rejected, not guessed.
                if FIELDS[at] == "state" { cell.to_owned() } else { "unknown".to_owned() }
            }
        }
    }

    fn resolve(&self, at: usize, cell: &str) -> Word {
        let field = FIELDS[at];
        if let Some(code) = self.mapping.code(field, cell) {
            return Word::Code(code.to_owned());
        }
        let plain = cell.trim().to_lowercase();
        if let Some(list) = template::codes(field) {
            let own = list.iter().find(|code| **code == plain);
            return own.map_or(Word::Unmapped, |code| Word::Code((*code).to_owned()));
        }
        let upper = cell.trim().to_uppercase();
        if template::is_state(&upper) {
            return Word::Code(upper);
        }
        if let Some(area) = iso_areas::alpha_2(&upper) {
            return Word::Code(area.alpha_3.to_owned());
        }
        (self.find)(cell).map_or(Word::Unmapped, Word::Code)
    }

    fn end(self) -> Mapped {
        let Self { mut out, unmapped, counted, names, .. } = self;
        out.coverage = FIELDS
            .iter()
            .zip(&counted)
            .filter(|(_, (_, all))| *all > 0)
            .map(|(field, (mapped, all))| Coverage {
                field: (*field).to_owned(),
                mapped: *mapped,
                all: *all,
            })
            .collect();
        for ((at, word), (lines, first)) in &unmapped {
            out.checked.warn(Finding::new(
                *first,
                &names[*at],
                "no_common_code",
                format!("`{word}` stands under no common code (lines with it: {lines}); map it, or it counts as unknown"),
            ));
        }
        out.unmapped = unmapped
            .into_iter()
            .map(|((at, word), (lines, _))| Unmapped { field: FIELDS[at].to_owned(), word, lines })
            .collect();
        out
    }
}

/// A year, a month or a day as tables write them, as a year or a month.
fn period(cell: &str) -> String {
    let cell = cell.trim().trim_end_matches(".0");
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    let number = |text: &str| text.parse::<u16>().ok();
    match parts.as_slice() {
        [year, month] if year.len() == 4 && number(month).is_some() => {
            format!("{year}-{:02}", number(month).unwrap_or(0))
        }
        [month, year] if year.len() == 4 && number(month).is_some() => {
            format!("{year}-{:02}", number(month).unwrap_or(0))
        }
        [year, month, _day] if year.len() == 4 && number(month).is_some() => {
            format!("{year}-{:02}", number(month).unwrap_or(0))
        }
        // Which of the first two is the month cannot be told, so the year alone.
        [_, _, year] if year.len() == 4 => (*year).to_owned(),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let text = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        Mapping {
            columns: text(&[
                ("period", "Monat"),
                ("sex", "Geschlecht"),
                ("form", "Zweck"),
                ("citizenship", "Staat"),
                ("persons", "Zahl"),
            ]),
            always: text(&[("state", "XAA")]),
            codes: BTreeMap::from([
                ("sex".to_owned(), text(&[("w", "female"), ("m", "male")])),
                ("form".to_owned(), text(&[("Arbeit", "labour")])),
            ]),
        }
    }

    fn find(name: &str) -> Option<String> {
        (name == "Bremora").then(|| "XBB".to_owned())
    }

    #[test]
    fn req_174_words_get_codes_and_those_without_are_listed_and_kept() {
        let text = "Titel\nMonat;Geschlecht;Zweck;Staat;Zahl\n04/2026;w;Arbeit;Bremora;7\n2026-05;d;Arbeit;BE;<5\n2026-05;m;Haushalt;Nowhere;3\n";
        let mut rows: Vec<(Row, String)> = Vec::new();
        let mut each = |row: &Row, written: &str| rows.push((row.clone(), written.to_owned()));
        let read = read(text.as_bytes(), &mapping(), &find, &mut each, &mut |_| ()).unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].0.words[..7], ["XAA", "2026-04", "", "labour", "female", "", "XBB"]);
        assert_eq!(rows[1].0.words[6], "BEL");
        assert_eq!(rows[2].1, "form=Haushalt; sex=m; citizenship=Nowhere");
        let listed: Vec<_> =
            read.unmapped.iter().map(|one| (one.field.as_str(), one.word.as_str())).collect();
        assert_eq!(listed, [("form", "Haushalt"), ("sex", "d"), ("citizenship", "Nowhere")]);
        let warned = read.checked.warnings.iter().filter(|one| one.rule == "no_common_code");
        let rows_of: Vec<u64> = warned.map(|one| one.row).collect();
        assert_eq!(rows_of, [5, 4, 5], "each warning leads to the first line with its word");
        let sex = read.coverage.iter().find(|one| one.field == "sex").unwrap();
        assert_eq!((sex.mapped, sex.all), (2, 3));
    }

    #[test]
    fn a_file_without_a_column_of_the_mapping_is_refused_by_name() {
        let refused = read(b"Monat;Zahl\n2026;3\n", &mapping(), &find, &mut |_, _| (), &mut |_| ())
            .unwrap_err();
        assert!(refused.errors[0].message.contains("`Geschlecht`"));
        assert!(refused.errors[0].message.contains("found `Monat`, `Zahl`"));
    }

    #[test]
    fn headings_are_proposed_for_what_they_say() {
        let found = proposed(&["Année".to_owned(), "Sexe".to_owned(), "Nombre".to_owned()]);
        assert_eq!(found.get("period").map(String::as_str), Some("Année"));
        assert_eq!(found.len(), 3);
    }
}
