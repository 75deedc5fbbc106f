//! 盖章页: the version code of what goes up, its sealed scans, and its copies on paper.

use super::act::hold;
use crate::files::{self, Arrived, Content, blob};
use crate::unit::Tx;
use crate::{App, Caller, Error, application, need};
use ronghe_domain::account::{Account, Scope as TokenScope};
use ronghe_domain::application::{rules as application_rules, version};
use ronghe_domain::attachment::{Attached, check_ending, check_name, renamed};
use ronghe_domain::audit;
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::{
    AccountId, Actor, AttachmentId, FieldProblem, Offer, OrgId, Role, SealId, Version,
};
use ronghe_domain::need::rules::{Measures, passes, sees_draft};
use ronghe_domain::need::{Action as NeedAction, Need, reads_list_only};
use ronghe_domain::sign_off::rules::{offers, works_for};
use ronghe_domain::sign_off::seal::{SCANS_MOST, check_scan};
use ronghe_domain::sign_off::{
    Action, Chain, Facts, Kind, Paper, Refusal, Round, Seal, Sheet, State, Subject, code, content_hash,
};
use ronghe_store as store;
use std::collections::BTreeSet;

/// What stands on the way of a record that goes up.
#[derive(Clone, Debug)]
pub struct Page {
    pub subject: Subject,
    /// Of its cycle, where a round of sign-off was asked for.
    pub year: Option<CycleYear>,
    /// The organisation that it leaves.
    pub org: OrgId,
    /// Of what stands in it now, as far as the caller sees it; nothing where it does not hold.
    pub hash: Option<String>,
    pub chain: Option<Chain>,
    /// Rounds of sign-off, newest first; only its own organisation reads them.
    pub rounds: Vec<Round>,
    /// Asking, and what can be done with the newest round.
    pub offers: Vec<Offer<Action, Refusal>>,
    pub seals: Vec<Seal>,
    pub sheet: Option<Sheet>,
    pub may_seal: bool,
    pub may_note: bool,
    /// Who asked, signed and sealed.
    pub people: Vec<Account>,
}

/// A record that goes up, as its sealed page knows it.
struct Known {
    subject: Subject,
    org: OrgId,
    hash: Option<String>,
    /// The caller may prepare it now: write in it, or let it go.
    prepares: bool,
    preparers: Vec<AccountId>,
    own_funds: bool,
    may_seal: bool,
    may_note: bool,
    /// The caller reads scans of what was never submitted too.
    sees_drafts: bool,
}

impl Known {
    /// The scans that the caller reads: who does not see what is written, those of versions that have left.
    async fn seals(&self, app: &App) -> Result<Vec<Seal>, Error> {
        let mut seals = store::seal::of(app.db().reader(), self.subject).await?;
        if !self.sees_drafts && !seals.is_empty() {
            let rounds = store::sign_off::last(app.db().reader(), &app.sealer(), self.subject).await?;
            let signed = rounds.iter().filter(|round| round.state == State::Signed);
            let left: BTreeSet<&str> =
                signed.map(|round| round.hash.as_str()).chain(self.hash.as_deref()).collect();
            seals.retain(|seal| left.contains(seal.hash.as_str()));
        }
        Ok(seals)
    }
}

/// Finds what `kind` and `name` name, where the caller sees it.
async fn known(app: &App, caller: &Caller, kind: Kind, name: &str) -> Result<Known, Error> {
    match kind {
        Kind::Need => of_need(app, caller, name).await,
        Kind::DistrictSummary => {
            let summary = need::show_summary(app, caller, name).await?;
            let own = caller.actor.org() == Some(summary.district) && works_for(&caller.actor, kind);
            Ok(Known {
                subject: summary.subject(),
                org: summary.district,
                hash: Some(summary.hash()?),
                prepares: false,
                preparers: vec![summary.made_by],
                own_funds: false,
                may_seal: own,
                may_note: caller.actor.has(Role::LeadOffice),
                sees_drafts: own,
            })
        }
        Kind::Application => of_application(app, caller, name).await,
        Kind::Report => Err(Error::Hidden),
    }
}

/// An application has its sealed page among its files: here stand its signatures alone.
async fn of_application(app: &App, caller: &Caller, name: &str) -> Result<Known, Error> {
    let shown = application::show_whole(app, caller, name).await?;
    let application = &shown.application;
    let content = application.content.as_ref();
    Ok(Known {
        subject: application.subject(),
        org: application.university,
        hash: shown.hash.clone().or_else(|| content.map(version::hash)),
        // Its leader asks by submitting it.
        prepares: false,
        preparers: application.preparers(),
        own_funds: shown.own_funds,
        may_seal: false,
        may_note: false,
        sees_drafts: application_rules::sees_draft(&caller.actor, application),
    })
}

