//! What is typed for an organisation, and its checks.

use super::people::{Contact, SignOff};
use super::{Directory, MarkKind, OrgKind, Organisation, UniversityFacts};
use crate::kernel::field::{day, needed};
use crate::kernel::{Date, FieldError, FieldProblem, OrgId, Version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Most steps of a sign-off chain: 经办, 审核, 签发.
pub const STEPS_MOST: usize = 3;

/// Words that stand in addresses where an organisation's own name would: `/organisations/new`.
const TAKEN: [&str; 2] = ["import", "new"];

/// An organisation as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrgDraft {
    /// Name in addresses; it cannot be changed later.
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub kind: Option<OrgKind>,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub name_en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Slug or a name of the organisation above.
    #[serde(default)]
    pub parent: String,
    #[serde(default)]
    pub leading_group_seat: Option<u16>,
    /// First day on which it exists; empty for always.
    #[serde(default)]
    pub since: String,
    /// Last day on which it exists; empty while it does.
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub university: Option<UniversityFacts>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub sign_off: Vec<SignOff>,
}

impl OrgDraft {
    /// Checks everything at once, against the directory without `before`, which it changes. The id is that of
    /// `before`, or nil: the unit of work gives a new one.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(
        &self,
        directory: &Directory,
        before: Option<&Organisation>,
    ) -> Result<Organisation, Vec<FieldError>> {
        let mut errors = Vec::new();
        let others: Vec<&Organisation> =
            directory.orgs.iter().filter(|org| before.is_none_or(|before| before.id != org.id)).collect();
        let slug = self.check_slug(&others, before, &mut errors);
        let name = needed(&mut errors, "name", &self.name, 80);
        let aliases = self.check_names(&name, &others, &mut errors);
        if self.kind.is_none() {
            errors.push(FieldError::required("kind"));
        }
        let parent = self.check_parent(directory, before, &mut errors);
        let (since, until) = self.check_days(&mut errors);
        self.check_university(&mut errors);
        self.check_seat(&others, &mut errors);
        let contacts = check_contacts(&self.contacts, &mut errors);
        let sign_off = check_sign_off(&self.sign_off, &mut errors);
        match self.kind {
            Some(kind) if errors.is_empty() => Ok(Organisation {
                id: before.map_or(OrgId(Uuid::nil()), |before| before.id),
                slug,
                kind,
                name_en: if self.name_en.trim().is_empty() {
                    name.clone()
                } else {
                    self.name_en.trim().to_owned()
                },
                name,
                aliases,
                parent,
                leading_group_seat: self.leading_group_seat,
                since,
                until,
                position: before.map_or_else(|| next_position(directory, kind), |before| before.position),
                university: self.university.clone(),
                contacts,
                sign_off,
                version: before.map_or(Version::FIRST, |before| before.version.next()),
            }),
            _ => Err(errors),
        }
    }

    fn check_slug(
        &self,
        others: &[&Organisation],
        before: Option<&Organisation>,
        errors: &mut Vec<FieldError>,
    ) -> String {
        let slug = self.slug.trim();
        let got = slug.chars().count();
        let bad = slug.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'));
        let problem = match (got, bad) {
            (0, _) => Some(FieldProblem::Required),
            (_, Some(bad)) => Some(FieldProblem::BadCharacter { got: bad.to_string() }),
            (1, None) => Some(FieldProblem::TooShort { min: 2, got }),
            (61.., None) => Some(FieldProblem::TooLong { max: 60, got }),
            _ if others.iter().any(|org| org.slug == slug) || (before.is_none() && TAKEN.contains(&slug)) => {
                Some(FieldProblem::Twice { got: slug.to_owned() })
            }
            _ if before.is_some_and(|before| before.slug != slug) => {
                Some(FieldProblem::DoesNotFit { other: "slug".into() })
            }
            _ => None,
        };
        errors.extend(problem.map(|problem| FieldError::new("slug", problem)));
        slug.to_owned()
    }

    /// A name that two organisations bear resolves to neither.
    fn check_names(&self, name: &str, others: &[&Organisation], errors: &mut Vec<FieldError>) -> Vec<String> {
        let is_taken = |wanted: &str| {
            others.iter().any(|org| org.name == wanted || org.aliases.iter().any(|alias| alias == wanted))
        };
        if !name.is_empty() && is_taken(name) {
            errors.push(FieldError::new("name", FieldProblem::Twice { got: name.to_owned() }));
        }
        let mut aliases: Vec<String> = Vec::new();
        for (at, alias) in self.aliases.iter().map(|alias| alias.trim()).enumerate() {
            if alias.is_empty() || alias == name || aliases.iter().any(|known| known == alias) {
                continue;
            }
            if is_taken(alias) {
                let problem = FieldProblem::Twice { got: alias.to_owned() };
                errors.push(FieldError::new(format!("aliases[{at}]"), problem));
            }
            aliases.push(alias.to_owned());
        }
        aliases
    }

    fn check_parent(
        &self,
        directory: &Directory,
        before: Option<&Organisation>,
        errors: &mut Vec<FieldError>,
    ) -> Option<OrgId> {
        let wanted = self.parent.trim();
        if wanted.is_empty() {
            if self.kind == Some(OrgKind::School) {
                errors.push(FieldError::required("parent"));
            }
            return None;
        }
        let named = |org: &&Organisation| {
            org.slug == wanted || org.name == wanted || org.aliases.iter().any(|a| a == wanted)
        };
        let found =
            directory.orgs.iter().find(named).filter(|org| before.is_none_or(|before| before.id != org.id));
        if found.is_none() {
            let problem = FieldProblem::Unknown { got: wanted.to_owned(), nearest: Vec::new() };
            errors.push(FieldError::new("parent", problem));
        }
        if let (Some(OrgKind::School), Some(found)) = (self.kind, found)
            && found.kind != OrgKind::District
        {
            errors.push(FieldError::new("parent", FieldProblem::DoesNotFit { other: "kind".into() }));
        }
        found.map(|org| org.id)
    }

    fn check_days(&self, errors: &mut Vec<FieldError>) -> (Option<Date>, Option<Date>) {
        let mut typed = |path: &str, text: &str| match text.trim() {
            "" => None,
            text => day(errors, path, text),
        };
        let (since, until) = (typed("since", &self.since), typed("until", &self.until));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            errors.push(FieldError::new("until", FieldProblem::Before { other: "since".into() }));
        }
        (since, until)
    }

    fn check_university(&self, errors: &mut Vec<FieldError>) {
        match (self.kind, &self.university) {
            (Some(OrgKind::University), None) => errors.push(FieldError::required("university")),
            (Some(OrgKind::University), Some(facts)) => {
                let kinds: Vec<MarkKind> = facts.marks.iter().map(|mark| mark.kind).collect();
                let twice =
                    kinds.iter().enumerate().any(|(at, kind)| kinds.iter().skip(at + 1).any(|k| k == kind));
                if twice {
                    let problem = FieldProblem::DoesNotFit { other: "marks".into() };
                    errors.push(FieldError::new("university.marks", problem));
                }
            }
            (Some(_), Some(_)) => {
                errors.push(FieldError::new("university", FieldProblem::DoesNotFit { other: "kind".into() }));
            }
            _ => {}
        }
    }

    fn check_seat(&self, others: &[&Organisation], errors: &mut Vec<FieldError>) {
        if let Some(seat) = self.leading_group_seat
            && others.iter().any(|org| org.leading_group_seat == Some(seat))
        {
            let problem = FieldProblem::Twice { got: seat.to_string() };
            errors.push(FieldError::new("leading_group_seat", problem));
        }
    }
}

