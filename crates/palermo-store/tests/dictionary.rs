//! The data dictionary: every table and column with its type, its disclosure
//! class and what it means, printed from the code, `content/policy/columns.toml`
//! and `meanings.toml`, so that it never tells of another schema than this one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_store::{Kind, Owner, TableInfo, Watch, catalogue, keystore_catalogue};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
};

/// What is written by hand: see the head of `meanings.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meanings {
    table: BTreeMap<String, String>,
    column: BTreeMap<String, String>,
    of: BTreeMap<String, String>,
}

type Classes = BTreeMap<String, BTreeMap<String, String>>;

fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn meanings() -> Meanings {
    toml::from_str(&std::fs::read_to_string(place("meanings.toml")).unwrap()).unwrap()
}

fn classes() -> Classes {
    let path = place("../../content/policy/columns.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

impl Meanings {
    fn of(&self, table: &str, column: &str) -> Option<&String> {
        self.of.get(&format!("{table}.{column}")).or_else(|| self.column.get(column))
    }
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Uuid => "UUID",
        Kind::Text => "text",
        Kind::Number => "whole number",
        Kind::Flag => "yes or no",
        Kind::Bytes => "bytes",
        Kind::Json => "JSON",
    }
}

const HEAD: &str = "# Data dictionary

<!-- Written by a test; do not edit. After a change of the schema: \
`PALERMO_WRITE=1 cargo nextest run -p palermo-store the_data_dictionary`. \
What a column means stands in `crates/palermo-store/meanings.toml`, its class in \
`content/policy/columns.toml`. -->

Every table and column, the same on SQLite and PostgreSQL. Moments are whole numbers: \
microseconds since 1970 in UTC. Days are text, `2026-04-16`. A column in bold is part of \
the key, which begins with the organisation wherever a row belongs to one.

| class | what it holds |
|---|---|
| public | may be shown to anyone |
| internal | how the program works: ids, counters, moments, states |
| staff | about members of staff and their work |
| case | coded facts about a person's case; only with a purpose, always audited |
| sealed | ciphertext about a person; opens only with a key the server does not hold |
| secret | hashes, wrapped keys, sealed secrets: never shown, not even to administrators |
";

/// A cell of a table in Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn print_table(out: &mut String, table: &TableInfo, meanings: &Meanings, classes: &Classes) {
    let owner = match table.owner {
        Owner::Tenant => "Rows belong to an organisation.",
        Owner::Lookup => "Rows name an organisation, and are found before it is known.",
        Owner::House => "Rows belong to the whole installation.",
    };
    let watch = match table.watch {
        Watch::Rows => "The log holds the hash of each row.",
        Watch::Nothing => "The log holds no hash of its rows; the acts that write them tell.",
    };
    let about = meanings.table.get(table.name).map_or("", String::as_str);
    let _ = write!(out, "\n### `{}`\n\n{about} {owner} {watch}\n\n", table.name);
    out.push_str("| column | type | empty | class | what it is |\n|---|---|---|---|---|\n");
    for (at, column) in table.columns.iter().enumerate() {
        let name = column.name;
        let shown =
            if table.key.contains(&at) { format!("**`{name}`**") } else { format!("`{name}`") };
        let class = classes.get(table.name).and_then(|columns| columns.get(name));
        let (kind, empty) = (word(column.kind), if column.nullable { "may be" } else { "" });
        let class = class.map_or("", String::as_str);
        let means = meanings.of(table.name, name).map_or("", String::as_str);
        let _ = writeln!(out, "| {shown} | {kind} | {empty} | {class} | {} |", cell(means));
    }
}

fn sorted(tables: impl Iterator<Item = &'static TableInfo>) -> Vec<&'static TableInfo> {
    let mut tables: Vec<_> = tables.collect();
    tables.sort_by_key(|table| table.name);
    tables
}

fn printed() -> String {
    let (meanings, classes) = (meanings(), classes());
    let mut out = HEAD.to_owned();
    out.push_str("\n## The database\n");
    for table in sorted(catalogue().iter()) {
        print_table(&mut out, table, &meanings, &classes);
    }
    out.push_str("\n## The keystore, kept apart\n");
    for table in &keystore_catalogue() {
        print_table(&mut out, table, &meanings, &classes);
    }
    out
}

#[test]
fn every_table_and_column_has_a_meaning_and_every_meaning_a_column() {
    let meanings = meanings();
    let keystore = keystore_catalogue();
    let (mut without, mut used) = (Vec::new(), BTreeSet::new());
    for table in catalogue().iter().chain(&keystore) {
        used.insert(table.name.to_owned());
        if !meanings.table.contains_key(table.name) {
            without.push(table.name.to_owned());
        }
        for column in &table.columns {
            let full = format!("{}.{}", table.name, column.name);
            if meanings.of(table.name, column.name).is_none() {
                without.push(full.clone());
            }
            let own = meanings.of.contains_key(&full);
            used.insert(if own { full } else { format!("*.{}", column.name) });
        }
    }
    let there = meanings.table.keys().cloned().chain(meanings.of.keys().cloned());
    let there = there.chain(meanings.column.keys().map(|name| format!("*.{name}")));
    let idle: Vec<_> = there.filter(|one| !used.contains(one)).collect();
    assert!(
        without.is_empty() && idle.is_empty(),
        "say in `meanings.toml` what these mean: {without:?}; nothing is called so: {idle:?}"
    );
}

#[test]
fn the_data_dictionary_is_printed_as_it_stands() {
    let file = place("../../docs/data-dictionary.md");
    let now = printed();
    if std::env::var_os("PALERMO_WRITE").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        reviewed == now,
        "docs/data-dictionary.md {}; write it with `PALERMO_WRITE=1 cargo nextest run -p \
         palermo-store the_data_dictionary` and review the difference",
        if reviewed.is_empty() { "is missing" } else { "tells of another schema" }
    );
}
