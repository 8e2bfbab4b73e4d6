//! Lyric files: lines with times in brackets, as karaoke players write them (the LRC format, with
//! the "enhanced" times of single words).

use super::lyrics::LyricLine;
use crate::time::Ticks;

/// Lines read from one text at most; no song has as many.
const MAX_LINES: usize = 20_000;

/// Reads a lyric. Whatever is not in brackets is words, so a plain text comes out as its lines.
pub(super) fn parse(text: &str) -> Vec<LyricLine> {
    let mut lines: Vec<LyricLine> = Vec::new();
    let mut offset = Ticks::ZERO;
    for line in text.lines().take(MAX_LINES) {
        let line = line.trim_start_matches('\u{feff}').trim();
        let (tags, rest) = leading_tags(line);
        let mut times: Vec<Ticks> = Vec::new();
        let mut header = false;
        for tag in &tags {
            if let Some(at) = time(tag) {
                times.push(at);
            } else if let Some(value) = field(tag, "offset") {
                offset = millis(value).unwrap_or(offset);
                header = true;
            } else {
                header |= is_field(tag);
            }
        }
        if times.is_empty() && header {
            continue;
        }
        let (text, words) = words(if times.is_empty() && !header {
            line
        } else {
            rest
        });
        if times.is_empty() {
            lines.push(LyricLine {
                at: None,
                text,
                words,
            });
            continue;
        }
        // A refrain is written once, with every time it is sung; its words know only the first.
        let first = times.first().copied().unwrap_or_default();
        for at in times {
            let shift = at - first;
            lines.push(LyricLine {
                at: Some(at),
                text: text.clone(),
                words: words
                    .iter()
                    .map(|(at, word)| (*at + shift, word.clone()))
                    .collect(),
            });
        }
    }
    arrange(lines, offset)
}

/// Moves everything by the offset of the file and puts it in order of time.
///
/// A positive offset means that the words come earlier.
fn arrange(mut lines: Vec<LyricLine>, offset: Ticks) -> Vec<LyricLine> {
    let moved = |at: Ticks| (at - offset).max(Ticks::ZERO);
    let timed = lines.iter().any(|line| line.at.is_some());
    for line in &mut lines {
        line.at = line.at.map(moved);
        for (at, _) in &mut line.words {
            *at = moved(*at);
        }
    }
    if timed {
        // Lines without a time stay behind the line they follow; blank ones are only layout.
        lines.retain(|line| line.at.is_some() || !line.text.is_empty());
        let mut last = Ticks::ZERO;
        let mut keyed: Vec<(Ticks, LyricLine)> = lines
            .into_iter()
            .map(|line| {
                last = line.at.unwrap_or(last);
                (last, line)
            })
            .collect();
        keyed.sort_by_key(|(at, _)| *at);
        lines = keyed.into_iter().map(|(_, line)| line).collect();
    } else {
        while lines.last().is_some_and(|line| line.text.is_empty()) {
            lines.pop();
        }
        let blank = lines.iter().take_while(|line| line.text.is_empty()).count();
        lines.drain(..blank);
    }
    lines
}

/// The tags in brackets at the beginning of a line, and what follows them.
fn leading_tags(line: &str) -> (Vec<&str>, &str) {
    let mut tags = Vec::new();
    let mut rest = line;
    while let Some((tag, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if time(tag).is_none() && !is_field(tag) {
            break;
        }
        tags.push(tag);
        rest = after.trim_start();
    }
    (tags, rest)
}

/// Whether a tag is one of those that say something about the song or the file.
fn is_field(tag: &str) -> bool {
    const FIELDS: [&str; 12] = [
        "ti", "ar", "al", "au", "by", "offset", "length", "re", "ve", "tool", "la", "id",
    ];
    tag.starts_with('#') || FIELDS.iter().any(|name| field(tag, name).is_some())
}

fn field<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (key, value) = tag.split_once(':')?;
    key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
}

fn millis(text: &str) -> Option<Ticks> {
    let millis: i64 = text.trim_start_matches('+').trim().parse().ok()?;
    Some(Ticks::from_millis(millis.clamp(-86_400_000, 86_400_000)))
}

/// A time: minutes, seconds and up to three digits behind a point or colon; hours may come first.
fn time(text: &str) -> Option<Ticks> {
    let text = text.trim();
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let (parts, fraction) = match (parts.as_slice(), fraction) {
        // Without a point a third number is a fraction: hours are never written without one.
        ([minutes, secs, fraction], None) => (vec!["0", minutes, secs], Some(*fraction)),
        ([minutes, secs], fraction) => (vec!["0", minutes, secs], fraction),
        ([hours, minutes, secs], fraction) => (vec![*hours, *minutes, *secs], fraction),
        _ => return None,
    };
    if !parts.iter().all(|part| part.len() <= 4 && all_digits(part)) {
        return None;
    }
    let number = |part: &&str| part.parse::<i64>().ok();
    let numbers: Vec<i64> = parts.iter().filter_map(number).collect();
    let &[hours, minutes, secs] = numbers.as_slice() else {
        return None;
    };
    let millis = match fraction {
        None => 0,
        Some(digits) if all_digits(digits) && digits.len() <= 6 => {
            let padded = format!("{digits:0<3}");
            padded.get(..3)?.parse::<i64>().ok()?
        }
        Some(_) => return None,
    };
    let total = ((hours * 60 + minutes) * 60 + secs) * 1000 + millis;
    Some(Ticks::from_millis(total))
}

