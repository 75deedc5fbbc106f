//! Needs from a table: nothing is written unless every row holds.

use super::super::facts::{Caps, Filer, gate_now, policy_of};
use super::super::{Register, above, district};
use super::fields::{FIELDS, INDICATOR_FIELDS, INDICATORS, IndicatorRow, NEEDS, Row};
use crate::audited::Table;
use crate::files::{self, table};
use crate::message::{Telling, tell_all};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_documents::xlsx::Sheet;
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, FieldError, FieldProblem, NeedId, Version};
use ronghe_domain::message::of_need;
use ronghe_domain::need::draft::Context;
use ronghe_domain::need::rules::{self, Facts};
use ronghe_domain::need::{Action, Content, Name, Need, NeedDraft, State};
use ronghe_domain::org::{Directory, OrgKind, Organisation};
use ronghe_store as store;
use serde_json::json;
use std::collections::BTreeMap;

/// How a table is imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// Needs are submitted at once; else they become drafts, which may have gaps.
    pub submit: bool,
    /// Only says what would be made.
    pub preview: bool,
}

/// What an import gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// They were made; for a preview they would be.
    pub written: bool,
    /// In the order of their rows.
    pub lines: Vec<Line>,
}

/// A need of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As the sheet numbers it, from 1.
    pub row: u32,
    /// Once it is made.
    pub name: Option<Name>,
    pub title: String,
    pub measures: Vec<u32>,
    /// As typed.
    pub budget: String,
    pub indicators: usize,
    /// Fields that have to be filled in before it can be submitted.
    pub gaps: Vec<String>,
}

/// Checks a table of needs of the caller's organisation for the cycle of `year` and, unless it is a preview, makes
/// them all in one transaction.
///
/// # Errors
/// Where the caller files no needs, or not now; where the file cannot be read, or cells do not hold (`O14.budget`).
pub async fn import(
    app: &App,
    caller: &Caller,
    year: &str,
    bytes: Vec<u8>,
    how: How,
) -> Result<Imported, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let cycle = crate::cycle::show(app, caller, year).await?;
    let register = app.register().await?;
    let org = caller.actor.org().and_then(|org| register.directory.org(org)).ok_or(Error::Hidden)?.clone();
    // Nobody's file is read who may not file needs now.
    rules::may_draft(&caller.actor, &Facts::of(&cycle), &org, app.now()).map_err(Error::refused)?;
    let sheets = files::sheets(app, bytes).await?;
    let (policy, id) = (cycle.content.policy, cycle.id);
    // Thousands of rows keep a core busy for some time: others are answered meanwhile.
    let checked = tokio::task::spawn_blocking(move || ready(&sheets, &cycle, &register, how.submit));
    let ready = checked.await.map_err(Error::internal)??;
    let (org, ready) = (&org, &ready);
    app.write_much(caller, |tx: Tx| async move {
        let cycle = store::cycle::lock_id(tx.db(), id).await?;
        tx.after_locks().await?;
        rules::may_draft(&caller.actor, &Facts::of(&cycle), org, tx.now()).map_err(Error::refused)?;
        if cycle.content.policy != policy {
            return Err(Error::Stale { current: None });
        }
        tx.unhurried().await?;
        let mut needs = drafted(&tx, ready, &cycle, org, account);
        if how.submit {
            submit(&tx, caller, &cycle, &mut needs, ready).await?;
        }
        if !how.preview && !needs.is_empty() {
            keep(app, &tx, caller, &cycle, &mut needs, how).await?;
        }
        let made = |(it, need): (&Ready, &Need)| it.line((!how.preview).then(|| need.name()));
        Ok(Imported { written: !how.preview, lines: ready.iter().zip(&needs).map(made).collect() })
    })
    .await
}

/// A row that holds.
struct Ready {
    row: u32,
    draft: NeedDraft,
    /// Where it is to be submitted.
    content: Option<Content>,
    gaps: Vec<String>,
}

impl Ready {
    fn line(&self, name: Option<Name>) -> Line {
        Line {
            row: self.row,
            name,
            title: self.draft.title.clone(),
            measures: self.draft.measures.clone(),
            budget: self.draft.budget.clone(),
            indicators: self.draft.indicators.len(),
            gaps: self.gaps.clone(),
        }
    }
}

