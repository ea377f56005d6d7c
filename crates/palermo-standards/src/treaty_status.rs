//! Lists of who signed and ratified a treaty, in the shape in which the United
//! Nations Treaty Collection gives them: bytes ↔ rows with dated acts. Columns
//! are known by what their heading means, not by where they stand. Names are
//! left as written; resolving them is the register's business.

use crate::delimited::{self, NotATable, Row};
use palermo_domain::register::{
    adherence::{Act, Adherence, DatedAct},
    day::{Day, NotADay},
    import::Rejected,
};

/// The remedy for every date that cannot be read.
const WRITE_LIKE: &str =
    "write the date as `9 Feb 2010`, with `A`, `AA`, `a`, `d` or `P` after it where needed";

/// One row of a status list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRow {
    /// The line of the file, counted from 1.
    pub row: u64,
    /// The name as written.
    pub participant: String,
    /// Signature and consent, by date; none if both cells are empty.
    pub acts: Vec<DatedAct>,
}

/// A status list with the rows that could be read and those that could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// The heading of the column of names.
    pub participant_heading: String,
    /// Rows that could be read.
    pub rows: Vec<StatusRow>,
    /// Rows that could not, with the reason.
    pub rejected: Vec<Rejected>,
    /// The names in those rows, so that they can be checked in the same go.
    pub rejected_names: Vec<(u64, String)>,
}

/// Why a file is no status list at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAStatusList {
    /// Not a table.
    #[error(transparent)]
    NotATable(#[from] NotATable),
    /// No column of names.
    #[error(
        "no column of names: the first row says {found}; give the column of States the heading `Participant`"
    )]
    NoParticipants {
        /// The headings found.
        found: String,
    },
    /// No column of acts.
    #[error(
        "no column of acts: the first row says {found}; one heading must say `Signature`, `Ratification` or `Accession(a)`"
    )]
    NoActs {
        /// The headings found.
        found: String,
    },
    /// Two columns of names.
    #[error("two columns of names: `{0}` and `{1}`; keep one")]
    TwoParticipants(String, String),
}

/// A column of acts: its heading and the acts it announces, each with the
/// letter that marks it; the act without a letter is what a bare date means.
struct ActColumn {
    at: usize,
    heading: String,
    acts: Vec<(Act, Option<String>)>,
}

struct Columns {
    participant: usize,
    participant_heading: String,
    width: usize,
    acts: Vec<ActColumn>,
}

/// Reads a status list.
///
/// # Errors
/// When the bytes are no table or the headings do not tell names and acts.
pub fn read(bytes: &[u8]) -> Result<StatusList, NotAStatusList> {
    let mut rows = delimited::read(bytes)?.into_iter();
    let headings = rows.next().map(|row| row.cells).unwrap_or_default();
    let columns = columns(&headings)?;
    let mut list = StatusList {
        participant_heading: columns.participant_heading.clone(),
        rows: Vec::new(),
        rejected: Vec::new(),
        rejected_names: Vec::new(),
    };
    for row in rows.filter(|row| !row.is_blank()) {
        match read_row(&row, &columns) {
            Ok(read) => list.rows.push(read),
            Err(mut problems) => {
                let name = row.cell(columns.participant);
                if !name.is_empty() && row.cells.len() == columns.width {
                    list.rejected_names.push((row.line, name.to_owned()));
                }
                list.rejected.append(&mut problems);
            }
        }
    }
    Ok(list)
}

fn columns(headings: &[String]) -> Result<Columns, NotAStatusList> {
    let found = || headings.iter().map(|h| format!("`{h}`")).collect::<Vec<_>>().join(", ");
    let mut participant: Option<(usize, &String)> = None;
    let mut acts = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let announced = announced(heading);
        if !announced.is_empty() {
            acts.push(ActColumn { at, heading: heading.clone(), acts: announced });
        } else if names_parties(heading) {
            if let Some((_, first)) = participant {
                return Err(NotAStatusList::TwoParticipants(first.clone(), heading.clone()));
            }
            participant = Some((at, heading));
        }
    }
    let (participant, heading) =
        participant.ok_or_else(|| NotAStatusList::NoParticipants { found: found() })?;
    if acts.is_empty() {
        return Err(NotAStatusList::NoActs { found: found() });
    }
    let width = headings.len();
    Ok(Columns { participant, participant_heading: heading.clone(), width, acts })
}

fn names_parties(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["participant", "state", "party", "parties", "country"].iter().any(|word| {
        heading
            .split(|c: char| !c.is_alphabetic())
            .any(|w| w.trim_end_matches('s') == word.trim_end_matches('s'))
    })
}

