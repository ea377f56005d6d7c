//! Discrete noise, sampled exactly.
//!
//! Floating-point Laplace and Gaussian noise leak through the pattern of
//! representable numbers (Mironov, CCS 2012). Here every probability is a
//! fraction of whole numbers and every decision a uniform whole number, so the
//! distribution is the one of the proof, bit for bit (Canonne, Kamath & Steinke,
//! NeurIPS 2020, Algorithms 1–3).
//!
//! - Discrete Laplace of scale t: P(x) ∝ exp(−|x|/t).
//! - Discrete Gaussian of variance parameter σ²: P(x) ∝ exp(−x²/(2σ²)); its
//!   variance is at most σ², and it has the same privacy (ρ = Δ²/(2σ²)).
//!
//! Randomness comes from the operating system. A seeded source exists for tests
//! and says so in its name: noise that can be repeated protects nobody.

use crate::disclosure::error::DisclosureError;
use rand::{Rng, SeedableRng, TryRng, rngs::SysRng};
use rand_chacha::ChaCha20Rng;

/// Where noise comes from.
pub struct NoiseSource(Source);

enum Source {
    Os { buffer: Box<[u8; BUFFER]>, at: usize },
    Seeded(Box<ChaCha20Rng>),
}

// Asking the system for each word would make the system calls the cost.
const BUFFER: usize = 4096;

impl std::fmt::Debug for NoiseSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Source::Os { .. } => "NoiseSource(operating system)",
            Source::Seeded(_) => "NoiseSource(seeded, for tests)",
        })
    }
}

impl NoiseSource {
    /// Randomness of the operating system: what every release uses.
    #[must_use]
    pub fn operating_system() -> Self {
        Self(Source::Os { buffer: Box::new([0; BUFFER]), at: BUFFER })
    }

