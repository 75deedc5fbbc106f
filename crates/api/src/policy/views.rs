//! Policy documents on the wire.

use crate::org::views::{group_view, org_ref};
use ronghe_app::{Caller, Register, policy as use_case};
use ronghe_contract::policy::{
    ContentView, ImportView, MeasureInPolicy, PolicyRow, PolicyView, RenewalView, SectionView,
    SupersessionView, UnitView,
};
use ronghe_domain::kernel::Date;
use ronghe_domain::org::Target;
use ronghe_domain::policy::rules::{Status, last_day, status};
use ronghe_domain::policy::{Content, Measure, Policy, Unit};

/// Rows of a list, newest issue first, narrowed to words and a status.
pub(crate) fn rows(policies: &[Policy], today: Date, words: &str, wanted: Option<Status>) -> Vec<PolicyRow> {
    let words = words.trim().to_lowercase();
    let mut rows: Vec<PolicyRow> = policies
        .iter()
        .map(|policy| row(policy, today))
        .filter(|row| wanted.is_none() || row.status == wanted)
        .filter(|row| {
            let text = [Some(&row.title), row.doc_number.as_ref(), row.issuer.as_ref()];
            words.is_empty() || text.into_iter().flatten().any(|text| text.to_lowercase().contains(&words))
        })
        .collect();
    rows.sort_by(|a, b| b.issue_date.cmp(&a.issue_date).then_with(|| a.slug.cmp(&b.slug)));
    rows
}

fn row(policy: &Policy, today: Date) -> PolicyRow {
    let content = Register::content(policy);
    let draft = &policy.draft;
    let measures = match content {
        Some(content) => content.measures().count(),
        None => draft.sections.iter().map(|section| section.measures.len()).sum(),
    };
    let text = |read: Option<&ronghe_domain::policy::Read<String>>| read.map(|read| read.value.clone());
    PolicyRow {
        slug: policy.slug.clone(),
        title: content.map_or_else(|| text(draft.title.as_ref()).unwrap_or_default(), |c| c.title.clone()),
        doc_number: content.map_or_else(|| text(draft.doc_number.as_ref()), |c| c.doc_number.clone()),
        issuer: content.map_or_else(|| text(draft.issuer.as_ref()), |c| Some(c.issuer.clone())),
        issue_date: content
            .map(|content| content.issue_date)
            .or_else(|| draft.issue_date.as_ref().map(|read| read.value))
            .map(|day| day.to_string()),
        state: policy.state,
        status: status(policy, today),
        last_day: last_day(policy).map(|day| day.to_string()),
        measures: u32::try_from(measures).unwrap_or(u32::MAX),
    }
}

/// A document whole.
pub(crate) fn view(
    caller: &Caller,
    policy: &Policy,
    register: &Register,
    import: Option<ImportView>,
) -> PolicyView {
    PolicyView {
        slug: policy.slug.clone(),
        state: policy.state,
        version: policy.version.to_string(),
        status: status(policy, register.today),
        last_day: last_day(policy).map(|day| day.to_string()),
        content: Register::content(policy).map(|content| content_view(content, register)),
        import,
        renewals: policy
            .renewals
            .iter()
            .map(|renewal| RenewalView {
                decision: renewal.decision.clone(),
                from: renewal.from.to_string(),
                last_day: renewal.last_day.map(|day| day.to_string()),
            })
            .collect(),
        supersession: policy.supersession.as_ref().map(|by| SupersessionView {
            decision: by.decision.clone(),
            from: by.from.to_string(),
            successor: by.successor.and_then(|id| {
                let successor = register.policies.iter().find(|policy| policy.id == id)?;
                Some((successor.slug.clone(), Register::content(successor)?.title.clone()))
            }),
        }),
        offers: use_case::offers(caller, policy, &register.directory),
    }
}

fn content_view(content: &Content, register: &Register) -> ContentView {
    ContentView {
        title: content.title.clone(),
        doc_number: content.doc_number.clone(),
        issuer: content.issuer.clone(),
        issue_date: content.issue_date.to_string(),
        recipients: content.recipients.clone(),
        copies: content.copies.clone(),
        openness: content.openness.clone(),
        effective_from: content.effective_from.to_string(),
        last_day: content.last_day.map(|day| day.to_string()),
        trial: content.trial,
        preamble: content.preamble.clone(),
        sections: content
            .sections
            .iter()
            .map(|section| SectionView {
                number: section.number,
                title: section.title.clone(),
                measures: section.measures.iter().map(|measure| in_policy(measure, register)).collect(),
            })
            .collect(),
    }
}

fn in_policy(measure: &Measure, register: &Register) -> MeasureInPolicy {
    MeasureInPolicy {
        seq: measure.seq,
        number: measure.number,
        title: measure.title.clone(),
        text: measure.text.clone(),
        units: measure.units.iter().map(|unit| unit_view(unit, register)).collect(),
    }
}

/// A responsible unit with whom it means today.
pub(crate) fn unit_view(unit: &Unit, register: &Register) -> UnitView {
    let (org, group) = match unit.target {
        Target::Org(id) => (register.directory.org(id).map(org_ref), None),
        Target::Group(id) => (None, register.directory.group(id).map(|group| group_view(group, register))),
    };
    UnitView { name: unit.name.clone(), role: unit.role, org, group }
}
