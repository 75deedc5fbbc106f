//! Importing, correcting, publishing, renewing and superseding policy documents.

use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, files};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::kernel::{FieldError, FieldProblem, Offer, PolicyId, Version};
use ronghe_domain::org::Directory;
use ronghe_domain::policy::decision::{RenewalDraft, SupersessionDraft};
use ronghe_domain::policy::rules::{self, Facts};
use ronghe_domain::policy::{Action, Policy, PolicyDraft, Published, Refusal, State, parse::parse};
use ronghe_store as store;

/// Longest text of a document, in bytes: some hundred pages.
pub const LONGEST: usize = 900 * 1024;

/// A document to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Name in addresses; made from the document number where absent.
    pub slug: Option<String>,
    pub source: Source,
}

/// Where the text of a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Text(String),
    /// The bytes of a `.docx` or text file.
    File(Vec<u8>),
}

/// What is done to a document, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Publish,
    Discard,
    Renew(RenewalDraft),
    Supersede {
        decision: SupersessionDraft,
        /// Slug of the successor; empty where it is not in the register.
        successor: String,
    },
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Publish => Action::Publish,
            Self::Discard => Action::Discard,
            Self::Renew(_) => Action::Renew,
            Self::Supersede { .. } => Action::Supersede,
        }
    }
}

/// The documents that the caller may see, in order of import.
///
/// # Errors
/// Where the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Policy>, Error> {
    Ok(store::policy::list(app.db().reader(), rules::scope(&caller.actor)).await?)
}

/// One document, where the caller may see it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, slug: &str) -> Result<Policy, Error> {
    let policy = store::policy::get(app.db().reader(), rules::scope(&caller.actor), slug).await?;
    if rules::visible(&caller.actor, &policy) { Ok(policy) } else { Err(Error::Hidden) }
}

/// What the caller may do with `policy`.
#[must_use]
pub fn offers(caller: &Caller, policy: &Policy, directory: &Directory) -> Vec<Offer<Action, Refusal>> {
    rules::offers(&caller.actor, policy, facts(policy, directory))
}

/// Reads a document and keeps it as a draft to be checked.
///
/// # Errors
/// Where the caller may not, the text is empty or too long, or the slug is taken.
pub async fn import(app: &App, caller: &Caller, input: Import) -> Result<Policy, Error> {
    caller.needs(TokenScope::WritePolicy)?;
    rules::may_import(&caller.actor).map_err(Error::refused)?;
    let text = match input.source {
        Source::Text(text) => text,
        Source::File(bytes) => files::text(app, bytes).await?,
    };
    check_text(&text)?;
    let chosen = input.slug.as_deref().map(check_slug).transpose()?;
    let directory = app.register().await?.directory.clone();
    let mut draft = parse(&text);
    draft.resolve(&directory);
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let (text, draft, chosen) = (text.clone(), draft.clone(), chosen.clone());
        async move {
            let policy = Policy {
                id: PolicyId(tx.new_id()),
                slug: slug(&tx, chosen, &draft).await?,
                state: State::Draft,
                version: Version::FIRST,
                text,
                draft,
                imported_by: account,
                corrected_by: account,
                imported_at: tx.now(),
                published: None,
                renewals: Vec::new(),
                supersession: None,
            };
            store::policy::insert(tx.db(), &policy).await?;
            tx.created(audit::Action::Import, &policy);
            Ok(policy)
        }
    })
    .await
}

/// The name in addresses that was chosen, or a free one.
async fn slug(tx: &Tx, chosen: Option<String>, draft: &PolicyDraft) -> Result<String, Error> {
    let known = store::policy::list(tx.db(), rules::Scope::All).await?;
    let taken: Vec<String> = known.into_iter().map(|policy| policy.slug).collect();
    match chosen {
        Some(slug) if taken.contains(&slug) => Err(Error::field("slug", FieldProblem::Twice { got: slug })),
        Some(slug) => Ok(slug),
        None => Ok(free_slug(draft, &taken)),
    }
}

/// Keeps a corrected draft. It saves itself while it is typed, so it may be incomplete, and it is fixed
/// in the audit chain only by publication.
///
/// # Errors
/// Where the caller may not, or the draft was changed since `seen`.
pub async fn correct(
    app: &App,
    caller: &Caller,
    slug: &str,
    draft: PolicyDraft,
    seen: Version,
) -> Result<Policy, Error> {
    caller.needs(TokenScope::WritePolicy)?;
    let directory = app.register().await?.directory.clone();
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let (directory, mut draft) = (directory.clone(), draft.clone());
        async move {
            let before = lock(&tx, caller, slug).await?;
            let state = rules::decide(&caller.actor, &before, facts(&before, &directory), Action::Correct)
                .map_err(|refusal| refused(&before, audit::Action::Correct, refusal))?;
            fresh(&before, seen)?;
            draft.resolve(&directory);
            let after =
                Policy { state, draft, corrected_by: account, version: before.version.next(), ..before };
            store::policy::save(tx.db(), &after, seen).await?;
            Ok(after)
        }
    })
    .await
}

