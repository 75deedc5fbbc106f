//! The content of files on the disk: encrypted under names that say nothing, also what was kept before that.

use ronghe_app::files::{Incoming, Rekept, rekey, seal_kept};
use ronghe_app::{App, Caller, Clock, Error, Settings, application, audit, need};
use ronghe_domain::attachment::Attached;
use ronghe_domain::audit::{Fault, Via};
use ronghe_domain::cycle::Phase;
use ronghe_testkit::{TODAY, accepting, act_on, need_draft, person, sealed_page, sqlite, this_year, world};
use ronghe_text::{Lang, fault};
use std::fs;
use std::path::{Path, PathBuf};
use tokio::io::AsyncReadExt;

/// Three pieces and more, with words in each that must not be found.
fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() < 3 * 64 * 1024 + 100 {
        bytes.extend_from_slice(b"what nobody must read at the disk ");
    }
    bytes.extend_from_slice(b"\n%%EOF\n");
    bytes
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// A school, its need, and a file of it.
struct Scene {
    app: App,
    school: Caller,
    need: String,
    file: Attached,
}

impl Scene {
    async fn make(app: App) -> Self {
        let school = person(&app, "wanghaifeng").await;
        let begun = need::start(&app, &school, &TODAY.year().to_string(), &need_draft()).await.unwrap();
        let need = begun.name().to_string();
        let file = attach(&app, &school, &need).await.unwrap();
        Self { app, school, need, file }
    }

    fn folder(&self) -> &Path {
        &self.app.settings().files
    }

    /// The only file that lies encrypted.
    fn sealed(&self) -> PathBuf {
        let mut found = below(&self.folder().join("sealed"));
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    /// Where it lay before files were encrypted.
    fn open(&self) -> PathBuf {
        self.folder().join(&self.file.hash[..2]).join(&self.file.hash)
    }

    /// Puts `bytes` where the file lay before files were encrypted.
    fn lies_open(&self, bytes: &[u8]) {
        fs::create_dir_all(self.open().parent().unwrap()).unwrap();
        fs::write(self.open(), bytes).unwrap();
    }

    async fn read(&self) -> Result<Vec<u8>, Error> {
        let (_, mut content) = need::download(&self.app, &self.school, &self.need, self.file.id).await?;
        let mut read = Vec::new();
        content.read_to_end(&mut read).await.map_err(Error::internal)?;
        Ok(read)
    }

    async fn faults(&self) -> Vec<Fault> {
        faults(&self.app).await
    }

    fn lost(&self) -> Vec<Fault> {
        vec![Fault::File { name: self.file.name.clone(), hash: self.file.hash.clone() }]
    }

    /// The same world on a server with other settings.
    fn with(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.app.settings().clone();
        change(&mut settings);
        let app = App::new(self.app.db().clone(), Clock::standing_at(self.app.now()), settings);
        Self { app, school: self.school.clone(), need: self.need.clone(), file: self.file.clone() }
    }
}

async fn faults(app: &App) -> Vec<Fault> {
    audit::verify(app, &Caller::system(Via::Console, "test")).await.unwrap().faults
}

async fn attach(app: &App, school: &Caller, need: &str) -> Result<Attached, Error> {
    let mut incoming = Incoming::begin(app).await.unwrap();
    for piece in pdf().chunks(10_000) {
        incoming.take(piece).await.unwrap();
    }
    // Not even on its way in does anything lie open.
    let words = b"nobody must read".as_slice();
    for path in below(&app.settings().files.join("incoming")) {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(words.len()).any(|window| window == words), "{}", path.display());
        assert!(is_private(&path));
    }
    let arrived = incoming.end().await.unwrap();
    need::attach(app, school, need, "普查汇总.pdf", arrived).await
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let folder = fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o077;
    folder == 0 && fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}

