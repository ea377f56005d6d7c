//! Every request is counted and logged by the template of its route, never by
//! its path: `/desks/{id}` tells nobody which desk.

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use std::time::Instant;

/// What a request that fits no route is counted as.
const NO_ROUTE: &str = "none";

/// Counts a request and notes it in the log.
pub async fn count(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| NO_ROUTE.to_owned(), |path| path.as_str().to_owned());
    let method = name_of(request.method());
    let begun = Instant::now();
    let response = next.run(request).await;
    let (took, status) = (begun.elapsed(), response.status());
    metrics::counter!(
        "palermo_requests_total",
        "route" => route.clone(), "method" => method, "status" => status.as_str().to_owned()
    )
    .increment(1);
    metrics::histogram!("palermo_request_seconds", "route" => route.clone(), "method" => method)
        .record(took.as_secs_f64());
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if status.is_server_error() {
        tracing::warn!(method, route, status = status.as_u16(), milliseconds, "request failed");
    } else {
        tracing::info!(method, route, status = status.as_u16(), milliseconds, "request");
    }
    response
}

/// A method's name; whatever a client makes up is `other`, so that it cannot
/// fill memory with names.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
