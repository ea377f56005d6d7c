//! Screening: the indicator sets that ship, and what the engine says put into
//! the reader's words.

pub mod report;
pub mod sets;
