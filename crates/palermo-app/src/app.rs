//! The program's parts, put together once at start.

use crate::{access::Policy, content::Content, ports::SecondFactors};
use palermo_crypto::password;
use palermo_locale::Catalogue;
use palermo_store::Store;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many passphrases are checked at once: each takes 64 MiB (check D14).
pub const PASSPHRASES_AT_ONCE: usize = 2;

/// The program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database, with its clock and source of ids.
    pub store: Store,
    /// Who may do what.
    pub policy: Arc<Policy>,
    /// Messages in every language.
    pub catalogue: Arc<Catalogue>,
    /// What ships with the program: mechanisms, instruments, States.
    pub content: Arc<Content>,
    /// One-time codes and passkeys.
    pub factors: Arc<dyn SecondFactors>,
    /// Cost of hashing a passphrase.
    pub passphrase_cost: password::Params,
    /// The invented region: no second factor, no person-level import (E43).
    pub demo: bool,
    pub(crate) passphrase_turns: Arc<Semaphore>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App(demo: {})", self.demo)
    }
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        store: Store,
        policy: Policy,
        catalogue: Catalogue,
        content: Content,
        factors: Arc<dyn SecondFactors>,
        demo: bool,
    ) -> Self {
        let passphrase_cost =
            if demo { password::Params::demo_weakest() } else { password::Params::standard() };
        Self {
            store,
            policy: Arc::new(policy),
            catalogue: Arc::new(catalogue),
            content: Arc::new(content),
            factors,
            passphrase_cost,
            demo,
            passphrase_turns: Arc::new(Semaphore::new(PASSPHRASES_AT_ONCE)),
        }
    }
}
