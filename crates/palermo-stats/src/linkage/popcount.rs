//! Shared bits of one code with many, by the widest instructions at hand.

/// Which instructions count the bits.
#[derive(Debug, Clone, Copy)]
pub enum Kernel {
    /// Counting of 512 bits at a time (VPOPCNTDQ).
    #[cfg(target_arch = "x86_64")]
    Wide(wide::Popcount512),
    /// What `pulp` finds: AVX2 with POPCNT, NEON, or plain instructions.
    Found(pulp::Arch),
}

#[cfg(target_arch = "x86_64")]
mod wide {
    pulp::simd_type!({
        /// AVX-512 with counting of bits in vectors.
        #[allow(missing_docs)]
        pub struct Popcount512 {
            pub popcnt: f!("popcnt"),
            pub avx2: f!("avx2"),
            pub avx512f: f!("avx512f"),
            pub avx512bw: f!("avx512bw"),
            pub avx512vl: f!("avx512vl"),
            pub avx512vpopcntdq: f!("avx512vpopcntdq"),
        }
    });
}

impl Kernel {
    /// The fastest of this machine.
    #[must_use]
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = wide::Popcount512::try_new() {
            return Self::Wide(wide);
        }
        Self::Found(pulp::Arch::new())
    }

    /// The kernel without 512-bit counting, for comparison.
    #[must_use]
    pub fn without_wide_counting() -> Self {
        Self::Found(pulp::Arch::new())
    }

    /// Lays codes of `width` words, one after the other in `words`, as
    /// [`Kernel::shared`] reads them: for 512-bit counting of customary codes eight
    /// at a time, word by word, so that no count is added up across a register.
    #[must_use]
    pub fn arrange(self, words: &[u64], width: usize) -> Vec<u64> {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Wide(_) if width == CUSTOMARY => interleave(words),
            _ => words.to_vec(),
        }
    }

    /// Counts, into `shared`, the bits that `code` shares with each of the codes
    /// laid out by [`Kernel::arrange`]; gives the largest count.
    #[must_use]
    pub fn shared(self, code: &[u64], arranged: &[u64], shared: &mut [u32]) -> u32 {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Wide(wide) => match <&[u64; CUSTOMARY]>::try_from(code) {
                Ok(code) => wide.vectorize(CountEight { wide, code, arranged, shared }),
                Err(_) => wide.vectorize(Count { code, others: arranged, shared }),
            },
            Self::Found(arch) => arch.dispatch(|| count(code, arranged, shared)),
        }
    }
}

/// Words of a code of 1,024 bits, the customary length.
const CUSTOMARY: usize = 16;
/// Codes side by side in one 512-bit register.
#[cfg(target_arch = "x86_64")]
const LANES: usize = 8;

/// First words of eight codes, their second words, and so on; the last group is
/// filled up with empty codes.
#[cfg(target_arch = "x86_64")]
fn interleave(words: &[u64]) -> Vec<u64> {
    let mut arranged = vec![0; words.len().div_ceil(CUSTOMARY * LANES) * CUSTOMARY * LANES];
    let groups = arranged.chunks_exact_mut(CUSTOMARY * LANES);
    for (group, codes) in groups.zip(words.chunks(CUSTOMARY * LANES)) {
        for (lane, code) in codes.chunks_exact(CUSTOMARY).enumerate() {
            for (to, word) in group.iter_mut().skip(lane).step_by(LANES).zip(code) {
                *to = *word;
            }
        }
    }
    arranged
}

#[cfg(target_arch = "x86_64")]
struct CountEight<'a> {
    wide: wide::Popcount512,
    code: &'a [u64; CUSTOMARY],
    arranged: &'a [u64],
    shared: &'a mut [u32],
}

#[cfg(target_arch = "x86_64")]
impl pulp::NullaryFnOnce for CountEight<'_> {
    type Output = u32;

    #[inline(always)]
    fn call(self) -> u32 {
        let f = self.wide.avx512f;
        let (groups, _) = self.arranged.as_chunks::<{ CUSTOMARY * LANES }>();
        let mut most = f._mm512_setzero_si512();
        for (group, shared) in groups.iter().zip(self.shared.chunks_mut(LANES)) {
            let (registers, _) = group.as_chunks::<LANES>();
            let mut ones = f._mm512_setzero_si512();
            for (word, register) in self.code.iter().zip(registers) {
                let word = f._mm512_set1_epi64(word.cast_signed());
                let both: [u64; LANES] =
                    pulp::cast(f._mm512_and_si512(word, pulp::cast(*register)));
                // One instruction for the eight of them.
                let counted = both.map(|both| u64::from(both.count_ones()));
                ones = f._mm512_add_epi64(ones, pulp::cast(counted));
            }
            most = f._mm512_max_epu64(most, ones);
            let ones: [u64; LANES] = pulp::cast(ones);
            shared.iter_mut().zip(ones).for_each(|(shared, ones)| *shared = ones as u32);
        }
        let most: [u64; LANES] = pulp::cast(most);
        most.into_iter().max().unwrap_or(0) as u32
    }
}

#[cfg(target_arch = "x86_64")]
struct Count<'a> {
    code: &'a [u64],
    others: &'a [u64],
    shared: &'a mut [u32],
}

#[cfg(target_arch = "x86_64")]
impl pulp::NullaryFnOnce for Count<'_> {
    type Output = u32;

    #[inline(always)]
    fn call(self) -> u32 {
        count(self.code, self.others, self.shared)
    }
}

#[inline(always)]
fn count(code: &[u64], others: &[u64], shared: &mut [u32]) -> u32 {
    // A fixed width lets the compiler unroll.
    if let Ok(code) = <&[u64; CUSTOMARY]>::try_from(code) {
        let (others, _) = others.as_chunks::<CUSTOMARY>();
        let mut most = 0;
        for (other, shared) in others.iter().zip(shared) {
            let mut ones = 0u64;
            for i in 0..CUSTOMARY {
                ones += u64::from((code[i] & other[i]).count_ones());
            }
            *shared = ones as u32;
            most = most.max(*shared);
        }
        return most;
    }
    let mut most = 0;
    for (other, shared) in others.chunks_exact(code.len().max(1)).zip(shared) {
        *shared = code.iter().zip(other).map(|(a, b)| (a & b).count_ones()).sum();
        most = most.max(*shared);
    }
    most
}
