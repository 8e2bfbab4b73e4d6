//! Words with times, as a file beside the song and as pairs to go inside one.

use crate::score::song::{Recording, TimedLine};

/// An LRC file: a line's time is when it is first heard; an empty line ends a section.
pub(crate) fn lrc(title: &str, artist: &str, take: &Recording) -> String {
    let secs = take.mix.len() as f32 / take.rate as f32;
    let mut out = format!("[ti:{title}]\n[ar:{artist}]\n[length:{}]\n", stamp(secs));
    for (n, line) in take.words.iter().enumerate() {
        stamped(&mut out, line.start, line.text);
        if take
            .words
            .get(n + 1)
            .is_none_or(|next| next.start - line.end > 3.0)
        {
            stamped(&mut out, line.end, "");
        }
    }
    out
}

/// The words as pairs of seconds and text.
pub(crate) fn pairs(words: &[TimedLine]) -> Vec<(f32, String)> {
    words
        .iter()
        .map(|line| (line.start, line.text.to_owned()))
        .collect()
}

/// Adds one line with its time.
fn stamped(out: &mut String, secs: f32, text: &str) {
    out.extend(["[", &stamp(secs), "]", text, "\n"]);
}

/// Minutes, seconds and hundredths.
fn stamp(secs: f32) -> String {
    let hundredths = (secs * 100.0).round() as u32;
    format!(
        "{:02}:{:02}.{:02}",
        hundredths / 6000,
        hundredths / 100 % 60,
        hundredths % 100
    )
}
