//! Facts of the registers an editor records beside what ships, so that a
//! profile stays true without a new file: only added and taken back, with who
//! and when and why, never overwritten.

use super::tools::{migration, owned};

migration!(
    "m0031_recorded_facts",
    owned("recorded_fact", &["id"])
        .uuid("id")
        .text("kind")
        // The mechanism or instrument it is about.
        .text("subject")
        .json("value")
        .flag("preferred")
        .text("source")
        .text("as_of")
        .text_or_none("note")
        .uuid("recorded_by")
        .number("recorded_at")
        .uuid_or_none("withdrawn_by")
        .number_or_none("withdrawn_at")
        .text_or_none("withdrawn_why")
        .number("revision")
        .index(&["kind", "subject"]),
);
