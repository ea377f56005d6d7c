//! One's own key pair and the tenant's compartments. A key pair is made with
//! the account and sealed by the passphrase; in a session it is open only
//! while the browser brings the cookie. Compartment keys are handed from one
//! member to another in a session of someone who holds them, never by the
//! server.

use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    session::Signed,
};
use palermo_crypto::{Entropy, OsEntropy, StaffSecret, VaultKey};
use palermo_domain::{
    compartment::Compartment,
    id::{AccountId, Id, KeyId, TenantId},
    role::Role,
};
use palermo_store::{
    Act, account as accounts,
    keys::{
        compartment,
        staff::{self, Holder, Method, StaffKey},
        vault::UnlockedVault,
    },
    role as roles,
    session::{self as sessions, Session, SessionToken},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

/// A key pair on its way into the store.
pub(crate) struct NewStaffKey {
    secret: StaffSecret,
    salt: [u8; 16],
    by: VaultKey,
}

/// Makes a key pair guarded by a passphrase.
pub(crate) async fn new_staff_key(
    app: &App,
    passphrase: &Zeroizing<String>,
) -> Result<NewStaffKey, Refused> {
    let mut salt = [0u8; 16];
    OsEntropy.fill(&mut salt).map_err(unavailable)?;
    let by = stretch(app, passphrase.clone(), salt.to_vec()).await?;
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    Ok(NewStaffKey { secret, salt, by })
}

/// The key a passphrase gives, off the async threads, two at a time.
async fn stretch(
    app: &App,
    passphrase: Zeroizing<String>,
    salt: Vec<u8>,
) -> Result<VaultKey, Refused> {
    let cost = app.passphrase_cost;
    let turn = app.passphrase_turns.clone().acquire_owned().await;
    let made =
        tokio::task::spawn_blocking(move || VaultKey::from_passphrase(&passphrase, &salt, &cost))
            .await;
    drop(turn);
    made.map_err(unavailable)?.map_err(unavailable)
}

/// Keeps a key pair, in place of an earlier one: what was wrapped to that is
/// lost to its owner until a colleague hands it over again.
pub(crate) async fn keep_staff_key(
    act: &mut Act,
    account: AccountId,
    new: NewStaffKey,
) -> Result<(StaffKey, StaffSecret), Refused> {
    let tenant = act.tenant();
    for old in staff::of_holder(act, tenant, Holder::Staff(account)).await? {
        staff::retire(act, old.id).await?;
    }
    let key = staff::insert(act, Holder::Staff(account), &new.secret.public()).await?;
    let facts = json!({ "salt": hex::encode(new.salt) });
    staff::seal(act, &key, &new.secret, &new.by, Method::Passphrase, None, facts).await?;
    Ok((key, new.secret))
}

async fn own_key(
    app: &App,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<StaffKey>, Refused> {
    let keys = staff::of_holder(&app.store, tenant, Holder::Staff(account)).await?;
    Ok(keys.into_iter().next_back())
}

async fn open_with(
    app: &App,
    key: &StaffKey,
    passphrase: &Zeroizing<String>,
) -> Result<Option<StaffSecret>, Refused> {
    let Some(facts) = staff::seal_facts(&app.store, key, Method::Passphrase, None).await? else {
        return Ok(None);
    };
    let salt =
        facts.get("salt").and_then(|salt| salt.as_str()).and_then(|salt| hex::decode(salt).ok());
    let Some(salt) = salt else { return Ok(None) };
    let by = stretch(app, passphrase.clone(), salt).await?;
    match staff::open(&app.store, key, &by, Method::Passphrase, None).await {
        Ok(secret) => Ok(Some(secret)),
        Err(palermo_store::Error::Sealed | palermo_store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What moves into a session's vault: the key pair, open for a moment.
pub(crate) type Carried = Option<(StaffKey, StaffSecret)>;

/// Opens the session's own key with the passphrase just typed. Someone whose
/// passphrase does not open it signs in all the same and is told how to unlock.
pub(crate) async fn open_vault(
    app: &App,
    signed: &mut Signed,
    passphrase: &Zeroizing<String>,
) -> Result<(), Refused> {
    let (tenant, account) = (signed.tenant.id, signed.account.id);
    let Some(key) = own_key(app, tenant, account).await? else { return Ok(()) };
    let Some(secret) = open_with(app, &key, passphrase).await? else { return Ok(()) };
    let acting = signed.acting(app, palermo_locale::Language::En);
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(account));
    put_vault(&mut act, &signed.session, &signed.token, Some((key, secret))).await?;
    Ok(act.commit(&()).await?)
}

/// Takes the open key out of a session whose token is about to change.
pub(crate) async fn carry_vault(app: &App, signed: &Signed) -> Result<Carried, Refused> {
    let Some(vault) = sessions::vault(&app.store, &signed.session).await? else { return Ok(None) };
    match staff::open_from_session(&app.store, &signed.token, &vault).await {
        Ok(opened) => Ok(Some(opened)),
        Err(palermo_store::Error::Sealed) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Puts an open key into a session, sealed so that only its cookie opens it.
pub(crate) async fn put_vault(
    act: &mut Act,
    session: &Session,
    token: &SessionToken,
    carried: Carried,
) -> Result<(), Refused> {
    let Some((key, secret)) = carried else { return Ok(()) };
    let vault = staff::seal_for_session(&key, &secret, token)?;
    Ok(sessions::set_vault(act, session, Some(vault)).await?)
}

/// A key pair sealed by a new passphrase.
pub(crate) struct Rewrapped {
    key: StaffKey,
    secret: StaffSecret,
    salt: [u8; 16],
    by: VaultKey,
}

/// Moves one's key pair from the old passphrase to the new one.
pub(crate) async fn rewrap_for(
    app: &App,
    signed: &Signed,
    old: &Zeroizing<String>,
    new: &Zeroizing<String>,
) -> Result<Option<Rewrapped>, Refused> {
    let Some(key) = own_key(app, signed.tenant.id, signed.account.id).await? else {
        return Ok(None);
    };
    let Some(secret) = open_with(app, &key, old).await? else { return Ok(None) };
    let mut salt = [0u8; 16];
    OsEntropy.fill(&mut salt).map_err(unavailable)?;
    let by = stretch(app, new.clone(), salt.to_vec()).await?;
    Ok(Some(Rewrapped { key, secret, salt, by }))
}

pub(crate) async fn keep_rewrapped(
    act: &mut Act,
    rewrapped: Option<Rewrapped>,
) -> Result<(), Refused> {
    let Some(Rewrapped { key, secret, salt, by }) = rewrapped else { return Ok(()) };
    let facts = json!({ "salt": hex::encode(salt) });
    Ok(staff::seal(act, &key, &secret, &by, Method::Passphrase, None, facts).await?)
}

/// Whether the session's key is open.
///
/// # Errors
/// When the database does not answer.
pub async fn is_open(acting: &Acting<'_>, signed: &Signed) -> Result<bool, Refused> {
    Ok(carry_vault(acting.app, signed).await?.is_some())
}

/// Opens one's key in this session with the passphrase.
///
/// # Errors
/// [`Refused::Invalid`] if the passphrase does not open it.
pub async fn unlock(
    acting: &Acting<'_>,
    signed: &Signed,
    passphrase: &Zeroizing<String>,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::Unlock, &Resource::of(tenant).about(account)).await?;
    crate::throttle::may_prove(acting.app, account).await?;
    let Some(key) = own_key(acting.app, tenant, account).await? else {
        return make_own(acting, signed, passphrase).await;
    };
    let Some(secret) = open_with(acting.app, &key, passphrase).await? else {
        return Err(Refused::field("passphrase", Message::new("error-key-passphrase")));
    };
    crate::throttle::proof_succeeded(acting.app, account).await?;
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(account));
    put_vault(&mut act, &signed.session, &signed.token, Some((key, secret))).await?;
    Ok(act.commit(&()).await?)
}

/// Someone without a key pair (an older account, another way to sign in) makes one.
async fn make_own(
    acting: &Acting<'_>,
    signed: &Signed,
    passphrase: &Zeroizing<String>,
) -> Result<(), Refused> {
    let known = palermo_store::credential::of_account(
        &acting.app.store,
        signed.tenant.id,
        signed.account.id,
    )
    .await?;
    let stored = known
        .iter()
        .find(|c| c.record.kind == palermo_store::credential::CredentialKind::Passphrase);
    if !crate::session::passphrase_fits(acting.app, passphrase.clone(), stored).await? {
        return Err(Refused::field("passphrase", Message::new("error-key-passphrase")));
    }
    let new = new_staff_key(acting.app, passphrase).await?;
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(signed.account.id));
    let made = keep_staff_key(&mut act, signed.account.id, new).await?;
    put_vault(&mut act, &signed.session, &signed.token, Some(made)).await?;
    act.commit(&()).await?;
    crate::throttle::proof_succeeded(acting.app, signed.account.id).await
}

/// Closes one's key in this session.
///
/// # Errors
/// What the store refuses.
pub async fn lock(acting: &Acting<'_>, signed: &Signed) -> Result<(), Refused> {
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(signed.account.id));
    sessions::set_vault(&mut act, &signed.session, None).await?;
    Ok(act.commit(&()).await?)
}

/// Everything one's key opens, for as long as the value lives.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when the session's key is not open.
pub async fn vault(acting: &Acting<'_>, signed: &Signed) -> Result<UnlockedVault, Refused> {
    let Some((key, secret)) = carry_vault(acting.app, signed).await? else {
        return Err(Refused::UnlockNeeded);
    };
    Ok(acting.app.store.unlock(&key, &secret).await?)
}

/// Who holds which compartment of the tenant, and who should but does not.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Whether the compartments have keys at all.
    pub established: bool,
    /// Members whose role opens compartments.
    pub members: Vec<KeyHolder>,
}

/// A member whose role opens compartments.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    /// Account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// What the roles open.
    pub should: Vec<Compartment>,
    /// What is wrapped to their key.
    pub holds: Vec<Compartment>,
    /// Whether they have a key pair yet.
    pub has_key: bool,
}

