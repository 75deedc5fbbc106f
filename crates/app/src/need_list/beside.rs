//! What questions and meetings beside a listed need have in common: whose it is, and whether the window stands open.

use crate::unit::Tx;
use crate::{Error, Register};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::need::Need;
use ronghe_domain::need_list::beside::Facts;
use ronghe_store as store;
use ronghe_store::Connection;
use std::sync::Arc;

/// The cycle of `need`, and what the rules must know.
pub(crate) async fn known<C: Connection>(
    db: &C,
    register: &Register,
    need: &Need,
) -> Result<(Arc<Cycle>, Facts), Error> {
    let cycle = Arc::clone(register.cycle(need.cycle).ok_or(Error::Hidden)?);
    let facts = facts(db, &cycle, need).await?;
    Ok((cycle, facts))
}

/// The same in a command, with the cycle locked: its row gives the turn, and with it the number of what comes next.
pub(crate) async fn locked(tx: &Tx, need: &Need) -> Result<(Arc<Cycle>, Facts), Error> {
    let cycle = store::cycle::lock_id(tx.db(), need.cycle).await?;
    tx.after_locks().await?;
    let facts = facts(tx.db(), &cycle, need).await?;
    Ok((Arc::new(cycle), facts))
}

async fn facts<C: Connection>(db: &C, cycle: &Cycle, need: &Need) -> Result<Facts, Error> {
    let listed = store::need_list::listing(db, need.id).await?.is_some();
    Ok(Facts::of(cycle, need.unit, listed))
}
