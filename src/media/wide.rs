//! Loops over samples, by the widest instructions that the processor has.

use std::sync::LazyLock;

use fearless_simd::Level;
use fearless_simd::Simd;
use fearless_simd::dispatch;

/// Does some work, translated for each kind of processor there is, by the one for this processor.
///
/// The program runs on any processor of its family, so what is translated once knows only what the
/// oldest of them can do, which over samples is half as fast. The work is that of a loop, and so
/// is everything it calls that is to gain by it: all of it has to be `#[inline(always)]`, or small.
#[inline(always)]
pub(crate) fn widest<T>(work: impl FnOnce(Arithmetic) -> T) -> T {
    static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);
    dispatch!(*LEVEL, simd => work(Arithmetic::of(simd.level())))
}

/// How sums of products are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arithmetic {
    is_fused: bool,
}

impl Arithmetic {
    /// By two steps, as every processor can.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self { is_fused: false };

    #[expect(clippy::inline_always, reason = "it is known when it is translated")]
    #[inline(always)]
    fn of(level: Level) -> Self {
        let is_fused = match level {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx2(_) => true,
            #[cfg(target_arch = "aarch64")]
            Level::Neon(_) => true,
            _ => false,
        };
        Self { is_fused }
    }

    /// `a` times `b` and `c`: in one step where the processor has one, which then rounds once
    /// instead of twice.
    #[expect(clippy::inline_always, reason = "it is an instruction")]
    #[inline(always)]
    pub(crate) fn product_and(self, a: f64, b: f64, c: f64) -> f64 {
        if self.is_fused {
            a.mul_add(b, c)
        } else {
            a * b + c
        }
    }
}
