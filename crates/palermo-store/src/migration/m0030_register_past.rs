//! What an entry of the registers said before it was corrected or taken back:
//! the log tells that and by whom, its hashes cannot tell what.

use super::tools::{migration, owned};

migration!(
    "m0030_register_past",
    owned("register_past", &["id"])
        .uuid("id")
        .text("register")
        .uuid("entry")
        .json("body")
        // Only where it was taken back.
        .text_or_none("why")
        .number("recorded_at")
        .index(&["register", "entry"]),
);
