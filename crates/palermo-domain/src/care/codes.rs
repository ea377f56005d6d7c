//! Codes of care, each with its words in English as documentation; pages show
//! them from the message files as `care-<list>-<code>`.

/// An enumeration whose values have stable codes.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $(#[doc = $label] #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// All values, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code stored and used in addresses.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The value with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What kind of care record it is.
    CareKind {
        Plan = "plan", "What the person wishes, and when it is looked at again";
        Need = "need", "Something the person needs";
        Service = "service", "Something done for the person, by whom, from when to when";
        Recovery = "recovery", "The recovery and reflection period";
        Permit = "permit", "Leave to stay: applied for, given, renewed, refused";
        LegalAid = "legal-aid", "A lawyer, or why there is none";
        Information = "information", "What was explained, in which language";
        Risk = "risk", "What threatens the person, how much, until when that holds";
        SafetyPlan = "safety-plan", "What is done about it";
        Progress = "progress", "One mark of a life of one's own";
        FollowUp = "follow-up", "A later contact the person agreed to";
        Guardian = "guardian", "Guardian of a child";
        BestInterests = "best-interests", "What is best for a child, weighed and decided";
        Interview = "interview", "A conversation with a child";
        ReturnChecklist = "return-checklist", "Minimum standards of a child's return";
    }
}

codes! {
    /// How a record stands on a day: for lists, tags and reminders.
    Standing {
        Planned = "planned", "Not begun";
        Running = "running", "Under way";
        Due = "due", "To be looked at within two weeks";
        Overdue = "overdue", "Should have been looked at";
        Over = "over", "Over";
    }
}

impl CareKind {
    /// Whether the record exists only for who has the rights of a child (R3).
    #[must_use]
    pub const fn for_children_only(self) -> bool {
        matches!(
            self,
            Self::Guardian | Self::BestInterests | Self::Interview | Self::ReturnChecklist
        )
    }
}
