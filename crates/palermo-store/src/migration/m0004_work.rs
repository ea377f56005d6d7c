//! Desks, to which work is sent, and tasks, with their deadlines.

use super::tools::{migration, owned};

migration!(
    "m0004_work",
    owned("desk", &["id"])
        .uuid("id")
        .text("name")
        .text("folded")
        .text("level")
        .text_or_none("state")
        .json("topics")
        .json("languages")
        .text("time_zone")
        .text("hours")
        .text_or_none("telephone")
        .flag("open")
        .number("revision")
        .index(&["name"]),
    owned("desk_member", &["desk", "account"])
        .uuid("desk")
        .uuid("account")
        .flag("alternate")
        .number("revision")
        .refers("desk", "desk")
        .refers("account", "account")
        .index(&["account"]),
    owned("task", &["id"])
        .uuid("id")
        .text("kind")
        .text_or_none("subject")
        .text("note")
        .uuid_or_none("desk")
        .uuid_or_none("assignee")
        .number_or_none("due_at")
        .number_or_none("done_at")
        .uuid_or_none("done_by")
        .number("recorded_at")
        .number("revision")
        .refers("desk", "desk")
        .refers("assignee", "account")
        .index(&["assignee", "done_at", "due_at"])
        .index(&["desk", "done_at", "due_at"]),
);
