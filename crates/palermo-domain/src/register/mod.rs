//! The registers: mechanisms, States, instruments, adherence, agreements.

pub mod adherence;
pub mod agreement;
pub mod day;
pub mod document;
pub mod fact;
pub mod finding;
pub mod import;
pub mod instrument;
pub mod law;
pub mod mechanism;
pub mod model_text;
pub mod provenance;
pub mod ratification;
pub mod recorded;
pub mod state;
pub mod statement;
pub mod topic;
