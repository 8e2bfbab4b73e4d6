//! Keeps the layer rule of `lib.rs` true, and what else a reader of the sources may rely on.
//!
//! The sources are read as text. Comments and strings are blanked out first, so that only code can
//! break a rule. What the checker finds is itself tested below on sources made up for it.

use std::fs;
use std::path::Path;

/// The rooms, lowest layer first. A room may name those of the layers below it, and no others.
const LAYERS: [&[&str]; 6] = [
    &["time", "jobs", "platform"],
    &["model", "media"],
    &["analysis", "ops", "interchange", "storage", "audio"],
    &["app"],
    &["ui", "cli"],
    &["main"],
];

/// Crates that only some rooms may use: everything else must do without knowing them.
const FENCES: [(&str, &[&str]); 26] = [
    ("egui", &["ui", "main"]),
    ("eframe", &["ui", "main"]),
    ("winit", &["ui"]),
    ("rodio", &["audio"]),
    ("rtrb", &["audio"]),
    ("symphonia", &["media"]),
    ("lofty", &["media"]),
    ("rubato", &["media"]),
    ("ebur128", &["analysis", "audio"]),
    ("realfft", &["analysis"]),
    ("rustfft", &["analysis"]),
    ("fearless_simd", &["media"]),
    ("rusty_chromaprint", &["analysis"]),
    ("image", &["media"]),
    ("fs4", &["platform"]),
    ("roxmltree", &["interchange", "media"]),
    ("automerge", &["storage"]),
    ("rfd", &["platform"]),
    ("csv", &["interchange"]),
    ("calamine", &["interchange"]),
    ("cfb", &["interchange"]),
    ("zip", &["interchange"]),
    ("rust_xlsxwriter", &["interchange"]),
    ("encoding_rs", &["interchange", "media"]),
    ("clap", &["cli", "main"]),
    ("tracing_subscriber", &["main"]),
];

/// What runs inside the device's callback, in `src/audio`.
const CALLBACK_FILES: [&str; 7] = [
    "audio/bus.rs",
    "audio/clock.rs",
    "audio/ducker.rs",
    "audio/fade.rs",
    "audio/loudness.rs",
    "audio/meters.rs",
    "audio/voice.rs",
];

/// What may wait for another thread, or for the allocator.
const NOT_IN_CALLBACK: [&str; 10] = [
    "Mutex",
    "RwLock",
    "Condvar",
    "Box::new",
    "Arc::new",
    "vec!",
    "format!",
    "to_owned",
    "to_string",
    "println!",
];

/// Longer files are about more than one thing.
const MAX_LINES: usize = 700;

/// One source file.
struct Source {
    /// Its path below `src`, with `/`.
    path: String,
    /// What it says.
    text: String,
}

/// Every rule that is broken, as a sentence with its place.
fn broken_rules(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources {
        let code = without_comments_and_strings(&source.text);
        let mut found = Vec::new();
        if source.text.lines().count() > MAX_LINES {
            found.push((MAX_LINES, "it is too long".to_owned()));
        }
        if !source.text.starts_with("//!") {
            found.push((1, "it does not say what it is for".to_owned()));
        }
        let room = room_of(&source.path);
        if room != "lib" {
            match layer_of(room) {
                Some(layer) => found.extend(broken_imports(&source.path, &code, room, layer)),
                None => found.push((1, format!("{room} is in no layer"))),
            }
            found.extend(broken_fences(&code, room));
        }
        if !source.path.starts_with("ui/theme") {
            found.extend(colors_in_numbers(&code));
        }
        if CALLBACK_FILES.contains(&source.path.as_str()) {
            found.extend(waits(&code));
        }
        broken.extend(
            found
                .into_iter()
                .map(|(line, what)| format!("src/{}:{line}: {what}", source.path)),
        );
    }
    broken
}

