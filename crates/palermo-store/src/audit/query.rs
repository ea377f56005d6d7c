//! Looking into the log: the audit viewer, and "who looked at this person" (L4).

use super::{
    entry::{Entry, Outcome, Subject},
    entry_row, subject_row,
};
use crate::{
    error::{Error, Result},
    list::{Page, Paging, page},
    store::Db,
};
use palermo_domain::{
    id::{AccountId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// By this account.
    pub account: Option<AccountId>,
    /// About this record.
    pub subject: Option<Subject>,
    /// About any record of this kind, as in [`Id::KIND`].
    pub kind: Option<String>,
    /// About the record with this id, of whatever kind.
    pub record: Option<String>,
    /// This action, or all of a noun if it ends in a point (`desk.`).
    pub action: Option<String>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// From this moment on.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// The oldest first, instead of the newest.
    pub oldest_first: bool,
}

impl Filter {
    /// The numbers of the entries about what was asked for; nothing if anything will do.
    fn about(&self, tenant: TenantId) -> Option<SelectStatement> {
        if self.subject.is_none() && self.kind.is_none() && self.record.is_none() {
            return None;
        }
        let mut about = subject_row::Entity::find()
            .select_only()
            .column(subject_row::Column::Seq)
            .filter(subject_row::Column::Tenant.eq(tenant.uuid()));
        if let Some(subject) = &self.subject {
            about = about
                .filter(subject_row::Column::Kind.eq(subject.kind.as_str()))
                .filter(subject_row::Column::Subject.eq(subject.id.as_str()));
        }
        if let Some(kind) = &self.kind {
            about = about.filter(subject_row::Column::Kind.eq(kind.as_str()));
        }
        if let Some(record) = &self.record {
            about = about.filter(subject_row::Column::Subject.eq(record.as_str()));
        }
        Some(about.into_query())
    }
}

/// Entries of a tenant's log, newest first unless asked otherwise.
///
/// # Errors
/// When the database does not answer or an entry cannot be read.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    filter: &Filter,
    paging: Paging,
) -> Result<Page<Entry>> {
    let mut select = entry_row::Entity::find().filter(entry_row::Column::Tenant.eq(tenant.uuid()));
    if let Some(account) = filter.account {
        select = select.filter(entry_row::Column::Account.eq(account.uuid()));
    }
    if let Some(about) = filter.about(tenant) {
        select = select.filter(entry_row::Column::Seq.in_subquery(about));
    }
    if let Some(action) = &filter.action {
        // `desk.` to `desk/`: the next letter after the point, so that an index could serve.
        select = match action.strip_suffix('.') {
            Some(noun) => select
                .filter(entry_row::Column::Action.gte(format!("{noun}.")))
                .filter(entry_row::Column::Action.lt(format!("{noun}/"))),
            None => select.filter(entry_row::Column::Action.eq(action.as_str())),
        };
    }
    if let Some(outcome) = filter.outcome {
        select = select.filter(entry_row::Column::Outcome.eq(outcome.code()));
    }
    if let Some(from) = filter.from {
        select = select.filter(entry_row::Column::RecordedAt.gte(from.micros()));
    }
    if let Some(until) = filter.until {
        select = select.filter(entry_row::Column::RecordedAt.lt(until.micros()));
    }
    let order = if filter.oldest_first { sea_orm::Order::Asc } else { sea_orm::Order::Desc };
    let select = select.order_by(Expr::col(entry_row::Column::Seq), order);
    page(&db.executor(), select, paging, |row| Entry::from_bytes(&row.body)).await
}

/// One entry by its number.
///
/// # Errors
/// [`Error::NotFound`] if the log is shorter.
pub async fn find(db: &dyn Db, tenant: TenantId, seq: i64) -> Result<Entry> {
    let row = entry_row::Entity::find_by_id((tenant.uuid(), seq)).one(&db.executor()).await?;
    Entry::from_bytes(&row.ok_or(Error::NotFound)?.body)
}
