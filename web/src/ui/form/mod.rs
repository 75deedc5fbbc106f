//! Records that are written page by page: the list of pages, one page, the check before it is sent.

mod bind;
mod check;
mod files;
mod list;
mod section;

pub use bind::{bound, line};
pub use check::{Check, CheckPage, answer_page, answered};
pub use files::{FileField, FileRow, file_links};
pub use section::summary;

use super::saver::{Conflicts, SavedLine, Saver, Working};
use super::{Offered, PageHead, Trouble};
use crate::session::Session;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use list::TaskList;
use ronghe_domain::kernel::{FieldError, Progress};
use ronghe_text::{Lang, field_label};
use section::SectionPage;
use serde_json::Value;

/// What is done once everything is on the server, and how that is brought about.
type Then = Box<dyn FnOnce()>;
type Save = StoredValue<Box<dyn Fn(Then)>, LocalStorage>;

/// A record whose draft is written page by page.
pub trait Paged: Working {
    /// What its list of pages shows.
    fn outline(&self, lang: Lang) -> Outline;

    /// The title as it is typed.
    fn title(draft: &Self::Draft) -> &str;

    /// Facts beside the list, as rows of a description list.
    fn facts(&self, session: Session) -> AnyView;

    /// Sections below the facts.
    fn below(&self, session: Session) -> AnyView;

    /// What does not hold on the page of this name, as the server said at the last save.
    fn errors_on(&self, page: &str) -> Vec<FieldError>;

    /// The fields of a page that can be changed now, what a return says of them above each.
    fn fields(saver: Saver<Self>, page: &'static str, trouble: RwSignal<Option<Trouble>>) -> AnyView;
}

/// The list of pages, with what leads to it and on from it.
#[derive(Clone)]
pub struct Outline {
    /// Its address.
    pub base: String,
    /// The list of such records: where it is, and its name.
    pub home: (&'static str, &'static str),
    /// What is done: 填报需求, 补正申报.
    pub verb: &'static str,
    pub pages: Vec<Page>,
    /// Who returned it, when, and what has to be done.
    pub returned: Option<Returned>,
    /// The step that sends it, where it is somebody's at all; `Some` with the reason while it is barred.
    pub submit: Option<Option<String>>,
    /// 提交需求.
    pub submit_words: &'static str,
    /// Other ways on.
    pub others: Vec<Offered>,
}

/// A page of the form in its list.
#[derive(Clone)]
pub struct Page {
    /// In addresses.
    pub slug: &'static str,
    pub name: &'static str,
    /// What it asks for, or what a return says of it.
    pub hint: String,
    pub progress: Progress,
    /// How far it has come, in words.
    pub words: &'static str,
    /// This person may write it now.
    pub is_open: bool,
    /// It may be left empty.
    pub is_optional: bool,
}

/// What a return says of the whole.
#[derive(Clone)]
pub struct Returned {
    pub head: String,
    pub remark: String,
    pub rest: Option<&'static str>,
}

impl Page {
    const fn is_done(&self) -> bool {
        matches!(self.progress, Progress::Done | Progress::Closed)
    }

    /// A page that may be left empty counts once something stands in it.
    fn counts(&self) -> bool {
        !self.is_optional || self.progress != Progress::NotStarted
    }
}

impl Outline {
    /// How many pages count, and how many of them are done.
    pub fn counted(&self) -> (usize, usize) {
        let counted = || self.pages.iter().filter(|it| it.counts());
        (counted().count(), counted().filter(|it| it.is_done()).count())
    }

    /// The page to be written next: begun ones before those that nobody has begun.
    fn next(&self) -> Option<&Page> {
        let begun = |it: &&Page| it.is_open && matches!(it.progress, Progress::ToCorrect | Progress::Started);
        let untouched = |it: &&Page| it.is_open && !it.is_optional && it.progress == Progress::NotStarted;
        self.pages.iter().find(begun).or_else(|| self.pages.iter().find(untouched))
    }

    /// The address of the page to be written next.
    fn to_write(&self) -> Option<String> {
        self.next().map(|page| format!("{}/edit/{}", self.base, page.slug))
    }

    /// The address of the first page that a return names, unless the return says something of the whole.
    fn to_correct(&self) -> Option<String> {
        let says_more = self.returned.as_ref().is_none_or(|it| !it.remark.is_empty());
        let page = self.pages.iter().find(|it| it.is_open && it.progress == Progress::ToCorrect)?;
        (!says_more).then(|| format!("{}/edit/{}", self.base, page.slug))
    }

