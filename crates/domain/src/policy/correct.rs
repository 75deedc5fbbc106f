//! What a person puts right in a draft, and what follows from it: a proposed last day, warnings that no
//! longer hold, one choice for a name wherever it stands.

use super::draft::{PolicyDraft, Read, SectionDraft, UnitDraft, Warning};
use super::parse::last_day;
use crate::kernel::Date;
use crate::org::Target;
use crate::org::directory::fold;

/// How sure a last day is that follows from "for n years" by rule: a person confirms it.
pub(super) const BY_RULE: u8 = 60;

/// A name that stands for nobody in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// As it is printed where it stands first.
    pub name: String,
    /// Paths of the units that bear it, in the order of the text.
    pub paths: Vec<String>,
}

impl PolicyDraft {
    /// The document says for how many years it holds. A last day that followed from the old number follows
    /// from the new one; one that a person or the document gave by itself stays.
    pub fn set_valid_years(&mut self, years: Option<u16>) {
        let follows = self.last_day_follows();
        self.valid_years = years;
        self.propose_last_day(follows);
    }

    /// The first day in force; a last day that followed from it follows again.
    pub fn set_effective_from(&mut self, day: Option<Read<Date>>) {
        let follows = self.last_day_follows();
        self.effective_from = day;
        self.propose_last_day(follows);
    }

    /// Gives a measure the number that is printed, and looks again whether the numbering runs.
    pub fn set_number(&mut self, section: usize, measure: usize, number: Option<u32>) {
        let before = self.number_gaps();
        let Some(found) =
            self.sections.get_mut(section).and_then(|section| section.measures.get_mut(measure))
        else {
            return;
        };
        found.number = number;
        let after = self.number_gaps();
        self.warnings
            .retain(|warning| !matches!(warning, Warning::NumberGap { .. }) || after.contains(warning));
        // A gap that stood before is in the list, or a person has dealt with it.
        let new = after.into_iter().filter(|gap| !before.contains(gap));
        self.warnings.extend(new);
    }

    /// Where a number is missing or stands twice.
    #[must_use]
    pub fn number_gaps(&self) -> Vec<Warning> {
        self.sections.iter().flat_map(SectionDraft::number_gaps).collect()
    }

    /// The warnings that still hold: what is put right warns no more.
    #[must_use]
    pub fn standing_warnings(&self) -> Vec<Warning> {
        let gaps = self.number_gaps();
        self.warnings.iter().filter(|warning| self.holds(warning, &gaps)).cloned().collect()
    }

    /// A person has dealt with it.
    pub fn dismiss(&mut self, warning: &Warning) {
        self.warnings.retain(|one| one != warning);
    }

    /// The path of the field where a warning is put right; none where the text as a whole is meant.
    #[must_use]
    pub fn field_of(&self, warning: &Warning) -> Option<String> {
        match warning {
            Warning::NoTitle => Some("title".to_owned()),
            Warning::NoNumber => Some("doc_number".to_owned()),
            Warning::NoIssuer => Some("issuer".to_owned()),
            Warning::NoDate => Some("issue_date".to_owned()),
            Warning::NoUnits { seq } => self.path_of(*seq).map(|path| format!("{path}.units")),
            Warning::NumberGap { seq, .. } => self.path_of(*seq).map(|path| format!("{path}.title")),
            Warning::NoMeasures | Warning::Stray { .. } => None,
        }
    }

    /// The unit at `path`.
    #[must_use]
    pub fn unit_at(&self, path: &str) -> Option<&UnitDraft> {
        self.units().find(|(at, _)| at == path).map(|(_, unit)| unit)
    }

    /// The names that stand for nobody, each once, in the order of the text.
    #[must_use]
    pub fn unknown_names(&self) -> Vec<UnknownName> {
        let mut names: Vec<UnknownName> = Vec::new();
        for (path, unit) in self.units().filter(|(_, unit)| unit.target.is_none()) {
            let name = unit.name.value.trim();
            match names.iter_mut().find(|known| is_same(&known.name, name)) {
                // A unit that was just added has no name yet.
                _ if name.is_empty() => {}
                Some(known) => known.paths.push(path),
                None => names.push(UnknownName { name: name.to_owned(), paths: vec![path] }),
            }
        }
        names
    }

    /// A person says whom `name` means: so it does wherever it stands and is not known.
    pub fn settle_name(&mut self, name: &str, target: Target) {
        let open = self.units_mut().filter(|(_, unit)| unit.target.is_none());
        for (_, unit) in open.filter(|(_, unit)| is_same(&unit.name.value, name)) {
            unit.target = Some(target);
            unit.name.checked = true;
        }
    }

    /// Takes [`Self::settle_name`] back.
    pub fn unsettle_name(&mut self, name: &str, target: Target) {
        let settled = self.units_mut().filter(|(_, unit)| unit.target == Some(target));
        for (_, unit) in settled.filter(|(_, unit)| is_same(&unit.name.value, name)) {
            unit.target = None;
        }
    }

    /// Whether the last day is the one that follows from the first and the years.
    #[must_use]
    pub fn last_day_is_by_rule(&self) -> bool {
        self.last_day.as_ref().is_some_and(|day| Some(day.value) == self.last_day_by_rule())
    }

    fn last_day_follows(&self) -> bool {
        self.last_day.is_none() || self.last_day_is_by_rule()
    }

    fn last_day_by_rule(&self) -> Option<Date> {
        last_day(self.effective_from.as_ref()?.value, self.valid_years?)
    }

