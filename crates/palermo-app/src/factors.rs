//! Second factors of one's own account: one-time codes with recovery codes,
//! and passkeys.

use crate::{
    Acting, Message, Refused,
    access::Action,
    keys::PassphraseWay,
    ports::TotpOffer,
    session::{Signed, recovery_hash, secret_place},
    tokens,
};
use palermo_crypto::{Entropy, OsEntropy};
use palermo_domain::id::{CredentialId, Id};
use palermo_store::{
    Act, Versioned,
    credential::{self as credentials, Credential, CredentialKind},
};
use serde_json::{Value as Json, json};
use std::time::Duration;

/// How long a page that sets up a factor holds.
const HOLDS: Duration = Duration::from_secs(15 * 60);
/// How many recovery codes are made.
const CODES: usize = 10;
/// Letters of a recovery code: none that look alike.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// One's second factors, without their secrets.
///
/// # Errors
/// When the database does not answer.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Versioned<Credential>>, Refused> {
    let (tenant, account) = acting.member()?;
    let mut known = credentials::of_account(&acting.app.store, tenant, account).await?;
    known.retain(|c| c.record.kind != CredentialKind::Passphrase);
    Ok(known)
}

/// Offers a secret for one-time codes, with the state the form brings back.
///
/// # Errors
/// When there is no randomness.
pub fn offer_codes(acting: &Acting<'_>, signed: &Signed) -> Result<(TotpOffer, String), Refused> {
    let offer = acting
        .app
        .factors
        .new_totp(&signed.account.email)
        .map_err(|error| Refused::Unavailable(error.to_string()))?;
    let owner = signed.session.id.uuid();
    let state = tokens::keep(acting.app, "one-time codes", owner.as_bytes(), &offer.secret, HOLDS);
    Ok((offer, state))
}

/// The same offer again, for a form that comes back with a mistake in it.
#[must_use]
pub fn offered_again(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
) -> Option<(TotpOffer, String)> {
    let secret = offered_secret(acting, signed, state)?;
    let offer = acting.app.factors.show_totp(&secret, &signed.account.email).ok()?;
    Some((offer, state.to_owned()))
}

fn offered_secret(acting: &Acting<'_>, signed: &Signed, state: &str) -> Option<Vec<u8>> {
    tokens::kept(acting.app, "one-time codes", signed.session.id.uuid().as_bytes(), state)
}

/// Keeps the secret once a code shows that the authenticator has it, and
/// gives the recovery codes, shown once.
///
/// # Errors
/// [`Refused::Invalid`] when the code is wrong.
pub async fn keep_codes(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
    code: &str,
) -> Result<Vec<String>, Refused> {
    let app = acting.app;
    let secret = offered_secret(acting, signed, state)
        .ok_or_else(|| Refused::Declined(Message::new("error-offer-too-old")))?;
    let Some(step) = app.factors.check_totp(&secret, code, acting.now(), None) else {
        return Err(Refused::field("code", Message::new("error-code")));
    };
    let known = credentials::of_account(&app.store, signed.tenant.id, signed.account.id).await?;
    let codes = recovery_codes()?;
    let context = acting.context(Action::SecondFactor)?.about(signed.account.id);
    let mut act = crate::begin_unrepeated!(acting, context);
    // One authenticator and one list of codes at a time: new ones replace the old.
    for old in known.iter().filter(|c| {
        matches!(c.record.kind, CredentialKind::OneTimeCode | CredentialKind::RecoveryCodes)
    }) {
        let gone = Credential { revoked_at: Some(act.now()), ..old.record.clone() };
        credentials::update(&mut act, &gone, old.revision).await?;
    }
    let id: CredentialId = act.new_id();
    let tenant = signed.tenant.id.uuid();
    let key = app.store.page_key().derive(&[b"one-time codes", tenant.as_bytes()]);
    let row = id.uuid();
    let place = secret_place(tenant.as_bytes(), row.as_bytes());
    let sealed = palermo_crypto::seal(&key, &place, &secret, &mut OsEntropy)
        .map_err(|error| Refused::Unavailable(error.to_string()))?;
    let mut credential = blank(&act, signed, CredentialKind::OneTimeCode);
    credential.id = id;
    credential.secret = sealed;
    credential.counter = json!({ "step": step });
    credentials::insert(&mut act, &credential).await?;
    let mut list = blank(&act, signed, CredentialKind::RecoveryCodes);
    let hashes: Vec<_> = codes.iter().map(|code| recovery_hash(code)).collect();
    list.facts = json!({ "hashes": hashes });
    credentials::insert(&mut act, &list).await?;
    act.commit(&()).await?;
    Ok(codes)
}

fn blank(act: &Act, signed: &Signed, kind: CredentialKind) -> Credential {
    Credential {
        tenant: signed.tenant.id,
        id: act.new_id(),
        account: signed.account.id,
        kind,
        label: String::new(),
        secret: Vec::new(),
        facts: Json::Null,
        counter: Json::Null,
        recorded_at: act.now(),
        used_at: None,
        revoked_at: None,
    }
}

/// Ten codes of 100 bits, in groups of five letters.
fn recovery_codes() -> Result<Vec<String>, Refused> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = [0u8; 20];
        OsEntropy.fill(&mut bytes).map_err(|error| Refused::Unavailable(error.to_string()))?;
        let letters: Vec<char> = bytes
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied().map(char::from))
            .collect();
        let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
        codes.push(groups.join("-"));
    }
    Ok(codes)
}

