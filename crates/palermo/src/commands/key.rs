//! `palermo key`: which keys there are and who holds them, another root key,
//! locking everything at once, handing compartments over, replacing their
//! keys, and the recovery that takes two officers.

mod recovery;

use crate::{
    console,
    person::AsWhom,
    runtime::{self, Location},
};
use anyhow::Context;
use palermo_app::{
    App,
    keys::{self, GUARDED},
    operator::Operator,
};
use palermo_store::keys::compartment;
use serde::Serialize;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What to do with keys.
#[derive(Debug, clap::Subcommand)]
pub enum KeyCommand {
    /// Whether the root key fits, and how many keys open each compartment
    Status {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        location: Location,
    },
    /// Put another root key in place of the present one
    RotateRoot {
        /// File for the new key: made if it is not there
        #[arg(long, value_name = "FILE")]
        new_key_file: PathBuf,
        #[command(flatten)]
        location: Location,
    },
    /// End every session now: nobody's key is open until they sign in again
    Lock {
        #[command(flatten)]
        location: Location,
    },
    /// Make the keys of one's organisation's compartments, with a recovery that takes two officers
    Establish {
        /// Address of a recovery officer; give at least two, or none for everyone who can be one
        #[arg(long = "officer", value_name = "EMAIL")]
        officers: Vec<String>,
        #[command(flatten)]
        in_name: InName,
    },
    /// Make the recovery anew, for these officers with the keys and papers they have now
    RenewRecovery {
        /// Address of a recovery officer; give at least two, or none for everyone who can be one
        #[arg(long = "officer", value_name = "EMAIL")]
        officers: Vec<String>,
        #[command(flatten)]
        in_name: InName,
    },
    /// Make one's own recovery paper; prints its letters once, to be put into a safe
    Paper(InName),
    /// As the first officer, release the recovery for another one to open
    Release {
        /// File with the letters of one's paper, if one's key is lost
        #[arg(long, value_name = "FILE")]
        paper_file: Option<PathBuf>,
        #[command(flatten)]
        in_name: InName,
    },
    /// As the second officer, open the recovery: every member gets their keys again
    Recover {
        /// File with the letters of one's paper, if one's key is lost
        #[arg(long, value_name = "FILE")]
        paper_file: Option<PathBuf>,
        #[command(flatten)]
        in_name: InName,
    },
    /// Replace a compartment's key and move everything it wraps; goes on where it stopped
    Rotate {
        /// Which: care, identity or protected-address
        compartment: String,
        #[command(flatten)]
        in_name: InName,
    },
    /// Hand a colleague what their role opens, out of one's own key
    HandOver {
        /// Address of the colleague
        to: String,
        #[command(flatten)]
        in_name: InName,
    },
}

