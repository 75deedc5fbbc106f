//! `ronghe measure`.

use crate::context::Context;
use crate::exit::Failure;
use crate::list::{self, Narrow};
use crate::output::Column;
use clap::Subcommand;
use ronghe_client::ListMeasures;
use ronghe_contract::measure::MeasureView;
use ronghe_text::{Lang, comma, form, unit_role};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// The measures of a document.
    List {
        /// The document's name in addresses; the one in force where absent.
        #[arg(long, default_value = "")]
        policy: String,
        /// Name in addresses of an office that is responsible.
        #[arg(long, default_value = "")]
        office: String,
        /// Words in title or text.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
    },
    /// One measure whole.
    Show {
        /// Its running number.
        seq: u32,
        /// The document's name in addresses; the one in force where absent.
        #[arg(long)]
        policy: Option<String>,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "seq", zh: "序号", en: "No." },
    Column { name: "title", zh: "措施", en: "Measure" },
    Column { name: "units", zh: "责任单位", en: "Units" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::List { policy, office, search, narrow } => {
            let client = context.client()?;
            let mut query = ListMeasures { policy, office, q: search, ..ListMeasures::default() };
            narrow.fill(
                context.lang,
                &mut [("policy", &mut query.policy), ("office", &mut query.office), ("q", &mut query.q)],
            )?;
            let rows = narrow
                .collect(async |after| client.list_measures(&ListMeasures { after, ..query.clone() }).await)
                .await?;
            list::show(context, COLUMNS, &rows, |row| {
                vec![row.seq.to_string(), row.title.clone(), row.units.join(comma(context.lang))]
            })
        }
        Verb::Show { seq, policy } => {
            let policy = match policy {
                Some(policy) => policy,
                None => current(context).await?,
            };
            let view = context.client()?.show_measure(&policy, seq).await?;
            context.output.one(&view, || lines(context.lang, &view))
        }
    }
}

/// The document in force, or the newest.
async fn current(context: &Context) -> Result<String, Failure> {
    let page = context.client()?.list_measures(&ListMeasures::default()).await?;
    page.items.into_iter().next().map(|row| row.policy).ok_or_else(|| {
        Failure::input(context.lang.pick("登记册里还没有文件", "the register holds no document yet"))
    })
}

fn lines(lang: Lang, view: &MeasureView) -> Vec<String> {
    let mut lines = vec![format!("{}. {}", view.seq, view.title), view.section.clone(), view.text.clone()];
    for unit in &view.units {
        let members = unit.group.as_ref().map(|group| match lang {
            Lang::Zh => format!("（{} 个）", group.members.len()),
            Lang::En => format!(" ({} members)", group.members.len()),
        });
        lines.push(format!("{}  {}{}", unit_role(lang, unit.role), unit.name, members.unwrap_or_default()));
    }
    let forms: Vec<&str> = view.forms.iter().map(|kind| form(lang, *kind)).collect();
    if !forms.is_empty() {
        lines.push(format!("{}  {}", lang.pick("合作形式", "Forms"), forms.join(comma(lang))));
    }
    lines
}
