//! Sums and products over subsets and supersets of lists, in place, in
//! t·2^(t−1) steps for t lists. They replace the design matrix: a log-linear
//! fit needs nothing else.

/// Applies `merge(without, with)` for each list and each pair of sets that
/// differ in that list only.
#[inline(always)]
fn butterfly(values: &mut [f64], merge: impl Fn(&mut f64, &mut f64)) {
    let mut half = 1;
    while half < values.len() {
        for block in values.chunks_exact_mut(2 * half) {
            let (without, with) = block.split_at_mut(half);
            for (a, b) in without.iter_mut().zip(with) {
                merge(a, b);
            }
        }
        half *= 2;
    }
}

/// Each value becomes the sum over all supersets of its index.
pub(crate) fn sum_over_supersets(values: &mut [f64]) {
    butterfly(values, |without, with| *without += *with);
}

/// Each value becomes the sum over all subsets of its index.
pub(crate) fn sum_over_subsets(values: &mut [f64]) {
    butterfly(values, |without, with| *with += *without);
}

/// Each value becomes the product over all subsets of its index.
pub(crate) fn product_over_subsets(values: &mut [f64]) {
    butterfly(values, |without, with| *with *= *without);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_equal_their_definitions() {
        let start: Vec<f64> = (0..16).map(|i| f64::from(i * 7 % 5) + 1.0).collect();
        let (mut up, mut down, mut product) = (start.clone(), start.clone(), start.clone());
        sum_over_supersets(&mut up);
        sum_over_subsets(&mut down);
        product_over_subsets(&mut product);
        for set in 0..16usize {
            let subsets = || (0..16usize).filter(|&s| s & set == s).map(|s| start[s]);
            let above: f64 = (0..16).filter(|&s| s & set == set).map(|s| start[s]).sum();
            assert!((up[set] - above).abs() < 1e-12);
            assert!((down[set] - subsets().sum::<f64>()).abs() < 1e-12);
            assert!((product[set] / subsets().product::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
