//! Keys of compartments, staff and persons, and what is sealed with them.
//!
//! ```text
//! root key ──► installation key ──► case, account          (the server may open these)
//! staff key pairs, recovery key pair ──► care, identity, protected addresses
//!                                          └─► person keys (in the keystore) ──► sealed values
//! ```
//!
//! The store never opens care or identity by itself: whoever wants to brings
//! a [`vault::UnlockedVault`], and either a committed read entry or an act.

pub mod blind;
pub mod bulk;
pub mod compartment;
pub mod erase;
pub(crate) mod keystore;
pub mod names;
pub mod person;
pub mod recovery_seal;
pub mod sealed;
pub mod secret;
pub mod staff;
pub mod vault;
pub mod verify_seals;

use crate::{act::Act, read::PersonalRead, store::Db};

mod private {
    use crate::Store;

    pub trait InTheLog {
        fn store(&self) -> &Store;
    }
}

pub(crate) use private::InTheLog;

/// Where sealed values may be opened: only where the log says so, that is in
/// an act or after a [`crate::Store::read_personal`].
pub trait Audited: Db + InTheLog {}

impl<T: Db + InTheLog> Audited for T {}

impl InTheLog for Act {
    fn store(&self) -> &crate::Store {
        &self.store
    }
}

impl InTheLog for PersonalRead {
    fn store(&self) -> &crate::Store {
        Self::store(self)
    }
}
