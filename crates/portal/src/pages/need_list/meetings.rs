//! 对接会 on a need: when and where universities meet its unit, each with a file for calendars.

use super::need_path;
use crate::context::Context;
use crate::pages::Found;
use leptos::prelude::*;
use ronghe_app::meeting::Public;
use ronghe_domain::meeting::State;
use ronghe_domain::need_list::document::Listed;
use ronghe_text::{meeting_state, meeting_time};

/// The meetings on the page's need; nothing while there are none.
pub(super) fn section(context: &Context, need: &Listed) -> Option<AnyView> {
    if context.beside.meetings.is_empty() {
        return None;
    }
    let rows = context.beside.meetings.iter().map(|it| one(context, need, it)).collect_view();
    Some(
        view! {
            <section class="section" id="meetings"><h2>{context.t("对接会", "Meetings").to_owned()}</h2><ul class="stack">{rows}</ul></section>
        }
        .into_any(),
    )
}

fn one(context: &Context, need: &Listed, it: &Public) -> AnyView {
    let state = if it.called_off.is_some() { State::CalledOff } else { State::Planned };
    let key = if it.called_off.is_some() { "draft" } else { "done" };
    let row = |zh: &str, en: &str, value: &str| {
        let (words, value) = (context.t(zh, en).to_owned(), value.to_owned());
        (!value.is_empty()).then(|| view! { <dt>{words}</dt><dd lang="zh-CN">{value}</dd> })
    };
    let content = &it.content;
    let link = (!content.link.is_empty()).then(|| {
        let words = context.t("线上", "Online").to_owned();
        view! { <dt>{words}</dt><dd><a href=content.link.clone() rel="external noreferrer nofollow">{content.link.clone()}</a></dd> }
    });
    let file = format!("{}/M{}.ics", context.href(&need_path(need)), it.no);
    view! {
        <li id=format!("m{}", it.no)><h3>{meeting_time(content.start, content.finish)}" "<span class="tag" data-turn=key>{meeting_state(context.lang, state)}</span></h3>
            <dl class="facts">{row("取消的原因", "Why it is called off", it.called_off.as_deref().unwrap_or_default())}
                {row("地点", "Place", &content.place)}{link}{row("参加范围", "Who may come", &content.audience)}{row("说明", "Note", &content.remark)}</dl>
            <p><a href=file>{context.t("加入日历（.ics）", "Add to a calendar (.ics)").to_owned()}</a></p></li>
    }
    .into_any()
}

/// The file of one meeting, `M2.ics`.
pub(super) fn file(context: &Context, need: &str, file: &str) -> Option<Found> {
    let no: u32 = file.strip_prefix('M')?.strip_suffix(".ics")?.parse().ok()?;
    let found = context.beside.meetings.iter().find(|it| it.no == no)?;
    Some(Found::File {
        kind: "text/calendar; charset=utf-8",
        name: format!("{need}-M{no}.ics"),
        body: found.ics.clone(),
    })
}
