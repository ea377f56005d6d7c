//! Figures and what is published of them.

pub mod announced;
pub mod batch;
pub mod budget;
pub mod context;
pub mod dataset;
pub mod estimate;
pub mod extract;
pub mod overlap;
pub mod protocol;
pub mod release;
pub mod signal;
pub mod study;
pub mod upload;
