//! The gate before every handler: who is it, in which language, may they try
//! this route at all. Handlers then ask about the record itself.

use super::{
    failure::{Malformed, Untold, tell, tell_keeping},
    kept::{self, Kept},
    language::{Named, preferred},
    route::{Declared, Surface},
    visit::Visit,
};
use crate::state::Web;
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Message, Refused,
    access::{Action, Assurance},
    domain::id::AccountId,
    locale::Language,
    session::{self, Signed},
    token,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The cookie of a session. `__Host-` ties it to this host, over TLS.
pub const COOKIE: &str = "__Host-palermo";

/// The cookie of a device someone marked as their own.
const MARK: &str = "__Host-palermo-device";

/// Lets a request through to its handler, or answers for it.
pub async fn gate(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let pattern = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let declared = pattern.and_then(|pattern| web.declared(&parts.method, &pattern).cloned());
    let route = declared.unwrap_or(Declared {
        method: Method::GET,
        path: "",
        action: Action::PublicRead,
        surface: surface_of(parts.uri.path()),
        changes: false,
    });
    let unknown = route.path.is_empty();
    let Some((sent, body)) = kept::read(&parts, &route, body).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let visit = match arrive(web, &parts, route).await {
        Ok(visit) => visit,
        Err((visit, refused)) => return tell_keeping(&visit, &refused, sent.as_ref()),
    };
    let sent = match sent {
        Some(sent) if visit.signed.is_none() => Some(sent.of(ended(&visit, &parts.headers).await)),
        other => other,
    };
    let sent = sent.as_ref();
    let answer = if unknown { Some(nowhere(&visit, &parts)) } else { stop(&visit, sent).await };
    if let Some(answer) = answer {
        return answer;
    }
    parts.extensions.insert(visit.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    if let Some(malformed) = response.extensions().get::<Malformed>() {
        return malformed.tell(&visit);
    }
    match response.extensions().get::<Untold>().cloned() {
        Some(Untold(refused)) => {
            lead(&visit, &refused, sent).unwrap_or_else(|| tell_keeping(&visit, &refused, sent))
        }
        None => response,
    }
}

/// No such address; a program that used the wrong method is told the right ones.
fn nowhere(visit: &Visit, request: &Parts) -> Response {
    let pattern = request.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let methods: Vec<&str> = visit.web.methods(pattern, Surface::Api).map(Method::as_str).collect();
    let Ok(allowed) = HeaderValue::from_str(&methods.join(", ")) else {
        return tell(visit, &Refused::NotFound);
    };
    if methods.is_empty() {
        return tell(visit, &Refused::NotFound);
    }
    let message = Message::new("api-method").with("methods", methods.join(", "));
    let mut response = Malformed::new(StatusCode::METHOD_NOT_ALLOWED, message).tell(visit);
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

fn surface_of(path: &str) -> Surface {
    if path.starts_with("/api/") { Surface::Api } else { Surface::Page }
}

/// Finds out who it is. A broken session is no session.
async fn arrive(web: Web, request: &Parts, route: Declared) -> Result<Visit, (Visit, Refused)> {
    let named = request.extensions.get::<Named>().map(|Named(language)| *language);
    let headers = &request.headers;
    let presented = bearer(&route, headers);
    let program = match &presented {
        Some(text) => token::resume(web.app(), text).await,
        None => Ok(None),
    };
    let signed = match cookie(headers).filter(|_| presented.is_none()) {
        Some(text) => session::resume(web.app(), &text).await,
        None => Ok(None),
    };
    let (program, signed, trouble) = match (program, signed) {
        // A token that does not count is an error, never a visit by the public.
        (Ok(None), _) if presented.is_some() => (None, None, Some(Refused::SignInNeeded)),
        (Ok(program), Ok(signed)) => (program.map(Arc::new), signed.map(Arc::new), None),
        (Err(refused), _) | (_, Err(refused)) => (None, None, Some(refused)),
    };
    let own = signed.as_deref().and_then(Signed::language);
    let source = source(&web, request);
    let visit = Visit {
        route,
        language: named.or(own).or_else(|| preferred(headers)).unwrap_or(Language::En),
        language_named: named.is_some(),
        address: request.uri.path_and_query().map_or("/", |address| address.as_str()).to_owned(),
        device: device(headers),
        mark: named_cookie(headers, MARK).unwrap_or_default(),
        signed,
        program,
        presented: presented.is_some(),
        source,
        web,
    };
    match trouble {
        None => Ok(visit),
        Some(refused) => Err((visit, refused)),
    }
}

/// Whose session had ended that a request still names.
async fn ended(visit: &Visit, headers: &HeaderMap) -> Option<AccountId> {
    let text = cookie(headers)?;
    session::owner(visit.web.app(), &text).await.ok().flatten()
}

/// Whether anyone like this may try the route at all. Someone signed in, or a
/// program, for whom no grant could ever let it through leaves an entry in the
/// log of their organisation (R228).
async fn stop(visit: &Visit, sent: Option<&Kept>) -> Option<Response> {
    let action = visit.route.action;
    if action.open_to_public() {
        return None;
    }
    if let Some(program) = &visit.program {
        // Every token may ask who it is; it is told nothing but what it was made with.
        let itself = visit.route.path == crate::api::ME;
        let made = itself || program.subject.made_for(action);
        return if made { None } else { refuse(visit).await };
    }
    let Some(signed) = &visit.signed else {
        return Some(sign_in_first(visit, sent));
    };
    if signed.assurance() < Assurance::Two && action != Action::SecondFactor {
        return Some(match visit.route.surface {
            Surface::Api => tell(visit, &Refused::StepUpNeeded),
            _ if visit.route.method == Method::GET => {
                Redirect::to(&visit.link(&onward("/sign-in/second", &visit.address)))
                    .into_response()
            }
            _ => Redirect::to(&visit.link("/sign-in/second")).into_response(),
        });
    }
    let any = action.open_to_members()
        || visit.web.app().policy.grants_of(&signed.roles, action).next().is_some();
    if any { None } else { refuse(visit).await }
}

/// Writes the refusal into the log, the first ones of someone who goes on trying, and
/// answers as for an absent page.
async fn refuse(visit: &Visit) -> Option<Response> {
    let refused = visit.acting().turned_away(visit.route.action).await;
    Some(tell(visit, &refused))
}

/// Refusals that a further page helps with lead to that page.
fn lead(visit: &Visit, refused: &Refused, sent: Option<&Kept>) -> Option<Response> {
    if visit.route.surface == Surface::Api {
        return None;
    }
    match refused {
        Refused::SignInNeeded => Some(sign_in_first(visit, sent)),
        Refused::StepUpNeeded if visit.route.method == Method::GET => Some(
            Redirect::to(&visit.link(&onward("/account/step-up", &visit.address))).into_response(),
        ),
        _ => None,
    }
}

fn sign_in_first(visit: &Visit, sent: Option<&Kept>) -> Response {
    match (visit.route.surface, &visit.route.method) {
        (Surface::Api, _) => tell(visit, &Refused::SignInNeeded),
        (_, &Method::GET) => {
            Redirect::to(&visit.link(&onward("/sign-in", &visit.address))).into_response()
        }
        _ => tell_keeping(visit, &Refused::SignInNeeded, sent),
    }
}

/// An address that remembers where to go afterwards, with what was asked for there.
#[must_use]
pub fn onward(path: &str, to: &str) -> String {
    format!("{path}?to={}", encode(to))
}

/// Percent-encodes everything but unreserved signs and slashes.
#[must_use]
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Where to go after signing in or stepping up: a path of ours, or the page of work.
#[must_use]
pub fn destination(visit: &Visit, wanted: &str) -> String {
    let plain = wanted.chars().all(|sign| sign.is_ascii_graphic() && sign != '\\');
    let ours = plain && wanted.starts_with('/') && !wanted.starts_with("//");
    visit.link(if ours { without_language(wanted) } else { "/work" })
}

/// A path of ours without the language in front of it: the page's own is put there.
fn without_language(path: &str) -> &str {
    let rest = path.strip_prefix('/').unwrap_or(path);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (first, after) = rest.split_at(end);
    match Language::from_code(first) {
        Some(_) if after.starts_with('/') => after,
        Some(_) => "/",
        None => path,
    }
}

fn bearer(route: &Declared, headers: &HeaderMap) -> Option<String> {
    if route.surface != Surface::Api {
        return None;
    }
    let value = headers.get(header::AUTHORIZATION)?;
    // Whatever else stands there is a token that does not count.
    let text = value.to_str().unwrap_or_default();
    let (scheme, token) = text.split_once(' ').unwrap_or_default();
    Some(if scheme.eq_ignore_ascii_case("bearer") {
        token.trim().to_owned()
    } else {
        String::new()
    })
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    named_cookie(headers, COOKIE)
}

fn named_cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Sets the cookie of a session, for as long as the browser is open.
#[must_use]
pub fn set_cookie(signed: &Signed) -> HeaderValue {
    let text = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax", signed.token.text());
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Lets the browser keep the mark of its owner's device; an empty one takes it away.
#[must_use]
pub fn set_mark(mark: &str) -> HeaderValue {
    let seconds = if mark.is_empty() { 0 } else { session::known_device::HOLDS.as_secs() };
    let text =
        format!("{MARK}={mark}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Takes the cookie away.
#[must_use]
pub fn drop_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-palermo=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

fn source(web: &Web, request: &Parts) -> Option<IpAddr> {
    if web.settings().behind_proxy {
        let forwarded = HeaderName::from_static("x-forwarded-for");
        // The last address is the one our own proxy saw; the others anyone can write.
        return request
            .headers
            .get(forwarded)?
            .to_str()
            .ok()?
            .rsplit(',')
            .next()?
            .trim()
            .parse()
            .ok();
    }
    request.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

/// What the browser calls itself, shortened to what a list of sessions needs.
fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
    let has = |word: &str| agent.contains(word);
    let browser =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
            .into_iter()
            .find_map(|(mark, name)| has(mark).then_some(name))
            .unwrap_or("–");
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]
    .into_iter()
    .find_map(|(mark, name)| has(mark).then_some(name))
    .unwrap_or("–");
    format!("{browser}, {system}")
}
