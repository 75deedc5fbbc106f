//! Need lists on the wire.

use crate::org::views::org_ref;
use ronghe_app::Register;
use ronghe_app::need_list::{Board, Shown};
use ronghe_contract::need_list::{
    NeedListChange, NeedListFinding, NeedListItem, NeedListMark, NeedListMinutes, NeedListRow, NeedListStep,
    NeedListView, NeedListsView,
};
use ronghe_contract::org::OrgRef;
use ronghe_domain::kernel::OrgId;
use ronghe_domain::need_list::document::{Altered, Document, Listed, Named};
use ronghe_domain::need_list::{Answer, ChangeKind, ListNumber, Mark, Minutes, NeedList, State};
use ronghe_domain::org::OrgKind;

/// A version in a list of them.
pub(super) fn row(cycle: &str, list: &NeedList) -> NeedListRow {
    NeedListRow {
        year: cycle.to_owned(),
        no: list.no,
        state: list.state,
        count: list.entries.len(),
        hash: list.proposal.as_ref().map(|proposal| proposal.hash.clone()),
        published_at: list.published.map(|published| published.at),
        version: list.version.to_string(),
    }
}

/// The versions of a cycle's list.
pub(super) fn board(board: &Board, register: &Register) -> NeedListsView {
    let (cycle, content) = (&board.cycle, &board.cycle.content);
    NeedListsView {
        year: cycle.name(),
        title: content.title.clone(),
        title_en: content.title_en.clone(),
        phase: cycle.phase,
        versions: board.versions.iter().map(|list| row(&cycle.name(), list)).collect(),
        next: board.next.as_ref().map(|shown| view(shown, register)),
    }
}

/// A version whole.
pub(super) fn view(shown: &Shown, register: &Register) -> NeedListView {
    let list = &shown.list;
    let frozen: Option<Document> =
        shown.document.as_ref().and_then(|canonical| serde_json::from_str(canonical).ok());
    let (items, changes) = match &frozen {
        Some(document) => of_document(document, register),
        None => of_rows(shown, register),
    };
    let name = |by| shown.people.get(&by).cloned();
    let mark = |mark: &Mark| NeedListMark {
        seat: mark.seat,
        post: mark.post.clone(),
        answer: mark.answer,
        reason: mark.reason.clone(),
        name: name(mark.by),
        at: mark.at,
        voided_at: mark.voided_at,
    };
    // What was said on the way is between the offices: of what is published, others read who agreed.
    let is_inside = !shown.people.is_empty() || list.state != State::Published;
    let holds = |mark: &&Mark| mark.voided_at.is_none() && mark.answer == Answer::Approved;
    let marks = list.marks.iter().filter(|mark| is_inside || holds(mark));
    let findings = shown.findings.iter();
    NeedListView {
        row: row(&shown.cycle.name(), list),
        items,
        changes,
        reason: list.reason.clone(),
        steps: steps(shown),
        marks: marks.map(mark).collect(),
        proposed_by: list.proposal.as_ref().and_then(|proposal| name(proposal.by)),
        proposed_at: list.proposal.as_ref().map(|proposal| proposal.at),
        minutes: list.minutes.as_ref().map(|it| minutes(it, name(it.by), is_inside)),
        findings: findings
            .map(|it| NeedListFinding { finding: it.clone(), barring: it.is_barring(list.no) })
            .collect(),
        offers: shown.offers.clone(),
    }
}

/// What was decided; the names in it are for those inside.
fn minutes(it: &Minutes, name: Option<String>, is_inside: bool) -> NeedListMinutes {
    NeedListMinutes {
        body: it.body,
        date: it.date,
        minutes_no: it.minutes_no.clone(),
        present: is_inside.then(|| it.present.clone()),
        countersigned: is_inside.then(|| it.countersigned.clone()),
        name,
        at: it.at,
    }
}

/// The chain under which it was proposed, or would be.
fn steps(shown: &Shown) -> Vec<NeedListStep> {
    let list = &shown.list;
    let agreed = list.agreed();
    let chain =
        if list.state == State::Draft { shown.cycle.content.approval().steps } else { list.steps.clone() };
    let waits = list.state == State::Proposed;
    let step = |(at, step): (usize, ronghe_domain::cycle::approval::Step)| NeedListStep {
        seat: step.seat,
        post: step.post,
        agreed: at < agreed,
        waits: waits && at == agreed,
    };
    chain.into_iter().enumerate().map(step).collect()
}

/// While it is composed: from the needs as they are.
fn of_rows(shown: &Shown, register: &Register) -> (Vec<NeedListItem>, Vec<NeedListChange>) {
    let cycle = shown.cycle.name();
    let number = |seq| ListNumber::new(cycle.clone(), seq).to_string();
    let org = |id: OrgId| register.org(id).map(org_ref);
    let items = shown.list.entries.iter().filter_map(|entry| {
        let row = shown.rows.get(&entry.need)?;
        Some(NeedListItem {
            number: number(entry.seq),
            need: row.name().to_string(),
            title: row.title.clone(),
            title_en: row.title_en.clone(),
            unit: org(row.standing.unit)?,
            district: row.standing.district.and_then(org),
            measures: row.measures.clone(),
            budget: row.budget,
        })
    });
    let changes = shown.list.changes.iter().filter_map(|change| {
        let row = shown.rows.get(&change.need)?;
        Some(NeedListChange {
            kind: change.kind,
            number: number(change.seq),
            need: row.name().to_string(),
            title: row.title.clone(),
            title_en: row.title_en.clone(),
            reason: change.reason.clone(),
        })
    });
    (items.collect(), changes.collect())
}

/// Once it is proposed: what was proposed, whatever needs and names become of later.
fn of_document(document: &Document, register: &Register) -> (Vec<NeedListItem>, Vec<NeedListChange>) {
    let org = |named: &Named, usual: OrgKind| {
        // By the name it had then, whatever became of the organisation since.
        let kind = register.directory.org_by_slug(&named.slug).map_or(usual, |found| found.kind);
        let Named { slug, name, name_en } = named.clone();
        OrgRef { slug, name, name_en, kind }
    };
    let item = |it: &Listed| NeedListItem {
        number: it.number.clone(),
        need: it.need.clone(),
        title: it.title.clone(),
        title_en: it.title_en.clone(),
        unit: org(&it.unit, OrgKind::School),
        district: it.district.as_ref().map(|district| org(district, OrgKind::District)),
        measures: it.measures.iter().map(|measure| measure.seq).collect(),
        budget: Some(it.budget),
    };
    let change = |kind: ChangeKind| {
        move |it: &Altered| NeedListChange {
            kind,
            number: it.number.clone(),
            need: it.need.clone(),
            title: it.title.clone(),
            title_en: it.title_en.clone(),
            reason: it.reason.clone(),
        }
    };
    let changes = document.removed.iter().map(change(ChangeKind::Removed));
    let changes = changes.chain(document.added.iter().map(change(ChangeKind::Added)));
    (document.needs.iter().map(item).collect(), changes.collect())
}
