//! Services as a sheet.

use super::{
    How, Importer, Line, Row, SheetReport, Table, begin_import, check_code, columns, differing,
    finish_import, house, kept_elsewhere, more, not_a_code, says_the_same, sheet, table,
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    acting::Beginning,
    service::{ServiceForm, desks_of, forget_rows, list, overwrite_traces},
};
use palermo_domain::{
    id::{ServiceId, TenantId},
    register::day::Day,
    service::{Centre, DeskRef, Need, Provider, Service, Status, eligibility::Group},
};
use palermo_locale::Language;
use palermo_standards::sheet::Sheet;
use palermo_store::{
    Act, Db, Revision,
    service::{self as services, Filter, Kept},
};
use std::collections::{HashMap, HashSet};

columns!(ServiceForm:
    name, need, centre, description, organisation, provider, state, areas, status, protected,
    through, address, city, region, postal_code, transport, phones, email, url, hours, time_zone,
    alternate_name, about_organisation, website, interpretation, languages, step_free, accessibility, minimum_age, maximum_age, eligibility, unit, maximum,
    available, fees, application, funding, assessments, alert);

/// Columns that hold several groups.
const GROUPS: [&str; 2] = ["admits", "excludes"];
const NEEDED: [&str; 2] = ["name", "need"];

fn known() -> Vec<&'static str> {
    std::iter::once("id").chain(TEXTS.iter().copied()).chain(GROUPS).collect()
}

fn cells(form: &ServiceForm) -> Vec<(&'static str, String)> {
    let mut cells = texts(form);
    cells.push(("admits", form.admits.join(", ")));
    cells.push(("excludes", form.excludes.join(", ")));
    cells
}

fn written(name: &str, all: &[Kept], notes: Vec<String>) -> Sheet {
    let rows = all.iter().map(|kept| {
        let id = std::iter::once(kept.id.to_string());
        id.chain(cells(&ServiceForm::of(&kept.service)).into_iter().map(|(_, text)| text)).collect()
    });
    sheet(name, &known(), rows.collect(), notes)
}

/// The services everyone may know, as a sheet that can be imported again.
/// Protected ones are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn export_services(app: &App) -> Result<Sheet, Refused> {
    let filter = Filter { protected: Some(false), ..Filter::default() };
    let all: Vec<Kept> =
        services::all(&app.store, &filter).await?.into_iter().map(|one| one.record).collect();
    let mut notes = vec!["Services at protected addresses are not in this list.".to_owned()];
    notes.extend(app.demo.then(|| "demonstration: everything here is invented".to_owned()));
    Ok(written("services", &all, notes))
}

/// The services of one's own organisation, to change them and bring them back;
/// of protected ones everything but where they are, which no record holds.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_services(acting: &Acting<'_>) -> Result<Sheet, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    let filter = Filter { tenant: Some(tenant), ..Filter::default() };
    let all: Vec<Kept> = list(acting, &filter).await?.into_iter().map(|one| one.record).collect();
    let demo = acting.app.demo.then(|| "demonstration: everything here is invented".to_owned());
    Ok(written("services", &all, demo.into_iter().collect()))
}

/// What is to be done.
#[derive(Default)]
struct Plan {
    report: SheetReport,
    insert: Vec<(ServiceId, Service)>,
    update: Vec<(ServiceId, Service, Revision, bool)>,
}

/// Reads a sheet of services and stores it if told to, in one act.
///
/// # Errors
/// [`Refused::Declined`] for a file that is no such sheet; what access or the
/// store refuse.
pub async fn import_services(
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
            acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
            (tenant, acting)
        }
    };
    let table = table(bytes, &known(), &NEEDED)?;
    let mut plan_first = plan(reads, &app.store, tenant, &table).await?;
    if !plan_first.report.may_apply(how) {
        return Ok(plan_first.report);
    }
    let action = match importer {
        Importer::Operator(_) => Action::ImportServices,
        Importer::Member(_) => Action::EditServices,
    };
    let mut act = match begin_import(app, importer, tenant, action).await? {
        Beginning::Fresh(act) => act,
        Beginning::Repeated(report) => return Ok(report),
    };
    let mut plan = plan(reads, &act, tenant, &table).await?;
    if !plan.report.may_apply(how) {
        act.give_up().await?;
        return Ok(plan.report);
    }
    store(&mut act, &plan).await?;
    let hides = plan.update.iter().any(|(_, _, _, hides)| *hides);
    let report = finish_import(act, plan.report).await?;
    if hides {
        overwrite_traces(app).await;
    }
    Ok(report)
}

