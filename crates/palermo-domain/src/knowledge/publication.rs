//! A publication on its way: prepared, signed by two people, published, and
//! perhaps corrected or retracted. What was published stays in the log.

use super::dataset::codes;
use crate::{id::AccountId, register::day::Day};
use serde::{Deserialize, Serialize};

codes! {
    /// Where a release stands.
    Status {
        /// The attack went through; kept as a record of what was refused.
        Refused = "refused",
        /// Withstood the attack; waits for two signatures.
        Prepared = "prepared",
        /// Public.
        Published = "published",
        /// Public, with a later release in its place.
        Corrected = "corrected",
        /// Taken back, with the reason.
        Retracted = "retracted",
        /// Given to researchers, never public; counts when later releases are compared.
        Given = "given",
    }
}

/// Dimensions that say where.
const PLACES: [&str; 5] = ["state", "citizenship", "origin", "transit", "destination"];

/// Whether a public table would tell a place by month: a current case, or the
/// way to a shelter, could be read from it. Places are told by year (E29).
///
/// ```
/// use palermo_domain::knowledge::publication::is_too_fine;
/// assert!(is_too_fine(&["_period", "origin"]));
/// assert!(!is_too_fine(&["year", "origin"]) && !is_too_fine(&["_period", "form"]));
/// ```
#[must_use]
pub fn is_too_fine<S: AsRef<str>>(columns: &[S]) -> bool {
    let has = |name: &str| columns.iter().any(|one| one.as_ref() == name);
    has("_period") && PLACES.into_iter().any(has)
}

/// The last year of a period (`2024/2026`) if it is not over on a day: its counts
/// will still grow, and readers are told.
///
/// ```
/// use palermo_domain::{knowledge::publication::unfinished, register::day::Day};
/// let on: Day = "2026-05-02".parse()?;
/// assert_eq!(unfinished("2024/2026", on), Some(2026));
/// assert_eq!(unfinished("2024/2025", on), None);
/// # Ok::<(), palermo_domain::register::day::NotADay>(())
/// ```
#[must_use]
pub fn unfinished(period: &str, on: Day) -> Option<i32> {
    let last: i32 = period.rsplit('/').next()?.trim().get(..4)?.parse().ok()?;
    (last >= on.date().year()).then_some(last)
}

impl Status {
    /// Whether the public sees its figures.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Corrected)
    }
}

/// One of the two signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Whose.
    pub account: AccountId,
    /// Their name, for the log.
    pub name: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}

/// Why somebody may not sign, or a release not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// It is not waiting for signatures.
    #[error("this release does not wait for signatures")]
    NotWaiting,
    /// They signed already: two people sign.
    #[error("you have signed already; a second person must sign")]
    SignedAlready,
    /// It is not public.
    #[error("this release is not public")]
    NotPublic,
}

impl NotNow {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotWaiting => "not-waiting",
            Self::SignedAlready => "signed-already",
            Self::NotPublic => "not-public",
        }
    }
}

/// Signs; the second signature publishes.
///
/// # Errors
/// When the release does not wait, or the person signed already.
pub fn sign(
    status: Status,
    signatures: &mut Vec<Signature>,
    new: Signature,
) -> Result<Status, NotNow> {
    if status != Status::Prepared {
        return Err(NotNow::NotWaiting);
    }
    if signatures.iter().any(|one| one.account == new.account) {
        return Err(NotNow::SignedAlready);
    }
    signatures.push(new);
    Ok(if signatures.len() >= 2 { Status::Published } else { Status::Prepared })
}

/// Takes a public release back.
///
/// # Errors
/// When it is not public.
pub fn retract(status: Status) -> Result<Status, NotNow> {
    if status.is_public() { Ok(Status::Retracted) } else { Err(NotNow::NotPublic) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn by(number: u128) -> Signature {
        let account = AccountId::from_uuid(Uuid::from_u128(number));
        Signature { account, name: "X".to_owned(), at: 0 }
    }

    #[test]
    fn req_193_two_different_people_sign_before_anything_is_public() {
        let mut signed = Vec::new();
        let first = sign(Status::Prepared, &mut signed, by(1)).unwrap();
        assert_eq!(first, Status::Prepared);
        assert_eq!(sign(first, &mut signed, by(1)), Err(NotNow::SignedAlready));
        assert_eq!(sign(first, &mut signed, by(2)), Ok(Status::Published));
        assert_eq!(sign(Status::Published, &mut signed, by(3)), Err(NotNow::NotWaiting));
        assert_eq!(sign(Status::Refused, &mut Vec::new(), by(3)), Err(NotNow::NotWaiting));
    }

    #[test]
    fn only_what_is_public_can_be_retracted() {
        assert_eq!(retract(Status::Published), Ok(Status::Retracted));
        assert_eq!(retract(Status::Prepared), Err(NotNow::NotPublic));
    }
}
