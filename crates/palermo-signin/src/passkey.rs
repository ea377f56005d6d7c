//! Passkeys (WebAuthn Level 3): registering one, signing in with nothing else, and
//! using one as second factor or for a step-up.
//!
//! Always with the user verified by the authenticator, and discoverable, so that a
//! passkey alone can be a sign-in. Challenges come from the operating system inside
//! `webauthn-rs`; the clock, for how long a ceremony may take, is an argument.
//!
//! `webauthn-rs` 0.6 does not know the PRF extension. It is a matter between page and
//! authenticator that the server need not verify, so it is added to the options
//! here, and its output, which opens the person's vault, is read from the answer
//! before `webauthn-rs` sees it.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn,
    WebauthnBuilder, WebauthnError,
};
use zeroize::Zeroizing;

/// How long a ceremony may take, in seconds: the time an authenticator is given, which
/// WebAuthn recommends to be five minutes.
pub const CEREMONY_SECONDS: i64 = 300;

/// This installation as authenticators know it.
pub struct Passkeys {
    webauthn: Webauthn,
    prf_input: [u8; 32],
}

/// A passkey as stored: public key, counter, policy. Holds nothing secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredPasskey(Passkey);

/// A registration that has begun; kept on the server until its answer, then deleted.
#[derive(Debug, Serialize, Deserialize)]
pub struct Registration {
    state: PasskeyRegistration,
    until: i64,
}

/// A sign-in that has begun; kept on the server until its answer, then deleted.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignIn {
    state: SignInState,
    until: i64,
}

#[derive(Debug, Serialize, Deserialize)]
enum SignInState {
    Anyone(DiscoverableAuthentication),
    Known(PasskeyAuthentication),
}

/// The 32 bytes an authenticator's PRF gave: the way into the owner's vault.
pub struct PrfOutput(Zeroizing<[u8; 32]>);

/// A registered passkey.
#[derive(Debug)]
pub struct Registered {
    /// To be stored with its owner.
    pub passkey: StoredPasskey,
    /// Whether the authenticator has a PRF, so that this passkey can open a vault.
    /// Many give its output only at the next sign-in.
    pub prf_enabled: bool,
    /// The PRF's output, if it came at once.
    pub prf: Option<PrfOutput>,
}

/// Who an answer claims to be from, before anything is verified: for looking up keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The user the passkey was registered for.
    pub user: Uuid,
    /// The passkey's id.
    pub credential_id: Vec<u8>,
}

/// A sign-in that holds.
#[derive(Debug)]
pub struct SignedIn {
    /// Which passkey was used.
    pub credential_id: Vec<u8>,
    /// The passkey with its new counter, if that changed: to be stored in the same
    /// transaction that lets the person in.
    pub updated: Option<StoredPasskey>,
    /// The PRF's output, if the authenticator has one.
    pub prf: Option<PrfOutput>,
}

/// A ceremony that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyRefused {
    /// Longer than [`CEREMONY_SECONDS`] ago, or before it began.
    #[error("this took too long; start again")]
    Expired,
    /// Not what a browser answers.
    #[error("the answer of the browser cannot be read")]
    Malformed,
    /// The authenticator did not ask for finger, face or PIN.
    #[error("the passkey must check that it is you, by finger, face or code")]
    NotVerified,
    /// The counter went back: there may be a copy of the authenticator.
    #[error("the passkey may have been copied; it is not accepted any more")]
    Copied,
    /// Not one of the passkeys expected.
    #[error("this passkey is not known here")]
    Unknown,
    /// Anything else that does not hold, told for the log.
    #[error("the passkey was not accepted")]
    Refused(#[source] WebauthnError),
}

/// An address passkeys cannot be bound to.
#[derive(Debug, thiserror::Error)]
#[error(
    "passkeys need the `https` address of this installation and its domain; `{origin}` and `{domain}` do not fit"
)]
pub struct BadAddress {
    /// The origin given.
    pub origin: String,
    /// The domain given.
    pub domain: String,
}

impl Passkeys {
    /// Passkeys bound to `domain`, used on pages of `origin` (such as
    /// `https://desk.example`); `name` is what authenticators show.
    ///
    /// # Errors
    /// When the domain is not the origin's or a parent of it.
    pub fn new(domain: &str, origin: &str, name: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress { origin: origin.to_owned(), domain: domain.to_owned() };
        let url = Url::parse(origin).map_err(|_| bad())?;
        let loopback = matches!(url.host_str(), Some("localhost"));
        if url.scheme() != "https" && !loopback {
            return Err(bad());
        }
        let webauthn = WebauthnBuilder::new(domain, &url)
            .and_then(|builder| builder.rp_name(name).build())
            .map_err(|_| bad())?;
        let prf_input =
            Sha256::new().chain_update(b"palermo prf v1").chain_update(domain).finalize().into();
        Ok(Self { webauthn, prf_input })
    }

