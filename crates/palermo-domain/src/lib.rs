//! Records and rules of Palermo. No I/O, no clock, no randomness: those come
//! in as arguments, so that every rule can be tested in microseconds.
//!
//! One file for each noun; the same noun has its SQL in `palermo-store`, its
//! acts in `palermo-app` and its pages in `palermo-web`.

pub mod account;
pub mod actor;
pub mod break_glass;
pub mod care;
pub mod case;
mod code;
pub mod compartment;
pub mod desk;
pub mod free_text;
pub mod governance;
pub mod hotline;
pub mod hours;
pub mod id;
pub mod identification;
pub mod knowledge;
pub mod meeting;
pub mod memorandum;
pub mod moment;
pub mod money;
pub mod network;
pub mod plan;
pub mod purpose;
pub mod register;
pub mod report;
pub mod review;
pub mod role;
pub mod safeguard;
pub mod screening;
pub mod service;
pub mod structure;
pub mod task;
pub mod tenant;
pub mod two_person;
pub mod unmet_need;
pub mod youth_input;
