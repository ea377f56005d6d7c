//! What a person can do in Palermo: one act, one file. Every act loads its
//! facts, asks `access` whether it may, lets `palermo-domain` decide, and
//! writes the change with its audit entry in one transaction.
//!
//! Re-exports the domain and the locale, so that pages need only this crate.

pub mod access;
pub mod account;
pub mod acting;
mod app;
pub mod audit;
pub mod break_glass;
pub mod care;
pub mod case;
pub mod content;
pub mod delivery;
pub mod demo;
pub mod desk;
pub mod directory;
pub mod document;
pub mod export;
pub mod factors;
pub mod governance;
pub mod hotline;
pub mod identification;
pub mod invitation;
pub mod keys;
pub mod knowledge;
pub mod meeting;
pub mod memorandum;
pub mod names;
pub mod notices;
pub mod operator;
pub mod organisation;
pub mod people;
pub mod plan;
pub mod ports;
pub mod public_site;
pub mod recovery;
pub mod refused;
pub mod region;
pub mod register;
pub mod release;
pub mod reminders;
pub mod report;
pub mod review;
pub mod screening;
pub mod service;
pub mod session;
pub mod sheets;
pub mod tenant;
mod throttle;
pub mod token;
pub mod tokens;
pub mod two_person;
pub mod unmet_need;
pub mod work;
pub mod youth_input;

pub use acting::Acting;
pub use app::{App, Parts, check_policy};
pub use palermo_domain as domain;
pub use palermo_locale as locale;
pub use palermo_standards as standards;
pub use refused::{FieldProblem, Message, Problems, Refused};
