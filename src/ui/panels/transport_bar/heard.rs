//! What sounds, in words: which track, against which scene, as which alternate.

use egui::Align;
use egui::Id;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;

use crate::app::App;
use crate::app::Line;
use crate::app::PlayState;
use crate::app::Turn;
use crate::audio::Direction;
use crate::model::Cut;
use crate::model::Opinion;
use crate::model::SceneId;
use crate::model::TrackId;
use crate::ops::place::slot_of_scene;
use crate::time::Ticks;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::paint_elided;

/// What sounds, or would if playing went on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// The track, or what stands for it.
    pub(super) title: String,
    /// Where and as what it is heard.
    pub(super) detail: String,
}

/// What sounds now, and how fast where that is not as usual.
pub(super) fn heard(app: &App) -> Heard {
    let mut heard = heard_as_usual(app);
    if let Some(shuttle) = app.transport().shuttle() {
        let sign = match shuttle.direction {
            Direction::Forwards => "",
            Direction::Backwards => "−",
        };
        let factor = shuttle.speed.factor();
        heard.detail = format!("{sign}{factor}× · {}", heard.detail);
    }
    heard
}

fn heard_as_usual(app: &App) -> Heard {
    let transport = app.transport();
    let is_stopped = transport.state() == PlayState::Stopped;
    match (transport.line(), app.open_cut()) {
        (Line::Track(track), _) if !is_stopped => Heard {
            title: title_of(app, track),
            detail: match artist_of(app, track) {
                Some(artist) => format!("{artist} · preview"),
                None => "preview".to_owned(),
            },
        },
        (_, Some((_, _, cut))) => in_cut(app, cut),
        _ => nothing(),
    }
}

fn nothing() -> Heard {
    Heard {
        title: "Nothing playing".to_owned(),
        detail: "press a track to hear it".to_owned(),
    }
}

fn in_cut(app: &App, cut: &Cut) -> Heard {
    if let Some(turn) = app.transport().turn() {
        return in_round(app, cut, turn);
    }
    let here = app.playhead();
    let armed = app.transport().armed();
    let Some(scene_id) = armed.or_else(|| scene_at(cut, here)) else {
        return match music_at(cut, here) {
            Some((track, which)) => Heard {
                title: title_of(app, track),
                detail: which,
            },
            None if app.is_moving() => Heard {
                title: "No music here".to_owned(),
                detail: "between scenes".to_owned(),
            },
            None => nothing(),
        };
    };
    let scene = cut.scene(scene_id).map(crate::model::Scene::title);
    let scene = scene.unwrap_or_default();
    if let Some(track) = app.transport().trial() {
        return Heard {
            title: format!("{} → {scene}", title_of(app, track)),
            detail: "trying it; Enter places it".to_owned(),
        };
    }
    let music = if armed.is_some() {
        music_of_scene(cut, scene_id)
    } else {
        music_at(cut, here)
    };
    match music {
        Some((track, which)) => Heard {
            title: format!("{} → {scene}", title_of(app, track)),
            detail: which,
        },
        None => Heard {
            title: scene,
            detail: match armed {
                Some(_) => "armed; press a track to try it here".to_owned(),
                None => "no music here".to_owned(),
            },
        },
    }
}

/// Whose turn it is, or only which turn, where nobody is to know.
fn in_round(app: &App, cut: &Cut, turn: Turn) -> Heard {
    let slot = cut.slot(turn.slot);
    let alternate = slot.and_then(|slot| slot.alternate(turn.alternate));
    let name = match alternate {
        Some(alternate) if !turn.is_blind => title_of(app, alternate.track),
        _ => format!("Alternate {}", letter(turn.number)),
    };
    let scene = slot.and_then(|slot| cut.scene(slot.scene?));
    let title = match scene {
        Some(scene) => format!("{name} → {}", scene.title()),
        None => name,
    };
    let round = if turn.is_blind {
        "blind round"
    } else {
        "round"
    };
    let (number, n_turns) = (turn.number + 1, turn.n_turns);
    let verdicts = Opinion::ALL.map(|opinion| {
        let command = Command::Judge(opinion);
        let key = command.shortcuts().first();
        let key = key.map_or("", |keys| keys.logical_key.name());
        format!("{key} {}", command.text().to_lowercase())
    });
    Heard {
        title,
        detail: format!("{round}, {number} of {n_turns}: {}", verdicts.join(", ")),
    }
}

/// A, B, C… for the turns of a blind round; numbers after Z.
fn letter(number: usize) -> String {
    match u8::try_from(number) {
        Ok(n @ 0..26) => char::from(b'A' + n).to_string(),
        _ => (number + 1).to_string(),
    }
}

fn scene_at(cut: &Cut, here: Ticks) -> Option<SceneId> {
    let scenes = cut.scenes();
    let found = scenes.iter().find(|(_, scene)| scene.span.contains(here));
    found.map(|(id, _)| *id)
}

fn music_of_scene(cut: &Cut, scene: SceneId) -> Option<(TrackId, String)> {
    let (_, slot) = slot_of_scene(cut, scene)?;
    picked(slot)
}

fn music_at(cut: &Cut, here: Ticks) -> Option<(TrackId, String)> {
    let slots = cut.slots();
    let found = slots.iter().find(|(_, slot)| slot.span.contains(here));
    picked(found?.1)
}

/// The pick of a slot, and which of how many alternates it is.
fn picked(slot: &crate::model::Slot) -> Option<(TrackId, String)> {
    let (pick, alternate) = slot.picked()?;
    let alternates = slot.alternates();
    let number = alternates.iter().position(|(id, _)| *id == pick)? + 1;
    let which = format!("alternate {number} of {}", alternates.len());
    Some((alternate.track, which))
}

fn title_of(app: &App, track: TrackId) -> String {
    let track = app.show().and_then(|show| show.track(track));
    track.map_or_else(|| "a track that is gone".to_owned(), |t| t.title.clone())
}

fn artist_of(app: &App, track: TrackId) -> Option<String> {
    let track = app.show()?.track(track)?;
    (!track.artist.is_empty()).then(|| track.artist.clone())
}

/// Shows what sounds.
pub(super) fn heard_ui(ui: &Ui, ctx: &Ctx<'_>, rect: Rect) {
    let heard = heard(ctx.app);
    let tokens = tokens(ui);
    let is_running = ctx.app.transport().state().is_running();
    let ink = if is_running { tokens.text } else { tokens.weak };
    let lines = Rect::from_center_size(rect.center(), egui::vec2(rect.width(), 34.0));
    let (upper, lower) = lines.split_top_bottom_at_fraction(0.53);
    let painter = ui.painter();
    let strong = type_style::strong();
    let title = paint_elided(painter, upper, &heard.title, strong, ink, Align::Min);
    let small = type_style::small();
    paint_elided(
        painter,
        lower,
        &heard.detail,
        small,
        tokens.weak,
        Align::Min,
    );
    let response = ui.interact(lines, Id::unique("what is heard"), Sense::hover());
    response.widget_info(|| {
        let words = format!("{}, {}", heard.title, heard.detail);
        WidgetInfo::labeled(Role::Label, true, words)
    });
    if title.cut {
        response.on_hover_text(&heard.title);
    }
}
