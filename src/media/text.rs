//! Text of unknown encoding, as old tags and lyric files have it.

use encoding_rs::Encoding;
use encoding_rs::GB18030;
use encoding_rs::SHIFT_JIS;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1252;

/// Decodes text by its byte order mark, as UTF-8 if it can be, else by what its bytes look like.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(text).0.into_owned();
    }
    let encoding = guess(bytes);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Guesses between the encodings that lyric files are most often in.
///
/// In Western text letters with marks stand alone among plain ones; in Chinese and Japanese text
/// bytes over 127 stand together, and Japanese has kana.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let high = |byte: Option<&u8>| byte.is_some_and(|byte| *byte >= 0x80);
    let alone = (0..bytes.len())
        .filter(|&i| high(bytes.get(i)))
        .filter(|&i| !high(bytes.get(i + 1)) && !high(i.checked_sub(1).and_then(|i| bytes.get(i))))
        .count();
    let all = bytes.iter().filter(|byte| **byte >= 0x80).count();
    if let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        let kana = text
            .chars()
            .filter(|c| ('\u{3041}'..='\u{30fe}').contains(c))
            .count();
        let wide = text.chars().filter(|c| !c.is_ascii()).count();
        if kana * 5 > wide {
            return SHIFT_JIS;
        }
    }
    let whole = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    if whole.is_some() && alone * 2 < all {
        return GB18030;
    }
    WINDOWS_1252
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_decides() {
        assert_eq!(decode(b"\xef\xbb\xbfna\xc3\xafve"), "naïve");
        assert_eq!(decode(b"\xff\xfeh\0i\0"), "hi");
        assert_eq!(decode(b"\xfe\xff\0h\0i"), "hi");
    }

    #[test]
    fn western_chinese_and_japanese_text_are_told_apart() {
        for (encoding, text) in [
            (UTF_8, "Füße im Sand, 海"),
            (WINDOWS_1252, "Déjà vu, ça ira"),
            (GB18030, "你问我爱你有多深 我爱你有几分"),
            (SHIFT_JIS, "ふたりの日々を歌う"),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decode(&bytes), text);
        }
    }
}