/// Every row checked as the form checks it. A draft may have gaps, but nothing in it that does not hold.
fn ready(sheets: &[Sheet], cycle: &Cycle, register: &Register, submit: bool) -> Result<Vec<Ready>, Error> {
    let policy = policy_of(cycle, register).ok_or(Error::Hidden)?;
    let context = Context { policy, directory: &register.directory };
    let (mut rows, indicators) = read(sheets)?;
    let mut errors = Vec::new();
    let places = places(&rows, &mut errors);
    let mut lines_of = of_needs(&mut rows, &indicators, &places, &mut errors);
    let mut ready = Vec::with_capacity(rows.len());
    for (at, line) in rows.iter_mut().enumerate() {
        line.draft.draft.university = university(&register.directory, &line.draft.draft.university);
        let (content, found) = match line.draft.draft.check(context) {
            Ok(content) => (Some(content), Vec::new()),
            Err(found) => (None, found),
        };
        let (gaps, wrong): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|error| !submit && error.problem.is_gap());
        let own = lines_of.remove(&at).unwrap_or_default();
        let (below, above): (Vec<_>, Vec<_>) =
            wrong.into_iter().partition(|error| error.path.starts_with("indicators["));
        errors.extend(line.placed(above));
        for (nth, own) in own.iter().enumerate() {
            let prefix = format!("indicators[{nth}].");
            let of_own = below.iter().filter_map(|error| {
                let key = error.path.strip_prefix(&prefix)?;
                Some(FieldError::new(key, error.problem.clone()))
            });
            if let Some(line) = indicators.get(*own) {
                errors.extend(line.placed(of_own.collect()));
            }
        }
        ready.push(Ready {
            row: line.row,
            draft: std::mem::take(&mut line.draft.draft),
            content: content.filter(|_| submit),
            gaps: gaps.into_iter().map(|error| error.path).collect(),
        });
    }
    if errors.is_empty() { Ok(ready) } else { Err(Error::Invalid(errors)) }
}

type Rows = Vec<table::Line<Row>>;
type Indicators = Vec<table::Line<IndicatorRow>>;

/// The rows of both sheets. That of needs is the first one, where none is called so; there may be no indicators.
fn read(sheets: &[Sheet]) -> Result<(Rows, Indicators), Error> {
    let called = |of: (&str, &str)| sheets.iter().find(|sheet| table::is_title(of, &sheet.name));
    let needs = called(NEEDS).or(sheets.first()).map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
    let mut errors = Vec::new();
    let rows = table::lines(needs, FIELDS, "").unwrap_or_else(|wrong| {
        errors.extend(wrong);
        Vec::new()
    });
    let below = called(INDICATORS).map(|sheet| sheet.rows.as_slice()).filter(|rows| !rows.is_empty());
    let indicators = below.map(|rows| table::lines(rows, INDICATOR_FIELDS, "indicators!"));
    let indicators = indicators.unwrap_or(Ok(Vec::new())).unwrap_or_else(|wrong| {
        errors.extend(wrong);
        Vec::new()
    });
    // Without its heads a table is not checked further.
    if errors.is_empty() { Ok((rows, indicators)) } else { Err(Error::Invalid(errors)) }
}

/// Where each need stands, by its number in the table.
fn places(rows: &Rows, errors: &mut Vec<FieldError>) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    for (at, line) in rows.iter().enumerate() {
        let no = line.draft.no.trim().to_owned();
        let problem = if no.is_empty() {
            Some(FieldProblem::Required)
        } else {
            places.insert(no.clone(), at).map(|_before| FieldProblem::Twice { got: no })
        };
        errors.extend(problem.map(|problem| line.at("no", problem)));
    }
    places
}

/// Gives each need its indicators; and which rows they are, by the place of their need.
fn of_needs(
    rows: &mut Rows,
    indicators: &Indicators,
    places: &BTreeMap<String, usize>,
    errors: &mut Vec<FieldError>,
) -> BTreeMap<usize, Vec<usize>> {
    let mut lines_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (own, line) in indicators.iter().enumerate() {
        let need = line.draft.need.trim();
        let place = places.get(need).copied();
        if let Some(row) = place.and_then(|at| rows.get_mut(at)) {
            row.draft.draft.indicators.push(line.draft.draft.clone());
            lines_of.entry(place.unwrap_or_default()).or_default().push(own);
            continue;
        }
        let problem = if need.is_empty() {
            FieldProblem::Required
        } else {
            FieldProblem::Unknown { got: need.to_owned(), nearest: Vec::new() }
        };
        errors.push(line.at("need", problem));
    }
    lines_of
}

