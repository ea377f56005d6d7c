//! A person a case is about: the coded facts every helper needs. Name, contact
//! and documents are sealed in the compartment identity.
//!
//! [`Background`] is a record of its own on purpose: nationality, immigration
//! status and cooperation with authorities may add an offer, and no function
//! that decides, delays or ranks help takes it as an argument (R1).

use crate::{
    code::coded,
    id::{PersonId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

coded! {
    /// Adult, child, or not known: then treated as a child until shown otherwise (R3).
    AgeGroup {
        /// Eighteen or older.
        Adult = "adult",
        /// Under eighteen.
        Child = "child",
        /// Not known: the rights of a child hold.
        Unsure = "unsure",
    }
}

impl AgeGroup {
    /// Whether the rights of a child hold (R3).
    #[must_use]
    pub const fn has_the_rights_of_a_child(self) -> bool {
        matches!(self, Self::Child | Self::Unsure)
    }
}

coded! {
    /// Sex as the person states it (code list `sex_sdmx`).
    Sex {
        /// Female.
        Female = "F",
        /// Male.
        Male = "M",
        /// Another.
        Other = "_O",
        /// Not known or not said.
        Unknown = "_U",
    }
}

coded! {
    /// What a person needs to be understood (R097).
    Communication {
        /// An interpreter.
        Interpreter = "interpreter",
        /// An interpreter who is a woman.
        WomanInterpreter = "woman_interpreter",
        /// An interpreter who is a man.
        ManInterpreter = "man_interpreter",
        /// Sign language.
        SignLanguage = "sign_language",
        /// Cannot read: everything is said aloud.
        NotReading = "not_reading",
        /// Easy language or a support person.
        EasyLanguage = "easy_language",
    }
}

/// Whom a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing, derived from nothing (E04).
    pub id: PersonId,
    /// Adult, child or not known.
    pub age: AgeGroup,
    /// Year of birth, if told.
    pub birth_year: Option<u16>,
    /// Sex, if told.
    pub sex: Option<Sex>,
    /// Language the person wants to be spoken to in (BCP 47).
    pub language: String,
    /// What they need to be understood.
    pub communication: Vec<Communication>,
    /// Whether they agreed that other care organisations may be asked if they
    /// are known there (R096); not yet asked if empty.
    pub may_be_looked_for: Option<bool>,
    /// When the record was made.
    pub recorded_at: Moment,
}

impl Person {
    /// The language of nobody: the mark of an erased person.
    pub const NOBODY: &'static str = "und";

    /// Whether everything sealed about them was destroyed.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.language == Self::NOBODY
    }
}

coded! {
    /// Immigration status as the person told it. Special category: own table, own right.
    ImmigrationStatus {
        /// Citizen of the State they are in.
        Citizen = "citizen",
        /// May stay.
        Regular = "regular",
        /// Without permission to stay.
        Irregular = "irregular",
        /// Asks for international protection, or has it.
        Protection = "protection",
        /// Without any nationality.
        Stateless = "stateless",
        /// Not told or not known.
        Unknown = "unknown",
    }
}

coded! {
    /// Whether the person works with the authorities. Never a condition of anything.
    Cooperation {
        /// Does.
        Cooperates = "cooperates",
        /// Does not.
        Declines = "declines",
        /// Has not decided.
        Undecided = "undecided",
        /// Was not asked.
        NotAsked = "not_asked",
    }
}

/// What may add an offer and decides nothing (R1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Background {
    /// Organisation.
    pub tenant: TenantId,
    /// Whose.
    pub person: PersonId,
    /// Nationalities, alpha-3.
    pub nationalities: Vec<String>,
    /// Immigration status.
    pub immigration: ImmigrationStatus,
    /// Cooperation with authorities.
    pub cooperation: Cooperation,
}
