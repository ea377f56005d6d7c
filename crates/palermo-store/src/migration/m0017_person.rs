//! The person at home: what waits to be delivered, who was told of a consent
//! taken back, questions whether others know a person, files on a case, and
//! sealed files for bodies that are not here.

use super::tools::{migration, owned};

migration!(
    "m0017_person",
    // What leaves, sealed to its recipient, until it has arrived there: a crash
    // between two organisations' acts loses nothing.
    owned("referral_out", &["id"])
        .uuid("id")
        .uuid("recipient")
        .bytes("sealed")
        .json("wraps")
        .number("recorded_at")
        .number("revision"),
    // A consent taken back, as the recipient has it.
    owned("withdrawal_in", &["id"])
        .uuid("id")
        .uuid("sender")
        .uuid("referral")
        .uuid_or_none("desk")
        .text("purpose")
        .number("told_at")
        .text("answer")
        .text("provision")
        .number_or_none("answered_at")
        .number("revision")
        .refers("desk", "desk")
        .index(&["desk", "answer"])
        .index(&["referral"]),
    owned("look_for", &["id"])
        .uuid("id")
        .uuid("case_id")
        .uuid("person")
        .uuid("asked_by")
        .number("asked_at")
        .number("expires_at")
        .number_or_none("ended_at")
        .number("revision")
        .refers("case_id", "case_file")
        .index(&["case_id", "asked_at"])
        .index(&["asked_by", "asked_at"])
        .index(&["person", "asked_at"]),
    // One organisation's answer, sealed to whoever asked.
    owned("look_for_answer", &["look_for", "organisation"])
        .uuid("look_for")
        .uuid("organisation")
        .bytes("sealed")
        .number("answered_at")
        .number("revision")
        .refers("look_for", "look_for"),
    // A question as an asked organisation has it, sealed to those who open identity.
    owned("look_for_in", &["id"])
        .uuid("id")
        .uuid("sender")
        .json("sealed")
        .number("asked_at")
        .number("expires_at")
        .number_or_none("answered_at")
        .number("revision")
        .index(&["answered_at", "expires_at"]),
    owned("attachment", &["id"])
        .uuid("id")
        .uuid("case_id")
        .uuid("person")
        .text("kind")
        .text("media")
        .number("size")
        .number("recorded_at")
        .uuid_or_none("recorded_by")
        .number("revision")
        .refers("case_id", "case_file")
        .index(&["case_id", "recorded_at"])
        .index(&["person"]),
    owned("sealed_file", &["id"])
        .uuid("id")
        .uuid("case_id")
        .uuid("referral")
        .text("slip")
        .bytes_or_none("sealed")
        .number("expires_at")
        .number("fetched")
        .number_or_none("fetched_at")
        .number_or_none("revoked_at")
        .number("recorded_at")
        .number("revision")
        .refers("case_id", "case_file")
        .index(&["case_id"])
        .index(&["expires_at"])
        // Whoever fetches a file does not know under whose name it is kept.
        .index_across(&["slip"]),
);
