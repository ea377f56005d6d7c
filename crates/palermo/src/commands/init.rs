//! `palermo init`: a real region from a mechanism's profile, with its first
//! administrator.

use crate::{
    console,
    runtime::{self, Location, MadeFolder, WrongUse},
};
use anyhow::Context;
use palermo_app::{
    Parts,
    region::{self, Founded, NewRegion, NotFounded},
};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What region to start, and where.
#[derive(Debug, clap::Args)]
pub struct InitCommand {
    /// The mechanism's id, e.g. ECOWAS; `palermo mechanisms list` shows all
    #[arg(long, value_name = "ID")]
    mechanism: Option<String>,
    /// Address of the first administrator
    #[arg(long, value_name = "EMAIL")]
    admin_email: Option<String>,
    /// File with their passphrase; asked for on a terminal
    #[arg(long, value_name = "FILE")]
    admin_passphrase_file: Option<PathBuf>,
    /// Their name [default: the address up to the at sign]
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    admin_name: String,
    /// Their language and that of the secretariat's letters
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Starts the region.
///
/// # Errors
/// When there is a region already, a folder or key file may be read by
/// others, or the answers cannot be taken.
pub fn run(command: &InitCommand) -> anyhow::Result<ExitCode> {
    let location = &command.location;
    runtime::not_as_root(location.allow_root)?;
    anyhow::ensure!(!location.is_demo(), "this folder holds a demonstration; name another one");
    let key_file = location.key_file.as_deref().ok_or_else(|| {
        WrongUse("name the file for the root key: `--key-file` or PALERMO_KEY_FILE".to_owned())
    })?;
    let parts = location.parts()?;
    let new = answers(command)?;
    region::check(&parts.content, &new).map_err(|refused| told(&parts, refused))?;
    let fresh_key = prepare(location, key_file)?;
    let founded = runtime::block_on(async {
        let app = location.app(true, None).await?;
        let founded = region::found(&app, &new).await;
        let closed = app.store.close().await.context("the database did not close cleanly");
        let founded = founded.map_err(|refused| told(&parts, refused))?;
        closed.map(|()| founded)
    })?;
    announce(command, &founded, key_file, fresh_key)?;
    Ok(ExitCode::SUCCESS)
}

fn answers(command: &InitCommand) -> anyhow::Result<NewRegion> {
    let mechanism = console::answer(command.mechanism.as_deref(), "Mechanism", "--mechanism")?;
    let question = "Address of the first administrator";
    let email = console::answer(command.admin_email.as_deref(), question, "--admin-email")?;
    let passphrase = console::passphrase(
        command.admin_passphrase_file.as_deref(),
        "Their passphrase (15 characters or more; it is not shown)",
        "--admin-passphrase-file",
    )?;
    Ok(NewRegion {
        mechanism,
        email,
        name: command.admin_name.clone(),
        language: command.language.clone(),
        passphrase,
        operator: runtime::system_user(),
    })
}

fn told(parts: &Parts, refused: NotFounded) -> anyhow::Error {
    match refused {
        NotFounded::Refused(refused) => console::told_by(&parts.catalogue, refused),
        other => other.into(),
    }
}

/// Makes folder and key where they are missing. True if the key is new.
fn prepare(location: &Location, key_file: &Path) -> anyhow::Result<bool> {
    let mut made = Vec::new();
    if let Some(folder) = &location.data {
        made.push(MadeFolder::make(folder)?);
        // A new key beside old data would open none of it.
        anyhow::ensure!(
            key_file.exists() || !folder.join("palermo.db").exists(),
            "`{}` holds data already, and its key `{}` is not there",
            folder.display(),
            key_file.display()
        );
    } else {
        location.database()?;
    }
    if key_file.exists() {
        location.root_key()?;
        made.into_iter().for_each(MadeFolder::keep);
        return Ok(false);
    }
    if let Some(folder) = key_file.parent().filter(|folder| !folder.as_os_str().is_empty())
        && !folder.exists()
    {
        made.push(MadeFolder::make(folder)?);
    }
    runtime::write_private(key_file, &runtime::new_root_key()?)?;
    made.into_iter().for_each(MadeFolder::keep);
    Ok(true)
}

fn announce(
    command: &InitCommand,
    founded: &Founded,
    key_file: &Path,
    fresh_key: bool,
) -> anyhow::Result<()> {
    let inside = command.location.data.as_ref().is_some_and(|folder| key_file.starts_with(folder));
    if inside {
        eprintln!("note: the key lies in the data folder; who takes the folder has both");
    }
    let mut out = console::out();
    if command.json {
        writeln!(out, "{}", serde_json::to_string_pretty(founded)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "The region of {} is started; {} answers for it.",
        founded.mechanism, founded.name
    )?;
    writeln!(out, "First administrator: {}", founded.email)?;
    writeln!(out, "The second factor is set up at the first sign-in.")?;
    if fresh_key {
        writeln!(
            out,
            "The root key is in `{}`. Keep a copy elsewhere: without it nothing can be opened.",
            key_file.display()
        )?;
    }
    Ok(())
}
