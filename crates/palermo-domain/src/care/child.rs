//! Children, and who may be one (R3): guardian, conversations, what is best.

use super::codes;
use crate::{case::person::AgeGroup, register::day::Day, role::Role};
use serde::{Deserialize, Serialize};

/// Hours without a guardian after which a reminder becomes an alert (R127).
/// The first alert comes at once.
pub const GUARDIAN_HOURS: u64 = 24;
/// Conversations about what happened, above which a warning is shown (R131).
pub const INTERVIEW_LIMIT: usize = 3;
/// Different functions a panel has at least (UNHCR Guidelines on the best
/// interests of the child, 2008: a panel of several disciplines).
pub const PANEL_LEAST: usize = 3;

/// Whether these roles reach the care records of a person of this age. A child's are
/// open to who carries the case or stands by the child; not to whoever gives one
/// service (R128).
#[must_use]
pub fn care_is_open(age: AgeGroup, roles: &[Role]) -> bool {
    let reaches = |role: &Role| {
        matches!(
            role,
            Role::CaseManager | Role::OnCall | Role::Guardian | Role::LegalRepresentative
        )
    };
    !age.has_the_rights_of_a_child() || roles.iter().any(reaches)
}

codes! {
    /// What was found when a guardian's interests were checked.
    ConflictCheck {
        Pending = "pending", "Not yet checked";
        Clear = "clear", "No conflict found";
        Found = "found", "A conflict was found";
    }
}

codes! {
    /// Who the guardian is to the child.
    GuardianKind {
        Professional = "professional", "Professional guardian";
        Authority = "authority", "Guardian of an authority for children";
        Relative = "relative", "Relative";
        Volunteer = "volunteer", "Trained volunteer";
    }
}

/// Guardian of a child. The name is sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guardian {
    /// Who they are to the child.
    pub guardian: GuardianKind,
    /// Since when.
    pub appointed_on: Day,
    /// Whether their interests could be against the child's.
    pub conflict: ConflictCheck,
    /// When the check was made.
    pub checked_on: Option<Day>,
    /// Suspended since: takes effect at once, grounds may follow.
    pub suspended_on: Option<Day>,
    /// Ended.
    pub ended_on: Option<Day>,
}

impl Guardian {
    /// Whether the guardian can stand by the child on a day: appointed, checked
    /// and clear, neither suspended nor gone.
    #[must_use]
    pub fn stands_on(&self, day: Day) -> bool {
        self.appointed_on <= day
            && self.conflict == ConflictCheck::Clear
            && self.gone_on().is_none_or(|gone| day < gone)
    }

    /// The day from which the guardian no longer stands.
    #[must_use]
    pub fn gone_on(&self) -> Option<Day> {
        [self.suspended_on, self.ended_on].into_iter().flatten().min()
    }
}

codes! {
    /// What a conversation with a child is about (R3).
    InterviewAbout {
        Happened = "happened", "What happened";
        Safety = "safety", "Safety now";
        Urgent = "urgent", "An urgent need";
        Wishes = "wishes", "The child's wishes";
        Hearing = "hearing", "A hearing at court";
    }
}

codes! {
    /// Where it takes place.
    Setting {
        ChildFriendly = "child_friendly", "A place made for children";
        Shelter = "shelter", "Where the child lives";
        Office = "office", "An office";
        Video = "video", "By video";
        Court = "court", "A court room";
        Other = "other", "Elsewhere";
    }
}

codes! {
    /// Who held it.
    InterviewBy {
        Here = "here", "We";
        Outside = "outside", "An outside body";
    }
}

/// A conversation with a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    /// When.
    pub on: Day,
    /// About what.
    pub about: InterviewAbout,
    /// Who held it.
    pub by: InterviewBy,
    /// Where.
    pub setting: Setting,
    /// By someone trained to talk with children.
    #[serde(default)]
    pub trained: bool,
    /// Recorded, so that the child need not say it again.
    #[serde(default)]
    pub recorded: bool,
    /// With the guardian there.
    #[serde(default)]
    pub guardian_present: bool,
}