/// Begins making a passkey: options for the browser, state for the form.
///
/// # Errors
/// When the authenticator's rules cannot be met.
pub async fn offer_passkey(
    acting: &Acting<'_>,
    signed: &Signed,
) -> Result<(Json, String), Refused> {
    let known = list(acting).await?;
    let stored: Vec<Json> = known
        .iter()
        .filter(|c| c.record.kind == CredentialKind::Passkey)
        .map(|c| c.record.counter.clone())
        .collect();
    let account = &signed.account;
    let ceremony = acting
        .app
        .factors
        .begin_passkey(account.id.uuid(), &account.email, &account.name, &stored, acting.now())
        .map_err(|error| Refused::Unavailable(error.to_string()))?;
    let owner = signed.session.id.uuid();
    let state = tokens::keep(acting.app, "passkey", owner.as_bytes(), &ceremony.state, HOLDS);
    Ok((ceremony.challenge, state))
}

/// Keeps a passkey the browser made. True if its authenticator has a PRF, so
/// that it can be let open one's key.
///
/// # Errors
/// [`Refused::Declined`] when the answer does not fit.
pub async fn keep_passkey(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
    answer: &str,
    label: &str,
) -> Result<bool, Refused> {
    let (state, answer) = ceremony_answer(acting, signed, state, answer)?;
    let made =
        acting.app.factors.finish_passkey(&answer, &state, acting.now()).map_err(|error| {
            tracing::info!(%error, "a passkey was not accepted");
            Refused::Declined(Message::new("error-passkey"))
        })?;
    let context = acting.context(Action::SecondFactor)?.about(signed.account.id);
    let mut act = crate::begin_unrepeated!(acting, context);
    let mut credential = blank(&act, signed, CredentialKind::Passkey);
    credential.label = label.trim().chars().take(60).collect();
    credential.facts = json!({ "id": made.id, "prf": made.has_prf });
    credential.counter = made.passkey;
    credentials::insert(&mut act, &credential).await?;
    act.commit(&()).await?;
    Ok(made.has_prf)
}

/// Asks for one of one's passkeys as second factor.
///
/// # Errors
/// [`Refused::NotFound`] if there is none.
pub async fn ask_passkey(acting: &Acting<'_>, signed: &Signed) -> Result<(Json, String), Refused> {
    let known = list(acting).await?;
    let stored: Vec<Json> = known
        .iter()
        .filter(|c| c.record.kind == CredentialKind::Passkey)
        .map(|c| c.record.counter.clone())
        .collect();
    if stored.is_empty() {
        return Err(Refused::NotFound);
    }
    let ceremony = acting
        .app
        .factors
        .ask_passkey(&stored, acting.now())
        .map_err(|error| Refused::Unavailable(error.to_string()))?;
    let owner = signed.session.id.uuid();
    let state = tokens::keep(acting.app, "passkey", owner.as_bytes(), &ceremony.state, HOLDS);
    Ok((ceremony.challenge, state))
}

/// Opens the state of a form and reads the browser's answer.
///
/// # Errors
/// [`Refused::Declined`] when the page was open too long or the answer is no answer.
pub fn ceremony_answer(
    acting: &Acting<'_>,
    signed: &Signed,
    state: &str,
    answer: &str,
) -> Result<(Json, Json), Refused> {
    let owner = signed.session.id.uuid();
    let state: Json = tokens::kept(acting.app, "passkey", owner.as_bytes(), state)
        .ok_or_else(|| Refused::Declined(Message::new("error-offer-too-old")))?;
    let answer = serde_json::from_str(answer)
        .map_err(|_| Refused::Declined(Message::new("error-passkey")))?;
    Ok((state, answer))
}

/// Takes a factor away; the last one stays.
///
/// # Errors
/// [`Refused::Declined`] for the last one.
pub async fn remove(acting: &Acting<'_>, id: CredentialId) -> Result<(), Refused> {
    let (_, account) = acting.member()?;
    let known = list(acting).await?;
    let factors = known
        .iter()
        .filter(|c| matches!(c.record.kind, CredentialKind::OneTimeCode | CredentialKind::Passkey));
    if factors.clone().count() < 2 {
        return Err(Refused::Declined(Message::new("error-last-factor")));
    }
    let found = known.iter().find(|c| c.record.id == id).ok_or(Refused::NotFound)?;
    let ways = crate::keys::ways(acting).await?;
    if ways.has_key && ways.passphrase == PassphraseWay::None && ways.passkeys == [id] {
        return Err(Refused::Declined(Message::new("error-only-way-to-key")));
    }
    let mut act = crate::begin!(acting, acting.context(Action::OwnAccount)?.about(account));
    let gone = Credential { revoked_at: Some(act.now()), ..found.record.clone() };
    credentials::update(&mut act, &gone, found.revision).await?;
    // What it opened, it opens no more.
    palermo_store::keys::staff::unseal_credential(&mut act, id).await?;
    Ok(act.commit(&()).await?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_ten_different_ones_of_four_groups() {
        let codes = recovery_codes().unwrap();
        let unique: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!((codes.len(), unique.len()), (10, 10));
        assert!(codes.iter().all(|code| code.split('-').count() == 4));
    }

    #[test]
    fn a_recovery_code_counts_however_it_is_typed() {
        assert_eq!(recovery_hash("abcde-FGHJK"), recovery_hash("ABCDE fghjk"));
    }
}
