//! What an import of adherence would change: new, changed, unchanged and
//! rejected rows. Nothing is guessed and nothing is deleted.

use super::{
    adherence::{Act, Adherence, DatedAct},
    day::Day,
    state::StateCode,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// A row that cannot be taken in, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rejected {
    /// The line of the file on which the row begins, counted from 1.
    pub row: u64,
    /// The column, as the file names it.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What is wrong with it.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, {}: {}; {}", self.row, self.field, self.problem, self.remedy)
    }
}

/// A row that was read, with the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    /// The line of the file, counted from 1.
    pub row: u64,
    /// What it says.
    pub adherence: Adherence,
}

/// One act that would be added, removed or dated differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The act in the register, if any.
    pub before: Option<ActOn>,
    /// The act in the file, if any.
    pub after: Option<ActOn>,
}

/// An act and its day, for a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActOn {
    /// The act.
    pub act: Act,
    /// Its day.
    pub date: Day,
}

impl From<&DatedAct> for ActOn {
    fn from(act: &DatedAct) -> Self {
        Self { act: act.act, date: act.date }
    }
}

/// What a row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The register has nothing on this party and instrument.
    New,
    /// The register says otherwise.
    Changed(Vec<Difference>),
    /// The register says the same.
    Unchanged,
}

/// A row with what it would do and what the register would then hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The line of the file, counted from 1.
    pub row: u64,
    /// What it would do.
    pub outcome: Outcome,
    /// What the register would hold.
    pub result: Adherence,
}

/// Lays rows beside what the register holds about one instrument. Acts a
/// status list cannot tell (withdrawals, reservations, declarations, what came
/// before a withdrawal, and what was typed from a later source) are kept.
#[must_use]
pub fn compare(existing: &[Adherence], rows: Vec<ReadRow>) -> Vec<Compared> {
    let known: BTreeMap<StateCode, &Adherence> = existing.iter().map(|a| (a.party, a)).collect();
    rows.into_iter()
        .map(|ReadRow { row, adherence }| match known.get(&adherence.party) {
            None => Compared { row, outcome: Outcome::New, result: adherence },
            Some(before) => {
                let result = merged(before, adherence);
                let differences = differences(&before.acts, &result.acts);
                let same =
                    differences.is_empty() && before.entry_into_force == result.entry_into_force;
                let outcome = if same { Outcome::Unchanged } else { Outcome::Changed(differences) };
                let result = if same { (*before).clone() } else { result };
                Compared { row, outcome, result }
            }
        })
        .collect()
}

fn merged(before: &Adherence, mut read: Adherence) -> Adherence {
    // An act typed by hand keeps its own source where the list says the same.
    for act in &mut read.acts {
        if let Some(known) = before.acts.iter().find(|known| known.says_the_same(act)) {
            act.clone_from(known);
        }
    }
    let left = before.acts.iter().filter(|a| a.act == Act::Withdrawal).map(|a| a.date).max();
    let (listed, as_of): (Vec<Act>, _) = (read.acts.iter().map(|a| a.act).collect(), read.as_of);
    // Typed by hand from a source that speaks of a later day than the list does.
    let later = |a: &DatedAct| a.as_of.is_some_and(|at| at > as_of) && !listed.contains(&a.act);
    let kept = before.acts.iter().filter(|a| {
        matches!(a.act, Act::Withdrawal | Act::Reservation | Act::Declaration)
            || left.is_some_and(|left| a.date <= left)
            || later(a)
    });
    for act in kept {
        if !read.acts.contains(act) {
            read.acts.push(act.clone());
        }
    }
    read.acts.sort();
    read.entry_into_force = read.entry_into_force.or(before.entry_into_force);
    read
}

/// Pairs what was removed with what was added, signatures with signatures.
fn differences(before: &[DatedAct], after: &[DatedAct]) -> Vec<Difference> {
    let mut gone: Vec<&DatedAct> = before.iter().filter(|a| !after.contains(a)).collect();
    let mut differences = Vec::new();
    for act in after.iter().filter(|a| !before.contains(a)) {
        let replaced = gone.iter().position(|g| g.act.signs() == act.act.signs());
        let before = replaced.map(|at| ActOn::from(gone.remove(at)));
        differences.push(Difference { before, after: Some(act.into()) });
    }
    differences
        .extend(gone.into_iter().map(|g| Difference { before: Some(g.into()), after: None }));
    differences
}

