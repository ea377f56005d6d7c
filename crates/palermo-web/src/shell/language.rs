//! The language of a page. It is the first part of the address (`/fr/…`), so
//! that an address says what one sees and no cookie is set before sign-in
//! (E33). Without it, the browser's own preference decides.

use axum::http::{HeaderMap, Uri, header, uri::PathAndQuery};
use palermo_app::locale::Language;

/// The language named in an address, put into the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named(pub Language);

/// Takes a language off the front of a path.
pub fn split(uri: &Uri) -> Option<(Language, Uri)> {
    let rest = uri.path().strip_prefix('/')?;
    let (first, tail) = rest.split_once('/').unwrap_or((rest, ""));
    let language = Language::from_code(first)?;
    let path = match uri.query() {
        Some(query) => format!("/{tail}?{query}"),
        None => format!("/{tail}"),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path).ok()?);
    Uri::from_parts(parts).ok().map(|uri| (language, uri))
}

/// Rewrites a request whose path begins with a language.
pub fn rewrite<B>(mut request: axum::http::Request<B>) -> axum::http::Request<B> {
    if let Some((language, uri)) = split(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(Named(language));
    }
    request
}

/// The best of our languages for a browser's `Accept-Language`.
#[must_use]
pub fn preferred(headers: &HeaderMap) -> Option<Language> {
    let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wanted: Vec<(f32, &str)> = header
        .split(',')
        .filter_map(|part| {
            let (tag, rest) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
            let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok())?;
            Some((weight, tag.split('-').next()?))
        })
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted.into_iter().find_map(|(_, tag)| Language::from_code(&tag.to_ascii_lowercase()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_part_of_the_address() {
        let uri: Uri = "/ar/mechanisms?sort=name".parse().unwrap();
        let (language, rest) = split(&uri).unwrap();
        assert_eq!((language.code(), rest.to_string().as_str()), ("ar", "/mechanisms?sort=name"));
    }

    #[test]
    fn a_path_without_a_language_is_left_alone() {
        assert!(split(&"/mechanisms".parse::<Uri>().unwrap()).is_none());
        assert!(split(&"/english/x".parse::<Uri>().unwrap()).is_none());
    }

    #[test]
    fn the_browsers_order_of_languages_is_kept() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, "km, en;q=0.3, fr-CH;q=0.8".parse().unwrap());
        assert_eq!(preferred(&headers).map(Language::code), Some("fr"));
    }
}
