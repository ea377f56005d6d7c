//! How a service stands to a standard as somebody else than its keeper found: the keeper's
//! own word in the record of the service stays as it is (R082).

use super::tools::{migration, owned};

migration!(
    "m0045_second_views",
    owned("second_view", &["id"])
        .uuid("id")
        .text("service")
        .json("body")
        .number("revision")
        .index(&["service"]),
);
