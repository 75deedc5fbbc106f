//! `ronghe token`.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::output::{Column, Format, print};
use crate::session::SignInBy;
use crate::words;
use crate::write::{Write, change};
use clap::Subcommand;
use ronghe_contract::session::{NewToken, TokenRow};
use ronghe_domain::account::Scope;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Your tokens; their secrets are not kept anywhere.
    List,
    /// Sign in, make a token and print its secret, once. A token makes no other.
    Make {
        #[command(flatten)]
        by: SignInBy,
        /// What it is for.
        name: String,
        /// What it may do: read, write:policy, write:account, write:cycle, write:need, decide; can be given several times.
        #[arg(long = "scope", value_parser = scope, default_value = "read")]
        scopes: Vec<Scope>,
        /// Days until it ends.
        #[arg(long)]
        days: Option<u16>,
    },
    /// End a token.
    End {
        /// Its identifier, from the list.
        id: String,
        #[command(flatten)]
        write: Write,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "id", zh: "标识", en: "Identifier" },
    Column { name: "name", zh: "用途", en: "For" },
    Column { name: "scopes", zh: "权限", en: "Scopes" },
    Column { name: "expires", zh: "到期", en: "Ends" },
    Column { name: "last_used", zh: "最近使用", en: "Last used" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    match verb {
        Verb::List => context.output.rows(COLUMNS, &client.list_tokens().await?, |row| cells(context, row)),
        Verb::Make { by, name, scopes, days } => {
            let missing = lang.pick("用哪个账号登录", "which account is to sign in");
            let account = by.account.clone().ok_or_else(|| Failure::with_hint(missing, "--account LOGIN"))?;
            let client = by.client(context, &account).await?;
            let body = NewToken { name, scopes, days };
            let made = change(&client, async |client| client.make_token(&body).await).await?;
            client.sign_out().await?;
            match context.output.format {
                Format::Json | Format::Jsonl => context.output.one(&made, Vec::new)?,
                Format::Table | Format::Csv => print(&made.token)?,
            }
            let once = lang.pick("令牌只显示这一次", "the token is shown this once");
            say(context, Sign::Warning, &format!("warning: {once}"));
            Ok(())
        }
        Verb::End { id, write } => {
            if write.dry_run {
                let known = client.list_tokens().await?.iter().any(|row| row.id == id);
                let unknown = Failure::with_hint(
                    lang.pick("没有这个令牌", "there is no such token"),
                    "ronghe token list",
                );
                return if known { Ok(()) } else { Err(unknown) };
            }
            write.confirm.ask(context, lang.pick("收回令牌？", "End the token?"))?;
            client.end_token(&id).await?;
            done(context, lang.pick("令牌已收回", "the token is ended"));
            Ok(())
        }
    }
}

fn cells(context: &Context, row: &TokenRow) -> Vec<String> {
    let scopes: Vec<&str> = row.scopes.iter().map(|scope| scope.name()).collect();
    let unused = context.lang.pick("未用过", "never");
    vec![
        row.id.clone(),
        row.name.clone(),
        scopes.join(" "),
        words::instant(context.lang, &row.expires),
        row.last_used.as_ref().map_or_else(|| unused.to_owned(), |at| words::instant(context.lang, at)),
    ]
}

/// A scope by its name.
pub(crate) fn scope(word: &str) -> Result<Scope, String> {
    let known = Scope::ALL.iter().find(|scope| scope.name() == word);
    known.copied().ok_or_else(|| Scope::ALL.map(Scope::name).join(", "))
}
