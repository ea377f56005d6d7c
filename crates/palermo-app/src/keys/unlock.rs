//! Opening one's own key: by the passphrase one signs in with, by a vault
//! passphrase where sign-in has none (an organisation's sign-in, a passkey
//! alone), or by a passkey whose authenticator has a PRF. Someone without a
//! key pair gets one with the first opening.

use super::{keep_staff_key, new_staff_key, open_with, own_key, put_vault};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    session::Signed,
};
use palermo_crypto::{OsEntropy, VaultKey};
use palermo_domain::id::{AccountId, CredentialId, TenantId};
use palermo_store::{
    Act, Versioned,
    credential::{self as credentials, Credential, CredentialKind},
    keys::staff::{self, Method},
};
use serde_json::json;
use zeroize::Zeroizing;

/// What a passphrase does for someone's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseWay {
    /// The passphrase they sign in with opens it, or makes it.
    SignIn,
    /// A vault passphrase of its own opens it.
    Vault,
    /// They have neither: they choose a vault passphrase, which makes the key.
    Choose,
    /// Only a passkey opens it.
    None,
}

/// How someone can open their key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Whether there is a key pair yet.
    pub has_key: bool,
    /// By passphrase.
    pub passphrase: PassphraseWay,
    /// Passkeys that open it.
    pub passkeys: Vec<CredentialId>,
}

/// A passkey that showed its PRF's output: the way into its owner's vault.
pub(crate) struct PrfProof {
    pub(crate) credential: CredentialId,
    pub(crate) raw_id: Vec<u8>,
    pub(crate) output: Zeroizing<[u8; 32]>,
}

impl PrfProof {
    fn vault_key(&self) -> VaultKey {
        VaultKey::from_prf(&self.output, &self.raw_id)
    }
}

/// What a passkey did for its owner's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passkey {
    /// It opens the key from now on.
    Opens,
    /// Its authenticator has no PRF: it signs in, and opens nothing.
    NoPrf,
}

async fn passphrase_of(
    app: &App,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<Versioned<Credential>>, Refused> {
    let known = credentials::of_account(&app.store, tenant, account).await?;
    Ok(known.into_iter().find(|c| c.record.kind == CredentialKind::Passphrase))
}

/// How the present account can open its key.
///
/// # Errors
/// When the database does not answer.
pub async fn ways(acting: &Acting<'_>) -> Result<Ways, Refused> {
    let (tenant, account) = acting.member()?;
    let signs_in = passphrase_of(acting.app, tenant, account).await?.is_some();
    let Some(key) = own_key(acting.app, tenant, account).await? else {
        let passphrase = if signs_in { PassphraseWay::SignIn } else { PassphraseWay::Choose };
        return Ok(Ways { has_key: false, passphrase, passkeys: Vec::new() });
    };
    let ways = staff::ways(&acting.app.store, &key).await?;
    let by_passphrase = ways.iter().any(|(method, _)| *method == Method::Passphrase);
    let passphrase = match (by_passphrase, signs_in) {
        (true, true) => PassphraseWay::SignIn,
        (true, false) => PassphraseWay::Vault,
        (false, _) => PassphraseWay::None,
    };
    let passkeys = ways
        .into_iter()
        .filter(|(method, _)| *method == Method::Prf)
        .filter_map(|(_, credential)| credential)
        .collect();
    Ok(Ways { has_key: true, passphrase, passkeys })
}

/// Opens one's key in this session with a passphrase; makes the key first if
/// there is none. `again` is asked only of someone who chooses a vault passphrase.
///
/// # Errors
/// [`Refused::Invalid`] if the passphrase does not open it, or is too weak.
pub async fn unlock(
    acting: &Acting<'_>,
    signed: &Signed,
    passphrase: &Zeroizing<String>,
    again: &str,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::Unlock, &Resource::of(tenant).about(account)).await?;
    crate::throttle::may_prove(acting.app, account).await?;
    let Some(key) = own_key(acting.app, tenant, account).await? else {
        return make_own(acting, signed, passphrase, again).await;
    };
    let Some(secret) = open_with(acting.app, &key, passphrase).await? else {
        return Err(Refused::field("passphrase", Message::new("error-key-passphrase")));
    };
    crate::throttle::proof_succeeded(acting.app, account).await?;
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(account));
    put_vault(&mut act, &signed.session, &signed.token, Some((key, secret))).await?;
    Ok(act.commit(&()).await?)
}

