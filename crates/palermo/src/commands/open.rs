//! `palermo open`: shows what is in a sealed file, without a server, a folder
//! or a connection. Any other program that reads age files does the same.

use crate::console;
use anyhow::Context;
use palermo_crypto::open_with_passphrase;
use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

/// Largest file read, in bytes.
const LARGEST: u64 = 64 << 20;

/// A file to open.
#[derive(Debug, clap::Args)]
pub struct OpenCommand {
    /// The sealed file
    file: PathBuf,
    /// File with the passphrase; asked for on a terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Opens a sealed file and writes what is in it to standard output.
///
/// # Errors
/// When there is no such file, or it does not open with this passphrase.
pub fn run(command: &OpenCommand) -> anyhow::Result<ExitCode> {
    let name = command.file.display().to_string();
    let length =
        std::fs::metadata(&command.file).with_context(|| format!("cannot read `{name}`"))?.len();
    anyhow::ensure!(length <= LARGEST, "`{name}` is too large to be a sealed file of ours");
    let file = std::fs::read(&command.file).with_context(|| format!("cannot read `{name}`"))?;
    let passphrase =
        console::passphrase(command.passphrase_file.as_deref(), "Passphrase", "--passphrase-file")?;
    let typed = passphrase.trim().to_uppercase();
    // Ours are capitals in groups; people may type them small.
    let text = open_with_passphrase(&file, passphrase.trim())
        .or_else(|_| open_with_passphrase(&file, &typed))
        .map_err(|_| {
            anyhow::anyhow!("`{name}` does not open with this passphrase, or was changed")
        })?;
    let mut out = std::io::stdout().lock();
    out.write_all(&text)?;
    if out.is_terminal() {
        eprintln!("Shown, not kept. Delete the file by the day that stands in it.");
    }
    Ok(ExitCode::SUCCESS)
}
