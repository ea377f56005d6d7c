//! Notes of cases as they are typed: whose they are and until when they are kept. The
//! words are sealed in `sealed_value`, never here.

use super::tools::{migration, owned};

migration!(
    "m0039_note_drafts",
    owned("case_note_draft", &["case_id", "account"])
        .uuid("case_id")
        .uuid("account")
        .uuid("person")
        .number("expires_at")
        .number("recorded_at")
        .number("revision")
        .index_across(&["expires_at"]),
);
