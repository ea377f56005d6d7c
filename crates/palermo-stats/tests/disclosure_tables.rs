//! Suppression, audit and reconstruction against exact optima (HiGHS, gap 0)
//! and against enumeration.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::disclosure_support as support;

use palermo_stats::disclosure::{
    Cost, Equation, Frame, Method, Policy, Protection, Published, RawTable, RefusedTable, Release,
    Shown, Threshold, attack_intervals, audit_intervals, reconstruct,
};
use proptest::prelude::*;
use serde_json::Value;
use support::reference;

fn reference_tables() -> Vec<Value> {
    reference("optimal_cell_suppression_2d.json")
        .map(|text| serde_json::from_str::<Vec<Value>>(&text).unwrap())
        .unwrap_or_default()
}

fn rows(table: &Value) -> Vec<Vec<u64>> {
    serde_json::from_value(table["table_with_margins"].clone()).unwrap()
}

fn policy(table: &Value) -> Policy {
    let mut policy =
        Policy::suppress(Threshold::new(table["threshold_k"].as_u64().unwrap() as u32).unwrap());
    policy.cost = if table["cost"] == "value" { Cost::Counts } else { Cost::Cells };
    policy.upper = Some(table["upper_bound"].as_f64().unwrap() as u64);
    policy
}

fn same_bounds(
    found: &std::collections::BTreeMap<usize, palermo_stats::disclosure::Interval>,
    want: &Value,
) {
    let want = want.as_object().unwrap();
    assert_eq!(found.len(), want.len());
    for (cell, interval) in found {
        let bounds = &want[&cell.to_string()];
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs().max(1.0);
        assert!(
            close(interval.least, bounds[0].as_f64().unwrap()),
            "cell {cell}: {interval:?} {bounds}"
        );
        assert!(
            close(interval.most, bounds[1].as_f64().unwrap()),
            "cell {cell}: {interval:?} {bounds}"
        );
    }
}

#[test]
fn suppression_reaches_the_optimal_cost_on_every_reference_table() {
    for table in reference_tables() {
        let raw = RawTable::two_way(&rows(&table)).unwrap();
        let policy = policy(&table);
        let primary: Vec<usize> =
            serde_json::from_value(table["primary_flat_index"].clone()).unwrap();
        assert_eq!(raw.sensitive(policy.threshold), primary);
        let start = std::time::Instant::now();
        let safe = raw.protect(&policy).unwrap();
        println!(
            "table {} {}: {} in {:?} (HiGHS {} s)",
            table["id"],
            table["cost"],
            safe.cost(),
            start.elapsed(),
            table["cpu"]
        );
        assert!(safe.is_optimal());
        assert_eq!(safe.cost(), table["optimal_cost"].as_f64().unwrap());
        let published = safe.attack(&[]).unwrap();
        let quick = raw.protect(&Policy { method: Method::SuppressQuickly, ..policy }).unwrap();
        println!("  heuristic: {}", quick.cost());
        assert!(quick.cost() >= published.intervals().len() as f64);
        quick.attack(&[]).unwrap();
        let wide = raw.protect(&Policy { protection: Protection::Interval, ..policy }).unwrap();
        println!("  interval protection: {} optimal {}", wide.cost(), wide.is_optimal());
        wide.attack(&[]).unwrap();
    }
}

#[test]
fn audit_bounds_equal_the_reference_for_both_patterns() {
    for table in reference_tables() {
        let raw = RawTable::two_way(&rows(&table)).unwrap();
        let policy = policy(&table);
        let pattern: Vec<usize> =
            serde_json::from_value(table["one_optimal_pattern"].clone()).unwrap();
        let published = raw.protect_with(&policy, &pattern).attack(&[]).unwrap();
        same_bounds(published.intervals(), &table["audit_bounds_of_pattern"]);
        same_bounds(&raw.exposure(&policy).unwrap(), &table["audit_bounds_primary_only"]);
        // The attacker, who has only what is published, finds the same.
        let from_outside = attack_intervals(
            raw.frame(),
            published.cells(),
            table["upper_bound"].as_f64().unwrap() as u64,
        )
        .unwrap();
        same_bounds(&from_outside, &table["audit_bounds_of_pattern"]);
    }
}

