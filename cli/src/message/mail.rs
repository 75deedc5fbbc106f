//! `ronghe mail`.

use super::template;
use crate::context::Context;
use crate::exit::{Failure, done};
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::write::{Confirm, Write, change};
use clap::Subcommand;
use ronghe_client::ListMails;
use ronghe_contract::message::MailView;
use ronghe_domain::kernel::MessageId;
use ronghe_domain::message::Kind;
use ronghe_domain::message::mail::Action;
use ronghe_domain::message::template::{Language, Words};
use ronghe_text::{Lang, colon, instant, mail_action, mail_state, mail_subject, mail_trouble};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Mail of the outbox, newest first; `--filter state=failed` for what was given up.
    List {
        #[command(flatten)]
        narrow: Narrow,
    },
    /// Send a mail again.
    Resend {
        /// Its identifier, from the list.
        id: MessageId,
        #[command(flatten)]
        confirm: Confirm,
    },
    /// How much mail of each kind waits, was sent or failed, for the liaison office.
    Counts,
    /// The words of every kind of mail.
    Templates,
    /// The words of a kind of mail, and an example.
    Template {
        #[command(flatten)]
        which: Which,
    },
    /// Set the words of a kind of mail, for the liaison office; `--dry-run` shows an example.
    SetTemplate {
        #[command(flatten)]
        which: Which,
        /// The subject, such as "{what} {number}".
        #[arg(long)]
        subject: String,
        /// The body, which holds {link}; `\n` begins a new line.
        #[arg(long)]
        body: String,
        #[command(flatten)]
        write: Write,
    },
    /// Take the words again that came with the system.
    RevertTemplate {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        write: Write,
    },
}

/// Which words.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Which {
    /// The kind of mail, such as need_returned.
    #[arg(value_parser = super::kind)]
    kind: Kind,
    /// zh or en.
    #[arg(value_parser = super::language, default_value = "zh")]
    language: Language,
}

const COLUMNS: &[Column] = &[
    Column { name: "id", zh: "标识", en: "Id" },
    Column { name: "at", zh: "时间", en: "At" },
    Column { name: "about", zh: "事项", en: "What" },
    Column { name: "login", zh: "账号", en: "Account" },
    Column { name: "address", zh: "邮箱", en: "Address" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "tries", zh: "次数", en: "Tries" },
    Column { name: "trouble", zh: "原因", en: "Why" },
    Column { name: "next", zh: "下次", en: "Next" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    match verb {
        Verb::List { narrow } => {
            let mut query = ListMails::default();
            narrow.fill(lang, &mut [("state", &mut query.state)])?;
            let found = narrow
                .collect(async |after| client.list_mails(&ListMails { after, ..query.clone() }).await)
                .await?;
            list::show(context, COLUMNS, &found, |row| cells(lang, row))
        }
        Verb::Counts => template::counts(context).await,
        Verb::Templates => template::list(context).await,
        Verb::Template { which } => template::show(context, which.kind, which.language).await,
        Verb::SetTemplate { which, subject, body, write } => {
            let words = Words { subject, body: body.replace("\\n", "\n") };
            template::set(context, (which.kind, which.language), Some(words), &write).await
        }
        Verb::RevertTemplate { which, write } => {
            template::set(context, (which.kind, which.language), None, &write).await
        }
        Verb::Resend { id, confirm } => {
            let words = mail_action(lang, Action::Resend);
            confirm.ask_about(context, &id.to_string(), words)?;
            let mail = change(&client, async |client| client.resend_mail(id).await).await?;
            context.output.rows(COLUMNS, std::slice::from_ref(&mail), |row| cells(lang, row))?;
            done(context, &format!("{}{}{words}", mail.login, colon(lang)));
            Ok(())
        }
    }
}

fn cells(lang: Lang, row: &MailView) -> Vec<String> {
    vec![
        row.id.to_string(),
        instant(lang, row.at),
        mail_subject(lang, row.about, &row.record),
        row.login.clone(),
        row.address.clone(),
        mail_state(lang, row.state).to_owned(),
        row.tries.to_string(),
        row.trouble.map(|trouble| mail_trouble(lang, trouble)).unwrap_or_default(),
        row.next.map(|at| instant(lang, at)).unwrap_or_default(),
    ]
}
