//! Minimum standards for services: what a State or the region asks of them, so that an
//! assessment can be told from one under another standard (R082).

use super::tools::{migration, owned};

migration!(
    "m0033_service_standards",
    owned("service_standard", &["id"])
        .uuid("id")
        .text_or_none("state")
        .json("body")
        .number("revision")
        .index(&["state"]),
);
