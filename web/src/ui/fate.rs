//! A deadline with how far off it is, and steps of a life.

use super::tag;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_domain::kernel::Instant;
use ronghe_text::{Lang, before_close, days_left, instant};

/// Two days: what is due sooner is marked.
const SOON_SECONDS: i64 = 2 * 24 * 3600;

/// That something is of a rehearsal.
pub fn rehearsed(lang: Lang) -> impl IntoView + use<> {
    tag("draft", lang.pick("演练", "Rehearsal"))
}

/// Until when, and how long that is: `3月15日 17:00，还剩 2 天`; of a rehearsal by its clock, which is `ahead`.
pub fn deadline(session: Session, closes: Instant, ahead: Option<i64>) -> impl IntoView + use<> {
    let (lang, now) = (session.lang(), session.now_of(ahead));
    let left = closes.as_second() - now.as_second();
    let urgency = if left <= 0 {
        Some("overdue")
    } else if left <= SOON_SECONDS {
        Some("soon")
    } else {
        None
    };
    view! {
        <span class="deadline" data-urgency=urgency><time datetime=closes.to_string()>{instant(lang, before_close(closes))}</time>
            {lang.pick("，", ", ")}<span class="deadline__left">{days_left(lang, closes, now)}</span></span>
    }
}

/// How a step of a life stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Done,
    Now,
    Ahead,
}

/// A step of a life, in words, with when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub words: String,
    pub when: String,
    pub standing: Standing,
}

/// At most seven steps, by shape and word.
pub fn life(lang: Lang, name: &str, steps: Vec<Step>) -> impl IntoView + use<> {
    let steps = steps.into_iter().map(|step| {
        let (key, said) = match step.standing {
            Standing::Done => ("done", lang.pick("（已完成）", " (done)")),
            Standing::Now => ("now", lang.pick("（当前）", " (now)")),
            Standing::Ahead => ("ahead", lang.pick("（未到）", " (ahead)")),
        };
        let mark = match step.standing {
            Standing::Done => view! { <circle cx="8" cy="8" r="7"/><path d="m4.8 8.2 2.2 2.3 4.2-4.6"/> }.into_any(),
            Standing::Now => view! { <circle cx="8" cy="8" r="3.5" stroke="none"/><circle cx="8" cy="8" r="7" fill="none"/><circle cx="8" cy="8" r="10.5" fill="none" stroke-opacity=".35"/> }.into_any(),
            Standing::Ahead => view! { <circle cx="8" cy="8" r="5"/> }.into_any(),
        };
        let current = (step.standing == Standing::Now).then_some("step");
        view! {
            <li class="life-cycle__step" data-step=key aria-current=current>
                <svg class="life-cycle__mark" viewBox="0 0 16 16" aria-hidden="true">{mark}</svg>
                <span class="life-cycle__word">{step.words}<span class="unseen">{said}</span></span>
                <span class="life-cycle__when">{step.when}</span>
            </li>
        }
    });
    let steps = steps.collect_view();
    view! {
        <section class="record__cycle" aria-label=name.to_owned()><div class="life-cycle-frame">
            <ol class="life-cycle" aria-label=name.to_owned()>{steps}</ol></div></section>
    }
}
