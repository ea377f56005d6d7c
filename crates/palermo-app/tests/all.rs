//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod abroad;
mod adherence;
mod care;
mod care_support;
mod case_more;
mod cases;
mod content;
mod erasing;
mod grown;
mod import_act;
mod note_drafts;
mod people;
mod person;
mod person_safety;
mod readers;
mod referral_words;
mod said;
mod sequences;
mod team_work;
mod tokens;
