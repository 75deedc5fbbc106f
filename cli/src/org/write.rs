//! `ronghe organisation create` and `ronghe organisation edit`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::json;
use crate::write::{Confirm, change};
use ronghe_domain::org::OrgDraft;
use ronghe_text::colon;
use std::path::Path;

/// Makes an organisation from JSON.
pub(crate) async fn create(context: &Context, file: &Path, confirm: &Confirm) -> Result<(), Failure> {
    let draft: OrgDraft = json(context, file)?;
    confirm
        .ask(context, &format!("{} {}", context.lang.pick("新建单位", "make organisation"), draft.name))?;
    let made = change(&context.client()?, async |client| client.create_organisation(&draft).await).await?;
    context.output.one(&made, || super::office::lines(context.lang, &made))?;
    done(context, &format!("{}{}{}", made.slug, colon(context.lang), context.lang.pick("已新建", "made")));
    Ok(())
}

/// Changes an organisation to what stands in JSON; what is left out there is emptied.
pub(crate) async fn edit(
    context: &Context,
    slug: &str,
    file: &Path,
    confirm: &Confirm,
) -> Result<(), Failure> {
    let draft: OrgDraft = json(context, file)?;
    let client = context.client()?;
    let version = client.show_organisation(slug).await?.version;
    confirm
        .ask(context, &format!("{slug}{}{}", colon(context.lang), context.lang.pick("修改？", "change?")))?;
    let made = client.change_organisation(slug, &version, &draft).await?;
    context.output.one(&made, || super::office::lines(context.lang, &made))?;
    done(context, &format!("{slug}{}{}", colon(context.lang), context.lang.pick("已修改", "changed")));
    Ok(())
}
