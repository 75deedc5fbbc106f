//! From the last days of collecting to the published list and its later versions.

use crate::data::{Change, Course, Later, Opined};
use crate::world::{Error, day, step};
use crate::year::Year;
use ronghe_app::need::{Bulk, Judgement};
use ronghe_app::{cycle, need, need_list};
use ronghe_domain::need::opinion::AskDraft;
use ronghe_domain::need::verdict::VerdictDraft;
use ronghe_domain::need::{Action, OpinionDraft, RankingDraft, Stance, State};
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_domain::need_list::{Edition, ListDraft, NeedList};
use std::collections::BTreeSet;

/// Opinions that are asked for have nine tenths come.
const SILENT: usize = 10;

/// The year goes on to 高校申报, and its list on to its later versions.
pub(crate) async fn go(year: &mut Year<'_>, course: &Course) -> Result<(), Error> {
    corrected(year, course).await?;
    ranked(year, course).await?;
    forwarded(year, course).await?;
    year.at(18, 9)?;
    year.moves(cycle::Act::Advance).await?;
    let open = year.standing(State::Screening).await?;
    opinions(year, course, &open).await?;
    verdicts(year, course, &open).await?;
    list(year, 30, ListDraft::default(), true).await?;
    year.at(33, 9)?;
    year.moves(cycle::Act::Advance).await?;
    later(year, course, true).await
}

/// What of later versions is not published yet comes to where it stands.
pub(crate) async fn pending(year: &Year<'_>, course: &Course) -> Result<(), Error> {
    later(year, course, false).await
}

async fn later(year: &Year<'_>, course: &Course, published: bool) -> Result<(), Error> {
    for later in course.later.iter().filter(|it| it.published == published) {
        let draft = version(year, later)?;
        list(year, later.day, draft, published).await?;
    }
    Ok(())
}

impl Year<'_> {
    /// Numbers of the needs that stand so, in the order of time.
    pub(crate) async fn standing(&self, state: State) -> Result<Vec<String>, Error> {
        let filter = need::Filter {
            cycle: Some(self.cycle),
            states: vec![state],
            sort: need::Sort::Number,
            limit: 500,
            ..need::Filter::default()
        };
        let lead = self.person("zhangmin")?;
        let (rows, _) = need::list(self.app, &lead, &filter).await.map_err(step("needs"))?;
        Ok(rows.iter().map(|row| row.name().to_string()).collect())
    }
}

/// What was returned comes back; of schools it waits for their district then.
async fn corrected(year: &mut Year<'_>, course: &Course) -> Result<(), Error> {
    year.at(4, 14)?;
    for title in &course.corrected {
        let told = year.told.iter().find(|told| told.title == *title);
        let owner = year.person(&told.ok_or_else(|| Error::Missing(title.clone()))?.contact)?;
        let (name, version) = (year.number(title)?, year.need(title)?.version);
        let moved = need::act(year.app, &owner, &name, need::Act::Submit, version).await;
        year.needs.insert(title.clone(), moved.map_err(step("correction"))?.need);
    }
    Ok(())
}

/// Districts put what they have in order: what serves most comes first.
async fn ranked(year: &Year<'_>, course: &Course) -> Result<(), Error> {
    year.at(11, 10)?;
    for slug in &course.ranked {
        let who = year.person(year.bureau_of(slug)?)?;
        let seen = need::ranking(year.app, &who, year.cycle).await.map_err(step("ranking"))?;
        let mut rows = seen.rows;
        rows.sort_by_key(|row| std::cmp::Reverse(row.budget));
        let order = rows.iter().map(|row| row.name().to_string()).collect();
        need::rank(year.app, &who, year.cycle, &RankingDraft { order }, seen.version)
            .await
            .map_err(step("ranking"))?;
    }
    Ok(())
}

impl Year<'_> {
    /// The sign-in name of a district's person.
    fn bureau_of(&self, slug: &str) -> Result<&str, Error> {
        self.above.bureaus.get(slug).map(String::as_str).ok_or_else(|| Error::Missing(slug.to_owned()))
    }
}

/// Districts forward in one go what they have not yet, within their window, or report that there is nothing.
async fn forwarded(year: &mut Year<'_>, course: &Course) -> Result<(), Error> {
    let bureaus = year.above.bureaus.clone();
    for (nth, (slug, login)) in bureaus.iter().enumerate() {
        let days = i32::try_from(nth / 4).unwrap_or_default();
        year.at(12 + days, i8::try_from(9 + nth % 4).unwrap_or(9))?;
        let who = year.person(login)?;
        if course.zero.contains(slug) {
            need::report_zero(year.app, &who, year.cycle).await.map_err(step("nothing"))?;
            continue;
        }
        let waits = |title: &str| year.needs.get(title).is_some_and(|it| it.state == State::Submitted);
        let here = |unit: &str| year.above.districts.get(unit) == Some(login);
        let those = year.told.iter().filter(|told| here(&told.unit) && waits(&told.title));
        let those: Vec<String> =
            those.filter(|told| !course.left.contains(&told.title)).map(|told| told.title.clone()).collect();
        if those.is_empty() {
            continue;
        }
        let names = those.iter().map(|title| year.number(title)).collect::<Result<_, _>>()?;
        let bulk = Bulk { names, ..Bulk::default() };
        let done = need::forward(year.app, &who, &bulk).await.map_err(step("forwarding"))?;
        for need in done.needs {
            year.needs.insert(need.title().to_owned(), need);
        }
    }
    Ok(())
}

