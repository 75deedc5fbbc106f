//! What is typed for a new account, and its checks.

use super::post::POST_MOST;
use super::rules::{self, Refusal};
use crate::kernel::field::{at_most, needed};
use crate::kernel::{FieldError, FieldProblem, OrgId, Role};
use crate::org::Directory;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A new account as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountDraft {
    /// 3 to 40 lower-case Latin letters, figures, `.`, `-` or `_`.
    #[serde(default)]
    pub login: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub name_en: String,
    /// Slug or official name of the organisation.
    #[serde(default)]
    pub org: String,
    #[serde(default)]
    pub roles: BTreeSet<Role>,
    #[serde(default)]
    pub post: String,
    #[serde(default)]
    pub mail: String,
}

/// A new account that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    pub name_en: String,
    pub org: OrgId,
    pub roles: BTreeSet<Role>,
    pub post: String,
    pub mail: String,
}

impl AccountDraft {
    /// Checks everything at once.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, directory: &Directory) -> Result<NewAccount, Vec<FieldError>> {
        let mut errors = Vec::new();
        let login = check_login(&mut errors, &self.login);
        let name = needed(&mut errors, "name", &self.name, 40);
        let post = at_most(&mut errors, "post", &self.post, POST_MOST);
        let mail = check_mail(&mut errors, &self.mail);
        let org = self.find_org(directory, &mut errors);
        if self.roles.is_empty() {
            errors.push(FieldError::required("roles"));
        }
        if let Some(org) = org {
            match rules::check_roles(&self.roles, org.kind) {
                Ok(()) => {}
                Err(Refusal::RoleStandsAlone { .. }) => {
                    errors.push(FieldError::new("roles", FieldProblem::DoesNotFit { other: "roles".into() }));
                }
                Err(_) => {
                    errors.push(FieldError::new("roles", FieldProblem::DoesNotFit { other: "org".into() }));
                }
            }
        }
        match org {
            Some(org) if errors.is_empty() => Ok(NewAccount {
                login,
                name_en: if self.name_en.trim().is_empty() {
                    name.clone()
                } else {
                    self.name_en.trim().to_owned()
                },
                name,
                org: org.id,
                roles: self.roles.clone(),
                post,
                mail,
            }),
            _ => Err(errors),
        }
    }

    fn find_org<'a>(
        &self,
        directory: &'a Directory,
        errors: &mut Vec<FieldError>,
    ) -> Option<&'a crate::org::Organisation> {
        use crate::org::{Resolution, Target};
        let wanted = self.org.trim();
        if wanted.is_empty() {
            errors.push(FieldError::required("org"));
            return None;
        }
        if let Some(org) = directory.org_by_slug(wanted) {
            return Some(org);
        }
        match directory.resolve(wanted) {
            Resolution::Known(Target::Org(id)) => directory.org(id),
            Resolution::Known(Target::Group(_)) => {
                let problem = FieldProblem::Unknown { got: wanted.to_owned(), nearest: Vec::new() };
                errors.push(FieldError::new("org", problem));
                None
            }
            Resolution::Unknown(nearest) => {
                let nearest = nearest.into_iter().map(|candidate| candidate.name).take(3).collect();
                errors
                    .push(FieldError::new("org", FieldProblem::Unknown { got: wanted.to_owned(), nearest }));
                None
            }
        }
    }
}

fn check_login(errors: &mut Vec<FieldError>, login: &str) -> String {
    let login = login.trim();
    let got = login.chars().count();
    let bad = login.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_'));
    let problem = match (got, bad) {
        (0, _) => Some(FieldProblem::Required),
        (_, Some(bad)) => Some(FieldProblem::BadCharacter { got: bad.to_string() }),
        (1..=2, None) => Some(FieldProblem::TooShort { min: 3, got }),
        (41.., None) => Some(FieldProblem::TooLong { max: 40, got }),
        _ => None,
    };
    errors.extend(problem.map(|problem| FieldError::new("login", problem)));
    login.to_owned()
}

/// Trims an address and checks its form; an empty one holds.
pub(crate) fn check_mail(errors: &mut Vec<FieldError>, mail: &str) -> String {
    let mail = mail.trim();
    let holds = mail.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    let spaced = mail.chars().any(char::is_whitespace);
    if !mail.is_empty() && (!holds || spaced) {
        let problem = FieldProblem::Unknown { got: mail.to_owned(), nearest: Vec::new() };
        errors.push(FieldError::new("mail", problem));
    }
    mail.to_owned()
}
