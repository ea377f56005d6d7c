//! What children and young people said about prevention and policy (R132):
//! who said it has no column.

use super::tools::{migration, owned};

migration!(
    "m0016_youth",
    owned("youth_input", &["id"])
        .uuid("id")
        .text("forum")
        .text_or_none("state")
        .text("heard_on")
        .json("body")
        .number("revision"),
);
