//! Random numbers that are the same on every machine and for every number of
//! threads: ChaCha8 with one stream for each replicate or chain, and samplers
//! that use exact integers or one pure implementation of the elementary
//! functions.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::sync::LazyLock;

use super::special::{exp, ln, ln_gamma};

/// A source of random numbers for one replicate or chain.
#[derive(Debug, Clone)]
pub(crate) struct Random(ChaCha8Rng);

/// What a stream is for, so that one seed never serves two purposes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Bootstrap = 1,
    LatentClass = 2,
    Threshold = 3,
    Invented = 4,
}

impl Random {
    /// Stream `index` of `seed` for a purpose.
    pub(crate) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        // SplitMix64 spreads the seed over the key.
        let mut state = seed ^ (purpose as u64).wrapping_mul(0xa076_1d64_78bd_642f);
        let mut key = [0u8; 32];
        for part in key.chunks_exact_mut(8) {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            part.copy_from_slice(&(z ^ z >> 31).to_le_bytes());
        }
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(index);
        Self(source)
    }

    /// Uniform on the open interval (0, 1).
    #[inline]
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
    }

    /// A whole number from 0 to `below` − 1, each exactly as likely (Lemire).
    #[inline]
    pub(crate) fn below(&mut self, below: u32) -> u32 {
        let mut wide = u64::from(self.0.next_u32()) * u64::from(below);
        if (wide as u32) < below {
            let reject = below.wrapping_neg() % below;
            while (wide as u32) < reject {
                wide = u64::from(self.0.next_u32()) * u64::from(below);
            }
        }
        (wide >> 32) as u32
    }

    /// Standard normal: the ziggurat of Marsaglia & Tsang (2000) with 128 steps.
    #[inline]
    pub(crate) fn normal(&mut self) -> f64 {
        let ziggurat = &*ZIGGURAT;
        loop {
            let bits = self.0.next_u64();
            let step = (bits & 127) as usize;
            // The signed position within the step, on (−1, 1).
            let position = (bits as i64 >> 11) as f64 * (1.0 / (1u64 << 52) as f64);
            let x = position * ziggurat.edge[step];
            if x.abs() < ziggurat.edge[step + 1] {
                return x;
            }
            if step == 0 {
                return self.normal_tail(position < 0.0);
            }
            let (low, high) = (ziggurat.height[step], ziggurat.height[step + 1]);
            if low + (high - low) * self.uniform() < exp(-0.5 * x * x) {
                return x;
            }
        }
    }

    #[cold]
    fn normal_tail(&mut self, negative: bool) -> f64 {
        loop {
            let x = -ln(self.uniform()) / TAIL;
            let y = -ln(self.uniform());
            if 2.0 * y > x * x {
                return if negative { -(TAIL + x) } else { TAIL + x };
            }
        }
    }

    /// Gamma with this shape and scale 1 (Marsaglia & Tsang 2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return exp(self.ln_gamma_small(shape));
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.uniform();
            let x2 = x * x;
            if u < 1.0 - 0.0331 * x2 * x2 || ln(u) < 0.5 * x2 + d * (1.0 - v + ln(v)) {
                return d * v;
            }
        }
    }

    /// Logarithm of a gamma variate with shape below one, which may itself
    /// be too small for a number.
    fn ln_gamma_small(&mut self, shape: f64) -> f64 {
        ln(self.gamma(shape + 1.0)) + ln(self.uniform()) / shape
    }

    /// Logarithm of a gamma variate of any shape.
    pub(crate) fn ln_of_gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 { self.ln_gamma_small(shape) } else { ln(self.gamma(shape)) }
    }

    /// Beta(a, b) for a and b of at least one.
    #[inline]
    pub(crate) fn beta(&mut self, a: f64, b: f64) -> f64 {
        let x = self.gamma(a);
        let y = self.gamma(b);
        x / (x + y)
    }

    /// Binomial: inversion when few are expected, else the transformed
    /// rejection of Hörmann (1993).
    pub(crate) fn binomial(&mut self, n: u64, p: f64) -> u64 {
        if n == 0 || p <= 0.0 {
            return 0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.binomial(n, 1.0 - p);
        }
        if n as f64 * p < 10.0 {
            self.binomial_by_inversion(n, p)
        } else {
            self.binomial_by_rejection(n as f64, p)
        }
    }

    fn binomial_by_inversion(&mut self, n: u64, p: f64) -> u64 {
        let odds = p / (1.0 - p);
        let a = (n + 1) as f64 * odds;
        let first = exp(n as f64 * libm::log1p(-p));
        loop {
            let (mut r, mut u, mut x) = (first, self.uniform(), 0u64);
            loop {
                if u < r {
                    return x;
                }
                u -= r;
                x += 1;
                // Rounding can leave a crumb beyond the last term.
                if x > n || x > 200 {
                    break;
                }
                r *= a / x as f64 - odds;
            }
        }
    }

    fn binomial_by_rejection(&mut self, n: f64, p: f64) -> u64 {
        let spread = (n * p * (1.0 - p)).sqrt();
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let c = n * p + 0.5;
        let v_r = 0.92 - 4.2 / b;
        let mode = ((n + 1.0) * p).floor();
        loop {
            let u = self.uniform() - 0.5;
            let mut v = self.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + c).floor();
            if k < 0.0 || k > n {
                continue;
            }
            if us >= 0.07 && v <= v_r {
                return k as u64;
            }
            let alpha = (2.83 + 5.1 / b) * spread;
            let lpq = ln(p / (1.0 - p));
            v = ln(v * alpha / (a / (us * us) + b));
            let bound = ln_gamma(mode + 1.0) + ln_gamma(n - mode + 1.0)
                - ln_gamma(k + 1.0)
                - ln_gamma(n - k + 1.0)
                + (k - mode) * lpq;
            if v <= bound {
                return k as u64;
            }
        }
    }

    /// Poisson: products of uniforms for small means, else the transformed
    /// rejection of Hörmann (1993).
    pub(crate) fn poisson(&mut self, mean: f64) -> u64 {
        if mean < 10.0 {
            let limit = exp(-mean);
            let (mut product, mut k) = (self.uniform(), 0);
            while product > limit {
                product *= self.uniform();
                k += 1;
            }
            return k;
        }
        let b = 0.931 + 2.53 * mean.sqrt();
        let a = -0.059 + 0.02483 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let v_r = 0.9277 - 3.6224 / (b - 2.0);
        let ln_mean = ln(mean);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
            if us >= 0.07 && v <= v_r {
                return k as u64;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            if ln(v * inverse_alpha / (a / (us * us) + b)) <= k * ln_mean - mean - ln_gamma(k + 1.0)
            {
                return k as u64;
            }
        }
    }
}

