//! The cross-site check on everything that changes something (check N7):
//! `Sec-Fetch-Site`, else `Origin`, else a token in the form. Cookies are
//! `__Host-` and `SameSite=Lax` besides.

use axum::http::{HeaderMap, header};

/// What the headers say about where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From one of our own pages.
    Own,
    /// From elsewhere.
    Foreign,
    /// An old browser sent neither header: the form's token decides.
    Untold,
}

/// Judges by the headers. `host` is the authority the request came to.
#[must_use]
pub fn judge(headers: &HeaderMap) -> Origin {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return Origin::Own,
        Some(_) => return Origin::Foreign,
        None => {}
    }
    match (text("origin"), headers.get(header::HOST).and_then(|host| host.to_str().ok())) {
        (Some(origin), Some(host)) => {
            let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
            if authority.eq_ignore_ascii_case(host) { Origin::Own } else { Origin::Foreign }
        }
        (Some(_), None) => Origin::Foreign,
        (None, _) => Origin::Untold,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn a_request_from_another_site_is_foreign() {
        assert_eq!(judge(&headers(&[("sec-fetch-site", "cross-site")])), Origin::Foreign);
        assert_eq!(judge(&headers(&[("sec-fetch-site", "same-site")])), Origin::Foreign);
        let other =
            headers(&[("origin", "https://elsewhere.example"), ("host", "palermo.example")]);
        assert_eq!(judge(&other), Origin::Foreign);
        assert_eq!(
            judge(&headers(&[("origin", "null"), ("host", "palermo.example")])),
            Origin::Foreign
        );
    }

    #[test]
    fn a_request_from_our_own_page_is_own() {
        let own = headers(&[("origin", "https://palermo.example"), ("host", "palermo.example")]);
        assert_eq!(judge(&own), Origin::Own);
    }

    #[test]
    fn without_headers_the_forms_token_decides() {
        assert_eq!(judge(&headers(&[("host", "palermo.example")])), Origin::Untold);
    }
}
