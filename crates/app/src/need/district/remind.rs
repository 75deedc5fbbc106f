//! Reminding who has not filed.

use super::super::filing_in;
use crate::message::tell;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::kernel::{CycleId, FieldProblem, OrgId};
use ronghe_domain::message::{self, Kind};
use ronghe_domain::need::filing::{may_remind, reminded, scope};
use ronghe_domain::need::rules::Facts;
use ronghe_store as store;
use serde_json::json;

/// Reminds those whom the caller oversees that have not filed, all of them or of these; none twice a day. Says whom.
///
/// # Errors
/// `Hidden` for who oversees none; where the caller may not now, nobody is left, or an organisation is unknown.
pub async fn remind_units(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
    units: &[String],
) -> Result<Vec<OrgId>, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let register = app.register().await?;
    if scope(&caller.actor, &register.directory).is_empty() {
        return Err(Error::Hidden);
    }
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let mut wanted = Vec::new();
    for (at, slug) in units.iter().enumerate() {
        let unknown = FieldProblem::Unknown { got: slug.clone(), nearest: Vec::new() };
        let org = register.directory.org_by_slug(slug.trim());
        wanted.push(org.ok_or_else(|| Error::field(&format!("units[{at}]"), unknown))?.id);
    }
    app.write(caller, |tx: Tx| {
        let (wanted, register) = (wanted.clone(), register.clone());
        async move {
            let cycle = store::cycle::lock_id(tx.db(), cycle).await?;
            tx.after_locks().await?;
            let facts = Facts::of(&cycle);
            may_remind(&caller.actor, &facts, tx.now()).map_err(Error::refused)?;
            let mut filings = filing_in(tx.db(), caller, &register, cycle.id).await?;
            filings.retain(|filing| wanted.is_empty() || wanted.contains(&filing.org));
            let now = cycle.now(tx.now());
            let orgs = reminded(&caller.actor, &filings, now).map_err(Error::refused)?;
            store::need::district::reminder::note(tx.db(), cycle.id, &orgs, account, now).await?;
            let told: Vec<_> = orgs.iter().map(|org| (Kind::FilingReminded, message::unit(*org))).collect();
            tell(app, &tx, caller, (Some(cycle.year()), &cycle.name()), &told).await?;
            let slugs: Vec<&str> =
                orgs.iter().filter_map(|org| register.org(*org)).map(|org| org.slug.as_str()).collect();
            tx.said(audit::Action::Remind, &cycle, json!({ "units": slugs }));
            Ok(orgs)
        }
    })
    .await
}
