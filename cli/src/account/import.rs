//! `ronghe account import` and `ronghe account template`.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::file::{bytes, save};
use crate::output::{Column, Format};
use crate::write::{Write, change};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_contract::account::{ImportAccounts, ImportedAccount};
use ronghe_text::{Lang, comma, role};
use std::path::Path;

const COLUMNS: &[Column] = &[
    Column { name: "login", zh: "账号", en: "Account" },
    Column { name: "name", zh: "姓名", en: "Name" },
    Column { name: "org", zh: "单位", en: "Organisation" },
    Column { name: "roles", zh: "角色", en: "Roles" },
    Column { name: "link", zh: "设密码的链接", en: "Link for the password" },
];

/// Makes the accounts of a table, all or none.
pub(crate) async fn import(context: &Context, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let bytes = STANDARD.encode(bytes(context, file)?);
    let preview = client.import_accounts(&ImportAccounts { file: bytes.clone(), preview: true }).await?;
    let count = preview.accounts.len();
    if write.dry_run {
        context.output.rows(COLUMNS, &preview.accounts, |row| cells(context, row))?;
        done(
            context,
            &match lang {
                Lang::Zh => format!("可以导入 {count} 个账号，没有写入"),
                Lang::En => format!("{count} accounts can be imported; nothing was written"),
            },
        );
        return Ok(());
    }
    write.confirm.ask(
        context,
        &match lang {
            Lang::Zh => format!("导入 {count} 个账号？"),
            Lang::En => format!("Import {count} accounts?"),
        },
    )?;
    let body = ImportAccounts { file: bytes, preview: false };
    let made = change(&client, async |client| client.import_accounts(&body).await).await?;
    context.output.rows(COLUMNS, &made.accounts, |row| cells(context, row))?;
    done(
        context,
        &match lang {
            Lang::Zh => format!("{} 个账号已导入", made.accounts.len()),
            Lang::En => format!("{} accounts imported", made.accounts.len()),
        },
    );
    let once = lang.pick(
        "warning: 链接只显示这一次，只交给本人",
        "warning: the links are shown this once, and are for their owners only",
    );
    say(context, Sign::Warning, once);
    let mailed = made.accounts.iter().filter_map(|row| row.link.as_ref()?.mailed.as_ref()).count();
    if mailed > 0 {
        done(
            context,
            &match lang {
                Lang::Zh => format!("另有 {mailed} 封邮件把链接发给本人"),
                Lang::En => format!("{mailed} links go to their owners by mail too"),
            },
        );
    }
    Ok(())
}

/// Writes an empty table to be filled in.
pub(crate) async fn template(context: &Context, file: &Path) -> Result<(), Failure> {
    let bytes = context.client()?.account_template().await?;
    save(context, file, &bytes)
}

fn cells(context: &Context, row: &ImportedAccount) -> Vec<String> {
    let lang = context.lang;
    let roles: Vec<&str> = row.roles.iter().map(|one| role(lang, *one)).collect();
    let server = context.server.trim_end_matches('/');
    // In a table a link can be opened as it stands; data stays as the server gave it.
    let link = row.link.as_ref().map(|link| match context.output.format {
        Format::Table | Format::Csv => format!("{server}{}", link.path),
        Format::Json | Format::Jsonl => link.path.clone(),
    });
    vec![
        row.login.clone(),
        row.name.clone(),
        lang.pick(&row.org.name, &row.org.name_en).to_owned(),
        roles.join(comma(lang)),
        link.unwrap_or_default(),
    ]
}
