//! A referral to a body that is not here: one sealed file that opens offline
//! with a passphrase told by another way. What can be enforced is enforced: it
//! can be fetched until a day and a few times only, and taken back before it is
//! fetched. What cannot is said: a file that was fetched opens for whoever has
//! it and the passphrase, and the file asks to be deleted by that day.

use crate::{
    id::{CaseId, ReferralId, SealedFileId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

/// Days after which a file can no longer be fetched; one of these.
pub const DAYS: [u64; 4] = [1, 3, 7, 14];
/// How often a file can be fetched: once, and twice more when a download broke.
pub const MOST_FETCHES: u32 = 3;

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// Waits to be fetched.
    Waiting,
    /// Was fetched, and can be fetched again for a while.
    Fetched,
    /// Was taken back.
    Revoked,
    /// Can no longer be fetched.
    Over,
}

impl FileState {
    /// The code, for messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Fetched => "fetched",
            Self::Revoked => "revoked",
            Self::Over => "over",
        }
    }
}

/// A sealed file that waits to be fetched, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// The organisation that shares.
    pub tenant: TenantId,
    /// Id.
    pub id: SealedFileId,
    /// Of which case.
    pub case: CaseId,
    /// The referral it carries.
    pub referral: ReferralId,
    /// SHA-256 of the code it is fetched with, in hexadecimal.
    pub slip: String,
    /// Until when it can be fetched (exclusive).
    pub expires_at: Moment,
    /// How often it was fetched.
    pub fetched: u32,
    /// When it was fetched first.
    pub fetched_at: Option<Moment>,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
    /// When it was made.
    pub recorded_at: Moment,
}

impl SealedFile {
    /// Where it stands.
    #[must_use]
    pub fn state(&self, now: Moment) -> FileState {
        if self.revoked_at.is_some() {
            FileState::Revoked
        } else if now >= self.expires_at || self.fetched >= MOST_FETCHES {
            FileState::Over
        } else if self.fetched > 0 {
            FileState::Fetched
        } else {
            FileState::Waiting
        }
    }

    /// Whether it can be fetched.
    #[must_use]
    pub fn can_be_fetched(&self, now: Moment) -> bool {
        matches!(self.state(now), FileState::Waiting | FileState::Fetched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn file() -> SealedFile {
        SealedFile {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: SealedFileId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            referral: ReferralId::from_uuid(Uuid::nil()),
            slip: String::new(),
            expires_at: Moment::from_micros(1_000),
            fetched: 0,
            fetched_at: None,
            revoked_at: None,
            recorded_at: Moment::from_micros(0),
        }
    }

    #[test]
    fn a_file_can_be_fetched_until_its_day_three_times_and_not_after_it_was_taken_back() {
        let at = Moment::from_micros;
        assert!(file().can_be_fetched(at(999)));
        assert!(!file().can_be_fetched(at(1_000)), "the day itself is over");
        let often = SealedFile { fetched: MOST_FETCHES, ..file() };
        assert_eq!(often.state(at(1)), FileState::Over);
        let back = SealedFile { revoked_at: Some(at(2)), ..file() };
        assert_eq!(back.state(at(3)), FileState::Revoked);
    }
}
