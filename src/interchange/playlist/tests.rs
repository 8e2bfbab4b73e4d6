//! What each format must give, on small files; whole ones are in `tests/interchange.rs`.

use super::*;
use crate::time::Ticks;

fn read_one(bytes: &[u8], name: &str) -> (Playlist, Report) {
    let format = detect(bytes, Some(name)).expect("it is a playlist");
    let (mut lists, report) = read(format, bytes).expect("it can be read");
    assert_eq!(lists.len(), 1);
    (lists.remove(0), report)
}

const fn secs(secs: i64) -> Ticks {
    Ticks::from_secs(secs)
}

#[test]
fn what_is_no_playlist_is_not_taken_for_one() {
    for bytes in [
        &b""[..],
        b"RIFF....WAVEfmt ",
        b"ID3\x04\0\0\0\0\0\0",
        b"Dear all,\nhere are the notes.\n",
        b"Timecode,Name\n01:00:00:00,a\n",
        b"<html><body/></html>",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\na.ts\n",
    ] {
        assert_eq!(detect(bytes, Some("list.m3u")), None, "{bytes:?}");
    }
}

#[test]
fn a_list_of_paths_alone_is_known_by_its_name_too() {
    let paths = b"Music/a.mp3\nMusic/b.flac\n";
    assert_eq!(detect(paths, Some("a.M3U")), Some(PlaylistFormat::M3u));
    assert_eq!(detect(paths, Some("a.txt")), None);
}

#[test]
fn an_extended_list_says_length_artist_title_and_remarks() {
    let text = "#EXTM3U\n#PLAYLIST:Beach\n#EXTINF:222 key=\"a,b\",Ada Holm - Coastline\n\
                #EXTALB:Tide\n# under the titles\nMusic\\Coastline.mp3\n\n#EXTINF:-1,Fern\n\
                #EXTVLCOPT:x\n/m/Fern.mp3\n";
    let (list, report) = read_one(text.as_bytes(), "a.m3u8");
    assert_eq!(list.title, "Beach");
    let first = &list.entries[0];
    assert_eq!(first.place, r"Music\Coastline.mp3");
    assert_eq!(
        (first.artist.as_str(), first.title.as_str()),
        ("Ada Holm", "Coastline")
    );
    assert_eq!(
        (first.length, first.album.as_str()),
        (Some(secs(222)), "Tide")
    );
    assert_eq!(first.comment, "under the titles");
    assert_eq!(
        (list.entries[1].length, list.entries[1].title.as_str()),
        (None, "Fern")
    );
    let said: Vec<String> = report.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["line 9: “#EXTVLCOPT:x” is no known kind of line and was left out"]
    );
}

#[test]
fn a_list_may_say_its_encoding_and_end_its_lines_in_any_way() {
    let bytes = b"#EXTM3U\r#EXTENC: windows-1252\r#EXTINF:9,Caf\xE9\rCaf\xE9.mp3\r";
    let (list, _) = read_one(bytes, "a.m3u");
    assert_eq!(list.entries[0].title, "Café");
    assert_eq!(list.entries[0].place, "Café.mp3");
    let utf16: Vec<u8> = "\u{FEFF}#EXTM3U\n#EXTINF:9,Ä\nÄ.mp3\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_one(&utf16, "a.m3u").0.entries[0].title, "Ä");
}

#[test]
fn a_pls_may_have_gaps_and_any_case() {
    let text = "[Playlist]\nfile3=b.mp3\nTitle3=Kite Parade - Neon Tram\nLENGTH3=211\nFile1=a.mp3\n\
                Title9=Only a name\nnonsense\nNumberOfEntries=7\nVersion=2\n";
    let (list, report) = read_one(text.as_bytes(), "a.pls");
    let places: Vec<&str> = list
        .entries
        .iter()
        .map(|entry| entry.place.as_str())
        .collect();
    assert_eq!(places, ["a.mp3", "b.mp3", ""]);
    assert_eq!(list.entries[1].artist, "Kite Parade");
    assert_eq!(list.entries[1].length, Some(secs(211)));
    assert_eq!(list.entries[2].title, "Only a name");
    assert_eq!(report.warnings()[0].line, Some(7));
}

