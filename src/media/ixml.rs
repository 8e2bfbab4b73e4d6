//! When a location recorder's file was recorded: the `iXML` chunk of a WAVE file.
//!
//! Source: the iXML specification, version 3 (element `SPEED`).

use std::io;

use super::bytes::Bytes;
use super::riff;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::Ticks;

/// The longest chunk that is read.
const MAX_CHUNK: usize = 4 * 1024 * 1024;

/// When the first sample was recorded, counted from midnight, where the chunk says so.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn begins(bytes: &mut Bytes) -> io::Result<Option<Ticks>> {
    let chunks = riff::chunks(bytes)?;
    let Some(chunk) = chunks.iter().find(|chunk| chunk.id == *b"iXML") else {
        return Ok(None);
    };
    let content = chunk.content(bytes, MAX_CHUNK)?;
    Ok(parse(&String::from_utf8_lossy(&content)))
}

fn parse(content: &str) -> Option<Ticks> {
    // Recorders leave room behind the document, to be able to write into it later.
    let end = content.rfind('>')? + 1;
    let document = roxmltree::Document::parse(content.get(..end)?).ok()?;
    let speed = document.descendants().find(|it| it.has_tag_name("SPEED"))?;
    let number = |name: &str| {
        let child = speed.children().find(|child| child.has_tag_name(name))?;
        child.text()?.trim().parse::<u32>().ok()
    };
    let high = number("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI").unwrap_or(0);
    let low = number("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO")?;
    let rate = number("TIMESTAMP_SAMPLE_RATE").or_else(|| number("FILE_SAMPLE_RATE"))?;
    let samples = i64::try_from(u64::from(high) << 32 | u64::from(low)).ok()?;
    Some(
        SampleRate::new(rate)
            .ok()?
            .nearest_ticks(Samples::new(samples)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(speed: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><BWFXML><IXML_VERSION>1.61</IXML_VERSION>\
             <SPEED>{speed}</SPEED></BWFXML>\0\0  "
        )
    }

    #[test]
    fn the_first_sample_is_counted_from_midnight_at_the_rate_of_the_clock() {
        // Ten hours at 48 kHz take 1,728,000,000 samples.
        let speed = "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>0</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>\
                     <TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>1728000000\
                     </TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>\
                     <TIMESTAMP_SAMPLE_RATE>48000</TIMESTAMP_SAMPLE_RATE>";
        assert_eq!(parse(&document(speed)), Some(Ticks::from_secs(36_000)));
    }

    #[test]
    fn a_count_of_more_than_32_bits_is_read_whole() {
        let speed = "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>1</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>\
                     <TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>25032704\
                     </TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>\
                     <TIMESTAMP_SAMPLE_RATE>192000</TIMESTAMP_SAMPLE_RATE>";
        assert_eq!(parse(&document(speed)), Some(Ticks::from_secs(22_500)));
    }

    #[test]
    fn what_is_no_document_says_nothing() {
        for content in ["", "<", "BWFXML", "<BWFXML><SPEED></BWFXML>", &document("")] {
            assert_eq!(parse(content), None, "{content}");
        }
    }
}