    /// Begins registering a passkey for `user`, who has `existing` ones. Returns the
    /// options for `navigator.credentials.create` (in their JSON form, under
    /// `publicKey`) and what to keep.
    ///
    /// # Errors
    /// When the names are empty.
    pub fn start_registration(
        &self,
        user: Uuid,
        name: &str,
        display_name: &str,
        existing: &[StoredPasskey],
        now: OffsetDateTime,
    ) -> Result<(Value, Registration), PasskeyRefused> {
        let existing = existing.iter().map(|key| key.0.cred_id().clone()).collect();
        let (options, state) = self
            .webauthn
            .start_passkey_registration(user, name, display_name, Some(existing))
            .map_err(refused)?;
        let mut options = to_json(&options)?;
        // Only hints to the authenticator; that it was discoverable shows at sign-in.
        set(&mut options, "authenticatorSelection", "residentKey", json!("required"));
        set(&mut options, "authenticatorSelection", "requireResidentKey", json!(true));
        self.ask_for_prf(&mut options);
        let until = now.unix_timestamp() + CEREMONY_SECONDS;
        Ok((options, Registration { state, until }))
    }

    /// Ends a registration with the browser's `answer` (`credential.toJSON()`).
    ///
    /// # Errors
    /// When it took too long or the answer does not hold.
    pub fn finish_registration(
        &self,
        begun: &Registration,
        answer: &str,
        now: OffsetDateTime,
    ) -> Result<Registered, PasskeyRefused> {
        in_time(begun.until, now)?;
        let (answer, prf) = take_prf(answer)?;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| PasskeyRefused::Malformed)?;
        let passkey =
            self.webauthn.finish_passkey_registration(&answer, &begun.state).map_err(refused)?;
        Ok(Registered {
            passkey: StoredPasskey(passkey),
            prf_enabled: prf.enabled || prf.output.is_some(),
            prf: prf.output,
        })
    }

    /// Begins a sign-in by passkey alone: whoever answers says who they are. The same
    /// for everyone, so it tells nobody which users exist (N2).
    ///
    /// # Errors
    /// Only when `webauthn-rs` cannot begin.
    pub fn start_sign_in(&self, now: OffsetDateTime) -> Result<(Value, SignIn), PasskeyRefused> {
        let (mut options, state) =
            self.webauthn.start_discoverable_authentication().map_err(refused)?;
        // A button starts it; the page may ask for `conditional` itself.
        options.mediation = None;
        let mut options = to_json(&options)?;
        self.ask_for_prf(&mut options);
        Ok((options, begun(SignInState::Anyone(state), now)))
    }

    /// Begins a second factor or step-up for someone already known by their `keys`.
    ///
    /// # Errors
    /// When there are no keys.
    pub fn start_second_factor(
        &self,
        keys: &[StoredPasskey],
        now: OffsetDateTime,
    ) -> Result<(Value, SignIn), PasskeyRefused> {
        let keys: Vec<Passkey> = keys.iter().map(|key| key.0.clone()).collect();
        let (options, state) =
            self.webauthn.start_passkey_authentication(&keys).map_err(refused)?;
        let mut options = to_json(&options)?;
        self.ask_for_prf(&mut options);
        Ok((options, begun(SignInState::Known(state), now)))
    }

    /// Who `answer` claims to be from. Only for looking up that user's keys, which
    /// [`Passkeys::finish_sign_in`] then needs.
    ///
    /// # Errors
    /// When the answer names no user.
    pub fn claimed(&self, answer: &str) -> Result<Claimed, PasskeyRefused> {
        let answer: PublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| PasskeyRefused::Malformed)?;
        let (user, credential_id) = self
            .webauthn
            .identify_discoverable_authentication(&answer)
            .map_err(|_| PasskeyRefused::Unknown)?;
        Ok(Claimed { user, credential_id: credential_id.to_vec() })
    }

    /// Ends a sign-in or second factor with the browser's `answer`; `keys` are the
    /// passkeys of the user claimed or known. The stored state must be deleted
    /// whatever comes out, so that an answer is good once.
    ///
    /// # Errors
    /// When it took too long, the user was not verified, or the answer does not hold.
    pub fn finish_sign_in(
        &self,
        begun: SignIn,
        answer: &str,
        keys: &[StoredPasskey],
        now: OffsetDateTime,
    ) -> Result<SignedIn, PasskeyRefused> {
        in_time(begun.until, now)?;
        let (answer, prf) = take_prf(answer)?;
        let answer: PublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| PasskeyRefused::Malformed)?;
        let result = match begun.state {
            SignInState::Known(state) => {
                self.webauthn.finish_passkey_authentication(&answer, &state)
            }
            SignInState::Anyone(state) => {
                let key = keys
                    .iter()
                    .find(|key| *key.0.cred_id() == answer.raw_id)
                    .ok_or(PasskeyRefused::Unknown)?;
                self.webauthn.finish_discoverable_authentication_v2(&answer, state, &key.0)
            }
        }
        .map_err(refused)?;
        let updated = used_key(&result, keys)?;
        Ok(SignedIn { credential_id: result.cred_id().to_vec(), updated, prf: prf.output })
    }

    fn ask_for_prf(&self, options: &mut Value) {
        let first = URL_SAFE_NO_PAD.encode(self.prf_input);
        set(options, "extensions", "prf", json!({ "eval": { "first": first } }));
    }
}

