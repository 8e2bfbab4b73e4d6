//! Finding duplicates: what a fingerprint takes, and looking for alike ones among a hundred
//! thousand.

use divan::Bencher;
use divan::counter::ItemsCount;
use needledrop::analysis::Alikes;
use needledrop::analysis::Fingerprint;
use needledrop::analysis::Printer;
use needledrop::time::SampleRate;

fn main() {
    divan::main();
}

/// Items of a recording of four minutes.
const FOUR_MINUTES: usize = 1939;

/// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as u32
    }
}

/// A pool in which every hundredth recording is there twice, the second time with one item in four
/// changed in a bit, as another encoding does.
fn pool(n: usize) -> Alikes {
    let mut noise = Noise(2_026);
    let mut alikes = Alikes::default();
    let mut last: Vec<u32> = Vec::new();
    for at in 0..n {
        if at % 100 == 1 {
            for item in &mut last {
                let chance = noise.next();
                if chance.is_multiple_of(4) {
                    *item ^= 1 << (chance >> 8 & 31);
                }
            }
        } else {
            last = (0..FOUR_MINUTES).map(|_| noise.next()).collect();
        }
        alikes.add(&Fingerprint::from(last.clone()));
    }
    alikes
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3, sample_size = 1)]
fn candidates_among(bencher: Bencher<'_, '_>, n: usize) {
    bencher
        .counter(ItemsCount::new(n))
        .with_inputs(|| pool(n))
        .bench_values(|alikes| {
            let found = alikes.candidates();
            assert!(found.len() >= n / 100, "every copy is found");
            found
        });
}

#[divan::bench(args = [44_100, 48_000], sample_count = 5)]
fn fingerprint_of_a_minute(bencher: Bencher<'_, '_>, rate: u32) {
    let rate = SampleRate::new(rate).expect("a usual rate");
    let mut noise = Noise(7);
    let frames: Vec<[f32; 2]> = (0..rate.get() * 60)
        .map(|_| [noise.next() as f32 / u32::MAX as f32 - 0.5; 2])
        .collect();
    bencher.counter(ItemsCount::new(frames.len())).bench(|| {
        let mut printer = Printer::new(rate).expect("a usual rate");
        for piece in frames.chunks(16_384) {
            printer.add(piece);
        }
        printer.finish()
    });
}
