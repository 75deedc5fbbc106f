//! The parts of a cycle that are versioned by themselves, on the wire.

use crate::org::views::org_ref;
use ronghe_app::Register;
use ronghe_app::need::policy_of;
use ronghe_contract::cycle::{DistrictLeast, MeasureLeast, PartView, RevisionView, SelectionView};
use ronghe_domain::cycle::{Cycle, Part, PartDraft, Revision};
use ronghe_domain::org::OrgKind;
use ronghe_domain::policy::Content as PolicyContent;
use ronghe_domain::policy::forms::open_measures;

/// Every part as it stands.
pub(crate) fn parts(cycle: &Cycle, register: &Register) -> Vec<PartView> {
    Part::ALL
        .into_iter()
        .map(|part| PartView {
            part,
            version: cycle.part_version(part),
            needed_by: part.needed_by(),
            draft: PartDraft::of(&cycle.content.value(part), &register.directory),
        })
        .collect()
}

/// Parts changed, in order.
pub(crate) fn revisions(cycle: &Cycle, register: &Register) -> Vec<RevisionView> {
    let version = |at: usize, part: Part| {
        1 + cycle.revisions.iter().take(at).filter(|earlier| earlier.was.part() == part).count()
    };
    let view = |(at, it): (usize, &Revision)| {
        let part = it.was.part();
        let was = PartDraft::of(&it.was, &register.directory);
        RevisionView { part, version: version(at, part), was, reason: it.reason.clone(), at: it.at }
    };
    cycle.revisions.iter().enumerate().map(view).collect()
}

/// The rules of the selection, over every measure and district that there is.
pub(crate) fn selection(cycle: &Cycle, register: &Register) -> SelectionView {
    let rules = cycle.content.selection();
    let policy = policy_of(cycle, register);
    let open = policy.map(open_measures).unwrap_or_default();
    let measures = policy.into_iter().flat_map(PolicyContent::measures).filter(|it| open.contains(&it.seq));
    let measures = measures.map(|measure| MeasureLeast {
        seq: measure.seq,
        title: measure.title.clone(),
        least: rules.measure_least.get(&measure.seq).copied().unwrap_or_default(),
    });
    let bureaus = register.directory.orgs.iter().filter(|org| org.kind == OrgKind::District);
    let districts = bureaus.filter(|org| org.exists_on(register.today)).map(|org| DistrictLeast {
        district: org_ref(org),
        least: rules.district_least.get(&org.id).copied().unwrap_or_default(),
    });
    SelectionView {
        measures: measures.collect(),
        districts: districts.collect(),
        university_most: rules.university_most,
        applications_most: rules.applications_most,
    }
}
