//! The scenes as they were drawn: shots, speech and sounds, before any cut is made of them.

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// Ida, nineteen, who keeps the hut.
    Ida,
    /// Wren, twenty, who went away.
    Wren,
    /// Tove, Ida's grandmother, who keeps the harbour lamp.
    Tove,
    /// Bas, who runs the ferry kiosk.
    Bas,
}

/// One spoken line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Frames from the scene's start.
    pub(crate) at: u32,
    /// Who says it.
    pub(crate) voice: Voice,
    /// What is said.
    pub(crate) text: &'static str,
}

/// A sound made on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Foley {
    /// A door with a latch and a dry hinge.
    Door,
    /// Four or five steps on boards.
    Steps,
    /// Steps running over shingle.
    Running,
    /// A ferry's horn.
    Horn,
    /// A small bell over a door.
    ShopBell,
    /// A brush with too much paint.
    Brush,
    /// A cup put down.
    Cup,
    /// Someone falling into the sea.
    Splash,
    /// A gull.
    Gull,
    /// A match, then a lamp.
    Lamp,
}

/// What a place sounds like when nobody does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ambience {
    /// Waves on shingle and some wind.
    Shore,
    /// A small room with the sea outside.
    Room,
    /// Wind, and an engine below.
    Deck,
    /// Waves close by, at night.
    Night,
}

/// A scene as it was drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// Number.
    pub(crate) number: &'static str,
    /// Heading, as in the script.
    pub(crate) heading: &'static str,
    /// What the scene is about and what it should feel like.
    pub(crate) intent: &'static str,
    /// Colour on the timeline.
    pub(crate) colour: &'static str,
    /// Reel its shots are on; eight characters at most.
    pub(crate) reel: &'static str,
    /// Length of each shot in frames. Shot n is the clip `203_<number>_<n as 010, 020 …>`.
    pub(crate) shots: &'static [u32],
    /// What it sounds like throughout.
    pub(crate) ambience: Ambience,
    /// What is said.
    pub(crate) lines: &'static [Line],
    /// What is heard besides: frames from the scene's start, and the sound.
    pub(crate) foley: &'static [(u32, Foley)],
}

impl Source {
    /// Length in frames.
    pub(crate) fn length(&self) -> u32 {
        self.shots.iter().sum()
    }

    /// First frame of a shot, from the scene's start. Shots count from 0.
    pub(crate) fn shot_start(&self, shot: usize) -> u32 {
        self.shots[..shot].iter().sum()
    }

    /// First used frame of a shot on its reel: reels start at 01:00:00:00, and every shot has a
    /// second of handle before and after it.
    pub(crate) fn source_in(&self, shot: usize) -> u32 {
        const HANDLE: u32 = 25;
        3600 * super::FPS + self.shot_start(shot) + HANDLE * (2 * shot as u32 + 1)
    }

    /// Name of a shot's clip.
    pub(crate) fn clip(&self, shot: usize) -> String {
        format!("203_{:0>3}_{:03}", self.number, (shot + 1) * 10)
    }
}

/// Frames of a time in seconds, written in hundredths so that no fraction is needed.
const fn f(hundredths: u32) -> u32 {
    hundredths * super::FPS / 100
}

const fn line(hundredths: u32, voice: Voice, text: &'static str) -> Line {
    Line {
        at: f(hundredths),
        voice,
        text,
    }
}

use Voice::{Bas, Ida, Tove, Wren};

