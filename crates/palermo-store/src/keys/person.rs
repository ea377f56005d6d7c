//! Person keys: one per person and compartment. The key goes into the
//! keystore before the act that uses it is committed; a key whose act never
//! was is an orphan and is collected.

use super::{InTheLog, keystore, vault::UnlockedVault};
use crate::{
    act::Act,
    audit::verify::{Finding, Problem, VerifyReport},
    entity::entity,
    error::{Error, Result},
    store::{Db, Store},
};
use palermo_crypto::{Aad, Key, unwrap_key, wrap_key};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, KeyId, PersonId, TenantId},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "person_key",
        key { tenant: Uuid, person: Uuid, compartment: String, id: Uuid }
        recorded_at: i64,
        erased_at: Option<i64>,
        revision: i64,
    );
}

/// How long an act may take between its key and its commit before the key
/// counts as an orphan.
const IN_PROGRESS: Duration = Duration::from_secs(3600);

/// A person's key of one compartment, in memory.
pub(crate) struct PersonKey {
    pub(crate) id: Uuid,
    pub(crate) key: Key,
}

fn place<'a>(
    tenant: &'a Uuid,
    person: &'a Uuid,
    compartment: &'a str,
    id: &'a Uuid,
    compartment_key: &'a Uuid,
) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: person.as_bytes(),
        table: "stored_key",
        column: compartment,
        row: id.as_bytes(),
        key_id: compartment_key.as_bytes(),
        version: 1,
    }
}

/// Makes a person's keys in these compartments.
///
/// # Errors
/// [`Error::Locked`] if the vault does not open one of them,
/// [`Error::Duplicate`] if the person has a key there already,
/// [`Error::Conflict`] if the compartment's key was replaced since the vault was opened.
pub async fn create(
    act: &mut Act,
    vault: &UnlockedVault,
    person: PersonId,
    compartments: &[Compartment],
) -> Result<()> {
    for compartment in compartments {
        if current(act, act.tenant, person.uuid(), *compartment).await?.is_some() {
            return Err(Error::Duplicate);
        }
        create_one(act, vault, person.uuid(), *compartment).await?;
    }
    Ok(())
}

async fn create_one(
    act: &mut Act,
    vault: &UnlockedVault,
    person: Uuid,
    compartment: Compartment,
) -> Result<PersonKey> {
    super::compartment::check_current(act, vault, compartment).await?;
    let (key, stored, row) = make(act, vault, person, compartment)?;
    let store = act.store.clone();
    store.inner.keystore.put(stored).await?;
    store.fault("keystore.created")?;
    act.insert(&row).await?;
    Ok(key)
}

/// A new key of a person: itself, wrapped for the keystore, and the row that
/// says it is there.
pub(super) fn make(
    act: &Act,
    vault: &UnlockedVault,
    person: Uuid,
    compartment: Compartment,
) -> Result<(PersonKey, keystore::row::Model, row::Model)> {
    if vault.tenant().uuid() != act.tenant {
        return Err(Error::OtherTenant);
    }
    let (by, by_key) = vault.current(compartment)?;
    let key = Key::generate(&mut act.store.entropy())?;
    // Not a dated id: the keystore is about persons (E04).
    let id = act.store.inner.ids.untimed();
    let (tenant, by, code) = (act.tenant, by.uuid(), compartment.code());
    let wrapped =
        wrap_key(by_key, &place(&tenant, &person, code, &id, &by), &key, &mut act.store.entropy())?;
    let stored = keystore::row::Model {
        tenant,
        person,
        compartment: code.to_owned(),
        id,
        compartment_key: by,
        version: 1,
        wrapped,
        recorded_at: act.now().micros(),
    };
    let row = row::Model {
        tenant,
        person,
        compartment: code.to_owned(),
        id,
        recorded_at: act.now().micros(),
        erased_at: None,
        revision: 1,
    };
    Ok((PersonKey { id, key }, stored, row))
}

