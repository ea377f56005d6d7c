//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acts;
mod audit;
mod backup;
mod canaries;
mod directory;
mod key_changes;
mod keys;
mod kill;
mod killed;
mod knowledge;
mod migrations;
mod outbox;
mod plans;
mod registers;
mod schema;
mod screening;
mod shelter;
mod sign_in;
mod traces;
