//! National law and obstacles to ratification as sheets: one entry a row. A row
//! means one's own entry about the same from the same source, or of the same
//! day; what it said before is kept, as when it is corrected by hand.

use super::{
    How, Importer, Line, Row, SheetReport, Table, begin_import, differing, finish_import, house,
    not_a_code, sheet, table,
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::Resource,
    acting::Beginning,
    register::{
        Entry, EntryKind, OwnEntry, Registers, entries_of_tenant, law_problems, own_entries,
        report_problem,
    },
};
use palermo_domain::{
    id::{Id, LawEntryId, ObstacleReportId, TenantId},
    register::{
        adherence::Adherence,
        day::Day,
        instrument::InstrumentId,
        law::{LawEntry, Provided},
        provenance::{Confidence, PartialDate, Provenance},
        ratification::{Obstacle, RatificationReport, Stage},
        state::{NameUnresolved, StateCode},
        topic::Topic,
    },
};
use palermo_standards::sheet::Sheet;
use palermo_store::{
    Act, Db,
    register::{adherence, law, obstacle, past},
};

/// Columns of a sheet on law; the first four say which entry a row means.
const LAW: [&str; 10] =
    ["state", "topic", "provided", "source", "law", "article", "words", "days", "as_of", "note"];
const LAW_NEEDED: [&str; 4] = ["state", "topic", "provided", "source"];
/// Columns of a sheet of obstacles.
const OBSTACLES: [&str; 8] =
    ["state", "instrument", "reported", "source", "stage", "obstacles", "words", "help_wanted"];
const OBSTACLES_NEEDED: [&str; 4] = ["state", "instrument", "reported", "source"];

/// Which entry a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Law(StateCode, Topic, String),
    Obstacle(StateCode, InstrumentId, Day),
}

impl Key {
    fn of(entry: &Entry) -> Option<Self> {
        match entry {
            Entry::Law(one) => Some(Self::Law(one.state, one.topic, one.provenance.source.clone())),
            Entry::Obstacle(one) => {
                Some(Self::Obstacle(one.state, one.instrument.clone(), one.reported))
            }
            Entry::Use(_) | Entry::Statement(_) => None,
        }
    }
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

/// An entry as the cells of its row.
fn cells(entry: &Entry) -> Vec<(&'static str, String)> {
    match entry {
        Entry::Law(one) => vec![
            ("state", one.state.to_string()),
            ("topic", one.topic.to_string()),
            ("provided", one.provided.to_string()),
            ("source", one.provenance.source.clone()),
            ("law", text(one.law.as_ref())),
            ("article", text(one.article.as_ref())),
            ("words", text(one.words.as_ref())),
            ("days", one.days.map(|days| days.to_string()).unwrap_or_default()),
            ("as_of", one.provenance.as_of.to_string()),
            ("note", text(one.provenance.note.as_ref())),
        ],
        Entry::Obstacle(one) => {
            let kinds: Vec<&str> = one.obstacles.iter().map(|kind| kind.code()).collect();
            vec![
                ("state", one.state.to_string()),
                ("instrument", one.instrument.to_string()),
                ("reported", one.reported.to_string()),
                ("source", one.source.clone()),
                ("stage", one.stage.map(|stage| stage.to_string()).unwrap_or_default()),
                ("obstacles", kinds.join(", ")),
                ("words", text(one.words.as_ref())),
                ("help_wanted", text(one.help_wanted.as_ref())),
            ]
        }
        Entry::Use(_) | Entry::Statement(_) => Vec::new(),
    }
}

/// What rows are read against.
struct Basis<'a> {
    kind: EntryKind,
    registers: &'a Registers,
    own: Vec<OwnEntry>,
    adherence: Vec<Adherence>,
    today: Day,
    /// The member of staff whose rights count for each row; the operator has all.
    member: Option<&'a Acting<'a>>,
}

/// A row, with what is stored where it has no such column.
struct Cells<'r> {
    row: &'r Row,
    stored: Vec<(&'static str, String)>,
}

