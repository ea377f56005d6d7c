//! Every test of this crate in one program: linked once, not once a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod audit;
mod keys;
mod passphrases;
mod properties;
mod vectors;
mod wycheproof;
