//! 相近需求 beside the verdict: up to five, each to be compared with the need in the wide pane, or to be merged into.

use super::super::alike::texts;
use super::super::{state_tag, title};
use crate::session::Session;
use crate::ui::{Fetch, focus, loaded};
use leptos::prelude::*;
use ronghe_contract::Page;
use ronghe_contract::need::AlikeView;
use ronghe_text::Lang;

/// Where the text of the need stands, and in its place two needs side by side.
const PANE: &str = "compared";

/// Which need is compared, in the pane that is wide enough for two.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    shown: RwSignal<Option<AlikeView>>,
    /// On a phone: the pane of the verdict is the one that shows.
    second: RwSignal<bool>,
}

impl Beside {
    pub(super) fn new(second: RwSignal<bool>) -> Self {
        Self { shown: RwSignal::new(None), second }
    }

    /// Whether the text of the need itself is out of the way.
    pub(super) fn is_open(self) -> bool {
        self.shown.with(Option::is_some)
    }

    fn is_of(self, name: &str) -> bool {
        self.shown.with(|shown| shown.as_ref().is_some_and(|it| it.need.name == name))
    }

    fn open(self, it: AlikeView) {
        self.shown.set(Some(it));
        self.second.set(false);
        focus(PANE);
    }
}

/// Both texts, while a need is compared.
#[component]
pub(super) fn Compared(own: String, beside: Beside) -> impl IntoView {
    let session = Session::here();
    move || {
        let it = beside.shown.get()?;
        let lang = session.lang();
        let heading = format!("{} {}", lang.pick("对照", "Beside"), it.need.name);
        let (label, name) = (heading.clone(), title(lang, &it.need));
        Some(view! {
            <section class="stack" id=PANE tabindex="-1" aria-label=label>
                <div class="button-row"><h2>{heading}</h2>
                    <button class="button" data-size="small" type="button" on:click=move |_| beside.shown.set(None)>
                        {lang.pick("回到需求内容", "Back to the text")}</button></div>
                <p class="quiet">{name}</p>
                {texts(lang, &own, &it)}
            </section>
        })
    }
}

/// The list of them; `merge` fills in the verdict, where one may be given.
#[component]
pub(super) fn Near(name: String, beside: Beside, merge: Option<Callback<String>>) -> impl IntoView {
    let session = Session::here();
    let found = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.list_alike_needs(&name).await).await }
    });
    view! {
        <section><h3>{move || session.lang().pick("相近需求", "Alike")}</h3>
            {loaded(session, found, move |page: Page<AlikeView>| listed(session, page.items, beside, merge))}</section>
    }
}

fn listed(
    session: Session,
    found: Vec<AlikeView>,
    beside: Beside,
    merge: Option<Callback<String>>,
) -> AnyView {
    let lang = session.lang();
    if found.is_empty() {
        return view! { <p class="quiet">{lang.pick("没有相近的需求。", "None says much the same.")}</p> }
            .into_any();
    }
    let rows = found.into_iter().map(|it| one(session, it, beside, merge)).collect_view();
    view! { <ul class="link-list">{rows}</ul> }.into_any()
}

fn one(
    session: Session,
    it: AlikeView,
    beside: Beside,
    merge: Option<Callback<String>>,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let passages: usize = it.fields.iter().map(|field| field.passages.len()).sum();
    let said = match lang {
        Lang::Zh => format!("相似度 {} %，相同的段落 {passages} 处", it.likeness),
        Lang::En => format!("{} % alike, {passages} passages in common", it.likeness),
    };
    let (heading, number) = (title(lang, &it.need), it.need.name.clone());
    let tag = state_tag(session, &it.need);
    let (own, into) = (number.clone(), number.clone());
    let compare = format!("{} {number}", lang.pick("对照", "Compare with"));
    let merging = merge.map(|merge| {
        let label = format!("{} {number}", lang.pick("合并到", "Merge into"));
        view! {
            <button class="button" data-size="small" type="button" on:click=move |_| merge.run(into.clone())>{label}</button>
        }
    });
    view! {
        <li><span><a href=format!("/app/needs/{number}")>{heading}</a>" "{tag}</span>
            <span class="quiet"><small>{said}</small></span>
            <div class="button-row"><button class="button" data-size="small" type="button"
                aria-pressed=move || beside.is_of(&own).to_string() on:click=move |_| beside.open(it.clone())>{compare}</button>{merging}</div></li>
    }
}
