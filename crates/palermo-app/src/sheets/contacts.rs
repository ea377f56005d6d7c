//! Contact points as a sheet: a desk and what is known of it, one a row.

use super::{
    How, Importer, Line, Row, SheetReport, Table, begin_import, check_code, differing,
    finish_import, house, kept_elsewhere, more, says_the_same, sheet, table,
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    acting::Beginning,
    desk::{DeskForm, PointForm},
};
use palermo_domain::{
    desk::{
        Desk, DeskLevel,
        contact::{ContactPoint, PointKind},
    },
    id::{DeskId, TenantId},
};
use palermo_locale::Language;
use palermo_standards::sheet::Sheet;
use palermo_store::{Act, Db, Paging, Revision, contact_point as points, desk as desks};
use std::collections::{HashMap, HashSet};

/// A row's two halves as they are typed.
#[derive(Debug, Clone, Default)]
struct Form {
    desk: DeskForm,
    point: PointForm,
    open: String,
    /// The name of the deputy desk.
    deputy: String,
}

/// The columns behind the id.
const COLUMNS: [&str; 19] = [
    "name",
    "level",
    "state",
    "topics",
    "languages",
    "time_zone",
    "hours",
    "telephone",
    "open",
    "kind",
    "competence",
    "host_state",
    "city",
    "areas",
    "channels",
    "deputy",
    "from",
    "until",
    "confirm_to",
];
const NEEDED: [&str; 2] = ["name", "level"];

impl Form {
    fn of(desk: &Desk, point: Option<&ContactPoint>, names: &HashMap<DeskId, String>) -> Self {
        let deputy = point.and_then(|point| point.deputy);
        Self {
            desk: DeskForm::of(desk),
            point: point.map(PointForm::of).unwrap_or_default(),
            open: if desk.open { "yes" } else { "no" }.into(),
            deputy: deputy.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        }
    }

    fn field(&mut self, column: &str) -> Option<&mut String> {
        let Self { desk, point, open, deputy } = self;
        Some(match column {
            "name" => &mut desk.name,
            "level" => &mut desk.level,
            "state" => &mut desk.state,
            "topics" => &mut desk.topics,
            "languages" => &mut desk.languages,
            "time_zone" => &mut desk.time_zone,
            "hours" => &mut desk.hours,
            "telephone" => &mut desk.telephone,
            "open" => open,
            "kind" => &mut point.kind,
            "competence" => &mut point.competence,
            "host_state" => &mut point.host_state,
            "city" => &mut point.city,
            "areas" => &mut point.areas,
            "channels" => &mut point.channels,
            "deputy" => deputy,
            "from" => &mut point.from,
            "until" => &mut point.until,
            "confirm_to" => &mut point.confirm_to,
            _ => return None,
        })
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        let mut form = self.clone();
        let mut cell = |column| form.field(column).map(std::mem::take).unwrap_or_default();
        COLUMNS.iter().map(|column| (*column, cell(column))).collect()
    }

    /// Whether anything is said of the desk as a contact point.
    fn describes(&self) -> bool {
        let point = &self.point;
        [
            &point.kind,
            &point.competence,
            &point.host_state,
            &point.city,
            &point.areas,
            &point.channels,
            &self.deputy,
            &point.from,
            &point.until,
            &point.confirm_to,
        ]
        .into_iter()
        .any(|text| !text.trim().is_empty())
    }
}

fn known() -> Vec<&'static str> {
    std::iter::once("id").chain(COLUMNS).collect()
}

/// A desk with what is known of it.
struct Kept {
    desk: Desk,
    revision: Revision,
    point: Option<ContactPoint>,
}

async fn all(db: &dyn Db, tenant: Option<TenantId>) -> Result<Vec<Kept>, Refused> {
    let filter = desks::Filter { tenant, ..desks::Filter::default() };
    let found = desks::list(db, &filter, desks::SortBy::Name, Paging::all()).await?;
    let mut known = points::all(db).await?;
    let kept = found.items.into_iter().map(|one| Kept {
        point: known.remove(&one.record.id),
        desk: one.record,
        revision: one.revision,
    });
    Ok(kept.collect())
}

fn names(all: &[Kept]) -> HashMap<DeskId, String> {
    all.iter().map(|kept| (kept.desk.id, kept.desk.name.clone())).collect()
}

