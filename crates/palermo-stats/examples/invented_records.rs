//! Writes invented case records as comma-separated text, so that other programs
//! can be measured on the same table:
//! `cargo run --example invented_records -- 50000 30 11 > records.csv`

use palermo_stats::disclosure::invented_records;
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<u64> =
        std::env::args().skip(1).map(|a| a.parse()).collect::<Result<_, _>>()?;
    let &[rows, columns, seed] = numbers.as_slice() else {
        return Err("expected three numbers: records, columns, seed".into());
    };
    let records = invented_records(usize::try_from(rows)?, usize::try_from(columns)?, seed);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let names: Vec<&str> = records.columns().iter().map(|c| c.name()).collect();
    writeln!(out, "{}", names.join(","))?;
    for row in 0..records.len() {
        let fields: Vec<&str> = (0..names.len()).map(|c| records.field(row, c)).collect();
        writeln!(out, "{}", fields.join(","))?;
    }
    Ok(())
}