/// The slug of the university that is meant; what was typed where none is.
fn university(directory: &Directory, typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() || directory.org_by_slug(typed).is_some() {
        return typed.to_owned();
    }
    let is_called = |org: &&Organisation| {
        org.kind == OrgKind::University
            && (org.name == typed
                || org.name_en.eq_ignore_ascii_case(typed)
                || org.aliases.iter().any(|alias| alias == typed))
    };
    directory.orgs.iter().find(is_called).map_or_else(|| typed.to_owned(), |org| org.slug.clone())
}

/// The needs as drafts. The first row has the last id: lists show what was changed last first.
fn drafted(tx: &Tx, ready: &[Ready], cycle: &Cycle, org: &Organisation, author: AccountId) -> Vec<Need> {
    let mut ids: Vec<NeedId> = ready.iter().map(|_| NeedId(tx.new_id())).collect();
    ids.sort_unstable();
    let need = |(it, id): (&Ready, NeedId)| Need {
        id,
        cycle: cycle.id,
        year: cycle.year(),
        seq: None,
        unit: org.id,
        district: above(org),
        unit_kind: org.kind,
        state: State::Draft,
        draft: it.draft.clone(),
        content: None,
        returned: None,
        author,
        changed_at: tx.now(),
        submitted_at: None,
        forwarded_at: None,
        carried_from: None,
        version: Version::FIRST,
    };
    ready.iter().zip(ids.into_iter().rev()).map(need).collect()
}

/// Moves each on as its submission does, where the rules let it: those above it in the table count.
async fn submit(
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    needs: &mut [Need],
    ready: &[Ready],
) -> Result<(), Error> {
    let Some(first) = needs.first() else { return Ok(()) };
    let filer = Filer { unit: first.unit, district: first.district, is_district: first.is_of_district() };
    let caps = Caps::of(tx.db(), cycle, filer, (first.id, State::Draft)).await?;
    let gate = gate_now(tx.db(), first).await?;
    for ((ahead, need), it) in (0_u64..).zip(needs).zip(ready) {
        let facts = Facts { gate, ..caps.facts(cycle, ahead) };
        let to = rules::decide(&caller.actor, &*need, &facts, Action::Submit, tx.now());
        need.state = to.map_err(Error::refused)?;
        if let Some(closes) = rules::closes(need, &facts, Action::Submit) {
            tx.in_time_until(closes);
        }
        need.content.clone_from(&it.content);
        let now = facts.now(tx.now());
        need.submitted_at = Some(now);
        need.forwarded_at = (need.state == State::Forwarded).then_some(now);
    }
    Ok(())
}

/// Writes them, chains what leaves the unit and the table itself, and tells whom it concerns.
async fn keep(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    needs: &mut [Need],
    how: How,
) -> Result<(), Error> {
    let count = needs.len();
    if how.submit {
        let numbers = u32::try_from(count).map_err(Error::internal)?;
        let last = store::cycle::next_needs(tx.db(), cycle.id, numbers).await?;
        for (seq, need) in (last.saturating_sub(numbers) + 1..).zip(needs.iter_mut()) {
            need.seq = Some(seq);
        }
    }
    store::need::insert_many(tx.db(), tx.sealer(), needs).await?;
    let mut told = Vec::new();
    for need in needs.iter().filter(|need| need.seq.is_some()) {
        tx.created(audit::Action::Submit, need);
        let cycle = Some(cycle.year());
        told.push(Telling {
            cycle,
            record: need.name().to_string(),
            audiences: of_need(State::Draft, need),
            quiet: false,
        });
    }
    tell_all(app, tx, caller, &told).await?;
    if let Some(need) = needs.iter().find(|need| need.state == State::Forwarded) {
        district::void_zero(tx, caller, need).await?;
    }
    let words = json!({ "rows": count, "cycle": cycle.name(), "submitted": how.submit });
    tx.said(audit::Action::Import, &Table("needs"), words);
    Ok(())
}
