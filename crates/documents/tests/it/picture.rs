//! Pictures written anew: what is seen stays, whatever else the file carried is gone.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use ronghe_documents::DocumentError;
use ronghe_documents::picture::Picture;
use ronghe_domain::attachment::Kind;
use std::io::Cursor;

const RED: Rgb<u8> = Rgb([220, 20, 20]);
const BLUE: Rgb<u8> = Rgb([20, 20, 220]);

/// A picture of 64 × 32 whose left half is red, and the right one blue.
fn halves() -> RgbImage {
    RgbImage::from_fn(64, 32, |x, _| if x < 32 { RED } else { BLUE })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(&halves()).unwrap();
    bytes
}

/// EXIF with this orientation, and where it was taken.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend_from_slice(&[0, 0, 0, 0]);
    // The GPS directory at 38: north, and a place in words.
    tiff.extend_from_slice(&[2, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0]);
    tiff.extend_from_slice(&[28, 0, 2, 0, 16, 0, 0, 0, 68, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend_from_slice(b"GPS:Jinan-School");
    tiff
}

/// The JPEG with EXIF and a comment in front.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let exif = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
    let comment = b"taken by pupil 17";
    let (start, rest) = jpeg.split_at(2);
    let mut bytes = start.to_vec();
    for (marker, content) in [(0xE1, exif.as_slice()), (0xFE, comment)] {
        let length = u16::try_from(content.len() + 2).unwrap();
        bytes.extend_from_slice(&[0xFF, marker]);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(content);
    }
    bytes.extend_from_slice(rest);
    bytes
}

/// The PNG with a chunk after its header.
fn with_chunk(png: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend_from_slice(content);
    let sum = crc32(&chunk).to_be_bytes();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    // The signature and IHDR are 33 bytes.
    let (start, rest) = png.split_at(33);
    [start, &length, &chunk, &sum, rest].concat()
}

/// As PNG sums up its chunks (W3C PNG, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 },
        )
    })
}

/// A PNG of which only the header says how large it is.
fn claims(width: u32, height: u32, depth: u8) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend_from_slice(&[depth, 2, 0, 0, 0]);
    let chunk = [b"IHDR".as_slice(), &header].concat();
    let small = encoded(halves(), ImageFormat::Png);
    let (signature, rest) = (small.split_at(8).0, small.split_at(33).1);
    [signature, &13_u32.to_be_bytes(), &chunk, &crc32(&chunk).to_be_bytes(), rest].concat()
}

