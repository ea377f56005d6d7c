//! The care team of a case: who may see it, in what part, since when. Being on
//! the team is the relation *assigned* of the access rules.

use crate::{
    code::coded,
    id::{AccountId, CaseId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

coded! {
    /// What someone is for a case.
    TeamPart {
        /// Carries the case and answers for it.
        Lead = "lead",
        /// Works on it.
        Member = "member",
        /// Stands in while the lead is away.
        Alternate = "alternate",
        /// Gives one service.
        Provider = "provider",
        /// Guardian of the child.
        Guardian = "guardian",
        /// Represents the person in law.
        Legal = "legal",
        /// Interprets.
        Interpreter = "interpreter",
    }
}

/// Someone on the care team of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Organisation.
    pub tenant: TenantId,
    /// Which case.
    pub case: CaseId,
    /// Who.
    pub account: AccountId,
    /// In what part.
    pub part: TeamPart,
    /// Since when.
    pub from: Moment,
    /// Until when (exclusive), open if empty.
    pub until: Option<Moment>,
}

impl TeamMember {
    /// Whether they are on the team at this moment.
    #[must_use]
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// Why a case cannot be left like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamProblem {
    /// Nobody would carry the case.
    NoLead,
    /// It shows itself to its team alone (E11), so nobody outside it can name who carries
    /// it next.
    SealedAlone,
}

/// What becomes of a case when someone on its team leaves the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnLeaving {
    /// They carry it alone: a colleague takes it in the same act.
    HandOver,
    /// Others carry it: their places on the team end.
    End,
}

/// Whether the team may be left without this account: some lead must stay.
///
/// # Errors
/// [`TeamProblem::NoLead`] if the last lead would go.
pub fn may_leave(team: &[TeamMember], account: AccountId, at: Moment) -> Result<(), TeamProblem> {
    let others = team
        .iter()
        .filter(|member| member.holds_at(at) && member.account != account)
        .any(|member| member.part == TeamPart::Lead);
    let leads =
        team.iter().any(|m| m.holds_at(at) && m.account == account && m.part == TeamPart::Lead);
    if leads && !others { Err(TeamProblem::NoLead) } else { Ok(()) }
}

/// What becomes of a case when this account leaves the organisation: no case stays with
/// someone who is gone.
///
/// # Errors
/// [`TeamProblem::SealedAlone`] for a sealed record that nobody else carries: someone of
/// its team must carry it first.
pub fn on_leaving(
    team: &[TeamMember],
    account: AccountId,
    sealed: bool,
    at: Moment,
) -> Result<OnLeaving, TeamProblem> {
    match may_leave(team, account, at) {
        Ok(()) => Ok(OnLeaving::End),
        Err(_) if sealed => Err(TeamProblem::SealedAlone),
        Err(_) => Ok(OnLeaving::HandOver),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn place(who: u128, part: TeamPart) -> TeamMember {
        TeamMember {
            tenant: TenantId::from_uuid(Uuid::from_u128(1)),
            case: CaseId::from_uuid(Uuid::from_u128(2)),
            account: AccountId::from_uuid(Uuid::from_u128(who)),
            part,
            from: Moment::from_micros(0),
            until: None,
        }
    }

    #[test]
    fn no_case_stays_with_someone_who_left_and_a_sealed_one_passes_within_its_team() {
        let (at, nadia) = (Moment::from_micros(1), AccountId::from_uuid(Uuid::from_u128(7)));
        let mut team = vec![place(7, TeamPart::Lead), place(8, TeamPart::Member)];
        assert_eq!(on_leaving(&team, nadia, false, at), Ok(OnLeaving::HandOver));
        assert_eq!(on_leaving(&team, nadia, true, at), Err(TeamProblem::SealedAlone));
        team.push(place(8, TeamPart::Lead));
        assert_eq!(on_leaving(&team, nadia, true, at), Ok(OnLeaving::End));
    }
}
