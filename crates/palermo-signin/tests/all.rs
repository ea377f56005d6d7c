//! Every test of this crate in one program: linked once, not once a file.

mod codes;
mod oidc;
mod passkeys;
mod support;
