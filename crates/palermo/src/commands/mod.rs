//! The commands, one file each.

pub mod adherence;
pub mod backup;
pub mod demo;
pub mod duties;
pub mod export;
pub mod figures;
pub mod hsds;
pub mod import;
pub mod init;
pub mod key;
pub mod mechanisms;
pub mod open;
pub mod plan;
mod plan_file;
pub mod report;
pub mod restore;
pub mod review;
pub mod screen;
pub mod serve;
pub mod sheets;
pub mod stats;
pub mod user;
pub mod validate;
pub mod verify;
