//! The statements of a list, collected before their timecodes mean anything.

use super::super::edl_line::{self, Code, EventLine, Statement};
use super::comment::{Comment, Locator, comment};
use crate::interchange::limits::{MAX_ENTRIES, MAX_TEXT};
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::{Line, cleaned, lines};
use crate::model::Color;
use crate::time::Counting;

/// Lines of comments are broken after some eighty characters; a comment under a shorter one is one
/// of its own.
const WRAP_COLUMN: usize = 76;

/// A list whose timecodes are still text.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    /// The list's title.
    pub(super) title: &'a str,
    /// The first frame code mode, with its line.
    pub(super) first_mode: Option<(usize, Counting)>,
    /// The line of the first mode that differs from it.
    pub(super) mode_change: Option<usize>,
    /// The events.
    pub(super) events: Vec<DraftEvent<'a>>,
    /// The markers.
    pub(super) locators: Vec<DraftLocator<'a>>,
    /// The mode in force where the reading has come to.
    mode: Option<Counting>,
}

/// An event with what its comments say.
#[derive(Debug)]
pub(super) struct DraftEvent<'a> {
    /// Its line, counted from 1.
    pub(super) line: usize,
    /// The event as written.
    pub(super) written: EventLine<'a>,
    /// The frame code mode in force.
    pub(super) mode: Option<Counting>,
    /// Further sound tracks.
    pub(super) more_sound: Vec<u16>,
    /// Whether the source plays at another speed, so that lengths differ.
    pub(super) has_speed: bool,
    /// The source's file.
    pub(super) file: String,
    reel: Option<&'a str>,
    from_clip: Option<String>,
    to_clip: Option<String>,
    /// Whether the next event is the incoming side of a transition from this one.
    has_incoming: bool,
}

/// A marker whose timecode is still text.
#[derive(Debug)]
pub(super) struct DraftLocator<'a> {
    /// Its line, counted from 1.
    pub(super) line: usize,
    /// Where it is.
    pub(super) label: &'a str,
    /// Its color.
    pub(super) color: Option<Color>,
    /// What it says.
    pub(super) text: String,
    /// How many frames long it is.
    pub(super) n_frames: i64,
}

impl DraftEvent<'_> {
    /// Whether this and a transition after it are two lines of one edit: they have one number, or
    /// this has no length and stands where the transition begins.
    fn leads_to(&self, next: &EventLine<'_>) -> bool {
        let [_, _, record_in, record_out] = self.written.labels;
        let [_, _, next_in, _] = next.labels;
        let touches = record_in == record_out && record_out == next_in;
        self.written.number == next.number || touches
    }

    /// Whether this is only the outgoing side of a transition: a cut of no length, written to say
    /// where the transition comes from.
    pub(super) fn is_outgoing_side(&self) -> bool {
        let [_, _, record_in, record_out] = self.written.labels;
        self.has_incoming && record_in == record_out
    }

    /// The clip's name, else the file's without its folder.
    pub(super) fn clip(&self) -> String {
        let is_cut = self.written.code == Code::Cut;
        let incoming = if is_cut { None } else { self.to_clip.as_ref() };
        let named = incoming.or(self.from_clip.as_ref());
        let of_file = || {
            let tail = self.file.rsplit(['/', '\\']).next();
            tail.unwrap_or_default().to_owned()
        };
        named.cloned().unwrap_or_else(of_file)
    }

    /// The reel by its full name.
    pub(super) fn reel(&self) -> &str {
        self.reel.unwrap_or(self.written.reel)
    }
}

/// What the last comment was written into, so that the next line can go on with it.
#[derive(Clone, Copy, Debug)]
enum Target {
    FromClip(usize),
    ToClip(usize),
    Locator(usize),
}

