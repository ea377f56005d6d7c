//! Requests that change something: whose they are, that they count once, and
//! what they bring.

use super::{Stop, asked::shortened};
use crate::shell::{
    cross_site::{self, Origin},
    failure::Malformed,
    visit::Visit,
};
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, Method, StatusCode, header},
};
use palermo_app::{Acting, Message, Refused, acting::OnceKey};
use serde::de::DeserializeOwned;
use std::pin::Pin;

/// Largest body, in bytes.
pub(super) const LARGEST_BODY: usize = 1 << 20;
/// Largest body that carries a file, in bytes: what the server takes at all.
pub(super) const LARGEST_FILE: usize = 32 << 20;
/// The header with the request's own name.
pub(super) const ONCE: &str = "idempotency-key";
/// Shortest and longest name of a request, in characters.
pub(super) const ONCE_LENGTH: (usize, usize) = (16, 64);

type Receiving = Pin<Box<dyn Future<Output = Result<(Called, Bytes), Stop>> + Send>>;

/// A change that brings no body.
#[derive(Debug)]
pub(super) struct Called {
    pub visit: Visit,
    once: OnceKey,
    headers: HeaderMap,
}

impl Called {
    /// The person or program doing something that counts once.
    pub fn acting(&self) -> Acting<'_> {
        let mut acting = self.visit.acting();
        acting.once = Some(self.once.clone());
        acting
    }

    /// The revision that was seen, from `If-Match`.
    pub fn seen(&self) -> Result<String, Malformed> {
        let wrong = |status, id: &str| Malformed::new(status, Message::new(id));
        let Some(value) = self.headers.get(header::IF_MATCH) else {
            return Err(wrong(StatusCode::PRECONDITION_REQUIRED, "api-revision-missing"));
        };
        let quoted = value
            .to_str()
            .ok()
            .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"').map(str::to_owned));
        quoted.ok_or_else(|| wrong(StatusCode::BAD_REQUEST, "api-revision-wrong"))
    }

    /// A conflict, told to a program that named the revision it saw.
    pub fn stale(refused: Refused) -> Stop {
        match refused {
            Refused::Conflict => {
                Malformed::new(StatusCode::PRECONDITION_FAILED, Message::new("api-revision-stale"))
                    .into()
            }
            other => other.into(),
        }
    }

    /// Behind a pointer, so that each operation does not get this code anew.
    fn receive(request: Request, largest: usize) -> Receiving {
        Box::pin(Self::received(request, largest))
    }

    async fn received(request: Request, largest: usize) -> Result<(Self, Bytes), Stop> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, &()).await?;
        // A browser adds a session's cookie by itself, a token it does not.
        if visit.program.is_none() && cross_site::judge(&parts.headers) != Origin::Own {
            let message = Message::new("api-other-site");
            return Err(Malformed::new(StatusCode::FORBIDDEN, message).into());
        }
        let key = once(&parts.headers)?;
        let body = to_bytes(body, largest).await.map_err(|_| {
            let message = Message::new("api-too-large").with("kibibytes", largest >> 10);
            Malformed::new(StatusCode::PAYLOAD_TOO_LARGE, message)
        })?;
        let once = OnceKey::new(key, &fingerprint(&parts.method, &visit, &parts.headers, &body));
        Ok((Self { visit, once, headers: parts.headers }, body))
    }
}

/// All that makes a request the same request.
fn fingerprint(method: &Method, visit: &Visit, headers: &HeaderMap, body: &[u8]) -> Vec<u8> {
    let seen = headers.get(header::IF_MATCH).map_or(&b""[..], |value| value.as_bytes());
    let parts = [method.as_str().as_bytes(), visit.address.as_bytes(), seen, body];
    let mut bytes = Vec::with_capacity(body.len() + 128);
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

fn once(headers: &HeaderMap) -> Result<String, Malformed> {
    let (least, most) = ONCE_LENGTH;
    let wrong = |id: &str| {
        let message = Message::new(id).with("least", least).with("most", most);
        Malformed::new(StatusCode::BAD_REQUEST, message)
    };
    let value = headers.get(ONCE).ok_or_else(|| wrong("api-once-missing"))?;
    let text = value.to_str().unwrap_or_default();
    let fits = (least..=most).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if fits { Ok(text.to_owned()) } else { Err(wrong("api-once-wrong")) }
}

impl<S: Send + Sync> FromRequest<S> for Called {
    type Rejection = Stop;

    async fn from_request(request: Request, _: &S) -> Result<Self, Stop> {
        Ok(Self::receive(request, LARGEST_BODY).await?.0)
    }
}

/// A change that brings a JSON body of at most so many bytes.
#[derive(Debug)]
pub(super) struct Sent<T, const LARGEST: usize = LARGEST_BODY> {
    pub call: Called,
    pub body: T,
}

impl<T, S, const LARGEST: usize> FromRequest<S> for Sent<T, LARGEST>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Stop;

    async fn from_request(request: Request, _: &S) -> Result<Self, Stop> {
        let json = is_json(request.headers());
        let (call, bytes) = Called::receive(request, LARGEST).await?;
        if !json {
            let message = Message::new("api-not-json-type");
            return Err(Malformed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message).into());
        }
        Ok(Self { call, body: read(&bytes)? })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// Reads a body. Broken JSON is a malformed request; JSON of another shape is
/// a request that cannot be carried out.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    serde_json::from_slice(bytes).map_err(|error| {
        let told =
            |id: &str| Message::new(id).with("line", error.line()).with("column", error.column());
        if error.is_data() {
            let why = error.to_string();
            let why = why.rsplit_once(" at line").map_or(why.as_str(), |(why, _)| why);
            let message = told("api-other-shape").with("why", shortened_reason(why));
            return Malformed::new(StatusCode::UNPROCESSABLE_ENTITY, message);
        }
        Malformed::new(StatusCode::BAD_REQUEST, told("api-broken-json"))
    })
}

/// The reason may quote what was sent, which may be long.
fn shortened_reason(why: &str) -> String {
    if why.chars().count() <= 200 { why.to_owned() } else { format!("{}…", shortened(why)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_request_is_sixteen_to_sixty_four_plain_characters() {
        let headers = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(ONCE, axum::http::HeaderValue::from_bytes(value).unwrap());
            headers
        };
        assert_eq!(once(&headers(b"0198c0de-7f00-7abc-8def-0123456789ab")).unwrap().len(), 36);
        for bad in [&b"short"[..], &[b'a'; 65], b"with a space in it", &[0xff; 20]] {
            assert_eq!(once(&headers(bad)).unwrap_err().status, StatusCode::BAD_REQUEST);
        }
        assert!(once(&HeaderMap::new()).is_err());
    }

    #[test]
    fn broken_json_and_json_of_another_shape_are_told_apart() {
        let status = |text: &str| read::<Vec<String>>(text.as_bytes()).unwrap_err().status;
        assert_eq!(status("[\"a\""), StatusCode::BAD_REQUEST);
        assert_eq!(status("[\"\\ud800\"]"), StatusCode::BAD_REQUEST);
        assert_eq!(status("[1e999]"), StatusCode::BAD_REQUEST);
        assert_eq!(status("[1]"), StatusCode::UNPROCESSABLE_ENTITY);
    }
}
