//! What the classes and properties of AAF are numbered (AAF Object Specification 1.1, chapters 5
//! to 16, and its appendix of identifiers).

/// The classes read here: the byte that tells one standard class from another.
pub(super) mod class {
    pub(in super::super) const ESSENCE_GROUP: u8 = 0x05;
    pub(in super::super) const COMMENT_MARKER: u8 = 0x08;
    pub(in super::super) const FILLER: u8 = 0x09;
    pub(in super::super) const OPERATION_GROUP: u8 = 0x0A;
    pub(in super::super) const NESTED_SCOPE: u8 = 0x0B;
    pub(in super::super) const PULLDOWN: u8 = 0x0C;
    pub(in super::super) const SCOPE_REFERENCE: u8 = 0x0D;
    pub(in super::super) const SELECTOR: u8 = 0x0E;
    pub(in super::super) const SEQUENCE: u8 = 0x0F;
    pub(in super::super) const SOURCE_CLIP: u8 = 0x11;
    pub(in super::super) const TIMECODE: u8 = 0x14;
    pub(in super::super) const TRANSITION: u8 = 0x17;
    pub(in super::super) const TAPE_DESCRIPTOR: u8 = 0x2E;
    pub(in super::super) const COMPOSITION_MOB: u8 = 0x35;
    pub(in super::super) const SOURCE_MOB: u8 = 0x37;
    pub(in super::super) const EVENT_SLOT: u8 = 0x39;
    pub(in super::super) const DESCRIPTIVE_MARKER: u8 = 0x41;
}

/// The properties read here.
pub(super) mod pid {
    pub(in super::super) const META_DICTIONARY: u16 = 0x0001;
    pub(in super::super) const HEADER: u16 = 0x0002;
    pub(in super::super) const CLASS_DEFINITIONS: u16 = 0x0003;
    pub(in super::super) const META_NAME: u16 = 0x0006;
    pub(in super::super) const CLASS_PROPERTIES: u16 = 0x0009;
    pub(in super::super) const LOCAL_IDENTIFICATION: u16 = 0x000D;
    pub(in super::super) const DATA_DEFINITION: u16 = 0x0201;
    pub(in super::super) const LENGTH: u16 = 0x0202;
    pub(in super::super) const CHOICES: u16 = 0x0501;
    pub(in super::super) const POSITION: u16 = 0x0601;
    pub(in super::super) const COMMENT: u16 = 0x0602;
    pub(in super::super) const OPERATION: u16 = 0x0B01;
    pub(in super::super) const INPUT_SEGMENTS: u16 = 0x0B02;
    pub(in super::super) const PARAMETERS: u16 = 0x0B03;
    pub(in super::super) const SCOPE_SLOTS: u16 = 0x0C01;
    pub(in super::super) const INPUT_SEGMENT: u16 = 0x0D01;
    pub(in super::super) const SELECTED: u16 = 0x0F01;
    pub(in super::super) const COMPONENTS: u16 = 0x1001;
    pub(in super::super) const SOURCE_ID: u16 = 0x1101;
    pub(in super::super) const SOURCE_SLOT: u16 = 0x1102;
    pub(in super::super) const START_TIME: u16 = 0x1201;
    pub(in super::super) const TIMECODE_START: u16 = 0x1501;
    pub(in super::super) const TIMECODE_FPS: u16 = 0x1502;
    pub(in super::super) const TIMECODE_DROP: u16 = 0x1503;
    pub(in super::super) const CUT_POINT: u16 = 0x1802;
    pub(in super::super) const MOBS: u16 = 0x1901;
    pub(in super::super) const LOCATORS: u16 = 0x2F01;
    pub(in super::super) const CONTENT: u16 = 0x3B03;
    pub(in super::super) const URL: u16 = 0x4001;
    pub(in super::super) const MOB_NAME: u16 = 0x4402;
    pub(in super::super) const SLOTS: u16 = 0x4403;
    pub(in super::super) const USAGE: u16 = 0x4408;
    pub(in super::super) const DESCRIPTOR: u16 = 0x4701;
    pub(in super::super) const SLOT_ID: u16 = 0x4801;
    pub(in super::super) const SLOT_NAME: u16 = 0x4802;
    pub(in super::super) const SEGMENT: u16 = 0x4803;
    pub(in super::super) const TRACK_NUMBER: u16 = 0x4804;
    pub(in super::super) const EVENT_RATE: u16 = 0x4901;
    pub(in super::super) const EDIT_RATE: u16 = 0x4B01;
    pub(in super::super) const PARAMETER_DEFINITION: u16 = 0x4C01;
    pub(in super::super) const PARAMETER_VALUE: u16 = 0x4D01;
    pub(in super::super) const TAG_NAME: u16 = 0x5001;
    pub(in super::super) const TAG_VALUE: u16 = 0x5003;
    pub(in super::super) const DESCRIBED_SLOTS: u16 = 0x6102;
}

/// An identifier, as its bytes lie in a file: three numbers with their low byte first, then eight
/// bytes.
pub(super) type Auid = [u8; 16];

const fn auid(first: u32, second: u16, third: u16, rest: [u8; 8]) -> Auid {
    let numbers = (third as u64) << 48 | (second as u64) << 32 | first as u64;
    let whole = (u64::from_le_bytes(rest) as u128) << 64 | numbers as u128;
    whole.to_le_bytes()
}

/// The end of the identifiers that SMPTE gave.
const LABEL: [u8; 8] = [0x06, 0x0E, 0x2B, 0x34, 0x04, 0x01, 0x01, 0x01];
/// The end of those that were given before.
const OLDER: [u8; 8] = [0x80, 0x7D, 0x00, 0x60, 0x08, 0x14, 0x3E, 0x6F];

const PICTURE: [Auid; 2] = [
    auid(0x0103_0202, 0x0100, 0, LABEL),
    auid(0x6F3C_8CE1, 0x6CEF, 0x11D2, OLDER),
];
const SOUND: [Auid; 2] = [
    auid(0x0103_0202, 0x0200, 0, LABEL),
    auid(0x78E1_EBE1, 0x6CEF, 0x11D2, OLDER),
];

/// Of a composition that is a whole programme.
pub(super) const TOP_LEVEL: Auid = auid(0x0D01_0102, 0x0101, 0x0700, LABEL);

/// The end of the identifiers of speed effects.
const OPERATIONS: [u8; 8] = [0x8A, 0x38, 0x00, 0x50, 0x04, 0x0E, 0xF7, 0xD2];

/// The effect that holds one frame.
pub(super) const VIDEO_REPEAT: Auid = auid(0x9D2E_A891, 0x0968, 0x11D3, OPERATIONS);

/// How fast a clip runs, as a parameter of an effect.
pub(super) const SPEED_RATIO: Auid = auid(
    0x7255_9A80,
    0x24D7,
    0x11D3,
    [0x8A, 0x50, 0x00, 0x50, 0x04, 0x0E, 0xF7, 0xD2],
);

/// The identifier of a standard class in the dictionary of classes.
pub(super) const fn class_id(class: u8) -> Auid {
    let rest = [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x06, 0x01, 0x01];
    auid(0x0D01_0101, 0x0101, (class as u16) << 8, rest)
}

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Picture.
    Picture,
    /// Sound.
    Sound,
    /// Timecode, or something that is neither seen nor heard.
    Other,
}

impl Kind {
    /// By the definition of the data.
    pub(super) fn of(definition: Option<Auid>) -> Self {
        match definition {
            Some(id) if PICTURE.contains(&id) => Self::Picture,
            Some(id) if SOUND.contains(&id) => Self::Sound,
            _ => Self::Other,
        }
    }
}
