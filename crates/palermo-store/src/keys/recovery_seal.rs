//! The tenant's recovery key pair, sealed so that any two officers open it
//! together: one takes off the outer layer, the other the inner.

use super::staff::{Holder, StaffKey};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
};
use palermo_crypto::{Released, StaffSecret, TwoOfficerSeal};
use palermo_domain::id::{Id, KeyId, TenantId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "recovery_seal",
        key { tenant: Uuid, key: Uuid, opens: Uuid, releases: Uuid }
        sealed: Vec<u8>,
        released: Option<Vec<u8>>,
        recorded_at: i64,
        revision: i64,
    );
}

fn with_purpose<T>(tenant: Uuid, key: Uuid, then: impl FnOnce(&[&[u8]]) -> T) -> T {
    then(&[b"palermo recovery key", tenant.as_bytes(), key.as_bytes()])
}

/// Seals the recovery key pair's private half so that any two of these
/// officers open it together, replacing earlier seals. An officer may bring
/// several key pairs (their own and a paper): never two of one person make a
/// pair.
///
/// # Errors
/// [`Error::Refused`] with fewer than two officers.
pub async fn seal(
    act: &mut Act,
    recovery: &StaffKey,
    secret: &StaffSecret,
    officers: &[StaffKey],
) -> Result<()> {
    if recovery.holder != Holder::Recovery {
        return Err(Error::Refused("this is not the recovery key".to_owned()));
    }
    let pairs = pairs(officers);
    if pairs.is_empty() {
        return Err(Error::Refused("recovery needs two different officers".to_owned()));
    }
    let old = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Key.eq(recovery.id.uuid()))
        .all(&act.txn)
        .await?;
    for old in &old {
        act.delete(old).await?;
    }
    let (tenant, key) = (act.tenant, recovery.id.uuid());
    for (opens, releases) in pairs {
        let seal = with_purpose(tenant, key, |purpose| {
            let (opens, releases) = (&opens.public, &releases.public);
            let entropy = &mut act.store.entropy();
            TwoOfficerSeal::seal(opens, releases, purpose, &secret.to_key(), entropy)
        });
        let row = row::Model {
            tenant,
            key,
            opens: opens.id.uuid(),
            releases: releases.id.uuid(),
            sealed: seal.map_err(|error| Error::Refused(error.to_string()))?.to_bytes(),
            released: None,
            recorded_at: act.now().micros(),
            revision: 1,
        };
        act.insert(&row).await?;
    }
    Ok(())
}

/// Every ordered pair of key pairs held by two different people.
fn pairs(officers: &[StaffKey]) -> Vec<(&StaffKey, &StaffKey)> {
    let different = |one: &StaffKey, other: &StaffKey| {
        let (one, other) = (one.holder.account(), other.holder.account());
        one.is_some() && other.is_some() && one != other
    };
    officers
        .iter()
        .flat_map(|opens| officers.iter().map(move |releases| (opens, releases)))
        .filter(|(opens, releases)| different(opens, releases))
        .collect()
}

/// A seal, without what is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedPair {
    /// The recovery key pair.
    pub recovery: KeyId,
    /// Who opens.
    pub opens: KeyId,
    /// Who releases first.
    pub releases: KeyId,
    /// Whether it was released already.
    pub released: bool,
}

/// The seals of a tenant's recovery key pairs.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, tenant: TenantId) -> Result<Vec<SealedPair>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .all(&db.executor())
        .await?;
    let pair = |row: row::Model| SealedPair {
        recovery: KeyId::from_uuid(row.key),
        opens: KeyId::from_uuid(row.opens),
        releases: KeyId::from_uuid(row.releases),
        released: row.released.is_some(),
    };
    Ok(rows.into_iter().map(pair).collect())
}

/// Opens a seal with both secrets at hand, changing nothing: two officers
/// with their papers at the machine, to verify a backup.
///
/// # Errors
/// [`Error::NotFound`] without such a seal, [`Error::Sealed`] if a secret is
/// not its officer's.
pub async fn open_with_both(
    db: &dyn Db,
    tenant: TenantId,
    pair: SealedPair,
    opens: &StaffSecret,
    releases: &StaffSecret,
) -> Result<StaffSecret> {
    let row = find(db, tenant.uuid(), pair.recovery, pair.opens, pair.releases).await?;
    let seal = TwoOfficerSeal::from_bytes(&row.sealed)?;
    let key = with_purpose(row.tenant, row.key, |purpose| {
        seal.release(releases, purpose)?.open(opens, purpose)
    })?;
    Ok(StaffSecret::from_key(&key)?)
}

/// Forgets the seals of a recovery key pair that was replaced.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(act: &mut Act, recovery: KeyId) -> Result<()> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Key.eq(recovery.uuid()))
        .all(&act.txn)
        .await?;
    for row in &rows {
        act.delete(row).await?;
    }
    Ok(())
}

/// Takes every released layer back: nobody came to open it.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(act: &mut Act) -> Result<u64> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Released.is_not_null())
        .all(&act.txn)
        .await?;
    let mut taken = 0;
    for mut row in rows {
        row.released = None;
        act.overwrite(&row).await?;
        taken += 1;
    }
    Ok(taken)
}

async fn find(
    db: &dyn Db,
    tenant: Uuid,
    key: KeyId,
    opens: KeyId,
    releases: KeyId,
) -> Result<row::Model> {
    let id = (tenant, key.uuid(), opens.uuid(), releases.uuid());
    row::Entity::find_by_id(id).one(&db.executor()).await?.ok_or(Error::NotFound)
}

/// The first officer takes off the outer layer, for `opens` to go on.
///
/// # Errors
/// [`Error::Sealed`] if `secret` is not the releasing officer's.
pub async fn release(
    act: &mut Act,
    recovery: KeyId,
    opens: KeyId,
    releases: KeyId,
    secret: &StaffSecret,
) -> Result<()> {
    let mut row = find(act, act.tenant, recovery, opens, releases).await?;
    let seal = TwoOfficerSeal::from_bytes(&row.sealed)?;
    let released =
        with_purpose(act.tenant, recovery.uuid(), |purpose| seal.release(secret, purpose))?;
    row.released = Some(released.to_bytes());
    act.overwrite(&row).await
}

/// The second officer opens what was released and holds the recovery key pair.
/// The released layer goes: the next recovery needs two people again.
///
/// # Errors
/// [`Error::NotFound`] if nobody released it, [`Error::Sealed`] if `secret` is
/// not the opening officer's.
pub async fn open(
    act: &mut Act,
    recovery: KeyId,
    opens: KeyId,
    releases: KeyId,
    secret: &StaffSecret,
) -> Result<StaffSecret> {
    let mut row = find(act, act.tenant, recovery, opens, releases).await?;
    let released = Released::from_bytes(row.released.as_deref().ok_or(Error::NotFound)?)?;
    let key = with_purpose(act.tenant, recovery.uuid(), |purpose| released.open(secret, purpose))?;
    row.released = None;
    act.overwrite(&row).await?;
    Ok(StaffSecret::from_key(&key)?)
}

/// Seals that wait for their second officer.
///
/// # Errors
/// When the database does not answer.
pub async fn released_to(
    db: &dyn Db,
    tenant: TenantId,
    opens: KeyId,
) -> Result<Vec<(KeyId, KeyId)>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Opens.eq(opens.uuid()))
        .filter(row::Column::Released.is_not_null())
        .all(&db.executor())
        .await?;
    let seals = rows.into_iter();
    Ok(seals.map(|row| (KeyId::from_uuid(row.key), KeyId::from_uuid(row.releases))).collect())
}
