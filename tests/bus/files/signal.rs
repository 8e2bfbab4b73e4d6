//! The clicks that the files hold, and the kinds of files that are written here.

use std::f64::consts::PI;

/// The samples at which clicks begin, no two of them as far apart as two others.
pub(super) fn places(rate: u32) -> [usize; 5] {
    [55, 125, 215, 320, 450].map(|thousandths| rate as usize * thousandths / 1000)
}

/// Half a second of clicks; the fixtures' README says the same in words.
pub(super) fn clicks(rate: u32) -> Vec<i16> {
    let mut samples = vec![0; rate as usize / 2];
    let length = rate as usize * 3 / 1000;
    for place in places(rate) {
        for (d, sample) in samples[place..place + length].iter_mut().enumerate() {
            let s = d as f64 / f64::from(rate);
            let height = 0.7 * (0.5 - 0.5 * (2.0 * PI * d as f64 / length as f64).cos());
            let value = height * (2.0 * PI * (500.0 * s + 1e6 * s * s)).sin();
            *sample = (value * 32_767.0 + 0.5).floor() as i16;
        }
    }
    samples
}

/// Ways of writing plain samples, in mono.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Wav16,
    Wav24,
    WavFloat,
    Aiff16,
    Aiff24,
    AifcFloat,
    Caf16,
    Caf24,
    CafFloat,
}

impl Kind {
    /// All but the first.
    pub(super) const OTHERS: [Self; 8] = [
        Self::Wav24,
        Self::WavFloat,
        Self::Aiff16,
        Self::Aiff24,
        Self::AifcFloat,
        Self::Caf16,
        Self::Caf24,
        Self::CafFloat,
    ];

    /// A file of these samples.
    pub(super) fn file(self, rate: u32, samples: &[i16]) -> Vec<u8> {
        match self {
            Self::Wav16 => wav(1, 16, rate, written(samples, i16::to_le_bytes)),
            Self::Wav24 => wav(1, 24, rate, written(samples, |s| reversed(three(s)))),
            Self::WavFloat => wav(3, 32, rate, written(samples, |s| float(s).to_le_bytes())),
            Self::Aiff16 => aiff(16, None, rate, &written(samples, i16::to_be_bytes)),
            Self::Aiff24 => aiff(24, None, rate, &written(samples, three)),
            Self::AifcFloat => {
                let data = written(samples, |s| float(s).to_be_bytes());
                aiff(32, Some(b"fl32"), rate, &data)
            }
            Self::Caf16 => caf(0, 2, rate, &written(samples, i16::to_be_bytes)),
            Self::Caf24 => caf(0, 3, rate, &written(samples, three)),
            Self::CafFloat => caf(1, 4, rate, &written(samples, |s| float(s).to_be_bytes())),
        }
    }
}

fn written<const N: usize>(samples: &[i16], write: impl Fn(i16) -> [u8; N]) -> Vec<u8> {
    samples.iter().flat_map(|sample| write(*sample)).collect()
}

fn float(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

/// 24 bits, the highest first.
fn three(sample: i16) -> [u8; 3] {
    let [high, low] = sample.to_be_bytes();
    [high, low, 0]
}

fn reversed([a, b, c]: [u8; 3]) -> [u8; 3] {
    [c, b, a]
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("small")
}

/// A WAVE file (Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0",
/// Waveform Audio File Format).
fn wav(tag: u16, bits: u16, rate: u32, data: Vec<u8>) -> Vec<u8> {
    let frame = bits / 8;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + small(data.len())).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(tag.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * u32::from(frame)).to_le_bytes());
    file.extend(frame.to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(b"data");
    file.extend(small(data.len()).to_le_bytes());
    file.extend(data);
    file
}

/// An AIFF file, or an AIFC file where the samples are called something (Apple, "Audio Interchange
/// File Format: AIFF-C").
fn aiff(bits: u16, called: Option<&[u8; 4]>, rate: u32, data: &[u8]) -> Vec<u8> {
    let n = small(data.len()) / u32::from(bits / 8);
    let mut common = 1_u16.to_be_bytes().to_vec();
    common.extend(n.to_be_bytes());
    common.extend(bits.to_be_bytes());
    // The rate as a floating-point number of 80 bits: exponent, then all bits from the highest on.
    let exponent = rate.ilog2();
    common.extend((16_383 + exponent as u16).to_be_bytes());
    common.extend((u64::from(rate) << (63 - exponent)).to_be_bytes());
    common.extend(called.map_or(Vec::new(), |four| [&four[..], &[0, 0]].concat()));
    let form = if called.is_some() { b"AIFC" } else { b"AIFF" };
    let mut body = form.to_vec();
    for (id, content) in [(b"COMM", common), (b"SSND", [&[0; 8], data].concat())] {
        body.extend(id);
        body.extend(small(content.len()).to_be_bytes());
        body.extend(&content);
        body.extend(&[0][..content.len() % 2]);
    }
    let mut file = b"FORM".to_vec();
    file.extend(small(body.len()).to_be_bytes());
    file.extend(body);
    file
}

/// A CAF file with the highest byte first (Apple, "Core Audio Format Specification 1.0"). Flag 1
/// says that samples are floating-point numbers.
fn caf(flags: u32, bytes: u32, rate: u32, data: &[u8]) -> Vec<u8> {
    let mut file = b"caff\0\x01\0\0desc".to_vec();
    file.extend(32_u64.to_be_bytes());
    file.extend(f64::from(rate).to_be_bytes());
    file.extend(b"lpcm");
    for number in [flags, bytes, 1, 1, bytes * 8] {
        file.extend(number.to_be_bytes());
    }
    file.extend(b"data");
    file.extend((data.len() as u64 + 4).to_be_bytes());
    file.extend([0; 4]);
    file.extend(data);
    file
}
