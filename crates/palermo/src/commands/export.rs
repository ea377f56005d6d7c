//! `palermo export`: a register as a file. CSV, or a workbook where the file's
//! name ends in `.xlsx`.

use super::{adherence::refused, backup};
use crate::{
    console,
    person::AsWhom,
    runtime::{self, DEMO_MARK, Location, WrongUse},
};
use anyhow::Context;
use palermo_app::{
    App,
    domain::register::day::Day,
    register::ask::{ExportKind, Lookup},
    sheets,
    tenant::export,
};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The line that marks what a demonstration gives out (E43).
const INVENTED: &str = "demonstration: everything here is invented";

/// What to export, and where to.
#[derive(Debug, clap::Args)]
pub struct ExportCommand {
    #[command(subcommand)]
    kind: Kind,
    /// The file to write; `.xlsx` makes a workbook [default: CSV to standard output]
    #[arg(long, value_name = "FILE", global = true)]
    out: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Kind {
    /// Everything stored about an instrument, in the shape in which it is imported
    Adherence(OfInstrument),
    /// The parties to an instrument on a day
    Parties(OnDay),
    /// The members of a mechanism that were no party on a day: a list for advocacy
    Missing {
        /// The mechanism, e.g. ECOWAS
        #[arg(long, value_name = "MECHANISM")]
        mechanism: String,
        #[command(flatten)]
        on_day: OnDay,
    },
    /// National law: one row for each State and topic, with article and source
    Law(Location),
    /// National law at a glance: States by topics
    LawMatrix(Location),
    /// Agreements
    Agreements(Location),
    /// What each instrument covers
    Instruments(Location),
    /// Who used which model text
    ModelTexts(Location),
    /// The public directory of services in the Open Referral standard (HSDS 3); `.zip` makes a data
    /// package, a folder its files, any other name tabular JSON
    Hsds(Location),
    /// Services everyone may know, as a sheet that can be imported again; protected ones are left out
    Services(Location),
    /// Contact points, as a sheet that can be imported again
    Contacts(Location),
    /// Everything one's own organisation owns, as files; what is sealed stays sealed
    Tenant(OwnTenant),
}

#[derive(Debug, clap::Args)]
struct OwnTenant {
    /// Folder for the data: new or empty
    #[arg(long, value_name = "FOLDER")]
    folder: PathBuf,
    /// Folder for the keys of persons: new or empty, kept elsewhere
    #[arg(long, value_name = "FOLDER")]
    keystore_out: PathBuf,
    #[command(flatten)]
    as_whom: AsWhom,
    #[command(flatten)]
    location: Location,
}

#[derive(Debug, clap::Args)]
struct OfInstrument {
    /// The instrument's id, e.g. tip-protocol
    #[arg(long, value_name = "ID")]
    instrument: String,
    #[command(flatten)]
    location: Location,
}

#[derive(Debug, clap::Args)]
struct OnDay {
    #[command(flatten)]
    of: OfInstrument,
    /// The day, e.g. 2009-04-16
    #[arg(long, value_name = "DATE")]
    on: Day,
}

impl Kind {
    const fn location(&self) -> &Location {
        match self {
            Self::Adherence(of) => &of.location,
            Self::Tenant(own) => &own.location,
            Self::Parties(on_day) | Self::Missing { on_day, .. } => &on_day.of.location,
            Self::Law(location)
            | Self::LawMatrix(location)
            | Self::Agreements(location)
            | Self::Instruments(location)
            | Self::ModelTexts(location)
            | Self::Services(location)
            | Self::Contacts(location)
            | Self::Hsds(location) => location,
        }
    }

