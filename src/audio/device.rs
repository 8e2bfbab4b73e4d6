//! The sound card, opened by rodio.

use rodio::DeviceSinkBuilder;
use rodio::MixerDeviceSink;
use rodio::cpal;
use rodio::cpal::BufferSize;
use rodio::cpal::ErrorKind;
use rodio::cpal::traits::DeviceTrait;
use rodio::cpal::traits::HostTrait;

use crate::audio::output::BusSource;
use crate::audio::output::Faults;
use crate::audio::output::NoOutput;
use crate::audio::output::Output;
use crate::audio::output::OutputChoice;
use crate::audio::output::OutputFacts;
use crate::audio::output::Outputs;
use crate::platform::put_first;
use crate::time::SampleRate;

/// The largest buffer that is tried before the device's own choice.
const LARGEST_BUFFER: u32 = 4096;

/// How the names of the threads begin that sound depends on: cpal's callback, the loop of ALSA's
/// plug-in for Pulse, and this room's own.
const SOUND_THREADS: [&str; 3] = ["cpal_", "threaded-ml", "audio-"];

/// Opens output devices of the system.
#[derive(Debug, Default)]
pub(crate) struct SoundCard;

impl Outputs for SoundCard {
    fn open(&mut self, choice: &OutputChoice, faults: Faults) -> Result<Box<dyn Output>, NoOutput> {
        let host = cpal::default_host();
        let device = choice
            .device
            .as_ref()
            .and_then(|name| named(&host, name))
            .or_else(|| host.default_output_device())
            .ok_or_else(|| NoOutput("there is no sound device".into()))?;
        let mut buffer = choice.buffer.max(1);
        loop {
            let size = if buffer > LARGEST_BUFFER {
                BufferSize::Default
            } else {
                BufferSize::Fixed(buffer)
            };
            match open(&device, size, faults.clone()) {
                Ok(sink) => return Ok(Box::new(Opened::new(sink, &device, buffer))),
                // Some devices refuse small buffers: the next larger one is tried.
                Err(_) if buffer <= LARGEST_BUFFER => buffer *= 2,
                Err(error) => return Err(NoOutput(sentence(&error))),
            }
        }
    }

    fn default_output(&mut self) -> Option<String> {
        // Linux's sound servers carry what is open over to another default by themselves.
        if cfg!(target_os = "linux") {
            return None;
        }
        let device = cpal::default_host().default_output_device()?;
        device.id().ok().map(|id| id.id().to_owned())
    }
}

/// The names of the outputs that there are now, in the system's order. Asks every device, which
/// may take a second: for worker threads only.
pub fn output_names() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for device in cpal::default_host().output_devices().into_iter().flatten() {
        if let Ok(description) = device.description()
            && is_for_people(&device)
            && !names.iter().any(|name| name == description.name())
        {
            names.push(description.name().to_owned());
        }
    }
    names
}

/// Whether somebody would choose it. ALSA lists its plug-ins as devices of their own, several for
/// each card; of those one for each card and its digital outputs are kept, and the sound servers.
fn is_for_people(device: &cpal::Device) -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let Ok(id) = device.id() else { return false };
    let id = id.id();
    let is_server = ["pulse", "pipewire", "jack"].contains(&id);
    let is_card = ["sysdefault:", "hdmi:", "iec958:"]
        .iter()
        .any(|kind| id.starts_with(kind));
    is_server || is_card
}

fn named(host: &cpal::Host, name: &str) -> Option<cpal::Device> {
    let mut devices = host.output_devices().ok()?;
    devices.find(|device| device.description().is_ok_and(|it| it.name() == name))
}

fn open(
    device: &cpal::Device,
    size: BufferSize,
    faults: Faults,
) -> Result<MixerDeviceSink, rodio::DeviceSinkError> {
    let builder = DeviceSinkBuilder::from_device(device.clone())?;
    let mut sink = builder
        .with_buffer_size(size)
        .with_error_callback(move |error: cpal::Error| report(&faults, &error))
        .open_stream()?;
    sink.log_on_drop(false);
    Ok(sink)
}

/// Passes on what the device cannot recover from; the rest is only counted.
///
/// Other errors than these are often passing: ALSA's plug-in for Pulse, for one, reports an
/// input/output error while it lacks timing data after an underrun, hundreds in a millisecond, and
/// then goes on. A device that does not go on stops pulling, and its owner notices that.
fn report(faults: &Faults, error: &cpal::Error) {
    match error.kind() {
        ErrorKind::DeviceNotAvailable
        | ErrorKind::StreamInvalidated
        | ErrorKind::HostUnavailable => faults.report(&error.to_string()),
        ErrorKind::Xrun => faults.count_underrun(),
        _ => faults.count_hiccup(),
    }
}

/// An error with its causes, for the user.
fn sentence(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

struct Opened {
    sink: MixerDeviceSink,
    facts: OutputFacts,
}

impl Opened {
    fn new(sink: MixerDeviceSink, device: &cpal::Device, buffer: u32) -> Self {
        let config = sink.config();
        let name = device.description().map(|it| it.name().to_owned());
        let facts = OutputFacts {
            name: name.unwrap_or_else(|_unnamed| "default".to_owned()),
            rate: SampleRate::new(config.sample_rate().get()).unwrap_or(SampleRate::HZ_48000),
            channels: config.channel_count(),
            buffer,
            // One buffer is being played while the next waits.
            latency: buffer * 2,
        };
        Self { sink, facts }
    }
}

impl Output for Opened {
    fn facts(&self) -> OutputFacts {
        self.facts.clone()
    }

    fn play(&mut self, source: BusSource) {
        self.sink.mixer().add(source);
        put_first(&SOUND_THREADS);
    }
}
