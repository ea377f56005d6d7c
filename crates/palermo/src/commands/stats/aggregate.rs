//! `palermo stats aggregate`: counts of every combination of attributes, safe to publish.

use super::protection::{BudgetArgs, earlier, records, settle, threshold, write_out};
use clap::Args;
use palermo_stats::disclosure::dp::{MarginalSettings, NoiseSource, noisy_marginals};
use palermo_stats::disclosure::{Attributes, RawCombinations};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  palermo stats aggregate cases.csv --keys age,gender,form --k 11 --length 3
  palermo stats aggregate cases.csv --k 10 --length 2 --earlier march.tsv > april.tsv
  palermo stats aggregate cases.csv --length 2 --epsilon 1 --delta 1e-6 --ledger budget.json

Counts below k are dropped and the others rounded down to a multiple of k; with
--epsilon they are noisy instead. Empty fields are not attributes, nor is `0` except in
the columns of --sensitive-zeros. The result is tab-separated, one combination a line.

Exit status: 0 done, 1 the data said no, or an earlier release forbids this one
(reasons on standard error), 2 wrong use.";

/// Counts of every combination of attributes, safe to publish
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct AggregateArgs {
    /// CSV file of records
    file: PathBuf,
    /// Columns to combine [default: all]
    #[arg(long, value_name = "COL,COL", value_delimiter = ',')]
    keys: Vec<String>,
    /// Threshold and rounding base, at least 5
    #[arg(long, value_name = "K", default_value_t = 11)]
    k: u32,
    /// Longest combination
    #[arg(long, value_name = "L", default_value_t = 3)]
    length: usize,
    /// Columns in which `0` is an attribute
    #[arg(long, value_name = "COL,COL", value_delimiter = ',')]
    sensitive_zeros: Vec<String>,
    /// Earlier releases in the same format; differences to them must not show small groups
    #[arg(long, value_name = "FILE", conflicts_with = "epsilon")]
    earlier: Vec<PathBuf>,
    #[command(flatten)]
    budget: BudgetArgs,
    /// Write here instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// One JSON object instead of tab-separated lines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be used, or publishing would give somebody away.
pub fn run(args: &AggregateArgs) -> anyhow::Result<ExitCode> {
    settle(args.run())
}

impl AggregateArgs {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let people = Attributes::of(&records(&self.file, &self.keys)?, &self.sensitive_zeros)?;
        let (settings, entries) = match self.budget.epsilon {
            Some(epsilon) => self.noisy(&people, epsilon)?,
            None => self.rounded(&people)?,
        };
        write_out(self.out.as_deref(), |out| {
            if self.json {
                let lines: Vec<Value> = entries
                    .iter()
                    .map(|(selection, count)| json!({ "selections": selection, "protected_count": count }))
                    .collect();
                let answer = json!({ "settings": settings, "entries": lines });
                return Ok(writeln!(out, "{}", serde_json::to_string(&answer)?)?);
            }
            let mut out = std::io::BufWriter::new(out);
            writeln!(out, "selections\tprotected_count")?;
            for (selection, count) in &entries {
                writeln!(out, "{selection}\t{count}")?;
            }
            Ok(out.flush()?)
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn rounded(&self, people: &Attributes) -> anyhow::Result<(Value, Vec<(String, u64)>)> {
        let k = threshold(self.k)?;
        let raw = RawCombinations::count_frequent(people, self.length, self.k)?;
        let safe = raw.protect(k).attack(&earlier(&self.earlier, k)?)?;
        Ok((json!({ "k": self.k, "length": self.length }), safe.entries().to_vec()))
    }

    fn noisy(
        &self,
        people: &Attributes,
        epsilon: f64,
    ) -> anyhow::Result<(Value, Vec<(String, u64)>)> {
        let spent = self.budget.spend(epsilon)?;
        let settings = MarginalSettings::aggregates(self.length);
        let noisy =
            noisy_marginals(people, &settings, spent, &mut NoiseSource::operating_system())?;
        let told = json!({
            "epsilon": epsilon,
            "delta": self.budget.delta,
            "length": self.length,
            "noise_standard_deviations": noisy.sigmas(),
        });
        Ok((told, noisy.entries()))
    }
}
