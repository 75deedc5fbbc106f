//! `ronghe summary`, and the order in which a bureau puts its needs.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::Column;
use crate::write::{Write, change};
use clap::Subcommand;
use ronghe_contract::Page;
use ronghe_contract::need::{RemindUnits, SummaryView};
use ronghe_domain::need::RankingDraft;
use ronghe_text::{Lang, instant, summary_name, summary_state, yuan};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Summaries of a cycle, newest first: a bureau sees its own, the liaison office what has gone up.
    List {
        /// Its year.
        year: String,
    },
    /// One summary whole, with its version code.
    Show {
        /// What it is called, such as 2026-lixia-v3.
        summary: String,
    },
    /// Report that your district has no need.
    Zero {
        /// Its year.
        year: String,
        #[command(flatten)]
        write: Write,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "name", zh: "名称", en: "Name" },
    Column { name: "district", zh: "区县", en: "District" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "needs", zh: "条数", en: "Needs" },
    Column { name: "total", zh: "经费合计", en: "Total" },
    Column { name: "code", zh: "版本码", en: "Code" },
    Column { name: "issued", zh: "报送时间", en: "Handed up" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    match verb {
        Verb::List { year } => {
            let page: Page<SummaryView> = context.client()?.list_summaries(&year).await?;
            crate::list::show(context, COLUMNS, &page, |row| {
                vec![
                    row.name.clone(),
                    lang.pick(&row.district.name, &row.district.name_en).to_owned(),
                    summary_state(lang, row.state).to_owned(),
                    row.lines.len().to_string(),
                    yuan(lang, row.total),
                    row.code.clone(),
                    row.issued_at.map(|at| instant(lang, at)).unwrap_or_default(),
                ]
            })
        }
        Verb::Show { summary } => {
            let view = context.client()?.show_summary(&summary).await?;
            context.output.one(&view, || lines(lang, &view))
        }
        Verb::Zero { year, write } => zero(context, &year, &write).await,
    }
}

fn lines(lang: Lang, view: &SummaryView) -> Vec<String> {
    let title = summary_name(lang, &view.year, view.seq, view.zero);
    let district = lang.pick(&view.district.name, &view.district.name_en);
    let mut lines = vec![format!("{district}  {title}  {}", summary_state(lang, view.state))];
    lines.push(format!("{} {}", lang.pick("版本码", "code"), view.code));
    lines.extend(view.lines.iter().zip(1..).map(|(line, at)| {
        let unit = lang.pick(&line.unit.name, &line.unit.name_en);
        format!("{at}  {}  {}  {unit}  {}", line.number, line.title, yuan(lang, line.budget))
    }));
    lines
}

async fn zero(context: &Context, year: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    if write.dry_run {
        done(context, lang.pick("报送时核对", "it is checked when it is reported"));
        return Ok(());
    }
    write
        .confirm
        .ask(context, lang.pick("零报告：本区县没有需求？", "Report that your district has no need?"))?;
    let view = change(&context.client()?, async |client| client.report_zero(year).await).await?;
    context.output.one(&view, || lines(lang, &view))
}

/// Shows the order of the caller's district, or sets it.
pub(super) async fn rank(
    context: &Context,
    year: &str,
    order: Vec<String>,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let before = client.show_ranking(year).await?;
    let view = if order.is_empty() || write.dry_run {
        before
    } else {
        write.confirm.ask(context, lang.pick("按此排序？", "Set this order?"))?;
        let draft = RankingDraft { order };
        client.rank_needs(year, &before.version, &draft).await?
    };
    context.output.one(&view, || {
        let place = |rank: Option<u32>| rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string());
        view.items.iter().map(|row| format!("{}  {}  {}", place(row.rank), row.name, row.title)).collect()
    })
}

/// Reminds units that have not filed.
pub(crate) async fn remind(
    context: &Context,
    year: &str,
    units: Vec<String>,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let rows = client.show_filing(year).await?.items;
    let wanted = |slug: &String| units.is_empty() || units.contains(slug);
    let open = rows.iter().filter(|row| row.can_remind && wanted(&row.org.slug)).count();
    if write.dry_run {
        let words = match lang {
            Lang::Zh => format!("可催报 {open} 个单位"),
            Lang::En => format!("{open} could be reminded"),
        };
        done(context, &words);
        return Ok(());
    }
    write.confirm.ask(context, &format!("{} {open}", lang.pick("催报", "Remind")))?;
    let body = RemindUnits { units };
    let view = change(&client, async |client| client.remind_units(year, &body).await).await?;
    context.output.one(&view, || {
        view.units.iter().map(|org| format!("{}  {}", org.slug, lang.pick(&org.name, &org.name_en))).collect()
    })
}
