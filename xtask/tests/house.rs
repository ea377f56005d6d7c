//! The rules of the house, as ordinary tests: sizes, arrows between crates,
//! where SQL may be, what the repository may not contain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod tree;

use std::{collections::BTreeMap, fs};
use syn::{spanned::Spanned, visit::Visit};
use tree::{files, root, rust_files};

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 70;

/// Functions that may be longer, each with its reason. This list only shrinks.
const LONG_FUNCTIONS: &[(&str, &str)] = &[];

#[test]
fn no_rust_file_is_longer_than_600_lines() {
    let long: Vec<_> = rust_files()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "split these files: {long:#?}");
}

#[test]
fn no_function_is_longer_than_70_lines() {
    let mut long = Vec::new();
    for (path, text) in rust_files() {
        let parsed = syn::parse_file(&text).unwrap_or_else(|why| panic!("{path}: {why}"));
        let mut lengths = Lengths { path, found: Vec::new() };
        lengths.visit_file(&parsed);
        long.extend(lengths.found);
    }
    long.retain(|(name, _)| !LONG_FUNCTIONS.iter().any(|(allowed, _)| allowed == name));
    assert!(long.is_empty(), "shorten these functions: {long:#?}");
}

struct Lengths {
    path: String,
    found: Vec<(String, usize)>,
}

impl Lengths {
    fn weigh(&mut self, name: &syn::Ident, block: &syn::Block) {
        let span = block.span();
        let lines = span.end().line - span.start().line + 1;
        if lines > LONGEST_FUNCTION {
            self.found.push((format!("{}::{name}", self.path), lines));
        }
    }
}

impl<'ast> Visit<'ast> for Lengths {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.weigh(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.weigh(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
}

#[test]
fn nothing_is_left_to_be_done_later_in_code() {
    let marks = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("FIX", "ME")];
    let found: Vec<_> = rust_files()
        .into_iter()
        .filter(|(_, text)| marks.iter().any(|mark| text.contains(mark)))
        .map(|(path, _)| path)
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

/// `println!` panics where nobody reads any more; `console::out` does not.
#[test]
fn commands_say_what_they_say_through_the_console() {
    let printed = |text: &str| {
        ["println!", "print!"].iter().any(|name| {
            // What ends in the same letters, as `eprintln!`, is another macro.
            text.match_indices(name).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
        })
    };
    let found: Vec<_> = rust_files()
        .into_iter()
        .filter(|(path, text)| path.starts_with("crates/palermo/src/") && printed(text))
        .map(|(path, _)| path)
        .collect();
    assert!(found.is_empty(), "write to `console::out()` here: {found:?}");
}

/// Which of our crates each may use: the arrows of ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("palermo-domain", &[]),
    ("palermo-stats", &[]),
    ("palermo-crypto", &[]),
    ("palermo-locale", &[]),
    ("palermo-standards", &["palermo-domain", "palermo-stats"]),
    ("palermo-store", &["palermo-domain", "palermo-crypto"]),
    (
        "palermo-app",
        &[
            "palermo-domain",
            "palermo-store",
            "palermo-standards",
            "palermo-stats",
            "palermo-locale",
            "palermo-crypto",
        ],
    ),
    ("palermo-signin", &["palermo-domain"]),
    ("palermo-pdf", &["palermo-standards"]),
    ("palermo-web", &["palermo-app"]),
];

#[test]
fn crates_depend_on_each_other_only_along_the_arrows() {
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    for (path, text) in files(&["crates"], &["Cargo.toml"]) {
        let manifest: toml::Table = text.parse().unwrap();
        let name = manifest["package"]["name"].as_str().unwrap();
        if name == "palermo" {
            continue;
        }
        let arrows =
            allowed.get(name).unwrap_or_else(|| panic!("{path}: crate `{name}` has no arrows"));
        let own = manifest["dependencies"]
            .as_table()
            .unwrap()
            .keys()
            .filter(|k| k.starts_with("palermo"));
        for dependency in own {
            assert!(arrows.contains(&dependency.as_str()), "{name} may not use {dependency}");
        }
    }
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let root_manifest: toml::Table = tree::read("Cargo.toml").parse().unwrap();
    assert_eq!(root_manifest["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for (path, text) in files(&["crates", "xtask"], &["Cargo.toml"]) {
        let manifest: toml::Table = text.parse().unwrap();
        let inherits =
            manifest.get("lints").and_then(|l| l.get("workspace")).and_then(toml::Value::as_bool);
        assert_eq!(inherits, Some(true), "{path} does not take the workspace's lints");
    }
}

#[test]
fn sql_is_only_in_the_store() {
    for (path, text) in files(&["crates"], &["Cargo.toml"]) {
        let manifest: toml::Table = text.parse().unwrap();
        let name = manifest["package"]["name"].as_str().unwrap();
        for section in ["dependencies", "dev-dependencies"] {
            let Some(table) = manifest.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            let database = table.keys().any(|k| k.starts_with("sea-orm") || k.starts_with("sqlx"));
            assert!(!database || name == "palermo-store", "{path} uses a database");
        }
    }
}

#[test]
fn no_registry_host_is_named_outside_cargo_lock() {
    let hosts = [
        concat!("static.crates", ".io"),
        concat!("index.crates", ".io"),
        concat!("registry.npm", "js.org"),
        concat!("py", "pi.org"),
        concat!("pythonhosted", ".org"),
        concat!("deb.debian", ".org"),
    ];
    let endings = [
        "rs", "toml", "md", "json", "yml", "yaml", "mjs", "js", "html", "ftl", "sh", ".npmrc",
        "csv", "scss",
    ];
    for (path, text) in files(&[""], &endings) {
        if path == "Cargo.lock" {
            continue;
        }
        let named: Vec<_> = hosts.iter().filter(|host| text.contains(*host)).collect();
        assert!(named.is_empty(), "{path} names {named:?}");
    }
}

#[test]
fn the_project_is_under_both_licences() {
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        assert!(root().join(file).is_file(), "{file} is missing");
    }
}

/// The tests of a crate are one program: a file that is not named there would
/// never run, and nobody would see it.
#[test]
fn every_file_of_tests_is_named_in_the_program_of_its_crate() {
    let all: BTreeMap<String, String> = files(&["crates"], &["rs"]).into_iter().collect();
    let mut named = 0;
    for path in all.keys() {
        let Some((folder, file)) = path.split_once("/tests/") else { continue };
        let Some(program) = all.get(&format!("{folder}/tests/all.rs")) else { continue };
        let Some(module) = file.strip_suffix(".rs").filter(|name| !name.contains('/')) else {
            continue;
        };
        if module != "all" {
            let line = format!("mod {module};");
            assert!(program.lines().any(|one| one == line), "{path} is not in tests/all.rs");
            named += 1;
        }
    }
    assert!(named > 70, "only {named} files of tests were looked at");
}

/// The first command of the README names no program: the workspace has two, and
/// Cargo asks which is meant unless exactly one package says so.
#[test]
fn the_first_command_of_the_readme_finds_its_program() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    assert!(read("README.md").contains("cargo run --release -- demo"));
    let manifests = files(&["crates", "xtask"], &["toml"]);
    let says = |(path, text): &&(String, String)| {
        path.ends_with("Cargo.toml") && text.lines().any(|line| line.starts_with("default-run"))
    };
    let chosen: Vec<&str> = manifests.iter().filter(says).map(|(path, _)| path.as_str()).collect();
    assert_eq!(chosen, ["crates/palermo/Cargo.toml"]);
    assert!(read(chosen[0]).contains("default-run = \"palermo\""));
}

