//! Drafts are checked whole, the seal binds everybody, windows close to the second, versions do not mix.

mod draft;
mod life;
mod opinion;

use super::draft::{Context, DeliverableDraft, Filed, MilestoneDraft, PromiseDraft, Purpose};
use super::rules::Facts;
use super::{
    Application, ApplicationDraft, Category, Content, Correction, Duty, Flaw, LineDraft, Member, Return,
    Section, Source, State,
};
use crate::attachment::{Attached, Kind};
use crate::cycle::Phase;
use crate::kernel::{
    AccountId, Actor, ApplicationId, AttachmentId, CycleId, Date, Fen, Instant, NeedId, OrgId, Role, Version,
};
use crate::need::{Content as NeedContent, Indicator, Person, Stage};
use crate::policy::forms::Form;
use crate::policy::{Content as PolicyContent, Measure, Section as PolicySection};
use crate::sign_off::Gate;
use uuid::Uuid;

const UNIVERSITY: OrgId = OrgId(Uuid::from_u128(40));
const OTHER: OrgId = OrgId(Uuid::from_u128(41));
const LEADER: AccountId = AccountId(Uuid::from_u128(1));
const WRITER: AccountId = AccountId(Uuid::from_u128(2));
const COLLEAGUE: AccountId = AccountId(Uuid::from_u128(3));

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// 截止 2026-05-31 17:00.
fn closes() -> Instant {
    at("2026-05-31T09:00:01Z")
}

fn policy() -> PolicyContent {
    let measure =
        Measure { seq: 4, number: Some(4), title: "心理健康".into(), text: String::new(), units: vec![] };
    PolicyContent {
        title: "十二条措施".into(),
        doc_number: Some("济教发〔2023〕24号".into()),
        issuer: "济南市教育局".into(),
        issue_date: day("2023-12-26"),
        recipients: vec![],
        copies: vec![],
        openness: None,
        effective_from: day("2023-12-26"),
        last_day: None,
        trial: true,
        preamble: String::new(),
        sections: vec![PolicySection { number: Some(1), title: String::new(), measures: vec![measure] }],
    }
}

fn need() -> NeedContent {
    let indicator = |name: &str, unit: &str| Indicator {
        name: name.into(),
        unit: unit.into(),
        baseline: "48".into(),
        target: "100".into(),
    };
    NeedContent {
        title: "心理健康工作室共建".into(),
        title_en: String::new(),
        measures: vec![4],
        forms: vec![Form::StudioGuidance],
        other_form: String::new(),
        stages: vec![Stage::JuniorHigh],
        students: 1320,
        teachers: 34,
        background: "只有一名专职教师。".into(),
        goals: "建成工作室。".into(),
        benefit: "两周内都能面谈。".into(),
        indicators: vec![indicator("面谈率", "%"), indicator("教师培训", "人次")],
        university: None,
        discipline: String::new(),
        budget: Fen::yuan(85_000),
        own: Fen::yuan(20_000),
        period: "一个学年".into(),
        contact: Person { name: "王海峰".into(), phone: "0531-00000001".into() },
        attachments: vec![],
    }
}

fn draft() -> ApplicationDraft {
    let line = |category, source, amount: &str| LineDraft {
        category: Some(category),
        source: Some(source),
        amount: amount.into(),
        note: String::new(),
    };
    let promise = |indicator: &str, target: &str| PromiseDraft {
        indicator: indicator.into(),
        target: target.into(),
        how: "每周两次驻校。".into(),
    };
    ApplicationDraft {
        title: "驻校心理支持".into(),
        person_name: "李静".into(),
        person_title: "教授".into(),
        person_phone: "0531-00000002".into(),
        unsupported: true,
        work_plan: "分三步。".into(),
        risk: "寒暑假。".into(),
        deliverables: vec![DeliverableDraft {
            form: Some(Form::StudioGuidance),
            count: "1".into(),
            unit: "个".into(),
            due: "2026-12-20".into(),
            ..DeliverableDraft::default()
        }],
        milestones: vec![
            MilestoneDraft { due: "2027-01-10".into(), what: "中期总结".into() },
            MilestoneDraft { due: "2026-10-01".into(), what: "挂牌".into() },
        ],
        benefit: "两周内都能面谈。".into(),
        promises: vec![promise("面谈率", "100%"), promise("教师培训", "60")],
        asked: "65000".into(),
        matched: "20000".into(),
        lines: vec![
            line(Category::Consulting, Source::Programme, "45000"),
            line(Category::Materials, Source::Programme, "20,000.00"),
            line(Category::Labour, Source::Own, "20000"),
        ],
        basis: "已有两个基地。".into(),
        ..ApplicationDraft::default()
    }
}

fn sealed(draft: &ApplicationDraft) -> Filed {
    Filed {
        purpose: Purpose::SealedPage,
        file: Attached {
            id: AttachmentId(Uuid::from_u128(90)),
            name: "盖章页.pdf".into(),
            kind: Kind::Pdf,
            size: 9,
            hash: "00".repeat(32),
        },
        code: draft.code(),
    }
}

fn checked(draft: &ApplicationDraft) -> Content {
    let (policy, need, files) = (policy(), need(), [sealed(draft)]);
    draft.check(Context { policy: &policy, need: &need, implementing: None, files: &files }).unwrap()
}

fn application(state: State) -> Application {
    let opened = matches!(state, State::FormalCheck | State::ReturnedForCorrection | State::Accepted);
    let sent = opened || state == State::Submitted;
    let now = at("2026-05-20T00:00:00Z");
    let member = |account, duty, sections| Member { account, duty, sections };
    Application {
        id: ApplicationId(Uuid::from_u128(70)),
        cycle: CycleId(Uuid::from_u128(5)),
        cycle_name: "2026".into(),
        seq: opened.then_some(31),
        need: NeedId(Uuid::from_u128(7)),
        university: UNIVERSITY,
        state,
        draft: draft(),
        content: sent.then(|| checked(&draft())),
        submissions: u32::from(sent),
        members: vec![
            member(LEADER, Duty::Lead, vec![]),
            member(WRITER, Duty::Member, vec![Section::Plan, Section::Budget]),
            member(COLLEAGUE, Duty::Signatory, vec![]),
        ],
        awaited: vec![],
        writers: vec![],
        returned: (state == State::ReturnedForCorrection).then(|| Return {
            corrections: vec![Correction {
                section: Section::Plan,
                flaw: Flaw::BesideNeed,
                remark: "对应需求的目标".into(),
            }],
            remark: String::new(),
            until: at("2026-06-10T09:00:01Z"),
            by: AccountId(Uuid::from_u128(9)),
            at: now,
        }),
        changed_at: now,
        submitted_at: sent.then_some(now),
        opened_at: opened.then(closes),
        accepted_at: (state == State::Accepted).then(closes),
        version: Version::FIRST,
    }
}

fn facts(phase: Phase) -> Facts {
    Facts {
        phase,
        opens: Some(at("2026-04-20T01:00:00Z")),
        closes: Some(closes()),
        latest_return: Some(at("2026-06-30T16:00:00Z")),
        opened: false,
        clock: crate::cycle::Clock::default(),
        listing: Some(1),
        applied: false,
        open_fields: 0,
        university_full: None,
        gate: Gate::Open,
        signing: false,
        leaderless: false,
    }
}

fn person(account: AccountId, org: OrgId, role: Role) -> Actor {
    Actor::person(account, org, [role])
}
