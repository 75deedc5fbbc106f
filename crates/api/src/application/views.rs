//! Applications on the wire.

use crate::need::views::file;
use crate::org::views::org_ref;
use ronghe_app::application::{Compared, Opined, Shown};
use ronghe_app::need::policy_of;
use ronghe_app::{App, Caller, Register};
use ronghe_contract::application::{
    ApplicationReturnView, ApplicationRow, ApplicationSectionView, ApplicationView, AwaitedView,
    ComparedVersions, EligibilityView, FiledView, MemberView, ReceiptView, UnitOpinionView, UnitSaidView,
    VersionRow, VersionView,
};
use ronghe_contract::need::NeedRef;
use ronghe_contract::org::OrgRef;
use ronghe_domain::account::request::State as Asked;
use ronghe_domain::application::draft::{Context, Filed, Purpose, forms_for, open_sections};
use ronghe_domain::application::eligible::found;
use ronghe_domain::application::rules::{Facts, sees_draft, turn};
use ronghe_domain::application::sight::{offer, reads_offer_only, sees_version};
use ronghe_domain::application::version::differences;
use ronghe_domain::application::{
    Action, Application, ApplicationDraft, Awaited, Content, Refusal, Row, Section, Stance, Submission, form,
};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, Offer};
use ronghe_domain::need::{IndicatorDraft, Need, Row as NeedRow};
use ronghe_domain::org::OrgKind;
use ronghe_domain::org::people::masked;
use ronghe_domain::policy::forms::Form;
use ronghe_domain::sign_off::Gate;

/// What a row of a list shows beside the application.
pub(crate) struct Beside {
    pub(crate) need: NeedRef,
    /// The seals of its cycle are opened.
    pub(crate) opened: bool,
    /// The reader reads what it offers, and no money.
    pub(crate) offer_only: bool,
    /// What the unit of its need thinks of it, where the reader reads that; nothing in it where it has not come.
    pub(crate) opinion: Option<Option<Stance>>,
}

/// An application in a list.
pub(crate) fn row(app: &App, row: Row, beside: Beside, cycle: &Cycle, register: &Register) -> ApplicationRow {
    let facts = Facts { opened: beside.opened, ..Facts::of(cycle) };
    let (turn, deadline) = turn(row.state, row.until, &facts, app.now());
    let name = row.name().to_string();
    ApplicationRow {
        number: row.seq.map(|_| name.clone()),
        name,
        year: cycle.name(),
        university: register.org(row.university).map_or_else(unknown, org_ref),
        title: row.title,
        state: row.state,
        need: beside.need,
        asked: row.asked.filter(|_| !beside.offer_only),
        opinion: beside.opinion.flatten(),
        opinion_open: beside.opinion == Some(None),
        turn,
        deadline,
        ahead: facts.clock.ahead(),
        changed_at: row.changed_at,
    }
}

