//! Search by name, in memory, and by the number of a document, exactly. When a session that opens identity searches, the
//! sealed rows of names are opened into this process and kept there, followed
//! by change number, until the last such session locks, signs out or runs out.
//! The memory may vanish at any time; another instance opens its own.

use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    case::alike,
    session::Signed,
};
use palermo_domain::{
    compartment::Compartment,
    id::{PersonId, SessionId, TenantId},
    purpose::Purpose,
};
use palermo_store::{
    fold,
    keys::{blind, names::NameIndex},
    session as sessions,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::RwLock;

/// Most persons one search gives.
pub const MOST_FOUND: usize = 200;
/// The field of the blind index that holds the numbers of documents: whatever
/// the kind of paper, for who reads a number out does not always say it.
pub(crate) const DOCUMENT: &str = "document";

struct Cache {
    index: Arc<RwLock<NameIndex>>,
    sessions: BTreeSet<SessionId>,
}

/// The names of each tenant that has an identity session here.
#[derive(Default)]
pub struct NameCaches {
    by_tenant: Mutex<HashMap<TenantId, Cache>>,
}

impl std::fmt::Debug for NameCaches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameCaches({} tenants)", self.lock().len())
    }
}

impl NameCaches {
    fn lock(&self) -> MutexGuard<'_, HashMap<TenantId, Cache>> {
        // A panic elsewhere leaves nothing half done here: entries are whole.
        self.by_tenant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tenant's names, held for this session too.
    fn enter(&self, tenant: TenantId, session: SessionId) -> Arc<RwLock<NameIndex>> {
        let mut caches = self.lock();
        let cache = caches.entry(tenant).or_insert_with(|| Cache {
            index: Arc::new(RwLock::new(NameIndex::new(tenant))),
            sessions: BTreeSet::new(),
        });
        cache.sessions.insert(session);
        cache.index.clone()
    }

    /// A session locked its key or ended; with the last one the names are wiped.
    pub fn left(&self, tenant: TenantId, session: SessionId) {
        let mut caches = self.lock();
        let Some(cache) = caches.get_mut(&tenant) else { return };
        cache.sessions.remove(&session);
        if cache.sessions.is_empty() {
            caches.remove(&tenant);
        }
    }

    /// How many tenants have names in memory.
    #[must_use]
    pub fn held(&self) -> usize {
        self.lock().len()
    }

    fn holders(&self) -> Vec<(TenantId, SessionId)> {
        let caches = self.lock();
        caches
            .iter()
            .flat_map(|(tenant, cache)| cache.sessions.iter().map(|one| (*tenant, *one)))
            .collect()
    }
}

/// Who was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// With a name in which every typed word begins a word, or exactly the typed number
    /// on a document.
    pub exact: Vec<PersonId>,
    /// With a name that is another spelling of what was typed.
    pub alike: Vec<PersonId>,
}

/// Persons by their names, exactly and in other spellings, or by the number of a
/// document, among those `may_see` lets through: the
/// caller gives one's own cases. The search itself
/// is an entry of the log, with its purpose; what was typed is not.
///
/// # Errors
/// [`Refused::UnlockNeeded`] unless one's open key holds identity.
pub async fn search(
    acting: &Acting<'_>,
    signed: &Signed,
    typed: &str,
    purpose: Purpose,
    may_see: impl Fn(PersonId) -> bool,
) -> Result<Found, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow_for(Action::SearchNames, &Resource::of(tenant), Some(purpose)).await?;
    let vault = crate::keys::vault(acting, signed).await?;
    if !vault.opens(Compartment::Identity) {
        return Err(Refused::UnlockNeeded);
    }
    let context = acting.context(Action::SearchNames)?.for_purpose(purpose);
    let mut context = context;
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let index = acting.app.names.enter(tenant, signed.session.id);
    // One at a time brings it up to date; the others then have little to read.
    index.write().await.refresh(&read, &vault).await?;
    let words = alike::words(&fold(typed));
    let (mut found, mut others) = {
        let index = index.read().await;
        let like = |name: &str| alike::each_is_in(&words, &alike::words(name));
        (index.search(typed, &may_see), index.like(like, &may_see))
    };
    if typed.chars().any(char::is_numeric) {
        let holders = blind::find(&read, &vault, DOCUMENT, typed).await?;
        found.extend(holders.into_iter().filter(|person| may_see(*person)));
        found.sort();
        found.dedup();
    }
    found.truncate(MOST_FOUND);
    others.retain(|person| found.binary_search(person).is_err());
    others.truncate(MOST_FOUND);
    Ok(Found { exact: found, alike: others })
}

/// Drops the names of tenants none of whose sessions is open any more: they
/// ran out, or were ended on another instance or at the command line.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Refused> {
    for (tenant, session) in app.names.holders() {
        if !sessions::is_open(&app.store, tenant, session).await? {
            app.names.left(tenant, session);
        }
    }
    Ok(())
}
