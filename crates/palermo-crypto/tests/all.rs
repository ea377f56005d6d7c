//! Every test of this crate in one program: linked once, not once a file.

mod audit;
mod keys;
mod passphrases;
mod properties;
mod vectors;
mod wycheproof;
