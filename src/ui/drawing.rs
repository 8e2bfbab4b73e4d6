//! What draws the window: chosen before it opens, from what the machine has.

use std::time::Duration;

use eframe::Renderer;
use eframe::wgpu::Backends;
use eframe::wgpu::DeviceType;
use eframe::wgpu::Instance;
use eframe::wgpu::InstanceDescriptor;

use crate::platform::leave_a_core_to_others;

/// How often a moving playhead is drawn where the processor draws it.
const SOFTWARE_PICTURE_EVERY: Duration = Duration::from_millis(66);

/// How the names of the threads of Mesa's software renderers begin.
const MESA_THREADS: &str = "llvmpipe";

/// What draws the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drawing {
    /// The library that does.
    pub(super) renderer: Renderer,
    /// How long at least from one picture of something moving to the next; `None` is as the
    /// screen asks for them.
    pub(super) picture_every: Option<Duration>,
}

impl Drawing {
    /// What suits this machine.
    ///
    /// Where a program on the processor draws, every picture takes time from the sound, and
    /// OpenGL is asked for it where it is there: with it egui's shader is a quarter of the work.
    /// Its shader for wgpu holds a second way of filtering that Mesa's `llvmpipe` computes for every pixel even
    /// though its result is not used; a picture of 1480 × 920 took 270 ms of processor time by
    /// Vulkan and 70 ms by OpenGL.
    pub(super) fn chosen() -> Self {
        // Windows and macOS draw by a graphics processor, or by a program of the system's own
        // that OpenGL would not reach.
        if !cfg!(target_os = "linux") {
            return Self::by_hardware(Renderer::Wgpu);
        }
        let instance = Instance::new(InstanceDescriptor::new_without_display_handle());
        let kinds = |backends| -> Vec<DeviceType> {
            let adapters = pollster::block_on(instance.enumerate_adapters(backends));
            let kinds = adapters.iter().map(|it| it.get_info().device_type);
            kinds.collect()
        };
        let is_hardware = |kind: &DeviceType| *kind != DeviceType::Cpu;
        if kinds(Backends::VULKAN).iter().any(is_hardware) {
            return Self::by_hardware(Renderer::Wgpu);
        }
        let by_opengl = kinds(Backends::GL);
        if by_opengl.iter().any(is_hardware) {
            return Self::by_hardware(Renderer::Glow);
        }
        Self {
            renderer: if by_opengl.is_empty() {
                Renderer::Wgpu
            } else {
                Renderer::Glow
            },
            picture_every: Some(SOFTWARE_PICTURE_EVERY),
        }
    }

    /// Once the window's first means of drawing are there: where the processor draws, its threads
    /// keep off one core, which then is there for the sound. Without this, sound dropped out for up
    /// to 35 ms every few seconds on a machine with two cores.
    pub(super) fn make_room_for_sound(&self) {
        if self.picture_every.is_some() {
            leave_a_core_to_others(MESA_THREADS);
        }
    }

    fn by_hardware(renderer: Renderer) -> Self {
        Self {
            renderer,
            picture_every: None,
        }
    }
}
