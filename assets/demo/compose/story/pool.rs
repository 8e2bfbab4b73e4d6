//! The pool: the show's tracks, their tags, and why each of them is there.

/// Someone who wrote a track.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer {
    /// Full name, invented.
    pub(crate) name: &'static str,
    /// C composer, A author, CA both.
    pub(crate) role: &'static str,
    /// Share in hundredths; the shares of a track make 100.
    pub(crate) share: u8,
}

/// What the curators made of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Put forward, nothing decided.
    Suggested,
    /// Free to be used.
    Approved,
    /// Turned down, with the reason.
    Rejected(&'static str),
}

/// One track of the pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Track {
    /// File in the media folder.
    pub(crate) file: &'static str,
    /// Title, as in the file's tags.
    pub(crate) title: &'static str,
    /// Artist, invented.
    pub(crate) artist: &'static str,
    /// Album, invented.
    pub(crate) album: &'static str,
    /// Who wrote it.
    pub(crate) writers: &'static [Writer],
    /// Code of the recording. The registrant `NDR` under the prefix `QZ` is made up: these codes
    /// stand for nothing outside the demo.
    pub(crate) isrc: &'static str,
    /// Genre.
    pub(crate) genre: &'static str,
    /// Comment in the tags.
    pub(crate) comment: &'static str,
    /// Language of the words, three letters of ISO 639-2; `zxx` for none.
    pub(crate) language: &'static str,
    /// Beats a minute as composed.
    pub(crate) bpm: u16,
    /// Key as composed.
    pub(crate) key: &'static str,
    /// File of the recording this is another rendition of, and which one.
    pub(crate) rendition_of: Option<(&'static str, &'static str)>,
    /// [`Person::id`] of who put it in the pool.
    pub(crate) added_by: &'static str,
    /// When, in UTC.
    pub(crate) added_at: &'static str,
    /// Why it is in the pool.
    pub(crate) why: &'static str,
    /// Moods and other words to find it by.
    pub(crate) moods: &'static [&'static str],
    /// What the curators decided.
    pub(crate) state: State,
}

const COMMENT: &str = "Made for the Needledrop demo show; same licence as the program.";
const ALDERLEY: Writer = Writer {
    name: "Wilf Alderlea",
    role: "C",
    share: 50,
};

impl Track {
    /// The comment with the code in it, for formats that have no place of their own for codes.
    pub(crate) fn full_comment(&self) -> String {
        format!("{} ISRC {} (fictitious).", self.comment, self.isrc)
    }
}

