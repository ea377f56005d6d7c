//! `palermo stats estimate`: how many persons are on no list?

use std::fs::File;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use palermo_stats::estimate::{
    EstimateRefused, IntervalKind, Lists, Method, MethodResult, Progress, Report, Settings,
    estimate, report,
};

use super::print_line;

const HELP: &str = "\
Example:
  palermo stats estimate western.csv --method loglinear --threshold 0.02

The file has one column of 0 and 1 for each list, in the order in which lists are
numbered, and a column `count` with the number of persons who share the row's history.
Without `count` each row is one person.

Without --method several methods are shown side by side, with intervals that include
the choice of the model, what speaks against the numbers, and whom to cite. That is the
way to use this command; one method alone is for checking it.

Methods:
  loglinear         stepwise choice of pairs of lists that depend on each other
  all-models        lowest BIC among all hierarchical models (up to seven lists)
  downhill          greedy search by BIC, for more lists
  latent-class      Bayesian groups of persons (as LCMCR)
  graphs            average over decomposable graphs (as dga, up to six lists)
  bayes-threshold   Bayesian choice of pairs of lists
  chao, mth-chao    lower bounds as log-linear models (as Rcapture); chao-moment by formula
  m0, mt            lists alike; independent lists
  mh-poisson, mh-darroch, mh-gamma, mth-poisson, mth-darroch, mth-gamma
                    persons who differ in how easily they are found
  lincoln-petersen, chapman
                    two lists only

A model is written by its generators with the numbers of lists: [15,2,3,4] lets lists 1
and 5 depend on each other. `--threshold 0` gives main effects only.

Exit status: 0 done, 1 the data have no estimate (reasons on standard error), 2 wrong use.";

/// How many persons are on no list?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct EstimateArgs {
    /// CSV file of lists
    lists: PathBuf,
    /// One method alone [default: several side by side]
    #[arg(long, value_parser = method)]
    method: Option<Method>,
    /// loglinear: add pairs with a one-sided Poisson probability below this [default: 0.02]
    #[arg(long, value_name = "P")]
    threshold: Option<f64>,
    /// all-models and downhill: lists in the largest interaction [default: all-models one less
    /// than there are lists, 2 from six lists on; downhill 3]
    #[arg(long, value_name = "N")]
    max_order: Option<u32>,
    /// Interval of log-linear estimates [default: normal, with several methods bca]
    #[arg(long, value_enum)]
    interval: Option<IntervalName>,
    /// Bootstrap samples of --interval bca
    #[arg(long, value_name = "B", default_value_t = 1000)]
    bootstrap: usize,
    /// Seed of bootstrap and simulation; the same seed gives the same numbers everywhere
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IntervalName {
    /// On the log of the dark figure, the model taken as given
    Normal,
    /// Profile likelihood, the model taken as given
    Profile,
    /// Bootstrap with the choice of the model repeated
    Bca,
}

