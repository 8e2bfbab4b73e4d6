//! How much a reader takes: every limit with its reason.

/// The largest file that is read. The longest lists of a feature film (all tracks, six-digit event
/// numbers, several comments an event) stay under 2 MB; what is larger is no list.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The largest timeline in XML that is read: a feature film with all its sound and its filters has
/// some 40 MB.
pub const MAX_TIMELINE_BYTES: usize = 64 * 1024 * 1024;

/// The largest timeline in JSON that is read: every value of it takes some 32 bytes, and may be
/// written with two.
pub(super) const MAX_JSON_BYTES: usize = 32 * 1024 * 1024;

/// The largest file that is a folder of its own: sound may be packed in it, which is not looked at.
pub const MAX_PACKED_BYTES: usize = 256 * 1024 * 1024;

/// How many events, markers and scenes are taken from one file. A two-hour film has some 3000
/// cuts; event numbers of six digits are the most that any variant of the format can count.
pub const MAX_ENTRIES: usize = 100_000;

/// How many warnings are kept one by one; further ones are counted. Nobody reads more, and a file
/// of nothing but broken lines must not take several times its size.
pub const MAX_WARNINGS: usize = 500;

/// How many characters of one name or note are kept. Review tools put whole threads into a note;
/// a text that is longer still is the work of a quote that was never closed.
pub(super) const MAX_TEXT: usize = 8_000;

/// How many characters of what the file says are repeated in a warning.
pub(super) const MAX_QUOTE: usize = 80;

/// How many columns of a table are looked at: exports have up to some sixty, and every cell of a
/// row that may be the header is compared with all the headings there are.
pub(super) const MAX_COLUMNS: usize = 256;

/// How much of a file is looked at to find out what it is: comments before the first event have
/// been seen to fill some kilobytes.
pub(super) const HEAD_BYTES: usize = 64 * 1024;

/// The longest line that is looked at as an event: a reel of 129 characters is the longest there
/// is, and the rest of an event takes fewer than 100.
pub(super) const MAX_EVENT_LINE: usize = 1_000;

/// The largest playlist or library that is read. A library of thirty thousand tracks, with all
/// that a music player writes of each, has some 45 MB.
pub const MAX_PLAYLIST_BYTES: usize = 64 * 1024 * 1024;

/// How many nodes of an XML document are kept, at some 100 bytes each: such a library has less
/// than four million.
pub(super) const MAX_XML_NODES: u32 = 4_000_000;

/// How many attributes an element may have, as each is compared with all others: a track in the
/// libraries of disc jockeys has some forty.
pub(super) const MAX_XML_ATTRIBUTES: usize = 128;

/// How many name spaces an XML document may declare, as each is known to all that is inside: a
/// playlist declares two or three.
pub(super) const MAX_XML_NAMESPACES: usize = 1_000;

/// What a workbook may unpack to, in bytes: a sheet of a hundred thousand rows, with twenty columns
/// of numbers and texts, has some 80 MB.
pub(super) const MAX_WORKBOOK_UNPACKED: u64 = 128 * 1024 * 1024;

/// How many parts a workbook may be packed of: each sheet is one, and each picture.
pub(super) const MAX_WORKBOOK_PARTS: usize = 10_000;

/// How many sheets of a workbook are read: nobody chooses among more.
pub(super) const MAX_SHEETS: usize = 100;

/// How many bytes of text the cells of a workbook may hold between them, as many as a table of text
/// may have.
pub(super) const MAX_WORKBOOK_TEXT: usize = MAX_PLAYLIST_BYTES;

/// How many elements are looked at in one timeline, with what is nested in it. A compound clip that
/// is used twice is looked at twice, and may hold others that are; a clip has some fifty elements.
pub(super) const MAX_TIMELINE_STEPS: usize = 10_000_000;

/// How deep timelines in timelines are looked into: nobody nests more than five or six.
pub(super) const MAX_NESTING: usize = 24;

/// The longest stream of an AAF file that is read: the index of a track with a hundred thousand
/// clips has less than half a megabyte. Sound that is packed in the file is not read.
pub(super) const MAX_AAF_STREAM: u64 = 4 * 1024 * 1024;

/// How many bytes of an AAF file are read, when each stream counts for half a kilobyte more than it
/// has: a track of a thousand clips takes some ten thousand streams. What many clips refer to is
/// read for each of them.
pub(super) const MAX_AAF_READ: u64 = 512 * 1024 * 1024;
