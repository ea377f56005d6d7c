//! Registers: adherence belongs to the whole installation and is written by
//! the house; agreements, law entries, obstacles, uses of model texts and
//! statements belong to the organisation that answers for them. Records that
//! are shown whole and never searched inside are one JSON document.

use super::tools::{migration, owned, shared};

migration!(
    "m0006_registers",
    shared("adherence", &["instrument", "party"])
        .text("instrument")
        .text("party")
        .json("acts")
        .text_or_none("in_force")
        .text("source")
        .text("as_of")
        .number("revision")
        .index(&["party"]),
    owned("agreement", &["id"])
        .uuid("id")
        .text("name")
        .text("folded")
        .text("status")
        .json("body")
        .number("revision")
        .index(&["folded"]),
    owned("law_entry", &["id"])
        .uuid("id")
        .text("state")
        .text("topic")
        .json("body")
        .number("revision")
        .index(&["state"]),
    owned("obstacle_report", &["id"])
        .uuid("id")
        .text("instrument")
        .text("state")
        .text("reported")
        .json("body")
        .number("revision")
        .index(&["instrument", "state"]),
    owned("model_adoption", &["id"])
        .uuid("id")
        .text("model")
        .text("state")
        .json("body")
        .number("revision")
        .index(&["model"]),
    owned("register_statement", &["id"])
        .uuid("id")
        .text("about")
        .text("record")
        .text("field")
        .json("body")
        .number("revision")
        .index(&["about", "record"]),
);
