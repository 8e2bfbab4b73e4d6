//! Cue sheets: which music an episode uses, for how long, as what and by whom, as a house wants to
//! read it.
//!
//! Three steps, each in a file: `cues` finds what is heard when, without overlaps; `facts` says what
//! is known of each use and derives its code; `checks` lists what is missing. What nobody has said
//! stays blank: no society, no share and no visual code is ever guessed.

mod checks;
mod cues;
mod facts;

use crate::model::CueField;
use crate::model::CueTemplate;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Party;
use crate::model::PartyRole;
use crate::model::Rounding;
use crate::model::Sheet;
use crate::model::Show;
use crate::model::Track;
use crate::time::Ticks;
use cues::Cue;
use facts::Facts;

/// The cue sheet of a cut; `None` when there is no such cut.
pub fn cue_sheet(show: &Show, at: CutAt, template: &CueTemplate) -> Option<Sheet> {
    let episode = show.episode(at.episode)?;
    let cut = episode.cut(at.cut)?;
    let cues = cues::cues(show, cut, template.merge_gap);
    let laying = Laying {
        show,
        cut,
        template,
    };
    let secs: Vec<i64> = cues.iter().map(|cue| laying.secs(cue)).collect();
    let total = secs.iter().sum();
    let head = |field: &str| match field {
        "series" => show.title.clone(),
        "episode_title" => episode.title.clone(),
        "episode_number" => episode.number.clone(),
        "cut" => format!("v{}", cut.number),
        "programme_length" => length(rounded(cut.length, template.rounding)),
        "music_length" => length(total),
        other => {
            let said = episode.header.get(other).filter(|text| !text.is_empty());
            said.or_else(|| show.header.get(other))
                .cloned()
                .unwrap_or_default()
        }
    };
    let lines = template.header.iter();
    let header: Vec<(String, String)> = lines
        .map(|line| (line.heading.clone(), head(&line.field)))
        .collect();
    let rows = cues.iter().zip(1..).zip(&secs);
    let rows = rows.map(|((cue, sequence), secs)| laying.row(cue, sequence, *secs));
    Some(Sheet {
        title: [show.title.as_str(), &episode.number, &episode.title]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" – "),
        rows: rows.collect(),
        columns: template.columns.clone(),
        totals: vec![
            ("Cues".to_owned(), cues.len().to_string()),
            ("Total music".to_owned(), length(total)),
        ],
        remarks: checks::remarks(&laying, &cues, &header),
        header,
    })
}

/// What a sheet is laid out from.
struct Laying<'a> {
    show: &'a Show,
    cut: &'a Cut,
    template: &'a CueTemplate,
}

impl Laying<'_> {
    fn secs(&self, cue: &Cue) -> i64 {
        rounded(cue.span.length(), self.template.rounding)
    }

    fn facts(&self, cue: &Cue) -> Facts {
        facts::facts(self.show, self.cut, cue)
    }

    fn row(&self, cue: &Cue, sequence: usize, secs: i64) -> Vec<String> {
        let blank = Track::default();
        let track = self.show.track(cue.track).unwrap_or(&blank);
        let columns = self.template.columns.iter();
        columns
            .map(|column| self.cell(column.field, cue, track, sequence, secs))
            .collect()
    }

    fn cell(
        &self,
        field: CueField,
        cue: &Cue,
        track: &Track,
        sequence: usize,
        secs: i64,
    ) -> String {
        match field {
            CueField::Sequence => sequence.to_string(),
            CueField::CueNumber => cue.number.clone(),
            CueField::Title => track.title.clone(),
            CueField::Artist => track.artist.clone(),
            CueField::Album => track.album.clone(),
            CueField::Usage => self.facts(cue).code(&self.template.codes).to_owned(),
            CueField::TimeIn => self.cut.label(cue.span.start()),
            CueField::TimeOut => self.cut.label(cue.span.end()),
            CueField::Length => length(secs),
            CueField::Seconds => secs.to_string(),
            CueField::Writers => parties(&track.writers),
            CueField::Publishers if track.publishers.is_empty() => track.publisher.clone(),
            CueField::Publishers => parties(&track.publishers),
            CueField::Origin => track.origin.map_or("", |origin| origin.as_str()).to_owned(),
            CueField::Label => track.label.clone(),
            CueField::Catalogue => track.catalogue.clone(),
            CueField::Isrc => track.isrc.clone(),
            CueField::Iswc => track.iswc.clone(),
            CueField::Master => track.master.to_string(),
            CueField::Publishing => track.publishing.to_string(),
            CueField::Scene => {
                let slot = self.cut.slot(cue.slot);
                let scene = slot.and_then(|slot| self.cut.scene(slot.scene?));
                scene.map(crate::model::Scene::title).unwrap_or_default()
            }
        }
    }
}

/// Each on a line: `Ana Holm (CA) 50 % PRS 00014107338`, with what is known.
fn parties<R: PartyRole>(parties: &[Party<R>]) -> String {
    let line = |party: &Party<R>| {
        let share = party.share.map(|share| format!("{share} %"));
        let mut text = format!("{} ({})", party.name, party.role.code());
        let rest = [
            share.as_deref().unwrap_or_default(),
            &party.society,
            &party.ipi,
        ];
        for part in rest.into_iter().filter(|part| !part.is_empty()) {
            text.push(' ');
            text.push_str(part);
        }
        text
    };
    let lines: Vec<String> = parties.iter().map(line).collect();
    lines.join("\n")
}

/// A length in whole seconds. What is heard at all is heard for a second at least.
fn rounded(length: Ticks, rounding: Rounding) -> i64 {
    let second = Ticks::PER_SECOND;
    let ticks = length.get().max(0);
    let secs = match rounding {
        Rounding::Nearest => (ticks + second / 2) / second,
        Rounding::Up => (ticks + second - 1) / second,
        Rounding::Down => ticks / second,
    };
    if ticks > 0 { secs.max(1) } else { secs }
}

/// `0:32`, `12:05`, `1:02:03`.
fn length(secs: i64) -> String {
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

#[cfg(test)]
mod tests;
