//! Tokens in forms: masked anew for each answer, so that compression tells
//! nothing about them, and sealed states that come back with a form.

use crate::App;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use palermo_crypto::{Aad, Entropy, Key, OsEntropy, open, same, seal};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// Forms on pages before sign-in hold this long.
const PUBLIC_FORM: Duration = Duration::from_secs(12 * 3600);

/// A name for a request that nobody guesses: 128 bits.
#[must_use]
pub fn random_name(_: &App) -> String {
    let mut bytes = [0u8; 16];
    match OsEntropy.fill(&mut bytes) {
        Ok(()) => BASE64.encode(bytes),
        // Without randomness nothing is sealed either; the form then has no name and
        // is refused as one without.
        Err(_) => String::new(),
    }
}

/// The token of a form, under a fresh mask. `secret` is the session's, if there is one.
#[must_use]
pub fn form_token(app: &App, secret: Option<&[u8; 32]>) -> String {
    let now = app.store.now().micros();
    let real = real_token(app, secret, now);
    let mut mask = [0u8; 32];
    if OsEntropy.fill(&mut mask).is_err() {
        return String::new();
    }
    let mut bytes = mask.to_vec();
    bytes.extend(real.iter().zip(mask).map(|(a, b)| a ^ b));
    bytes.extend(now.to_be_bytes());
    BASE64.encode(bytes)
}

/// Whether a token is one of ours, of this session, and not too old.
#[must_use]
pub fn form_token_holds(app: &App, secret: Option<&[u8; 32]>, text: &str) -> bool {
    let Ok(bytes) = BASE64.decode(text) else { return false };
    let (Some(mask), Some(masked), Some(time)) =
        (bytes.get(..32), bytes.get(32..64), bytes.get(64..72))
    else {
        return false;
    };
    let Ok(time) = <[u8; 8]>::try_from(time) else { return false };
    let made = palermo_domain::moment::Moment::from_micros(i64::from_be_bytes(time));
    if bytes.len() != 72 || app.store.now().since(made) > PUBLIC_FORM {
        return false;
    }
    let real = real_token(app, secret, made.micros());
    let unmasked: Vec<u8> = masked.iter().zip(mask).map(|(a, b)| a ^ b).collect();
    same(&real, &unmasked)
}

fn real_token(app: &App, secret: Option<&[u8; 32]>, made: i64) -> [u8; 32] {
    let page = app.store.page_key();
    let session: &[u8] = secret.map_or(b"public", |secret| secret.as_slice());
    *page.derive(&[b"form token", session, &made.to_be_bytes()]).as_bytes()
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Kept<T> {
    until: i64,
    value: T,
}

/// Seals a state that a form brings back, bound to what it is for.
#[must_use]
pub fn keep<T: Serialize>(
    app: &App,
    purpose: &str,
    owner: &[u8],
    value: &T,
    hold: Duration,
) -> String {
    let kept = Kept { until: app.store.now().after(hold).micros(), value };
    let Ok(bytes) = serde_json::to_vec(&kept) else { return String::new() };
    seal(&state_key(app), &place(purpose, owner), &bytes, &mut OsEntropy)
        .map(|sealed| BASE64.encode(sealed))
        .unwrap_or_default()
}

/// Opens what [`keep`] sealed, if it has not run out.
#[must_use]
pub fn kept<T: DeserializeOwned>(app: &App, purpose: &str, owner: &[u8], text: &str) -> Option<T> {
    let bytes = open(&state_key(app), &place(purpose, owner), &BASE64.decode(text).ok()?).ok()?;
    let kept: Kept<T> = serde_json::from_slice(&bytes).ok()?;
    (app.store.now().micros() < kept.until).then_some(kept.value)
}

fn state_key(app: &App) -> Key {
    app.store.page_key().derive(&[b"form state"])
}

fn place<'a>(purpose: &'a str, owner: &'a [u8]) -> Aad<'a> {
    Aad {
        tenant: &[],
        person: &[],
        table: "form",
        column: purpose,
        row: owner,
        key_id: b"pages",
        version: 1,
    }
}
