//! `palermo stats release`: protect, attack, compare with what was published
//! before, and only then write a release.

use super::protection::settle;
use crate::runtime::WrongUse;
use anyhow::Context;
use clap::Args;
use palermo_app::{
    locale::{Catalogue, Language},
    release::{
        files,
        prepare::{held, prepare},
        report::AttackReport,
        spec::{EXAMPLE, Kind, Spec},
        words::Reader,
    },
    standards::table_file::TableFile,
};
use palermo_stats::disclosure::{
    DisclosureError, Records, Release,
    dp::{Ledger, Promise, Spent},
};
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

const HELP: &str = "\
FILE holds records, one person a line, or counts with a column named by `[input] count`:
CSV (perhaps packed with gzip) or XLSX with a heading row. All tables of a specification
are protected together, attacked by linear and integer programming, and compared with
every release found in the folders of --against. Written to --out: each table as CSV with
its CSVW description, `metadata.json` (DCAT), `methodology.md`, `release.json` (the
shown counts, for later comparisons), and `report.json` and `report.md`: what an attacker
could and could not learn. The report is for the office that releases and is not to be
published. If the release is refused, only the report is written.

Examples:
  palermo stats release cases.csv --spec spec.toml --out release-2026
  palermo stats release cases.csv --spec spec.toml --against release-2025 --out release-2026

Exit status: 0 released, 1 refused (reasons on standard error and in the report), 2 wrong use.

A specification:
";