/// Rejects rows that name the same party: a repetition where the rows agree,
/// all of them where they do not, because which one holds cannot be guessed.
/// `field` is the column of names, `names` what each row wrote there.
pub fn reject_repeated(
    rows: Vec<(ReadRow, String)>,
    field: &str,
    rejected: &mut Vec<Rejected>,
) -> Vec<ReadRow> {
    let mut by_party: BTreeMap<StateCode, Vec<usize>> = BTreeMap::new();
    for (at, (row, _)) in rows.iter().enumerate() {
        by_party.entry(row.adherence.party).or_default().push(at);
    }
    let mut kept = Vec::new();
    for (at, (row, name)) in rows.iter().enumerate() {
        let same = by_party.get(&row.adherence.party).map_or(&[][..], Vec::as_slice);
        let twins = || same.iter().filter_map(|other| rows.get(*other)).map(|(r, _)| r);
        let agree = twins().all(|r| r.adherence.acts == row.adherence.acts);
        let first = same.first() == Some(&at);
        if same.len() == 1 || (agree && first) {
            kept.push(row.clone());
            continue;
        }
        let others: Vec<String> =
            twins().filter(|r| r.row != row.row).map(|r| r.row.to_string()).collect();
        let (problem, remedy) = if agree {
            ("repeats what row", "remove one of them")
        } else {
            ("contradicts row", "keep the one that is right")
        };
        rejected.push(Rejected {
            row: row.row,
            field: field.to_owned(),
            value: name.clone(),
            problem: format!("`{name}` {problem} {} says", others.join(", ")),
            remedy: remedy.to_owned(),
        });
    }
    kept
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn did(party: &str, acts: &[(Act, &str)]) -> Adherence {
        Adherence {
            instrument: "tip-protocol".parse().unwrap(),
            party: party.parse().unwrap(),
            acts: acts.iter().map(|(act, date)| DatedAct::new(*act, day(date))).collect(),
            entry_into_force: None,
            source: "a list".to_owned(),
            as_of: "2015-03".parse().unwrap(),
        }
    }

    fn row(row: u64, adherence: Adherence) -> ReadRow {
        ReadRow { row, adherence }
    }

    #[test]
    fn the_same_rows_twice_are_unchanged_even_from_a_newer_list() {
        let existing = [did("XAA", &[(Act::Accession, "2002-08-21")]), did("XDD", &[])];
        let mut newer = existing.clone();
        newer[0].as_of = "2016-01".parse().unwrap();
        let compared = compare(&existing, newer.into_iter().map(|a| row(2, a)).collect());
        assert!(compared.iter().all(|c| c.outcome == Outcome::Unchanged));
        assert_eq!(compared[0].result.as_of.to_string(), "2015-03");
    }

    #[test]
    fn a_signatory_that_ratified_is_a_change_that_adds_one_act() {
        let existing = [did("XAA", &[(Act::Signature, "2000-12-12")])];
        let read = did("XAA", &[(Act::Signature, "2000-12-12"), (Act::Ratification, "2009-01-01")]);
        let compared = compare(&existing, vec![row(2, read)]);
        let after = ActOn { act: Act::Ratification, date: day("2009-01-01") };
        let expected = Difference { before: None, after: Some(after) };
        assert_eq!(compared[0].outcome, Outcome::Changed(vec![expected]));
    }

    #[test]
    fn a_corrected_date_shows_before_and_after() {
        let existing = [did("XAA", &[(Act::Accession, "2009-01-01")])];
        let compared =
            compare(&existing, vec![row(2, did("XAA", &[(Act::Accession, "2009-01-10")]))]);
        let Outcome::Changed(differences) = &compared[0].outcome else { panic!("no change") };
        assert_eq!(differences[0].before.unwrap().date, day("2009-01-01"));
        assert_eq!(differences[0].after.unwrap().date, day("2009-01-10"));
    }

    #[test]
    fn a_reservation_and_a_withdrawal_survive_an_import() {
        let mut before = did(
            "XAA",
            &[
                (Act::Ratification, "2002-01-01"),
                (Act::Withdrawal, "2005-01-01"),
                (Act::Accession, "2008-01-01"),
            ],
        );
        before.acts.push(DatedAct::new(Act::Reservation, day("2008-01-01")));
        before.acts.sort();
        let read = did("XAA", &[(Act::Accession, "2008-01-01")]);
        let compared = compare(std::slice::from_ref(&before), vec![row(2, read)]);
        assert_eq!(compared[0].outcome, Outcome::Unchanged);
        assert_eq!(compared[0].result, before);
    }

    #[test]
    fn an_act_typed_by_hand_keeps_its_source_when_a_list_says_the_same() {
        let mut before = did("XAA", &[(Act::Accession, "2009-01-01")]);
        before.acts[0].source = Some("notice 12".to_owned());
        let read = did("XAA", &[(Act::Accession, "2009-01-01")]);
        let compared = compare(std::slice::from_ref(&before), vec![row(2, read)]);
        assert_eq!(compared[0].outcome, Outcome::Unchanged);
        assert_eq!(compared[0].result.acts[0].source.as_deref(), Some("notice 12"));
    }

    #[test]
    fn an_act_typed_from_a_later_source_outlives_an_older_list_and_no_newer_one() {
        let mut before = did("XAA", &[(Act::Signature, "2000-12-12")]);
        let mut typed = DatedAct::new(Act::Ratification, day("2015-05-01"));
        typed.source = Some("notice 12".to_owned());
        typed.as_of = Some("2015-05".parse().unwrap());
        before.acts.push(typed);
        let read = did("XAA", &[(Act::Signature, "2000-12-12")]);
        let compared = compare(std::slice::from_ref(&before), vec![row(2, read.clone())]);
        assert_eq!(compared[0].outcome, Outcome::Unchanged);
        let newer = Adherence { as_of: "2016-01".parse().unwrap(), ..read };
        let compared = compare(std::slice::from_ref(&before), vec![row(2, newer)]);
        assert!(matches!(compared[0].outcome, Outcome::Changed(_)));
    }

    #[test]
    fn a_repeated_row_is_rejected_and_contradicting_rows_are_all_rejected() {
        let named = |r: u64, a: Adherence| (row(r, a), "Avelmar".to_owned());
        let mut rejected = Vec::new();
        let same = did("XAA", &[(Act::Accession, "2002-08-21")]);
        let kept = reject_repeated(
            vec![named(2, same.clone()), named(9, same.clone())],
            "Participant",
            &mut rejected,
        );
        assert_eq!(kept.len(), 1);
        assert_eq!(
            rejected[0].to_string(),
            "row 9, Participant: `Avelmar` repeats what row 2 says; remove one of them"
        );

        rejected.clear();
        let other = did("XAA", &[(Act::Accession, "2003-08-21")]);
        let kept =
            reject_repeated(vec![named(2, same), named(9, other)], "Participant", &mut rejected);
        assert!(kept.is_empty());
        assert_eq!(rejected.len(), 2);
    }
}
