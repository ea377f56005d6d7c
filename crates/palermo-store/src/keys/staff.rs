//! Key pairs of members of staff and of a tenant's recovery. The private half
//! of staff is kept sealed, once for each way its owner can open it; that of a
//! paper is printed for its owner and kept nowhere; that of recovery is sealed
//! to pairs of officers (see [`super::recovery_seal`]).

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    token::TenantToken,
};
use palermo_crypto::{StaffPublic, StaffSecret, VaultKey};
use palermo_domain::{
    id::{AccountId, CredentialId, Id, KeyId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "staff_key",
        key { tenant: Uuid, id: Uuid }
        holder_kind: String,
        holder: Uuid,
        public: Vec<u8>,
        recorded_at: i64,
        retired_at: Option<i64>,
        revision: i64,
    );
}

pub(crate) mod seal_row {
    super::entity!(
        "staff_key_seal",
        key { tenant: Uuid, key: Uuid, method: String, credential: Uuid }
        sealed: Vec<u8>,
        facts: Json,
        recorded_at: i64,
        revision: i64,
    );
}

/// Whose key pair it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
pub enum Holder {
    /// A member of staff.
    Staff(AccountId),
    /// A paper in the hands of a member of staff who is a recovery officer.
    Paper(AccountId),
    /// The tenant's recovery: a key pair kept offline or by two officers.
    Recovery,
}

impl Holder {
    fn kind(self) -> &'static str {
        match self {
            Self::Staff(_) => "staff",
            Self::Paper(_) => "paper",
            Self::Recovery => "recovery",
        }
    }

    fn uuid(self) -> Uuid {
        match self {
            Self::Staff(account) | Self::Paper(account) => account.uuid(),
            Self::Recovery => Uuid::nil(),
        }
    }

    /// The person who holds it; nobody holds the recovery pair alone.
    #[must_use]
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Staff(account) | Self::Paper(account) => Some(account),
            Self::Recovery => None,
        }
    }
}

/// The public half of a key pair.
#[derive(Debug, Clone)]
pub struct StaffKey {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: KeyId,
    /// Whose.
    pub holder: Holder,
    /// What keys are wrapped to.
    pub public: StaffPublic,
    /// Since when.
    pub recorded_at: Moment,
    /// When it was replaced.
    pub retired_at: Option<Moment>,
}

impl StaffKey {
    /// What the sealed private half is bound to.
    fn owner(&self) -> [[u8; 16]; 3] {
        [*self.tenant.uuid().as_bytes(), *self.holder.uuid().as_bytes(), *self.id.uuid().as_bytes()]
    }

    fn with_owner<T>(&self, then: impl FnOnce(&[&[u8]]) -> T) -> T {
        let [tenant, holder, id] = self.owner();
        then(&[&tenant, &holder, &id])
    }
}

/// By what a member of staff opens their private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The passphrase they sign in with, or a vault passphrase of their own.
    Passphrase,
    /// The output of an authenticator's PRF.
    Prf,
}

impl Method {
    const fn code(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Prf => "prf",
        }
    }
}

fn from_row(row: row::Model) -> Result<StaffKey> {
    let holder = match row.holder_kind.as_str() {
        "staff" => Holder::Staff(AccountId::from_uuid(row.holder)),
        "paper" => Holder::Paper(AccountId::from_uuid(row.holder)),
        "recovery" => Holder::Recovery,
        other => return Err(Error::Corrupt(format!("key holder `{other}`"))),
    };
    Ok(StaffKey {
        tenant: TenantId::from_uuid(row.tenant),
        id: KeyId::from_uuid(row.id),
        holder,
        public: StaffPublic::from_bytes(&row.public)
            .map_err(|error| Error::Corrupt(error.to_string()))?,
        recorded_at: Moment::from_micros(row.recorded_at),
        retired_at: row.retired_at.map(Moment::from_micros),
    })
}

