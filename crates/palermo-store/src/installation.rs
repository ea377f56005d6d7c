//! What the installation itself holds: one key, wrapped by the root key,
//! from which its other keys derive; and which tenant is the house.
//!
//! The root key wraps this one key only, so that changing the root key
//! rewrites one row.

use crate::{
    act::{Act, ActContext},
    audit::Head,
    entity::entity,
    error::{Error, Result},
    store::{Store, begin},
};
use palermo_crypto::{
    Aad, Key, OsEntropy,
    audit::{NoteKey, NoteVerifier},
    unwrap_key, wrap_key,
};
use palermo_domain::{
    actor::Actor,
    id::{Id, TenantId},
    moment::Moment,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};
use uuid::Uuid;

pub(crate) mod fact_row {
    super::entity!("installation", key { name: String } value: Json, recorded_at: i64);
}

pub(crate) mod key_row {
    super::entity!(
        "installation_key",
        key { name: String }
        version: i64,
        wrapped: Vec<u8>,
        recorded_at: i64,
    );
}

const NAME: &str = "installation";

/// Rows of the installation, by table and name, that the log of the house
/// answers for since it was named. What an organisation taken in brought along
/// is not among them: its checkpoints and its keys fail if that was changed.
/// Of the key only the time counts; whoever changes the key itself opens nothing.
pub(crate) const WATCHED: [(&str, &str); 3] =
    [("installation", "house"), ("installation", "mechanism"), ("installation_key", NAME)];

/// What an organisation brought along from another installation: the keys its
/// log, its rows and its coded fields were written with, and the name under
/// which its checkpoints were signed there.
#[derive(Clone)]
pub(crate) struct Adopted {
    pub(crate) ends: Key,
    pub(crate) rows: Key,
    pub(crate) compartments: Key,
    pub(crate) verifier: String,
}

/// The installation's keys in memory.
pub(crate) struct InstallationKeys {
    master: Key,
    origin: String,
    adopted: RwLock<HashMap<Uuid, Adopted>>,
}

impl InstallationKeys {
    fn new(master: Key, origin: &str) -> Result<Self> {
        let keys = Self { master, origin: origin.to_owned(), adopted: RwLock::default() };
        // Fails here, at the start, rather than at the first checkpoint.
        keys.note(Uuid::nil())?;
        Ok(keys)
    }

    /// The key that signs a tenant's checkpoints. Each log has its own name,
    /// so that one tenant's checkpoint never stands in for another's.
    pub(crate) fn note(&self, tenant: Uuid) -> Result<NoteKey> {
        let name = format!("{}/{tenant}", self.origin);
        NoteKey::from_seed(&name, &self.master.derive(&[b"checkpoints"]))
            .map_err(|error| Error::Refused(error.to_string()))
    }

    /// Knows an organisation's own keys from now on.
    pub(crate) fn adopt(&self, tenant: Uuid, keys: Adopted) {
        self.adopted.write().unwrap_or_else(PoisonError::into_inner).insert(tenant, keys);
    }

    /// Forgets them: the organisation did not come after all.
    pub(crate) fn forget(&self, tenant: Uuid) {
        self.adopted.write().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }

    fn of_adopted<T>(&self, tenant: Uuid, get: impl Fn(&Adopted) -> T) -> Option<T> {
        self.adopted.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).map(get)
    }

    /// Who may have signed a tenant's checkpoints: this installation, and the
    /// one the tenant came from.
    pub(crate) fn verifiers(&self, tenant: Uuid) -> Result<Vec<NoteVerifier>> {
        let mut all = vec![self.note(tenant)?.verifier()];
        if let Some(text) = self.of_adopted(tenant, |one| one.verifier.clone()) {
            let earlier = NoteVerifier::parse(&text);
            let earlier = earlier.map_err(|_| Error::Corrupt(format!("verifier `{text}`")))?;
            all.push(earlier);
        }
        Ok(all)
    }

    /// The key that marks a tenant's export; handed out with it.
    pub(crate) fn exports(&self, tenant: Uuid) -> Key {
        self.master.derive(&[b"exports", tenant.as_bytes()])
    }

    /// What wraps the keys of adopted tenants.
    fn adoptions(&self) -> Key {
        self.master.derive(&[b"adoptions"])
    }

    /// The key that marks the end of a tenant's log.
    pub(crate) fn log_ends(&self, tenant: Uuid) -> Key {
        if let Some(key) = self.of_adopted(tenant, |one| one.ends.clone()) {
            return key;
        }
        self.master.derive(&[b"log ends", tenant.as_bytes()])
    }

    /// The key of a tenant's row hashes; handed out with a tenant's export.
    pub(crate) fn rows(&self, tenant: Uuid) -> Key {
        if let Some(key) = self.of_adopted(tenant, |one| one.rows.clone()) {
            return key;
        }
        self.master.derive(&[b"row hashes", tenant.as_bytes()])
    }

    /// The key under which sign-in names are looked up.
    pub(crate) fn sign_in_names(&self) -> Key {
        self.master.derive(&[b"sign-in names"])
    }

    /// The key that wraps compartment keys the server may open by itself.
    pub(crate) fn compartments(&self, tenant: Uuid) -> Key {
        if let Some(key) = self.of_adopted(tenant, |one| one.compartments.clone()) {
            return key;
        }
        self.master.derive(&[b"compartments", tenant.as_bytes()])
    }

    /// The key that seals what waits in the outbox.
    pub(crate) fn outbox(&self) -> Key {
        self.master.derive(&[b"outbox"])
    }

    /// The key of what pages hand out and take back: form tokens, sealed states.
    pub(crate) fn pages(&self) -> Key {
        self.master.derive(&[b"pages"])
    }

    /// The key that marks a backup as this installation's.
    pub(crate) fn backups(&self) -> Key {
        self.master.derive(&[b"backups"])
    }
}

fn place(version: u32) -> Aad<'static> {
    Aad {
        tenant: &[],
        person: &[],
        table: "installation_key",
        column: "wrapped",
        row: NAME.as_bytes(),
        key_id: b"root",
        version,
    }
}

/// Unlocks the installation's keys, making them first in a new database.
pub(crate) async fn unlock(
    db: &DatabaseConnection,
    root: &Key,
    origin: &str,
    now: Moment,
) -> Result<InstallationKeys> {
    if let Some(row) = key_row::Entity::find_by_id(NAME).one(db).await? {
        let keys = InstallationKeys::new(open(root, &row)?, origin)?;
        load_adopted(db, &keys).await?;
        return Ok(keys);
    }
    let txn = begin(db).await?;
    let master = Key::generate(&mut OsEntropy)?;
    let wrapped = wrap_key(root, &place(1), &master, &mut OsEntropy)?;
    let row =
        key_row::Model { name: NAME.to_owned(), version: 1, wrapped, recorded_at: now.micros() };
    match key_row::Entity::insert(row.into_active_model()).exec_without_returning(&txn).await {
        Ok(_) => txn.commit().await.map_err(crate::error::unclear)?,
        Err(error) => match Error::from(error) {
            // Another instance was first.
            Error::Duplicate => txn.rollback().await?,
            other => return Err(other),
        },
    }
    let row = key_row::Entity::find_by_id(NAME).one(db).await?;
    let row = row.ok_or_else(|| Error::Corrupt("the installation's key is missing".to_owned()))?;
    InstallationKeys::new(open(root, &row)?, origin)
}

/// The installation's key out of its row (of this database or of a backup).
pub(crate) fn open(root: &Key, row: &key_row::Model) -> Result<Key> {
    let version = u32::try_from(row.version).unwrap_or(0);
    unwrap_key(root, &place(version), &row.wrapped).map_err(|_| {
        Error::Refused("this key file does not belong to this data: nothing was opened".to_owned())
    })
}