/// The acts a heading announces: `Ratification, Acceptance(A)` announces
/// ratification for a bare date and acceptance for a date with `A`.
fn announced(heading: &str) -> Vec<(Act, Option<String>)> {
    heading
        .split(',')
        .filter_map(|phrase| {
            let phrase = phrase.trim();
            let letter = phrase
                .strip_suffix(')')
                .and_then(|p| p.rsplit_once('('))
                .map(|(_, letter)| letter.trim().to_owned())
                .filter(|letter| !letter.is_empty() && letter.len() <= 2);
            Some((act_named(&phrase.to_lowercase())?, letter))
        })
        .collect()
}

fn act_named(phrase: &str) -> Option<Act> {
    // The longer phrases come first, because they contain the shorter ones.
    [
        ("succession to signature", Act::SuccessionToSignature),
        ("definitive signature", Act::DefinitiveSignature),
        ("signature", Act::Signature),
        ("formal confirmation", Act::FormalConfirmation),
        ("ratification", Act::Ratification),
        ("acceptance", Act::Acceptance),
        ("approval", Act::Approval),
        ("accession", Act::Accession),
        ("succession", Act::Succession),
        ("participation", Act::Participation),
    ]
    .into_iter()
    .find_map(|(words, act)| phrase.contains(words).then_some(act))
}

