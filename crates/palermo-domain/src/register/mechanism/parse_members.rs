//! Who belongs, as a profile writes it: State by State, as a union of other
//! mechanisms, or as the parties to an instrument.

use std::collections::BTreeSet;

use super::parse::{Setting, checked_source, provenance, usual_confidence};
use super::{Composition, MechanismId, MemberRecord, MemberStatus, Membership};
use crate::register::document::Table;
use crate::register::provenance::Provenance;

pub(super) fn membership(table: Table<'_>, setting: Setting) -> Option<Membership> {
    let own = provenance(&table, setting);
    let mut counts = table.choices("counts");
    if counts.is_empty() {
        counts = MemberStatus::COUNTED.to_vec();
    }
    let composition = composition(&table, own.as_ref());
    table.finish(&[]);
    Some(Membership { composition: composition?, counts, provenance: own? })
}

fn composition(table: &Table<'_>, own: Option<&Provenance>) -> Option<Composition> {
    let records = member_records(table, own);
    let union = union_of(table);
    let parties = table.opt_text("parties_to");
    let given =
        [table.has("states") || table.has("records"), table.has("union_of"), parties.is_some()];
    match (given.iter().filter(|g| **g).count(), parties) {
        (1, Some(instrument)) => Some(Composition::PartiesTo(instrument)),
        (1, None) if table.has("union_of") => Some(Composition::UnionOf(union)),
        (1, None) => Some(Composition::Records(records)),
        _ => {
            table.problem(
                "",
                "who belongs is not said in exactly one way",
                "give `states` and `records`, or `union_of`, or `parties_to`",
            );
            None
        }
    }
}

fn union_of(table: &Table<'_>) -> Vec<MechanismId> {
    let mut union = Vec::new();
    for text in table.texts("union_of") {
        match MechanismId::parse(&text) {
            Some(id) => union.push(id),
            None => table.problem(
                "union_of",
                format!("`{text}` is not an id"),
                "name mechanisms by their id",
            ),
        }
    }
    union
}

fn member_records(table: &Table<'_>, own: Option<&Provenance>) -> Vec<MemberRecord> {
    let status = table.opt_choice("status").unwrap_or(MemberStatus::Member);
    let from = table.opt_date("from");
    let mut records = Vec::new();
    for state in table.texts("states") {
        if is_state(table, "states", &state)
            && let Some(own) = own
        {
            // What is said of the list as a whole is not a remark on one State.
            let provenance = Provenance { note: None, ..own.clone() };
            records.push(MemberRecord { state, status, from, to: None, provenance });
        }
    }
    for row in table.tables("records") {
        let record = member_record(&row, status, own);
        if let Some(record) = &record {
            check_period(&row, record, &records);
        }
        row.finish(&[]);
        records.extend(record);
    }
    check_once(table, &records);
    records
}

fn member_record(
    row: &Table<'_>,
    status: MemberStatus,
    own: Option<&Provenance>,
) -> Option<MemberRecord> {
    let state = row.text("state").filter(|state| is_state(row, "state", state));
    let status = row.opt_choice("status").unwrap_or(status);
    let (from, to) = (row.opt_date("from"), row.opt_date("to"));
    let source = row.opt_text("source").and_then(|source| checked_source(row, source));
    let confidence = row.opt_choice("confidence");
    let as_of = row.opt_date("as_of");
    let (note, disputed) = (row.opt_text("note"), row.opt_text("disputed"));
    let own = own?;
    let confidence = match (&source, confidence) {
        (_, Some(confidence)) => confidence,
        (Some(source), None) => usual_confidence(row, source)?,
        (None, None) => own.confidence,
    };
    let provenance = Provenance {
        source: source.unwrap_or_else(|| own.source.clone()),
        as_of: as_of.unwrap_or(own.as_of),
        confidence,
        note,
        disputed,
    };
    Some(MemberRecord { state: state?, status, from, to, provenance })
}

fn is_state(table: &Table<'_>, key: &str, code: &str) -> bool {
    let good = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if !good {
        table.problem(
            key,
            format!("`{code}` is not a State's code"),
            "use the three capitals of ISO 3166, such as `BEN`",
        );
    }
    good
}

fn check_period(row: &Table<'_>, record: &MemberRecord, before: &[MemberRecord]) {
    if let (Some(from), Some(to)) = (record.from, record.to)
        && to.last_day() < from.first_day()
    {
        row.problem(
            "to",
            format!("it ends in {to}, before it begins in {from}"),
            "correct one of the two",
        );
    }
    let last = before.iter().rev().find(|other| other.state == record.state);
    let Some(last) = last else { return };
    let follows = match (last.to, record.from) {
        (Some(to), Some(from)) => to.first_day() <= from.last_day(),
        _ => false,
    };
    if !follows {
        row.problem(
            "state",
            format!("`{}` already belongs at that time", record.state),
            "give the earlier record an end and this one a later beginning",
        );
    }
}

fn check_once(table: &Table<'_>, records: &[MemberRecord]) {
    let mut seen = BTreeSet::new();
    for record in records.iter().filter(|r| r.from.is_none() && r.to.is_none()) {
        if !seen.insert(&record.state) {
            table.problem("states", format!("`{}` is listed twice", record.state), "remove one");
        }
    }
}
