//! The order in which a bureau puts its needs: by buttons, keys and numbers; dragging is an extra.

use crate::need::{state_tag, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Empty, Fetch, Mover, PageHead, Place, back, loaded, typed};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::need::{NeedRow, RankingView};
use ronghe_domain::need::RankingDraft;

/// The page.
#[component]
pub fn RankNeeds() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let year = Memo::new(move |_| query.with(|query| query.get("year").unwrap_or_default()));
    let ranking = Fetch::new(move || {
        let year = year.get();
        async move { session.call(async |client| client.show_ranking(&year).await).await }
    });
    let act = Act::new();
    view! {
        {move || back(session, &format!("/app/cycles/{}?tab=filing", year.get()), session.lang().pick("报送情况", "Filing"))}
        {loaded(session, ranking, move |view: RankingView| page(session, view, act, ranking))}
    }
}

type From = Fetch<Result<RankingView, crate::ui::Trouble>>;

fn page(session: Session, view: RankingView, act: Act, from: From) -> AnyView {
    let lang = session.lang();
    let heading = lang.pick("需求排序", "Order of needs");
    if view.items.is_empty() {
        let words = lang
            .pick("学校提交需求以后在这里排序。", "Needs are put in order here once schools submit them.");
        return view! { <PageHead title=heading/><Empty title=lang.pick("还没有需求", "There are no needs yet") words=words/> }.into_any();
    }
    let saved: Vec<String> =
        view.items.iter().filter(|row| row.rank.is_some()).map(|row| row.name.clone()).collect();
    let place = format!("ranking {} {}", view.year, view.version);
    let order = typed(&place, || RwSignal::new(view.items.clone()));
    let mover = Mover::new(order);
    let may = view.may_rank;
    let (year, version) = (view.year.clone(), view.version.clone());
    let names = move || order.with(|rows| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>());
    let is_saved = Memo::new(move |_| names() == saved);
    let save = move |_| {
        let (year, version, draft) = (year.clone(), version.clone(), RankingDraft { order: names() });
        act.run(
            async move |client| client.rank_needs(&year, &version, &draft).await,
            move |_| from.refetch(),
        );
    };
    let dragged = RwSignal::new(None::<(Place, String)>);
    let rows = move || {
        let rows = order.get();
        let count = rows.len();
        let rows = rows.into_iter().enumerate();
        rows.map(|(at, row)| {
            line(
                session,
                Place { at, first: 0, last: count.saturating_sub(1) },
                row,
                Order { mover, dragged, may },
            )
        })
        .collect_view()
    };
    let intro = lang.pick(
        "最急的排在最前。排序随汇总表报送，高校联络服务处在列表和遴选中看到；学校看不到。",
        "The most urgent first. The order goes up with the summary, and the liaison office sees it in lists and in screening; schools do not.",
    );
    let foot = may.then(|| view! {
        <div class="form-foot"><button class="button" data-kind="primary" type="button" disabled=move || act.busy.get() || is_saved.get() on:click=save>{lang.pick("保存排序", "Save the order")}</button>
            {move || is_saved.get().then(|| view! { <span class="quiet">{session.lang().pick("已保存", "Saved")}</span> })}</div>
    });
    view! {
        <PageHead title=heading line=intro/>
        <ActBox act=act/>
        {mover.said()}
        <ol class="section">{rows}</ol>
        {foot}
    }
    .into_any()
}

/// How rows are moved, and by whom.
#[derive(Clone, Copy)]
struct Order {
    mover: Mover,
    /// The row that is being dragged.
    dragged: RwSignal<Option<(Place, String)>>,
    may: bool,
}

fn line(session: Session, place: Place, row: NeedRow, order: Order) -> impl IntoView {
    let lang = session.lang();
    let name = title(lang, &row);
    let unit = lang.pick(&row.unit.name, &row.unit.name_en).to_owned();
    let tag = state_tag(session, &row);
    let buttons = order.may.then(|| order.mover.buttons(lang, &name, place));
    let drop_here = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        if let Some((from, moved)) = order.dragged.get_untracked() {
            order.mover.go(lang, &moved, from, place.at, "place");
            order.dragged.set(None);
        }
    };
    let dragged = name.clone();
    let draggable = if order.may { "true" } else { "false" };
    view! {
        <li class="entry" draggable=draggable on:dragstart=move |_| order.dragged.set(Some((place, dragged.clone())))
            on:dragover=move |event| event.prevent_default() on:drop=drop_here>
            <span><b>{place.at + 1}</b>" "<a href=format!("/app/needs/{}", row.name)>{name}</a>" "<span class="quiet">{row.name.clone()}" "{unit}</span>" "{tag}</span>
            {buttons}</li>
    }
}
