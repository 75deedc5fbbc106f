//! Reminding the offices whose opinions have not come.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, PageHead, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListOpinions;
use ronghe_contract::need::{OpinionsView, RemindOffices as Body, RemindedView};
use ronghe_text::Lang;

/// The page.
#[component]
pub fn RemindOffices() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let open = Fetch::new(move || {
        let year = query.with(|query| query.get("year").unwrap_or_default());
        let open = ListOpinions { show: "open".into(), year, ..ListOpinions::default() };
        async move { session.call(async |client| client.list_opinions(&open).await).await }
    });
    let act = Act::new();
    let done = RwSignal::new(None::<u64>);
    view! {
        {move || back(session, "/app/opinions", session.lang().pick("征求意见", "Opinions"))}
        {move || match done.get() {
            Some(count) => receipt(session, count).into_any(),
            None => loaded(session, open, move |view: OpinionsView| confirm(session, &view, act, done)).into_any(),
        }}
    }
}

fn confirm(
    session: Session,
    view: &OpinionsView,
    act: Act,
    done: RwSignal<Option<u64>>,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let year = view.year.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = Body { year: year.clone(), offices: Vec::new() };
        act.run(
            async move |client| client.remind_offices(&body).await,
            move |view: RemindedView| done.set(Some(view.offices)),
        );
    };
    let count = match lang {
        Lang::Zh => format!("{} 条意见未提，其中 {} 条逾期", view.open, view.overdue),
        Lang::En => format!("{} opinions have not come, {} of them overdue", view.open, view.overdue),
    };
    let button = view.can_remind.then(|| {
        view! { <Button primary=true busy=act.busy>{lang.pick("催办", "Remind them")}</Button> }
    });
    view! {
        <PageHead title=lang.pick("催办未提的意见", "Remind offices")/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <dl class="summary-list"><dt>{lang.pick("现在", "Now")}</dt><dd>{count}</dd>
                <dt>{lang.pick("谁会收到", "Who is told")}</dt><dd>{lang.pick("有意见未提的责任单位，每个单位一条消息", "Each office whose opinions have not come, once")}</dd></dl>
            <div class="form-foot">{button}<a class="button" href="/app/opinions">{lang.pick("不办了", "Leave it")}</a></div>
        </form></div>
    }
}

fn receipt(session: Session, count: u64) -> impl IntoView {
    let lang = session.lang();
    let head = match lang {
        Lang::Zh => format!("已催办 {count} 个单位"),
        Lang::En if count == 1 => "1 office is reminded".to_owned(),
        Lang::En => format!("{count} offices are reminded"),
    };
    view! {
        <PageHead title=head/>
        <div class="button-row section"><a class="button" data-kind="primary" href="/app/opinions">{lang.pick("看意见", "See the opinions")}</a></div>
    }
}
