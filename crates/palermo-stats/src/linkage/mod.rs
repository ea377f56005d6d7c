//! Record linkage: which records of two lists are about the same person, and
//! how large is the overlap of lists whose owners may not show each other names.
//!
//! # Which method
//!
//! | question | module | who sees names |
//! |---|---|---|
//! | both lists may be read in one place | [`fellegi_sunter`] | the one who links |
//! | lists may leave only as codes, and spelling varies | [`clk`] with [`dice`] | each owner their own |
//! | only the sizes of the overlaps are wanted, for [`crate::estimate`] | [`intersection`] | each owner their own |
//!
//! # What to beware of
//!
//! Linkage errors are not harmless in estimation: a missed link makes the dark
//! figure too large, a false one too small. Say the error rates next to the
//! estimate. Bloom-filter codes ([`clk`]) are pseudonyms, not anonymous data:
//! they fall to frequency and pattern-mining attacks (Kroll & Steinmetzer 2015;
//! Christen, Ranbaduge, Vatsalan & Schnell 2018). Use a secret for one project
//! only, give the codes to nobody but the linkage unit, and only under agreement.
//!
//! # Sources
//!
//! Fellegi & Sunter, JASA 64:1183 (1969); Winkler, ASA Section on Survey Research
//! Methods (1988, 1990); Schnell, Bachteler & Reiher, BMC Med. Inform. Decis. Mak.
//! 9:41 (2009); Linacre et al., Int. J. Popul. Data Sci. 7(1) (2022); Meadows, IEEE
//! S&P (1986); De Cristofaro, Gasti & Tsudik, CANS (2012).

pub mod assign;
pub mod blocking;
pub mod clk;
pub mod dice;
pub mod em;
pub mod fellegi_sunter;
pub mod intersection;
mod invented;
pub mod lists;
pub mod popcount;
pub mod schema;
pub mod similarity;
pub mod tokens;
mod values;

pub use invented::{InventedPerson, invented_lists};

/// Why linkage was refused.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum LinkError {
    /// The schema is not one this crate can follow.
    #[error("the linkage schema cannot be used: {0}")]
    Schema(String),
    /// Values that the schema does not allow, all that were found (at most 20).
    #[error("{}", .0.join("\n"))]
    Values(Vec<String>),
    /// Codes of different length cannot be compared.
    #[error("the codes have different lengths: {a} and {b} bits")]
    Lengths {
        /// Bits of the first list.
        a: usize,
        /// Bits of the second list.
        b: usize,
    },
    /// A similarity outside its range.
    #[error("the threshold `{0}` is not above 0 and at most 1")]
    Threshold(f64),
    /// More pairs than can be held.
    #[error("more than {0} candidate pairs; raise the threshold or block more narrowly")]
    TooMany(usize),
    /// A column that is missing, or a setting that contradicts itself.
    #[error("{0}")]
    Settings(String),
    /// A message of the private intersection that does not follow the protocol.
    #[error("the message of `{from}` is refused: {reason}")]
    Message {
        /// Party that owns the set in the message.
        from: String,
        /// What is wrong with it.
        reason: String,
    },
}
