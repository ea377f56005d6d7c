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

    /// Counts, into `shared`, the bits that `code` shares with each of the codes
    /// that lie one after the other in `others`; gives the largest count.
    #[must_use]
    pub fn shared(self, code: &[u64], others: &[u64], shared: &mut [u32]) -> u32 {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Wide(wide) => wide.vectorize(Count { code, others, shared }),
            Self::Found(arch) => arch.dispatch(|| count(code, others, shared)),
        }
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
    // 1,024 bits are the customary length: a fixed width lets the compiler unroll.
    if let Ok(code) = <&[u64; 16]>::try_from(code) {
        let (others, _) = others.as_chunks::<16>();
        let mut most = 0;
        for (other, shared) in others.iter().zip(shared) {
            let mut ones = 0u64;
            for i in 0..16 {
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