/// Every scene there is, in story order.
pub(crate) const SOURCES: [Source; 9] = [
    Source {
        number: "1",
        heading: "EXT. SEA WALL - DAWN",
        intent: "Ida walks the wall of a town that has shut. She is counting days and would deny it. Cold, patient, a little funny.",
        colour: "blue",
        reel: "N203S001",
        shots: &[110, 90, 140, 75, 120, 115],
        ambience: Ambience::Shore,
        lines: &[
            line(500, Ida, "Three hundred and sixty four."),
            line(
                1050,
                Ida,
                "The town shuts on the first of October. Nobody tells the sea.",
            ),
        ],
        foley: &[
            (f(180), Foley::Gull),
            (f(820), Foley::Gull),
            (f(250), Foley::Steps),
            (f(1640), Foley::Gull),
        ],
    },
    Source {
        number: "4",
        heading: "INT. FERRY KIOSK - MORNING",
        intent: "Bas teases, Ida parries, and the coat gets mentioned. Banter that stops being banter. Warm room, cold news.",
        colour: "orange",
        reel: "N203S004",
        shots: &[100, 125, 125, 100, 125, 125, 100, 100],
        ambience: Ambience::Room,
        lines: &[
            line(220, Bas, "Two teas, one ticket, and a face like wet rope."),
            line(700, Ida, "It is the only face I packed."),
            line(
                1020,
                Bas,
                "The six o'clock is running. First one since the storm.",
            ),
            line(1520, Ida, "Who is on it?"),
            line(
                1760,
                Bas,
                "Could be anyone. Could be that boy with the coat.",
            ),
            line(
                2240,
                Ida,
                "He left his coat upon my line, Bas. A whole winter.",
            ),
            line(2810, Bas, "And you never took it down."),
            line(3160, Ida, "It might have rained."),
        ],
        foley: &[
            (f(90), Foley::ShopBell),
            (f(610), Foley::Cup),
            (f(2720), Foley::Cup),
            (f(3420), Foley::ShopBell),
        ],
    },
    Source {
        number: "7",
        heading: "EXT. SLIPWAY - DAY",
        intent: "They paint the hut and most of themselves. The only summer in the episode, and it is fake. Quick, silly, bright.",
        colour: "yellow",
        reel: "N203S007",
        shots: &[75, 60, 75, 65, 75, 75, 75, 75, 75],
        ambience: Ambience::Shore,
        lines: &[
            line(1820, Bas, "That is not the blue you asked for."),
            line(2180, Ida, "It is now."),
        ],
        foley: &[
            (f(140), Foley::Brush),
            (f(420), Foley::Brush),
            (f(700), Foley::Brush),
            (f(960), Foley::Splash),
            (f(1300), Foley::Brush),
            (f(1560), Foley::Gull),
        ],
    },
    Source {
        number: "9",
        heading: "INT. TOVE'S KITCHEN - EVENING",
        intent: "Tove says what a promise is, and lets Ida work out what hers costs. Love disguised as housekeeping. Still, then a push.",
        colour: "purple",
        reel: "N203S009",
        shots: &[150, 150, 225, 225, 100, 150, 100],
        ambience: Ambience::Room,
        lines: &[
            line(
                150,
                Tove,
                "You have painted the hut. You have swept the floor.",
            ),
            line(
                680,
                Ida,
                "I kept the key, I swept the floors. I said I would.",
            ),
            line(1310, Tove, "And what did he say?"),
            line(1620, Ida, "He said a year. He said he would come back."),
            line(2140, Tove, "A promise is only a light you leave on."),
            line(2580, Tove, "Somebody has to pay for the lamp."),
            line(3050, Ida, "Then I will pay."),
            line(
                3440,
                Tove,
                "Then go. Leave a light on. See who follows the coast home.",
            ),
        ],
        foley: &[
            (f(60), Foley::Cup),
            (f(1240), Foley::Cup),
            (f(2920), Foley::Lamp),
            (f(4150), Foley::Door),
        ],
    },
    Source {
        number: "10",
        heading: "EXT. FERRY DECK - DUSK",
        intent: "Wren rehearses an apology and is afraid the window will be dark. Fear first; then a light, and it turns over.",
        colour: "cyan",
        reel: "N203S010",
        shots: &[140, 150, 100, 160, 150],
        ambience: Ambience::Deck,
        lines: &[
            line(380, Wren, "Three lines. In a year, three lines."),
            line(800, Wren, "I am sorry. I am late. Is the light still on?"),
            line(1720, Wren, "There. Down the coast."),
            line(2160, Wren, "She left it on."),
        ],
        foley: &[
            (f(80), Foley::Horn),
            (f(1320), Foley::Gull),
            (f(2480), Foley::Horn),
        ],
    },
    Source {
        number: "12",
        heading: "INT. BEACH HUT - NIGHT",
        intent: "He kept his promise badly and she forgives him well. Everything that was not written down gets said, and then nobody needs to say anything: the first touch, and the chalk lines run out from their hands over the walls.",
        colour: "red",
        reel: "N203S012",
        shots: &[125, 100, 125, 150, 125, 125, 150, 125, 150, 125, 125, 125],
        ambience: Ambience::Night,
        lines: &[
            line(700, Ida, "You came back."),
            line(1050, Wren, "You left a light on."),
            line(1450, Ida, "You said you would. So I said I would."),
            line(1740, Wren, "I said a year."),
            line(2060, Ida, "You said a year and a day. I counted."),
            line(2540, Wren, "You kept my coat on the line."),
            line(
                3040,
                Ida,
                "I told the sea that you were mine. It did not argue.",
            ),
            line(3640, Wren, "I said your name the whole way over."),
            line(4880, Ida, "Say it now."),
            line(5240, Wren, "Ida."),
            line(5640, Ida, "Promise?"),
            line(5850, Wren, "Promise."),
        ],
        foley: &[
            (f(280), Foley::Door),
            (f(440), Foley::Steps),
            (f(3960), Foley::Steps),
            (f(4400), Foley::Lamp),
        ],
    },
    Source {
        number: "13",
        heading: "EXT. SHORE - NIGHT",
        intent: "They run into a freezing sea because there is nowhere else to put it. Then the water lights up, and they are quiet. Release, then awe.",
        colour: "green",
        reel: "N203S013",
        shots: &[75, 125, 125, 100, 125, 125, 125],
        ambience: Ambience::Shore,
        lines: &[
            line(300, Ida, "It is freezing!"),
            line(520, Wren, "You said that it was warm!"),
            line(820, Ida, "I said that it was the sea!"),
            line(2340, Wren, "Look. The whole coast is lit."),
        ],
        foley: &[
            (f(40), Foley::Running),
            (f(1130), Foley::Splash),
            (f(1220), Foley::Splash),
        ],
    },
    Source {
        number: "14",
        heading: "EXT. HARBOUR - NIGHT",
        intent: "Two people who will never mention it watch one window. Dry, tender, short.",
        colour: "magenta",
        reel: "N203S014",
        shots: &[150, 125, 175],
        ambience: Ambience::Night,
        lines: &[
            line(200, Bas, "There. In the window. Do you see it?"),
            line(640, Tove, "I see it. I have been paying for it."),
            line(1180, Bas, "And you came all this way to look."),
        ],
        foley: &[(f(60), Foley::Steps), (f(1560), Foley::Horn)],
    },
    Source {
        number: "15",
        heading: "EXT. SEA WALL - DAWN",
        intent: "The same wall, one more person on it. Nothing has changed except everything. Let it be plain.",
        colour: "blue",
        reel: "N203S015",
        shots: &[140, 120, 160, 130, 150],
        ambience: Ambience::Shore,
        lines: &[
            line(340, Bas, "Two teas?"),
            line(580, Ida, "Two teas."),
            line(1060, Tove, "Then somebody can turn that lamp off."),
            line(1560, Ida, "Leave it on."),
        ],
        foley: &[
            (f(120), Foley::Gull),
            (f(480), Foley::Cup),
            (f(1420), Foley::Gull),
            (f(2000), Foley::Gull),
        ],
    },
];
