//! What members of staff sign in with. Secrets are hashes or sealed; the
//! store never sees a passphrase.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::{Db, Store},
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{AccountId, CredentialId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub(crate) mod row {
    super::entity!(
        "credential",
        key { tenant: Uuid, id: Uuid }
        account: Uuid,
        kind: String,
        label: String,
        secret: Vec<u8>,
        facts: Json,
        counter: Json,
        recorded_at: i64,
        used_at: Option<i64>,
        revoked_at: Option<i64>,
        revision: i64,
    );
}

/// What kind of credential it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    /// Argon2id hash of a passphrase.
    Passphrase,
    /// Seed of one-time codes, sealed under the `account` compartment.
    OneTimeCode,
    /// Hashes of recovery codes.
    RecoveryCodes,
    /// A passkey's public half.
    Passkey,
    /// An identity at the tenant's OIDC provider.
    Oidc,
}

impl CredentialKind {
    const ALL: [Self; 5] =
        [Self::Passphrase, Self::OneTimeCode, Self::RecoveryCodes, Self::Passkey, Self::Oidc];

    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::OneTimeCode => "one-time-code",
            Self::RecoveryCodes => "recovery-codes",
            Self::Passkey => "passkey",
            Self::Oidc => "oidc",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One credential.
#[derive(Clone, PartialEq)]
pub struct Credential {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: CredentialId,
    /// Whose.
    pub account: AccountId,
    /// What kind.
    pub kind: CredentialKind,
    /// What the member calls it ("work telephone").
    pub label: String,
    /// A hash or a sealed secret; never a secret in clear.
    pub secret: Vec<u8>,
    /// Public facts of the kind (a passkey's public key, an issuer and subject).
    pub facts: Json,
    /// What changes with use: last one-time step, signature counter, codes used up.
    pub counter: Json,
    /// When it was made.
    pub recorded_at: Moment,
    /// When it was last used.
    pub used_at: Option<Moment>,
    /// When it was taken away.
    pub revoked_at: Option<Moment>,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({}, {})", self.id, self.kind.code())
    }
}

fn to_row(credential: &Credential) -> row::Model {
    row::Model {
        tenant: credential.tenant.uuid(),
        id: credential.id.uuid(),
        account: credential.account.uuid(),
        kind: credential.kind.code().to_owned(),
        label: credential.label.clone(),
        secret: credential.secret.clone(),
        facts: credential.facts.clone(),
        counter: credential.counter.clone(),
        recorded_at: credential.recorded_at.micros(),
        used_at: credential.used_at.map(Moment::micros),
        revoked_at: credential.revoked_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Credential>> {
    let kind = CredentialKind::from_code(&row.kind)
        .ok_or_else(|| Error::Corrupt(format!("credential kind `{}`", row.kind)))?;
    let credential = Credential {
        tenant: TenantId::from_uuid(row.tenant),
        id: CredentialId::from_uuid(row.id),
        account: AccountId::from_uuid(row.account),
        kind,
        label: row.label,
        secret: row.secret,
        facts: row.facts,
        counter: row.counter,
        recorded_at: Moment::from_micros(row.recorded_at),
        used_at: row.used_at.map(Moment::from_micros),
        revoked_at: row.revoked_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(credential, row.revision))
}

/// Adds a credential.
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn insert(act: &mut Act, credential: &Credential) -> Result<()> {
    act.insert(&to_row(credential)).await
}

/// Changes a credential: a new passphrase, another label, taken away.
///
/// # Errors
/// [`Error::Conflict`] if it was changed since `seen`.
pub async fn update(act: &mut Act, credential: &Credential, seen: Revision) -> Result<Revision> {
    act.update(&to_row(credential), seen).await
}

/// Credentials of an account that were not taken away.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<Versioned<Credential>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::RevokedAt.is_null())
        .order_by_asc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Credentials of one kind of all accounts of a tenant, not taken away.
///
/// # Errors
/// When the database does not answer.
pub async fn of_kind(
    db: &dyn Db,
    tenant: TenantId,
    kind: CredentialKind,
) -> Result<Vec<Versioned<Credential>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Kind.eq(kind.code()))
        .filter(row::Column::RevokedAt.is_null())
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Notes a use: the counter moves from the value seen to the next, or the use
/// is refused because another request was faster (a one-time code counts once).
///
/// # Errors
/// [`Error::Conflict`] if the counter was moved in the meantime.
pub async fn use_once(store: &Store, credential: &Credential, next: Json) -> Result<()> {
    let txn = store.begin().await?;
    let id = (credential.tenant.uuid(), credential.id.uuid());
    // The tenant's log end is the lock that puts acts in a row; uses share it.
    crate::audit::Head::lock(&store.inner.keys, &txn, credential.tenant.uuid()).await?;
    let row = row::Entity::find_by_id(id).one(&txn).await?.ok_or(Error::NotFound)?;
    if row.counter != credential.counter || row.revoked_at.is_some() {
        return Err(Error::Conflict);
    }
    let change = row::ActiveModel {
        tenant: Unchanged(row.tenant),
        id: Unchanged(row.id),
        counter: Set(next),
        used_at: Set(Some(store.now().micros())),
        ..row::ActiveModel::default()
    };
    row::Entity::update(change).exec(&txn).await?;
    txn.commit().await.map_err(crate::error::unclear)
}
