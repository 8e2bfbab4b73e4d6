//! Playlists that are brought in and kept as lists of the show.

use std::fs;
use std::path::PathBuf;

use needledrop::app::Action;
use needledrop::app::PoolAction;
use needledrop::model::List;
use tempfile::TempDir;

use super::ask;
use super::stand_with_table;
use super::support::Stand;
use super::support::show::beach_show;

/// The lists of the show, each with its titles in order.
fn lists_of(stand: &Stand) -> Vec<(String, Vec<String>)> {
    let show = stand.app.show().expect("it is open");
    let title = |id| show.track(id).expect("it is there").title.clone();
    let lists = show.lists().into_iter();
    let titles = |list: &List| list.in_order().into_iter().map(title).collect();
    lists.map(|(_, it)| (it.name.clone(), titles(it))).collect()
}

/// A stand, and a playlist in a folder: two wishes, and a track of the show between them.
fn stand_with_playlist() -> (Stand, TempDir, PathBuf) {
    let stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let list = folder.path().join("Night drive.m3u8");
    let text = "#EXTM3U\n#EXTINF:200,Nobody - Zephyr\nzephyr.mp3\n\
                #EXTINF:222,Ada Holm - Coastline\ncoastline.mp3\n\
                #EXTINF:100,Nobody - Amber\namber.mp3\n";
    fs::write(&list, text).expect("it can be written");
    (stand, folder, list)
}

#[test]
fn a_playlist_is_also_kept_as_a_list_in_one_step_with_what_it_brings() {
    let (mut stand, _folder, list) = stand_with_playlist();
    let before = stand.app.show().expect("it is open").clone();
    ask(&mut stand, Action::Pool(PoolAction::Add(vec![list])));
    let titles = ["Zephyr", "Coastline", "Amber"].map(str::to_owned);
    let kept = ("Night drive".to_owned(), titles.to_vec());
    let n_before = before.lists().len();
    let lists = lists_of(&stand);
    assert!(lists.contains(&kept), "{lists:?}");
    assert_eq!(lists.len(), n_before + 1);
    ask(&mut stand, Action::Undo);
    let show = stand.app.show().expect("it is open");
    assert_eq!(show.lists().len(), n_before);
    assert_eq!(show.n_tracks(), before.n_tracks());
}

#[test]
fn a_playlist_that_comes_again_as_it_was_is_kept_once() {
    let (mut stand, _folder, list) = stand_with_playlist();
    for _ in 0..2 {
        ask(
            &mut stand,
            Action::Pool(PoolAction::Add(vec![list.clone()])),
        );
    }
    let n_before = lists_of(&stand).len();
    // All that it names is in the pool by now, and the order is another.
    let text = "#EXTM3U\n#EXTINF:100,Nobody - Amber\namber.mp3\n\
                #EXTINF:200,Nobody - Zephyr\nzephyr.mp3\n";
    fs::write(&list, text).expect("it can be written");
    ask(&mut stand, Action::Pool(PoolAction::Add(vec![list])));
    let lists = lists_of(&stand);
    assert_eq!(lists.len(), n_before + 1);
    let titles = ["Amber", "Zephyr"].map(str::to_owned);
    assert!(lists.contains(&("Night drive 2".to_owned(), titles.to_vec())));
}

#[test]
fn a_table_is_kept_as_a_list_only_where_that_is_asked_for() {
    let (mut stand, _folder, table) = stand_with_table();
    let n_before = lists_of(&stand).len();
    ask(
        &mut stand,
        Action::Pool(PoolAction::ReviewList(table.clone())),
    );
    ask(&mut stand, Action::Pool(PoolAction::TakeList));
    assert_eq!(lists_of(&stand).len(), n_before);
    ask(&mut stand, Action::Pool(PoolAction::ReviewList(table)));
    ask(&mut stand, Action::Pool(PoolAction::KeepList(true)));
    ask(&mut stand, Action::Pool(PoolAction::TakeList));
    let titles = ["Tide", "Coastline"].map(str::to_owned);
    assert!(lists_of(&stand).contains(&("list".to_owned(), titles.to_vec())));
}

#[test]
fn a_playlist_that_was_written_out_as_a_table_is_kept_too() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let n_before = lists_of(&stand).len();
    let table = folder.path().join("Beach.csv");
    let text = "Track URI,Track Name,Artist Name(s),Duration (ms),Added At\n\
                spotify:track:b,Tide,Ana,142000,2026-03-01\n\
                spotify:track:a,Amber,Ben,100000,2026-03-02\n";
    fs::write(&table, text).expect("it can be written");
    ask(&mut stand, Action::Pool(PoolAction::Add(vec![table])));
    let titles = ["Tide", "Amber"].map(str::to_owned);
    let lists = lists_of(&stand);
    assert!(
        lists.contains(&("Beach".to_owned(), titles.to_vec())),
        "{lists:?}"
    );
    assert_eq!(lists.len(), n_before + 1);
}
