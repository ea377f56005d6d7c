//! Acts on keys in a member's name: making compartments, papers, recovery,
//! rotation.

use super::KeyCommand;
use crate::{console, person::Person, runtime::WrongUse};
use anyhow::Context;
use palermo_app::{
    App,
    domain::{compartment::Compartment, id::AccountId},
    keys,
    operator::Operator,
};
use std::{fs, io::Write, path::Path};
use zeroize::Zeroizing;

/// Carries out what one of these commands asks for, signed in as its person.
pub(super) async fn carry_out(operator: &Operator<'_>, command: &KeyCommand) -> anyhow::Result<()> {
    let (KeyCommand::Paper(in_name)
    | KeyCommand::Establish { in_name, .. }
    | KeyCommand::RenewRecovery { in_name, .. }
    | KeyCommand::Release { in_name, .. }
    | KeyCommand::Recover { in_name, .. }
    | KeyCommand::Rotate { in_name, .. }) = command
    else {
        anyhow::bail!("this is done without signing in");
    };
    let person = in_name.as_whom.required(operator.app).await?;
    let done = as_person(operator, command, &person).await;
    person.leave().await?;
    done
}

async fn as_person(
    operator: &Operator<'_>,
    command: &KeyCommand,
    person: &Person<'_>,
) -> anyhow::Result<()> {
    let (acting, signed) = (person.acting(), &person.signed);
    let app = operator.app;
    match command {
        KeyCommand::Establish { officers, .. } => {
            let chosen = accounts(operator, officers).await?;
            told(app, keys::establish(&acting, signed, &chosen).await)?;
            writeln!(
                console::out(),
                "the compartments have their keys, and a recovery that any two officers open"
            )?;
        }
        KeyCommand::RenewRecovery { officers, .. } => {
            let chosen = accounts(operator, officers).await?;
            told(app, keys::renew(&acting, signed, &chosen).await)?;
            writeln!(
                console::out(),
                "the recovery was made anew; the earlier one opens nothing any more"
            )?;
        }
        KeyCommand::Paper(_) => make_paper(app, person).await?,
        KeyCommand::Release { paper_file, .. } => {
            let paper = paper(paper_file.as_deref())?;
            let others = told(app, keys::release(&acting, signed, &paper).await)?;
            writeln!(
                console::out(),
                "released; any of {others} other officers can open it with `palermo key recover`"
            )?;
        }
        KeyCommand::Recover { paper_file, .. } => {
            let paper = paper(paper_file.as_deref())?;
            let found = told(app, keys::recover(&acting, signed, &paper).await)?;
            for name in &found.members {
                writeln!(console::out(), "{name} holds again what their role opens")?;
            }
            for name in &found.without_key {
                writeln!(
                    console::out(),
                    "{name} has no key yet: they open their key once, then are handed the rest"
                )?;
            }
            writeln!(console::out(), "the recovery is sealed again to its officers")?;
        }
        KeyCommand::Rotate { compartment, .. } => {
            let which = Compartment::from_code(compartment)
                .filter(|one| keys::GUARDED.contains(one))
                .ok_or_else(|| {
                    WrongUse("name `care`, `identity` or `protected-address`".to_owned())
                })?;
            let moved = told(app, keys::rotate(&acting, signed, which).await)?;
            writeln!(
                console::out(),
                "`{compartment}` has a new key; {moved} persons' keys were moved to it"
            )?;
        }
        _ => anyhow::bail!("this is done without signing in"),
    }
    Ok(())
}

/// One's own recovery paper; there has to be something it helps to recover.
async fn make_paper(app: &App, person: &Person<'_>) -> anyhow::Result<()> {
    let acting = person.acting();
    if !told(app, keys::overview(&acting).await)?.established {
        anyhow::bail!("no keys yet; run `palermo key establish` first");
    }
    let text = told(app, keys::make_paper(&acting).await)?;
    eprintln!(
        "Your recovery paper, shown once. Print it, put it into a safe, keep it on no disk. \
         It counts from the next `palermo key renew-recovery` on:"
    );
    writeln!(console::out(), "{}", text.as_str())?;
    Ok(())
}

fn told<T>(app: &App, done: Result<T, palermo_app::Refused>) -> anyhow::Result<T> {
    done.map_err(|refused| console::told(app, refused))
}

async fn accounts(operator: &Operator<'_>, emails: &[String]) -> anyhow::Result<Vec<AccountId>> {
    let mut found = Vec::new();
    for email in emails {
        found.push(operator.account(email).await?.record.id);
    }
    Ok(found)
}

/// The letters of a paper, out of a file only its owner may read.
fn paper(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    let Some(file) = file else { return Ok(Zeroizing::new(String::new())) };
    crate::runtime::private(file)?;
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    Ok(Zeroizing::new(text))
}
