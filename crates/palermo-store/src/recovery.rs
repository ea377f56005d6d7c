//! Recovering an account that lost its passphrase: asked for, approved by two
//! people who are not the one recovered, then opened by a link that counts once.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::{Db, Store},
    token::TenantToken,
    write::Versioned,
};
use palermo_crypto::Token;
use palermo_domain::{
    id::{AccountId, Id, RecoveryId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

pub(crate) mod row {
    super::entity!(
        "recovery_request",
        key { tenant: Uuid, id: Uuid }
        account: Uuid,
        reason: String,
        state: String,
        token_hash: Option<Vec<u8>>,
        operator: Option<String>,
        recorded_at: i64,
        ends_at: i64,
        revision: i64,
    );
}

pub(crate) mod approval_row {
    super::entity!(
        "recovery_approval",
        key { tenant: Uuid, request: Uuid, approver: Uuid }
        recorded_at: i64,
    );
}

/// People who must approve.
pub const APPROVALS: usize = 2;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecoveryState {
    /// Waits for approvals.
    Asked,
    /// Two people approved; the link was made.
    Approved,
    /// The link was used.
    Used,
    /// Somebody refused.
    Refused,
}

impl RecoveryState {
    const ALL: [Self; 4] = [Self::Asked, Self::Approved, Self::Used, Self::Refused];

    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Used => "used",
            Self::Refused => "refused",
        }
    }
}

/// A request to recover an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recovery {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: RecoveryId,
    /// Whose account.
    pub account: AccountId,
    /// Why, in the words of whoever asked.
    pub reason: String,
    /// Where it stands.
    pub state: RecoveryState,
    /// Who at the machine approved it, if anyone.
    pub operator: Option<String>,
    /// When it was asked.
    pub recorded_at: Moment,
    /// Until when it counts.
    pub ends_at: Moment,
}

fn from_row(row: row::Model) -> Result<Versioned<Recovery>> {
    let state = RecoveryState::ALL.into_iter().find(|state| state.code() == row.state);
    let recovery = Recovery {
        tenant: TenantId::from_uuid(row.tenant),
        id: RecoveryId::from_uuid(row.id),
        account: AccountId::from_uuid(row.account),
        reason: row.reason,
        state: state.ok_or_else(|| Error::Corrupt(format!("recovery state `{}`", row.state)))?,
        operator: row.operator,
        recorded_at: Moment::from_micros(row.recorded_at),
        ends_at: Moment::from_micros(row.ends_at),
    };
    Ok(Versioned::new(recovery, row.revision))
}

/// Asks for a recovery.
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn ask(
    act: &mut Act,
    account: AccountId,
    reason: &str,
    ends_at: Moment,
) -> Result<RecoveryId> {
    let id: RecoveryId = act.new_id();
    let row = row::Model {
        tenant: act.tenant,
        id: id.uuid(),
        account: account.uuid(),
        reason: reason.to_owned(),
        state: RecoveryState::Asked.code().to_owned(),
        token_hash: None,
        operator: None,
        recorded_at: act.now().micros(),
        ends_at: ends_at.micros(),
        revision: 1,
    };
    act.insert(&row).await?;
    Ok(id)
}

/// Adds one person's approval. With the second one the link is made and
/// returned, to be given to the person recovered.
///
/// # Errors
/// [`Error::Duplicate`] if this person approved already, [`Error::Conflict`]
/// if they are the one recovered, or the request no longer waits.
pub async fn approve(
    act: &mut Act,
    id: RecoveryId,
    approver: AccountId,
) -> Result<Option<TenantToken>> {
    let request = waiting_row(act, id, RecoveryState::Asked).await?;
    if request.account == approver.uuid() {
        return Err(Error::Conflict);
    }
    let approval = approval_row::Model {
        tenant: act.tenant,
        request: id.uuid(),
        approver: approver.uuid(),
        recorded_at: act.now().micros(),
    };
    act.insert(&approval).await?;
    link_if_enough(act, request).await
}

