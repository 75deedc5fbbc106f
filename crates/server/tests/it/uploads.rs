//! What large files cost the server that takes them in: time of its own process, but not its memory.

use crate::serve::serve;
use ronghe_client::{Client, Upload};
use ronghe_contract::need::StartNeed;
use ronghe_contract::session::SignIn;
use ronghe_domain::attachment::{MIB_MOST, SIZE_MOST};
use std::fs;

/// Files that are sent at once.
const AT_ONCE: u64 = 4;
/// Most that the server may grow by meanwhile, in KiB.
const GROWTH_MOST: u64 = 64 * 1024;

/// The largest PDF there may be.
fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(usize::try_from(SIZE_MOST).unwrap() - 6, b' ');
    bytes.extend_from_slice(b"%%EOF\n");
    bytes
}

/// A process's memory in KiB: `VmRSS` now, `VmHWM` at its most.
fn memory(process: u32, which: &str) -> u64 {
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
    println!("{AT_ONCE} files of {MIB_MOST} MiB: {grown} KiB more");
    assert!(grown <= GROWTH_MOST, "{grown} KiB more");

    let file = &school.show_need(&need).await.unwrap().attachments[0];
    assert_eq!(school.download_file(&need, file.id).await.unwrap().len(), pdf().len());
    let grown = memory(served.process(), "VmHWM").saturating_sub(before);
    assert!(grown <= GROWTH_MOST, "{grown} KiB more, with a file given out");
}
