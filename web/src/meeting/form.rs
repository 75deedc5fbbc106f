//! Entering a meeting, and calling one off.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Field, TextArea, typed};
use leptos::prelude::*;
use ronghe_contract::meeting::{CallOffMeeting, MeetingView};
use ronghe_domain::meeting::MeetingDraft;

/// Enters a meeting.
#[component]
pub fn AddForm(need: String, then: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let (act, all) = typed(&format!("meeting {need}"), || {
        (Act::new(), std::array::from_fn::<_, 6, _>(|_| RwSignal::new(String::new())))
    });
    let [start, finish, place, link, audience, remark] = all;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let [start, finish, place, link, audience, remark] = all.map(|it| it.get_untracked());
        let draft = MeetingDraft { start, finish, place, link, audience, remark };
        let need = need.clone();
        act.run(
            async move |client| client.add_meeting(&need, &draft).await,
            move |_: MeetingView| {
                all.iter().for_each(|it| it.set(String::new()));
                then();
            },
        );
    };
    view! {
        <form class="card stack" on:submit=submit><h2>{lang.pick("安排对接会", "Arrange a meeting")}</h2>
            <ActBox act=act/>
            <Field label=("开始", "Begins") name="start" kind="datetime-local" value=start trouble=act.trouble/>
            <Field label=("结束", "Ends") name="finish" kind="datetime-local" value=finish trouble=act.trouble/>
            <Field label=("地点", "Place") name="place" value=place trouble=act.trouble
                hint=("地点和线上链接至少填一项", "A place or a link is needed")/>
            <Field label=("线上链接", "Link") name="link" value=link optional=true trouble=act.trouble/>
            <Field label=("参加范围", "Who may come") name="audience" value=audience trouble=act.trouble/>
            <TextArea label=("说明", "Note") name="remark" value=remark rows=3 optional=true trouble=act.trouble
                hint=("所有人都看得到，不要写个人信息", "Everybody reads it: no personal data")/>
            <Button primary=true busy=act.busy>{lang.pick("安排并公开", "Arrange and publish")}</Button>
        </form>
    }
}

/// Calls a meeting off.
#[component]
pub fn CallOffForm(
    name: String,
    version: String,
    then: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let act = Act::new();
    let reason = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, version) = (name.clone(), version.clone());
        let body = CallOffMeeting { reason: reason.get_untracked() };
        act.run(
            async move |client| client.call_off_meeting(&name, &version, &body).await,
            move |_: MeetingView| then(),
        );
    };
    view! {
        <details><summary>{lang.pick("取消对接会", "Call it off")}</summary>
            <form class="stack" on:submit=submit>
                <ActBox act=act/>
                <Field label=("取消的原因", "Why it is called off") name="reason" value=reason trouble=act.trouble/>
                <Button busy=act.busy>{lang.pick("确认取消", "Call it off")}</Button>
            </form></details>
    }
}
