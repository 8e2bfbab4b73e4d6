//! The lines that every edit decision list is made of.
//!
//! An event is `EVENT REEL CHANNELS TYPE [LENGTH] SOURCE-IN SOURCE-OUT RECORD-IN RECORD-OUT`
//! (SMPTE 258M-2004; written by programs in many widths). Columns are not relied on: what stands
//! before the first four timecodes in a row is taken apart from its tokens.

use super::labels::is_label;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_EVENT_LINE;
use crate::model::Channels;
use crate::time::Counting;

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement<'a> {
    /// Nothing.
    Blank,
    /// `TITLE:`
    Title(&'a str),
    /// `FCM:`, the frame code mode.
    Mode(Counting),
    /// An event.
    Event(EventLine<'a>),
    /// `AUD 3 4`: more sound tracks of the event before.
    MoreSound(Vec<u16>),
    /// `M2`: the event before plays at another speed.
    Speed,
    /// `* …`, without the asterisk.
    Comment(&'a str),
    /// What edit controllers need and nobody else: `SPLIT:`, `GPI`, `EFFECTS NAME IS`…
    Machine,
    /// Starts like an event, and isn't one.
    BrokenEvent,
    /// Anything else.
    Other(&'a str),
}

/// An event as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EventLine<'a> {
    /// Its number.
    pub(super) number: &'a str,
    /// The reel; it may hold blanks.
    pub(super) reel: &'a str,
    /// Where it is cut in.
    pub(super) channels: Channels,
    /// How it begins.
    pub(super) code: Code,
    /// Source in and out, record in and out.
    pub(super) labels: [&'a str; 4],
}

/// How an event begins, with lengths still in frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// `C`
    Cut,
    /// `D 024`
    Dissolve(u16),
    /// `W001 024`
    Wipe(u16, u16),
    /// `K B`, `K 024`, `KO 024`
    Key(u16),
}

/// What a line says.
pub(super) fn statement(line: &str) -> Statement<'_> {
    let text = line.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if text.is_empty() {
        return Statement::Blank;
    }
    if let Some(comment) = text.strip_prefix('*') {
        return Statement::Comment(comment.trim_start());
    }
    if let Some(title) = after_word(text, "TITLE:") {
        return Statement::Title(title);
    }
    if let Some(mode) = after_word(text, "FCM:") {
        return Statement::Mode(mode_of(mode));
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return match event(text) {
            Some(event) => Statement::Event(event),
            None if begins_like_event(text) => Statement::BrokenEvent,
            None => Statement::Other(text),
        };
    }
    if let Some(tracks) = after_word(text, "AUD ") {
        let tracks = tracks.split_whitespace();
        return Statement::MoreSound(tracks.filter_map(|track| track.parse().ok()).collect());
    }
    if after_word(text, "M2 ").is_some() {
        return Statement::Speed;
    }
    if is_for_machines(text) {
        return Statement::Machine;
    }
    Statement::Other(text)
}

/// How much a text looks like an edit decision list.
pub(super) fn fit<'a>(lines: impl Iterator<Item = &'a str>) -> Fit {
    let mut best = Fit::No;
    for line in lines {
        match statement(line) {
            Statement::Event(_) => return Fit::Sure,
            Statement::Title(_) | Statement::Mode(_) => best = Fit::Maybe,
            // A list may hold nothing but locators.
            Statement::Comment(comment)
                if best == Fit::Maybe && after_word(comment, "LOC:").is_some() =>
            {
                return Fit::Sure;
            }
            _ => {}
        }
    }
    best
}

/// What follows a word at the beginning of a text, in any case, trimmed.
pub(super) fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then(|| rest.trim())
}

/// `NON-DROP FRAME`, `NON DROP FRAME`, `DROP FRAME`; film has no dropped labels.
fn mode_of(text: &str) -> Counting {
    let text = text.to_ascii_uppercase();
    if text.contains("DROP") && !text.contains("NON") {
        Counting::Drop
    } else {
        Counting::NonDrop
    }
}

fn is_for_machines(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "SPLIT:", "GPI ", "EFFECTS ", "EFFECT ", "M/S", "SWM", ">>>", "BLK", "END",
    ];
    WORDS.iter().any(|word| after_word(text, word).is_some())
}

/// Whether a line that is no event has the number and one timecode of one.
fn begins_like_event(text: &str) -> bool {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (3..=6).contains(&n_digits)
        && text.len() <= MAX_EVENT_LINE
        && text.split_whitespace().skip(1).any(is_label)
}

