//! Messages, numbers, dates and sorting in the languages of the region.
//! Knows nothing else of Palermo.
//!
//! Messages are Fluent files in `content/locales/<language>/*.ftl`, embedded
//! in the program. A file that a machine translated begins with the line
//! `### machine-translated`, and pages say so.

mod cache;
mod catalogue;
mod dates;
mod language;
mod numbers;
mod sorting;

pub use catalogue::{Arg, Catalogue, MessageProblem};
pub use dates::{date, digits, moment, month, year};
pub use language::{Direction, Language};
pub use numbers::{change, fixed, number, percent, whole};
pub use sorting::{compare, list, sort_by_name};
