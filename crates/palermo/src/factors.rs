//! One-time codes and passkeys: `palermo-signin` behind the port of the app.

use palermo_app::{
    domain::moment::Moment,
    ports::{Ceremony, FactorError, PasskeyAnswer, SecondFactors, TotpOffer},
};
use palermo_signin::{
    passkey::{Passkeys, Registration, SignIn, StoredPasskey},
    totp::TotpSecret,
};
use serde_json::Value as Json;

/// The name authenticators show.
const NAME: &str = "Palermo";

/// One-time codes always; passkeys where the installation has an address.
pub struct Factors {
    passkeys: Option<Passkeys>,
}

fn refused(error: impl std::fmt::Display) -> FactorError {
    FactorError(error.to_string())
}

impl Factors {
    /// Factors for an installation reached at this address, such as
    /// `https://palermo.example`; without one there are no passkeys.
    ///
    /// # Errors
    /// When the address is none that passkeys can be bound to.
    pub fn new(address: Option<&str>) -> anyhow::Result<Self> {
        let passkeys = address
            .map(|address| {
                let host = address.split("://").nth(1).unwrap_or(address);
                let host = host.split(['/', ':']).next().unwrap_or(host);
                Passkeys::new(host, address, NAME)
            })
            .transpose()?;
        Ok(Self { passkeys })
    }

    fn passkeys(&self) -> Result<&Passkeys, FactorError> {
        self.passkeys
            .as_ref()
            .ok_or_else(|| refused("this installation has no address for passkeys"))
    }

    fn offer(secret: &TotpSecret, address: &str) -> Result<TotpOffer, FactorError> {
        Ok(TotpOffer {
            secret: secret.as_bytes().to_vec(),
            letters: secret.to_text(),
            picture: secret.qr_svg(NAME, address, NAME).map_err(refused)?,
        })
    }

    fn secret(bytes: &[u8]) -> Option<TotpSecret> {
        bytes.try_into().ok().map(TotpSecret::from_bytes)
    }
}

fn stored(known: &[Json]) -> Vec<StoredPasskey> {
    known.iter().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect()
}

fn base64url(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(bytes)
}

impl SecondFactors for Factors {
    fn new_totp(&self, address: &str) -> Result<TotpOffer, FactorError> {
        let mut bytes = [0u8; 20];
        getrandom::fill(&mut bytes).map_err(refused)?;
        Self::offer(&TotpSecret::from_bytes(bytes), address)
    }

    fn show_totp(&self, secret: &[u8], address: &str) -> Result<TotpOffer, FactorError> {
        let secret = Self::secret(secret).ok_or_else(|| refused("this is no secret of ours"))?;
        Self::offer(&secret, address)
    }

    fn check_totp(
        &self,
        secret: &[u8],
        code: &str,
        at: Moment,
        last_step: Option<u64>,
    ) -> Option<u64> {
        Self::secret(secret)?.verify(code, at.at(), last_step).ok()
    }

    fn begin_passkey(
        &self,
        account: uuid::Uuid,
        address: &str,
        name: &str,
        known: &[Json],
        at: Moment,
    ) -> Result<Ceremony, FactorError> {
        let (challenge, state) = self
            .passkeys()?
            .start_registration(account, address, name, &stored(known), at.at())
            .map_err(refused)?;
        Ok(Ceremony { challenge, state: serde_json::to_value(state).map_err(refused)? })
    }

    fn finish_passkey(
        &self,
        answer: &Json,
        state: &Json,
        at: Moment,
    ) -> Result<PasskeyAnswer, FactorError> {
        let begun: Registration = serde_json::from_value(state.clone()).map_err(refused)?;
        let made = self
            .passkeys()?
            .finish_registration(&begun, &answer.to_string(), at.at())
            .map_err(refused)?;
        Ok(PasskeyAnswer {
            id: base64url(made.passkey.credential_id()),
            passkey: serde_json::to_value(&made.passkey).map_err(refused)?,
            user_verified: true,
            has_prf: made.prf_enabled,
            prf: made.prf.map(|output| zeroize::Zeroizing::new(*output.as_bytes())),
        })
    }

    fn ask_passkey(&self, known: &[Json], at: Moment) -> Result<Ceremony, FactorError> {
        let (challenge, state) =
            self.passkeys()?.start_second_factor(&stored(known), at.at()).map_err(refused)?;
        Ok(Ceremony { challenge, state: serde_json::to_value(state).map_err(refused)? })
    }

    fn check_passkey(
        &self,
        answer: &Json,
        state: &Json,
        known: &[Json],
        at: Moment,
    ) -> Result<PasskeyAnswer, FactorError> {
        let begun: SignIn = serde_json::from_value(state.clone()).map_err(refused)?;
        let keys = stored(known);
        let used = self
            .passkeys()?
            .finish_sign_in(begun, &answer.to_string(), &keys, at.at())
            .map_err(refused)?;
        let same = || keys.iter().find(|key| key.credential_id() == used.credential_id);
        let passkey =
            used.updated.as_ref().or_else(same).ok_or_else(|| refused("unknown passkey"))?;
        Ok(PasskeyAnswer {
            id: base64url(&used.credential_id),
            passkey: serde_json::to_value(passkey).map_err(refused)?,
            user_verified: true,
            has_prf: used.prf.is_some(),
            prf: used.prf.map(|output| zeroize::Zeroizing::new(*output.as_bytes())),
        })
    }

    fn ask_anyone(&self, at: Moment) -> Result<Ceremony, FactorError> {
        let (challenge, state) = self.passkeys()?.start_sign_in(at.at()).map_err(refused)?;
        Ok(Ceremony { challenge, state: serde_json::to_value(state).map_err(refused)? })
    }

    fn claimed(&self, answer: &Json) -> Result<uuid::Uuid, FactorError> {
        let claimed = self.passkeys()?.claimed(&answer.to_string()).map_err(refused)?;
        Ok(claimed.user)
    }
}
