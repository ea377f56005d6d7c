//! What commands share towards the person who runs them: asking on a
//! terminal, reading passphrases, showing that long work goes on.

use crate::runtime::WrongUse;
use anyhow::Context;
use console::Term;
use indicatif::ProgressBar;
use palermo_app::{
    App, Refused,
    locale::{Catalogue, Language},
};
use std::{
    fs,
    io::{self, IsTerminal, StderrLock, StdoutLock, Write},
    path::Path,
    time::Duration,
};
use zeroize::Zeroizing;

/// A State's code as an argument: small letters are no other State.
///
/// # Errors
/// None; whether there is such a State is asked where it is looked up.
pub fn state_code(typed: &str) -> Result<String, std::convert::Infallible> {
    Ok(typed.trim().to_ascii_uppercase())
}

/// Output whose reader may have had enough, as in `palermo duties … | head`: the rest
/// is not written, and the command ends with its own status. Any other failure of
/// writing is told, and a connection lost elsewhere never looks like this.
#[derive(Debug)]
pub struct Quiet<W> {
    to: W,
    left: bool,
}

impl<W> Quiet<W> {
    const fn new(to: W) -> Self {
        Self { to, left: false }
    }

    fn unless_left<T>(&mut self, done: io::Result<T>, unread: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.left = true;
                Ok(unread)
            }
            done => done.map_err(|error| {
                io::Error::new(error.kind(), format!("the output cannot be written: {error}"))
            }),
        }
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left {
            return Ok(bytes.len());
        }
        let done = self.to.write(bytes);
        self.unless_left(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.left {
            return Ok(());
        }
        let done = self.to.flush();
        self.unless_left(done, ())
    }
}

/// Standard output, for what a command says: locked, and written line by line. The
/// program flushes it once more at its end.
#[must_use]
pub fn out() -> Quiet<StdoutLock<'static>> {
    Quiet::new(io::stdout().lock())
}

/// Standard error, for what stands in the way of it.
#[must_use]
pub fn err() -> Quiet<StderrLock<'static>> {
    Quiet::new(io::stderr().lock())
}

/// Takes an answer given as a flag, or asks for it on a terminal.
///
/// # Errors
/// Wrong use when it is missing and nobody can be asked.
pub fn answer(given: Option<&str>, question: &str, flag: &str) -> anyhow::Result<String> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let terminal = asking(question, flag)?;
    let typed = terminal.read_line().context("the terminal does not answer")?;
    Ok(typed.trim().to_owned())
}

/// Takes a passphrase from a file, or asks for it on a terminal without
/// showing it.
///
/// # Errors
/// Wrong use when there is no file and nobody can be asked.
pub fn passphrase(
    file: Option<&Path>,
    question: &str,
    flag: &str,
) -> anyhow::Result<Zeroizing<String>> {
    let Some(file) = file else {
        let terminal = asking(question, flag)?;
        let typed = terminal.read_secure_line().context("the terminal does not answer")?;
        return Ok(Zeroizing::new(typed));
    };
    if crate::runtime::private(file).is_err() && file.is_file() {
        eprintln!(
            "note: `{}` may be read by others; change the passphrase if others use this machine",
            file.display()
        );
    }
    let text = Zeroizing::new(
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?,
    );
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn asking(question: &str, flag: &str) -> anyhow::Result<Term> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(WrongUse(format!("give `{flag}`; there is no terminal to ask on")).into());
    }
    let terminal = Term::stderr();
    terminal.write_str(&format!("{question}: "))?;
    Ok(terminal)
}

/// Shows on a terminal that long work goes on; nothing on a pipe.
#[must_use]
pub fn working(on: &'static str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(on);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// Why an act was refused, in words for whoever sits at the command line.
#[must_use]
pub fn told(app: &App, refused: Refused) -> anyhow::Error {
    told_by(&app.catalogue, refused)
}

/// The same before there is a program.
#[must_use]
pub fn told_by(catalogue: &Catalogue, refused: Refused) -> anyhow::Error {
    let say = |message: &palermo_app::Message| message.say_plain(catalogue, Language::En);
    match refused {
        Refused::Invalid(problems) => {
            let listed: Vec<_> = problems
                .0
                .iter()
                .map(|problem| format!("{}: {}", problem.field, say(&problem.message)))
                .collect();
            anyhow::anyhow!("{}", listed.join("; "))
        }
        Refused::Declined(message) => anyhow::anyhow!("{}", say(&message)),
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fails(io::ErrorKind);

    impl Write for Fails {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn whoever_stops_reading_does_not_change_how_a_command_ends() {
        let mut left = Quiet::new(Fails(io::ErrorKind::BrokenPipe));
        assert!(writeln!(left, "one").is_ok() && writeln!(left, "two").is_ok());
        assert!(left.flush().is_ok());
        let mut full = Quiet::new(Fails(io::ErrorKind::StorageFull));
        let told = writeln!(full, "one").map_err(|error| error.to_string());
        assert!(told.is_err_and(|why| why.starts_with("the output cannot be written")));
    }
}
