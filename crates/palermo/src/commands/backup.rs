//! `palermo backup`: one moment of the data as plain files, the keys of
//! persons apart. The server may go on working.

use crate::{
    console,
    runtime::{self, DEMO_MARK, Location},
};
use anyhow::Context;
use palermo_store::backup::Written;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What to back up, and where to.
#[derive(Debug, clap::Args)]
pub struct BackupCommand {
    /// Folder for the data: new or empty
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Folder for the keys of persons: new or empty, kept elsewhere and not for long
    #[arg(long, value_name = "FOLDER")]
    keystore_out: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Writes the backup.
///
/// # Errors
/// When a folder is not empty or cannot be written, or one lies in the other.
pub fn run(command: &BackupCommand) -> anyhow::Result<ExitCode> {
    apart(&command.out, &command.keystore_out)?;
    let written = runtime::block_on(async {
        let store = command.location.open(false).await?;
        let bar = console::working("writing the backup");
        let written = store.backup(&command.out, &command.keystore_out).await;
        bar.finish_and_clear();
        store.close().await.context("the database did not close cleanly")?;
        Ok(written?)
    })?;
    if command.location.is_demo() {
        // So that nobody restores it as a real region, with the passphrase everyone knows.
        runtime::write_private(&command.out.join(DEMO_MARK), "invented data only\n")?;
    }
    show(&written, command)?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses folders of which one lies in the other: kept together they are lost together.
pub(super) fn apart(data: &Path, keys: &Path) -> anyhow::Result<()> {
    let (data_path, keys_path) = (std::path::absolute(data)?, std::path::absolute(keys)?);
    anyhow::ensure!(
        !data_path.starts_with(&keys_path) && !keys_path.starts_with(&data_path),
        "`{}` and `{}` lie in one another; the keys belong apart from the data",
        data.display(),
        keys.display()
    );
    Ok(())
}

fn show(written: &Written, command: &BackupCommand) -> anyhow::Result<()> {
    let mut out = console::out();
    if command.json {
        writeln!(out, "{}", serde_json::to_string_pretty(written)?)?;
        return Ok(());
    }
    writeln!(out, "{}", summary(written, &command.out, &command.keystore_out))?;
    writeln!(out, "Restore needs both folders and the root key; keep the three apart.")?;
    Ok(())
}

/// Where what was written.
pub(super) fn summary(written: &Written, data: &Path, keys: &Path) -> String {
    let rows = |manifest: &palermo_store::backup::Manifest| {
        manifest.tables.iter().map(|table| table.rows).sum::<u64>()
    };
    format!(
        "{} rows of {} tables in `{}`, {} keys in `{}`",
        rows(&written.data),
        written.data.tables.len(),
        data.display(),
        rows(&written.keystore),
        keys.display()
    )
}
