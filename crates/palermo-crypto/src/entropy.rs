//! Randomness as an argument, so that a test can repeat itself.

use std::convert::Infallible;

use hpke::rand_core::{Rng, SeedableRng, TryCryptoRng, TryRng};
use rand_chacha::ChaCha20Rng;
use zeroize::Zeroize;

/// The source of randomness failed; nothing was sealed or generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no randomness")]
pub struct NoEntropy;

/// Where unpredictable bytes come from.
pub trait Entropy {
    /// Fills `out` with unpredictable bytes.
    ///
    /// # Errors
    /// When the source cannot answer; `out` must then not be used.
    fn fill(&mut self, out: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The operating system's randomness: what everything but a test uses.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(out).map_err(|_| NoEntropy)
    }
}

/// A repeatable stream for tests and for the invented region of the demonstration.
///
/// Whoever knows the seed knows every key drawn from it: never for real data.
#[derive(Debug)]
pub struct SeededEntropy(ChaCha20Rng);

impl SeededEntropy {
    /// A stream that depends on `seed` alone.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), NoEntropy> {
        self.0.fill_bytes(out);
        Ok(())
    }
}

/// `N` unpredictable bytes.
pub(crate) fn draw<const N: usize>(source: &mut dyn Entropy) -> Result<[u8; N], NoEntropy> {
    let mut bytes = [0; N];
    source.fill(&mut bytes)?;
    Ok(bytes)
}

/// Lends an [`Entropy`] to code that wants a generator which cannot fail.
///
/// A failure is remembered, and [`Lent::outcome`] must be asked before the
/// result is used: what was made from a failed draw is thrown away.
pub(crate) struct Lent<'a> {
    source: &'a mut dyn Entropy,
    failed: bool,
}

impl<'a> Lent<'a> {
    pub(crate) fn new(source: &'a mut dyn Entropy) -> Self {
        Self { source, failed: false }
    }

    pub(crate) fn outcome(&self) -> Result<(), NoEntropy> {
        if self.failed { Err(NoEntropy) } else { Ok(()) }
    }
}

impl TryRng for Lent<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        if self.source.fill(out).is_err() {
            self.failed = true;
            out.zeroize();
        }
        Ok(())
    }
}

impl TryCryptoRng for Lent<'_> {}
