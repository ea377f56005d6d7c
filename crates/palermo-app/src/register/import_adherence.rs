//! Import of who signed and ratified an instrument: read the file, resolve the
//! names, lay it beside what is stored, show what would change. Pure; storing
//! is a step of its own.

use palermo_domain::register::{
    adherence::Adherence,
    day::Day,
    import::{ActOn, Compared, Difference, Outcome, ReadRow, Rejected, compare, reject_repeated},
    instrument::{Instrument, InstrumentId},
    provenance::PartialDate,
    state::{NameUnresolved, StateCode, StateRegister},
};
use palermo_standards::treaty_status::{self, NotAStatusList, StatusList, StatusRow};
use serde::{Deserialize, Serialize};

/// How many codes of parties the file does not name are shown on a terminal.
const SHOWN: usize = 12;

/// What an import rests on.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The instrument the file is about.
    pub instrument: &'a Instrument,
    /// The States and their names.
    pub states: &'a StateRegister,
    /// What is stored about the instrument.
    pub stored: &'a [Adherence],
    /// Where the file comes from, as it will stand beside each fact.
    pub source: &'a str,
    /// The date up to which the file speaks.
    pub as_of: PartialDate,
    /// Today: nobody ratified tomorrow.
    pub today: Day,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Rows that can be taken in.
    pub rows: Vec<Compared>,
    /// Rows that cannot.
    pub rejected: Vec<Rejected>,
    /// Parties that are stored but not in the file. They stay as they are.
    pub not_in_file: Vec<StateCode>,
}

/// Why nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{rejected} of {rows} rows are rejected, so nothing was stored; correct them, or store the others with `--skip-rejected`"
)]
pub struct NotApplied {
    /// How many rows are rejected.
    pub rejected: usize,
    /// How many rows the file has.
    pub rows: usize,
}

/// Reads a file and plans its import.
///
/// # Errors
/// When the file is no status list at all.
pub fn plan(bytes: &[u8], basis: &Basis<'_>) -> Result<ImportPlan, NotAStatusList> {
    let StatusList { participant_heading, rows, mut rejected, rejected_names } =
        treaty_status::read(bytes)?;
    for (row, name) in rejected_names {
        let wrong = named(basis.states, &name, None, row, &participant_heading).err();
        rejected.extend(wrong);
    }
    let mut read = Vec::new();
    for row in rows {
        match resolved(&row, &participant_heading, basis) {
            Ok(adherence) => read.push((ReadRow { row: row.row, adherence }, row.participant)),
            Err(mut wrong) => rejected.append(&mut wrong),
        }
    }
    let rows = compare(basis.stored, reject_repeated(read, &participant_heading, &mut rejected));
    rejected.sort();
    let mut not_in_file: Vec<StateCode> = basis
        .stored
        .iter()
        .map(|a| a.party)
        .filter(|party| !rows.iter().any(|r| r.result.party == *party))
        .collect();
    not_in_file.sort();
    Ok(ImportPlan { instrument: basis.instrument.id.clone(), rows, rejected, not_in_file })
}

fn resolved(row: &StatusRow, heading: &str, basis: &Basis<'_>) -> Result<Adherence, Vec<Rejected>> {
    let reject = |field: &str, value: String, problem: String, remedy: &str| Rejected {
        row: row.row,
        field: field.to_owned(),
        value,
        problem,
        remedy: remedy.to_owned(),
    };
    let mut wrong = Vec::new();
    // A name two States have borne is told apart by the day of the first act.
    let on = row.acts.first().map(|act| act.date);
    let party = named(basis.states, &row.participant, on, row.row, heading)
        .map_err(|unknown| wrong.push(unknown));
    let earliest = basis.instrument.not_before();
    for act in &row.acts {
        let shown = format!("{} on {}", act.act, act.date);
        if act.date > basis.today {
            let problem = format!("`{}` lies in the future", act.date);
            wrong.push(reject(act.act.code(), shown, problem, "correct the year"));
        } else if let Some(first) = earliest.filter(|first| act.date < *first) {
            let problem = format!("`{}` is before the instrument was adopted on {first}", act.date);
            wrong.push(reject(
                act.act.code(),
                shown,
                problem,
                "correct the date, or check that the file is about this instrument",
            ));
        }
    }
    match party {
        Ok(party) if wrong.is_empty() => Ok(Adherence {
            instrument: basis.instrument.id.clone(),
            party,
            acts: row.acts.clone(),
            entry_into_force: None,
            source: basis.source.to_owned(),
            as_of: basis.as_of,
        }),
        _ => Err(wrong),
    }
}

