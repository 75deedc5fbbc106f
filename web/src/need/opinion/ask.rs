//! Asking the offices of needs for their opinions: which, by when, whom.

use super::super::forward::{picked, refusals};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Empty, Fetch, Field, PageHead, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::need::{AskOpinions as Body, AskedView};
use ronghe_text::{Lang, needs_count};

/// The page.
#[component]
pub fn AskOpinions() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let names = Memo::new(move |_| {
        let picked = query.with(|query| query.get("sel").unwrap_or_default());
        picked.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    let preview = Fetch::new(move || {
        let body = Body { needs: names.get(), dry_run: true, ..Body::default() };
        async move { session.call(async |client| client.ask_opinions(&body).await).await }
    });
    let act = Act::new();
    let due = RwSignal::new(String::new());
    let done = RwSignal::new(None::<AskedView>);
    view! {
        {move || back(session, "/app/screening", session.lang().pick("遴选需求", "Screening"))}
        {move || match done.get() {
            Some(done) => receipt(session, &done).into_any(),
            None => loaded(session, preview, move |view: AskedView| confirm(session, &view, act, due, done)).into_any(),
        }}
    }
}

fn confirm(
    session: Session,
    view: &AskedView,
    act: Act,
    due: RwSignal<String>,
    done: RwSignal<Option<AskedView>>,
) -> AnyView {
    let lang = session.lang();
    let count = u64::try_from(view.needs.len()).unwrap_or(u64::MAX);
    let head = match lang {
        Lang::Zh => format!("征求意见：{}", needs_count(lang, count)),
        Lang::En => format!("Ask for opinions on {}", needs_count(lang, count)),
    };
    if view.needs.is_empty() && view.refused.is_empty() {
        return view! {
            <PageHead title=head/>
            <Empty title=lang.pick("没有选中需求", "No needs were picked") words=lang.pick("回到列表，选中要征求意见的需求。", "Go back to the list and pick some.")/>
        }
        .into_any();
    }
    let names: Vec<String> = view.needs.iter().map(|row| row.name.clone()).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = Body { needs: names.clone(), due: due.get_untracked(), ..Body::default() };
        act.run(
            async move |client| client.ask_opinions(&body).await,
            move |view: AskedView| done.set(Some(view)),
        );
    };
    let rows = view.needs.iter().map(|row| picked(lang, row)).collect_view();
    let refused = refusals(lang, &view.refused, left_out(lang, view.refused.len()));
    let offices = offices(lang, view);
    let button = (count > 0).then(
        || view! { <Button primary=true busy=act.busy>{lang.pick("征求意见", "Ask for opinions")}</Button> },
    );
    view! {
        <PageHead title=head/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {refused}
            <ul class="link-list">{rows}</ul>
            <Field label=("提意见截止", "To be given until") name="due" value=due short=true optional=true trouble=act.trouble
                hint=("如 2026-04-05 17:00；不填即到遴选结束", "Such as 2026-04-05 17:00; left out: the end of screening")/>
            <dl class="summary-list"><dt>{lang.pick("征求哪些单位", "Who is asked")}</dt><dd>{offices}</dd>
                <dt>{lang.pick("谁会看到", "Who reads it")}</dt><dd>{lang.pick("高校联络服务处、监督人员和提意见的单位；需求单位看不到。", "The liaison office, the auditors and the office itself; not the units that need it.")}</dd></dl>
            <div class="form-foot">{button}<a class="button" href="/app/screening">{lang.pick("不办了", "Leave it")}</a></div>
        </form></div>
    }
    .into_any()
}

fn offices(lang: Lang, view: &AskedView) -> String {
    let names: Vec<&str> =
        view.offices.iter().map(|org| lang.pick(org.name.as_str(), org.name_en.as_str())).collect();
    names.join(lang.pick("、", ", "))
}

fn left_out(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条不能征求意见，不在其中"),
        Lang::En => format!("{count} cannot be asked about and are left out"),
    }
}

/// Who was asked, and where to go on.
fn receipt(session: Session, view: &AskedView) -> impl IntoView + use<> {
    let lang = session.lang();
    let head = match (view.done, lang) {
        (false, _) => {
            lang.pick("没有征求：其间有变动", "Nobody was asked: something changed meanwhile").to_owned()
        }
        (true, Lang::Zh) => format!("已征求 {} 个单位的意见", view.offices.len()),
        (true, Lang::En) => format!("{} offices are asked", view.offices.len()),
    };
    let refused = refusals(lang, &view.refused, left_out(lang, view.refused.len()));
    let offices = offices(lang, view);
    view! {
        <PageHead title=head/>{refused}<p>{offices}</p>
        <div class="button-row section"><a class="button" data-kind="primary" href="/app/screening?show=open">{lang.pick("继续遴选", "Go on screening")}</a>
            <a class="button" href="/app/opinions">{lang.pick("看意见", "See the opinions")}</a></div>
    }
}
