//! Needs on the wire.

use crate::org::views::org_ref;
use ronghe_app::need::{Meant, Outstanding, Shown, policy_of};
use ronghe_app::{App, Caller, Error, Register, account, suggestion};
use ronghe_contract::need::{
    AttachmentView, ContentView, MeantView, MeasureChoice, MeasureName, NeedRef, NeedRow, NeedView,
    OpinionView, OutstandingView, ReturnView, SectionView, VerdictView,
};
use ronghe_contract::org::OrgRef;
use ronghe_domain::account::Account;
use ronghe_domain::application::rules::reads_of_need;
use ronghe_domain::attachment::Attached;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, NeedId, OrgId};
use ronghe_domain::need::district::ranking::sees_rank;
use ronghe_domain::need::form::Written;
use ronghe_domain::need::opinion::offers;
use ronghe_domain::need::rules::{self, Facts, latest_return, turn};
use ronghe_domain::need::{
    Action, Content, IndicatorDraft, Need, Opinion, Outcome, Row, Section, Standing, Verdict, form,
};
use ronghe_domain::org::OrgKind;
use ronghe_domain::org::people::masked;
use ronghe_domain::policy::forms::forms_of;
use ronghe_domain::policy::forms::open_measures;
use std::collections::{BTreeMap, BTreeSet};

/// People by their ids.
pub(crate) type People = BTreeMap<AccountId, Account>;

/// People by these ids.
pub(crate) async fn people(app: &App, ids: &BTreeSet<AccountId>) -> Result<People, Error> {
    Ok(account::named(app, ids).await?.into_iter().map(|account| (account.id, account)).collect())
}

/// A need in a list.
pub(crate) fn row(app: &App, caller: &Caller, need: Row, cycle: &Cycle, register: &Register) -> NeedRow {
    let mut row = row_by(app, caller, need, cycle, &Facts::of(cycle), register);
    // Without what is meant with it, only this much is known.
    row.can.retain(|action| *action == Action::Forward);
    row
}

/// The same, by facts that say what is meant with it.
pub(crate) fn row_by(
    app: &App,
    caller: &Caller,
    need: Row,
    cycle: &Cycle,
    facts: &Facts,
    register: &Register,
) -> NeedRow {
    let stands = need.standing;
    let now = app.now();
    let (turn, deadline) = turn(stands, facts, now);
    let can = std::iter::once(Action::Forward)
        .chain(Action::VERDICTS)
        .filter(|action| rules::decide(&caller.actor, stands, facts, *action, now).is_ok())
        .collect();
    let name = need.name().to_string();
    NeedRow {
        number: need.seq.map(|_| name.clone()),
        name,
        year: cycle.name(),
        title: need.title,
        title_en: need.title_en,
        state: stands.state,
        unit: named(stands.unit, register).unwrap_or_else(unknown),
        district: stands.district.and_then(|org| named(org, register)),
        measures: need.measures,
        budget: need.budget,
        turn,
        deadline,
        changed_at: need.changed_at,
        can,
        ahead: cycle.clock().ahead(),
        rank: rank(caller, need.id, stands, register),
    }
}

/// The place of a need in the order of its district, for who sees that.
fn rank(caller: &Caller, need: NeedId, stands: Standing, register: &Register) -> Option<u32> {
    let district = if stands.is_of_district() { Some(stands.unit) } else { stands.district };
    register.rank(need).filter(|_| district.is_some_and(|district| sees_rank(&caller.actor, district)))
}

/// A need whole, as the caller may see it.
pub(crate) fn view(
    app: &App,
    caller: &Caller,
    shown: &Shown,
    register: &Register,
    people: &People,
) -> NeedView {
    let need = &shown.need;
    let changes = shown.offers.iter().any(|offer| offer.action == Action::Edit);
    let corrections = need.returned.as_ref().map(|returned| returned.corrections.as_slice());
    let written = Written {
        draft: &need.draft,
        attachments: &shown.attachments,
        submitted: need.content.as_ref(),
        directory: &register.directory,
    };
    let sections = Section::ALL.into_iter().filter(|_| changes).map(|section| SectionView {
        section,
        progress: form::progress(section, &written, &shown.errors, corrections),
    });
    let returns = shown.offers.iter().any(|offer| offer.action == Action::Return);
    NeedView {
        row: row(app, caller, need.into(), &shown.cycle, register),
        content: need.content.as_ref().map(|it| content(caller, need, it, &shown.cycle, register)),
        draft: changes.then(|| need.draft.clone()),
        wanted: register.directory.org_by_slug(need.draft.university.trim()).filter(|_| changes).map(org_ref),
        errors: if changes { shown.errors.clone() } else { Vec::new() },
        suggests: suggestion::tells_universities(caller, register, need),
        reads_applications: need.state.is_on_list() && reads_of_need(&caller.actor, need.unit),
        choices: if changes { choices(&shown.cycle, register) } else { Vec::new() },
        sections: sections.collect(),
        attachments: if changes { files(&shown.attachments) } else { Vec::new() },
        returned: need.returned.as_ref().map(|returned| {
            let person = people.get(&returned.by);
            ReturnView {
                corrections: returned.corrections.clone(),
                remark: returned.remark.clone(),
                until: returned.until,
                at: returned.at,
                by: person.map(|account| account.name.clone()).unwrap_or_default(),
                by_org: person.and_then(|account| named(account.org, register)),
            }
        }),
        submitted_at: need.submitted_at,
        forwarded_at: need.forwarded_at,
        latest_return: latest_return(need.state, &shown.facts).filter(|_| returns),
        meant: shown.meant.as_ref().map(meant),
        opinions: shown
            .opinions
            .iter()
            .map(|it| opinion(app, caller, it, need.into(), &shown.facts, register))
            .collect(),
        carried_from: shown.carried.from.as_ref().map(need_ref),
        carried_into: shown.carried.into.as_ref().map(need_ref),
        offers: shown.offers.clone(),
        // That its unit writes in a returned need shows to nobody else.
        version: if need.state.is_returned() && !changes { String::new() } else { need.version.to_string() },
    }
}

