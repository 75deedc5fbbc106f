//! Needs that say much the same as one: found by sketches that are kept in memory, compared by their texts.

use super::measures;
use crate::{App, Caller, Error};
use jiff::SignedDuration;
use ronghe_decision::likeness::{Likeness, Passage, Sketch, Terms, nearest, passages};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{CycleId, Instant, NeedId, Version};
use ronghe_domain::need::rules::{self, Scope};
use ronghe_domain::need::{Field, Name, Place, Prose, Row, State};
use ronghe_store as store;
use ronghe_store::need::Told;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Most needs that are shown.
const SHOWN: usize = 5;
/// Needs whose texts are read and compared, the likest by their sketches: sketches err by some per cent.
const COMPARED: usize = 40;
/// From which likeness on a need is shown, in per cent: what schools of one city write has that much in common
/// by chance.
const LEAST: u8 = 10;
/// Characters of the shortest passage that is marked: terms of the trade are shorter.
const PASSAGE: usize = 8;
/// Needs whose texts are read by one statement.
const READ_AT_ONCE: u64 = 500;
/// A transaction becomes visible later than the time that its rows say, though not by so much; the clocks of
/// servers and database differ by less.
const OVERLAP: SignedDuration = SignedDuration::from_mins(2);

/// A need that says much the same as another.
#[derive(Clone, Debug)]
pub struct Alike {
    pub row: Row,
    /// In per cent of what stands in either, rounded down.
    pub likeness: u8,
    /// Title and prose of both, side by side.
    pub fields: Vec<Compared>,
}

/// One text of both needs.
#[derive(Clone, Debug)]
pub struct Compared {
    pub field: Field,
    pub own: String,
    pub other: String,
    /// What stands in both: `a` in `own`, `b` in `other`.
    pub passages: Vec<Passage>,
}

/// Of the other needs of its cycle that the caller may see, the up to five that say most of the same, the
/// likest first. Withdrawn ones are left out; where the need was never submitted there are none.
///
/// # Errors
/// `Hidden` where the caller does not see the need.
pub async fn alike(app: &App, caller: &Caller, name: &str) -> Result<(Arc<Cycle>, Vec<Alike>), Error> {
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let scope = rules::scope(&caller.actor, &measures(app, &caller.actor).await?);
    let need = store::need::get(app.db().reader(), &app.sealer(), &scope, name).await?;
    let register = app.register().await?;
    let cycle = Arc::clone(register.cycle(need.cycle).ok_or(Error::Hidden)?);
    let Some(own) = need.content.as_ref().map(Prose::from) else { return Ok((cycle, Vec::new())) };
    let own_text = own.whole();
    let Some(sketch) = Sketch::of(&own_text) else { return Ok((cycle, Vec::new())) };
    let near = app.sketches().nearest(app, &scope, (need.cycle, need.id), &sketch).await?;
    if near.is_empty() {
        return Ok((cycle, Vec::new()));
    }
    // What is kept says who may see it; the statement says it again, of the rows as they are now.
    let found = store::need::rows_with_prose(app.db().reader(), &scope, &near).await?;
    let terms = Terms::of(&own_text);
    let mut ranked: Vec<(Reverse<Likeness>, NeedId, Row, Prose)> = found
        .into_iter()
        .map(|(row, prose)| (Reverse(terms.likeness(&Terms::of(&prose.whole()))), row.id, row, prose))
        .filter(|(likeness, _, row, _)| {
            likeness.0.percent() >= LEAST && row.standing.state != State::Withdrawn
        })
        .collect();
    ranked.sort_by_key(|(likeness, id, ..)| (*likeness, *id));
    ranked.truncate(SHOWN);
    let shown = |(likeness, _, row, prose): (Reverse<Likeness>, NeedId, Row, Prose)| Alike {
        row,
        likeness: likeness.0.percent(),
        fields: compared(&own, &prose),
    };
    Ok((cycle, ranked.into_iter().map(shown).collect()))
}

fn compared(own: &Prose, other: &Prose) -> Vec<Compared> {
    let both = own.fields().into_iter().zip(other.fields());
    both.map(|((field, own), (_, other))| Compared {
        field,
        own: own.to_owned(),
        other: other.to_owned(),
        passages: passages(own, other, PASSAGE),
    })
    .collect()
}

/// Sketches of submitted needs, cycle by cycle: some 400 bytes for each need, no text.
#[derive(Default)]
pub(crate) struct Sketches {
    cycles: Mutex<BTreeMap<CycleId, Kept>>,
}

/// Of one cycle what is kept, up to which change, and when that was read.
#[derive(Default)]
struct Kept {
    needs: BTreeMap<NeedId, Sketched>,
    newest: Option<Instant>,
    read_at: Option<Instant>,
}

struct Sketched {
    version: Version,
    place: Place,
    /// None where it takes no part any more, or says nothing.
    sketch: Option<Sketch>,
}

impl Sketches {
    /// Other needs of the cycle that `scope` holds whose sketches agree best with `of`.
    async fn nearest(
        &self,
        app: &App,
        scope: &[Scope],
        (cycle, own): (CycleId, NeedId),
        of: &Sketch,
    ) -> Result<Vec<NeedId>, Error> {
        let mut cycles = self.cycles.lock().await;
        let kept = cycles.entry(cycle).or_default();
        kept.refresh(app, cycle).await?;
        let others =
            kept.needs.iter().filter(|(id, it)| **id != own && scope.iter().any(|part| it.place.is_in(part)));
        let sketched = others.filter_map(|(id, it)| Some((*id, it.sketch.as_ref()?)));
        Ok(nearest(of, sketched, COMPARED))
    }
}

impl Kept {
    /// Reads what has changed since it was read last, whoever changed it. The first statement is always the
    /// same, so that nobody learns from it whether others have changed what they do not see.
    async fn refresh(&mut self, app: &App, cycle: CycleId) -> Result<(), Error> {
        let now = app.now();
        let mut after = (self.since().unwrap_or(Instant::UNIX_EPOCH), NeedId(uuid::Uuid::nil()));
        // Parts, so that a whole cycle's texts are never in memory at once.
        loop {
            let part = store::need::told(app.db().reader(), cycle, after, READ_AT_ONCE).await?;
            let is_last = u64::try_from(part.len()).is_ok_and(|rows| rows < READ_AT_ONCE);
            for told in part {
                after = (told.changed_at, told.id);
                self.newest = self.newest.max(Some(told.changed_at));
                self.take(told);
            }
            if is_last {
                self.read_at = Some(now);
                return Ok(());
            }
        }
    }

    /// Behind what was read last; but what was not yet visible then may say that it is of a little earlier.
    fn since(&self) -> Option<Instant> {
        let behind = self.newest?.checked_add(SignedDuration::from_micros(1)).ok()?;
        Some(behind.min(self.read_at?.checked_sub(OVERLAP).ok()?))
    }

    fn take(&mut self, told: Told) {
        if self.needs.get(&told.id).is_some_and(|kept| kept.version == told.version) {
            return;
        }
        let takes_part = told.state != State::Withdrawn;
        let sketch = if takes_part { Sketch::of(&told.prose.whole()) } else { None };
        self.needs.insert(told.id, Sketched { version: told.version, place: told.place, sketch });
    }
}
