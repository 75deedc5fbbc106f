//! `ronghe application`.

mod act;
mod diff;
mod files;
mod opinion;
mod show;

use crate::context::Context;
use crate::exit::Failure;
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::view::Through;
use crate::write::Write;
use clap::Subcommand;
use ronghe_client::ListApplications;
use ronghe_contract::application::ActOnApplication;
use ronghe_domain::application::team::{AwaitedDraft, MemberDraft};
use ronghe_domain::application::{Correction, OpinionDraft, Stance};
use ronghe_domain::view::List;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Applications that you may see, last changed first.
    List {
        /// Words in what you read of them, or a number.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
        #[command(flatten)]
        through: Through,
    },
    /// One application whole, and what you can do with it.
    Show {
        /// Its number, such as A2026-0031, or its draft's name.
        application: String,
    },
    /// What happened to an application since its seal was opened.
    Events {
        /// Its number.
        application: String,
    },
    /// People of your university who can be given a part in an application.
    Colleagues,
    /// What was submitted, each time.
    Versions {
        /// Its number, or its draft's name.
        application: String,
    },
    /// In what two versions differ, field by field.
    Diff {
        /// Its number, or its draft's name.
        application: String,
        /// The earlier version.
        before: u32,
        /// The later version.
        after: u32,
    },
    /// Apply for a listed need: whoever begins the application leads it.
    Create {
        /// The need's number.
        need: String,
        #[command(flatten)]
        write: Write,
    },
    /// Put other content in place of what is written; `application show -o json` gives the draft.
    Edit {
        /// Its number, or its draft's name.
        application: String,
        /// The application as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Say who has which part in an application; whoever is not named has none.
    Invite {
        /// Its number, or its draft's name.
        application: String,
        /// An account and its part: login=lead, login=signatory, login=plan,budget; can be given several times.
        #[arg(long, required = true, value_name = "LOGIN=PART", value_parser = act::member)]
        member: Vec<MemberDraft>,
        /// Somebody without an account, for whom one is asked: name:mail=signatory, name:mail=plan,budget; can be given
        /// several times.
        #[arg(long, value_name = "NAME:MAIL=PART", value_parser = act::awaited)]
        awaited: Vec<AwaitedDraft>,
        #[command(flatten)]
        write: Write,
    },
    /// Add a file to an application that is being written.
    Attach {
        /// Its number, or its draft's name.
        application: String,
        /// PDF, DOCX, XLSX, OFD or a picture, at most 50 MiB.
        file: PathBuf,
        /// It is the sealed page, a PDF, in place of the one before, on which this code is printed.
        #[arg(long, value_name = "CODE")]
        sealed_page: Option<String>,
        #[command(flatten)]
        write: Write,
    },
    /// Take a file away from an application that is being written.
    Detach {
        /// Its number, or its draft's name.
        application: String,
        /// The file's identifier, from `application show -o json`.
        id: String,
        #[command(flatten)]
        write: Write,
    },
    /// Save a file of an application.
    Download {
        /// Its number, or its draft's name.
        application: String,
        /// The file's identifier, from `application show -o json`.
        id: String,
        /// Where it is written.
        to: PathBuf,
    },
    /// Submit an application: it stays sealed until the window has closed.
    Submit {
        /// Its number, or its draft's name.
        application: String,
        #[command(flatten)]
        write: Write,
    },
    /// Take an application back to change it; it has to be submitted anew.
    Reopen {
        /// Its draft's name.
        application: String,
        #[command(flatten)]
        write: Write,
    },
    /// Withdraw an application, until the window closes.
    Withdraw {
        /// Its draft's name.
        application: String,
        #[command(flatten)]
        write: Write,
    },
    /// Accept an application: its formal check is passed.
    Accept {
        /// Its number.
        application: String,
        #[command(flatten)]
        write: Write,
    },
    /// Say what your unit thinks of an application for its need, or say it anew.
    Opinion {
        /// Its number.
        application: String,
        /// `willing`, `to_discuss` or `opposed`.
        #[arg(long, value_parser = opinion::parsed)]
        stance: Stance,
        /// Why; needed unless you are willing.
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Return an application to be corrected; exactly the sections named are open.
    Return {
        /// Its number.
        application: String,
        /// A section, what is wrong and why: plan:incomplete="…"; can be given several times.
        #[arg(long, required = true, value_name = "SECTION:FLAW=REMARK", value_parser = act::correction)]
        correct: Vec<Correction>,
        /// A remark on the whole.
        #[arg(long, default_value = "")]
        remark: String,
        /// Last minute in which it may be submitted again; the latest possible where absent.
        #[arg(long, default_value = "")]
        until: String,
        #[command(flatten)]
        write: Write,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "项目名称", en: "Title" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "university", zh: "高校", en: "University" },
    Column { name: "need", zh: "需求", en: "Need" },
    Column { name: "turn", zh: "等谁", en: "Waits for" },
    Column { name: "deadline", zh: "期限", en: "Deadline" },
    Column { name: "asked", zh: "申请经费", en: "Asked" },
];

const COLLEAGUES: &[Column] =
    &[Column { name: "login", zh: "账号", en: "Login" }, Column { name: "name", zh: "姓名", en: "Name" }];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    use ActOnApplication as A;
    match verb {
        Verb::List { search, narrow, through } => rows(context, search, &narrow, &through).await,
        Verb::Show { application } => {
            let view = context.client()?.show_application(&application).await?;
            context.output.one(&view, || show::lines(context.lang, &view))
        }
        Verb::Events { application } => {
            crate::audit::show(context, &context.client()?.list_application_events(&application).await?)
        }
        Verb::Colleagues => {
            let found = context.client()?.list_colleagues().await?;
            list::show(context, COLLEAGUES, &found, |it| vec![it.login.clone(), it.name.clone()])
        }
        Verb::Versions { application } => show::versions(context, &application).await,
        Verb::Diff { application, before, after } => diff::diff(context, &application, before, after).await,
        Verb::Create { need, write } => act::create(context, need, &write).await,
        Verb::Edit { application, file, write } => act::edit(context, &application, &file, &write).await,
        Verb::Invite { application, member, awaited, write } => {
            act::invite(context, &application, (member, awaited), &write).await
        }
        Verb::Attach { application, file, sealed_page, write } => {
            files::attach(context, &application, &file, sealed_page.as_deref(), &write).await
        }
        Verb::Detach { application, id, write } => files::detach(context, &application, &id, &write).await,
        Verb::Download { application, id, to } => files::download(context, &application, &id, &to).await,
        Verb::Submit { application, write } => act::act(context, &application, &write, A::Submit).await,
        Verb::Reopen { application, write } => act::act(context, &application, &write, A::Reopen).await,
        Verb::Withdraw { application, write } => act::act(context, &application, &write, A::Withdraw).await,
        Verb::Accept { application, write } => act::act(context, &application, &write, A::Accept).await,
        Verb::Opinion { application, stance, reason, write } => {
            let draft = OpinionDraft { stance: Some(stance), reason };
            opinion::opine(context, &application, draft, &write).await
        }
        Verb::Return { application, correct, remark, until, write } => {
            let action = A::Return { corrections: correct, remark, until };
            act::act(context, &application, &write, action).await
        }
    }
}

async fn rows(context: &Context, q: String, narrow: &Narrow, through: &Through) -> Result<(), Failure> {
    let client = context.client()?;
    let mut query = ListApplications::default();
    let filters = through.filters(context.lang, &client, List::Applications, narrow.filters()).await?;
    filters.fill(
        context.lang,
        &mut [
            ("q", &mut query.q),
            ("year", &mut query.year),
            ("state", &mut query.state),
            ("university", &mut query.university),
            ("need", &mut query.need),
            ("opinion", &mut query.opinion),
            ("sort", &mut query.sort),
        ],
    )?;
    if !q.is_empty() {
        query.q = q;
    }
    let part = async |after| client.list_applications(&ListApplications { after, ..query.clone() }).await;
    let found = narrow.collect(part).await?;
    list::show(context, COLUMNS, &found, |row| show::cells(context.lang, row))
}