impl StoredPasskey {
    /// The passkey's id.
    pub fn credential_id(&self) -> &[u8] {
        self.0.cred_id()
    }
}

impl PrfOutput {
    /// The bytes, to be made a vault key and nothing else.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for PrfOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrfOutput(secret)")
    }
}

impl fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = self.webauthn.get_allowed_origins();
        f.debug_struct("Passkeys").field("origins", &origins).finish()
    }
}

fn begun(state: SignInState, now: OffsetDateTime) -> SignIn {
    let until = now.unix_timestamp() + CEREMONY_SECONDS;
    SignIn { state, until }
}

/// A clock that went back does not revive an old ceremony either (D10).
fn in_time(until: i64, now: OffsetDateTime) -> Result<(), PasskeyRefused> {
    let now = now.unix_timestamp();
    if now > until || now < until.saturating_sub(CEREMONY_SECONDS) {
        return Err(PasskeyRefused::Expired);
    }
    Ok(())
}

/// The passkey used, with its new counter if that is to be stored. It must be among
/// `keys`, so that a passkey removed during the ceremony does not let anyone in.
fn used_key(
    result: &AuthenticationResult,
    keys: &[StoredPasskey],
) -> Result<Option<StoredPasskey>, PasskeyRefused> {
    if !result.user_verified() {
        return Err(PasskeyRefused::NotVerified);
    }
    let mut key = keys
        .iter()
        .find(|key| key.0.cred_id() == result.cred_id())
        .cloned()
        .ok_or(PasskeyRefused::Unknown)?;
    let changed = key.0.update_credential(result) == Some(true);
    Ok(changed.then_some(key))
}

#[derive(Default)]
struct Prf {
    enabled: bool,
    output: Option<PrfOutput>,
}

/// Parts the PRF's output from the rest of an answer.
fn take_prf(answer: &str) -> Result<(Value, Prf), PasskeyRefused> {
    let mut answer: Value = serde_json::from_str(answer).map_err(|_| PasskeyRefused::Malformed)?;
    let taken = answer
        .get_mut("clientExtensionResults")
        .and_then(Value::as_object_mut)
        .and_then(|results| results.remove("prf"));
    let Some(taken) = taken else {
        return Ok((answer, Prf::default()));
    };
    let enabled = taken.get("enabled").and_then(Value::as_bool) == Some(true);
    let output = match taken.pointer("/results/first") {
        None => None,
        Some(Value::String(text)) => Some(prf_output(text)?),
        Some(_) => return Err(PasskeyRefused::Malformed),
    };
    Ok((answer, Prf { enabled, output }))
}

fn prf_output(text: &str) -> Result<PrfOutput, PasskeyRefused> {
    let bytes =
        URL_SAFE_NO_PAD.decode(text).map(Zeroizing::new).map_err(|_| PasskeyRefused::Malformed)?;
    let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| PasskeyRefused::Malformed)?;
    Ok(PrfOutput(Zeroizing::new(bytes)))
}

fn to_json(options: &impl Serialize) -> Result<Value, PasskeyRefused> {
    serde_json::to_value(options).map_err(|_| PasskeyRefused::Malformed)
}

/// Sets `publicKey.{part}.{field}`, making the part if it is missing.
fn set(options: &mut Value, part: &str, field: &str, value: Value) {
    let part = options
        .get_mut("publicKey")
        .and_then(Value::as_object_mut)
        .map(|options| options.entry(part).or_insert_with(|| json!({})));
    match part {
        Some(Value::Object(fields)) => {
            fields.insert(field.to_owned(), value);
        }
        Some(other) => *other = json!({ field: value }),
        None => {}
    }
}

fn refused(error: WebauthnError) -> PasskeyRefused {
    match error {
        WebauthnError::UserNotVerified => PasskeyRefused::NotVerified,
        WebauthnError::CredentialPossibleCompromise => PasskeyRefused::Copied,
        WebauthnError::CredentialNotFound => PasskeyRefused::Unknown,
        other => PasskeyRefused::Refused(other),
    }
}
