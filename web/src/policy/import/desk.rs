//! The working copy of a document that is being checked: what stands in it, and what is known beside it.

use crate::ui::{self, Working};
use leptos::prelude::*;
use ronghe_client::{Client, Error};
use ronghe_contract::policy::{ImportView, PolicyView};
use ronghe_domain::kernel::{FieldError, FieldProblem};
use ronghe_domain::org::{Candidate, Target};
use ronghe_domain::policy::{PolicyDraft, State};
use std::collections::BTreeMap;

/// The working copies of documents.
pub type Desks = ui::Desks<PolicyView>;
/// One of them.
pub type Saver = ui::Saver<PolicyView>;

/// Text that the draft cannot hold, such as half a date, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    pub text: String,
    pub problem: FieldProblem,
}

/// What a copy keeps beside the draft.
#[derive(Clone, Copy)]
pub struct Beside {
    /// What is typed and in no draft, by path.
    pub loose: RwSignal<BTreeMap<String, Loose>>,
    /// The nearest known names of every name that was not known since the copy was made.
    pub nearest: Memo<BTreeMap<String, Vec<Candidate>>>,
}

impl Working for PolicyView {
    type Draft = PolicyDraft;
    type Beside = Beside;

    fn name(&self) -> &str {
        &self.slug
    }

    fn draft(&self) -> Option<PolicyDraft> {
        let import = self.import.as_ref().filter(|_| self.state == State::Draft);
        import.map(|import| import.draft.clone())
    }

    fn changed_by(&self) -> Option<String> {
        self.import.as_ref().map(|import| import.corrected_by.clone())
    }

    fn beside(view: RwSignal<Self>) -> Beside {
        Beside {
            loose: RwSignal::new(BTreeMap::new()),
            nearest: Memo::new(move |before: Option<&BTreeMap<String, Vec<Candidate>>>| {
                let mut names = before.cloned().unwrap_or_default();
                view.with(|view| names.extend(view.import.iter().flat_map(nearest)));
                names
            }),
        }
    }

    fn is_loose(beside: Beside) -> bool {
        beside.loose.with(|loose| !loose.is_empty())
    }

    fn let_go(beside: Beside) {
        beside.loose.set(BTreeMap::new());
    }

    async fn put(&self, client: Client, draft: PolicyDraft) -> Result<Self, Error> {
        client.correct_policy(&self.slug, &self.version, &draft).await
    }

    async fn show(client: Client, name: String) -> Result<Self, Error> {
        client.show_policy(&name).await
    }
}

impl Saver {
    /// The text that was read; it never changes.
    pub fn text(self) -> String {
        self.view
            .with_untracked(|view| view.import.as_ref().map(|import| import.text.clone()).unwrap_or_default())
    }

    /// Every organisation and group that a unit can be set to, tracked.
    pub fn known(self) -> Vec<Candidate> {
        self.view.with(|view| view.import.as_ref().map(|import| import.known.clone()).unwrap_or_default())
    }

    /// What the directory calls `target`, tracked; none where it is no choice, such as a district's school.
    pub fn name_of(self, target: Target) -> Option<String> {
        self.view.with(|view| {
            let known = &view.import.as_ref()?.known;
            known.iter().find(|choice| choice.target == target).map(|choice| choice.name.clone())
        })
    }

    /// What keeps the document from being published, by path, tracked.
    pub fn errors(self) -> Vec<FieldError> {
        self.view.with(|view| view.import.as_ref().map(|import| import.errors.clone()).unwrap_or_default())
    }

    /// Paths of fields that are open, in the order of the text, tracked.
    pub fn open(self) -> Vec<String> {
        self.errors().into_iter().map(|error| error.path).collect()
    }

    /// What is typed at `path` and wrong, tracked.
    pub fn loose_at(self, path: &str) -> Option<Loose> {
        self.beside.loose.with(|loose| loose.get(path).cloned())
    }

    /// Takes what is typed at `path`: none where the draft holds it.
    pub fn set_loose(self, path: &str, found: Option<Loose>) {
        let loose = self.beside.loose;
        let is_new = loose.with_untracked(|loose| loose.get(path) != found.as_ref());
        if is_new {
            loose.update(|loose| match found {
                Some(found) => drop(loose.insert(path.to_owned(), found)),
                None => drop(loose.remove(path)),
            });
        }
    }
}

/// The nearest known names of every name that is not known.
fn nearest(import: &ImportView) -> impl Iterator<Item = (String, Vec<Candidate>)> {
    import.candidates.iter().filter_map(|found| {
        let name = import.draft.unit_at(&found.path)?.name.value.trim();
        Some((name.to_owned(), found.nearest.clone()))
    })
}
