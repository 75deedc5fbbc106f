//! Who finds an application by which words.

use super::super::sight::Scope;
use super::super::{ApplicationDraft, Content, Number, State};
use super::{Texts, Words, finds, reads_draft, searched};
use crate::kernel::OrgId;
use uuid::Uuid;

const ORG: OrgId = OrgId(Uuid::from_u128(7));

fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

fn draft() -> ApplicationDraft {
    ApplicationDraft {
        title: "驻校心理支持 STEM".into(),
        work_plan: "每周两次".into(),
        risk: "寒暑假".into(),
        person_name: "李静".into(),
        person_phone: "0531-00000002".into(),
        ..ApplicationDraft::default()
    }
}

fn content() -> Content {
    use crate::attachment::{Attached, Kind};
    use crate::kernel::{AttachmentId, Fen};
    let draft = draft();
    Content {
        title: draft.title,
        title_en: String::new(),
        partners: vec![],
        person: super::super::Person {
            name: "李静".into(), title: String::new(), phone: draft.person_phone
        },
        team: vec![],
        plan: draft.work_plan,
        risk: draft.risk,
        deliverables: vec![],
        milestones: vec![],
        benefit: String::new(),
        promises: vec![],
        asked: Fen::yuan(65_000),
        matched: Fen::ZERO,
        lines: vec![],
        basis: "两个基地".into(),
        sealed_page: Attached {
            id: AttachmentId(Uuid::from_u128(8)),
            name: "盖章页.pdf".into(),
            kind: Kind::Pdf,
            size: 9,
            hash: "ab".repeat(32),
        },
        attachments: vec![],
    }
}

#[test]
fn every_word_must_stand_in_it() {
    let draft = draft();
    let texts = Texts { number: None, draft: Some(&draft), content: None };
    let found = |text: &str| finds(Scope::Own(ORG), texts, &words(text));
    assert!(found("心理"), "two characters");
    assert!(found(" stem　心理 "), "small letters, any order, spaces of both widths");
    assert!(!found("心理 书法"));
    assert!(!found("支持每周"), "nothing reaches over two fields");
    assert!(!found("00000002"), "nobody is found by their telephone");
    assert_eq!(Words::parse(" 　"), None);
    assert!(searched(&draft).contains("李静"));
}

#[test]
fn the_unit_of_the_need_finds_by_what_is_offered() {
    let content = content();
    let texts = Texts { number: None, draft: None, content: Some(&content) };
    for (word, offered) in
        [("心理", true), ("两次", true), ("寒暑假", false), ("李静", false), ("基地", false)]
    {
        assert!(finds(Scope::Opened, texts, &words(word)), "{word}");
        assert_eq!(finds(Scope::Offered(ORG), texts, &words(word)), offered, "{word}");
    }
    assert!(!finds(Scope::Offered(ORG), texts, &words("心理 基地")), "nor by one word of two");
}

#[test]
fn a_number_finds_its_own() {
    let number = Number { cycle: "2026".into(), seq: 31 };
    let texts = Texts { number: Some(&number), draft: None, content: None };
    assert!(finds(Scope::Opened, texts, &words("a2026-31")));
    assert!(!finds(Scope::Opened, texts, &words("A2026-0032")));
}

#[test]
fn what_is_typed_is_found_by_its_university_alone() {
    for state in State::ALL {
        assert!(!reads_draft(Scope::Opened, state) && !reads_draft(Scope::Offered(ORG), state));
        assert_eq!(reads_draft(Scope::Own(ORG), state), state.is_open());
    }
}