#[test]
fn hiding_only_the_small_counts_is_refused() {
    let raw = RawTable::two_way(&[vec![20, 3, 23], vec![15, 30, 45], vec![35, 33, 68]]).unwrap();
    let policy = Policy::suppress(Threshold::new(5).unwrap());
    let refused = raw.protect_with(&policy, &[1]).attack(&[]).unwrap_err();
    assert!(matches!(refused, RefusedTable::Exposed(cells) if cells == ["column:2;row:1"]));
}

#[test]
fn a_table_that_differs_by_one_record_from_an_earlier_one_is_refused() {
    let policy = Policy::suppress(Threshold::new(5).unwrap());
    let before =
        RawTable::two_way(&[vec![20, 13, 33], vec![15, 30, 45], vec![35, 43, 78]]).unwrap();
    let after = RawTable::two_way(&[vec![20, 14, 34], vec![15, 30, 45], vec![35, 44, 79]]).unwrap();
    let first = before.protect(&policy).unwrap().attack(&[]).unwrap();
    let earlier: Vec<Release> = vec![first.as_release().clone()];
    let refused = after.protect(&policy).unwrap().attack(&earlier).unwrap_err();
    assert!(matches!(refused, RefusedTable::Difference(_)));
    let rounded = Policy { method: Method::RoundDown, ..policy };
    let first = before.protect(&rounded).unwrap().attack(&[]).unwrap();
    after.protect(&rounded).unwrap().attack(&[first.as_release().clone()]).unwrap();
}

#[test]
fn linked_tables_are_protected_and_audited_together() {
    // form × region and form × age share the margins of form.
    let labels: Vec<String> = (0..15).map(|i| format!("c{i}")).collect();
    let mut equations = Vec::new();
    // forms 0,1 and their sum 2; regions a,b (3..=8), ages (9..=14).
    let counts = vec![24, 40, 64, 21, 3, 20, 20, 41, 23, 4, 20, 22, 18, 26, 38];
    for form in 0..2 {
        equations.push(Equation { total: form, parts: vec![3 + 2 * form, 4 + 2 * form] });
        equations.push(Equation { total: form, parts: vec![9 + 2 * form, 10 + 2 * form] });
    }
    equations.push(Equation { total: 2, parts: vec![0, 1] });
    equations.push(Equation { total: 7, parts: vec![3, 5] });
    equations.push(Equation { total: 8, parts: vec![4, 6] });
    equations.push(Equation { total: 2, parts: vec![7, 8] });
    equations.push(Equation { total: 13, parts: vec![9, 11] });
    equations.push(Equation { total: 14, parts: vec![10, 12] });
    equations.push(Equation { total: 2, parts: vec![13, 14] });
    let frame = Frame::new(labels, equations).unwrap();
    let raw = RawTable::new(frame, counts).unwrap();
    let policy = Policy::suppress(Threshold::new(5).unwrap());
    let best = raw.protect(&policy).unwrap();
    let quick = raw.protect(&Policy { method: Method::SuppressQuickly, ..policy }).unwrap();
    assert!(best.is_optimal() && best.cost() <= quick.cost());
    // Judge: no pattern with fewer cells withstands the attack.
    let free: Vec<usize> = (0..15).filter(|c| ![4, 9].contains(c)).collect();
    let smaller = (0_u32..1 << free.len())
        .filter(|set| f64::from(set.count_ones() + 2) < best.cost())
        .map(|set| {
            (0..free.len())
                .filter(|i| set >> i & 1 == 1)
                .map(|i| free[i])
                .chain([4, 9])
                .collect::<Vec<_>>()
        });
    let mut tried = 0;
    for pattern in smaller {
        assert!(raw.protect_with(&policy, &pattern).attack(&[]).is_err());
        tried += 1;
    }
    assert!(tried > 100);
    best.attack(&[]).unwrap();
    quick.attack(&[]).unwrap();
}

