//! The pool's header: which list of the pool is seen, the way to the others, and how more gets
//! into it.

use egui::Align;
use egui::Button;
use egui::DragAndDrop;
use egui::Frame;
use egui::Layout;
use egui::Margin;
use egui::Popup;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::text::CCursor;
use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::vec2;

use super::PoolPanel;
use crate::app::Action;
use crate::app::ListAction;
use crate::app::PoolAction;
use crate::model::List;
use crate::model::ListId;
use crate::model::Show;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::dnd::Dragged;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::TextField;
use crate::ui::widgets::count_text;
use crate::ui::widgets::paint_elided;

/// Room for the chevron after the name.
const CHEVRON: f32 = 18.0;

/// Shows the header.
pub(super) fn header_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel, show: &Show) {
    let open = ctx.app.pool().query().list;
    let open = open.and_then(|id| Some((id, show.list(id)?)));
    let to_name = ctx.app.list_to_name();
    if to_name != panel.named {
        panel.named = to_name;
        panel.renaming = to_name;
        panel.is_rename_wanted = to_name.is_some();
    }
    Frame::new()
        .inner_margin(Margin {
            left: 8,
            right: 6,
            top: 8,
            bottom: 2,
        })
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), size::CONTROL);
            let layout = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                add_ui(ui, ctx);
                if let Some((id, list)) = open {
                    list_menu_ui(ui, ctx, panel, id, list);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| match open {
                    Some((id, list)) if panel.renaming == Some(id) => {
                        rename_ui(ui, ctx, panel, id, list);
                    }
                    _ => chooser_ui(ui, ctx, show, open),
                });
            });
        });
}

fn ask(ctx: &Ctx<'_>, action: ListAction) {
    ctx.request(Action::Pool(PoolAction::List(action)));
}

fn add_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let add = ui.add(IconButton::new(Icon::Plus, "Add tracks"));
    Popup::menu(&add).show(|ui| {
        for command in [Command::AddFiles, Command::AddFolder] {
            command_ui(ui, ctx, command);
        }
    });
}

fn command_ui(ui: &mut Ui, ctx: &Ctx<'_>, command: Command) {
    let mut button = Button::new(command.text());
    if let Some(keys) = command.keys_text(ui) {
        button = button.shortcut_text(keys);
    }
    let is_enabled = command.is_enabled(ctx.app);
    if ui.add_enabled(is_enabled, button).clicked() {
        ctx.run(command);
    }
}

/// What can be done with the list that is seen.
fn list_menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel, id: ListId, list: &List) {
    let more = ui.add(IconButton::new(Icon::More, "List"));
    Popup::menu(&more).show(|ui| {
        let made_by = list.made_by.and_then(|by| ctx.app.show()?.person(by));
        if let Some(person) = made_by {
            let weak = tokens(ui).weak;
            let made = format!("Made by {}, {}", person.name, list.made_at.date());
            ui.label(
                egui::RichText::new(made)
                    .font(type_style::small())
                    .color(weak),
            );
        }
        if let Some(query) = &list.query {
            let weak = tokens(ui).weak;
            ui.label(
                egui::RichText::new(query)
                    .font(type_style::small())
                    .color(weak),
            );
        }
        if ui.button("Rename").clicked() {
            panel.renaming = Some(id);
            panel.is_rename_wanted = true;
        }
        if ui.button("Duplicate").clicked() {
            ask(ctx, ListAction::Duplicate(id));
        }
        command_ui(ui, ctx, Command::ExportList);
        ui.separator();
        if ui.button("Delete list").clicked() {
            ask(ctx, ListAction::Remove(id));
        }
    });
}

fn rename_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel, id: ListId, list: &List) {
    let field = ui
        .push_id(id, |ui| {
            TextField::new("Name of the list", &list.name).show(ui)
        })
        .inner;
    if std::mem::take(&mut panel.is_rename_wanted) {
        field.response.request_focus();
        // What is typed takes the place of the name it was given by itself.
        let mut state = TextEditState::load(ui, field.response.id).unwrap_or_default();
        let end = CCursor::new(list.name.chars().count());
        let all = CCursorRange::two(CCursor::new(0), end);
        state.cursor.set_char_range(Some(all));
        state.store(ui, field.response.id);
    } else if !field.response.has_focus() {
        panel.renaming = None;
    }
    if let Some(name) = field.committed {
        ask(ctx, ListAction::Rename(id, name));
    }
}

