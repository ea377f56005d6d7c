//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod audit;
mod care;
mod cases;
mod come_in;
mod directory;
mod directory_desks;
mod directory_traces;
mod directory_work;
mod documents;
mod fields;
mod gallery;
mod governance;
mod kept;
mod keys;
mod knowledge;
mod knowledge_rules;
mod messages;
mod money;
mod on_call;
mod person;
mod person_rows;
mod plan_parts;
mod plan_writing;
mod plans;
mod public_site;
mod registers;
mod registers_own;
mod report_loop;
mod reports;
mod rights;
mod screening;
mod signals;
mod support;
mod swapped;
mod two_people;