/// Whose name it is, or the row's rejection.
fn named(
    states: &StateRegister,
    name: &str,
    on: Option<Day>,
    row: u64,
    heading: &str,
) -> Result<StateCode, Rejected> {
    states.resolve(name, on).map_err(|error| {
        let said = error.to_string();
        let (problem, remedy) = said.split_once("; ").unwrap_or((&said, "correct the name"));
        let remedy = match error {
            NameUnresolved::Unknown { .. } => {
                format!("{remedy} If the name is right, add it to the list of aliases")
                    .replace("? If", "; if")
                    .replace("code If", "code, or if")
            }
            NameUnresolved::Ambiguous { .. } => remedy.to_owned(),
        };
        Rejected {
            row,
            field: heading.to_owned(),
            value: name.to_owned(),
            problem: problem.to_owned(),
            remedy,
        }
    })
}

impl ImportPlan {
    /// What has to be stored: new and changed rows. With rejected rows nothing,
    /// unless they are skipped knowingly.
    ///
    /// # Errors
    /// When rows are rejected and not to be skipped.
    pub fn to_store(&self, skip_rejected: bool) -> Result<Vec<&Adherence>, NotApplied> {
        if !self.rejected.is_empty() && !skip_rejected {
            let rows = self.rows.len() + self.rejected_rows();
            return Err(NotApplied { rejected: self.rejected_rows(), rows });
        }
        let changed = self.rows.iter().filter(|row| row.outcome != Outcome::Unchanged);
        Ok(changed.map(|row| &row.result).collect())
    }

    /// How many rows are rejected; one row can have several problems.
    #[must_use]
    pub fn rejected_rows(&self) -> usize {
        let mut rows: Vec<u64> = self.rejected.iter().map(|r| r.row).collect();
        rows.dedup();
        rows.len()
    }

    /// The plan as it is shown, with names in a language.
    #[must_use]
    pub fn report(&self, states: &StateRegister, language: &str, stored: Stored) -> ImportReport {
        let mut report = ImportReport {
            kind: "adherence".to_owned(),
            instrument: self.instrument.clone(),
            rows: self.rows.len() + self.rejected_rows(),
            new: Vec::new(),
            changed: Vec::new(),
            unchanged: 0,
            rejected: self.rejected.clone(),
            not_in_file: self.not_in_file.clone(),
            applied: stored != Stored::Nothing,
            skipped: if stored == Stored::WithoutRejected { self.rejected_rows() } else { 0 },
        };
        for row in &self.rows {
            let party = row.result.party;
            let name = states.name(party, language);
            match &row.outcome {
                Outcome::Unchanged => report.unchanged += 1,
                Outcome::New => report.new.push(NewRow {
                    row: row.row,
                    party,
                    name,
                    acts: row.result.acts.iter().map(ActOn::from).collect(),
                }),
                Outcome::Changed(differences) => report.changed.push(ChangedRow {
                    row: row.row,
                    party,
                    name,
                    differences: differences.clone(),
                }),
            }
        }
        report
    }
}

/// What became of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Only shown.
    Nothing,
    /// Stored.
    Everything,
    /// Stored without the rejected rows.
    WithoutRejected,
}

/// A row that is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRow {
    /// Line of the file.
    pub row: u64,
    /// The party.
    pub party: StateCode,
    /// Its name.
    pub name: String,
    /// Its acts.
    pub acts: Vec<ActOn>,
}

