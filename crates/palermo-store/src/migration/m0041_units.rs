//! That a State stands by the unit of a figure, said by the State after it reported: the
//! report of the receiving body is made anew, the submission stays as it was sent. And words
//! that are saved as they are typed, before they become a remark or an account.

use super::tools::{migration, owned};

migration!(
    "m0041_units",
    owned("unit_confirmation", &["id"])
        .uuid("id")
        .text("questionnaire")
        .text("state")
        .json("body")
        .number("revision")
        .index(&["questionnaire", "state"]),
    owned("typed_words", &["id"])
        .uuid("id")
        .text("account")
        .text("about")
        .json("body")
        .number("revision")
        .index(&["about", "account"]),
);
