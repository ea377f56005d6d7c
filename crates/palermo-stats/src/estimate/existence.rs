//! Does an extended maximum likelihood estimate exist, and is it the only one?
//!
//! **Identifiability.** Let Θ be the parameters kept (those whose lists share
//! a person) and take a history ω whose cell is kept. The parameters inside ω
//! form a simplicial complex; call Σ (−1)^|θ| over them, the empty set
//! included, its alternating sum. The columns of the design are dependent
//! exactly when that sum is zero for *every* kept ω: restricted to the cells
//! ω ∈ Θ the design without the empty set is unitriangular, so a dependency
//! is unique up to scale and must be z_θ = (−1)^|θ|. Identifiability is
//! therefore an exact count in integers, and no rank has to be estimated.
//!
//! **Existence** (Fienberg & Rinaldo 2012). The estimate exists when no
//! direction z leaves the likelihood rising for ever: Az = 0 on cells with
//! persons, Az ≥ 0 and somewhere positive on empty cells that are kept. We
//! solve the first condition by elimination, and decide the second through
//! its Stiemke alternative with a small simplex.

use super::zeta::{product_over_subsets, sum_over_subsets};

/// Zero for the elimination and the simplex: the numbers in play are small
/// rationals, far from this.
const ZERO: f64 = 1e-9;

/// Which cells the empty overlaps among `terms` leave: 1 kept, 0 dropped.
pub(crate) fn kept_cells(margins: &[f64], terms: &[u32], kept: &mut Vec<f64>) {
    kept.clear();
    kept.resize(margins.len(), 1.0);
    let mut any = false;
    for &term in terms {
        if margins[term as usize] == 0.0 {
            kept[term as usize] = 0.0;
            any = true;
        }
    }
    if any {
        product_over_subsets(kept);
    }
}

/// Whether the kept parameters are determined by the expected counts.
pub(crate) fn identifiable(margins: &[f64], terms: &[u32], kept: &[f64]) -> bool {
    let mut alternating = vec![0.0; margins.len()];
    for &term in terms {
        if margins[term as usize] > 0.0 {
            let odd = term.count_ones() % 2 == 1;
            alternating[term as usize] = if odd { -1.0 } else { 1.0 };
        }
    }
    sum_over_subsets(&mut alternating);
    // The cell of the unobserved is no cell of the table.
    alternating.iter().zip(kept).skip(1).any(|(&sum, &cell)| cell != 0.0 && sum != 0.0)
}

/// Whether the likelihood has a maximum at finite parameters.
pub(crate) fn exists(counts: &[f64], margins: &[f64], terms: &[u32], kept: &[f64]) -> bool {
    let terms: Vec<u32> = terms.iter().copied().filter(|&t| margins[t as usize] > 0.0).collect();
    let empty_cells: Vec<usize> =
        (1..counts.len()).filter(|&cell| kept[cell] != 0.0 && counts[cell] == 0.0).collect();
    if empty_cells.is_empty() {
        return true;
    }
    let directions = null_directions(counts, &terms);
    if directions.is_empty() {
        return true;
    }
    // One row for each direction: how it moves each empty cell.
    let mut rows = Vec::with_capacity(directions.len());
    for direction in directions {
        let mut moved = vec![0.0; counts.len()];
        for (&term, &value) in terms.iter().zip(&direction) {
            moved[term as usize] = value;
        }
        sum_over_subsets(&mut moved);
        let row: Vec<f64> = empty_cells.iter().map(|&cell| moved[cell]).collect();
        if row.iter().any(|v| v.abs() > ZERO) {
            rows.push(row);
        }
    }
    rows.is_empty() || positive_combination_vanishes(rows)
}

/// A basis of the parameter directions that move no cell with persons.
fn null_directions(counts: &[f64], terms: &[u32]) -> Vec<Vec<f64>> {
    let k = terms.len();
    let mut pivots: Vec<(usize, Vec<f64>)> = Vec::with_capacity(k);
    for (cell, _) in counts.iter().enumerate().filter(|c| *c.1 > 0.0) {
        let mut row: Vec<f64> =
            terms.iter().map(|&t| f64::from(u8::from(t as usize & cell == t as usize))).collect();
        for (column, pivot) in &pivots {
            let factor = row[*column];
            if factor != 0.0 {
                subtract(&mut row, pivot, factor);
            }
        }
        let (column, largest) = row
            .iter()
            .enumerate()
            .map(|(i, v)| (i, v.abs()))
            .fold((0, 0.0), |best, v| if v.1 > best.1 { v } else { best });
        if largest <= ZERO {
            continue;
        }
        let scale = 1.0 / row[column];
        row.iter_mut().for_each(|v| *v *= scale);
        for (_, pivot) in &mut pivots {
            let factor = pivot[column];
            if factor != 0.0 {
                subtract(pivot, &row, factor);
            }
        }
        pivots.push((column, row));
        if pivots.len() == k {
            return Vec::new();
        }
    }
    let free = (0..k).filter(|column| pivots.iter().all(|(pivot, _)| pivot != column));
    free.map(|column| {
        let mut direction = vec![0.0; k];
        direction[column] = 1.0;
        for (pivot, row) in &pivots {
            direction[*pivot] = -row[column];
        }
        direction
    })
    .collect()
}

