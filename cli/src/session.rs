//! `ronghe login`, `logout`, `whoami`.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::{config, parse};
use ronghe_contract::session::Me;
use ronghe_text::{Lang, role};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// How the token is given.
#[derive(clap::Args)]
pub(crate) struct Login {
    /// File that holds the token; standard input where absent.
    #[arg(long)]
    token_file: Option<PathBuf>,
}

/// Proves the token at the server and keeps it.
pub(crate) async fn log_in(context: &Context, login: &Login) -> Result<(), Failure> {
    let lang = context.lang;
    let token = given(context, login.token_file.as_deref())?;
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
        vec![person(lang, &me), me.login.clone(), roles.join(lang.pick("、", ", "))]
    })
}

/// 张敏（高校联络服务处）.
pub(crate) fn person(lang: Lang, me: &Me) -> String {
    match lang {
        Lang::Zh => format!("{}（{}）", me.name, me.org.name),
        Lang::En => format!("{} ({})", me.name_en, me.org.name_en),
    }
}

fn given(context: &Context, file: Option<&Path>) -> Result<String, Failure> {
    let lang = context.lang;
    let bytes = match file {
        Some(file) => parse::bytes(context, file)?,
        None if !std::io::stdin().is_terminal() => parse::bytes(context, Path::new("-"))?,
        None if context.silent => {
            return Err(Failure::with_hint(
                lang.pick("没有令牌", "there is no token"),
                "ronghe login --token-file FILE",
            ));
        }
        None => {
            say(context, Sign::Hint, &made_at(context));
            rpassword::prompt_password(lang.pick("令牌：", "Token: "))
                .map_err(|error| Failure::input(error.to_string()))?
                .into_bytes()
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
