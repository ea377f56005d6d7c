//! Search by name without an index at rest: one sealed row of names per
//! person, opened into memory by a session that may, kept up to date by a
//! change number, wiped at lock.

use super::{Audited, keystore, person, vault::UnlockedVault};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    list::fold,
};
use palermo_crypto::{Aad, open, seal};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, PersonId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::{collections::HashMap, sync::Arc};
use tokio::task::{JoinHandle, spawn_blocking};
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) mod row {
    super::entity!(
        "name_entry",
        key { tenant: Uuid, person: Uuid }
        change: i64,
        key: Uuid,
        version: i64,
        ciphertext: Option<Vec<u8>>,
        revision: i64,
    );
}

/// Rows opened at a time: while one page is opened, the next is read.
const PAGE: u64 = 8_000;

fn place<'a>(tenant: &'a Uuid, person: &'a Uuid, key: &'a Uuid, version: i64) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: person.as_bytes(),
        table: "name_entry",
        column: "ciphertext",
        row: person.as_bytes(),
        key_id: key.as_bytes(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
    }
}

/// Sets the names a person can be found by: all spellings and aliases.
///
/// # Errors
/// [`Error::Locked`] without identity, [`Error::Erased`] if the person has no key.
pub async fn put(
    act: &mut Act,
    vault: &UnlockedVault,
    person: PersonId,
    names: &[&str],
) -> Result<()> {
    let person = person.uuid();
    let key = person::open(&*act, vault, person, Compartment::Identity).await?;
    let old = row::Entity::find_by_id((act.tenant, person)).one(&act.txn).await?;
    let version = old.as_ref().map_or(1, |old| old.version.saturating_add(1));
    let row = name_row(act, &key, person, version, names)?;
    match old {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
}

/// A sealed row of names.
pub(super) fn name_row(
    act: &Act,
    key: &person::PersonKey,
    person: Uuid,
    version: i64,
    names: &[&str],
) -> Result<row::Model> {
    let clear = Zeroizing::new(names.join("\n"));
    let column_key = key.key.for_column("name_entry", "ciphertext");
    let aad = place(&act.tenant, &person, &key.id, version);
    let ciphertext = seal(&column_key, &aad, clear.as_bytes(), &mut act.store.entropy())?;
    Ok(row::Model {
        tenant: act.tenant,
        person,
        change: act.seq(),
        key: key.id,
        version,
        ciphertext: Some(ciphertext),
        revision: 1,
    })
}

/// Empties a person's row, so that caches forget them.
pub(super) async fn empty(act: &mut Act, person: Uuid) -> Result<()> {
    let Some(mut row) = row::Entity::find_by_id((act.tenant, person)).one(&act.txn).await? else {
        return Ok(());
    };
    row.ciphertext = None;
    row.change = act.seq();
    row.version = row.version.saturating_add(1);
    act.overwrite(&row).await
}

/// Names in memory. May vanish at any time; dropping it wipes them.
pub struct NameIndex {
    tenant: TenantId,
    followed: i64,
    names: HashMap<Uuid, Zeroizing<String>>,
}

impl std::fmt::Debug for NameIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameIndex({} names)", self.names.len())
    }
}

impl NameIndex {
    /// An index that holds nothing yet.
    #[must_use]
    pub fn new(tenant: TenantId) -> Self {
        Self { tenant, followed: -1, names: HashMap::new() }
    }

    /// How many persons can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether nobody can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Reads what changed since the last time.
    ///
    /// # Errors
    /// [`Error::Locked`] if the vault does not open identity.
    pub async fn refresh<L: Audited>(&mut self, log: &L, vault: &UnlockedVault) -> Result<()> {
        if vault.tenant() != self.tenant {
            return Err(Error::OtherTenant);
        }
        let tenant = self.tenant.uuid();
        let keys = Arc::new(person::copies(vault, Compartment::Identity)?);
        let mut after = (self.followed, Uuid::nil());
        let mut opening: Option<JoinHandle<Result<Vec<Name>>>> = None;
        loop {
            let page = changed_since(log, tenant, after).await?;
            let last = page.last().map(|row| (row.change, row.person));
            let persons: Vec<_> = page.iter().map(|row| row.person).collect();
            let keystore = &log.store().inner.keystore;
            let identity = Some(Compartment::Identity.code());
            let stored = keystore.of_persons(tenant, &persons, identity).await?;
            if let Some(done) = opening.take() {
                self.keep(opened(done).await?);
            }
            let Some(last) = last else { break };
            after = last;
            let keys = keys.clone();
            opening = Some(spawn_blocking(move || open_page(&page, &stored, &keys)));
        }
        // Acts of a tenant are in a row: nothing with a smaller number can follow.
        self.followed = self.followed.max(after.0);
        Ok(())
    }

