//! One's views and those that are shared: another name, shared or not, taken away.

use super::{Found, address};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Empty, Fetch, Field, PageHead, loaded};
use leptos::prelude::*;
use ronghe_client::ListViews;
use ronghe_contract::view::SavedView;
use ronghe_domain::view::{Action, ViewDraft};
use ronghe_text::{Lang, view_action, view_filters, viewed_list};

/// The page.
#[component]
pub fn Views() -> impl IntoView {
    let session = Session::here();
    let found: Found = Fetch::new(move || async move {
        session.call(async |client| client.list_views(&ListViews::default()).await).await
    });
    let title = Signal::derive(move || session.lang().pick("保存的视图", "Saved views").to_owned());
    view! {
        <PageHead title=title/>
        {loaded(session, found, move |views: Vec<SavedView>| list(session, views, found))}
    }
}

fn list(session: Session, views: Vec<SavedView>, found: Found) -> AnyView {
    let lang = session.lang();
    if views.is_empty() {
        let title = lang.pick("还没有保存视图", "There is no view yet");
        let words = lang.pick(
            "在列表里筛选以后，展开“把现在的筛选存为视图”。",
            "Filter a list, then open “Save these filters as a view”.",
        );
        return view! { <Empty title=title words=words/> }.into_any();
    }
    let rows = views.into_iter().map(|view| view! { <One view=view found=found/> }).collect_view();
    view! { <div class="stack">{rows}</div> }.into_any()
}

/// What a view asks for, in short.
fn said(lang: Lang, view: &SavedView) -> String {
    let filters = view_filters(lang, view.list, &view.filters);
    let shared = if view.shared { lang.pick("（本单位共用）", " (shared)") } else { "" };
    format!("{}{}{filters}{shared}", viewed_list(lang, view.list), lang.pick("：", ": "))
}

#[component]
fn One(view: SavedView, found: Found) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let to = address(view.list, &view.filters);
    let line = said(lang, &view);
    let heading = view.name.clone();
    let own = view.offers.contains(&Action::Change).then(|| view! { <Change view=view found=found/> });
    view! {
        <section class="card stack"><h2><a href=to>{heading}</a></h2><p class="quiet">{line}</p>{own}</section>
    }
}

#[component]
fn Change(view: SavedView, found: Found) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let act = Act::new();
    let (name, shared) = (RwSignal::new(view.name.clone()), RwSignal::new(view.shared));
    let id = view.id;
    let may_delete = view.offers.contains(&Action::Delete);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (version, filters) = (view.version.clone(), view.filters.clone());
        let draft = ViewDraft {
            list: view.list,
            name: name.get_untracked(),
            filters,
            shared: shared.get_untracked(),
        };
        act.run(async move |client| client.change_view(id, &version, &draft).await, move |_| found.refetch());
    };
    let delete =
        move |_| act.run(async move |client| client.delete_view(id).await, move |()| found.refetch());
    let delete = may_delete.then(|| {
        view! { <button class="button" data-kind="quiet" type="button" on:click=delete>{view_action(lang, Action::Delete)}</button> }
    });
    view! {
        <details><summary>{view_action(lang, Action::Change)}</summary>
            <form class="form section" on:submit=submit>
                <ActBox act=act/>
                <Field label=("名称", "Name") name="name" value=name short=true trouble=act.trouble/>
                <Choice label=lang.pick("本单位的人都能用", "For everyone of my organisation").to_owned() checked=shared on_change=move |on| shared.set(on)/>
                <div class="button-row"><Button busy=act.busy>{lang.pick("保存视图", "Save the view")}</Button>{delete}</div>
            </form>
        </details>
    }
}
