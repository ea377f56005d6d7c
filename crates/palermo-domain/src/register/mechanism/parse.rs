//! From the text of a profile to the profile: the frame of the file, what every
//! fact carries, what is absent and why, and what must agree within one file.

use std::collections::{BTreeMap, BTreeSet};

use super::parse_members::membership;
use super::sections;
use super::{
    Composition, DatedFact, Detail, MechanismId, MechanismProfile, MemberRecord, Names, Remark,
};
use crate::money::Currency;
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

pub(super) fn checked_source(table: &Table<'_>, source: String) -> Option<String> {
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

pub(super) fn usual_confidence(table: &Table<'_>, source: &str) -> Option<Confidence> {
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

    /// A part that is one table.
    fn one<'t, T>(
        &self,
        root: &Table<'t>,
        key: &str,
        read: impl FnOnce(Table<'t>, Setting) -> Option<T>,
    ) -> Option<Stated<T>> {
        self.stated(root, key, || read(root.table(key)?, self.setting))
    }

    /// A part that is a list of tables.
    fn many<'t, T>(
        &self,
        root: &Table<'t>,
        key: &str,
        read: impl FnOnce(&Table<'t>, Setting) -> Vec<T>,
    ) -> Option<Stated<Vec<T>>> {
        self.stated(root, key, || Some(read(root, self.setting)))
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

/// What a profile says of itself before its parts.
struct Head {
    id: MechanismId,
    names: Names,
    kind: String,
    detail: Detail,
    summary: Remark,
}

fn head(root: &Table<'_>, setting: Setting) -> Option<Head> {
    let (id, names) = (id(root), names(root));
    if !root.has("founding") {
        root.problem(
            "founding",
            "no founding text is given",
            "add [[founding]] with its `type`; `none` if it has none",
        );
    }
    let (kind, detail) = (root.text("kind"), root.choice("detail"));
    let summary = root.table("summary").and_then(|table| {
        let remark = sections::remark(&table, setting);
        table.finish(&[]);
        remark
    });
    if !root.has("summary") {
        root.missing("summary", "a table with `text` and `source`");
    }
    Some(Head { id: id?, names: names?, kind: kind?, detail: detail?, summary: summary? })
}

fn assemble(root: &Table<'_>) -> Option<MechanismProfile> {
    let as_of = root.opt_date("as_of");
    if !root.has("as_of") {
        root.missing("as_of", "the date up to which the profile speaks, such as \"2010-12\"");
    }
    // Reading goes on without it, so that every other problem is told as well.
    let setting = Setting { as_of: as_of.or_else(|| PartialDate::parse("2010"))? };
    let head = head(root, setting);
    let parts = Absences::read(root, setting);
    let founded = parts.one(root, "founded", dated);
    let secretariat = parts.one(root, "secretariat", sections::secretariat);
    let persons = parts.one(root, "persons", sections::persons);
    let forms = parts.one(root, "forms", sections::forms);
    let languages = parts.one(root, "languages", sections::languages);
    let membership = parts.one(root, "membership", membership);
    let instruments = parts.many(root, "instruments", sections::instruments);
    let bodies = parts.many(root, "bodies", sections::bodies);
    let plans = parts.many(root, "plans", sections::plans);
    let duties = parts.many(root, "duties", sections::duties);
    let questionnaires = parts.many(root, "questionnaires", sections::questionnaires);
    let rules = parts.many(root, "rules", sections::rules);
    parts.finish();
    let ended = root.table("ended").and_then(|table| dated(table, setting));
    let founding = sections::founding(root, setting);
    let functions = sections::remarks(root, "functions", setting);
    let capacity = sections::remarks(root, "capacity", setting);
    let activities = sections::activities(root, setting);
    let partners = sections::partners(root, setting);
    let relations = sections::relations(root, setting);
    let statements = sections::statements(root, setting);
    let named = sections::named(root, setting);
    let map = super::map::map(root);
    let also_known_as = root.texts("also_known_as");
    let currency = currency(root);
    let Head { id, names, kind, detail, summary } = head?;
    Some(MechanismProfile {
        id,
        names,
        also_known_as,
        kind,
        detail,
        summary,
        as_of: as_of?,
        currency,
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
        map,
    })
}

fn currency(root: &Table<'_>) -> Option<Currency> {
    let text = root.opt_text("currency")?;
    let currency = text.parse::<Currency>().ok().filter(Currency::is_in_use);
    if currency.is_none() {
        root.problem(
            "currency",
            format!("`{text}` is not a currency in use"),
            "use three letters of ISO 4217, such as `EUR`",
        );
    }
    currency
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

/// What must agree within one file.
fn check_references(root: &Table<'_>, profile: &MechanismProfile) {
    if profile.detail == Detail::Named && profile.named.is_empty() {
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
    /// The mechanisms the profile refers to that `known` does not have, each
    /// with the line on which `text`, the file it was read from, names it.
    #[must_use]
    pub fn unknown_mechanisms(
        &self,
        text: &str,
        known: impl Fn(&MechanismId) -> bool,
    ) -> Vec<Problem> {
        let union = match self.membership.given().map(|m| &m.composition) {
            Some(Composition::UnionOf(union)) => union.as_slice(),
            _ => &[],
        };
        let related = self.relations.iter().map(|relation| &relation.to);
        let missing: BTreeSet<&MechanismId> =
            union.iter().chain(related).filter(|id| **id != self.id && !known(id)).collect();
        let log = Log::new(text);
        for id in missing {
            log.add(
                text.find(&format!("\"{id}\"")).unwrap_or_default(),
                "",
                format!("no profile describes `{id}`"),
                "correct the id, or add its profile first",
            );
        }
        log.into_problems()
    }

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
