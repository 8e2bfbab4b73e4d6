//! Taking the tags of a file apart into names and texts.

use std::fs::File;
use std::io;
use std::io::BufReader;
use std::io::Cursor;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use lofty::aac::AacFile;
use lofty::ape::ApeTag;
use lofty::config::ParseOptions;
use lofty::file::AudioFile;
use lofty::file::FileType;
use lofty::file::TaggedFileExt;
use lofty::flac::FlacFile;
use lofty::id3::v1::Id3v1Tag;
use lofty::id3::v2::Frame;
use lofty::id3::v2::Id3v2Tag;
use lofty::id3::v2::SynchronizedTextFrame;
use lofty::id3::v2::TimestampFormat;
use lofty::iff::aiff::AiffFile;
use lofty::iff::aiff::AiffTextChunks;
use lofty::iff::wav::WavFile;
use lofty::mp4::AtomData;
use lofty::mp4::AtomIdent;
use lofty::mp4::Ilst;
use lofty::mp4::Mp4File;
use lofty::mpeg::MpegFile;
use lofty::ogg::OpusFile;
use lofty::ogg::VorbisFile;
use lofty::ogg::tag::VorbisComments;
use lofty::picture::Picture;
use lofty::picture::PictureType;
use lofty::probe::Probe;
use lofty::tag::Tag;

use super::TagTexts;
use super::riff_info;
use crate::media::bytes::Bytes;
use crate::media::caf;
use crate::media::facts::Codec;
use crate::media::kind::Kind;
use crate::media::lyrics;
use crate::media::riff;

/// A list of names and texts.
type Texts = Vec<(String, String)>;

/// The tags of a file of a known kind. What cannot be read counts as not there: a damaged tag must
/// not keep a song out of the pool.
pub(in crate::media) fn collect(bytes: &mut Bytes, kind: Kind) -> TagTexts {
    // The library reads bytes from anywhere: a panic there is a tag that cannot be read.
    catch_unwind(AssertUnwindSafe(|| read(bytes, kind))).unwrap_or_default()
}

fn read(bytes: &mut Bytes, kind: Kind) -> TagTexts {
    let mut texts = TagTexts::default();
    let options = ParseOptions::new()
        .read_properties(false)
        .read_cover_art(false);
    let is_ogg_of = match kind {
        Kind::Ogg => OggOf::first(bytes),
        _ => None,
    };
    let mut reader = bytes.reader();
    match (kind, is_ogg_of) {
        (Kind::Mpeg(_), _) => {
            if let Ok(file) = MpegFile::read_from(&mut reader, options) {
                texts.add_id3(file.id3v2());
                texts.add(file.ape().map(ape));
                texts.add(file.id3v1().map(id3v1));
            }
        }
        (Kind::Adts(_), _) => {
            if let Ok(file) = AacFile::read_from(&mut reader, options) {
                texts.add_id3(file.id3v2());
                texts.add(file.id3v1().map(id3v1));
            }
        }
        (Kind::Flac(_), _) => {
            if let Ok(file) = FlacFile::read_from(&mut reader, options) {
                texts.add(file.vorbis_comments().map(vorbis));
                texts.add_id3(file.id3v2());
            }
        }
        (Kind::Ogg, Some(OggOf::Opus)) => {
            if let Ok(file) = OpusFile::read_from(&mut reader, options) {
                texts.add(Some(vorbis(file.vorbis_comments())));
            }
        }
        (Kind::Ogg, Some(OggOf::Vorbis)) => {
            if let Ok(file) = VorbisFile::read_from(&mut reader, options) {
                texts.add(Some(vorbis(file.vorbis_comments())));
            }
        }
        (Kind::Mp4, _) => {
            if let Ok(file) = Mp4File::read_from(&mut reader, options) {
                texts.add(file.ilst().map(ilst));
            }
        }
        (Kind::Aiff, _) => {
            if let Ok(file) = AiffFile::read_from(&mut reader, options) {
                texts.add_id3(file.id3v2());
                texts.add(file.text_chunks().map(aiff));
            }
        }
        (Kind::Wav, _) => {
            if let Ok(Some(tag)) = riff_info::tag_alone(bytes)
                && let Ok(file) = WavFile::read_from(&mut Cursor::new(tag), options)
            {
                texts.add_id3(file.id3v2());
            }
            let info = riff::chunks(bytes).and_then(|chunks| riff_info::texts(bytes, &chunks));
            texts.add(info.ok());
        }
        (Kind::Caf, _) => texts.add(caf::texts(bytes).ok()),
        (Kind::Ogg | Kind::Matroska, _) => {}
    }
    texts
}

