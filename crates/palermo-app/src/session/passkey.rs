//! Passkeys: shown as a second factor, to open one's key, or as the whole
//! sign-in where the authenticator verified its user.

use super::{Signed, sign_in};
use crate::{Acting, App, Message, Refused, access::Action, keys::PrfProof, tokens};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, Id},
    moment::Moment,
};
use palermo_store::{
    Act, Versioned, account as accounts, answered,
    credential::{self as credentials, Credential, CredentialKind},
    session::Assurance,
};
use serde_json::Value as Json;
use std::{net::IpAddr, time::Duration};

/// How long a page that asks for a passkey holds.
const HOLDS: Duration = Duration::from_secs(15 * 60);

/// A factor that was shown and held.
pub(crate) struct Shown {
    pub(super) assurance: Assurance,
    /// The PRF's output, if a passkey gave one.
    pub(crate) prf: Option<PrfProof>,
    /// The challenge that was answered: good once.
    challenge: Option<(Vec<u8>, Moment)>,
}

impl Shown {
    /// A code that was typed; its own counter makes it good once.
    pub(super) const fn typed(assurance: Assurance) -> Self {
        Self { assurance, prf: None, challenge: None }
    }

    /// Another place's answer to a challenge of ours.
    pub(super) const fn answered(assurance: Assurance, challenge: (Vec<u8>, Moment)) -> Self {
        Self { assurance, prf: None, challenge: Some(challenge) }
    }

    /// Notes in the act that the challenge was answered.
    ///
    /// # Errors
    /// [`Refused::Declined`] if it was answered before.
    pub(crate) async fn once(&self, act: &mut Act) -> Result<(), Refused> {
        let Some((challenge, until)) = &self.challenge else { return Ok(()) };
        match answered::once(act, challenge, *until).await {
            Err(palermo_store::Error::Duplicate) => {
                Err(Refused::Declined(Message::new("second-factor-wrong")))
            }
            other => Ok(other?),
        }
    }
}

/// Checks a browser's answer against these passkeys; none if it does not hold.
pub(super) async fn passkey(
    app: &App,
    known: &[&Versioned<Credential>],
    answer: &Json,
    state: &Json,
) -> Result<Option<Shown>, Refused> {
    let now = app.store.now();
    let stored: Vec<Json> = known.iter().map(|c| c.record.counter.clone()).collect();
    let used = match app.factors.check_passkey(answer, state, &stored, now) {
        Ok(used) => used,
        Err(error) => {
            tracing::info!(%error, "a passkey was not accepted");
            return Ok(None);
        }
    };
    let id = Some(used.id.as_str());
    let Some(credential) =
        known.iter().find(|c| c.record.facts.get("id").and_then(Json::as_str) == id)
    else {
        return Ok(None);
    };
    match credentials::use_once(&app.store, &credential.record, used.passkey).await {
        Ok(()) => {}
        Err(palermo_store::Error::Conflict) => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let assurance = if used.user_verified { Assurance::Hardware } else { Assurance::Two };
    let raw_id = URL_SAFE_NO_PAD.decode(&used.id).unwrap_or_default();
    let prf = used.prf.map(|output| PrfProof { credential: credential.record.id, raw_id, output });
    let challenge = Some((state.to_string().into_bytes(), now.after(HOLDS)));
    Ok(Some(Shown { assurance, prf, challenge }))
}

/// Shows one of one's own passkeys in a session, without renewing it.
///
/// # Errors
/// [`Refused::Declined`] when it is not accepted.
pub(crate) async fn show_passkey(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
    answer: &str,
) -> Result<Shown, Refused> {
    let app = acting.app;
    crate::throttle::may_prove(app, signed.account.id).await?;
    let (state, answer) = crate::factors::ceremony_answer(acting, signed, state, answer)?;
    let known = credentials::of_account(&app.store, signed.tenant.id, signed.account.id).await?;
    let passkeys: Vec<_> =
        known.iter().filter(|c| c.record.kind == CredentialKind::Passkey).collect();
    let shown = passkey(app, &passkeys, &answer, &state).await?;
    let shown = shown.ok_or_else(|| Refused::Declined(Message::new("error-passkey")))?;
    crate::throttle::proof_succeeded(app, signed.account.id).await?;
    Ok(shown)
}

/// Asks for any passkey: the same question for everyone. None where this
/// installation has no passkeys.
#[must_use]
pub fn ask_anyone(app: &App) -> Option<(Json, String)> {
    let ceremony = app.factors.ask_anyone(app.store.now()).ok()?;
    let state = tokens::keep(app, "passkey alone", b"", &ceremony.state, HOLDS);
    Some((ceremony.challenge, state))
}

/// Signs in with a passkey and nothing else. The authenticator verified its
/// user, so that it is two factors in one; one without is refused.
///
/// # Errors
/// [`Refused::Declined`] with one message for every reason;
/// [`Refused::TooMany`] when the source tried too often.
pub async fn sign_in_by_passkey(
    app: &App,
    state: &str,
    answer: &str,
    device: &str,
    source: Option<IpAddr>,
) -> Result<Signed, Refused> {
    let wrong = || Refused::Declined(Message::new("error-passkey"));
    let state: Json = tokens::kept(app, "passkey alone", b"", state)
        .ok_or_else(|| Refused::Declined(Message::new("error-offer-too-old")))?;
    let answer: Json = serde_json::from_str(answer).map_err(|_| wrong())?;
    let claimed = app.factors.claimed(&answer).map_err(|_| wrong())?;
    crate::throttle::may_try(app, &format!("passkey:{claimed}"), source, None).await?;
    let account = accounts::find_anywhere(&app.store, AccountId::from_uuid(claimed)).await?;
    let account = account.map(|account| account.record);
    let account = account.filter(|account| account.status == AccountStatus::Active);
    let account = account.ok_or_else(wrong)?;
    let known = credentials::of_account(&app.store, account.tenant, account.id).await?;
    let passkeys: Vec<_> =
        known.iter().filter(|c| c.record.kind == CredentialKind::Passkey).collect();
    let shown = passkey(app, &passkeys, &answer, &state).await?;
    let shown = shown.filter(|shown| shown.assurance == Assurance::Hardware).ok_or_else(wrong)?;
    crate::throttle::succeeded(app, &format!("passkey:{claimed}"), None).await?;
    let signed = sign_in::open_once(app, &account, &shown, device).await?;
    if let Some(prf) = &shown.prf {
        let carried = crate::keys::open_by_prf(app, account.tenant, account.id, prf).await?;
        let acting = signed.acting(app, palermo_locale::Language::En);
        let context = acting.context(Action::Unlock)?.about(account.id);
        let mut act = crate::begin_unrepeated!(acting, context);
        crate::keys::put_vault(&mut act, &signed.session, &signed.token, carried).await?;
        act.commit(&()).await?;
    }
    Ok(signed)
}
