//! Exchange formats, one file each: bytes ↔ typed values. No database, no
//! clock, no access decisions.

pub mod delimited;
pub mod document;
pub mod hsds;
pub mod sheet;
pub mod state_list;
pub mod treaty_status;