/// Publishes, discards, renews or supersedes a document.
///
/// # Errors
/// Where a rule refuses it, fields do not hold, or the document was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, slug: &str, act: Act, seen: Version) -> Result<Policy, Error> {
    if matches!(act, Act::Discard) {
        caller.needs(TokenScope::WritePolicy)?;
    } else {
        caller.needs(TokenScope::Decide)?;
        app.fresh(caller)?;
    }
    let directory = app.register().await?.directory.clone();
    let done = app
        .write(caller, |tx: Tx| {
            let (directory, act) = (directory.clone(), act.clone());
            async move {
                let before = lock(&tx, caller, slug).await?;
                let state = rules::decide(&caller.actor, &before, facts(&before, &directory), act.action())
                    .map_err(|refusal| refused(&before, audit_action(act.action()), refusal))?;
                fresh(&before, seen)?;
                let after = carry_out(&tx, caller, &before, state, &act, &directory).await?;
                store::policy::save(tx.db(), &after, seen).await?;
                tx.changed(audit_action(act.action()), &before, &after);
                Ok(after)
            }
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

async fn carry_out(
    tx: &Tx,
    caller: &Caller,
    before: &Policy,
    state: State,
    act: &Act,
    directory: &Directory,
) -> Result<Policy, Error> {
    let by = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let mut after = Policy { state, version: before.version.next(), ..before.clone() };
    match act {
        Act::Discard => {}
        Act::Publish => {
            let content = before.draft.check(directory).map_err(Error::Invalid)?;
            after.published = Some(Published { by, at: tx.now(), content });
        }
        Act::Renew(draft) => after.renewals.push(draft.check(before, by).map_err(Error::Invalid)?),
        Act::Supersede { decision, successor } => {
            let successor = successor_id(tx, before, successor.trim()).await?;
            after.supersession = Some(decision.check(successor, by).map_err(Error::Invalid)?);
        }
    }
    Ok(after)
}

async fn successor_id(tx: &Tx, before: &Policy, slug: &str) -> Result<Option<PolicyId>, Error> {
    if slug.is_empty() {
        return Ok(None);
    }
    match store::policy::get(tx.db(), rules::Scope::Published, slug).await {
        Ok(policy) if policy.id != before.id => Ok(Some(policy.id)),
        Ok(_) | Err(store::Error::NotFound) => Err(Error::field(
            "successor",
            FieldProblem::Unknown { got: slug.to_owned(), nearest: Vec::new() },
        )),
        Err(error) => Err(error.into()),
    }
}

async fn lock(tx: &Tx, caller: &Caller, slug: &str) -> Result<Policy, Error> {
    let policy = store::policy::lock(tx.db(), slug).await?;
    if rules::visible(&caller.actor, &policy) { Ok(policy) } else { Err(Error::Hidden) }
}

fn fresh(policy: &Policy, seen: Version) -> Result<(), Error> {
    if policy.version == seen { Ok(()) } else { Err(Error::Stale { current: Some(policy.version) }) }
}

fn facts(policy: &Policy, directory: &Directory) -> Facts {
    let open_fields = match policy.state {
        State::Draft => policy.draft.check(directory).err().map_or(0, |errors| errors.len()),
        State::Published | State::Discarded => 0,
    };
    Facts { open_fields }
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Correct => audit::Action::Correct,
        Action::Publish => audit::Action::Publish,
        Action::Discard => audit::Action::Discard,
        Action::Renew => audit::Action::Renew,
        Action::Supersede => audit::Action::Supersede,
    }
}

fn check_text(text: &str) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::field("text", FieldProblem::Required));
    }
    if text.len() > LONGEST {
        // A Chinese character takes three bytes.
        let problem = FieldProblem::TooLong { max: LONGEST / 3, got: text.chars().count() };
        return Err(Error::field("text", problem));
    }
    Ok(())
}

fn check_slug(slug: &str) -> Result<String, Error> {
    let slug = slug.trim();
    let bad = slug.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'));
    let got = slug.chars().count();
    let problem = match (got, bad) {
        (_, Some(bad)) => FieldProblem::BadCharacter { got: bad.to_string() },
        (0..=2, None) => FieldProblem::TooShort { min: 3, got },
        (61.., None) => FieldProblem::TooLong { max: 60, got },
        _ => return Ok(slug.to_owned()),
    };
    Err(Error::Invalid(vec![FieldError::new("slug", problem)]))
}

/// A name in addresses from the figures of the document number (`2023-24`), or from its year; a figure
/// behind it where it is taken.
fn free_slug(draft: &PolicyDraft, taken: &[String]) -> String {
    let number = draft.doc_number.as_ref().map(|read| read.value.as_str()).unwrap_or_default();
    let figures: Vec<String> = number
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let base = match (figures.is_empty(), &draft.issue_date) {
        (false, _) => figures.join("-"),
        (true, Some(date)) => date.value.to_string(),
        (true, None) => "document".to_owned(),
    };
    let is_free = |slug: &String| !taken.contains(slug);
    std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}"))).find(is_free).unwrap_or(base)
}
