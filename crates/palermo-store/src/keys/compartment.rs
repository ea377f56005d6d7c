//! Compartment keys: one per tenant and compartment, wrapped to the server's
//! own key where the server may open it, otherwise only to key pairs of staff
//! and recovery.

use super::{staff::StaffKey, vault::UnlockedVault};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
};
use palermo_crypto::{Aad, Key, wrap, wrap_key};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, KeyId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "compartment_key",
        key { tenant: Uuid, compartment: String, id: Uuid }
        wrapped: Option<Vec<u8>>,
        recorded_at: i64,
        retired_at: Option<i64>,
        revision: i64,
    );
}

pub(crate) mod wrap_row {
    super::entity!(
        "key_wrap",
        key { tenant: Uuid, compartment: String, key: Uuid, holder_key: Uuid }
        wrapped: Vec<u8>,
        recorded_at: i64,
        revision: i64,
    );
}

/// What a key wrapped by the server's own key is bound to.
pub(super) fn server_place<'a>(tenant: &'a Uuid, compartment: &'a str, id: &'a Uuid) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: &[],
        table: "compartment_key",
        column: compartment,
        row: id.as_bytes(),
        key_id: b"installation",
        version: 1,
    }
}

/// What a key wrapped to a key pair is bound to.
pub(super) fn with_info<T>(
    tenant: Uuid,
    compartment: &str,
    key: Uuid,
    holder_key: Uuid,
    then: impl FnOnce(&[&[u8]]) -> T,
) -> T {
    then(&[
        b"palermo compartment key",
        tenant.as_bytes(),
        compartment.as_bytes(),
        key.as_bytes(),
        holder_key.as_bytes(),
    ])
}

/// Makes the first keys of the compartments the server may open. Part of
/// adding a tenant.
pub(crate) async fn establish_for_server(act: &mut Act) -> Result<()> {
    for compartment in Compartment::ALL.into_iter().filter(|one| one.opens_with_root()) {
        create(act, compartment).await?;
    }
    Ok(())
}

/// Makes the first key of a compartment only staff may open, wrapped to these
/// key pairs: the cleared staff and the tenant's recovery.
///
/// # Errors
/// [`Error::Duplicate`] if the compartment has a key already,
/// [`Error::Refused`] without anyone to wrap it to.
pub async fn establish(
    act: &mut Act,
    compartment: Compartment,
    holders: &[StaffKey],
) -> Result<KeyId> {
    if !keys_of(act, act.tenant(), compartment).await?.is_empty() {
        return Err(Error::Duplicate);
    }
    if holders.is_empty() && !compartment.opens_with_root() {
        return Err(Error::Refused(
            "a key that nobody holds opens nothing; name its holders".into(),
        ));
    }
    let (id, key) = create(act, compartment).await?;
    for holder in holders {
        wrap_to(act, compartment, id, &key, holder).await?;
    }
    if compartment == Compartment::Identity {
        super::blind::establish(act, id, &key).await?;
    }
    Ok(id)
}

/// Refuses to use a vault opened before the compartment's key was replaced:
/// what it sealed now, nobody could open once the old key is forgotten.
pub(super) async fn check_current(
    act: &Act,
    vault: &UnlockedVault,
    compartment: Compartment,
) -> Result<()> {
    let (held, _) = vault.current(compartment)?;
    let keys = keys_of(act, act.tenant(), compartment).await?;
    let current = keys.iter().any(|key| key.id == held.uuid() && key.retired_at.is_none());
    if current { Ok(()) } else { Err(Error::Conflict) }
}

async fn create(act: &mut Act, compartment: Compartment) -> Result<(KeyId, Key)> {
    let key = Key::generate(&mut act.store.entropy())?;
    let id: KeyId = act.new_id();
    let (tenant, uuid) = (act.tenant, id.uuid());
    let mut wrapped = None;
    if compartment.opens_with_root() {
        let server = act.store.inner.keys.compartments(tenant);
        let place = server_place(&tenant, compartment.code(), &uuid);
        wrapped = Some(wrap_key(&server, &place, &key, &mut act.store.entropy())?);
    }
    let row = row::Model {
        tenant,
        compartment: compartment.code().to_owned(),
        id: uuid,
        wrapped,
        recorded_at: act.now().micros(),
        retired_at: None,
        revision: 1,
    };
    act.insert(&row).await?;
    Ok((id, key))
}