/// An act in someone's name.
#[derive(Debug, clap::Args)]
pub struct InName {
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

#[derive(Serialize)]
struct Status {
    house: Option<String>,
    mechanism: Option<String>,
    tenants: Vec<TenantKeys>,
}

#[derive(Serialize)]
struct TenantKeys {
    tenant: String,
    name: String,
    kind: &'static str,
    compartments: Vec<CompartmentKeys>,
}

#[derive(Serialize)]
struct CompartmentKeys {
    compartment: &'static str,
    established: bool,
    /// Keys that open it: of staff, and the recovery key.
    holders: usize,
}

/// Runs the command.
///
/// # Errors
/// What access, the rules or the store refuse.
pub fn run(command: &KeyCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let (KeyCommand::Status { location, .. }
        | KeyCommand::RotateRoot { location, .. }
        | KeyCommand::Lock { location }
        | KeyCommand::Paper(InName { location, .. })
        | KeyCommand::Establish { in_name: InName { location, .. }, .. }
        | KeyCommand::RenewRecovery { in_name: InName { location, .. }, .. }
        | KeyCommand::Release { in_name: InName { location, .. }, .. }
        | KeyCommand::Recover { in_name: InName { location, .. }, .. }
        | KeyCommand::Rotate { in_name: InName { location, .. }, .. }
        | KeyCommand::HandOver { in_name: InName { location, .. }, .. }) = command;
        let app = location.app(false, None).await?;
        let done = carry_out(command, location, &app).await;
        app.store.close().await.context("the database did not close cleanly")?;
        done
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn carry_out(command: &KeyCommand, location: &Location, app: &App) -> anyhow::Result<()> {
    let user = runtime::system_user();
    let operator = Operator { app, user: &user };
    match command {
        KeyCommand::Status { json, .. } => status(&operator, *json).await,
        KeyCommand::RotateRoot { new_key_file, .. } => {
            rotate_root(&operator, location, new_key_file).await
        }
        KeyCommand::Lock { .. } => {
            let ended = operator.lock().await.map_err(|refused| console::told(app, refused))?;
            writeln!(
                console::out(),
                "locked: {ended} sessions ended, and with them every open key"
            )?;
            Ok(())
        }
        KeyCommand::HandOver { to, in_name } => hand_over(&operator, &in_name.as_whom, to).await,
        in_name => recovery::carry_out(&operator, in_name).await,
    }
}

async fn status(operator: &Operator<'_>, json: bool) -> anyhow::Result<()> {
    let app = operator.app;
    let everyone = operator.everyone().await.map_err(|refused| console::told(app, refused))?;
    let house = app.store.house();
    let mut status = Status {
        house: everyone
            .iter()
            .find(|(tenant, _)| Some(tenant.id) == house)
            .map(|(tenant, _)| tenant.name.clone()),
        mechanism: app.store.mechanism().await?,
        tenants: Vec::new(),
    };
    for (tenant, _) in everyone.iter().filter(|(tenant, _)| tenant.kind.assists_people()) {
        let mut compartments = Vec::new();
        for one in GUARDED {
            let holders = compartment::holders(&app.store, tenant.id, one).await?.len();
            compartments.push(CompartmentKeys {
                compartment: one.code(),
                established: holders > 0,
                holders,
            });
        }
        status.tenants.push(TenantKeys {
            tenant: tenant.id.to_string(),
            name: tenant.name.clone(),
            kind: tenant.kind.code(),
            compartments,
        });
    }
    let mut out = console::out();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&status)?)?;
        return Ok(());
    }
    writeln!(out, "the root key fits this data")?;
    for tenant in &status.tenants {
        writeln!(out, "{} ({})", tenant.name, tenant.kind)?;
        for one in &tenant.compartments {
            let held = match one.holders {
                0 => "no key yet".to_owned(),
                number => format!("{number} keys open it, the recovery key included"),
            };
            writeln!(out, "  {:<18} {held}", one.compartment)?;
        }
    }
    Ok(())
}

async fn rotate_root(
    operator: &Operator<'_>,
    location: &Location,
    new_file: &Path,
) -> anyhow::Result<()> {
    anyhow::ensure!(!location.is_demo(), "a demonstration keeps its key");
    let old = location.root_key()?;
    if !new_file.exists() {
        // Written and flushed first: a key in the database alone would lock everyone out.
        runtime::write_private(new_file, &runtime::new_root_key()?)?;
    }
    let new = Location { key_file: Some(new_file.to_owned()), ..location.clone() }.root_key()?;
    anyhow::ensure!(
        !palermo_crypto::same(old.as_bytes(), new.as_bytes()),
        "`{}` holds the present root key",
        new_file.display()
    );
    operator.app.store.change_root(&old, &new).await?;
    operator.note_new_root().await.map_err(|refused| console::told(operator.app, refused))?;
    let mut out = console::out();
    writeln!(out, "the root key is now the one in `{}`", new_file.display())?;
    writeln!(
        out,
        "Keep the old one as long as backups made under it are kept: they open with it alone."
    )?;
    Ok(())
}

async fn hand_over(operator: &Operator<'_>, as_whom: &AsWhom, to: &str) -> anyhow::Result<()> {
    let app = operator.app;
    let person = as_whom.required(app).await?;
    let done = match operator.account(to).await {
        Ok(account) => keys::hand_over(&person.acting(), &person.signed, account.record.id)
            .await
            .map_err(|refused| console::told(app, refused)),
        Err(unknown) => Err(unknown.into()),
    };
    person.leave().await?;
    match done? {
        keys::Handed::Done => writeln!(console::out(), "{to} now holds what their role opens")?,
        keys::Handed::Asked => {
            writeln!(
                console::out(),
                "{to} lost an earlier key: a second officer must hand over too"
            )?;
        }
    }
    Ok(())
}
