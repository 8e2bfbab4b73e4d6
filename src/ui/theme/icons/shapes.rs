//! What each icon is made of, on a grid of 16 by 16 whose origin is the top left corner.

use super::Icon;

type Point = (f32, f32);

/// One shape of an icon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// An open line with round ends.
    Line(&'static [Point]),
    /// A closed line.
    Outline(&'static [Point]),
    /// A filled convex polygon, clockwise.
    Fill(&'static [Point]),
    /// A filled upright rectangle, kept on whole pixels.
    Bar(Point, Point),
    /// A circle's line.
    Ring(Point, f32),
    /// A filled circle.
    Dot(Point, f32),
    /// A part of a circle's line, clockwise, in degrees from three o'clock.
    Arc(Point, f32, f32, f32),
}

use Part::Arc;
use Part::Bar;
use Part::Dot;
use Part::Fill;
use Part::Line;
use Part::Outline;
use Part::Ring;

const SPEAKER_BODY: Part = Fill(&[(2.0, 6.0), (4.5, 6.0), (4.5, 10.0), (2.0, 10.0)]);
const SPEAKER_CONE: Part = Fill(&[(4.2, 6.0), (8.0, 3.0), (8.0, 13.0), (4.2, 10.0)]);
const EYE_TOP: Part = Arc((8.0, 12.4), 8.0, 214.0, 326.0);
const EYE_BOTTOM: Part = Arc((8.0, 3.6), 8.0, 34.0, 146.0);
const TRIANGLE: Part = Outline(&[(8.0, 2.4), (14.4, 13.4), (1.6, 13.4)]);

/// The shapes of an icon.
pub(super) fn parts(icon: Icon) -> &'static [Part] {
    match icon {
        Icon::Play
        | Icon::Pause
        | Icon::Stop
        | Icon::Loop
        | Icon::SkipBack
        | Icon::SkipForward
        | Icon::Speaker
        | Icon::Mute => transport(icon),
        Icon::Flag
        | Icon::HitPoint
        | Icon::Pin
        | Icon::Scene
        | Icon::Note
        | Icon::Waveform
        | Icon::People
        | Icon::Headphones
        | Icon::Star => subject(icon),
        Icon::Warning
        | Icon::Error
        | Icon::Info
        | Icon::Check
        | Icon::Lock
        | Icon::Link
        | Icon::Eye
        | Icon::EyeOff => state(icon),
        _ => command(icon),
    }
}

fn transport(icon: Icon) -> &'static [Part] {
    match icon {
        Icon::Pause => &[Bar((4.0, 3.0), (7.0, 13.0)), Bar((9.0, 3.0), (12.0, 13.0))],
        Icon::Stop => &[Bar((3.5, 3.5), (12.5, 12.5))],
        Icon::Loop => &[
            Arc((5.5, 8.5), 3.5, 90.0, 270.0),
            Line(&[(5.5, 5.0), (11.4, 5.0)]),
            Arc((10.5, 8.5), 3.5, -60.0, 90.0),
            Line(&[(10.5, 12.0), (5.5, 12.0)]),
            Line(&[(9.2, 2.6), (11.6, 5.0), (9.2, 7.4)]),
        ],
        Icon::SkipBack => &[
            Bar((3.0, 3.0), (5.0, 13.0)),
            Fill(&[(13.0, 3.0), (13.0, 13.0), (5.5, 8.0)]),
        ],
        Icon::SkipForward => &[
            Bar((11.0, 3.0), (13.0, 13.0)),
            Fill(&[(3.0, 3.0), (10.5, 8.0), (3.0, 13.0)]),
        ],
        Icon::Speaker => &[
            SPEAKER_BODY,
            SPEAKER_CONE,
            Arc((8.0, 8.0), 3.0, -45.0, 45.0),
            Arc((8.0, 8.0), 5.8, -50.0, 50.0),
        ],
        Icon::Mute => &[
            SPEAKER_BODY,
            SPEAKER_CONE,
            Line(&[(10.2, 6.0), (14.2, 10.0)]),
            Line(&[(14.2, 6.0), (10.2, 10.0)]),
        ],
        _ => &[Fill(&[(4.0, 2.6), (13.4, 8.0), (4.0, 13.4)])],
    }
}