/// Adds a key pair's public half.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(act: &mut Act, holder: Holder, public: &StaffPublic) -> Result<StaffKey> {
    let row = row::Model {
        tenant: act.tenant,
        id: act.new_id::<KeyId>().uuid(),
        holder_kind: holder.kind().to_owned(),
        holder: holder.uuid(),
        public: public.to_bytes(),
        recorded_at: act.now().micros(),
        retired_at: None,
        revision: 1,
    };
    act.insert(&row).await?;
    from_row(row)
}

/// The key pairs in use of a holder (one, except while it is being replaced).
///
/// # Errors
/// When the database does not answer.
pub async fn of_holder(db: &dyn Db, tenant: TenantId, holder: Holder) -> Result<Vec<StaffKey>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::HolderKind.eq(holder.kind()))
        .filter(row::Column::Holder.eq(holder.uuid()))
        .filter(row::Column::RetiredAt.is_null())
        .order_by_asc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Whether a holder had a key pair before that is in use no more: the present
/// one came after a loss, and others decide on what it opens.
///
/// # Errors
/// When the database does not answer.
pub async fn had_before(db: &dyn Db, tenant: TenantId, holder: Holder) -> Result<bool> {
    let earlier = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::HolderKind.eq(holder.kind()))
        .filter(row::Column::Holder.eq(holder.uuid()))
        .filter(row::Column::RetiredAt.is_not_null());
    Ok(earlier.one(&db.executor()).await?.is_some())
}

/// All key pairs in use of a tenant: staff, papers, recovery.
///
/// # Errors
/// When the database does not answer.
pub async fn in_use(db: &dyn Db, tenant: TenantId) -> Result<Vec<StaffKey>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::RetiredAt.is_null())
        .order_by_asc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// By what an owner can open a key pair: methods, each with its credential.
///
/// # Errors
/// When the database does not answer.
pub async fn ways(db: &dyn Db, key: &StaffKey) -> Result<Vec<(Method, Option<CredentialId>)>> {
    let rows = seal_row::Entity::find()
        .filter(seal_row::Column::Tenant.eq(key.tenant.uuid()))
        .filter(seal_row::Column::Key.eq(key.id.uuid()))
        .all(&db.executor())
        .await?;
    let credential = |uuid: Uuid| (!uuid.is_nil()).then(|| CredentialId::from_uuid(uuid));
    let method = |code: &str| match code {
        "prf" => Method::Prf,
        _ => Method::Passphrase,
    };
    Ok(rows.into_iter().map(|row| (method(&row.method), credential(row.credential))).collect())
}

/// Takes away a way to open a key pair: its passkey was removed.
///
/// # Errors
/// When the database does not answer.
pub async fn unseal_credential(act: &mut Act, credential: CredentialId) -> Result<()> {
    let seals = seal_row::Entity::find()
        .filter(seal_row::Column::Tenant.eq(act.tenant))
        .filter(seal_row::Column::Credential.eq(credential.uuid()))
        .all(&act.txn)
        .await?;
    for seal in &seals {
        act.delete(seal).await?;
    }
    Ok(())
}

/// Replaces a key pair that was lost or must no longer open anything: its
/// seals and everything wrapped to it go. Whoever holds the compartments then
/// grants them to the new pair.
///
/// # Errors
/// [`Error::NotFound`] if it is not there or already retired.
pub async fn retire(act: &mut Act, key: KeyId) -> Result<()> {
    let row = row::Entity::find_by_id((act.tenant, key.uuid())).one(&act.txn).await?;
    let mut row = row.filter(|row| row.retired_at.is_none()).ok_or(Error::NotFound)?;
    row.retired_at = Some(act.now().micros());
    act.overwrite(&row).await?;
    let seals = seal_row::Entity::find()
        .filter(seal_row::Column::Tenant.eq(act.tenant))
        .filter(seal_row::Column::Key.eq(key.uuid()))
        .all(&act.txn)
        .await?;
    for seal in &seals {
        act.delete(seal).await?;
    }
    super::compartment::withdraw(act, key).await
}

