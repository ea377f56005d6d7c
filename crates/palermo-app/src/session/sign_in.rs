//! Signing in with a passphrase. An unknown address costs the same time and
//! gets the same answer as a wrong passphrase (check N2).

use super::{Signed, gather, known_device, passkey::Shown};
use crate::{App, Message, Refused, access::Action};
use palermo_crypto::password;
use palermo_domain::{
    account::{Account, AccountStatus},
    actor::Actor,
    moment::Moment,
};
use palermo_store::{
    ActContext, Begun, Versioned, account as accounts,
    credential::{self as credentials, Credential, CredentialKind},
    session::{self as sessions, Assurance, NewSession, SessionToken},
};
use std::net::IpAddr;
use zeroize::Zeroizing;

/// What someone typed to sign in.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Address.
    pub email: String,
    /// Passphrase; wiped when dropped.
    pub passphrase: Zeroizing<String>,
    /// What the browser calls itself.
    pub device: String,
    /// The mark of a device someone made theirs, if the browser shows one.
    pub mark: String,
    /// Where the request comes from.
    pub source: Option<IpAddr>,
}

/// How far signing in got.
#[derive(Debug, Clone)]
pub enum SignedIn {
    /// All the way.
    Done(Box<Signed>),
    /// The second factor is still to be shown.
    SecondFactor(Box<Signed>),
    /// A second factor is still to be set up.
    EnrolFirst(Box<Signed>),
}

/// Signs in with address and passphrase.
///
/// # Errors
/// [`Refused::Declined`] with one message for every reason;
/// [`Refused::TooMany`] when the address or the source tried too often.
pub async fn sign_in(app: &App, typed: Credentials) -> Result<SignedIn, Refused> {
    let known = known_device::of_address(app, &typed.email, &typed.mark).await?;
    let device = known.as_deref();
    crate::throttle::may_try(app, &typed.email, typed.source, device).await?;
    let found = accounts::find_by_email(&app.store, &typed.email).await?;
    let account = found.map(|account| account.record);
    let usable = account.as_ref().filter(|account| account.status == AccountStatus::Active);
    let known = match usable {
        Some(account) => credentials::of_account(&app.store, account.tenant, account.id).await?,
        None => Vec::new(),
    };
    let stored = known.iter().find(|c| c.record.kind == CredentialKind::Passphrase);
    let right = passphrase_fits(app, typed.passphrase.clone(), stored).await?;
    let (Some(account), true) = (usable, right) else {
        note_failure(app, account.as_ref()).await;
        return Err(Refused::Declined(Message::new("sign-in-wrong")));
    };
    crate::throttle::succeeded(app, &typed.email, device).await?;
    let factor = known.iter().any(|credential| {
        matches!(credential.record.kind, CredentialKind::OneTimeCode | CredentialKind::Passkey)
    });
    let assurance = if app.demo { Assurance::Two } else { Assurance::Single };
    let mut signed = open(app, account, assurance, &typed.device).await?;
    crate::keys::open_vault(app, &mut signed, &typed.passphrase).await?;
    Ok(if app.demo {
        SignedIn::Done(Box::new(signed))
    } else if factor {
        SignedIn::SecondFactor(Box::new(signed))
    } else {
        SignedIn::EnrolFirst(Box::new(signed))
    })
}

