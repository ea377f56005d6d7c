//! One's own key pair and the tenant's compartments. A key pair is made with
//! the account and sealed by the passphrase; in a session it is open only
//! while the browser brings the cookie. Compartment keys are handed from one
//! member to another in a session of someone who holds them, never by the
//! server.
//!
//! `unlock`: opening one's own key. `compartments`: who holds what, handing
//! over, rotation. `officers`: the recovery that takes two. `paper`: what an
//! officer keeps in a safe.

mod compartments;
mod officers;
mod paper;
mod unlock;

pub(crate) use compartments::end_of;
pub use compartments::{
    Handed, KeyHolder, Overview, establish, finish_rotation, hand_over, overview, rotate,
    unfinished,
};
pub(crate) use officers::seal_to as seal_demo_recovery;
pub use officers::{
    Candidate, Recovered, Standing, candidates, check_seals, make_paper, recover, release, renew,
    standing, take_back, too_few_officers,
};
pub use paper::{BadPaper, Paper};
pub use unlock::{Passkey, PassphraseWay, Ways, bind_passkey, unlock, unlock_by_passkey, ways};
pub(crate) use unlock::{PrfProof, open_by_prf};

use crate::{Acting, App, Refused, access::Action, session::Signed};
use palermo_crypto::{Entropy, OsEntropy, StaffSecret, VaultKey};
use palermo_domain::{
    compartment::Compartment,
    id::{AccountId, TenantId},
};
use palermo_store::{
    Act,
    keys::{
        staff::{self, Holder, Method, StaffKey},
        vault::UnlockedVault,
    },
    session::{self as sessions, Session, SessionToken},
};
use serde_json::json;
use zeroize::Zeroizing;

/// Compartments only staff may open.
pub const GUARDED: [Compartment; 3] =
    [Compartment::Care, Compartment::Identity, Compartment::ProtectedAddress];

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
pub(crate) async fn stretch(
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

/// Closes one's key in this session.
///
/// # Errors
/// What the store refuses.
pub async fn lock(acting: &Acting<'_>, signed: &Signed) -> Result<(), Refused> {
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(signed.account.id));
    sessions::set_vault(&mut act, &signed.session, None).await?;
    crate::break_glass::end_all(&mut act, signed.account.id).await?;
    act.commit(&()).await?;
    acting.app.names.left(signed.tenant.id, signed.session.id);
    Ok(())
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
