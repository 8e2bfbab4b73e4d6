//! What a sound file says of its music: title, people, codes, words.
//!
//! Every kind of tag is first taken apart into names and texts, as they stand in the file; then one
//! table says which name means what. So every format fills the same fields in the same way, and
//! what has no field is kept by its name.

mod collect;
mod names;
mod riff_info;

pub(super) use self::collect::collect;
pub(super) use self::collect::picture;

use self::names::Field;
use super::lrc;
use super::lyrics;
use super::lyrics::LyricLine;

/// What a writer did for a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WriterRole {
    /// Wrote it; words and music are not told apart.
    Writer,
    /// Wrote the music.
    Composer,
    /// Wrote the words.
    Lyricist,
    /// Arranged it.
    Arranger,
}

/// Someone who wrote a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriterTag {
    /// Their name, as credited.
    pub name: String,
    /// What they did.
    pub role: WriterRole,
}

/// What a file says of its music. What it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// Title of the recording.
    pub title: String,
    /// Who performs it; several are joined by commas.
    pub artist: String,
    /// The album it appeared on.
    pub album: String,
    /// Who performs the album.
    pub album_artist: String,
    /// Who wrote it.
    pub writers: Vec<WriterTag>,
    /// Who publishes the work.
    pub publisher: String,
    /// Who issued the recording.
    pub label: String,
    /// International Standard Recording Code (ISO 3901), without hyphens; empty unless it is one.
    pub isrc: String,
    /// Year of release.
    pub year: Option<i32>,
    /// Genre.
    pub genre: String,
    /// Whatever somebody remarked.
    pub comment: String,
    /// Beats a minute.
    pub bpm: Option<f32>,
    /// Musical key, as written.
    pub key: String,
    /// Language of the words, as written.
    pub language: String,
    /// Every other text, by its name in the file.
    pub others: Vec<(String, String)>,
    /// The words, with times where those are known.
    pub lyrics: Vec<LyricLine>,
}

/// The texts of a file's tags, taken apart, the most trusted tag first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TagTexts {
    /// Names and texts, one list for each tag.
    pub(super) tags: Vec<Vec<(String, String)>>,
    /// Lyrics with times, in whatever way the tag has them.
    pub(super) timed: Vec<Vec<LyricLine>>,
}

impl Tags {
    /// Makes sense of texts. `sidecar` is the lyric that lies beside the file.
    pub(super) fn from_texts(texts: TagTexts, sidecar: Option<&str>) -> Self {
        let mut tags = Self::default();
        let mut candidates: Vec<Vec<LyricLine>> = sidecar.map(lrc::parse).into_iter().collect();
        candidates.extend(texts.timed);
        for tag in texts.tags {
            let mut more = Self::default();
            for (name, text) in tag {
                let text = text.trim_matches(['\0', ' ', '\t', '\r', '\n']).to_owned();
                if text.is_empty() {
                    continue;
                }
                match names::field(&name, &text) {
                    Some(Field::Lyrics) => candidates.push(lrc::parse(&text)),
                    Some(field) => more.add(field, &text),
                    None => more.others.push((names::shown(&name), text)),
                }
            }
            tags.fill_from(more);
        }
        tags.lyrics = lyrics::choose(candidates);
        tags
    }

    fn add(&mut self, field: Field, text: &str) {
        let several = |all: &mut String, text: &str| {
            for one in names::split_values(text) {
                if !all.is_empty() {
                    all.push_str(", ");
                }
                all.push_str(one);
            }
        };
        let first = |own: &mut String, text: &str| {
            if own.is_empty() {
                text.replace('\0', " ").trim().clone_into(own);
            }
        };
        match field {
            Field::Title => first(&mut self.title, text),
            Field::Artist => several(&mut self.artist, text),
            Field::Album => first(&mut self.album, text),
            Field::AlbumArtist => several(&mut self.album_artist, text),
            Field::Writer(role) => {
                for name in names::split_people(text) {
                    let writer = WriterTag {
                        name: name.to_owned(),
                        role,
                    };
                    if !self.writers.contains(&writer) {
                        self.writers.push(writer);
                    }
                }
            }
            Field::Publisher => first(&mut self.publisher, text),
            Field::Label => first(&mut self.label, text),
            Field::Isrc(code) => first(&mut self.isrc, &code),
            Field::Year => self.year = self.year.or_else(|| names::year(text)),
            Field::Genre => several(&mut self.genre, &names::genre(text)),
            Field::Comment => first(&mut self.comment, text),
            Field::Bpm => self.bpm = self.bpm.or_else(|| names::bpm(text)),
            Field::Key => first(&mut self.key, text),
            Field::Language => first(&mut self.language, text),
            Field::Lyrics => {}
        }
    }

