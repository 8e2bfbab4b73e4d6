//! How facts are written.

use crate::model::ClearanceState;
use crate::model::Function;
use crate::model::Measured;
use crate::model::Media;
use crate::model::MusicOrigin;
use crate::model::PoolState;
use crate::model::PublisherRole;
use crate::model::RenditionKind;
use crate::model::Role;
use crate::model::Sight;
use crate::model::Voice;
use crate::model::Weight;
use crate::time::Samples;
use crate::ui::widgets::length_text;

/// The version of the measuring that first looked for singing.
const SINGING_SINCE: u32 = 4;
/// How many stretches of singing are written out.
const MOST_STRETCHES: usize = 3;

/// “WAV, PCM 24”.
pub(super) fn format(media: &Media) -> String {
    match (media.container.as_str(), media.codec.as_str()) {
        ("", codec) => codec.to_owned(),
        (container, "") => container.to_owned(),
        (container, codec) if container == codec => container.to_owned(),
        (container, codec) => format!("{container}, {codec}"),
    }
}

/// “48 kHz, stereo”.
pub(super) fn sampling(media: &Media) -> String {
    let channels = match media.channels {
        1 => "mono".to_owned(),
        2 => "stereo".to_owned(),
        6 => "5.1".to_owned(),
        n => format!("{n} channels"),
    };
    let hertz = media.rate.get();
    let rate = if hertz.is_multiple_of(1000) {
        format!("{} kHz", hertz / 1000)
    } else {
        format!("{:.1} kHz", f64::from(hertz) / 1000.0)
    };
    format!("{rate}, {channels}")
}

/// What was taken off both ends, if anything was: “1105 samples of encoder delay, 431 of padding
/// trimmed”.
pub(super) fn trims(media: &Media) -> Option<String> {
    let (start, end) = (media.trimmed_start, media.trimmed_end);
    match (start > Samples::ZERO, end > Samples::ZERO) {
        (false, false) => None,
        (true, false) => Some(format!("{} samples of encoder delay trimmed", start.get())),
        (false, true) => Some(format!("{} samples of padding trimmed", end.get())),
        (true, true) => Some(format!(
            "{} samples of encoder delay, {} of padding trimmed",
            start.get(),
            end.get()
        )),
    }
}

/// “−14.2 LUFS, −0.8 dBTP”.
pub(super) fn loudness(measured: &Measured) -> String {
    let Some(loudness) = measured.loudness else {
        return "Not measured yet".to_owned();
    };
    match measured.true_peak {
        Some(peak) => {
            let peak = peak.to_string().replace(" dB", " dBTP");
            format!("{loudness}, {peak}")
        }
        None => loudness.to_string(),
    }
}

/// “≈ 0:22–1:40, 2:05–2:50”, “≈ none” or “not sure”; nothing for what was measured before singing was
/// looked for.
pub(super) fn singing(measured: &Measured) -> Option<String> {
    let Some(singing) = &measured.singing else {
        return (measured.version >= SINGING_SINCE).then(|| "not sure".to_owned());
    };
    if !singing.is_sung() {
        return Some("≈ none".to_owned());
    }
    let stretches = singing.stretches.iter();
    let mut shown: Vec<String> = stretches
        .take(MOST_STRETCHES)
        .map(|(from, to)| format!("{}–{}", length_text(*from), length_text(*to)))
        .collect();
    let more = singing.stretches.len() - shown.len();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    Some(format!("≈ {}", shown.join(", ")))
}

/// The states of the pool, with their names.
pub(super) const POOL_STATES: [(PoolState, &str); 4] = [
    (PoolState::Suggested, "Suggested"),
    (PoolState::Approved, "Approved"),
    (PoolState::Rejected, "Rejected"),
    (PoolState::Retired, "Retired"),
];

/// The states of clearance, with their names.
pub(super) const CLEARANCES: [(ClearanceState, &str); 7] = [
    (ClearanceState::NotStarted, "Not started"),
    (ClearanceState::Requested, "Requested"),
    (ClearanceState::Quoted, "Quoted"),
    (ClearanceState::Approved, "Approved"),
    (ClearanceState::Confirmed, "Confirmed"),
    (ClearanceState::Licensed, "Licensed"),
    (ClearanceState::Denied, "Denied"),
];

/// What writers do, with the letters of cue sheets.
pub(super) const ROLES: [(Role, &str); 6] = [
    (Role::ComposerAuthor, "CA  words and music"),
    (Role::Composer, "C  music"),
    (Role::Author, "A  words"),
    (Role::Arranger, "AR  arrangement"),
    (Role::Adapter, "AD  new words"),
    (Role::Translator, "TR  translation"),
];

/// What publishers are to a work, with the letters of cue sheets.
pub(super) const PUBLISHERS: [(PublisherRole, &str); 3] = [
    (PublisherRole::Original, "E  publisher"),
    (PublisherRole::Sub, "SE  sub-publisher"),
    (PublisherRole::Administrator, "AM  administrator"),
];

/// Where music comes from.
pub(super) const ORIGINS: [(Option<MusicOrigin>, &str); 5] = [
    (None, "Not said"),
    (Some(MusicOrigin::Commercial), "Commercial recording"),
    (Some(MusicOrigin::Library), "Library music"),
    (Some(MusicOrigin::Commissioned), "Specially commissioned"),
    (Some(MusicOrigin::Live), "Live performance"),
];

/// What music is to the programme.
pub(super) const FUNCTIONS: [(Option<Function>, &str); 7] = [
    (None, "Not said"),
    (Some(Function::Background), "Background"),
    (Some(Function::Featured), "Featured"),
    (Some(Function::OpeningTheme), "Opening theme"),
    (Some(Function::ClosingTheme), "Closing theme"),
    (Some(Function::Theme), "Theme"),
    (Some(Function::Logo), "Logo"),
];

/// What is seen of it.
pub(super) const SIGHTS: [(Option<Sight>, &str); 4] = [
    (None, "Not said"),
    (Some(Sight::Unseen), "Nothing"),
    (Some(Sight::Performers), "Performers"),
    (Some(Sight::Source), "Its source"),
];

/// Whether it is sung.
pub(super) const VOICES: [(Option<Voice>, &str); 3] = [
    (None, "As heard"),
    (Some(Voice::Instrumental), "Instrumental"),
    (Some(Voice::Vocal), "Vocal"),
];

/// Kinds of renditions, with their names.
pub(super) const KINDS: [(RenditionKind, &str); 5] = [
    (RenditionKind::Instrumental, "Instrumental"),
    (RenditionKind::Clean, "Clean version"),
    (RenditionKind::Cutdown, "Cutdown"),
    (RenditionKind::Stem, "Stem"),
    (RenditionKind::Other, "Other version"),
];

/// The name of a kind of rendition.
pub(super) fn kind(kind: RenditionKind) -> &'static str {
    let named = KINDS.iter().find(|(known, _)| *known == kind);
    named.map_or("", |(_, name)| name)
}

/// How much hit points matter.
pub(super) const WEIGHTS: [(Weight, &str); 3] = [
    (Weight::Light, "Light"),
    (Weight::Medium, "Medium"),
    (Weight::Heavy, "Heavy"),
];