async fn of_need(app: &App, caller: &Caller, name: &str) -> Result<Known, Error> {
    let shown = need::show(app, caller, name).await?;
    let need = &shown.need;
    // A seal, a signature and who scanned them concern those whose hands a need passes, not whoever answers the list.
    if reads_list_only(&caller.actor, need, &Measures::new()) {
        return Err(Error::Hidden);
    }
    let own = sees_draft(&caller.actor, need);
    let hash = match (own, &need.content) {
        (true, _) => {
            let register = app.register().await?;
            need::content_hash_now(app.db().reader(), need, &shown.cycle, &register).await?
        }
        (false, Some(content)) => Some(content_hash(need.subject(), content)?),
        (false, None) => None,
    };
    let submits = shown.offers.iter().any(|offer| offer.action == NeedAction::Submit);
    Ok(Known {
        subject: need.subject(),
        org: need.unit,
        hash,
        prepares: submits && works_for(&caller.actor, Kind::Need),
        preparers: need::preparers(app.db().reader(), need).await?,
        own_funds: need.content.as_ref().is_some_and(|content| content.own.0 > 0),
        may_seal: own,
        may_note: takes_paper(&caller.actor, need),
        sees_drafts: own,
    })
}

/// Who takes in the copies on paper of a need: its district while it is there, the lead office once it has arrived.
fn takes_paper(actor: &Actor, need: &Need) -> bool {
    let arrived = need.forwarded_at.is_some();
    let above = need.district.is_some() && actor.org() == need.district && passes(actor, need);
    need.submitted_at.is_some() && (above || arrived && actor.has(Role::LeadOffice))
}

/// The sealed page of a record: its code, who signed it, its scans.
///
/// # Errors
/// `Hidden` where the caller does not see it.
pub async fn page(app: &App, caller: &Caller, kind: Kind, name: &str) -> Result<Page, Error> {
    let known = known(app, caller, kind, name).await?;
    let seals = known.seals(app).await?;
    let register = app.register().await?;
    let rounds = super::of(app, caller, known.subject).await?;
    let at_home = caller.actor.org() == Some(known.org) && works_for(&caller.actor, kind);
    let chain =
        register.chain(known.org, kind).filter(|_| at_home || caller.actor.has(Role::Auditor)).cloned();
    let signers = chain.iter().flat_map(|chain| &chain.steps).flat_map(|step| &step.signers);
    let mut ids: BTreeSet<AccountId> = signers.copied().collect();
    let named = match ids.is_empty() {
        true => Vec::new(),
        false => store::account::named(app.db().reader(), &ids).await?,
    };
    let is_active = |person: &&Account| person.state == ronghe_domain::account::State::Active;
    let active: BTreeSet<AccountId> = named.iter().filter(is_active).map(|person| person.id).collect();
    let mut preparers = known.preparers;
    preparers.extend(rounds.first().map(|round| round.preparers.clone()).unwrap_or_default());
    let hash = known.hash.clone().unwrap_or_default();
    let facts = Facts {
        chain: chain.as_ref(),
        active: &active,
        preparers: &preparers,
        prepares: known.prepares,
        hash: &hash,
        own_funds: known.own_funds,
    };
    let offers = offers(&caller.actor, rounds.first(), &facts);
    let sheet = store::seal::sheet(app.db().reader(), known.subject).await?;
    for round in &rounds {
        ids.insert(round.asked_by);
        ids.extend(round.signatures.iter().map(|it| it.by));
        ids.extend(round.ended.iter().map(|it| it.by));
    }
    ids.extend(seals.iter().map(|seal| seal.by));
    let people = match ids.is_empty() {
        true => Vec::new(),
        false => store::account::named(app.db().reader(), &ids).await?,
    };
    let year = match rounds.first() {
        Some(round) => super::year_of(app, round).await?,
        None => None,
    };
    Ok(Page {
        subject: known.subject,
        year,
        org: known.org,
        hash: known.hash,
        chain,
        rounds,
        offers,
        seals,
        sheet,
        may_seal: known.may_seal,
        may_note: known.may_note,
        people,
    })
}

/// Whether a sealed scan may be added: asked before anything of it is read or kept.
///
/// # Errors
/// Where the caller may not, or what stands in the record does not hold.
pub async fn may_seal(
    app: &App,
    caller: &Caller,
    kind: Kind,
    name: &str,
    of_code: &str,
    file_name: &str,
) -> Result<(), Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let known = known(app, caller, kind, name).await?;
    let hash = sealable(&known, of_code)?;
    is_room(&store::seal::of(app.db().reader(), known.subject).await?, &hash)?;
    app.room().for_files()?;
    check_name(file_name).map_err(|error| Error::Invalid(vec![error]))?;
    Ok(())
}

