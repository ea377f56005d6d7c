//! A program asking over the interface, with a token or a session.

use super::{Answer, Region};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use palermo_app::{session, token as tokens};
use serde_json::{Value, json};

/// What a program sends.
pub struct Call<'a> {
    pub method: Method,
    pub path: &'a str,
    pub headers: Vec<(&'a str, String)>,
    pub body: Option<String>,
}

impl<'a> Call<'a> {
    pub fn new(method: Method, path: &'a str) -> Self {
        Self { method, path, headers: Vec::new(), body: None }
    }

    pub fn get(path: &'a str) -> Self {
        Self::new(Method::GET, path)
    }

    pub fn post(path: &'a str, body: &Value) -> Self {
        Self::new(Method::POST, path).body(body.to_string())
    }

    pub fn put(path: &'a str, body: &Value) -> Self {
        Self::new(Method::PUT, path).body(body.to_string())
    }

    pub fn body(mut self, body: String) -> Self {
        self.headers.push(("content-type", "application/json".into()));
        self.body = Some(body);
        self
    }

    pub fn with(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// As a page of Palermo's own asks, for someone signed in.
    pub fn session(self, cookie: &str) -> Self {
        self.with("cookie", cookie).with("sec-fetch-site", "same-origin")
    }

    pub fn token(self, token: &str) -> Self {
        self.with("authorization", format!("Bearer {token}"))
    }

    pub fn once(self, key: &str) -> Self {
        self.with("idempotency-key", key)
    }

    pub async fn to(self, region: &Region) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        region.send(request.body(Body::from(self.body.unwrap_or_default())).unwrap()).await
    }
}

/// What came back, read.
pub trait Told {
    fn json(&self) -> Value;
    fn problem(&self, status: u16) -> Value;
}

impl Told for Answer {
    fn json(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let told: Value = serde_json::from_str(&self.text).unwrap();
        assert_eq!(told["status"], status);
        told
    }
}

/// A token of someone of the region, limited to these scopes.
pub async fn token(region: &Region, email: &str, scopes: &[&str]) -> String {
    let cookie = region.step_in(email).await;
    let text = cookie.split_once('=').unwrap().1;
    let signed = session::resume(&region.app, text).await.unwrap().unwrap();
    let acting = signed.acting(&region.app, palermo_app::locale::Language::En);
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    tokens::make(&acting, &signed, "test", &scopes, "30").await.unwrap()
}

/// A contact point as a program sends it.
pub fn desk(name: &str) -> Value {
    json!({
        "name": name, "level": "national", "state": "XAA", "topics": ["return"],
        "languages": ["en", "fr"], "time_zone": "Africa/Dakar", "hours": "Mo-Fr 08:00-16:00",
        "telephone": "+000 12345"
    })
}

/// A name of a request.
pub const KEY: &str = "0198c0de-7f00-7abc-8def-0123456789ab";