    /// Takes over what is still empty.
    fn fill_from(&mut self, other: Self) {
        let fill = |own: &mut String, other: String| {
            if own.is_empty() {
                *own = other;
            }
        };
        fill(&mut self.title, other.title);
        fill(&mut self.artist, other.artist);
        fill(&mut self.album, other.album);
        fill(&mut self.album_artist, other.album_artist);
        fill(&mut self.publisher, other.publisher);
        fill(&mut self.label, other.label);
        fill(&mut self.isrc, other.isrc);
        fill(&mut self.genre, other.genre);
        fill(&mut self.comment, other.comment);
        fill(&mut self.key, other.key);
        fill(&mut self.language, other.language);
        self.year = self.year.or(other.year);
        self.bpm = self.bpm.or(other.bpm);
        if self.writers.is_empty() {
            self.writers = other.writers;
        }
        for (name, text) in other.others {
            if !self.others.iter().any(|(own, _)| *own == name) {
                self.others.push((name, text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(texts: &[(&str, &str)]) -> Tags {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let texts = TagTexts {
            tags: vec![texts.iter().map(owned).collect()],
            timed: Vec::new(),
        };
        Tags::from_texts(texts, None)
    }

    #[test]
    fn the_same_thing_has_the_same_field_in_every_format() {
        for name in [
            "TIT2",
            "TITLE",
            "title",
            "\u{a9}nam",
            "INAM",
            "NAME",
            "TXXX:Title",
        ] {
            assert_eq!(tags(&[(name, "Coastline")]).title, "Coastline", "{name}");
        }
        for name in ["TSRC", "ISRC", "----:com.apple.iTunes:ISRC", "TXXX:isrc"] {
            assert_eq!(
                tags(&[(name, "GB-AYE-06-01498")]).isrc,
                "GBAYE0601498",
                "{name}"
            );
        }
    }

    #[test]
    fn writers_are_split_and_keep_their_roles() {
        let read = tags(&[("TCOM", "Ana Vela/Ben Ito"), ("TEXT", "Ana Vela")]);
        let names: Vec<_> = read
            .writers
            .iter()
            .map(|w| (w.name.as_str(), w.role))
            .collect();
        let expected = [
            ("Ana Vela", WriterRole::Composer),
            ("Ben Ito", WriterRole::Composer),
            ("Ana Vela", WriterRole::Lyricist),
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn several_artists_are_joined_and_a_stroke_in_a_name_is_kept() {
        let read = tags(&[("ARTIST", "AC/DC"), ("ARTIST", "Fern")]);
        assert_eq!(read.artist, "AC/DC, Fern");
    }

    #[test]
    fn the_source_of_a_wav_file_is_not_taken_for_a_code() {
        let read = tags(&[("ISRC", "tape 12")]);
        assert_eq!(read.isrc, "");
        assert_eq!(read.others, [("ISRC".to_owned(), "tape 12".to_owned())]);
    }

    #[test]
    fn what_has_no_field_keeps_its_name() {
        let read = tags(&[("TXXX:MOOD", "warm"), ("TSSE", "LAME")]);
        let expected = [("MOOD", "warm"), ("TSSE", "LAME")];
        assert_eq!(
            read.others,
            expected.map(|(n, t)| (n.to_owned(), t.to_owned()))
        );
    }

    #[test]
    fn the_first_tag_is_trusted_most() {
        let tag = |title: &str| vec![("TITLE".to_owned(), title.to_owned())];
        let texts = TagTexts {
            tags: vec![Vec::new(), tag("right"), tag("cut shor")],
            timed: Vec::new(),
        };
        assert_eq!(Tags::from_texts(texts, None).title, "right");
    }

    #[test]
    fn a_lyric_beside_the_file_wins_over_one_inside() {
        let texts = TagTexts {
            tags: vec![vec![("LYRICS".to_owned(), "[00:09.00]inside".to_owned())]],
            timed: Vec::new(),
        };
        let read = Tags::from_texts(texts, Some("[00:01.00]beside"));
        let text = read.lyrics.first().map(|line| line.text.as_str());
        assert_eq!(text, Some("beside"));
    }
}
