//! What happened to a record, newest first: who, when, what, before and after.

use crate::session::Session;
use crate::ui::moment;
use leptos::prelude::*;
use ronghe_contract::audit::EventView;
use ronghe_text::{Lang, event_action, event_said, event_value, field_label};
use serde_json::Value;

/// A time line.
pub fn timeline(session: Session, events: Vec<EventView>) -> impl IntoView {
    let lang = session.lang();
    if events.is_empty() {
        return view! { <p class="quiet">{lang.pick("还没有动态", "Nothing has happened yet")}</p> }
            .into_any();
    }
    let rows = events.into_iter().map(|event| row(lang, event)).collect_view();
    view! { <ol class="timeline">{rows}</ol> }.into_any()
}

fn row(lang: Lang, event: EventView) -> impl IntoView {
    let changes = changes(lang, &event);
    let reason = event_said(lang, event.action, event.after.as_ref())
        .map(|said| view! { <p class="quiet">{said}</p> });
    let done = if event.refused {
        format!("{}{}", event_action(lang, event.action), lang.pick("：被拒绝", ": refused"))
    } else {
        event_action(lang, event.action).to_owned()
    };
    view! {
        <li>
            <time datetime=event.at.clone()>{moment(lang, &event.at)}</time>" "
            <span class="timeline__who">{who(lang, &event)}</span><br/>
            {done}
            {reason}
            {(!event.refused && !changes.is_empty()).then(|| view! { <div class="diff">{changes}</div> })}
        </li>
    }
}

/// Who acted, in words: a person with their organisation, or the system.
pub fn who(lang: Lang, event: &EventView) -> String {
    let name = event.who.clone().unwrap_or_else(|| match event.via.as_str() {
        "console" => lang.pick("服务器控制台", "Server console").to_owned(),
        "web" | "token" => lang.pick("公众", "The public").to_owned(),
        _ => lang.pick("系统", "The system").to_owned(),
    });
    match &event.org {
        Some(org) => format!("{name}{}{org}", lang.pick("，", ", ")),
        None => name,
    }
}

/// Fields that differ, one line each; nothing of what only machines read.
fn changes(lang: Lang, event: &EventView) -> Vec<impl IntoView + use<>> {
    let (Some(Value::Object(before)), Some(Value::Object(after))) = (&event.before, &event.after) else {
        return Vec::new();
    };
    let said = |value: &Value| event_value(lang, event.subject, value);
    after
        .iter()
        .filter(|(key, now)| before.get(*key) != Some(*now) && is_for_people(key))
        .filter_map(|(key, now)| {
            let (was, now) = (before.get(key).and_then(said), said(now));
            if was.is_none() && now.is_none() {
                return None;
            }
            Some(view! {
                <p><span>{field_label(lang, key)}</span>" "
                    <span class="diff__word">{lang.pick("原", "was")}</span>" "<del>{was}</del>" "
                    <span class="diff__word">{lang.pick("现", "is")}</span>" "<ins>{now}</ins></p>
            })
        })
        .collect()
}

/// Whole documents say nothing to a reader.
fn is_for_people(key: &str) -> bool {
    !matches!(key, "content" | "text" | "version")
}
