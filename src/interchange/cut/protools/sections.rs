//! A session as text, taken apart into its header, its tracks and its markers.

use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::text::lines;
use crate::time::SampleRate;

/// A session, as its text gives it.
#[derive(Debug, Default)]
pub(super) struct Session<'a> {
    pub(super) name: &'a str,
    sample_rate: &'a str,
    pub(super) start: &'a str,
    pub(super) timecode_format: &'a str,
    pub(super) tracks: Vec<Track<'a>>,
    pub(super) markers: Vec<MarkerRow>,
    /// The line at which there were more rows than are taken.
    pub(super) next_line: Option<usize>,
}

/// A track with its clips.
#[derive(Debug)]
pub(super) struct Track<'a> {
    pub(super) name: &'a str,
    pub(super) clips: Vec<ClipRow<'a>>,
}

/// A clip of one channel of a track.
#[derive(Debug)]
pub(super) struct ClipRow<'a> {
    pub(super) line: usize,
    pub(super) channel: &'a str,
    pub(super) event: &'a str,
    pub(super) name: &'a str,
    pub(super) start: &'a str,
    pub(super) end: &'a str,
    pub(super) is_muted: bool,
}

/// A memory location.
#[derive(Debug, Default)]
pub(super) struct MarkerRow {
    pub(super) line: usize,
    pub(super) location: String,
    pub(super) reference: String,
    pub(super) units: String,
    pub(super) name: String,
    pub(super) track: String,
    pub(super) comments: String,
}

/// The part of the text that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Header,
    Tracks,
    Markers,
    Other,
}

impl<'a> Session<'a> {
    /// Takes `text` apart.
    pub(super) fn collect(text: &'a str) -> Self {
        let mut session = Self::default();
        let mut section = Section::Header;
        let mut has_track_columns = false;
        let mut row: Option<(usize, String)> = None;
        let mut n_rows = 0;
        for line in lines(text) {
            if let Some(next) = heading(line.text) {
                section = next;
                continue;
            }
            if n_rows >= MAX_ENTRIES {
                session.next_line = Some(line.number);
                break;
            }
            match section {
                Section::Header => session.header(line.text),
                Section::Tracks => match line.text.strip_prefix("TRACK NAME:") {
                    Some(name) => session.tracks.push(Track {
                        name: name.trim(),
                        clips: Vec::new(),
                    }),
                    None => {
                        if let Some(clip) = clip(line.number, line.text)
                            && let Some(track) = session.tracks.last_mut()
                        {
                            n_rows += 1;
                            track.clips.push(clip);
                        }
                    }
                },
                Section::Markers if line.text.starts_with('#') => {
                    has_track_columns = line.text.contains("TRACK NAME");
                }
                Section::Markers if begins_row(line.text) => {
                    n_rows += 1;
                    let done = row.replace((line.number, line.text.to_owned()));
                    session
                        .markers
                        .extend(done.map(|d| marker(&d, has_track_columns)));
                }
                // Names and comments are written with whatever line breaks they hold.
                Section::Markers => {
                    if let Some((_, text)) = &mut row {
                        text.push('\n');
                        text.push_str(line.text);
                    }
                }
                Section::Other => {}
            }
        }
        session
            .markers
            .extend(row.map(|d| marker(&d, has_track_columns)));
        session
    }

    fn header(&mut self, line: &'a str) {
        let Some((key, value)) = line.split_once(':') else {
            return;
        };
        let value = value.trim();
        match key {
            "SESSION NAME" => self.name = value,
            "SAMPLE RATE" => self.sample_rate = value,
            "SESSION START TIMECODE" => self.start = value,
            "TIMECODE FORMAT" => self.timecode_format = value,
            _ => {}
        }
    }

    /// Its sample rate, which is written with six places.
    pub(super) fn sample_rate(&self) -> Option<SampleRate> {
        let (whole, _) = self
            .sample_rate
            .split_once('.')
            .unwrap_or((self.sample_rate, ""));
        SampleRate::new(whole.parse().ok()?).ok()
    }
}

/// The section that a line begins: headings are written in capitals with blanks between.
fn heading(line: &str) -> Option<Section> {
    let letters: Vec<&str> = line.split_whitespace().collect();
    let is_spaced = letters.len() >= 5
        && !line.contains('\t')
        && letters.iter().all(|letter| {
            letter.len() == 1 && letter.chars().all(|c| c.is_ascii_uppercase() || c == '-')
        });
    is_spaced.then(|| match letters.concat().as_str() {
        "TRACKLISTING" => Section::Tracks,
        "MARKERSLISTING" => Section::Markers,
        _ => Section::Other,
    })
}

fn clip(line: usize, text: &str) -> Option<ClipRow<'_>> {
    let columns: Vec<&str> = text.split('\t').map(str::trim).collect();
    let [channel, event, .., state] = columns.as_slice() else {
        return None;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(channel) || !is_number(event) || columns.len() < 7 {
        return None;
    }
    Some(ClipRow {
        line,
        channel,
        event,
        name: columns.get(2)?,
        start: columns.get(3)?,
        end: columns.get(4)?,
        is_muted: state.eq_ignore_ascii_case("muted"),
    })
}

fn begins_row(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(number, _)| {
        let number = number.trim_end();
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A marker of one row: the columns up to the name are counted from the left, and all that is too
/// many belongs to the comments.
fn marker((line, text): &(usize, String), has_track_columns: bool) -> MarkerRow {
    let n = if has_track_columns { 8 } else { 6 };
    let mut columns = text.splitn(n, '\t').skip(1).map(str::to_owned);
    let mut next = || columns.next().unwrap_or_default();
    let mut row = MarkerRow {
        line: *line,
        location: next(),
        reference: next(),
        units: next(),
        name: next(),
        ..MarkerRow::default()
    };
    if has_track_columns {
        row.track = next();
        next();
    }
    row.comments = next();
    row
}
