//! `pool add` of tables and libraries: what columns mean, and which lists are wanted.

use std::path::Path;
use std::path::PathBuf;

use super::Failure;
use super::args::ListArguments;
use super::text::Output;
use crate::app::Columns;
use crate::app::Keep;
use crate::app::ReadLists;
use crate::app::Settings;
use crate::app::list_names;
use crate::interchange::playlist::Preset;

/// How lists are to be read.
///
/// # Errors
///
/// Fails when columns are said in a way that nobody understands, or there is no such preset.
pub(super) fn reading(said: ListArguments, settings: &Settings) -> Result<ReadLists, Failure> {
    let preset = match (said.columns, said.preset) {
        (Some(words), _) => Some(Preset::from_words(&words).map_err(Failure::said)?),
        (None, Some(name)) => Some(preset(&name, settings)?),
        (None, None) => None,
    };
    Ok(ReadLists {
        asks: false,
        keep: if said.keep_list {
            Keep::All
        } else {
            Keep::None
        },
        columns: preset.map(|preset| Columns::Preset(preset, said.sheet)),
        lists: said.list,
    })
}

fn preset(name: &str, settings: &Settings) -> Result<Preset, Failure> {
    let built_in = Preset::built_in();
    let all = settings.presets.iter().chain(&built_in);
    let found = all
        .clone()
        .find(|it| it.name.eq_ignore_ascii_case(name.trim()));
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = all.map(|preset| preset.name.as_str()).collect();
        let names = names.join("”, “");
        Failure::said(format!("there is no preset “{name}”; there are “{names}”"))
    })
}

/// Prints the lists that libraries hold.
///
/// # Errors
///
/// Fails when a file is no list, or its lists cannot be printed.
pub(super) fn print(paths: &[PathBuf], output: &mut Output<'_>) -> Result<(), Failure> {
    let mut lists = Vec::new();
    for path in paths {
        let names = list_names(path).map_err(|why| {
            let path = path.display();
            Failure::said(format!("{path}: {why}"))
        })?;
        lists.extend(names.into_iter().map(|(name, n)| (path.as_path(), name, n)));
    }
    let json = lists
        .iter()
        .map(|(path, name, n): &(&Path, String, usize)| {
            serde_json::json!({
                "path": path.display().to_string(),
                "list": name,
                "entries": n,
            })
        });
    let json: Vec<serde_json::Value> = json.collect();
    let lines = lists.iter().map(|(_, name, n)| format!("{n:>6}  {name}"));
    output.print(&json, lines)?;
    Ok(())
}