    fn propose_last_day(&mut self, follows: bool) {
        if let (true, Some(day)) = (follows, self.last_day_by_rule()) {
            let place = self.effective_text.as_ref().and_then(|read| read.place);
            self.last_day = Some(Read { value: day, sure: BY_RULE, place, checked: false });
        }
    }

    fn holds(&self, warning: &Warning, gaps: &[Warning]) -> bool {
        match warning {
            Warning::NoTitle => self.title.is_none(),
            Warning::NoNumber => self.doc_number.is_none(),
            Warning::NoIssuer => self.issuer.is_none(),
            Warning::NoDate => self.issue_date.is_none(),
            Warning::NoMeasures => self.sections.iter().all(|section| section.measures.is_empty()),
            Warning::NoUnits { seq } => {
                let mut measures = self.sections.iter().flat_map(|section| &section.measures);
                measures.any(|measure| measure.seq == *seq && measure.units.is_empty())
            }
            Warning::NumberGap { .. } => gaps.contains(warning),
            Warning::Stray { .. } => true,
        }
    }

    fn path_of(&self, seq: u32) -> Option<String> {
        self.sections.iter().enumerate().find_map(|(s, section)| {
            let m = section.measures.iter().position(|measure| measure.seq == seq)?;
            Some(format!("sections[{s}].measures[{m}]"))
        })
    }
}

impl SectionDraft {
    /// Where the numbering of its measures does not run; it may begin again.
    pub(super) fn number_gaps(&self) -> Vec<Warning> {
        let pairs = self.measures.iter().zip(self.measures.iter().skip(1));
        pairs
            .filter_map(|(before, after)| {
                let (expected, found) = (before.number?.saturating_add(1), after.number?);
                (found != expected && found != 1).then_some(Warning::NumberGap {
                    seq: after.seq,
                    expected,
                    found,
                })
            })
            .collect()
    }
}

fn is_same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::{PolicyDraft, Read, Warning};
    use crate::kernel::{OrgId, parse_date};
    use crate::org::Target;

    const TEXT: &str = "关于加强阅读的若干措施（试行）\n一、建好书架。每班一角。（责任单位：甲处、乙 处）\n二、请好老师。每月一讲。（责任单位：乙处、丙院）\n四、办好节日。每年一次。（责任单位：乙处）\n本措施自2025年3月1日起施行，有效期一年。";

    fn draft() -> PolicyDraft {
        parse(TEXT)
    }

    fn last_day(draft: &PolicyDraft) -> Option<(String, bool)> {
        draft.last_day.as_ref().map(|day| (day.value.to_string(), day.waits()))
    }

    #[test]
    fn the_last_day_follows_where_nobody_gave_it() {
        let mut draft = draft();
        draft.set_valid_years(Some(3));
        assert_eq!(last_day(&draft), Some(("2028-02-29".to_owned(), true)));
        let day = parse_date("2025-05-01").map(|day| Read::inferred(day, 100));
        draft.set_effective_from(day);
        assert_eq!(last_day(&draft), Some(("2028-04-30".to_owned(), true)));
        draft.last_day = parse_date("2027-12-31").map(|day| Read::inferred(day, 100));
        draft.set_valid_years(Some(1));
        assert_eq!(last_day(&draft), Some(("2027-12-31".to_owned(), false)));
        draft.last_day = None;
        draft.set_valid_years(None);
        assert_eq!(last_day(&draft), None);
        draft.set_valid_years(Some(2));
        assert_eq!(last_day(&draft), Some(("2027-04-30".to_owned(), true)));
    }

    #[test]
    fn what_is_put_right_warns_no_more() {
        let gap = Warning::NumberGap { seq: 3, expected: 3, found: 4 };
        let mut draft = draft();
        assert!(
            draft.standing_warnings().contains(&gap) && draft.standing_warnings().contains(&Warning::NoDate)
        );
        assert_eq!(draft.field_of(&gap).as_deref(), Some("sections[0].measures[2].title"));
        draft.set_number(0, 2, Some(3));
        draft.issue_date = parse_date("2025-02-20").map(|day| Read::inferred(day, 100));
        assert!(!draft.warnings.contains(&gap) && !draft.standing_warnings().contains(&Warning::NoDate));
        // Another number out of order is found again, until a person has dealt with it.
        draft.set_number(0, 1, Some(7));
        let gaps = draft.number_gaps();
        assert_eq!(gaps.len(), 2);
        assert!(gaps.iter().all(|gap| draft.standing_warnings().contains(gap)), "{:?}", draft.warnings);
        for gap in &gaps {
            draft.dismiss(gap);
        }
        draft.set_number(0, 0, None);
        assert!(!draft.warnings.iter().any(|warning| matches!(warning, Warning::NumberGap { .. })));
        draft.set_number(9, 9, Some(1));
    }

    #[test]
    fn a_name_is_settled_wherever_it_stands() {
        let mut draft = draft();
        let names = |draft: &PolicyDraft| -> Vec<(String, usize)> {
            draft.unknown_names().into_iter().map(|name| (name.name, name.paths.len())).collect()
        };
        let all = [("甲处".to_owned(), 1), ("乙处".to_owned(), 3), ("丙院".to_owned(), 1)];
        assert_eq!(names(&draft), all);
        let target = Target::Org(OrgId(Default::default()));
        draft.settle_name("乙处", target);
        assert_eq!(names(&draft), [all[0].clone(), all[2].clone()]);
        let settled = draft.unit_at("sections[0].measures[0].units[1]").map(|unit| unit.target);
        assert_eq!(settled, Some(Some(target)));
        draft.unsettle_name("乙处", target);
        assert_eq!(names(&draft), all);
    }
}