#[test]
fn a_three_way_table_is_protected_exactly() {
    let records = palermo_stats::disclosure::invented_records(400, 30, 4);
    let raw = RawTable::cross_classify(&records, &["gender", "traffickMonths", "means01"]).unwrap();
    let policy = Policy::suppress(Threshold::new(5).unwrap());
    let start = std::time::Instant::now();
    let best = raw.protect(&policy).unwrap();
    let quick = raw.protect(&Policy { method: Method::SuppressQuickly, ..policy }).unwrap();
    println!(
        "{} cells, {} sensitive: optimum {} ({}), heuristic {}, {:?}",
        raw.frame().len(),
        raw.sensitive(policy.threshold).len(),
        best.cost(),
        best.is_optimal(),
        quick.cost(),
        start.elapsed()
    );
    assert!(best.cost() <= quick.cost());
    best.attack(&[]).unwrap();
    quick.attack(&[]).unwrap();
}

#[test]
fn rounding_that_sums_betray_is_refused_and_honest_rounding_passes() {
    let policy =
        Policy { method: Method::RoundDown, ..Policy::suppress(Threshold::new(5).unwrap()) };
    // 4 + 4 + 4 rounds to 0 + 0 + 0 with a total of 10: someone must be there,
    // but in no particular cell.
    let spread =
        RawTable::two_way(&[vec![4, 4, 4, 12], vec![30, 30, 30, 90], vec![34, 34, 34, 102]])
            .unwrap();
    assert!(matches!(spread.protect(&policy).unwrap().attack(&[]), Err(RefusedTable::Exposed(_))));
    let plain = RawTable::two_way(&[vec![3, 21, 24], vec![31, 30, 61], vec![34, 51, 85]]).unwrap();
    plain.protect(&policy).unwrap().attack(&[]).unwrap();
}

#[test]
fn only_shown_cells_are_written() {
    let raw = RawTable::two_way(&[vec![20, 3, 23], vec![15, 30, 45], vec![35, 33, 68]]).unwrap();
    let published =
        raw.protect(&Policy::suppress(Threshold::new(5).unwrap())).unwrap().attack(&[]).unwrap();
    let mut text = Vec::new();
    published.write_csv(&mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("column:2;row:1,\n"), "{text}");
    assert!(text.contains("record_count,68\n"));
    assert_eq!(format!("{raw:?}"), "RawTable { cells: 9 }");
}

fn table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (2_usize..5, 2_usize..5).prop_flat_map(|(r, c)| {
        proptest::collection::vec(proptest::collection::vec(0_u64..25, c), r)
    })
}

