//! Covers, drawn by the program: a horizon, a sun or moon, and waves, in two colours of each track.

use std::fs;
use std::path::{Path, PathBuf};

use crate::dsp::random::Rng;
use crate::encode::run;
use crate::error::{Error, Result};

const SIDE: usize = 300;

/// Red, green and blue, 0 to 1.
type Colour = [f32; 3];

/// Draws a cover and returns it as a JPEG file. The seed decides everything.
pub(crate) fn draw(seed: u64, folder: &Path) -> Result<PathBuf> {
    let mut rng = Rng::new(seed.wrapping_mul(77).wrapping_add(5));
    let hue = rng.unit();
    let (sky, ground) = (
        colour(hue, 0.45, 0.80),
        colour(hue + rng.between(0.40, 0.62), 0.55, 0.30),
    );
    let lamp = colour(hue + 0.5, 0.35, 0.97);
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

/// A colour from hue (0 to 1, going round), saturation and value.
fn colour(hue: f32, saturation: f32, value: f32) -> Colour {
    [5.0, 3.0, 1.0].map(|offset| {
        let k = (offset + hue * 6.0).rem_euclid(6.0);
        value - value * saturation * k.min(4.0 - k).clamp(0.0, 1.0)
    })
}

fn blend(from: Colour, to: Colour, share: f32) -> Colour {
    std::array::from_fn(|n| from[n] + (to[n] - from[n]) * share.clamp(0.0, 1.0))
}

/// From 0 to 1 over a pixel or so.
fn soft(x: f32) -> f32 {
    (x + 0.5).clamp(0.0, 1.0)
}
