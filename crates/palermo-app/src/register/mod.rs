//! The registers: what ships as files, what is imported, and how both are
//! shown and taken away.

pub mod import_adherence;
pub mod list_parties;
mod load;
pub mod sheets;

pub use load::Registers;
