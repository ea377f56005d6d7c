//! What States report of decisions of meetings, each a row of the State that reports it:
//! a meeting's own record belongs to whoever keeps the meeting.

use super::tools::{migration, owned};

migration!(
    "m0037_decision_replies",
    owned("decision_reply", &["id"])
        .uuid("id")
        .text("meeting")
        .text("state")
        .json("body")
        .number("revision")
        .index(&["meeting", "state"]),
);