/// A row that differs from what is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedRow {
    /// Line of the file.
    pub row: u64,
    /// The party.
    pub party: StateCode,
    /// Its name.
    pub name: String,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// An import as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// `adherence`.
    pub kind: String,
    /// The instrument.
    pub instrument: InstrumentId,
    /// Rows of the file.
    pub rows: usize,
    /// New rows.
    pub new: Vec<NewRow>,
    /// Changed rows.
    pub changed: Vec<ChangedRow>,
    /// How many are unchanged.
    pub unchanged: usize,
    /// Rejected rows.
    pub rejected: Vec<Rejected>,
    /// Stored parties the file does not name; they stay as they are.
    pub not_in_file: Vec<StateCode>,
    /// Whether anything was stored.
    pub applied: bool,
    /// How many rejected rows were skipped knowingly.
    pub skipped: usize,
}

impl ImportReport {
    /// The report in lines for a terminal.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .new
            .iter()
            .map(|row| {
                format!(
                    "new        row {}: {} ({}): {}",
                    row.row,
                    row.name,
                    row.party,
                    acts(&row.acts)
                )
            })
            .collect();
        lines.extend(self.changed.iter().map(|row| {
            let told: Vec<String> = row.differences.iter().map(difference).collect();
            format!("changed    row {}: {} ({}): {}", row.row, row.name, row.party, told.join("; "))
        }));
        lines.extend(self.rejected.iter().map(|rejected| format!("rejected   {rejected}")));
        if !self.not_in_file.is_empty() {
            let shown: Vec<&str> =
                self.not_in_file.iter().take(SHOWN).map(StateCode::as_str).collect();
            let more = match self.not_in_file.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            lines.push(format!("kept       not in the file: {}{more}", shown.join(" ")));
        }
        let rejected = self.rows - self.new.len() - self.changed.len() - self.unchanged;
        lines.push(format!(
            "{}: {} rows: {} new, {} changed, {} unchanged, {rejected} rejected",
            self.instrument,
            self.rows,
            self.new.len(),
            self.changed.len(),
            self.unchanged
        ));
        if self.changed.len() > 2 && self.changed.len() * 2 > self.rows {
            lines.push(format!(
                "warning: most rows would change; is `{}` the instrument of this file?",
                self.instrument
            ));
        }
        let nothing_new = self.new.is_empty() && self.changed.is_empty();
        lines.push(match (self.applied, self.skipped) {
            (false, _) if rejected > 0 => {
                "nothing was stored; mend the rejected rows, or store the others with \
                 `--apply --skip-rejected`"
                    .to_owned()
            }
            (false, _) if nothing_new => "nothing new: everything is there already".to_owned(),
            (false, _) => "nothing was stored; `--apply` stores it".to_owned(),
            (true, _) if self.all_rejected() => {
                format!("nothing stored: all {rejected} rows are rejected")
            }
            (true, 0) if nothing_new => "nothing to store: everything is there already".to_owned(),
            (true, _) if nothing_new => {
                "nothing to store: the rows that are not rejected are there already".to_owned()
            }
            (true, 0) => "stored".to_owned(),
            (true, 1) => "stored without the 1 rejected row".to_owned(),
            (true, skipped) => format!("stored without the {skipped} rejected rows"),
        });
        lines.extend(self.skipped_rows());
        lines
    }

    /// Which rows were left out knowingly.
    fn skipped_rows(&self) -> Option<String> {
        let mut rows: Vec<String> =
            self.rejected.iter().map(|rejected| rejected.row.to_string()).collect();
        rows.dedup();
        let left_out = self.applied && self.skipped > 0;
        left_out.then(|| format!("skipped    rows {}", rows.join(", ")))
    }

    /// Whether the file has rows and none of them can be taken in.
    #[must_use]
    pub fn all_rejected(&self) -> bool {
        let taken = self.new.len() + self.changed.len() + self.unchanged;
        taken == 0 && !self.rejected.is_empty()
    }
}

fn acts(acts: &[ActOn]) -> String {
    if acts.is_empty() {
        return "listed without any act".to_owned();
    }
    acts.iter().map(|a| format!("{} {}", a.act, a.date)).collect::<Vec<_>>().join(", ")
}

fn difference(difference: &Difference) -> String {
    let told = |act: &Option<ActOn>| {
        act.map_or_else(|| "nothing".to_owned(), |a| format!("{} {}", a.act, a.date))
    };
    format!("{} → {}", told(&difference.before), told(&difference.after))
}
