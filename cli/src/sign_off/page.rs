//! Sealed pages.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::write::{Write, change};
use ronghe_client::{Error, Upload};
use ronghe_contract::sign_off::SealedView;
use ronghe_domain::sign_off::{Kind, Paper};
use ronghe_text::{Lang, colon, instant};
use std::path::Path;

/// What a record goes up with.
pub(super) async fn show(context: &Context, kind: Kind, record: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let view = context.client()?.show_sealed(kind, record).await?;
    context.output.one(&view, || lines(lang, &view))
}

fn lines(lang: Lang, view: &SealedView) -> Vec<String> {
    let code = view.code.as_deref().unwrap_or(lang.pick("还不完整", "not complete"));
    let mut lines = vec![format!("{} {code}", lang.pick("版本码", "code"))];
    lines.extend(view.rounds.first().iter().flat_map(|round| super::lines(lang, round)));
    lines.extend(view.seals.iter().map(|seal| {
        let state = if seal.voided { lang.pick("已作废", "voided") } else { lang.pick("有效", "holds") };
        format!("{}  {}  {state}  {}  {}", seal.id, seal.name, seal.by, instant(lang, seal.at))
    }));
    let received = view.paper.received.as_deref().unwrap_or(lang.pick("未收到", "not received"));
    lines.push(format!("{} {}  {received}", lang.pick("纸质材料份数", "copies on paper"), view.paper.asked));
    lines
}

/// Adds a sealed scan, read from the disk as it goes.
pub(super) async fn seal(
    context: &Context,
    kind: Kind,
    (record, code): (&str, &str),
    file: &Path,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    std::fs::File::open(file)
        .map_err(|error| Failure::input(format!("{}{}{error}", file.display(), colon(lang))))?;
    if write.dry_run {
        let page = client.show_sealed(kind, record).await?;
        let words = if page.may_seal {
            lang.pick("可以", "can be done")
        } else {
            lang.pick("不由你办理", "not yours")
        };
        done(context, words);
        return Ok(());
    }
    write.confirm.ask(
        context,
        &format!("{record}{}{} {name}", colon(lang), lang.pick("上传盖章扫描件", "add the sealed scan")),
    )?;
    let added = change(&client, async |client| {
        // It could be read a moment ago.
        let upload = Upload::open(file, |_, _| {}).await.map_err(|_gone| Error::CutOff)?;
        client.add_seal(kind, record, code, &name, upload).await
    })
    .await?;
    context.output.one(&added, || vec![format!("{}  {}  {}", added.id, added.name, added.code)])
}

/// Notes copies on paper.
pub(super) async fn paper(
    context: &Context,
    kind: Kind,
    record: &str,
    asked: String,
    received: String,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    if write.dry_run {
        done(context, lang.pick("登记时核对", "it is checked when it is noted"));
        return Ok(());
    }
    write.confirm.ask(
        context,
        &format!("{record}{}{}", colon(lang), lang.pick("登记纸质材料", "note copies on paper")),
    )?;
    let body = Paper { sheets: asked, received };
    let view = change(&client, async |client| client.note_paper(kind, record, &body).await).await?;
    context
        .output
        .one(&view, || vec![format!("{}  {}", view.asked, view.received.clone().unwrap_or_default())])
}
