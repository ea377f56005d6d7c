//! The parts pages are made of: GOV.UK Frontend's components as Rust values, and Palermo's own.
//!
//! Each part is a struct with its own template, so that it is compiled once, tested alone and
//! nested without being escaped twice: put it in a page as `{{ part }}`. What a part shows is a
//! [`Content`]: plain strings are escaped, and only [`Content::html`] and other parts go in as
//! they are. An empty string stands for "not given" in ids, names and classes.
//!
//! Words a part brings itself ("Error:", "Show password") come from [`Words`], which the layout
//! fills from the reader's language; `Words::default()` is English.

mod accordion;
mod choices;
mod content;
mod dates;
mod fields;
mod listing;
mod marks;
mod navigation;
mod palermo;
mod pick;
mod structure;
mod text;
mod words;

#[cfg(test)]
mod conformance;

pub use accordion::*;
pub use choices::*;
pub(crate) use content::parts;
pub use content::{Attributes, Classes, Content};
pub use dates::*;
pub use fields::*;
pub use listing::*;
pub use marks::*;
pub use navigation::*;
pub use palermo::*;
pub use pick::*;
pub use structure::*;
pub use text::*;
pub use words::Words;