/// Protect, attack and write a release, or say why not
#[derive(Debug, Args)]
#[command(after_help = format!("{HELP}\n{EXAMPLE}"))]
pub struct ReleaseArgs {
    /// Records or counts: CSV, packed CSV or XLSX
    file: PathBuf,
    /// The specification (TOML)
    #[arg(long, value_name = "SPEC.toml")]
    spec: PathBuf,
    /// Folders of earlier releases, or folders that hold such folders
    #[arg(long, value_name = "DIR", num_args = 1..)]
    against: Vec<PathBuf>,
    /// Folder for the release; made if it is not there, refused if it holds a release
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The day of release [default: today]
    #[arg(long, value_name = "DATE")]
    issued: Option<String>,
    /// The report in JSON on standard output
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When something cannot be read or written, or a check cannot be carried out.
pub fn run(args: &ReleaseArgs) -> anyhow::Result<ExitCode> {
    settle(release(args))
}

fn release(args: &ReleaseArgs) -> anyhow::Result<ExitCode> {
    if args.out.join(files::COUNTS).is_file() {
        let said = format!(
            "`{0}` holds a release already; write to another folder and compare with it by `--against {0}`",
            args.out.display()
        );
        return Err(WrongUse(said).into());
    }
    let text = fs::read_to_string(&args.spec)
        .map_err(|why| WrongUse(format!("`{}` cannot be read: {why}", args.spec.display())))?;
    let spec =
        Spec::read(&text).map_err(|why| WrongUse(format!("`{}`: {why}", args.spec.display())))?;
    let records = records(&args.file)?;
    let known: BTreeSet<&str> = records.columns().iter().map(|column| column.name()).collect();
    if let Some(missing) = spec.columns().iter().find(|name| !known.contains(name.as_str())) {
        let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
        let said = format!("the file has no column `{missing}`; it has {}", known.join(", "));
        return Err(WrongUse(said).into());
    }
    let of_counts = matches!(spec.method.kind, Kind::Suppress | Kind::Round);
    if of_counts && !Release::is_time(&held(&records, &spec)) {
        let said = format!(
            "`{}`: `release.period` is `{}`, and the file has no column `year`; write the time its counts are of as `2024`, `2024/2026` or `2024-01/2024-06`, or sums over several releases cannot be compared",
            args.spec.display(),
            spec.release.period
        );
        return Err(WrongUse(said).into());
    }
    let earlier = earlier(&args.against, &args.out)?;
    let working = crate::console::working("protecting and attacking");
    let mut spend = |epsilon, delta| budget(args, &spec, epsilon, delta);
    let mut prepared = prepare(&records, &spec, &earlier, &mut spend)?;
    working.finish_and_clear();
    if let Ok(catalogue) = Catalogue::shipped() {
        let state = |code: &str| code.to_owned();
        let (catalogue, state) = (&catalogue, &state);
        let reader = Reader { catalogue, language: Language::En, state, plain: true };
        prepared.report.in_words(&reader);
    }
    fs::create_dir_all(&args.out)
        .with_context(|| format!("`{}` cannot be made", args.out.display()))?;
    let issued = args.issued.clone().unwrap_or_else(today);
    if let Some(publishable) = &prepared.publishable {
        for file in files::files(&spec, publishable, &issued) {
            write(&args.out.join(&file.name), &file.bytes)?;
        }
    }
    write(&args.out.join("report.json"), &serde_json::to_vec_pretty(&prepared.report)?)?;
    write(&args.out.join("report.md"), prepared.report.markdown().as_bytes())?;
    if args.json {
        super::print_line(&serde_json::to_string(&prepared.report)?)?;
    } else {
        super::print_line(prepared.report.markdown().trim_end())?;
    }
    Ok(verdict(&prepared.report, &args.out))
}

fn verdict(report: &AttackReport, out: &Path) -> ExitCode {
    if report.verdict == "publishable" {
        return ExitCode::SUCCESS;
    }
    eprintln!("refused: {}", report.could_learn.join("; "));
    for remedy in &report.remedies {
        eprintln!("what would help: {remedy}");
    }
    eprintln!("the report is in `{}`; nothing else was written", out.display());
    ExitCode::FAILURE
}

fn today() -> String {
    time::OffsetDateTime::now_utc().date().to_string()
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut file = fs::File::create(path)
        .with_context(|| format!("`{}` cannot be written", path.display()))?;
    file.write_all(bytes).with_context(|| format!("`{}` cannot be written", path.display()))
}

/// Reads the file through the reader that knows packed files and workbooks.
fn records(file: &Path) -> anyhow::Result<Records> {
    let bytes = fs::read(file)
        .map_err(|why| WrongUse(format!("`{}` cannot be read: {why}", file.display())))?;
    let shown = file.display();
    let table = TableFile::open(&bytes).with_context(|| format!("`{shown}`"))?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    table
        .each(|line| {
            rows.push(line.cells().map(str::to_owned).collect());
            true
        })
        .with_context(|| format!("`{shown}`"))?;
    let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    for row in &mut rows {
        // Spreadsheets leave out empty cells at the end of a row.
        while row.len() < header.len() {
            row.push(String::new());
        }
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    Records::from_rows(&header, &rows).with_context(|| format!("`{shown}`"))
}

/// Every release in the folders, the one being written left out. A folder without any is
/// that of a first release: it is told, and there is nothing to compare with.
fn earlier(folders: &[PathBuf], out: &Path) -> anyhow::Result<Vec<Release>> {
    let mut found = Vec::new();
    for folder in folders {
        let before = found.len();
        look(folder, out, &mut found)?;
        if before == found.len() {
            eprintln!(
                "`{}` holds no earlier release: no `{}` in it or in the folders below",
                folder.display(),
                files::COUNTS
            );
        }
    }
    Ok(found)
}

fn look(folder: &Path, out: &Path, found: &mut Vec<Release>) -> anyhow::Result<()> {
    let file = folder.join(files::COUNTS);
    if file.is_file() {
        if folder.canonicalize().ok() == out.canonicalize().ok() {
            return Ok(());
        }
        let bytes = fs::read(&file)?;
        let release = files::read_counts(&bytes)
            .with_context(|| format!("`{}` is no release", file.display()))?;
        found.push(release);
        return Ok(());
    }
    let entries = fs::read_dir(folder)
        .map_err(|why| WrongUse(format!("`{}` cannot be read: {why}", folder.display())))?;
    let mut below: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    below.sort();
    for folder in below.into_iter().filter(|folder| folder.join(files::COUNTS).is_file()) {
        look(&folder, out, found)?;
    }
    Ok(())
}

/// Enters a noisy release in its ledger, which is written before noise is drawn.
fn budget(
    args: &ReleaseArgs,
    spec: &Spec,
    epsilon: f64,
    delta: f64,
) -> Result<Spent, DisclosureError> {
    let promise = Promise::new(epsilon, delta)?;
    let (rho, half) = (promise.rho_with_thresholds(), delta / 2.0);
    let Some(name) = &spec.method.ledger else {
        return Ledger::new(promise).spend(&spec.release.id, rho, half);
    };
    let path = args.spec.parent().unwrap_or(Path::new(".")).join(name);
    let unwritable = |why: std::io::Error| {
        DisclosureError::Unwritable(format!("the ledger `{}`: {why}", path.display()))
    };
    let mut ledger: Ledger = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|why| {
            DisclosureError::Setting(format!("`{}` is no ledger: {why}", path.display()))
        })?,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ledger::new(Promise::new(
            spec.method.budget_epsilon.unwrap_or(epsilon),
            spec.method.budget_delta.unwrap_or(delta),
        )?),
        Err(why) => return Err(unwritable(why)),
    };
    let spent = ledger.spend(&spec.release.id, rho, half)?;
    let fresh = path.with_extension("new");
    let text = serde_json::to_string_pretty(&ledger).unwrap_or_default();
    let mut file = fs::File::create(&fresh).map_err(unwritable)?;
    file.write_all(text.as_bytes()).map_err(unwritable)?;
    file.sync_all().map_err(unwritable)?;
    fs::rename(&fresh, &path).map_err(unwritable)?;
    Ok(spent)
}
