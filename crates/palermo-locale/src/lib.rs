//! Messages, numbers, dates and sorting in the languages of the region.
//! Knows nothing else of Palermo.
//!
//! Messages are Fluent files in `content/locales/<language>/*.ftl`, embedded
//! in the program. A file that a machine translated begins with the line
//! `### machine-translated`, and pages say so.

mod catalogue;
mod language;

pub use catalogue::{Arg, Catalogue, MessageProblem};
pub use language::{Direction, Language};
