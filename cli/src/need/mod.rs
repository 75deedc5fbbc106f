//! `ronghe need`.

mod act;
mod alike;
pub(crate) mod district;
pub(crate) mod files;
mod opinion;
mod screen;
mod show;
mod table;

use crate::context::Context;
use crate::exit::Failure;
use crate::list::{self, Filters, Narrow};
use crate::output::Column;
use crate::view::Through;
use crate::write::Write;
use clap::Subcommand;
use ronghe_client::ListNeeds;
use ronghe_contract::need::{ActOnNeed, JudgeNeed};
use ronghe_domain::need::{NeedDraft, OpinionDraft};
use ronghe_domain::view::List;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Needs that you may see, last changed first.
    List {
        /// Words in title, number or text.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
        #[command(flatten)]
        through: Through,
    },
    /// One need whole, and what you can do with it.
    Show {
        /// Its number, such as N2026-0137, or its draft's name.
        need: String,
    },
    /// What happened to a need.
    Events {
        /// Its number.
        need: String,
    },
    /// Other needs of its cycle that say much the same, the likest first.
    Alike {
        /// Its number.
        need: String,
    },
    /// Listed needs that your university may answer, the best first, and why.
    Suggest,
    /// Universities that may answer a listed need, the best first, and why.
    Universities {
        /// Its number.
        need: String,
    },
    /// An empty need as JSON, to be filled in; with a file an empty .xlsx table for needs.
    Template {
        /// Where the table is written.
        file: Option<PathBuf>,
        /// Year of the cycle; the one that is open where absent.
        #[arg(long, default_value = "", requires = "file")]
        year: String,
    },
    /// Make the needs of an .xlsx table, all or none: drafts, which may have gaps.
    Import {
        /// The table, filled in; `-` for standard input.
        file: PathBuf,
        /// Year of the cycle; the one that is open where absent.
        #[arg(long, default_value = "")]
        year: String,
        /// Submit them at once.
        #[arg(long)]
        submit: bool,
        #[command(flatten)]
        write: Write,
    },
    /// Save the needs that you may see, all of them, as .xlsx or .csv.
    Export {
        /// Where they are written: its name ends in .xlsx or .csv.
        file: PathBuf,
        /// Words in title, number or text.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        filters: Filters,
        /// Of more than 5,000 rows: wait until the server has made the file.
        #[arg(long)]
        wait: bool,
    },
    /// Begin a need.
    Create {
        /// The need as JSON; `-` for standard input; empty where absent.
        #[arg(long)]
        file: Option<PathBuf>,
        /// Year of the cycle; the one that is open where absent.
        #[arg(long, default_value = "")]
        year: String,
        #[command(flatten)]
        write: Write,
    },
    /// Put other content in place of what is written; `need show -o json` gives the draft.
    Edit {
        /// Its number, or its draft's name.
        need: String,
        /// The need as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Submit a need.
    Submit {
        /// Its number, or its draft's name.
        need: String,
        #[command(flatten)]
        write: Write,
    },
    /// Forward needs to the liaison office: all of them, or none.
    Forward {
        /// Numbers.
        #[arg(required = true)]
        needs: Vec<String>,
        /// Leave out what cannot be forwarded.
        #[arg(long)]
        skip_refused: bool,
        #[command(flatten)]
        write: Write,
    },
    /// Put your district's needs in order, the most urgent first; shows the order where none is given.
    Rank {
        /// Its year.
        year: String,
        /// Numbers, the first one first; those left out come behind.
        order: Vec<String>,
        #[command(flatten)]
        write: Write,
    },
    /// Return a need to its unit.
    Return {
        /// Its number.
        need: String,
        /// A field to correct and why: goals="…"; can be given several times.
        #[arg(long, value_name = "FIELD=REMARK", value_parser = act::correction)]
        correct: Vec<ronghe_domain::need::Correction>,
        /// A remark on the whole.
        #[arg(long, default_value = "")]
        remark: String,
        /// Last minute in which it may be submitted again; the latest possible where absent.
        #[arg(long, default_value = "")]
        until: String,
        #[command(flatten)]
        write: Write,
    },
    /// Needs in screening with what is meant to become of them.
    Screening {
        #[command(flatten)]
        queue: screen::Queue,
    },
    /// Mean needs to stand on the need list.
    Enlist {
        #[command(flatten)]
        which: screen::Which,
        /// A remark for their units.
        #[arg(long, default_value = "")]
        remark: String,
    },
    /// Mean needs not to stand on the need list.
    Decline {
        #[command(flatten)]
        which: screen::Which,
        /// Why: outside_measures, pure_research, not_in_jinan, too_vague, already_served, budget_unsound, other.
        #[arg(long, value_parser = screen::why)]
        why: ronghe_domain::need::Why,
        /// A remark for their units; it says the reason where that is another one.
        #[arg(long, default_value = "")]
        remark: String,
    },
    /// Merge needs into another one.
    Merge {
        #[command(flatten)]
        which: screen::Which,
        /// Number of the need that takes them up.
        #[arg(long)]
        into: String,
        /// A remark for their units.
        #[arg(long, default_value = "")]
        remark: String,
    },
    /// Take verdicts back, until the need list is published.
    Reopen {
        #[command(flatten)]
        which: screen::Which,
    },
    /// Opinions on needs in screening: an office sees its own, the liaison office all.
    Opinions {
        /// `open`, `given` or `overdue`; all where absent.
        #[arg(long, default_value = "")]
        show: String,
    },
    /// Ask the responsible offices of needs for their opinions.
    Ask {
        #[command(flatten)]
        which: screen::Which,
        /// Last minute for them; the end of screening where absent.
        #[arg(long, default_value = "")]
        due: String,
    },
    /// Give the opinion of your office on a need, or change it.
    Opine {
        /// Its number.
        need: String,
        /// What it is: support, revise, oppose.
        #[arg(long, value_parser = opinion::parsed)]
        stance: ronghe_domain::need::Stance,
        /// Why; needed unless your office supports it.
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Remind offices whose opinions have not come; --dry-run shows which they are.
    Remind {
        /// An office by its slug, several times for several; all whose opinions have not come where absent.
        #[arg(long = "office", value_name = "SLUG")]
        offices: Vec<String>,
        #[command(flatten)]
        write: Write,
    },
    /// Carry a need that no university took up into the cycle that collects needs.
    Carry {
        /// Its number.
        need: String,
        #[command(flatten)]
        write: Write,
    },
    /// Show the contact's telephone whole; the reason is kept.
    Reveal {
        /// Its number.
        need: String,
        /// Why you need it: it stands in the need's time line.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Add a file to a need that is being written.
    Attach {
        /// Its number, or its draft's name.
        need: String,
        /// PDF, DOCX, XLSX, OFD or a picture, at most 50 MiB.
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Take a file away from a need that is being written.
    Detach {
        /// Its number, or its draft's name.
        need: String,
        /// The file's identifier, from `need show -o json`.
        id: String,
        #[command(flatten)]
        write: Write,
    },
    /// Save a file of a need.
    Download {
        /// Its number, or its draft's name.
        need: String,
        /// The file's identifier, from `need show -o json`.
        id: String,
        /// Where it is written.
        to: PathBuf,
    },
    /// Withdraw a need for good.
    Withdraw {
        /// Its number, or its draft's name.
        need: String,
        #[command(flatten)]
        write: Write,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "unit", zh: "单位", en: "Unit" },
    Column { name: "measures", zh: "措施", en: "Measures" },
    Column { name: "turn", zh: "等谁", en: "Waits for" },
    Column { name: "deadline", zh: "期限", en: "Deadline" },
    Column { name: "budget", zh: "经费", en: "Budget" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::List { search, narrow, through } => rows(context, search, &narrow, &through).await,
        Verb::Show { need } => {
            let view = context.client()?.show_need(&need).await?;
            context.output.one(&view, || show::lines(context.lang, &view))
        }
        Verb::Events { need } => {
            crate::audit::show(context, &context.client()?.list_need_events(&need).await?)
        }
        Verb::Alike { need } => alike::show(context, &need).await,
        Verb::Suggest => crate::suggestion::needs(context).await,
        Verb::Universities { need } => crate::suggestion::universities(context, &need).await,
        Verb::Template { file: Some(file), year } => table::template(context, &file, &year).await,
        Verb::Import { file, year, submit, write } => {
            table::import(context, &file, (year, submit), &write).await
        }
        Verb::Export { file, search, filters, wait } => {
            table::export(context, &file, (search, &filters), wait).await
        }
        Verb::Template { file: None, .. } => {
            crate::output::print(&crate::output::pretty(&NeedDraft::default())?)
        }
        Verb::Create { file, year, write } => act::create(context, file.as_deref(), year, &write).await,
        Verb::Edit { need, file, write } => act::edit(context, &need, &file, &write).await,
        Verb::Submit { need, write } => act::act(context, &need, &write, ActOnNeed::Submit).await,
        Verb::Forward { needs, skip_refused, write } => {
            act::forward(context, needs, skip_refused, &write).await
        }
        Verb::Rank { year, order, write } => district::rank(context, &year, order, &write).await,
        Verb::Return { need, correct, remark, until, write } => {
            let action = ActOnNeed::Return { corrections: correct, remark, until };
            act::act(context, &need, &write, action).await
        }
        Verb::Screening { queue } => screen::queue(context, queue).await,
        Verb::Enlist { which, remark } => screen::judge(context, which, JudgeNeed::Enlist { remark }).await,
        Verb::Decline { which, why, remark } => {
            screen::judge(context, which, JudgeNeed::Decline { why: Some(why), remark }).await
        }
        Verb::Merge { which, into, remark } => {
            screen::judge(context, which, JudgeNeed::Merge { into, remark }).await
        }
        Verb::Reopen { which } => screen::judge(context, which, JudgeNeed::Reopen).await,
        Verb::Opinions { show } => opinion::list(context, show).await,
        Verb::Ask { which, due } => opinion::ask(context, which, due).await,
        Verb::Opine { need, stance, reason, write } => {
            let draft = OpinionDraft { stance: Some(stance), reason };
            opinion::opine(context, &need, draft, &write).await
        }
        Verb::Remind { offices, write } => opinion::remind(context, offices, &write).await,
        Verb::Carry { need, write } => act::carry(context, &need, &write).await,
        Verb::Reveal { need, reason, write } => act::reveal(context, &need, reason, &write).await,
        Verb::Attach { need, file, write } => files::attach(context, &need, &file, &write).await,
        Verb::Detach { need, id, write } => files::detach(context, &need, &id, &write).await,
        Verb::Download { need, id, to } => files::download(context, &need, &id, &to).await,
        Verb::Withdraw { need, write } => act::act(context, &need, &write, ActOnNeed::Withdraw).await,
    }
}

async fn rows(context: &Context, q: String, narrow: &Narrow, through: &Through) -> Result<(), Failure> {
    let client = context.client()?;
    let mut query = ListNeeds::default();
    let filters = through.filters(context.lang, &client, List::Needs, narrow.filters()).await?;
    fill(context, &filters, &mut query)?;
    if !q.is_empty() {
        query.q = q;
    }
    let found =
        narrow.collect(async |after| client.list_needs(&ListNeeds { after, ..query.clone() }).await).await?;
    list::show(context, COLUMNS, &found, |row| show::cells(context.lang, row))
}

/// Puts filters into what a list is narrowed to.
fn fill(context: &Context, filters: &Filters, query: &mut ListNeeds) -> Result<(), Failure> {
    filters.fill(
        context.lang,
        &mut [
            ("q", &mut query.q),
            ("year", &mut query.year),
            ("state", &mut query.state),
            ("unit", &mut query.unit),
            ("district", &mut query.district),
            ("measure", &mut query.measure),
            ("sort", &mut query.sort),
        ],
    )
}