async fn wrap_to(
    act: &mut Act,
    compartment: Compartment,
    id: KeyId,
    key: &Key,
    holder: &StaffKey,
) -> Result<()> {
    if holder.tenant.uuid() != act.tenant {
        return Err(Error::OtherTenant);
    }
    let code = compartment.code();
    let wrapped = with_info(act.tenant, code, id.uuid(), holder.id.uuid(), |info| {
        wrap(&holder.public, info, key, &mut act.store.entropy())
    })?;
    let row = wrap_row::Model {
        tenant: act.tenant,
        compartment: code.to_owned(),
        key: id.uuid(),
        holder_key: holder.id.uuid(),
        wrapped,
        recorded_at: act.now().micros(),
        revision: 1,
    };
    let place = (row.tenant, row.compartment.clone(), row.key, row.holder_key);
    match wrap_row::Entity::find_by_id(place).one(&act.txn).await? {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
}

/// Gives another key pair what one's own vault opens: a new officer, a new
/// key pair after a loss, the on-call role. Earlier keys of the compartment go
/// along, for what is still sealed with them.
///
/// # Errors
/// [`Error::Locked`] if the vault does not hold the compartment,
/// [`Error::Conflict`] if its key was replaced since the vault was opened.
pub async fn grant(
    act: &mut Act,
    vault: &UnlockedVault,
    to: &StaffKey,
    compartments: &[Compartment],
) -> Result<()> {
    for compartment in compartments.iter().filter(|one| !one.opens_with_root()) {
        check_current(act, vault, *compartment).await?;
        for (id, key) in vault.all(*compartment) {
            wrap_to(act, *compartment, id, key, to).await?;
        }
    }
    Ok(())
}

/// Takes everything away that was wrapped to a key pair. What its holder may
/// have kept is answered by [`rotate`].
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw(act: &mut Act, holder_key: KeyId) -> Result<()> {
    let wraps = wrap_row::Entity::find()
        .filter(wrap_row::Column::Tenant.eq(act.tenant))
        .filter(wrap_row::Column::HolderKey.eq(holder_key.uuid()))
        .all(&act.txn)
        .await?;
    for wrap in &wraps {
        act.delete(wrap).await?;
    }
    Ok(())
}

/// Takes one compartment away from a key pair.
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw_one(
    act: &mut Act,
    holder_key: KeyId,
    compartment: Compartment,
) -> Result<()> {
    let wraps = wrap_row::Entity::find()
        .filter(wrap_row::Column::Tenant.eq(act.tenant))
        .filter(wrap_row::Column::HolderKey.eq(holder_key.uuid()))
        .filter(wrap_row::Column::Compartment.eq(compartment.code()))
        .all(&act.txn)
        .await?;
    for wrap in &wraps {
        act.delete(wrap).await?;
    }
    Ok(())
}

/// Key pairs that hold the current key of a compartment.
///
/// # Errors
/// When the database does not answer.
pub async fn holders(
    db: &dyn Db,
    tenant: TenantId,
    compartment: Compartment,
) -> Result<Vec<KeyId>> {
    let keys = keys_of(db, tenant, compartment).await?;
    let Some(current) = keys.iter().find(|key| key.retired_at.is_none()) else {
        return Ok(Vec::new());
    };
    let wraps = wrap_row::Entity::find()
        .filter(wrap_row::Column::Tenant.eq(tenant.uuid()))
        .filter(wrap_row::Column::Compartment.eq(compartment.code()))
        .filter(wrap_row::Column::Key.eq(current.id))
        .all(&db.executor())
        .await?;
    Ok(wraps.into_iter().map(|wrap| KeyId::from_uuid(wrap.holder_key)).collect())
}

/// All keys of a compartment, the newest first.
pub(super) async fn keys_of(
    db: &dyn Db,
    tenant: TenantId,
    compartment: Compartment,
) -> Result<Vec<row::Model>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Compartment.eq(compartment.code()))
        .order_by_desc(row::Column::RecordedAt)
        .order_by_desc(row::Column::Id);
    Ok(rows.all(&db.executor()).await?)
}

/// Replaces a compartment's key: new seals use the new one, which is wrapped
/// to whoever held the old one. Person keys are moved afterwards, in batches,
/// by [`super::person::rewrap`]; until then both keys are needed.
///
/// # Errors
/// [`Error::Locked`] if the vault does not hold the compartment.
pub async fn rotate(
    act: &mut Act,
    vault: &UnlockedVault,
    compartment: Compartment,
) -> Result<KeyId> {
    check_current(act, vault, compartment).await?;
    let held = holders(act, act.tenant(), compartment).await?;
    for mut old in keys_of(act, act.tenant(), compartment).await? {
        if old.retired_at.is_none() {
            old.retired_at = Some(act.now().micros());
            act.overwrite(&old).await?;
        }
    }
    let (id, key) = create(act, compartment).await?;
    for holder in held {
        let holder = super::staff::find(act, act.tenant(), holder).await?;
        if let Some(holder) = holder.filter(|holder| holder.retired_at.is_none()) {
            wrap_to(act, compartment, id, &key, &holder).await?;
        }
    }
    if compartment == Compartment::Identity {
        super::blind::carry_over(act, vault, id, &key).await?;
    }
    Ok(id)
}

/// How many keys of a compartment wait to be forgotten: a rotation that was
/// interrupted leaves them.
///
/// # Errors
/// When the database does not answer.
pub async fn retired(db: &dyn Db, tenant: TenantId, compartment: Compartment) -> Result<usize> {
    let keys = keys_of(db, tenant, compartment).await?;
    Ok(keys.iter().filter(|key| key.retired_at.is_some()).count())
}

/// Forgets retired keys with which nothing is sealed any more: their wraps go,
/// so that nobody can open an old copy of the keystore with them.
///
/// # Errors
/// [`Error::Conflict`] while person keys are still wrapped by a retired key.
pub async fn forget_retired(act: &mut Act, compartment: Compartment) -> Result<usize> {
    let store = act.store.clone();
    let mut forgotten = 0;
    for old in keys_of(act, act.tenant(), compartment).await? {
        if old.retired_at.is_none() {
            continue;
        }
        if store.inner.keystore.count_wrapped_by(act.tenant, old.id).await? > 0 {
            return Err(Error::Conflict);
        }
        let wraps = wrap_row::Entity::find()
            .filter(wrap_row::Column::Tenant.eq(act.tenant))
            .filter(wrap_row::Column::Key.eq(old.id))
            .all(&act.txn)
            .await?;
        for wrap in &wraps {
            act.delete(wrap).await?;
        }
        super::blind::forget(act, old.id).await?;
        act.delete(&old).await?;
        forgotten += 1;
    }
    Ok(forgotten)
}
