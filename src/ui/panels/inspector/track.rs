//! A track: what it is, why it is in the pool, its words, its sound, its clearance.

use egui::RichText;
use egui::Sense;
use egui::Ui;

use super::form;
use super::sound;
use super::words;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::Role;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Writer;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::Section;
use crate::ui::widgets::TagEditor;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TextField;
use crate::ui::widgets::choice;
use crate::ui::widgets::length_text;

/// Shows a track.
pub(super) fn track_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId) {
    let Some(show) = ctx.app.show() else { return };
    let Some(track) = show.track(id) else { return };
    ui.push_id(("track", id), |ui| {
        let title = match track.title.as_str() {
            "" => "Untitled",
            title => title,
        };
        form::heading(ui, Icon::Note, "Track", title);
        form::subheading(ui, &track.artist);
        let state = form::row(ui, "State", |ui| {
            choice(ui, "State", &words::POOL_STATES, track.state)
        });
        if let Some(state) = state {
            set(ctx, id, TrackField::State(state));
        }
        why_ui(ui, ctx, show, id, track);
        Section::new("About").show(ui, |ui| about_ui(ui, ctx, id, track));
        Section::new("Writers")
            .count(track.writers.len())
            .show(ui, |ui| writers_ui(ui, ctx, id, track));
        Section::new("Clearance").show(ui, |ui| clearance_ui(ui, ctx, id, track));
        if !track.lyrics.is_empty() {
            Section::new("Lyrics").show(ui, |ui| lyrics_ui(ui, ctx, id, track));
        }
        Section::new("Sound").show(ui, |ui| sound::sound_ui(ui, ctx, id, track));
        renditions_ui(ui, ctx, show, id, track);
    });
}

fn set(ctx: &Ctx<'_>, id: TrackId, field: TrackField) {
    ctx.request(Action::Pool(PoolAction::Set(vec![id], field)));
}

/// Why it is here, tags and notes, and who added it.
fn why_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, id: TrackId, track: &Track) {
    if let Some(why) = form::text_block(ui, "Why", &track.why, "Why it lives in this show") {
        set(ctx, id, TrackField::Why(why));
    }
    let tags: Vec<String> = track.tags.iter().cloned().collect();
    form::remark(ui, "Tags");
    if let Some(tags) = TagEditor::new("Tags", &tags).show(ui) {
        set(ctx, id, TrackField::Tags(tags.into_iter().collect()));
    }
    if let Some(notes) = form::text_block(ui, "Notes", &track.notes, "Remarks") {
        set(ctx, id, TrackField::Notes(notes));
    }
    let who = track.added_by.and_then(|person| show.person(person));
    let when = track.added_at.date();
    let added = match who {
        Some(person) => format!("Added by {} on {when}", person.name),
        None => format!("Added on {when}"),
    };
    if track.added_at.unix_millis() != 0 || who.is_some() {
        form::remark(ui, added);
    }
}

fn about_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    for (name, value, field) in [
        (
            "Title",
            &track.title,
            TrackField::Title as fn(String) -> TrackField,
        ),
        ("Artist", &track.artist, TrackField::Artist),
        ("Album", &track.album, TrackField::Album),
        ("Genre", &track.genre, TrackField::Genre),
        ("Publisher", &track.publisher, TrackField::Publisher),
        ("Label", &track.label, TrackField::Label),
        ("ISRC", &track.isrc, TrackField::Isrc),
    ] {
        if let Some(text) = form::text_row(ui, name, value, "") {
            set(ctx, id, field(text.trim().to_owned()));
        }
    }
    let year = track.year.map_or_else(String::new, |year| year.to_string());
    if let Some(text) = form::text_row(ui, "Year", &year, "") {
        // What is no year leaves it as it is.
        let typed = text.trim();
        if typed.is_empty() {
            set(ctx, id, TrackField::Year(None));
        } else if let Ok(year) = typed.parse() {
            set(ctx, id, TrackField::Year(Some(year)));
        }
    }
}

