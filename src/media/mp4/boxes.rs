//! The boxes that MPEG-4 and `QuickTime` files are made of (ISO/IEC 14496-12 section 4.2).

use std::io;

use crate::media::bytes::Bytes;
use crate::media::bytes::be32;
use crate::media::bytes::be64;

/// Boxes looked at on one level at most: a fragmented film has two a second.
const MAX_BOXES: usize = 200_000;

/// One box: its name, and where its content lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    /// The four letters.
    pub(super) name: [u8; 4],
    /// Where the content begins.
    pub(super) from: u64,
    /// Where the content ends: never past the end of the file.
    pub(super) to: u64,
    /// Whether the box claims to be longer than what it lies in.
    pub(super) cut: bool,
}

impl Atom {
    /// Everything there is in a file.
    pub(super) fn whole(bytes: &Bytes) -> Self {
        Self {
            name: *b"file",
            from: 0,
            to: bytes.len(),
            cut: false,
        }
    }

    /// The boxes inside, the first of them `skip` bytes after the beginning of the content.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn children(&self, bytes: &mut Bytes, skip: u64) -> io::Result<Vec<Self>> {
        let mut children = Vec::new();
        let mut at = self.from.saturating_add(skip);
        while at + 8 <= self.to && children.len() < MAX_BOXES {
            let header = bytes.window(at, 16)?;
            let (Some(size), Some(name)) = (be32(header, 0), header.get(4..8)) else {
                break;
            };
            let name = [name[0], name[1], name[2], name[3]];
            let (head, size) = match size {
                0 => (8, self.to - at),
                1 => (16, be64(header, 8).unwrap_or(0)),
                n => (8, u64::from(n)),
            };
            if size < head {
                break;
            }
            let end = at.saturating_add(size);
            children.push(Self {
                name,
                from: at + head,
                to: end.min(self.to),
                cut: end > self.to,
            });
            at = end;
        }
        Ok(children)
    }

    /// The first box of a name inside.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn child(&self, bytes: &mut Bytes, name: [u8; 4]) -> io::Result<Option<Self>> {
        let mut children = self.children(bytes, 0)?.into_iter();
        Ok(children.find(|child| child.name == name))
    }

    /// The box reached by going from name to name.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn descend(&self, bytes: &mut Bytes, names: &[[u8; 4]]) -> io::Result<Option<Self>> {
        let mut here = *self;
        for &name in names {
            match here.child(bytes, name)? {
                Some(child) => here = child,
                None => return Ok(None),
            }
        }
        Ok(Some(here))
    }

    /// The content, if it is not longer than `limit`; nothing where it is.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn content(&self, bytes: &mut Bytes, limit: usize) -> io::Result<Vec<u8>> {
        let copied = bytes.copy(self.from, self.to.saturating_sub(self.from), limit)?;
        Ok(copied.unwrap_or_default())
    }
}