fn read_row(row: &Row, columns: &Columns) -> Result<StatusRow, Vec<Rejected>> {
    let reject = |field: &str, value: &str, problem: String, remedy: &str| Rejected {
        row: row.line,
        field: field.to_owned(),
        value: value.to_owned(),
        problem,
        remedy: remedy.to_owned(),
    };
    let extra = row.cells.iter().skip(columns.width).any(|cell| !cell.is_empty());
    if row.cells.len() < columns.width || extra {
        let problem =
            format!("the row has {} cells, the heading {}", row.cells.len(), columns.width);
        let remedy = "put names that contain a comma in quotes and give every column a cell";
        return Err(vec![reject("row", &row.cells.join(", "), problem, remedy)]);
    }
    let participant = row.cell(columns.participant);
    let mut problems = Vec::new();
    if participant.is_empty() {
        let problem = "the name is empty".to_owned();
        problems.push(reject(
            &columns.participant_heading,
            "",
            problem,
            "write the name of the State",
        ));
    }
    let mut acts = Vec::new();
    for column in &columns.acts {
        match read_cell(row.cell(column.at), column) {
            Ok(act) => acts.extend(act),
            Err((problem, remedy)) => {
                problems.push(reject(&column.heading, row.cell(column.at), problem, &remedy));
            }
        }
    }
    if let Some((signed, bound)) = bound_before_signing(&acts) {
        let problem = format!(
            "{} on {} comes before the signature on {}",
            bound.act, bound.date, signed.date
        );
        let field = columns.acts.last().map_or("row", |c| &c.heading);
        problems.push(reject(field, participant, problem, "correct one of the two dates"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    acts.sort();
    Ok(StatusRow { row: row.line, participant: participant.to_owned(), acts })
}

fn bound_before_signing(acts: &[DatedAct]) -> Option<(&DatedAct, &DatedAct)> {
    let signed = acts.iter().find(|a| a.act == Act::Signature)?;
    let bound = acts.iter().find(|a| a.act.binds() && a.date < signed.date)?;
    Some((signed, bound))
}

type Wrong = (String, String);

fn read_cell(cell: &str, column: &ActColumn) -> Result<Option<DatedAct>, Wrong> {
    if cell.is_empty() {
        return Ok(None);
    }
    if cell.starts_with('[') && cell.ends_with(']') {
        let problem =
            format!("`{cell}` stands in square brackets: the act was withdrawn or superseded");
        return Err((
            problem,
            "clear the cell and enter the act and its withdrawal by hand".to_owned(),
        ));
    }
    let (date, mark) = date_and_mark(cell).map_err(|problem| (problem, WRITE_LIKE.to_owned()))?;
    let act = match mark {
        None => bare(column)?,
        Some(mark) => marked(mark, column)?,
    };
    Ok(Some(DatedAct::new(act, date)))
}

/// What a date without a letter means in this column.
fn bare(column: &ActColumn) -> Result<Act, Wrong> {
    let plain = column.acts.iter().find(|(_, letter)| letter.is_none()).map(|(act, _)| *act);
    plain.ok_or_else(|| {
        let letters: Vec<String> = column
            .acts
            .iter()
            .filter_map(|(act, letter)| Some(format!("`{}` for {act}", letter.as_ref()?)))
            .collect();
        let problem =
            format!("a date without a letter does not tell the act under `{}`", column.heading);
        (problem, format!("add {} after the date", letters.join(" or ")))
    })
}

/// What a letter after the date means: first by the heading, then by the
/// custom of the collection.
fn marked(mark: &str, column: &ActColumn) -> Result<Act, Wrong> {
    let by_heading = column.acts.iter().find(|(_, letter)| letter.as_deref() == Some(mark));
    if let Some((act, _)) = by_heading {
        return Ok(*act);
    }
    let signatures = column.acts.iter().all(|(act, _)| act.signs());
    match (mark, signatures) {
        ("d", true) => Ok(Act::SuccessionToSignature),
        ("s", _) => Ok(Act::DefinitiveSignature),
        ("A", false) => Ok(Act::Acceptance),
        ("AA", false) => Ok(Act::Approval),
        ("a", false) => Ok(Act::Accession),
        ("d", false) => Ok(Act::Succession),
        ("P" | "p", false) => Ok(Act::Participation),
        ("c", false) => Ok(Act::FormalConfirmation),
        ("A" | "AA" | "a" | "P" | "p" | "c", true) => Err((
            format!("`{mark}` does not mark a signature"),
            "move the date to the column of ratification and accession".to_owned(),
        )),
        _ => Err((
            format!("`{mark}` after the date is not a known letter"),
            "use `A` acceptance, `AA` approval, `a` accession, `d` succession, `P` participation, or none for ratification".to_owned(),
        )),
    }
}

/// Splits `9 Feb 2010 a` into the day and the letter. Footnote numbers at the
/// end are left out.
fn date_and_mark(cell: &str) -> Result<(Day, Option<&str>), String> {
    let mut words: Vec<&str> = cell.split_whitespace().collect();
    let footnote =
        |w: &&str| w.chars().all(|c| c.is_ascii_digit() || "[](),*".contains(c)) && w.len() <= 4;
    let is_iso = words.first().is_some_and(|w| w.contains('-'));
    let length = if is_iso { 1 } else { 3 };
    while words.len() > length && words.last().is_some_and(footnote) {
        words.pop();
    }
    let wrong = || format!("`{cell}` is not a date");
    let missing = |NotADay(_): NotADay| format!("`{cell}` is not a day of the calendar");
    match words[..] {
        [iso] if is_iso => Ok((iso.parse().map_err(missing)?, None)),
        [iso, mark] if is_iso => Ok((iso.parse().map_err(missing)?, Some(mark))),
        [day, month, year] | [day, month, year, _] => {
            let date = (whole(day, 2), month_named(month), whole(year, 4));
            let (Some(day), Some(month), Some(year)) = date else { return Err(wrong()) };
            let date =
                Day::new(year.into(), month, u8::try_from(day).unwrap_or(0)).map_err(missing)?;
            Ok((date, words.get(3).copied()))
        }
        _ => Err(wrong()),
    }
}

fn whole(text: &str, digits: usize) -> Option<u16> {
    let fits = text.bytes().all(|b| b.is_ascii_digit())
        && if digits == 4 { text.len() == 4 } else { text.len() <= digits };
    text.parse().ok().filter(|_| fits)
}

fn month_named(name: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.trim_end_matches('.').to_lowercase();
    let at = MONTHS.iter().position(|m| {
        *m == name
            || (name.len() == 3 && m.starts_with(&name))
            || (name == "sept" && *m == "september")
    })?;
    u8::try_from(at + 1).ok()
}

/// Writes a status list in the shape of the collection. Withdrawals,
/// reservations and declarations have no column there and are left out.
#[must_use]
pub fn write(rows: &[(String, &Adherence)]) -> Vec<u8> {
    let heading = [
        "Participant",
        "Signature, Succession to signature(d)",
        "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d), Participation(P), Definitive signature(s), Formal confirmation(c)",
    ];
    let mut table = vec![heading.map(str::to_owned).to_vec()];
    for (name, adherence) in rows {
        let signed = adherence.acts.iter().find(|a| a.act.signs());
        let bound = adherence.acts.iter().rfind(|a| a.act.binds());
        table.push(vec![
            name.clone(),
            signed.map(written).unwrap_or_default(),
            bound.map(written).unwrap_or_default(),
        ]);
    }
    delimited::write(&table)
}

fn written(act: &DatedAct) -> String {
    let date = act.date.date();
    let month: String = date.month().to_string().chars().take(3).collect();
    let mark = match act.act {
        Act::Acceptance => " A",
        Act::Approval => " AA",
        Act::Accession => " a",
        Act::Succession | Act::SuccessionToSignature => " d",
        Act::Participation => " P",
        Act::DefinitiveSignature => " s",
        Act::FormalConfirmation => " c",
        _ => "",
    };
    format!("{} {month} {}{mark}", date.day(), date.year())
}

#[cfg(test)]
#[path = "treaty_status_tests.rs"]
mod tests;
