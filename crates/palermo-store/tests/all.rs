//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acts;
mod audit;
mod backup;
mod canaries;
mod dictionary;
mod directory;
mod key_changes;
mod keys;
mod kill;
mod killed;
mod knowledge;
mod meetings;
mod migrations;
mod more_time;
mod outbox;
mod plans;
mod recorded_facts;
mod registers;
mod schema;
mod screening;
mod shelter;
mod sign_in;
mod traces;
