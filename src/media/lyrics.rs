//! Words of a song, with their times where those are known.

use crate::time::Ticks;

/// One line of a lyric.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LyricLine {
    /// When it is sung, if that is known: a position in the recording.
    pub at: Option<Ticks>,
    /// The words; empty for a pause.
    pub text: String,
    /// When each word is sung, where that is known; every entry's text runs to the next entry.
    pub words: Vec<(Ticks, String)>,
}

/// The lines of a lyric, from whatever texts there are: the first of them that has times, else the
/// first of all.
pub(super) fn choose(candidates: Vec<Vec<LyricLine>>) -> Vec<LyricLine> {
    let timed = candidates
        .iter()
        .position(|lines| lines.iter().any(|line| line.at.is_some()));
    let any = candidates.iter().position(|lines| !lines.is_empty());
    timed
        .or(any)
        .and_then(|idx| candidates.into_iter().nth(idx))
        .unwrap_or_default()
}

/// Lines from pieces of text with their times in milliseconds, as `SYLT` has them (ID3v2.4.0
/// frames, section 4.9). A piece may be a line, a word or a syllable; a line ends before a piece
/// that begins with a line break.
pub(super) fn from_pieces(pieces: &[(u32, String)]) -> Vec<LyricLine> {
    let broken = |text: &str| text.starts_with(['\n', '\r']);
    // Without any line break every piece is a line.
    let by_piece = !pieces.iter().any(|(_, text)| text.contains(['\n', '\r']));
    let mut lines: Vec<LyricLine> = Vec::new();
    let mut open = false;
    for (millis, text) in pieces {
        let at = Ticks::from_millis(i64::from(*millis));
        if by_piece || broken(text) || !open {
            lines.push(LyricLine {
                at: Some(at),
                ..LyricLine::default()
            });
        }
        open = !text.ends_with(['\n', '\r']);
        if let Some(line) = lines.last_mut() {
            let words = text.trim_matches(['\n', '\r']);
            line.text.push_str(words);
            line.words.push((at, words.to_owned()));
        }
    }
    for line in &mut lines {
        line.text = line.text.trim().to_owned();
        if line.words.len() < 2 {
            line.words.clear();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(pieces: &[(u32, &str)]) -> Vec<LyricLine> {
        let owned: Vec<_> = pieces
            .iter()
            .map(|(at, text)| (*at, (*text).to_owned()))
            .collect();
        from_pieces(&owned)
    }

    #[test]
    fn syllables_make_words_of_lines() {
        let lines = pieces(&[(0, "Strang"), (500, "ers in"), (2000, "\nthe night")]);
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Strangers in", "the night"]);
        let first = lines.first().expect("two lines");
        let at = |millis| Ticks::from_millis(millis);
        assert_eq!(
            first.words,
            [(at(0), "Strang".to_owned()), (at(500), "ers in".to_owned())]
        );
    }

    #[test]
    fn pieces_without_line_breaks_are_lines() {
        let lines = pieces(&[(1000, "one"), (2000, "two")]);
        assert_eq!(lines.len(), 2);
        assert_eq!(
            lines.first().and_then(|line| line.at),
            Some(Ticks::from_secs(1))
        );
        assert!(lines.iter().all(|line| line.words.is_empty()));
    }

    #[test]
    fn a_lyric_with_times_is_preferred_to_one_without() {
        let plain = vec![LyricLine {
            text: "plain".to_owned(),
            ..LyricLine::default()
        }];
        let timed = pieces(&[(0, "timed")]);
        assert_eq!(choose(vec![plain.clone(), timed.clone()]), timed);
        assert_eq!(choose(vec![Vec::new(), plain.clone()]), plain);
    }
}
