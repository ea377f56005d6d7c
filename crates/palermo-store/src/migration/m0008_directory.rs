//! The directory: services with the columns that finding help reads, calls
//! nobody answered, unmet needs, contact points and who sat there, structures,
//! networks, memoranda, and rows of the exchange standard as they came.

use super::tools::{migration, owned};

migration!(
    "m0008_directory",
    owned("service", &["id"])
        .uuid("id")
        .text("need")
        .text_or_none("state")
        .text("status")
        .text("areas")
        .flag("protected")
        .number("admits")
        .number("excludes")
        .number_or_none("minimum_age_years")
        .number_or_none("maximum_age_years")
        .flag_or_none("step_free")
        .text("languages")
        .number_or_none("available")
        .text_or_none("places_confirmed")
        .text_or_none("assured")
        .text_or_none("hours")
        .text_or_none("time_zone")
        .text("provider")
        .text("folded")
        .text("name")
        .json("body")
        .number("revision")
        .index_across(&["need", "state"])
        .index_across(&["id"]),
    owned("service_call", &["id"])
        .uuid("id")
        .uuid("owner")
        .uuid("service")
        .number("called_at")
        .index_across(&["called_at"]),
    owned("unmet_need", &["id"])
        .uuid("id")
        .text("state")
        .text("need")
        .text("filed_on")
        .json("body")
        .number("revision")
        .index(&["state"]),
    owned("contact_point", &["desk"])
        .uuid("desk")
        .json("body")
        .number("revision")
        .refers("desk", "desk"),
    owned("desk_tenure", &["id"])
        .uuid("id")
        .uuid("desk")
        .uuid("account")
        .flag("alternate")
        .number("from_at")
        .number_or_none("until_at")
        .number("revision")
        .refers("desk", "desk")
        .index(&["desk"]),
    owned("structure", &["id"])
        .uuid("id")
        .text("state")
        .text("kind")
        .json("body")
        .number("revision")
        .index(&["state"]),
    owned("network", &["id"]).uuid("id").text("kind").json("body").number("revision"),
    owned("memorandum", &["id"])
        .uuid("id")
        .text("state")
        .text_or_none("until")
        .json("body")
        .number("revision")
        .index(&["state"]),
    owned("hsds_row", &["resource", "id"])
        .text("resource")
        .uuid("id")
        .json("body")
        .number("revision"),
);
