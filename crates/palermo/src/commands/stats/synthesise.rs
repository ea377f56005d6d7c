//! `palermo stats synthesise`: invented records that tell what the real ones tell together.

use super::protection::{BudgetArgs, progress_bar, records, settle, threshold, write_out};
use clap::{Args, ValueEnum};
use palermo_stats::disclosure::dp::{
    MarginalSettings, NoiseSource, noisy_marginals, synthesise_from,
};
use palermo_stats::disclosure::{
    Attributes, Fit, LengthQuality, Records, Seeding, Synthetic, compare, synthesise,
};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  palermo stats synthesise cases.csv --keys age,gender,form --k 11 --seed 7 > synthetic.csv
  palermo stats synthesise cases.csv --k 10 --fit pairs --out synthetic.csv --json
  palermo stats synthesise cases.csv --epsilon 1 --delta 1e-6 --ledger budget.json

Without --epsilon every synthetic record is a set of attributes that at least k people
share, so no combination of any length belongs to fewer than k. With --epsilon records
are drawn from noisy counts of pairs; --seed then fixes only the drawing, never the
noise, which always comes from the operating system.

The report (on standard error, or with --json in the answer) compares with the real
records: keep it in the office that holds them.

Exit status: 0 done, 1 the data said no (reasons on standard error), 2 wrong use.";

/// Invented records that tell what the real ones tell together
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct SynthesiseArgs {
    /// CSV file of records
    file: PathBuf,
    /// Columns to keep [default: all]
    #[arg(long, value_name = "COL,COL", value_delimiter = ',')]
    keys: Vec<String>,
    /// Threshold, at least 5
    #[arg(long, value_name = "K", default_value_t = 11)]
    k: u32,
    /// Longest combination in the report
    #[arg(long, value_name = "L", default_value_t = 3)]
    length: usize,
    /// Where records begin
    #[arg(long, value_enum, default_value = "rows")]
    mode: Mode,
    /// What fits best
    #[arg(long, value_enum, default_value = "singles")]
    fit: FitName,
    /// Mode `values`: share by which an attribute may exceed its count
    #[arg(long, default_value_t = 0.1)]
    oversampling: f64,
    /// With --epsilon: kinds of people in the mixture
    #[arg(long, default_value_t = 32)]
    kinds: usize,
    /// Columns in which `0` is an attribute
    #[arg(long, value_name = "COL,COL", value_delimiter = ',')]
    sensitive_zeros: Vec<String>,
    #[command(flatten)]
    budget: BudgetArgs,
    /// Seed of the drawing, the same on every machine
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Write records here instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// One JSON object with the report (and the records, unless --out is given)
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    Rows,
    Values,
    Unseeded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FitName {
    Singles,
    Pairs,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be used.
pub fn run(args: &SynthesiseArgs) -> anyhow::Result<ExitCode> {
    settle(args.run())
}

impl SynthesiseArgs {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let records = records(&self.file, &self.keys)?;
        let people = Attributes::of(&records, &self.sensitive_zeros)?;
        let made = self.make(&people)?;
        let report = compare(&people, made.attributes(), self.length, self.k)?;
        if self.budget.epsilon.is_none() && report.iter().any(|l| l.leaked + l.fabricated > 0) {
            anyhow::bail!(
                "the synthetic records show combinations of fewer than `{}` people; nothing was written",
                self.k
            );
        }
        if self.json {
            self.write_json(&records, &made, &report)?;
        } else {
            write_out(self.out.as_deref(), |out| Ok(made.write_csv(&records, out)?))?;
            eprintln!("{}", readable(made.attributes().len(), &report));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn make(&self, people: &Attributes) -> anyhow::Result<Synthetic> {
        let bar = progress_bar("synthesising");
        let mut told = |share: f64| bar.set_position((share * 1000.0) as u64);
        let made = if let Some(epsilon) = self.budget.epsilon {
            let spent = self.budget.spend(epsilon)?;
            let noisy = noisy_marginals(
                people,
                &MarginalSettings::synthesis(),
                spent,
                &mut NoiseSource::operating_system(),
            )?;
            synthesise_from(&noisy, self.kinds, self.seed, &mut told)?
        } else {
            let seeding = match self.mode {
                Mode::Rows => Seeding::Rows,
                Mode::Values => Seeding::Values { oversampling: self.oversampling },
                Mode::Unseeded => Seeding::Unseeded,
            };
            let fit = match self.fit {
                FitName::Singles => Fit::Singles,
                FitName::Pairs => Fit::Pairs,
            };
            synthesise(people, threshold(self.k)?, seeding, fit, self.seed, &mut told)?
        };
        bar.finish_and_clear();
        Ok(made)
    }

    fn write_records(&self, like: &Records, made: &Synthetic) -> anyhow::Result<()> {
        let mut text = Vec::new();
        made.write_csv(like, &mut text)?;
        write_out(self.out.as_deref(), |out| Ok(out.write_all(&text)?))
    }

    fn write_json(
        &self,
        like: &Records,
        made: &Synthetic,
        report: &[LengthQuality],
    ) -> anyhow::Result<()> {
        let rows = made.to_records(like);
        let mut answer = json!({
            "method": if self.budget.epsilon.is_some() { "differential-privacy" } else { "k-protected" },
            "k": self.k,
            "epsilon": self.budget.epsilon,
            "seed": self.seed,
            "columns": rows.columns().iter().map(|c| c.name()).collect::<Vec<_>>(),
            "rows": rows.len(),
            "report": report,
        });
        match &self.out {
            Some(_) => {
                self.write_records(like, made)?;
            }
            None => {
                answer["records"] = (0..rows.len())
                    .map(|row| {
                        Value::from_iter((0..rows.columns().len()).map(|c| rows.field(row, c)))
                    })
                    .collect();
            }
        }
        write_out(None, |out| Ok(writeln!(out, "{}", serde_json::to_string(&answer)?)?))
    }
}

fn readable(rows: usize, report: &[LengthQuality]) -> String {
    let mut out = format!(
        "{rows} synthetic records\nlength  common  shown  leaked  made up  mean error  preserved"
    );
    for l in report {
        let _ = write!(
            out,
            "\n{:>6}{:>8}{:>7}{:>8}{:>9}{:>10.1} %{:>9.1} %",
            l.length,
            l.common,
            l.shown,
            l.leaked,
            l.fabricated,
            100.0 * l.mean_proportional_error,
            l.preserved_percent
        );
    }
    out
}
