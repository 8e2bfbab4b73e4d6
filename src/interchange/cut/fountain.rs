//! Screenplays in Fountain (“Fountain Syntax”, fountain.io, sections “Scene Headings”, “Scene
//! Numbers”, “Synopses”, “Notes” and “Boneyard”): their scenes, which have no place in the
//! programme until somebody gives them one.

use std::borrow::Cow;

use super::options::ReadOptions;
use super::wording::kept;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::{cleaned, lines};
use crate::model::CutList;
use crate::model::FoundHeading;

/// What a heading begins with, the longest first.
const BEGINNINGS: [&str; 8] = [
    "INT./EXT", "INT/EXT", "EXT./INT", "EXT/INT", "INT", "EXT", "EST", "I/E",
];

/// Whether this looks like a screenplay. As it is plain text, it takes several headings to be sure.
pub(super) fn fit(head: &str) -> Fit {
    let mut is_after_blank = true;
    let mut n = 0;
    for line in lines(head) {
        n += usize::from(is_after_blank && begins_as_heading(line.text));
        is_after_blank = line.text.trim().is_empty();
    }
    match n {
        0 => Fit::No,
        1 | 2 => Fit::Maybe,
        _ => Fit::Sure,
    }
}

/// Reads the headings with their numbers and synopses.
pub(super) fn read(text: &str, options: &ReadOptions, report: &mut Report) -> CutList {
    let mut list = CutList::new(options.timebase);
    let text = without(&without(text, "/*", "*/"), "[[", "]]").into_owned();
    let mut is_after_blank = true;
    let mut is_title_page = true;
    for line in lines(&text) {
        let trimmed = line.text.trim();
        if is_title_page {
            if let Some(title) = title(trimmed) {
                list.title = cleaned(title);
            }
            // The title page ends with the first blank line; without one there is no such page.
            is_title_page = !trimmed.is_empty() && (is_entry(line.text) || line.number > 1);
        }
        if is_after_blank && let Some(heading) = heading(trimmed) {
            if list.headings.len() == MAX_ENTRIES {
                report.warn(line.number, WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            let (name, number) = numbered(heading);
            list.headings.push(FoundHeading {
                number: number.to_owned(),
                name: kept(name, line.number, report),
                synopsis: String::new(),
            });
        } else if let Some(synopsis) = synopsis(trimmed)
            && let Some(scene) = list.headings.last_mut()
        {
            if !scene.synopsis.is_empty() {
                scene.synopsis.push('\n');
            }
            scene
                .synopsis
                .push_str(&kept(synopsis, line.number, report));
        }
        is_after_blank = trimmed.is_empty();
    }
    list
}

fn begins_as_heading(line: &str) -> bool {
    let line = line.trim_start();
    BEGINNINGS.iter().any(|word| {
        let (head, rest) = line.split_at_checked(word.len()).unwrap_or(("", ""));
        head.eq_ignore_ascii_case(word) && rest.starts_with(['.', ' '])
    })
}

/// A heading without what forces it to be one.
fn heading(line: &str) -> Option<&str> {
    match line.strip_prefix('.') {
        Some(forced) => forced
            .starts_with(|c: char| c.is_alphanumeric())
            .then_some(forced),
        None => begins_as_heading(line).then_some(line),
    }
}

/// A heading's words and its number: `INT. HOUSE - DAY #12A#`.
fn numbered(heading: &str) -> (&str, &str) {
    let inside = heading
        .trim_end()
        .strip_suffix('#')
        .and_then(|rest| rest.rsplit_once('#'));
    match inside {
        Some((name, number)) if !number.trim().is_empty() => (name.trim(), number.trim()),
        _ => (heading, ""),
    }
}

/// `= They meet again.`; three and more are a page break.
fn synopsis(line: &str) -> Option<&str> {
    let text = line.strip_prefix('=')?;
    (!text.starts_with('=')).then_some(text.trim())
}

fn title(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_title = key.eq_ignore_ascii_case("title") && !value.trim().is_empty();
    is_title.then_some(value.trim_matches([' ', '*', '_']))
}

/// Whether a line is `Key: value` or goes on with one.
fn is_entry(line: &str) -> bool {
    line.starts_with([' ', '\t']) || line.split_once(':').is_some_and(|(key, _)| !key.is_empty())
}

/// The text without what stands between `open` and `close`, but with its lines, so that they
/// keep their numbers; what is never closed is text.
fn without<'a>(text: &'a str, open: &str, close: &str) -> Cow<'a, str> {
    if !text.contains(open) {
        return Cow::Borrowed(text);
    }
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inside, behind)) = after.split_once(close) else {
            break;
        };
        left.push_str(before);
        left.extend(inside.chars().filter(|c| matches!(c, '\n' | '\r')));
        rest = behind;
    }
    left.push_str(rest);
    Cow::Owned(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<(String, String, String)> {
        let mut report = Report::default();
        let list = read(text, &ReadOptions::default(), &mut report);
        let found = list.headings.into_iter();
        found.map(|h| (h.number, h.name, h.synopsis)).collect()
    }

    fn names(text: &str) -> Vec<String> {
        headings(text).into_iter().map(|h| h.1).collect()
    }

    #[test]
    fn a_heading_follows_a_blank_line() {
        let text = "INT. HUT - NIGHT\n\nShe waits.\nEXT. not this\n\next beach - day\n\nI/E CAR";
        assert_eq!(
            names(text),
            ["INT. HUT - NIGHT", "ext beach - day", "I/E CAR"]
        );
    }

    #[test]
    fn words_that_only_begin_like_a_heading_are_none() {
        assert!(names("INTERIOR thoughts\n\nEstuary\n\nExtra. Extra.").is_empty());
    }

    #[test]
    fn a_point_makes_a_heading_and_three_do_not() {
        assert_eq!(names(".THE SHORE\n\n...and then"), ["THE SHORE"]);
    }

    #[test]
    fn a_number_stands_between_hashes() {
        let found = headings("INT. HUT - DAY #I-12-A#\n\nEXT. SHORE ##");
        assert_eq!(found[0].0, "I-12-A");
        assert_eq!(found[0].1, "INT. HUT - DAY");
        assert_eq!(
            (found[1].0.as_str(), found[1].1.as_str()),
            ("", "EXT. SHORE ##")
        );
    }

    #[test]
    fn a_synopsis_belongs_to_the_heading_above_it() {
        let found = headings("= nobody's\n\nINT. HUT\n\n= They meet.\n= Again.\n\n===\n");
        assert_eq!(found[0].2, "They meet.\nAgain.");
    }

    #[test]
    fn what_is_cut_or_noted_is_no_scene() {
        let text = "/*\n\nINT. GONE\n\n*/\n\nINT. HUT [[small]]\n\n[[\n\nEXT. NOTED\n]]";
        assert_eq!(names(text), ["INT. HUT"]);
    }

    #[test]
    fn the_title_page_tells_the_title() {
        let mut report = Report::default();
        let text = "Title: **Promise**\nAuthor: A\n\nINT. HUT\n";
        let list = read(text, &ReadOptions::default(), &mut report);
        assert_eq!(list.title, "Promise");
        assert_eq!(list.headings.len(), 1);
    }
}