/// The words of a line, and the times of those that have one.
fn words(text: &str) -> (String, Vec<(Ticks, String)>) {
    let mut plain = String::new();
    let mut words: Vec<(Ticks, String)> = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find('<') {
        let (before, tagged) = rest.split_at(begin);
        let inside = tagged.get(1..).and_then(|tagged| tagged.split_once('>'));
        let Some((at, after)) = inside.and_then(|(tag, after)| Some((time(tag)?, after))) else {
            // A bracket that is only a bracket.
            let (bracket, after) = tagged.split_at(1);
            push(&mut plain, &mut words, before);
            push(&mut plain, &mut words, bracket);
            rest = after;
            continue;
        };
        push(&mut plain, &mut words, before);
        words.push((at, String::new()));
        rest = after;
    }
    push(&mut plain, &mut words, rest);
    // The last time only says when the last word ends.
    words.retain(|(_, word)| !word.trim().is_empty());
    for (_, word) in &mut words {
        *word = word.trim().to_owned();
    }
    (
        plain.split_whitespace().collect::<Vec<_>>().join(" "),
        words,
    )
}

fn push(plain: &mut String, words: &mut [(Ticks, String)], text: &str) {
    plain.push_str(text);
    if let Some((_, word)) = words.last_mut() {
        word.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(Option<i64>, String)> {
        let millis = |at: Ticks| at.get() / Ticks::from_millis(1).get();
        parse(text)
            .into_iter()
            .map(|line| (line.at.map(millis), line.text))
            .collect()
    }

    fn at(millis: i64, text: &str) -> (Option<i64>, String) {
        (Some(millis), text.to_owned())
    }

    #[test]
    fn hundredths_thousandths_and_none_are_read() {
        let read = lines("[00:01.50]a\n[00:02.125]b\n[00:03]c\n[00:04:50]d\n[1:00:05.00]e");
        let expected = [
            at(1500, "a"),
            at(2125, "b"),
            at(3000, "c"),
            at(4500, "d"),
            at(3_605_000, "e"),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_refrain_is_sung_at_each_of_its_times() {
        let read = lines("[00:30.00][00:10.00]and you came back\n[00:20.00]verse");
        let expected = [
            at(10_000, "and you came back"),
            at(20_000, "verse"),
            at(30_000, "and you came back"),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_positive_offset_brings_the_words_forward() {
        assert_eq!(lines("[offset:+500]\n[00:02.00]a"), [at(1500, "a")]);
        assert_eq!(lines("[offset: -500]\n[00:02.00]a"), [at(2500, "a")]);
        assert_eq!(lines("[offset:5000]\n[00:02.00]a"), [at(0, "a")]);
    }

    #[test]
    fn headers_are_no_words() {
        let read = lines("\u{feff}[ti:Coastline]\n[ar:Fern]\n[length: 03:10]\n[00:01.00]a");
        assert_eq!(read, [at(1000, "a")]);
    }

    #[test]
    fn single_words_may_have_times() {
        let text = "[00:10.00] <00:10.00> leaves <00:10.50> on the <00:11.25> water <00:12.00>";
        let lines = parse(text);
        let line = lines.first().expect("one line");
        assert_eq!(line.text, "leaves on the water");
        let words: Vec<_> = line.words.iter().map(|(_, word)| word.as_str()).collect();
        assert_eq!(words, ["leaves", "on the", "water"]);
        assert_eq!(
            line.words.last().map(|(at, _)| *at),
            Some(Ticks::from_millis(11_250))
        );
    }

    #[test]
    fn brackets_that_are_not_times_are_words() {
        assert_eq!(
            lines("[00:01.00]a <3 b\n[00:02.00][Chorus] c"),
            [at(1000, "a <3 b"), at(2000, "[Chorus] c")]
        );
    }

    #[test]
    fn a_plain_text_comes_out_as_its_lines() {
        let read = lines("\n[Verse]\none\n\ntwo\n\n");
        let texts: Vec<_> = read.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["[Verse]", "one", "", "two"]);
        assert!(read.iter().all(|(at, _)| at.is_none()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_in_order(text in "(\\[[0-9:.]{0,9}\\]|[a-z<>\\[\\]:.\n ]|\u{feff}){0,200}") {
            let lines = parse(&text);
            let times: Vec<_> = lines.iter().filter_map(|line| line.at).collect();
            proptest::prop_assert!(times.is_sorted());
        }
    }
}