/// The hash that a scan of the page with this code would be bound to: it must still be that of what stands there.
fn sealable(known: &Known, of_code: &str) -> Result<String, Error> {
    if !known.may_seal {
        return Err(Error::refused(Refusal::NotYours));
    }
    let now = known.hash.clone().filter(|hash| code(hash) == of_code.trim().to_ascii_uppercase());
    now.ok_or_else(|| Error::refused(Refusal::Changed))
}

/// Whether one more scan of the version with this hash is taken beside these.
fn is_room(seals: &[Seal], hash: &str) -> Result<(), Error> {
    if seals.iter().filter(|seal| seal.holds(hash)).count() < SCANS_MOST {
        Ok(())
    } else {
        Err(Error::field("file", FieldProblem::TooMany { max: SCANS_MOST }))
    }
}

/// Binds a sealed scan to the version that was printed with `of_code`, while it still stands in the record.
///
/// # Errors
/// Where the caller may not, another version stands there, the file is no scan, or there are too many.
pub async fn seal(
    app: &App,
    caller: &Caller,
    kind: Kind,
    name: &str,
    of_code: &str,
    file_name: &str,
    file: Arrived,
) -> Result<Seal, Error> {
    may_seal(app, caller, kind, name, of_code, file_name).await?;
    let known = known(app, caller, kind, name).await?;
    let hash = sealable(&known, of_code)?;
    let file_name = check_name(file_name).map_err(|error| Error::Invalid(vec![error]))?;
    if file.size() == 0 {
        return Err(Error::field("file", FieldProblem::Required));
    }
    let (of_kind, file) = files::attachment(app, file).await?;
    check_scan(of_kind).map_err(|error| Error::Invalid(vec![error]))?;
    let file_name = renamed(file_name, of_kind);
    check_ending(&file_name, of_kind).map_err(|error| Error::Invalid(vec![error]))?;
    let (size, content) = (file.size(), file.hash().to_owned());
    blob::keep(app, file).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let (file_name, content, hash) = (file_name.clone(), content.clone(), hash.clone());
        async move {
            let held = hold(app, &tx, caller, known.subject).await?;
            if held.hash() != hash {
                return Err(Error::refused(Refusal::Changed));
            }
            is_room(&store::seal::of(tx.db(), known.subject).await?, &hash)?;
            let id = AttachmentId(tx.new_id());
            let file = Attached { id, name: file_name, kind: of_kind, size, hash: content };
            let (by, at) = (account, tx.now());
            let seal = Seal { id: SealId(tx.new_id()), subject: known.subject, hash, file, by, at };
            store::seal::insert(tx.db(), &seal).await?;
            tx.created(audit::Action::Create, &seal);
            Ok(seal)
        }
    })
    .await
}

/// A sealed scan with its content, to be read.
///
/// # Errors
/// `Hidden` where there is none that the caller sees.
pub async fn download(
    app: &App,
    caller: &Caller,
    kind: Kind,
    name: &str,
    id: &str,
) -> Result<(Attached, Content), Error> {
    let known = known(app, caller, kind, name).await?;
    let id: SealId = id.trim().parse().map_err(|_| Error::Hidden)?;
    let found = known.seals(app).await?.into_iter().find(|seal| seal.id == id).ok_or(Error::Hidden)?;
    let content = blob::open(app, &found.file.hash).await?;
    Ok((found.file, content))
}

/// Notes how many copies on paper are asked for, and when they came.
///
/// # Errors
/// Where the caller does not take them in, or fields do not hold.
pub async fn note(app: &App, caller: &Caller, kind: Kind, name: &str, draft: &Paper) -> Result<Sheet, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let known = known(app, caller, kind, name).await?;
    if !known.may_note {
        return Err(Error::refused(Refusal::NotYours));
    }
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let (asked, received) = draft.check(app.today()).map_err(Error::Invalid)?;
    app.write(caller, |tx: Tx| async move {
        let before = store::seal::sheet(tx.db(), known.subject).await?;
        let version = before.as_ref().map(|before| before.version);
        let after = Sheet {
            subject: known.subject,
            asked,
            received,
            by: account,
            at: tx.now(),
            version: version.map_or(Version::FIRST, Version::next),
        };
        store::seal::note(tx.db(), version, &after).await?;
        match &before {
            Some(before) => tx.changed(audit::Action::Change, before, &after),
            None => tx.created(audit::Action::Create, &after),
        }
        Ok(after)
    })
    .await
}