impl<'a> Draft<'a> {
    /// Collects the statements of a list.
    pub(super) fn collect(text: &'a str, report: &mut Report) -> Self {
        let mut draft = Self::default();
        let mut unknown: Option<(Line<'a>, usize)> = None;
        // The comment that may go on in the next line, and whether a blank was at its end.
        let mut open: Option<(Target, bool)> = None;
        for line in lines(text) {
            if draft.is_full() {
                // Comments of the last entry are lost with all that follows.
                report.warn(line.number, WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            let statement = edl_line::statement(line.text);
            let target = match statement {
                Statement::Comment(text) => draft.add_comment(line.number, text, open, report),
                // Some writers leave the asterisk out.
                Statement::Other(text) if comment(text) != Comment::Free => {
                    draft.add_comment(line.number, text, None, report)
                }
                Statement::Other(_) => {
                    unknown.get_or_insert((line, 0)).1 += 1;
                    None
                }
                Statement::BrokenEvent => {
                    report.warn(line.number, WarningKind::Unreadable(quoted(line.text)));
                    None
                }
                Statement::Event(event) => {
                    draft.add_event(line.number, event);
                    None
                }
                other => {
                    draft.add_header(line.number, other);
                    None
                }
            };
            let is_long = line.text.chars().count() >= WRAP_COLUMN;
            let ends_blank = line.text.ends_with(char::is_whitespace);
            open = target
                .filter(|_| is_long)
                .map(|target| (target, ends_blank));
        }
        if let Some((first, n)) = unknown {
            report.warn(
                first.number,
                WarningKind::UnknownLines {
                    n,
                    first: quoted(first.text),
                },
            );
        }
        draft
    }

    fn is_full(&self) -> bool {
        self.events.len() + self.locators.len() >= MAX_ENTRIES
    }

    fn add_header(&mut self, line: usize, statement: Statement<'a>) {
        match statement {
            // Lists that were joined have several titles; the first one is the list's.
            Statement::Title(title) if self.title.is_empty() => self.title = title,
            Statement::Mode(counting) => self.add_mode(line, counting),
            Statement::MoreSound(tracks) => {
                if let Some(event) = self.events.last_mut() {
                    event.more_sound.extend(tracks);
                }
            }
            Statement::Speed => {
                if let Some(event) = self.events.last_mut() {
                    event.has_speed = true;
                }
            }
            _ => {}
        }
    }

    fn add_mode(&mut self, line: usize, counting: Counting) {
        let (_, first) = *self.first_mode.get_or_insert((line, counting));
        if first != counting && self.mode_change.is_none() {
            self.mode_change = Some(line);
        }
        self.mode = Some(counting);
    }

    fn add_event(&mut self, line: usize, written: EventLine<'a>) {
        if let Some(before) = self.events.last_mut() {
            before.has_incoming = written.code != Code::Cut && before.leads_to(&written);
        }
        self.events.push(DraftEvent {
            line,
            written,
            mode: self.mode,
            more_sound: Vec::new(),
            has_speed: false,
            file: String::new(),
            reel: None,
            from_clip: None,
            to_clip: None,
            has_incoming: false,
        });
    }

    /// Adds what a comment says, and tells what a further line would go on with.
    fn add_comment(
        &mut self,
        line: usize,
        text: &'a str,
        open: Option<(Target, bool)>,
        report: &mut Report,
    ) -> Option<Target> {
        let said = comment(text);
        if said == Comment::Free {
            let (target, with_blank) = open?;
            self.go_on(target, text, with_blank);
            return Some(target);
        }
        if let Comment::Locator(found) = said {
            return Some(self.add_locator(line, &found, report));
        }
        if said == Comment::BrokenLocator {
            report.warn(line, WarningKind::Unreadable(quoted(text)));
            return None;
        }
        if self.events.is_empty() && said != Comment::Known {
            report.warn(line, WarningKind::StrayComment(quoted(text)));
            return None;
        }
        self.add_to_last_event(said)
    }

    fn add_locator(&mut self, line: usize, found: &Locator<'a>, report: &mut Report) -> Target {
        if let Some(word) = found.unknown_color {
            report.warn(line, WarningKind::UnknownColor(quoted(word)));
        }
        self.locators.push(DraftLocator {
            line,
            label: found.label,
            color: found.color,
            text: shortened(found.text),
            n_frames: found.n_frames,
        });
        Target::Locator(self.locators.len() - 1)
    }

    fn add_to_last_event(&mut self, said: Comment<'a>) -> Option<Target> {
        let last = self.events.len().checked_sub(1)?;
        match said {
            Comment::FromClip(name) => {
                let event = self.speaker_of_from(last);
                self.events.get_mut(event)?.from_clip = Some(shortened(name));
                Some(Target::FromClip(event))
            }
            Comment::ToClip(name) => {
                self.events.get_mut(last)?.to_clip = Some(shortened(name));
                Some(Target::ToClip(last))
            }
            Comment::File(path) => {
                self.events.get_mut(last)?.file = shortened(path);
                None
            }
            Comment::Reel(reel) => {
                self.events.get_mut(last)?.reel = Some(reel);
                None
            }
            Comment::Replaced { reel, by } => {
                // Said once for a reel, under any of the lines of one event.
                let of_event = self.events.iter_mut().rev().take(2);
                let mut of_reel = of_event.filter(|event| event.written.reel == by);
                of_reel.next()?.reel = Some(reel);
                None
            }
            _ => None,
        }
    }

    /// Which event `FROM CLIP NAME` speaks of: of two lines that make a transition, the first, the
    /// clip that goes out, unless that has its name already.
    fn speaker_of_from(&self, last: usize) -> usize {
        let before = last.checked_sub(1).filter(|before| {
            self.events
                .get(*before)
                .is_some_and(|event| event.has_incoming && event.from_clip.is_none())
        });
        before.unwrap_or(last)
    }

    /// Adds a further line to the comment it belongs to. Lines are broken anywhere, also inside
    /// words; a blank is only there when it was written.
    fn go_on(&mut self, target: Target, text: &str, with_blank: bool) {
        let written = match target {
            Target::FromClip(event) => self
                .events
                .get_mut(event)
                .and_then(|event| event.from_clip.as_mut()),
            Target::ToClip(event) => self
                .events
                .get_mut(event)
                .and_then(|event| event.to_clip.as_mut()),
            Target::Locator(locator) => self
                .locators
                .get_mut(locator)
                .map(|locator| &mut locator.text),
        };
        if let Some(written) = written
            && written.len() < MAX_TEXT
        {
            if with_blank {
                written.push(' ');
            }
            written.push_str(&shortened(text));
        }
    }
}

/// A text without control characters, no longer than a name may be.
fn shortened(text: &str) -> String {
    let text = cleaned(text);
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => text.get(..end).unwrap_or(&text).to_owned(),
        None => text,
    }
}
