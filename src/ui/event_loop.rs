//! The window's event loop: eframe's, less the news that nothing has changed.

use eframe::EframeWinitApplication;
use eframe::UserEvent;
use winit::application::ApplicationHandler;
use winit::event::DeviceEvent;
use winit::event::DeviceId;
use winit::event::Modifiers;
use winit::event::StartCause;
use winit::event::WindowEvent;
use winit::event_loop::ActiveEventLoop;
use winit::window::WindowId;

/// Passes everything on to eframe but repeated news of the modifier keys.
///
/// X11 tells of the modifiers with every press of a button, changed or not, and a moment before
/// the press itself. Each such event would have a picture drawn, and the press that follows,
/// which is to start a track, would wait until that picture is finished.
pub(super) struct EventLoop<'a> {
    eframe: EframeWinitApplication<'a>,
    /// What was passed on last, while the window has had the keyboard.
    modifiers: Option<Modifiers>,
}

impl<'a> EventLoop<'a> {
    pub(super) fn new(eframe: EframeWinitApplication<'a>) -> Self {
        Self {
            eframe,
            modifiers: None,
        }
    }

    fn is_news(&mut self, event: &WindowEvent) -> bool {
        match event {
            WindowEvent::ModifiersChanged(now) => self.modifiers.replace(*now) != Some(*now),
            WindowEvent::Focused(_) => {
                // egui forgets them when the keyboard goes elsewhere.
                self.modifiers = None;
                true
            }
            _ => true,
        }
    }
}

impl ApplicationHandler<UserEvent> for EventLoop<'_> {
    fn window_event(&mut self, active: &ActiveEventLoop, window: WindowId, event: WindowEvent) {
        if self.is_news(&event) {
            self.eframe.window_event(active, window, event);
        }
    }

    fn new_events(&mut self, active: &ActiveEventLoop, cause: StartCause) {
        self.eframe.new_events(active, cause);
    }

    fn resumed(&mut self, active: &ActiveEventLoop) {
        self.eframe.resumed(active);
    }

    fn user_event(&mut self, active: &ActiveEventLoop, event: UserEvent) {
        self.eframe.user_event(active, event);
    }

    fn device_event(&mut self, active: &ActiveEventLoop, device: DeviceId, event: DeviceEvent) {
        self.eframe.device_event(active, device, event);
    }

    fn about_to_wait(&mut self, active: &ActiveEventLoop) {
        self.eframe.about_to_wait(active);
    }

    fn suspended(&mut self, active: &ActiveEventLoop) {
        self.eframe.suspended(active);
    }

    fn exiting(&mut self, active: &ActiveEventLoop) {
        self.eframe.exiting(active);
    }

    fn memory_warning(&mut self, active: &ActiveEventLoop) {
        self.eframe.memory_warning(active);
    }
}
