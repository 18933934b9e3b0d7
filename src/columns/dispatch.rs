//! The same loops compiled for several instruction sets, chosen at run time.
//!
//! This is the only file with `unsafe`: a function compiled for instructions that the machine may lack can only be called so.
//! The call is sound because the set was asked of the processor just before. Loops are plain Rust; every set gives the same
//! results, since integers are exact and floats are never contracted.

/// The instructions that a loop may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InstructionSet {
    /// The best one that the processor has.
    #[default]
    Best,
    /// What every processor of the platform has.
    Portable,
    /// AVX2, where the processor has it.
    Avx2,
    /// AVX-512 (F, BW, CD, DQ, VL), where the processor has it.
    Avx512,
}

impl InstructionSet {
    /// Whether the processor has it.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            Self::Best | Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => {
                std::arch::is_x86_feature_detected!("avx2")
                    && std::arch::is_x86_feature_detected!("bmi1")
                    && std::arch::is_x86_feature_detected!("bmi2")
                    && std::arch::is_x86_feature_detected!("lzcnt")
                    && std::arch::is_x86_feature_detected!("popcnt")
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                Self::Avx2.is_available()
                    && std::arch::is_x86_feature_detected!("avx512f")
                    && std::arch::is_x86_feature_detected!("avx512bw")
                    && std::arch::is_x86_feature_detected!("avx512cd")
                    && std::arch::is_x86_feature_detected!("avx512dq")
                    && std::arch::is_x86_feature_detected!("avx512vl")
            }
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx2 | Self::Avx512 => false,
        }
    }

    /// Every set that the processor has, the plainest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        [Self::Portable, Self::Avx2, Self::Avx512].into_iter().filter(|set| set.is_available()).collect()
    }

    /// This set where the processor has it, else the next plainer one.
    fn usable(self) -> Self {
        let plainer = match self {
            Self::Best | Self::Avx512 => [Self::Avx512, Self::Avx2].as_slice(),
            Self::Avx2 => [Self::Avx2].as_slice(),
            Self::Portable => [].as_slice(),
        };
        plainer.iter().copied().find(|set| set.is_available()).unwrap_or(Self::Portable)
    }

    /// Runs a loop with these instructions.
    #[cfg_attr(target_arch = "x86_64", allow(unsafe_code, reason = "calls what is compiled for instructions found just before"))]
    pub(crate) fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self.usable() {
            // SAFETY: `usable` gives a set only where the processor has its instructions.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { with_avx512(kernel) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { with_avx2(kernel) },
            _ => kernel.run(),
        }
    }
}

/// A loop that can be compiled for any instruction set; `run` has to be `#[inline(always)]`, and so has all that it calls.
pub(crate) trait Kernel {
    /// What the loop gives.
    type Output;
    /// The loop.
    fn run(self) -> Self::Output;
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
fn with_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn with_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}
