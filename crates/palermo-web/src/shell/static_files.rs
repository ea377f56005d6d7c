//! Style sheets, the script, maps: embedded in the program, read from disk in
//! a development build. Compressed answers are for these files only.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::{collections::BTreeMap, sync::OnceLock};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// Short hash of each file, part of its address, so that it can be cached for good.
fn hashes() -> &'static BTreeMap<String, String> {
    static HASHES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    HASHES.get_or_init(|| {
        Files::iter()
            .filter_map(|name| {
                let file = Files::get(&name)?;
                let hash: String = file.metadata.sha256_hash()[..6]
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                Some((name.into_owned(), hash))
            })
            .collect()
    })
}

/// The address of a static file, with its hash.
#[must_use]
pub fn address(name: &str) -> String {
    match hashes().get(name) {
        Some(hash) => format!("/static/{hash}/{name}"),
        None => format!("/static/0/{name}"),
    }
}

/// Answers with a file.
pub async fn serve(Path((_hash, name)): Path<(String, String)>) -> Response {
    let Some(file) = Files::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = HeaderValue::from_str(file.metadata.mimetype())
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    (
        [
            (header::CONTENT_TYPE, kind),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=31536000, immutable"),
            ),
        ],
        Body::from(file.data.into_owned()),
    )
        .into_response()
}
