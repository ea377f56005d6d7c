//! Writes pages made of every part to `target/gallery`, for people to look at and for
//! `tests/browser/gallery.mjs` to photograph. Everything shown is invented.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use askama::Template;
use palermo_web::components::*;

#[path = "gallery/frame.rs"]
mod frame;
#[path = "gallery/pages.rs"]
mod pages;
#[path = "gallery/words.rs"]
mod words;

fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    target.join("gallery")
}

fn compressed(text: &str) -> usize {
    // A rough but repeatable stand-in for gzip is not enough for a budget, so ask gzip itself.
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut gzip = Command::new("gzip")
        .args(["-9", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip runs");
    let mut input = gzip.stdin.take().unwrap();
    let bytes = text.as_bytes().to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = gzip.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output.stdout.len()
}

#[test]
fn every_part_is_shown_in_both_directions_within_the_budget() {
    let folder = folder();
    fs::create_dir_all(&folder).unwrap();
    for name in ["palermo.ltr.css", "palermo.rtl.css", "palermo.js", "favicon.svg"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(name);
        fs::copy(from, folder.join(name)).unwrap();
    }
    for language in [words::ENGLISH, words::ARABIC] {
        for page in pages::all(&language) {
            let html = frame::page(&language, &page);
            let size = compressed(&html);
            // The page of four maps at once is for looking at, not for sending.
            let budget = if page.name == "maps" { 60_000 } else { 15_000 };
            assert!(size <= budget, "`{}` takes {size} bytes, more than {budget}", page.name);
            assert!(!html.contains(" style="), "`{}` has a style attribute", page.name);
            assert!(!html.contains("<script>"), "`{}` has an inline script", page.name);
            fs::write(folder.join(format!("{}-{}.html", page.name, language.code)), html).unwrap();
        }
    }
}

#[test]
fn a_map_leaves_room_for_its_page() {
    let mut all = pages::regions(&words::ENGLISH);
    all.push(("widest", pages::widest(&words::ENGLISH)));
    for (name, drawing) in all {
        let size = compressed(&drawing);
        eprintln!("map `{name}` takes {size} bytes");
        assert!(size <= 11_000, "the map `{name}` takes {size} bytes of the page's 15 KB");
    }
}

#[test]
fn a_part_inside_another_is_not_escaped_and_text_always_is() {
    let list = SummaryList::new().row("Status <b>", Tag::coloured("A & B", "green"));

    let html = list.render().unwrap();

    assert!(html.contains("<strong class=\"govuk-tag govuk-tag--green\">A &#38; B</strong>"));
    assert!(html.contains("Status &#60;b&#62;"));
}
