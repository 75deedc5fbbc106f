//! `ronghe login`, `logout`, `whoami`.

pub(crate) mod token;

use crate::config;
use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::file::bytes;
use crate::write::change;
use ronghe_client::Client;
use ronghe_contract::session::{Me, NewToken, SignIn};
use ronghe_domain::account::Scope;
use ronghe_text::{Lang, comma, role};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// How the token is had: it is given, or made by signing in.
#[derive(clap::Args)]
pub(crate) struct Login {
    /// File that holds the token; standard input where absent.
    #[arg(long, conflicts_with = "account")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    by: SignInBy,
    /// What the token may do, where one is made; everything that you may where absent.
    #[arg(long = "scope", value_parser = token::scope, requires = "account")]
    scopes: Vec<Scope>,
}

/// Signing in, to make a token.
#[derive(clap::Args)]
pub(crate) struct SignInBy {
    /// Sign in as this account and make a token; the password is asked for.
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// File that holds the password.
    #[arg(long, requires = "account")]
    password_file: Option<PathBuf>,
    /// Code of the authenticator, where a second factor is on; asked for where absent.
    #[arg(long, requires = "account")]
    code: Option<String>,
}

impl SignInBy {
    /// A client that is signed in as `account`.
    pub(crate) async fn client(&self, context: &Context, account: &str) -> Result<Client, Failure> {
        let lang = context.lang;
        let password = match &self.password_file {
            Some(file) => String::from_utf8_lossy(&bytes(context, file)?).trim_end().to_owned(),
            None => asked(context, lang.pick("密码：", "Password: "), "--password-file FILE")?,
        };
        let client = context.bare()?;
        let mut body = SignIn { login: account.to_owned(), password, code: self.code.clone() };
        match client.sign_in(&body).await {
            Err(error) if error.kind() == "second-factor" && body.code.is_none() => {
                body.code = Some(asked(context, lang.pick("验证码：", "Code: "), "--code CODE")?);
                client.sign_in(&body).await?;
            }
            done => drop(done?),
        }
        Ok(client)
    }
}

/// Proves the token at the server and keeps it.
pub(crate) async fn log_in(context: &Context, login: &Login) -> Result<(), Failure> {
    let lang = context.lang;
    let token = match &login.by.account {
        Some(account) => made(context, login, account).await?,
        None => given(context, login.token_file.as_deref())?,
    };
    if !token.starts_with("rht_") {
        return Err(Failure::with_hint(
            lang.pick("这不是令牌，令牌以 rht_ 开头", "this is no token; tokens begin with rht_"),
            made_at(context),
        ));
    }
    let me = context.bare()?.with_token(token.as_str()).show_me().await?;
    config::keep_token(&context.server, Some(token), lang)?;
    done(context, &format!("{}{}", lang.pick("已登录：", "signed in: "), person(lang, &me)));
    if config::token_is_set_outside() {
        let words =
            lang.pick("RONGHE_TOKEN 已设置，它优先于保存的令牌", "RONGHE_TOKEN is set and goes before it");
        say(context, Sign::Warning, &format!("warning: {words}"));
    }
    Ok(())
}

/// Forgets the token of this server.
pub(crate) fn log_out(context: &Context) -> Result<(), Failure> {
    let lang = context.lang;
    let kept = config::keep_token(&context.server, None, lang)?;
    done(
        context,
        if kept {
            lang.pick("已删除本机保存的令牌", "the token kept on this machine is deleted")
        } else {
            lang.pick("本机没有保存令牌", "no token was kept on this machine")
        },
    );
    if kept && !context.output.quiet {
        let hint = lang.pick(
            "令牌到期前仍有效，在个人页面收回",
            "it stays valid until it ends; end it on your own page",
        );
        say(context, Sign::Hint, &format!("hint: {hint}"));
    }
    Ok(())
}

/// Says who the token's owner is.
pub(crate) async fn who_am_i(context: &Context) -> Result<(), Failure> {
    let lang = context.lang;
    let me = context.client()?.show_me().await?;
    context.output.one(&me, || {
        let roles: Vec<&str> = me.roles.iter().map(|one| role(lang, *one)).collect();
        vec![person(lang, &me), me.login.clone(), roles.join(comma(lang))]
    })
}

/// 张敏（高校联络服务处）.
pub(crate) fn person(lang: Lang, me: &Me) -> String {
    match lang {
        Lang::Zh => format!("{}（{}）", me.name, me.org.name),
        Lang::En => format!("{} ({})", me.name_en, me.org.name_en),
    }
}

/// A token made by signing in; the session ends at once.
async fn made(context: &Context, login: &Login, account: &str) -> Result<String, Failure> {
    let client = login.by.client(context, account).await?;
    let scopes = if login.scopes.is_empty() { Scope::ALL.to_vec() } else { login.scopes.clone() };
    let name = context.lang.pick("命令行登录", "Command line").to_owned();
    let body = NewToken { name, scopes, days: None };
    let made = change(&client, async |client| client.make_token(&body).await).await?;
    client.sign_out().await?;
    Ok(made.token)
}

/// A word that is typed unseen.
fn asked(context: &Context, question: &str, hint: &str) -> Result<String, Failure> {
    if context.silent {
        let missing = context.lang.pick("不能询问，缺一项", "nothing can be asked, and something is missing");
        return Err(Failure::with_hint(missing, hint));
    }
    rpassword::prompt_password(question).map_err(|error| Failure::input(error.to_string()))
}

fn given(context: &Context, file: Option<&Path>) -> Result<String, Failure> {
    let lang = context.lang;
    let bytes = match file {
        Some(file) => bytes(context, file)?,
        None if !std::io::stdin().is_terminal() => bytes(context, Path::new("-"))?,
        None if context.silent => {
            return Err(Failure::with_hint(
                lang.pick("没有令牌", "there is no token"),
                "ronghe login --token-file FILE",
            ));
        }
        None => {
            say(context, Sign::Hint, &made_at(context));
            asked(context, lang.pick("令牌：", "Token: "), "--token-file FILE")?.into_bytes()
        }
    };
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

fn made_at(context: &Context) -> String {
    match context.lang {
        Lang::Zh => format!("令牌在 {}/app 的个人页面生成", context.server),
        Lang::En => format!("make one on your own page in {}/app", context.server),
    }
}
