//! `/metrics`: how many requests, how long they took, what failed, in the form
//! that Prometheus reads. Route templates and status only: no path, no
//! address, no name. Answers this machine, or who shows the token; to anyone
//! else it is not there.

use anyhow::Context;
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, StatusCode, header},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use palermo_web::shell::headers;
use std::{net::SocketAddr, path::Path, sync::Arc};
use zeroize::Zeroizing;

/// Upper ends of the classes of request durations, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0, 5.0, 60.0];

/// A shorter token could be guessed.
const SHORTEST_TOKEN: usize = 16;

/// The figures of this process, and who may read them. Cheap to clone.
#[derive(Clone)]
pub struct Figures {
    handle: PrometheusHandle,
    token: Option<Arc<Zeroizing<String>>>,
    behind_proxy: bool,
}

impl Figures {
    /// Starts counting.
    ///
    /// # Errors
    /// When the token's file cannot be read, may be read by others, or holds
    /// less than 16 characters.
    pub fn new(token_file: Option<&Path>, behind_proxy: bool) -> anyhow::Result<Self> {
        let token = token_file.map(read_token).transpose()?.map(Arc::new);
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
            .and_then(PrometheusBuilder::install_recorder)
            .context("requests cannot be counted")?;
        Ok(Self { handle, token, behind_proxy })
    }

    /// Folds what was counted; once a minute is enough.
    pub fn tidy(&self) {
        self.handle.run_upkeep();
    }

    /// The route, with the headers every answer carries.
    pub fn route(&self) -> MethodRouter {
        let figures = self.clone();
        get(move |request: Request| {
            let figures = figures.clone();
            async move { figures.answer(&request) }
        })
        .layer(from_fn(headers::secure))
    }

    fn answer(&self, request: &Request) -> Response {
        let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0);
        if !self.may_read(from, request.headers()) {
            return StatusCode::NOT_FOUND.into_response();
        }
        let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
        (kind, self.handle.render()).into_response()
    }

    /// Behind a proxy every request comes from this machine, so only the
    /// token counts there.
    fn may_read(&self, from: Option<SocketAddr>, headers: &HeaderMap) -> bool {
        let near = from.is_some_and(|from| from.ip().to_canonical().is_loopback());
        if near && !self.behind_proxy {
            return true;
        }
        let shown = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match (&self.token, shown) {
            (Some(token), Some(shown)) => palermo_crypto::same(token.as_bytes(), shown.as_bytes()),
            _ => false,
        }
    }
}

fn read_token(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    crate::runtime::private(file)?;
    let text = Zeroizing::new(
        std::fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?,
    );
    let token = Zeroizing::new(text.trim().to_owned());
    anyhow::ensure!(
        token.len() >= SHORTEST_TOKEN,
        "the token in `{}` is shorter than {SHORTEST_TOKEN} characters",
        file.display()
    );
    Ok(token)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn figures(token: Option<&str>, behind_proxy: bool) -> Figures {
        let handle = PrometheusBuilder::new().build_recorder().handle();
        let token = token.map(|token| Arc::new(Zeroizing::new(token.to_owned())));
        Figures { handle, token, behind_proxy }
    }

    fn may_read(figures: &Figures, from: &str, shown: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(shown) = shown {
            headers.insert(header::AUTHORIZATION, format!("Bearer {shown}").parse().unwrap());
        }
        figures.may_read(Some(from.parse().unwrap()), &headers)
    }

    #[test]
    fn figures_are_for_this_machine_or_who_shows_the_token() {
        let with = figures(Some("a token of some length"), false);
        assert!(may_read(&with, "127.0.0.1:9", None));
        assert!(may_read(&with, "[::ffff:127.0.0.1]:9", None));
        assert!(!may_read(&with, "192.0.2.7:9", None));
        assert!(!may_read(&with, "192.0.2.7:9", Some("another token of length")));
        assert!(may_read(&with, "192.0.2.7:9", Some("a token of some length")));
        assert!(!may_read(&figures(None, false), "192.0.2.7:9", Some("")));
    }

    #[test]
    fn behind_a_proxy_coming_from_this_machine_proves_nothing() {
        assert!(!may_read(&figures(None, true), "127.0.0.1:9", None));
        let with = figures(Some("a token of some length"), true);
        assert!(!may_read(&with, "127.0.0.1:9", None));
        assert!(may_read(&with, "127.0.0.1:9", Some("a token of some length")));
    }
}
