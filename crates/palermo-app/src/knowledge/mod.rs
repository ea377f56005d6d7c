//! The knowledge loop: figures come in, are made comparable, are looked at,
//! watched, and published once they cannot hurt anyone.

pub mod datasets;
pub mod demo;
pub mod explore;
pub mod publishing;
pub mod releases;
pub mod signals;
pub mod take;
pub mod watching;
