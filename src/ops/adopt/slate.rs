//! Scenes from events: clips are mostly named after the slate, scene and take.
//!
//! A slate reads `12-3`, `12A/4`, `SC 12A T4`, `210/01-03*`: a scene number of up to three digits
//! with letters behind or one before it, then what tells the take. Events that follow each other
//! and show the same scene make one scene, with whatever lies between them.

use super::EventsAs;
use crate::model::FoundEvent;
use crate::model::FoundScene;
use crate::time::TickSpan;

/// A stretch of the programme that shows a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shot {
    span: TickSpan,
    /// `12A` has the number 12 and the letters A; a clip with another name has neither.
    number: String,
    letters: String,
    /// What a clip without a slate is called.
    name: String,
}

impl Shot {
    fn is_of_same_scene(&self, other: &Self) -> bool {
        self.number == other.number && self.letters == other.letters && self.name == other.name
    }
}

/// The scenes that events show, in running order.
pub(super) fn scenes(events: &[FoundEvent], events_as: EventsAs) -> Vec<FoundScene> {
    if events_as == EventsAs::Nothing {
        return Vec::new();
    }
    let picture = picture_events(events);
    let slated = || picture.iter().filter_map(|event| slated_shot(event));
    let mut shots: Vec<Shot> = match events_as {
        EventsAs::Scenes => picture.iter().filter_map(|event| any_shot(event)).collect(),
        _ if slated().count() * 2 >= picture.len() => slated().collect(),
        _ => Vec::new(),
    };
    shots.sort_by_key(|shot| shot.span);
    drop_setups(&mut shots);
    merged(&shots)
}

/// The events that show something, of the lowest picture track; all of a list without picture.
fn picture_events(events: &[FoundEvent]) -> Vec<&FoundEvent> {
    let track = events
        .iter()
        .filter_map(|event| event.channels.picture)
        .min();
    events
        .iter()
        .filter(|event| event.channels.picture == track)
        .filter(|event| !event.record.is_empty() && !is_black(event))
        .collect()
}

/// `BL` is the reel of black.
fn is_black(event: &FoundEvent) -> bool {
    event.reel.eq_ignore_ascii_case("BL") || event.reel.eq_ignore_ascii_case("BLACK")
}

fn slated_shot(event: &FoundEvent) -> Option<Shot> {
    let name = if event.clip.is_empty() {
        &event.reel
    } else {
        &event.clip
    };
    let (number, letters) = slate(name)?;
    Some(Shot {
        span: event.record,
        number,
        letters,
        name: String::new(),
    })
}

fn any_shot(event: &FoundEvent) -> Option<Shot> {
    slated_shot(event).or_else(|| {
        let stem = event
            .clip
            .rsplit_once('.')
            .map_or(&*event.clip, |(stem, ending)| {
                let is_ending = (2..=4).contains(&ending.len())
                    && ending.bytes().all(|b| b.is_ascii_alphanumeric());
                if is_ending { stem } else { &event.clip }
            });
        (!stem.is_empty()).then(|| Shot {
            span: event.record,
            number: String::new(),
            letters: String::new(),
            name: stem.to_owned(),
        })
    })
}

/// The number and letters of the scene that a clip is named after.
fn slate(name: &str) -> Option<(String, String)> {
    let text = name.trim().to_uppercase();
    let (is_said, text) = ["SCENE", "SZENE", "SC", "SZ"]
        .into_iter()
        .find_map(|word| {
            let rest = text.strip_prefix(word)?;
            Some((true, rest.trim_start_matches([' ', '.', '_', '-', '#'])))
        })
        .unwrap_or((false, &text));
    // A scene put in before 12 is called A12.
    let (before, text) = match text.chars().next() {
        Some(letter) if letter.is_ascii_uppercase() => text.split_at(1),
        _ => ("", text),
    };
    let (digits, rest) = split_while(text, |c| c.is_ascii_digit());
    let (after, rest) = split_while(rest, |c| c.is_ascii_uppercase());
    let is_number = (1..=3).contains(&digits.len()) && after.len() <= 2;
    // Camera rolls are A012.
    let is_roll = !before.is_empty() && digits.starts_with('0');
    let is_slate = is_number && !is_roll && (has_take(rest) || (is_said && ends_word(rest)));
    let number = digits.trim_start_matches('0');
    (is_slate && !number.is_empty()).then(|| (format!("{before}{number}"), after.to_owned()))
}

