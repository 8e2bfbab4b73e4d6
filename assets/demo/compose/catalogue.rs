//! Which piece becomes which file.

use crate::encode::{Delivery, Format};

/// Where the words of a song go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// It has none.
    None,
    /// Into an LRC file beside it.
    Beside,
    /// Into its tags, with times.
    Inside,
}

/// One line of the catalogue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Name of the piece.
    pub(crate) piece: &'static str,
    /// The file it becomes.
    pub(crate) delivery: Delivery,
    /// The file its take without the voice becomes.
    pub(crate) instrumental: Option<Delivery>,
    /// Where its words go.
    pub(crate) words: Words,
    /// Decides its cover; 0 has none.
    pub(crate) cover: u64,
}

const fn file(file: &'static str, format: Format, rate: u32, mono: bool) -> Delivery {
    Delivery {
        file,
        format,
        rate,
        mono,
    }
}

const fn item(piece: &'static str, delivery: Delivery, cover: u64) -> Item {
    Item {
        piece,
        delivery,
        instrumental: None,
        words: Words::None,
        cover,
    }
}

/// Every track of the demo.
pub(crate) const CATALOGUE: [Item; 15] = [
    Item {
        instrumental: Some(file(
            "coastline-instrumental.ogg",
            Format::Vorbis(-10),
            44_100,
            false,
        )),
        words: Words::Beside,
        ..item(
            "coastline",
            file("coastline.mp3", Format::Mp3(80), 44_100, false),
            1,
        )
    },
    Item {
        words: Words::Inside,
        ..item(
            "gyrises",
            file("gyrises.mp3", Format::Mp3(72), 48_000, false),
            2,
        )
    },
    item("fern", file("fern.flac", Format::Flac, 22_050, true), 3),
    item(
        "halogen",
        file("halogen.m4a", Format::Aac(60), 48_000, false),
        4,
    ),
    item(
        "shiomachi",
        file("shiomachi.m4a", Format::Aac(60), 44_100, false),
        5,
    ),
    item(
        "long-way",
        file("long-way.ogg", Format::Vorbis(-6), 44_100, false),
        0,
    ),
    item("ete", file("ete.opus", Format::Opus(50), 48_000, false), 7),
    item(
        "lantern",
        file("lantern.ogg", Format::Vorbis(-7), 44_100, false),
        0,
    ),
    item(
        "main-title",
        file("main-title.m4a", Format::Aac(76), 48_000, false),
        9,
    ),
    item(
        "paper-boats",
        file("paper-boats.wav", Format::Wav, 22_050, true),
        0,
    ),
    item(
        "jingle",
        file("radio-halcyon.m4a", Format::Alac, 22_050, true),
        0,
    ),
    item(
        "ringtone",
        file("ringtone.aiff", Format::Aiff, 16_000, true),
        0,
    ),
    item(
        "bells",
        file("four-bells.caf", Format::Caf, 16_000, true),
        0,
    ),
    item(
        "undertow",
        file("undertow.ogg", Format::Vorbis(-10), 44_100, false),
        0,
    ),
    item(
        "kerosene",
        file("kerosene.mp3", Format::Mp3(88), 44_100, false),
        14,
    ),
];
