//! From the text of a profile to the profile: the frame of the file, what every
//! fact carries, what is absent and why, and what must agree within one file.

use std::collections::{BTreeMap, BTreeSet};

use super::sections;
use super::{
    Composition, DatedFact, MechanismId, MechanismProfile, MemberRecord, MemberStatus, Membership,
    Names,
};
use crate::register::day::Day;
use crate::register::document::{Log, Problem, Table, read};
use crate::register::provenance::{Confidence, PartialDate, Provenance, Stated, check_source};

/// The parts a profile must give, or say why it does not.
const SECTIONS: [&str; 12] = [
    "founded",
    "secretariat",
    "persons",
    "forms",
    "membership",
    "instruments",
    "bodies",
    "plans",
    "duties",
    "questionnaires",
    "languages",
    "rules",
];

impl MechanismProfile {
    /// Reads a profile.
    ///
    /// # Errors
    /// Every problem in the file, in the order of its lines.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let log = Log::new(text);
        let cells = read(text, &log);
        let root = Table::root(&log, &cells);
        let profile = assemble(&root);
        if let Some(profile) = &profile {
            check_references(&root, profile);
        }
        root.finish(&[]);
        let problems = log.into_problems();
        match profile {
            Some(profile) if problems.is_empty() => Ok(profile),
            _ => Err(problems),
        }
    }
}

/// The date up to which facts without one of their own speak.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    as_of: PartialDate,
}

/// Reads a list of tables, each with `read`, reporting fields nobody reads.
pub(super) fn list<T>(
    table: &Table<'_>,
    key: &str,
    setting: Setting,
    read: impl Fn(&Table<'_>, Setting) -> Option<T>,
) -> Vec<T> {
    let mut items = Vec::new();
    for item in table.tables(key) {
        items.extend(read(&item, setting));
        item.finish(&[]);
    }
    items
}

/// Reads where a fact comes from. General knowledge must say how sure it is.
pub(super) fn provenance(table: &Table<'_>, setting: Setting) -> Option<Provenance> {
    let source = table.text("source");
    let as_of = table.opt_date("as_of").unwrap_or(setting.as_of);
    let confidence = table.opt_choice("confidence");
    let note = table.opt_text("note");
    let disputed = table.opt_text("disputed");
    let source = checked_source(table, source?)?;
    let confidence = confidence.or_else(|| usual_confidence(table, &source))?;
    Some(Provenance { source, as_of, confidence, note, disputed })
}

fn checked_source(table: &Table<'_>, source: String) -> Option<String> {
    match check_source(&source) {
        Ok(()) => Some(source),
        Err(message) => {
            let remedy =
                "name the document and the place, such as `S1:177` or `GK` for general knowledge";
            table.problem("source", message, remedy);
            None
        }
    }
}

fn usual_confidence(table: &Table<'_>, source: &str) -> Option<Confidence> {
    if source.split("; ").any(|place| place != "GK") {
        return Some(Confidence::Stated);
    }
    table.problem(
        "confidence",
        "general knowledge does not say how sure it is",
        "add `confidence = \"high\"`, `\"medium\"` or `\"low\"`",
    );
    None
}

/// What the file says is not there or not known.
struct Absences<'d> {
    none: Option<Table<'d>>,
    unknown: Option<Table<'d>>,
    setting: Setting,
}

impl<'d> Absences<'d> {
    fn read(root: &Table<'d>, setting: Setting) -> Self {
        Self { none: root.table("none"), unknown: root.table("unknown"), setting }
    }

    /// A part that is given, or denied by a source, or unknown with a reason;
    /// exactly one of the three.
    fn stated<T>(
        &self,
        root: &Table<'_>,
        key: &str,
        given: impl FnOnce() -> Option<T>,
    ) -> Option<Stated<T>> {
        let none = self.none.as_ref().filter(|table| table.has(key));
        let unknown = self.unknown.as_ref().filter(|table| table.has(key));
        match (root.has(key), none, unknown) {
            (true, None, None) => given().map(Stated::Given),
            (false, Some(none), None) => self.denied(none, key),
            (false, None, Some(unknown)) => unknown.text(key).map(|why| Stated::Unknown { why }),
            (false, None, None) => {
                root.problem(
                    key,
                    format!("`{key}` is neither given nor explained"),
                    format!(
                        "give `{key}`, or write in [unknown] why it is not known, or in [none] which source says there is none"
                    ),
                );
                None
            }
            _ => {
                root.problem(
                    key,
                    format!("`{key}` is both given and said to be absent, or absent twice"),
                    format!("keep one of `{key}`, `none.{key}` and `unknown.{key}`"),
                );
                root.skip(key);
                for table in [none, unknown].into_iter().flatten() {
                    table.skip(key);
                }
                None
            }
        }
    }