fn method(name: &str) -> Result<Method, String> {
    name.parse().map_err(|_| {
        let names: Vec<&str> = Method::ALL.iter().map(|m| m.name()).collect();
        format!("choose one of {}", names.join(", "))
    })
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or is not a table of lists.
pub fn run(args: &EstimateArgs) -> anyhow::Result<ExitCode> {
    let path = args.lists.display();
    let file = File::open(&args.lists).with_context(|| format!("`{path}` cannot be opened"))?;
    let lists = match Lists::from_csv(file) {
        Ok(lists) => lists,
        Err(refused) => {
            for problem in &refused.problems {
                eprintln!("palermo: `{path}`: {problem}");
            }
            return Ok(ExitCode::from(1));
        }
    };
    let settings = Settings {
        threshold: args.threshold.unwrap_or(Settings::default().threshold),
        max_order: args.max_order,
        interval: args.interval.map(|name| match name {
            IntervalName::Normal => IntervalKind::Normal,
            IntervalName::Profile => IntervalKind::Profile,
            IntervalName::Bca => IntervalKind::Bca,
        }),
        bootstrap: args.bootstrap,
        seed: args.seed,
        ..Settings::default()
    };
    let bar = Bar::default();
    let shown = match args.method {
        Some(method) => {
            estimate(&lists, method, &settings, &bar).map(|found| show_one(args, method, found))
        }
        None => report(&lists, &settings, &bar).map(|found| show_all(args, &found)),
    };
    bar.finish();
    match shown {
        Ok(code) => code,
        Err(refused) => Ok(wrong_use(&refused)),
    }
}

fn wrong_use(refused: &EstimateRefused) -> ExitCode {
    eprintln!("palermo: {refused}");
    ExitCode::from(2)
}

fn show_one(
    args: &EstimateArgs,
    method: Method,
    mut found: MethodResult,
) -> anyhow::Result<ExitCode> {
    let unused = [
        ("--threshold", args.threshold.is_some() && method != Method::Loglinear),
        (
            "--max-order",
            args.max_order.is_some() && !matches!(method, Method::AllModels | Method::Downhill),
        ),
    ];
    for (option, _) in unused.iter().filter(|(_, unused)| *unused) {
        found.warnings.push(format!("`{option}` has no meaning for `{method}`"));
    }
    if args.json {
        print_line(&serde_json::to_string_pretty(&found)?)?;
    } else {
        print_line(&table(std::slice::from_ref(&found)))?;
        print_line(&listed("Warnings", &found.warnings))?;
    }
    if found.estimate.is_some() {
        return Ok(ExitCode::SUCCESS);
    }
    for reason in &found.warnings {
        eprintln!("palermo: no estimate: {reason}");
    }
    Ok(ExitCode::from(1))
}

fn show_all(args: &EstimateArgs, found: &Report) -> anyhow::Result<ExitCode> {
    if args.json {
        print_line(&serde_json::to_string_pretty(found)?)?;
    } else {
        print_line(&table(&found.methods))?;
        let mut warnings = found.warnings.clone();
        let mut assumptions = Vec::new();
        for method in &found.methods {
            let of = |text: &String| format!("{}: {text}", method.method);
            warnings.extend(method.warnings.iter().map(of));
            assumptions.extend(method.assumptions.iter().map(of));
        }
        print_line(&listed("Warnings", &warnings))?;
        print_line(&listed("What each method takes for granted", &assumptions))?;
        print_line(&listed("To cite", &found.citations))?;
    }
    if found.methods.iter().any(|m| m.estimate.is_some()) {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("palermo: no method has an estimate for these lists");
    Ok(ExitCode::from(1))
}

/// Columns wide enough for their longest entry.
fn table(methods: &[MethodResult]) -> String {
    let mut rows = vec![[
        "method".to_owned(),
        "model".to_owned(),
        "total".to_owned(),
        "interval".to_owned(),
        "kind".to_owned(),
    ]];
    for found in methods {
        let interval = found.interval.as_ref();
        rows.push([
            found.method.to_owned(),
            found.model.clone().unwrap_or_else(|| "averaged".into()),
            found.estimate.map_or_else(|| "none".into(), |n| format!("{n:.0}")),
            interval.map_or_else(String::new, |i| {
                let upper =
                    if i.upper.is_finite() { format!("{:.0}", i.upper) } else { "no limit".into() };
                format!("{:.0} to {upper}", i.lower)
            }),
            interval.map_or_else(String::new, |i| format!("{} {:.0} %", i.method, 100.0 * i.level)),
        ]);
    }
    let width = |column: usize| rows.iter().map(|r| r[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let line = format!(
                "{:<a$}  {:<b$}  {:>c$}  {:>d$}  {}",
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                a = widths[0],
                b = widths[1],
                c = widths[2],
                d = widths[3],
            );
            line.trim_end().to_owned()
        })
        .collect();
    let observed = methods.first().map_or(0, |m| m.observed);
    format!("{observed} persons on at least one list\n\n{}", lines.join("\n"))
}

fn listed(heading: &str, entries: &[String]) -> String {
    if entries.is_empty() {
        return format!("\n{heading}: none");
    }
    let lines: Vec<String> = entries.iter().map(|entry| format!("- {entry}")).collect();
    format!("\n{heading}:\n{}", lines.join("\n"))
}

/// A bar on standard error while it is a terminal, and nothing on a pipe.
#[derive(Default)]
struct Bar(Mutex<Option<ProgressBar>>);

impl Bar {
    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        if let Ok(mut bar) = self.0.lock() {
            act(&mut bar);
        }
    }
}

impl Progress for Bar {
    fn start(&self, total: u64, of: &str) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        self.with(|bar| {
            let new = ProgressBar::new(total).with_message(of.to_owned());
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
                new.set_style(style);
            }
            new.enable_steady_tick(Duration::from_millis(200));
            *bar = Some(new);
        });
    }

    fn advance(&self, steps: u64) {
        self.with(|bar| {
            if let Some(bar) = bar {
                bar.inc(steps);
            }
        });
    }

    fn finish(&self) {
        self.with(|bar| {
            if let Some(bar) = bar.take() {
                bar.finish_and_clear();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: EstimateArgs,
    }

    #[test]
    fn every_method_is_known_by_its_name() {
        for known in Method::ALL {
            assert_eq!(method(known.name()), Ok(known));
            assert!(HELP.contains(known.name()), "{known}");
        }
        assert!(Cli::try_parse_from(["estimate", "a.csv", "--method", "guess"]).is_err());
    }

    #[test]
    fn the_table_shows_every_method_with_its_interval() {
        let lists =
            Lists::new(["b", "c", "d"], [(4, 41), (2, 5), (1, 5), (3, 54), (5, 6), (7, 12)])
                .unwrap();
        let found = estimate(&lists, Method::Loglinear, &Settings::default(), &()).unwrap();
        let text = table(&[found]);
        assert!(text.contains("123 persons"), "{text}");
        assert!(text.contains("loglinear  [12,3]    269  203 to 390  normal 95 %"), "{text}");
    }
}