fn anew(bytes: &[u8], kind: Kind) -> Result<(Kind, Vec<u8>), DocumentError> {
    let picture = Picture::read(bytes.to_vec(), kind)?;
    let mut written = Vec::new();
    picture.write(&mut written).unwrap();
    Ok((picture.kind(), written))
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// Whether the colours are the same but for what JPEG loses.
fn is_like(found: Rgba<u8>, expected: Rgb<u8>) -> bool {
    found.0.iter().zip(expected.0).all(|(found, expected)| found.abs_diff(expected) < 24)
}

#[test]
fn where_and_by_whom_it_was_taken_is_gone() {
    let taken = with_exif(&jpeg(), 1);
    assert!(holds(&taken, "GPS:Jinan") && holds(&taken, "pupil 17"));
    let (kind, written) = anew(&taken, Kind::Jpeg).unwrap();
    assert_eq!(kind, Kind::Jpeg);
    for part in ["Exif", "GPS", "pupil"] {
        assert!(!holds(&written, part), "{part}");
    }
    let seen = image::load_from_memory_with_format(&written, ImageFormat::Jpeg).unwrap();
    assert_eq!(seen.dimensions(), (64, 32));
    assert!(is_like(seen.get_pixel(5, 5), RED) && is_like(seen.get_pixel(60, 5), BLUE));

    let png = encoded(halves(), ImageFormat::Png);
    let told = with_chunk(&with_chunk(&png, b"tEXt", b"Author\0pupil 17"), b"eXIf", &exif(1));
    let (kind, written) = anew(&told, Kind::Png).unwrap();
    assert_eq!(kind, Kind::Png);
    for part in ["tEXt", "pupil", "eXIf", "GPS"] {
        assert!(holds(&told, part) && !holds(&written, part), "{part}");
    }
    assert_eq!(image::load_from_memory(&written).unwrap().into_rgb8(), halves(), "no pixel is lost");
}

#[test]
fn a_camera_that_was_held_sideways_turns_the_pixels() {
    // 6: what is at the right of the file is at the bottom of the picture.
    let (_, written) = anew(&with_exif(&jpeg(), 6), Kind::Jpeg).unwrap();
    let seen = image::load_from_memory(&written).unwrap();
    assert_eq!(seen.dimensions(), (32, 64));
    assert!(is_like(seen.get_pixel(5, 5), RED) && is_like(seen.get_pixel(5, 60), BLUE));
    let png = with_chunk(&encoded(halves(), ImageFormat::Png), b"eXIf", &exif(3));
    let (_, written) = anew(&png, Kind::Png).unwrap();
    let seen = image::load_from_memory(&written).unwrap();
    assert!(is_like(seen.get_pixel(5, 5), BLUE) && is_like(seen.get_pixel(60, 5), RED));
}

#[test]
fn what_hangs_behind_a_picture_is_gone() {
    let behind = b"PK\x03\x04<script>alert(1)</script>";
    for (format, kind) in
        [(ImageFormat::Png, Kind::Png), (ImageFormat::Jpeg, Kind::Jpeg), (ImageFormat::WebP, Kind::Webp)]
    {
        let both = [encoded(halves(), format).as_slice(), behind].concat();
        let (_, written) = anew(&both, kind).unwrap();
        assert!(!holds(&written, "<script>") && !holds(&written, "PK\x03\x04"), "{kind:?}");
    }
}

#[test]
fn a_picture_has_40_megapixels_at_most() {
    let check = |width, height, depth, expected: Option<DocumentError>| {
        assert_eq!(anew(&claims(width, height, depth), Kind::Png).err(), expected, "{width} × {height}");
    };
    check(41_000, 1_000, 8, Some(DocumentError::TooManyPixels));
    check(200_000, 200_000, 8, Some(DocumentError::TooManyPixels));
    check(20_001, 1_000, 16, Some(DocumentError::TooManyPixels));
    // What may be that large is not, and ends before its end.
    check(40_000, 1_000, 8, Some(DocumentError::Damaged));
    let mut large = jpeg();
    // Height and width stand behind marker, length and precision.
    let header = large.windows(2).position(|it| it == [0xFF, 0xC0]).unwrap();
    large[header + 5..header + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(anew(&large, Kind::Jpeg).err(), Some(DocumentError::TooManyPixels));
}

#[test]
fn a_picture_that_is_cut_off_is_damaged() {
    let mut bytes = Vec::new();
    let noise = RgbaImage::from_fn(64, 64, |x, y| {
        let grey = u8::try_from((x * 31 + y * 17 + x * y) % 251).unwrap();
        Rgba([grey, grey ^ 0x5A, grey ^ 0xA5, 255 - grey / 2])
    });
    WebPEncoder::new_lossless(&mut bytes).encode(&noise, 64, 64, image::ExtendedColorType::Rgba8).unwrap();
    for (whole, kind) in [
        (encoded(halves(), ImageFormat::Png), Kind::Png),
        (jpeg(), Kind::Jpeg),
        (with_exif(&jpeg(), 6), Kind::Jpeg),
        (bytes, Kind::Webp),
    ] {
        anew(&whole, kind).unwrap();
        for length in [20, whole.len() / 2, whole.len() * 4 / 5] {
            let cut = anew(&whole[..length], kind).err();
            assert_eq!(cut, Some(DocumentError::Damaged), "{kind:?} at {length} of {}", whole.len());
        }
    }
    assert_eq!(anew(b"\x89PNG\r\n\x1a\n....IEND....", Kind::Png).err(), Some(DocumentError::Damaged));
    assert_eq!(anew(b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind::Webp).err(), Some(DocumentError::Damaged));
    let whole = jpeg();
    let end = anew(&whole[..whole.len() - 2], Kind::Jpeg).err();
    assert_eq!(end, Some(DocumentError::Damaged), "only the end is missing");
    // A small picture within EXIF has an end of its own, the large one around it has none.
    let small = [b"Exif\0\0".as_slice(), &jpeg()].concat();
    let mut around = jpeg()[..2].to_vec();
    around.extend_from_slice(&[0xFF, 0xE1]);
    around.extend_from_slice(&u16::try_from(small.len() + 2).unwrap().to_be_bytes());
    around.extend_from_slice(&small);
    around.extend_from_slice(&jpeg()[2..jpeg().len() - 2]);
    assert_eq!(anew(&around, Kind::Jpeg).err(), Some(DocumentError::Damaged));
}

#[test]
fn a_picture_that_moves_is_refused() {
    let png = encoded(halves(), ImageFormat::Png);
    let moves = with_chunk(&png, b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    assert_eq!(anew(&moves, Kind::Png).err(), Some(DocumentError::Animated));
    // A WebP that says in its header that it moves, and does.
    let still = encoded(halves(), ImageFormat::WebP);
    let mut frame = vec![0; 16];
    (frame[6], frame[9]) = (63, 31);
    frame.extend_from_slice(&still[12..]);
    let chunk = |name: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
        [name.as_slice(), &length, content, padding].concat()
    };
    let header = chunk(b"VP8X", &[2, 0, 0, 0, 63, 0, 0, 31, 0, 0]);
    let body = [b"WEBP".as_slice(), &header, &chunk(b"ANIM", &[0; 6]), &chunk(b"ANMF", &frame)].concat();
    let moves = [b"RIFF".as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat();
    assert_eq!(anew(&moves, Kind::Webp).err(), Some(DocumentError::Animated));
}

/// 16 × 16 pixels of red with loss, as `cwebp` writes them.
const LOSSY: &[u8] = &[
    0x52, 0x49, 0x46, 0x46, 0x38, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x20, 0x2C,
    0x00, 0x00, 0x00, 0x90, 0x01, 0x00, 0x9D, 0x01, 0x2A, 0x10, 0x00, 0x10, 0x00, 0x02, 0x80, 0x42, 0x25,
    0xA0, 0x02, 0x74, 0xBA, 0x00, 0x03, 0x98, 0x00, 0xFE, 0xEE, 0xFF, 0x9F, 0xF1, 0x6B, 0x5B, 0x32, 0x9C,
    0x2F, 0xFE, 0xCA, 0xC7, 0xFE, 0x95, 0x8F, 0xFD, 0x2B, 0x1F, 0xB9, 0x40, 0x00,
];

#[test]
fn a_webp_with_loss_becomes_a_jpeg() {
    let (kind, written) = anew(LOSSY, Kind::Webp).unwrap();
    assert_eq!((kind, &written[..3]), (Kind::Jpeg, [0xFF, 0xD8, 0xFF].as_slice()));
    let (kind, written) = anew(&encoded(halves(), ImageFormat::WebP), Kind::Webp).unwrap();
    assert_eq!(kind, Kind::Webp);
    assert_eq!(image::load_from_memory(&written).unwrap().into_rgb8(), halves());
}

#[test]
fn changed_pictures_never_panic() {
    let mut read = 0;
    for (whole, kind) in [
        (with_exif(&jpeg(), 6), Kind::Jpeg),
        (encoded(halves(), ImageFormat::Png), Kind::Png),
        (encoded(halves(), ImageFormat::WebP), Kind::Webp),
        (LOSSY.to_vec(), Kind::Webp),
    ] {
        for at in 0..whole.len() {
            for changed in [0, 1, 0x7F, 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] = changed;
                read += usize::from(Picture::read(bytes, kind).is_ok());
            }
        }
    }
    assert!(read > 0, "none could be read at all");
}
