//! Signed-in sessions. The cookie holds the tenant and a random token; the
//! store holds the token's hash, and a vault only the token opens.

use crate::{
    account,
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::{Db, Store},
};
use palermo_crypto::Token;
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, Id, SessionId, TenantId},
    moment::Moment,
};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

pub(crate) mod row {
    super::entity!(
        "session",
        key { tenant: Uuid, token_hash: Vec<u8> }
        id: Uuid,
        account: Uuid,
        assurance: String,
        device: String,
        opened_at: i64,
        seen_at: i64,
        idle_micros: i64,
        ends_at: i64,
        proven_at: Option<i64>,
        vault: Option<Vec<u8>>,
        revoked_at: Option<i64>,
    );
}

/// How sure we are who sits there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// One factor.
    Single,
    /// Two factors, or OIDC with a second factor.
    Two,
    /// A passkey that verified its user: cannot be phished.
    Hardware,
}

impl Assurance {
    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Two => "two",
            Self::Hardware => "hardware",
        }
    }

    /// The assurance with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Single, Self::Two, Self::Hardware].into_iter().find(|level| level.code() == code)
    }
}

/// A signed-in session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Organisation.
    pub tenant: TenantId,
    /// Id, for the list of sessions and the audit log.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// How they signed in.
    pub assurance: Assurance,
    /// What the browser says it is, shortened.
    pub device: String,
    /// Since when.
    pub opened_at: Moment,
    /// Last request (to the minute).
    pub seen_at: Moment,
    /// Ends after this time without a request.
    pub idle: Duration,
    /// Ends at this moment in any case.
    pub ends_at: Moment,
    /// When a factor was last asked for, for step-up.
    pub proven_at: Option<Moment>,
    /// Ended by someone.
    pub revoked_at: Option<Moment>,
    token_hash: Vec<u8>,
}

impl Session {
    /// Whether the session still counts at this moment. A clock that jumps
    /// back revives nothing: `seen_at` in the future also ends it.
    #[must_use]
    pub fn is_live(&self, now: Moment) -> bool {
        self.revoked_at.is_none()
            && now < self.ends_at
            && now.since(self.seen_at) < self.idle
            && self.seen_at <= now.after(Duration::from_secs(120))
    }
}

/// What the cookie holds; its secret also derives the key of the vault.
pub type SessionToken = crate::token::TenantToken;

/// A session to be opened.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Whose.
    pub account: AccountId,
    /// How they signed in.
    pub assurance: Assurance,
    /// What the browser says it is, shortened.
    pub device: String,
    /// Idle limit of the role.
    pub idle: Duration,
    /// Absolute limit of the role.
    pub absolute: Duration,
}

fn from_row(row: row::Model) -> Result<Session> {
    Ok(Session {
        tenant: TenantId::from_uuid(row.tenant),
        id: SessionId::from_uuid(row.id),
        account: AccountId::from_uuid(row.account),
        assurance: Assurance::from_code(&row.assurance)
            .ok_or_else(|| Error::Corrupt(format!("assurance `{}`", row.assurance)))?,
        device: row.device,
        opened_at: Moment::from_micros(row.opened_at),
        seen_at: Moment::from_micros(row.seen_at),
        idle: Duration::from_micros(u64::try_from(row.idle_micros).unwrap_or(0)),
        ends_at: Moment::from_micros(row.ends_at),
        proven_at: row.proven_at.map(Moment::from_micros),
        revoked_at: row.revoked_at.map(Moment::from_micros),
        token_hash: row.token_hash,
    })
}

/// Opens a session. The token is shown to the browser once; with it the
/// caller seals a vault and hands it to [`set_vault`].
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn open(act: &mut Act, new: NewSession) -> Result<(Session, SessionToken)> {
    let secret = Token::generate(&mut act.store.entropy())?;
    let token = SessionToken { tenant: act.tenant(), secret };
    let now = act.now().micros();
    let row = row::Model {
        tenant: act.tenant,
        token_hash: token.secret.hash().to_vec(),
        id: act.new_id::<SessionId>().uuid(),
        account: new.account.uuid(),
        assurance: new.assurance.code().to_owned(),
        device: new.device,
        opened_at: now,
        seen_at: now,
        idle_micros: i64::try_from(new.idle.as_micros()).unwrap_or(i64::MAX),
        ends_at: act.now().after(new.absolute).micros(),
        proven_at: Some(now),
        vault: None,
        revoked_at: None,
    };
    act.insert(&row).await?;
    Ok((from_row(row)?, token))
}

/// The live session of a cookie, of an account in use. Notes the request, to
/// the minute. Anything else is no session, without saying why.
///
/// # Errors
/// When the database does not answer.
pub async fn resume(store: &Store, token: &SessionToken) -> Result<Option<Session>> {
    let id = (token.tenant.uuid(), token.secret.hash().to_vec());
    let row = row::Entity::find_by_id(id).one(&store.inner.reads).await?;
    let Some(mut session) = row.map(from_row).transpose()? else { return Ok(None) };
    let now = store.now();
    if !session.is_live(now) {
        return Ok(None);
    }
    let owner = account::find(store, session.tenant, session.account).await?;
    if owner.is_none_or(|owner| owner.status != AccountStatus::Active) {
        return Ok(None);
    }
    if now.since(session.seen_at) >= Duration::from_secs(60) {
        session.seen_at = now;
        let change = row::ActiveModel {
            tenant: Unchanged(session.tenant.uuid()),
            token_hash: Unchanged(session.token_hash.clone()),
            seen_at: Set(now.micros()),
            ..row::ActiveModel::default()
        };
        row::Entity::update(change).exec(&store.inner.writes).await?;
    }
    Ok(Some(session))
}

