//! Speed of the disclosure methods on seeded, invented data.
fn main() {
    divan::main();
}
