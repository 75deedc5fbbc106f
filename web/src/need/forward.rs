//! Forwarding many at once: what can go, what cannot and why, then all in one transaction.

use super::title;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Empty, Fetch, PageHead, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::need::{ForwardNeeds as Body, ForwardedView, NeedRow, RefusedView};
use ronghe_domain::need::district::summary::State;
use ronghe_text::{Lang, needs_count, summary_name};

/// The page.
#[component]
pub fn ForwardNeeds() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let names = Memo::new(move |_| {
        let picked = query.with(|query| query.get("sel").unwrap_or_default());
        picked.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    let preview = Fetch::new(move || {
        let body = Body { needs: names.get(), dry_run: true, skip_refused: false };
        async move { session.call(async |client| client.forward_needs(&body).await).await }
    });
    let act = Act::new();
    let done = RwSignal::new(None::<ForwardedView>);
    view! {
        {move || back(session, "/app/needs?state=submitted", session.lang().pick("需求", "Needs"))}
        {move || match done.get() {
            Some(done) => receipt(session, done).into_any(),
            None => loaded(session, preview, move |view: ForwardedView| confirm(session, view, act, done)).into_any(),
        }}
    }
}

fn confirm(
    session: Session,
    view: ForwardedView,
    act: Act,
    done: RwSignal<Option<ForwardedView>>,
) -> AnyView {
    let lang = session.lang();
    let count = u64::try_from(view.needs.len()).unwrap_or(u64::MAX);
    let head = format!("{}{}", lang.pick("审核报送 ", "Forward "), needs_count(lang, count));
    if view.needs.is_empty() && view.refused.is_empty() {
        return view! {
            <PageHead title=lang.pick("审核报送", "Forward")/>
            <Empty title=lang.pick("没有选中需求", "No needs were picked") words=lang.pick("回到列表，选中要报送的需求。", "Go back to the list and pick those to forward.")/>
        }
        .into_any();
    }
    let names: Vec<String> = view.needs.iter().map(|row| row.name.clone()).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = Body { needs: names.clone(), dry_run: false, skip_refused: false };
        act.run(
            async move |client| client.forward_needs(&body).await,
            move |view: ForwardedView| done.set(Some(view)),
        );
    };
    let rows = view.needs.iter().map(|row| picked(lang, row)).collect_view();
    let refused = refusals(lang, &view.refused, left_out(lang, view.refused.len()));
    let told = lang.pick(
        "生成一版汇总表；设有签发步骤的，最后一步签发后报出。高校联络服务处收到这些需求，学校看到“已报送”。截止前可由高校联络服务处退回。",
        "A version of the summary is made; where a chain is set, the last signature lets it go. The liaison office gets these needs; the schools see them as forwarded. Until the end it can return them.",
    );
    let button = (count > 0).then(|| {
        let words = format!("{}{}", lang.pick("审核报送 ", "Forward "), needs_count(lang, count));
        view! { <Button primary=true busy=act.busy>{words}</Button> }
    });
    view! {
        <PageHead title=head/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {refused}
            <ul class="link-list">{rows}</ul>
            <dl class="summary-list"><dt>{lang.pick("之后", "Then")}</dt><dd>{told}</dd></dl>
            <div class="form-foot">{button}<a class="button" href="/app/needs?state=submitted">{lang.pick("不办了", "Leave it")}</a></div>
        </form></div>
    }
    .into_any()
}

pub(super) fn picked(lang: Lang, row: &NeedRow) -> impl IntoView + use<> {
    let unit = lang.pick(&row.unit.name, &row.unit.name_en).to_owned();
    view! {
        <li><a href=format!("/app/needs/{}", row.name)>{title(lang, row)}</a>
            <span class="quiet">" "{row.name.clone()}{lang.pick("，", ", ")}{unit}</span></li>
    }
}

fn left_out(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条不能报送，不在其中"),
        Lang::En => format!("{count} cannot be forwarded and are left out"),
    }
}

/// What cannot be done, each with its reason, below `head`.
pub(super) fn refusals(lang: Lang, refused: &[RefusedView], head: String) -> Option<impl IntoView + use<>> {
    let rows = refused
        .iter()
        .map(|it| view! { <li>{it.name.clone()}{lang.pick("：", ": ")}{it.reason.clone()}</li> })
        .collect_view();
    (!refused.is_empty()).then(|| {
        view! { <div class="banner" data-turn="error"><div><p class="banner__title">{head}</p><ul>{rows}</ul></div></div> }
    })
}

/// What was done, and where to go on.
fn receipt(session: Session, view: ForwardedView) -> impl IntoView {
    let lang = session.lang();
    let count = u64::try_from(view.needs.len()).unwrap_or(u64::MAX);
    if !view.done {
        let head = lang.pick("没有报送：其间有变动", "Nothing was forwarded: something changed meanwhile");
        return view! { <PageHead title=head/>{refusals(lang, &view.refused, left_out(lang, view.refused.len()))} }.into_any();
    }
    let waits = view.summaries.iter().any(|summary| summary.state == State::Signing);
    let head = match (lang, waits) {
        (Lang::Zh, false) => format!("已报送 {}", needs_count(lang, count)),
        (Lang::En, false) => format!("{} forwarded", needs_count(lang, count)),
        (Lang::Zh, true) => format!("{} 已列入汇总表，待签发后报送", needs_count(lang, count)),
        (Lang::En, true) => {
            format!("{}: in the summary, to leave once it is signed", needs_count(lang, count))
        }
    };
    let summaries = view.summaries.iter().map(|summary| {
        let name = summary_name(lang, &summary.year, summary.seq, summary.zero);
        view! { <li><a href=format!("/app/summaries/{}", summary.name)>{name}</a>" "<span class="quiet">{lang.pick("版本码 ", "code ")}{summary.code.clone()}</span></li> }
    });
    let summaries = summaries.collect_view();
    let rows = view.needs.iter().map(|row| picked(lang, row)).collect_view();
    view! {
        <PageHead title=head/>
        <ul class="link-list">{summaries}</ul>
        <ul class="link-list">{rows}</ul>
        <div class="button-row section"><a class="button" href="/app">{lang.pick("回到待办", "Back to your tasks")}</a>
            <a class="button" href="/app/needs">{lang.pick("看全部需求", "All needs")}</a></div>
    }
    .into_any()
}
