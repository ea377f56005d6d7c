//! What every command on stored data shares: where the data is, which key
//! opens it, whether it may be run like this at all (check C6).

use anyhow::{Context, bail};
use palermo_app::{
    App, Parts,
    domain::{
        id::IdSource,
        moment::{Clock, Moment},
    },
};
use palermo_crypto::{Key, OsEntropy, root};
use palermo_store::{Database, Store, StoreConfig};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

/// Where the data is and which key opens it.
#[derive(Debug, Clone, clap::Args)]
pub struct Location {
    /// Folder with the data (SQLite)
    #[arg(long, value_name = "DIR", required_unless_present = "database_url_file")]
    pub data: Option<PathBuf>,
    /// File with the address of the PostgreSQL database, and on a second line that of the keystore's
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    pub database_url_file: Option<PathBuf>,
    /// File with the root key; a demonstration's folder carries its own
    #[arg(long, value_name = "FILE", env = "PALERMO_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// Folder with this installation's own content, on top of what ships [default: `content` in the data folder]
    #[arg(long, value_name = "DIR", env = "PALERMO_CONTENT")]
    pub content: Option<PathBuf>,
    /// Run as root all the same: a fault in the program then reaches the whole machine
    #[arg(long, env = "PALERMO_ALLOW_ROOT", value_parser = clap::builder::BoolishValueParser::new())]
    pub allow_root: bool,
}

/// The system's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        time::OffsetDateTime::now_utc().into()
    }
}

/// Ids from the system's clock and randomness.
#[derive(Debug, Clone, Copy)]
pub struct SystemIds;

impl IdSource for SystemIds {
    fn timed(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn untimed(&self) -> Uuid {
        Uuid::new_v4()
    }
}

/// The command was used in a wrong way: exit status 2.
#[derive(Debug)]
pub struct WrongUse(pub String);

impl std::fmt::Display for WrongUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUse {}

/// The marker of a demonstration's folder; its content says when it was built.
pub const DEMO_MARK: &str = "demonstration";

impl Location {
    /// A folder of its own, with the key in it: a demonstration.
    #[must_use]
    pub fn demo(folder: &Path, allow_root: bool) -> Self {
        Self {
            data: Some(folder.to_owned()),
            database_url_file: None,
            key_file: Some(folder.join("root.key")),
            content: None,
            allow_root,
        }
    }

    /// Whether the folder is a demonstration's.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.data.as_ref().is_some_and(|folder| folder.join(DEMO_MARK).is_file())
    }

    /// Which database.
    ///
    /// # Errors
    /// When the file with the addresses cannot be read.
    pub fn database(&self) -> anyhow::Result<Database> {
        if let Some(file) = &self.database_url_file {
            private(file)?;
            let text = fs::read_to_string(file)
                .with_context(|| format!("cannot read `{}`", file.display()))?;
            let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let (Some(url), Some(keystore_url)) = (lines.next(), lines.next()) else {
                bail!(
                    "`{}` must hold two lines: the address of the database and that of the keystore's database",
                    file.display()
                );
            };
            return Ok(Database::Postgres {
                url: url.to_owned(),
                keystore_url: keystore_url.to_owned(),
            });
        }
        let folder =
            self.data.clone().context("name the data with `--data` or `--database-url-file`")?;
        Ok(Database::Sqlite { folder })
    }

    /// The root key.
    ///
    /// # Errors
    /// When there is none, or others may read it.
    pub fn root_key(&self) -> anyhow::Result<Key> {
        let own =
            self.data.as_ref().map(|folder| folder.join("root.key")).filter(|_| self.is_demo());
        let file = self
            .key_file
            .clone()
            .or(own)
            .context("name the file with the root key: `--key-file` or PALERMO_KEY_FILE")?;
        private(&file)?;
        let content =
            fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
        root::from_file(&content).with_context(|| format!("`{}` is not a root key", file.display()))
    }

    /// Opens the store.
    ///
    /// # Errors
    /// When it may not be run like this, or the database or key refuse.
    pub async fn open(&self, create: bool) -> anyhow::Result<Store> {
        not_as_root(self.allow_root)?;
        if let (Some(folder), false) = (&self.data, create) {
            anyhow::ensure!(
                folder.is_dir(),
                "`{}` is not there; `palermo init` makes a region, `palermo demo --data` a demonstration",
                folder.display()
            );
        }
        Store::open(self.config(create)?).await.context("the data cannot be opened")
    }

    /// How the store is opened.
    ///
    /// # Errors
    /// When the key or the database's address cannot be read.
    pub fn config(&self, create: bool) -> anyhow::Result<StoreConfig> {
        Ok(StoreConfig {
            database: self.database()?,
            root: self.root_key()?,
            origin: "palermo/audit".into(),
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            create,
            read_connections: 4,
        })
    }