/// An application whole, as the caller may see it.
pub(crate) fn view(app: &App, caller: &Caller, shown: &Shown, register: &Register) -> ApplicationView {
    let application = &shown.application;
    let own = sees_draft(&caller.actor, application);
    let edits = |offer: &Offer<Action, Refusal>| {
        offer.action == Action::Edit && offer.barred != Some(Refusal::BeingSigned)
    };
    let is_open = own && shown.offers.iter().any(edits);
    let writes = if is_open { open_sections(&caller.actor, application, &shown.errors) } else { Vec::new() };
    let returns = shown.offers.iter().any(|offer| offer.action == Action::Return);
    let content = application.content.as_ref();
    let offer_only = reads_offer_only(&caller.actor, shown.place());
    let said = |it: &Opined| it.opinion.said.last().map(|said| said.stance);
    let beside = Beside {
        need: need_ref(&shown.need),
        opened: shown.facts.opened,
        offer_only,
        opinion: shown.opinion.as_ref().map(said),
    };
    ApplicationView {
        row: row(app, application.into(), beside, &shown.cycle, register),
        offer_only,
        unit_opinion: opinion(shown, register),
        content: content.map(|content| if offer_only { offer(content) } else { typed(content, own) }),
        submitted_files: content.filter(|_| !offer_only).map(submitted).unwrap_or_default(),
        draft: own.then(|| application.draft.clone()),
        print_code: own.then(|| application.draft.code()),
        errors: shown.errors.clone(),
        forms: if own { forms(shown, register) } else { Vec::new() },
        indicators: indicators(&shown.need),
        sections: if own { sections(shown, &writes) } else { Vec::new() },
        files: shown.files.iter().map(|filed| filed_view(filed, application)).collect(),
        members: if own { members(shown) } else { Vec::new() },
        awaited: if own { awaited(shown) } else { Vec::new() },
        receipt: shown.submissions.last().map(|it| receipt(it, shown)),
        returned: application.returned.as_ref().map(|returned| ApplicationReturnView {
            corrections: returned.corrections.clone(),
            remark: returned.remark.clone(),
            until: returned.until,
            at: returned.at,
        }),
        submitted_at: application.submitted_at.filter(|_| !offer_only),
        opened_at: application.opened_at,
        accepted_at: application.accepted_at,
        latest_return: shown.facts.latest_return.filter(|_| returns),
        eligibility: eligibility(shown, own, offer_only),
        unlisted: shown.facts.listing.is_none(),
        offers: shown.offers.clone(),
        chained: own && shown.facts.gate != Gate::Open,
        leaderless: shown.facts.leaderless,
        version: if sees_version(&caller.actor, application, shown.place(), &shown.offers) {
            application.version.to_string()
        } else {
            String::new()
        },
    }
}

/// What the unit of its need thinks of an application, where the caller reads that.
pub(crate) fn opinion(shown: &Shown, register: &Register) -> Option<UnitOpinionView> {
    let opined = shown.opinion.as_ref()?;
    let said = opined.opinion.said.iter();
    Some(UnitOpinionView {
        unit: register.org(shown.need.unit).map_or_else(unknown, org_ref),
        said: said
            .map(|it| UnitSaidView { stance: it.stance, reason: it.reason.clone(), at: it.at })
            .collect(),
        offers: opined.offers.clone(),
        version: opined.version.to_string(),
    })
}

/// A version in a list, beside the one before it.
pub(crate) fn version_row(version: &Submission, before: Option<&Submission>) -> VersionRow {
    let changed = before.map(|before| differences(&before.content, &version.content));
    VersionRow {
        n: version.n,
        hash: version.hash.clone(),
        at: version.at,
        changed: changed.unwrap_or_default(),
    }
}

/// Two versions side by side.
pub(crate) fn compared(compared: &Compared, own: bool) -> ComparedVersions {
    let version = |it: &Submission| VersionView {
        n: it.n,
        at: it.at,
        content: typed(&it.content, own),
        files: submitted(&it.content),
    };
    ComparedVersions {
        before: version(&compared.before),
        after: version(&compared.after),
        fields: compared.fields.clone(),
    }
}

/// A file that was just added.
pub(crate) fn added(filed: &Filed) -> FiledView {
    FiledView { purpose: filed.purpose, file: file(&filed.file), voided: false }
}

/// The need of a row of a list.
pub(crate) fn row_ref(row: &NeedRow) -> NeedRef {
    NeedRef { name: row.name().to_string(), title: row.title.clone(), title_en: row.title_en.clone() }
}

fn need_ref(need: &Need) -> NeedRef {
    let title_en = need.content.as_ref().map(|content| content.title_en.clone()).unwrap_or_default();
    NeedRef { name: need.name().to_string(), title: need.title().to_owned(), title_en }
}

