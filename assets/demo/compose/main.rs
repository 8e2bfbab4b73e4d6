//! Makes everything the demo show is heard through, from nothing but code and seeds.
//!
//! `cargo run --release --features opus --example compose_demo` writes, under `assets/demo`:
//!
//! 1. `media/`: the tracks of the pool, each composed here, synthesised, mixed, mastered and
//!    encoded in its own format; sung ones with the times of their words;
//! 2. `media/guide-*`: the guide of each cut, with its speech, things and places;
//! 3. `cuts/`: both cuts as EDLs, and a table of markers;
//! 4. `Demo.needledrop`: the show itself, for which the feature `opus` must be on.
//!
//! Arguments name what to make (`coastline`, `guides`, `cuts`, …); without any, all of it is made.
//! It needs `ffmpeg` (with the `flite` filter), `lame`, `flac`, `oggenc`, `opusenc` and
//! `espeak-ng`. The same machine gives the same files each time.
//!
//! What is where: `story` says who and what and when, `score` holds the music, `dsp` the
//! instruments, `mix` the desk, `guide` and `foley` the sound of the picture, `speech` and `encode`
//! the programs from outside, `catalogue` which piece becomes which file.

mod art;
mod catalogue;
mod cut_lists;
mod dsp;
mod encode;
mod error;
mod foley;
mod guide;
mod id3;
mod lyrics;
mod mix;
mod score;
mod show;
mod speech;
#[expect(
    dead_code,
    reason = "the tables say more than a show file has room for"
)]
mod story;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalogue::{CATALOGUE, Item, Words};
use encode::{Delivery, Encoder, Extras, Format};
use error::{Error, Result};
use speech::Voices;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let scratch = std::env::temp_dir().join(format!("compose_demo-{}", std::process::id()));
    let made = make(&wanted, &scratch);
    let tidied = if scratch.exists() {
        fs::remove_dir_all(&scratch).map_err(Error::file(&scratch))
    } else {
        Ok(())
    };
    match made.and(tidied) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&mut std::io::stderr(), &format!("compose_demo: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Makes what is wanted, in order.
fn make(wanted: &[String], scratch: &Path) -> Result<()> {
    story::check().map_err(Error::Story)?;
    let demo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let (media, cuts) = (demo.join("media"), demo.join("cuts"));
    for folder in [scratch, &media, &cuts] {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    let encoder = Encoder {
        media,
        scratch: scratch.to_path_buf(),
    };
    let voices = Voices::new(scratch.to_path_buf());
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    for item in CATALOGUE.iter().filter(|item| chosen(item.piece)) {
        track(item, &encoder, &voices)?;
    }
    if chosen("guides") {
        guides(&encoder, &voices)?;
    }
    if chosen("cuts") {
        write_cuts(&cuts)?;
    }
    if chosen("show") {
        show::write(&demo)?;
    }
    Ok(())
}

/// Plays, masters and encodes one piece.
fn track(item: &Item, encoder: &Encoder, voices: &Voices) -> Result<()> {
    let take = score::play(item.piece, voices)
        .ok_or_else(|| Error::Story(format!("nobody knows how `{}` goes", item.piece)))??;
    let cover = if item.cover > 0 {
        Some(art::draw(item.cover, &encoder.scratch)?)
    } else {
        None
    };
    let words = if item.words == Words::Inside {
        lyrics::pairs(&take.words)
    } else {
        Vec::new()
    };
    let tags = entry(item.delivery.file)?;
    let path = encoder.deliver(
        &take.mix,
        take.rate,
        &item.delivery,
        Some(tags),
        Extras {
            picture: cover.as_deref(),
            words: &words,
        },
    )?;
    report(&path);
    if item.words == Words::Beside {
        let path = path.with_extension("lrc");
        fs::write(&path, lyrics::lrc(tags.title, tags.artist, &take))
            .map_err(Error::file(&path))?;
        report(&path);
    }
    if let (Some(mix), Some(delivery)) = (&take.instrumental, &item.instrumental) {
        let tags = entry(delivery.file)?;
        report(&encoder.deliver(mix, take.rate, delivery, Some(tags), Extras::default())?);
    }
    Ok(())
}

/// The pool's entry of a file.
fn entry(file: &str) -> Result<&'static story::Track> {
    story::POOL
        .iter()
        .find(|track| track.file == file)
        .ok_or_else(|| Error::Story(format!("`{file}` is not in the pool")))
}

/// Makes the guide of each cut.
fn guides(encoder: &Encoder, voices: &Voices) -> Result<()> {
    let scenes = guide::Scenes::make(voices)?;
    for cut in &story::CUTS {
        let delivery = Delivery {
            file: cut.guide,
            format: Format::Vorbis(-10),
            rate: 16_000,
            mono: true,
        };
        report(&encoder.deliver(
            &scenes.cut(cut),
            guide::RATE,
            &delivery,
            None,
            Extras::default(),
        )?);
    }
    Ok(())
}

/// Writes the cuts as files to import.
fn write_cuts(folder: &Path) -> Result<()> {
    let [old, new] = &story::CUTS;
    for (name, text) in [
        ("promise-203-v3.edl", cut_lists::edl(old, false)),
        ("promise-203-v4.edl", cut_lists::edl(new, true)),
        ("promise-203-v4-markers.csv", cut_lists::marker_table(new)),
    ] {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::file(&path))?;
        report(&path);
    }
    Ok(())
}

/// Says that a file is done.
fn report(path: &Path) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let size = fs::metadata(path).map_or(0, |data| data.len());
    say(
        &mut std::io::stdout(),
        &format!("{name:<30} {size:>9} bytes"),
    );
}

/// Writes a line; a closed terminal is no reason to stop.
fn say(out: &mut impl Write, line: &str) {
    writeln!(out, "{line}").unwrap_or_default();
}