/// In Cargo.lock, never in a build for the systems `deny.toml` names.
const BUILT_NOWHERE: [&str; 3] = [
    "jiff-static", // serde_with names it for those who use it
    "r-efi",       // firmware
    "windows-sys", // its older version is for Windows on ARM alone
];

/// `cargo deny` refuses a crate in two versions that `deny.toml` does not list; this
/// one keeps the list as short as it can be, without the tool.
#[test]
fn every_crate_in_two_versions_is_listed_with_its_reason() {
    let toml = |name: &str| -> toml::Table {
        fs::read_to_string(root().join(name)).unwrap().parse().unwrap()
    };
    let (deny, lock) = (toml("deny.toml"), toml("Cargo.lock"));
    let text = |of: &toml::Value, name: &str| of[name].as_str().unwrap().to_owned();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        versions.entry(text(package, "name")).or_default().push(text(package, "version"));
    }
    assert_eq!(deny["bans"]["multiple-versions"].as_str(), Some("deny"));
    let mut idle = Vec::new();
    for skip in deny["bans"]["skip"].as_array().unwrap() {
        let (listed, reason) = (text(skip, "crate"), text(skip, "reason"));
        assert!(!reason.trim().is_empty(), "{listed} is skipped without a reason");
        let (name, least) = listed.split_once(':').expect("a name and a version");
        let all = versions.entry(name.to_owned()).or_default();
        let before = all.len();
        all.retain(|one| one != least && !one.starts_with(&format!("{least}.")));
        if all.len() == before || all.is_empty() {
            idle.push(listed);
        }
    }
    assert!(idle.is_empty(), "in one version by now, take them off `deny.toml`: {idle:?}");
    versions.retain(|name, all| all.len() > 1 && !BUILT_NOWHERE.contains(&name.as_str()));
    assert!(versions.is_empty(), "say in `deny.toml` who wants the older one: {versions:?}");
}
