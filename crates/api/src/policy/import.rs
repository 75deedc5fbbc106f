//! What was read of a document, for those who check it.

use ronghe_app::{App, Caller, Error, Register, account};
use ronghe_contract::policy::{ImportView, UnitCandidates};
use ronghe_domain::kernel::AccountId;
use ronghe_domain::policy::rules::{Scope, scope};
use ronghe_domain::policy::{Policy, State};
use std::collections::{BTreeMap, BTreeSet};

/// What was read, while the document is no part of the register; only for those who may see drafts.
pub(crate) async fn view(
    app: &App,
    policy: &Policy,
    register: &Register,
    caller: &Caller,
) -> Result<Option<ImportView>, Error> {
    if policy.state == State::Published || scope(&caller.actor) != Scope::All {
        return Ok(None);
    }
    let ids: BTreeSet<AccountId> =
        [policy.imported_by, policy.corrected_by].into_iter().chain(caller.actor.account()).collect();
    let names = account::named(app, &ids).await?.into_iter().map(|it| (it.id, it.name)).collect();
    Ok(Some(with_names(policy, register, &names)))
}

/// The same, where the names of whoever worked on it are known.
pub(crate) fn with_names(
    policy: &Policy,
    register: &Register,
    names: &BTreeMap<AccountId, String>,
) -> ImportView {
    let name = |id: &AccountId| names.get(id).cloned().unwrap_or_default();
    ImportView {
        text: policy.text.clone(),
        draft: policy.draft.clone(),
        errors: policy.draft.check(&register.directory).err().unwrap_or_default(),
        candidates: policy
            .draft
            .unknown_units(&register.directory)
            .into_iter()
            .map(|(path, nearest)| UnitCandidates { path, nearest })
            .collect(),
        known: register.directory.choices(),
        imported_by: name(&policy.imported_by),
        imported_at: policy.imported_at.to_string(),
        corrected_by: name(&policy.corrected_by),
    }
}
