//! Accounts that universities ask for.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::json;
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::write::{Confirm, Write, change, tried};
use ronghe_client::ListAccountRequests;
use ronghe_contract::account::{AccountRequestView, ActOnAccountRequest, AskForAccounts};
use ronghe_domain::account::request::{AccountRequestDraft, Action};
use ronghe_text::{
    Lang, account_request_action, account_request_refusal, account_request_state, colon, comma, instant,
};
use std::path::Path;

const COLUMNS: &[Column] = &[
    Column { name: "name", zh: "姓名", en: "Name" },
    Column { name: "mail", zh: "邮箱", en: "E-mail" },
    Column { name: "org", zh: "单位", en: "Organisation" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "asked_by", zh: "申请人", en: "Asked by" },
    Column { name: "asked_at", zh: "申请时间", en: "Asked" },
    Column { name: "id", zh: "标识", en: "Id" },
];

/// Writes the requests that the caller sees.
pub(super) async fn rows(context: &Context, narrow: &Narrow) -> Result<(), Failure> {
    let client = context.client()?;
    let mut query = ListAccountRequests::default();
    narrow.fill(context.lang, &mut [("state", &mut query.state)])?;
    let found = narrow
        .collect(async |after| {
            client.list_account_requests(&ListAccountRequests { after, ..query.clone() }).await
        })
        .await?;
    list::show(context, COLUMNS, &found, |row| cells(context.lang, row))
}

/// Asks for accounts of people of the caller's university.
pub(super) async fn ask(
    context: &Context,
    people: &[String],
    file: Option<&Path>,
    confirm: &Confirm,
) -> Result<(), Failure> {
    let lang = context.lang;
    let people = match file {
        Some(file) => json(context, file)?,
        None => people.iter().map(|person| named(lang, person)).collect::<Result<_, _>>()?,
    };
    let ask = AskForAccounts { people };
    let names: Vec<&str> = ask.people.iter().map(|person| person.name.as_str()).collect();
    let names = names.join(comma(lang));
    confirm.ask(context, &format!("{} {names}", lang.pick("申请开户", "ask for accounts of")))?;
    let asked = change(&context.client()?, async |client| client.ask_for_accounts(&ask).await).await?;
    context.output.rows(COLUMNS, &asked, |row| cells(lang, row))?;
    let said = match lang {
        Lang::Zh => format!("已申请 {} 个账号", asked.len()),
        Lang::En if asked.len() == 1 => "1 account asked for".to_owned(),
        Lang::En => format!("{} accounts asked for", asked.len()),
    };
    done(context, &said);
    Ok(())
}

/// A person as typed: NAME:MAIL.
fn named(lang: Lang, text: &str) -> Result<AccountRequestDraft, Failure> {
    let (name, mail) = text.split_once([':', '：']).ok_or_else(|| {
        let words = lang.pick("应写成 姓名:邮箱", "should be NAME:MAIL");
        Failure::Usage(format!("{text}{}{words}", colon(lang)))
    })?;
    Ok(AccountRequestDraft { name: name.to_owned(), mail: mail.to_owned() })
}

/// Does `body` to a request as it stands now.
pub(super) async fn act(
    context: &Context,
    id: &str,
    body: ActOnAccountRequest,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_account_request(id).await?;
    let action = match &body {
        ActOnAccountRequest::Decline { .. } => Action::Decline,
        ActOnAccountRequest::TakeBack => Action::TakeBack,
    };
    let words = account_request_action(lang, action);
    if write.dry_run {
        return tried(context, &view.offers, &action, &view.name, words, |refusal| {
            account_request_refusal(lang, *refusal)
        });
    }
    write.confirm.ask_about(context, &format!("{} {}", view.name, view.mail), words)?;
    let version = view.version;
    let acted = change(&client, async |client| client.act_on_account_request(id, &version, &body).await);
    let view = acted.await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, &format!("{}{}{words}", view.name, colon(lang)));
    Ok(())
}

fn cells(lang: Lang, row: &AccountRequestView) -> Vec<String> {
    vec![
        row.name.clone(),
        row.mail.clone(),
        lang.pick(&row.org.name, &row.org.name_en).to_owned(),
        account_request_state(lang, row.state).to_owned(),
        row.asked_by.clone(),
        instant(lang, row.asked_at),
        row.id.clone(),
    ]
}

fn lines(lang: Lang, view: &AccountRequestView) -> Vec<String> {
    let mut lines = vec![
        format!("{}  {}  {}", view.name, view.mail, account_request_state(lang, view.state)),
        lang.pick(&view.org.name, &view.org.name_en).to_owned(),
        view.id.clone(),
    ];
    if !view.reason.is_empty() {
        lines.push(format!("{}  {}", lang.pick("原因", "Reason"), view.reason));
    }
    lines
}