/// The keys an adopted tenant has rows for, by the beginning of their names.
const ADOPTED: [&str; 3] = ["tenant-ends", "tenant-rows", "tenant-compartments"];

fn adopted_place(name: &str) -> Aad<'_> {
    Aad {
        tenant: &[],
        person: &[],
        table: "installation_key",
        column: "wrapped",
        row: name.as_bytes(),
        key_id: b"adoptions",
        version: 1,
    }
}

/// Keeps what an organisation brought along, in the transaction that takes it in.
pub(crate) async fn keep_adopted(
    txn: &DatabaseTransaction,
    keys: &InstallationKeys,
    tenant: Uuid,
    brought: &Adopted,
    now: Moment,
) -> Result<()> {
    let wrapping = keys.adoptions();
    let parts = [&brought.ends, &brought.rows, &brought.compartments];
    for (kind, key) in ADOPTED.iter().zip(parts) {
        let name = format!("{kind}/{tenant}");
        let wrapped = wrap_key(&wrapping, &adopted_place(&name), key, &mut OsEntropy)?;
        let row = key_row::Model { name, version: 1, wrapped, recorded_at: now.micros() };
        key_row::Entity::insert(row.into_active_model()).exec_without_returning(txn).await?;
    }
    let row = fact_row::Model {
        name: format!("tenant-verifier/{tenant}"),
        value: serde_json::Value::String(brought.verifier.clone()),
        recorded_at: now.micros(),
    };
    fact_row::Entity::insert(row.into_active_model()).exec_without_returning(txn).await?;
    keys.adopt(tenant, brought.clone());
    Ok(())
}

async fn load_adopted(db: &DatabaseConnection, keys: &InstallationKeys) -> Result<()> {
    let facts = fact_row::Entity::find()
        .filter(fact_row::Column::Name.starts_with("tenant-verifier/"))
        .all(db)
        .await?;
    for fact in facts {
        let tenant = fact.name.rsplit('/').next().and_then(|id| Uuid::try_parse(id).ok());
        let (Some(tenant), Some(verifier)) = (tenant, fact.value.as_str()) else {
            return Err(Error::Corrupt(format!("the fact `{}`", fact.name)));
        };
        let mut parts = Vec::new();
        for kind in ADOPTED {
            let name = format!("{kind}/{tenant}");
            let row = key_row::Entity::find_by_id(name.clone()).one(db).await?;
            let row = row.ok_or_else(|| Error::Corrupt(format!("the key `{name}` is missing")))?;
            parts.push(unwrap_key(&keys.adoptions(), &adopted_place(&name), &row.wrapped)?);
        }
        let Ok([ends, rows, compartments]) = <[Key; 3]>::try_from(parts) else {
            return Err(Error::Corrupt("keys of an organisation taken in".to_owned()));
        };
        let verifier = verifier.to_owned();
        keys.adopt(tenant, Adopted { ends, rows, compartments, verifier });
    }
    Ok(())
}

/// The key with which a backup made under this root key is marked.
pub(crate) fn backup_mark(root: &Key, row: &key_row::Model) -> Result<Key> {
    Ok(open(root, row)?.derive(&[b"backups"]))
}

/// The house, if it was named already.
pub(crate) async fn house(db: &impl ConnectionTrait) -> Result<Option<TenantId>> {
    let row = fact_row::Entity::find_by_id("house").one(db).await?;
    let text = row.as_ref().and_then(|row| row.value.as_str());
    Ok(text.and_then(|text| Uuid::try_parse(text).ok()).map(TenantId::from_uuid))
}

