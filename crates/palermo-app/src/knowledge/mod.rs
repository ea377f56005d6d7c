//! The knowledge loop: figures come in, are made comparable, are looked at,
//! watched, and published once they cannot hurt anyone.

pub mod budget;
pub mod context;
pub mod datasets;
pub mod demo;
pub mod demo_loop;
pub mod estimates;
pub mod explore;
pub mod exports;
pub mod extract_requests;
pub mod extracts;
pub mod importing;
pub mod imports;
pub mod mappings;
pub mod operator;
pub mod protocols;
pub mod publishing;
mod release_form;
pub mod releases;
pub mod replacing;
mod signal_tasks;
pub mod signals;
pub mod sources;
pub mod studies;
pub mod take;
mod take_formats;
pub mod threshold;
pub(crate) mod told;
pub mod trends;
pub mod uploads;
mod warn;
pub mod watching;
