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
use std::{fs, io::IsTerminal, path::Path, time::Duration};
use zeroize::Zeroizing;

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
