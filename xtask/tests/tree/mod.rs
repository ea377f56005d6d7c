//! The files of the project, without what is generated or fetched.
#![allow(dead_code)] // each test file uses its part

use std::{
    fs,
    path::{Path, PathBuf},
};

const SKIPPED: [&str; 5] = ["target", "node_modules", ".git", "coverage", "test-results"];

/// The project's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// A file's text.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Every hand-written Rust file, by its path from the root.
pub fn rust_files() -> Vec<(String, String)> {
    files(&["crates", "xtask", "tests"], &["rs"])
}

/// Files below these folders whose names end so, with their texts.
pub fn files(folders: &[&str], endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), endings, &mut found);
    }
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) && !name.starts_with("target-") {
                collect(&path, endings, found);
            }
            continue;
        }
        if !endings.iter().any(|ending| name == *ending || name.ends_with(&format!(".{ending}"))) {
            continue;
        }
        if let Ok(text) = fs::read_to_string(&path) {
            let from_root = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push((from_root, text));
        }
    }
}