/// The room a file belongs to: its folder below `src`, or its own name.
fn room_of(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

fn layer_of(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

/// Rooms named that do not lie below, and imports that hide what they name.
fn broken_imports(path: &str, code: &str, room: &str, layer: usize) -> Vec<(usize, String)> {
    let mut broken = Vec::new();
    let mut judge = |at: usize, named: &str| {
        if named.starts_with('{') {
            let line = line_at(code, at);
            broken.push((line, "imports are grouped, which hides them".to_owned()));
        }
        let named: String = named.chars().take_while(|c| is_word(*c)).collect();
        if named != room && layer_of(&named).is_some_and(|below| layer <= below) {
            broken.push((line_at(code, at), format!("{room} must not know {named}")));
        }
    };
    for at in words(code, "crate") {
        if let Some(named) = code[at..].strip_prefix("crate::") {
            judge(at, named.trim_start());
        }
    }
    // `super::` climbs out of its room where there are as many of them as the file lies deep.
    let depth = path.trim_end_matches(".rs").split('/').count();
    for at in words(code, "super") {
        if code[..at].ends_with("super::") {
            continue;
        }
        let chain = code[at..].trim_start_matches("super::");
        let n_supers = (code.len() - at - chain.len()) / "super::".len();
        if depth <= n_supers {
            judge(at, chain);
        }
    }
    broken
}

fn broken_fences(code: &str, room: &str) -> Vec<(usize, String)> {
    let mut broken = Vec::new();
    for (name, rooms) in FENCES {
        if rooms.contains(&room) {
            continue;
        }
        for at in words(code, name) {
            let before = code[..at].trim_end();
            let after = code[at + name.len()..].trim_start();
            // `crate::csv::…` and `row.csv` are something else of the same name.
            let is_own = before.ends_with("::") || before.ends_with('.');
            let is_import = before.ends_with("use") || before.ends_with("extern crate");
            if !is_own && (after.starts_with("::") || is_import) {
                broken.push((line_at(code, at), format!("{room} must not use {name}")));
                break;
            }
        }
    }
    broken
}

/// Colors written as numbers; those that are mixed from tokens are none.
fn colors_in_numbers(code: &str) -> Vec<(usize, String)> {
    let code = until_tests(code);
    let written = code.match_indices("Color32::from_").filter(|(at, _)| {
        let arguments = code[*at..].split_once('(').map_or("", |(_, rest)| rest);
        arguments
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit())
    });
    let macros = code.match_indices("hex_color!");
    written
        .chain(macros)
        .map(|(at, _)| (line_at(code, at), "colors belong in ui/theme".to_owned()))
        .collect()
}

fn waits(code: &str) -> Vec<(usize, String)> {
    let code = until_tests(code);
    let found = NOT_IN_CALLBACK.iter().flat_map(|word| {
        words(code, word).map(move |at| (line_at(code, at), format!("{word} in the callback")))
    });
    found.collect()
}

/// The code before the tests at the end of a file.
fn until_tests(code: &str) -> &str {
    code.split("#[cfg(test)]").next().unwrap_or(code)
}

/// Where `word` stands by itself.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_alone = move |at: usize| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| is_alone(*at))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_at(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The code with everything else blanked out, line for line.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after_word = code.chars().next_back().is_some_and(is_word);
        let n_blank = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if rest.starts_with('"') {
            string(rest)
        } else if first == 'r' && !after_word {
            raw_string(rest)
        } else if first == '\'' {
            character(rest)
        } else {
            0
        };
        let n_kept = if n_blank == 0 { first.len_utf8() } else { 0 };
        code.push_str(&rest[..n_kept]);
        let blank = rest[..n_blank].chars();
        code.extend(blank.map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[n_blank + n_kept..];
    }
    code
}

/// How long the block comment is that `text` begins with; they nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// How long the string is that `text` begins with.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return at + 1,
            _ => is_escaped = c == '\\' && !is_escaped,
        }
    }
    text.len()
}

/// How long the raw string is that `text` begins with; nothing when it is another word with `r`.
fn raw_string(text: &str) -> usize {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    let Some(inside) = text[1 + hashes..].strip_prefix('"') else {
        return 0;
    };
    let end = format!("\"{}", "#".repeat(hashes));
    let n_inside = inside.find(&end).map_or(inside.len(), |at| at + end.len());
    2 + hashes + n_inside
}

/// How long the character is that `text` begins with; nothing when it is a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].char_indices();
    match inside.next() {
        Some((_, '\\')) => {
            inside.next();
            inside.find(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 2)
        }
        Some(_) => match inside.next() {
            Some((at, '\'')) => at + 2,
            _ => 0,
        },
        None => 0,
    }
}

