//! Tokens for programs: scoped, ending, shown once.

use crate::{
    account,
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::{Db, Store},
    token::TenantToken,
    write::Versioned,
};
use palermo_crypto::Token;
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, Id, TenantId, TokenId},
    moment::Moment,
};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};
use serde::Serialize;
use serde_json::json;
use std::time::Duration;

pub(crate) mod row {
    super::entity!(
        "api_token",
        key { tenant: Uuid, id: Uuid }
        account: Uuid,
        name: String,
        token_hash: Vec<u8>,
        scopes: Json,
        recorded_at: i64,
        ends_at: i64,
        used_at: Option<i64>,
        revoked_at: Option<i64>,
        revision: i64,
    );
}

/// A token for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiToken {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: TokenId,
    /// Whose account it speaks for; never more than that account may.
    pub account: AccountId,
    /// What the member calls it.
    pub name: String,
    /// Actions it may do, for example `desk.list`.
    pub scopes: Vec<String>,
    /// When it was made.
    pub recorded_at: Moment,
    /// Until when it counts.
    pub ends_at: Moment,
    /// When it was last used (to the minute).
    pub used_at: Option<Moment>,
    /// When it was taken away.
    pub revoked_at: Option<Moment>,
}

fn from_row(row: row::Model) -> Result<Versioned<ApiToken>> {
    let token = ApiToken {
        tenant: TenantId::from_uuid(row.tenant),
        id: TokenId::from_uuid(row.id),
        account: AccountId::from_uuid(row.account),
        name: row.name,
        scopes: serde_json::from_value(row.scopes)
            .map_err(|error| Error::Corrupt(error.to_string()))?,
        recorded_at: Moment::from_micros(row.recorded_at),
        ends_at: Moment::from_micros(row.ends_at),
        used_at: row.used_at.map(Moment::from_micros),
        revoked_at: row.revoked_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(token, row.revision))
}

/// Makes a token; its text is shown once.
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn insert(
    act: &mut Act,
    account: AccountId,
    name: &str,
    scopes: &[String],
    ends_at: Moment,
) -> Result<(TokenId, TenantToken)> {
    let secret = Token::generate(&mut act.store.entropy())?;
    let token = TenantToken { tenant: act.tenant(), secret };
    let id: TokenId = act.new_id();
    let row = row::Model {
        tenant: act.tenant,
        id: id.uuid(),
        account: account.uuid(),
        name: name.to_owned(),
        token_hash: token.hash(),
        scopes: json!(scopes),
        recorded_at: act.now().micros(),
        ends_at: ends_at.micros(),
        used_at: None,
        revoked_at: None,
        revision: 1,
    };
    act.insert(&row).await?;
    Ok((id, token))
}

/// The token with this text, if it still counts and its account is in use.
///
/// # Errors
/// When the database does not answer.
pub async fn resume(store: &Store, token: &TenantToken) -> Result<Option<ApiToken>> {
    let row = row::Entity::find()
        .filter(row::Column::Tenant.eq(token.tenant.uuid()))
        .filter(row::Column::TokenHash.eq(token.hash()))
        .filter(row::Column::RevokedAt.is_null())
        .filter(row::Column::EndsAt.gt(store.now().micros()))
        .one(&store.inner.reads)
        .await?;
    let Some(found) = row.map(from_row).transpose()? else { return Ok(None) };
    let owner = account::find(store, found.tenant, found.account).await?;
    if owner.is_none_or(|owner| owner.status != AccountStatus::Active) {
        return Ok(None);
    }
    let now = store.now();
    if found.used_at.is_none_or(|used| now.since(used) >= Duration::from_secs(60)) {
        let change = row::ActiveModel {
            tenant: Unchanged(found.tenant.uuid()),
            id: Unchanged(found.id.uuid()),
            used_at: Set(Some(now.micros())),
            ..row::ActiveModel::default()
        };
        row::Entity::update(change).exec(&store.inner.writes).await?;
    }
    Ok(Some(found.record))
}

/// Takes a token away.
///
/// # Errors
/// [`Error::NotFound`] if there is none such that counts.
pub async fn revoke(act: &mut Act, id: TokenId) -> Result<()> {
    let row = row::Entity::find_by_id((act.tenant, id.uuid())).one(&act.txn).await?;
    let mut row = row.filter(|row| row.revoked_at.is_none()).ok_or(Error::NotFound)?;
    row.revoked_at = Some(act.now().micros());
    act.overwrite(&row).await
}

/// Takes all tokens of an account away. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_all(act: &mut Act, account: AccountId) -> Result<usize> {
    let tokens = of_account(act, act.tenant(), account).await?;
    for token in &tokens {
        revoke(act, token.id).await?;
    }
    Ok(tokens.len())
}

/// Tokens of an account that were not taken away, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<Versioned<ApiToken>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::RevokedAt.is_null())
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