/// What the first stream of an Ogg file is of, as far as its tags are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OggOf {
    Opus,
    Vorbis,
}

impl OggOf {
    /// By the first packet, which begins behind the first page's header (RFC 3533 section 6) and
    /// says what it is (RFC 7845 section 5.1; Vorbis I specification, section 4.2.1).
    fn first(bytes: &mut Bytes) -> Option<Self> {
        let head = bytes.window(0, 27 + 255 + 8).ok()?;
        let packet = head.get(27 + usize::from(*head.get(26)?)..)?;
        if packet.starts_with(b"OpusHead") {
            Some(Self::Opus)
        } else if packet.starts_with(b"\x01vorbis") {
            Some(Self::Vorbis)
        } else {
            None
        }
    }
}

/// The picture on the front, or whatever picture there is, of a file of a known kind.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(in crate::media) fn picture(
    bytes: &mut Bytes,
    kind: Kind,
    codec: &Codec,
) -> io::Result<Option<Picture>> {
    let file_type = match (kind, codec) {
        (Kind::Mpeg(_), _) => FileType::Mpeg,
        (Kind::Adts(_), _) => FileType::Aac,
        (Kind::Flac(_), _) => FileType::Flac,
        (Kind::Ogg, Codec::Opus) => FileType::Opus,
        (Kind::Ogg, Codec::Vorbis) => FileType::Vorbis,
        (Kind::Mp4, _) => FileType::Mp4,
        (Kind::Aiff, _) => FileType::Aiff,
        (Kind::Wav, _) => FileType::Wav,
        (Kind::Ogg | Kind::Caf | Kind::Matroska, _) => return Ok(None),
    };
    let options = ParseOptions::new().read_properties(false);
    let alone = match kind {
        Kind::Wav => match riff_info::tag_alone(bytes)? {
            Some(tag) => Some(tag),
            None => return Ok(None),
        },
        _ => None,
    };
    let path = bytes.path().to_owned();
    let read = catch_unwind(AssertUnwindSafe(|| {
        if let Some(tag) = alone {
            let probe = Probe::with_file_type(Cursor::new(tag), file_type);
            return probe.options(options).read().ok();
        }
        let reader = BufReader::new(File::open(path).ok()?);
        let probe = Probe::with_file_type(reader, file_type);
        probe.options(options).read().ok()
    }));
    let Ok(Some(file)) = read else {
        return Ok(None);
    };
    let pictures = file.tags().iter().flat_map(Tag::pictures);
    let best = pictures.min_by_key(|picture| match picture.pic_type() {
        PictureType::CoverFront => 0,
        PictureType::Other => 1,
        PictureType::Icon | PictureType::OtherIcon => 3,
        _ => 2,
    });
    Ok(best.cloned())
}

impl TagTexts {
    fn add(&mut self, texts: Option<Texts>) {
        self.tags.extend(texts);
    }

    fn add_id3(&mut self, tag: Option<&Id3v2Tag>) {
        let Some(tag) = tag else {
            return;
        };
        let mut texts = Vec::new();
        for frame in tag {
            self.add_frame(frame, &mut texts);
        }
        self.tags.push(texts);
    }

