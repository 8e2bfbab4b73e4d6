//! How a table is read: by which preset, from which sheet, with what between its cells; and what
//! its columns mean.

use egui::Ui;

use super::ListForm;
use super::columns::columns_ui;
use crate::app::Action;
use crate::app::ListReview;
use crate::app::PoolAction;
use crate::app::TableAsk;
use crate::interchange::Delimiter;
use crate::interchange::Layout;
use crate::interchange::TableFile;
use crate::interchange::TextEncoding;
use crate::interchange::playlist::Mapping;
use crate::interchange::playlist::Preset;
use crate::ui::ctx::Ctx;
use crate::ui::dialogs::frame::form_row;
use crate::ui::theme::size;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TextField;
use crate::ui::widgets::choice;
use crate::ui::widgets::segmented;

/// Whether the first row is one of headings.
const HEADINGS: [(bool, &str); 2] = [(true, "First row"), (false, "None")];

/// Room for the name of a preset.
const NAME_WIDTH: f32 = 180.0;

/// Shows how a table is read.
pub(super) fn table_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    review: &ListReview,
    file: &TableFile,
    form: &mut ListForm,
) {
    let ask = |ask| ctx.request(Action::Pool(PoolAction::ReadTable(ask)));
    form_row(ui, "Preset", |ui| preset_ui(ui, ctx, form));
    form_row(ui, "Headings", |ui| {
        let mapping = &review.mapping;
        if let Some(has_headings) = segmented(ui, "Headings", &HEADINGS, mapping.n_above > 0) {
            form.preset = None;
            ask(TableAsk::Mapping(Mapping {
                n_above: usize::from(has_headings),
                ..mapping.clone()
            }));
        }
    });
    form_row(ui, "Read as", |ui| {
        if let Some(layout) = layout_ui(ui, review.mapping.layout, file) {
            form.preset = None;
            ask(TableAsk::Layout(layout));
        }
    });
    ui.add_space(2.0 * size::UNIT);
    if let Some((column, meaning)) = columns_ui(ui, review) {
        form.preset = None;
        ask(TableAsk::Mapping(
            review.mapping.clone().with(column, meaning),
        ));
    }
}

/// Chooses a preset, or makes one of how the table is read now.
fn preset_ui(ui: &mut Ui, ctx: &Ctx<'_>, form: &mut ListForm) {
    let built_in = Preset::built_in();
    let all: Vec<&Preset> = ctx.app.settings().presets.iter().chain(&built_in).collect();
    let mut options = vec![(None, "As guessed")];
    let named = all.iter().enumerate();
    options.extend(named.map(|(at, preset)| (Some(at), preset.name.as_str())));
    ui.scope(|ui| {
        ui.spacing_mut().combo_width = 2.0 * NAME_WIDTH;
        if let Some(picked) = choice(ui, "Preset", &options, form.preset) {
            form.preset = picked;
            let preset = picked.and_then(|at| all.get(at));
            let ask = preset.map_or(TableAsk::Guess, |it| TableAsk::Preset((*it).clone()));
            ctx.request(Action::Pool(PoolAction::ReadTable(ask)));
        }
    });
    ui.add_space(2.0 * size::UNIT);
    let field = TextField::new("Name of the preset", &form.name)
        .hint("Name for these columns")
        .width(NAME_WIDTH);
    let shown = field.show(ui);
    if let Some(name) = shown.committed {
        form.name = name;
    }
    let can_be_saved = !form.name.trim().is_empty() || shown.response.has_focus();
    let button = TextButton::new("Save preset");
    let is_pressed = ui.add_enabled_ui(can_be_saved, |ui| ui.add(button).clicked());
    if is_pressed.inner && !form.name.trim().is_empty() {
        let name = std::mem::take(&mut form.name);
        ctx.request(Action::Pool(PoolAction::SavePreset(name)));
    }
}

/// Which table of the file is read, and how its text is taken apart; another layout that was
/// chosen.
fn layout_ui(ui: &mut Ui, layout: Layout, file: &TableFile) -> Option<Layout> {
    let mut wanted = layout;
    if file.is_text() {
        let options = Delimiter::ALL.map(|it| (Some(it), it.to_string()));
        let named = options.each_ref().map(|(it, name)| (*it, name.as_str()));
        if let Some(delimiter) = choice(ui, "Separator", &named, layout.delimiter) {
            wanted.delimiter = delimiter;
        }
        let options = TextEncoding::ALL.map(|it| (Some(it), it.to_string()));
        let mut named = vec![(None, "Encoding as found")];
        named.extend(options.iter().map(|(it, name)| (*it, name.as_str())));
        ui.spacing_mut().combo_width = NAME_WIDTH;
        if let Some(encoding) = choice(ui, "Encoding", &named, layout.encoding) {
            wanted.encoding = encoding;
        }
    } else {
        let sheets: Vec<(usize, &str)> = file.sheets().into_iter().enumerate().collect();
        ui.spacing_mut().combo_width = 2.0 * NAME_WIDTH;
        if let Some(sheet) = choice(ui, "Sheet", &sheets, layout.sheet) {
            wanted.sheet = sheet;
        }
    }
    (wanted != layout).then_some(wanted)
}
