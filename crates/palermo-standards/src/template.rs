//! The region's own template: one line a group of persons, with the codes of
//! the region. Written for a State as a workbook with lists to choose from and
//! a version stamp; read back from a workbook or CSV with named problems.

use crate::{
    checked::{Checked, Finding},
    glotip::year,
    iso_areas,
    table_file::{Line, TableFile},
};
use palermo_domain::knowledge::{amount::Amount, mapping::FIELDS};
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook, XlsxError};

/// The version written into a workbook and looked for in it.
pub const VERSION: &str = "palermo-figures 2";

/// How a stamp of any version begins.
const STAMP: &str = "palermo-figures";

/// The columns.
pub const COLUMNS: [&str; 17] = [
    "State",
    "Period",
    "Indicator",
    "Form",
    "Sex",
    "Age",
    "Citizenship",
    "Means",
    "Recruiter",
    "Channel",
    "Broker",
    "Transport",
    "Papers",
    "Origin",
    "Destination",
    "Transit",
    "Persons",
];

/// The place of the column with the count.
const PERSONS: usize = 16;

/// Columns that hold a State.
const STATES: [usize; 4] = [6, 13, 14, 15];

/// Codes of the columns that have a list.
pub const LISTS: [(usize, &[&str]); 10] = [
    (
        2,
        &[
            "victims",
            "formal_contact",
            "prosecuted",
            "convicted",
            "services",
            "permits",
            "compensated",
            "trained",
            "repatriated",
        ],
    ),
    (3, &["sexual", "labour", "begging", "criminality", "marriage", "organs", "other", "unknown"]),
    (4, &["female", "male", "other", "unknown"]),
    (5, &["child", "adult", "unknown"]),
    (
        7,
        &[
            "debt",
            "threats",
            "violence",
            "deception",
            "documents",
            "drugs",
            "isolation",
            "other",
            "unknown",
        ],
    ),
    (8, &["partner", "family", "friend", "agency", "online", "stranger", "other", "unknown"]),
    (9, CHANNELS),
    (10, &["job", "marriage", "adoption", "travel", "papers", "none", "other", "unknown"]),
    (11, &["road", "rail", "sea", "river", "air", "foot", "none", "other", "unknown"]),
    (12, &["own", "forged", "lookalike", "obtained_by_fraud", "none", "other", "unknown"]),
];

/// How a person was reached, the internet among the ways (R181).
const CHANNELS: &[&str] = &[
    "in_person",
    "social_media",
    "messaging",
    "online_advert",
    "dating_app",
    "print_or_radio",
    "agency_office",
    "other",
    "unknown",
];

/// The codes of a field by its name; none where any word may stand.
#[must_use]
pub fn codes(field: &str) -> Option<&'static [&'static str]> {
    let at = FIELDS.iter().position(|name| *name == field)?;
    LISTS.iter().find(|(of, _)| *of == at).map(|(_, list)| *list)
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file.
    pub line: u64,
    /// One word a column, without the last.
    pub words: Vec<String>,
    /// Persons.
    pub persons: Amount,
}

/// A file of lines with what is wrong with it.
#[derive(Debug, Default)]
pub struct Filled {
    /// The lines that can be taken.
    pub rows: Vec<Row>,
    /// What was found.
    pub checked: Checked,
}

/// Reads a filled template.
///
/// # Errors
/// A [`Checked`] that says what was found instead.
pub fn read(bytes: &[u8]) -> Result<Filled, Checked> {
    let mut rows = Vec::new();
    let checked = read_each(bytes, &mut |row| rows.push(row), &mut |_| ())?;
    Ok(Filled { rows, checked })
}

