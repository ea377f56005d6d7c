//! R6: nothing about a person leaves without their consent for that purpose
//! and recipient, or a legal basis from the State's closed list.

use super::{Forbidden, NO_SHARING_WITHOUT_BASIS};
use crate::{
    case::{
        referral::{Ask, Item},
        sharing::{
            ALWAYS_EXPLAINED, Answer, Consent, Explained, LegalAim, LegalBasis, Recipient,
            RecipientKind, ShareFor,
        },
    },
    moment::Moment,
};

fn forbidden(reason: impl Into<String>) -> Forbidden {
    Forbidden { rule: NO_SHARING_WITHOUT_BASIS, reason: reason.into() }
}

/// Checks a yes before it is written: what had to be said was said. A no and a
/// not-now need nothing.
///
/// # Errors
/// [`Forbidden`] by R6, naming what was not explained.
pub fn answer(consent: &Consent) -> Result<(), Forbidden> {
    if consent.answer != Answer::Yes {
        return Ok(());
    }
    if let Some(missing) = not_explained(consent.recipient.kind, &consent.explained) {
        return Err(forbidden(format!("`{}` was not explained", missing.code())));
    }
    if consent.language.trim().is_empty() {
        return Err(forbidden("the language of the explanation is missing"));
    }
    Ok(())
}

/// What had to be explained before agreeing and was not: the first of it.
#[must_use]
pub fn not_explained(kind: RecipientKind, explained: &[Explained]) -> Option<Explained> {
    let last = kind.cannot_be_called_back().then_some(Explained::NotCalledBack);
    ALWAYS_EXPLAINED.into_iter().chain(last).find(|need| !explained.contains(need))
}

/// What someone wants to share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share<'a> {
    /// For what.
    pub purpose: ShareFor,
    /// To whom.
    pub recipient: &'a Recipient,
    /// Referral or transfer.
    pub ask: Ask,
    /// What.
    pub items: &'a [Item],
}

/// On what sharing rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rests<'a> {
    /// The person's consent.
    Consent(&'a Consent),
    /// An entry of the closed list.
    Law(&'a LegalBasis),
}

/// Decides whether something may leave now, and on what it rests. The person's
/// last word about this purpose and recipient counts.
///
/// # Errors
/// [`Forbidden`] by R6.
pub fn may_share<'a>(
    share: &Share<'_>,
    consents: &'a [Consent],
    law: Option<&'a LegalBasis>,
    now: Moment,
) -> Result<Rests<'a>, Forbidden> {
    if let Some(item) = share.items.iter().find(|item| !item.goes_with(share.ask)) {
        let why = format!("`{}` is not needed for a {}", item.code(), share.ask.code());
        return Err(forbidden(why));
    }
    if let Some(law) = law {
        keepable(law)?;
        if law.holds_at(now) && law.recipients.contains(&share.recipient.kind) {
            return Ok(Rests::Law(law));
        }
        return Err(forbidden("this legal basis does not cover the recipient, or is not in force"));
    }
    let last = consents
        .iter()
        .filter(|c| c.purpose == share.purpose && c.recipient.is(share.recipient))
        .filter(|c| c.happened_at <= now)
        .max_by_key(|c| (c.happened_at, c.recorded_at));
    match last {
        Some(consent) if consent.holds_at(now) => Ok(Rests::Consent(consent)),
        Some(consent) if consent.withdrawn_at.is_some() => {
            Err(forbidden("the person took their consent back"))
        }
        Some(consent) if consent.answer == Answer::NotNow => {
            Err(forbidden("the person said: not now"))
        }
        Some(consent) if consent.answer == Answer::No => Err(forbidden("the person said no")),
        Some(_) => Err(forbidden("the consent has ended")),
        None => Err(forbidden("the person was not asked about this purpose and recipient")),
    }
}

/// Whether an entry can stand on a State's list at all.
///
/// # Errors
/// [`Forbidden`] by R6 for an immigration authority, or an authority that
/// prosecutes, as a recipient of anything that names the person.
pub fn keepable(law: &LegalBasis) -> Result<(), Forbidden> {
    let harmful = [RecipientKind::Immigration, RecipientKind::Origin, RecipientKind::Family];
    if let Some(kind) = law.recipients.iter().find(|kind| harmful.contains(kind)) {
        return Err(forbidden(format!("`{}` can never stand on the list", kind.code())));
    }
    let justice = [RecipientKind::Police, RecipientKind::Justice];
    let protects = matches!(
        law.aim,
        LegalAim::ChildProtection
            | LegalAim::DangerToLife
            | LegalAim::CourtOrder
            | LegalAim::AnonymousNotice
    );
    if law.recipients.iter().any(|kind| justice.contains(kind)) && !protects {
        return Err(forbidden("this aim does not reach police or courts"));
    }
    if law.provision.trim().is_empty() {
        return Err(forbidden("a legal basis names its provision"));
    }
    Ok(())
}