#[test]
fn an_xspf_says_where_by_address() {
    let text = r#"<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/" xml:base="file:///m/x.xspf">
<title>Beach &amp; pier</title><trackList>
<track><location>Fern%20two.mp3</location><title>Fern</title><creator>Ada</creator><duration>178500</duration><identifier>isrc:gbaye6900531</identifier><annotation>the slow one</annotation></track>
<track><meta rel="x">y</meta></track><track><title>Wish</title><duration>soon</duration></track>
</trackList></playlist>"#;
    let (list, report) = read_one(text.as_bytes(), "a.xspf");
    assert_eq!(list.title, "Beach & pier");
    let first = &list.entries[0];
    assert_eq!(first.place, "file:///m/Fern%20two.mp3");
    assert_eq!(first.length, Some(Ticks::from_millis(178_500)));
    assert_eq!(
        (first.isrc.as_str(), first.comment.as_str()),
        ("GBAYE6900531", "the slow one")
    );
    assert_eq!(list.entries[1].title, "Wish");
    let lines: Vec<_> = report
        .warnings()
        .iter()
        .map(|warning| warning.line)
        .collect();
    assert_eq!(lines, [Some(4), Some(4)]);
}

const ITUNES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>Major Version</key><integer>1</integer>
<key>Tracks</key><dict>
<key>7</key><dict><key>Track ID</key><integer>7</integer><key>Name</key><string>Fern</string><key>Artist</key><string>Ada</string><key>Total Time</key><integer>178500</integer><key>Location</key><string>file://localhost/C:/Music/Fern.mp3</string></dict>
<key>9</key><dict><key>Track ID</key><integer>9</integer><key>Name</key><string>Halogen</string><key>Compilation</key><true/><key>Comments</key><string>for the chase</string></dict>
</dict><key>Playlists</key><array>
<dict><key>Name</key><string>Library</string><key>Master</key><true/><key>Playlist Items</key><array><dict><key>Track ID</key><integer>7</integer></dict></array></dict>
<dict><key>Name</key><string>Beach</string><key>Playlist Items</key><array><dict><key>Track ID</key><integer>9</integer></dict><dict><key>Track ID</key><integer>7</integer></dict><dict><key>Track ID</key><integer>8</integer></dict></array></dict>
</array></dict></plist>"#;

#[test]
fn a_library_gives_the_playlists_that_people_made() {
    let (list, report) = read_one(ITUNES.as_bytes(), "Library.xml");
    assert_eq!(list.title, "Beach");
    let titles: Vec<&str> = list
        .entries
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    assert_eq!(titles, ["Halogen", "Fern"]);
    assert_eq!(list.entries[0].comment, "for the chase");
    assert_eq!(list.entries[1].length, Some(Ticks::from_millis(178_500)));
    assert_eq!(
        report.warnings()[0].kind.to_string(),
        "track “8” is not in this file and was left out"
    );
}

#[test]
fn a_library_without_playlists_is_all_its_tracks() {
    let text = ITUNES.replace(
        "<string>Beach</string>",
        "<string>Beach</string><key>Folder</key><true/>",
    );
    let (list, _) = read_one(text.as_bytes(), "Library.xml");
    assert_eq!(list.entries.len(), 2);
}

#[test]
fn rekordbox_names_tracks_by_number_or_by_place() {
    let text = r#"<DJ_PLAYLISTS Version="1.0.0"><COLLECTION Entries="2">
<TRACK TrackID="1" Name="Fern" Artist="Ada" TotalTime="178" AverageBpm="128.00" Comments="slow" Location="file://localhost/C:/M/Fern.mp3"><TEMPO Inizio="0.025"/></TRACK>
<TRACK TrackID="2" Name="Halogen" TotalTime="0" AverageBpm="0.00" Location="file://localhost/C:/M/Halogen.mp3"/></COLLECTION>
<PLAYLISTS><NODE Type="0" Name="ROOT"><NODE Type="0" Name="Show"><NODE Name="Beach" Type="1" KeyType="0"><TRACK Key="2"/><TRACK Key="1"/></NODE></NODE>
<NODE Name="Pier" Type="1" KeyType="1"><TRACK Key="file://localhost/C:/M/Fern.mp3"/></NODE></NODE></PLAYLISTS></DJ_PLAYLISTS>"#;
    let (lists, report) = read(PlaylistFormat::Rekordbox, text.as_bytes()).expect("it can be read");
    assert_eq!(
        detect(text.as_bytes(), None),
        Some(PlaylistFormat::Rekordbox)
    );
    assert!(report.is_clean());
    let of = |n: usize| -> Vec<&str> { lists[n].entries.iter().map(Entry::name).collect() };
    assert_eq!((of(0), of(1)), (vec!["Halogen", "Fern"], vec!["Fern"]));
    assert_eq!(lists[1].entries[0].bpm, Some(128.0));
    assert_eq!(
        (lists[0].entries[0].bpm, lists[0].entries[0].length),
        (None, None)
    );
}

