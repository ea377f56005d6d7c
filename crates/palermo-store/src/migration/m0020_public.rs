//! The release calendar: announcements stay when their day passes, so that
//! everyone can see which were kept.

use super::tools::{migration, owned};

migration!(
    "m0020_public",
    owned("release_announcement", &["id"])
        .uuid("id")
        .text("due")
        .json("body")
        .number("revision")
        .index(&["due"]),
);
