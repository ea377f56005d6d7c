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
