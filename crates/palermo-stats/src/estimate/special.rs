//! Small special functions, all from one pure implementation of the
//! elementary functions so that results are bit-equal on every machine.

use std::f64::consts::PI;

pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x)
}

pub(crate) fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// ln Γ(x) for x > 0.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if x >= 12.0 { stirling(x) } else { libm::lgamma(x) }
}

/// Stirling's series; for x ≥ 12 its error is below one unit in 1e16.
#[inline]
pub(crate) fn stirling(x: f64) -> f64 {
    const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;
    let r = 1.0 / x;
    let r2 = r * r;
    let series = r
        * (1.0 / 12.0
            - r2 * (1.0 / 360.0 - r2 * (1.0 / 1260.0 - r2 * (1.0 / 1680.0 - r2 * (1.0 / 1188.0)))));
    (x - 0.5) * libm::log(x) - x + HALF_LN_TWO_PI + series
}

/// Density of the standard normal.
fn normal_density(x: f64) -> f64 {
    exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// Distribution function of the standard normal.
pub(crate) fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Quantile of the standard normal: a rational start (Acklam), then two
/// Halley steps, which leave rounding error only.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    const A: [f64; 6] = [
        -39.696_830_286_653_8,
        220.946_098_424_521,
        -275.928_510_446_969,
        138.357_751_867_269,
        -30.664_798_066_147_2,
        2.506_628_277_459_24,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_1,
        161.585_836_858_041,
        -155.698_979_859_887,
        66.801_311_887_719_7,
        -13.280_681_552_885_7,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_29,
        -0.322_396_458_041_136,
        -2.400_758_277_161_84,
        -2.549_732_539_343_73,
        4.374_664_141_464_97,
        2.938_163_982_698_78,
    ];
    const D: [f64; 4] = [
        0.007_784_695_709_041_46,
        0.322_467_129_070_04,
        2.445_134_137_142_99,
        3.754_408_661_907_42,
    ];
    let horner = |c: &[f64], x: f64| c.iter().fold(0.0, |sum, &a| sum * x + a);
    let mut x = if p < 0.02425 {
        let q = (-2.0 * ln(p)).sqrt();
        horner(&C, q) / (horner(&D, q) * q + 1.0)
    } else {
        let q = p - 0.5;
        let r = q * q;
        q * horner(&A, r) / (horner(&B, r) * r + 1.0)
    };
    for _ in 0..2 {
        let e = (normal_cdf(x) - p) / normal_density(x);
        x -= e / (1.0 + 0.5 * x * e);
    }
    x
}

/// The smaller of P(X ≤ k) and P(X ≥ k) for X ~ Poisson(mean).
pub(crate) fn poisson_one_sided(k: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return if k > 0.0 { 0.0 } else { 1.0 };
    }
    let at_k = exp(k * ln(mean) - mean - ln_gamma(k + 1.0));
    // The shorter tail is summed outwards from k; the other is its complement.
    if k <= mean {
        let (mut sum, mut term, mut x) = (at_k, at_k, k);
        while x > 0.0 && term > sum * 1e-17 {
            term *= x / mean;
            x -= 1.0;
            sum += term;
        }
        sum.min(1.0 - sum + at_k)
    } else {
        let (mut sum, mut term, mut x) = (at_k, at_k, k);
        while term > sum * 1e-17 {
            x += 1.0;
            term *= mean / x;
            sum += term;
        }
        sum.min(1.0 - sum + at_k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantile_inverts_the_distribution() {
        for p in [1e-12, 1e-4, 0.025, 0.2, 0.5, 0.7, 0.975, 1.0 - 1e-9] {
            let back = normal_cdf(normal_quantile(p));
            assert!((back - p).abs() < 1e-14 + 1e-12 * p, "{p} {back}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-13);
    }

    #[test]
    fn log_gamma_joins_where_the_series_takes_over() {
        for x in [0.03125, 0.5, 1.0, 3.7, 11.9, 12.0, 12.1, 1e5] {
            assert!(
                (ln_gamma(x) - libm::lgamma(x)).abs() <= 4e-15 * libm::lgamma(x).abs().max(1.0)
            );
        }
    }

    #[test]
    fn poisson_tails_match_direct_sums() {
        let mean: f64 = 3.3;
        let density = |k: i32| (1..=k).fold((-mean).exp(), |d, i| d * mean / f64::from(i));
        let below: f64 = (0..=2).map(density).sum();
        let above: f64 = 1.0 - (0..=5).map(density).sum::<f64>();
        assert!((poisson_one_sided(2.0, mean) - below).abs() < 1e-14);
        assert!((poisson_one_sided(6.0, mean) - above).abs() < 1e-14);
    }
}
