//! What a recipient asks about a referral and the sender answers, in words: a
//! row at each of the two organisations, sealed to the key pairs of those who
//! open care there, as the referral's own text is.

use super::tools::{migration, owned};

migration!(
    "m0021_referral_words",
    owned("referral_word", &["id"])
        .uuid("id")
        .uuid("referral")
        .text("kind")
        .bytes("sealed")
        .json("wraps")
        // The same words for the other side, where they were written.
        .bytes_or_none("other_sealed")
        .json("other_wraps")
        .number("recorded_at")
        .number("revision")
        .index(&["referral"]),
);