    /// The list wanted; nothing for adherence and tenants, which have shapes of their own.
    fn list(&self) -> Option<ExportKind> {
        Some(match self {
            Self::Adherence(_)
            | Self::Tenant(_)
            | Self::Services(_)
            | Self::Contacts(_)
            | Self::Hsds(_) => return None,
            Self::Parties(OnDay { of, on }) => {
                ExportKind::Parties { instrument: of.instrument.clone(), on: *on }
            }
            Self::Missing { mechanism, on_day: OnDay { of, on } } => ExportKind::Missing {
                instrument: of.instrument.clone(),
                on: *on,
                mechanism: mechanism.clone(),
            },
            Self::Law(_) => ExportKind::Laws,
            Self::LawMatrix(_) => ExportKind::LawMatrix,
            Self::Agreements(_) => ExportKind::Agreements,
            Self::Instruments(_) => ExportKind::Scope,
            Self::ModelTexts(_) => ExportKind::ModelTexts,
        })
    }
}

/// Writes the export.
///
/// # Errors
/// When the data cannot be opened or the file not be written.
pub fn run(command: &ExportCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let app = command.kind.location().app(false, None).await?;
        if let Kind::Tenant(own) = &command.kind {
            return tenant(own, &app).await;
        }
        if matches!(command.kind, Kind::Hsds(_)) {
            return super::hsds::export(&app, command.out.as_deref()).await;
        }
        if let Some(file) = command.out.as_deref() {
            known_ending(file)?;
        }
        let workbook = command.out.as_deref().is_some_and(is_workbook);
        match bytes(&command.kind, &app, workbook).await {
            Ok(bytes) => {
                write(command.out.as_deref(), &bytes)?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => refused(error),
        }
    })
}

async fn tenant(own: &OwnTenant, app: &App) -> anyhow::Result<ExitCode> {
    backup::apart(&own.folder, &own.keystore_out)?;
    let person = own.as_whom.required(app).await?;
    let written = export(&person.acting(), &own.folder, &own.keystore_out).await;
    person.leave().await?;
    let written = written.map_err(|refused| console::told(app, refused))?;
    if app.demo {
        // Its passphrase is known to everyone; no real region takes it in.
        runtime::write_private(&own.folder.join(DEMO_MARK), "invented data only\n")?;
    }
    writeln!(console::out(), "{}", backup::summary(&written, &own.folder, &own.keystore_out))?;
    Ok(ExitCode::SUCCESS)
}

/// A file is what its name says it is; other endings are refused before anything is read.
fn known_ending(file: &Path) -> anyhow::Result<()> {
    let Some(ending) = file.extension() else { return Ok(()) };
    if ["csv", "txt", "xlsx"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(WrongUse(format!(
        "`{}` cannot be written: lists are CSV or workbooks; let the name end in `.csv` or `.xlsx`",
        file.display()
    ))
    .into())
}

fn is_workbook(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

async fn bytes(kind: &Kind, app: &App, workbook: bool) -> anyhow::Result<Vec<u8>> {
    let own_shape = match kind {
        Kind::Services(_) => Some(sheets::export_services(app).await?),
        Kind::Contacts(_) => Some(sheets::export_contacts(app).await?),
        _ => None,
    };
    if let Some(sheet) = own_shape {
        return Ok(if workbook { sheet.xlsx()? } else { sheet.csv() });
    }
    let Some(list) = kind.list() else {
        let Kind::Adherence(of) = kind else { anyhow::bail!("nothing to export") };
        anyhow::ensure!(
            !workbook,
            "adherence is written as CSV alone, so that it can be imported again: name the file \
             `{instrument}.csv`; as a workbook there is `palermo export parties --instrument \
             {instrument} --on DATE`",
            instrument = of.instrument
        );
        return Ok(Lookup::of(app).export_adherence(&of.instrument).await?);
    };
    let today = app.store.now().date().into();
    let mut sheet = Lookup::of(app).export(&list, today, "en").await?;
    if app.demo {
        sheet.notes.push(INVENTED.to_owned());
    }
    Ok(if workbook { sheet.xlsx()? } else { sheet.csv() })
}

fn write(file: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match file {
        Some(file) => std::fs::write(file, bytes)
            .with_context(|| format!("cannot write `{}`", file.display())),
        None => Ok(console::out().write_all(bytes)?),
    }
}