/// The offices of the measures are asked, and nearly all answer: what is said beyond their support is told.
async fn opinions(year: &Year<'_>, course: &Course, open: &[String]) -> Result<(), Error> {
    let lead = year.person("zhangmin")?;
    year.at(19, 10)?;
    let due = AskDraft { due: format!("{} 17:00", day(year.day, 25)?) };
    let bulk = Bulk { names: open.to_vec(), ..Bulk::default() };
    need::ask(year.app, &lead, &bulk, &due).await.map_err(step("asking"))?;
    let asked = need::opinions(year.app, &lead, year.cycle, need::Which::Open, None, 1000);
    let asked = asked.await.map_err(step("opinions"))?.rows;
    let register = year.app.register().await.map_err(step("register"))?;
    for (nth, (opinion, row)) in asked.iter().enumerate() {
        let slug = register.org(opinion.office).map(|org| org.slug.clone()).unwrap_or_default();
        let said = course.opinions.iter().find(|it| it.title == row.title && it.office == slug);
        if said.is_none() && nth % SILENT == SILENT - 1 {
            continue;
        }
        year.at(20 + i32::try_from(nth * 5 / asked.len()).unwrap_or_default(), 10)?;
        let who = year.office(&slug)?;
        let draft = said.map_or_else(support, worded);
        need::opine(year.app, &who, &row.name().to_string(), &draft, opinion.version)
            .await
            .map_err(step("opinion"))?;
    }
    Ok(())
}

fn support() -> OpinionDraft {
    OpinionDraft { stance: Some(Stance::Support), reason: String::new() }
}

fn worded(said: &Opined) -> OpinionDraft {
    OpinionDraft { stance: Some(said.stance), reason: said.reason.clone() }
}

/// What is neither declined nor merged is listed.
async fn verdicts(year: &Year<'_>, course: &Course, open: &[String]) -> Result<(), Error> {
    let declined = course.declined.iter().map(|it| &it.title);
    let titles = declined.chain(course.merged.iter().map(|it| &it.title));
    let others = titles.map(|title| year.number(title)).collect::<Result<BTreeSet<_>, _>>()?;
    year.at(26, 10)?;
    let names: Vec<String> = open.iter().filter(|name| !others.contains(*name)).cloned().collect();
    judge(year, names, Action::Enlist, VerdictDraft::default()).await?;
    year.at(27, 10)?;
    for it in &course.merged {
        let (into, remark) = (year.number(&it.into)?, it.remark.clone());
        let draft = VerdictDraft { into, remark, why: None };
        judge(year, vec![year.number(&it.title)?], Action::Merge, draft).await?;
    }
    year.at(28, 10)?;
    for it in &course.declined {
        let draft = VerdictDraft { why: Some(it.why), remark: it.remark.clone(), into: String::new() };
        judge(year, vec![year.number(&it.title)?], Action::Decline, draft).await?;
    }
    Ok(())
}

async fn judge(
    year: &Year<'_>,
    names: Vec<String>,
    action: Action,
    draft: VerdictDraft,
) -> Result<(), Error> {
    let lead = year.person("liuzhiyuan")?;
    let bulk = Bulk { names, ..Bulk::default() };
    let done = need::judge_all(year.app, &lead, &bulk, &Judgement { action, draft }).await;
    let done = done.map_err(step("verdict"))?;
    match done.refused.into_iter().next() {
        Some(refused) => Err(Error::Missing(refused.name)),
        None => Ok(()),
    }
}

fn version(year: &Year<'_>, later: &Later) -> Result<ListDraft, Error> {
    let change = |it: &Change| {
        Ok::<_, Error>(ChangeDraft { need: year.number(&it.title)?, reason: it.reason.clone() })
    };
    Ok(ListDraft {
        order: Vec::new(),
        add: later.add.iter().map(change).collect::<Result<_, _>>()?,
        remove: later.remove.iter().map(change).collect::<Result<_, _>>()?,
        reason: later.reason.clone(),
    })
}

/// A version is composed and proposed, the leading group agrees, another of the lead office publishes it. One that is
/// not to be published waits for the leader.
async fn list(year: &Year<'_>, days: i32, draft: ListDraft, published: bool) -> Result<(), Error> {
    year.at(days, 9)?;
    let lead = year.person("zhangmin")?;
    let made = need_list::compose(year.app, &lead, &year.name, &draft, NeedList::NONE).await;
    let made = made.map_err(step("composing"))?.list;
    let steps = [
        ("zhangmin", need_list::Act::Propose),
        ("fangyun", need_list::Act::Approve(String::new())),
        ("chenjianguo", need_list::Act::Approve(String::new())),
        ("liuzhiyuan", need_list::Act::Publish),
    ];
    let (edition, mut seen) = (Edition(made.no).to_string(), made.version);
    let far = if published { steps.len() } else { 2 };
    for (hour, (login, act)) in (10..).zip(steps.into_iter().take(far)) {
        year.at(days, hour)?;
        let who = year.person(login)?;
        let done = need_list::act(year.app, &who, &year.name, &edition, act, seen).await;
        seen = done.map_err(step("need list"))?.list.version;
    }
    Ok(())
}