/// Every source below `src`.
fn sources() -> Vec<Source> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(&src).expect("it was found below src");
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                found.push(Source {
                    path: parts.join("/"),
                    text: fs::read_to_string(&path).expect("sources are UTF-8"),
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[test]
fn the_sources_keep_the_rules() {
    let sources = sources();
    assert!(sources.iter().any(|source| source.path == "lib.rs"));
    let broken = broken_rules(&sources);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// What the checker says of one made-up source.
fn said_of(path: &str, code: &str) -> Vec<String> {
    broken_rules(&[Source {
        path: path.to_owned(),
        text: format!("//! Made up.\n{code}\n"),
    }])
}

#[test]
fn each_rule_is_noticed_when_it_is_broken() {
    for (path, code, said) in [
        (
            "ops/a.rs",
            "use crate::app::App;",
            "src/ops/a.rs:2: ops must not know app",
        ),
        (
            "audio.rs",
            "fn a() -> crate::storage::A {}",
            "audio must not know storage",
        ),
        (
            "jobs/a.rs",
            "use crate::time::Ticks;",
            "jobs must not know time",
        ),
        ("cli.rs", "use crate::ui::Shell;", "cli must not know ui"),
        (
            "model/a.rs",
            "use super::super::app::App;",
            "model must not know app",
        ),
        (
            "model.rs",
            "use super::ui::Shell;",
            "model must not know ui",
        ),
        (
            "app.rs",
            "use crate::{model::Show, time::Ticks};",
            "imports are grouped",
        ),
        ("app.rs", "use crate::\n{\n};", "imports are grouped"),
        ("app.rs", "use egui::Ui;", "app must not use egui"),
        (
            "model/a.rs",
            "#[derive(clap::Args)] struct A;",
            "model must not use clap",
        ),
        ("ui/a.rs", "use rtrb;", "ui must not use rtrb"),
        (
            "storage.rs",
            "let a = csv :: Reader::new();",
            "storage must not use csv",
        ),
        (
            "ui/a.rs",
            "let a = Color32::from_rgb( 1, 2, 3);",
            "colors belong in ui/theme",
        ),
        (
            "ui/a.rs",
            "let a = hex_color!(A);",
            "colors belong in ui/theme",
        ),
        (
            "audio/bus.rs",
            "use std::sync::Mutex;",
            "Mutex in the callback",
        ),
        ("audio/bus.rs", "let a = vec![1];", "vec! in the callback"),
        (
            "audio/voice.rs",
            "let a = Box::new(1);",
            "Box::new in the callback",
        ),
        ("attic/a.rs", "", "attic is in no layer"),
    ] {
        let broken = said_of(path, code);
        assert!(
            broken.iter().any(|b| b.contains(said)),
            "{code} in {path}: {broken:?}"
        );
    }
    let long = "\n".repeat(MAX_LINES);
    assert!(said_of("time/a.rs", &long)[0].contains("too long"));
    let mute = Source {
        path: "time/a.rs".to_owned(),
        text: "/// No.\nfn a() {}\n".to_owned(),
    };
    assert!(broken_rules(&[mute])[0].contains("does not say what it is for"));
}

#[test]
fn what_keeps_the_rules_is_left_alone() {
    for (path, code) in [
        ("lib.rs", "pub mod ui; pub mod attic;"),
        (
            "main.rs",
            "use needledrop::ui; fn main() { eframe::run(); }",
        ),
        (
            "app/a.rs",
            "use crate::audio::Engine; use crate::jobs::Jobs; use crate::app::App;",
        ),
        ("ops/a/b.rs", "use super::super::ui::A; use super::model;"),
        ("model.rs", "mod tests { use super::*; }"),
        (
            "ui/a.rs",
            "use egui::Ui; let a = Color32::from_rgb(mix(1), 2, 3);",
        ),
        (
            "ui/theme/dark.rs",
            "const A: Color32 = Color32::from_rgb(1, 2, 3);",
        ),
        (
            "ops/a.rs",
            "// crate::ui\n/* use /* egui::A */ */ let a = \"crate::ui \\\" egui::A\";",
        ),
        (
            "ops/a.rs",
            "let a = r#\"\"crate::ui\"#; let b = ('\"', '\\'', '\\u{1F}'); let c = 1;",
        ),
        (
            "ops/a.rs",
            "fn a<'a>(b: &'a str) { let egui = 1; row.csv::<u8>(); crate::ops::csv::b(); }",
        ),
        (
            "audio/bus.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests { use std::sync::Mutex; }",
        ),
        ("audio/device.rs", "use std::sync::Mutex;"),
    ] {
        assert_eq!(
            said_of(path, code),
            Vec::<String>::new(),
            "{code} in {path}"
        );
    }
}

#[test]
fn code_after_a_string_or_character_is_still_seen() {
    for before in [
        "\"a\\\\\"",
        "r\"a\\\"",
        "r##\"\"#\"##",
        "'\\\\'",
        "'\"'",
        "b'\"'",
        "'\\''",
    ] {
        let code = format!("let a = {before}; use crate::ui::A;");
        assert_eq!(said_of("ops/a.rs", &code).len(), 1, "{before}");
    }
}
