//! `palermo restore`: a backup into an empty folder or an empty PostgreSQL,
//! whichever engine it was made on, verified before anyone relies on it.

use super::verify;
use crate::{
    console,
    runtime::{self, DEMO_MARK, Location, MadeFolder},
};
use anyhow::Context;
use palermo_store::backup;
use std::{fs, io::Write, path::PathBuf, process::ExitCode};

/// What to restore, and where to.
#[derive(Debug, clap::Args)]
pub struct RestoreCommand {
    /// Folder with the data of a backup
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// Folder with its keys of persons
    #[arg(long, value_name = "FOLDER")]
    keystore_from: PathBuf,
    /// Take what one organisation exported into the region that is here, instead of restoring all
    #[arg(long)]
    organisation: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Restores and verifies.
///
/// # Errors
/// When a byte of the backup was changed, the key is another, or the target
/// is not empty.
pub fn run(command: &RestoreCommand) -> anyhow::Result<ExitCode> {
    let location = &command.location;
    runtime::not_as_root(location.allow_root)?;
    if command.organisation {
        return take_in(command);
    }
    let demo = command.from.join(DEMO_MARK).is_file();
    anyhow::ensure!(
        !demo || location.data.is_some(),
        "this is the backup of a demonstration; it is restored into a folder only: `--data`"
    );
    let config = location.config(false)?;
    let mut made = None;
    if let Some(folder) = &location.data {
        made = Some(MadeFolder::make(folder)?);
        anyhow::ensure!(
            fs::read_dir(folder)?.next().is_none(),
            "`{}` is not empty",
            folder.display()
        );
    }
    let report = runtime::block_on(async {
        let bar = console::working("restoring and verifying");
        let restored = backup::restore(&command.from, &command.keystore_from, config).await;
        bar.finish_and_clear();
        let (store, report) = restored.context("nothing was restored")?;
        store.close().await.context("the database did not close cleanly")?;
        Ok(report)
    })?;
    if let Some(made) = made {
        made.keep();
    }
    if let (Some(folder), true) = (&location.data, demo) {
        let key = palermo_crypto::root::to_file(&location.root_key()?);
        runtime::write_private(&folder.join("root.key"), &key)?;
        runtime::write_private(&folder.join(DEMO_MARK), "invented data only\n")?;
    }
    verify::show(&report, command.json)
}

/// Takes one organisation's export into the region that is here.
fn take_in(command: &RestoreCommand) -> anyhow::Result<ExitCode> {
    let report = runtime::block_on(async {
        let app = command.location.app(false, None).await?;
        anyhow::ensure!(
            app.demo || !command.from.join(DEMO_MARK).is_file(),
            "this is an organisation of a demonstration; no real region takes it in"
        );
        anyhow::ensure!(
            !app.demo || command.from.join(DEMO_MARK).is_file(),
            "this is an organisation of a real region; a demonstration takes in no data about persons"
        );
        let bar = console::working("taking in and verifying");
        let user = runtime::system_user();
        let taken = backup::adopt(&app.store, &command.from, &command.keystore_from, &user).await;
        bar.finish_and_clear();
        let (tenant, report) = taken.context("nothing was taken in")?;
        app.store.close().await.context("the database did not close cleanly")?;
        if !command.json {
            writeln!(console::out(), "the organisation {tenant} is here, with everything it owns")?;
        }
        Ok(report)
    })?;
    verify::show(&report, command.json)
}
