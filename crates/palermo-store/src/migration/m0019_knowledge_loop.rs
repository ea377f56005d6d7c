//! The knowledge loop, in and out: files on their way in, how sources stand to
//! each other, context, sharing protocols, extracts, research, estimates, and
//! what noisy releases have spent. No row is about a person.

use super::tools::{migration, owned};

migration!(
    "m0019_knowledge_loop",
    // Kept a day at most, and only until somebody agrees to what it would bring.
    owned("data_upload", &["id"])
        .uuid("id")
        .uuid("dataset")
        .uuid("account")
        .text("file")
        .text("state")
        .number("seen")
        .number("about")
        .json("body")
        .bytes("bytes")
        .number("recorded_at")
        .number("touched_at"),
    owned("data_overlap", &["id"]).uuid("id").text("pair").json("body").number("revision"),
    owned("data_context", &["id"]).uuid("id").text("title").json("body").number("revision"),
    owned("data_protocol", &["id"]).uuid("id").text("title").json("body").number("revision"),
    owned("data_extract", &["id"]).uuid("id").text("status").json("body").number("revision"),
    owned("data_study", &["id"]).uuid("id").text("title").json("body").number("revision"),
    owned("data_estimate", &["id"]).uuid("id").text("status").json("body").number("revision"),
    owned("data_budget", &["id"]).uuid("id").text("name").json("body").number("revision"),
);
