//! A fast Fourier transform, enough for shaping spectra.

use std::f64::consts::TAU;

/// A complex number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Complex {
    /// Real part.
    pub(crate) re: f32,
    /// Imaginary part.
    pub(crate) im: f32,
}

impl Complex {
    /// A number from its parts.
    pub(crate) fn new(re: f32, im: f32) -> Self {
        Self { re, im }
    }

    /// A number from its size and angle.
    pub(crate) fn polar(size: f32, angle: f32) -> Self {
        Self::new(size * angle.cos(), size * angle.sin())
    }

    /// The product of two numbers.
    pub(crate) fn times(self, other: Self) -> Self {
        Self::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }

    /// Distance from zero.
    pub(crate) fn size(self) -> f32 {
        self.re.hypot(self.im)
    }
}

/// Transforms of one power-of-two length (Cooley and Tukey, "An algorithm for the machine
/// calculation of complex Fourier series", 1965; radix 2, in place).
#[derive(Debug)]
pub(crate) struct Fft {
    twiddles: Vec<Complex>,
}

impl Fft {
    /// A transform of `length` points, which must be a power of two.
    pub(crate) fn new(length: usize) -> Self {
        debug_assert!(length.is_power_of_two(), "radix 2 needs a power of two");
        let twiddles = (0..length / 2)
            .map(|k| {
                let angle = -TAU * k as f64 / length as f64;
                Complex::new(angle.cos() as f32, angle.sin() as f32)
            })
            .collect();
        Self { twiddles }
    }

    /// From time to frequency, in place.
    pub(crate) fn forward(&self, data: &mut [Complex]) {
        let length = data.len();
        reorder(data);
        let mut half = 1;
        while half < length {
            let stride = length / (2 * half);
            for block in data.chunks_exact_mut(2 * half) {
                let (upper, lower) = block.split_at_mut(half);
                for (k, (a, b)) in upper.iter_mut().zip(lower).enumerate() {
                    let turned = b.times(self.twiddles[k * stride]);
                    *b = Complex::new(a.re - turned.re, a.im - turned.im);
                    *a = Complex::new(a.re + turned.re, a.im + turned.im);
                }
            }
            half *= 2;
        }
    }

    /// From frequency to time, in place, scaled so that it undoes [`Fft::forward`].
    pub(crate) fn inverse(&self, data: &mut [Complex]) {
        for point in data.iter_mut() {
            point.im = -point.im;
        }
        self.forward(data);
        let scale = 1.0 / data.len() as f32;
        for point in data {
            *point = Complex::new(point.re * scale, -point.im * scale);
        }
    }
}

/// Puts the points in bit-reversed order.
fn reorder(data: &mut [Complex]) {
    let bits = data.len().trailing_zeros();
    for from in 0..data.len() {
        let to = from.reverse_bits() >> (usize::BITS - bits);
        if to > from {
            data.swap(from, to);
        }
    }
}
