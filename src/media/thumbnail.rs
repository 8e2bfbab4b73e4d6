//! Small pictures of what is on the front of a recording.

use std::io::Cursor;

use image::DynamicImage;
use image::ImageReader;
use image::Limits;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

use super::probe::Artwork;

/// The longest side of a picture that is looked at: scans of records are smaller.
const MAX_SIDE: u32 = 8_192;
/// How much memory a picture may take while it is looked at.
const MAX_MEMORY: u64 = 256 << 20;
/// How well a small picture is kept, out of 100.
const QUALITY: u8 = 88;

/// A small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row from the top.
    pub rgb: Vec<u8>,
}

impl Thumbnail {
    /// The longest side of a small picture, in pixels.
    pub const SIDE: u32 = 192;

    /// Makes a small picture of a large one; `None` of what is no JPEG or PNG, is damaged, or is
    /// larger than anything that belongs to a recording.
    pub fn of(artwork: &Artwork) -> Option<Self> {
        let picture = read(&artwork.bytes)?;
        if picture.width().max(picture.height()) <= Self::SIDE {
            return Some(Self::from(picture.into_rgb8()));
        }
        Some(Self::from(
            picture.thumbnail(Self::SIDE, Self::SIDE).into_rgb8(),
        ))
    }

    /// As it is kept in the cache: a small JPEG file.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        let kind = image::ExtendedColorType::Rgb8;
        encoder
            .encode(&self.rgb, self.width, self.height, kind)
            .ok()?;
        Some(bytes)
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let picture = read(bytes)?;
        let is_small = picture.width().max(picture.height()) <= Self::SIDE;
        is_small.then(|| Self::from(picture.into_rgb8()))
    }
}

impl From<RgbImage> for Thumbnail {
    fn from(picture: RgbImage) -> Self {
        Self {
            width: picture.width(),
            height: picture.height(),
            rgb: picture.into_raw(),
        }
    }
}

/// Reads a picture, within bounds. Whoever made it may mean harm: a few bytes can claim to be a
/// picture of any size.
fn read(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reader.decode()));
    read.ok()?.ok()
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::*;

    fn artwork(picture: &RgbImage, format: ImageFormat) -> Artwork {
        let mut bytes = Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, format)
            .expect("it can be written");
        Artwork {
            bytes: bytes.into_inner(),
            media_type: String::new(),
        }
    }

    fn red(width: u32, height: u32) -> RgbImage {
        RgbImage::from_pixel(width, height, image::Rgb([200, 20, 20]))
    }

    #[test]
    fn a_large_picture_becomes_small_and_keeps_its_shape_and_colors() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let small = Thumbnail::of(&artwork(&red(1000, 500), format)).expect("a picture");
            assert_eq!((small.width, small.height), (192, 96));
            let middle = &small.rgb[small.rgb.len() / 2..][..3];
            assert!(middle[0] > 180 && middle[1] < 50, "{middle:?}");
        }
    }

    #[test]
    fn a_small_picture_is_not_made_larger() {
        let small = Thumbnail::of(&artwork(&red(60, 40), ImageFormat::Png)).expect("a picture");
        assert_eq!((small.width, small.height), (60, 40));
    }

    #[test]
    fn a_picture_of_one_line_still_has_a_size() {
        let small = Thumbnail::of(&artwork(&red(4000, 1), ImageFormat::Png)).expect("a picture");
        assert!(small.width > 0 && small.height > 0);
    }

    #[test]
    fn a_thumbnail_is_kept_as_a_file_of_its_own() {
        let small = Thumbnail::of(&artwork(&red(300, 300), ImageFormat::Jpeg)).expect("a picture");
        let bytes = small.to_bytes().expect("it can be written");
        assert!(bytes.len() < 8_000, "{}", bytes.len());
        let again = Thumbnail::from_bytes(&bytes).expect("it was written");
        assert_eq!((again.width, again.height), (192, 192));
    }

    #[test]
    fn what_claims_to_be_huge_is_refused() {
        // The header of a PNG file of 60 000 by 60 000 pixels (PNG specification, section 11.2.2).
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(60_000_u32.to_be_bytes());
        bytes.extend(60_000_u32.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        let huge = Artwork {
            bytes,
            media_type: "image/png".to_owned(),
        };
        assert_eq!(Thumbnail::of(&huge), None);
    }

    #[test]
    fn what_is_cut_short_or_no_picture_is_refused_or_read_without_a_panic() {
        let whole = artwork(&red(300, 300), ImageFormat::Jpeg).bytes;
        for length in (0..whole.len()).step_by(97) {
            let cut = Artwork {
                bytes: whole[..length].to_vec(),
                media_type: String::new(),
            };
            if let Some(small) = Thumbnail::of(&cut) {
                assert_eq!(small.width, 192);
            }
        }
        let text = Artwork {
            bytes: b"GIF89a and so on".to_vec(),
            media_type: "image/jpeg".to_owned(),
        };
        assert_eq!(Thumbnail::of(&text), None);
    }
}
