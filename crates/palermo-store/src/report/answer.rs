//! Answers of a submission, one row each: an editor hands back the revision
//! they saw, so that two hands on one answer never lose a word.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{Id, SubmissionId, TenantId},
    moment::Moment,
    report::Answer,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

pub(crate) mod row {
    super::entity!(
        "submission_answer",
        key { tenant: Uuid, submission: Uuid, code: String }
        body: Json,
        recorded_at: i64,
        recorded_by: String,
        revision: i64,
    );
}

/// An answer with its question, and who wrote it when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Written {
    /// The question.
    pub code: String,
    /// The answer.
    pub answer: Answer,
    /// When.
    pub at: Moment,
    /// Who, by name at that moment.
    pub by: String,
}

fn to_row(tenant: TenantId, submission: SubmissionId, one: &Written) -> Result<row::Model> {
    let body =
        serde_json::to_value(&one.answer).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(row::Model {
        tenant: tenant.uuid(),
        submission: submission.uuid(),
        code: one.code.clone(),
        body,
        recorded_at: one.at.micros(),
        recorded_by: one.by.clone(),
        revision: 1,
    })
}

fn from_row(row: row::Model) -> Result<Versioned<Written>> {
    let answer = serde_json::from_value(row.body)
        .map_err(|error| Error::Corrupt(format!("answer: {error}")))?;
    let written = Written {
        code: row.code,
        answer,
        at: Moment::from_micros(row.recorded_at),
        by: row.recorded_by,
    };
    Ok(Versioned::new(written, row.revision))
}

/// All answers of a submission, by question.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    db: &dyn Db,
    tenant: TenantId,
    submission: SubmissionId,
) -> Result<Vec<Versioned<Written>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Submission.eq(submission.uuid()))
        .order_by_asc(row::Column::Code)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Adds many answers to a new submission of the act's organisation.
///
/// # Errors
/// [`Error::Duplicate`] if one is there already.
pub async fn insert(act: &mut Act, submission: SubmissionId, all: &[Written]) -> Result<()> {
    let tenant = act.tenant();
    let rows = all.iter().map(|one| to_row(tenant, submission, one)).collect::<Result<Vec<_>>>()?;
    act.insert_many(&rows).await
}

/// Writes one answer; `seen` is the revision the editor saw, none if the
/// question had no answer then.
///
/// # Errors
/// [`Error::Conflict`] or [`Error::Duplicate`] if someone else wrote it since.
pub async fn write(
    act: &mut Act,
    submission: SubmissionId,
    one: &Written,
    seen: Option<Revision>,
) -> Result<Revision> {
    let row = to_row(act.tenant(), submission, one)?;
    match seen {
        Some(seen) => act.update(&row, seen).await,
        None => {
            act.insert(&row).await?;
            Ok(Revision(1))
        }
    }
}

/// Takes an answer away; the log keeps that it was there.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn remove(act: &mut Act, submission: SubmissionId, code: &str) -> Result<()> {
    let key = (act.tenant, submission.uuid(), code.to_owned());
    let row = row::Entity::find_by_id(key).one(&act.txn).await?.ok_or(Error::NotFound)?;
    act.delete(&row).await
}