    fn denied<T>(&self, none: &Table<'_>, key: &str) -> Option<Stated<T>> {
        let cell = none.table(key)?;
        let why = cell.text("why");
        let provenance = provenance(&cell, self.setting);
        cell.finish(&[]);
        Some(Stated::None { why: why?, provenance: provenance? })
    }

    fn finish(self) {
        for table in [self.none, self.unknown].into_iter().flatten() {
            table.finish(&SECTIONS);
        }
    }
}

fn assemble(root: &Table<'_>) -> Option<MechanismProfile> {
    let id = id(root);
    let names = names(root);
    let kind = root.text("kind");
    let detail = root.choice("detail");
    let as_of = root.opt_date("as_of");
    if !root.has("as_of") {
        root.missing("as_of", "the date up to which the profile speaks, such as \"2010-12\"");
    }
    // Reading goes on without it, so that every other problem is told as well.
    let setting = Setting { as_of: as_of.or_else(|| PartialDate::parse("2010"))? };
    let absences = Absences::read(root, setting);
    let summary = root.table("summary").and_then(|table| {
        let remark = sections::remark(&table, setting);
        table.finish(&[]);
        remark
    });
    if !root.has("summary") {
        root.missing("summary", "a table with `text` and `source`");
    }
    let founding = sections::founding(root, setting);
    let ended = root.table("ended").and_then(|table| dated(table, setting));
    let one = |key: &str| root.table(key);
    let founded = absences.stated(root, "founded", || dated(one("founded")?, setting));
    let secretariat = absences
        .stated(root, "secretariat", || sections::secretariat(one("secretariat")?, setting));
    let persons = absences.stated(root, "persons", || sections::persons(one("persons")?, setting));
    let forms = absences.stated(root, "forms", || sections::forms(one("forms")?, setting));
    let membership =
        absences.stated(root, "membership", || membership(one("membership")?, setting));
    let instruments =
        absences.stated(root, "instruments", || Some(sections::instruments(root, setting)));
    let bodies = absences.stated(root, "bodies", || Some(sections::bodies(root, setting)));
    let plans = absences.stated(root, "plans", || Some(sections::plans(root, setting)));
    let duties = absences.stated(root, "duties", || Some(sections::duties(root, setting)));
    let questionnaires =
        absences.stated(root, "questionnaires", || Some(sections::questionnaires(root, setting)));
    let languages =
        absences.stated(root, "languages", || sections::languages(one("languages")?, setting));
    let rules = absences.stated(root, "rules", || Some(sections::rules(root, setting)));
    absences.finish();
    let (functions, capacity) = (
        sections::remarks(root, "functions", setting),
        sections::remarks(root, "capacity", setting),
    );
    let (activities, partners) =
        (sections::activities(root, setting), sections::partners(root, setting));
    let (relations, statements) =
        (sections::relations(root, setting), sections::statements(root, setting));
    let (named, also_known_as) = (sections::named(root, setting), root.texts("also_known_as"));
    Some(MechanismProfile {
        id: id?,
        names: names?,
        also_known_as,
        kind: kind?,
        detail: detail?,
        summary: summary?,
        as_of: as_of?,
        founding,
        founded: founded?,
        ended,
        secretariat: secretariat?,
        persons: persons?,
        forms: forms?,
        membership: membership?,
        instruments: instruments?,
        bodies: bodies?,
        plans: plans?,
        duties: duties?,
        questionnaires: questionnaires?,
        languages: languages?,
        rules: rules?,
        functions,
        capacity,
        activities,
        partners,
        relations,
        statements,
        named,
    })
}

fn id(root: &Table<'_>) -> Option<MechanismId> {
    let text = root.text("id")?;
    let id = MechanismId::parse(&text);
    if id.is_none() {
        root.problem(
            "id",
            format!("`{text}` is not an id"),
            "use capitals, digits, `.` and `-`, such as `ECOWAS-ECCAS`",
        );
    }
    id
}

fn names(root: &Table<'_>) -> Option<Names> {
    let Some(table) = root.table("names") else {
        if !root.has("names") {
            root.missing("names", "a table with at least `en`");
        }
        return None;
    };
    let en = table.text("en");
    let mut others = BTreeMap::new();
    for key in table.keys() {
        let is_language =
            (2..=3).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase());
        if key != "en" && is_language {
            others.extend(table.opt_text(&key).map(|name| (key, name)));
        }
    }
    table.finish(&["en", "fr", "es", "ar", "pt", "ru"]);
    Some(Names { en: en?, others })
}

