//! `palermo report`: the brief of a country and the report of a region.

use crate::{
    console,
    runtime::{self, Location},
};
use anyhow::Context;
use palermo_app::{
    document::Format,
    report::{self, ReportRefused, Standing, VersionAsked},
};
use std::{fs, io::Write, path::PathBuf, process::ExitCode};

/// Which report.
#[derive(Debug, clap::Subcommand)]
pub enum ReportCommand {
    /// What one State answered for a year
    Country(CountryArguments),
    /// What the members of a mechanism answered for a year
    Regional(RegionalArguments),
}

fn format(text: &str) -> Result<Format, String> {
    Format::from_code(text).ok_or_else(|| "use html, pdf, docx or json".to_owned())
}

/// What both reports take.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// The questionnaire's id, e.g. joint-annual
    #[arg(long, value_name = "ID")]
    questionnaire: String,
    /// The year reported on
    #[arg(long, value_name = "YEAR")]
    year: i32,
    /// The form
    #[arg(long, value_name = "html|pdf|docx|json", value_parser = format, default_value = "html")]
    format: Format,
    /// The file to write; without it, the terminal
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of the report: en, fr, es or ar
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// Only what was accepted, as the public sees it
    #[arg(long)]
    accepted: bool,
    #[command(flatten)]
    location: Location,
}

/// One State.
#[derive(Debug, clap::Args)]
pub struct CountryArguments {
    /// The State's code, e.g. BEN
    #[arg(long, value_name = "STATE", value_parser = console::state_code)]
    state: String,
    /// Every answer, also in pdf and docx, which otherwise are the brief of two pages
    #[arg(long)]
    full: bool,
    /// An earlier version, by its number from 1, with what is different since
    #[arg(long = "version", value_name = "NUMBER")]
    number: Option<usize>,
    #[command(flatten)]
    common: Common,
}

/// A region.
#[derive(Debug, clap::Args)]
pub struct RegionalArguments {
    /// The mechanism [default: the one this installation serves]
    #[arg(long, value_name = "MECHANISM")]
    mechanism: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Writes a report.
///
/// # Errors
/// When the data cannot be opened or the file not be written.
pub fn run(command: &ReportCommand) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        match command {
            ReportCommand::Country(arguments) => country(arguments).await,
            ReportCommand::Regional(arguments) => regional(arguments).await,
        }
    })
}

/// What the data says no to is told and gives status 1; the rest is passed on.
pub(super) fn refused(why: ReportRefused) -> anyhow::Result<ExitCode> {
    match why {
        ReportRefused::Refused(refused) => Err(refused.into()),
        told => {
            eprintln!("{told}");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn which(common: &Common) -> Standing {
    if common.accepted { Standing::Accepted } else { Standing::Submitted }
}

fn language(common: &Common) -> anyhow::Result<palermo_app::locale::Language> {
    let wanted = common.language.as_str();
    palermo_app::locale::Language::ALL.into_iter().find(|one| one.code() == wanted).ok_or_else(
        || {
            runtime::WrongUse(format!("`{wanted}` is no language here; use en, fr, es or ar"))
                .into()
        },
    )
}

async fn country(arguments: &CountryArguments) -> anyhow::Result<ExitCode> {
    let common = &arguments.common;
    let language = language(common)?;
    let app = common.location.app(false, None).await?;
    if let Some(number) = arguments.number {
        return version(arguments, &app, language, number).await;
    }
    let made = report::country(
        &app,
        &common.questionnaire,
        &arguments.state,
        common.year,
        which(common),
        language.code(),
        false,
    )
    .await;
    let made = match made {
        Ok(made) => made,
        Err(why) => return refused(why),
    };
    let bytes = match common.format {
        Format::Json => json(&made)?,
        brief if matches!(brief, Format::Pdf | Format::Docx) && !arguments.full => {
            let of = report::brief(&app, made, which(common)).await?;
            app.make(&report::brief_document(&app, &of, language), brief).await?
        }
        other => app.make(&report::country_document(&app, &made, language), other).await?,
    };
    write(common, &bytes)
}

/// One version as it was submitted: every answer, and in JSON what is different since.
async fn version(
    arguments: &CountryArguments,
    app: &palermo_app::App,
    language: palermo_app::locale::Language,
    number: usize,
) -> anyhow::Result<ExitCode> {
    let common = &arguments.common;
    let asked = VersionAsked {
        questionnaire: &common.questionnaire,
        state: &arguments.state,
        period: common.year,
        number,
        which: which(common),
        language: language.code(),
        confidential: false,
    };
    let made = match report::country_version(app, &asked).await {
        Ok(made) => made,
        Err(why) => return refused(why),
    };
    let bytes = match common.format {
        Format::Json => json(&made)?,
        other => {
            let mut report = made.report;
            report.corrections.extend(made.since);
            app.make(&report::country_document(app, &report, language), other).await?
        }
    };
    write(common, &bytes)
}

async fn regional(arguments: &RegionalArguments) -> anyhow::Result<ExitCode> {
    let common = &arguments.common;
    let language = language(common)?;
    let app = common.location.app(false, None).await?;
    let mechanism = match &arguments.mechanism {
        Some(id) => id.clone(),
        None => app
            .store
            .mechanism()
            .await?
            .context("this installation serves no mechanism; name one with `--mechanism`")?,
    };
    let made = report::regional(
        &app,
        &common.questionnaire,
        &mechanism,
        common.year,
        which(common),
        language.code(),
    )
    .await;
    let made = match made {
        Ok(made) => made,
        Err(why) => return refused(why),
    };
    let bytes = match common.format {
        Format::Json => json(&made)?,
        other => app.make(&report::regional_document(&app, &made, language), other).await?,
    };
    write(common, &bytes)
}

fn json(made: &impl serde::Serialize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(made)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn write(common: &Common, bytes: &[u8]) -> anyhow::Result<ExitCode> {
    match &common.out {
        Some(file) => {
            fs::write(file, bytes).with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        None => crate::console::out().write_all(bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
