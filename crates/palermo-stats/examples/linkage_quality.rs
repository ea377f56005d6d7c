//! Links invented lists of growing size both ways, and tells time, precision,
//! recall and F1. `cargo run --release --example linkage_quality`

use palermo_stats::linkage::LinkError;
use palermo_stats::linkage::blocking::Blocking;
use palermo_stats::linkage::fellegi_sunter::{link, train};
use palermo_stats::linkage::invented_lists;
use palermo_stats::linkage::lists::{Field, Lists};
use std::time::Instant;

fn main() -> Result<(), LinkError> {
    for (size, seed) in [(1_000, 1), (10_000, 2), (100_000, 3)] {
        let (ours, theirs) = invented_lists(size, seed);
        let values = |list: &[palermo_stats::linkage::InventedPerson]| -> Vec<Vec<String>> {
            list.iter().map(|entry| entry.values.clone()).collect()
        };
        let begin = Instant::now();
        let fields = vec![
            Field::name("given"),
            Field::name("surname"),
            Field::date("dob"),
            Field::exact("sex"),
            Field::exact("nationality"),
        ];
        let lists = Lists::new(fields, &values(&ours), &values(&theirs))?;
        let blocking = Blocking::automatic(&lists);
        let model = train(&lists, &blocking, 1)?;
        let links = link(&lists, &blocking, &model, 0.5)?;
        let seconds = begin.elapsed().as_secs_f64();
        let right = links
            .iter()
            .filter(|link| {
                let person = |list: &[palermo_stats::linkage::InventedPerson], place: usize| {
                    list.get(place).map(|entry| entry.person)
                };
                person(&ours, link.pair.a) == person(&theirs, link.pair.b)
            })
            .count() as f64;
        let (precision, recall) = (right / links.len() as f64, right / (size / 2) as f64);
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!(
            "{size}: {seconds:.2} s, rules {:?}, precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}",
            blocking.rules
        );
    }
    Ok(())
}
