//! 对接会: meetings on listed needs, as a part of a need's page.

mod form;

use crate::session::Session;
use crate::ui::{Empty, Fetch, loaded, tag};
use form::{AddForm, CallOffForm};
use leptos::prelude::*;
use ronghe_contract::meeting::{MeetingView, MeetingsView};
use ronghe_domain::meeting::State;
use ronghe_text::{Lang, meeting_refusal, meeting_state, meeting_time};

/// The meetings on the need that is called so, and the form to enter another.
#[component]
pub fn NeedMeetings(name: String) -> impl IntoView {
    let session = Session::here();
    let need = name.clone();
    let meetings = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.list_meetings(&name).await).await }
    });
    let again = move || meetings.refetch();
    view! {
        <div class="section">{loaded(session, meetings, move |view: MeetingsView| {
            let lang = session.lang();
            let form = view.can_add.then(|| view! { <AddForm need=need.clone() then=again/> });
            let why = view.barred.map(|refusal| view! { <p class="quiet">{meeting_refusal(lang, refusal)}</p> });
            let list = match view.items.is_empty() {
                true => nothing(lang).into_any(),
                false => {
                    let rows = view.items.iter().map(|it| one(session, it, again)).collect_view();
                    view! { <ol class="stack">{rows}</ol> }.into_any()
                }
            };
            view! { <div class="stack">{list}{why}{form}</div> }
        })}</div>
    }
}

fn nothing(lang: Lang) -> impl IntoView {
    let words = lang.pick(
        "需求单位或高校联络服务处在高校申报期间安排的对接会，公开列在这里。",
        "Meetings that the need's unit or the liaison office arranges while universities apply stand here for everybody.",
    );
    view! { <Empty title=lang.pick("还没有对接会", "No meeting yet") words=words/> }
}

fn one<F>(session: Session, it: &MeetingView, again: F) -> impl IntoView + use<F>
where
    F: Fn() + Copy + Send + Sync + 'static,
{
    let lang = session.lang();
    let (off, calendar) = (it.state == State::CalledOff, format!("/api/v1/meetings/{}/calendar", it.name));
    let key = if off { "draft" } else { "done" };
    let row = |words: &'static str, value: &str| {
        (!value.is_empty()).then(|| view! { <dt>{words}</dt><dd lang="zh-CN">{value.to_owned()}</dd> })
    };
    let link = (!it.link.is_empty()).then(|| {
        view! { <dt>{lang.pick("线上", "Online")}</dt><dd><a href=it.link.clone() rel="external noreferrer">{it.link.clone()}</a></dd> }
    });
    let reason = it.called_off.clone().map(|reason| {
        view! { <p><b>{lang.pick("取消的原因：", "Called off: ")}</b><span lang="zh-CN">{reason}</span></p> }
    });
    let offered = it.offers.first().cloned();
    let form = offered.as_ref().filter(|offer| offer.barred.is_none()).map(|_| {
        view! { <CallOffForm name=it.name.clone() version=it.version.clone() then=again/> }
    });
    let why = offered.and_then(|offer| offer.barred);
    let why = why.map(|refusal| view! { <p class="quiet">{meeting_refusal(lang, refusal)}</p> });
    view! {
        <li class="card stack" id=format!("m{}", it.no)>
            <h2>{meeting_time(it.start, it.finish)}" "{tag(key, meeting_state(lang, it.state))}</h2>
            {reason}
            <dl class="facts">{row(lang.pick("地点", "Place"), &it.place)}{link}
                {row(lang.pick("参加范围", "Who may come"), &it.audience)}{row(lang.pick("说明", "Note"), &it.remark)}
                {row(lang.pick("安排单位", "Arranged by"), lang.pick(&it.org.name, &it.org.name_en))}</dl>
            <p><a href=calendar rel="external" download="">{lang.pick("加入日历（.ics）", "Add to a calendar (.ics)")}</a></p>
            {why}{form}
        </li>
    }
}
