//! Who asked in a person's name, and the way the answer of an independent body
//! goes back to a person it does not know: sealed to a key that the code on
//! their slip alone opens. A row beside a request, where there is one of these.

use super::tools::{migration, owned};

migration!(
    "m0024_own_reply",
    owned("own_reply", &["id"])
        .uuid("id")
        .text("asked_by")
        .text_or_none("slip")
        .bytes_or_none("salt")
        .bytes_or_none("public")
        .bytes_or_none("secret")
        .bytes_or_none("answer")
        .number("revision")
        .index_across(&["slip"]),
);