    /// Repeatable noise. **Only for tests**: it protects nobody.
    #[must_use]
    pub fn seeded_for_tests(seed: u64) -> Self {
        Self(Source::Seeded(Box::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    fn word(&mut self) -> Result<u64, DisclosureError> {
        match &mut self.0 {
            Source::Seeded(rng) => Ok(rng.next_u64()),
            Source::Os { buffer, at } => {
                if *at + 8 > BUFFER {
                    SysRng
                        .try_fill_bytes(buffer.as_mut_slice())
                        .map_err(|_| DisclosureError::NoRandomness)?;
                    *at = 0;
                }
                let mut word = [0_u8; 8];
                let used = &mut buffer[*at..*at + 8];
                word.copy_from_slice(used);
                used.fill(0);
                *at += 8;
                Ok(u64::from_le_bytes(word))
            }
        }
    }

    /// A uniform whole number below `bound` (at least 1), without bias.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn below(&mut self, bound: u128) -> Result<u128, DisclosureError> {
        if bound <= 1 {
            return Ok(0);
        }
        let bits = 128 - (bound - 1).leading_zeros();
        loop {
            let mut draw = u128::from(self.word()?);
            if bits > 64 {
                draw |= u128::from(self.word()?) << 64;
            }
            draw &= u128::MAX >> (128 - bits);
            if draw < bound {
                return Ok(draw);
            }
        }
    }

    // True with probability numerator/denominator, which is at most 1.
    fn chance(&mut self, numerator: u128, denominator: u128) -> Result<bool, DisclosureError> {
        Ok(self.below(denominator)? < numerator)
    }

    // True with probability exp(−numerator/denominator), the fraction at most 1.
    fn exp_within_one(
        &mut self,
        numerator: u128,
        denominator: u128,
    ) -> Result<bool, DisclosureError> {
        // Algorithm 1: the parity of the first k at which a chance of γ/k fails.
        let mut k: u128 = 1;
        loop {
            let whole = denominator.checked_mul(k).ok_or_else(too_fine)?;
            if !self.chance(numerator, whole)? {
                return Ok(k % 2 == 1);
            }
            k += 1;
        }
    }

    /// True with probability exp(−numerator/denominator).
    ///
    /// # Errors
    /// When the fraction is too fine, or the operating system gives no
    /// randomness.
    pub fn exp_chance(
        &mut self,
        numerator: u128,
        denominator: u128,
    ) -> Result<bool, DisclosureError> {
        for _ in 0..numerator / denominator {
            if !self.exp_within_one(1, 1)? {
                return Ok(false);
            }
        }
        self.exp_within_one(numerator % denominator, denominator)
    }

    /// Discrete Laplace noise of the whole scale t ≥ 1.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn laplace(&mut self, scale: u64) -> Result<i64, DisclosureError> {
        let scale = u128::from(scale.max(1));
        loop {
            // Algorithm 2 with s = 1.
            let remainder = self.below(scale)?;
            if !self.exp_within_one(remainder, scale)? {
                continue;
            }
            let mut quotient: u128 = 0;
            while self.exp_within_one(1, 1)? {
                quotient += 1;
            }
            let size = remainder + scale * quotient;
            let negative = self.chance(1, 2)?;
            if negative && size == 0 {
                continue;
            }
            let size = i64::try_from(size).map_err(|_| too_fine())?;
            return Ok(if negative { -size } else { size });
        }
    }

    /// Discrete Gaussian noise.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn gaussian(&mut self, variance: Variance) -> Result<i64, DisclosureError> {
        // Algorithm 3: propose Laplace of scale t = ⌊σ⌋ + 1, accept with
        // probability exp(−(|y| − σ²/t)²/(2σ²)). With σ² = p/q:
        // (|y| t q − p)² / (2 p q t²).
        let (p, q) = (u128::from(variance.numerator), VARIANCE_PARTS);
        let t = u128::from(integer_root(variance.numerator / VARIANCE_PARTS as u64)) + 1;
        loop {
            let y = self.laplace(t as u64)?;
            let scaled = u128::from(y.unsigned_abs()).checked_mul(t * q).ok_or_else(too_fine)?;
            let difference = scaled.abs_diff(p);
            let numerator = difference.checked_mul(difference).ok_or_else(too_fine)?;
            let denominator = 2 * p * q * t * t;
            if self.exp_chance(numerator, denominator)? {
                return Ok(y);
            }
        }
    }
}

fn too_fine() -> DisclosureError {
    DisclosureError::TooLarge("the noise parameter is too large for exact arithmetic".to_owned())
}

const VARIANCE_PARTS: u128 = 1024;

/// The parameter σ² of discrete Gaussian noise, a multiple of 1/1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variance {
    numerator: u64,
}

impl Variance {
    /// The least such variance that is not below `value`: rounding is always
    /// towards more noise, never towards less privacy.
    ///
    /// # Errors
    /// When the value is not above 0 or exceeds 2³⁰.
    pub fn at_least(value: f64) -> Result<Self, DisclosureError> {
        if !(value > 0.0 && value <= f64::from(1_u32 << 30)) {
            return Err(DisclosureError::Setting(format!(
                "a noise variance of `{value}` cannot be drawn; it must lie between 0 and 2^30"
            )));
        }
        let numerator = (value * VARIANCE_PARTS as f64).ceil() as u64 + 1;
        Ok(Self { numerator })
    }

    /// The variance parameter.
    #[must_use]
    pub fn value(self) -> f64 {
        self.numerator as f64 / VARIANCE_PARTS as f64
    }

    /// The privacy loss ρ of a query whose answer moves by at most √`squared`
    /// (in Euclidean length) when one person is added or removed.
    #[must_use]
    pub fn rho(self, squared: f64) -> f64 {
        squared / (2.0 * self.value())
    }
}

fn integer_root(value: u64) -> u64 {
    let mut root = (value as f64).sqrt() as u64;
    while root * root > value {
        root -= 1;
    }
    while (root + 1) * (root + 1) <= value {
        root += 1;
    }
    root
}
