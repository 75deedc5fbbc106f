//! `ronghe cycle`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::json;
use crate::list;
use crate::output::Column;
use crate::write::{Write, change, offer_line, tried};
use clap::{Subcommand, ValueEnum};
use ronghe_client::Client;
use ronghe_contract::cycle::{ActOnCycle, CycleRow, CycleView, FilingRow, WindowView};
use ronghe_contract::progress::FigureView;
use ronghe_domain::cycle::eligibility::usual_eligibility;
use ronghe_domain::cycle::{Action, CycleDraft, End, Part, PartDraft, Phase, PlanDraft};
use ronghe_domain::kernel::Instant;
use ronghe_text::{
    Lang, about_rehearsals, before_close, bracketed, colon, condition_text, cycle_action, cycle_end,
    cycle_leaves_out, cycle_part, cycle_refusal, eligibility_check, figure, instant, phase, whose, yuan,
};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// The cycles, newest year first.
    List,
    /// One cycle whole, and what you can do with it.
    Show {
        /// Its year.
        year: String,
    },
    /// How far units have come with their needs.
    Filing {
        /// Its year.
        year: String,
    },
    /// Listed needs that no university is likely to answer, while universities can still apply.
    Unanswered {
        /// Its year.
        year: String,
    },
    /// What a cycle has come to phase by phase, and on whom it waits.
    Progress {
        /// Its year.
        year: String,
    },
    /// Remind units that have not filed; none twice a day.
    Remind {
        /// Its year.
        year: String,
        /// Slugs of units; all that have not filed where absent.
        units: Vec<String>,
        #[command(flatten)]
        write: Write,
    },
    /// What happened to a cycle.
    Events {
        /// Its year.
        year: String,
    },
    /// A cycle as JSON, to be filled in, with the usual conditions of who may take part.
    ///
    /// A condition has a `text`, a `text_en` where wanted, and a `check`: `lands`, `serves_schools`,
    /// `unsupported` or `own_funds`. One without a check, or of plain text, is checked by hand.
    Template,
    /// Make a cycle, in preparation.
    Create {
        /// The cycle as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Change a cycle in preparation; `cycle show -o json` gives its draft.
    Edit {
        /// Its year.
        year: String,
        /// The cycle as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Open a cycle: needs are collected.
    Open {
        /// Its year.
        year: String,
        #[command(flatten)]
        write: Write,
    },
    /// Go on to the next phase.
    Advance {
        /// Its year.
        year: String,
        #[command(flatten)]
        write: Write,
    },
    /// Set an end later.
    Extend {
        /// Its year.
        year: String,
        /// Which end.
        #[arg(long, value_enum)]
        end: Which,
        /// Last minute that counts, such as "2026-03-25 17:00"; of the office's own phases the last day.
        #[arg(long)]
        until: String,
        /// Why: everyone whom it concerns sees it.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// One part as JSON, to be changed and given to `revise`.
    Part {
        /// Its year.
        year: String,
        /// Which part.
        #[arg(value_enum)]
        part: WhichPart,
    },
    /// Change a part: plan, budget, selection, rubric, frame, approval or affinity.
    Revise {
        /// Its year.
        year: String,
        /// The part as `part` prints it; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        /// Why: everyone whom it concerns sees it. May be left out while the cycle is prepared.
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// The year after as JSON, to be looked through and given to `create`.
    Following {
        /// The year that it follows.
        year: String,
    },
    /// Go back to the phase before.
    Back {
        /// Its year.
        year: String,
        /// Why: everyone whom it concerns sees it.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Make a rehearsal of a cycle: apart from it, with a clock of its own.
    Rehearse {
        /// Its year.
        year: String,
        #[command(flatten)]
        write: Write,
    },
    /// Set the clock of a rehearsal.
    SetClock {
        /// Its name, such as 2026R1.
        year: String,
        /// What it shall show, such as "2026-04-12 09:00".
        clock: String,
        #[command(flatten)]
        write: Write,
    },
    /// End a rehearsal, in whatever phase it stands.
    Finish {
        /// Its name, such as 2026R1.
        year: String,
        #[command(flatten)]
        write: Write,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum WhichPart {
    Plan,
    Budget,
    Selection,
    Rubric,
    Frame,
    Approval,
    Affinity,
}

impl From<WhichPart> for Part {
    fn from(which: WhichPart) -> Self {
        match which {
            WhichPart::Plan => Self::Plan,
            WhichPart::Budget => Self::Budget,
            WhichPart::Selection => Self::Selection,
            WhichPart::Rubric => Self::Rubric,
            WhichPart::Frame => Self::Frame,
            WhichPart::Approval => Self::Approval,
            WhichPart::Affinity => Self::Affinity,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Which {
    Units,
    Districts,
    Screening,
    Applications,
    Reviewing,
    Selecting,
    Notice,
    Implementing,
    Evaluating,
    Subsidising,
}

impl From<Which> for End {
    fn from(which: Which) -> Self {
        match which {
            Which::Units => Self::Units,
            Which::Districts => Self::Districts,
            Which::Screening => Self::Screening,
            Which::Applications => Self::Applications,
            Which::Reviewing => Self::Reviewing,
            Which::Selecting => Self::Selecting,
            Which::Notice => Self::Notice,
            Which::Implementing => Self::Implementing,
            Which::Evaluating => Self::Evaluating,
            Which::Subsidising => Self::Subsidising,
        }
    }
}

const COLUMNS: &[Column] = &[
    Column { name: "year", zh: "年度", en: "Year" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "phase", zh: "阶段", en: "Phase" },
    Column { name: "units_end", zh: "学校截止", en: "Schools' end" },
    Column { name: "districts_end", zh: "区县截止", en: "Districts' end" },
    Column { name: "budget", zh: "经费预算", en: "Budget" },
];

const FILING: &[Column] = &[
    Column { name: "org", zh: "单位", en: "Unit" },
    Column { name: "submitted", zh: "待审核", en: "To check" },
    Column { name: "returned", zh: "已退回", en: "Returned" },
    Column { name: "forwarded", zh: "已报送", en: "Forwarded" },
    Column { name: "left_out", zh: "未报送", en: "Not forwarded" },
    Column { name: "done", zh: "已报", en: "Filed" },
];

const PROGRESS: &[Column] = &[
    Column { name: "phase", zh: "阶段", en: "Phase" },
    Column { name: "figure", zh: "事项", en: "Figure" },
    Column { name: "count", zh: "数量", en: "Count" },
    Column { name: "whose", zh: "等谁", en: "Waits for" },
    Column { name: "late", zh: "逾期", en: "Late" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    match verb {
        Verb::List => {
            let page = context.client()?.list_cycles().await?;
            list::show(context, COLUMNS, &page, |row| cells(lang, row))
        }
        Verb::Show { year } => {
            let view = context.client()?.show_cycle(&year).await?;
            context.output.one(&view, || lines(lang, &view))
        }
        Verb::Filing { year } => {
            let page = context.client()?.show_filing(&year).await?;
            list::show(context, FILING, &page, |row| filed(lang, row))
        }
        Verb::Unanswered { year } => crate::suggestion::unanswered(context, &year).await,
        Verb::Progress { year } => {
            let page = context.client()?.show_progress(&year).await?;
            list::show(context, PROGRESS, &page, |row| reached(lang, row))
        }
        Verb::Remind { year, units, write } => {
            crate::need::district::remind(context, &year, units, &write).await
        }
        Verb::Events { year } => {
            crate::audit::show(context, &context.client()?.list_cycle_events(&year).await?)
        }
        Verb::Template => crate::output::print(&crate::output::pretty(&template())?),
        Verb::Create { file, write } => create(context, &file, &write).await,
        Verb::Edit { year, file, write } => edit(context, &year, &file, &write).await,
        Verb::Open { year, write } => act(context, &year, &write, ActOnCycle::Open).await,
        Verb::Advance { year, write } => act(context, &year, &write, ActOnCycle::Advance).await,
        Verb::Extend { year, end, until, reason, write } => {
            act(context, &year, &write, ActOnCycle::Extend { end: end.into(), until, reason }).await
        }
        Verb::Part { year, part } => {
            let (view, part) = (context.client()?.show_cycle(&year).await?, Part::from(part));
            let found = view.parts.iter().find(|it| it.part == part).map(|it| &it.draft);
            crate::output::print(&crate::output::pretty(&found)?)
        }
        Verb::Revise { year, file, reason, write } => {
            let part: PartDraft = json(context, &file)?;
            act(context, &year, &write, ActOnCycle::Revise { part, reason }).await
        }
        Verb::Following { year } => {
            let draft = context.client()?.draft_following_cycle(&year).await?;
            crate::output::print(&crate::output::pretty(&draft)?)
        }
        Verb::Back { year, reason, write } => act(context, &year, &write, ActOnCycle::Back { reason }).await,
        Verb::Rehearse { year, write } => rehearse(context, &year, &write).await,
        Verb::SetClock { year, clock, write } => {
            act(context, &year, &write, ActOnCycle::SetClock { clock }).await
        }
        Verb::Finish { year, write } => act(context, &year, &write, ActOnCycle::Finish).await,
    }
}

fn template() -> CycleDraft {
    let plan =
        Phase::PLANNED.into_iter().map(|phase| PlanDraft { phase, from: String::new(), to: String::new() });
    CycleDraft { plan: plan.collect(), eligibility: usual_eligibility(), ..CycleDraft::default() }
}

fn filed(lang: Lang, row: &FilingRow) -> Vec<String> {
    let name = lang.pick(&row.org.name, &row.org.name_en).to_owned();
    let numbers = [row.submitted, row.returned, row.forwarded, row.left_out];
    let done = match (row.done, row.zero) {
        (_, true) => lang.pick("零报告", "nothing to file"),
        (true, false) => lang.pick("已报", "filed"),
        (false, false) => lang.pick("未报", "not filed"),
    };
    let numbers = numbers.map(|number| number.to_string());
    std::iter::once(name).chain(numbers).chain([done.to_owned()]).collect()
}

fn reached(lang: Lang, row: &FigureView) -> Vec<String> {
    let waits = row.whose.map(|it| whose(lang, it)).unwrap_or_default();
    let late = if row.late { lang.pick("已逾期", "overdue") } else { "" };
    let cells = [phase(lang, row.phase), figure(lang, row.figure), &row.count.to_string(), waits, late];
    cells.map(str::to_owned).to_vec()
}

fn cells(lang: Lang, row: &CycleRow) -> Vec<String> {
    vec![
        row.year.clone(),
        row.title.clone(),
        phase(lang, row.phase).to_owned(),
        instant(lang, before_close(row.collecting.units_end)),
        instant(lang, before_close(row.collecting.districts_end)),
        row.budget.to_string(),
    ]
}

fn lines(lang: Lang, view: &CycleView) -> Vec<String> {
    let ends = view.row.collecting;
    let mut lines = vec![
        format!("{}  {}  {}", view.row.year, view.row.title, phase(lang, view.row.phase)),
        format!("{}  {}", lang.pick("经费预算", "Budget"), yuan(lang, view.row.budget)),
        format!("{}  {}", lang.pick("征集开始", "Opens"), instant(lang, ends.opens)),
        format!("{}  {}", cycle_end(lang, End::Units), instant(lang, before_close(ends.units_end))),
        format!("{}  {}", cycle_end(lang, End::Districts), instant(lang, before_close(ends.districts_end))),
    ];
    if let Some(shows) = view.clock {
        lines.push(about_rehearsals(lang).to_owned());
        lines.push(format!("{}  {}", lang.pick("演练时钟", "Its clock"), instant(lang, shows)));
    }
    lines
        .extend(view.policy.iter().map(|(_, name)| format!("{}  {name}", lang.pick("依据的政策", "Policy"))));
    let planned = view.windows.iter().filter(|it| it.phase != Phase::CollectingNeeds && !it.from.is_empty());
    lines.extend(planned.map(|it| format!("{}  {} ~ {}", phase(lang, it.phase), it.from, it.to)));
    let real = |it: &&WindowView| it.began.is_some();
    lines.extend(view.windows.iter().filter(real).map(|it| {
        let at = |at: Option<Instant>| at.map(|at| instant(lang, at)).unwrap_or_default();
        let words = bracketed(lang, lang.pick("实际", "in fact"));
        format!("{}{words}  {} ~ {}", phase(lang, it.phase), at(it.began), at(it.ended))
    }));
    lines.extend(view.eligibility.iter().map(|it| {
        let check = bracketed(lang, eligibility_check(lang, it.check));
        format!("{}  {}{check}", lang.pick("参加条件", "Who may take part"), condition_text(lang, it))
    }));
    let said = |words: String, reason: &str| [words.as_str(), colon(lang), reason].concat();
    if view.late {
        lines.push(lang.pick("已过计划的截止时间", "Its planned end has passed").to_owned());
    }
    lines.extend(view.extensions.iter().map(|it| {
        let until = instant(lang, before_close(it.until));
        said(format!("{}  {} → {until}", lang.pick("延期", "Extended"), cycle_end(lang, it.end)), &it.reason)
    }));
    lines.extend(view.revisions.iter().map(|it| {
        let (part, at) = (cycle_part(lang, it.part), instant(lang, it.at));
        said(format!("{}  {at} {part} v{}", lang.pick("修改", "Changed"), it.version + 1), &it.reason)
    }));
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.map(|it| cycle_refusal(lang, it));
        offer_line(lang, &cycle_action(lang, offer.action, view.row.phase), barred)
    }));
    lines
}

async fn create(context: &Context, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: CycleDraft = json(context, file)?;
    if write.dry_run {
        done(
            context,
            lang.pick("可以读取；内容由服务器核对", "it can be read; the server checks what it says"),
        );
        return Ok(());
    }
    let question = lang.pick("新建这个周期？", "Make this cycle?");
    write.confirm.ask(context, &format!("{} {question}", draft.title))?;
    let view = change(&context.client()?, async |client| client.create_cycle(&draft).await).await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, &format!("{} {}", lang.pick("已新建", "made"), view.row.year));
    Ok(())
}

async fn edit(context: &Context, year: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: CycleDraft = json(context, file)?;
    let client = context.client()?;
    let view = client.show_cycle(year).await?;
    if write.dry_run {
        return try_out(context, &view, Action::Change);
    }
    write.confirm.ask(
        context,
        &format!("{year}{}{}", colon(lang), lang.pick("覆盖现有内容？", "replace what it says?")),
    )?;
    let view = client.change_cycle(year, &view.version, &draft).await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, &format!("{year}{}{}", colon(lang), cycle_action(lang, Action::Change, view.row.phase)));
    Ok(())
}

async fn rehearse(context: &Context, year: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_cycle(year).await?;
    if write.dry_run {
        return try_out(context, &view, Action::Rehearse);
    }
    let words = cycle_action(lang, Action::Rehearse, view.row.phase);
    write.confirm.ask_about(context, year, &words)?;
    let view = change(&client, async |client| client.rehearse_cycle(year).await).await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, &format!("{} {}", lang.pick("已新建", "made"), view.row.year));
    Ok(())
}

async fn act(context: &Context, year: &str, write: &Write, action: ActOnCycle) -> Result<(), Failure> {
    let kind = match &action {
        ActOnCycle::Open => Action::Open,
        ActOnCycle::Advance => Action::Advance,
        ActOnCycle::Extend { .. } => Action::Extend,
        ActOnCycle::Back { .. } => Action::Back,
        ActOnCycle::Revise { part, .. } => part.part().action(),
        ActOnCycle::SetClock { .. } => Action::SetClock,
        ActOnCycle::Finish => Action::Finish,
    };
    let client = context.client()?;
    let view = client.show_cycle(year).await?;
    let can = view.offers.iter().any(|offer| offer.action == kind && offer.barred.is_none());
    let leaves = match kind {
        Action::Advance if can && view.row.phase == Phase::CollectingNeeds => {
            Some(leaves_out(context, &client, year).await?)
        }
        _ => None,
    };
    if write.dry_run {
        try_out(context, &view, kind)?;
        leaves.iter().for_each(|leaves| done(context, leaves));
        return Ok(());
    }
    let words = cycle_action(context.lang, kind, view.row.phase);
    let leaves =
        leaves.map(|leaves| format!("{}{leaves}", context.lang.pick("，", "; "))).unwrap_or_default();
    write.confirm.ask_about(context, year, &format!("{words}{leaves}"))?;
    let version = view.version;
    let view = change(&client, async |client| client.act_on_cycle(year, &version, &action).await).await?;
    context.output.one(&view, || lines(context.lang, &view))?;
    done(context, &format!("{year}{}{words}", colon(context.lang)));
    Ok(())
}

/// How many needs the phase would go on without, in words.
async fn leaves_out(context: &Context, client: &Client, year: &str) -> Result<String, Failure> {
    let filing = client.show_filing(year).await?;
    Ok(cycle_leaves_out(context.lang, filing.items.iter().map(|row| row.left_out).sum()))
}

fn try_out(context: &Context, view: &CycleView, action: Action) -> Result<(), Failure> {
    let words = cycle_action(context.lang, action, view.row.phase);
    tried(context, &view.offers, &action, &view.row.year, &words, |refusal| {
        cycle_refusal(context.lang, *refusal)
    })
}
