//! Making records from a table: template, file, errors by cell, preview, then written.

use super::act::{Act, ActBox};
use super::field::{Both, Button, Choice};
use super::file::{Chosen, FilePicker};
use super::page::{PageHead, back};
use crate::session::Session;
use leptos::prelude::*;
use ronghe_client::{Client, Error};
use ronghe_text::Lang;

/// How a page calls the records of its table.
pub struct Kind {
    /// 从表格导入账号.
    pub title: Both,
    /// Where the records are listed, and what the list is called.
    pub list: (&'static str, Both),
    /// Where the empty table comes from, and the name it is saved under.
    pub template: (&'static str, &'static str),
    /// What the table shows, for those who cannot see it.
    pub caption: Both,
    /// Chinese counts them with its own word: 个账号; English in the plural: accounts.
    pub counted: Both,
    /// What is to be known once they are made.
    pub after: Both,
    /// What may be ticked, and what comes of it.
    pub tick: Option<(Both, Both)>,
}

/// A table on its way.
pub struct Sent {
    /// The file, in base 64.
    pub file: String,
    /// It is only looked at.
    pub preview: bool,
    /// What the page asks besides was ticked.
    pub ticked: bool,
}

/// What a table would make, or made.
pub trait Found: Clone + Send + Sync + 'static {
    /// It was made; in a preview it would be.
    fn is_written(&self) -> bool;
    /// How many rows there are.
    fn count(&self) -> usize;
    /// Heads of the columns.
    fn heads(&self) -> Vec<Both>;
    /// The rows under these heads.
    fn rows(self, lang: Lang) -> AnyView;
    /// What is to be said of them besides.
    fn remark(&self, _lang: Lang) -> Option<String> {
        None
    }
}

/// The page; `send` sends the table.
pub fn import_page<T: Found>(
    kind: &'static Kind,
    send: impl AsyncFn(Client, Sent) -> Result<T, Error> + Copy + 'static,
) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let file = RwSignal::new(None::<Chosen>);
    let (shown, ticked) = (RwSignal::new(None::<T>), RwSignal::new(false));
    // Another file is another import, and so is the same one for something else.
    Effect::new(move |_| {
        file.track();
        ticked.track();
        shown.set(None);
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let sent = Sent {
            file: file.get_untracked().map(|chosen| chosen.base64).unwrap_or_default(),
            preview: shown.with_untracked(Option::is_none),
            ticked: ticked.get_untracked(),
        };
        act.run(async move |client| send(client, sent).await, move |found: T| shown.set(Some(found)));
    };
    let said = move |both: Both| session.lang().pick(both.0, both.1);
    let title = Signal::derive(move || said(kind.title).to_owned());
    let (list, template) = (kind.list, kind.template);
    view! {
        {move || back(session, list.0, said(list.1))}
        <PageHead title=title>
            <a class="button" href=template.0 rel="external" download=template.1>
                {move || said(("下载空表", "Download the empty table"))}</a>
        </PageHead>
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {move || {
                let written = shown.with(|shown| shown.as_ref().is_some_and(Found::is_written));
                (!written).then(|| view! {
                    <FilePicker file=file trouble=act.trouble accept=".xlsx"
                        hint=("填好的 .xlsx 表；有一格不对，就一行也不写入", "The table filled in, .xlsx; should one cell not hold, no row is written")/>
                    {kind.tick.map(|(label, hint)| {
                        let label = Signal::derive(move || said(label).to_owned());
                        let hint = Signal::derive(move || said(hint).to_owned());
                        view! { <Choice label=label hint=hint checked=ticked on_change=move |on| ticked.set(on)/> }
                    })}
                })
            }}
            {move || shown.get().map(|found| table(session, kind, found))}
            {move || next(session, kind, act, file.get().is_some(), shown.get())}
        </form>
    }
}

/// What is done next: checking, writing, or going back; nothing before a file is chosen.
fn next<T: Found>(
    session: Session,
    kind: &'static Kind,
    act: Act,
    has_file: bool,
    shown: Option<T>,
) -> Option<impl IntoView> {
    let lang = session.lang();
    let (home, list) = kind.list;
    let step = match shown {
        None => {
            view! { <Button primary=true busy=act.busy>{lang.pick("检查", "Check it")}</Button> }.into_any()
        }
        Some(found) if !found.is_written() && found.count() > 0 => {
            let words = match lang {
                Lang::Zh => format!("导入 {} {}", found.count(), kind.counted.0),
                Lang::En => format!("Import {} {}", found.count(), kind.counted.1),
            };
            view! { <Button primary=true busy=act.busy>{words}</Button> }.into_any()
        }
        Some(_) => {
            let words = format!("{}{}", lang.pick("回到", "Back to: "), lang.pick(list.0, list.1));
            view! { <a class="button" href=home>{words}</a> }.into_any()
        }
    };
    has_file.then(|| view! { <div class="form-foot">{step}</div> })
}

fn table<T: Found>(session: Session, kind: &'static Kind, found: T) -> impl IntoView {
    let lang = session.lang();
    let (count, written) = (found.count(), found.is_written());
    let counted = lang.pick(kind.counted.0, kind.counted.1);
    let (turn, said) = match (lang, written) {
        (Lang::Zh, _) if count == 0 => ("yours", "表里一行也没有".to_owned()),
        (Lang::En, _) if count == 0 => ("yours", "The table holds no row".to_owned()),
        (Lang::Zh, false) => ("others", format!("{count} {counted}都对，还没有写入")),
        (Lang::En, false) => ("others", format!("All {count} {counted} hold; nothing is written yet")),
        (Lang::Zh, true) => ("done", format!("{count} {counted}已导入{}", kind.after.0)),
        (Lang::En, true) => ("done", format!("{count} {counted} imported{}", kind.after.1)),
    };
    let heads: Vec<_> = found
        .heads()
        .into_iter()
        .map(|head| view! { <th scope="col">{lang.pick(head.0, head.1)}</th> })
        .collect();
    let remark = found.remark(lang).map(|words| view! { <p>{words}</p> });
    view! {
        <div class="banner" data-turn=turn role="status"><div><p class="banner__title">{said}</p>{remark}</div></div>
        {(count > 0).then(|| view! {
            <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick(kind.caption.0, kind.caption.1)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{found.rows(lang)}</tbody></table></div>
        })}
    }
}
