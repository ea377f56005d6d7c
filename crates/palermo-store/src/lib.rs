//! The store: the only crate that speaks SQL. One code for SQLite and
//! PostgreSQL, every change with its audit entry, every secret sealed.
//!
//! Start with `README.md` of this crate: how to open a store, do an act, read,
//! and add a table.

pub mod account;
mod act;
pub mod answered;
pub mod api_token;
pub mod approval;
pub mod audit;
pub mod backup;
pub mod break_glass;
pub mod care;
pub mod case;
mod catalogue;
mod cell;
mod connect;
pub mod contact_point;
pub mod credential;
pub mod desk;
mod entity;
mod error;
pub mod governance;
pub mod hotline;
pub mod hsds_row;
pub mod identification;
pub mod identity_provider;
mod installation;
pub mod invitation;
pub mod keys;
pub mod knowledge;
pub mod known_device;
mod list;
pub mod meeting;
pub mod memorandum;
mod migration;
pub mod network;
pub mod notice;
pub mod outbox;
pub mod own_view;
pub mod plan;
mod read;
pub mod recovery;
pub mod register;
pub mod report;
pub mod review;
pub mod role;
mod scan;
pub mod screening;
pub mod second_view;
pub mod service;
pub mod service_standard;
pub mod session;
mod store;
pub mod structure;
mod table;
pub mod task;
pub mod tenant;
#[cfg(feature = "testing")]
pub mod testing;
pub mod throttle;
mod token;
pub mod unmet_need;
mod write;
pub mod youth_input;

pub use act::{Act, ActContext, Begun, IdempotencyKey, retrying, sweep_idempotency};
pub use audit::entry::{Entry, Outcome, RowChange, Subject};
pub use cell::Kind;
pub use connect::Database;
pub use error::{Error, Result};
pub use keys::{keystore::tables as keystore_catalogue, vault::UnlockedVault};
pub use list::{Page, Paging, fold};
pub use read::PersonalRead;
pub use store::{Db, Store, StoreConfig};
pub use table::{ColumnInfo, Owner, TableInfo, Watch, catalogue};
pub use token::TenantToken;
pub use write::{Revision, Versioned};
