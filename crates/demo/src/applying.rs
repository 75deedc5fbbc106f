//! Universities apply for listed needs: each writes, seals and hands in, some begin only, a few take theirs back.

use crate::data::{self, Bidder, Need as Told, Wording};
use crate::world::{Error, at, day, phone, step};
use crate::year::Year;
use jiff::SignedDuration;
use ronghe_app::application::{self, Act, Attach};
use ronghe_app::files::Incoming;
use ronghe_domain::application::draft::{ColleagueDraft, DeliverableDraft, MilestoneDraft};
use ronghe_domain::application::{Application, ApplicationDraft, Category, LineDraft, Source};
use ronghe_domain::kernel::{Date, Instant};
use ronghe_domain::need::State;
use std::collections::BTreeMap;

/// The day on which the first ones are begun, counted from the year's: behind the list's second version.
const FIRST: i32 = 38;

/// What a university does with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Write,
    Submit,
    Withdraw,
}

/// An application that a university means to hand in.
struct Meant<'a> {
    bidder: &'a Bidder,
    told: &'a Told,
    /// What the need is called.
    need: String,
    /// Which of its university's.
    nth: usize,
    way: &'static [Step],
}

/// Each of `bidders` begins `count` applications for what suits it.
pub(crate) async fn apply(year: &Year<'_>, bidders: &[Bidder], count: usize) -> Result<(), Error> {
    let listed = year.standing(State::Listed).await?;
    let mut listed_told = Vec::new();
    for told in &year.told {
        let number = year.number(&told.title)?;
        if listed.contains(&number) {
            listed_told.push((told, number));
        }
    }
    let mut meant = Vec::new();
    for (at, bidder) in bidders.iter().enumerate() {
        for (nth, (told, need)) in suited(&listed_told, bidder, at).into_iter().take(count).enumerate() {
            meant.push(Meant { bidder, told, need, nth, way: way(at, nth) });
        }
    }
    carry_out(year, &meant).await
}

/// The needs that suit a university best: that name it, then those of its measures, not the same for each.
fn suited<'a>(listed: &[(&'a Told, String)], bidder: &Bidder, at: usize) -> Vec<(&'a Told, String)> {
    let mut those: Vec<(usize, usize, &(&Told, String))> = Vec::new();
    for (nth, pair) in listed.iter().enumerate() {
        let rank = bidder.measures.iter().position(|seq| pair.0.measures.contains(seq));
        let is_named = pair.0.university.as_ref() == Some(&bidder.university);
        let rank = if is_named { 0 } else { rank.map_or(usize::MAX, |rank| rank + 1) };
        those.push((rank, (nth * 7 + at * 13) % listed.len(), pair));
    }
    those.sort_by_key(|(rank, turn, _)| (*rank, *turn));
    those.into_iter().map(|(_, _, (told, number))| (*told, number.clone())).collect()
}

/// Of 25 universities with six each, every second leaves its last one unfinished, every fourth takes one back.
const fn way(at: usize, nth: usize) -> &'static [Step] {
    match (nth, at % 4) {
        (5, 0 | 2) => &[Step::Write],
        (4, 1) => &[Step::Write, Step::Submit, Step::Withdraw],
        _ => &[Step::Write, Step::Submit],
    }
}

async fn carry_out(year: &Year<'_>, meant: &[Meant<'_>]) -> Result<(), Error> {
    let wording = data::wording()?;
    let mut steps: Vec<(Instant, usize, Step)> = Vec::new();
    for (nth, one) in meant.iter().enumerate() {
        let spread = |by: usize, within: usize| i32::try_from(nth * by % within).unwrap_or_default();
        let begun = at(year.day, FIRST + spread(5, 14), 9)?;
        for (days, step) in (0..).zip(one.way) {
            let minutes = i64::from(spread(37, 480)) + 24 * 60 * days;
            steps.push((begun + SignedDuration::from_mins(minutes), nth, *step));
        }
    }
    steps.sort_unstable();
    let mut made: BTreeMap<usize, Application> = BTreeMap::new();
    for (time, nth, what) in steps {
        let Some(one) = meant.get(nth) else { continue };
        year.app.clock().set(time);
        let done = one.act(year, made.get(&nth), what, &wording).await?;
        made.insert(nth, done);
    }
    Ok(())
}