/// Keeps the private half sealed by a key its owner can bring about again:
/// from a passphrase or an authenticator. Replaces an earlier seal of the same
/// method and credential.
///
/// # Errors
/// When there is no randomness, or the database does not answer.
pub async fn seal(
    act: &mut Act,
    key: &StaffKey,
    secret: &StaffSecret,
    by: &VaultKey,
    method: Method,
    credential: Option<CredentialId>,
    facts: Json,
) -> Result<()> {
    let sealed = key.with_owner(|owner| by.seal_secret(owner, secret, &mut act.store.entropy()))?;
    let row = seal_row::Model {
        tenant: act.tenant,
        key: key.id.uuid(),
        method: method.code().to_owned(),
        credential: credential.map_or(Uuid::nil(), Id::uuid),
        sealed,
        facts,
        recorded_at: act.now().micros(),
        revision: 1,
    };
    let id = (row.tenant, row.key, row.method.clone(), row.credential);
    match seal_row::Entity::find_by_id(id).one(&act.txn).await? {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
}

/// The facts stored with a seal (salt, cost), by which the caller makes the
/// key that opens it; nothing if there is no such seal.
///
/// # Errors
/// When the database does not answer.
pub async fn seal_facts(
    db: &dyn Db,
    key: &StaffKey,
    method: Method,
    credential: Option<CredentialId>,
) -> Result<Option<Json>> {
    Ok(seal_of(db, key, method, credential).await?.map(|row| row.facts))
}

async fn seal_of(
    db: &dyn Db,
    key: &StaffKey,
    method: Method,
    credential: Option<CredentialId>,
) -> Result<Option<seal_row::Model>> {
    let credential = credential.map_or(Uuid::nil(), Id::uuid);
    let id = (key.tenant.uuid(), key.id.uuid(), method.code().to_owned(), credential);
    Ok(seal_row::Entity::find_by_id(id).one(&db.executor()).await?)
}

/// Opens the private half.
///
/// # Errors
/// [`Error::NotFound`] without such a seal, [`Error::Sealed`] if it does not open.
pub async fn open(
    db: &dyn Db,
    key: &StaffKey,
    by: &VaultKey,
    method: Method,
    credential: Option<CredentialId>,
) -> Result<StaffSecret> {
    let row = seal_of(db, key, method, credential).await?.ok_or(Error::NotFound)?;
    Ok(key.with_owner(|owner| by.open_secret(owner, &row.sealed))?)
}

/// The private half for a session: sealed by a key only the cookie holds.
/// Goes into [`crate::session::set_vault`].
///
/// # Errors
/// When there is no randomness.
pub fn seal_for_session(
    key: &StaffKey,
    secret: &StaffSecret,
    token: &TenantToken,
) -> Result<Vec<u8>> {
    let by = VaultKey::from_token(&token.secret);
    let sealed =
        key.with_owner(|owner| by.seal_secret(owner, secret, &mut palermo_crypto::OsEntropy))?;
    let mut vault = key.id.uuid().as_bytes().to_vec();
    vault.extend(sealed);
    Ok(vault)
}

/// Opens a session's vault with its cookie.
///
/// # Errors
/// [`Error::Sealed`] with another cookie, or if the key was retired meanwhile.
pub async fn open_from_session(
    db: &dyn Db,
    token: &TenantToken,
    vault: &[u8],
) -> Result<(StaffKey, StaffSecret)> {
    let (id, sealed) = vault.split_first_chunk::<16>().ok_or(Error::Sealed)?;
    let id = (token.tenant.uuid(), Uuid::from_bytes(*id));
    let row = row::Entity::find_by_id(id).one(&db.executor()).await?;
    let key = from_row(row.filter(|row| row.retired_at.is_none()).ok_or(Error::Sealed)?)?;
    let by = VaultKey::from_token(&token.secret);
    let secret = key.with_owner(|owner| by.open_secret(owner, sealed))?;
    Ok((key, secret))
}

/// The key pair with this id, also if retired.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, id: KeyId) -> Result<Option<StaffKey>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}
