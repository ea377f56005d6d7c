//! Care: what is planned with and done for a person, in coded facts; the
//! person's own view of what is held; what they ask for and what they answer
//! after a service, kept where the provider cannot read it.

use super::tools::{migration, owned};

migration!(
    "m0011_care",
    owned("care_record", &["id"])
        .uuid("id")
        .uuid("case_id")
        .text("kind")
        .json("facts")
        .text_or_none("starts")
        .text_or_none("ends")
        .text_or_none("due")
        .uuid("author")
        .number("recorded_at")
        .number("revision")
        .refers("case_id", "case_file")
        .index(&["case_id"])
        .index(&["kind", "due"]),
    owned("own_view", &["id"])
        .uuid("id")
        .uuid("case_id")
        .uuid("opened_by")
        .text("language")
        .text("slip")
        .bytes("salt")
        .bytes("secret")
        .bytes("bundle")
        .number("tries")
        .number("expires_at")
        .number_or_none("used_at")
        .number("revision")
        .refers("case_id", "case_file")
        .index(&["case_id"]),
    owned("own_request", &["id"])
        .uuid("id")
        .uuid_or_none("case_id")
        .text("kind")
        .json("sealed")
        .number("recorded_at")
        .number("due_at")
        .number_or_none("answered_at")
        .number("revision")
        .index(&["case_id"])
        .index(&["answered_at"]),
    owned("own_answer", &["id"])
        .uuid("id")
        .uuid("about")
        .text("service")
        .text("half_year")
        .json("replies")
        .number("revision")
        .index(&["about", "half_year"]),
);
