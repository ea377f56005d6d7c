//! The closed lists of words a profile uses.

use crate::coded;

coded! {
    /// What kind of text a mechanism's work against trafficking rests on.
    FoundingType {
        /// A treaty called convention.
        Convention = "convention",
        /// An agreement between States or organisations.
        Agreement = "agreement",
        /// A memorandum of understanding.
        Mou = "mou",
        /// A declaration.
        Declaration = "declaration",
        /// A decision or resolution of a political or treaty body.
        Decision = "decision",
        /// A plan of action.
        Plan = "plan",
        /// A series of meetings without a founding text.
        Process = "process",
        /// A charter.
        Charter = "charter",
        /// No text of its own.
        None = "none",
    }
}

coded! {
    /// How much the sources tell, so that a reader knows what to expect.
    Detail {
        /// Structure, plan or duties are described.
        Described = "described",
        /// A sentence or two.
        Outline = "outline",
        /// Only the name: not a profile.
        Named = "named",
    }
}

coded! {
    /// How a State belongs to a mechanism (R002).
    MemberStatus {
        /// Member.
        Member = "member",
        /// Participating State or country.
        Participant = "participant",
        /// Party to the treaty that the mechanism serves.
        ContractingParty = "contracting-party",
        /// Associated State.
        Associate = "associate",
        /// Observer.
        Observer = "observer",
        /// Member whose participation is suspended.
        Suspended = "suspended",
        /// Member that takes no part.
        Inactive = "inactive",
    }
}

impl MemberStatus {
    /// The ways of belonging that count as membership where a profile does not
    /// say otherwise.
    pub const COUNTED: &'static [Self] =
        &[Self::Member, Self::Participant, Self::ContractingParty, Self::Suspended, Self::Inactive];
}

coded! {
    /// What an instrument is.
    InstrumentKind {
        /// Convention.
        Convention = "convention",
        /// Protocol to a convention.
        Protocol = "protocol",
        /// Agreement.
        Agreement = "agreement",
        /// Memorandum of understanding.
        Mou = "mou",
        /// Declaration.
        Declaration = "declaration",
        /// Decision.
        Decision = "decision",
        /// Directive of the European Union.
        Directive = "directive",
        /// Resolution.
        Resolution = "resolution",
        /// Recommendation or conclusions.
        Recommendation = "recommendation",
        /// Plan, programme or platform of action.
        Plan = "plan",
        /// Policy or strategy.
        Policy = "policy",
        /// Charter or statute.
        Charter = "charter",
        /// Guidelines, principles or minimum standards.
        Guideline = "guideline",
        /// Model law, model agreement or model structure.
        Model = "model",
        /// Handbook, manual, checklist or compendium.
        Manual = "manual",
        /// Standard operating procedure.
        Procedure = "procedure",
        /// Study or report.
        Study = "study",
        /// Judgment of a court.
        Judgment = "judgment",
        /// Project with its document.
        Project = "project",
    }
}

coded! {
    /// What a body does in its mechanism.
    BodyKind {
        /// Decides at political level.
        Political = "political",
        /// Senior officials who run the mechanism.
        Officials = "officials",
        /// Secretariat or unit of one.
        Secretariat = "secretariat",
        /// Independent experts.
        Expert = "expert",
        /// Monitors the work.
        Monitoring = "monitoring",
        /// Working group or committee.
        WorkingGroup = "working-group",
        /// One in each State.
        National = "national",
        /// Network of people in several States.
        Network = "network",
        /// Conference or forum.
        Forum = "forum",
        /// Office held by one person.
        Office = "office",
        /// Parliament or a body of one.
        Parliamentary = "parliamentary",
        /// Court.
        Court = "court",
    }
}

coded! {
    /// What another organisation does in a mechanism.
    PartnerRole {
        /// Member that is an organisation.
        Member = "member",
        /// Observer.
        Observer = "observer",
        /// Carries out the work.
        Implements = "implements",
        /// Pays for it.
        Funds = "funds",
        /// Sponsors or hosts it.
        Sponsors = "sponsors",
        /// Chairs it.
        Chairs = "chairs",
        /// Works together with it.
        Cooperates = "cooperates",
    }
}

coded! {
    /// How one mechanism is tied to another.
    RelationKind {
        /// Is a part of it.
        PartOf = "part-of",
        /// Is its secretariat.
        SecretariatOf = "secretariat-of",
        /// Monitors its instrument.
        Monitors = "monitors",
        /// Carries out its plan.
        Implements = "implements",
        /// Supports it.
        Supports = "supports",
        /// Joins several into one.
        PartnershipOf = "partnership-of",
        /// Works with it.
        Cooperates = "cooperates",
    }
}

coded! {
    /// Where a plan stands.
    PlanStatus {
        /// Adopted.
        Adopted = "adopted",
        /// Adopted as a draft.
        Draft = "draft",
        /// Announced.
        Expected = "expected",
        /// Replaced by its successor.
        Replaced = "replaced",
    }
}
