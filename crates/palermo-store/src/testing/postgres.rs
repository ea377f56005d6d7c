//! A private PostgreSQL for tests: one per machine user, on a socket in the
//! temporary folder, started by whichever test comes first and stopped by a
//! small watcher once no test has used it for a while.
//!
//! `fsync` is off: tests about durability start a server of their own.

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};
use uuid::Uuid;

/// Seconds without a test before the server is stopped.
const IDLE_SECS: u32 = 60;

/// A running server; keeps it from being stopped while this process lives.
struct Server {
    socket: PathBuf,
    _in_use: File,
}

/// Addresses of two new, empty databases.
pub(super) async fn fresh_databases() -> Option<(String, String)> {
    let server = server()?;
    let admin = connect(&server.address("postgres")).await;
    let name = format!("t_{}", Uuid::new_v4().simple());
    let names = [name.clone(), format!("{name}_keys")];
    for name in &names {
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    }
    admin.close().await.unwrap();
    let [data, keys] = names;
    Some((server.address(&data), server.address(&keys)))
}

/// Removes databases made by [`fresh_databases`].
pub(super) async fn drop_databases(urls: &[&String]) {
    on_each(urls, &["DROP DATABASE IF EXISTS {} WITH (FORCE)"]).await;
}

/// Makes them anew, empty.
pub(super) async fn recreate_databases(urls: &[&String]) {
    on_each(urls, &["DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"]).await;
}

async fn on_each(urls: &[&String], statements: &[&str]) {
    let Some(server) = server() else { return };
    let admin = connect(&server.address("postgres")).await;
    for url in urls {
        let path = url.split('?').next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        assert!(name.starts_with("t_"), "only databases of tests are dropped");
        for statement in statements {
            admin.execute_unprepared(&statement.replace("{}", name)).await.unwrap();
        }
    }
    admin.close().await.unwrap();
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

impl Server {
    fn address(&self, database: &str) -> String {
        let socket = self.socket.display().to_string().replace('/', "%2F");
        format!("postgres://palermo@localhost/{database}?host={socket}")
    }
}

fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(start).as_ref()
}

/// The newest installed server's programs.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
        .collect();
    found.sort();
    found.pop()
}

fn start() -> Option<Server> {
    let Some(bin) = programs() else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "PostgreSQL's programs are missing, and CI wants both engines"
        );
        eprintln!("not run: PostgreSQL (no server programs in /usr/lib/postgresql)");
        return None;
    };
    let folder = std::env::temp_dir().join(format!("palermo-test-postgres-{}", whoami()));
    fs::create_dir_all(&folder).unwrap();
    let in_use = File::create(folder.join("in-use.lock")).unwrap();
    in_use.lock_shared().unwrap();
    let starting = File::create(folder.join("start.lock")).unwrap();
    starting.lock().unwrap();
    let data = folder.join("data");
    if !is_ready(&bin, &folder) {
        let _ = fs::remove_dir_all(&data);
        boot(&bin, &folder, &data);
        watch(&bin, &folder, &data);
    }
    Some(Server { socket: folder, _in_use: in_use })
}

fn whoami() -> String {
    let id = Command::new("id").arg("-u").output().unwrap();
    String::from_utf8(id.stdout).unwrap().trim().to_owned()
}

fn is_ready(bin: &Path, socket: &Path) -> bool {
    let asked = Command::new(bin.join("pg_isready"))
        .args(["-q", "-h"])
        .arg(socket)
        .stdout(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

/// A shell command as the user the server runs as: it refuses to run as root.
fn as_server(line: &str) -> Command {
    let mut command = if whoami() == "0" {
        let mut command = Command::new("su");
        command.args(["postgres", "-s", "/bin/sh", "-c", line]);
        command
    } else {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line]);
        command
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
    command
}

fn boot(bin: &Path, folder: &Path, data: &Path) {
    // The server's user writes its socket and data here.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    let (bin, folder, data) = (bin.display(), folder.display(), data.display());
    let options = format!(
        "-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off \
         -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB"
    );
    let line = format!(
        "cd / && {bin}/initdb -D {data} -U palermo -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
         && {bin}/pg_ctl -D {data} -l {folder}/server.log -w -o '{options}' start"
    );
    let started = as_server(&line).status().unwrap();
    assert!(started.success(), "PostgreSQL did not start, see {folder}/server.log");
}

/// Leaves a watcher behind that stops the server when no test process holds
/// the lock any more.
fn watch(bin: &Path, folder: &Path, data: &Path) {
    let (bin, folder, data) = (bin.display(), folder.display(), data.display());
    let line = format!(
        "idle=0; while [ $idle -lt {IDLE_SECS} ]; do sleep 5; \
         if flock -n -x {folder}/in-use.lock true; then idle=$((idle+5)); else idle=0; fi; \
         [ -d {data} ] || exit 0; done; \
         {bin}/pg_ctl -D {data} -m immediate stop; rm -rf {data}"
    );
    // Its own streams, or a test runner that waits for them waits for the watcher;
    // its own group, so that it outlives the test that started it.
    let mut command = as_server(&format!("({line}) >/dev/null 2>&1 &"));
    command.stderr(Stdio::null());
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    assert!(command.status().unwrap().success());
}