fn check_contacts(typed: &[Contact], errors: &mut Vec<FieldError>) -> Vec<Contact> {
    let mut contacts = Vec::with_capacity(typed.len());
    for (at, contact) in typed.iter().enumerate() {
        let name = needed(errors, &format!("contacts[{at}].name"), &contact.name, 40);
        let phone = contact.phone.trim();
        if let Some(bad) = phone.chars().find(|c| !matches!(c, '0'..='9' | '-' | '+' | ' ')) {
            let problem = FieldProblem::BadCharacter { got: bad.to_string() };
            errors.push(FieldError::new(format!("contacts[{at}].phone"), problem));
        }
        contacts.push(Contact {
            post: contact.post,
            name,
            title: contact.title.trim().to_owned(),
            phone: phone.to_owned(),
        });
    }
    contacts
}

fn check_sign_off(typed: &[SignOff], errors: &mut Vec<FieldError>) -> Vec<SignOff> {
    let mut seen = BTreeSet::new();
    let mut chains = Vec::with_capacity(typed.len());
    for (at, chain) in typed.iter().enumerate() {
        let path = format!("sign_off[{at}].steps");
        let steps: Vec<String> =
            chain.steps.iter().map(|step| step.trim().to_owned()).filter(|step| !step.is_empty()).collect();
        if steps.is_empty() {
            errors.push(FieldError::required(path.clone()));
        }
        if steps.len() > STEPS_MOST {
            let max = i64::try_from(STEPS_MOST).unwrap_or(i64::MAX);
            let problem = FieldProblem::NotANumber { min: 1, max, got: steps.len().to_string() };
            errors.push(FieldError::new(path, problem));
        }
        if !seen.insert(chain.document) {
            let problem = FieldProblem::DoesNotFit { other: "sign_off".into() };
            errors.push(FieldError::new(format!("sign_off[{at}].document"), problem));
        }
        chains.push(SignOff { document: chain.document, steps });
    }
    chains
}

