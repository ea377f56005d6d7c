//! What a person can do in Palermo: one act, one file. Every act loads its
//! facts, asks `access` whether it may, lets `palermo-domain` decide, and
//! writes the change with its audit entry in one transaction.
//!
//! Re-exports the domain and the locale, so that pages need only this crate.

pub mod access;

pub use palermo_domain as domain;
pub use palermo_locale as locale;