impl Cells<'_> {
    fn get(&self, column: &str) -> String {
        let stored = || self.stored.iter().find(|(name, _)| *name == column);
        match self.row.get(column) {
            Some(typed) => typed.trim().to_owned(),
            None => stored().map(|(_, text)| text.clone()).unwrap_or_default(),
        }
    }

    fn optional(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty())
    }

    /// One word of a closed list; a problem that names them where it is none.
    fn word<T: Copy>(
        &self,
        column: &str,
        all: &[T],
        code: fn(T) -> &'static str,
        problems: &mut Problems,
    ) -> Option<T> {
        let typed = self.get(column);
        let found = all.iter().copied().find(|one| code(*one) == typed);
        if found.is_none() {
            let codes: Vec<&str> = all.iter().map(|one| code(*one)).collect();
            problems.add(column, not_a_code(&typed, &codes));
        }
        found
    }
}

/// A State by its code or any of its names.
fn state(basis: &Basis<'_>, typed: &str, problems: &mut Problems) -> Option<StateCode> {
    let states = &basis.registers.states;
    let coded = typed.parse().ok().filter(|code| states.get(*code).is_some());
    let found = match coded.map_or_else(|| states.resolve(typed, None), Ok) {
        Ok(code) => code,
        Err(NameUnresolved::Unknown { name, nearest }) => {
            problems.add(
                "state",
                match nearest.first() {
                    Some((near, _)) => {
                        Message::new("error-party-near").with("name", name).with("near", near)
                    }
                    None => Message::new("error-party-unknown").with("name", name),
                },
            );
            return None;
        }
        Err(NameUnresolved::Ambiguous { name, .. }) => {
            problems.add("state", Message::new("error-party-several").with("name", name));
            return None;
        }
    };
    let of_state = Resource::region().in_state(Some(found.as_str()));
    let may = basis.member.is_none_or(|acting| acting.may(basis.kind.action(), &of_state).allowed);
    if !may {
        problems.add("state", Message::new("error-entry-own-state"));
    }
    may.then_some(found)
}

/// Which entry a row means; nothing where a problem was noted.
fn key(basis: &Basis<'_>, row: &Cells<'_>, problems: &mut Problems) -> Option<Key> {
    let of = state(basis, &row.get("state"), problems);
    let source = problems.required("source", &row.get("source"), 500);
    if basis.kind == EntryKind::Law {
        let topics: Vec<Topic> = Topic::OF_NATIONAL_LAW.iter().map(|(topic, _)| *topic).collect();
        let topic = row.word("topic", &topics, Topic::code, problems);
        return Some(Key::Law(of?, topic?, source));
    }
    let typed = row.get("instrument");
    let known = basis.registers.instruments.get(&typed).map(|one| one.id.clone());
    if known.is_none() {
        let message = Message::new("error-unknown-instrument").with("id", &typed);
        problems.add("instrument", message);
    }
    let reported: Option<Day> = row.get("reported").parse().ok();
    if reported.is_none_or(|day| day > basis.today) {
        let message = Message::new("error-no-such-date").with("date", row.get("reported"));
        problems.add("reported", message);
    }
    Some(Key::Obstacle(of?, known?, reported.filter(|day| *day <= basis.today)?))
}

fn law_entry(
    basis: &Basis<'_>,
    (state, topic, source): (StateCode, Topic, String),
    row: &Cells<'_>,
    problems: &mut Problems,
) -> Option<Entry> {
    let provided = row.word("provided", Provided::ALL, Provided::code, problems);
    let typed = row.get("days");
    let days = typed.parse::<u32>().ok().filter(|days| (1..=1_000).contains(days));
    if days.is_none() && !typed.is_empty() {
        problems.add("days", Message::new("error-days").with("longest", 1_000));
    }
    let as_of = PartialDate::parse(&row.get("as_of"));
    match as_of {
        None => problems.add("as_of", Message::new("error-partial-date")),
        Some(as_of) if as_of.is_after(basis.today) => {
            let message = Message::new("error-as-of-later");
            problems.add("as_of", message.with("typed", as_of).with("today", basis.today));
        }
        Some(_) => {}
    }
    let note = row.optional("note");
    let (law, article, words) =
        (row.optional("law"), row.optional("article"), row.optional("words"));
    let confidence = Confidence::Stated;
    let provenance = Provenance { source, as_of: as_of?, confidence, note, disputed: None };
    let provided = provided?;
    let entry = LawEntry { state, topic, provided, law, article, words, days, provenance };
    problems.0.extend(law_problems(&entry).0);
    Some(Entry::Law(entry))
}

