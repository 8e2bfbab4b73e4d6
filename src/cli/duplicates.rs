//! `pool duplicates`.

use serde_json::Value;
use serde_json::json;

use super::Failure;
use super::desk::Desk;
use super::text::Output;
use crate::app::Action;
use crate::app::MediaPlaces;
use crate::app::PoolAction;
use crate::model::Show;
use crate::model::TrackId;
use crate::ops::duplicates::Duplicate;
use crate::ops::duplicates::Fate;
use crate::ops::duplicates::Likeness;
use crate::time::Ticks;

/// Says which recordings the pool has more than once.
pub(super) fn print(desk: &mut Desk<'_>, output: &mut Output<'_>) -> Result<(), Failure> {
    desk.act(Action::Pool(PoolAction::FindDuplicates))?;
    let review = desk.app.duplicate_review().cloned().unwrap_or_default();
    let show = desk.show()?;
    let places = desk.app.places();
    let groups: Vec<Value> = review
        .groups
        .iter()
        .map(|group| {
            let others = group.others.iter();
            json!({
                "keep": track(show, places, group.main),
                "others": others.map(|it| other(show, places, it)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let unread = review.unread.iter().map(
        |(id, why)| json!({ "track": id.to_string(), "title": title(show, *id), "error": why }),
    );
    let json = json!({
        "looked_at": review.n_looked_at,
        "groups": groups,
        "unread": unread.collect::<Vec<_>>(),
    });
    let summary = format!(
        "{} of {} files are recordings that are there more than once",
        review
            .groups
            .iter()
            .map(|it| it.others.len() + 1)
            .sum::<usize>(),
        review.n_looked_at
    );
    let found = review.groups.iter().flat_map(|group| {
        let others = group.others.iter().map(|it| {
            let name = title(show, it.track);
            format!("    {name}: {}, {}", likeness(it.likeness), fate(it.fate))
        });
        std::iter::once(title(show, group.main).to_owned()).chain(others)
    });
    let unread = review
        .unread
        .iter()
        .map(|(id, why)| format!("not listened to: {}: {why}", title(show, *id)));
    let lines: Vec<String> = std::iter::once(summary)
        .chain(found)
        .chain(unread)
        .collect();
    output.print(&json, lines)?;
    Ok(())
}

fn title(show: &Show, id: TrackId) -> &str {
    show.track(id).map_or("", |track| track.title.as_str())
}

fn track(show: &Show, places: &MediaPlaces, id: TrackId) -> Value {
    let media = show.track(id).and_then(|track| track.media.as_ref());
    json!({
        "id": id.to_string(),
        "title": title(show, id),
        "path": media.map(|media| places.path(media).display().to_string()),
    })
}

/// A duplicate: how like the one to keep it is, how many seconds later the same sounds in it, and
/// what the window would suggest.
fn other(show: &Show, places: &MediaPlaces, duplicate: &Duplicate) -> Value {
    let mut json = track(show, places, duplicate.track);
    json["likeness"] = likeness(duplicate.likeness).into();
    json["later"] = Ticks::to_secs_f64(duplicate.later).into();
    json["suggested"] = fate(duplicate.fate).into();
    json
}

fn likeness(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Copy => "same file",
        Likeness::Encoding => "same recording",
        Likeness::Version => "alike in parts",
    }
}

fn fate(fate: Fate) -> String {
    match fate {
        Fate::Merge => "merge".to_owned(),
        Fate::Link(kind) => format!("link as {kind}"),
        Fate::Leave => "leave".to_owned(),
    }
}
