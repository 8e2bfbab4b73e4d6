//! What editing systems are given of an episode: its music in place, its markers, its scenes.
//!
//! Each format is one module with one function that takes a [`Programme`] and gives bytes; what the
//! format cannot carry goes into the [`WriteReport`]. A list that holds too little for a whole
//! episode becomes several files.

mod address;
mod ascii;
mod avid;
mod cmx3600;
mod fcpxml;
mod grid;
mod marker_csv;
mod notes;
mod otio;
mod report;
mod resolve_markers;
mod xmeml;
mod xml;

pub use fcpxml::{FcpxmlVersion, UnknownVersion};
pub use notes::What;
pub use report::{Remark, WriteReport};

use crate::model::Programme;

/// A file format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimelineFormat {
    /// `OpenTimelineIO`: everything, the alternates included.
    Otio,
    /// Final Cut Pro, and whoever reads its files.
    Fcpxml,
    /// Final Cut Pro 7, Premiere Pro, and many others.
    Xmeml,
    /// Edit decision lists of the sound, one for each pair of channels.
    Cmx3600,
    /// Markers for a `DaVinci` Resolve timeline.
    ResolveMarkers,
    /// Markers for Avid Media Composer.
    AvidMarkers,
    /// A table, which this program reads back.
    MarkerCsv,
}

impl TimelineFormat {
    /// All of them: those that hold music first.
    pub const ALL: [Self; 7] = [
        Self::Otio,
        Self::Fcpxml,
        Self::Xmeml,
        Self::Cmx3600,
        Self::ResolveMarkers,
        Self::AvidMarkers,
        Self::MarkerCsv,
    ];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Otio => "OpenTimelineIO",
            Self::Fcpxml => "Final Cut Pro XML",
            Self::Xmeml => "Final Cut Pro 7 XML",
            Self::Cmx3600 => "CMX 3600 EDL",
            Self::ResolveMarkers => "Resolve marker EDL",
            Self::AvidMarkers => "Avid marker text",
            Self::MarkerCsv => "marker table",
        }
    }

    /// The ending of its files' names, in lower case.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Otio => "otio",
            Self::Fcpxml => "fcpxml",
            Self::Xmeml => "xml",
            Self::Cmx3600 | Self::ResolveMarkers => "edl",
            Self::AvidMarkers => "txt",
            Self::MarkerCsv => "csv",
        }
    }

    /// Whether it holds the music; the others hold nothing but a list of places.
    pub const fn holds_music(self) -> bool {
        match self {
            Self::Otio | Self::Fcpxml | Self::Xmeml | Self::Cmx3600 => true,
            Self::ResolveMarkers | Self::AvidMarkers | Self::MarkerCsv => false,
        }
    }
}

/// How to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// What a list of places holds. Where nothing is said, a table holds everything and the others
    /// hold the markers. Formats that hold music hold markers and scenes besides, whatever is said.
    pub what: Option<What>,
    /// Which version of Final Cut Pro's format.
    pub fcpxml: FcpxmlVersion,
}

/// An episode as files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files: one, or several where one of this format cannot hold it all.
    pub files: Vec<OutFile>,
    /// What the format could not carry.
    pub report: WriteReport,
}

/// One file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutFile {
    /// What is put behind the name that was chosen, before its ending; nothing for the only one.
    pub suffix: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Writes a programme.
pub fn write(format: TimelineFormat, programme: &Programme, options: &WriteOptions) -> Written {
    let mut report = WriteReport::default();
    let one = |text: String| {
        vec![OutFile {
            suffix: String::new(),
            bytes: text.into_bytes(),
        }]
    };
    let what = options.what;
    if format.holds_music() {
        report.note_left_out(programme);
    }
    let files = match format {
        TimelineFormat::Otio => one(otio::write(programme, &mut report)),
        TimelineFormat::Fcpxml => one(fcpxml::write(programme, options.fcpxml, &mut report)),
        TimelineFormat::Xmeml => one(xmeml::write(programme, &mut report)),
        TimelineFormat::Cmx3600 => cmx3600::write(programme, &mut report),
        TimelineFormat::ResolveMarkers => {
            let what = what.unwrap_or_default();
            one(resolve_markers::write(programme, what, &mut report))
        }
        TimelineFormat::AvidMarkers => {
            let what = what.unwrap_or_default();
            one(avid::write(programme, what, &mut report))
        }
        TimelineFormat::MarkerCsv => one(marker_csv::write(programme, what, &mut report)),
    };
    Written { files, report }
}

#[cfg(test)]
mod made;
#[cfg(test)]
mod tests;
