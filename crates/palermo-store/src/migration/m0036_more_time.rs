//! More time for a report: what a State asked for belongs to the State, what was decided
//! about it to the body that receives the report.

use super::tools::{NewTable, migration, owned};

/// A document with an id, found by mechanism and State.
fn document(name: &'static str) -> NewTable {
    owned(name, &["id"])
        .uuid("id")
        .text("mechanism")
        .text("state")
        .json("body")
        .number("revision")
        .index(&["mechanism", "state"])
}

migration!("m0036_more_time", document("duty_extension"), document("extension_decision"));
