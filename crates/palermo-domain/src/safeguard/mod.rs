//! The rules of rights R1 to R12: each with its source, shown to the user as
//! the reason whenever it blocks or warns. They apply after policy; no role
//! and no deployment can switch them off.
//!
//! What a policy overlay of a deployment may never grant is decided in
//! [`overlay`]. The rules about cases live beside the records they bind.

pub mod abroad;
pub mod assistance;
pub mod decision;
pub mod overlay;
pub mod sharing;

use serde::Serialize;

/// A rule of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Rule {
    /// Number, 1 to 12.
    pub number: u8,
    /// Where it comes from.
    pub source: &'static str,
    /// Message that states it to a person (`rule-8`).
    pub message: &'static str,
}

macro_rules! rules {
    ($($number:literal, $name:ident, $source:literal;)*) => {
        $(#[doc = concat!("Rule R", stringify!($number), ".")]
        pub const $name: Rule = Rule { number: $number, source: $source, message: concat!("rule-", $number) };)*
        /// All twelve rules in order.
        pub const RULES: [Rule; 12] = [$($name,)*];
    };
}

rules! {
    1, SUPPORT_IS_UNCONDITIONAL, "A/HRC/14/32 ¶81-84; Working Group rec. 12(a), 12(c)";
    2, SUPPORT_AT_ONCE, "Dakar consultation 182-184; Working Group rec. 12(c)";
    3, AGE_IN_DOUBT_IS_A_CHILD, "UNICEF Guidelines 2006, 3.1; Working Group rec. 14";
    4, RECOVERY_PERIOD, "CETS 197 art. 13; A/HRC/14/32 ¶82";
    5, NO_RETURN_WITHOUT_SAFEGUARDS, "Palermo Protocol art. 8; OHCHR Principles, guideline 6.7";
    6, NO_SHARING_WITHOUT_BASIS, "CETS 197 art. 11; IOM Data Protection Manual, principles 4 and 5";
    7, NON_PUNISHMENT, "CETS 197 art. 26; Working Group rec. 12(b)";
    8, IDENTITY_APART, "Palermo Protocol art. 6(1); IOM Data Protection Manual, principle 6";
    9, CONFIDENTIAL_ADDRESSES, "Palermo Protocol art. 6(3); CETS 197 art. 12";
    10, NO_PUBLICATION_WITHOUT_CONTROL, "A/HRC/14/32 ¶69; CTDC codebook, k-anonymity";
    11, DEFINITIONS_ARE_NOT_ADDED, "Background paper III.III.1; Dakar consultation 249-253";
    12, DECISIONS_NAME_THEIR_AUTHOR, "CETS 197 art. 10; OHCHR Principles, guideline 2";
}

/// A rule refused what was asked, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rule R{} forbids this: {reason} (source: {})", rule.number, rule.source)]
pub struct Forbidden {
    /// Which rule.
    pub rule: Rule,
    /// What would have broken it, for the person asking.
    pub reason: String,
}
