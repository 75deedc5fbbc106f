//! `ronghe mail`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::write::{Confirm, change};
use clap::Subcommand;
use ronghe_client::ListMails;
use ronghe_contract::message::MailView;
use ronghe_domain::kernel::MessageId;
use ronghe_domain::message::mail::Action;
use ronghe_text::{Lang, instant, mail_action, mail_state, mail_subject, mail_trouble};

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
        Verb::Resend { id, confirm } => {
            let words = mail_action(lang, Action::Resend);
            confirm.ask(context, &format!("{id}：{words}{}", lang.pick("？", "?")))?;
            let mail = change(&client, async |client| client.resend_mail(id).await).await?;
            context.output.rows(COLUMNS, std::slice::from_ref(&mail), |row| cells(lang, row))?;
            done(context, &format!("{}：{words}", mail.login));
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