#[tokio::test]
async fn a_file_lies_encrypted_under_a_name_that_says_nothing() {
    let db = sqlite().await;
    let scene = Scene::make(world(&db).await).await;
    let path = scene.sealed();
    assert!(is_private(&path));
    assert!(!path.display().to_string().contains(&scene.file.hash) && !scene.open().exists());
    assert_eq!(scene.read().await.unwrap(), pdf());
    // The same content is kept once.
    let before = fs::read(&path).unwrap();
    attach(&scene.app, &scene.school, &scene.need).await.unwrap();
    assert_eq!(fs::read(scene.sealed()).unwrap(), before);
    assert_eq!(scene.faults().await, []);

    let changes: [fn(&mut Vec<u8>); 3] =
        [|bytes| bytes[150_000] ^= 1, |bytes| bytes.truncate(70_000), Vec::clear];
    for change in changes {
        let mut changed = before.clone();
        change(&mut changed);
        fs::write(&path, changed).unwrap();
        scene.read().await.unwrap_err();
        assert_eq!(scene.faults().await, scene.lost());
    }
    fs::write(&path, &before).unwrap();
    let other = scene.with(|settings| settings.key = [8; 32]);
    other.read().await.unwrap_err();
}

#[tokio::test]
async fn what_was_kept_before_is_read_and_encrypted_whatever_ends_it() {
    let db = sqlite().await;
    let scene = Scene::make(world(&db).await).await;
    let done = |sealed, damaged| Rekept { sealed, damaged };
    fs::remove_dir_all(scene.folder().join("sealed")).unwrap();
    scene.lies_open(&pdf());
    assert_eq!(scene.read().await.unwrap(), pdf());
    assert_eq!(scene.faults().await, []);

    assert_eq!(seal_kept(&scene.app).await.unwrap(), done(1, 0));
    assert_eq!(below(scene.folder()), [scene.sealed()]);
    assert!(!scene.open().parent().unwrap().exists(), "its folder went too");
    assert_eq!(scene.read().await.unwrap(), pdf());
    assert_eq!(seal_kept(&scene.app).await.unwrap(), done(0, 0));

    // It was ended between the one and the other.
    scene.lies_open(&pdf());
    assert_eq!(seal_kept(&scene.app).await.unwrap(), done(1, 0));
    // What lies encrypted does not hold, what lies open does.
    fs::write(scene.sealed(), "torn").unwrap();
    scene.lies_open(&pdf());
    assert_eq!(seal_kept(&scene.app).await.unwrap(), done(1, 0));
    assert_eq!(scene.read().await.unwrap(), pdf());
    assert_eq!(below(scene.folder()), [scene.sealed()]);

    // What is not what was kept is not passed off as it.
    fs::remove_file(scene.sealed()).unwrap();
    scene.lies_open(b"%PDF-1.7 another");
    assert_eq!(seal_kept(&scene.app).await.unwrap(), done(0, 1));
    assert_eq!(below(scene.folder()), [scene.open()]);
    assert_eq!(scene.faults().await, scene.lost());
}

#[tokio::test]
async fn files_go_over_to_another_key_with_their_pieces() {
    let db = sqlite().await;
    let scene = Scene::make(world(&db).await).await;
    let (before, bytes) = (scene.sealed(), fs::read(scene.sealed()).unwrap());
    // A list that was taken out lies as a file does, under a name of its own.
    let export = scene.folder().join("exports").join("00000000-0000-0000-0000-000000000007-1");
    fs::create_dir_all(export.parent().unwrap()).unwrap();
    fs::write(&export, &bytes).unwrap();
    let next = scene.with(|settings| settings.key = [8; 32]);
    assert_eq!(rekey(&next.app, &[9; 32]).await.unwrap(), Rekept { sealed: 0, damaged: 2 }, "not its key");
    assert_eq!(scene.read().await.unwrap(), pdf());

    assert_eq!(rekey(&next.app, &[7; 32]).await.unwrap(), Rekept { sealed: 2, damaged: 0 });
    let gone_over = fs::read(&export).unwrap();
    assert!(gone_over[..108] != bytes[..108] && gone_over[108..] == bytes[108..]);
    let after = next.sealed();
    assert!(after != before && !before.exists());
    assert_eq!(fs::read(&after).unwrap()[108..], bytes[108..], "only the head is written anew");
    scene.read().await.unwrap_err();
    // It was ended between the one and the other; the next time it goes on.
    fs::create_dir_all(before.parent().unwrap()).unwrap();
    fs::write(&before, &bytes).unwrap();
    assert_eq!(rekey(&next.app, &[7; 32]).await.unwrap(), Rekept { sealed: 1, damaged: 0 });
    assert_eq!(rekey(&next.app, &[7; 32]).await.unwrap(), Rekept::default());
    assert_eq!(below(&next.folder().join("sealed")), [after]);
    // The records go over by themselves; back under their key the file is read again.
    assert_eq!(rekey(&scene.app, &[8; 32]).await.unwrap(), Rekept { sealed: 2, damaged: 0 });
    assert_eq!(scene.read().await.unwrap(), pdf());
    assert_eq!(scene.faults().await, []);
}

