//! Keys of compartments, staff and persons, and what is sealed with them.

pub mod keystore;