/// The name of what is seen, which opens the choice of lists. Tracks that are dragged over it open
/// it too, to be dropped on one.
fn chooser_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, open: Option<(ListId, &List)>) {
    let name = open.map_or(show.title.as_str(), |(_, list)| list.name.as_str());
    let button = name_button(ui, name);
    let is_over = DragAndDrop::has_payload_of_type::<Dragged>(ui) && button.contains_pointer();
    if is_over && !show.lists().is_empty() {
        Popup::open_id(ui, Popup::default_response_id(&button));
    }
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(200.0);
        let whole = Button::new("Whole pool")
            .shortcut_text(count_text(show.n_tracks()))
            .selected(open.is_none());
        if ui.add(whole).clicked() {
            ask(ctx, ListAction::Open(None));
        }
        let lists = show.lists();
        let (smart, made): (Vec<_>, Vec<_>) = lists.iter().partition(|(_, it)| it.is_smart());
        let is_open = |id: ListId| open.is_some_and(|(open, _)| open == id);
        for (heading, lists) in [("Lists", made), ("Smart lists", smart)] {
            if lists.is_empty() {
                continue;
            }
            ui.separator();
            let weak = tokens(ui).weak;
            let heading = egui::RichText::new(heading).font(type_style::small());
            ui.label(heading.color(weak));
            for (id, list) in lists {
                let line = list_line(ui, list, is_open(id));
                if line.clicked() {
                    ask(ctx, ListAction::Open(Some(id)));
                }
                drop_ui(ui, ctx, &line, id, list);
            }
        }
        ui.separator();
        command_ui(ui, ctx, Command::NewList);
        command_ui(ui, ctx, Command::KeepSearch);
    });
}

fn list_line(ui: &mut Ui, list: &List, is_open: bool) -> Response {
    let mut button = Button::new(&list.name).selected(is_open);
    if !list.is_smart() {
        button = button.shortcut_text(count_text(list.tracks.len()));
    }
    ui.add(button)
}

/// Takes tracks that are dropped on a list.
fn drop_ui(ui: &mut Ui, ctx: &Ctx<'_>, line: &Response, id: ListId, list: &List) {
    if list.is_smart() || line.dnd_hover_payload::<Dragged>().is_none() {
        return;
    }
    let ring = egui::Stroke::new(size::FOCUS, tokens(ui).ghost_ok);
    ui.painter()
        .rect_stroke(line.rect, size::RADIUS, ring, egui::StrokeKind::Inside);
    if let Some(dragged) = line.dnd_release_payload::<Dragged>() {
        let Dragged::Tracks(tracks) = &*dragged;
        ask(ctx, ListAction::Put(id, tracks.to_vec(), None));
        ui.close();
    }
}

/// A button that is the name of what is seen, in the size of a title.
fn name_button(ui: &mut Ui, name: &str) -> Response {
    let tokens = tokens(ui);
    let font = type_style::title();
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font.clone(), tokens.text);
    let width = (galley.size().x + size::UNIT + CHEVRON + 2.0).min(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::click());
    if response.hovered() || Popup::is_id_open(ui, Popup::default_response_id(&response)) {
        ui.painter()
            .rect_filled(rect, size::RADIUS, tokens.control_hover);
    }
    let words = rect
        .with_min_x(rect.left() + size::UNIT)
        .with_max_x(rect.right() - CHEVRON + 1.0);
    paint_elided(ui.painter(), words, name, font, tokens.text, Align::Min);
    let chevron = Rect::from_center_size(
        pos2(rect.right() - CHEVRON / 2.0, rect.center().y + 1.0),
        vec2(10.0, 10.0),
    );
    paint_icon(ui.painter(), Icon::ChevronDown, chevron, tokens.weak);
    if response.has_focus() {
        let ring = egui::Stroke::new(size::FOCUS, tokens.focus);
        ui.painter()
            .rect_stroke(rect, size::RADIUS, ring, egui::StrokeKind::Inside);
    }
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("List: {name}"))
    });
    response
}