const STEPS: usize = 128;
/// Where the tail begins and the common area of the steps, for 128 steps.
const TAIL: f64 = 3.442_619_855_899;
const AREA: f64 = 9.912_563_035_262_17e-3;

struct Ziggurat {
    /// Right edges, falling; entry 0 is the width of the base step.
    edge: [f64; STEPS + 1],
    /// Height of the density at the edges.
    height: [f64; STEPS + 1],
}

static ZIGGURAT: LazyLock<Ziggurat> = LazyLock::new(|| {
    let density = |x: f64| exp(-0.5 * x * x);
    let mut edge = [0.0; STEPS + 1];
    let mut height = [1.0; STEPS + 1];
    edge[0] = AREA / density(TAIL);
    edge[1] = TAIL;
    for i in 2..STEPS {
        let above: f64 = density(edge[i - 1]) + AREA / edge[i - 1];
        edge[i] = (-2.0 * ln(above)).sqrt();
    }
    edge[STEPS] = 0.0;
    for i in 0..STEPS {
        height[i] = density(edge[i]);
    }
    Ziggurat { edge, height }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(draws: impl Iterator<Item = f64>) -> (f64, f64) {
        let all: Vec<f64> = draws.collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let square = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        (mean, square / all.len() as f64)
    }

    fn close(found: (f64, f64), mean: f64, variance: f64) {
        assert!((found.0 - mean).abs() < 0.01 * (mean.abs() + variance.sqrt()), "{found:?}");
        assert!((found.1 - variance).abs() < 0.02 * variance, "{found:?} {variance}");
    }

    #[test]
    fn samplers_have_the_mean_and_variance_they_should() {
        let mut r = Random::new(7, Purpose::Invented, 0);
        let n = 200_000;
        close(moments((0..n).map(|_| r.normal())), 0.0, 1.0);
        for shape in [0.3, 1.0, 4.5, 900.0] {
            close(moments((0..n).map(|_| r.gamma(shape))), shape, shape);
        }
        for (trials, p) in [(20u64, 0.1), (40, 0.9), (3000, 0.3), (100_000, 0.001)] {
            let (mean, np) = (trials as f64 * p, trials as f64 * p * (1.0 - p));
            close(moments((0..n).map(|_| r.binomial(trials, p) as f64)), mean, np);
        }
        for mean in [0.7, 9.0, 30.0, 20_000.0] {
            close(moments((0..n).map(|_| r.poisson(mean) as f64)), mean, mean);
        }
        close(moments((0..n).map(|_| r.beta(2.0, 5.0))), 2.0 / 7.0, 10.0 / 392.0);
        close(moments((0..n).map(|_| f64::from(r.below(7)))), 3.0, 4.0);
    }

    #[test]
    fn the_normal_has_the_right_share_in_its_tails() {
        let mut r = Random::new(3, Purpose::Invented, 0);
        let n = 2_000_000;
        let beyond = |limit: f64, r: &mut Random| {
            (0..n).filter(|_| r.normal().abs() > limit).count() as f64 / f64::from(n)
        };
        assert!((beyond(1.96, &mut r) - 0.049_996).abs() < 6e-4);
        assert!((beyond(3.5, &mut r) - 4.6526e-4).abs() < 6e-5);
    }

    #[test]
    fn the_first_numbers_of_a_stream_never_change() {
        let mut r = Random::new(42, Purpose::Bootstrap, 3);
        let first: Vec<u32> = (0..4).map(|_| r.below(1_000_000)).collect();
        let mut again = Random::new(42, Purpose::Bootstrap, 3);
        let second: Vec<u32> = (0..4).map(|_| again.below(1_000_000)).collect();
        assert_eq!(first, second);
        let mut other = Random::new(42, Purpose::Bootstrap, 4);
        assert_ne!(first[0], other.below(1_000_000));
    }
}