impl InterviewAbout {
    /// Whether it needs a guardian first. Safety, urgent need and what the
    /// child wishes can always be asked.
    #[must_use]
    pub const fn needs_guardian(self) -> bool {
        matches!(self, Self::Happened | Self::Hearing)
    }
}

codes! {
    /// How far the weighing goes.
    Weighing {
        Assessment = "assessment", "Short assessment, before family contact or placement";
        Determination = "determination", "Determination by a panel";
    }
}

codes! {
    /// How the child's view stands. A child may choose not to state one.
    ChildView {
        Stated = "stated", "The child stated a view";
        ChoseNot = "chose_not", "The child chose not to";
        TooYoung = "too_young", "Too young to form one; how that was judged is recorded";
        NotYet = "not_yet", "Not yet asked";
    }
}

codes! {
    /// What was decided (list `bid_decision`).
    BestInterestsDecision {
        ReturnFamily = "return_family", "Return to family";
        ReturnCare = "return_care", "Return to alternative care";
        Stay = "stay", "Stay (local integration)";
        ThirdCountry = "third_country", "Third country: family or resettlement";
        Defer = "defer", "Deferred: more information is needed";
        NegativeReturn = "negative_return", "Return is not in the child's best interests";
    }
}

impl BestInterestsDecision {
    /// Whether it is in favour of a return.
    #[must_use]
    pub const fn favours_return(self) -> bool {
        matches!(self, Self::ReturnFamily | Self::ReturnCare)
    }
}

/// What is best for a child, weighed and decided (R126). Reasons are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BestInterests {
    /// How far it goes.
    pub weighing: Weighing,
    /// When it began.
    pub on: Day,
    /// Functions on the panel.
    #[serde(default)]
    pub panel: Vec<String>,
    /// Options compared.
    #[serde(default)]
    pub options: Vec<String>,
    /// Factors weighed.
    #[serde(default)]
    pub factors: Vec<String>,
    /// How the child's view stands.
    pub view: ChildView,
    /// How it was sought.
    #[serde(default)]
    pub sought: Vec<String>,
    /// What was decided.
    pub decision: Option<BestInterestsDecision>,
    /// When.
    pub decided_on: Option<Day>,
    /// Where it can be contested (R12).
    pub contest: Option<String>,
    /// When it is looked at again.
    pub review_on: Option<Day>,
}

impl BestInterests {
    /// What is not written down yet, by the names of the fields. It may be
    /// written down bit by bit; until nothing is missing nothing rests on it.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        let fields = [
            ("panel", self.panel.is_empty()),
            ("options", self.options.is_empty()),
            ("factors", self.factors.is_empty()),
            ("view", self.view == ChildView::NotYet),
            ("decision", self.decision.is_none()),
        ];
        fields.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| field).collect()
    }

    /// Whether it opens a return: only a finished determination in favour.
    #[must_use]
    pub fn opens_return(&self) -> bool {
        self.weighing == Weighing::Determination
            && self.decided_on.is_some()
            && self.decision.is_some_and(BestInterestsDecision::favours_return)
    }
}

/// Answers to the minimum standards of a child's return (R134). The list
/// itself is the mechanism's, versioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnChecklist {
    /// When.
    pub on: Day,
    /// Version of the list it answers.
    pub version: String,
    /// The mechanism whose list it is; none on records from before lists had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// Items that are fulfilled.
    pub fulfilled: Vec<String>,
    /// How the child will learn there (R129).
    pub education: Option<String>,
    /// Who will look after the child there (R129).
    pub care: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_128_a_childs_care_is_open_to_who_carries_the_case_and_not_to_one_service() {
        let open = |age, role| care_is_open(age, &[role]);
        assert!(open(AgeGroup::Adult, Role::ServiceProvider));
        assert!(!open(AgeGroup::Child, Role::ServiceProvider));
        assert!(!open(AgeGroup::Unsure, Role::ServiceProvider), "in doubt a child (R3)");
        assert!(open(AgeGroup::Child, Role::Guardian));
    }
}
