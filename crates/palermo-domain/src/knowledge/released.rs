//! What a reader can know of a cell in a table that was released: its count,
//! or the interval in which it lies. A hidden cell never reads as zero (R185).
//!
//! Intervals of hidden cells follow from the totals that are public beside
//! them, by adding and subtracting alone. They are therefore never narrower
//! than what the attack before the release allowed: that attack solves the same
//! equations exactly.

use super::amount::Amount;

/// How one cell is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its count.
    Exactly(u64),
    /// Its count rounded down to a multiple of the threshold.
    RoundedDown(u64),
    /// Nothing.
    Hidden,
}

/// One cell: a value a column, empty for "all", and how it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldCell {
    /// Its values.
    pub values: Vec<String>,
    /// How it is told.
    pub told: Told,
}

/// What nobody can bound from above.
pub const UNBOUNDED: u64 = u64::MAX;

/// Bounds settle after a few rounds; more add nothing a reader could use.
const ROUNDS: usize = 6;

/// The interval of every cell, in their order; `threshold` is that of the
/// release (persons). A cell that nothing bounds ends at [`UNBOUNDED`].
#[must_use]
pub fn intervals(cells: &[ToldCell], threshold: u64) -> Vec<Amount> {
    let mut known: Vec<Amount> = cells
        .iter()
        .map(|cell| match cell.told {
            Told::Exactly(count) => Amount::exactly(count),
            Told::RoundedDown(floor) => {
                Amount { lower: floor, upper: floor.saturating_add(threshold.saturating_sub(1)) }
            }
            Told::Hidden => Amount { lower: 0, upper: UNBOUNDED },
        })
        .collect();
    let sums = sums(cells);
    for _ in 0..ROUNDS {
        let before = known.clone();
        for (total, parts) in &sums {
            narrow(cells, &mut known, *total, parts);
        }
        if known == before {
            break;
        }
    }
    known
}

/// Each total with the parts it is the sum of.
fn sums(cells: &[ToldCell]) -> Vec<(usize, Vec<usize>)> {
    let columns = cells.first().map_or(0, |cell| cell.values.len());
    let mut out = Vec::new();
    for (total, cell) in cells.iter().enumerate() {
        for column in (0..columns).filter(|at| cell.values.get(*at).is_some_and(String::is_empty)) {
            let parts: Vec<usize> = cells
                .iter()
                .enumerate()
                .filter(|(_, other)| {
                    (0..columns).all(|at| {
                        let (a, b) = (cell.values.get(at), other.values.get(at));
                        if at == column { b.is_some_and(|b| !b.is_empty()) } else { a == b }
                    })
                })
                .map(|(at, _)| at)
                .collect();
            if !parts.is_empty() {
                out.push((total, parts));
            }
        }
    }
    out
}

fn narrow(cells: &[ToldCell], known: &mut [Amount], total: usize, parts: &[usize]) {
    let sum: Amount = parts.iter().map(|at| known[*at]).sum();
    if cells[total].told == Told::Hidden {
        known[total].lower = known[total].lower.max(sum.lower);
        known[total].upper = known[total].upper.min(sum.upper);
    }
    for part in parts {
        if cells[*part].told != Told::Hidden {
            continue;
        }
        let others: Amount = parts.iter().filter(|other| *other != part).map(|at| known[*at]).sum();
        if known[total].upper != UNBOUNDED {
            let most = known[total].upper.saturating_sub(others.lower);
            known[*part].upper = known[*part].upper.min(most);
        }
        if others.upper != UNBOUNDED {
            let least = known[total].lower.saturating_sub(others.upper);
            known[*part].lower = known[*part].lower.max(least).min(known[*part].upper);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: &str, column: &str, told: Told) -> ToldCell {
        ToldCell { values: vec![row.to_owned(), column.to_owned()], told }
    }

    #[test]
    fn req_185_a_hidden_cell_is_an_interval_and_never_zero() {
        let cells = [
            cell("labour", "female", Told::Hidden),
            cell("labour", "male", Told::Hidden),
            cell("labour", "", Told::Exactly(30)),
            cell("sexual", "female", Told::Hidden),
            cell("sexual", "male", Told::Hidden),
            cell("sexual", "", Told::Exactly(12)),
            cell("", "female", Told::Exactly(20)),
            cell("", "male", Told::Exactly(22)),
            cell("", "", Told::Exactly(42)),
        ];
        let known = intervals(&cells, 5);
        assert_eq!(known[0], Amount { lower: 8, upper: 20 });
        assert_eq!(known[3], Amount { lower: 0, upper: 12 });
        assert!(known[3].is_hidden(), "an interval, not a zero");
        assert_eq!(known[2], Amount::exactly(30));
    }

    #[test]
    fn a_rounded_count_is_its_floor_and_what_may_be_above_it() {
        let cells = [cell("labour", "female", Told::RoundedDown(0)), cell("", "", Told::Hidden)];
        let known = intervals(&cells, 5);
        assert_eq!(known[0], Amount { lower: 0, upper: 4 }, "a rounded zero is not nobody");
        assert_eq!(known[1].upper, UNBOUNDED, "nothing public bounds it");
    }

    #[test]
    fn a_hidden_total_is_at_least_its_parts() {
        let cells = [
            ToldCell { values: vec!["a".into()], told: Told::Exactly(7) },
            ToldCell { values: vec!["b".into()], told: Told::RoundedDown(5) },
            ToldCell { values: vec![String::new()], told: Told::Hidden },
        ];
        assert_eq!(intervals(&cells, 5)[2], Amount { lower: 12, upper: 16 });
    }
}