fn with_margins(inner: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let mut out: Vec<Vec<u64>> = inner
        .iter()
        .map(|row| row.iter().copied().chain(std::iter::once(row.iter().sum())).collect())
        .collect();
    let bottom = (0..out[0].len()).map(|c| out.iter().map(|row| row[c]).sum()).collect();
    out.push(bottom);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_protected_table_withstands_the_attack_and_shows_its_zeros(inner in table()) {
        let rows = with_margins(&inner);
        let flat: Vec<u64> = rows.concat();
        let raw = RawTable::two_way(&rows).unwrap();
        let base = Policy::suppress(Threshold::new(5).unwrap());
        for method in [base.method, Method::SuppressQuickly] {
            for protection in [Protection::Threshold, Protection::Interval] {
                // A table of too few people cannot be protected at all, and says so.
                let Ok(safe) = raw.protect(&Policy { method, protection, ..base }) else { continue };
                let hidden = safe.hidden();
                let published = safe.attack(&[]).unwrap();
                for (cell, &count) in flat.iter().enumerate() {
                    match published.cells()[cell] {
                        Shown::Exact(shown) => {
                            prop_assert_eq!(shown, count);
                            prop_assert!(count == 0 || count >= 5);
                        }
                        _ => {
                            prop_assert!(count > 0, "zeros are shown");
                            let interval = published.intervals()[&cell];
                            prop_assert!(interval.least <= count as f64 && count as f64 <= interval.most);
                            if count < 5 {
                                prop_assert!(interval.most >= 5.0 && interval.least <= count as f64 - 1.0);
                                if protection == Protection::Interval {
                                    prop_assert!(interval.most - interval.least >= 5.0);
                                }
                            }
                        }
                    }
                }
                // The flow audit and the attacker's linear programmes agree.
                let upper = flat.iter().copied().max().unwrap();
                let outside = attack_intervals(raw.frame(), published.cells(), upper).unwrap();
                let gone: Vec<bool> = (0..flat.len()).map(|c| hidden.contains(&c)).collect();
                let inside = audit_intervals(raw.frame(), &flat, &gone, upper).unwrap();
                for (cell, interval) in inside {
                    prop_assert!((interval.least - outside[&cell].least).abs() < 1e-6);
                    prop_assert!((interval.most - outside[&cell].most).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn turning_a_table_changes_nothing_about_the_cost(inner in table()) {
        let policy = Policy::suppress(Threshold::new(5).unwrap());
        let cost = |inner: &[Vec<u64>]| {
            RawTable::two_way(&with_margins(inner)).unwrap().protect(&policy).ok().map(|t| t.cost())
        };
        let turned: Vec<Vec<u64>> =
            (0..inner[0].len()).map(|c| inner.iter().rev().map(|row| row[c]).collect()).collect();
        prop_assert_eq!(cost(&inner), cost(&turned));
    }

    #[test]
    fn the_optimum_is_the_optimum(inner in proptest::collection::vec(proptest::collection::vec(0_u64..14, 3), 2)) {
        let rows = with_margins(&inner);
        let flat = rows.concat();
        let raw = RawTable::two_way(&rows).unwrap();
        let policy = Policy { cost: Cost::Counts, ..Policy::suppress(Threshold::new(5).unwrap()) };
        let found = raw.protect(&policy).ok().map(|t| t.cost());
        // Judge: every pattern of the 12 cells, attacked.
        let primary = raw.sensitive(policy.threshold);
        let best = (0_u32..1 << 12)
            .map(|set| (0..12).filter(|c| set >> c & 1 == 1).collect::<Vec<usize>>())
            .filter(|p| primary.iter().all(|c| p.contains(c)) && p.iter().all(|&c| flat[c] > 0))
            .filter(|p| raw.protect_with(&policy, p).attack(&[]).is_ok())
            .map(|p| p.iter().map(|&c| flat[c].max(1)).sum::<u64>() as f64)
            .min_by(f64::total_cmp);
        prop_assert_eq!(found, best);
    }

    #[test]
    fn reconstruction_bounds_contain_the_truth(counts in proptest::collection::vec(0_u64..9, 8), hide in 0_u32..64) {
        // 2 × 2 × 2 kinds; the six one-way margins, some hidden.
        let mut published = Vec::new();
        for axis in 0..3 {
            for value in 0..2 {
                let kinds: Vec<usize> = (0..8).filter(|kind| kind >> axis & 1 == value).collect();
                let sum = kinds.iter().map(|&kind| counts[kind]).sum();
                let shown = if hide >> (2 * axis + value) & 1 == 1 { Shown::Hidden } else { Shown::Exact(sum) };
                published.push(Published { kinds, shown });
            }
        }
        let found = reconstruct(8, &published, 80, 5).unwrap();
        for (bounds, &count) in found.bounds.iter().zip(&counts) {
            prop_assert!(bounds.0 <= count && count <= bounds.1);
        }
    }
}