/// A scanner that keeps what it was shown, and how it lay there.
#[cfg(unix)]
#[tokio::test]
async fn the_scanner_sees_a_file_as_it_came_and_nobody_does_after_it() {
    use std::os::unix::fs::PermissionsExt;
    let db = sqlite().await;
    let scene = Scene::make(world(&db).await).await;
    fs::remove_dir_all(scene.folder().join("sealed")).unwrap();
    let folder = scene.folder().parent().unwrap().to_path_buf();
    let scanner = folder.join("scanner");
    let scans = |end: &str| {
        let seen = folder.join("seen");
        let text =
            format!("#!/bin/sh\ncat \"$1\" > {0}\nstat -c %a \"$1\" > {0}.mode\n{end}\n", seen.display());
        fs::write(&scanner, text).unwrap();
        fs::set_permissions(&scanner, fs::Permissions::from_mode(0o700)).unwrap();
    };
    let scanned = scene.with(|settings| settings.scanner = Some(scanner.clone()));
    scans("exit 1");
    let refused = attach(&scanned.app, &scanned.school, &scanned.need).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    assert_eq!(below(scene.folder()), Vec::<PathBuf>::new());
    scans("exit 0");
    attach(&scanned.app, &scanned.school, &scanned.need).await.unwrap();
    assert_eq!(fs::read(folder.join("seen")).unwrap(), pdf());
    assert_eq!(fs::read_to_string(folder.join("seen.mode")).unwrap().trim(), "600");
    assert_eq!(below(scene.folder()), [scene.sealed()]);
    // It looks at what lies there already, too, and finds what it did not know then.
    scans("exit 1");
    let again = attach(&scanned.app, &scanned.school, &scanned.need).await;
    assert!(matches!(again, Err(Error::Invalid(_))), "{again:?}");
    assert_eq!(below(scene.folder()), [scene.sealed()], "others still name it");
}

/// The seal binds whoever watches, too: neither name nor hash tells who applies.
#[tokio::test]
async fn a_file_under_seal_is_missed_without_its_name() {
    let db = sqlite().await;
    let app = world(&db).await;
    let need = accepting(&app).await.remove(0);
    let uni = person(&app, "linxiaozhou").await;
    let draft = sealed_page(&app, &uni, &need).await;
    let shown = application::show(&app, &uni, &draft.name().to_string()).await.unwrap();
    let file = shown.files[0].file.clone();
    act_on(&app, &uni, &draft, application::Act::Submit).await.unwrap();
    fs::remove_dir_all(app.settings().files.join("sealed")).unwrap();
    let found = faults(&app).await;
    assert_eq!(found, [Fault::SealedFile { id: file.id }]);
    for lang in [Lang::Zh, Lang::En] {
        let words = fault(lang, &found[0]);
        assert!(!words.contains(&file.name) && !words.contains(&file.hash), "{words}");
    }
    app.clock().set(this_year(&app).await.content.closes(Phase::AcceptingApplications).unwrap());
    assert_eq!(application::open_due(&app).await.unwrap(), 1);
    assert_eq!(faults(&app).await, [Fault::File { name: file.name, hash: file.hash }]);
}
