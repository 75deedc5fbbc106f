//! Whether a working copy is saved, in one line, and on the page of its record.

use super::{Desks, Saved, Saver, Working};
use crate::session::Session;
use leptos::prelude::*;

/// The line; nothing while nothing was typed.
#[component]
pub fn SavedLine<W: Working>(saver: Saver<W>) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let is_loose = W::is_loose(saver.beside);
        let (turn, words) = match saver.saved.get() {
            Saved::Untouched | Saved::Waiting | Saved::At(_) | Saved::Together(_) if is_loose => {
                ("error", lang.pick("有填写还不能保存", "Some of it cannot be saved yet").to_owned())
            }
            Saved::Untouched => return ().into_any(),
            Saved::Waiting => ("yours", lang.pick("正在保存", "Saving").to_owned()),
            Saved::At(time) => ("done", format!("{}{time}", lang.pick("已保存 ", "Saved "))),
            Saved::Together(time) => {
                let others = lang.pick("，别人改的也在内", ", with what someone else changed");
                ("done", format!("{}{time}{others}", lang.pick("已保存 ", "Saved ")))
            }
            Saved::Failed => ("error", lang.pick("未保存，正在重试", "Not saved, trying again").to_owned()),
            Saved::Stale => {
                ("error", lang.pick("未保存：别人先改了", "Not saved: someone else was faster").to_owned())
            }
            Saved::Refused(reason) => ("error", format!("{}{reason}", lang.pick("未保存：", "Not saved: "))),
        };
        view! { <p class="saved" data-turn=turn role="status">{words}</p> }.into_any()
    }
}

/// Changes that did not reach the server when the page where they were typed was left: they are still there,
/// at the address that `to` makes of the record's name.
pub fn stuck<W: Working>(
    session: Session,
    desks: Desks<W>,
    name: Memo<String>,
    to: fn(&str) -> String,
) -> impl IntoView {
    let holds = Memo::new(move |_| name.with(|name| desks.holds_stuck(name)));
    move || {
        holds.get().then(|| {
            let lang = session.lang();
            let to = name.with_untracked(|name| to(name));
            view! {
                <div class="banner" data-turn="yours" role="status">
                    <div><p class="banner__title">{lang.pick("有改动还没有保存", "Some changes are not saved yet")}</p>
                        <p>{lang.pick("填写的内容都还在。", "What you typed is still there.")}</p></div>
                    <a class="button" data-size="small" href=to>{lang.pick("回去看", "Go back to it")}</a>
                </div>
            }
        })
    }
}
