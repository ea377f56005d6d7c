//! Releases: figures about people on their way to the public. Whatever leaves
//! has been protected, attacked, and compared with everything released before.

pub mod files;
pub mod prepare;
mod rebuild;
pub mod report;
pub mod spec;
mod spelling;
pub mod words;