fn subject(icon: Icon) -> &'static [Part] {
    match icon {
        Icon::HitPoint => &[Fill(&[(8.0, 2.0), (14.0, 8.0), (8.0, 14.0), (2.0, 8.0)])],
        Icon::Pin => &[
            Line(&[(5.2, 2.2), (10.8, 2.2)]),
            Line(&[
                (6.2, 2.4),
                (5.8, 7.0),
                (3.6, 9.4),
                (12.4, 9.4),
                (10.2, 7.0),
                (9.8, 2.4),
            ]),
            Line(&[(8.0, 9.6), (8.0, 14.2)]),
        ],
        Icon::Scene => &[
            Outline(&[(2.0, 7.0), (14.0, 7.0), (14.0, 13.4), (2.0, 13.4)]),
            Line(&[(2.2, 5.4), (13.6, 2.4)]),
            Line(&[(5.0, 4.6), (6.4, 6.8)]),
            Line(&[(9.0, 3.6), (10.4, 6.8)]),
        ],
        Icon::Note => &[
            Dot((4.6, 12.0), 2.2),
            Dot((11.6, 10.6), 2.2),
            Line(&[(6.2, 12.0), (6.2, 3.8), (13.2, 2.4), (13.2, 10.6)]),
        ],
        Icon::Waveform => &[
            Line(&[(2.0, 7.0), (2.0, 9.0)]),
            Line(&[(5.0, 4.5), (5.0, 11.5)]),
            Line(&[(8.0, 2.5), (8.0, 13.5)]),
            Line(&[(11.0, 5.5), (11.0, 10.5)]),
            Line(&[(14.0, 7.0), (14.0, 9.0)]),
        ],
        Icon::People => &[
            Ring((6.0, 5.2), 2.5),
            Arc((6.0, 13.8), 4.4, 180.0, 360.0),
            Arc((10.4, 5.2), 2.5, -70.0, 70.0),
            Arc((10.2, 13.8), 4.4, -62.0, 0.0),
        ],
        Icon::Headphones => &[
            Arc((8.0, 8.6), 5.6, 180.0, 360.0),
            Fill(&[(1.8, 8.6), (4.8, 8.6), (4.8, 13.4), (1.8, 13.4)]),
            Fill(&[(11.2, 8.6), (14.2, 8.6), (14.2, 13.4), (11.2, 13.4)]),
        ],
        Icon::Star => &[Outline(&[
            (8.0, 1.9),
            (9.85, 5.65),
            (14.0, 6.25),
            (11.0, 9.2),
            (11.7, 13.3),
            (8.0, 11.35),
            (4.3, 13.3),
            (5.0, 9.2),
            (2.0, 6.25),
            (6.15, 5.65),
        ])],
        _ => &[
            Line(&[(3.6, 2.0), (3.6, 14.2)]),
            Fill(&[
                (3.6, 2.2),
                (13.4, 2.2),
                (10.8, 5.6),
                (13.4, 9.0),
                (3.6, 9.0),
            ]),
        ],
    }
}

fn state(icon: Icon) -> &'static [Part] {
    match icon {
        Icon::Warning => &[
            TRIANGLE,
            Line(&[(8.0, 6.6), (8.0, 9.2)]),
            Dot((8.0, 11.3), 0.85),
        ],
        Icon::Error => &[
            Ring((8.0, 8.0), 6.0),
            Line(&[(8.0, 4.9), (8.0, 8.4)]),
            Dot((8.0, 10.9), 0.85),
        ],
        Icon::Info => &[
            Ring((8.0, 8.0), 6.0),
            Line(&[(8.0, 7.6), (8.0, 11.1)]),
            Dot((8.0, 5.1), 0.85),
        ],
        Icon::Lock => &[
            Fill(&[(3.4, 7.4), (12.6, 7.4), (12.6, 13.6), (3.4, 13.6)]),
            Line(&[(5.2, 7.4), (5.2, 5.2)]),
            Arc((8.0, 5.2), 2.8, 180.0, 360.0),
            Line(&[(10.8, 5.2), (10.8, 7.4)]),
        ],
        Icon::Link => &[
            Arc((5.0, 8.0), 3.0, 90.0, 270.0),
            Line(&[(5.0, 5.0), (6.6, 5.0)]),
            Line(&[(5.0, 11.0), (6.6, 11.0)]),
            Arc((11.0, 8.0), 3.0, -90.0, 90.0),
            Line(&[(11.0, 5.0), (9.4, 5.0)]),
            Line(&[(11.0, 11.0), (9.4, 11.0)]),
            Line(&[(5.6, 8.0), (10.4, 8.0)]),
        ],
        Icon::Eye => &[EYE_TOP, EYE_BOTTOM, Dot((8.0, 8.0), 2.1)],
        Icon::EyeOff => &[EYE_TOP, EYE_BOTTOM, Line(&[(3.0, 13.0), (13.0, 3.0)])],
        _ => &[Line(&[(3.0, 8.4), (6.4, 11.8), (13.0, 4.4)])],
    }
}

