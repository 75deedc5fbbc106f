//! `ronghe doctor`: what keeps commands from working.

use crate::context::Context;
use crate::exit::{Failure, done};
use ronghe_client::ListPolicies;
use ronghe_text::Lang;

/// Checks one thing after the other, as far as it gets.
pub(crate) async fn run(context: &Context) -> Result<(), Failure> {
    done(context, &format!("ronghe {}", env!("CARGO_PKG_VERSION")));
    let policies = context.client()?.list_policies(&ListPolicies::default()).await?;
    let words = match context.lang {
        Lang::Zh => format!("{}：连得上，登记册有 {} 个文件", context.server, policies.total),
        Lang::En => format!("{}: answers; documents in the register: {}", context.server, policies.total),
    };
    done(context, &words);
    Ok(())
}
