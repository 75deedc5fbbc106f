//! `ronghe policy`.

mod act;
pub(crate) mod parse;
mod show;

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::{bytes, json};
use crate::list::{self, Narrow};
use crate::output::Column;

use crate::write::{Write, change};
use act::{Decision, act};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Subcommand;
use ronghe_client::ListPolicies;
use ronghe_contract::measure::MatrixView;
use ronghe_contract::policy::{ActOnPolicy, DecisionInput, ImportPolicy, PolicyRow};
use ronghe_domain::policy::PolicyDraft;
use ronghe_text::{Lang, colon, policy_state, policy_status};
use std::path::{Path, PathBuf};

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
    /// What happened to a document.
    Events {
        /// Its name in addresses.
        slug: String,
    },
    /// Import a document into the register, to be checked.
    Import {
        /// Text or .docx; `-` for standard input.
        file: PathBuf,
        /// Name in addresses; made from the document number where absent.
        #[arg(long)]
        slug: Option<String>,
        #[command(flatten)]
        write: Write,
    },
    /// What has to be checked before an imported document can be published.
    Check {
        /// Its name in addresses.
        slug: String,
    },
    /// Put a corrected draft in place of what was read; `policy check -o json` gives the draft.
    Correct {
        /// Its name in addresses.
        slug: String,
        /// The draft as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Publish a checked document.
    Publish {
        /// Its name in addresses.
        slug: String,
        #[command(flatten)]
        write: Write,
    },
    /// Give up an imported document.
    Discard {
        /// Its name in addresses.
        slug: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record a decision to keep a document in force.
    Renew {
        /// Its name in addresses.
        slug: String,
        #[command(flatten)]
        decision: Decision,
        /// First day of the new term, such as 2026-01-26.
        #[arg(long)]
        from: String,
        /// Last day of the new term; without end where absent.
        #[arg(long, default_value = "")]
        last_day: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record a decision that ends a document.
    Supersede {
        /// Its name in addresses.
        slug: String,
        #[command(flatten)]
        decision: Decision,
        /// First day on which it no longer holds.
        #[arg(long)]
        from: String,
        /// Name in addresses of the document that takes its place.
        #[arg(long, default_value = "")]
        successor: String,
        #[command(flatten)]
        write: Write,
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
        Verb::Events { slug } => {
            crate::audit::show(context, &context.client()?.list_policy_events(&slug).await?)
        }
        Verb::Import { file, slug, write } => import(context, &file, slug, &write).await,
        Verb::Check { slug } => check(context, &slug).await,
        Verb::Correct { slug, file, write } => correct(context, &slug, &file, &write).await,
        Verb::Publish { slug, write } => act(context, &slug, &write, ActOnPolicy::Publish).await,
        Verb::Discard { slug, write } => act(context, &slug, &write, ActOnPolicy::Discard).await,
        Verb::Renew { slug, decision, from, last_day, write } => {
            let decision = DecisionInput::from(decision);
            act(context, &slug, &write, ActOnPolicy::Renew { decision, from, last_day }).await
        }
        Verb::Supersede { slug, decision, from, successor, write } => {
            let decision = DecisionInput::from(decision);
            act(context, &slug, &write, ActOnPolicy::Supersede { decision, from, successor }).await
        }
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

async fn import(context: &Context, file: &Path, slug: Option<String>, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    // The same reader as the server's: a trial run shows what it would find.
    if write.dry_run {
        return parse::run(context, file);
    }
    let bytes = bytes(context, file)?;
    parse::text(context, file, &bytes)?;
    let question = lang.pick("导入到登记册？", "Import it into the register?");
    write.confirm.ask(context, &format!("{} {question}", file.display()))?;
    let body = ImportPolicy { slug, text: None, file: Some(STANDARD.encode(&bytes)) };
    let view = change(&context.client()?, async |client| client.import_policy(&body).await).await?;
    context.output.one(&view, || show::lines(lang, &view))?;
    done(context, &format!("{} {}", lang.pick("已导入", "imported as"), view.slug));
    Ok(())
}

async fn check(context: &Context, slug: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let view = context.client()?.show_policy(slug).await?;
    let Some(import) = &view.import else {
        return Err(Failure::input(match lang {
            Lang::Zh => format!("{slug}：{}，没有待核对的内容", policy_state(lang, view.state)),
            Lang::En => {
                format!("{slug} is {}: nothing to check", policy_state(lang, view.state).to_lowercase())
            }
        }));
    };
    context.output.one(&import.draft, || show::check_lines(lang, import))
}

async fn correct(context: &Context, slug: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: PolicyDraft = json(context, file)?;
    let client = context.client()?;
    let view = client.show_policy(slug).await?;
    if write.dry_run {
        return act::try_out(context, &view, ronghe_domain::policy::Action::Correct);
    }
    write.confirm.ask(
        context,
        &format!("{slug}{}{}", colon(lang), lang.pick("覆盖读出的内容？", "replace what was read?")),
    )?;
    let view = client.correct_policy(slug, &view.version, &draft).await?;
    let left = view.import.as_ref().map_or(0, |import| import.errors.len());
    done(
        context,
        &match lang {
            Lang::Zh => format!("已保存，还有 {left} 处待核对"),
            Lang::En => format!("saved; left to check: {left}"),
        },
    );
    Ok(())
}