/// Reads a filled template line by line; `seen` is told of every ten thousandth row.
///
/// # Errors
/// A [`Checked`] that says what was found instead.
pub fn read_each(
    bytes: &[u8],
    each: &mut dyn FnMut(Row),
    seen: &mut dyn FnMut(u64),
) -> Result<Checked, Checked> {
    let file = TableFile::open(bytes).map_err(|why| Checked::unreadable(&why))?;
    let mut places: Option<Vec<Option<usize>>> = None;
    let mut first: Vec<String> = Vec::new();
    let mut checked = Checked::default();
    let read = file.each(|line| {
        if let Some(places) = &places {
            take(line, places, &mut checked, each);
            if checked.rows.is_multiple_of(10_000) {
                seen(checked.rows);
            }
            return true;
        }
        let found: Vec<Option<usize>> = COLUMNS
            .iter()
            .map(|name| line.cells().position(|cell| cell.eq_ignore_ascii_case(name)))
            .collect();
        if first.is_empty() {
            first = line.cells().map(str::to_owned).collect();
        }
        if let Some(stamp) = line.cells().find(|cell| cell.starts_with(STAMP))
            && !stamp.starts_with(VERSION)
        {
            let words = format!(
                "this template is `{stamp}`, the region uses `{VERSION}`: fetch the newest one; its lists may have changed"
            );
            checked.warn(Finding::new(line.number, "file", "old_template", words));
        }
        // State, period and persons make a line; the rest may be left out.
        if [0, 1, PERSONS].iter().all(|at| found[*at].is_some()) {
            places = Some(found);
        }
        places.is_some() || line.number < 8
    });
    read.map_err(|why| Checked::unreadable(&why.into()))?;
    if places.is_none() {
        let shown: Vec<_> = first.iter().take(10).map(|cell| format!("`{cell}`")).collect();
        return Err(Checked::refused(
            "header",
            "unknown_format",
            format!(
                "this is not the region's template: it needs the columns `State`, `Period` and `Persons`; found {}",
                shown.join(", ")
            ),
        ));
    }
    Ok(checked)
}

fn take(
    line: &Line<'_>,
    places: &[Option<usize>],
    checked: &mut Checked,
    each: &mut dyn FnMut(Row),
) {
    let cells: Vec<&str> =
        places.iter().map(|place| place.map_or("", |place| line.cell(place))).collect();
    if let Some(row) = judged(line.number, &cells, &COLUMNS, checked) {
        each(row);
    }
}

/// One line in the fields of the template, checked; `names` are the headings
/// that problems are told by.
pub(crate) fn judged(
    number: u64,
    cells: &[&str],
    names: &[&str; 17],
    checked: &mut Checked,
) -> Option<Row> {
    let cell = |at: usize| cells.get(at).copied().unwrap_or("");
    checked.rows += 1;
    let mut wrong: Vec<Finding> = Vec::new();
    let mut add = |at: usize, rule, message: String| {
        wrong.push(Finding::new(number, names[at], rule, message));
    };
    if !is_state(cell(0)) {
        add(0, "unknown_code", format!("`{}` is no code of a State, three letters", cell(0)));
    }
    if !is_period(cell(1)) {
        add(
            1,
            "not_a_period",
            format!("`{}` is neither a year nor a month such as `2026-04`", cell(1)),
        );
    }
    for (at, list) in LISTS {
        if !cell(at).is_empty() && !list.contains(&cell(at)) {
            add(
                at,
                "unknown_code",
                format!("`{}` is not in the list: {}", cell(at), list.join(", ")),
            );
        }
    }
    for at in STATES {
        if !cell(at).is_empty() && cell(at) != "unknown" && !is_state(cell(at)) {
            add(at, "unknown_code", format!("`{}` is no code of a State, three letters", cell(at)));
        }
    }
    let persons = cell(PERSONS).parse::<Amount>();
    if let Err(why) = &persons {
        add(PERSONS, "not_a_count", why.to_string());
    }
    let row = match (wrong.is_empty(), persons) {
        (true, Ok(persons)) => {
            let words = (0..PERSONS).map(|at| cell(at).to_owned()).collect();
            Some(Row { line: number, words, persons })
        }
        _ => None,
    };
    wrong.into_iter().for_each(|found| checked.error(found));
    row
}

/// A State's code: of ISO 3166-1, or one left to users, as invented States have.
pub(crate) fn is_state(code: &str) -> bool {
    let user =
        code.len() == 3 && code.starts_with('X') && code.bytes().all(|b| b.is_ascii_uppercase());
    user || iso_areas::alpha_3(code).is_some()
}

fn is_period(text: &str) -> bool {
    match text.split_once('-') {
        None => year(text).is_some(),
        Some((of, month)) => {
            let month = month.parse::<u8>().ok().filter(|_| month.len() == 2);
            year(of).is_some() && month.is_some_and(|month| (1..=12).contains(&month))
        }
    }
}

/// What a workbook says in the language of whoever fills it in.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// How to fill it in, and when to send it.
    pub note: String,
    /// The headings, in the order of [`COLUMNS`]; they stand above the fixed ones.
    pub headings: Vec<String>,
    /// Codes of States with their names, to choose from.
    pub states: Vec<(String, String)>,
    /// Column, code and what it means, for the sheet of codes.
    pub codes: Vec<(String, String, String)>,
}

/// Lines for which a list is offered.
const FIRST_LINE: u32 = 4;
const LAST_LINE: u32 = 2_000;