#[test]
fn traktor_tells_places_in_three_parts() {
    let text = r#"<?xml version="1.0" encoding="UTF-8" standalone="no" ?><NML VERSION="19"><COLLECTION ENTRIES="2">
<ENTRY TITLE="Fern" ARTIST="Ada"><LOCATION DIR="/:Users/:ana/:My Music/:" FILE="Fern.mp3" VOLUME="Macintosh HD"/><ALBUM TITLE="Tide"/><INFO COMMENT="slow" PLAYTIME="178" PLAYTIME_FLOAT="178.500000"/><TEMPO BPM="127.999"/></ENTRY>
<ENTRY TITLE="Halogen"><LOCATION DIR="/:M/:" FILE="Halogen.mp3" VOLUME="C:"/></ENTRY></COLLECTION>
<PLAYLISTS><NODE TYPE="FOLDER" NAME="$ROOT"><SUBNODES COUNT="1"><NODE TYPE="PLAYLIST" NAME="Beach"><PLAYLIST ENTRIES="3" TYPE="LIST">
<ENTRY><PRIMARYKEY TYPE="TRACK" KEY="C:/:M/:Halogen.mp3"/></ENTRY><ENTRY><PRIMARYKEY TYPE="TRACK" KEY="Macintosh HD/:Users/:ana/:My Music/:Fern.mp3"/></ENTRY><ENTRY><PRIMARYKEY TYPE="TRACK" KEY="C:/:M/:Gone.mp3"/></ENTRY>
</PLAYLIST></NODE></SUBNODES></NODE></PLAYLISTS></NML>"#;
    let (list, _) = read_one(text.as_bytes(), "collection.nml");
    let places: Vec<&str> = list
        .entries
        .iter()
        .map(|entry| entry.place.as_str())
        .collect();
    let fern = "/Volumes/Macintosh HD/Users/ana/My Music/Fern.mp3";
    assert_eq!(places, ["C:/M/Halogen.mp3", fern, "C:/M/Gone.mp3"]);
    assert_eq!(list.entries[1].length, Some(Ticks::from_millis(178_500)));
    assert_eq!(
        (
            list.entries[1].album.as_str(),
            list.entries[1].comment.as_str()
        ),
        ("Tide", "slow")
    );
}

#[test]
fn tables_from_streaming_services_are_known_by_their_headings() {
    let watson = "\"Track URI\",\"Track Name\",\"Artist URI(s)\",\"Artist Name(s)\",\"Album URI\",\"Album Name\",\"Album Artist Name(s)\",\"Album Release Date\",\"Track Duration (ms)\",\"ISRC\"\r\n\
        \"spotify:track:1\",\"Fern \"\"live\"\"\",\"x\",\"Tyler\\, The Baker, Ada\",\"y\",\"Tide\",\"Various\",\"2019-04-01\",\"178500\",\"GBAYE6900531\"\r\n";
    let (list, _) = read_one(watson.as_bytes(), "list.csv");
    let first = &list.entries[0];
    assert_eq!(first.title, "Fern \"live\"");
    assert_eq!(first.artist, "Tyler, The Baker, Ada");
    assert_eq!(
        (first.year, first.length),
        (Some(2019), Some(Ticks::from_millis(178_500)))
    );
    assert_eq!(
        (first.isrc.as_str(), first.place.as_str()),
        ("GBAYE6900531", "")
    );
    let pavel = "\u{FEFF}Track URI,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),Popularity,Genres,Record Label,Danceability,Tempo\n\
        spotify:track:1,Fern,Tide,Ada;Kite Parade,2019,178500,3,indie,Label,0.5,127.98\n";
    let (list, _) = read_one(pavel.as_bytes(), "list.csv");
    let first = &list.entries[0];
    assert_eq!(first.artist, "Ada, Kite Parade");
    assert_eq!((first.bpm, first.label.as_str()), (Some(127.98), "Label"));
}

#[test]
fn tables_of_other_things_are_no_tables_of_tracks() {
    for text in [
        "Name,Start,Duration,Comment\na,1,2,b\n",
        "Name,Location,Comment\na,01:00:00:00,b\n",
        // The bin of an editing system, and the clips of a session.
        "Heading\nFIELD_DELIM\tTABS\n\nColumn\nName\tTracks\tStart\tFile Path\n\nData\na\tV\t1\tb\n",
        "SESSION NAME:\ta\n\nO N L I N E  C L I P S\nCLIP NAME\tSource File\na\tb.wav\n\n\
         T R A C K  L I S T I N G\nTRACK NAME:\ta\nCOMMENTS:\tx\n",
    ] {
        assert_eq!(detect(text.as_bytes(), Some("m.csv")), None, "{text}");
    }
    let files = b"Path;Title;Length\na.mp3;a;3:00\n";
    assert_eq!(detect(files, None), Some(PlaylistFormat::Table));
}

