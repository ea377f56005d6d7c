//! The knowledge loop: figures that States and organisations send, made
//! comparable without pretending, and what may be published of them.

pub mod amount;
pub mod announced;
pub mod columns;
pub mod dataset;
pub mod editorial;
pub mod flows;
pub mod mapping;
pub mod publication;
pub mod released;
pub mod research;
pub mod sharing;
pub mod signal;
pub mod sources;
