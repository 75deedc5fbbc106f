//! Pictures, written anew: what is seen stays of them, and nothing else that the file carried.

use crate::DocumentError::{self, Animated, Damaged, NotAttachable, TooManyPixels};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder};
use memchr::memchr;
use ronghe_domain::attachment::Kind;
use std::io::{self, Cursor, Write};

/// Most pixels, of 8 bits a colour; half as many of 16. Four colours of as many take 160 MB, turned 320 MB,
/// and stay below what the reading process may take.
const PIXELS_MOST: u64 = 40_000_000;
/// Of a hundred: what is lost shows to nobody.
const JPEG_QUALITY: u8 = 90;

/// A picture that was read: its pixels, the right way up.
pub struct Picture {
    kind: Kind,
    pixels: DynamicImage,
}

impl Picture {
    /// Reads a picture of this kind. One that WebP holds with loss and without transparency becomes a JPEG:
    /// written without loss it would grow tenfold.
    ///
    /// # Errors
    /// Where it is damaged, moves, has too many pixels, or the kind is that of no picture.
    pub fn read(bytes: Vec<u8>, kind: Kind) -> Result<Self, DocumentError> {
        match kind {
            Kind::Png => {
                let decoder = PngDecoder::new(Cursor::new(bytes)).map_err(|_unreadable| Damaged)?;
                let moves = decoder.is_apng().map_err(|_unreadable| Damaged)?;
                Ok(Self { kind, pixels: still(decoder, moves)? })
            }
            Kind::Jpeg => {
                has_end(&bytes).ok_or(Damaged)?;
                let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(|_unreadable| Damaged)?;
                Ok(Self { kind, pixels: still(decoder, false)? })
            }
            Kind::Webp => {
                let has_loss = has_loss(&bytes);
                let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_unreadable| Damaged)?;
                let moves = decoder.has_animation();
                let pixels = still(decoder, moves)?;
                let kind = if has_loss && !pixels.color().has_alpha() { Kind::Jpeg } else { kind };
                Ok(Self { kind, pixels })
            }
            Kind::Pdf | Kind::Docx | Kind::Xlsx | Kind::Ofd => Err(NotAttachable),
        }
    }

    /// What it is written as.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Writes it anew.
    ///
    /// # Errors
    /// Where `to` takes no more.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let written = match self.kind {
            Kind::Jpeg => self.pixels.write_with_encoder(JpegEncoder::new_with_quality(to, JPEG_QUALITY)),
            Kind::Webp => self.pixels.write_with_encoder(WebPEncoder::new_lossless(to)),
            _ => self.pixels.write_with_encoder(PngEncoder::new_with_quality(
                to,
                CompressionType::Default,
                FilterType::Adaptive,
            )),
        };
        written.map_err(io::Error::other)
    }
}

/// The pixels of a picture that stands still, turned as its EXIF says; its header is asked before any are
/// read.
fn still(mut decoder: impl ImageDecoder, moves: bool) -> Result<DynamicImage, DocumentError> {
    let (width, height) = decoder.dimensions();
    let color = decoder.color_type();
    let bits = u64::from(color.bytes_per_pixel() / color.channel_count());
    if u64::from(width) * u64::from(height) * bits > PIXELS_MOST {
        return Err(TooManyPixels);
    }
    if moves {
        return Err(Animated);
    }
    // EXIF that cannot be read turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(|_unreadable| Damaged)?;
    pixels.apply_orientation(orientation);
    Ok(pixels)
}

/// Whether a JPEG has its end. The decoder fills up with grey what is cut off, and a small picture within
/// EXIF has an end of its own: so segment by segment (ITU-T T.81, B.1.1).
fn has_end(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(2..)?;
    loop {
        let marker = memchr(0xFF, rest)? + 1;
        rest = rest.get(marker..)?;
        match *rest.first()? {
            0xD9 => return Some(()),
            // A filling byte before a marker.
            0xFF => {}
            // Within coded pixels, and markers without a length.
            0x00 | 0x01 | 0xD0..=0xD8 => rest = rest.get(1..)?,
            _ => {
                let length = u16::from_be_bytes([*rest.get(1)?, *rest.get(2)?]);
                rest = rest.get(1 + usize::from(length)..)?;
            }
        }
    }
}

/// Whether a WebP holds its pixels with loss: by its first chunk of pixels (RFC 9649, 2.3).
fn has_loss(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let [a, b, c, d, size @ ..] = rest
        && let Some((size, content)) = size.split_first_chunk()
    {
        match &[*a, *b, *c, *d] {
            b"VP8 " => return true,
            b"VP8L" => return false,
            _ => {}
        }
        // Chunks are padded to an even length.
        let size = usize::try_from(u32::from_le_bytes(*size)).unwrap_or(usize::MAX);
        rest = content.get(size.saturating_add(size % 2)..).unwrap_or_default();
    }
    false
}