    /// Takes in what was opened; an emptied row is forgotten.
    fn keep(&mut self, page: Vec<Name>) {
        for (person, names) in page {
            match names {
                Some(names) => self.names.insert(person, names),
                None => self.names.remove(&person),
            };
        }
    }

    /// Persons with a name in which every typed word begins a word, among
    /// those the caller may see (own cases only).
    #[must_use]
    pub fn search(&self, typed: &str, may_see: impl Fn(PersonId) -> bool) -> Vec<PersonId> {
        let typed = Zeroizing::new(fold(typed));
        let words: Vec<_> = typed.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let matches = |name: &str| {
            words.iter().all(|word| name.split_whitespace().any(|part| part.starts_with(word)))
        };
        let mut found: Vec<_> = self
            .names
            .iter()
            .filter(|(_, names)| names.lines().any(matches))
            .map(|(person, _)| PersonId::from_uuid(*person))
            .filter(|person| may_see(*person))
            .collect();
        found.sort();
        found
    }

    /// Persons with a name, folded, that `like` takes for another spelling, among those
    /// the caller may see, whose names alone are compared.
    #[must_use]
    pub fn like(
        &self,
        like: impl Fn(&str) -> bool,
        may_see: impl Fn(PersonId) -> bool,
    ) -> Vec<PersonId> {
        let mut found: Vec<_> = self
            .names
            .iter()
            .map(|(person, names)| (PersonId::from_uuid(*person), names))
            .filter(|(person, names)| may_see(*person) && names.lines().any(&like))
            .map(|(person, _)| person)
            .collect();
        found.sort();
        found
    }
}

/// A person with their names as they are compared; none where they were erased.
type Name = (Uuid, Option<Zeroizing<String>>);

/// Opens a page of rows, off the threads that answer requests.
fn open_page(
    rows: &[row::Model],
    stored: &[keystore::row::Model],
    by: &person::Copies,
) -> Result<Vec<Name>> {
    let mut keys = HashMap::with_capacity(stored.len());
    for one in stored {
        keys.insert(one.id, person::unwrap_by(by, one)?);
    }
    let mut names = Vec::with_capacity(rows.len());
    for row in rows {
        let text = match keys.get(&row.key).filter(|_| row.ciphertext.is_some()) {
            None => None,
            Some(key) => {
                let clear = open_row(row, key)?;
                let text = std::str::from_utf8(&clear).map_err(|_| Error::Sealed)?;
                Some(Zeroizing::new(fold(text)))
            }
        };
        names.push((row.person, text));
    }
    Ok(names)
}

/// What a page gave; one that broke off is one that did not open.
async fn opened(page: JoinHandle<Result<Vec<Name>>>) -> Result<Vec<Name>> {
    page.await.map_err(|_| Error::Sealed)?
}

/// The names of one row, in clear.
pub(crate) fn open_row(row: &row::Model, key: &person::PersonKey) -> Result<super::sealed::Clear> {
    if row.key != key.id {
        return Err(Error::Sealed);
    }
    let column_key = key.key.for_column("name_entry", "ciphertext");
    let aad = place(&row.tenant, &row.person, &row.key, row.version);
    let ciphertext = row.ciphertext.as_deref().ok_or(Error::Erased)?;
    Ok(open(&column_key, &aad, ciphertext)?)
}

async fn changed_since<L: Audited>(
    log: &L,
    tenant: Uuid,
    after: (i64, Uuid),
) -> Result<Vec<row::Model>> {
    // The first condition alone lets the index begin where the last page ended.
    let later = sea_orm::Condition::any().add(row::Column::Change.gt(after.0)).add(
        sea_orm::Condition::all()
            .add(row::Column::Change.eq(after.0))
            .add(row::Column::Person.gt(after.1)),
    );
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant))
        .filter(row::Column::Change.gte(after.0))
        .filter(later)
        .order_by_asc(row::Column::Change)
        .order_by_asc(row::Column::Person)
        .limit(PAGE);
    Ok(rows.all(&log.executor()).await?)
}
