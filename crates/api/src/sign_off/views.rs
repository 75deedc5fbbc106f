//! Sign-off on the wire.

use crate::need::views::{People, named as org_named, people, unknown};
use ronghe_app::sign_off::{Chained, Page, Shown, shown};
use ronghe_app::{App, Caller, Error, Register};
use ronghe_contract::sign_off::{
    ChainStepView, ChainView, EndedView, PaperView, RoundStepView, RoundView, SealView, SealedView,
    SignatureView, SignerRef,
};
use ronghe_domain::account::{Account, State as AccountState};
use ronghe_domain::kernel::AccountId;
use ronghe_domain::org::Organisation;
use ronghe_domain::sign_off::draft::steps_most;
use ronghe_domain::sign_off::{Chain, Round, Seal, Sheet, When, code, proposal};
use ronghe_text::{Lang, sign_off_post};
use std::collections::BTreeSet;

/// Everyone whom these rounds and chains name.
pub(super) async fn named<'a>(
    app: &App,
    rounds: impl IntoIterator<Item = (&'a Round, Option<&'a Chain>)>,
) -> Result<People, Error> {
    let mut ids = BTreeSet::new();
    for (round, chain) in rounds {
        ids.insert(round.asked_by);
        ids.extend(round.signatures.iter().map(|it| it.by));
        ids.extend(round.ended.iter().map(|it| it.by));
        ids.extend(chain.iter().flat_map(|chain| &chain.steps).flat_map(|step| step.signers.clone()));
    }
    people(app, &ids).await
}

/// The caller, and everyone whom a chain names.
pub(super) async fn signers(app: &App, caller: &Caller, chain: Option<&Chain>) -> Result<People, Error> {
    let of_chain = chain.iter().flat_map(|chain| &chain.steps).flat_map(|step| step.signers.clone());
    let ids: BTreeSet<AccountId> = caller.actor.account().into_iter().chain(of_chain).collect();
    people(app, &ids).await
}

/// What an organisation has set for a kind of document, with what it may be set from.
pub(super) fn chain(chained: &Chained, org: &Organisation, lang: Lang) -> ChainView {
    let known = |id: &AccountId| chained.people.iter().find(|person| person.id == *id).map(signer);
    let step = |post: String, when: When, signers: Vec<SignerRef>| {
        let vacant = signers.iter().all(|signer| !signer.active);
        ChainStepView { post, when, signers, vacant }
    };
    let set = chained.chain.iter().flat_map(|chain| &chain.steps);
    let steps = set.map(|it| step(it.post.clone(), it.when, it.signers.iter().filter_map(known).collect()));
    let usual = proposal(org.kind, chained.kind).iter();
    let usual = usual.map(|title| (sign_off_post(lang, *title).to_owned(), title.when()));
    let posts: Vec<(String, When)> = match chained.registered.is_empty() {
        true => usual.collect(),
        false => chained.registered.iter().map(|post| (post.clone(), When::Always)).collect(),
    };
    let holds = |post: &str| -> Vec<SignerRef> {
        let people = chained.people.iter().filter(|person| is_active(person));
        people.filter(|person| !person.post.is_empty() && person.post == post).map(signer).collect()
    };
    let proposal = posts.into_iter().map(|(post, when)| {
        let signers = holds(&post);
        step(post, when, signers)
    });
    ChainView {
        kind: chained.kind,
        steps: steps.collect(),
        proposal: proposal.collect(),
        people: chained.people.iter().filter(|person| is_active(person)).map(signer).collect(),
        may_set: chained.may_set,
        most: steps_most(org.kind),
        version: chained.chain.as_ref().map_or(Chain::NONE, |chain| chain.version).to_string(),
    }
}

fn is_active(person: &Account) -> bool {
    person.state == AccountState::Active
}

fn signer(person: &Account) -> SignerRef {
    SignerRef {
        login: person.login.clone(),
        name: person.name.clone(),
        post: person.post.clone(),
        active: is_active(person),
    }
}

/// A round with what the caller can do.
pub(super) fn round(found: &Shown, register: &Register, people: &People) -> RoundView {
    let round = &found.round;
    let name = |id: &AccountId| people.get(id).map(|person| person.name.clone()).unwrap_or_default();
    let steps = round.steps.iter().enumerate().map(|(at, place)| {
        let set = found.chain.as_ref().and_then(|chain| chain.step(*place));
        let signed = round.signatures.get(at);
        let post = signed.map(|it| it.post.clone()).or_else(|| set.map(|step| step.post.clone()));
        let signers = set.map(|step| step.signers.as_slice()).unwrap_or_default();
        RoundStepView {
            post: post.unwrap_or_default(),
            signers: signers.iter().map(name).collect(),
            signed: signed.map(|it| SignatureView { by: name(&it.by), at: it.at, remark: it.remark.clone() }),
            turn: round.next() == Some(*place),
        }
    });
    RoundView {
        id: round.id,
        kind: round.subject.kind,
        org: org_named(round.org, register).unwrap_or_else(unknown),
        record: round.name.clone(),
        title: round.title.clone(),
        year: found.year.map(|year| year.to_string()),
        code: code(&round.hash),
        state: round.state,
        steps: steps.collect(),
        asked_by: name(&round.asked_by),
        asked_at: round.asked_at,
        ended: round.ended.as_ref().map(|ended| EndedView {
            by: name(&ended.by),
            at: ended.at,
            reason: ended.reason.clone(),
        }),
        offers: found.offers.clone(),
        version: round.version.to_string(),
    }
}

/// What a record goes up with.
pub(super) fn sealed(caller: &Caller, page: &Page, register: &Register) -> SealedView {
    let people: People = page.people.iter().map(|person| (person.id, person.clone())).collect();
    let view = |it: &Round| round(&shown(caller, register, it.clone(), page.year), register, &people);
    let rounds = page.rounds.iter().map(view);
    SealedView {
        kind: page.subject.kind,
        org: org_named(page.org, register).unwrap_or_else(unknown),
        code: page.hash.as_deref().map(code),
        chained: page.chain.as_ref().is_some_and(|chain| !chain.steps.is_empty()),
        rounds: rounds.collect(),
        offers: page.offers.clone(),
        seals: page.seals.iter().map(|it| seal(it, page.hash.as_deref(), &people)).collect(),
        paper: paper(page.sheet.as_ref()),
        may_seal: page.may_seal,
        may_note: page.may_note,
    }
}

/// A sealed scan; `hash` is of what stands in its record now.
pub(super) fn seal(seal: &Seal, hash: Option<&str>, people: &People) -> SealView {
    SealView {
        id: seal.id,
        name: seal.file.name.clone(),
        kind: seal.file.kind,
        size: seal.file.size,
        code: code(&seal.hash),
        voided: !hash.is_some_and(|hash| seal.holds(hash)),
        by: people.get(&seal.by).map(|person| person.name.clone()).unwrap_or_default(),
        at: seal.at,
    }
}

/// Copies on paper.
pub(super) fn paper(sheet: Option<&Sheet>) -> PaperView {
    PaperView {
        asked: sheet.map(|sheet| sheet.asked).unwrap_or_default(),
        received: sheet.and_then(|sheet| sheet.received).map(|day| day.to_string()),
    }
}
