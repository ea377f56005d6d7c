//! The lists of States and their aliases as Palermo keeps them in
//! `content/states`: bytes ↔ a register of States.

use crate::delimited::{self, NotATable, Row};
use palermo_domain::register::{
    day::Day,
    state::{Alias, LANGUAGES, StateEntry, StateRegister, StatesRefused},
};
use std::{collections::BTreeMap, fmt::Display, str::FromStr};

/// Why the lists cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StateListRefused {
    /// Not a table.
    #[error(transparent)]
    NotATable(#[from] NotATable),
    /// A column is missing.
    #[error("the list of States has no column `{0}`")]
    NoColumn(&'static str),
    /// A cell cannot be read.
    #[error("line {line}, column `{column}`: {problem}")]
    Cell {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        column: String,
        /// What is wrong.
        problem: String,
    },
    /// The lists contradict themselves.
    #[error(transparent)]
    States(#[from] StatesRefused),
}

/// A table whose columns are known by name.
struct Columns {
    names: Vec<String>,
    rows: std::vec::IntoIter<Row>,
}

impl Columns {
    fn of(bytes: &[u8]) -> Result<Self, NotATable> {
        let mut rows = delimited::read(bytes)?.into_iter();
        let names = rows.next().map(|row| row.cells).unwrap_or_default();
        Ok(Self { names, rows })
    }

    fn need(&self, column: &'static str) -> Result<usize, StateListRefused> {
        let at = self.names.iter().position(|name| name == column);
        at.ok_or(StateListRefused::NoColumn(column))
    }
}

fn parsed<T>(row: &Row, column: &str, text: &str) -> Result<T, StateListRefused>
where
    T: FromStr,
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| StateListRefused::Cell {
        line: row.line,
        column: column.to_owned(),
        problem: error.to_string(),
    })
}

fn some<T>(row: &Row, column: &str, at: usize) -> Result<Option<T>, StateListRefused>
where
    T: FromStr,
    T::Err: Display,
{
    match row.cell(at) {
        "" => Ok(None),
        text => parsed(row, column, text).map(Some),
    }
}

/// Reads `states.csv` and `aliases.csv`; the second may be empty bytes.
///
/// # Errors
/// When a column is missing, a cell cannot be read, or names clash.
pub fn read(states: &[u8], aliases: &[u8]) -> Result<StateRegister, StateListRefused> {
    let aliases = if aliases.is_empty() { Vec::new() } else { read_aliases(aliases)? };
    Ok(StateRegister::new(read_states(states)?, aliases)?)
}

fn read_states(bytes: &[u8]) -> Result<Vec<StateEntry>, StateListRefused> {
    let table = Columns::of(bytes)?;
    let (code, m49, kind) = (table.need("code")?, table.need("m49")?, table.need("kind")?);
    let (from, to) = (table.need("from")?, table.need("to")?);
    let successors = table.need("successors")?;
    let names: Vec<(&str, usize)> = LANGUAGES
        .iter()
        .map(|l| Ok((*l, table.need(l)?)))
        .collect::<Result<_, StateListRefused>>()?;
    let formal_at = |l: &str| table.names.iter().position(|name| name == &format!("formal_{l}"));
    let formal: Vec<(&str, usize)> =
        LANGUAGES.iter().filter_map(|l| Some((*l, formal_at(l)?))).collect();
    let texts = |row: &Row, columns: &[(&str, usize)]| -> BTreeMap<String, String> {
        let filled = columns.iter().filter(|(_, at)| !row.cell(*at).is_empty());
        filled.map(|(l, at)| ((*l).to_owned(), row.cell(*at).to_owned())).collect()
    };
    let entry = |row: &Row| {
        let followed = row.cell(successors).split_whitespace();
        Ok(StateEntry {
            code: parsed(row, "code", row.cell(code))?,
            m49: some(row, "m49", m49)?,
            kind: parsed(row, "kind", row.cell(kind))?,
            from: some::<Day>(row, "from", from)?,
            to: some::<Day>(row, "to", to)?,
            successors: followed.map(|c| parsed(row, "successors", c)).collect::<Result<_, _>>()?,
            names: texts(row, &names),
            formal: texts(row, &formal),
        })
    };
    table.rows.as_slice().iter().filter(|row| !row.is_blank()).map(entry).collect()
}

