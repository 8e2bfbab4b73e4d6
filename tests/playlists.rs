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
use needledrop::interchange::TableFile;
use needledrop::interchange::playlist::ListFormat;
use needledrop::interchange::playlist::Mapping;
use needledrop::interchange::playlist::Playlist;
use needledrop::interchange::playlist::PlaylistError;
use needledrop::interchange::playlist::PlaylistFormat;
use needledrop::interchange::playlist::detect;
use needledrop::interchange::playlist::read;
use needledrop::interchange::playlist::read_table;
use needledrop::interchange::playlist::write;
use needledrop::time::Ticks;
use proptest::prelude::*;

const FIXTURES: [(&str, PlaylistFormat); 11] = [
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
    ("songs.xlsx", PlaylistFormat::Workbook),
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
        line(format!("list {}", list.full_name()));
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
            let writers = entry.writers.iter();
            let writers = writers.map(|writer| format!("{} {}", writer.name, writer.role.code()));
            let more = [
                ("writers", writers.collect::<Vec<_>>().join(", ")),
                ("publisher", entry.publisher.clone()),
                ("key", entry.key.clone()),
                ("why", entry.why.clone()),
                ("tags", entry.tags.join(", ")),
                (
                    "state",
                    entry.state.map_or(String::new(), |it| it.to_string()),
                ),
            ];
            for (name, said) in more.into_iter().filter(|(_, said)| !said.is_empty()) {
                line(format!("    {name}: {said}"));
            }
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

#[test]
fn a_list_of_a_library_is_called_by_its_folders_too() {
    let (lists, _) = read(PlaylistFormat::Rekordbox, &fixture("rekordbox.xml")).expect("it is one");
    let names: Vec<String> = lists.iter().map(Playlist::full_name).collect();
    assert_eq!(names, ["Show / Chase"]);
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    // A part that is packed a thousand times smaller than it is.
    let mut folder = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let part = zip::write::SimpleFileOptions::default();
    folder
        .start_file("xl/workbook.xml", part)
        .expect("it can be begun");
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..160 {
        std::io::Write::write_all(&mut folder, &blanks).expect("it can be written");
    }
    let bytes = folder.finish().expect("it can be ended").into_inner();
    assert!(bytes.len() < 1 << 20);
    let refused = read(PlaylistFormat::Workbook, &bytes);
    let Err(PlaylistError::BadWorkbook(why)) = refused else {
        panic!("it was read: {refused:?}");
    };
    assert!(why.contains("unpacks to more"), "{why}");
}

/// The parts of a workbook, packed again with one of them changed.
fn with_part(name: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let bytes = fixture("songs.xlsx");
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is packed");
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..from.len() {
        let mut part = from.by_index(n).expect("it is there");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).expect("it can be read");
        let part_name = part.name().expect("it is text").into_owned();
        if part_name == name {
            content = change(content);
        }
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(part_name, options).expect("it can be begun");
        std::io::Write::write_all(&mut to, &content).expect("it can be written");
    }
    to.finish().expect("it can be ended").into_inner()
}

/// A file as it came from somebody's disk: cut off, or with some bytes changed.
fn damaged(
    bytes: &[u8],
    cut: prop::sample::Index,
    changes: &[(prop::sample::Index, u8)],
) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes.truncate(cut.index(bytes.len()) + 1);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read_by_every_reader_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        for format in PlaylistFormat::ALL {
            drop(read(format, &bytes));
        }
        if let Ok(file) = TableFile::open(bytes) {
            let guessed = Mapping::guess(&file);
            drop(read_table(&file, &guessed));
        }
    }

    #[test]
    fn damaged_files_are_read_by_their_readers_without_a_panic(
        which in 0..FIXTURES.len(),
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let (name, format) = FIXTURES[which];
        drop(read(format, &damaged(&fixture(name), cut, &changes)));
    }

    #[test]
    fn a_workbook_of_damaged_parts_is_read_without_a_panic(
        part in prop::sample::select(vec![
            "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml",
        ]),
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let bytes = with_part(part, |content| damaged(&content, cut, &changes));
        drop(read(PlaylistFormat::Workbook, &bytes));
    }
}
