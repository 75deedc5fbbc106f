//! `ronghe policy`.

mod show;

use crate::context::Context;
use crate::exit::Failure;
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::parse;
use clap::Subcommand;
use ronghe_client::ListPolicies;
use ronghe_contract::measure::MatrixView;
use ronghe_contract::policy::PolicyRow;
use ronghe_text::{Lang, policy_state, policy_status};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Read a document offline: text or .docx, `-` for standard input.
    Parse { file: PathBuf },
    /// The documents of the register.
    List {
        /// Words in title, number or issuer.
        #[arg(long, default_value = "")]
        search: String,
        /// upcoming, in_force, expired or superseded.
        #[arg(long, default_value = "")]
        status: String,
        #[command(flatten)]
        narrow: Narrow,
    },
    /// One document whole, and what you can do with it.
    Show {
        /// Its name in addresses, such as jinan-2023-24.
        slug: String,
    },
    /// Measures × offices of a document.
    Matrix {
        /// Its name in addresses.
        slug: String,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "slug", zh: "地址名", en: "Slug" },
    Column { name: "doc_number", zh: "文号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "issue_date", zh: "成文日期", en: "Issued" },
    Column { name: "last_day", zh: "有效至", en: "Until" },
    Column { name: "status", zh: "效力", en: "Validity" },
];

/// Runs a verb that asks the server.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Parse { file } => parse::run(context, &file),
        Verb::List { search, status, narrow } => rows(context, search, status, &narrow).await,
        Verb::Show { slug } => {
            let view = context.client()?.show_policy(&slug).await?;
            context.output.one(&view, || show::lines(context.lang, &view))
        }
        Verb::Matrix { slug } => matrix(context, &context.client()?.show_matrix(&slug).await?),
    }
}

async fn rows(context: &Context, q: String, status: String, narrow: &Narrow) -> Result<(), Failure> {
    let client = context.client()?;
    let mut query = ListPolicies { q, status, ..ListPolicies::default() };
    narrow.fill(
        context.lang,
        &mut [("q", &mut query.q), ("status", &mut query.status), ("state", &mut query.state)],
    )?;
    let found = narrow
        .collect(async |after| client.list_policies(&ListPolicies { after, ..query.clone() }).await)
        .await?;
    list::show(context, COLUMNS, &found, |row| cells(context.lang, row))
}

fn cells(lang: Lang, row: &PolicyRow) -> Vec<String> {
    let status =
        row.status.map_or_else(|| policy_state(lang, row.state), |status| policy_status(lang, status));
    vec![
        row.slug.clone(),
        row.doc_number.clone().unwrap_or_default(),
        row.title.clone(),
        row.issue_date.clone().unwrap_or_default(),
        row.last_day.clone().unwrap_or_default(),
        status.to_owned(),
    ]
}

fn matrix(context: &Context, matrix: &MatrixView) -> Result<(), Failure> {
    let columns = [
        Column { name: "office", zh: "单位", en: "Office" },
        Column { name: "measures", zh: "措施", en: "Measures" },
        Column { name: "first", zh: "首位", en: "First in" },
    ];
    context.output.rows(&columns, &matrix.offices, |row| {
        let list = |first: bool| {
            let cells = row.cells.iter().filter(|cell| !first || (cell.first && cell.through.is_none()));
            cells.map(|cell| cell.seq.to_string()).collect::<Vec<_>>().join(" ")
        };
        let name = context.lang.pick(&row.office.name, &row.office.name_en);
        vec![name.to_owned(), list(false), list(true)]
    })
}
