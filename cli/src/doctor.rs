//! `ronghe doctor`: what keeps commands from working.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::{config, session};
use ronghe_client::ListPolicies;
use ronghe_text::{Lang, colon};

/// Checks one thing after the other, as far as it gets.
pub(crate) async fn run(context: &Context) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    done(context, &format!("ronghe {}", env!("CARGO_PKG_VERSION")));
    let policies = client.list_policies(&ListPolicies::default()).await?;
    done(
        context,
        &match lang {
            Lang::Zh => format!("{}：连得上，登记册有 {} 个文件", context.server, policies.total),
            Lang::En => format!("{}: answers; documents in the register: {}", context.server, policies.total),
        },
    );
    token(context)?;
    match client.show_me().await {
        Ok(me) => {
            done(context, &format!("{}{}", lang.pick("已登录：", "signed in: "), session::person(lang, &me)));
            Ok(())
        }
        Err(error) if error.is_unauthenticated() => {
            warn(
                context,
                lang.pick("未登录，只能看公开的内容", "not signed in; only what is public can be read"),
            );
            say(context, Sign::Hint, "hint: ronghe login");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Who else can read the tokens.
fn token(context: &Context) -> Result<(), Failure> {
    let lang = context.lang;
    if config::token_is_set_outside() {
        warn(context, lang.pick("令牌来自 RONGHE_TOKEN", "the token comes from RONGHE_TOKEN"));
    }
    let Some(path) = config::token_file().filter(|path| path.exists()) else { return Ok(()) };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            std::fs::metadata(&path).map_err(|error| Failure::input(error.to_string()))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(Failure::with_hint(
                format!(
                    "{}{}{}",
                    path.display(),
                    colon(lang),
                    lang.pick("别人也能读令牌", "others can read the tokens")
                ),
                format!("chmod 600 {}", path.display()),
            ));
        }
    }
    done(
        context,
        &format!(
            "{}{}{}",
            path.display(),
            colon(lang),
            lang.pick("只有本人能读", "readable by its owner only")
        ),
    );
    Ok(())
}

fn warn(context: &Context, words: &str) {
    say(context, Sign::Warning, &format!("! {words}"));
}