    /// This installation's own content: the folder named, or `content` in the
    /// data folder if it is there.
    #[must_use]
    pub fn own_content(&self) -> Option<PathBuf> {
        let inside = || self.data.as_ref().map(|folder| folder.join("content"));
        self.content.clone().or_else(|| inside().filter(|folder| folder.is_dir()))
    }

    /// What ships with the program, with this installation's own content on top.
    ///
    /// # Errors
    /// Every problem in it.
    pub fn parts(&self) -> anyhow::Result<Parts> {
        Parts::load(self.own_content().as_deref(), self.is_demo()).map_err(anyhow::Error::msg)
    }

    /// The whole program on this data.
    ///
    /// # Errors
    /// As [`Location::open`] and [`Location::parts`].
    pub async fn app(&self, create: bool, address: Option<&str>) -> anyhow::Result<App> {
        let demo = self.is_demo();
        let parts = self.parts()?;
        let store = self.open(create).await?;
        let factors = Arc::new(crate::factors::Factors::new(address)?);
        Ok(crate::typeset::able(App::new(store, parts, factors, demo)))
    }
}

/// Refuses to run as root unless told that this is meant.
///
/// # Errors
/// When run as root without `--allow-root`.
pub fn not_as_root(allowed: bool) -> anyhow::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let root = fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
    if !root {
        return Ok(());
    }
    if allowed {
        let warning = "running as root: a fault in the program reaches the whole machine";
        // The log of a server is JSON; a person at a command reads a line.
        if std::env::args_os().nth(1).is_some_and(|command| command == "serve") {
            tracing::warn!("{warning}");
        } else {
            eprintln!("warning: {warning}");
        }
        return Ok(());
    }
    bail!(
        "Palermo does not run as root: a fault in it would reach the whole machine. \
         Use another user, or `--allow-root` (PALERMO_ALLOW_ROOT=1) if there is none"
    )
}

/// Refuses a secret file that others may read.
///
/// # Errors
/// When it cannot be read, or others may read it.
pub fn private(file: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let about = fs::metadata(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let mode = about.permissions().mode() & 0o777;
    anyhow::ensure!(
        mode & 0o077 == 0,
        "`{}` may be read by others (mode {mode:03o}); `chmod 600` it first",
        file.display()
    );
    Ok(())
}

/// Writes a file only its owner may read; refuses to replace one. It is there
/// whole or not at all, whenever the program is cut off.
///
/// # Errors
/// When it is there already or cannot be written.
pub fn write_private(file: &Path, text: &str) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let aside = aside(file);
    let written = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&aside)
        .and_then(|mut open| open.write_all(text.as_bytes()).and_then(|()| open.sync_all()))
        // A link, unlike a new name, never takes the place of a file that is there.
        .and_then(|()| fs::hard_link(&aside, file));
    let removed = fs::remove_file(&aside);
    written.and(removed).with_context(|| format!("cannot write `{}`", file.display()))
}

/// Where a file is written before it gets its name.
#[must_use]
pub fn aside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.new"))
}

/// Makes a folder only its owner may enter.
///
/// # Errors
/// When it cannot be made.
pub fn make_private_folder(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make `{}`", folder.display()))?;
    let mode = fs::metadata(folder)?.permissions().mode() & 0o777;
    anyhow::ensure!(
        mode & 0o077 == 0,
        "`{}` may be entered by others (mode {mode:03o}); `chmod 700` it first",
        folder.display()
    );
    Ok(())
}

/// Folders that a command makes for its result, taken away again while they
/// are empty if it goes wrong before [`MadeFolder::keep`].
#[derive(Debug)]
pub struct MadeFolder(Vec<PathBuf>);

impl MadeFolder {
    /// Makes a folder only its owner may enter, and those above it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make(folder: &Path) -> anyhow::Result<Self> {
        let missing = folder.ancestors().take_while(|one| !one.as_os_str().is_empty());
        let made = missing.take_while(|one| !one.exists()).map(Path::to_owned).collect();
        let made = Self(made);
        make_private_folder(folder)?;
        Ok(made)
    }

    /// The command went well: what was made stays.
    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolder {
    fn drop(&mut self) {
        for folder in &self.0 {
            // One that holds something stays, and those above it.
            if fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }
}

/// A new root key as the text of its file.
///
/// # Errors
/// When there is no randomness.
pub fn new_root_key() -> anyhow::Result<String> {
    let key = Key::generate(&mut OsEntropy).context("the system gives no randomness")?;
    Ok(root::to_file(&key).to_string())
}

/// Runs asynchronous work to its end.
///
/// # Errors
/// What the work refused.
pub fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// The name of the system user who runs the program, for the audit log; the
/// number where the system knows no name. Not taken from the environment,
/// which anyone may set.
#[must_use]
pub fn system_user() -> String {
    use std::os::unix::fs::MetadataExt;
    let Ok(about) = fs::metadata("/proc/self") else { return "unknown".to_owned() };
    let number = about.uid().to_string();
    let names = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let own = names.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1) == Some(number.as_str())).then(|| name.to_owned())
    });
    own.unwrap_or(number)
}