/// The conditions of the cycle, held against what the caller reads. The unit of the need reads no money and no people:
/// it is told no finding.
fn eligibility(shown: &Shown, own: bool, offer_only: bool) -> Vec<EligibilityView> {
    let application = &shown.application;
    let read = if own {
        Some(application.draft.clone())
    } else {
        application.content.as_ref().filter(|_| !offer_only).map(ApplicationDraft::from)
    };
    let conditions = shown.cycle.content.eligibility.iter();
    conditions
        .map(|condition| EligibilityView {
            condition: condition.clone(),
            finding: read.as_ref().map(|draft| found(condition.check, draft, shown.need.unit_kind)),
        })
        .collect()
}

/// What was submitted, as it would be typed; the middle of the telephone number is for its own university.
fn typed(content: &Content, own: bool) -> ApplicationDraft {
    let mut typed = ApplicationDraft::from(content);
    if !own {
        typed.person_phone = masked(&typed.person_phone);
    }
    typed
}

fn submitted(content: &Content) -> Vec<FiledView> {
    let view = |purpose, it| FiledView { purpose, file: file(it), voided: false };
    let page = std::iter::once(view(Purpose::SealedPage, &content.sealed_page));
    page.chain(content.attachments.iter().map(|it| view(Purpose::Other, it))).collect()
}

fn filed_view(filed: &Filed, application: &Application) -> FiledView {
    let voided = filed.purpose == Purpose::SealedPage && filed.code != application.draft.code();
    FiledView { purpose: filed.purpose, file: file(&filed.file), voided }
}

fn forms(shown: &Shown, register: &Register) -> Vec<Form> {
    let (Some(policy), Some(need)) = (policy_of(&shown.cycle, register), &shown.need.content) else {
        return Vec::new();
    };
    forms_for(Context { policy, need, implementing: None, files: &[] })
}

fn indicators(need: &Need) -> Vec<IndicatorDraft> {
    let all = need.content.iter().flat_map(|content| &content.indicators).cloned();
    all.map(|it| IndicatorDraft { name: it.name, unit: it.unit, baseline: it.baseline, target: it.target })
        .collect()
}

fn sections(shown: &Shown, writes: &[Section]) -> Vec<ApplicationSectionView> {
    let standing = form::standing(&shown.application, &shown.files, &shown.errors).into_iter();
    standing
        .map(|(section, progress)| ApplicationSectionView {
            section,
            progress,
            open: writes.contains(&section),
        })
        .collect()
}

fn members(shown: &Shown) -> Vec<MemberView> {
    let person = |id: AccountId| shown.people.iter().find(|person| person.id == id);
    let view = |member: &ronghe_domain::application::Member| MemberView {
        login: person(member.account).map(|it| it.login.clone()).unwrap_or_default(),
        name: person(member.account).map(|it| it.name.clone()).unwrap_or_default(),
        duty: member.duty,
        sections: member.sections.clone(),
    };
    shown.application.members.iter().map(view).collect()
}

/// Without a request somebody's account was there already, and waits for its owner.
fn awaited(shown: &Shown) -> Vec<AwaitedView> {
    let view = |one: &Awaited| {
        let request = shown.requests.iter().find(|request| request.mail == one.mail);
        AwaitedView {
            name: one.name.clone(),
            mail: one.mail.clone(),
            duty: one.duty,
            sections: one.sections.clone(),
            asked: request.map_or(Asked::Made, |request| request.state),
            reason: request.map(|request| request.reason.clone()).unwrap_or_default(),
        }
    };
    shown.application.awaited.iter().map(view).collect()
}

fn receipt(submission: &Submission, shown: &Shown) -> ReceiptView {
    let by = shown.people.iter().find(|person| person.id == submission.by);
    ReceiptView {
        code: submission.receipt.clone(),
        n: submission.n,
        hash: submission.hash.clone(),
        at: submission.at,
        by: by.map(|person| person.name.clone()).unwrap_or_default(),
    }
}

/// Stands where the directory no longer knows an organisation, which the database does not let happen.
fn unknown() -> OrgRef {
    OrgRef { slug: String::new(), name: "—".into(), name_en: "—".into(), kind: OrgKind::University }
}
