//! What is added to the registers by import and by hand.

pub mod adherence;
pub mod agreement;
pub(crate) mod document;
pub mod law;
pub mod model_adoption;
pub mod obstacle;
pub mod past;
pub mod recorded;
pub mod statement;

pub(crate) use document::documents;
pub use document::{Filed, ListOf};
