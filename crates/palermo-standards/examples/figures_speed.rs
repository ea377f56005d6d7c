//! How fast figures come in and are counted, on seeded, invented records:
//! `cargo run --release -p palermo-standards --example figures_speed [GLOTIP.csv.gz]`.
//! Prints seconds of one core and the most memory used; `docs/benchmarks/knowledge.md`
//! tells what was measured where. Storing is measured by the long test
//! `req_175_a_million_records_are_imported` of `palermo`.

use palermo_domain::knowledge::columns::{Columns, Query};
use palermo_standards::{ctdc, glotip, glotip_check, table_file::TableFile, template};
use std::{fmt::Write as _, time::Instant};

/// Records of the generated files.
const RECORDS: usize = 1_000_000;

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap_or(0)
    }
}

/// A file like the synthetic records of 2024.
fn records() -> String {
    let names = ctdc::Generation::Synthetic2024.columns();
    let mut out = names.join(",");
    out.push('\n');
    let mut dice = Dice(7);
    let places = ["US", "KH", "PH", "UA", "MD", "ID", "GH", "MM", "NG", "NP", ""];
    for _ in 0..RECORDS {
        let _ = write!(
            out,
            "{},{},{},{},{},{}",
            2003 + dice.below(21),
            ["Woman", "Man", "Trans/Transgender/NonConforming", ""][dice.below(4)],
            ["0--8", "9--17", "18--20", "30--38", ""][dice.below(5)],
            places[dice.below(places.len())],
            places[dice.below(places.len())],
            ["0--12 (0-1 yr)", "13--24 (1-2 yrs)", ""][dice.below(3)],
        );
        for _ in 6..names.len() {
            out.push_str([",", ",0", ",1"][dice.below(3)]);
        }
        out.push('\n');
    }
    out
}

/// A filled template with as many lines.
fn lines() -> String {
    let mut out = String::from("State,Period,Form,Sex,Age,Citizenship,Channel,Persons\n");
    let mut dice = Dice(11);
    for _ in 0..RECORDS {
        let _ = writeln!(
            out,
            "{},{}-{:02},{},{},{},{},{},{}",
            ["XAA", "XBB", "XCC"][dice.below(3)],
            2015 + dice.below(10),
            1 + dice.below(12),
            ["sexual", "labour", "begging"][dice.below(3)],
            ["female", "male"][dice.below(2)],
            ["child", "adult"][dice.below(2)],
            ["XAA", "XDD", "BEN", "TGO"][dice.below(4)],
            ["social_media", "in_person"][dice.below(2)],
            1 + dice.below(40),
        );
    }
    out
}

/// The most memory this process used, in MiB.
fn peak() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    println!("{what:<58} {:>8.3} s  peak {:>5} MiB", begun.elapsed().as_secs_f64(), peak());
    done
}

fn main() {
    if let Some(path) = std::env::args().nth(1) {
        let bytes = std::fs::read(path).unwrap_or_default();
        timed("GLOTIP table read and checked", || {
            if let Ok(table) = glotip::read(&bytes) {
                let checked = glotip_check::of(&table);
                println!("  {} rows, {} errors", checked.rows, checked.errors.len());
            }
        });
    }
    let text = records();
    println!("{RECORDS} records, {} MiB of text", text.len() >> 20);
    let file = timed("CTDC records read, checked, coded", || ctdc::read(text.as_bytes(), |_| ()));
    let Ok(file) = file else { return };
    let names: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
    let figures = timed("laid out as columns", || {
        let mut figures = Columns::new(&names);
        let mut words: Vec<&str> = Vec::with_capacity(names.len());
        for line in 0..RECORDS {
            words.clear();
            words.extend(
                file.columns
                    .iter()
                    .map(|column| column.words[usize::from(column.codes[line])].as_str()),
            );
            figures.push(&words, None);
        }
        figures
    });
    drop((file, text));
    let bytes = timed("packed", || figures.to_bytes());
    println!("  {} MiB stored", bytes.len() >> 20);
    drop(figures);
    let figures = timed("unpacked", || Columns::from_bytes(&bytes).unwrap_or_default());
    for (by, only) in [
        (vec!["gender", "isForcedLabour"], vec![]),
        (vec!["citizenship", "yearOfRegistration"], vec![("gender", "Woman")]),
    ] {
        let query = Query {
            by: by.iter().map(|name| (*name).to_owned()).collect(),
            only: only
                .iter()
                .map(|(name, word): &(&str, &str)| ((*name).to_owned(), (*word).to_owned()))
                .collect(),
            aggregates: false,
        };
        timed(&format!("counted by {}", by.join(" and ")), || figures.count(&query));
    }
    drop((figures, bytes));
    let text = lines();
    println!("a template of {} lines", TableFile::open(text.as_bytes()).map_or(0, |t| t.about()));
    timed("template read, checked, laid out", || {
        let names = ["period", "state", "form", "sex", "age", "citizenship", "channel"];
        let mut figures = Columns::new(&names);
        let mut each = |row: template::Row| {
            let word = |at: usize| row.words[at].as_str();
            let words = [word(1), word(0), word(3), word(4), word(5), word(6), word(9)];
            figures.push(&words, Some(row.persons));
        };
        let read = template::read_each(text.as_bytes(), &mut each, &mut |_| ());
        println!("  {} lines, {} errors", figures.len(), read.map_or(0, |c| c.errors.len()));
    });
}
