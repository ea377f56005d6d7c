//! Keys of compartments and staff, and everything that is sealed under a person's key.

use super::tools::{migration, owned};

migration!(
    "m0005_keys",
    owned("compartment_key", &["compartment", "id"])
        .text("compartment")
        .uuid("id")
        // Only for compartments the server may open; care and identity have none.
        .bytes_or_none("wrapped")
        .number("recorded_at")
        .number_or_none("retired_at")
        .number("revision"),
    owned("key_wrap", &["compartment", "key", "holder_key"])
        .text("compartment")
        .uuid("key")
        .uuid("holder_key")
        .bytes("wrapped")
        .number("recorded_at")
        .number("revision")
        .index(&["holder_key"]),
    // Key pairs of staff, and recovery key pairs of the tenant. Private halves of
    // staff are in staff_key_seal; those of recovery never come here.
    owned("staff_key", &["id"])
        .uuid("id")
        .text("holder_kind")
        .uuid("holder")
        .bytes("public")
        .number("recorded_at")
        .number_or_none("retired_at")
        .number("revision")
        .index(&["holder"]),
    owned("staff_key_seal", &["key", "method", "credential"])
        .uuid("key")
        .text("method")
        .uuid("credential")
        .bytes("sealed")
        .json("facts")
        .number("recorded_at")
        .number("revision")
        .refers("key", "staff_key"),
    // The recovery pair's private half, for each two officers.
    owned("recovery_seal", &["key", "opens", "releases"])
        .uuid("key")
        .uuid("opens")
        .uuid("releases")
        .bytes("sealed")
        .bytes_or_none("released")
        .number("recorded_at")
        .number("revision")
        .refers("key", "staff_key"),
    // That a person key is in the keystore; without this row a key there is an orphan.
    owned("person_key", &["person", "compartment", "id"])
        .uuid("person")
        .text("compartment")
        .uuid("id")
        .number("recorded_at")
        .number_or_none("erased_at")
        .number("revision")
        .index(&["id"]),
    owned("sealed_value", &["person", "place", "record", "field"])
        .uuid("person")
        .text("place")
        .uuid("record")
        .text("field")
        .text("compartment")
        .uuid("key")
        .number("version")
        .bytes("ciphertext")
        .number("recorded_at")
        .number("revision")
        .index(&["place", "record"]),
    // One sealed row of names per person; emptied when the person is erased, so
    // that caches that follow the change number learn of it.
    owned("name_entry", &["person"])
        .uuid("person")
        .number("change")
        .uuid("key")
        .number("version")
        .bytes_or_none("ciphertext")
        .number("revision")
        .index(&["change"]),
    // Exact match for document numbers only, 128 bits of a keyed hash.
    owned("blind_index", &["field", "tag", "person"])
        .text("field")
        .bytes("tag")
        .uuid("person")
        .number("recorded_at")
        .number("revision")
        .index(&["person"]),
    owned("erasure", &["id"])
        .uuid("id")
        .uuid("person")
        .text("state")
        .uuid_or_none("ordered_by")
        .text("basis")
        .number("recorded_at")
        .number_or_none("receipt_at")
        .number("keys_deleted")
        .number("revision")
        .index(&["state"]),
);
