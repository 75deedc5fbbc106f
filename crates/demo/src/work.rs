//! What is left open on the world's day, so that whoever enters finds something to do: rehearsals for those whose
//! phase has passed, the next year in preparation, an account that waits for a second hand.

use crate::data::Need as Told;
use crate::world::{Error, at, step};
use crate::year::Year;
use ronghe_app::{App, Caller, account, cycle, need};
use ronghe_domain::kernel::Date;
use ronghe_domain::need::opinion::AskDraft;
use ronghe_domain::need::{Name, Need};

/// Leaves it.
pub(crate) async fn leave(year: &Year<'_>, today: Date) -> Result<(), Error> {
    let app = year.app;
    app.clock().set(at(today, -1, 10)?);
    let lead = year.person("zhangmin")?;
    let next = cycle::following(app, &lead, &year.name).await.map_err(step("next year"))?;
    cycle::make(app, &lead, &next).await.map_err(step("next year"))?;
    collecting(year, &lead).await?;
    screening(year, &lead).await?;
    app.clock().set(at(today, -1, 17)?);
    forgotten(year, app).await
}

/// A password is to be reset: one administrator asks, the other one confirms.
async fn forgotten(year: &Year<'_>, app: &App) -> Result<(), Error> {
    let admin = year.person("dingkai")?;
    let found = account::show(app, &admin, "kongxiangyu").await.map_err(step("account"))?;
    account::act(app, &admin, "kongxiangyu", account::Act::Reset, found.version)
        .await
        .map_err(step("account"))?;
    Ok(())
}

/// Schools and districts try out how needs are filed: one is begun, two wait for their district.
async fn collecting(year: &Year<'_>, lead: &Caller) -> Result<(), Error> {
    let name = rehearsal(year, lead, 2).await?;
    for (unit, sent) in [("yanliu", false), ("qingyun", true), ("zhixin", true)] {
        begun(year, &name, unit, sent).await?;
    }
    Ok(())
}

/// The lead office and offices try out 遴选: opinions are asked for.
async fn screening(year: &Year<'_>, lead: &Caller) -> Result<(), Error> {
    let name = rehearsal(year, lead, 8).await?;
    let mut names = Vec::new();
    for unit in ["tianqiao", "lixia", "luoyuan-kindergarten"] {
        names.push(begun(year, &name, unit, true).await?.name().to_string());
    }
    shows(year, lead, &name, 18).await?;
    moved(year, lead, &name, cycle::Act::Advance).await?;
    let bulk = need::Bulk { names, ..need::Bulk::default() };
    need::ask(year.app, lead, &bulk, &AskDraft::default()).await.map_err(step("rehearsal"))?;
    Ok(())
}

/// A rehearsal in which needs are collected, whose clock shows so many days after the year's; its name.
async fn rehearsal(year: &Year<'_>, lead: &Caller, days: i32) -> Result<String, Error> {
    let made = cycle::rehearse(year.app, lead, &year.name).await.map_err(step("rehearsal"))?;
    let name = made.name();
    shows(year, lead, &name, days).await?;
    moved(year, lead, &name, cycle::Act::Open).await?;
    Ok(name)
}

async fn shows(year: &Year<'_>, lead: &Caller, name: &str, days: i32) -> Result<(), Error> {
    let minute = format!("{} 09:00", crate::world::day(year.day, days)?);
    moved(year, lead, name, cycle::Act::SetClock(minute)).await
}

async fn moved(year: &Year<'_>, lead: &Caller, name: &str, act: cycle::Act) -> Result<(), Error> {
    let seen = cycle::show(year.app, lead, name).await.map_err(step("rehearsal"))?.version;
    cycle::act(year.app, lead, name, act, seen).await.map_err(step("rehearsal"))?;
    Ok(())
}

/// The first need that a unit has told whole, filed once more in a rehearsal.
async fn begun(year: &Year<'_>, cycle: &str, unit: &str, sent: bool) -> Result<Need, Error> {
    let is_whole = |told: &&Told| told.unit == unit && !told.indicators.is_empty();
    let told = year.told.iter().find(is_whole).ok_or_else(|| Error::Missing(unit.to_owned()))?;
    let owner = year.person(&told.contact)?;
    let begun = need::start(year.app, &owner, cycle, &year.typed(told)).await.map_err(step("rehearsal"))?;
    if !sent {
        return Ok(begun);
    }
    let name = Name::Draft(begun.id).to_string();
    let done = need::act(year.app, &owner, &name, need::Act::Submit, begun.version).await;
    Ok(done.map_err(step("rehearsal"))?.need)
}
