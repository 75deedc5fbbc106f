//! Measures on the wire.

use crate::org::views::org_ref;
use crate::policy::views::unit_view;
use ronghe_app::Register;
use ronghe_contract::measure::{MatrixCell, MatrixRow, MatrixView, MeasureRow, MeasureView};
use ronghe_domain::policy::forms::forms_of;
use ronghe_domain::policy::{Content, Policy};

/// Rows of the measures of one document.
pub(crate) fn rows(policy: &Policy, content: &Content) -> Vec<MeasureRow> {
    content
        .sections
        .iter()
        .flat_map(|section| section.measures.iter().map(move |measure| (section, measure)))
        .map(|(section, measure)| MeasureRow {
            policy: policy.slug.clone(),
            doc_number: content.doc_number.clone(),
            seq: measure.seq,
            number: measure.number,
            section: section.title.clone(),
            title: measure.title.clone(),
            units: measure.units.iter().map(|unit| unit.name.clone()).collect(),
        })
        .collect()
}

/// One measure whole.
pub(crate) fn view(policy: &Policy, content: &Content, seq: u32, register: &Register) -> Option<MeasureView> {
    let section = content.sections.iter().find(|section| section.measures.iter().any(|m| m.seq == seq))?;
    let measure = content.measure(seq)?;
    Some(MeasureView {
        policy: policy.slug.clone(),
        policy_title: content.title.clone(),
        doc_number: content.doc_number.clone(),
        seq,
        number: measure.number,
        section_number: section.number,
        section: section.title.clone(),
        title: measure.title.clone(),
        text: measure.text.clone(),
        units: measure.units.iter().map(|unit| unit_view(unit, register)).collect(),
        forms: forms_of(content, seq).to_vec(),
    })
}

/// Who is responsible for what.
pub(crate) fn matrix(policy: &Policy, content: &Content, register: &Register) -> MatrixView {
    let offices = register
        .responsible(content)
        .into_iter()
        .map(|org| MatrixRow {
            office: org_ref(org),
            cells: content
                .measures()
                .filter_map(|measure| {
                    let part = register.part(measure, org.id)?;
                    Some(MatrixCell {
                        seq: measure.seq,
                        role: part.role,
                        first: part.first,
                        through: part
                            .through
                            .and_then(|id| register.directory.group(id))
                            .map(|group| group.name.clone()),
                    })
                })
                .collect(),
        })
        .collect();
    MatrixView {
        policy: policy.slug.clone(),
        title: content.title.clone(),
        measures: rows(policy, content),
        offices,
    }
}