/// The pool, in the order the tracks came in.
pub(crate) const POOL: [Track; 16] = [
    Track {
        file: "coastline.mp3",
        title: "Coastline",
        artist: "The Pale Harbour Club",
        album: "Letters to a Closed Kiosk",
        writers: &[
            ALDERLEY,
            Writer {
                name: "Senna Quillfeather",
                role: "CA",
                share: 50,
            },
        ],
        isrc: "QZ-NDR-26-00001",
        genre: "Dream pop",
        comment: COMMENT,
        language: "eng",
        bpm: 96,
        key: "D",
        rendition_of: None,
        added_by: "ottoline",
        added_at: "2026-01-14T21:40:00Z",
        why: "I wrote the hut scene with this on. She never says she waited; the chorus says it for her, and then it says thank you.",
        moods: &["warm", "longing", "first love", "sung", "lift"],
        state: State::Approved,
    },
    Track {
        file: "coastline-instrumental.ogg",
        title: "Coastline (Instrumental)",
        artist: "The Pale Harbour Club",
        album: "Letters to a Closed Kiosk",
        writers: &[
            ALDERLEY,
            Writer {
                name: "Senna Quillfeather",
                role: "CA",
                share: 50,
            },
        ],
        isrc: "QZ-NDR-26-00002",
        genre: "Dream pop",
        comment: COMMENT,
        language: "zxx",
        bpm: 96,
        key: "D",
        rendition_of: Some(("coastline.mp3", "Instrumental")),
        added_by: "priya",
        added_at: "2026-01-15T09:05:00Z",
        why: "Same take, no voice, for wherever they are still talking. Let the words in only when they stop.",
        moods: &["warm", "longing", "under dialogue"],
        state: State::Approved,
    },
    Track {
        file: "gyrises.mp3",
        title: "Γύρισες",
        artist: "Αυγή Λημναρέα",
        album: "Το κλειδί και η άμμος",
        writers: &[
            Writer {
                name: "Αυγή Λημναρέα",
                role: "A",
                share: 50,
            },
            Writer {
                name: "Stellan Voreas",
                role: "C",
                share: 50,
            },
        ],
        isrc: "QZ-NDR-26-00003",
        genre: "Folk waltz",
        comment: COMMENT,
        language: "ell",
        bpm: 126,
        key: "Dm",
        rendition_of: None,
        added_by: "dev",
        added_at: "2026-01-16T18:22:00Z",
        why: "\"You came back, you came back, with the first wave.\" My grandmother hummed something like it while she hung out washing; it is happy the way people are happy who did not expect to be.",
        moods: &["joy", "bittersweet", "dance", "sung", "sea"],
        state: State::Approved,
    },
    Track {
        file: "fern.flac",
        title: "Fern",
        artist: "Ilse Wintergreen-Moor",
        album: "Small Rooms",
        writers: &[Writer {
            name: "Ilse Wintergreen-Moor",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00004",
        genre: "Solo piano",
        comment: COMMENT,
        language: "zxx",
        bpm: 68,
        key: "C",
        rendition_of: None,
        added_by: "priya",
        added_at: "2026-01-20T11:12:00Z",
        why: "You can hear the felt and the stool. It leaves so much room that a line of dialogue sounds like part of it.",
        moods: &["intimate", "patient", "alone", "under dialogue"],
        state: State::Approved,
    },
    Track {
        file: "halogen.m4a",
        title: "Halogen",
        artist: "Night Ferry 9",
        album: "Car Deck",
        writers: &[Writer {
            name: "Joss Tanqueray-Bell",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00005",
        genre: "Synthwave",
        comment: COMMENT,
        language: "zxx",
        bpm: 118,
        key: "F#m",
        rendition_of: None,
        added_by: "samir",
        added_at: "2026-01-22T16:48:00Z",
        why: "Bas's car. It starts on the frame you put it on and stops like a door, so it cuts itself.",
        moods: &["drive", "night", "neon", "momentum"],
        state: State::Approved,
    },
    Track {
        file: "shiomachi.m4a",
        title: "潮待ち",
        artist: "灯台組",
        album: "凪の手帖",
        writers: &[Writer {
            name: "Mio Harukaze",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00006",
        genre: "Chamber",
        comment: COMMENT,
        language: "zxx",
        bpm: 60,
        key: "D",
        rendition_of: None,
        added_by: "ottoline",
        added_at: "2026-01-28T22:03:00Z",
        why: "The title means waiting for the tide. Tove would own this record and never explain where she got it.",
        moods: &["stillness", "water", "age", "sparse"],
        state: State::Approved,
    },
    Track {
        file: "long-way.ogg",
        title: "The Long Way Round to Saying Sorry (Which Neither of Us Ever Quite Managed, Not Even at the Ferry)",
        artist: "The Amber Tidemark Trio",
        album: "After the Last Sitting",
        writers: &[
            Writer {
                name: "Cosmo Featherstow",
                role: "C",
                share: 60,
            },
            Writer {
                name: "Lottie Brackenbury-Shaw",
                role: "C",
                share: 40,
            },
        ],
        isrc: "QZ-NDR-26-00007",
        genre: "Jazz",
        comment: COMMENT,
        language: "zxx",
        bpm: 100,
        key: "Bb",
        rendition_of: None,
        added_by: "june",
        added_at: "2026-02-02T10:30:00Z",
        why: "For anyone being funny because they are not ready to be honest. The clarinet shrugs for them.",
        moods: &["wry", "evening", "kitchen", "source"],
        state: State::Approved,
    },
    Track {
        file: "ete.opus",
        title: "Été sans fin",
        artist: "Zoé Lacaillère & Les Marées",
        album: "Été sans fin",
        writers: &[Writer {
            name: "Zoé Lacaillère",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00008",
        genre: "Bossa nova",
        comment: COMMENT,
        language: "zxx",
        bpm: 132,
        key: "D",
        rendition_of: None,
        added_by: "june",
        added_at: "2026-02-02T10:41:00Z",
        why: "Summer remembered by people in two coats. Against grey paint and cold hands it is the best joke in the episode.",
        moods: &["sunny", "irony", "montage", "whistled"],
        state: State::Approved,
    },
    Track {
        file: "lantern.ogg",
        title: "Slow Lantern",
        artist: "Hollow Tern",
        album: "All the Lit Windows",
        writers: &[
            ALDERLEY,
            Writer {
                name: "Ruth Castleforth",
                role: "C",
                share: 50,
            },
        ],
        isrc: "QZ-NDR-26-00009",
        genre: "Post-rock",
        comment: COMMENT,
        language: "zxx",
        bpm: 56,
        key: "Am",
        rendition_of: None,
        added_by: "priya",
        added_at: "2026-02-09T13:15:00Z",
        why: "One guitar, then one more person, then the whole town. The lift at 1:10 is what a coast looks like when every lamp comes on.",
        moods: &["build", "hope", "wide", "finale"],
        state: State::Approved,
    },
    Track {
        file: "main-title.m4a",
        title: "Low Season (Main Title)",
        artist: "Wilf Alderlea",
        album: "Low Season: Themes",
        writers: &[Writer {
            name: "Wilf Alderlea",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00010",
        genre: "Score",
        comment: COMMENT,
        language: "zxx",
        bpm: 104,
        key: "Dm",
        rendition_of: None,
        added_by: "dev",
        added_at: "2026-02-11T08:55:00Z",
        why: "Our five notes. They fall a step and then reach, which is the whole show.",
        moods: &["title", "grand", "sea"],
        state: State::Approved,
    },
    Track {
        file: "paper-boats.wav",
        title: "Paper Boats",
        artist: "Hollow Tern",
        album: "All the Lit Windows",
        writers: &[Writer {
            name: "Ruth Castleforth",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00011",
        genre: "Music box",
        comment: COMMENT,
        language: "zxx",
        bpm: 126,
        key: "C",
        rendition_of: None,
        added_by: "samir",
        added_at: "2026-02-16T17:20:00Z",
        why: "Goes round for as long as you need it. Whenever Ida is eight years old for a second.",
        moods: &["childhood", "loop", "small"],
        state: State::Approved,
    },
    Track {
        file: "radio-halcyon.m4a",
        title: "Radio Halcyon, Half Past",
        artist: "Radio Halcyon",
        album: "Station Idents",
        writers: &[Writer {
            name: "Lottie Brackenbury-Shaw",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00012",
        genre: "Jingle",
        comment: COMMENT,
        language: "zxx",
        bpm: 138,
        key: "C",
        rendition_of: None,
        added_by: "samir",
        added_at: "2026-02-16T17:31:00Z",
        why: "Comes out of Tove's radio, never out of the screen. Already sounds like a shelf in a kitchen.",
        moods: &["source", "radio", "comic"],
        state: State::Approved,
    },
    Track {
        file: "ringtone.aiff",
        title: "Coastline (Ida's Ringtone)",
        artist: "The Pale Harbour Club",
        album: "Letters to a Closed Kiosk",
        writers: &[
            ALDERLEY,
            Writer {
                name: "Senna Quillfeather",
                role: "CA",
                share: 50,
            },
        ],
        isrc: "QZ-NDR-26-00013",
        genre: "Ringtone",
        comment: COMMENT,
        language: "zxx",
        bpm: 120,
        key: "G",
        rendition_of: None,
        added_by: "june",
        added_at: "2026-02-18T12:00:00Z",
        why: "Her telephone plays the chorus before anyone sings it. By the hut scene you know the tune and not why.",
        moods: &["source", "plant", "comic"],
        state: State::Approved,
    },
    Track {
        file: "four-bells.caf",
        title: "Four Bells, Changing",
        artist: "Ringers of St Ebba-on-the-Hill",
        album: "Station Idents",
        writers: &[Writer {
            name: "Lottie Brackenbury-Shaw",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00016",
        genre: "Bells",
        comment: COMMENT,
        language: "zxx",
        bpm: 172,
        key: "G",
        rendition_of: None,
        added_by: "samir",
        added_at: "2026-02-20T09:48:00Z",
        why: "The church up the hill, for a morning that wants to be forgiven. Lay it far away and let the wind have half of it.",
        moods: &["source", "morning", "village"],
        state: State::Approved,
    },
    Track {
        file: "undertow.ogg",
        title: "Undertow",
        artist: "Vessel & Vane",
        album: "Soundings",
        writers: &[
            Writer {
                name: "Joss Tanqueray-Bell",
                role: "C",
                share: 50,
            },
            Writer {
                name: "Mio Harukaze",
                role: "C",
                share: 50,
            },
        ],
        isrc: "QZ-NDR-26-00014",
        genre: "Ambient",
        comment: COMMENT,
        language: "zxx",
        bpm: 60,
        key: "Em",
        rendition_of: None,
        added_by: "samir",
        added_at: "2026-03-03T19:26:00Z",
        why: "If the ferry deck should frighten us before it turns. It goes over the edge at 1:04 and you want a cut exactly there.",
        moods: &["dread", "tension", "night", "sea"],
        state: State::Suggested,
    },
    Track {
        file: "kerosene.mp3",
        title: "Kerosene Heart",
        artist: "Brass Knuckle Picnic",
        album: "Four Teeth",
        writers: &[Writer {
            name: "Cosmo Featherstow",
            role: "C",
            share: 100,
        }],
        isrc: "QZ-NDR-26-00015",
        genre: "Punk",
        comment: COMMENT,
        language: "zxx",
        bpm: 168,
        key: "E",
        rendition_of: None,
        added_by: "june",
        added_at: "2026-03-05T15:09:00Z",
        why: "For the run into the sea: nobody who is that cold wants strings.",
        moods: &["loud", "run", "release"],
        state: State::Rejected(
            "Glorious, and it belongs to a different town. After the hut we have earned quiet; keep it for Bas in 206. (Ottoline)",
        ),
    },
];
