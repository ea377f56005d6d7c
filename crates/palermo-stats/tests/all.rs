//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod disclosure_dp;
mod disclosure_readers;
mod disclosure_records;
mod disclosure_support;
mod disclosure_synthesis;
mod disclosure_tables;
mod glm;
mod linkage_clk;
mod linkage_fellegi_sunter;
mod linkage_intersection;
mod linkage_reference;
mod mse_bootstrap;
mod mse_common;
mod mse_graphs;
mod mse_properties;
mod mse_rcapture;
mod mse_search;
mod mse_simulation;
mod mse_stepwise;
mod scan;
mod series_reference;
mod surveillance_charts;
mod surveillance_ears;
mod surveillance_farrington;
mod surveillance_table;