impl Store {
    /// Names the tenant that answers for the shared registers. Once only. Its
    /// log tells which rows of the installation it found then.
    ///
    /// # Errors
    /// [`Error::Duplicate`] when another tenant was named before,
    /// [`Error::NotFound`] when there is no such tenant.
    pub async fn name_house(&self, tenant: TenantId) -> Result<()> {
        if self.house() == Some(tenant) {
            return Ok(());
        }
        let mut act = self.naming(tenant).await?;
        let row = self.fact("house", tenant.to_string());
        self.name(&mut act, row).await?;
        if let Some(mechanism) = fact_row::Entity::find_by_id("mechanism").one(&act.txn).await? {
            act.note_row(&mechanism)?;
        }
        if let Some(key) = key_row::Entity::find_by_id(NAME).one(&act.txn).await? {
            act.note_row(&key)?;
        }
        act.commit(&()).await?;
        let _ = self.inner.house.set(tenant);
        Ok(())
    }

    /// Names the mechanism this installation works for. Once only. Named before
    /// the house, it comes into the log with the house.
    ///
    /// # Errors
    /// [`Error::Duplicate`] when another was named before.
    pub async fn name_mechanism(&self, id: &str) -> Result<()> {
        if let Some(named) = self.mechanism().await? {
            return if named == id { Ok(()) } else { Err(Error::Duplicate) };
        }
        let row = self.fact("mechanism", id.to_owned());
        if let Some(house) = self.house() {
            let mut act = self.naming(house).await?;
            self.name(&mut act, row).await?;
            return act.commit(&()).await;
        }
        let txn = self.begin().await?;
        fact_row::Entity::insert(row.into_active_model()).exec_without_returning(&txn).await?;
        txn.commit().await.map_err(crate::error::unclear)
    }

    fn fact(&self, name: &str, value: String) -> fact_row::Model {
        fact_row::Model {
            name: name.to_owned(),
            value: serde_json::Value::String(value),
            recorded_at: self.now().micros(),
        }
    }

    /// The act that names something of the installation, in the house's log.
    async fn naming(&self, house: TenantId) -> Result<Act> {
        let txn = self.begin().await?;
        let head = Head::lock(&self.inner.keys, &txn, house.uuid()).await?;
        let head = head.ok_or(Error::NotFound)?;
        let actor = Actor::System { job: "start".to_owned() };
        let context = ActContext::new(house, actor, "installation.name").about(house);
        Ok(self.begun(txn, head, context))
    }

    async fn name(&self, act: &mut Act, row: fact_row::Model) -> Result<()> {
        act.note_row(&row)?;
        fact_row::Entity::insert(row.into_active_model()).exec_without_returning(&act.txn).await?;
        Ok(())
    }

    /// The mechanism this installation works for, by its id; none before it
    /// was named.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mechanism(&self) -> Result<Option<String>> {
        let row = fact_row::Entity::find_by_id("mechanism").one(&self.inner.reads).await?;
        Ok(row.and_then(|row| row.value.as_str().map(str::to_owned)))
    }

    /// Wraps the installation's key with another root key. The old key file
    /// is of no use afterwards, except for old backups.
    ///
    /// # Errors
    /// When `old` is not the present root key.
    pub async fn change_root(&self, old: &Key, new: &Key) -> Result<()> {
        let txn = self.begin().await?;
        let row = key_row::Entity::find_by_id(NAME).one(&txn).await?;
        let row = row.ok_or_else(|| Error::Corrupt("the installation's key is missing".into()))?;
        let master = open(old, &row)?;
        let version = u32::try_from(row.version).unwrap_or(0).saturating_add(1);
        let wrapped = wrap_key(new, &place(version), &master, &mut OsEntropy)?;
        let mut change = row.into_active_model();
        change.version = sea_orm::Set(i64::from(version));
        change.wrapped = sea_orm::Set(wrapped);
        key_row::Entity::update(change).exec(&txn).await?;
        self.fault("root.wrapped")?;
        txn.commit().await.map_err(crate::error::unclear)?;
        self.fault("root.kept")
    }

    /// The public key that verifies this tenant's checkpoints, in C2SP form.
    ///
    /// # Errors
    /// Never with an origin that [`Store::open`] accepted.
    pub fn checkpoint_verifier(&self, tenant: TenantId) -> Result<String> {
        Ok(self.inner.keys.note(tenant.uuid())?.verifier().text())
    }
}