/// Whose session a cookie named, whether or not it still counts.
///
/// # Errors
/// When the database does not answer.
pub async fn owner(store: &Store, token: &SessionToken) -> Result<Option<AccountId>> {
    let id = (token.tenant.uuid(), token.secret.hash().to_vec());
    let row = row::Entity::find_by_id(id).one(&store.inner.reads).await?;
    Ok(row.map(|row| AccountId::from_uuid(row.account)))
}

/// The vault of a session: the staff key, sealed under a key only the cookie holds.
///
/// # Errors
/// When the database does not answer.
pub async fn vault(db: &dyn Db, session: &Session) -> Result<Option<Vec<u8>>> {
    let id = (session.tenant.uuid(), session.token_hash.clone());
    let row = row::Entity::find_by_id(id).one(&db.executor()).await?;
    Ok(row.and_then(|row| row.vault))
}

/// Puts a vault into a session, or takes it out (lock).
///
/// # Errors
/// [`Error::NotFound`] if the session is gone.
pub async fn set_vault(act: &mut Act, session: &Session, vault: Option<Vec<u8>>) -> Result<()> {
    let mut row = own_row(act, session).await?;
    row.vault = vault;
    act.overwrite(&row).await
}

/// A factor was asked for again: raises the assurance and resets the clock of
/// step-up. The token is renewed, so that an older copy of the cookie is worth
/// nothing; the caller seals the vault anew.
///
/// # Errors
/// [`Error::NotFound`] if the session is gone.
pub async fn prove(
    act: &mut Act,
    session: &Session,
    assurance: Assurance,
) -> Result<(Session, SessionToken)> {
    let mut row = own_row(act, session).await?;
    act.delete(&row).await?;
    let secret = Token::generate(&mut act.store.entropy())?;
    let token = SessionToken { tenant: act.tenant(), secret };
    row.token_hash = token.secret.hash().to_vec();
    row.assurance = assurance.max(session.assurance).code().to_owned();
    row.proven_at = Some(act.now().micros());
    row.seen_at = act.now().micros();
    row.vault = None;
    act.insert(&row).await?;
    Ok((from_row(row)?, token))
}

async fn own_row(act: &Act, session: &Session) -> Result<row::Model> {
    let id = (session.tenant.uuid(), session.token_hash.clone());
    let row = row::Entity::find_by_id(id).one(&act.txn).await?;
    row.filter(|row| row.revoked_at.is_none()).ok_or(Error::NotFound)
}

/// Ends one session of an account.
///
/// # Errors
/// [`Error::NotFound`] if there is no such live session.
pub async fn revoke(act: &mut Act, account: AccountId, session: SessionId) -> Result<()> {
    let done = end(act, account, Some(session), None).await?;
    if done == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Ends all sessions of an account, except perhaps the present one. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_all(
    act: &mut Act,
    account: AccountId,
    except: Option<SessionId>,
) -> Result<u64> {
    end(act, account, None, except).await
}

async fn end(
    act: &mut Act,
    account: AccountId,
    only: Option<SessionId>,
    except: Option<SessionId>,
) -> Result<u64> {
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::RevokedAt, Expr::value(act.now().micros()))
        .col_expr(row::Column::Vault, Expr::value(Option::<Vec<u8>>::None))
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::RevokedAt.is_null());
    if let Some(only) = only {
        update = update.filter(row::Column::Id.eq(only.uuid()));
    }
    if let Some(except) = except {
        update = update.filter(row::Column::Id.ne(except.uuid()));
    }
    Ok(update.exec(&act.txn).await?.rows_affected)
}

/// Live sessions of an account, last seen first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    store: &Store,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<Session>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::RevokedAt.is_null())
        .order_by_desc(row::Column::SeenAt)
        .all(&store.inner.reads)
        .await?;
    let sessions: Result<Vec<_>> = rows.into_iter().map(from_row).collect();
    let now = store.now();
    Ok(sessions?.into_iter().filter(|session| session.is_live(now)).collect())
}

/// Whether a session is live and its key is open.
///
/// # Errors
/// When the database does not answer.
pub async fn is_open(store: &Store, tenant: TenantId, session: SessionId) -> Result<bool> {
    let row = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Id.eq(session.uuid()))
        .one(&store.inner.reads)
        .await?;
    let Some(row) = row.filter(|row| row.vault.is_some()) else { return Ok(false) };
    Ok(from_row(row)?.is_live(store.now()))
}

/// Removes sessions that ended more than a day ago. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(store: &Store) -> Result<u64> {
    let before = store.now().before(Duration::from_secs(86_400)).micros();
    let done = row::Entity::delete_many()
        .filter(
            sea_orm::Condition::any()
                .add(row::Column::EndsAt.lt(before))
                .add(row::Column::RevokedAt.lt(before)),
        )
        .exec(&store.inner.writes)
        .await?;
    Ok(done.rows_affected)
}
