//! What was checked, what could not be, and how long it took. Nothing that
//! was not run is ever counted as passed.

use std::{process::ExitCode, time::Duration};

/// How one step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It ran and passed.
    Passed,
    /// It ran and failed.
    Failed(String),
    /// It could not run, and why.
    NotRun(String),
}

/// All steps so far.
#[derive(Debug, Default)]
pub struct Report {
    steps: Vec<(String, Outcome, Duration)>,
}

impl Report {
    /// Adds a step.
    pub fn add(&mut self, name: &str, outcome: Outcome, took: Duration) {
        self.steps.push((name.to_owned(), outcome, took));
    }

    /// Prints the summary and gives the exit status. On CI what could not be
    /// run counts as failed.
    pub fn close(&self) -> ExitCode {
        let strict = std::env::var("CI").is_ok_and(|value| value == "true");
        println!("\n--- what was checked");
        let (mut passed, mut failed, mut skipped) = (0, 0, 0);
        for (name, outcome, took) in &self.steps {
            let told = match outcome {
                Outcome::Passed => {
                    passed += 1;
                    "passed".to_owned()
                }
                Outcome::Failed(why) => {
                    failed += 1;
                    format!("FAILED: {why}")
                }
                Outcome::NotRun(why) if strict => {
                    failed += 1;
                    format!("FAILED, could not be run: {why}")
                }
                Outcome::NotRun(why) => {
                    skipped += 1;
                    format!("not run: {why}")
                }
            };
            println!("{name:<16} {:>5} s  {told}", took.as_secs());
        }
        println!("steps: {passed} passed, {failed} failed, {skipped} skipped");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
