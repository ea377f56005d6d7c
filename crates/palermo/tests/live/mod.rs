//! The program running as it will run, and a client for it.
#![allow(dead_code)] // each test file uses its part

pub mod client;
pub mod region;
pub mod server;
