//! Pages and the interface for programs. Knows only `palermo-app`: no rule, no
//! SQL, no decision is made here.

pub mod api;
pub mod components;
pub mod figures;
pub mod pages;
pub mod shell;
mod state;

pub use shell::route::{Declared, Surface};
pub use state::{Settings, Web};

use axum::{
    Router,
    body::Body,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use palermo_app::App;
use shell::{again, count, gate, headers, language, route::Routes, static_files};
use std::time::Duration;
use tower::{Layer, util::MapRequestLayer};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, predicate::Predicate},
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

/// Largest request body, in bytes; routes that take files check their own limit.
const LARGEST_BODY: usize = 32 << 20;

/// Every route with its action.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(api::routes())
}

/// Everything that answers: the language off the path, then the routes.
pub fn service(app: App, settings: Settings) -> Router {
    let router = router(app, settings);
    Router::new().fallback_service(MapRequestLayer::new(language::rewrite::<Body>).layer(router))
}

/// The router with its layers, outermost last.
pub fn router(app: App, settings: Settings) -> Router {
    let (router, declared) = routes().finish();
    let web = Web::new(app, settings, declared);
    let gated =
        router.fallback(pages::nothing_here).layer(from_fn_with_state(web.clone(), gate::gate));
    let pages: Router = gated.clone().with_state(web.clone());
    gated
        .layer(from_fn_with_state(pages, again::open))
        .route("/static/{hash}/{*name}", get(static_files::serve))
        .route("/healthz", get(pages::health))
        .layer(CompressionLayer::new().gzip(true).compress_when(Harmless))
        .layer(from_fn(headers::secure))
        .layer(CatchPanicLayer::new())
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(60),
        ))
        .layer(from_fn(count::count))
        .with_state(web)
}

/// Compress files, and pages marked as holding nothing a stranger could probe for.
#[derive(Debug, Clone, Copy)]
struct Harmless;

impl Predicate for Harmless {
    fn should_compress<B: http_body::Body>(&self, response: &axum::http::Response<B>) -> bool {
        let file = response
            .headers()
            .get(axum::http::header::CACHE_CONTROL)
            .is_some_and(|value| value.as_bytes().starts_with(b"public"));
        let picture = response
            .headers()
            .get(axum::http::header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"image/") && kind != "image/svg+xml");
        (file || response.extensions().get::<shell::layout::Compressible>().is_some()) && !picture
    }
}