async fn store(act: &mut Act, plan: &Plan) -> Result<(), Refused> {
    services::insert_many(act, &plan.insert).await?;
    for (id, service, seen, hide) in &plan.update {
        services::update(act, *id, service, *seen).await?;
        if *hide {
            forget_rows(act, *id).await?;
        }
    }
    act.detail("new", plan.insert.len());
    act.detail("changed", plan.update.len());
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
    let stored = stored(db, tenant, table).await?;
    let desks = desks_of(db, tenant).await?;
    let mut seen: HashSet<ServiceId> = HashSet::new();
    for row in &table.rows {
        let found = match find(row, &stored) {
            Ok(found) => found,
            Err(problems) => {
                plan.report.reject(row, problems);
                continue;
            }
        };
        let id = found.map(|one| one.0.id).or_else(|| row.get("id")?.parse().ok());
        if let Some(id) = id
            && !seen.insert(id)
        {
            let mut problems = Problems::default();
            problems.add("id", Message::new("error-row-twice"));
            plan.report.reject(row, problems);
            continue;
        }
        let fresh = || id.unwrap_or_else(|| acting.app.store.new_id());
        match compared(acting, (tenant, desks.as_slice()), row, found)? {
            Compared::New(service) => {
                let name = service.name.clone();
                plan.report.new.push(Line { row: row.line, name, fields: Vec::new() });
                plan.insert.push((fresh(), service));
            }
            Compared::Changed(service, fields) => {
                let Some((kept, revision)) = found else { continue };
                let hide = service.place.is_protected() && !kept.service.place.is_protected();
                let name = service.name.clone();
                plan.report.changed.push(Line { row: row.line, name, fields });
                plan.update.push((kept.id, service, *revision, hide));
            }
            Compared::Unchanged => plan.report.unchanged += 1,
            Compared::Rejected(problems) => plan.report.reject(row, problems),
        }
    }
    Ok(plan)
}

/// What is stored of the services a sheet may mean.
struct Stored {
    by_id: HashMap<ServiceId, (Kept, Revision)>,
    /// One's own, by name and organisation: rows without an id.
    by_name: HashMap<(String, String), Vec<ServiceId>>,
}

async fn stored(db: &dyn Db, tenant: TenantId, table: &Table) -> Result<Stored, Refused> {
    let mut stored = Stored { by_id: HashMap::new(), by_name: HashMap::new() };
    let ids: Vec<ServiceId> =
        table.rows.iter().filter_map(|row| row.get("id")?.parse().ok()).collect();
    for part in ids.chunks(500) {
        for one in services::by_ids(db, part).await? {
            stored.by_id.insert(one.record.id, (one.record, one.revision));
        }
    }
    if table.rows.iter().any(|row| row.is_empty_at("id")) {
        let filter = Filter { tenant: Some(tenant), ..Filter::default() };
        for one in services::all(db, &filter).await? {
            let service = &one.record.service;
            let key = (service.name.clone(), service.organisation.name.clone());
            stored.by_name.entry(key).or_default().push(one.record.id);
            stored.by_id.insert(one.record.id, (one.record, one.revision));
        }
    }
    Ok(stored)
}

