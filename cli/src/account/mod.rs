//! `ronghe account`.

mod import;
mod request;

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::file::json;
use crate::list::{self, Narrow};
use crate::output::{Column, print};
use crate::view::Through;
use crate::words;
use crate::write::{Confirm, Write, change, offer_line, tried};
use clap::Subcommand;
use ronghe_client::ListAccounts;
use ronghe_contract::account::{AccountDone, AccountRow, AccountView, ActOnAccount, ActOnAccountRequest};
use ronghe_domain::account::{AccountDraft, Action, PostDraft};
use ronghe_domain::kernel::Role;
use ronghe_domain::view::List;
use ronghe_text::{Lang, colon, comma, role};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Accounts in the order of their sign-in names.
    List {
        /// Words in sign-in name or name.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
        #[command(flatten)]
        through: Through,
    },
    /// One account whole, and what you can do with it.
    Show { login: String },
    /// What happened to an account.
    Events { login: String },
    /// Make an account and its invitation.
    Create(Box<Create>),
    /// Make the accounts of an .xlsx table, all or none.
    Import {
        /// The table, filled in.
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Write an empty .xlsx table for accounts.
    Template {
        /// Where it is written.
        file: PathBuf,
    },
    /// Send a new link for the first password.
    Invite(One),
    /// Ask for a new password for someone who lost it; another administrator confirms.
    Reset(One),
    /// Let nobody sign in by it.
    Disable(One),
    /// Let its owner sign in again.
    Enable(One),
    /// Ask for these roles in place of those it has.
    Grant {
        #[command(flatten)]
        one: One,
        /// A role such as need_unit or lead_office; can be given several times.
        #[arg(long = "role", value_parser = role_named, required = true)]
        roles: Vec<Role>,
    },
    /// Change the post; for somebody of the leading group another administrator confirms.
    SetPost {
        #[command(flatten)]
        one: One,
        /// The new post; empty where there is none any more.
        #[arg(long)]
        post: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Confirm what another administrator asked for.
    Confirm(One),
    /// Turn down what another administrator asked for.
    Reject(One),
    /// Accounts that universities ask for, newest first: all of them for administrators, your own for others.
    Requests {
        #[command(flatten)]
        narrow: Narrow,
    },
    /// Ask for accounts of people of your university, all or none.
    Ask {
        /// Name and e-mail address, NAME:MAIL; several people may be named.
        #[arg(required_unless_present = "file")]
        people: Vec<String>,
        /// People as JSON, [{"name": …, "mail": …}]; `-` for standard input.
        #[arg(long, conflicts_with = "people")]
        file: Option<PathBuf>,
        #[command(flatten)]
        confirm: Confirm,
    },
    /// Decline a request for an account; who asked is told the reason.
    DeclineRequest {
        /// Its id, from `account requests -o json`.
        request: String,
        /// Why.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Take back a request of your own.
    TakeBackRequest {
        /// Its id, from `account requests -o json`.
        request: String,
        #[command(flatten)]
        write: Write,
    },
}

/// The account, and how it is changed.
#[derive(clap::Args)]
pub(crate) struct One {
    login: String,
    #[command(flatten)]
    write: Write,
}

/// A new account, by flags or from a file.
#[derive(clap::Args)]
pub(crate) struct Create {
    /// The account as JSON; `-` for standard input.
    #[arg(long, conflicts_with = "login")]
    file: Option<PathBuf>,
    /// 3 to 40 lower-case letters, figures, `.`, `-` or `_`.
    #[arg(default_value = "")]
    login: String,
    /// The person's name.
    #[arg(long, default_value = "")]
    name: String,
    /// The same in Latin letters.
    #[arg(long, default_value = "")]
    name_en: String,
    /// Name in addresses, or official name, of the organisation.
    #[arg(long, default_value = "")]
    org: String,
    /// A role such as need_unit or lead_office; can be given several times.
    #[arg(long = "role", value_parser = role_named)]
    roles: Vec<Role>,
    /// The person's post.
    #[arg(long, default_value = "")]
    post: String,
    /// The person's e-mail address.
    #[arg(long, default_value = "")]
    mail: String,
    #[command(flatten)]
    confirm: Confirm,
}

const COLUMNS: &[Column] = &[
    Column { name: "login", zh: "账号", en: "Account" },
    Column { name: "name", zh: "姓名", en: "Name" },
    Column { name: "org", zh: "单位", en: "Organisation" },
    Column { name: "roles", zh: "角色", en: "Roles" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "last_seen", zh: "最近登录", en: "Last seen" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::List { search, narrow, through } => rows(context, search, &narrow, &through).await,
        Verb::Show { login } => {
            let view = context.client()?.show_account(&login).await?;
            context.output.one(&view, || lines(context.lang, &view))
        }
        Verb::Events { login } => {
            crate::audit::show(context, &context.client()?.list_account_events(&login).await?)
        }
        Verb::Create(create) => make(context, *create).await,
        Verb::Import { file, write } => import::import(context, &file, &write).await,
        Verb::Template { file } => import::template(context, &file).await,
        Verb::Invite(one) => act(context, one, Action::Invite, ActOnAccount::Invite).await,
        Verb::Reset(one) => act(context, one, Action::Reset, ActOnAccount::Reset).await,
        Verb::Disable(one) => act(context, one, Action::Disable, ActOnAccount::Disable).await,
        Verb::Enable(one) => act(context, one, Action::Enable, ActOnAccount::Enable).await,
        Verb::Grant { one, roles } => act(context, one, Action::Grant, ActOnAccount::Grant { roles }).await,
        Verb::SetPost { one, post, reason } => {
            let body = ActOnAccount::SetPost(PostDraft { post, reason });
            act(context, one, Action::SetPost, body).await
        }
        Verb::Confirm(one) => act(context, one, Action::Confirm, ActOnAccount::Confirm).await,
        Verb::Reject(one) => act(context, one, Action::Reject, ActOnAccount::Reject).await,
        Verb::Requests { narrow } => request::rows(context, &narrow).await,
        Verb::Ask { people, file, confirm } => {
            request::ask(context, &people, file.as_deref(), &confirm).await
        }
        Verb::DeclineRequest { request, reason, write } => {
            request::act(context, &request, ActOnAccountRequest::Decline { reason }, &write).await
        }
        Verb::TakeBackRequest { request, write } => {
            request::act(context, &request, ActOnAccountRequest::TakeBack, &write).await
        }
    }
}

async fn rows(context: &Context, q: String, narrow: &Narrow, through: &Through) -> Result<(), Failure> {
    let client = context.client()?;
    let mut query = ListAccounts::default();
    let filters = through.filters(context.lang, &client, List::Accounts, narrow.filters()).await?;
    filters.fill(
        context.lang,
        &mut [
            ("q", &mut query.q),
            ("org", &mut query.org),
            ("role", &mut query.role),
            ("state", &mut query.state),
        ],
    )?;
    if !q.is_empty() {
        query.q = q;
    }
    let found = narrow
        .collect(async |after| client.list_accounts(&ListAccounts { after, ..query.clone() }).await)
        .await?;
    list::show(context, COLUMNS, &found, |row| cells(context.lang, row))
}

async fn make(context: &Context, create: Create) -> Result<(), Failure> {
    let draft = match &create.file {
        Some(file) => json(context, file)?,
        None => AccountDraft {
            login: create.login,
            name: create.name,
            name_en: create.name_en,
            org: create.org,
            roles: create.roles.into_iter().collect(),
            post: create.post,
            mail: create.mail,
        },
    };
    let lang = context.lang;
    create.confirm.ask(context, &format!("{} {}", lang.pick("新建账号", "make account"), draft.login))?;
    let made = change(&context.client()?, async |client| client.create_account(&draft).await).await?;
    finish(context, &made, lang.pick("已新建", "made"))
}

async fn act(context: &Context, one: One, action: Action, body: ActOnAccount) -> Result<(), Failure> {
    let One { login, write } = one;
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_account(&login).await?;
    let words = ronghe_text::account_action(lang, action);
    if write.dry_run {
        return tried(context, &view.offers, &action, &login, words, |refusal| {
            ronghe_text::account_refusal(lang, refusal)
        });
    }
    write.confirm.ask_about(context, &login, words)?;
    let version = view.version;
    let made = change(&client, async |client| client.act_on_account(&login, &version, &body).await).await?;
    finish(context, &made, words)
}

/// Writes the account, and the link once where one was made.
fn finish(context: &Context, made: &AccountDone, words: &str) -> Result<(), Failure> {
    let lang = context.lang;
    context.output.one(made, || lines(lang, &made.account))?;
    done(context, &format!("{}{}{words}", made.account.row.login, colon(lang)));
    if let Some(link) = &made.link {
        let until = words::instant(lang, &link.expires);
        let once = match lang {
            Lang::Zh => format!("warning: 链接只显示这一次，{until} 前有效，只交给本人"),
            Lang::En => format!(
                "warning: the link is shown this once, holds until {until}, and is for its owner only"
            ),
        };
        if context.output.format == crate::output::Format::Table {
            print(&format!("{}{}", context.server.trim_end_matches('/'), link.path))?;
        }
        say(context, Sign::Warning, &once);
        if let Some(address) = &link.mailed {
            done(context, &ronghe_text::link_mailed(lang, address));
        }
    }
    Ok(())
}

fn cells(lang: Lang, row: &AccountRow) -> Vec<String> {
    let roles: Vec<&str> = row.roles.iter().map(|one| role(lang, *one)).collect();
    vec![
        row.login.clone(),
        lang.pick(&row.name, &row.name_en).to_owned(),
        lang.pick(&row.org.name, &row.org.name_en).to_owned(),
        roles.join(comma(lang)),
        ronghe_text::account_state(lang, row.state).to_owned(),
        row.last_seen.as_ref().map_or_else(String::new, |at| words::instant(lang, at)),
    ]
}

fn lines(lang: Lang, view: &AccountView) -> Vec<String> {
    let names =
        |roles: &[Role]| roles.iter().map(|one| role(lang, *one)).collect::<Vec<_>>().join(comma(lang));
    let row = &view.row;
    let mut lines = vec![
        format!(
            "{}  {}  {}",
            row.login,
            lang.pick(&row.name, &row.name_en),
            ronghe_text::account_state(lang, row.state)
        ),
        format!("{}  {}", lang.pick(&row.org.name, &row.org.name_en), view.post),
        format!("{}  {}", lang.pick("角色", "Roles"), names(&row.roles)),
        format!("{}  {}", lang.pick("邮箱", "E-mail"), view.mail),
    ];
    if let Some(pending) = &view.pending {
        // Who confirms sees what: roles, or a link for a new password.
        let (word, asked) = match &pending.post {
            Some(draft) => (
                lang.pick("待确认的职务", "Post to confirm"),
                format!("{}  {}", ronghe_text::post_said(lang, &draft.post), draft.reason),
            ),
            None if pending.reset => {
                let reset = ronghe_text::account_action(lang, Action::Reset).to_owned();
                (lang.pick("待确认", "To confirm"), reset)
            }
            None => (lang.pick("待确认的角色", "Roles to confirm"), names(&pending.roles)),
        };
        lines.push(format!("{word}  {asked}  {}", pending.by));
    }
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.as_ref().map(|it| ronghe_text::account_refusal(lang, it));
        offer_line(lang, ronghe_text::account_action(lang, offer.action), barred)
    }));
    lines
}

fn role_named(word: &str) -> Result<Role, String> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_unknown| {
        let known = serde_json::to_value(Role::ALL).unwrap_or_default();
        let names = known.as_array().into_iter().flatten().filter_map(|name| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    })
}