/// Behind the others of its kind.
fn next_position(directory: &Directory, kind: OrgKind) -> u16 {
    let last = directory.orgs.iter().filter(|org| org.kind == kind).map(|org| org.position).max();
    last.map_or(1, |last| last.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::OrgDraft;
    use crate::kernel::FieldError;
    use crate::org::people::{Contact, Outgoing, Post, SignOff};
    use crate::org::{Directory, OrgKind};

    fn draft(slug: &str, kind: OrgKind, name: &str) -> OrgDraft {
        OrgDraft { slug: slug.into(), kind: Some(kind), name: name.into(), ..OrgDraft::default() }
    }

    fn directory() -> Directory {
        let none = Directory { orgs: Vec::new(), groups: Vec::new() };
        let mut lixia = draft("lixia", OrgKind::District, "济南市历下区教育和体育局");
        lixia.aliases = vec!["历下区教体局".into()];
        let lixia = lixia.check(&none, None).unwrap();
        Directory { orgs: vec![lixia], groups: Vec::new() }
    }

    #[test]
    fn every_field_is_checked() {
        let check = |draft: OrgDraft, expected: &[&str]| {
            let errors = draft.check(&directory(), None).err().unwrap_or_default();
            let paths: Vec<String> = errors.into_iter().map(|FieldError { path, .. }| path).collect();
            assert_eq!(paths, expected, "{draft:?}");
        };
        let school = |change: fn(&mut OrgDraft)| {
            let mut school = draft("yanliu", OrgKind::School, "燕柳中学");
            school.parent = "历下区教体局".into();
            change(&mut school);
            school
        };
        check(school(|_| {}), &[]);
        check(OrgDraft::default(), &["slug", "name", "kind"]);
        check(school(|org| org.slug = "lixia".into()), &["slug"]);
        check(school(|org| org.slug = "燕柳".into()), &["slug"]);
        check(school(|org| org.slug = "import".into()), &["slug"]);
        check(school(|org| org.name = "历下区教体局".into()), &["name"]);
        check(school(|org| org.aliases = vec!["济南市历下区教育和体育局".into()]), &["aliases[0]"]);
        check(school(|org| org.parent = String::new()), &["parent"]);
        check(school(|org| org.parent = "某局".into()), &["parent"]);
        check(school(|org| org.since = "3月".into()), &["since"]);
        check(school(|org| (org.since, org.until) = ("2026-03-10".into(), "2026-03-09".into())), &["until"]);
        check(draft("sdu", OrgKind::University, "山东大学"), &["university"]);
        let contact = |phone: &str| Contact {
            post: Post::Contact,
            name: "王芳".into(),
            title: String::new(),
            phone: phone.into(),
        };
        let mut org = school(|_| {});
        org.contacts = vec![contact("0531-8888 1234"), contact("电话")];
        check(org, &["contacts[1].phone"]);
        let mut org = school(|_| {});
        let chain = |steps: &[&str]| SignOff {
            document: Outgoing::Need,
            steps: steps.iter().map(|s| (*s).into()).collect(),
        };
        org.sign_off = vec![chain(&["教导处", "副校长", "校长", "局长"]), chain(&[])];
        check(org, &["sign_off[0].steps", "sign_off[1].steps", "sign_off[1].document"]);
    }

    #[test]
    fn a_change_keeps_its_address_and_counts() {
        let directory = directory();
        let before = &directory.orgs[0];
        let mut change = draft("lixia", OrgKind::District, "济南市历下区教育局");
        let after = change.check(&directory, Some(before)).unwrap();
        assert_eq!(
            (after.id, after.version, after.position),
            (before.id, before.version.next(), before.position)
        );
        change.slug = "lixia-2".into();
        assert_eq!(change.check(&directory, Some(before)).unwrap_err()[0].path, "slug");
    }
}