    /// The address that follows the page of this name: the next page that is open, or the check.
    fn after(&self, page: &str) -> String {
        let mut rest = self.pages.iter().skip_while(|it| it.slug != page).skip(1);
        let open = rest.find(|it| it.is_open);
        open.map_or_else(|| format!("{}/check", self.base), |it| format!("{}/edit/{}", self.base, it.slug))
    }
}

/// The list of pages, or the page of the name in the address.
#[component]
pub fn Desk<W: Paged>(saver: Saver<W>, page: Memo<String>) -> impl IntoView {
    let session = Session::here();
    saver.open_page();
    let outline = Signal::derive(move || {
        let lang = session.lang();
        saver.view.with(|view| view.outline(lang))
    });
    straight(outline, page);
    let typed = Signal::derive(move || saver.draft.with(|draft| W::title(draft).to_owned()));
    let saved = move || view! { <SavedLine saver=saver/> }.into_any();
    let save = Save::new_local(Box::new(move |then| saver.save_then(then)));
    let shown = move || {
        let wanted = page.get();
        let slug = outline.with_untracked(|it| it.pages.iter().map(|it| it.slug).find(|it| *it == wanted));
        let Some(slug) = slug else {
            let facts = move || saver.view.with(|view| view.facts(session));
            let below = move || saver.view.with(|view| view.below(session));
            return view! { <TaskList outline=outline typed=typed saved=saved() save=save facts=facts below=below/> }
                .into_any();
        };
        let trouble = RwSignal::new(None::<Trouble>);
        let fields = W::fields(saver, slug, trouble);
        let errors = Signal::derive(move || saver.view.with(|view| view.errors_on(slug)));
        view! {
            <SectionPage outline=outline page=slug trouble=trouble fields=fields saved=saved() save=save errors=errors/>
        }
        .into_any()
    };
    view! {
        <Conflicts saver=saver label=label short=short/>
        {shown}
    }
}

/// Whoever comes from a task stands at once on the page that a return names, what it says of the whole being read first;
/// or on the next page of those that they write.
fn straight(outline: Signal<Outline>, page: Memo<String>) {
    let (query, navigate) = (use_query_map(), use_navigate());
    Effect::new(move |_| {
        if !page.get().is_empty() {
            return;
        }
        let to = match query.with(|query| query.get("go")).as_deref() {
            Some("correct") => outline.with_untracked(Outline::to_correct),
            Some("next") => outline.with_untracked(Outline::to_write),
            _ => None,
        };
        if let Some(to) = to {
            navigate(&to, NavigateOptions { replace: true, ..Default::default() });
        }
    });
}

/// It cannot be written now, and why.
pub fn closed(lang: Lang, title: String, words: &str, to: String) -> impl IntoView + use<> {
    view! {
        <PageHead title=title/>
        <div class="banner"><div><p class="banner__title">{lang.pick("现在不能修改", "It cannot be changed now")}</p>
            <p>{words.to_owned()}</p></div>
            <a class="button" data-size="small" href=to>{lang.pick("查看", "See it")}</a></div>
    }
}

/// What a return says of one field or page.
pub fn to_correct(
    what: impl Fn(Lang) -> &'static str + Send + Sync + 'static,
    remark: String,
) -> impl IntoView {
    let session = Session::here();
    let head = move || {
        let lang = session.lang();
        format!("{}{}", lang.pick("退回意见：", "To correct: "), what(lang))
    };
    view! { <div class="banner" data-turn="yours"><div><p class="banner__title">{head}</p><p>{remark}</p></div></div> }
}

/// A place of a draft, such as 预算明细 2：金额.
fn label<D>(lang: Lang, _: &D, path: &str) -> String {
    let field = field_label(lang, path);
    let row = path.split_once('[').and_then(|(table, rest)| {
        let at = rest.split_once(']')?.0.parse::<usize>().ok()?;
        Some((field_label(lang, table), at + 1))
    });
    match (lang, row) {
        (Lang::Zh, Some((table, row))) => format!("{table} {row}：{field}"),
        (Lang::En, Some((table, row))) => format!("{table} {row}: {field}"),
        (_, None) => field,
    }
}

/// A value in a few words, for choosing between theirs and mine.
fn short(lang: Lang, value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => lang.pick("空", "empty").to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => lang.pick("空", "empty").to_owned(),
        Value::Array(items) => {
            items.iter().map(|it| short(lang, it)).collect::<Vec<_>>().join(lang.pick("、", ", "))
        }
        Value::Object(parts) => parts.values().map(|it| short(lang, it)).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
