//! Saved views: links above a list, the filters of the address under a name, and the page that keeps them in order.

mod keep;

pub use keep::Views;

use crate::session::Session;
use crate::shell::{encoded, word};
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Fetch, Field, Trouble};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListViews;
use ronghe_contract::view::SavedView;
use ronghe_domain::view::{Action, List, ViewDraft};
use std::collections::BTreeMap;

type Found = Fetch<Result<Vec<SavedView>, Trouble>>;

/// Where a list is, narrowed by filters.
fn address(list: List, filters: &BTreeMap<String, String>) -> String {
    let home = match list {
        List::Needs => "/app/needs",
        List::Applications => "/app/applications",
        List::Accounts => "/app/accounts",
    };
    let parts: Vec<String> =
        filters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if parts.is_empty() { home.to_owned() } else { format!("{home}?{}", parts.join("&")) }
}

/// The views of a list as links, and saving what the address asks for.
#[component]
pub fn SavedViews(list: List) -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let now = Memo::new(move |_| {
        let of = |name: &&str| query.with(|query| query.get(name)).filter(|value| !value.is_empty());
        let known = list.filters().iter();
        known.filter_map(|name| Some(((*name).to_owned(), of(name)?))).collect::<BTreeMap<_, _>>()
    });
    let found: Found = Fetch::new(move || async move {
        let ask = ListViews { list: word(list) };
        session.call(async |client| client.list_views(&ask).await).await
    });
    let links = move || {
        let lang = session.lang();
        let views = found.get().and_then(Result::ok).unwrap_or_default();
        let links = views.into_iter().map(|view| {
            let here = now.with(|now| *now == view.filters).then_some("page");
            let shared = view.shared.then(|| view! { <small>{lang.pick("（共用）", " (shared)")}</small> });
            view! { <a href=address(list, &view.filters) aria-current=here>{view.name}{shared}</a> }
        });
        let links = links.collect_view();
        view! {
            <nav class="views" aria-label=lang.pick("保存的视图", "Saved views")>
                <a href="/app">{lang.pick("待我处理", "Waiting for me")}</a>{links}
                <a href="/app/views">{lang.pick("整理视图", "Arrange views")}</a></nav>
        }
    };
    view! { {links}{move || now.with(|now| !now.is_empty()).then(|| view! { <Save list=list now=now found=found/> })} }
}

/// Saving what the address asks for under a name.
#[component]
fn Save(list: List, now: Memo<BTreeMap<String, String>>, found: Found) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let (name, shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = ViewDraft {
            list,
            name: name.get_untracked(),
            filters: now.get_untracked(),
            shared: shared.get_untracked(),
        };
        act.run(
            async move |client| client.save_view(&draft).await,
            move |_| {
                name.set(String::new());
                found.refetch();
            },
        );
    };
    let label = Signal::derive(move || {
        session.lang().pick("本单位的人都能用", "For everyone of my organisation").to_owned()
    });
    view! {
        <details><summary>{move || session.lang().pick("把现在的筛选存为视图", "Save these filters as a view")}</summary>
            <form class="form section" on:submit=submit>
                <ActBox act=act/>
                <Field label=("名称", "Name") name="name" value=name short=true trouble=act.trouble/>
                <Choice label=label checked=shared on_change=move |on| shared.set(on)/>
                <Button busy=act.busy>{move || session.lang().pick("保存视图", "Save the view")}</Button>
                <Renew now=now found=found act=act/>
            </form>
        </details>
    }
}

/// Giving one of the person's own views the filters that the address asks for.
#[component]
fn Renew(now: Memo<BTreeMap<String, String>>, found: Found, act: Act) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let is_own = |view: &SavedView| view.offers.contains(&Action::Change);
        let views = found.get().and_then(Result::ok).unwrap_or_default().into_iter();
        let others = views.filter(|view| is_own(view) && now.with(|now| *now != view.filters));
        let buttons: Vec<_> = others.map(|view| renew(view, now, found, act)).collect();
        (!buttons.is_empty()).then(|| {
            view! {
                <div class="field"><span>{lang.pick("或改写已有的视图", "Or give a view that you have these filters")}</span>
                    <div class="button-row">{buttons}</div></div>
            }
        })
    }
}

fn renew(view: SavedView, now: Memo<BTreeMap<String, String>>, found: Found, act: Act) -> impl IntoView {
    let label = view.name.clone();
    let renew = move |_| {
        let (id, version) = (view.id, view.version.clone());
        let (list, name, shared) = (view.list, view.name.clone(), view.shared);
        let draft = ViewDraft { list, name, filters: now.get_untracked(), shared };
        act.run(async move |client| client.change_view(id, &version, &draft).await, move |_| found.refetch());
    };
    view! { <button class="button" data-size="small" type="button" on:click=renew>{label}</button> }
}
