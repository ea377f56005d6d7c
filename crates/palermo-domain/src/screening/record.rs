//! What is kept of a screening. [`Kept`] belongs to a person who can be helped
//! further; [`Notice`] has no field that could tell who it was (E07).

use super::{Age, Combination, Dimension, Draft, ExploitationForm, Outcome, Path, Reason};
use crate::{
    coded,
    id::{AccountId, CaseId, PaperId, PersonId, ScreeningId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A screening that was decided. Its answers are sealed apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; the same as its draft's, so that it is submitted once.
    pub id: ScreeningId,
    /// The case that was opened from it.
    pub case: Option<CaseId>,
    /// Whose key seals the answers; pseudonymous.
    pub person: PersonId,
    /// The officer who decided.
    pub account: AccountId,
    /// The indicator set.
    pub set: String,
    /// Age.
    pub age: Age,
    /// The State in which the person was met, alpha-3.
    pub state: Option<String>,
    /// Forms of exploitation that were suspected.
    pub forms: BTreeSet<ExploitationForm>,
    /// Dimensions that were positive.
    pub positive: BTreeSet<Dimension>,
    /// Whether the elements met the definition.
    pub definition_met: bool,
    /// What the combination pointed to.
    pub combination: Combination,
    /// What the officer decided.
    pub outcome: Outcome,
    /// How the person goes on.
    pub path: Path,
    /// On what the decision rests.
    pub reasons: BTreeSet<Reason>,
    /// When the person was met.
    pub happened_at: Moment,
    /// When it was decided.
    pub recorded_at: Moment,
}

/// A notice that keeps no identity: no person, no officer, no day, no text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: ScreeningId,
    /// The month, as `2026-11`.
    pub month: String,
    /// The State, alpha-3.
    pub state: Option<String>,
    /// Age.
    pub age: Age,
    /// Forms of exploitation, no finer than the Protocol's own.
    pub forms: BTreeSet<ExploitationForm>,
    /// Dimensions that were positive.
    pub positive: BTreeSet<Dimension>,
    /// Whether the elements met the definition.
    pub definition_met: bool,
    /// What was decided.
    pub outcome: Outcome,
    /// On what it rests.
    pub reasons: BTreeSet<Reason>,
}

impl Notice {
    /// What is left of a screening when whatever could tell who it was is gone.
    #[must_use]
    pub fn of(kept: &Kept) -> Self {
        let date = kept.recorded_at.date();
        Self {
            tenant: kept.tenant,
            id: kept.id,
            month: format!("{:04}-{:02}", date.year(), u8::from(date.month())),
            state: kept.state.clone(),
            age: kept.age,
            forms: kept.forms.iter().map(|form| form.family()).collect(),
            positive: kept.positive.clone(),
            definition_met: kept.definition_met,
            outcome: kept.outcome,
            reasons: kept.reasons.clone(),
        }
    }
}

coded! {
    /// How far the entry of a paper form is.
    PaperState {
        /// Entered once.
        Once = "once",
        /// Entered twice, and the two differ.
        Differs = "differs",
        /// Entered twice alike.
        Agreed = "agreed",
        /// Taken over as a screening.
        Taken = "taken",
    }
}

/// A paper form entered by a data clerk: coded facts alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: PaperId,
    /// The number written on the sheet.
    pub sheet: String,
    /// What was entered first.
    pub first: Draft,
    /// What was entered the second time.
    pub second: Option<Draft>,
    /// Who entered it first.
    pub first_by: AccountId,
    /// Who entered it the second time.
    pub second_by: Option<AccountId>,
    /// How far it is.
    pub state: PaperState,
    /// When the form was filled in.
    pub happened_at: Moment,
    /// When it was first entered.
    pub recorded_at: Moment,
}

impl Paper {
    /// The codes at which the two entries differ, each named.
    #[must_use]
    pub fn differences(first: &Draft, second: &Draft) -> Vec<String> {
        let mut codes: BTreeSet<String> = BTreeSet::new();
        let answers = first.answers.keys().chain(second.answers.keys());
        codes.extend(
            answers.filter(|code| first.answers.get(*code) != second.answers.get(*code)).cloned(),
        );
        let facts = [
            ("language", first.language != second.language),
            ("age", first.age != second.age),
            ("form", first.forms != second.forms),
            ("act", first.elements.acts != second.elements.acts),
            ("means", first.elements.means != second.elements.means),
            ("purpose", first.elements.purposes != second.elements.purposes),
        ];
        codes
            .extend(facts.iter().filter(|(_, differ)| *differ).map(|(name, _)| (*name).to_owned()));
        codes.into_iter().collect()
    }
}
