//! Plans of action: a plan is one document of the organisation that answers for
//! it; what was reached is reported by many, so values are rows of their own.

use super::tools::{migration, owned};

migration!(
    "m0014_plans",
    owned("plan", &["id"])
        .uuid("id")
        .text("code")
        .json("body")
        .number("revision")
        .unique(&["code"]),
    owned("plan_value", &["id"])
        .uuid("id")
        .text("plan")
        .text("indicator")
        .text("place")
        .text("period")
        .json("body")
        .number("revision")
        .unique(&["plan", "indicator", "place", "period"]),
    owned("plan_report", &["id"])
        .uuid("id")
        .text("plan")
        .text("row")
        .json("body")
        .number("revision")
        .index(&["plan", "row"]),
);
