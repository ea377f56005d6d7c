//! The installation and its tenants: everything else belongs to one of the two.

use super::tools::{migration, owned, shared};

migration!(
    "m0001_house",
    // Facts about the installation by name: which tenant is the house.
    shared("installation", &["name"]).text("name").json("value").number("recorded_at"),
    // The one key the root key wraps.
    shared("installation_key", &["name"])
        .text("name")
        .number("version")
        .bytes("wrapped")
        .number("recorded_at"),
    owned("tenant", &[])
        .text("name")
        .text("folded")
        .text("kind")
        .text_or_none("state")
        .text("language")
        .number("recorded_at")
        .number("revision"),
);
