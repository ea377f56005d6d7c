//! The Palermo program.
fn main() {}
