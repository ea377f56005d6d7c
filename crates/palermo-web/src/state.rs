//! What every handler can reach: the program, the list of routes, settings.

use crate::shell::route::{Declared, Surface};
use axum::http::Method;
use palermo_app::App;
use std::{collections::HashMap, sync::Arc};

/// Settings of the pages, read once at start.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The demonstration region: banner, one-click sign-in, no second factor.
    pub demo: bool,
    /// Behind a proxy that ends TLS and tells the client's address.
    pub behind_proxy: bool,
    /// Where "Exit this page" goes: a neutral page elsewhere, or our own blank page.
    pub exit_address: Option<String>,
    /// Serves TLS by itself.
    pub tls: bool,
    /// The installation's address as its operator gave it, such as `https://palermo.example`.
    pub address: Option<String>,
    /// Letters leave by a mail server; without one they wait.
    pub mail: bool,
}

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct Web(Arc<Inner>);

struct Inner {
    app: App,
    settings: Settings,
    declared: HashMap<&'static str, Vec<Declared>>,
    list: Vec<Declared>,
}

impl Web {
    /// Ties the program to its routes.
    #[must_use]
    pub fn new(app: App, settings: Settings, list: Vec<Declared>) -> Self {
        let mut declared: HashMap<_, Vec<_>> = HashMap::new();
        for route in &list {
            declared.entry(route.path).or_default().push(route.clone());
        }
        Self(Arc::new(Inner { app, settings, declared, list }))
    }

    /// The program.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The route with this method and path pattern.
    #[must_use]
    pub fn declared(&self, method: &Method, pattern: &str) -> Option<&Declared> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.0.declared.get(pattern)?.iter().find(|route| route.method == *method)
    }

    /// The methods that routes of this kind with this path pattern answer to.
    pub fn methods(&self, pattern: &str, surface: Surface) -> impl Iterator<Item = &Method> {
        let routes = self.0.declared.get(pattern).map_or(&[][..], Vec::as_slice);
        routes.iter().filter(move |route| route.surface == surface).map(|route| &route.method)
    }

    /// All routes.
    #[must_use]
    pub fn routes(&self) -> &[Declared] {
        &self.0.list
    }
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Web({} routes)", self.0.list.len())
    }
}
