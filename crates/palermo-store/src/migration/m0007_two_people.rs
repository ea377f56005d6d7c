//! What two people do together, and ways to come in: questions one asks and
//! another decides, break-glass, the key of the document index, answers to
//! passkeys that count once, an organisation's own sign-in.

use super::tools::{migration, owned};

migration!(
    "m0007_two_people",
    // One asks, another agrees, it is done once (A8).
    owned("approval", &["id"])
        .uuid("id")
        .text("action")
        .text("subject")
        .uuid("asked_by")
        .number("recorded_at")
        .number("ends_at")
        .uuid_or_none("decided_by")
        .flag("agreed")
        .number_or_none("used_at")
        .number("revision")
        .refers("asked_by", "account")
        .index(&["action", "subject"]),
    // Someone on call opened a person's care and identity (A7).
    owned("break_glass", &["id"])
        .uuid("id")
        .uuid("account")
        .uuid("person")
        .text("reason")
        .number("opened_at")
        .number("ends_at")
        .number_or_none("ended_at")
        .uuid_or_none("reviewed_by")
        .number_or_none("reviewed_at")
        .number("revision")
        .refers("account", "account")
        .index(&["account", "ends_at"])
        .index(&["person"]),
    // The key by which document numbers are found, wrapped by each identity key
    // in use: a new identity key then does not empty the index.
    owned("blind_index_key", &["identity_key"])
        .uuid("identity_key")
        .bytes("wrapped")
        .number("recorded_at")
        .number("revision"),
    // Challenges that were answered: an answer counts once, also where an
    // authenticator keeps no counter.
    owned("answered", &["challenge"]).bytes("challenge").number("ends_at").index(&["ends_at"]),
    // An organisation's own sign-in (OpenID Connect). The secret is sealed; the
    // provider's signing keys are kept from the last time.
    owned("identity_provider", &["id"])
        .uuid("id")
        .text("name")
        .json("settings")
        .bytes("secret")
        .json("signing_keys")
        .flag("open")
        .number("recorded_at")
        .number("revision"),
);