/// Signs in the owner of a credential that another place vouched for. Without
/// a second factor shown there, it is asked for here.
pub(crate) async fn sign_in_elsewhere(
    app: &App,
    credential: &Credential,
    second_factor: bool,
    challenge: (Vec<u8>, Moment),
    device: &str,
) -> Result<SignedIn, Refused> {
    let account = accounts::find(&app.store, credential.tenant, credential.account).await?;
    let account = account.map(|account| account.record);
    let account = account.filter(|account| account.status == AccountStatus::Active);
    let account =
        account.ok_or_else(|| Refused::Declined(Message::new("error-organisation-not-linked")))?;
    let assurance = if second_factor { Assurance::Two } else { Assurance::Single };
    let shown = Shown::answered(assurance, challenge);
    let signed = open_once(app, &account, &shown, device).await?;
    let known = credentials::of_account(&app.store, account.tenant, account.id).await?;
    let factor = known.iter().any(|one| {
        matches!(one.record.kind, CredentialKind::OneTimeCode | CredentialKind::Passkey)
    });
    Ok(match (second_factor, factor) {
        (true, _) => SignedIn::Done(Box::new(signed)),
        (false, true) => SignedIn::SecondFactor(Box::new(signed)),
        (false, false) => SignedIn::EnrolFirst(Box::new(signed)),
    })
}

/// Checks a passphrase off the async threads, two at a time.
pub(crate) async fn passphrase_fits(
    app: &App,
    passphrase: Zeroizing<String>,
    stored: Option<&Versioned<Credential>>,
) -> Result<bool, Refused> {
    let stored =
        stored.map(|credential| String::from_utf8_lossy(&credential.record.secret).into_owned());
    let cost = app.passphrase_cost;
    let turn = app.passphrase_turns.clone().acquire_owned().await;
    let checked = tokio::task::spawn_blocking(move || match stored {
        Some(hash) => password::verify(&passphrase, &hash).map_err(|error| error.to_string()),
        None => password::verify_nothing(&passphrase, &cost).map_err(|error| error.to_string()),
    })
    .await;
    drop(turn);
    checked.map_err(|error| Refused::Unavailable(error.to_string()))?.map_err(Refused::Unavailable)
}

/// Opens a session for an account that has shown who it is.
pub(crate) async fn open(
    app: &App,
    account: &Account,
    assurance: Assurance,
    device: &str,
) -> Result<Signed, Refused> {
    open_once(app, account, &Shown::typed(assurance), device).await
}

/// The same, for what was shown by answering a challenge, which counts once.
pub(crate) async fn open_once(
    app: &App,
    account: &Account,
    shown: &Shown,
    device: &str,
) -> Result<Signed, Refused> {
    let assurance = shown.assurance;
    let roles = palermo_store::role::of_account(&app.store, account.tenant, account.id).await?;
    let now = app.store.now();
    let held: Vec<_> =
        roles.iter().filter(|r| r.record.holds_at(now)).map(|r| r.record.role).collect();
    let limits = app.policy.session_limits(&held);
    let context = ActContext::new(account.tenant, Actor::Public, Action::SignIn.code())
        .about(account.id)
        .because(assurance.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else {
        return Err(Refused::Unavailable("a sign-in cannot be a repetition".into()));
    };
    shown.once(&mut act).await?;
    let new = NewSession {
        account: account.id,
        assurance,
        device: device.chars().take(120).collect(),
        idle: limits.idle,
        absolute: limits.absolute,
    };
    let (session, token) = sessions::open(&mut act, new).await?;
    act.commit(&()).await?;
    signed(app, session, token).await
}

pub(crate) async fn signed(
    app: &App,
    session: sessions::Session,
    token: SessionToken,
) -> Result<Signed, Refused> {
    gather(app, session, token).await?.ok_or(Refused::NotFound)
}

/// A wrong passphrase is an entry in the log of the account's tenant; one for
/// an address nobody has, in that of the house, without the address: the same
/// work, so that the time tells nothing (check N2).
async fn note_failure(app: &App, account: Option<&Account>) {
    let Some(tenant) = account.map(|account| account.tenant).or_else(|| app.store.house()) else {
        return;
    };
    let mut context = ActContext::new(tenant, Actor::Public, Action::SignIn.code());
    let mut reason = "unknown-address";
    if let Some(account) = account {
        context = context.about(account.id);
        reason = "wrong-passphrase";
    }
    if let Err(error) = app.store.refused(context, [reason.to_owned()]).await {
        tracing::error!(%error, "a failed sign-in could not be noted");
    }
}
