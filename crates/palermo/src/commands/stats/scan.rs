//! `palermo stats scan`: is there a place with more cases than its population
//! explains?

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use palermo_stats::scan::table::{AreaColumns, AreaTable};
use palermo_stats::scan::{
    Cluster, ScanError, ScanOptions, ScanReport, Statistic, scan_with_progress,
};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  palermo stats scan areas.csv --replicas 999
  palermo stats scan areas.csv --cases referred --population adults --x east --y north
  palermo stats scan monthly.csv --time month        (living clusters in space and time)

The file has one row per area (with --time one per area and period): coordinates in one
unit of length (not degrees), cases, population, and perhaps a name in the column `id`.
The p-value is adjusted for the search and depends on --seed alone, not on the machine
or its threads. --no-rescale gives the likelihood ratios of R's SpatialEpi, with its
`expected` column as --expected expected.

Exit status: 0 done, 1 the data cannot be scanned (reasons on standard error), 2 wrong use.";

/// Is there a place with more cases than its population explains?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct ScanArgs {
    /// CSV file of areas
    file: PathBuf,
    /// Column of the population
    #[arg(long, value_name = "COLUMN", default_value = "population", num_args = 0..=1, default_missing_value = "population")]
    population: String,
    /// Column of the cases
    #[arg(long, value_name = "COLUMN", default_value = "cases", num_args = 0..=1, default_missing_value = "cases")]
    cases: String,
    /// Column of the first coordinate
    #[arg(long, value_name = "COLUMN", default_value = "x", num_args = 0..=1, default_missing_value = "x")]
    x: String,
    /// Column of the second coordinate
    #[arg(long, value_name = "COLUMN", default_value = "y", num_args = 0..=1, default_missing_value = "y")]
    y: String,
    /// Column of the names of the areas
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    id: String,
    /// Column of expected cases [default: in proportion to the population]
    #[arg(long, value_name = "COLUMN")]
    expected: Option<String>,
    /// Column of the period, for a scan in space and time
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Likelihood of the cases
    #[arg(long, value_enum, default_value = "poisson")]
    statistic: StatisticName,
    /// Largest share of the population in a zone
    #[arg(long, default_value_t = 0.5)]
    max_population: f64,
    /// Largest share of the periods in a zone
    #[arg(long, default_value_t = 0.5)]
    max_time: f64,
    /// Do not rescale expected cases to add up to the cases
    #[arg(long)]
    no_rescale: bool,
    /// Monte-Carlo replicas, 0 for no p-value
    #[arg(long, default_value_t = 999)]
    replicas: usize,
    /// Seed of the replicas
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// List further clusters up to this p-value
    #[arg(long, default_value_t = 0.05)]
    alpha: f64,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatisticName {
    Poisson,
    Binomial,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or its areas cannot be scanned.
pub fn run(args: &ScanArgs) -> anyhow::Result<ExitCode> {
    let shown = args.file.display();
    let file = File::open(&args.file).with_context(|| format!("`{shown}` cannot be opened"))?;
    let table = AreaTable::read(file, &args.columns()).with_context(|| format!("`{shown}`"))?;
    let bar = args.progress_bar();
    let scanned = scan_with_progress(&table.areas, &args.options(), |done| bar.inc(done as u64));
    bar.finish_and_clear();
    let report = match scanned {
        Err(wrong @ ScanError::Share { .. }) => {
            eprintln!("palermo: {wrong}");
            return Ok(ExitCode::from(2));
        }
        other => other.with_context(|| format!("`{shown}`"))?,
    };
    if args.json {
        super::print_line(&serde_json::to_string(&args.answer(&table, &report))?)?;
    } else {
        super::print_line(&readable(&table, &report)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl ScanArgs {
    fn columns(&self) -> AreaColumns {
        AreaColumns {
            id: self.id.clone(),
            x: self.x.clone(),
            y: self.y.clone(),
            cases: self.cases.clone(),
            population: self.population.clone(),
            expected: self.expected.clone(),
            time: self.time.clone(),
        }
    }

    fn options(&self) -> ScanOptions {
        ScanOptions {
            statistic: match self.statistic {
                StatisticName::Poisson => Statistic::Poisson,
                StatisticName::Binomial => Statistic::Binomial,
            },
            max_population: self.max_population,
            max_time: self.max_time,
            rescale: !self.no_rescale,
            replicas: self.replicas,
            seed: self.seed,
            alpha: self.alpha,
        }
    }

    /// A bar on a terminal, nothing in a pipe.
    fn progress_bar(&self) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let target = ProgressDrawTarget::stderr();
        let bar = ProgressBar::with_draw_target(Some(self.replicas as u64), target);
        match ProgressStyle::with_template("{bar:40} {pos}/{len} replicas, {eta} left") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    fn answer(&self, table: &AreaTable, report: &ScanReport) -> Value {
        let secondary: Vec<Value> = report.secondary.iter().map(|c| cluster(table, c)).collect();
        json!({
            "method": "kulldorff",
            "parameters": {
                "statistic": match self.statistic {
                    StatisticName::Poisson => "poisson",
                    StatisticName::Binomial => "binomial",
                },
                "max_population": self.max_population, "max_time": self.max_time,
                "rescale": !self.no_rescale, "replicas": self.replicas, "seed": self.seed,
                "alpha": self.alpha,
            },
            "areas": table.areas.len(),
            "periods": table.periods.len(),
            "total_cases": report.total_cases,
            "zones": report.zones,
            "most_likely": report.most_likely.as_ref().map(|c| cluster(table, c)),
            "secondary": secondary,
        })
    }
}

fn names(table: &AreaTable, cluster: &Cluster) -> Vec<String> {
    cluster.areas.iter().filter_map(|&area| table.ids.get(area).cloned()).collect()
}

fn cluster(table: &AreaTable, cluster: &Cluster) -> Value {
    let first = table.periods.len() - cluster.periods;
    json!({
        "areas": names(table, cluster),
        "since": table.periods.get(first).filter(|_| table.periods.len() > 1),
        "population": cluster.population,
        "cases": cluster.cases,
        "expected": cluster.expected,
        "smr": cluster.cases as f64 / cluster.expected,
        "relative_risk": cluster.relative_risk.is_finite().then_some(cluster.relative_risk),
        "log_lik_ratio": cluster.llr,
        "p": cluster.p,
    })
}

fn readable(table: &AreaTable, report: &ScanReport) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    write!(
        text,
        "{} cases in {} areas, {} zones, {} replicas",
        report.total_cases,
        table.areas.len(),
        report.zones,
        report.chance.len()
    )?;
    let Some(most_likely) = &report.most_likely else {
        write!(text, "\nno zone has more cases than expected")?;
        return Ok(text);
    };
    for (i, found) in std::iter::once(most_likely).chain(&report.secondary).enumerate() {
        let title = if i == 0 { "most likely cluster" } else { "further cluster" };
        write!(text, "\n\n{title}: {}", names(table, found).join(", "))?;
        if table.periods.len() > 1 {
            let first = table.periods.len() - found.periods;
            write!(
                text,
                "\n  since period {}",
                table.periods.get(first).copied().unwrap_or_default()
            )?;
        }
        write!(text, "\n  cases {}, expected {:.2}", found.cases, found.expected)?;
        write!(text, "\n  relative risk {:.2}", found.relative_risk)?;
        write!(text, "\n  log likelihood ratio {:.3}", found.llr)?;
        if let Some(p) = found.p {
            write!(text, "\n  p {p:.4} (adjusted for the search)")?;
        }
    }
    Ok(text)
}
