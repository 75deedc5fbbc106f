//! Files of a need.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::write::{Write, change, tried};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ronghe_contract::need::AttachFile;
use ronghe_domain::kernel::AttachmentId;
use ronghe_domain::need::Action;
use ronghe_text::{need_action, need_refusal};
use std::path::Path;

/// Adds a file.
pub(super) async fn attach(context: &Context, need: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let bytes =
        std::fs::read(file).map_err(|error| Failure::input(format!("{}：{error}", file.display())))?;
    if write.dry_run {
        let view = client.show_need(need).await?;
        let words = need_action(lang, Action::Edit);
        return tried(context, &view.offers, &Action::Edit, need, words, |refusal| {
            need_refusal(lang, *refusal)
        });
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    write.confirm.ask(context, &format!("{need}：{} {name}", lang.pick("添加附件", "attach")))?;
    let body = AttachFile { name, file: STANDARD.encode(&bytes) };
    let added = change(&client, async |client| client.attach_file(need, &body).await).await?;
    context.output.one(&added, || vec![format!("{}  {}", added.id, added.name)])?;
    done(context, &format!("{} {}", lang.pick("已添加", "attached"), added.name));
    Ok(())
}

/// Takes a file away.
pub(super) async fn detach(context: &Context, need: &str, id: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let id = parse(context, id)?;
    let client = context.client()?;
    if write.dry_run {
        let view = client.show_need(need).await?;
        let words = need_action(lang, Action::Edit);
        return tried(context, &view.offers, &Action::Edit, need, words, |refusal| {
            need_refusal(lang, *refusal)
        });
    }
    write.confirm.ask(context, &format!("{need}：{}", lang.pick("删除这个附件？", "remove this file?")))?;
    client.detach_file(need, id).await?;
    done(context, lang.pick("已删除", "removed"));
    Ok(())
}

/// Writes a file's content to a place on this machine.
pub(super) async fn download(context: &Context, need: &str, id: &str, to: &Path) -> Result<(), Failure> {
    let id = parse(context, id)?;
    let bytes = context.client()?.download_file(need, id).await?;
    std::fs::write(to, bytes).map_err(|error| Failure::input(format!("{}：{error}", to.display())))?;
    done(context, &format!("{} {}", context.lang.pick("已保存", "saved"), to.display()));
    Ok(())
}

fn parse(context: &Context, id: &str) -> Result<AttachmentId, Failure> {
    let words = context.lang.pick("不是附件标识", "is no identifier of a file");
    id.trim().parse().map_err(|_no_id| Failure::input(format!("{id} {words}")))
}
