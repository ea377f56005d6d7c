//! The knowledge loop: datasets with the batches that filled them, releases
//! with everything that was shown, signals. Figures are one block of coded
//! columns a batch, never a row a person.

use super::tools::{migration, owned};

migration!(
    "m0012_knowledge",
    owned("dataset", &["id"]).uuid("id").text("title").json("body").number("revision"),
    owned("data_batch", &["id"])
        .uuid("id")
        .uuid("dataset")
        .flag("kept")
        .json("body")
        .bytes("figures")
        .number("revision")
        .refers("dataset", "dataset")
        .index(&["dataset"]),
    owned("data_release", &["id"])
        .uuid("id")
        .text("slug")
        .text("status")
        .json("body")
        .number("revision")
        .index(&["slug"]),
    owned("data_signal", &["id"])
        .uuid("id")
        .text("series")
        .text("status")
        .json("body")
        .number("revision")
        .index(&["status"]),
);
