//! The generated files: style sheets, script and maps of the pages, fonts of typeset reports.
//! They are committed, so that building Palermo needs neither Node nor Python; `--check` makes
//! them again aside and compares every byte.

use crate::{
    fonts,
    shell::{command, root, run as call},
    tools,
};
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const SOURCES: &str = "assets";
const MADE: &str = "crates/palermo-web/static";

/// Makes the generated files, or compares them with `check`.
///
/// # Errors
/// When a tool is missing or a file differs.
pub fn run(check: bool) -> Result<()> {
    tools::npm(SOURCES)?;
    compare_or_make(check, MADE, "assets", make)?;
    compare_or_make(check, fonts::MADE, "xtask/src/fonts.rs", fonts::make)
}

fn compare_or_make(
    check: bool,
    committed: &str,
    source: &str,
    make: fn(&Path) -> Result<()>,
) -> Result<()> {
    let place = root().join(committed);
    if !check {
        return make(&place);
    }
    let aside = tempfile::tempdir().context("cannot make a folder for the comparison")?;
    make(aside.path())?;
    let differing = differences(&read(&place)?, &read(aside.path())?);
    if differing.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of `{committed}` differ from what `{source}` makes: {}; run `cargo xtask assets`",
        differing.len(),
        differing.join(", ")
    )
}

fn make(folder: &Path) -> Result<()> {
    call(command("node", &["build.mjs"]).arg(folder).current_dir(root().join(SOURCES)))
}

/// Every file under a folder by its path from there.
fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(inside) = waiting.pop() {
        let place = folder.join(&inside);
        let entries = fs::read_dir(&place)
            .with_context(|| format!("cannot read the folder `{}`", place.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                waiting.push(path);
            } else {
                files.insert(path.to_string_lossy().into_owned(), fs::read(entry.path())?);
            }
        }
    }
    Ok(files)
}

/// Names of files that are missing on one side or differ.
fn differences(
    committed: &BTreeMap<String, Vec<u8>>,
    made: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let mut names: Vec<&String> = committed.keys().chain(made.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| committed.get(*name) != made.get(*name))
        .map(|name| format!("`{name}`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn one_changed_byte_and_one_file_too_many_are_both_named() {
        let committed = files(&[("a.css", "x"), ("old.js", "y"), ("same.svg", "z")]);
        let made = files(&[("a.css", "X"), ("same.svg", "z"), ("new.js", "y")]);

        assert_eq!(differences(&committed, &made), ["`a.css`", "`new.js`", "`old.js`"]);
    }
}