/// Takes an event apart.
fn event(text: &str) -> Option<EventLine<'_>> {
    if text.len() > MAX_EVENT_LINE {
        return None;
    }
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let first_label = tokens
        .windows(4)
        .position(|four| four.iter().all(|token| is_label(token)))?;
    let labels = tokens.get(first_label..)?.first_chunk::<4>()?;
    let (number, head) = tokens.get(..first_label)?.split_first()?;
    let is_number = number.len() <= 6 && number.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return None;
    }
    let (n_reel, channels, code) = channels_and_code(head)?;
    Some(EventLine {
        number,
        reel: first_tokens(text.get(number.len()..)?, n_reel),
        channels,
        code,
        labels: *labels,
    })
}

/// Finds where the reel ends and the channels begin, and how the event begins.
fn channels_and_code(head: &[&str]) -> Option<(usize, Channels, Code)> {
    // A reel may hold blanks or be called “A”, so the first place where all the rest makes sense
    // is the right one.
    for n_reel in 1..head.len() {
        let (channels, rest) = head.get(n_reel..)?.split_first()?;
        if let (Some(channels), Some(code)) = (channels_of(channels), code_of(rest)) {
            return Some((n_reel, channels, code));
        }
    }
    // Frame.io writes the type before the channels.
    let [reel @ .., code, channels] = head else {
        return None;
    };
    if let (false, Some(code), Some(channels)) =
        (reel.is_empty(), code_of(&[code]), channels_of(channels))
    {
        return Some((reel.len(), channels, code));
    }
    // Some edit controllers leave the channels out: everything is meant, and so the picture.
    let [reel, rest @ ..] = head else {
        return None;
    };
    let picture = Channels {
        picture: Some(1),
        sound: Vec::new(),
    };
    code_of(rest).map(|code| (usize::from(!reel.is_empty()), picture, code))
}

/// `V`, `V2`, `A`, `A10`, `AA`, `AA/V`, `B`, `NONE`, and what programs make of them (`VA1A2`).
pub(super) fn channels_of(text: &str) -> Option<Channels> {
    let mut found = Channels::default();
    if text.eq_ignore_ascii_case("NONE") {
        return Some(found);
    }
    if text.eq_ignore_ascii_case("B") {
        found.picture = Some(1);
        found.sound.push(1);
        return Some(found);
    }
    // Longer than any there is: the list of tracks must not grow with a hostile line.
    if text.len() > 64 {
        return None;
    }
    let mut rest = text;
    while let Some(kind) = rest.chars().next() {
        rest = rest.get(kind.len_utf8()..)?;
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, tail) = rest.split_at(n_digits);
        let number: Option<u16> = if digits.is_empty() {
            None
        } else {
            Some(digits.parse().ok()?)
        };
        match kind.to_ascii_uppercase() {
            'V' => found.picture = Some(number.unwrap_or(1)),
            // Of tracks without numbers, the second is track 2.
            'A' => {
                let next = found.sound.last().map_or(1, |last| last.saturating_add(1));
                found.sound.push(number.unwrap_or(next));
            }
            '/' if digits.is_empty() => {}
            _ => return None,
        }
        rest = tail;
    }
    found.sound.sort_unstable();
    found.sound.dedup();
    let is_any = found.picture.is_some() || !found.sound.is_empty();
    is_any.then_some(found)
}

/// How an event begins, from the tokens between its channels and its timecodes.
fn code_of(tokens: &[&str]) -> Option<Code> {
    let (kind, rest) = tokens.split_first()?;
    let letter = kind.chars().next()?.to_ascii_uppercase();
    let tail = kind.get(letter.len_utf8()..)?;
    let number = |text: &str| text.parse::<u16>().ok();
    match (letter, rest) {
        ('C', [] | [_]) if tail.is_empty() && rest.iter().all(|n| number(n).is_some()) => {
            Some(Code::Cut)
        }
        ('D', []) if tail.is_empty() => Some(Code::Dissolve(0)),
        ('D', []) => Some(Code::Dissolve(number(tail)?)),
        ('D', [length]) if tail.is_empty() => Some(Code::Dissolve(number(length)?)),
        ('W', [length]) => Some(Code::Wipe(number(tail)?, number(length)?)),
        ('W', [pattern, length]) if tail.is_empty() => {
            Some(Code::Wipe(number(pattern)?, number(length)?))
        }
        ('K', _) if matches!(tail, "" | "B" | "O" | "b" | "o") => match rest {
            [] | ["B" | "O" | "b" | "o"] => Some(Code::Key(0)),
            [length] | ["B" | "O" | "b" | "o", length] => Some(Code::Key(number(length)?)),
            _ => None,
        },
        _ => None,
    }
}