fn subtract(row: &mut [f64], other: &[f64], factor: f64) {
    for (a, b) in row.iter_mut().zip(other) {
        *a -= factor * b;
        if a.abs() < 1e-12 {
            *a = 0.0;
        }
    }
}

/// Whether some strictly positive x has `rows`·x = 0. By Stiemke's theorem
/// this fails exactly when a combination of the rows is ≥ 0 and not zero.
/// With x = 1 + u it is the first phase of the simplex method for
/// `rows`·u = −`rows`·1, u ≥ 0; Bland's rule keeps it from cycling.
fn positive_combination_vanishes(mut rows: Vec<Vec<f64>>) -> bool {
    let columns = rows[0].len();
    for row in &mut rows {
        let right: f64 = -row.iter().sum::<f64>();
        row.push(right);
        if right < 0.0 {
            row.iter_mut().for_each(|v| *v = -*v);
        }
    }
    // Basis entries from `columns` on are artificial.
    let mut basis: Vec<usize> = (columns..columns + rows.len()).collect();
    loop {
        let artificial = |basis: &[usize]| {
            let mut cost = vec![0.0; columns + 1];
            for (row, _) in rows.iter().zip(basis).filter(|(_, b)| **b >= columns) {
                for (c, v) in cost.iter_mut().zip(row) {
                    *c += v;
                }
            }
            cost
        };
        let cost = artificial(&basis);
        if cost[columns] <= ZERO {
            return true;
        }
        let Some(enters) = (0..columns).find(|&j| cost[j] > ZERO) else {
            return false;
        };
        let leaves = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row[enters] > ZERO)
            .map(|(i, row)| (row[columns] / row[enters], basis[i], i))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // An entering column always has a positive entry: its cost is their sum.
        let Some((_, _, leaves)) = leaves else {
            return false;
        };
        let scale = 1.0 / rows[leaves][enters];
        rows[leaves].iter_mut().for_each(|v| *v *= scale);
        let pivot = rows[leaves].clone();
        for (i, row) in rows.iter_mut().enumerate() {
            if i != leaves && row[enters] != 0.0 {
                let factor = row[enters];
                subtract(row, &pivot, factor);
            }
        }
        basis[leaves] = enters;
    }
}

#[cfg(test)]
mod tests {
    use super::super::zeta::sum_over_supersets;
    use super::*;

    fn standing(counts: &[f64], terms: &[u32]) -> (bool, bool) {
        let mut margins = counts.to_vec();
        sum_over_supersets(&mut margins);
        let mut kept = Vec::new();
        kept_cells(&margins, terms, &mut kept);
        (exists(counts, &margins, terms, &kept), identifiable(&margins, terms, &kept))
    }

    // Chan, Silverman & Vincent (2021): three lists with one overlapping pair.
    const ARTIFICIAL: [f64; 8] = [0.0, 40.0, 30.0, 6.0, 20.0, 0.0, 0.0, 0.0];

    #[test]
    fn without_overlap_of_three_lists_all_pairs_are_not_identifiable() {
        let terms = [0, 1, 2, 4, 3, 5, 6];
        assert_eq!(standing(&ARTIFICIAL, &terms), (true, false));
    }

    #[test]
    fn the_interaction_of_the_only_overlapping_pair_has_no_estimate() {
        assert_eq!(standing(&ARTIFICIAL, &[0, 1, 2, 4, 3]), (false, true));
        assert_eq!(standing(&ARTIFICIAL, &[0, 1, 2, 4, 5]), (true, true));
    }

    #[test]
    fn lists_that_share_nobody_have_no_estimate() {
        let counts = [0.0, 5.0, 6.0, 0.0, 7.0, 0.0, 0.0, 0.0];
        assert_eq!(standing(&counts, &[0, 1, 2, 4]), (false, true));
    }
}