/// Someone without a key pair (an older account, another way to sign in)
/// makes one, and it stays open.
async fn make_own(
    acting: &Acting<'_>,
    signed: &Signed,
    passphrase: &Zeroizing<String>,
    again: &str,
) -> Result<(), Refused> {
    let (app, account) = (acting.app, &signed.account);
    match passphrase_of(app, signed.tenant.id, account.id).await? {
        Some(stored) => {
            if !crate::session::passphrase_fits(app, passphrase.clone(), Some(&stored)).await? {
                return Err(Refused::field("passphrase", Message::new("error-key-passphrase")));
            }
        }
        None => {
            let mut problems = Problems::default();
            let known_words = [account.email.as_str(), account.name.as_str()];
            crate::invitation::check_passphrase(
                app,
                &mut problems,
                passphrase,
                again,
                &known_words,
            );
            problems.none()?;
        }
    }
    let new = new_staff_key(app, passphrase).await?;
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(account.id));
    let made = keep_staff_key(&mut act, account.id, new).await?;
    put_vault(&mut act, &signed.session, &signed.token, Some(made)).await?;
    act.commit(&()).await?;
    crate::throttle::proof_succeeded(app, account.id).await
}

/// Opens one's key in this session with a passkey.
///
/// # Errors
/// [`Refused::Declined`] when the passkey is not accepted or opens no key.
pub async fn unlock_by_passkey(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
    answer: &str,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::Unlock, &Resource::of(tenant).about(account)).await?;
    let shown = crate::session::show_passkey(acting, signed, state, answer).await?;
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::Unlock)?.about(account));
    shown.once(&mut act).await?;
    let opened = match &shown.prf {
        Some(prf) => open_by_prf(acting.app, tenant, account, prf).await?,
        None => None,
    };
    let Some(opened) = opened else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-passkey-opens-nothing")));
    };
    put_vault(&mut act, &signed.session, &signed.token, Some(opened)).await?;
    Ok(act.commit(&()).await?)
}

/// The key pair a PRF's output opens; none if that passkey opens none.
pub(crate) async fn open_by_prf(
    app: &App,
    tenant: TenantId,
    account: AccountId,
    prf: &PrfProof,
) -> Result<super::Carried, Refused> {
    let Some(key) = own_key(app, tenant, account).await? else { return Ok(None) };
    let by = prf.vault_key();
    match staff::open(&app.store, &key, &by, Method::Prf, Some(prf.credential)).await {
        Ok(secret) => Ok(Some((key, secret))),
        Err(palermo_store::Error::Sealed | palermo_store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Lets a passkey open one's key from now on. The key must be open in this
/// session; someone without a key pair gets one that the passkey alone opens.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when the key is closed; [`Refused::Declined`]
/// when the passkey is not accepted.
pub async fn bind_passkey(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
    answer: &str,
) -> Result<Passkey, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::Unlock, &Resource::of(tenant).about(account)).await?;
    let carried = match super::carry_vault(acting.app, signed).await? {
        None if own_key(acting.app, tenant, account).await?.is_some() => {
            return Err(Refused::UnlockNeeded);
        }
        carried => carried,
    };
    let shown = crate::session::show_passkey(acting, signed, state, answer).await?;
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::Unlock)?.about(account).because("passkey-opens")
    );
    shown.once(&mut act).await?;
    let Some(prf) = &shown.prf else {
        act.commit(&()).await?;
        return Ok(Passkey::NoPrf);
    };
    let (key, secret) = match carried {
        Some(own) => own,
        None => first_by_passkey(&mut act, account).await?,
    };
    let credential = Some(prf.credential);
    let by = prf.vault_key();
    staff::seal(&mut act, &key, &secret, &by, Method::Prf, credential, json!({})).await?;
    put_vault(&mut act, &signed.session, &signed.token, Some((key, secret))).await?;
    act.commit(&()).await?;
    Ok(Passkey::Opens)
}

async fn first_by_passkey(
    act: &mut Act,
    account: AccountId,
) -> Result<(staff::StaffKey, palermo_crypto::StaffSecret), Refused> {
    let secret =
        palermo_crypto::StaffSecret::generate(&mut OsEntropy).map_err(super::unavailable)?;
    let key = staff::insert(act, staff::Holder::Staff(account), &secret.public()).await?;
    Ok((key, secret))
}
