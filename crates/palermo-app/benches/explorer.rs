//! Speed of looking at figures: a million lines counted as the explorer does,
//! read from their stored form as each page does, and judged by month.
#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use palermo_app::knowledge::{explore::View, take::DIMENSIONS, watching::judge};
use palermo_domain::knowledge::{
    amount::Amount,
    columns::Columns,
    dataset::{Dataset, Format, SourceType},
};

fn main() {
    divan::main();
}

/// The same number each time.
fn dice(seed: &mut u64, below: usize) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    usize::try_from(*seed % below as u64).unwrap()
}

fn lines(count: usize) -> Columns {
    let mut figures = Columns::new(&DIMENSIONS);
    let mut seed = 7_u64;
    let states = ["XAA", "XBB", "XCC", "XDD", "XEE"];
    for _ in 0..count {
        let year = 2021 + dice(&mut seed, 5);
        let month = format!("{year}-{:02}", dice(&mut seed, 12) + 1);
        let mut words = [""; DIMENSIONS.len()];
        words[0] = &month[..4];
        words[1] = &month;
        words[2] = states[dice(&mut seed, 5)];
        words[3] = "victims";
        words[4] = ["sexual", "labour", "begging"][dice(&mut seed, 3)];
        words[5] = ["female", "male"][dice(&mut seed, 2)];
        words[6] = ["adult", "child"][dice(&mut seed, 2)];
        words[7] = states[dice(&mut seed, 5)];
        figures.push(&words, Some(Amount::exactly(dice(&mut seed, 9) as u64)));
    }
    figures
}

fn about() -> Dataset {
    Dataset {
        title: String::new(),
        source_type: SourceType::Rapporteur,
        source: String::new(),
        state: None,
        definition: String::new(),
        counting_rule: String::new(),
        coverage: String::new(),
        format: Format::Template,
        mapping: None,
        design: None,
    }
}

#[divan::bench(args = [46_556, 1_000_000], sample_count = 20)]
fn count_by_year_and_form(bencher: Bencher<'_, '_>, count: usize) {
    let figures = lines(count);
    let about = about();
    let view = View {
        by: "year".to_owned(),
        across: "form".to_owned(),
        only: vec![("state".to_owned(), "XAA".to_owned())],
    };
    bencher.bench(|| black_box(view.count(&about, &figures)));
}

#[divan::bench(args = [46_556, 1_000_000], sample_count = 20)]
fn read_from_the_stored_form(bencher: Bencher<'_, '_>, count: usize) {
    let bytes = lines(count).to_bytes();
    bencher.bench(|| black_box(Columns::from_bytes(&bytes).unwrap()));
}

#[divan::bench(args = [46_556, 1_000_000], sample_count = 5)]
fn judge_the_newest_month(bencher: Bencher<'_, '_>, count: usize) {
    let figures = lines(count);
    bencher.bench(|| black_box(judge(&figures)));
}
