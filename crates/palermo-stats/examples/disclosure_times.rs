//! Processor seconds of the disclosure methods, for a machine that is busy with
//! other things (where `cargo bench`, which measures the clock, says little):
//! `RAYON_NUM_THREADS=1 cargo run --release --example disclosure_times [records.csv]`
//! Linux only: it reads /proc.
#![allow(clippy::unwrap_used)]

use palermo_stats::disclosure::dp::{
    Ledger, MarginalSettings, NoiseSource, Promise, Spent, noisy_marginals, synthesise_from,
};
use palermo_stats::disclosure::{
    Attributes, Fit, Method, Policy, RawCombinations, RawTable, Records, Seeding, Threshold,
    anonymity, invented_records, special_uniques, suppress_locally, synthesise,
};

const KEYS: [&str; 6] = [
    "gender",
    "ageBroad",
    "citizenship",
    "countryOfExploitation",
    "yearOfRegistration",
    "typeOfLabour",
];

/// User and system time of this process, in seconds (hundredths).
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// Greatest memory of this process so far, in megabytes.
fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

fn time<T>(name: &str, work: impl Fn() -> T) {
    let mut best = f64::INFINITY;
    for _ in 0..2 {
        let start = processor();
        std::hint::black_box(work());
        best = best.min(processor() - start);
    }
    println!("{best:>8.2} s  {:>5} MB so far  {name}", memory());
}

fn spent(n: f64) -> Spent {
    let promise = Promise::new(1.0, 1.0 / (n * n.ln())).unwrap();
    let mut ledger = Ledger::new(promise);
    let rho = ledger.budget_rho();
    ledger.spend("times", rho, promise.delta / 2.0).unwrap()
}

fn synthesis(name: &str, people: &Attributes) {
    let ten = Threshold::new(10).unwrap();
    for (kind, seeding) in [
        ("row-seeded", Seeding::Rows),
        ("unseeded", Seeding::Unseeded),
        ("value-seeded", Seeding::Values { oversampling: 0.1 }),
    ] {
        time(&format!("{name} {kind}"), || {
            synthesise(people, ten, seeding, Fit::Singles, 1, &mut |_| ())
        });
    }
    time(&format!("{name} row-seeded for pairs"), || {
        synthesise(people, ten, Seeding::Rows, Fit::Pairs, 1, &mut |_| ())
    });
    let n = people.len() as f64;
    let noisy = |settings: &MarginalSettings| {
        noisy_marginals(people, settings, spent(n), &mut NoiseSource::operating_system()).unwrap()
    };
    time(&format!("{name} DP aggregate length 3"), || noisy(&MarginalSettings::aggregates(3)));
    time(&format!("{name} DP synthesis"), || {
        synthesise_from(&noisy(&MarginalSettings::synthesis()), 32, 1, &mut |_| ())
    });
}

/// A table of which about one cell in six is below 5.
fn table(size: u64) -> RawTable {
    let cell = |r: u64, c: u64| {
        let mixed = (r * 7919 + c * 104_729 + r * c * 31) % 97;
        if mixed < 16 { 1 + mixed % 4 } else { mixed }
    };
    let mut rows: Vec<Vec<u64>> =
        (0..size).map(|r| (0..size).map(|c| cell(r, c)).collect()).collect();
    for row in &mut rows {
        let sum = row.iter().sum();
        row.push(sum);
    }
    rows.push((0..=size as usize).map(|c| rows.iter().map(|row| row[c]).sum()).collect());
    RawTable::two_way(&rows).unwrap()
}

fn main() {
    for (rows, length) in
        [(200_000, 2), (200_000, 3), (50_000, 2), (50_000, 3), (50_000, 4), (1_000_000, 2)]
    {
        let people = Attributes::of::<&str>(&invented_records(rows, 30, 11), &[]).unwrap();
        time(&format!("aggregate {rows} × 30, length {length}"), || {
            RawCombinations::count(&people, length).unwrap()
        });
    }
    for rows in [2_000, 10_000, 50_000] {
        let keys = invented_records(rows, 7, 5).select(&KEYS).unwrap();
        time(&format!("fk, {rows} records, 6 keys"), || anonymity(&keys));
        time(&format!("local suppression, {rows} records, k = 3"), || {
            suppress_locally(&keys, 3).unwrap()
        });
        time(&format!("special uniques, {rows} records"), || special_uniques(&keys, 6).unwrap());
    }
    for size in [8, 12, 16, 40] {
        let table = table(size);
        let exact = Policy::suppress(Threshold::TABLE);
        let quick = Policy { method: Method::SuppressQuickly, ..exact };
        if size <= 16 {
            time(&format!("exact suppression {size} × {size}"), || {
                table.protect(&exact).unwrap().attack(&[]).unwrap()
            });
        }
        time(&format!("heuristic suppression {size} × {size}"), || {
            table.protect(&quick).unwrap().attack(&[]).unwrap()
        });
        let found = |policy| table.protect(policy).map(|t| (t.cost(), t.is_optimal())).unwrap();
        println!(
            "   {} sensitive, heuristic {:?}",
            table.sensitive(Threshold::TABLE).len(),
            found(&quick)
        );
        if size <= 16 {
            println!("   exact {:?}", found(&exact));
        }
    }
    synthesis(
        "50000 × 30",
        &Attributes::of::<&str>(&invented_records(50_000, 30, 11), &[]).unwrap(),
    );
    if let Some(file) = std::env::args().nth(1) {
        let records = Records::from_csv(std::fs::File::open(&file).unwrap()).unwrap();
        let people = Attributes::of::<&str>(&records, &[]).unwrap();
        time("the file: fk over all columns", || anonymity(&records));
        time("the file: aggregate length 3", || RawCombinations::count(&people, 3).unwrap());
        synthesis("the file:", &people);
    }
}
