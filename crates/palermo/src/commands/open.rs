//! `palermo open`: shows what is in a sealed file, without a server, a folder
//! or a connection. Any other program that reads age files does the same.

use crate::console;
use anyhow::Context;
use palermo_app::domain::care::own_view::normal_code;
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

/// The ways in which a passphrase may have been meant: as a code of ours, read
/// as the page that takes codes reads it, and as it was typed.
fn as_typed(typed: &str) -> Vec<String> {
    let grouped = normal_code(typed).map(|plain| {
        let signs: Vec<char> = plain.chars().collect();
        signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    });
    let mut ways: Vec<String> = grouped.into_iter().collect();
    for way in [typed.to_owned(), typed.to_uppercase()] {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
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
    // Ours are capitals in groups; people may type them small, or with spaces.
    let text = as_typed(passphrase.trim())
        .iter()
        .find_map(|typed| open_with_passphrase(&file, typed).ok())
        .ok_or(())
        .map_err(|_| {
            anyhow::anyhow!("`{name}` does not open with this passphrase, or was changed")
        })?;
    let mut out = console::out();
    out.write_all(&text)?;
    out.flush()?;
    if std::io::stdout().is_terminal() {
        eprintln!("Shown, not kept. Delete the file by the day that stands in it.");
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_opens_however_it_is_typed() {
        for typed in ["abcd-2345-wxyz-6789", "ABCD 2345 WXYZ 6789", " abcd2345wxyz6789"] {
            assert_eq!(
                as_typed(typed.trim()).first().map(String::as_str),
                Some("ABCD-2345-WXYZ-6789")
            );
        }
        assert_eq!(as_typed("four words"), ["four words", "FOUR WORDS"]);
    }
}
