//! Documents that say who someone is: a passport, a card. All of it is sealed
//! in the compartment identity; nothing that decides about help asks for it (R1).

use crate::{code::coded, register::day::Day};
use serde::{Deserialize, Serialize};

/// Most documents of one person.
pub const MOST: usize = 30;

coded! {
    /// A kind of document.
    PaperKind {
        /// A passport.
        Passport = "passport",
        /// A national identity card.
        NationalId = "national_id",
        /// A residence permit.
        ResidencePermit = "residence_permit",
        /// A travel document in place of a passport, also from a consulate.
        TravelDocument = "travel_document",
        /// A document of someone who asks for protection.
        ProtectionDocument = "protection_document",
        /// A birth certificate.
        BirthCertificate = "birth_certificate",
        /// Another.
        Other = "other",
    }
}

coded! {
    /// Where a document is. That somebody else holds it is a sign of exploitation
    /// and something to be got back.
    PaperAt {
        /// The person has it.
        Person = "person",
        /// Kept for the person, who can have it any time.
        Kept = "kept",
        /// Somebody holds it against the person's will.
        Withheld = "withheld",
        /// An authority has it.
        Authority = "authority",
        /// It is lost.
        Lost = "lost",
        /// Not known.
        Unknown = "unknown",
    }
}

/// A document of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Tells the documents of one person apart.
    pub mark: u32,
    /// Kind.
    pub kind: PaperKind,
    /// Its number, as it is written there.
    pub number: String,
    /// The State that gave it, alpha-3; empty if not told.
    pub state: String,
    /// Until when it holds.
    pub until: Option<Day>,
    /// Where it is.
    pub at: PaperAt,
}
