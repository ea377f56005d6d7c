//! The directory as files of the Open Referral standard: in with a preview,
//! out without anything that leads to a protected house.

use super::hidden::PublicDesks;
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    actor::Actor,
    id::{DeskId, Id, ServiceId, TenantId},
    register::state::StateCode,
    service::{DeskRef, Need, Place, Service, hidden::entry_id},
};
use palermo_locale::Language;
use palermo_standards::hsds::{
    self, InputFile, Package, PublicDesk, ReadService, Rejected, belonging_to,
};
use palermo_store::{
    ActContext, Begun, Paging, Revision, desk as desks,
    hsds_row::{self, StoredRow},
    service::{self as services, Filter},
};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A service in the report of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// Its organisation.
    pub organisation: String,
    /// For a changed one: the fields that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What an import would do, or did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImportReport {
    /// Rows read, without those rejected.
    pub rows: usize,
    /// The same by table.
    pub tables: BTreeMap<String, usize>,
    /// Services not known before.
    pub new: Vec<Line>,
    /// Services that differ from what is stored.
    pub changed: Vec<Line>,
    /// Services as they are stored.
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub rejected: Vec<Rejected>,
    /// What people should know.
    pub notices: Vec<String>,
    /// Whether it was stored.
    pub applied: bool,
    /// Whether it was to be stored.
    #[serde(skip)]
    pub asked_to_apply: bool,
}

impl ImportReport {
    /// The report in lines, for a terminal.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let tables = self.tables.iter().map(|(table, count)| format!("{table} {count}"));
        let tables = tables.collect::<Vec<_>>().join(", ");
        lines.push(format!("rows read: {} ({tables})", self.rows));
        lines.push(format!(
            "services: new {}, changed {}, unchanged {}; rows rejected {}",
            self.new.len(),
            self.changed.len(),
            self.unchanged,
            self.rejected.len()
        ));
        let said = |sign: &str, line: &Line| {
            let fields = if line.fields.is_empty() {
                String::new()
            } else {
                format!(" ({})", line.fields.join(", "))
            };
            format!("  {sign} {} {}, {}{fields}", line.id, line.name, line.organisation)
        };
        lines.extend(self.new.iter().map(|line| said("new", line)));
        lines.extend(self.changed.iter().map(|line| said("changed", line)));
        lines.extend(self.rejected.iter().map(|one| format!("  rejected {one}")));
        lines.extend(self.notices.iter().map(|notice| format!("  note: {notice}")));
        lines.push(if self.applied && self.new.is_empty() && self.changed.is_empty() {
            "no service was stored: none is new or changed".to_owned()
        } else if self.applied {
            "stored".to_owned()
        } else if self.rows == 0 {
            "nothing was stored: no row was read".to_owned()
        } else if self.asked_to_apply {
            "nothing was stored: correct the rejected rows, or store the others with \
             `--skip-rejected`"
                .to_owned()
        } else {
            "a preview: nothing was stored; `--apply` stores it".to_owned()
        });
        lines
    }
}

/// Who imports.
#[derive(Debug, Clone, Copy)]
pub enum Importer<'a> {
    /// Someone at the machine's command line, for the house.
    Operator(&'a str),
    /// A member of staff, for their own organisation.
    Member(&'a Acting<'a>),
}

/// How far to go.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// Store it.
    pub apply: bool,
    /// Store the other rows although some are rejected.
    pub skip_rejected: bool,
}

#[derive(Default)]
struct Plan {
    report: ImportReport,
    insert: Vec<(ServiceId, Service)>,
    /// With whether the service becomes protected by it.
    update: Vec<(ServiceId, bool, Service, Revision)>,
    rows: Vec<StoredRow>,
}

/// Reads files of the standard and stores them if told to. With a rejected row
/// nothing is stored, unless those are to be passed over.
///
/// # Errors
/// What access or the store refuse.
pub async fn import_hsds(
    app: &App,
    files: &[InputFile],
    how: How,
    importer: Importer<'_>,
) -> Result<ImportReport, Refused> {
    let (tenant, context) = match importer {
        Importer::Operator(user) => {
            let house = app.store.house().ok_or_else(no_house)?;
            let actor = Actor::Operator { user: user.to_owned(), account: None };
            (house, ActContext::new(house, actor, Action::ImportServices.code()))
        }
        Importer::Member(acting) => {
            let (tenant, _) = acting.member()?;
            acting.allow(Action::ImportServices, &Resource::of(tenant)).await?;
            (tenant, acting.context(Action::ImportServices)?)
        }
    };
    let (package, rejected, notices) = hsds::read(files);
    // Without a row nothing is stored, not even an entry that something was.
    let may_apply = how.apply && !package.is_empty() && (rejected.is_empty() || how.skip_rejected);
    if !may_apply {
        let mut plan = plan(&app.store, tenant, package, rejected, notices).await?;
        plan.report.asked_to_apply = how.apply;
        return Ok(plan.report);
    }
    let Begun::Fresh(mut act) = app.store.act(context).await? else {
        return Err(Refused::Declined(Message::new("error-form-reused")));
    };
    let mut plan = plan(&act, tenant, package, rejected, notices).await?;
    if !plan.report.rejected.is_empty() && !how.skip_rejected {
        act.give_up().await?;
        plan.report.asked_to_apply = true;
        return Ok(plan.report);
    }
    services::insert_many(&mut act, &plan.insert).await?;
    for (id, hides, service, seen) in &plan.update {
        services::update(&mut act, *id, service, *seen).await?;
        if *hides {
            forget_rows(&mut act, *id).await?;
        }
    }
    hsds_row::put(&mut act, &plan.rows).await?;
    act.detail("new", plan.report.new.len());
    act.detail("changed", plan.report.changed.len());
    act.commit(&()).await?;
    if plan.update.iter().any(|(_, hides, ..)| *hides) {
        overwrite_traces(app).await;
    }
    plan.report.applied = true;
    Ok(plan.report)
}

