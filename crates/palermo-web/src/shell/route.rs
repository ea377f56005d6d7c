//! The list of routes. A route cannot be added without naming its action, so
//! that the matrix of rights, the audit and the documentation all come from
//! the router itself (checks A1, L3).

use crate::state::Web;
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    http::Method,
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};
use palermo_app::access::{Action, RouteRule};
use std::{pin::Pin, sync::Arc};

/// Which kind of answer a route gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// A page for people.
    Page,
    /// An answer for programs, under `/api/v1`.
    Api,
    /// A file to keep: CSV, XLSX, PDF, vCard.
    Download,
}

/// A route as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Method.
    pub method: Method,
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// What it does.
    pub action: Action,
    /// What it answers with.
    pub surface: Surface,
    /// Whether it changes anything and so needs the cross-site check.
    pub changes: bool,
}

impl Declared {
    /// The route as the matrix of rights wants it.
    #[must_use]
    pub fn rule(&self) -> RouteRule {
        RouteRule {
            path: self.path.to_owned(),
            method: self.method.to_string(),
            action: self.action,
        }
    }
}

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler behind a pointer: what the router puts around a handler is then made once,
/// and not for each of some thousand.
#[derive(Clone)]
struct Erased(Arc<dyn Fn(Request, Web) -> Answering + Send + Sync>);

impl Erased {
    fn new<H, T>(handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self(Arc::new(move |request, web| Box::pin(handler.clone().call(request, web))))
    }
}

impl Handler<(), Web> for Erased {
    type Future = Answering;

    fn call(self, request: Request, web: Web) -> Answering {
        (self.0)(request, web)
    }
}

/// Collects routes with their actions.
#[derive(Default)]
pub struct Routes {
    router: Router<Web>,
    declared: Vec<Declared>,
}

impl Routes {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    #[must_use]
    pub fn page<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.add(Method::GET, path, action, Surface::Page, Erased::new(handler))
    }

    /// A form that is sent.
    #[must_use]
    pub fn form<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.add(Method::POST, path, action, Surface::Page, Erased::new(handler))
    }

    /// A file to keep.
    #[must_use]
    pub fn download<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.add(Method::GET, path, action, Surface::Download, Erased::new(handler))
    }

    /// An operation for programs.
    #[must_use]
    pub fn api<H, T>(self, method: Method, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.add(method, path, action, Surface::Api, Erased::new(handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        action: Action,
        surface: Surface,
        handler: Erased,
    ) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let changes = !matches!(method, Method::GET | Method::HEAD);
        let declared = Declared { method, path, action, surface, changes };
        let method_router: MethodRouter<Web> = on(filter, handler);
        self.router = self.router.route(path, method_router);
        self.declared.push(declared);
        self
    }

    /// Puts two lists together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }

    /// The router and the list it was made from.
    pub fn finish(self) -> (Router<Web>, Vec<Declared>) {
        (self.router, self.declared)
    }
}
