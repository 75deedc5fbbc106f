//! Files of an application.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::save;
use crate::need::files::{check_size, id_of, progress};
use crate::write::{Write, change, tried};
use ronghe_client::{Error, Upload};
use ronghe_domain::application::Action;
use ronghe_text::{application_action, application_refusal, colon};
use std::path::Path;

/// Adds a file, read from the disk as it goes.
pub(super) async fn attach(
    context: &Context,
    name: &str,
    file: &Path,
    sealed_page: Option<&str>,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    check_size(context, file)?;
    if write.dry_run {
        let view = client.show_application(name).await?;
        let words = application_action(lang, Action::Edit);
        return tried(context, &view.offers, &Action::Edit, name, words, |refusal| {
            application_refusal(lang, *refusal)
        });
    }
    let called = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    write.confirm.ask(context, &format!("{name}{}{} {called}", colon(lang), lang.pick("添加", "attach")))?;
    let added = change(&client, async |client| {
        // It could be read a moment ago.
        let upload = Upload::open(file, progress(context)).await.map_err(|_gone| Error::CutOff)?;
        match sealed_page {
            Some(code) => client.seal_application(name, code, &called, upload).await,
            None => client.attach_to_application(name, &called, upload).await,
        }
    })
    .await?;
    context.output.one(&added, || vec![format!("{}  {}", added.file.id, added.file.name)])?;
    done(context, &format!("{} {}", lang.pick("已添加", "attached"), added.file.name));
    Ok(())
}

/// Takes a file away.
pub(super) async fn detach(context: &Context, name: &str, id: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let id = id_of(context, id)?;
    let client = context.client()?;
    if write.dry_run {
        let view = client.show_application(name).await?;
        let words = application_action(lang, Action::Edit);
        return tried(context, &view.offers, &Action::Edit, name, words, |refusal| {
            application_refusal(lang, *refusal)
        });
    }
    write.confirm.ask(
        context,
        &format!("{name}{}{}", colon(lang), lang.pick("删除这个文件？", "remove this file?")),
    )?;
    client.detach_from_application(name, id).await?;
    done(context, lang.pick("已删除", "removed"));
    Ok(())
}

/// Saves a file.
pub(super) async fn download(context: &Context, name: &str, id: &str, to: &Path) -> Result<(), Failure> {
    let id = id_of(context, id)?;
    let content = context.client()?.download_from_application(name, id).await?;
    save(context, to, &content)
}
