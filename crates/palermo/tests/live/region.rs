//! The demonstration region on either engine, made in this process and then
//! served by the program itself as a region.

use super::{
    client::{Answer, Ask, ask_once},
    server::Server,
};
use crate::common::private_file;
use palermo_app::{
    App, Parts, demo,
    locale::Language,
    ports::NoSecondFactors,
    session::{self, Credentials, Signed, SignedIn},
    token,
};
use palermo_crypto::{Key, root, sha256};
use palermo_store::{
    Database, Store, StoreConfig,
    testing::{Engine, RandomIds, TestStore, WallClock},
};
use serde_json::Value as Json;
use std::{path::PathBuf, sync::Arc};

/// The program refuses the key of other tests, which has a pattern.
fn root_key() -> Key {
    Key::from_bytes(sha256(b"the region of these tests"))
}

/// A region with its files and key.
pub struct Region {
    place: TestStore,
    pub engine: Engine,
    pub folder: PathBuf,
}

impl Region {
    /// Makes one; nothing if the engine is not there.
    pub async fn make(engine: Engine) -> Option<Self> {
        let place = TestStore::open_empty(engine).await?;
        let folder = place.folder.clone();
        let key = root::to_file(&root_key());
        private_file(&folder.join("root.key"), &key);
        if let Database::Postgres { url, keystore_url } = &place.database {
            private_file(&folder.join("url"), &format!("{url}\n{keystore_url}\n"));
        }
        std::fs::create_dir(folder.join("tmp")).unwrap();
        let store = Self::store(&place.database, true).await;
        let region = Self { place: place.with_store(store), engine, folder };
        demo::build(&region.app()).await.unwrap();
        Some(region)
    }

    async fn store(database: &Database, create: bool) -> Store {
        let config = StoreConfig {
            database: database.clone(),
            root: root_key(),
            // As the program itself signs.
            origin: "palermo/audit".into(),
            clock: Arc::new(WallClock),
            ids: Arc::new(RandomIds),
            create,
            read_connections: 2,
        };
        Store::open(config).await.unwrap()
    }

    /// The region as this process has it open.
    pub fn app(&self) -> App {
        let parts = Parts::load(None, true).unwrap();
        App::new(self.place.store.clone(), parts, Arc::new(NoSecondFactors), true)
    }

    /// The region with SQL past the store.
    pub fn place(&self) -> &TestStore {
        &self.place
    }

    pub async fn signed_in(&self, email: &str) -> Signed {
        let typed = Credentials {
            email: email.to_owned(),
            passphrase: demo::PASSPHRASE.to_owned().into(),
            device: "test".to_owned(),
            mark: String::new(),
            source: None,
        };
        let (SignedIn::Done(signed)
        | SignedIn::SecondFactor(signed)
        | SignedIn::EnrolFirst(signed)) = session::sign_in(&self.app(), typed).await.unwrap();
        *signed
    }

    /// A token of someone of the region for these actions.
    pub async fn token(&self, email: &str, scopes: &[&str]) -> String {
        let app = self.app();
        let signed = self.signed_in(email).await;
        let acting = signed.acting(&app, Language::En);
        let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        token::make(&acting, &signed, "test", &scopes, "30").await.unwrap()
    }

    /// Arguments that say where the data is.
    pub fn location(&self) -> Vec<String> {
        let path = |name: &str| self.folder.join(name).display().to_string();
        let place = match self.engine {
            Engine::Sqlite => ["--data".to_owned(), path("data")],
            Engine::Postgres => ["--database-url-file".to_owned(), path("url")],
        };
        place.into_iter().chain(["--key-file".to_owned(), path("root.key")]).collect()
    }

    /// The program itself, serving this region.
    pub fn serve(&self) -> Server {
        let mut arguments = vec!["serve".to_owned()];
        arguments.extend(self.location());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Server::start(&arguments, &self.folder.join("log"), &self.folder.join("tmp"))
    }

    /// `palermo verify` on this region: its answer, and whether it was content.
    pub fn verify(&self) -> (Json, bool) {
        let output = crate::common::palermo()
            .args(["verify", "--json"])
            .args(self.location())
            .output()
            .unwrap();
        let told = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (told, output.status.success())
    }

    pub async fn discard(self) {
        self.place.discard().await;
    }
}

/// Asks until the server says that it is ready, and says how long that took.
pub async fn until_ready(server: &Server) -> std::time::Duration {
    let begun = std::time::Instant::now();
    loop {
        let asked: std::io::Result<Answer> = ask_once(server.address, &Ask::get("/healthz")).await;
        if asked.is_ok_and(|answer| answer.status == 200) {
            return server.started_in + begun.elapsed();
        }
        assert!(begun.elapsed().as_secs() < 60, "the server does not become ready");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
