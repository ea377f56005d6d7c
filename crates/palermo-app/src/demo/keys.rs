//! Keys of the demonstration: whoever's role opens compartments has a key pair
//! sealed by the passphrase everyone shares, and their organisation's
//! compartments are wrapped to it. Nothing else differs from a real one: the
//! server itself opens neither names nor notes.

use super::{Built, Member, PASSPHRASE};
use crate::{
    App, Refused,
    access::Action,
    keys::{GUARDED, seal_demo_recovery},
};
use palermo_crypto::{Entropy, OsEntropy, StaffSecret, VaultKey};
use palermo_domain::{compartment::Compartment, id::TenantId, role::Role};
use palermo_store::{
    Act, UnlockedVault,
    keys::{
        compartment,
        staff::{self, Holder, Method, StaffKey},
    },
};
use serde_json::json;

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

/// The key everyone's passphrase gives: stretched once, since all share it.
pub(super) struct SharedKey {
    salt: [u8; 16],
    by: VaultKey,
}

impl SharedKey {
    pub(super) fn new(app: &App) -> Result<Self, Refused> {
        let mut salt = [0u8; 16];
        OsEntropy.fill(&mut salt).map_err(unavailable)?;
        let by = VaultKey::from_passphrase(PASSPHRASE, &salt, &app.passphrase_cost);
        Ok(Self { salt, by: by.map_err(unavailable)? })
    }
}

/// A key pair of someone of the demonstration, kept while it is being built.
pub(super) struct DemoKey {
    pub(super) key: StaffKey,
    pub(super) secret: StaffSecret,
    opens: Vec<Compartment>,
    officer: bool,
}

/// Makes the key pair of a member whose roles open something or take part in
/// recovery.
pub(super) async fn make(
    app: &App,
    act: &mut Act,
    shared: &SharedKey,
    member: &Member,
) -> Result<Option<DemoKey>, Refused> {
    let opens: Vec<_> = GUARDED
        .into_iter()
        .filter(|one| member.roles.iter().any(|role| app.policy.opens(*role).contains(one)))
        .collect();
    let officer = app.policy.grants_of(&member.roles, Action::RecoverKeys).next().is_some();
    // Complaints are sealed to whoever reads them, without a compartment.
    let complaints = member.roles.contains(&Role::HumanRightsInstitution);
    if opens.is_empty() && !officer && !complaints {
        return Ok(None);
    }
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let key = staff::insert(act, Holder::Staff(member.account), &secret.public()).await?;
    let facts = json!({ "salt": hex::encode(shared.salt) });
    staff::seal(act, &key, &secret, &shared.by, Method::Passphrase, None, facts).await?;
    Ok(Some(DemoKey { key, secret, opens, officer }))
}

/// Makes an organisation's compartment keys for everyone who holds them, and
/// for its recovery, which any two of its officers open together.
pub(super) async fn establish(act: &mut Act, keys: &[DemoKey]) -> Result<(), Refused> {
    if keys.iter().all(|key| key.opens.is_empty()) {
        return Ok(());
    }
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let recovery = staff::insert(act, Holder::Recovery, &secret.public()).await?;
    for one in GUARDED {
        let mut holders: Vec<StaffKey> =
            keys.iter().filter(|key| key.opens.contains(&one)).map(|key| key.key.clone()).collect();
        if holders.is_empty() {
            continue;
        }
        holders.push(recovery.clone());
        compartment::establish(act, one, &holders).await?;
    }
    let officers: Vec<StaffKey> =
        keys.iter().filter(|key| key.officer).map(|key| key.key.clone()).collect();
    if officers.len() > 1 {
        seal_demo_recovery(act, &recovery, &secret, &officers).await?;
    }
    Ok(())
}

impl Built {
    /// What a member of this organisation opens, for building its records.
    ///
    /// # Errors
    /// When nobody there holds a key.
    pub async fn vault(&self, app: &App, tenant: TenantId) -> Result<UnlockedVault, Refused> {
        let widest = self
            .keys
            .iter()
            .filter(|key| key.key.tenant == tenant)
            .max_by_key(|key| key.opens.len());
        let Some(held) = widest else {
            return Err(Refused::Unavailable("nobody in this organisation holds a key".into()));
        };
        Ok(app.store.unlock(&held.key, &held.secret).await?)
    }
}