async fn current(
    db: &dyn Db,
    tenant: Uuid,
    person: Uuid,
    compartment: Compartment,
) -> Result<Option<row::Model>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant))
        .filter(row::Column::Person.eq(person))
        .filter(row::Column::Compartment.eq(compartment.code()))
        .order_by_desc(row::Column::RecordedAt);
    Ok(rows.one(&db.executor()).await?)
}

/// How many persons a tenant has keys of, the erased left out.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &dyn Db, tenant: TenantId) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    let rows = row::Entity::find()
        .select_only()
        .column(row::Column::Person)
        .distinct()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::ErasedAt.is_null());
    Ok(rows.into_tuple::<Uuid>().count(&db.executor()).await?)
}

/// Whether anything was ever sealed about this person, and they are not erased.
///
/// # Errors
/// When the database does not answer.
pub async fn is_known(db: &dyn Db, tenant: TenantId, person: PersonId) -> Result<bool> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Person.eq(person.uuid()))
        .filter(row::Column::ErasedAt.is_null());
    Ok(rows.one(&db.executor()).await?.is_some())
}

/// The person's key in a compartment.
pub(crate) async fn open<L: Db + InTheLog>(
    log: &L,
    vault: &UnlockedVault,
    person: Uuid,
    compartment: Compartment,
) -> Result<PersonKey> {
    let tenant = vault.tenant().uuid();
    vault.current(compartment)?;
    let known = current(log, tenant, person, compartment).await?.ok_or(Error::Erased)?;
    if known.erased_at.is_some() {
        return Err(Error::Erased);
    }
    let keystore = &log.store().inner.keystore;
    let stored = keystore.find(tenant, person, compartment.code(), known.id).await?;
    unwrap_stored(vault, &stored.ok_or(Error::Erased)?, compartment)
}

pub(super) fn unwrap_stored(
    vault: &UnlockedVault,
    stored: &keystore::row::Model,
    compartment: Compartment,
) -> Result<PersonKey> {
    unwrap_with(vault.by_id(compartment, stored.compartment_key)?, stored)
}

fn unwrap_with(by: &Key, stored: &keystore::row::Model) -> Result<PersonKey> {
    let place = place(
        &stored.tenant,
        &stored.person,
        &stored.compartment,
        &stored.id,
        &stored.compartment_key,
    );
    Ok(PersonKey { id: stored.id, key: unwrap_key(by, &place, &stored.wrapped)? })
}

/// Copies of the keys of one compartment, for work on another thread: wiped
/// there when dropped.
pub(super) struct Copies {
    compartment: Compartment,
    keys: HashMap<Uuid, Key>,
}

/// Copies the keys of a compartment out of a vault.
pub(super) fn copies(vault: &UnlockedVault, compartment: Compartment) -> Result<Copies> {
    vault.current(compartment)?;
    let keys = vault.all(compartment).map(|(id, key)| (id.uuid(), key.clone())).collect();
    Ok(Copies { compartment, keys })
}

/// A person's key, opened by one of the copies.
pub(super) fn unwrap_by(by: &Copies, stored: &keystore::row::Model) -> Result<PersonKey> {
    let key = by.keys.get(&stored.compartment_key);
    unwrap_with(key.ok_or(Error::Locked(by.compartment.code()))?, stored)
}

/// The keys of many persons in one compartment; erased persons are left out.
pub(crate) async fn open_many(
    store: &Store,
    vault: &UnlockedVault,
    persons: &[Uuid],
    compartment: Compartment,
) -> Result<HashMap<Uuid, PersonKey>> {
    let tenant = vault.tenant().uuid();
    vault.current(compartment)?;
    let mut keys = HashMap::new();
    let keystore = &store.inner.keystore;
    for stored in keystore.of_persons(tenant, persons, Some(compartment.code())).await? {
        keys.insert(stored.id, unwrap_stored(vault, &stored, compartment)?);
    }
    Ok(keys)
}

