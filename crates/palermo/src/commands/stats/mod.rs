//! `palermo stats …`: statistics on files alone, without a database.
//! Each subcommand is a file of its own; all share the exit codes 0 done,
//! 1 the data said no (reasons on standard error), 2 wrong use.

mod aggregate;
mod anonymity;
mod audit;
mod estimate;
mod flows;
mod link;
mod overlap;
mod protection;
mod release;
mod scan;
mod suppress;
mod synthesise;
mod tables;
mod watch;

use crate::console;
use std::io::Write;
use std::process::ExitCode;

/// The statistics commands.
#[derive(Debug, clap::Subcommand)]
pub enum StatsCommand {
    /// Estimation: how many persons are on no list?
    Estimate(estimate::EstimateArgs),
    /// Early warning: which counts are higher than the past explains?
    Watch(watch::WatchArgs),
    /// Flows between States in a GLOTIP table
    Flows(flows::FlowsArgs),
    /// Cluster search: which places have more cases than their population explains?
    Scan(scan::ScanArgs),
    /// How many records look like each one?
    Anonymity(anonymity::AnonymityArgs),
    /// Hide what must be hidden in a table, and no more
    Suppress(suppress::SuppressArgs),
    /// What can a reader work out from what is published?
    Audit(audit::AuditArgs),
    /// Counts of every combination of attributes, safe to publish
    Aggregate(aggregate::AggregateArgs),
    /// Invented records that tell what the real ones tell together
    Synthesise(synthesise::SynthesiseArgs),
    /// Protect, attack and write a release, or say why not
    Release(release::ReleaseArgs),
    /// Which records of two files are about the same person?
    Link(link::LinkArgs),
    /// How large are the overlaps of lists whose owners may not show names?
    Overlap(overlap::OverlapArgs),
}

/// Runs one statistics command.
///
/// # Errors
/// What the data or the file system refused, told for the person at the terminal.
pub fn run(command: StatsCommand) -> anyhow::Result<ExitCode> {
    match command {
        StatsCommand::Estimate(args) => estimate::run(&args),
        StatsCommand::Watch(args) => watch::run(&args),
        StatsCommand::Flows(args) => flows::run(&args),
        StatsCommand::Scan(args) => scan::run(&args),
        StatsCommand::Anonymity(args) => anonymity::run(&args),
        StatsCommand::Suppress(args) => suppress::run(&args),
        StatsCommand::Audit(args) => audit::run(&args),
        StatsCommand::Aggregate(args) => aggregate::run(&args),
        StatsCommand::Synthesise(args) => synthesise::run(&args),
        StatsCommand::Release(args) => release::run(&args),
        StatsCommand::Link(args) => link::run(&args),
        StatsCommand::Overlap(args) => overlap::run(&args),
    }
}

/// Writes a result to standard output.
pub(crate) fn print_line(text: &str) -> anyhow::Result<()> {
    Ok(writeln!(console::out(), "{text}")?)
}