fn dated(table: Table<'_>, setting: Setting) -> Option<DatedFact> {
    let date = table.opt_date("date");
    if !table.has("date") {
        table.missing("date", "a year or a date");
    }
    let provenance = provenance(&table, setting);
    table.finish(&[]);
    Some(DatedFact { date: date?, provenance: provenance? })
}

fn membership(table: Table<'_>, setting: Setting) -> Option<Membership> {
    let own = provenance(&table, setting);
    let mut counts = table.choices("counts");
    if counts.is_empty() {
        counts = vec![
            MemberStatus::Member,
            MemberStatus::Participant,
            MemberStatus::ContractingParty,
            MemberStatus::Suspended,
            MemberStatus::Inactive,
        ];
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

/// What must agree within one file.
fn check_references(root: &Table<'_>, profile: &MechanismProfile) {
    if !root.has("founding") {
        root.problem(
            "founding",
            "no founding text is given",
            "add [[founding]] with its `type`; `none` if it has none",
        );
    }
    if profile.detail == super::Detail::Named && profile.named.is_empty() {
        root.problem("named", "a file of names lists none", "add `named`, or change `detail`");
    }
    let bodies = written_ids(root, "bodies");
    for body in profile.bodies.items() {
        for other in body.reports_to.iter().chain(&body.sees_reports_of) {
            // A body may answer to one of another mechanism, written `ID/body`.
            if !other.contains('/') && !bodies.contains(other) {
                root.problem(
                    "bodies",
                    format!("`{}` refers to a body `{other}` that is not listed", body.id),
                    "list it or correct the id",
                );
            }
        }
    }
    let plans = written_ids(root, "plans");
    for plan in profile.plans.items() {
        if let Some(before) =
            plan.predecessor.as_deref().filter(|id| !id.contains('/') && !plans.contains(*id))
        {
            root.problem(
                "plans",
                format!("`{}` follows a plan `{before}` that is not listed", plan.id),
                "list it or correct the id",
            );
        }
    }
    check_disputes(root, profile);
}

/// The ids in a list as they are written, those of faulty entries included, so
/// that one mistake does not bring a second message.
fn written_ids(root: &Table<'_>, key: &str) -> BTreeSet<String> {
    root.tables(key).iter().filter_map(|entry| entry.opt_text("id")).collect()
}

fn check_disputes(root: &Table<'_>, profile: &MechanismProfile) {
    let known = written_ids(root, "statements");
    let sourced: [Vec<&Provenance>; 6] = [
        profile.instruments.items().iter().map(|i| &i.provenance).collect(),
        profile.bodies.items().iter().map(|b| &b.provenance).collect(),
        profile.plans.items().iter().map(|p| &p.provenance).collect(),
        profile.duties.items().iter().map(|d| &d.provenance).collect(),
        profile.founding.iter().map(|f| &f.provenance).collect(),
        profile.member_records().iter().map(|m| &m.provenance).collect(),
    ];
    for disputed in sourced.iter().flatten().filter_map(|p| p.disputed.as_deref()) {
        if !known.contains(disputed) {
            root.problem(
                "statements",
                format!("a fact is `disputed` by `{disputed}`, which no statement has as id"),
                "add the statement or correct the id",
            );
        }
    }
}

impl MechanismProfile {
    /// The last day the profile speaks of; lists without a date use it.
    #[must_use]
    pub fn as_of_day(&self) -> Day {
        self.as_of.last_day()
    }

    /// The records of membership; empty when members are not listed one by one.
    #[must_use]
    pub fn member_records(&self) -> &[MemberRecord] {
        match self.membership.given().map(|m| &m.composition) {
            Some(Composition::Records(records)) => records,
            _ => &[],
        }
    }
}

impl MechanismProfile {
    /// The codes in the profile that are no State's, each with the line on
    /// which `text`, the file it was read from, first has it.
    #[must_use]
    pub fn unknown_states(&self, text: &str, known: impl Fn(&str) -> bool) -> Vec<Problem> {
        let members = self.member_records().iter().map(|record| record.state.as_str());
        let joined =
            self.activities.iter().flat_map(|a| a.joined.items()).map(|j| j.state.as_str());
        let codes: BTreeSet<&str> = members.chain(joined).filter(|code| !known(code)).collect();
        let log = Log::new(text);
        for code in codes {
            log.add(
                text.find(&format!("\"{code}\"")).unwrap_or_default(),
                "membership",
                format!("`{code}` is no code of a State that Palermo knows"),
                "correct it, or add the State to content/states",
            );
        }
        log.into_problems()
    }
}
