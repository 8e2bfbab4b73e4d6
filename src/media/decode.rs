//! From a coded packet to stereo frames.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::LazyLock;

use symphonia::core::audio::Audio;
use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::packet::PacketRef;
use symphonia::core::units::Duration;
use symphonia::core::units::Timestamp;

use super::error::Fault;
use super::facts::Codec;
use super::fold::Fold;
use super::fold::join;
use super::packets::Packet;
use super::pcm::PcmLayout;
use super::sound::StereoFrame;

/// The most frames that one packet may decode to: a second at the highest rate in use.
const MAX_FRAMES: usize = 384_000;

/// A packet that could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct DecodeError(pub(super) String);

/// Turns packets into stereo frames.
pub(super) enum Decoder {
    /// Samples as they are.
    Pcm(PcmLayout),
    /// One of symphonia's codecs.
    Coded(Box<CodedDecoder>),
}

/// One of symphonia's decoders, and what is needed to make it anew.
pub(super) struct CodedDecoder {
    params: AudioCodecParameters,
    /// Made when it is first needed: its tables take longer to make than a file takes to be looked
    /// at, and whoever lists files needs none.
    decoder: Option<Box<dyn AudioDecoder>>,
    fold: Option<Fold>,
    gain: f32,
    interleaved: Vec<f32>,
}

impl Decoder {
    /// A decoder for a codec, with the gain its file asks for.
    ///
    /// # Errors
    ///
    /// Fails when the codec, or the way it is used, is not known.
    pub(super) fn coded(params: AudioCodecParameters, gain: f32) -> Result<Self, DecodeError> {
        let mut decoder = Self::unmade(params, gain);
        decoder.make_ready()?;
        Ok(decoder)
    }

    fn unmade(params: AudioCodecParameters, gain: f32) -> Self {
        Self::Coded(Box::new(CodedDecoder {
            params,
            decoder: None,
            fold: None,
            gain,
            interleaved: Vec::new(),
        }))
    }

    /// The decoder of a file that is being looked at. Whether it knows the way its codec is used
    /// comes out when it is made ready.
    ///
    /// # Errors
    ///
    /// Fails when the codec is not known.
    pub(super) fn of_file(
        codec: &Codec,
        params: AudioCodecParameters,
        gain: f32,
    ) -> Result<Self, Fault> {
        if codecs().get_audio_decoder(params.codec).is_none() {
            let error = DecodeError("there is no decoder for it".to_owned());
            return Err(refusal(codec, &error));
        }
        Ok(Self::unmade(params, gain))
    }

    /// Gets ready to decode.
    ///
    /// # Errors
    ///
    /// Fails when the way the codec is used is not known.
    pub(super) fn make_ready(&mut self) -> Result<(), DecodeError> {
        match self {
            Self::Coded(coded) if coded.decoder.is_none() => {
                coded.decoder = Some(make(&coded.params)?);
                Ok(())
            }
            Self::Coded(_) | Self::Pcm(_) => Ok(()),
        }
    }

    /// Forgets what came before, for a packet that does not follow on.
    pub(super) fn reset(&mut self) {
        if let Self::Coded(coded) = self {
            let CodedDecoder {
                decoder, params, ..
            } = coded.as_mut();
            if let Some(decoder) = decoder
                && catch_unwind(AssertUnwindSafe(|| decoder.reset())).is_err()
                && let Ok(fresh) = make(params)
            {
                *decoder = fresh;
            }
        }
    }

    /// Decodes one packet and appends its frames to `out`.
    ///
    /// # Errors
    ///
    /// Fails when the packet is damaged; the next one may be whole.
    pub(super) fn decode(
        &mut self,
        packet: &Packet,
        out: &mut Vec<StereoFrame>,
    ) -> Result<(), DecodeError> {
        self.make_ready()?;
        match self {
            Self::Pcm(layout) => {
                layout.decode(&packet.data, out);
                Ok(())
            }
            Self::Coded(coded) => coded.decode(packet, out),
        }
    }
}

