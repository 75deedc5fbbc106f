//! Reminding the offices whose opinions have not come.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, PageHead, Trouble, back, loaded, tick_unless, typed};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListOpinions;
use ronghe_contract::need::{OpinionsView, OutstandingView, RemindOffices as Body, RemindedView};
use ronghe_text::{Lang, instant};

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
    let place = format!("remind offices {}", view.year);
    // All of them but whom the person leaves out: who is asked meanwhile is ticked, who has answered is gone.
    let left_out = typed(&place, || RwSignal::new(Vec::<String>::new()));
    let all: Vec<String> = view.outstanding.iter().map(|it| it.office.slug.clone()).collect();
    let picked = Memo::new(move |_| left_out.with(|left_out| but(&all, left_out)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let offices = picked.get_untracked();
        if offices.is_empty() {
            act.trouble.set(Some(Trouble::said(
                session.lang().pick("先勾选要催办的单位", "Tick first whom to remind"),
            )));
            return;
        }
        let body = Body { year: year.clone(), offices };
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
        let words = move || picked.with(|picked| remind_words(session.lang(), picked.len()));
        view! { <Button primary=true busy=act.busy>{words}</Button> }
    });
    let offices = (view.can_remind && !view.outstanding.is_empty()).then(|| {
        let offices = view.outstanding.iter().map(|it| one(lang, it, left_out)).collect_view();
        view! { <fieldset class="field"><legend>{lang.pick("催办哪些单位", "Whom to remind")}</legend>{offices}</fieldset> }
    });
    view! {
        <PageHead title=lang.pick("催办未提的意见", "Remind offices")/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <dl class="summary-list"><dt>{lang.pick("现在", "Now")}</dt><dd>{count}</dd>
                <dt>{lang.pick("谁会收到", "Who is told")}</dt><dd>{lang.pick("勾选的单位，每个单位一条消息", "Each office that is ticked, once")}</dd></dl>
            {offices}
            <div class="form-foot">{button}<a class="button" href="/app/opinions">{lang.pick("不办了", "Leave it")}</a></div>
        </form></div>
    }
}

/// `all` without those that are left out.
fn but(all: &[String], left_out: &[String]) -> Vec<String> {
    all.iter().filter(|slug| !left_out.contains(slug)).cloned().collect()
}

fn remind_words(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("催办 {count} 个单位"),
        Lang::En if count == 1 => "Remind 1 office".to_owned(),
        Lang::En => format!("Remind {count} offices"),
    }
}

/// An office with what it owes, to be ticked.
fn one(lang: Lang, it: &OutstandingView, left_out: RwSignal<Vec<String>>) -> impl IntoView + use<> {
    let owes = match lang {
        Lang::Zh => format!("未提 {} 条，逾期 {} 条", it.open, it.overdue),
        Lang::En => format!("{} to come, {} overdue", it.open, it.overdue),
    };
    let last = it
        .reminded_at
        .map(|at| format!("{}{}", lang.pick("；上次催办 ", "; last reminded "), instant(lang, at)));
    let words = format!(
        "{}{}{owes}{}",
        lang.pick(&it.office.name, &it.office.name_en),
        lang.pick("：", ": "),
        last.unwrap_or_default()
    );
    tick_unless(words, it.office.slug.clone(), left_out)
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