/// What is meant to become of a need, or has.
fn meant(meant: &Meant) -> MeantView {
    MeantView {
        verdict: verdict(meant.verdict.as_ref(), meant.into.as_ref()),
        origins: meant.origins.iter().map(need_ref).collect(),
    }
}

/// A verdict, where one was ever given.
pub(crate) fn verdict(verdict: Option<&Verdict>, into: Option<&Row>) -> VerdictView {
    let outcome = verdict.and_then(|it| it.outcome);
    VerdictView {
        ruling: outcome.map(Outcome::ruling),
        why: outcome.and_then(|outcome| match outcome {
            Outcome::Declined { why } => Some(why),
            Outcome::Listed | Outcome::Merged { .. } => None,
        }),
        into: into.map(need_ref),
        remark: verdict.map(|it| it.remark.clone()).unwrap_or_default(),
        at: verdict.map(|it| it.at),
        version: verdict.map_or(Verdict::NONE, |it| it.version).to_string(),
    }
}

/// An office's opinion, with what the caller can do about it.
pub(crate) fn opinion(
    app: &App,
    caller: &Caller,
    opinion: &Opinion,
    need: Standing,
    facts: &Facts,
    register: &Register,
) -> OpinionView {
    let said = opinion.said.as_ref();
    OpinionView {
        office: named(opinion.office, register).unwrap_or_else(unknown),
        asked_at: opinion.asked_at,
        due: opinion.due,
        overdue: opinion.is_overdue(facts.now(app.now())),
        reminded_at: opinion.reminded_at,
        stance: said.map(|said| said.stance),
        reason: said.map(|said| said.reason.clone()).unwrap_or_default(),
        given_at: said.map(|said| said.at),
        offers: offers(&caller.actor, need, opinion, facts, app.now()),
        version: opinion.version.to_string(),
    }
}

fn need_ref(row: &Row) -> NeedRef {
    NeedRef { name: row.name().to_string(), title: row.title.clone(), title_en: row.title_en.clone() }
}

/// Measures that a need of the cycle can come under.
fn choices(cycle: &Cycle, register: &Register) -> Vec<MeasureChoice> {
    let Some(policy) = policy_of(cycle, register) else { return Vec::new() };
    let open = open_measures(policy);
    policy
        .measures()
        .filter(|measure| open.contains(&measure.seq))
        .map(|measure| MeasureChoice {
            seq: measure.seq,
            title: measure.title.clone(),
            forms: forms_of(policy, measure.seq).to_vec(),
        })
        .collect()
}

fn content(
    caller: &Caller,
    need: &Need,
    content: &Content,
    cycle: &Cycle,
    register: &Register,
) -> ContentView {
    let policy = policy_of(cycle, register);
    let title = |seq: u32| policy.and_then(|policy| policy.measure(seq)).map(|it| it.title.clone());
    let phone = &content.contact.phone;
    let whole = rules::sees_phone(&caller.actor, need);
    ContentView {
        title: content.title.clone(),
        title_en: content.title_en.clone(),
        measures: content
            .measures
            .iter()
            .map(|seq| MeasureName { seq: *seq, title: title(*seq).unwrap_or_default() })
            .collect(),
        forms: content.forms.clone(),
        other_form: content.other_form.clone(),
        stages: content.stages.clone(),
        students: content.students,
        teachers: content.teachers,
        background: content.background.clone(),
        goals: content.goals.clone(),
        benefit: content.benefit.clone(),
        indicators: content
            .indicators
            .iter()
            .cloned()
            .map(|it| IndicatorDraft {
                name: it.name,
                unit: it.unit,
                baseline: it.baseline,
                target: it.target,
            })
            .collect(),
        university: content.university.and_then(|org| named(org, register)),
        discipline: content.discipline.clone(),
        budget: content.budget,
        own: content.own,
        period: content.period.clone(),
        contact_name: content.contact.name.clone(),
        contact_phone: if whole { phone.clone() } else { masked(phone) },
        attachments: files(&content.attachments),
    }
}

fn files(attached: &[Attached]) -> Vec<AttachmentView> {
    attached.iter().map(file).collect()
}

/// A file in a list.
pub(crate) fn file(file: &Attached) -> AttachmentView {
    AttachmentView { id: file.id, name: file.name.clone(), kind: file.kind, size: file.size }
}

pub(crate) fn named(org: OrgId, register: &Register) -> Option<OrgRef> {
    register.org(org).map(org_ref)
}

/// Stands where the directory no longer knows an organisation, which the database does not let happen.
pub(crate) fn unknown() -> OrgRef {
    OrgRef { slug: String::new(), name: "—".into(), name_en: "—".into(), kind: OrgKind::School }
}

/// Whom to remind, in the order of the directory.
pub(super) fn outstanding(offices: Vec<Outstanding>, register: &Register) -> Vec<OutstandingView> {
    let mut views: Vec<_> = offices
        .into_iter()
        .filter_map(|it| {
            let org = register.org(it.office)?;
            let Outstanding { open, overdue, reminded_at, .. } = it;
            Some((org, OutstandingView { office: org_ref(org), open, overdue, reminded_at }))
        })
        .collect();
    views.sort_by_key(|(org, _)| (org.kind, org.position, org.slug.clone()));
    views.into_iter().map(|(_, view)| view).collect()
}
