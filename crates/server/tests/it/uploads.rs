//! What large files cost the server that takes them in: time of its own process, but not its memory.

use crate::serve::{binary, serve};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ImageEncoder, Rgba, RgbaImage};
use ronghe_client::{Client, Upload};
use ronghe_contract::need::StartNeed;
use ronghe_contract::session::SignIn;
use ronghe_domain::attachment::SIZE_MOST;
use std::fs::{self, File};
use std::process::Stdio;

/// Files that are sent at once.
const AT_ONCE: u64 = 4;
/// Most that the server may grow by meanwhile, in KiB.
pub(crate) const GROWTH_MOST: u64 = 64 * 1024;

/// The largest PDF there may be.
fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(usize::try_from(SIZE_MOST).unwrap() - 6, b' ');
    bytes.extend_from_slice(b"%%EOF\n");
    bytes
}

/// A process's memory in KiB: `VmRSS` now, `VmHWM` at its most.
pub(crate) fn memory(process: u32, which: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(which)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
async fn large_files_at_once_stay_out_of_memory() {
    let served = serve();
    let school = Client::new(&format!("http://{}", served.address));
    let sign_in = SignIn { login: "wanghaifeng".into(), password: served.password(), code: None };
    school.sign_in(&sign_in).await.unwrap();
    let need = school.start_need(&StartNeed::default()).await.unwrap().row.name;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    fs::write(&path, pdf()).unwrap();

    let before = memory(served.process(), "VmRSS");
    let sent: Vec<_> = (0..AT_ONCE)
        .map(|at| {
            let (school, need, path) = (school.clone(), need.clone(), path.clone());
            tokio::spawn(async move {
                let upload = Upload::open(&path, |_, _| {}).await.unwrap();
                school.attach_file(&need, &format!("{at}.pdf"), upload).await.unwrap()
            })
        })
        .collect();
    for file in sent {
        assert_eq!(file.await.unwrap().size, SIZE_MOST);
    }
    let grown = memory(served.process(), "VmHWM").saturating_sub(before);
    assert!(grown <= GROWTH_MOST, "{grown} KiB more");

    // One that is far too large is refused by name, too.
    let far = Upload::from(vec![b' '; 2 * usize::try_from(SIZE_MOST).unwrap()]);
    let refused = school.attach_file(&need, "a.pdf", far).await.unwrap_err();
    assert_eq!(refused.kind(), "too-large", "{refused:?}");
    let file = &school.show_need(&need).await.unwrap().attachments[0];
    assert_eq!(school.download_file(&need, file.id).await.unwrap().len(), pdf().len());
    let grown = memory(served.process(), "VmHWM").saturating_sub(before);
    assert!(grown <= GROWTH_MOST, "{grown} KiB more, with a file given out");
}

/// The largest picture of four colours, lying on its side by what its EXIF says.
fn picture() -> Vec<u8> {
    let pixels = RgbaImage::from_fn(8_000, 5_000, |x, y| {
        let part = |number: u32| u8::try_from(number % 251).unwrap();
        Rgba([part(x * 7 + y), part(y / 3), part(x / 5), part(x + y * 3)])
    });
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    let sideways = [b"II*\0\x08\0\0\0\x01\0".as_slice(), &[0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0], &[0; 4]];
    encoder.set_exif_metadata(sideways.concat()).unwrap();
    encoder.write_image(pixels.as_raw(), 8_000, 5_000, image::ExtendedColorType::Rgba8).unwrap();
    bytes
}

#[test]
fn the_largest_picture_is_written_anew_within_the_readers_limits() {
    let folder = tempfile::tempdir().unwrap();
    let (path, bytes) = (folder.path().join("a.png"), picture());
    assert!(u64::try_from(bytes.len()).unwrap() < SIZE_MOST);
    fs::write(&path, bytes).unwrap();
    let output = binary()
        .args(["parse-file", "attachment"])
        .stdin(Stdio::from(File::open(&path).unwrap()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let line = b"{\"Ok\":\"png\"}\n";
    let picture = output.stdout.strip_prefix(line).unwrap();
    // Width and height stand behind the signature, a length and a name.
    assert_eq!(picture[16..24], [5_000_u32.to_be_bytes(), 8_000_u32.to_be_bytes()].concat());
}
