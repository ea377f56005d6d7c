//! Figures and what is published of them.

pub mod announced;
pub mod batch;
pub mod dataset;
pub mod release;
pub mod signal;