/// The service a row means: by its id; without one, the only one of the
/// organisation with this name.
fn find<'s>(row: &Row, stored: &'s Stored) -> Result<Option<&'s (Kept, Revision)>, Problems> {
    let mut problems = Problems::default();
    if let Some(typed) = row.get("id").filter(|typed| !typed.is_empty()) {
        return match typed.parse::<ServiceId>() {
            Ok(id) => Ok(stored.by_id.get(&id)),
            Err(_) => {
                problems.add("id", Message::new("error-row-id"));
                Err(problems)
            }
        };
    }
    let text = |column: &str| row.get(column).unwrap_or_default().to_owned();
    match stored.by_name.get(&(text("name"), text("organisation"))).map(Vec::as_slice) {
        None | Some([]) => Ok(None),
        Some([one]) => Ok(stored.by_id.get(one)),
        Some(_) => {
            problems.add("id", Message::new("error-row-several"));
            Err(problems)
        }
    }
}

enum Compared {
    New(Service),
    Changed(Service, Vec<String>),
    Unchanged,
    Rejected(Problems),
}

fn compared(
    acting: &Acting<'_>,
    (tenant, desks): (TenantId, &[DeskRef]),
    row: &Row,
    found: Option<&(Kept, Revision)>,
) -> Result<Compared, Refused> {
    let before = found.map(|(kept, _)| &kept.service);
    let mut form = before.map(ServiceForm::of).unwrap_or_else(|| ServiceForm {
        status: Status::Active.code().into(),
        protected: "no".into(),
        ..ServiceForm::default()
    });
    let old = cells(&form);
    if found.is_some() && says_the_same(row, &old) {
        return Ok(Compared::Unchanged);
    }
    for (column, text) in &row.cells {
        put(&mut form, column, text);
    }
    for (column, list) in [("admits", &mut form.admits), ("excludes", &mut form.excludes)] {
        if let Some(text) = row.get(column) {
            *list = split(text);
        }
    }
    let told = check(row, &form, before, desks);
    let parsed = match form.parse(acting, before, desks) {
        Ok(service) if told.0.is_empty() => service,
        Ok(_) => return Ok(Compared::Rejected(told)),
        Err(refused) => return more(told, refused).map(Compared::Rejected),
    };
    let Some((kept, _)) = found else { return Ok(Compared::New(parsed)) };
    let fields = differing(&old, &cells(&ServiceForm::of(&parsed)));
    if fields.is_empty() {
        return Ok(Compared::Unchanged);
    }
    if kept.tenant != tenant {
        return Ok(Compared::Rejected(kept_elsewhere()));
    }
    let today: Day = acting.now().date().into();
    Ok(Compared::Changed(Service { assured: Some(today), ..parsed }, fields))
}

fn split(text: &str) -> Vec<String> {
    text.split([',', ';', '\n'])
        .map(str::trim)
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

/// What a form's menus make impossible and a sheet does not.
fn check(row: &Row, form: &ServiceForm, before: Option<&Service>, desks: &[DeskRef]) -> Problems {
    let mut problems = Problems::default();
    let p = &mut problems;
    let needs = codes(Need::ALL, |one| one.code());
    if form.need.trim().is_empty() {
        p.add("need", not_a_code("", &needs));
    }
    check_code(p, row, "need", &needs);
    check_code(p, row, "centre", &codes(Centre::ALL, |one| one.code()));
    check_code(p, row, "provider", &codes(Provider::ALL, |one| one.code()));
    check_code(p, row, "status", &codes(Status::ALL, |one| one.code()));
    check_code(p, row, "protected", &["yes", "no"]);
    check_code(p, row, "step_free", &["yes", "no"]);
    let groups = codes(Group::ALL, |one| one.code());
    for column in GROUPS {
        for typed in split(row.get(column).unwrap_or_default()) {
            if !groups.contains(&typed.as_str()) {
                p.add(column, not_a_code(&typed, &groups));
            }
        }
    }
    let was_protected = before.is_some_and(|one| one.place.is_protected());
    if was_protected && form.protected != "yes" {
        p.add("protected", Message::new("error-sheet-opens"));
    }
    if was_protected || form.protected == "yes" {
        form.leads_nowhere(p);
    }
    // Where the organisation has desks one of them leads there, as in the form.
    if form.protected == "yes"
        && !was_protected
        && form.through.trim().is_empty()
        && let Some(first) = desks.first()
    {
        let example = format!("{}/{}", first.tenant, first.desk);
        p.add("through", Message::new("error-sheet-desk").with("example", example));
    }
    problems
}
