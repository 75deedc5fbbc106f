//! Files of a need: by whom, of what kind, how many; who gets them; and that none is lost unseen.

use crate::problem;
use ronghe_contract::need::{ActOnNeed, AttachmentView, StartNeed};
use ronghe_domain::attachment::Kind;
use ronghe_domain::need::{Correction, Field};
use ronghe_testkit::{TestApp, need_draft as draft};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// One red pixel, and who made it.
const PNG: &[u8] =
    b"\x89PNG\x0D\x0A\x1A\x0A\x00\x00\x00\x0DIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\
    \x90wS\xDE\x00\x00\x00\x0FtEXtAuthor\x00pupil 17p\x9B\xA4\xB0\x00\x00\x00\x0CIDATx\xDAc\xB8#\x22\
    \x02\x00\x02\xD4\x01\x05g\x8D\x00n\x00\x00\x00\x00IEND\xAEB`\x82";

fn names(files: &[AttachmentView]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

#[tokio::test]
async fn files_go_with_the_need_that_was_submitted() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let begun = school.start_need(&StartNeed { draft: draft(), ..StartNeed::default() }).await.unwrap();
    let name = begun.row.name.clone();
    let kept = school.attach_file(&name, "../心理普查 汇总.pdf", PDF.to_vec().into()).await.unwrap();
    assert_eq!((kept.name.as_str(), kept.kind), ("心理普查 汇总.pdf", Kind::Pdf));
    let gone = school.attach_file(&name, "误传.pdf", PDF.to_vec().into()).await.unwrap();
    school.detach_file(&name, gone.id).await.unwrap();
    let shown = school.show_need(&name).await.unwrap();
    assert_eq!(names(&shown.attachments), ["心理普查 汇总.pdf"]);
    assert_eq!(shown.version, begun.version, "a file does not make what is being typed stale");
    assert_eq!(school.download_file(&name, kept.id).await.unwrap(), PDF);
    assert_eq!(problem(district.download_file(&name, kept.id).await).status, 404, "a draft's file");

    let sent = school.act_on_need(&name, &shown.version, &ActOnNeed::Submit).await.unwrap();
    let number = sent.row.name.clone();
    assert_eq!(names(&sent.content.unwrap().attachments), ["心理普查 汇总.pdf"]);
    assert_eq!(district.download_file(&number, kept.id).await.unwrap(), PDF);
    let url = format!("{}/api/v1/needs/{number}/attachments/{}", test.server, kept.id);
    let client = reqwest::Client::new();
    let answer = client.get(&url).header("cookie", district.cookies().unwrap()).send().await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("content-disposition").starts_with("attachment; filename*=UTF-8''%E5%BF%83"));
    assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(header("content-length"), PDF.len().to_string());
    for login in ["zhangmin", "linxiaozhou", "heqing"] {
        assert_eq!(problem(test.entered(login).await.download_file(&number, kept.id).await).status, 404);
    }
    assert_eq!(problem(test.client.download_file(&number, kept.id).await).status, 404);
    let late = problem(school.attach_file(&number, "late.pdf", PDF.to_vec().into()).await);
    assert_eq!(late.status, 409, "it is submitted");
    assert_eq!(problem(district.attach_file(&number, "own.pdf", PDF.to_vec().into()).await).status, 403);

    // A return opens them only where it names them.
    let back = |field| ActOnNeed::Return {
        corrections: vec![Correction { field, remark: "改".into() }],
        remark: String::new(),
        until: String::new(),
    };
    let version = district.show_need(&number).await.unwrap().version;
    let returned = district.act_on_need(&number, &version, &back(Field::Goals)).await.unwrap();
    let closed = problem(school.attach_file(&number, "more.pdf", PDF.to_vec().into()).await);
    assert_eq!((closed.status, closed.fields[0].error.path.as_str()), (422, "attachments"));
    assert_eq!(returned.version, "", "what its unit does with it shows to nobody");
    let version = school.show_need(&number).await.unwrap().version;
    let again = school.act_on_need(&number, &version, &ActOnNeed::Submit).await.unwrap();
    district.act_on_need(&number, &again.version, &back(Field::Attachments)).await.unwrap();
    school.detach_file(&number, kept.id).await.unwrap();
    let seen = district.show_need(&number).await.unwrap();
    assert_eq!(names(&seen.content.unwrap().attachments).len(), 1, "what was submitted still names it");
    let version = school.show_need(&number).await.unwrap().version;
    let last = school.act_on_need(&number, &version, &ActOnNeed::Submit).await.unwrap();
    assert!(last.content.unwrap().attachments.is_empty());
}

#[tokio::test]
async fn content_decides_what_is_taken() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let name = school.start_need(&StartNeed::default()).await.unwrap().row.name;
    let refuse = async |file: &str, bytes: &[u8], path: &str| {
        let refused = problem(school.attach_file(&name, file, bytes.to_vec().into()).await);
        assert_eq!((refused.status, refused.fields[0].error.path.as_str()), (422, path), "{file}");
        refused.fields[0].message.clone()
    };
    assert!(refuse("run.pdf", b"MZ\x90\x00", "file").await.contains("不能附这种文件"));
    assert!(refuse("cut.pdf", b"%PDF-1.7\n", "file").await.contains("损坏"));
    refuse("empty.pdf", b"", "file").await;
    refuse("", PDF, "name").await;
    for at in 0..10 {
        school.attach_file(&name, &format!("{at}.pdf"), PDF.to_vec().into()).await.unwrap();
    }
    assert!(refuse("11.pdf", PDF, "file").await.contains("最多 10 个"));
}

#[tokio::test]
async fn of_a_picture_only_what_is_seen_is_kept() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let name = school.start_need(&StartNeed::default()).await.unwrap().row.name;
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(holds(PNG, b"pupil 17"));
    let behind = [PNG, b"<script>alert(1)</script>"].concat();
    let file = school.attach_file(&name, "气象站.png", behind.into()).await.unwrap();
    let kept = school.download_file(&name, file.id).await.unwrap();
    assert_eq!((file.kind, file.size), (Kind::Png, u64::try_from(kept.len()).unwrap()));
    assert!(kept.starts_with(&PNG[..8]) && !holds(&kept, b"pupil") && !holds(&kept, b"script"));
    let damaged = problem(school.attach_file(&name, "a.png", PNG[..60].to_vec().into()).await);
    assert!(damaged.fields[0].message.contains("损坏"), "{damaged:?}");
    ronghe_testkit::proofs::is_whole(&test.app).await;
}
