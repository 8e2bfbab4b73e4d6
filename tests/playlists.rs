//! Playlists of each format, as they are written in the wild, against what must be read from them;
//! and how much work any of them can make.
//!
//! The files in `fixtures/playlists` were written for this project. `UPDATE_GOLDEN=1` rewrites the
//! expected texts beside them, to be reviewed in the diff.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use needledrop::interchange::MAX_ENTRIES;
use needledrop::interchange::MAX_WARNINGS;
use needledrop::interchange::Report;
use needledrop::interchange::playlist::ListFormat;
use needledrop::interchange::playlist::Playlist;
use needledrop::interchange::playlist::PlaylistError;
use needledrop::interchange::playlist::PlaylistFormat;
use needledrop::interchange::playlist::detect;
use needledrop::interchange::playlist::read;
use needledrop::interchange::playlist::write;
use needledrop::time::Ticks;

const FIXTURES: [(&str, PlaylistFormat); 10] = [
    ("latin1_crlf.m3u", PlaylistFormat::M3u),
    ("vlc.m3u8", PlaylistFormat::M3u),
    ("radio.pls", PlaylistFormat::Pls),
    ("beach.xspf", PlaylistFormat::Xspf),
    ("library.xml", PlaylistFormat::Itunes),
    ("rekordbox.xml", PlaylistFormat::Rekordbox),
    ("traktor.nml", PlaylistFormat::Traktor),
    ("exportify_all_quoted.csv", PlaylistFormat::Table),
    ("exportify_plain.csv", PlaylistFormat::Table),
    ("licht_liste.csv", PlaylistFormat::Table),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/playlists")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect("the fixture is part of the project")
}

/// Everything that was read, one thing a line.
fn written_out(lists: &[Playlist], report: &Report) -> String {
    let mut text = String::new();
    let mut line = |content: String| {
        writeln!(text, "{}", content.trim_end()).expect("a string takes all that is written");
    };
    for list in lists {
        line(format!("list {}", list.title));
        for entry in &list.entries {
            let secs = entry.length.map(Ticks::to_secs_f64);
            line(format!(
                "{}: {} | {} | {} | {} | {} s | {} | {} bpm | {} | {} | {} | {}",
                entry.line,
                entry.place,
                entry.title.escape_debug(),
                entry.artist,
                entry.album,
                secs.map_or("-".to_owned(), |secs| format!("{secs:.3}")),
                entry.isrc,
                entry.bpm.map_or("-".to_owned(), |bpm| bpm.to_string()),
                entry.year.map_or("-".to_owned(), |year| year.to_string()),
                entry.genre,
                entry.label,
                entry.comment.escape_debug(),
            ));
        }
    }
    for warning in report.warnings() {
        line(format!("! {warning}"));
    }
    text
}

#[test]
fn every_fixture_is_read_as_expected() {
    for (name, format) in FIXTURES {
        let bytes = fixture(name);
        assert_eq!(detect(&bytes, None), Some(format), "{name}");
        let (lists, report) = read(format, &bytes).expect(name);
        let found = written_out(&lists, &report);
        let golden = folder().join(format!("{name}.expected"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &found).expect("it can be written");
        }
        let expected = fs::read_to_string(&golden).expect("it is part of the project");
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_every_fixture_says_survives_being_written() {
    for (name, format) in FIXTURES {
        let (lists, _) = read(format, &fixture(name)).expect(name);
        for list in &lists {
            for format in ListFormat::ALL {
                let written = write(format, list);
                if written.n_written == 0 {
                    continue;
                }
                let read_as = detect(&written.bytes, Some("a.m3u8")).expect(name);
                let (back, report) = read(read_as, &written.bytes).expect(name);
                assert!(report.is_clean(), "{name}: {:?}", report.warnings());
                assert_eq!(back[0].entries.len(), written.n_written, "{name}");
            }
        }
    }
}

#[test]
fn a_list_without_end_is_taken_as_far_as_lists_go() {
    let n = MAX_ENTRIES + MAX_WARNINGS + 10;
    let m3u = "#EXTINF:1,a\na.mp3\n".repeat(n);
    let mut pls = "[playlist]\n".to_owned();
    let mut table = "Title,Artist\n".to_owned();
    for n in 0..n {
        writeln!(pls, "File{n}=a.mp3").expect("a string takes all that is written");
        table.push_str("a,b\n");
    }
    for (format, text) in [
        (PlaylistFormat::M3u, m3u),
        (PlaylistFormat::Pls, pls),
        (PlaylistFormat::Table, table),
    ] {
        let (lists, report) = read(format, text.as_bytes()).expect("it can be read");
        assert_eq!(lists[0].entries.len(), MAX_ENTRIES, "{format}");
        let last = report.warnings().last().expect("it is told").to_string();
        assert!(last.contains("goes on"), "{last}");
    }
}

#[test]
fn a_library_of_broken_references_is_told_of_in_bounds() {
    let keys = "<TRACK Key=\"9\"/>".repeat(MAX_WARNINGS + 10);
    let text = format!(
        "<DJ_PLAYLISTS><COLLECTION><TRACK TrackID=\"1\" Name=\"a\"/></COLLECTION><PLAYLISTS>\
         <NODE Type=\"1\">{}</NODE></PLAYLISTS></DJ_PLAYLISTS>",
        keys.replace("/>", "/>\n")
    );
    let (lists, report) = read(PlaylistFormat::Rekordbox, text.as_bytes()).expect("it can be read");
    assert_eq!(lists[0].entries.len(), 1);
    assert_eq!(report.warnings().len(), MAX_WARNINGS);
    assert_eq!(report.n_further(), 10);
}

#[test]
fn a_document_inside_itself_is_no_more_work_than_its_text() {
    let deep = format!(
        "<playlist><trackList>{}{}</trackList></playlist>",
        "<track>".repeat(200_000),
        "</track>".repeat(200_000)
    );
    let refused = read(PlaylistFormat::Xspf, deep.as_bytes());
    assert!(matches!(refused, Err(PlaylistError::Empty { .. })));
    let spaces: String = "<a xmlns:b='c'>".repeat(2_000);
    let refused = read(PlaylistFormat::Xspf, spaces.as_bytes());
    assert!(matches!(refused, Err(PlaylistError::NotXml { .. })));
}
