//! What is missing on a sheet, or doubtful.

use super::Laying;
use super::cues::Cue;
use crate::model::ClearanceState;
use crate::model::Share;
use crate::model::Shares;
use crate::model::Track;

/// All of it, for the whole sheet first, then cue by cue.
pub(super) fn remarks(
    laying: &Laying<'_>,
    cues: &[Cue],
    header: &[(String, String)],
) -> Vec<String> {
    let mut remarks = Vec::new();
    let blank: Vec<&str> = header
        .iter()
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(heading, _)| heading.as_str())
        .collect();
    if !blank.is_empty() {
        remarks.push(format!("the head says nothing of: {}", blank.join(", ")));
    }
    for cue in cues {
        let Some(track) = laying.show.track(cue.track) else {
            remarks.push(format!("{}: the track is gone", cue.number));
            continue;
        };
        let about = of_cue(laying, cue, track);
        if !about.is_empty() {
            let (number, title) = (&cue.number, &track.title);
            remarks.push(format!("{number} “{title}”: {}", about.join("; ")));
        }
    }
    remarks
}

fn of_cue(laying: &Laying<'_>, cue: &Cue, track: &Track) -> Vec<String> {
    let mut about = Vec::new();
    let mut say = |is_so: bool, what: &str| {
        if is_so {
            about.push(what.to_owned());
        }
    };
    let facts = laying.facts(cue);
    let is_coded = !facts.code(&laying.template.codes).is_empty();
    say(facts.function.is_none(), "what it is used as is not said");
    say(
        facts.function.is_some() && facts.voice.is_none(),
        "whether it is sung is not known",
    );
    say(
        facts.function.is_some() && facts.voice.is_some() && !is_coded,
        "this house has no code for such a use",
    );
    say(
        facts.is_voice_estimated,
        "whether it is sung is an estimate",
    );
    say(track.title.trim().is_empty(), "it has no title");
    say(track.writers.is_empty(), "no writer is named");
    let publishers = !track.publishers.is_empty() || !track.publisher.trim().is_empty();
    say(!publishers, "no publisher is named");
    say(track.origin.is_none(), "its origin is not said");
    let of_writers = sum(track.writers.iter().map(|it| it.share));
    let of_publishers = sum(track.publishers.iter().map(|it| it.share));
    match laying.template.shares {
        Shares::TwoAccounts => {
            about.extend(of_writers.and_then(|sum| off("writers", sum)));
            about.extend(of_publishers.and_then(|sum| off("publishers", sum)));
        }
        Shares::OneAccount => {
            let both = of_writers.zip(of_publishers).map(|(a, b)| a + b);
            about.extend(both.and_then(|sum| off("writers and publishers", sum)));
        }
    }
    let mut say = |is_so: bool, what: &str| {
        if is_so {
            about.push(what.to_owned());
        }
    };
    say(
        !track.writers.is_empty() && of_writers.is_none(),
        "not every writer has a share",
    );
    say(
        track.writers.iter().any(|writer| writer.society.is_empty()),
        "not every writer has a society",
    );
    for (side, state) in [("master", track.master), ("publishing", track.publishing)] {
        if state < ClearanceState::Approved || state == ClearanceState::Denied {
            about.push(format!("{side} not cleared ({state})"));
        }
    }
    about
}

/// The sum of shares, in hundredths of a percent; none where one is missing, or there are none.
fn sum(shares: impl Iterator<Item = Option<Share>>) -> Option<u32> {
    let shares: Vec<u32> = shares
        .map(|share| share.map(Share::hundredths))
        .collect::<Option<_>>()?;
    (!shares.is_empty()).then(|| shares.iter().sum())
}

/// Thirds make no whole hundred: 33.33 three times is meant to be all of it.
const SLACK: u32 = 2;

fn off(whose: &str, sum: u32) -> Option<String> {
    let is_whole = sum.abs_diff(Share::WHOLE.hundredths()) <= SLACK;
    let (whole, rest) = (sum / 100, sum % 100);
    (!is_whole).then(|| format!("the shares of {whose} make {whole}.{rest:02} %, not 100"))
}