fn written(app: &App, all: &[Kept]) -> Sheet {
    let names = names(all);
    let rows = all.iter().map(|kept| {
        let form = Form::of(&kept.desk, kept.point.as_ref(), &names);
        let id = std::iter::once(kept.desk.id.to_string());
        id.chain(form.cells().into_iter().map(|(_, text)| text)).collect()
    });
    let demo = app.demo.then(|| "demonstration: everything here is invented".to_owned());
    sheet("contacts", &known(), rows.collect(), demo.into_iter().collect())
}

/// All contact points, as a sheet that can be imported again.
///
/// # Errors
/// When the database does not answer.
pub async fn export_contacts(app: &App) -> Result<Sheet, Refused> {
    Ok(written(app, &all(&app.store, None).await?))
}

/// The contact points of one's own organisation.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_contacts(acting: &Acting<'_>) -> Result<Sheet, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    Ok(written(acting.app, &all(&acting.app.store, Some(tenant)).await?))
}

/// One row to be written.
struct Write {
    desk: Desk,
    /// The revision it replaces; none for a new one.
    seen: Option<Revision>,
    point: Option<ContactPoint>,
}

#[derive(Default)]
struct Plan {
    report: SheetReport,
    writes: Vec<Write>,
}

/// Reads a sheet of contact points and stores it if told to, in one act.
///
/// # Errors
/// [`Refused::Declined`] for a file that is no such sheet; what access or the
/// store refuse.
pub async fn import_contacts(
    app: &App,
    bytes: &[u8],
    how: How,
    importer: Importer<'_>,
) -> Result<SheetReport, Refused> {
    let public = Acting::public(app, Language::En);
    let (tenant, reads) = match importer {
        Importer::Operator(_) => (house(app)?, &public),
        Importer::Member(acting) => {
            let (tenant, _) = acting.member()?;
            acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
            (tenant, acting)
        }
    };
    let table = table(bytes, &known(), &NEEDED)?;
    let mut first = plan(reads, &app.store, tenant, &table).await?;
    if !first.report.may_apply(how) {
        return Ok(first.report);
    }
    let mut act = match begin_import(app, importer, tenant, Action::ManageDesks).await? {
        Beginning::Fresh(act) => act,
        Beginning::Repeated(report) => return Ok(report),
    };
    let mut plan = plan(reads, &act, tenant, &table).await?;
    if !plan.report.may_apply(how) {
        act.give_up().await?;
        return Ok(plan.report);
    }
    store(&mut act, &plan).await?;
    let report = finish_import(act, plan.report).await?;
    crate::reminders::of_tenant(app, tenant).await?;
    Ok(report)
}

async fn store(act: &mut Act, plan: &Plan) -> Result<(), Refused> {
    for one in &plan.writes {
        match one.seen {
            Some(seen) => drop(desks::update(act, &one.desk, seen).await?),
            None => desks::insert(act, &one.desk).await?,
        }
        if let Some(point) = &one.point {
            points::put(act, one.desk.id, point).await?;
        }
    }
    act.detail("new", plan.report.new.len());
    act.detail("changed", plan.report.changed.len());
    act.detail("skipped", plan.report.skipped.len());
    Ok(())
}

async fn plan(
    acting: &Acting<'_>,
    db: &dyn Db,
    tenant: TenantId,
    table: &Table,
) -> Result<Plan, Refused> {
    let mut plan = Plan::default();
    plan.report.rows = table.rows.len();
    plan.report.unknown_columns.clone_from(&table.unknown);
    let stored = all(db, None).await?;
    let names = names(&stored);
    let mut seen: HashSet<DeskId> = HashSet::new();
    for row in &table.rows {
        // A row whose desk cannot be told is read on, so that all that is wrong with it is said.
        let (found, unclear) = match find(row, &stored, tenant) {
            Ok(found) => (found, Problems::default()),
            Err(problems) => (None, problems),
        };
        let id = found.map(|kept| kept.desk.id).or_else(|| row.get("id")?.parse().ok());
        let id = id.unwrap_or_else(|| acting.app.store.new_id());
        let mut told = unclear;
        if !seen.insert(id) {
            told.add("id", Message::new("error-row-twice"));
        }
        let told = compared(acting, (tenant, told), row, id, found, &names)?;
        let (name, line) = (row.get("name").unwrap_or_default().to_owned(), row.line);
        match told {
            Compared::New(write) => {
                plan.report.new.push(Line { row: line, name, fields: Vec::new() });
                plan.writes.push(write);
            }
            Compared::Changed(write, fields) => {
                plan.report.changed.push(Line { row: line, name, fields });
                plan.writes.push(write);
            }
            Compared::Unchanged => plan.report.unchanged += 1,
            Compared::Rejected(problems) => plan.report.reject(row, problems),
        }
    }
    Ok(plan)
}

