//! The window itself: lays the regions out, hands keys to commands, and answers what was asked
//! for once everything has been drawn.

mod drops;
mod regions;
mod requests;

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use egui::ThemePreference;
use egui::Ui;
use egui::ViewportBuilder;
use egui::ViewportCommand;

use super::commands::KeyHolder;
use super::commands::Moment;
use super::commands::take_pressed;
use super::ctx::Ctx;
use super::dialogs::Dialog;
use super::dialogs::dialog_id;
use super::dialogs::dialog_ui;
use super::drawing::Drawing;
use super::event_loop::EventLoop;
use super::frame_meter::measure_frames;
use super::palette::palette_ui;
use super::panels::notices::notices_ui;
use super::theme;
use super::view::View;
use crate::app::Action;
use crate::app::App;
use crate::app::DuplicateReview;
use crate::app::Gesture;
use crate::app::Session;
use crate::app::ThemeChoice;
use crate::jobs::Wake;

/// The name by which the system tells this program's windows from others.
const APP_ID: &str = "needledrop";
/// The smallest window in which everything can be reached, in points.
const SMALLEST: [f32; 2] = [1024.0, 640.0];
/// The window as it is first opened.
const FIRST_SIZE: [f32; 2] = [1480.0, 920.0];
/// How often progress is looked at while something is done in the background.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("the window cannot be opened: {0}")]
pub struct RunError(String);

/// Opens the window and returns when it has been closed. `make_app` makes the core, given what
/// wakes the window up from any thread.
///
/// # Errors
///
/// Fails when there is no screen, or nothing to draw on it with.
pub(super) fn run(make_app: impl FnOnce(Wake) -> App) -> Result<(), RunError> {
    let drawing = Drawing::chosen();
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Needledrop")
            .with_app_id(APP_ID)
            .with_inner_size(FIRST_SIZE)
            .with_min_inner_size(SMALLEST),
        renderer: drawing.renderer,
        // Nothing drawn here is a gradient wide enough to show bands.
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    let fail = |error: winit::error::EventLoopError| RunError(error.to_string());
    let events = winit::event_loop::EventLoop::with_user_event()
        .build()
        .map_err(fail)?;
    let is_made = Cell::new(false);
    let eframe = eframe::create_native(
        APP_ID,
        options,
        Box::new(|creation| {
            is_made.set(true);
            drawing.make_room_for_sound();
            let ctx = creation.egui_ctx.clone();
            let app = make_app(Arc::new(move || ctx.request_repaint()));
            let view = creation
                .storage
                .and_then(|storage| eframe::get_value(storage, View::STORAGE_KEY));
            let mut shell = Shell::new(&creation.egui_ctx, app, view.unwrap_or_default());
            shell.picture_every = drawing.picture_every;
            Ok(Box::new(shell))
        }),
        &events,
    );
    events.run_app(&mut EventLoop::new(eframe)).map_err(fail)?;
    if is_made.get() {
        Ok(())
    } else {
        // eframe has logged what it was.
        Err(RunError("there is nothing to draw it with".to_owned()))
    }
}

/// The window: the core, and how it is looked at.
pub struct Shell {
    app: App,
    view: View,
    /// Whether a button of the mouse was down in the last pass.
    is_held: bool,
    /// How long at least from one picture of something moving to the next, where that is limited.
    picture_every: Option<Duration>,
}

impl Shell {
    /// A window on `app`, drawn with `ctx`.
    pub fn new(ctx: &egui::Context, app: App, view: View) -> Self {
        theme::apply(ctx);
        measure_frames(ctx);
        ctx.options_mut(|options| {
            // Both are commands, so that menus and the list of shortcuts show them.
            options.zoom_with_keyboard = false;
            options.quit_shortcuts.clear();
        });
        Self {
            app,
            view,
            is_held: false,
            picture_every: None,
        }
    }

    /// The core.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The core, to ask something of it.
    pub fn app_mut(&mut self) -> &mut App {
        &mut self.app
    }

    /// How many rows of the pool the last pass drew: what a pass costs does not depend on how many
    /// there are.
    pub fn n_rows_drawn(&self) -> usize {
        self.view.pool.n_drawn()
    }

