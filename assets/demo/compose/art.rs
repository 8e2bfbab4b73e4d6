//! Covers, drawn by the program: a horizon, a sun or moon, and waves.

use std::fs;
use std::path::{Path, PathBuf};

use crate::dsp::random::Rng;
use crate::encode::run;
use crate::error::{Error, Result};

const SIDE: usize = 300;

/// Red, green and blue, 0 to 1.
type Colour = [f32; 3];

/// Sky, sea and lamp, as painters of seaside posters might choose them.
const PALETTES: [[Colour; 3]; 8] = [
    [[0.93, 0.62, 0.44], [0.16, 0.22, 0.36], [1.00, 0.93, 0.74]],
    [[0.47, 0.69, 0.75], [0.09, 0.20, 0.29], [1.00, 0.88, 0.66]],
    [[0.16, 0.33, 0.52], [0.05, 0.09, 0.20], [0.98, 0.80, 0.45]],
    [[0.62, 0.72, 0.60], [0.13, 0.24, 0.21], [0.98, 0.96, 0.86]],
    [[0.24, 0.12, 0.36], [0.06, 0.04, 0.15], [1.00, 0.36, 0.50]],
    [[0.80, 0.80, 0.76], [0.22, 0.26, 0.30], [0.80, 0.25, 0.20]],
    [[0.95, 0.78, 0.40], [0.10, 0.34, 0.36], [1.00, 0.97, 0.88]],
    [[0.75, 0.36, 0.30], [0.14, 0.10, 0.16], [1.00, 0.82, 0.50]],
];

/// Draws a cover and returns it as a JPEG file. The seed decides everything.
pub(crate) fn draw(seed: u64, folder: &Path) -> Result<PathBuf> {
    let mut rng = Rng::new(seed.wrapping_mul(77).wrapping_add(5));
    let [sky, ground, lamp] = PALETTES[seed as usize % PALETTES.len()];
    let horizon = rng.between(0.45, 0.68);
    let (lamp_x, lamp_y, lamp_size) = (
        rng.between(0.25, 0.75),
        horizon - rng.between(0.0, 0.26),
        rng.between(0.07, 0.17),
    );
    let waves: Vec<(f32, f32, f32)> = (0..5)
        .map(|_| (rng.between(2.0, 7.0), rng.unit(), rng.between(0.006, 0.02)))
        .collect();
    let mut pixels = format!("P6\n{SIDE} {SIDE}\n255\n").into_bytes();
    for row in 0..SIDE {
        for column in 0..SIDE {
            let (x, y) = (column as f32 / SIDE as f32, row as f32 / SIDE as f32);
            let mut shade = blend(sky, [1.0, 0.97, 0.92], (y / horizon).clamp(0.0, 1.0) * 0.5);
            let distance = (x - lamp_x).hypot(y - lamp_y);
            shade = blend(shade, lamp, soft((lamp_size - distance) * 120.0));
            for (n, (turns, phase, height)) in waves.iter().enumerate() {
                let crest = horizon
                    + 0.09 * n as f32
                    + height * (std::f32::consts::TAU * (turns * x + phase)).sin();
                let depth = blend(ground, sky, 0.55 - 0.12 * n as f32);
                shade = blend(shade, depth, soft((y - crest) * 160.0));
            }
            let path = soft((0.05 + 0.3 * (y - horizon) - (x - lamp_x).abs()) * 30.0)
                * soft((y - horizon) * 40.0);
            shade = blend(shade, lamp, 0.35 * path * (0.5 + 0.5 * (y * 190.0).sin()));
            pixels.extend(shade.map(|part| (part.clamp(0.0, 1.0) * 255.0) as u8));
        }
    }
    let (raw, cover) = (folder.join("cover.ppm"), folder.join("cover.jpg"));
    fs::write(&raw, pixels).map_err(Error::file(&raw))?;
    run(
        "ffmpeg",
        &[
            "-loglevel",
            "error",
            "-y",
            "-i",
            &raw.to_string_lossy(),
            "-q:v",
            "6",
            "-fflags",
            "+bitexact",
            &cover.to_string_lossy(),
        ],
    )?;
    Ok(cover)
}

fn blend(from: Colour, to: Colour, share: f32) -> Colour {
    std::array::from_fn(|n| from[n] + (to[n] - from[n]) * share.clamp(0.0, 1.0))
}

/// From 0 to 1 over a pixel or so.
fn soft(x: f32) -> f32 {
    (x + 0.5).clamp(0.0, 1.0)
}
