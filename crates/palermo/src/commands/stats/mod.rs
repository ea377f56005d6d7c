//! `palermo stats …`: statistics on files alone, without a database.
//! Each subcommand is a file of its own; all share the exit codes 0 done,
//! 1 the data said no (reasons on standard error), 2 wrong use.

mod scan;
mod watch;

use std::io::Write;
use std::process::ExitCode;

/// The statistics commands.
#[derive(Debug, clap::Subcommand)]
pub enum StatsCommand {
    /// Early warning: which counts are higher than the past explains?
    Watch(watch::WatchArgs),
    /// Cluster search: which places have more cases than their population explains?
    Scan(scan::ScanArgs),
}

/// Runs one statistics command.
///
/// # Errors
/// What the data or the file system refused, told for the person at the terminal.
pub fn run(command: StatsCommand) -> anyhow::Result<ExitCode> {
    match command {
        StatsCommand::Watch(args) => watch::run(&args),
        StatsCommand::Scan(args) => scan::run(&args),
    }
}

/// Writes a result to standard output. A reader that has seen enough (`head`)
/// is no failure.
pub(crate) fn print_line(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(failed) if failed.kind() != std::io::ErrorKind::BrokenPipe => Err(failed.into()),
        _ => Ok(()),
    }
}
