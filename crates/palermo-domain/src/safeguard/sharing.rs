//! R6: nothing about a person leaves without their consent for that purpose
//! and recipient, or a legal basis from the State's closed list.

use super::{AGE_IN_DOUBT_IS_A_CHILD, Forbidden, NO_SHARING_WITHOUT_BASIS};
use crate::{
    case::{
        referral::{Ask, Item},
        sharing::{
            ALWAYS_EXPLAINED, Answer, Consent, ConsentForm, Explained, LegalAim, LegalBasis,
            Recipient, RecipientKind, ShareFor,
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
    if let Some(missing) = not_explained(&consent.recipient, &consent.explained).first() {
        return Err(forbidden(format!("`{}` was not explained", missing.code())));
    }
    if consent.language.trim().is_empty() {
        return Err(forbidden("the language of the explanation is missing"));
    }
    Ok(())
}

/// What had to be explained before agreeing and was not: all of it.
#[must_use]
pub fn not_explained(to: &Recipient, explained: &[Explained]) -> Vec<Explained> {
    let last = to.cannot_be_called_back().then_some(Explained::NotCalledBack);
    let needed = ALWAYS_EXPLAINED.into_iter().chain(last);
    needed.filter(|need| !explained.contains(need)).collect()
}

/// Checks that a yes of a child, or of someone whose age is in doubt, was not
/// asked of them alone (R3). A no and a not-now of a child always stand.
///
/// # Errors
/// [`Forbidden`] by R3 for a form that has no guardian in it.
pub fn of_a_child(answer: Answer, form: ConsentForm) -> Result<(), Forbidden> {
    if answer != Answer::Yes || form.stands_for_a_child() {
        return Ok(());
    }
    Err(Forbidden {
        rule: AGE_IN_DOUBT_IS_A_CHILD,
        reason: format!(
            "`{}` is not enough for a child: a guardian agrees, the child heard",
            form.code()
        ),
    })
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

/// Whether an answer of the person is about what someone wants to share: about this
/// purpose and recipient, or that nothing is shared with anyone. A yes is about one body.
#[must_use]
pub fn is_about(answer: &Consent, share: &Share<'_>) -> bool {
    let this = answer.purpose == share.purpose && answer.recipient.is(share.recipient);
    this || (answer.recipient.is_no_one() && answer.answer != Answer::Yes)
}

/// Decides whether something may leave now, and on what it rests. The person's
/// last word about this purpose and recipient counts, and so does that nothing is shared
/// with anyone.
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
        .filter(|c| is_about(c, share))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_3_a_child_does_not_agree_alone_but_always_says_no() {
        for alone in [ConsentForm::Oral, ConsentForm::Written, ConsentForm::Recorded] {
            assert!(of_a_child(Answer::Yes, alone).is_err_and(|no| no.rule.number == 3));
            assert_eq!(of_a_child(Answer::No, alone), Ok(()));
            assert_eq!(of_a_child(Answer::NotNow, alone), Ok(()));
        }
        for form in [ConsentForm::WithGuardian, ConsentForm::NoGuardianYet] {
            assert_eq!(of_a_child(Answer::Yes, form), Ok(()));
        }
    }

    #[test]
    fn rule_6_of_every_body_outside_one_hears_that_nothing_can_be_called_back() {
        let kind = RecipientKind::Legal;
        let to = Recipient { kind, tenant: None, desk: None, outside: "A law clinic".into() };
        assert_eq!(not_explained(&to, &ALWAYS_EXPLAINED), [Explained::NotCalledBack]);
        assert_eq!(not_explained(&to, &[]).len(), 5, "all that is missing, at once");
    }
}
