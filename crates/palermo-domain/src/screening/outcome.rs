//! What a screening can end with. A named officer decides (E31); the engine
//! advises. None ends without a next desk, and without consent an adult's
//! screening leaves a notice that keeps no identity (E07).

use super::{Age, Assessment, Combination};
use crate::{
    coded,
    desk::{Desk, DeskLevel},
    id::TenantId,
};

coded! {
    /// What the officer decided.
    Outcome {
        /// Presumed trafficked person: protection starts here.
        Presumed = "presumed",
        /// Exploited at work, not trafficked: wages, rights, a union.
        ExploitedWorker = "exploited_worker",
        /// Smuggled across a border.
        Smuggled = "smuggled",
        /// Asks for international protection, or may need it.
        RefugeeClaim = "refugee_claim",
        /// Violence of another kind.
        Violence = "violence",
        /// Nothing found now; the door stays open.
        NothingFound = "nothing_found",
    }
}

impl Outcome {
    /// Topics of desks that answer, the best first.
    #[must_use]
    pub const fn topics(self) -> &'static [&'static str] {
        match self {
            Self::Presumed => &["identification", "assistance", "shelter"],
            Self::ExploitedWorker => &["labour", "wages", "compensation", "assistance"],
            Self::Smuggled => &["legal", "asylum", "assistance"],
            Self::RefugeeClaim => &["asylum", "legal", "assistance"],
            Self::Violence => &["violence", "shelter", "assistance"],
            Self::NothingFound => &["hotline", "assistance", "identification"],
        }
    }

    /// The kind of service that is needed first, by the directory's codes.
    #[must_use]
    pub const fn need(self) -> &'static str {
        match self {
            Self::Presumed | Self::Violence => "shelter",
            Self::ExploitedWorker | Self::Smuggled | Self::RefugeeClaim => "legal",
            Self::NothingFound => "hotline",
        }
    }
}

coded! {
    /// How the person goes on from here.
    Path {
        /// With consent: a case, and desks that may know who it is.
        Consent = "consent",
        /// The rights of a child: a case and a guardian at once; no consent is bargained for.
        Child = "child",
        /// Without consent: a notice that keeps no identity.
        Anonymised = "anonymised",
    }
}

impl Path {
    /// The ways open at this age. A child's help waits for no consent (E08).
    #[must_use]
    pub const fn open_to(age: Age) -> &'static [Self] {
        if age.has_rights_of_a_child() {
            &[Self::Child]
        } else {
            &[Self::Consent, Self::Anonymised]
        }
    }
}

coded! {
    /// On what the officer's decision rests. Coded, so that a notice without
    /// identity can say it too.
    Reason {
        /// What the person answered.
        Answers = "answers",
        /// Act, means and purpose.
        Definition = "definition",
        /// What was seen at the place.
        Observation = "observation",
        /// Papers, messages, pay slips.
        Documents = "documents",
        /// What others reported.
        Reported = "reported",
        /// The person's own wish.
        Wish = "wish",
    }
}

/// An outcome the answers speak for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// The outcome.
    pub outcome: Outcome,
    /// Because the definition is met by the elements.
    pub by_definition: bool,
    /// Because of the combination of dimensions.
    pub by_combination: bool,
}

/// Outcomes the answers speak for, the strongest first; none if they speak for
/// nothing. Looks at the assessment alone.
#[must_use]
pub fn advise(assessment: &Assessment) -> Vec<Advice> {
    let by_definition = assessment.definition.met;
    let combination = assessment.combination;
    let mut advice = Vec::new();
    if by_definition || combination.is_trafficking() || combination == Combination::ChildExploited {
        advice.push(Advice {
            outcome: Outcome::Presumed,
            by_definition,
            by_combination: combination.is_trafficking()
                || combination == Combination::ChildExploited,
        });
    }
    let second = match combination {
        Combination::Exploited
        | Combination::DeceivedAndExploited
        | Combination::RecruitedByMeansAndExploited
        | Combination::ExploitedAndCoerced => Some(Outcome::ExploitedWorker),
        Combination::CoercionWithoutExploitation => Some(Outcome::Violence),
        Combination::MeansWithoutExploitation if !by_definition => Some(Outcome::Presumed),
        _ => None,
    };
    if let Some(outcome) = second.filter(|outcome| advice.iter().all(|a| a.outcome != *outcome)) {
        advice.push(Advice { outcome, by_definition: false, by_combination: true });
    }
    advice
}

/// The desk to turn to: of the State, for the first topic that one answers,
/// with a telephone before one without; otherwise any national desk there,
/// otherwise a regional one. For a child desks for children come first, and the
/// office of whoever screened is no desk to turn to: it is there already.
#[must_use]
pub fn next_desk<'d>(
    outcome: Outcome,
    age: Age,
    state: Option<&str>,
    own: Option<TenantId>,
    desks: &'d [Desk],
) -> Option<&'d Desk> {
    let elsewhere =
        |desk: &&Desk| !age.has_rights_of_a_child() || own.is_none_or(|own| desk.tenant != own);
    let child: &[&str] =
        if age.has_rights_of_a_child() { &["children", "guardianship"] } else { &[] };
    let open = || desks.iter().filter(|desk| desk.open).filter(elsewhere);
    let there = || open().filter(|desk| desk.state.as_deref() == state);
    let best = |topic: &&str| {
        let answers = there().filter(|desk| desk.topics.iter().any(|one| one == topic));
        answers.min_by_key(|desk| (desk.telephone.is_none(), desk.name.as_str()))
    };
    let by_topic = child.iter().chain(outcome.topics()).find_map(best);
    let national = || {
        let national = there().filter(|desk| desk.level == DeskLevel::National);
        national.min_by_key(|desk| (desk.telephone.is_none(), desk.name.as_str()))
    };
    let regional = || {
        let regional = open().filter(|desk| desk.level == DeskLevel::Regional);
        regional.min_by_key(|desk| (desk.telephone.is_none(), desk.name.as_str()))
    };
    by_topic.or_else(national).or_else(regional)
}