/// Whether a take follows: a separator and one or two digits, which a letter may come before and a
/// few behind (`-A3`, `/4PU`).
fn has_take(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['-', '/', '_']) else {
        // `12A T4`, `12 TK4`
        return ["T", "TK", "TAKE"].iter().any(|word| {
            let rest = text.trim_start().strip_prefix(word);
            rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        });
    };
    let (letter, rest) = split_while(rest, |c| c.is_ascii_uppercase());
    let (digits, rest) = split_while(rest, |c| c.is_ascii_digit());
    let (behind, rest) = split_while(rest, |c| c.is_ascii_uppercase());
    letter.len() <= 1 && (1..=2).contains(&digits.len()) && behind.len() <= 3 && ends_word(rest)
}

fn ends_word(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_alphanumeric())
}

fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// Takes letters off that name setups of one scene and not scenes.
///
/// 12A is a scene of its own to some, the second setup of scene 12 to others. Setups are cut back
/// and forth (12, 12A, 12, 12B), scenes are not: letters that come back inside one number mean
/// setups.
fn drop_setups(shots: &mut [Shot]) {
    for run in shots.chunk_by_mut(|a, b| a.number == b.number && !a.number.is_empty()) {
        let mut letters: Vec<&str> = run.iter().map(|shot| shot.letters.as_str()).collect();
        letters.dedup();
        let n_changes = letters.len();
        letters.sort_unstable();
        letters.dedup();
        if letters.len() < n_changes {
            for shot in run {
                shot.letters.clear();
            }
        }
    }
}

