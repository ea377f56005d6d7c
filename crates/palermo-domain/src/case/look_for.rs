//! Whether another care organisation knows a person already (R096), without
//! sharing who they are: asked only if the person agreed, of care organisations
//! alone, about persons who agreed there too. The answer is *possible match,
//! ask them* or *nobody who agreed*, and goes to the asker alone. It advises; a
//! person decides (E31).

use super::{Case, person::Person};
use crate::{
    code::coded,
    id::{AccountId, CaseId, LookForId, PersonId, TenantId},
    moment::Moment,
    tenant::TenantKind,
};
use std::time::Duration;

/// Questions one member of staff may ask in a day.
pub const MOST_A_DAY: usize = 10;
/// How long after a question the same person may be asked about again.
pub const AGAIN_AFTER: Duration = Duration::from_secs(7 * 86_400);
/// How long a question waits for answers.
pub const WAITS: Duration = Duration::from_secs(14 * 86_400);
/// Most spellings in one question.
pub const MOST_NAMES: usize = 8;
/// Dice coefficient of the encoded names from which two are called alike. With
/// bigrams, one letter wrong in a name of twelve gives about 0.85.
pub const ALIKE: f64 = 0.80;
/// Years by which two told years of birth may differ.
pub const YEARS_APART: u16 = 2;

coded! {
    /// What another organisation's records say.
    Known {
        /// Someone who agreed to be looked for looks alike: ask them.
        Possible = "possible",
        /// Nobody who agreed to be looked for.
        Nobody = "nobody",
    }
}

/// A question about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookFor {
    /// The organisation that asks.
    pub tenant: TenantId,
    /// Id.
    pub id: LookForId,
    /// In which case.
    pub case: CaseId,
    /// About whom.
    pub person: PersonId,
    /// Who asked: the answers are sealed to them.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: Moment,
    /// Until when answers are taken.
    pub expires_at: Moment,
    /// When the person took it back.
    pub ended_at: Option<Moment>,
}

/// Why a question cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MayNot {
    /// The organisation is none of care.
    #[error("only care organisations ask each other")]
    NotCare,
    /// The person was not asked, or said no.
    #[error("the person has not agreed to be looked for")]
    NotAgreed,
    /// Records of special danger are never asked about (E11).
    #[error("a sealed record is never asked about")]
    Sealed,
    /// Too many questions today.
    #[error("enough questions for today")]
    TooMany,
    /// This person was asked about in the last days.
    #[error("this person was asked about a few days ago")]
    TooSoon,
}

/// Whether a question may be asked now. `asked` are the earlier questions of
/// the same member of staff or about the same person.
///
/// # Errors
/// [`MayNot`], the first that holds.
pub fn may_ask(
    kind: TenantKind,
    case: &Case,
    person: &Person,
    by: AccountId,
    asked: &[LookFor],
    now: Moment,
) -> Result<(), MayNot> {
    if kind != TenantKind::Care {
        return Err(MayNot::NotCare);
    }
    if case.sealed {
        return Err(MayNot::Sealed);
    }
    if person.may_be_looked_for != Some(true) {
        return Err(MayNot::NotAgreed);
    }
    let day = now.before(Duration::from_secs(86_400));
    let mine = asked.iter().filter(|one| one.asked_by == by && one.asked_at > day);
    if mine.count() >= MOST_A_DAY {
        return Err(MayNot::TooMany);
    }
    let recent = now.before(AGAIN_AFTER);
    if asked.iter().any(|one| one.person == person.id && one.asked_at > recent) {
        return Err(MayNot::TooSoon);
    }
    Ok(())
}

/// Whether what is known of two people speaks against their being one: sex
/// told differently, or years of birth too far apart. What is not known speaks
/// against nothing.
#[must_use]
pub fn contradicts(
    (sex, year): (Option<&str>, Option<u16>),
    (other_sex, other_year): (Option<&str>, Option<u16>),
) -> bool {
    let told = |sex: Option<&str>| matches!(sex, Some("F" | "M"));
    let sexes = told(sex) && told(other_sex) && sex != other_sex;
    let years = match (year, other_year) {
        (Some(one), Some(two)) => one.abs_diff(two) > YEARS_APART,
        _ => false,
    };
    sexes || years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_speaks_against_nothing() {
        assert!(!contradicts((None, None), (Some("F"), Some(1990))));
        assert!(!contradicts((Some("_U"), Some(1990)), (Some("F"), Some(1992))));
        assert!(contradicts((Some("M"), None), (Some("F"), None)));
        assert!(contradicts((None, Some(1990)), (None, Some(1993))));
    }
}