fn obstacle_entry(
    basis: &Basis<'_>,
    (state, instrument, reported): (StateCode, InstrumentId, Day),
    row: &Cells<'_>,
    problems: &mut Problems,
) -> Entry {
    let typed = row.get("stage");
    let stage =
        if typed.is_empty() { None } else { row.word("stage", Stage::ALL, Stage::code, problems) };
    let mut obstacles = Vec::new();
    for one in row.get("obstacles").split([',', ';']).map(str::trim).filter(|one| !one.is_empty()) {
        match one.parse::<Obstacle>() {
            Ok(kind) => obstacles.push(kind),
            Err(_) => {
                let codes: Vec<&str> = Obstacle::ALL.iter().map(|kind| kind.code()).collect();
                problems.add("obstacles", not_a_code(one, &codes));
            }
        }
    }
    let report = RatificationReport {
        state,
        instrument,
        stage,
        obstacles,
        words: row.optional("words"),
        help_wanted: row.optional("help_wanted"),
        reported,
        source: row.get("source"),
    };
    // One that stands already tells of its own day: whether the State joined since is
    // no matter, as when it is corrected by hand.
    let joined = if row.stored.is_empty() { basis.adherence.as_slice() } else { &[] };
    if let Err(why) = report.check(joined) {
        let (field, message) = report_problem(&why);
        problems.add(field, message);
    }
    Entry::Obstacle(report)
}

/// One entry to be written, with the one it takes the place of.
struct Write {
    entry: Entry,
    before: Option<OwnEntry>,
}

#[derive(Default)]
struct Plan {
    report: SheetReport,
    writes: Vec<Write>,
}

/// Whether a row says nothing: `palermo export law` gives every cell of the matrix, also
/// those that no source fills.
fn says_nothing(basis: &Basis<'_>, row: &Row) -> bool {
    let said = |column: &str| row.get(column).map(str::trim).unwrap_or_default();
    basis.kind == EntryKind::Law
        && said("provided") == Provided::Unknown.code()
        && said("source").is_empty()
}

fn plan(basis: &Basis<'_>, rows: &Table) -> Plan {
    let mut plan = Plan::default();
    plan.report.rows = rows.rows.len();
    plan.report.unknown_columns.clone_from(&rows.unknown);
    let mut seen: Vec<Key> = Vec::new();
    for row in &rows.rows {
        if says_nothing(basis, row) {
            plan.report.silent += 1;
            continue;
        }
        let mut told = Problems::default();
        let key = key(basis, &Cells { row, stored: Vec::new() }, &mut told);
        if key.as_ref().is_some_and(|key| seen.contains(key)) {
            told.add("state", Message::new("error-row-twice"));
        }
        let same = |own: &&OwnEntry| key.is_some() && Key::of(&own.entry) == key;
        let before = basis.own.iter().find(same);
        let stored = before.map(|own| cells(&own.entry)).unwrap_or_default();
        let row_cells = Cells { row, stored };
        let entry = match key.clone() {
            Some(Key::Law(state, topic, source)) => {
                law_entry(basis, (state, topic, source), &row_cells, &mut told)
            }
            Some(Key::Obstacle(state, instrument, reported)) => {
                Some(obstacle_entry(basis, (state, instrument, reported), &row_cells, &mut told))
            }
            None => None,
        };
        seen.extend(key);
        let (Some(entry), true) = (entry, told.0.is_empty()) else {
            plan.report.reject(row, told);
            continue;
        };
        let about: Vec<String> = cells(&entry).into_iter().take(2).map(|(_, text)| text).collect();
        let (name, line) = (about.join(" "), row.line);
        let fields = differing(&row_cells.stored, &cells(&entry));
        match before {
            Some(_) if fields.is_empty() => plan.report.unchanged += 1,
            Some(before) => {
                plan.report.changed.push(Line { row: line, name, fields });
                plan.writes.push(Write { entry, before: Some(before.clone()) });
            }
            None => {
                plan.report.new.push(Line { row: line, name, fields: Vec::new() });
                plan.writes.push(Write { entry, before: None });
            }
        }
    }
    plan
}

/// Reads a sheet of national law and stores it if told to, in one act.
///
/// # Errors
/// [`Refused::Declined`] for a file that is no such sheet; what access or the
/// store refuse.
pub async fn import_laws(
    app: &App,
    bytes: &[u8],
    how: How,
    importer: Importer<'_>,
) -> Result<SheetReport, Refused> {
    import(app, EntryKind::Law, &table(bytes, &LAW, &LAW_NEEDED)?, how, importer).await
}