#[test]
fn documents_that_would_make_a_parser_work_for_ever_are_refused() {
    let bomb = "<!DOCTYPE p [<!ENTITY a \"x\">]><playlist xmlns=\"http://xspf.org/ns/0/\"><trackList/></playlist>";
    let attributes: Vec<String> = (0..200).map(|n| format!("a{n}=\"1\"")).collect();
    let wide = format!("<playlist {}><trackList/></playlist>", attributes.join(" "));
    for text in [bomb, &wide, "<playlist><trackList>"] {
        let refused = read(PlaylistFormat::Xspf, text.as_bytes());
        assert!(
            matches!(refused, Err(PlaylistError::NotXml { .. })),
            "{text}"
        );
    }
}

#[test]
fn an_empty_list_is_said_to_be_empty() {
    let empty = b"<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\"><trackList/></playlist>";
    let refused = read(PlaylistFormat::Xspf, empty);
    assert!(matches!(refused, Err(PlaylistError::Empty { .. })));
}

fn nasty() -> Playlist {
    let entry = |place: &str, artist: &str, title: &str| Entry {
        place: place.to_owned(),
        artist: artist.to_owned(),
        title: title.to_owned(),
        ..Entry::default()
    };
    let mut list = Playlist {
        title: "Beach <& pier>".to_owned(),
        folders: Vec::new(),
        entries: vec![
            entry("Music/Fern 100%.mp3", "Ada - Holm", "Fern, \"live\""),
            entry("/m/Größe/ü#?.flac", "", "A - B"),
            entry("#1.mp3", "=1+1", "-5"),
            entry(r"C:\Music\a b.mp3", "Kite; Parade", "Neon\\, Tram"),
        ],
    };
    list.entries[0].length = Some(secs(178));
    list.entries[0].album = "Tide".to_owned();
    list.entries[1].comment = "first\nsecond".to_owned();
    list
}

fn told(list: &Playlist) -> Vec<[&str; 4]> {
    list.entries
        .iter()
        .map(|e| {
            [
                e.artist.as_str(),
                e.title.as_str(),
                e.album.as_str(),
                e.comment.as_str(),
            ]
        })
        .collect()
}

#[test]
fn what_is_written_is_read_back() {
    let list = nasty();
    for format in ListFormat::ALL {
        let written = write(format, &list);
        assert_eq!((written.n_written, written.n_left_out), (4, 0));
        let name = format!("a.{}", format.extension());
        let (back, report) = read_one(&written.bytes, &name);
        assert!(report.is_clean(), "{format:?}: {:?}", report.warnings());
        assert_eq!(told(&back), told(&list), "{format:?}");
        assert_eq!(back.entries[0].length, list.entries[0].length);
    }
}

#[test]
fn a_wish_is_written_where_the_format_can_tell_of_it() {
    let mut list = nasty();
    list.entries[0].place.clear();
    let n_left_out = |format| write(format, &list).n_left_out;
    assert_eq!(ListFormat::ALL.map(n_left_out), [1, 0, 0]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_as_any_format_or_not(bytes: Vec<u8>, text in "[\\[\\]<>/a-z=\"'&;:#,\\\\\n .%0-9EXTINF]{0,300}") {
        for bytes in [&bytes[..], text.as_bytes()] {
            let _ = detect(bytes, Some("a.m3u"));
            for format in PlaylistFormat::ALL {
                if let Ok((lists, _)) = read(format, bytes) {
                    for list in &lists {
                        for format in ListFormat::ALL {
                            write(format, list);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn any_texts_survive_a_table(title in "\\PC{1,30}", artist in "\\PC{0,30}", comment in "\\PC{0,30}") {
        let entry = Entry {
            title: title.trim().to_owned(),
            artist: artist.trim().to_owned(),
            comment: comment.trim().to_owned(),
            ..Entry::default()
        };
        let is_plain = |text: &str| !text.contains(['"', '\'', ';', '\\']);
        let is_told = !entry.title.is_empty() && [&title, &artist, &comment].iter().all(|t| is_plain(t));
        if is_told {
            let list = Playlist { entries: vec![entry], ..Playlist::default() };
            let (back, _) = read(PlaylistFormat::Table, &write(ListFormat::Csv, &list).bytes).expect("it can be read");
            proptest::prop_assert_eq!(told(&back[0]), told(&list));
        }
    }
}
