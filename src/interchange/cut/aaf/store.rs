//! The objects of a file: each is a storage of a compound file, with a stream of its properties, and
//! the objects it holds in storages inside (AAF Low-Level Container Specification, section 5).

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::names::pid;
use super::object::{Object, utf16};
use crate::interchange::limits::{MAX_AAF_READ, MAX_AAF_STREAM};

/// What opening a stream takes, in bytes that could be read instead.
const OPENING: u64 = 512;

/// What the objects of a file are read from.
pub(super) struct Store<'b> {
    file: CompoundFile<Cursor<&'b [u8]>>,
    n_left: u64,
}

/// An element of a set, and what identifies it there.
pub(super) struct Element {
    /// Its storage.
    pub(super) path: String,
    /// The property that identifies it; empty in a vector.
    pub(super) key: Vec<u8>,
}

impl<'b> Store<'b> {
    /// The objects of a file.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        Ok(Self {
            file,
            n_left: MAX_AAF_READ,
        })
    }

    /// The object that all others are in.
    pub(super) fn root(&mut self) -> Option<Object> {
        self.object(String::new())
    }

    /// Whether more was asked for than is read of any file.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.n_left == 0
    }

    /// The byte of the class of a storage's object; 0 for a class that is not standard.
    pub(super) fn class_of(&self, path: &str) -> Option<u8> {
        let storage = if path.is_empty() { "/" } else { path };
        let (first, second, third, _) = self.file.entry(storage).ok()?.clsid().as_fields();
        let is_standard = first == 0x0D01_0101 && second == 0x0101 && third.to_le_bytes()[0] == 0;
        Some(if is_standard { (third >> 8) as u8 } else { 0 })
    }

    /// The object of a storage.
    pub(super) fn object(&mut self, path: String) -> Option<Object> {
        let class = self.class_of(&path)?;
        let stream = self.stream(&format!("{path}/properties"))?;
        Object::of(path, class, &stream)
    }

    /// The object that another holds by this property.
    pub(super) fn held(&mut self, object: &Object, pid: u16) -> Option<Object> {
        let name = name(object.value(pid)?)?;
        self.object(format!("{}/{name}", object.path))
    }

    /// The objects that another holds by this property, in their order: a vector or a set, whose
    /// index lies beside them.
    pub(super) fn all_held(&mut self, object: &Object, pid: u16) -> Vec<Element> {
        let Some(name) = object.value(pid).and_then(name) else {
            return Vec::new();
        };
        let path = format!("{}/{name}", object.path);
        let index = self.stream(&format!("{path} index"));
        let listed = index.and_then(|index| elements(&path, &index));
        listed.unwrap_or_default()
    }

    /// The first of the objects that another holds by this property.
    pub(super) fn first_held(&mut self, object: &Object, pid: u16) -> Option<Object> {
        let first = self.all_held(object, pid).into_iter().next()?;
        self.object(first.path)
    }

    /// The numbers of properties that a class has by these names in this file: those that are not
    /// in the standard are numbered by each writer.
    pub(super) fn own_properties(&mut self, root: &Object, class: &[u8; 16]) -> Vec<(String, u16)> {
        let found = self
            .held(root, pid::META_DICTIONARY)
            .and_then(|dictionary| {
                let classes = self.all_held(&dictionary, pid::CLASS_DEFINITIONS);
                let class = classes.into_iter().find(|element| element.key == class)?;
                self.object(class.path)
            });
        let Some(class) = found else {
            return Vec::new();
        };
        let definitions = self.all_held(&class, pid::CLASS_PROPERTIES);
        let definitions = definitions.into_iter().filter_map(|element| {
            let definition = self.object(element.path)?;
            let number = definition.u16(pid::LOCAL_IDENTIFICATION)?;
            Some((definition.text(pid::META_NAME), number))
        });
        definitions.collect()
    }

    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        self.n_left = self.n_left.saturating_sub(OPENING);
        if self.n_left == 0 {
            return None;
        }
        let stream = self.file.open_stream(path).ok()?;
        if stream.len() > MAX_AAF_STREAM {
            return None;
        }
        self.n_left = self.n_left.saturating_sub(stream.len());
        let mut bytes = Vec::new();
        stream.take(MAX_AAF_STREAM).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// The name of a storage; one that leads elsewhere is none.
fn name(value: &[u8]) -> Option<String> {
    let name = utf16(value);
    let leads_elsewhere = name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']);
    (!leads_elsewhere).then_some(name)
}

/// What an index lists: of a vector the number of each element, of a set also how often it is
/// referred to, and its key. Which of both it is shows in its size.
fn elements(path: &str, index: &[u8]) -> Option<Vec<Element>> {
    let (count, rest) = index.split_first_chunk::<4>()?;
    let n = u32::from_le_bytes(*count) as usize;
    // Two numbers that only matter to writers.
    let rest = rest.get(8..)?;
    let element = |number: [u8; 4], key: &[u8]| Element {
        path: format!("{path}{{{:x}}}", u32::from_le_bytes(number)),
        key: key.to_vec(),
    };
    if Some(rest.len()) == n.checked_mul(4) {
        let (numbers, _) = rest.as_chunks::<4>();
        return Some(numbers.iter().map(|number| element(*number, &[])).collect());
    }
    let ([_, _, key_size], rest) = rest.split_first_chunk::<3>()?;
    let size = 8 + usize::from(*key_size);
    let entries = rest.chunks_exact(size).take(n);
    let listed = entries.filter_map(|entry| {
        let (number, rest) = entry.split_first_chunk::<4>()?;
        Some(element(*number, rest.get(4..)?))
    });
    Some(listed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_lists_a_vector_or_a_set() {
        let vector = b"\x02\0\0\0\x09\0\0\0\xFF\xFF\xFF\xFF\x0A\0\0\0\x0B\0\0\0";
        let paths = |index: &[u8]| {
            let found = elements("/S", index).unwrap_or_default();
            found
                .into_iter()
                .map(|e| (e.path, e.key))
                .collect::<Vec<_>>()
        };
        let at = |path: &str, key: &[u8]| (path.to_owned(), key.to_vec());
        assert_eq!(paths(vector), [at("/S{a}", b""), at("/S{b}", b"")]);
        let set = b"\x01\0\0\0\x09\0\0\0\xFF\xFF\xFF\xFF\x01\x44\x02\x0A\0\0\0\x01\0\0\0kk";
        assert_eq!(paths(set), [at("/S{a}", b"kk")]);
        assert_eq!(paths(b"\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\0"), []);
        assert_eq!(paths(b"\x01"), []);
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_none() {
        let utf16 =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(name(&utf16("Slots-4403\0")).as_deref(), Some("Slots-4403"));
        for text in ["", "..", "a/b", "a\\b"] {
            assert_eq!(name(&utf16(text)), None, "{text}");
        }
    }
}
