//! `palermo verify`: is the log the one that was written, and does every row
//! and every sealed value still say what the log says?

use crate::{
    console,
    runtime::{self, Location},
};
use anyhow::Context;
use palermo_app::keys::{self, Paper};
use palermo_store::{
    Paging, Store, audit::verify::VerifyReport, keys::verify_seals::SealReport, tenant,
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What to verify, against what.
#[derive(Debug, clap::Args)]
pub struct VerifyCommand {
    /// File with signed checkpoints kept elsewhere; can be given several times
    #[arg(long, value_name = "FILE")]
    witness: Vec<PathBuf>,
    /// Write the latest signed checkpoints into this new file, to be kept elsewhere
    #[arg(long, value_name = "FILE")]
    write_witness: Option<PathBuf>,
    /// File with the letters of an officer's recovery paper; with the papers of two
    /// officers every sealed value is opened too, and counted
    #[arg(long, value_name = "FILE")]
    recovery_paper: Vec<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// What was looked at: the log and rows, and with the recovery key the seals.
#[derive(serde::Serialize)]
struct Looked<'a> {
    #[serde(flatten)]
    report: &'a VerifyReport,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seals: Vec<SealReport>,
}

/// Verifies everything. Status 1, with reasons, if something was altered.
///
/// # Errors
/// When the data or a witness cannot be read.
pub fn run(command: &VerifyCommand) -> anyhow::Result<ExitCode> {
    let mut notes = Vec::new();
    for file in &command.witness {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        let found = split_notes(&text);
        anyhow::ensure!(!found.is_empty(), "`{}` holds no signed checkpoint", file.display());
        notes.extend(found);
    }
    let papers = papers(&command.recovery_paper)?;
    let (report, seals) = runtime::block_on(async {
        let store = command.location.open(false).await?;
        let bar = console::working("verifying log, rows and keys");
        let report = store.verify(None, &notes).await;
        bar.finish_and_clear();
        let report = report.context("the data cannot be verified")?;
        if let (Some(file), true) = (&command.write_witness, report.is_clean()) {
            write_witness(&store, file).await?;
        }
        let seals =
            if papers.is_empty() { Vec::new() } else { open_seals(&store, &papers).await? };
        store.close().await.context("the database did not close cleanly")?;
        Ok((report, seals))
    })?;
    tell(&report, seals, command.json)
}

/// The papers of two officers, out of files only their owners may read; one
/// file may hold both, a paper a line.
fn papers(files: &[PathBuf]) -> anyhow::Result<Vec<Paper>> {
    let mut found = Vec::new();
    for file in files {
        runtime::private(file)?;
        let text = zeroize::Zeroizing::new(
            fs::read_to_string(file)
                .with_context(|| format!("cannot read `{}`", file.display()))?,
        );
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        match Paper::parse(&text) {
            Ok(paper) => found.push(paper),
            Err(_) => {
                for line in lines {
                    let paper =
                        Paper::parse(line).with_context(|| format!("`{}`", file.display()))?;
                    found.push(paper);
                }
            }
        }
    }
    Ok(found)
}

async fn open_seals(store: &Store, papers: &[Paper]) -> anyhow::Result<Vec<SealReport>> {
    let bar = console::working("opening every sealed value");
    let opened = keys::check_seals(store, papers, &runtime::system_user()).await;
    bar.finish_and_clear();
    opened.map_err(|refused| match refused {
        palermo_app::Refused::Declined(_) => anyhow::anyhow!(
            "these papers open no organisation's recovery together: they must be of two officers, \
             and part of its present recovery"
        ),
        other => anyhow::anyhow!("{other}"),
    })
}

/// Shows a report: what was looked at, and each problem on standard error.
pub(super) fn show(report: &VerifyReport, json: bool) -> anyhow::Result<ExitCode> {
    tell(report, Vec::new(), json)
}

fn tell(report: &VerifyReport, seals: Vec<SealReport>, json: bool) -> anyhow::Result<ExitCode> {
    let looked = Looked { report, seals };
    let mut out = console::out();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&looked)?)?;
    } else {
        writeln!(
            out,
            "{} entries of {} logs, {} rows and {} checkpoints looked at",
            report.entries, report.tenants, report.rows, report.checkpoints
        )?;
        for seal in &looked.seals {
            writeln!(
                out,
                "{} sealed values and {} rows of names of {} keys opened (tenant {})",
                seal.values, seal.names, seal.keys, seal.tenant
            )?;
        }
    }
    if !report.uncovered.is_empty() {
        eprintln!(
            "note: not covered: {}; this installation was started before the log spoke of these \
             rows, so a change to them is not found",
            report.uncovered.join(", ")
        );
    }
    let problems: Vec<_> =
        report.problems.iter().chain(looked.seals.iter().flat_map(|seal| &seal.problems)).collect();
    for problem in &problems {
        let finding = serde_json::to_value(problem.finding)?;
        let finding = finding.as_str().unwrap_or_default().replace('-', " ");
        let whose = problem.tenant.map(|tenant| format!(" (tenant {tenant})")).unwrap_or_default();
        eprintln!("{finding}: {}{whose}", problem.place);
    }
    if problems.is_empty() {
        if !json {
            writeln!(out, "nothing was altered")?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} problems: the data was altered past Palermo", problems.len());
    Ok(ExitCode::FAILURE)
}

/// The notes of a file, one after another: each ends with its signatures.
fn split_notes(text: &str) -> Vec<String> {
    let (mut notes, mut note, mut signed) = (Vec::new(), String::new(), false);
    for line in text.lines() {
        let signature = line.starts_with('\u{2014}');
        if signed && !signature {
            notes.push(std::mem::take(&mut note));
            signed = false;
            if line.is_empty() {
                continue;
            }
        }
        signed |= signature;
        note.push_str(line);
        note.push('\n');
    }
    if signed {
        notes.push(note);
    }
    notes
}

async fn write_witness(store: &Store, file: &Path) -> anyhow::Result<()> {
    let mut text = String::new();
    for one in tenant::list(store, &tenant::Filter::default(), Paging::all()).await?.items {
        text.push_str(&store.witness(one.record.id).await?);
    }
    runtime::write_private(file, &text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_several_checkpoints_is_read_one_by_one() {
        let one = "log/a\n3\nroot=\n\n\u{2014} log/a abc\n";
        let two = "log/b\n5\nroot=\n\n\u{2014} log/b def\n\u{2014} witness ghi\n";
        assert_eq!(split_notes(&format!("{one}{two}")), [one, two]);
        assert_eq!(split_notes(&format!("{one}\n{two}\n")), [one, two]);
        assert!(split_notes("no note at all\n").is_empty());
    }
}