impl KeyHolder {
    /// What still has to be handed over.
    #[must_use]
    pub fn missing(&self) -> Vec<Compartment> {
        self.should.iter().copied().filter(|c| !self.holds.contains(c)).collect()
    }
}

/// Compartments only staff may open.
pub(crate) const GUARDED: [Compartment; 3] =
    [Compartment::Care, Compartment::Identity, Compartment::ProtectedAddress];

async fn holders(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<BTreeMap<Compartment, BTreeSet<KeyId>>, Refused> {
    let mut found = BTreeMap::new();
    for one in GUARDED {
        let keys = compartment::holders(&acting.app.store, tenant, one).await?;
        found.insert(one, keys.into_iter().collect());
    }
    Ok(found)
}

/// Who holds what in one's tenant.
///
/// # Errors
/// What access or the store refuse.
pub async fn overview(acting: &Acting<'_>) -> Result<Overview, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let held = holders(acting, tenant).await?;
    let established = held.values().any(|keys| !keys.is_empty());
    let mut accounts_by_role: BTreeMap<AccountId, BTreeSet<Role>> = BTreeMap::new();
    for role in Role::ALL.iter().filter(|role| !acting.app.policy.opens(**role).is_empty()) {
        for holder in roles::holders(store, tenant, *role, acting.now()).await? {
            accounts_by_role.entry(holder.record.account).or_default().insert(*role);
        }
    }
    let mut members = Vec::new();
    for (account, held_roles) in accounts_by_role {
        let name = accounts::find(store, tenant, account)
            .await?
            .map(|a| a.record.name)
            .unwrap_or_default();
        let key = own_key(acting.app, tenant, account).await?;
        let holds = GUARDED
            .into_iter()
            .filter(|one| key.as_ref().is_some_and(|key| held[one].contains(&key.id)))
            .collect();
        let should = opened_by(acting.app, &held_roles);
        if should.is_empty() {
            continue;
        }
        members.push(KeyHolder { account, name, should, holds, has_key: key.is_some() });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Overview { established, members })
}

fn opened_by(app: &App, held: &BTreeSet<Role>) -> Vec<Compartment> {
    GUARDED
        .into_iter()
        .filter(|one| held.iter().any(|role| app.policy.opens(*role).contains(one)))
        .collect()
}

/// Makes the tenant's compartment keys, wrapped to oneself and to a recovery
/// key pair, whose secret is returned to be printed and put away in two places.
///
/// # Errors
/// [`Refused::NotFound`] unless one's role opens the compartments,
/// [`Refused::Declined`] if they have keys already.
pub async fn establish(acting: &Acting<'_>, signed: &Signed) -> Result<String, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let before = overview(acting).await?;
    if before.established {
        return Err(Refused::Declined(Message::new("error-keys-established")));
    }
    let own: BTreeSet<Role> = acting.subject.roles.iter().copied().collect();
    let opens = opened_by(acting.app, &own);
    let Some((key, _)) = carry_vault(acting.app, signed).await? else {
        return Err(Refused::UnlockNeeded);
    };
    if opens.is_empty() {
        return Err(Refused::NotFound);
    }
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::RecoverKeys)?.about(account));
    let recovery = staff::insert(&mut act, Holder::Recovery, &secret.public()).await?;
    for one in opens {
        compartment::establish(&mut act, one, &[key.clone(), recovery.clone()]).await?;
    }
    act.commit(&()).await?;
    Ok(hex::encode_upper(secret.to_key().as_bytes()))
}

