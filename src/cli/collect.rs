//! `pool collect`.

use serde_json::json;

use super::Failure;
use super::desk::Desk;
use super::text::Output;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::ToCollect;

/// Says what would be copied, and where to.
pub(super) fn plan(desk: &Desk<'_>, output: &mut Output<'_>) -> Result<(), Failure> {
    let plan = desk.app.plan_collecting();
    let (found, lost): (Vec<&ToCollect>, Vec<&ToCollect>) =
        plan.files.iter().partition(|file| file.from.is_some());
    let bytes: u64 = found.iter().map(|file| file.media.bytes).sum();
    let json = json!({
        "applied": false,
        "folder": plan.folder.display().to_string(),
        "there": plan.n_there,
        "bytes": bytes,
        "files": found.iter().map(|file| json!({
            "title": file.title,
            "from": file.from.as_ref().map(|path| path.display().to_string()),
            "to": file.to.display().to_string(),
        })).collect::<Vec<_>>(),
        "failed": lost.iter().map(|file| json!({
            "title": file.title,
            "error": "it was not found",
        })).collect::<Vec<_>>(),
    });
    let summary = format!(
        "{} files would be copied, {:.1} MB; {} are beside the show already",
        found.len(),
        bytes as f64 / 1e6,
        plan.n_there
    );
    let copies = found
        .iter()
        .map(|file| format!("{}: {}", file.title, file.to.display()));
    let lost = lost
        .iter()
        .map(|file| format!("{}: it was not found", file.title));
    let lines: Vec<String> = std::iter::once(summary).chain(copies).chain(lost).collect();
    output.print(&json, lines)?;
    Ok(())
}

/// Copies, and says what came of it.
pub(super) fn collect(desk: &mut Desk<'_>, output: &mut Output<'_>) -> Result<(), Failure> {
    let folder = desk.app.plan_collecting().folder;
    desk.act(Action::Pool(PoolAction::CollectMedia))?;
    let collected = desk.app.take_collected().unwrap_or_default();
    desk.close()?;
    let json = json!({
        "applied": true,
        "folder": folder.display().to_string(),
        "there": collected.n_there,
        "files": collected.copied.iter().map(|file| json!({
            "title": file.title,
            "from": file.from.as_ref().map(|path| path.display().to_string()),
            "to": file.to.display().to_string(),
        })).collect::<Vec<_>>(),
        "failed": collected.failed.iter().map(|(title, why)| json!({
            "title": title,
            "error": why,
        })).collect::<Vec<_>>(),
    });
    let summary = format!(
        "{} files copied; {} were beside the show already",
        collected.copied.len(),
        collected.n_there
    );
    let copies = collected.copied.iter();
    let copies = copies.map(|file| format!("{}: {}", file.title, file.to.display()));
    let failed = collected.failed.iter();
    let failed = failed.map(|(title, why)| format!("not copied: {title}: {why}"));
    let lines: Vec<String> = std::iter::once(summary)
        .chain(copies)
        .chain(failed)
        .collect();
    output.print(&json, lines)?;
    if collected.failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::InPart)
    }
}
