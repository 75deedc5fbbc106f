//! The document of a list, as it is proposed: what a university must know of each need, and no person.

use super::sources::Known;
use crate::need::policy_of;
use crate::{Error, Register, Tx};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{NeedId, OrgId};
use ronghe_domain::need::{Content, Record, Row, State};
use ronghe_domain::need_list::document::{Altered, Document, Listed, MeasureName, Named, Origin, SCHEMA};
use ronghe_domain::need_list::{Change, ChangeKind, Edition, ListNumber, NeedList};
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};

/// Needs whose texts are read at once.
const STEP: usize = 500;

/// Writes the document of `list`.
pub(super) async fn document(
    tx: &Tx,
    cycle: &Cycle,
    list: &NeedList,
    known: &Known,
    register: &Register,
) -> Result<Document, Error> {
    let writer = Writer { cycle, register, known };
    let ids: Vec<NeedId> = list.entries.iter().map(|entry| entry.need).collect();
    let mut records: BTreeMap<NeedId, Record> = BTreeMap::new();
    for part in ids.chunks(STEP) {
        records.extend(
            store::need::records(tx.db(), tx.sealer(), part).await?.into_iter().map(|it| (it.id, it)),
        );
    }
    let listed = ids.iter().copied().collect();
    let origins = writer.origins(&listed);
    let needs = list.entries.iter().filter_map(|entry| {
        let (record, row) = (records.get(&entry.need)?, known.rows.get(&entry.need)?);
        let content = record.content.as_ref()?;
        let taken = origins.get(&entry.need).cloned().unwrap_or_default();
        Some(writer.listed(entry.seq, row, content, taken))
    });
    let altered = |kind: ChangeKind| {
        let those = list.changes.iter().filter(move |change| change.kind == kind);
        those.filter_map(|change| writer.altered(change)).collect()
    };
    Ok(Document {
        schema: SCHEMA.to_owned(),
        cycle: cycle.name(),
        version: Edition(list.no).to_string(),
        reason: list.reason.clone(),
        added: altered(ChangeKind::Added),
        removed: altered(ChangeKind::Removed),
        needs: needs.collect(),
    })
}

struct Writer<'a> {
    cycle: &'a Cycle,
    register: &'a Register,
    known: &'a Known,
}

impl Writer<'_> {
    fn number(&self, seq: u32) -> String {
        ListNumber::new(self.cycle.name(), seq).to_string()
    }

    fn named(&self, id: OrgId) -> Named {
        match self.register.org(id) {
            Some(org) => {
                Named { slug: org.slug.clone(), name: org.name.clone(), name_en: org.name_en.clone() }
            }
            None => Named { slug: String::new(), name: String::new(), name_en: String::new() },
        }
    }

    /// The needs that each of them takes up, by number. Whoever is `listed` stands there for itself.
    fn origins(&self, listed: &BTreeSet<NeedId>) -> BTreeMap<NeedId, Vec<Origin>> {
        let mut all: BTreeMap<NeedId, Vec<Origin>> = BTreeMap::new();
        for (id, verdict) in &self.known.verdicts {
            let into = verdict.outcome.and_then(ronghe_domain::need::Outcome::into);
            let (Some(into), Some(row)) = (into, self.known.rows.get(id)) else { continue };
            if listed.contains(id) || !matches!(row.standing.state, State::Screening | State::Merged) {
                continue;
            }
            let unit = self.named(row.standing.unit);
            let origin = Origin { need: row.name().to_string(), title: row.title.clone(), unit };
            all.entry(into).or_default().push(origin);
        }
        for origins in all.values_mut() {
            origins.sort_by(|a, b| a.need.cmp(&b.need));
        }
        all
    }

    fn altered(&self, change: &Change) -> Option<Altered> {
        let row = self.known.rows.get(&change.need)?;
        let number = self.number(change.seq);
        Some(Altered {
            number,
            need: row.name().to_string(),
            title: row.title.clone(),
            title_en: row.title_en.clone(),
            reason: change.reason.clone(),
        })
    }

    fn listed(&self, seq: u32, row: &Row, content: &Content, origins: Vec<Origin>) -> Listed {
        let policy = policy_of(self.cycle, self.register);
        let measure = |seq: &u32| {
            let found = policy.and_then(|policy| policy.measures().find(|measure| measure.seq == *seq));
            MeasureName { seq: *seq, title: found.map(|it| it.title.clone()).unwrap_or_default() }
        };
        let unit = row.standing.unit;
        // A bureau's own need is of its district.
        let district = row.standing.district.or(row.standing.is_of_district().then_some(unit));
        Listed {
            number: self.number(seq),
            need: row.name().to_string(),
            title: content.title.clone(),
            title_en: content.title_en.clone(),
            unit: self.named(unit),
            district: district.map(|id| self.named(id)),
            measures: content.measures.iter().map(measure).collect(),
            forms: content.forms.clone(),
            other_form: content.other_form.clone(),
            stages: content.stages.clone(),
            students: content.students,
            teachers: content.teachers,
            background: content.background.clone(),
            goals: content.goals.clone(),
            benefit: content.benefit.clone(),
            indicators: content.indicators.clone(),
            university: content.university.map(|id| self.named(id)),
            discipline: content.discipline.clone(),
            budget: content.budget,
            own: content.own,
            period: content.period.clone(),
            origins,
        }
    }
}
