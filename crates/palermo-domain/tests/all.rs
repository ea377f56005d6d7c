//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod care;
mod care_sequences;
mod care_standards;
mod care_support;
mod mechanism_check;
mod mechanisms;
mod questionnaires;
mod rules_of_rights;
