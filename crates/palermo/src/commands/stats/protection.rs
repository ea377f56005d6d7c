//! What the five disclosure commands share: reading files, refusing, progress.

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use palermo_stats::disclosure::dp::{Ledger, Promise, Spent};
use palermo_stats::disclosure::{DisclosureError, Records, Release, Threshold};
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reads comma-separated records and keeps the named columns.
pub(super) fn records(file: &Path, keys: &[String]) -> anyhow::Result<Records> {
    let shown = file.display();
    let open = File::open(file).with_context(|| format!("`{shown}` cannot be opened"))?;
    let records =
        Records::from_csv(std::io::BufReader::new(open)).with_context(|| format!("`{shown}`"))?;
    Ok(records.select(keys)?)
}

/// Wrong use is told and ends with 2; everything else is the data's fault.
pub(super) fn settle(outcome: anyhow::Result<ExitCode>) -> anyhow::Result<ExitCode> {
    match outcome {
        Err(reason) if wrong_use(&reason) => {
            eprintln!("palermo: {reason:#}");
            Ok(ExitCode::from(2))
        }
        other => other,
    }
}

fn wrong_use(reason: &anyhow::Error) -> bool {
    reason.downcast_ref::<DisclosureError>().is_some_and(|e| {
        matches!(
            e,
            DisclosureError::ThresholdTooLow { .. }
                | DisclosureError::UnknownColumn(_)
                | DisclosureError::Setting(_)
        )
    })
}

pub(super) fn threshold(k: u32) -> anyhow::Result<Threshold> {
    Ok(Threshold::new(k)?)
}

/// A bar for long work; only a person at a terminal sees it.
pub(super) fn progress_bar(what: &str) -> ProgressBar {
    let bar = ProgressBar::new(1000);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent} % {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// Writes to the named file, or to standard output.
pub(super) fn write_out(
    out: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(path) = out else {
        return write(&mut crate::console::out());
    };
    let mut file =
        File::create(path).with_context(|| format!("`{}` cannot be written", path.display()))?;
    write(&mut file)?;
    file.flush().with_context(|| format!("`{}` cannot be written", path.display()))
}

/// Earlier releases in the combinations format. Counts that are all multiples
/// of k are taken as rounded down to them.
pub(super) fn earlier(files: &[PathBuf], k: Threshold) -> anyhow::Result<Vec<Release>> {
    files.iter().map(|file| release(file, k)).collect()
}

pub(super) fn release(file: &Path, k: Threshold) -> anyhow::Result<Release> {
    let shown = file.display().to_string();
    let text =
        std::fs::read_to_string(file).with_context(|| format!("`{shown}` cannot be opened"))?;
    let exact = Release::read_tsv(&shown, 1, &text)?;
    let rounded = exact.entries().iter().all(|entry| entry.1 % u64::from(k.get()) == 0);
    Ok(if rounded { Release::rounded(&shown, k, exact.entries().to_vec()) } else { exact })
}

/// Privacy budget of a differentially private release.
#[derive(Debug, clap::Args)]
pub(super) struct BudgetArgs {
    /// Differential privacy with this epsilon, instead of the threshold k
    #[arg(long, value_name = "E")]
    pub(super) epsilon: Option<f64>,
    /// Delta beside --epsilon; well below one divided by the number of people
    #[arg(long, value_name = "D", default_value_t = 1e-6)]
    pub(super) delta: f64,
    /// Ledger of what was spent (JSON); the release is entered before noise is drawn
    #[arg(long, value_name = "FILE", requires = "epsilon")]
    ledger: Option<PathBuf>,
    /// Whole epsilon of a new ledger [default: --epsilon]
    #[arg(long, value_name = "E", requires = "ledger")]
    budget_epsilon: Option<f64>,
    /// Whole delta of a new ledger [default: --delta]
    #[arg(long, value_name = "D", requires = "ledger")]
    budget_delta: Option<f64>,
    /// Name of the release in the ledger
    #[arg(long, value_name = "NAME", default_value = "unnamed release")]
    release: String,
}

impl BudgetArgs {
    /// Enters the release in the ledger and gives the loss that may be used.
    pub(super) fn spend(&self, epsilon: f64) -> anyhow::Result<Spent> {
        let promise = Promise::new(epsilon, self.delta)?;
        let (rho, delta) = (promise.rho_with_thresholds(), self.delta / 2.0);
        let Some(path) = &self.ledger else {
            return Ok(Ledger::new(promise).spend(&self.release, rho, delta)?);
        };
        let shown = path.display();
        let mut ledger = match std::fs::read_to_string(path) {
            Ok(text) => {
                serde_json::from_str(&text).with_context(|| format!("`{shown}` is not a ledger"))?
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ledger::new(Promise::new(
                self.budget_epsilon.unwrap_or(epsilon),
                self.budget_delta.unwrap_or(self.delta),
            )?),
            Err(e) => return Err(e).with_context(|| format!("`{shown}` cannot be read")),
        };
        let spent = ledger.spend(&self.release, rho, delta)?;
        // Written in full beside the old one and then put in its place, before
        // any noise is drawn: a crash can waste budget but never hide a loss.
        let fresh = path.with_extension("new");
        let text = serde_json::to_string_pretty(&ledger)?;
        let mut file =
            File::create(&fresh).with_context(|| format!("`{shown}` cannot be written"))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&fresh, path).with_context(|| format!("`{shown}` cannot be written"))?;
        Ok(spent)
    }
}
