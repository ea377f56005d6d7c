//! A test of this file run as a process of its own, which tells how far it
//! came and can be killed anywhere.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    actor::Actor,
    id::{AccountId, Id, TenantId},
    moment::{Clock, Moment},
};
use palermo_store::{
    Act, ActContext, Begun, Database, Store, StoreConfig,
    testing::{RandomIds, root_key},
};
use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{self, ChildStdout, Command, Stdio},
    sync::Arc,
};
use uuid::Uuid;

const PLACE: &str = "PALERMO_KILL_DATABASE";
const TENANT: &str = "PALERMO_KILL_TENANT";
const ACCOUNT: &str = "PALERMO_KILL_ACCOUNT";
/// The test that does the work.
const WORK: &str = "the_process_that_is_killed";

struct FixedClock(Moment);

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        self.0
    }
}

/// What the process was told: where the data is, for whom it works. Nothing if
/// it was not started by [`Child::start`].
pub fn arguments() -> Option<(String, TenantId, AccountId)> {
    let place = std::env::var(PLACE).ok()?;
    let id = |name: &str| Uuid::parse_str(&std::env::var(name).unwrap()).unwrap();
    Some((place, TenantId::from_uuid(id(TENANT)), AccountId::from_uuid(id(ACCOUNT))))
}

/// The store in this place.
pub async fn opened(place: &str) -> Store {
    open(place, false).await
}

/// The store in this place, made if it is not there and that is allowed.
pub async fn open(place: &str, create: bool) -> Store {
    let database = match place.split_once('\n') {
        Some((url, keystore_url)) => {
            Database::Postgres { url: url.to_owned(), keystore_url: keystore_url.to_owned() }
        }
        None => Database::Sqlite { folder: place.into() },
    };
    let config = StoreConfig {
        database,
        root: root_key(),
        origin: "test.palermo.example/audit".to_owned(),
        clock: Arc::new(FixedClock("2026-03-01T08:00:00Z".parse().unwrap())),
        ids: Arc::new(RandomIds),
        create,
        read_connections: 1,
    };
    Store::open(config).await.unwrap()
}

/// An act of the operator.
pub async fn begun(store: &Store, tenant: TenantId, action: &str) -> Act {
    let actor = Actor::Operator { user: "test".to_owned(), account: None };
    match store.act(ActContext::new(tenant, actor, action)).await.unwrap() {
        Begun::Fresh(act) => act,
        Begun::Repeated(_) => panic!("nothing is repeated here"),
    }
}

/// Tells whoever started the process how far it came.
pub fn tell(word: &str, id: Uuid) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "@{word} {id}").unwrap();
    out.flush().unwrap();
}

/// The process.
pub struct Child {
    process: process::Child,
    printed: BufReader<ChildStdout>,
}

impl Child {
    /// Starts it on this database, with further settings of its environment;
    /// what it logs goes into a file.
    pub fn start(
        module: &str,
        database: &Database,
        tenant: TenantId,
        account: AccountId,
        settings: &[(&str, String)],
        log: &Path,
    ) -> Self {
        let place = match database {
            Database::Sqlite { folder } => folder.display().to_string(),
            Database::Postgres { url, keystore_url } => format!("{url}\n{keystore_url}"),
        };
        let work = format!("{}::{WORK}", module.rsplit("::").next().unwrap());
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", &work, "--nocapture"])
            .env(PLACE, place)
            .env(TENANT, tenant.uuid().to_string())
            .env(ACCOUNT, account.uuid().to_string())
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(log).unwrap())
            .spawn()
            .unwrap();
        let printed = BufReader::new(process.stdout.take().unwrap());
        Self { process, printed }
    }

    /// The next thing it tells; nothing once it has ended.
    pub fn next(&mut self) -> Option<(String, Uuid)> {
        loop {
            let mut line = String::new();
            if self.printed.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // The test runner prints before the first line without ending its own.
            let told = line.trim_end().rsplit('@').next().and_then(|told| told.split_once(' '));
            if let Some((word, id)) = told
                && let Ok(id) = Uuid::parse_str(id)
            {
                return Some((word.to_owned(), id));
            }
        }
    }

    /// Waits until it told so many things, and gives them.
    #[track_caller]
    pub fn told(&mut self, lines: usize) -> Vec<(String, Uuid)> {
        let told: Vec<_> = std::iter::from_fn(|| self.next()).take(lines).collect();
        assert_eq!(told.len(), lines, "the process ended by itself");
        told
    }

    /// Kills it, and gives what it had still told.
    pub fn kill(mut self) -> Vec<(String, Uuid)> {
        self.process.kill().unwrap();
        let rest = std::iter::from_fn(|| self.next()).collect();
        self.process.wait().unwrap();
        rest
    }
}
