//! The commands, one file each.

pub mod adherence;
pub mod demo;
pub mod export;
pub mod import;
pub mod mechanisms;
pub mod serve;
pub mod stats;