    fn wear_theme(&self, ctx: &egui::Context) {
        let wanted = match self.app.settings().theme {
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
            ThemeChoice::System => ThemePreference::System,
        };
        if ctx.options(|options| options.theme_preference) != wanted {
            ctx.set_theme(wanted);
        }
        let scale = f32::from(self.view.scale) / f32::from(View::NORMAL_SCALE);
        if (ctx.zoom_factor() - scale).abs() > f32::EPSILON {
            ctx.set_zoom_factor(scale);
        }
    }

    fn name_window(&mut self, ctx: &egui::Context) {
        let title = match self.app.show() {
            Some(show) => format!("{} — Needledrop", show.title),
            None => "Needledrop".to_owned(),
        };
        if title != self.view.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.view.title = title;
        }
    }

    /// Has the window drawn again when something in it changes by itself, and only then.
    fn keep_moving(&self, ctx: &egui::Context) {
        if self.app.is_moving() {
            match self.picture_every {
                Some(wait) => ctx.request_repaint_after(wait),
                None => ctx.request_repaint(),
            }
        }
        let is_measuring = self.app.measuring().is_some_and(|it| !it.is_paused);
        if is_measuring || !self.app.jobs().is_empty() {
            ctx.request_repaint_after(PROGRESS_EVERY);
        }
        if let Some(due) = self.app.session().and_then(Session::save_due_at) {
            ctx.request_repaint_after(due.saturating_duration_since(Instant::now()));
        }
        if let Some(wait) = self.view.notices.next_change(&self.app, Instant::now()) {
            ctx.request_repaint_after(wait);
        }
    }

    /// Nothing is saved while a button is held: a gesture is saved whole or not at all.
    fn gesture(&mut self, ui: &Ui) {
        let is_held = ui.input(|input| input.pointer.any_down());
        if is_held != self.is_held {
            self.is_held = is_held;
            let gesture = if is_held {
                Gesture::Begun
            } else {
                Gesture::Ended
            };
            self.app.dispatch(Action::Gesture(gesture));
        }
    }

    /// Runs the commands whose keys were pressed.
    fn keys(&mut self, ui: &Ui, moment: Moment) {
        if self.view.palette.is_some() {
            return;
        }
        let search = self.view.pool.search_id();
        let dialog = self.view.dialog.as_ref().map(|_| dialog_id());
        let holder = KeyHolder::now(ui, search, self.view.focused.or(dialog));
        for command in take_pressed(ui, &self.app, holder, moment) {
            self.run(ui, command);
        }
    }
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let now = Instant::now();
        if ctx.input(|input| !input.events.is_empty()) {
            self.app.attend(now);
        }
        self.app.tick(now);
        if self.view.dialog.is_none() && self.app.relink_review().is_some() {
            self.view.dialog = Some(Dialog::Relink);
        }
        if self.view.dialog.is_none() && self.app.list_review().is_some() {
            self.view.dialog = Some(Dialog::list());
        }
        let has_duplicates = |review: &DuplicateReview| !review.groups.is_empty();
        if self.view.dialog.is_none() && self.app.duplicate_review().is_some_and(has_duplicates) {
            self.view.dialog = Some(Dialog::Duplicates);
        }
        self.wear_theme(ctx);
        self.name_window(ctx);
        self.keep_moving(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.gesture(ui);
        self.keys(ui, Moment::Before);
        let ctx = Ctx::new(&self.app);
        let view = &mut self.view;
        let regions = regions::regions_ui(ui, &ctx, view);
        notices_ui(ui, &ctx, &mut view.notices, regions.above_transport);
        if let Some(dialog) = &mut view.dialog
            && dialog_ui(ui, &ctx, dialog).is_closed()
        {
            view.dialog = None;
        }
        palette_ui(ui, &ctx, &mut view.palette);
        drops::drops_ui(ui, &ctx, &regions, &view.timeline);
        let commands = ctx.take_commands();
        for action in ctx.into_requests() {
            self.app.dispatch(action);
        }
        for command in commands {
            self.run(ui, command);
        }
        self.keys(ui, Moment::After);
        self.view.focused = ui.memory(egui::Memory::focused);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, View::STORAGE_KEY, &self.view);
    }
}
