//! The real window on a stand, driven by what can be seen and heard of it.

use egui::Key;
use egui::Modifiers;
use egui::PointerButton;
use egui::Pos2;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use egui_kittest::kittest::Queryable as _;
use needledrop::app::App;
use needledrop::ui::Shell;
use needledrop::ui::View;

use super::Stand;
use super::player::PlayerLog;

/// A window of the usual size.
pub(crate) struct Window {
    /// The window.
    pub(crate) harness: Harness<'static, Shell>,
    /// What the player was asked for.
    pub(crate) player: PlayerLog,
    /// Where the show lies; gone when the window is.
    _folder: tempfile::TempDir,
}

impl Window {
    /// A window on `stand`, drawn until it rests.
    pub(crate) fn on(stand: Stand) -> Self {
        Self::sized(stand, [1440.0, 900.0])
    }

    /// A window of a size in points.
    pub(crate) fn sized(stand: Stand, size: [f32; 2]) -> Self {
        let (app, player, folder) = stand.into_parts();
        let mut harness = Harness::builder()
            .with_size(size)
            .allow_missing_glyphs()
            .build_eframe(|cc| Shell::new(&cc.egui_ctx, app, View::default()));
        harness.run_steps(4);
        player.take();
        Self {
            harness,
            player,
            _folder: folder,
        }
    }

    /// The core.
    pub(crate) fn app(&self) -> &App {
        self.harness.state().app()
    }

    /// Lets a few frames pass.
    pub(crate) fn settle(&mut self) {
        self.harness.run_steps(3);
    }

    /// Presses a key and lets go of it.
    pub(crate) fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    /// Presses a key with others held down.
    pub(crate) fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Whether something on the screen has a name that holds `words`.
    pub(crate) fn shows(&self, words: &str) -> bool {
        let mut found = self.harness.query_all_by_label_contains(words);
        found.next().is_some()
    }

    /// Where the first thing is whose name holds `words`.
    pub(crate) fn rect_of(&self, words: &str) -> egui::Rect {
        let mut found = self.harness.query_all_by_label_contains(words);
        let Some(first) = found.next() else {
            panic!("nothing on the screen is called “{words}”");
        };
        first.rect()
    }

    /// Clicks on the first thing whose name holds `words`.
    pub(crate) fn click(&mut self, words: &str) {
        self.click_with(Modifiers::NONE, words);
    }

    /// Clicks with keys held down.
    pub(crate) fn click_with(&mut self, modifiers: Modifiers, words: &str) {
        let at = self.rect_of(words).center();
        self.press_at(at, modifiers);
        self.release_at(at, modifiers);
        self.settle();
    }

    /// Opens the menu of the thing called `menu` and chooses what is called `item` there.
    pub(crate) fn choose(&mut self, menu: &str, item: &str) {
        self.click(menu);
        let found = self.harness.query_all_by_label_contains(item);
        let mut buttons = found.filter(|node| node.accesskit_node().role() == Role::Button);
        let Some(button) = buttons.next() else {
            panic!("nothing in the menu “{menu}” is called “{item}”");
        };
        let at = button.rect().center();
        drop(buttons);
        self.press_at(at, Modifiers::NONE);
        self.release_at(at, Modifiers::NONE);
        self.settle();
    }

    /// Where the header of a column is whose name begins so.
    pub(crate) fn column(&self, name: &str) -> egui::Rect {
        let headers = self.harness.query_all_by_role(Role::ColumnHeader);
        let is_it = |label: Option<String>| label.is_some_and(|label| label.starts_with(name));
        let mut named = headers.filter(|node| is_it(node.accesskit_node().label()));
        let Some(column) = named.next() else {
            panic!("no column is called “{name}”");
        };
        column.rect()
    }

    /// Clicks on the header of a column.
    pub(crate) fn click_column(&mut self, modifiers: Modifiers, name: &str) {
        let at = self.column(name).center();
        self.press_at(at, modifiers);
        self.release_at(at, modifiers);
        self.settle();
    }

    /// Puts the primary button down, and draws one frame.
    pub(crate) fn press_at(&mut self, at: Pos2, modifiers: Modifiers) {
        self.harness.hover_at(at);
        self.harness.event(egui::Event::ModifiersChanged(modifiers));
        self.harness.run_steps(1);
        self.button_at(at, modifiers, true);
    }

    /// Puts the primary button down and lets go of it before the next frame is drawn.
    pub(crate) fn tap_at(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.harness.run_steps(1);
        for pressed in [true, false] {
            self.harness.event(egui::Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        self.harness.run_steps(1);
    }

    /// Lets go of the primary button.
    pub(crate) fn release_at(&mut self, at: Pos2, modifiers: Modifiers) {
        self.button_at(at, modifiers, false);
        let none = egui::Event::ModifiersChanged(Modifiers::NONE);
        self.harness.event(none);
        self.harness.run_steps(1);
    }

    fn button_at(&mut self, pos: Pos2, modifiers: Modifiers, pressed: bool) {
        self.harness.event(egui::Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        });
        self.harness.run_steps(1);
    }

    /// Types into whatever has the keyboard.
    pub(crate) fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.harness.event(egui::Event::Text(letter.to_string()));
            self.harness.run_steps(1);
        }
        self.settle();
    }

    /// The titles of the selected tracks.
    pub(crate) fn selected(&self) -> Vec<String> {
        let app = self.app();
        let show = app.show().expect("a show is open");
        let tracks = app.selection().tracks().iter();
        tracks
            .filter_map(|id| show.track(*id))
            .map(|track| track.title.clone())
            .collect()
    }
}
