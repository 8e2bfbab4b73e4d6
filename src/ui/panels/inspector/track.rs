//! A track: what it is, why it is in the pool, its words, its sound, its clearance.

use egui::RichText;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use super::InspectorView;
use super::form;
use super::renditions::renditions_ui;
use super::shared::Shared;
use super::sound;
use super::thread::thread_ui;
use super::words;
use super::work::parties_ui;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::Rating;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::cover::has_cover;
use crate::ui::cover::paint_cover;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::Section;
use crate::ui::widgets::StarsChange;
use crate::ui::widgets::TagChange;
use crate::ui::widgets::TagEditor;
use crate::ui::widgets::choice;
use crate::ui::widgets::length_text;
use crate::ui::widgets::stars;

/// The side of a picture, as high as the heading beside it.
const COVER: f32 = 72.0;
/// How many tags are offered while one is typed.
const MOST_COMPLETIONS: usize = 8;

/// Shows a track.
pub(super) fn track_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut InspectorView, id: TrackId) {
    let Some(session) = ctx.app.session() else {
        return;
    };
    let show = session.show();
    let Some(track) = show.track(id) else { return };
    view.common.follow(ctx.app, session, &[id]);
    ui.push_id(("track", id), |ui| {
        let title = match track.title.as_str() {
            "" => "Untitled",
            title => title,
        };
        heading_ui(ui, ctx, track, title);
        let state = form::row(ui, "State", |ui| {
            choice(ui, "State", &words::POOL_STATES, track.state)
        });
        if let Some(state) = state {
            set(ctx, id, TrackField::State(state));
        }
        rating_ui(ui, ctx, show, id, track);
        if let Some(color) = form::label_row(ui, &Shared::Same(track.color)) {
            set(ctx, id, TrackField::Color(color));
        }
        why_ui(ui, ctx, show, (id, track), &view.common.suggested);
        renditions_ui(ui, ctx, show, id, track);
        thread_ui(ui, ctx, show, id, track);
        Section::new("About").show(ui, |ui| about_ui(ui, ctx, id, track));
        Section::new("Writers")
            .count(track.writers.len())
            .show(ui, |ui| {
                let roles = &words::ROLES;
                if let Some(now) = parties_ui(ui, "Writer", roles, &track.writers) {
                    set(ctx, id, TrackField::Writers(now));
                }
            });
        paperwork_ui(ui, ctx, id, track);
        Section::new("Clearance").show(ui, |ui| clearance_ui(ui, ctx, id, track));
        if !track.lyrics.is_empty() {
            Section::new("Lyrics").show(ui, |ui| lyrics_ui(ui, ctx, id, track));
        }
        Section::new("Sound").show(ui, |ui| sound::sound_ui(ui, ctx, id, track));
    });
}

fn set(ctx: &Ctx<'_>, id: TrackId, field: TrackField) {
    ctx.request(Action::Pool(PoolAction::Set(vec![id], field)));
}

/// What it is called, beside its picture. Its room is the same whether there is a picture, or none,
/// or one that is still to come, so that nothing below it moves.
fn heading_ui(ui: &mut Ui, ctx: &Ctx<'_>, track: &Track, title: &str) {
    let media = track.media.as_ref();
    ui.horizontal_top(|ui| {
        let (rect, picture) = ui.allocate_exact_size(vec2(COVER, COVER), Sense::hover());
        paint_cover(ui, ctx, media, rect);
        ui.add_space(size::UNIT);
        if has_cover(ctx, media) {
            let name = format!("Picture of {title}");
            picture.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
        }
        ui.vertical(|ui| {
            form::heading(ui, Icon::Note, "Track", title);
            form::subheading(ui, &track.artist);
        });
    });
}

/// The stars of whoever works here, and what others gave.
fn rating_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, id: TrackId, track: &Track) {
    let me = ctx.app.me();
    let own = me.and_then(|me| track.ratings.get(&me));
    let change = form::row(ui, "Rating", |ui| {
        let change = stars(ui, "Rating", own.map_or(0, |rating| rating.stars()));
        let others = track.ratings.iter().filter(|(by, _)| Some(**by) != me);
        let said: Vec<String> = others
            .map(|(by, rating)| {
                let name = show.person(*by).map_or("Somebody", |it| it.name.as_str());
                format!("{name}: {rating}")
            })
            .collect();
        if let (Some(mean), false) = (track.mean_rating(), said.is_empty()) {
            let mean = RichText::new(format!("  {mean:.1} of {}", track.ratings.len()))
                .font(type_style::small())
                .color(tokens(ui).weak);
            ui.label(mean).on_hover_text(said.join("\n"));
        }
        change
    });
    if let Some(change) = change {
        let rating = match change {
            StarsChange::Give(n) => Rating::new(n),
            StarsChange::TakeBack => None,
        };
        ctx.request(Action::Pool(PoolAction::Rate(vec![id], rating)));
    }
}

/// Why it is here, tags and notes, and who added it.
fn why_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    show: &Show,
    (id, track): (TrackId, &Track),
    suggested: &[String],
) {
    if let Some(why) = form::text_block(ui, "Why", &track.why, "Why it lives in this show") {
        set(ctx, id, TrackField::Why(why));
    }
    let tags: Vec<String> = track.tags.iter().cloned().collect();
    form::remark(ui, "Tags");
    let used = &ctx.app.lore().tags;
    let complete = |typed: &str| {
        let found = used.suggest(track, typed, MOST_COMPLETIONS);
        found.into_iter().map(str::to_owned).collect()
    };
    let editor = TagEditor::new("Tags", &tags)
        .completer(&complete)
        .suggested(suggested);
    if let Some(change) = editor.change(ui) {
        ctx.request(Action::Pool(match change {
            TagChange::Add(tag) => PoolAction::Tag(vec![id], tag),
            TagChange::Remove(tag) => PoolAction::Untag(vec![id], tag),
        }));
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

/// What only a cue sheet asks for; folded as long as nobody has said any of it.
fn paperwork_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let texts = [&track.catalogue, &track.iswc];
    let is_blank = track.origin.is_none()
        && track.publishers.is_empty()
        && texts.iter().all(|text| text.is_empty());
    let section = Section::new("Cue sheet");
    let section = if is_blank { section.folded() } else { section };
    section.show(ui, |ui| {
        let origin = form::row(ui, "Origin", |ui| {
            choice(ui, "Origin", &words::ORIGINS, track.origin)
        });
        if let Some(origin) = origin {
            set(ctx, id, TrackField::Origin(origin));
        }
        if let Some(text) = form::text_row(ui, "Catalogue", &track.catalogue, "") {
            set(ctx, id, TrackField::Catalogue(text.trim().to_owned()));
        }
        if let Some(text) = form::text_row(ui, "ISWC", &track.iswc, "") {
            set(ctx, id, TrackField::Iswc(text.trim().to_owned()));
        }
        form::remark(ui, "Publishers");
        let roles = &words::PUBLISHERS;
        if let Some(now) = parties_ui(ui, "Publisher", roles, &track.publishers) {
            set(ctx, id, TrackField::Publishers(now));
        }
    });
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