/// Hands a colleague what their role opens, out of one's own open key.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key is not open; [`Refused::Declined`]
/// when the colleague has no key pair yet.
pub async fn hand_over(acting: &Acting<'_>, signed: &Signed, to: AccountId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let known = overview(acting).await?;
    let colleague =
        known.members.iter().find(|member| member.account == to).ok_or(Refused::NotFound)?;
    let missing = colleague.missing();
    let Some(key) = own_key(acting.app, tenant, to).await? else {
        return Err(Refused::Declined(Message::new("error-no-key-yet")));
    };
    let vault = vault(acting, signed).await?;
    for one in &missing {
        // The policy is asked again by the domain: no overlay gives what a role can never hold.
        let may = |role: &Role| palermo_domain::safeguard::overlay::may_open(*role, *one).is_ok();
        let held = roles::of_account(&acting.app.store, tenant, to).await?;
        let now = acting.now();
        if !held.iter().any(|r| r.record.holds_at(now) && may(&r.record.role)) {
            return Err(Refused::NotFound);
        }
    }
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::RecoverKeys)?.about(to));
    compartment::grant(&mut act, &vault, &key, &missing).await?;
    act.detail("compartments", json!(missing.iter().map(|c| c.code()).collect::<Vec<_>>()));
    act.detail("to", to.uuid().to_string());
    Ok(act.commit(&()).await?)
}

/// Replaces the key of a compartment: what someone who left may have kept
/// opens nothing new.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key does not hold the compartment.
pub async fn rotate(
    acting: &Acting<'_>,
    signed: &Signed,
    which: Compartment,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RotateKeys, &Resource::of(tenant)).await?;
    let vault = vault(acting, signed).await?;
    if !vault.opens(which) {
        return Err(Refused::UnlockNeeded);
    }
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RotateKeys)?.about(account).because(which.code())
    );
    compartment::rotate(&mut act, &vault, which).await?;
    Ok(act.commit(&()).await?)
}