/// The workbook for a State: headings, lists, one line with its code, and a
/// sheet that says what each code means.
///
/// # Errors
/// When the workbook cannot be written.
pub fn workbook(state: &str, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    sheet.set_name("figures")?;
    sheet.write_string(0, 0, format!("{VERSION} {state}"))?;
    sheet.write_string(1, 0, &words.note)?;
    for (at, heading) in (0_u16..).zip(&words.headings) {
        sheet.write_string(2, at, heading)?;
    }
    for (at, heading) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(3, at, heading, &bold)?;
        sheet.set_column_width(at, 14)?;
    }
    sheet.set_freeze_panes(FIRST_LINE, 0)?;
    for (at, list) in LISTS {
        let choice = DataValidation::new().allow_list_strings(list)?;
        let at = u16::try_from(at).unwrap_or(0);
        sheet.add_data_validation(FIRST_LINE, at, LAST_LINE, at, &choice)?;
    }
    if !words.states.is_empty() {
        let range = format!("=states!$A$2:$A${}", words.states.len() + 1);
        for at in [0].into_iter().chain(STATES) {
            // A code that is not in the list may be right: other States have one too.
            let choice = DataValidation::new()
                .allow_list_formula(Formula::new(&range))
                .show_error_message(false);
            let at = u16::try_from(at).unwrap_or(0);
            sheet.add_data_validation(FIRST_LINE, at, LAST_LINE, at, &choice)?;
        }
    }
    sheet.write_string(FIRST_LINE, 0, state)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("states")?;
    for (row, (code, name)) in (1_u32..).zip(&words.states) {
        sheet.write_string(row, 0, code)?;
        sheet.write_string(row, 1, name)?;
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name("codes")?;
    for (row, (column, code, meaning)) in (1_u32..).zip(&words.codes) {
        sheet.write_string(row, 0, column)?;
        sheet.write_string(row, 1, code)?;
        sheet.write_string(row, 2, meaning)?;
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_template_is_read_and_every_problem_is_named() {
        let text = b"State,Period,Form,Sex,Persons\nXAA,2026-04,labour,female,12\nXAA,2026-13,slavery,f,many\nXAA,2026,,,<5\n";
        let filled = read(text).unwrap();
        assert_eq!(filled.checked.rows, 3);
        assert_eq!(filled.rows.len(), 2);
        assert_eq!(filled.rows[1].persons, Amount::below(5));
        let rules: Vec<_> =
            filled.checked.errors.iter().map(|f| (f.row, f.field.as_str())).collect();
        assert_eq!(rules, [(3, "Period"), (3, "Form"), (3, "Sex"), (3, "Persons")]);
    }

    #[test]
    fn req_181_channel_broker_transport_and_papers_have_code_lists() {
        for field in ["means", "recruiter", "channel", "broker", "transport", "papers"] {
            assert!(codes(field).is_some_and(|list| list.len() > 5), "{field}");
        }
        assert!(codes("channel").is_some_and(|list| list.contains(&"social_media")));
        let text = b"State,Period,Channel,Broker,Transport,Papers,Persons\nXAA,2026,social_media,job,road,forged,8\nXAA,2026,,,teleport,,1\n";
        let filled = read(text).unwrap();
        assert_eq!(filled.rows[0].words[9..13], ["social_media", "job", "road", "forged"]);
        assert_eq!(filled.checked.errors[0].field, "Transport");
    }

    #[test]
    fn a_template_of_an_older_version_is_told() {
        let text = b"palermo-figures 1 XAA,,\nState,Period,Persons\nXAA,2026,7\n";
        let filled = read(text).unwrap();
        assert_eq!(filled.rows.len(), 1);
        assert_eq!(filled.checked.warnings[0].rule, "old_template");
    }

    #[test]
    fn the_workbook_for_a_state_can_be_read_back() {
        let words = Words {
            note: "Send by 31 March".to_owned(),
            headings: COLUMNS.map(|name| format!("«{name}»")).to_vec(),
            states: vec![("XAA".to_owned(), "Avelmar".to_owned())],
            codes: vec![("Form".to_owned(), "labour".to_owned(), "Travail forcé".to_owned())],
        };
        let bytes = workbook("XAA", &words).unwrap();
        let filled = read(&bytes).unwrap();
        assert!(filled.checked.warnings.is_empty(), "{:?}", filled.checked.warnings);
        assert_eq!(filled.checked.rows, 1);
        assert_eq!(filled.checked.errors[0].field, "Period");
    }
}
