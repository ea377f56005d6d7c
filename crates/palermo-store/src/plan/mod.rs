//! Plans of action and what was reported about them.

pub mod document;
pub mod report;
pub mod value;