/// Moves up to `most` person keys from retired compartment keys to the
/// current one. Returns how many; zero means all are moved. Stops and starts
/// anywhere.
///
/// # Errors
/// [`Error::Locked`] if the vault does not hold the compartment.
pub async fn rewrap(
    store: &Store,
    vault: &UnlockedVault,
    compartment: Compartment,
    most: u64,
) -> Result<u64> {
    let tenant = vault.tenant().uuid();
    let (current, current_key) = vault.current(compartment)?;
    let current = current.uuid();
    let mut moved = 0;
    let retired: Vec<Uuid> =
        vault.all(compartment).map(|(id, _)| id.uuid()).filter(|id| *id != current).collect();
    for old in retired {
        let left = most.saturating_sub(moved);
        for stored in store.inner.keystore.wrapped_by(tenant, old, left).await? {
            let opened = unwrap_stored(vault, &stored, compartment)?;
            let place = place(&tenant, &stored.person, &stored.compartment, &stored.id, &current);
            let wrapped = wrap_key(current_key, &place, &opened.key, &mut store.entropy())?;
            let new = keystore::row::Model {
                compartment_key: current,
                wrapped,
                version: stored.version.saturating_add(1),
                ..stored.clone()
            };
            store.inner.keystore.rewrap(&stored, new).await?;
            store.fault("rewrap.moved")?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// Destroys keys whose act was never committed. A job calls this now and
/// then. Returns how many.
///
/// # Errors
/// When a database does not answer.
pub async fn collect_orphans(store: &Store, tenant: TenantId) -> Result<u64> {
    let before = store.now().before(IN_PROGRESS).micros();
    let (mut after, mut collected) = (None, 0);
    loop {
        let page = store.inner.keystore.older_than(tenant.uuid(), before, after, 500).await?;
        let Some(last) = page.last().map(|key| key.id) else { return Ok(collected) };
        let ids = page.iter().map(|key| key.id);
        let known: Vec<Uuid> = row::Entity::find()
            .select_only()
            .column(row::Column::Id)
            .filter(row::Column::Tenant.eq(tenant.uuid()))
            .filter(row::Column::Id.is_in(ids))
            .into_tuple()
            .all(&store.inner.reads)
            .await?;
        let known: HashSet<_> = known.into_iter().collect();
        for orphan in page.into_iter().filter(|key| !known.contains(&key.id)) {
            store.inner.keystore.destroy(orphan).await?;
            collected += 1;
        }
        after = Some(last);
    }
}

impl Store {
    /// Compares the keystore with what the data says should be there.
    pub(crate) async fn check_keystore(
        &self,
        txn: &DatabaseTransaction,
        tenant: Uuid,
        report: &mut VerifyReport,
    ) -> Result<()> {
        let mut after = Uuid::nil();
        loop {
            let page = row::Entity::find()
                .filter(row::Column::Tenant.eq(tenant))
                .filter(row::Column::Id.gt(after))
                .order_by_asc(row::Column::Id)
                .limit(500)
                .all(txn)
                .await?;
            let Some(last) = page.last().map(|key| key.id) else { return Ok(()) };
            let persons: Vec<_> = page.iter().map(|key| key.person).collect();
            let stored = self.inner.keystore.of_persons(tenant, &persons, None).await?;
            let stored: HashSet<_> = stored.into_iter().map(|key| key.id).collect();
            for key in page {
                let pending = self.erasure_is_pending(txn, tenant, key.person).await?;
                let finding = match (key.erased_at, stored.contains(&key.id)) {
                    (None, false) => Finding::KeyMissing,
                    (Some(_), true) if !pending => Finding::KeyLeft,
                    _ => continue,
                };
                let tenant = Some(TenantId::from_uuid(tenant));
                report.problems.push(Problem {
                    tenant,
                    finding,
                    place: format!("key {}", KeyId::from_uuid(key.id)),
                });
            }
            after = last;
        }
    }
}
