//! Taking an organisation's export into another installation (R233): no lock-in.
//!
//! Every row comes as it was, the log included, and goes on from there. That
//! works because the organisation brings along the keys its log, its rows and
//! its coded fields were written with; the new installation keeps them wrapped
//! by its own. What staff and officers hold opens as before. Only the names for
//! signing in are made anew, in the act that takes the organisation in: they
//! are hashed with a key of the whole installation. Sessions, waiting letters
//! and remembered requests stay behind.

use super::{
    Manifest,
    files::{TableReader, check, create, read_manifest},
    restore::{fill_in, refuse_newer},
};
use crate::{
    account,
    act::ActContext,
    audit::{Head, verify::VerifyReport},
    error::{Error, Result},
    installation::{Adopted, WATCHED, keep_adopted},
    keys::keystore,
    scan,
    store::{Store, begin},
    table::{Owner, TableInfo, catalogue, named},
    tenant,
};
use palermo_crypto::Key;
use palermo_domain::{
    actor::Actor,
    id::{Id, TenantId},
};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use std::{fs, io::Write, path::Path};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

const HANDOVER: &str = "handover.json";
/// What belongs to an installation and not to the organisation.
const LEFT_BEHIND: [&str; 5] = ["sign_in_name", "session", "outbox", "idempotency", "answered"];

/// The keys of one tenant, as they leave with its export: in hexadecimal, in
/// the folder of its keys, which is kept apart from the data.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Handover {
    #[zeroize(skip)]
    tenant: Uuid,
    ends: String,
    rows: String,
    compartments: String,
    /// Marks the lists of files.
    mark: String,
    verifier: String,
}

impl Handover {
    pub(super) fn of(store: &Store, tenant: Uuid) -> Result<Self> {
        let keys = &store.inner.keys;
        let text = |key: Key| hex::encode(key.as_bytes());
        Ok(Self {
            tenant,
            ends: text(keys.log_ends(tenant)),
            rows: text(keys.rows(tenant)),
            compartments: text(keys.compartments(tenant)),
            mark: text(keys.exports(tenant)),
            verifier: keys.note(tenant)?.verifier().text(),
        })
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(HANDOVER);
        let text = serde_json::to_vec_pretty(self).map_err(|e| Error::Corrupt(e.to_string()))?;
        let mut file = create(&path)?;
        let written = file.write_all(&text).and_then(|()| file.sync_all());
        written.map_err(|error| Error::file(&path, error))
    }

    fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(HANDOVER);
        let text = fs::read(&path).map_err(|error| Error::file(&path, error))?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::Refused(format!("`{}`: {error}", path.display())))
    }

    fn key(text: &str) -> Result<Key> {
        let bytes = hex::decode(text).ok().and_then(|bytes| Key::try_from(&*bytes).ok());
        bytes.ok_or_else(|| Error::Refused(format!("`{HANDOVER}` holds no key")))
    }

    fn adopted(&self) -> Result<Adopted> {
        Ok(Adopted {
            ends: Self::key(&self.ends)?,
            rows: Self::key(&self.rows)?,
            compartments: Self::key(&self.compartments)?,
            verifier: self.verifier.clone(),
        })
    }
}

/// Takes an organisation's export into this installation and verifies what is
/// there then. All of it or nothing; the entry that says so is the next one of
/// the organisation's own log.
///
/// # Errors
/// [`Error::Refused`] if a byte was changed, the export is none of an
/// organisation or of a newer program, or the organisation is here already;
/// [`Error::Duplicate`] if an address of its staff is taken here.
pub async fn adopt(
    store: &Store,
    data: &Path,
    keys: &Path,
    operator: &str,
) -> Result<(TenantId, VerifyReport)> {
    let (manifest, text) = read_manifest(data)?;
    let (kept, kept_text) = read_manifest(keys)?;
    let handover = Handover::read(keys)?;
    let tenant = refuse_others(&manifest, &kept, &handover)?;
    refuse_newer(&manifest, &kept)?;
    let mark = Handover::key(&handover.mark)?;
    check(data, &manifest, &text, &mark)?;
    check(keys, &kept, &kept_text, &mark)?;
    let known = tenant::row::Entity::find_by_id(tenant).one(&store.inner.reads).await?;
    if known.is_some() {
        return Err(Error::Refused("this organisation is here already".to_owned()));
    }
    fill_keystore(store, keys, &kept, tenant).await?;
    let done = take_in(store, data, &manifest, &handover, operator).await;
    if done.is_err() {
        store.inner.keys.forget(tenant);
    }
    done?;
    let id = TenantId::from_uuid(tenant);
    let report = store.verify(Some(id), &[]).await?;
    Ok((id, report))
}

fn refuse_others(data: &Manifest, keys: &Manifest, handover: &Handover) -> Result<Uuid> {
    if data.part != "data" || keys.part != "keystore" {
        return Err(Error::Refused("give the data's folder first, then the keystore's".to_owned()));
    }
    match (data.tenant, keys.tenant) {
        (Some(tenant), Some(other)) if tenant == other && tenant == handover.tenant => Ok(tenant),
        (None, None) => Err(Error::Refused(
            "this is the backup of an installation, not one organisation's export".to_owned(),
        )),
        _ => Err(Error::Refused("these folders are not of one export".to_owned())),
    }
}

/// Keys first, as always. What an attempt before this one left is replaced.
async fn fill_keystore(store: &Store, keys: &Path, kept: &Manifest, tenant: Uuid) -> Result<()> {
    let tables = keystore::tables();
    let txn = begin(store.inner.keystore.connection()).await?;
    for table in &tables {
        scan::remove(&txn, table, tenant).await?;
    }
    fill_in(&txn, keys, kept, tables.iter()).await?;
    txn.commit().await.map_err(crate::error::unclear)
}

async fn take_in(
    store: &Store,
    data: &Path,
    manifest: &Manifest,
    handover: &Handover,
    operator: &str,
) -> Result<()> {
    let (tenant, now) = (handover.tenant, store.now());
    let txn = store.begin().await?;
    let comes =
        |table: &&TableInfo| table.owner != Owner::House && !LEFT_BEHIND.contains(&table.name);
    fill_in(&txn, data, manifest, catalogue().iter().filter(comes)).await?;
    keep_adopted(&txn, &store.inner.keys, tenant, &handover.adopted()?, now).await?;
    let head = Head::lock(&store.inner.keys, &txn, tenant).await?.ok_or(Error::NotFound)?;
    let actor = Actor::Operator { user: operator.to_owned(), account: None };
    let id = TenantId::from_uuid(tenant);
    let context = ActContext::new(id, actor, "tenant.adopt").about(id);
    let mut act = store.begun(txn, head, context);
    forget_old_names(&mut act, data)?;
    // The house of another installation is an organisation like others here.
    for (table, name) in WATCHED {
        act.record(table, vec![name.to_owned()], None);
    }
    account::name_all(&mut act).await?;
    act.commit(&()).await
}

/// The rows of names for signing in of the other installation are gone: the
/// log says so, as it says that the new ones came.
fn forget_old_names(act: &mut crate::act::Act, data: &Path) -> Result<()> {
    let table = named("sign_in_name")?;
    let mut reader = TableReader::open(data, table)?;
    loop {
        let rows = reader.some(1_000)?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            act.record(table.name, table.key_of(&row), None);
        }
    }
}
