//! `ronghe meeting`: 对接会.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::save;
use crate::output::Column;
use crate::write::{Write, change, tried};
use clap::Subcommand;
use ronghe_contract::meeting::{CallOffMeeting, MeetingView};
use ronghe_domain::meeting::{Action, MeetingDraft};
use ronghe_text::{Lang, colon, meeting_action, meeting_refusal, meeting_state, meeting_time};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Meetings on a need, in the order of their time.
    List {
        /// The need's number.
        need: String,
    },
    /// Enter a meeting on a need of the published list: everybody reads it.
    Add {
        /// The need's number.
        need: String,
        /// When it begins: 2026-05-06 14:00.
        #[arg(long)]
        start: String,
        /// When it ends.
        #[arg(long)]
        finish: String,
        /// Where; this or a link is needed.
        #[arg(long, default_value = "")]
        place: String,
        /// `https://…`, where people meet online.
        #[arg(long, default_value = "")]
        link: String,
        /// Who may come.
        #[arg(long)]
        audience: String,
        /// What else there is to know.
        #[arg(long, default_value = "")]
        remark: String,
        #[command(flatten)]
        write: Write,
    },
    /// Call a meeting off, before it begins.
    CallOff {
        /// Its name, such as N2026-0137-M2.
        meeting: String,
        /// Why: everybody reads it.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Save a meeting as a file for calendars.
    Calendar {
        /// Its name, such as N2026-0137-M2.
        meeting: String,
        /// Where the file is written.
        to: PathBuf,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "name", zh: "编号", en: "Name" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "time", zh: "时间", en: "Time" },
    Column { name: "place", zh: "地点", en: "Place" },
    Column { name: "link", zh: "线上", en: "Online" },
    Column { name: "audience", zh: "参加范围", en: "Who may come" },
    Column { name: "reason", zh: "取消的原因", en: "Why it is off" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    match verb {
        Verb::List { need } => {
            let found = context.client()?.list_meetings(&need).await?;
            context.output.rows(COLUMNS, &found.items, |row| cells(lang, row))
        }
        Verb::Add { need, start, finish, place, link, audience, remark, write } => {
            let draft = MeetingDraft { start, finish, place, link, audience, remark };
            add(context, &need, &draft, &write).await
        }
        Verb::CallOff { meeting, reason, write } => call_off(context, &meeting, reason, &write).await,
        Verb::Calendar { meeting, to } => {
            let file = context.client()?.download_meeting(&meeting).await?;
            save(context, &to, &file)
        }
    }
}

fn cells(lang: Lang, row: &MeetingView) -> Vec<String> {
    vec![
        row.name.clone(),
        meeting_state(lang, row.state).to_owned(),
        meeting_time(row.start, row.finish),
        row.place.clone(),
        row.link.clone(),
        row.audience.clone(),
        row.called_off.clone().unwrap_or_default(),
    ]
}

async fn add(context: &Context, need: &str, draft: &MeetingDraft, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    if write.dry_run {
        let view = client.list_meetings(need).await?;
        let refusal = view.barred.unwrap_or(ronghe_domain::meeting::Refusal::NotYours);
        if !view.can_add {
            return Err(Failure::input(meeting_refusal(lang, refusal)));
        }
        done(context, lang.pick("可以安排", "it can be arranged"));
        return Ok(());
    }
    let sure = lang.pick("安排并公开？", "arrange and publish it?");
    write.confirm.ask(context, &format!("{need}{}{sure}", colon(lang)))?;
    let view = change(&client, async |client| client.add_meeting(need, draft).await).await?;
    context.output.one(&view, || vec![cells(lang, &view).join("  ")])?;
    done(context, &format!("{} {}", lang.pick("已安排", "arranged as"), view.name));
    Ok(())
}

async fn call_off(context: &Context, name: &str, reason: String, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_meeting(name).await?;
    let words = meeting_action(lang, Action::CallOff);
    if write.dry_run {
        return tried(context, &view.offers, &Action::CallOff, &view.name, words, |refusal| {
            meeting_refusal(lang, *refusal)
        });
    }
    write.confirm.ask_about(context, name, words)?;
    let (version, body) = (view.version, CallOffMeeting { reason });
    let off = change(&client, async |client| client.call_off_meeting(name, &version, &body).await).await?;
    context.output.one(&off, || vec![cells(lang, &off).join("  ")])?;
    done(context, &format!("{}{}{words}", off.name, colon(lang)));
    Ok(())
}
