//! An object and its properties, as they lie in the stream `properties` of its storage (AAF
//! Low-Level Container Specification, section 5): a header, for each property its number, form and
//! size, and then the values one behind the other.

use super::names::Auid;

/// Low byte first, which is the only order in use.
const LOW_FIRST: u8 = 0x4C;

/// The longest text that is looked at, in characters.
const MAX_CHARACTERS: usize = 40_000;

/// An object.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    /// Its storage.
    pub(super) path: String,
    /// The byte of its class; 0 for a class that is not standard.
    pub(super) class: u8,
    properties: Vec<(u16, Vec<u8>)>,
}

impl Object {
    /// The object of a storage. `None` where its stream is not whole.
    pub(super) fn of(path: String, class: u8, stream: &[u8]) -> Option<Self> {
        let (head, _) = stream.split_first_chunk::<4>()?;
        let [order, _version, low, high] = *head;
        if order != LOW_FIRST {
            return None;
        }
        let n = usize::from(u16::from_le_bytes([low, high]));
        let mut values = stream.get(4 + 6 * n..)?;
        let (entries, _) = stream.get(4..4 + 6 * n)?.as_chunks::<6>();
        let mut properties = Vec::with_capacity(n);
        for [a, b, _, _, low, high] in entries {
            let size = usize::from(u16::from_le_bytes([*low, *high]));
            let (value, rest) = values.split_at_checked(size)?;
            properties.push((u16::from_le_bytes([*a, *b]), value.to_vec()));
            values = rest;
        }
        Some(Self {
            path,
            class,
            properties,
        })
    }

    /// The value of a property.
    pub(super) fn value(&self, pid: u16) -> Option<&[u8]> {
        let mut found = self.properties.iter().filter(|(known, _)| *known == pid);
        found.next().map(|(_, value)| value.as_slice())
    }

    fn array<const N: usize>(&self, pid: u16) -> Option<[u8; N]> {
        self.value(pid)?.first_chunk::<N>().copied()
    }

    /// A number of one byte that is not zero where something is so.
    pub(super) fn is_so(&self, pid: u16) -> bool {
        self.value(pid)
            .is_some_and(|value| value.first().is_some_and(|b| *b != 0))
    }

    /// A number of two bytes.
    pub(super) fn u16(&self, pid: u16) -> Option<u16> {
        self.array(pid).map(u16::from_le_bytes)
    }

    /// A number of four bytes.
    pub(super) fn u32(&self, pid: u16) -> Option<u32> {
        self.array(pid).map(u32::from_le_bytes)
    }

    /// A position or length in edit units; older writers give it four bytes.
    pub(super) fn units(&self, pid: u16) -> Option<i64> {
        let value = self.array(pid).map(i64::from_le_bytes);
        value.or_else(|| {
            self.array(pid)
                .map(|four| i64::from(i32::from_le_bytes(four)))
        })
    }

    /// A fraction.
    pub(super) fn fraction(&self, pid: u16) -> Option<(i32, i32)> {
        fraction(self.value(pid)?)
    }

    /// An identifier.
    pub(super) fn auid(&self, pid: u16) -> Option<Auid> {
        self.array(pid)
    }

    /// The identifier of what is referred to weakly: a number for where it is, the number and size
    /// of the property that identifies it there, and that property.
    pub(super) fn referred(&self, pid: u16) -> Option<Auid> {
        let key = self.value(pid)?.get(5..)?;
        key.first_chunk().copied()
    }

    /// The identifier of a mob.
    pub(super) fn mob_id(&self, pid: u16) -> Option<[u8; 32]> {
        self.array(pid)
    }

    /// A text.
    pub(super) fn text(&self, pid: u16) -> String {
        self.value(pid).map(utf16).unwrap_or_default()
    }
}

/// A fraction: two numbers of four bytes.
pub(super) fn fraction(value: &[u8]) -> Option<(i32, i32)> {
    let (first, rest) = value.split_first_chunk::<4>()?;
    let second = rest.first_chunk::<4>()?;
    Some((i32::from_le_bytes(*first), i32::from_le_bytes(*second)))
}

/// A text in UTF-16, which a zero ends.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs
        .iter()
        .map(|pair| u16::from_le_bytes(*pair))
        .take_while(|unit| *unit != 0)
        .take(MAX_CHARACTERS)
        .collect();
    String::from_utf16_lossy(&units)
}

/// A value that says its own type: the order of its bytes, the identifier of the type, the value.
pub(super) fn indirect(value: &[u8]) -> Option<&[u8]> {
    let (order, rest) = value.split_first()?;
    (*order == LOW_FIRST).then(|| rest.get(16..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_is_not_whole_is_no_object() {
        let stream = b"\x4C\x20\x01\x00\x02\x02\x82\x00\x08\x00\x07\0\0\0\0\0\0\0";
        let object = Object::of(String::new(), 0, stream).expect("is whole");
        assert_eq!(object.units(0x0202), Some(7));
        for end in 0..stream.len() {
            assert!(
                Object::of(String::new(), 0, &stream[..end]).is_none(),
                "{end}"
            );
        }
        assert!(Object::of(String::new(), 0, b"\x4D\x20\x00\x00").is_none());
    }

    #[test]
    fn a_value_that_is_too_short_is_none() {
        let stream = b"\x4C\x20\x01\x00\x01\x11\x82\x00\x03\x00abc";
        let object = Object::of(String::new(), 0, stream).expect("is whole");
        assert_eq!(object.mob_id(0x1101), None);
        assert_eq!(object.u32(0x1101), None);
        assert_eq!(object.referred(0x1101), None);
        assert_eq!(object.value(0x1102), None);
    }
}
