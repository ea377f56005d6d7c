//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli_backup;
mod cli_console;
mod cli_directory;
mod cli_figures;
mod cli_init;
mod cli_user;
mod cli_verify;
mod common;
mod durability;
mod faults;
mod live;
mod privacy;
mod screen;
mod speed;
mod speed_plans;
mod stats_disclosure;
mod stats_knowledge;
mod stats_linkage;