impl Meant<'_> {
    async fn act(
        &self,
        year: &Year<'_>,
        made: Option<&Application>,
        what: Step,
        wording: &Wording,
    ) -> Result<Application, Error> {
        let who = year.university(&self.bidder.university)?;
        let Some(before) = made else {
            let begun = application::start(year.app, &who, &self.need).await.map_err(step("application"))?;
            let begun = begun.application;
            let mut draft = self.typed(year, begun.draft.clone(), wording)?;
            if self.way == [Step::Write] {
                unfinished(&mut draft);
            }
            let name = begun.name().to_string();
            let saved = application::save(year.app, &who, &name, &draft, begun.version).await;
            return Ok(saved.map_err(step("application"))?.application);
        };
        let name = before.name().to_string();
        let act = if what == Step::Submit { Act::Submit } else { Act::Withdraw };
        if what == Step::Submit {
            seal(year, &self.bidder.university, before).await?;
        }
        let done = application::act(year.app, &who, &name, act, before.version).await;
        Ok(done.map_err(step("application"))?.application)
    }

    /// The application as its university types it.
    fn typed(
        &self,
        year: &Year<'_>,
        begun: ApplicationDraft,
        wording: &Wording,
    ) -> Result<ApplicationDraft, Error> {
        let Self { bidder, told, nth, .. } = self;
        let (first, last) = year.works;
        let lead = bidder.leads.get(nth % bidder.leads.len().max(1));
        let (name, title) = lead.cloned().unwrap_or_default();
        let mut promises = begun.promises.clone();
        for (at, (promise, wanted)) in promises.iter_mut().zip(&told.indicators).enumerate() {
            promise.target = wanted.target.to_string();
            promise.how = wording.how.get((at + nth) % wording.how.len().max(1)).cloned().unwrap_or_default();
        }
        let own = told.budget_yuan / 10;
        let asked = told.budget_yuan - told.own_yuan;
        let mut draft = ApplicationDraft {
            title: titled(year, bidder, told),
            person_name: name,
            person_title: title,
            person_phone: phone(*nth, 9000),
            unsupported: true,
            work_plan: planned(bidder, told, wording),
            risk: told
                .measures
                .first()
                .and_then(|seq| wording.risks.get(&seq.to_string()))
                .cloned()
                .unwrap_or_default(),
            milestones: milestones(told, day(year.day, first)?, day(year.day, last)?)?,
            benefit: told.benefit.clone(),
            asked: asked.to_string(),
            matched: own.to_string(),
            lines: lines(asked, own),
            basis: bidder.basis.clone(),
            promises,
            ..begun
        };
        draft.team = team(bidder, *nth);
        draft.deliverables = deliverables(told, wording, day(year.day, last - 30)?);
        Ok(draft)
    }
}

fn titled(year: &Year<'_>, bidder: &Bidder, told: &Told) -> String {
    let short = year.above.names.get(&bidder.university).map(String::as_str).unwrap_or_default();
    format!("{}（{short}）", told.title)
}

fn planned(bidder: &Bidder, told: &Told, wording: &Wording) -> String {
    let mut plan = format!("本项目由{}承担，回应的需求是：{}\n", bidder.team, told.goals);
    for offered in told.forms.iter().filter_map(|form| wording.forms.get(form)) {
        plan.push_str(&offered.plan);
        plan.push('\n');
    }
    plan
}

/// Who works on it beside the one who answers for it.
fn team(bidder: &Bidder, nth: usize) -> Vec<ColleagueDraft> {
    let others = bidder.leads.iter().cycle().skip(nth + 1).take(bidder.leads.len().saturating_sub(1));
    let tasks = ["方案设计与质量把关", "驻校实施与过程记录"];
    others
        .zip(tasks)
        .map(|((name, title), task)| ColleagueDraft {
            name: name.clone(),
            title: title.clone(),
            task: task.into(),
        })
        .collect()
}

fn deliverables(told: &Told, wording: &Wording, due: Date) -> Vec<DeliverableDraft> {
    let offered = told.forms.iter().filter_map(|form| Some((form, wording.forms.get(form)?)));
    offered
        .map(|(form, it)| DeliverableDraft {
            form: Some(*form),
            other: String::new(),
            count: it.count.to_string(),
            unit: it.unit.clone(),
            due: due.to_string(),
        })
        .collect()
}

fn milestones(told: &Told, first: Date, last: Date) -> Result<Vec<MilestoneDraft>, Error> {
    let step = |due: Date, what: String| MilestoneDraft { due: due.to_string(), what };
    Ok(vec![
        step(day(first, 10)?, format!("与需求单位核定实施方案，确定参与的{}名教师", told.teachers.max(1))),
        step(day(first, 60)?, "完成第一阶段实施并共同复盘".to_owned()),
        step(day(last, -10)?, "汇总数据，提交成果与总结".to_owned()),
    ])
}

/// What is asked for goes to experts, training and materials, what is brought along to labour.
fn lines(asked: u32, own: u32) -> Vec<LineDraft> {
    let line = |category, source, amount: u32, note: &str| LineDraft {
        category: Some(category),
        source: Some(source),
        amount: amount.to_string(),
        note: note.to_owned(),
    };
    let (experts, training) = (asked / 2, asked / 4);
    let mut lines = vec![
        line(Category::Consulting, Source::Programme, experts, "专家到校指导"),
        line(Category::Training, Source::Programme, training, "教师研修与交流"),
        line(Category::Materials, Source::Programme, asked - experts - training, "课程与活动材料"),
    ];
    if own > 0 {
        lines.push(line(Category::Labour, Source::Own, own, "研究生助教劳务"));
    }
    lines
}

/// What is not yet written of a draft.
fn unfinished(draft: &mut ApplicationDraft) {
    draft.risk.clear();
    draft.basis.clear();
    draft.lines.clear();
    draft.milestones.truncate(1);
}

/// Adds the page that was printed, signed and sealed.
pub(crate) async fn seal(year: &Year<'_>, university: &str, written: &Application) -> Result<(), Error> {
    let who = year.university(university)?;
    let code = written.draft.code();
    let mut file = Incoming::begin(year.app).await.map_err(step("sealed page"))?;
    file.take(page(&code).as_bytes()).await.map_err(step("sealed page"))?;
    let file = file.end().await.map_err(step("sealed page"))?;
    let what = (Attach::SealedPage(&code), "盖章页.pdf");
    application::attach(year.app, &who, &written.name().to_string(), what, file)
        .await
        .map_err(step("sealed page"))?;
    Ok(())
}

/// A PDF of one page that shows the code that it was printed with.
fn page(code: &str) -> String {
    let text = format!("BT /F1 18 Tf 90 700 Td (Sealed page {code}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj{object}endobj\n"));
    }
    let start = pdf.len();
    let size = objects.len() + 1;
    pdf.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{places}"));
    pdf.push_str(&format!("trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    pdf
}
