//! Meetings on needs: states, actions, refusals, times.

use crate::Lang;
use crate::cycle::phase;
use crate::format::{before_close, instant};
use ronghe_domain::kernel::Instant;
use ronghe_domain::kernel::window::minute;
use ronghe_domain::meeting::{Action, Refusal, State};

/// Where a meeting stands.
#[must_use]
pub const fn meeting_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Planned => lang.pick("已安排", "Planned"),
        State::CalledOff => lang.pick("已取消", "Called off"),
    }
}

/// What can be done with a meeting.
#[must_use]
pub const fn meeting_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::CallOff => lang.pick("取消对接会", "Call it off"),
    }
}

/// From when until when: the day once where it is the same.
#[must_use]
pub fn meeting_time(start: Instant, end: Instant) -> String {
    let (from, to) = (minute(start), minute(end));
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((day, begins)), Some((last, ends))) if day == last => format!("{day} {begins}–{ends}"),
        _ => format!("{from} – {to}"),
    }
}

/// Why something is refused, and what would help.
#[must_use]
pub fn meeting_refusal(lang: Lang, refusal: Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NotYours => say(
            "对接会由需求单位或高校联络服务处安排",
            "The need's unit or the liaison office arranges meetings",
        ),
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("对接会{}，不能这样做", meeting_state(lang, state)),
            Lang::En => format!("The meeting stands at “{}”", meeting_state(lang, state).to_lowercase()),
        },
        Refusal::WrongPhase { phase: at } => match lang {
            Lang::Zh => format!("周期处于{}阶段，对接会在高校申报期间安排", phase(lang, at)),
            Lang::En => {
                format!(
                    "The cycle is in the phase “{}”; meetings belong to the applications",
                    phase(lang, at)
                )
            }
        },
        Refusal::NotPlanned => say(
            "高校申报的起止日期还没有安排，由高校联络服务处安排",
            "Applications have no days yet; the liaison office plans them",
        ),
        Refusal::NotOpenYet { opens } => match lang {
            Lang::Zh => format!("高校申报 {} 开始，之后可以安排", instant(lang, opens)),
            Lang::En => {
                format!("Applications open at {}; meetings are arranged from then on", instant(lang, opens))
            }
        },
        Refusal::Ended { closed } => {
            let last = instant(lang, before_close(closed));
            match lang {
                Lang::Zh => format!("高校申报已于 {last} 截止，不再安排和取消"),
                Lang::En => format!("Applications closed at {last}: nothing is arranged or called off"),
            }
        }
        Refusal::NotListed => say(
            "这条需求不在已发布的清单上，不能安排对接会",
            "The need stands on no published list: no meeting is arranged on it",
        ),
        Refusal::Begun => say("对接会已经开始，不能取消", "It has begun, and is not called off any more"),
        Refusal::TooMany { most } => match lang {
            Lang::Zh => format!("这条需求已有 {most} 场对接会，先取消一场"),
            Lang::En => format!("{most} meetings stand on this need; call one off first"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::meeting_time;

    #[test]
    fn a_day_is_said_once() {
        let at = |text: &str| text.parse().unwrap();
        let (start, end) = (at("2026-05-06T06:00:00Z"), at("2026-05-06T08:00:00Z"));
        assert_eq!(meeting_time(start, end), "2026-05-06 14:00–16:00");
        assert_eq!(meeting_time(start, at("2026-05-07T08:00:00Z")), "2026-05-06 14:00 – 2026-05-07 16:00");
    }
}