    fn add_frame(&mut self, frame: &Frame<'_>, texts: &mut Texts) {
        let mut push = |name: &str, text: &str| texts.push((name.to_owned(), text.to_owned()));
        match frame {
            Frame::Text(text) => push(frame.id_str(), &text.value),
            Frame::UserText(text) => push(&format!("TXXX:{}", text.description), &text.content),
            Frame::Timestamp(time) => push(frame.id_str(), &time.timestamp.to_string()),
            Frame::UnsynchronizedText(text) => push("USLT", &text.content),
            Frame::Url(url) => push(frame.id_str(), url.url()),
            Frame::UserUrl(url) => push(&format!("WXXX:{}", url.description), &url.content),
            // A comment with a name is some program's own note, not a remark for people.
            Frame::Comment(comment) if comment.description.is_empty() => {
                push("COMM", &comment.content);
            }
            Frame::Comment(comment) => {
                push(&format!("COMM:{}", comment.description), &comment.content);
            }
            Frame::KeyValue(people) => {
                for (role, name) in people.key_value_pairs.iter() {
                    push(&format!("TIPL:{role}"), name);
                }
            }
            Frame::Binary(binary) if frame.id_str() == "SYLT" => {
                let parsed = SynchronizedTextFrame::parse(&binary.data, frame.flags());
                // Times counted in MPEG frames would need the frames; nothing writes them.
                if let Ok(parsed) = parsed
                    && parsed.timestamp_format == TimestampFormat::MS
                {
                    self.timed.push(lyrics::from_pieces(&parsed.content));
                }
            }
            _ => {}
        }
    }
}

fn id3v1(tag: &Id3v1Tag) -> Texts {
    let genre = tag.genre.map(|genre| genre.to_string());
    let year = tag.year.map(|year| year.to_string());
    let fields = [
        ("TIT2", &tag.title),
        ("TPE1", &tag.artist),
        ("TALB", &tag.album),
        ("TYER", &year),
        ("COMM", &tag.comment),
        ("TCON", &genre),
    ];
    let text = |(name, text): (&str, &Option<String>)| Some((name.to_owned(), text.clone()?));
    fields.into_iter().filter_map(text).collect()
}

fn ape(tag: &ApeTag) -> Texts {
    tag.into_iter()
        .filter_map(|item| {
            let values: Vec<&str> = item.text_values()?.collect();
            Some((item.key().to_owned(), values.join("\0")))
        })
        .collect()
}

fn vorbis(tag: &VorbisComments) -> Texts {
    tag.items()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

fn ilst(tag: &Ilst) -> Texts {
    let mut texts = Vec::new();
    for atom in tag {
        let name = match atom.ident() {
            // Letters over 127 are the copyright sign of the old Macintosh.
            AtomIdent::Fourcc(name) => name.iter().map(|byte| char::from(*byte)).collect(),
            AtomIdent::Freeform { mean, name } => format!("----:{mean}:{name}"),
        };
        let text = |data: &AtomData| match data {
            AtomData::UTF8(text) | AtomData::UTF16(text) => Some(text.clone()),
            AtomData::SignedInteger(number) => Some(number.to_string()),
            AtomData::UnsignedInteger(number) => Some(number.to_string()),
            _ => None,
        };
        texts.extend(
            atom.data()
                .filter_map(text)
                .map(|text| (name.clone(), text)),
        );
    }
    texts
}

fn aiff(tag: &AiffTextChunks) -> Texts {
    let mut texts = Vec::new();
    let mut push = |name: &str, text: Option<&str>| {
        texts.extend(text.map(|text| (name.to_owned(), text.to_owned())));
    };
    push("NAME", tag.name.as_deref());
    push("AUTH", tag.author.as_deref());
    push("(c) ", tag.copyright.as_deref());
    for comment in tag.comments.iter().flatten() {
        push("COMT", Some(&comment.text));
    }
    for annotation in tag.annotations.iter().flatten() {
        push("ANNO", Some(annotation));
    }
    texts
}
