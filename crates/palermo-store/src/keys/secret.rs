//! Secrets of accounts that the server itself must open: seeds of one-time
//! codes. Sealed under the tenant's `account` compartment.

use super::vault::UnlockedVault;
use crate::error::{Error, Result};
use palermo_crypto::{Aad, OsEntropy, open, seal};
use palermo_domain::{
    compartment::Compartment,
    id::{CredentialId, Id},
};
use uuid::Uuid;
use zeroize::Zeroizing;

fn place<'a>(tenant: &'a Uuid, credential: &'a Uuid, key: &'a Uuid) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: &[],
        table: "credential",
        column: "secret",
        row: credential.as_bytes(),
        key_id: key.as_bytes(),
        version: 1,
    }
}

/// Seals a credential's secret; the result goes into
/// [`crate::credential::Credential::secret`].
///
/// # Errors
/// [`Error::Locked`] without the compartment.
pub fn seal_for_account(
    vault: &UnlockedVault,
    credential: CredentialId,
    secret: &[u8],
) -> Result<Vec<u8>> {
    let (id, key) = vault.current(Compartment::Account)?;
    let (tenant, row, key_id) = (vault.tenant().uuid(), credential.uuid(), id.uuid());
    let mut out = key_id.as_bytes().to_vec();
    out.extend(seal(key, &place(&tenant, &row, &key_id), secret, &mut OsEntropy)?);
    Ok(out)
}

/// Opens what [`seal_for_account`] made.
///
/// # Errors
/// [`Error::Sealed`] for another credential's secret, or a changed one.
pub fn open_for_account(
    vault: &UnlockedVault,
    credential: CredentialId,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>> {
    let (key_id, sealed) = sealed.split_first_chunk::<16>().ok_or(Error::Sealed)?;
    let key_id = Uuid::from_bytes(*key_id);
    let key = vault.by_id(Compartment::Account, key_id)?;
    let (tenant, row) = (vault.tenant().uuid(), credential.uuid());
    Ok(open(key, &place(&tenant, &row, &key_id), sealed)?)
}