/// Reads a sheet of obstacles to ratification and stores it if told to, in one act.
///
/// # Errors
/// As [`import_laws`].
pub async fn import_obstacles(
    app: &App,
    bytes: &[u8],
    how: How,
    importer: Importer<'_>,
) -> Result<SheetReport, Refused> {
    let rows = table(bytes, &OBSTACLES, &OBSTACLES_NEEDED)?;
    import(app, EntryKind::Obstacle, &rows, how, importer).await
}

async fn basis<'a>(
    app: &'a App,
    db: &dyn Db,
    (tenant, kind): (TenantId, EntryKind),
    member: Option<&'a Acting<'a>>,
) -> Result<Basis<'a>, Refused> {
    let own = entries_of_tenant(db, tenant, kind).await?;
    let adherence = match kind {
        EntryKind::Obstacle => adherence::all(db).await?,
        _ => Vec::new(),
    };
    let today = app.store.now().date().into();
    Ok(Basis { kind, registers: &app.registers, own, adherence, today, member })
}

async fn import(
    app: &App,
    kind: EntryKind,
    rows: &Table,
    how: How,
    importer: Importer<'_>,
) -> Result<SheetReport, Refused> {
    let (tenant, member) = match importer {
        Importer::Operator(_) => (house(app)?, None),
        Importer::Member(acting) => {
            let own = Resource::region().in_state(acting.subject.state.as_deref());
            acting.allow(kind.action(), &own).await?;
            (acting.member()?.0, Some(acting))
        }
    };
    let mut first = plan(&basis(app, &app.store, (tenant, kind), member).await?, rows);
    if !first.report.may_apply(how) {
        return Ok(first.report);
    }
    let mut act = match begin_import(app, importer, tenant, kind.action()).await? {
        Beginning::Fresh(act) => act,
        Beginning::Repeated(report) => return Ok(report),
    };
    let mut plan = plan(&basis(app, &act, (tenant, kind), member).await?, rows);
    if !plan.report.may_apply(how) {
        act.give_up().await?;
        return Ok(plan.report);
    }
    store(&mut act, &plan).await?;
    finish_import(act, plan.report).await
}

async fn store(act: &mut Act, plan: &Plan) -> Result<(), Refused> {
    for one in &plan.writes {
        match (&one.entry, &one.before) {
            (Entry::Law(entry), None) => drop(law::insert(act, entry).await?),
            (Entry::Obstacle(entry), None) => drop(obstacle::insert(act, entry).await?),
            (Entry::Law(entry), Some(own)) => {
                let id = LawEntryId::from_uuid(own.id);
                past::keep(act, EntryKind::Law.code(), id, own.entry.body()?, None).await?;
                law::update(act, id, entry, own.revision).await?;
            }
            (Entry::Obstacle(entry), Some(own)) => {
                let id = ObstacleReportId::from_uuid(own.id);
                past::keep(act, EntryKind::Obstacle.code(), id, own.entry.body()?, None).await?;
                obstacle::update(act, id, entry, own.revision).await?;
            }
            (Entry::Use(_) | Entry::Statement(_), _) => {}
        }
    }
    act.detail("new", plan.report.new.len());
    act.detail("changed", plan.report.changed.len());
    act.detail("skipped", plan.report.skipped.len());
    Ok(())
}

/// One's own entries on national law as a sheet: taken in again, it changes nothing.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_laws(acting: &Acting<'_>) -> Result<Sheet, Refused> {
    own(acting, EntryKind::Law, "laws", &LAW).await
}

/// One's own reports of obstacles as a sheet: taken in again, it changes nothing.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_obstacles(acting: &Acting<'_>) -> Result<Sheet, Refused> {
    own(acting, EntryKind::Obstacle, "obstacles", &OBSTACLES).await
}

async fn own(
    acting: &Acting<'_>,
    kind: EntryKind,
    name: &str,
    columns: &[&str],
) -> Result<Sheet, Refused> {
    let all = own_entries(acting, kind).await?;
    let row = |own: OwnEntry| cells(&own.entry).into_iter().map(|(_, text)| text).collect();
    Ok(sheet(name, columns, all.into_iter().map(row).collect(), Vec::new()))
}
