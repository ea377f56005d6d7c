//! Tasks.

use crate::{
    act::Act,
    entity::entity,
    error::Result,
    list::{Page, Paging, page},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{AccountId, DeskId, Id, TaskId, TenantId},
    moment::Moment,
    task::Task,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "task",
        key { tenant: Uuid, id: Uuid }
        kind: String,
        subject: Option<String>,
        note: String,
        desk: Option<Uuid>,
        assignee: Option<Uuid>,
        due_at: Option<i64>,
        done_at: Option<i64>,
        done_by: Option<Uuid>,
        recorded_at: i64,
        revision: i64,
    );
}

/// The table's name, as the place of the words sealed beside a task.
pub const TABLE: &str = "task";

fn to_row(task: &Task) -> row::Model {
    row::Model {
        tenant: task.tenant.uuid(),
        id: task.id.uuid(),
        kind: task.kind.clone(),
        subject: task.subject.clone(),
        note: task.note.clone(),
        desk: task.desk.map(Id::uuid),
        assignee: task.assignee.map(Id::uuid),
        due_at: task.due_at.map(Moment::micros),
        done_at: task.done_at.map(Moment::micros),
        done_by: task.done_by.map(Id::uuid),
        recorded_at: task.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Task>> {
    let task = Task {
        tenant: TenantId::from_uuid(row.tenant),
        id: TaskId::from_uuid(row.id),
        kind: row.kind,
        subject: row.subject,
        note: row.note,
        desk: row.desk.map(DeskId::from_uuid),
        assignee: row.assignee.map(AccountId::from_uuid),
        due_at: row.due_at.map(Moment::from_micros),
        done_at: row.done_at.map(Moment::from_micros),
        done_by: row.done_by.map(AccountId::from_uuid),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(task, row.revision))
}

/// Sets a task.
///
/// # Errors
/// [`crate::Error::Dependent`] if its desk or assignee is not there.
pub async fn insert(act: &mut Act, task: &Task) -> Result<()> {
    act.insert(&to_row(task)).await
}

/// Sets many tasks at once.
///
/// # Errors
/// As [`insert`]; then none is set.
pub async fn insert_many(act: &mut Act, tasks: &[Task]) -> Result<()> {
    let rows: Vec<_> = tasks.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Changes a task, or marks it done.
///
/// # Errors
/// [`crate::Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, task: &Task, seen: Revision) -> Result<Revision> {
    act.update(&to_row(task), seen).await
}

/// The task with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, id: TaskId) -> Result<Option<Versioned<Task>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Every task of a kind about a record, of all organisations, done or not: for acts
/// that set or close them everywhere.
///
/// # Errors
/// When the database does not answer.
pub async fn about(db: &dyn Db, subject: &str, kind: &str) -> Result<Vec<Versioned<Task>>> {
    let select = row::Entity::find()
        .filter(row::Column::Subject.eq(subject))
        .filter(row::Column::Kind.eq(kind))
        .order_by_asc(row::Column::Id);
    select.all(&db.executor()).await?.into_iter().map(from_row).collect()
}

/// Which tasks to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Given to this member, or (if also `desks`) to one of these desks.
    pub assignee: Option<AccountId>,
    /// Given to one of these desks.
    pub desks: Vec<DeskId>,
    /// Whether done.
    pub done: Option<bool>,
    /// Due before this moment.
    pub due_before: Option<Moment>,
    /// Of this kind.
    pub kind: Option<String>,
    /// About this record, as `kind:id`.
    pub subject: Option<String>,
}

/// What tasks are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Due first; without a date last.
    #[default]
    Due,
    /// Newest first.
    Newest,
    /// Last done first.
    Done,
}

/// Tasks of a tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    filter: &Filter,
    sort: SortBy,
    paging: Paging,
) -> Result<Page<Versioned<Task>>> {
    let mut select = row::Entity::find().filter(row::Column::Tenant.eq(tenant.uuid()));
    let mut whose = Condition::any();
    if let Some(assignee) = filter.assignee {
        whose = whose.add(row::Column::Assignee.eq(assignee.uuid()));
    }
    if !filter.desks.is_empty() {
        let desks = filter.desks.iter().map(|desk| desk.uuid());
        whose = whose.add(row::Column::Desk.is_in(desks));
    }
    if !whose.is_empty() {
        select = select.filter(whose);
    }
    select = match filter.done {
        Some(true) => select.filter(row::Column::DoneAt.is_not_null()),
        Some(false) => select.filter(row::Column::DoneAt.is_null()),
        None => select,
    };
    if let Some(before) = filter.due_before {
        select = select.filter(row::Column::DueAt.lt(before.micros()));
    }
    if let Some(kind) = &filter.kind {
        select = select.filter(row::Column::Kind.eq(kind.as_str()));
    }
    if let Some(subject) = &filter.subject {
        select = select.filter(row::Column::Subject.eq(subject.as_str()));
    }
    // The two databases disagree on where empty dates sort; say it ourselves.
    let select = match sort {
        SortBy::Due => {
            select.order_by_asc(row::Column::DueAt.is_null()).order_by_asc(row::Column::DueAt)
        }
        SortBy::Newest => select.order_by_desc(row::Column::RecordedAt),
        SortBy::Done => {
            select.order_by_asc(row::Column::DoneAt.is_null()).order_by_desc(row::Column::DoneAt)
        }
    };
    page(&db.executor(), select.order_by_asc(row::Column::Id), paging, from_row).await
}