fn no_house() -> Refused {
    Refused::Unavailable("nobody answers for the registers; `palermo init` names who does".into())
}

/// What is to be done, and the report of it.
async fn plan(
    db: &dyn palermo_store::Db,
    tenant: TenantId,
    package: Package,
    rejected: Vec<Rejected>,
    mut notices: Vec<String>,
) -> Result<Plan, Refused> {
    let read = hsds::services(&package);
    notices.extend(read.notices);
    let ids: Vec<ServiceId> = read.services.iter().map(|one| one.id).collect();
    let mut known = HashMap::new();
    for part in ids.chunks(500) {
        let found = services::by_ids(db, part).await?;
        known.extend(found.into_iter().map(|one| (one.record.id, one)));
    }
    let mut plan = Plan {
        report: ImportReport { rejected, notices, ..ImportReport::default() },
        ..Plan::default()
    };
    let mut hidden = Vec::new();
    let entries = entries(db, &read.services).await?;
    for ReadService { id, service, .. } in read.services {
        let Some(before) = known.get(&id) else {
            if service.place.is_protected() {
                hidden.push(id);
            }
            // What went out of here for all protected services behind a desk is no new service.
            if entries.contains(&id) {
                plan.report.unchanged += 1;
                continue;
            }
            plan.report.notices.extend(nowhere(id, &service));
            plan.report.new.push(line(id, &service, Vec::new()));
            plan.insert.push((id, service));
            continue;
        };
        // What went out of a protected service was next to nothing; it changes nothing when it
        // comes back.
        if before.record.service.place.is_protected() {
            hidden.push(id);
            plan.report.unchanged += 1;
            continue;
        }
        let merged = merged(&before.record.service, service);
        if merged.place.is_protected() {
            hidden.push(id);
        }
        let fields = differing(&before.record.service, &merged);
        if fields.is_empty() {
            plan.report.unchanged += 1;
            if before.record.tenant != tenant {
                hidden.push(id);
            }
        } else if before.record.tenant != tenant {
            plan.report.rejected.push(kept_elsewhere(id));
            hidden.push(id);
        } else {
            plan.report.notices.extend(nowhere(id, &merged));
            plan.report.changed.push(line(id, &merged, fields));
            plan.update.push((id, merged.place.is_protected(), merged, before.revision));
        }
    }
    for (table, _, _) in package.all() {
        *plan.report.tables.entry(table.to_owned()).or_default() += 1;
    }
    plan.report.rows = package.len();
    plan.rows = kept_rows(package, hidden);
    Ok(plan)
}

/// The rows to keep. Of a protected service none: its places, numbers and
/// contacts lead to it.
fn kept_rows(mut package: Package, hidden: Vec<ServiceId>) -> Vec<StoredRow> {
    for id in hidden {
        for (table, row) in belonging_to(&package, id) {
            package.remove(&table, row);
        }
    }
    let stored = |(table, id, row): (&str, uuid::Uuid, &serde_json::Map<String, Json>)| StoredRow {
        resource: table.to_owned(),
        id,
        body: Json::Object(row.clone()),
    };
    package.all().map(stored).collect()
}

/// Which of the services read are entries of ours that stand for all protected
/// services behind a desk.
async fn entries(
    db: &dyn palermo_store::Db,
    read: &[ReadService],
) -> Result<HashSet<ServiceId>, Refused> {
    let protected: Vec<_> = read.iter().filter(|one| one.service.place.is_protected()).collect();
    if protected.is_empty() {
        return Ok(HashSet::new());
    }
    let filter = desks::Filter::default();
    let all = desks::list(db, &filter, desks::SortBy::Name, Paging::all()).await?.items;
    let ids: Vec<Option<DeskId>> =
        all.into_iter().map(|desk| Some(desk.record.id)).chain([None]).collect();
    let ours = |one: &&ReadService| {
        let service = &one.service;
        ids.iter().any(|desk| entry_id(service.need, service.state, *desk) == one.id)
    };
    Ok(protected.into_iter().filter(ours).map(|one| one.id).collect())
}

