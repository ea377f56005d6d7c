//! The program run as a person would: in a folder of its own, with files for
//! key and passphrase.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

/// The first administrator of test regions.
pub const ADMIN: &str = "admin@region.example";
/// Their passphrase.
pub const PASSPHRASE: &str = "seven copper lanterns over water";

/// A place for one region.
pub struct Place {
    pub folder: TempDir,
}

impl Place {
    /// An empty place, with the passphrase's file in it.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("palermo-cli-").tempdir().unwrap();
        let place = Self { folder };
        private_file(&place.path("passphrase"), &format!("{PASSPHRASE}\n"));
        place
    }

    /// A place with a region started in it.
    pub fn with_region() -> Self {
        let place = Self::new();
        done(&place.init());
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with these arguments; `@name` stands for a file of this place.
    pub fn palermo(&self, arguments: &[&str]) -> Command {
        let mut command = palermo();
        for one in arguments {
            match one.strip_prefix('@') {
                Some(name) => command.arg(self.path(name)),
                None => command.arg(one),
            };
        }
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.palermo(arguments).output().unwrap()
    }

    /// Runs it on this place's data.
    pub fn on_data(&self, arguments: &[&str]) -> Output {
        let mut all = arguments.to_vec();
        all.extend(["--data", "@data", "--key-file", "@root.key"]);
        self.run(&all)
    }

    pub fn init(&self) -> Output {
        self.on_data(&[
            "init",
            "--mechanism",
            "ECOWAS",
            "--admin-email",
            ADMIN,
            "--admin-passphrase-file",
            "@passphrase",
            "--json",
        ])
    }
}

/// The program, allowed to run as whoever runs the tests. `PALERMO_BINARY`
/// names another build of it: long checks and speed are tried on a release.
pub fn palermo() -> Command {
    let built = std::env::var_os("PALERMO_BINARY");
    let mut command = Command::new(built.unwrap_or_else(|| env!("CARGO_BIN_EXE_palermo").into()));
    command.env_clear().env("PALERMO_ALLOW_ROOT", "1").env("PALERMO_ALLOW_DEBUG_BUILD", "1");
    command
}

/// A file only its owner may read.
pub fn private_file(path: &Path, text: &str) {
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// A folder only its owner may enter.
pub fn private_folder(path: &Path) {
    fs::DirBuilder::new().mode(0o700).create(path).unwrap();
}

pub fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

pub fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that it went well, and gives what it printed.
#[track_caller]
pub fn done(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
    out(output)
}

/// Asserts that it was refused with this status, and gives the reasons.
#[track_caller]
pub fn refused(output: &Output, status: i32) -> String {
    assert_eq!(output.status.code(), Some(status), "{}{}", out(output), err(output));
    err(output)
}

#[track_caller]
pub fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(&done(output)).unwrap()
}