impl CodedDecoder {
    fn decode(&mut self, packet: &Packet, out: &mut Vec<StereoFrame>) -> Result<(), DecodeError> {
        let Self {
            decoder,
            fold,
            interleaved,
            ..
        } = self;
        let Some(decoder) = decoder else {
            return Err(DecodeError("there is no decoder".to_owned()));
        };
        let from = out.len();
        // A decoder is a large piece of other people's arithmetic on bytes from anywhere: should it
        // panic, one packet is lost instead of a worker.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let frames = Duration::new(packet.told_frames);
            let packet = PacketRef::new(0, Timestamp::ZERO, frames, &packet.data);
            match decoder.decode_ref(&packet) {
                Ok(buffer) if buffer.frames() > MAX_FRAMES => Err(DecodeError(
                    "a packet claims to last for seconds".to_owned(),
                )),
                Ok(buffer) => {
                    let channels = buffer.spec().channels();
                    if fold
                        .as_ref()
                        .is_none_or(|f| f.channels() != channels.count())
                    {
                        *fold = Some(Fold::of(channels));
                    }
                    let is_stereo = fold.as_ref().is_some_and(Fold::is_stereo);
                    if !(is_stereo && join_planes(&buffer, out)) {
                        buffer.copy_to_vec_interleaved(interleaved);
                        if let Some(fold) = fold {
                            fold.interleaved(interleaved, out);
                        }
                    }
                    Ok(())
                }
                Err(error) => Err(DecodeError(error.to_string())),
            }
        }));
        match outcome {
            Ok(decoded) => decoded?,
            Err(_panic) => {
                self.decoder = Some(make(&self.params)?);
                return Err(DecodeError("the decoder gave up".to_owned()));
            }
        }
        if self.gain.to_bits() != 1.0_f32.to_bits() {
            for sample in out[from..].as_flattened_mut() {
                *sample *= self.gain;
            }
        }
        Ok(())
    }
}

/// Appends left and right as most decoders give them; false, and nothing, if they come otherwise.
fn join_planes(buffer: &GenericAudioBufferRef<'_>, out: &mut Vec<StereoFrame>) -> bool {
    match buffer {
        GenericAudioBufferRef::F32(planes) => {
            let pair = planes.plane_pair(0, 1);
            pair.map(|pair| join(pair, |sample| sample, out)).is_some()
        }
        GenericAudioBufferRef::S32(planes) => {
            let pair = planes.plane_pair(0, 1);
            pair.map(|pair| join(pair, |sample| sample as f32 / 2_147_483_648.0, out))
                .is_some()
        }
        _ => false,
    }
}

/// What is said of a codec, or a way of using it, that is not known.
pub(super) fn refusal(codec: &Codec, error: &DecodeError) -> Fault {
    Fault::foreign(match codec {
        Codec::Opus if cfg!(not(feature = "opus")) => {
            "Opus sound (this build of the program leaves it out)".to_owned()
        }
        _ => format!("this kind of {codec} ({error})"),
    })
}

fn make(params: &AudioCodecParameters) -> Result<Box<dyn AudioDecoder>, DecodeError> {
    let options = AudioDecoderOptions::default().gapless(false);
    catch_unwind(AssertUnwindSafe(|| {
        codecs().make_audio_decoder(params, &options)
    }))
    .map_err(|_panic| DecodeError("the decoder gave up".to_owned()))?
    .map_err(|error| DecodeError(error.to_string()))
}

/// Every codec there is: symphonia's own, and Opus where it is built in.
pub(super) fn codecs() -> &'static CodecRegistry {
    static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
        let mut registry = CodecRegistry::new();
        symphonia::default::register_enabled_codecs(&mut registry);
        #[cfg(feature = "opus")]
        registry.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
        registry
    });
    &CODECS
}
