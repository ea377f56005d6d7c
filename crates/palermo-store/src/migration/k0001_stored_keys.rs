//! The keystore: one wrapped key per person and compartment.

use super::tools::{migration, owned};

migration!(
    "k0001_stored_keys",
    owned("stored_key", &["person", "compartment", "id"])
        .uuid("person")
        .text("compartment")
        .uuid("id")
        .uuid("compartment_key")
        .number("version")
        .bytes("wrapped")
        .number("recorded_at")
        .index(&["compartment_key"])
        .index(&["id"]),
);
