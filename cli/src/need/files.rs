//! Files of a need.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::save;
use crate::write::{Write, change, tried};
use ronghe_client::{Error, Upload};
use ronghe_domain::attachment::{MIB_MOST, SIZE_MOST};
use ronghe_domain::kernel::AttachmentId;
use ronghe_domain::need::Action;
use ronghe_text::{Lang, colon, file_size, need_action, need_refusal};
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// Until progress is shown, and between two lines of it.
const SHOWN_AFTER: Duration = Duration::from_millis(500);
const SHOWN_EVERY: Duration = Duration::from_millis(100);

/// Adds a file, read from the disk as it goes.
pub(super) async fn attach(context: &Context, need: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    check_size(context, file)?;
    if write.dry_run {
        let view = client.show_need(need).await?;
        let words = need_action(lang, Action::Edit);
        return tried(context, &view.offers, &Action::Edit, need, words, |refusal| {
            need_refusal(lang, *refusal)
        });
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    write
        .confirm
        .ask(context, &format!("{need}{}{} {name}", colon(lang), lang.pick("添加附件", "attach")))?;
    let added = change(&client, async |client| {
        // It could be read a moment ago.
        let upload = Upload::open(file, progress(context)).await.map_err(|_gone| Error::CutOff)?;
        client.attach_file(need, &name, upload).await
    })
    .await?;
    context.output.one(&added, || vec![format!("{}  {}", added.id, added.name)])?;
    done(context, &format!("{} {}", lang.pick("已添加", "attached"), added.name));
    Ok(())
}

/// A file that is too large is not sent at all.
pub(crate) fn check_size(context: &Context, file: &Path) -> Result<(), Failure> {
    let unreadable =
        |error: std::io::Error| Failure::input(format!("{}{}{error}", file.display(), colon(context.lang)));
    let size = std::fs::File::open(file).and_then(|file| file.metadata()).map_err(unreadable)?.len();
    if size <= SIZE_MOST {
        return Ok(());
    }
    let (name, size) = (file.display(), file_size(size));
    Err(match context.lang {
        Lang::Zh => Failure::with_hint(
            format!("{name} 太大：{size}"),
            format!("每个文件最大 {MIB_MOST} MiB；压缩图片，或分成几个文件"),
        ),
        Lang::En => Failure::with_hint(
            format!("{name} is too large: {size}"),
            format!("a file has {MIB_MOST} MiB at most; shrink its pictures, or split it"),
        ),
    })
}

/// Shows on a terminal how much of a file has gone, where it takes long enough to be asked.
pub(crate) fn progress(context: &Context) -> impl FnMut(u64, u64) + Send + Sync + 'static {
    let is_shown = std::io::stderr().is_terminal() && !context.output.quiet;
    let mut next = Instant::now() + SHOWN_AFTER;
    let mut has_line = false;
    move |gone, size| {
        if !is_shown || (Instant::now() < next && !(gone == size && has_line)) {
            return;
        }
        next = Instant::now() + SHOWN_EVERY;
        has_line = true;
        let share = gone * 100 / size.max(1);
        let end = if gone == size { "\n" } else { "" };
        // Nothing can be said where standard error is gone.
        drop(write!(
            std::io::stderr(),
            "\r\u{1b}[K{share} % · {} / {}{end}",
            file_size(gone),
            file_size(size)
        ));
    }
}

/// Takes a file away.
pub(super) async fn detach(context: &Context, need: &str, id: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let id = id_of(context, id)?;
    let client = context.client()?;
    if write.dry_run {
        let view = client.show_need(need).await?;
        let words = need_action(lang, Action::Edit);
        return tried(context, &view.offers, &Action::Edit, need, words, |refusal| {
            need_refusal(lang, *refusal)
        });
    }
    write.confirm.ask(
        context,
        &format!("{need}{}{}", colon(lang), lang.pick("删除这个附件？", "remove this file?")),
    )?;
    client.detach_file(need, id).await?;
    done(context, lang.pick("已删除", "removed"));
    Ok(())
}

/// Saves a file.
pub(super) async fn download(context: &Context, need: &str, id: &str, to: &Path) -> Result<(), Failure> {
    let id = id_of(context, id)?;
    let bytes = context.client()?.download_file(need, id).await?;
    save(context, to, &bytes)
}

/// The identifier of a file.
pub(crate) fn id_of(context: &Context, id: &str) -> Result<AttachmentId, Failure> {
    let words = context.lang.pick("不是附件标识", "is no identifier of a file");
    id.trim().parse().map_err(|_no_id| Failure::input(format!("{id} {words}")))
}
