//! `ronghe sign-off`.

mod chain;
mod page;

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::Column;
use crate::write::{Write, change, tried};
use clap::Subcommand;
use ronghe_client::ListSignOffs;
use ronghe_contract::sign_off::{ActOnSignOff, RoundView};
use ronghe_domain::sign_off::{Action, Kind};
use ronghe_text::{
    Lang, colon, comma, instant, sign_off_action, sign_off_kind, sign_off_refusal, sign_off_state,
};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// What passes your organisation's chains, newest first.
    List {
        /// `signing`, `signed`, `sent_back`, `recalled`, `voided`; all where absent.
        #[arg(long, default_value = "")]
        state: String,
    },
    /// One round: who has signed, whose turn it is.
    Show {
        /// Its identifier, from `sign-off list`.
        round: String,
    },
    /// Ask for sign-off of a need; the last signature submits it.
    Ask {
        /// Its number, or its draft's name.
        need: String,
        #[command(flatten)]
        write: Write,
    },
    /// Sign the step that is yours.
    Sign {
        /// Its identifier, from `sign-off list`.
        round: String,
        /// A remark on the whole.
        #[arg(long, default_value = "")]
        remark: String,
        #[command(flatten)]
        write: Write,
    },
    /// Send back what waits for your signature.
    SendBack {
        /// Its identifier, from `sign-off list`.
        round: String,
        /// Why: who asked for it reads it.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Take back what you asked to be signed.
    Recall {
        /// Its identifier, from `sign-off list`.
        round: String,
        #[command(flatten)]
        write: Write,
    },
    /// The chains of an organisation, and what is proposed where none is set.
    Chains {
        /// Its slug.
        organisation: String,
    },
    /// Set the chain of an organisation; without a step what is prepared leaves at once.
    SetChain {
        /// Its slug.
        organisation: String,
        /// need, district_summary, application or report.
        #[arg(value_parser = chain::kind)]
        kind: Kind,
        /// A post and who may sign for it: 校长=wangli,zhaomin; in their order.
        #[arg(long = "step", value_name = "POST=LOGIN,…")]
        steps: Vec<String>,
        #[command(flatten)]
        write: Write,
    },
    /// What a record goes up with: version code, signatures, sealed scans, copies on paper.
    Page {
        /// need, district_summary, application or report.
        #[arg(value_parser = chain::kind)]
        kind: Kind,
        /// Its number, or what it is called.
        record: String,
    },
    /// Add the sealed scan of a record as it stands now.
    Seal {
        /// need, district_summary, application or report.
        #[arg(value_parser = chain::kind)]
        kind: Kind,
        /// Its number, or what it is called.
        record: String,
        /// PDF, OFD or a picture, at most 50 MiB.
        file: PathBuf,
        /// The version code that stands on the page: 7K3QZ-0M9XA.
        #[arg(long)]
        code: String,
        #[command(flatten)]
        write: Write,
    },
    /// Note how many copies on paper are asked for, and when they came.
    Paper {
        /// need, district_summary, application or report.
        #[arg(value_parser = chain::kind)]
        kind: Kind,
        /// Its number, or what it is called.
        record: String,
        /// How many.
        #[arg(long, default_value = "")]
        asked: String,
        /// The day on which they came, such as 2026-03-10.
        #[arg(long, default_value = "")]
        received: String,
        #[command(flatten)]
        write: Write,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "id", zh: "标识", en: "Identifier" },
    Column { name: "kind", zh: "文种", en: "Kind" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "turn", zh: "等谁", en: "Waits for" },
    Column { name: "asked_by", zh: "经办", en: "Asked by" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    match verb {
        Verb::List { state } => {
            let page = context.client()?.list_sign_offs(&ListSignOffs { state }).await?;
            crate::list::show(context, COLUMNS, &page, |row| cells(lang, row))
        }
        Verb::Show { round } => {
            let view = context.client()?.show_sign_off(&round).await?;
            context.output.one(&view, || lines(lang, &view))
        }
        Verb::Ask { need, write } => ask(context, &need, &write).await,
        Verb::Sign { round, remark, write } => {
            act(context, &round, &write, Action::Sign, ActOnSignOff::Sign { remark }).await
        }
        Verb::SendBack { round, reason, write } => {
            act(context, &round, &write, Action::SendBack, ActOnSignOff::SendBack { reason }).await
        }
        Verb::Recall { round, write } => {
            act(context, &round, &write, Action::Recall, ActOnSignOff::Recall).await
        }
        Verb::Chains { organisation } => chain::show(context, &organisation).await,
        Verb::SetChain { organisation, kind, steps, write } => {
            chain::set(context, &organisation, kind, &steps, &write).await
        }
        Verb::Page { kind, record } => page::show(context, kind, &record).await,
        Verb::Seal { kind, record, file, code, write } => {
            page::seal(context, kind, (&record, &code), &file, &write).await
        }
        Verb::Paper { kind, record, asked, received, write } => {
            page::paper(context, kind, &record, asked, received, &write).await
        }
    }
}

fn cells(lang: Lang, row: &RoundView) -> Vec<String> {
    let turn = row.steps.iter().find(|step| step.turn).map(|step| step.post.clone());
    vec![
        row.id.to_string(),
        sign_off_kind(lang, row.kind).to_owned(),
        row.title.clone(),
        sign_off_state(lang, row.state).to_owned(),
        turn.unwrap_or_default(),
        row.asked_by.clone(),
    ]
}

pub(super) fn lines(lang: Lang, view: &RoundView) -> Vec<String> {
    let mut lines = vec![format!(
        "{}  {}  {}",
        sign_off_kind(lang, view.kind),
        view.title,
        sign_off_state(lang, view.state)
    )];
    lines.push(format!("{} {}", lang.pick("版本码", "code"), view.code));
    lines.push(format!(
        "{} {}  {}",
        lang.pick("经办", "asked by"),
        view.asked_by,
        instant(lang, view.asked_at)
    ));
    lines.extend(view.steps.iter().map(|step| match &step.signed {
        Some(signed) => {
            format!("{}  {}  {}  {}", step.post, signed.by, instant(lang, signed.at), signed.remark)
        }
        None => {
            let mark = if step.turn { lang.pick("待签", "waits") } else { "" };
            format!("{}  {}  {mark}", step.post, step.signers.join(comma(lang)))
        }
    }));
    if let Some(ended) = &view.ended {
        lines.push(format!("{}  {}  {}", ended.by, instant(lang, ended.at), ended.reason));
    }
    lines
}

async fn ask(context: &Context, need: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let words = sign_off_action(lang, Action::Ask);
    if write.dry_run {
        let page = client.show_sealed(Kind::Need, need).await?;
        return tried(context, &page.offers, &Action::Ask, need, words, |no| sign_off_refusal(lang, no));
    }
    let version = client.show_need(need).await?.version;
    write.confirm.ask(context, &format!("{need}{}{words}", colon(lang)))?;
    let view = change(&client, async |client| client.ask_sign_off(need, &version).await).await?;
    context.output.one(&view, || lines(lang, &view))
}

async fn act(
    context: &Context,
    id: &str,
    write: &Write,
    action: Action,
    body: ActOnSignOff,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let before = client.show_sign_off(id).await?;
    let words = sign_off_action(lang, action);
    if write.dry_run {
        return tried(context, &before.offers, &action, &before.title, words, |no| {
            sign_off_refusal(lang, no)
        });
    }
    write.confirm.ask(context, &format!("{}{}{words}", before.title, colon(lang)))?;
    let view =
        change(&client, async |client| client.act_on_sign_off(id, &before.version, &body).await).await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, words);
    Ok(())
}
