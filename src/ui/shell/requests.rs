//! Running commands: what they ask of the core, and what they ask of the window.

use egui::Ui;
use egui::ViewportCommand;

use super::Shell;
use crate::app::Action;
use crate::ui::commands::Command;
use crate::ui::commands::Effect;
use crate::ui::commands::UiScale;
use crate::ui::commands::ViewRequest;
use crate::ui::dialogs::Dialog;
use crate::ui::widgets::Palette;

/// The smallest and the largest interface, in tenths of the usual one.
const SCALES: (u8, u8) = (7, 25);

impl Shell {
    /// Runs a command, if it can be done now.
    pub(super) fn run(&mut self, ui: &Ui, command: Command) {
        match command.effect(&self.app) {
            Some(Effect::Act(actions)) => {
                for action in actions {
                    self.app.dispatch(action);
                }
            }
            Some(Effect::View(request)) => self.look(ui, request),
            None => return,
        }
        ui.request_repaint();
    }

    fn look(&mut self, ui: &Ui, request: ViewRequest) {
        let view = &mut self.view;
        match request {
            ViewRequest::TogglePool => view.is_pool_shown = !view.is_pool_shown,
            ViewRequest::ToggleInspector => view.is_inspector_shown = !view.is_inspector_shown,
            ViewRequest::TogglePoolTable => {
                view.is_pool_shown = true;
                view.pool.toggle_table();
            }
            ViewRequest::TogglePoolArtwork => {
                view.is_pool_shown = true;
                view.pool.toggle_artwork();
            }
            ViewRequest::Palette => view.palette = Some(Palette::new()),
            ViewRequest::FocusSearch => {
                view.is_pool_shown = true;
                view.pool.focus_search();
            }
            ViewRequest::NewEpisode => view.dialog = Some(Dialog::new_episode(&self.app)),
            ViewRequest::Export => view.dialog = Dialog::export(&self.app),
            ViewRequest::Settings => {
                view.dialog = Some(Dialog::Settings);
                self.app.dispatch(Action::ListOutputs);
            }
            ViewRequest::Diagnostics => view.dialog = Some(Dialog::Diagnostics),
            ViewRequest::Shortcuts => {
                let is_open = matches!(view.dialog, Some(Dialog::Shortcuts));
                view.dialog = (!is_open).then_some(Dialog::Shortcuts);
            }
            ViewRequest::About => view.dialog = Some(Dialog::About),
            ViewRequest::Scale(scale) => {
                view.scale = match scale {
                    UiScale::Larger => view.scale + 1,
                    UiScale::Smaller => view.scale.saturating_sub(1),
                    UiScale::Normal => super::View::NORMAL_SCALE,
                }
                .clamp(SCALES.0, SCALES.1);
            }
            ViewRequest::Timeline(command) => view.timeline.command(command),
            ViewRequest::Quit => ui.send_viewport_cmd(ViewportCommand::Close),
        }
    }
}
