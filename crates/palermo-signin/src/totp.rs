//! One-time codes from an app (RFC 6238): SHA-1, six digits, 30 seconds, which is
//! what every authenticator app understands.
//!
//! A code is good once: the step of the last code taken is kept with the secret, and
//! only a later one is taken after it.

use std::fmt;

use time::OffsetDateTime;
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{TooMuchForQr, ascii_digit, qr_svg};

/// How long a code lasts, in seconds.
pub const STEP_SECONDS: u64 = 30;
/// Codes of this many steps before and after now are taken too, for slow fingers and
/// clocks that are off.
const SKEW_STEPS: u64 = 1;

/// The secret shared with the app: 160 bits, stored sealed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct TotpSecret([u8; 20]);

/// A code that was not taken. The page says one and the same for all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefused {
    /// Not six digits.
    #[error("a code has six digits")]
    Shape,
    /// Not the code of this moment.
    #[error("the code is not right; wait for the next one")]
    Wrong,
    /// Right, but it or a later one was used already.
    #[error("the code was used before; wait for the next one")]
    Used,
}

/// An enrolment that cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotEnrol {
    /// An app could not tell issuer and account apart.
    #[error("the names shown in the app must not be empty or contain `:`")]
    Label,
    /// The names are too long.
    #[error(transparent)]
    Qr(#[from] TooMuchForQr),
}

impl TotpSecret {
    /// The secret made of 20 random bytes, or read back from storage.
    pub fn from_bytes(random: [u8; 20]) -> Self {
        Self(random)
    }

    /// The bytes, to be sealed and stored.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret as letters, for who cannot scan: base32 (RFC 4648) in groups of four.
    pub fn to_text(&self) -> String {
        let letters = Secret::new_stack(self.0).to_base32();
        let mut text = String::with_capacity(40);
        for (place, letter) in letters.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        text
    }

    /// The address an app enrols from (`otpauth://totp/…`). `issuer` names this
    /// installation, `account` the person; neither should tell more than it must.
    ///
    /// # Errors
    /// When a name is empty or contains a colon.
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> Result<String, CannotEnrol> {
        if issuer.is_empty() {
            return Err(CannotEnrol::Label);
        }
        self.builder()
            .with_issuer(Some(issuer))
            .with_account_name(account)
            .build()
            .and_then(|totp| totp.to_url())
            .map_err(|_| CannotEnrol::Label)
    }

    /// [`TotpSecret::otpauth_uri`] as a QR code; `title` is for screen readers.
    ///
    /// # Errors
    /// As `otpauth_uri`, or when the names are too long to fit.
    pub fn qr_svg(&self, issuer: &str, account: &str, title: &str) -> Result<String, CannotEnrol> {
        Ok(qr_svg(&self.otpauth_uri(issuer, account)?, title)?)
    }

    /// Checks `code` at `now`. On success returns the code's step, which must be
    /// stored as `last_used` in the same transaction that lets the person in.
    ///
    /// Spaces are passed over and digits of other scripts understood.
    ///
    /// # Errors
    /// When the code is wrong, or `last_used` shows it was used before.
    pub fn verify(
        &self,
        code: &str,
        now: OffsetDateTime,
        last_used: Option<u64>,
    ) -> Result<u64, CodeRefused> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).map(ascii_digit).collect();
        if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CodeRefused::Shape);
        }
        let totp = self.builder().build_noncompliant();
        let current = u64::try_from(now.unix_timestamp()).unwrap_or(0) / STEP_SECONDS;
        let nearby = current.saturating_sub(SKEW_STEPS)..=current + SKEW_STEPS;
        // Each step is tried, whatever came out before, so that the time taken does
        // not tell which one fitted.
        let fitting: Vec<u64> = nearby.filter(|step| fits(&totp, &code, *step)).collect();
        let unused = fitting.iter().find(|step| last_used < Some(**step));
        match (fitting.is_empty(), unused) {
            (_, Some(step)) => Ok(*step),
            (false, None) => Err(CodeRefused::Used),
            (true, None) => Err(CodeRefused::Wrong),
        }
    }

    /// The code of the moment `now`: for the demonstration's printed sign-ins and for tests.
    pub fn code_at(&self, now: OffsetDateTime) -> String {
        let totp = self.builder().build_noncompliant();
        let seconds = u64::try_from(now.unix_timestamp()).unwrap_or(0);
        totp.generate(seconds).to_string()
    }

    fn builder(&self) -> Builder {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(0)
            .with_step_duration(STEP_SECONDS)
            .with_secret(Secret::new_stack(self.0))
    }
}

/// Compared by the crate in constant time.
fn fits(totp: &Totp, code: &str, step: u64) -> bool {
    totp.check(code, step.saturating_mul(STEP_SECONDS)).is_some()
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(secret)")
    }
}