fn line(id: ServiceId, service: &Service, fields: Vec<String>) -> Line {
    let (name, organisation) = (service.name.clone(), service.organisation.name.clone());
    Line { id, name, organisation, fields }
}

/// What is to be told of a service that nobody who looks for help will find.
fn nowhere(id: ServiceId, service: &Service) -> Option<String> {
    service.state.is_none().then(|| {
        format!(
            "service {id} names no State: nobody who looks for help finds it until its keeper \
             enters one; the list of services shows such under \"In no State\""
        )
    })
}

fn kept_elsewhere(id: ServiceId) -> Rejected {
    Rejected {
        file: "services".into(),
        row: 0,
        table: "service".into(),
        field: "id".into(),
        value: id.to_string(),
        problem: "another organisation keeps this service".into(),
        remedy: "ask it to change the record, or leave the row out".into(),
    }
}

/// What a file does not say stays as it was.
fn merged(before: &Service, mut new: Service) -> Service {
    if new.place.is_protected() {
        new.place = Place::Protected { through: None };
    }
    if new.eligibility.groups.is_empty() {
        new.eligibility.groups.clone_from(&before.eligibility.groups);
    }
    if new.need == Need::Other {
        new.need = before.need;
    }
    if new.assessments.is_empty() {
        new.assessments.clone_from(&before.assessments);
    }
    if new.areas.is_empty() {
        new.areas.clone_from(&before.areas);
    }
    new.centre = new.centre.or(before.centre);
    new.step_free = new.step_free.or(before.step_free);
    new.state = new.state.or(before.state);
    new.capacity = new.capacity.or_else(|| before.capacity.clone());
    new.hours = new.hours.or_else(|| before.hours.clone());
    new.time_zone = new.time_zone.or_else(|| before.time_zone.clone());
    for funding in &mut new.funding {
        let same = before.funding.iter().find(|old| old.source == funding.source);
        funding.until = funding.until.or_else(|| same.and_then(|old| old.until));
    }
    new
}

/// Names of the fields in which two services differ.
fn differing(before: &Service, after: &Service) -> Vec<String> {
    let fields = |one: &Service| match serde_json::to_value(one) {
        Ok(Json::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    let (mut before, mut after) = (fields(before), fields(after));
    // The rows of a table have no order.
    for value in before.values_mut().chain(after.values_mut()) {
        if let Json::Array(list) = value {
            list.sort_by_key(Json::to_string);
        }
    }
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differ = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    differ.cloned().collect()
}

/// The whole public directory as rows of the standard.
///
/// # Errors
/// When the database does not answer.
pub async fn export_hsds(app: &App) -> Result<Package, Refused> {
    let mut stored = Package::default();
    for row in hsds_row::all(&app.store).await? {
        if let Json::Object(fields) = row.body {
            stored.put(&row.resource, row.id, fields);
        }
    }
    let all: Vec<(ServiceId, Service)> = services::all(&app.store, &Filter::default())
        .await?
        .into_iter()
        .map(|one| (one.record.id, one.record.service))
        .collect();
    let public = Acting::public(app, Language::En);
    let mut known = PublicDesks::default();
    let mut desks: HashMap<Reached, PublicDesk> = HashMap::new();
    for (_, service) in all.iter().filter(|(_, one)| one.place.is_protected()) {
        let desk = known.of(&public, service).await?;
        let name = |state| app.registers.states.name(state, "en");
        let shown = PublicDesk {
            state: service.state.map(name).unwrap_or_default(),
            id: desk.as_ref().map(|desk| desk.id),
            telephone: desk.as_ref().and_then(|desk| desk.telephone.clone()),
            desk: desk.map(|desk| desk.name),
        };
        desks.insert(reached(service), shown);
    }
    Ok(hsds::export(&stored, &all, |service| {
        desks.get(&reached(service)).cloned().unwrap_or_default()
    }))
}

/// What decides through which desk the public reaches a protected service.
type Reached = (Option<StateCode>, Option<DeskRef>);

fn reached(service: &Service) -> Reached {
    let named = match &service.place {
        Place::Protected { through } => *through,
        Place::Open { .. } => None,
    };
    (service.state, named)
}

/// Forgets the rows of a service that became protected: they hold its address.
pub(crate) async fn forget_rows(
    act: &mut palermo_store::Act,
    id: ServiceId,
) -> Result<(), Refused> {
    let mut stored = Package::default();
    for row in hsds_row::all(act).await? {
        if let Json::Object(fields) = row.body {
            stored.put(&row.resource, row.id, fields);
        }
    }
    if stored.row("service", id.uuid()).is_some() {
        hsds_row::forget(act, &belonging_to(&stored, id)).await?;
    }
    Ok(())
}

/// After an act that hid a service: nor does the database keep its address beside the
/// tables. Where that cannot be done at once, the hourly work comes back to it.
pub(crate) async fn overwrite_traces(app: &App) {
    if let Err(error) = app.store.overwrite_traces().await {
        tracing::error!(%error, "the address of a service that was hidden may linger for an hour");
    }
}