fn command(icon: Icon) -> &'static [Part] {
    match icon {
        Icon::Folder => &[Outline(&[
            (2.0, 3.4),
            (6.2, 3.4),
            (7.8, 5.2),
            (14.0, 5.2),
            (14.0, 12.8),
            (2.0, 12.8),
        ])],
        Icon::Search => &[Ring((6.8, 6.8), 4.4), Line(&[(10.1, 10.1), (13.8, 13.8)])],
        Icon::Close => &[
            Line(&[(4.0, 4.0), (12.0, 12.0)]),
            Line(&[(12.0, 4.0), (4.0, 12.0)]),
        ],
        Icon::ChevronRight => &[Line(&[(6.2, 4.0), (10.2, 8.0), (6.2, 12.0)])],
        Icon::ChevronDown => &[Line(&[(4.0, 6.2), (8.0, 10.2), (12.0, 6.2)])],
        Icon::ChevronLeft => &[Line(&[(9.8, 4.0), (5.8, 8.0), (9.8, 12.0)])],
        Icon::ChevronUp => &[Line(&[(4.0, 9.8), (8.0, 5.8), (12.0, 9.8)])],
        Icon::Settings => &[
            Line(&[(2.0, 4.6), (7.4, 4.6)]),
            Ring((9.4, 4.6), 2.0),
            Line(&[(11.4, 4.6), (14.0, 4.6)]),
            Line(&[(2.0, 11.4), (4.6, 11.4)]),
            Ring((6.6, 11.4), 2.0),
            Line(&[(8.6, 11.4), (14.0, 11.4)]),
        ],
        Icon::Undo => &[
            Line(&[(6.0, 3.0), (2.8, 6.2), (6.0, 9.4)]),
            Line(&[(2.8, 6.2), (9.8, 6.2)]),
            Arc((9.8, 9.7), 3.5, -90.0, 90.0),
            Line(&[(9.8, 13.2), (6.4, 13.2)]),
        ],
        Icon::Redo => &[
            Line(&[(10.0, 3.0), (13.2, 6.2), (10.0, 9.4)]),
            Line(&[(13.2, 6.2), (6.2, 6.2)]),
            Arc((6.2, 9.7), 3.5, 90.0, 270.0),
            Line(&[(6.2, 13.2), (9.6, 13.2)]),
        ],
        Icon::Table => &[
            Outline(&[(2.5, 3.5), (13.5, 3.5), (13.5, 12.5), (2.5, 12.5)]),
            Line(&[(2.5, 6.5), (13.5, 6.5)]),
            Line(&[(6.5, 3.5), (6.5, 12.5)]),
        ],
        Icon::Handle => &[
            Dot((6.0, 4.0), 1.1),
            Dot((10.0, 4.0), 1.1),
            Dot((6.0, 8.0), 1.1),
            Dot((10.0, 8.0), 1.1),
            Dot((6.0, 12.0), 1.1),
            Dot((10.0, 12.0), 1.1),
        ],
        Icon::More => &[
            Dot((3.4, 8.0), 1.3),
            Dot((8.0, 8.0), 1.3),
            Dot((12.6, 8.0), 1.3),
        ],
        Icon::Trash => &[
            Line(&[(2.6, 4.4), (13.4, 4.4)]),
            Line(&[(6.2, 4.2), (6.2, 2.4), (9.8, 2.4), (9.8, 4.2)]),
            Line(&[(4.0, 4.4), (4.7, 13.6), (11.3, 13.6), (12.0, 4.4)]),
        ],
        _ => &[
            Line(&[(8.0, 3.0), (8.0, 13.0)]),
            Line(&[(3.0, 8.0), (13.0, 8.0)]),
        ],
    }
}