/// The first `n` tokens of a text, as they stand there.
fn first_tokens(text: &str, n: usize) -> &str {
    let text = text.trim_start();
    let mut rest = text;
    for _ in 0..n {
        rest = rest.trim_start();
        rest = rest.trim_start_matches(|c: char| !c.is_whitespace());
    }
    text.get(..text.len() - rest.len()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: &str = "00:00:01:00 00:00:02:00 01:00:00:00 01:00:01:00";

    fn parsed(head: &str) -> Option<(String, Channels, Code)> {
        let line = format!("{head} {LABELS}");
        match statement(&line) {
            Statement::Event(event) => Some((event.reel.to_owned(), event.channels, event.code)),
            _ => None,
        }
    }

    fn picture() -> Channels {
        channels_of("V").expect("is a channel")
    }

    #[test]
    fn an_event_is_read_from_its_tokens_and_not_its_columns() {
        for head in [
            "001  AX       V     C       ",
            "000001 AX V C",
            "1 AX V C",
            "001\tAX\tV\tC\t",
            "001 AX C V",
            "001 AX C",
            "001 AX v c",
        ] {
            assert_eq!(
                parsed(head),
                Some(("AX".to_owned(), picture(), Code::Cut)),
                "{head}"
            );
        }
    }

    #[test]
    fn a_reel_may_hold_blanks_or_be_called_like_a_channel() {
        let (reel, ..) = parsed("001  A012  C003 B V C").expect("is an event");
        assert_eq!(reel, "A012  C003 B");
        let (reel, channels, _) = parsed("001  A A2 C").expect("is an event");
        assert_eq!((reel.as_str(), channels.sound), ("A", vec![2]));
    }

    #[test]
    fn transitions_have_a_length() {
        for (code, expected) in [
            ("D 024", Code::Dissolve(24)),
            ("D024", Code::Dissolve(24)),
            ("W001 025", Code::Wipe(1, 25)),
            ("W 001 025", Code::Wipe(1, 25)),
            ("K B", Code::Key(0)),
            ("K B 012", Code::Key(12)),
            ("KB", Code::Key(0)),
            ("K O 010", Code::Key(10)),
            ("KO 010", Code::Key(10)),
            ("K 010", Code::Key(10)),
        ] {
            let (_, _, found) = parsed(&format!("004 AX V {code}")).expect(code);
            assert_eq!(found, expected, "{code}");
        }
    }

    #[test]
    fn channels_are_read_in_every_way_they_are_written() {
        for (text, picture, sound) in [
            ("V", Some(1), vec![]),
            ("V2", Some(2), vec![]),
            ("A", None, vec![1]),
            ("A10", None, vec![10]),
            ("AA", None, vec![1, 2]),
            ("AA/V", Some(1), vec![1, 2]),
            ("A2/V", Some(1), vec![2]),
            ("B", Some(1), vec![1]),
            ("NONE", None, vec![]),
            ("VA1A2", Some(1), vec![1, 2]),
        ] {
            assert_eq!(
                channels_of(text),
                Some(Channels { picture, sound }),
                "{text}"
            );
        }
        for text in ["", "X", "V1X", "/", "A99999"] {
            assert_eq!(channels_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_mode_is_read_in_every_way_it_is_written() {
        for (text, counting) in [
            ("FCM: NON-DROP FRAME", Counting::NonDrop),
            ("FCM: NON DROP FRAME", Counting::NonDrop),
            ("FCM:DROP FRAME", Counting::Drop),
            ("fcm: drop frame", Counting::Drop),
            ("FCM: FILM", Counting::NonDrop),
        ] {
            assert_eq!(statement(text), Statement::Mode(counting), "{text}");
        }
    }

    #[test]
    fn a_line_with_a_number_and_a_timecode_is_a_broken_event() {
        assert_eq!(
            statement("001 AX V C 00:00:01:00 00:00:0"),
            Statement::BrokenEvent
        );
        assert!(matches!(statement("3 people ran"), Statement::Other(_)));
    }

    #[test]
    fn further_sound_tracks_are_read() {
        assert_eq!(statement("AUD  3    4"), Statement::MoreSound(vec![3, 4]));
    }
}
