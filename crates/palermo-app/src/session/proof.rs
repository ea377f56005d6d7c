//! The second factor: a one-time code, a recovery code or a passkey.

use super::{
    Signed,
    passkey::{Shown, passkey},
    sign_in::signed,
};
use crate::{Acting, App, Message, Refused, access::Action};
use palermo_crypto::{Aad, same, sha256};
use palermo_store::{
    credential::{self as credentials, Credential, CredentialKind},
    session::{self as sessions, Assurance},
};
use serde_json::{Value as Json, json};

/// What is shown as a second factor.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Six digits of an authenticator.
    OneTimeCode(String),
    /// One of the ten codes printed when the factor was set up.
    RecoveryCode(String),
    /// A browser's answer to a challenge, with the state sealed into the form.
    Passkey {
        /// The answer.
        answer: Json,
        /// The state.
        state: Json,
    },
}

/// Shows the second factor: the session gets its full assurance and a new token.
///
/// # Errors
/// [`Refused::Declined`] when it does not fit; [`Refused::TooMany`] after too many tries.
pub async fn prove(acting: &Acting<'_>, before: &Signed, proof: &Proof) -> Result<Signed, Refused> {
    let app = acting.app;
    crate::throttle::may_prove(app, before.account.id).await?;
    let Some(proven) = check(app, before, proof).await? else {
        note_failure(acting).await;
        return Err(Refused::Declined(Message::new("second-factor-wrong")));
    };
    let assurance = proven.assurance;
    crate::throttle::proof_succeeded(app, before.account.id).await?;
    let mut vault = crate::keys::carry_vault(app, before).await?;
    // A passkey with a PRF opens the key with the same touch.
    if let (None, Some(prf)) = (&vault, &proven.prf) {
        vault = crate::keys::open_by_prf(app, before.tenant.id, before.account.id, prf).await?;
    }
    let context = acting.context(Action::SecondFactor)?.about(before.account.id);
    let mut act = crate::begin_unrepeated!(acting, context);
    proven.once(&mut act).await?;
    let (session, token) = sessions::prove(&mut act, &before.session, assurance).await?;
    crate::keys::put_vault(&mut act, &session, &token, vault).await?;
    act.commit(&()).await?;
    signed(app, session, token).await
}

async fn note_failure(acting: &Acting<'_>) {
    let Ok(context) = acting.context(Action::SecondFactor) else { return };
    if let Err(error) = acting.app.store.refused(context, ["wrong-second-factor".to_owned()]).await
    {
        tracing::error!(%error, "a failed second factor could not be noted");
    }
}

async fn check(app: &App, who: &Signed, proof: &Proof) -> Result<Option<Shown>, Refused> {
    let known = credentials::of_account(&app.store, who.tenant.id, who.account.id).await?;
    let of_kind = |kind: CredentialKind| {
        known.iter().filter(move |credential| credential.record.kind == kind)
    };
    match proof {
        Proof::OneTimeCode(code) => {
            for credential in of_kind(CredentialKind::OneTimeCode) {
                if one_time_code(app, &credential.record, code).await? {
                    return Ok(Some(Shown::typed(Assurance::Two)));
                }
            }
            Ok(None)
        }
        Proof::RecoveryCode(code) => {
            for credential in of_kind(CredentialKind::RecoveryCodes) {
                if recovery_code(app, &credential.record, code).await? {
                    return Ok(Some(Shown::typed(Assurance::Two)));
                }
            }
            Ok(None)
        }
        Proof::Passkey { answer, state } => {
            let passkeys: Vec<_> = of_kind(CredentialKind::Passkey).collect();
            passkey(app, &passkeys, answer, state).await
        }
    }
}

/// A code counts once: the time step it used up is kept.
async fn one_time_code(app: &App, credential: &Credential, code: &str) -> Result<bool, Refused> {
    let secret = open_secret(app, credential).await?;
    let last = credential.counter.get("step").and_then(Json::as_u64);
    let Some(step) = app.factors.check_totp(&secret, code, app.store.now(), last) else {
        return Ok(false);
    };
    match credentials::use_once(&app.store, credential, json!({ "step": step })).await {
        Ok(()) => Ok(true),
        Err(palermo_store::Error::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn recovery_code(app: &App, credential: &Credential, code: &str) -> Result<bool, Refused> {
    let hash = recovery_hash(code);
    let used: Vec<String> = credential
        .counter
        .get("used")
        .and_then(|used| serde_json::from_value(used.clone()).ok())
        .unwrap_or_default();
    let listed: Vec<String> = credential
        .facts
        .get("hashes")
        .and_then(|hashes| serde_json::from_value(hashes.clone()).ok())
        .unwrap_or_default();
    let fits = listed.iter().any(|stored| same(stored.as_bytes(), hash.as_bytes()));
    if !fits || used.contains(&hash) {
        return Ok(false);
    }
    let mut used = used;
    used.push(hash);
    match credentials::use_once(&app.store, credential, json!({ "used": used })).await {
        Ok(()) => Ok(true),
        Err(palermo_store::Error::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The stored form of a recovery code: letters and digits only, hashed. A code
/// has 100 random bits, so it needs no stretching.
#[must_use]
pub(crate) fn recovery_hash(code: &str) -> String {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    hex::encode(sha256(plain.as_bytes()))
}

/// Where a one-time-code secret is sealed.
pub(crate) fn secret_place<'a>(tenant: &'a [u8], id: &'a [u8]) -> Aad<'a> {
    Aad {
        tenant,
        person: &[],
        table: "credential",
        column: "secret",
        row: id,
        key_id: b"pages",
        version: 1,
    }
}

async fn open_secret(app: &App, credential: &Credential) -> Result<Vec<u8>, Refused> {
    use palermo_domain::id::Id;
    let (tenant, id) = (credential.tenant.uuid(), credential.id.uuid());
    let key = app.store.page_key().derive(&[b"one-time codes", tenant.as_bytes()]);
    palermo_crypto::open(&key, &secret_place(tenant.as_bytes(), id.as_bytes()), &credential.secret)
        .map(|secret| secret.to_vec())
        .map_err(|_| Refused::Unavailable("a one-time-code secret does not open".into()))
}
