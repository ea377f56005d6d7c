//! The demonstration region in a folder of its own, asked as a browser would.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod program;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use palermo_app::{App, Parts, demo, ports::NoSecondFactors};
use palermo_crypto::Key;
use palermo_store::{
    Database, Store, StoreConfig,
    testing::{RandomIds, WallClock},
};
use std::sync::Arc;
use tower::ServiceExt;

/// A demonstration region of its own.
pub struct Region {
    pub app: App,
    pub router: Router,
    _folder: tempfile::TempDir,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

/// A root key for regions that are copied: they hold nothing real.
fn root() -> Key {
    Key::from_bytes([7; 32])
}

async fn app_in(folder: &std::path::Path) -> App {
    let config = StoreConfig {
        database: Database::Sqlite { folder: folder.to_owned() },
        root: root(),
        origin: "palermo/test".into(),
        clock: Arc::new(WallClock),
        ids: Arc::new(RandomIds),
        create: true,
        read_connections: 2,
    };
    let store = Store::open(config).await.unwrap();
    App::new(store, Parts::load(None, true).unwrap(), Arc::new(NoSecondFactors), true)
}

/// A folder with the whole region, built once for each build of the tests and each day,
/// from which its own days are counted: every test then works on a copy of its own.
async fn built_once() -> std::path::PathBuf {
    let program = std::env::current_exe().unwrap();
    let made = program.metadata().unwrap().modified().unwrap();
    let stamp = made.duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let day = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() / 86_400;
    let name = program.file_name().unwrap().to_string_lossy().into_owned();
    let place = std::env::temp_dir().join(format!("palermo-region-{name}-{stamp}-{day}"));
    if place.join("ready").is_file() {
        return place;
    }
    let mine = tempfile::tempdir().unwrap();
    let app = app_in(mine.path()).await;
    demo::build(&app).await.unwrap();
    app.store.close().await.unwrap();
    std::fs::write(mine.path().join("ready"), "").unwrap();
    // Whoever is first wins; the others use what is there.
    if std::fs::rename(mine.path(), &place).is_ok() {
        let _ = mine.keep();
    }
    place
}

impl Region {
    /// The whole region.
    pub async fn new() -> Self {
        let built = built_once().await;
        let folder = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(&built).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
        Self::over(app_in(folder.path()).await, folder)
    }

    /// Organisations and people only, before anyone has a key.
    pub async fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = app_in(folder.path()).await;
        demo::build_bare(&app).await.unwrap();
        Self::over(app, folder)
    }

    /// Nobody yet: an installation of this mechanism that is no demonstration.
    pub async fn of_mechanism(id: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = app_in(folder.path()).await;
        app.store.name_mechanism(id).await.unwrap();
        let router = palermo_web::service(app.clone(), palermo_web::Settings::default());
        Self { app, router, _folder: folder }
    }

    fn over(app: App, folder: tempfile::TempDir) -> Self {
        let settings = palermo_web::Settings { demo: true, ..Default::default() };
        let router = palermo_web::service(app.clone(), settings);
        Self { app, router, _folder: folder }
    }

    /// Where its databases are.
    pub fn folder(&self) -> &std::path::Path {
        self._folder.path()
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 32 << 20).await.unwrap();
        Answer { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Asks for a page, with a session's cookie if there is one.
    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        let mut request = Request::get(path);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form from one of our own pages.
    pub async fn post(&self, path: &str, cookie: Option<&str>, form: &str) -> Answer {
        let mut request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// Steps into someone's role and gives the cookie.
    pub async fn step_in(&self, email: &str) -> String {
        let answer = self.post("/en/demo", None, &format!("email={email}")).await;
        let cookie = answer.headers.get(header::SET_COOKIE).expect("a cookie").to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}