/// One scene for all shots of it that follow each other. Where shots overlap, the later one shows.
fn merged(shots: &[Shot]) -> Vec<FoundScene> {
    let groups: Vec<&[Shot]> = shots.chunk_by(Shot::is_of_same_scene).collect();
    let mut found = Vec::with_capacity(groups.len());
    for (n, group) in groups.iter().enumerate() {
        let Some(first) = group.first() else { continue };
        let start = first.span.start();
        let end = group.iter().map(|shot| shot.span.end()).max();
        let next = groups.get(n + 1).and_then(|next| next.first());
        let end = match (end, next) {
            (Some(end), Some(next)) => end.min(next.span.start()),
            (end, _) => end.unwrap_or(start),
        };
        let span = TickSpan::between(start, end.max(start));
        if !span.is_empty() {
            found.push(FoundScene {
                number: format!("{}{}", first.number, first.letters),
                name: first.name.clone(),
                span,
                ..FoundScene::default()
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Channels;
    use crate::time::Ticks;

    fn events(clips: &[(&str, i64, i64)]) -> Vec<FoundEvent> {
        let event = |(clip, start, end): &(&str, i64, i64)| FoundEvent {
            clip: (*clip).to_owned(),
            reel: "AX".to_owned(),
            channels: Channels {
                picture: Some(1),
                sound: Vec::new(),
            },
            record: TickSpan::between(Ticks::new(*start), Ticks::new(*end)),
            ..FoundEvent::default()
        };
        clips.iter().map(event).collect()
    }

    fn found(clips: &[(&str, i64, i64)], events_as: EventsAs) -> Vec<(String, String, i64, i64)> {
        scenes(&events(clips), events_as)
            .into_iter()
            .map(|s| (s.number, s.name, s.span.start().get(), s.span.end().get()))
            .collect()
    }

    fn numbers(clips: &[&str]) -> Vec<String> {
        let clips: Vec<_> = (0_i64..)
            .zip(clips)
            .map(|(n, clip)| (*clip, n * 10, n * 10 + 10))
            .collect();
        let scenes = scenes(&events(&clips), EventsAs::ScenesWhereNamed);
        scenes.into_iter().map(|scene| scene.number).collect()
    }

    #[test]
    fn slates_are_read_however_they_are_written() {
        for (name, scene) in [
            ("12-3", "12"),
            ("12A/4", "12A"),
            ("12a-4.mov", "12A"),
            ("012-03", "12"),
            ("A12-3", "A12"),
            ("12-A3", "12"),
            ("12_4PU", "12"),
            ("Sc 12A T4", "12A"),
            ("Scene 7", "7"),
            ("SC_103B", "103B"),
            ("210/01-03* CAMA", "210"),
            ("12 take 3", "12"),
        ] {
            let read = slate(name).map(|(number, letters)| number + &letters);
            assert_eq!(read.as_deref(), Some(scene), "{name}");
        }
    }

    #[test]
    fn other_names_are_no_slates() {
        for name in [
            "",
            "A012C003_190318",
            "2023-11-05",
            "3-up graphic",
            "24 hours.mov",
            "beach",
            "Screen 1-2",
            "VFX_010_0020",
            "00-1",
            "12-",
            "12-345",
        ] {
            assert_eq!(slate(name), None, "{name}");
        }
    }

    #[test]
    fn events_of_one_scene_that_follow_each_other_make_one_scene() {
        assert_eq!(
            found(
                &[
                    ("12-3", 0, 10),
                    ("12-1", 10, 25),
                    ("13-2", 25, 30),
                    ("12-4", 30, 40)
                ],
                EventsAs::ScenesWhereNamed
            ),
            [
                ("12".to_owned(), String::new(), 0, 25),
                ("13".to_owned(), String::new(), 25, 30),
                ("12".to_owned(), String::new(), 30, 40),
            ]
        );
    }

    #[test]
    fn what_lies_inside_a_scene_belongs_to_it() {
        assert_eq!(
            found(
                &[
                    ("12-3", 0, 10),
                    ("insert of a letter", 10, 15),
                    ("12-1", 15, 25)
                ],
                EventsAs::ScenesWhereNamed
            ),
            [("12".to_owned(), String::new(), 0, 25)]
        );
    }

    #[test]
    fn letters_that_come_back_are_setups() {
        assert_eq!(
            numbers(&["12-1", "12A-2", "12-1", "12B-1", "13-1"]),
            ["12", "13"]
        );
        assert_eq!(
            numbers(&["12-1", "12A-2", "12A-1", "12B-1"]),
            ["12", "12A", "12B"]
        );
    }

    #[test]
    fn a_list_that_is_mostly_not_slated_has_no_scenes_unless_asked() {
        let clips = [
            ("12-3", 0, 10),
            ("beach.mov", 10, 20),
            ("beach.mov", 20, 30),
            ("hut", 30, 40),
        ];
        assert_eq!(found(&clips, EventsAs::ScenesWhereNamed), []);
        assert_eq!(
            found(&clips, EventsAs::Scenes),
            [
                ("12".to_owned(), String::new(), 0, 10),
                (String::new(), "beach".to_owned(), 10, 30),
                (String::new(), "hut".to_owned(), 30, 40),
            ]
        );
        assert_eq!(found(&clips, EventsAs::Nothing), []);
    }

    #[test]
    fn only_the_lowest_picture_track_makes_scenes() {
        let mut both = events(&[("12-3", 0, 10), ("99-1", 2, 4)]);
        both[1].channels.picture = Some(2);
        let scenes = scenes(&both, EventsAs::Scenes);
        assert_eq!(scenes.len(), 1);
    }

    #[test]
    fn black_shows_no_scene() {
        let mut black = events(&[("12-3", 0, 10)]);
        black[0].reel = "BL".to_owned();
        assert_eq!(scenes(&black, EventsAs::Scenes), []);
    }
}