fn writers_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let mut changed = None;
    for (n, writer) in track.writers.iter().enumerate() {
        ui.push_id(n, |ui| {
            ui.horizontal(|ui| {
                let room = (ui.available_width() - 150.0).max(60.0);
                let field = TextField::new("Writer", &writer.name).width(room);
                if let Some(name) = field.show(ui).committed {
                    changed = Some((
                        n,
                        Some(Writer {
                            name,
                            ..writer.clone()
                        }),
                    ));
                }
                if let Some(role) = choice(ui, "Role", &words::ROLES, writer.role) {
                    changed = Some((
                        n,
                        Some(Writer {
                            role,
                            ..writer.clone()
                        }),
                    ));
                }
                let name = format!("Remove {}", writer.name);
                if ui
                    .add(IconButton::new(Icon::Close, &name).side(size::CHIP))
                    .clicked()
                {
                    changed = Some((n, None));
                }
            });
        });
    }
    let mut writers = track.writers.clone();
    match changed {
        Some((n, Some(writer))) => {
            if let Some(old) = writers.get_mut(n) {
                *old = writer;
            }
        }
        Some((n, None)) => {
            writers.remove(n);
        }
        None => {
            let hint = "Add a writer";
            let Some(name) = TextField::new(hint, "").hint(hint).show(ui).committed else {
                return;
            };
            writers.push(Writer {
                name: name.trim().to_owned(),
                role: Role::default(),
            });
        }
    }
    set(ctx, id, TrackField::Writers(writers));
}

fn clearance_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let master = form::row(ui, "Master", |ui| {
        choice(ui, "Master", &words::CLEARANCES, track.master)
    });
    if let Some(master) = master {
        set(ctx, id, TrackField::Master(master));
    }
    let publishing = form::row(ui, "Publishing", |ui| {
        choice(ui, "Publishing", &words::CLEARANCES, track.publishing)
    });
    if let Some(publishing) = publishing {
        set(ctx, id, TrackField::Publishing(publishing));
    }
}

/// The words; a click on a line plays from there, the one that is sung is bright.
fn lyrics_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let here = ctx.app.place_in_track(id);
    let sung = here.and_then(|here| {
        let begun = |line: &crate::model::LyricLine| line.at.is_some_and(|at| at <= here);
        track.lyrics.iter().rposition(begun)
    });
    for (n, line) in track.lyrics.iter().enumerate() {
        let is_sung = sung == Some(n);
        let color = if is_sung {
            tokens(ui).text
        } else {
            tokens(ui).weak
        };
        ui.horizontal(|ui| {
            let time = line.at.map_or_else(String::new, length_text);
            let time = RichText::new(format!("{time:>6}"))
                .font(type_style::timecode_small())
                .color(tokens(ui).faint);
            ui.label(time);
            let mut text = RichText::new(&line.text).color(color);
            if is_sung {
                text = text.font(type_style::strong());
            }
            let label = egui::Label::new(text).wrap();
            match line.at {
                Some(at) => {
                    let words = ui.add(label.sense(Sense::click()));
                    if words.on_hover_text("Plays from here").clicked() {
                        let from = at.max(Ticks::ZERO);
                        let play = TransportAction::PlayFrom(id, from);
                        ctx.request(Action::Transport(play));
                    }
                }
                None => {
                    ui.add(label);
                }
            }
        });
    }
}

/// Other versions of the same recording; a click selects one.
fn renditions_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, id: TrackId, track: &Track) {
    let main = track.rendition.map_or(id, |rendition| rendition.of);
    let others: Vec<(TrackId, String)> = show
        .tracks()
        .filter(|(other, _)| *other != id)
        .filter_map(|(other, found)| match found.rendition {
            Some(rendition) if rendition.of == main => {
                Some((other, format!("{} ({})", found.title, rendition.kind)))
            }
            _ if other == main => Some((other, format!("{} (main)", found.title))),
            _ => None,
        })
        .collect();
    if others.is_empty() {
        return;
    }
    Section::new("Renditions")
        .count(others.len())
        .show(ui, |ui| {
            for (other, name) in others {
                if ui.add(TextButton::new(&name).quiet()).clicked() {
                    ctx.request(Action::Pool(PoolAction::Select(vec![other])));
                }
            }
        });
}
