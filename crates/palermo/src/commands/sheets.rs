//! Services, contact points, national law and obstacles as sheets: `palermo import
//! services|contacts|law|obstacles`.

use crate::{
    console,
    person::AsWhom,
    runtime::{self, Location},
};
use anyhow::Context;
use palermo_app::{
    App,
    locale::Language,
    sheets::{
        How, Importer, SheetReport, import_contacts, import_laws, import_obstacles, import_services,
    },
};
use std::{io::Write, path::PathBuf, process::ExitCode};

/// Exit status: used in a wrong way.
const WRONG_USE: u8 = 2;

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Services.
    Services,
    /// Contact points.
    Contacts,
    /// What national law says.
    Laws,
    /// What holds States back from instruments.
    Obstacles,
}

/// A sheet.
#[derive(Debug, clap::Args)]
pub struct SheetFile {
    /// The sheet: CSV or XLSX, with a heading row, as `palermo export` writes it
    file: PathBuf,
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
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

/// Imports a sheet, or shows what an import would do: for the house, or for
/// the organisation of the person named with `--as`.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn import(command: &SheetFile, kind: Kind) -> anyhow::Result<ExitCode> {
    let bytes = match std::fs::read(&command.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("`{}` cannot be read: {error}", command.file.display());
            return Ok(ExitCode::from(WRONG_USE));
        }
    };
    runtime::block_on(async {
        let app = command.location.app(false, None).await?;
        let how = How { apply: command.apply, skip_rejected: command.skip_rejected };
        let person = command.as_whom.sign_in(&app).await?;
        let told = match &person {
            Some(person) => {
                let acting = person.acting();
                read(&app, kind, &bytes, how, Importer::Member(&acting)).await
            }
            None => {
                let user = runtime::system_user();
                read(&app, kind, &bytes, how, Importer::Operator(&user)).await
            }
        };
        if let Some(person) = person {
            person.leave().await?;
        }
        let report = told.map_err(|refused| console::told(&app, refused))?;
        show(&app, &report, command.json)?;
        app.store.close().await.context("the database did not close cleanly")?;
        let held_up = !report.rejected.is_empty() && !report.applied;
        Ok(if held_up { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    })
}

async fn read(
    app: &App,
    kind: Kind,
    bytes: &[u8],
    how: How,
    importer: Importer<'_>,
) -> Result<SheetReport, palermo_app::Refused> {
    match kind {
        Kind::Services => import_services(app, bytes, how, importer).await,
        Kind::Contacts => import_contacts(app, bytes, how, importer).await,
        Kind::Laws => import_laws(app, bytes, how, importer).await,
        Kind::Obstacles => import_obstacles(app, bytes, how, importer).await,
    }
}

fn show(app: &App, report: &SheetReport, json: bool) -> anyhow::Result<()> {
    let say = |message: &palermo_app::Message| message.say_plain(&app.catalogue, Language::En);
    let mut out = console::out();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(report)?)?;
        // Reasons belong on standard error, where a script looks for them.
        for bad in &report.rejected {
            eprintln!("{}", bad.line(say));
        }
    } else {
        for line in report.lines(say) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