/// The desk a row means: by its id; without one, one's own of this name.
fn find<'s>(row: &Row, stored: &'s [Kept], tenant: TenantId) -> Result<Option<&'s Kept>, Problems> {
    let mut problems = Problems::default();
    if let Some(typed) = row.get("id").filter(|typed| !typed.is_empty()) {
        return match typed.parse::<DeskId>() {
            Ok(id) => Ok(stored.iter().find(|kept| kept.desk.id == id)),
            Err(_) => {
                problems.add("id", Message::new("error-row-id"));
                Err(problems)
            }
        };
    }
    let name = row.get("name").unwrap_or_default();
    let mut own = stored.iter().filter(|kept| kept.desk.tenant == tenant && kept.desk.name == name);
    match (own.next(), own.next()) {
        (_, Some(_)) => {
            problems.add("id", Message::new("error-row-several"));
            Err(problems)
        }
        (one, None) => Ok(one),
    }
}

enum Compared {
    New(Write),
    Changed(Write, Vec<String>),
    Unchanged,
    Rejected(Problems),
}

fn compared(
    acting: &Acting<'_>,
    (tenant, mut told): (TenantId, Problems),
    row: &Row,
    id: DeskId,
    found: Option<&Kept>,
    names: &HashMap<DeskId, String>,
) -> Result<Compared, Refused> {
    let mut form = match found {
        Some(kept) => Form::of(&kept.desk, kept.point.as_ref(), names),
        None => Form { open: "yes".into(), ..Form::default() },
    };
    let old = form.cells();
    if let Some(kept) = found {
        if told.0.is_empty() && says_the_same(row, &old) {
            return Ok(Compared::Unchanged);
        }
        if kept.desk.tenant != tenant {
            return Ok(Compared::Rejected(kept_elsewhere()));
        }
    }
    for (column, text) in &row.cells {
        if let Some(field) = form.field(column) {
            text.clone_into(field);
        }
    }
    told.0.extend(check(row).0);
    form.point.deputy = String::new();
    if !form.deputy.trim().is_empty() {
        let deputy = names.iter().find(|(other, name)| **other != id && **name == form.deputy);
        match deputy {
            Some((other, _)) => form.point.deputy = other.to_string(),
            None => told.add("deputy", Message::new("error-no-such-desk")),
        }
    }
    if form.describes() && form.point.kind.trim().is_empty() {
        form.point.kind = PointKind::Other.code().into();
    }
    let before = found.and_then(|kept| kept.point.as_ref());
    let desk = form.desk.parse(acting, tenant, id, form.open != "no");
    let point = match form.describes() {
        true => form.point.parse(acting, before).map(Some),
        false => Ok(None),
    };
    let (desk, point) = match (desk, point) {
        (Ok(desk), Ok(point)) if told.0.is_empty() => (desk, point),
        (desk, point) => {
            for refused in [desk.err(), point.err()].into_iter().flatten() {
                told = more(told, refused)?;
            }
            return Ok(Compared::Rejected(told));
        }
    };
    let new = Form::of(&desk, point.as_ref(), names).cells();
    let fields = differing(&old, &new);
    let write = Write { desk, seen: found.map(|kept| kept.revision), point };
    Ok(match found {
        None => Compared::New(write),
        Some(_) if fields.is_empty() => Compared::Unchanged,
        Some(_) => Compared::Changed(write, fields),
    })
}

/// What a form's menus make impossible and a sheet does not.
fn check(row: &Row) -> Problems {
    let mut problems = Problems::default();
    let levels: Vec<&str> = DeskLevel::ALL.iter().map(|level| level.code()).collect();
    check_code(&mut problems, row, "level", &levels);
    let kinds: Vec<&str> = PointKind::ALL.iter().map(|kind| kind.code()).collect();
    check_code(&mut problems, row, "kind", &kinds);
    check_code(&mut problems, row, "open", &["yes", "no"]);
    problems
}
