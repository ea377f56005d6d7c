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

/// Seals the recovery key pair's private half to every pair of these
/// officers, replacing earlier seals.
///
/// # Errors
/// [`Error::Refused`] with fewer than two officers, or the same one twice.
pub async fn seal(
    act: &mut Act,
    recovery: &StaffKey,
    secret: &StaffSecret,
    officers: &[StaffKey],
) -> Result<()> {
    if recovery.holder != Holder::Recovery {
        return Err(Error::Refused("this is not the recovery key".to_owned()));
    }
    let old = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Key.eq(recovery.id.uuid()))
        .all(&act.txn)
        .await?;
    for old in &old {
        act.delete(old).await?;
    }
    let publics: Vec<_> = officers.iter().map(|officer| &officer.public).collect();
    let (tenant, key) = (act.tenant, recovery.id.uuid());
    let seals = with_purpose(tenant, key, |purpose| {
        TwoOfficerSeal::for_every_pair(
            &publics,
            purpose,
            &secret.to_key(),
            &mut act.store.entropy(),
        )
    });
    let by = |fingerprint: &[u8; 32]| {
        let officer = officers.iter().find(|one| one.public.fingerprint() == *fingerprint);
        officer.map(|officer| officer.id.uuid()).ok_or(Error::Sealed)
    };
    for seal in seals.map_err(|error| Error::Refused(error.to_string()))? {
        let row = row::Model {
            tenant,
            key,
            opens: by(seal.opens())?,
            releases: by(seal.releases())?,
            sealed: seal.to_bytes(),
            released: None,
            recorded_at: act.now().micros(),
            revision: 1,
        };
        act.insert(&row).await?;
    }
    Ok(())
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
