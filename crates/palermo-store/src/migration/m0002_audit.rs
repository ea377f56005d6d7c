//! The audit log, idempotency and the outbox: what every act writes besides its rows.

use super::tools::{migration, owned};

migration!(
    "m0002_audit",
    owned("audit_entry", &["seq"])
        .number("seq")
        .number("recorded_at")
        .uuid_or_none("account")
        .text("action")
        .text("outcome")
        .bytes("body")
        .bytes("leaf")
        .index(&["account", "seq"])
        .index(&["recorded_at"]),
    // Which entries speak of a record: "who looked at this person" (L4).
    owned("audit_subject", &["kind", "subject", "seq"]).text("kind").text("subject").number("seq"),
    // The end of each log; locking it puts a tenant's acts in a row. Marked with a
    // key the database does not hold, so that no entry can be changed unseen
    // before the next checkpoint either.
    owned("audit_head", &[])
        .number("size")
        .bytes("frontier")
        .number("checkpoint_size")
        .number("checkpoint_at")
        .bytes("mark"),
    owned("audit_checkpoint", &["size"]).number("size").number("recorded_at").text("note"),
    owned("idempotency", &["account", "token"])
        .uuid("account")
        .text("token")
        .bytes("request")
        .json("result")
        .number("seq")
        .number("recorded_at")
        .index(&["recorded_at"]),
    // What leaves: mail, web hooks. The body is sealed while it waits and gone once delivered.
    owned("outbox", &["id"])
        .uuid("id")
        .text("channel")
        .text("destination")
        .text("kind")
        .bytes_or_none("body")
        .text("state")
        .number("attempts")
        .number("next_attempt_at")
        .text_or_none("last_error")
        .number("recorded_at")
        .number_or_none("delivered_at")
        .index(&["state", "next_attempt_at"]),
);