/// Adds the approval of whoever runs the machine: for an organisation in which
/// one other person is left. It counts as one of the two.
///
/// # Errors
/// [`Error::Duplicate`] if it was given already, [`Error::Conflict`] if the
/// request no longer waits.
pub async fn approve_as_operator(
    act: &mut Act,
    id: RecoveryId,
    operator: &str,
) -> Result<Option<TenantToken>> {
    let mut request = waiting_row(act, id, RecoveryState::Asked).await?;
    if request.operator.is_some() {
        return Err(Error::Duplicate);
    }
    request.operator = Some(operator.to_owned());
    act.overwrite(&request).await?;
    let request = waiting_row(act, id, RecoveryState::Asked).await?;
    link_if_enough(act, request).await
}

/// The link, made when two have approved.
async fn link_if_enough(act: &mut Act, mut request: row::Model) -> Result<Option<TenantToken>> {
    let id = RecoveryId::from_uuid(request.id);
    let given = approvers(act, act.tenant(), id).await?.len();
    if given + usize::from(request.operator.is_some()) < APPROVALS {
        return Ok(None);
    }
    let secret = Token::generate(&mut act.store.entropy())?;
    let token = TenantToken { tenant: act.tenant(), secret };
    request.state = RecoveryState::Approved.code().to_owned();
    request.token_hash = Some(token.hash());
    act.overwrite(&request).await?;
    Ok(Some(token))
}

/// Refuses a request.
///
/// # Errors
/// [`Error::Conflict`] if it no longer waits.
pub async fn refuse(act: &mut Act, id: RecoveryId) -> Result<()> {
    let mut request = waiting_row(act, id, RecoveryState::Asked).await?;
    request.state = RecoveryState::Refused.code().to_owned();
    act.overwrite(&request).await
}

/// The approved request a link belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_token(
    store: &Store,
    token: &TenantToken,
) -> Result<Option<Versioned<Recovery>>> {
    let row = row::Entity::find()
        .filter(row::Column::Tenant.eq(token.tenant.uuid()))
        .filter(row::Column::TokenHash.eq(token.hash()))
        .filter(row::Column::State.eq(RecoveryState::Approved.code()))
        .filter(row::Column::EndsAt.gt(store.now().micros()))
        .one(&store.inner.reads)
        .await?;
    row.map(from_row).transpose()
}

/// Uses the link up, in the act that sets the new passphrase.
///
/// # Errors
/// [`Error::Conflict`] if it was used before.
pub async fn use_up(act: &mut Act, id: RecoveryId) -> Result<()> {
    let mut request = waiting_row(act, id, RecoveryState::Approved).await?;
    request.state = RecoveryState::Used.code().to_owned();
    request.token_hash = None;
    act.overwrite(&request).await
}

/// Ends every other request and link of an account, in the act that sets a passphrase:
/// an older link must not put another one over it.
///
/// # Errors
/// When the database does not answer.
pub async fn void(act: &mut Act, account: AccountId) -> Result<()> {
    let open = [RecoveryState::Asked.code(), RecoveryState::Approved.code()];
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::State.is_in(open))
        .all(&act.txn)
        .await?;
    for mut request in rows {
        request.state = RecoveryState::Refused.code().to_owned();
        request.token_hash = None;
        act.overwrite(&request).await?;
    }
    Ok(())
}

async fn waiting_row(act: &Act, id: RecoveryId, state: RecoveryState) -> Result<row::Model> {
    let row = row::Entity::find_by_id((act.tenant, id.uuid())).one(&act.txn).await?;
    let row = row.ok_or(Error::NotFound)?;
    if row.state != state.code() || row.ends_at <= act.now().micros() {
        return Err(Error::Conflict);
    }
    Ok(row)
}

/// Who approved so far.
///
/// # Errors
/// When the database does not answer.
pub async fn approvers(db: &dyn Db, tenant: TenantId, id: RecoveryId) -> Result<Vec<AccountId>> {
    let rows = approval_row::Entity::find()
        .filter(approval_row::Column::Tenant.eq(tenant.uuid()))
        .filter(approval_row::Column::Request.eq(id.uuid()))
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(|row| AccountId::from_uuid(row.approver)).collect())
}

/// Requests of a tenant, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<Recovery>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