fn read_aliases(bytes: &[u8]) -> Result<Vec<Alias>, StateListRefused> {
    let table = Columns::of(bytes)?;
    let (name, code, kind) = (table.need("name")?, table.need("code")?, table.need("kind")?);
    let (from, to) = (table.need("from")?, table.need("to")?);
    let alias = |row: &Row| {
        Ok(Alias {
            name: row.cell(name).to_owned(),
            code: parsed(row, "code", row.cell(code))?,
            kind: parsed(row, "kind", row.cell(kind))?,
            from: some(row, "from", from)?,
            to: some(row, "to", to)?,
        })
    };
    table.rows.as_slice().iter().filter(|row| !row.is_blank()).map(alias).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use palermo_domain::register::state::{AliasKind, StateKind};

    const STATES: &[u8] = include_bytes!("../../../content/states/states.csv");
    const ALIASES: &[u8] = include_bytes!("../../../content/states/aliases.csv");
    const DEMO: &[u8] = include_bytes!("../../../content/demo/states.csv");

    #[test]
    fn the_shipped_lists_are_complete_in_six_languages() {
        let register = read(STATES, ALIASES).unwrap();
        let states: Vec<_> = register.all().filter(|s| s.kind == StateKind::State).collect();
        assert_eq!(states.len(), 197, "193 members, Holy See, Palestine, Cook Islands, Niue");
        for entry in register.all() {
            assert_eq!(entry.names.len(), LANGUAGES.len(), "{}", entry.code);
        }
        for state in states {
            assert!(state.m49.is_some() && state.formal.len() == LANGUAGES.len(), "{}", state.code);
        }
    }

    #[test]
    fn former_short_and_special_names_lead_to_their_states() {
        let register = read(STATES, ALIASES).unwrap();
        for (name, code) in [
            ("Zaire", "COD"),
            ("Burma", "MMR"),
            ("Swaziland", "SWZ"),
            ("Czechoslovakia", "CSK"),
            ("The former Yugoslav Republic of Macedonia", "MKD"),
            ("Bolivia (Plurinational State of)", "BOL"),
            ("Viet Nam", "VNM"),
            ("European Union", "EU"),
            ("Holy See", "VAT"),
            ("Cook Islands", "COK"),
            ("Niue", "NIU"),
            ("State of Palestine", "PSE"),
            ("German Democratic Republic", "DDR"),
            ("Serbia and Montenegro", "SCG"),
            ("St. Vincent and the Grenadines", "VCT"),
            ("Congo", "COG"),
            ("Netherlands", "NLD"),
            ("Kyrgyz Republic", "KGZ"),
            ("Birmanie", "MMR"),
            ("Côte d’Ivoire", "CIV"),
            ("المغرب", "MAR"),
            ("Марокко", "MAR"),
            ("摩洛哥", "MAR"),
        ] {
            assert_eq!(
                register.resolve(name, None).map(|c| c.to_string()),
                Ok(code.to_owned()),
                "{name}"
            );
        }
        assert!(register.resolve("Yugoslavia", None).is_err());
        assert!(register.resolve("Korea", None).is_err());
    }

    #[test]
    fn former_states_have_an_end_and_successors() {
        let register = read(STATES, ALIASES).unwrap();
        for former in register.all().filter(|s| s.kind == StateKind::Former) {
            assert!(former.to.is_some() && !former.successors.is_empty(), "{}", former.code);
        }
        let former = register.names_of("COD".parse().unwrap());
        assert!(
            former
                .filter(|a| a.kind == AliasKind::Former)
                .any(|a| a.name == "Zaire" && a.to.is_some())
        );
    }

    #[test]
    fn the_invented_states_stand_beside_the_real_ones_without_clashing() {
        let demo = read(DEMO, b"").unwrap();
        assert!(demo.all().all(|s| s.code.is_user_assigned() && s.names.len() >= 4));
        assert_eq!(demo.all().count(), 7);
        read(STATES, ALIASES).unwrap().with(demo).unwrap();
    }

    #[test]
    fn a_wrong_cell_is_told_with_line_and_column() {
        let text = "code,m49,kind,from,to,successors,en,fr,es,ar,ru,zh\nXAA,,state,,,,A,,,,,\nxbb,,state,,,,B,,,,,\n";
        let error = read(text.as_bytes(), b"").unwrap_err().to_string();
        assert!(error.starts_with("line 3, column `code`: `xbb` is not the code"), "{error}");
        let error = read(b"code,m49\nXAA,\n", b"").unwrap_err();
        assert_eq!(error, StateListRefused::NoColumn("kind"));
    }
}
