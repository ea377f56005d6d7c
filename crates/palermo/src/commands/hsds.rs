//! The directory of services as files of the Open Referral standard.

use crate::runtime::{self, Location};
use anyhow::Context;
use palermo_app::{
    App,
    service::{
        How, Importer, InputFile, Package, csv_files, export_hsds, import_hsds, tabular_json,
        unzip, zipped,
    },
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Exit status: used in a wrong way.
const WRONG_USE: u8 = 2;

/// Files of services.
#[derive(Debug, clap::Args)]
pub struct HsdsFiles {
    /// A folder of CSV and JSON files, a data package in a ZIP, or one file
    path: PathBuf,
    /// Store what is new or changed; without it, only a preview
    #[arg(long)]
    apply: bool,
    /// Store the other rows although some are rejected
    #[arg(long, requires = "apply")]
    skip_rejected: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Imports services, or shows what an import would do.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn import(command: &HsdsFiles) -> anyhow::Result<ExitCode> {
    let files = match files(&command.path) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("`{}` cannot be read: {error:#}", command.path.display());
            return Ok(ExitCode::from(WRONG_USE));
        }
    };
    if files.is_empty() {
        eprintln!("`{}` holds no CSV, JSON or ZIP file", command.path.display());
        return Ok(ExitCode::from(WRONG_USE));
    }
    runtime::block_on(async {
        let app = command.location.app(false, None).await?;
        let how = How { apply: command.apply, skip_rejected: command.skip_rejected };
        let user = runtime::system_user();
        let report = import_hsds(&app, &files, how, Importer::Operator(&user)).await?;
        let mut out = crate::console::out();
        if command.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
            // Reasons belong on standard error, where a script looks for them.
            for rejected in &report.rejected {
                eprintln!("{rejected}");
            }
        } else {
            for line in report.lines() {
                writeln!(out, "{line}")?;
            }
        }
        app.store.close().await.context("the database did not close cleanly")?;
        let held_up = report.rows == 0 || (!report.rejected.is_empty() && !report.applied);
        Ok(if held_up { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    })
}

/// The files at a path: one, those in a ZIP, or those in a folder and the
/// folders in it. Tables of a data package come before other documents.
fn files(path: &Path) -> anyhow::Result<Vec<InputFile>> {
    if !path.is_dir() {
        let bytes = fs::read(path)?;
        if bytes.starts_with(b"PK\x03\x04") {
            return unzip(&bytes).map_err(anyhow::Error::msg);
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(vec![InputFile { name, bytes }]);
    }
    let mut found = Vec::new();
    let mut waiting = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?.path();
            if entry.is_dir() {
                if depth < 3 {
                    waiting.push((entry, depth + 1));
                }
                continue;
            }
            let name = entry.strip_prefix(path).unwrap_or(&entry).to_string_lossy().into_owned();
            let lower = name.to_ascii_lowercase();
            if [".csv", ".json"].iter().any(|ending| lower.ends_with(ending)) {
                found.push(InputFile { name, bytes: fs::read(&entry)? });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Writes the public directory, and says what was written and how many rows;
/// on standard error, for without a file the rows themselves go out.
///
/// # Errors
/// When the data cannot be read or the file not be written.
pub async fn export(app: &App, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let package = export_hsds(app).await?;
    app.store.close().await.context("the database did not close cleanly")?;
    let ending = out.and_then(Path::extension).map(|ending| ending.to_ascii_lowercase());
    let folder = out.filter(|out| out.is_dir() || out.to_string_lossy().ends_with('/'));
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
        for (name, bytes) in csv_files(&package) {
            let file = folder.join(name);
            fs::write(&file, bytes)
                .with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        told(folder, "the CSV files of a data package", &package);
        return Ok(ExitCode::SUCCESS);
    }
    let zip = ending.is_some_and(|ending| ending == "zip");
    let bytes =
        if zip { zipped(&package).map_err(anyhow::Error::msg)? } else { tabular_json(&package)? };
    match out {
        Some(file) => {
            fs::write(file, bytes).with_context(|| format!("cannot write `{}`", file.display()))?;
            let form = if zip { "a data package in a ZIP" } else { "tabular JSON" };
            told(file, form, &package);
        }
        None => crate::console::out().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn told(out: &Path, form: &str, package: &Package) {
    let services = package.rows("service").count();
    eprintln!("wrote `{}`: {form}, {} rows, services {services}", out.display(), package.len());
}
