//! 答疑: questions on listed needs, what is answered, and what is taken back. Who asked nobody reads.

mod act;
mod ask;
mod list;
mod thread;

pub use act::ActOnQuestion;
pub use list::Questions;
pub use thread::NeedQuestions;

use crate::session::Session;
use crate::ui::{Offered, tag};
use leptos::prelude::*;
use ronghe_contract::question::QuestionView;
use ronghe_domain::question::{Action, State};
use ronghe_text::{Lang, instant, question_action, question_ground, question_refusal, question_state};

/// How a question stands: its colour says whether it is this person's turn.
fn state_tag(session: Session, view: &QuestionView) -> impl IntoView + use<> {
    let lang = session.lang();
    let answers = view.offers.iter().any(|it| it.action == Action::Answer && it.barred.is_none());
    match (view.state, view.overdue, answers) {
        (State::Open, true, _) => tag("error", lang.pick("逾期未答复", "Overdue")),
        (State::Open, false, true) => tag("yours", question_state(lang, view.state)),
        (State::Open, false, false) => tag("others", question_state(lang, view.state)),
        (State::Answered, ..) => tag("done", question_state(lang, view.state)),
        (State::TakenBack, ..) => tag("draft", question_state(lang, view.state)),
    }
}

/// The name of an action in addresses.
const fn action_name(action: Action) -> &'static str {
    match action {
        Action::Answer => "answer",
        Action::Correct => "correct",
        Action::TakeBack => "take-back",
    }
}

/// What a question offers, in words.
fn offered(lang: Lang, view: &QuestionView) -> Vec<Offered> {
    let one = |offer: &ronghe_domain::kernel::Offer<Action, ronghe_domain::question::Refusal>| Offered {
        words: question_action(lang, offer.action).to_owned(),
        to: format!("/app/questions/{}/{}", view.name, action_name(offer.action)),
        barred: offer.barred.map(|refusal| question_refusal(lang, refusal)),
    };
    view.offers.iter().map(one).collect()
}

/// What was asked, as far as it may be read.
fn asked(lang: Lang, view: &QuestionView) -> impl IntoView + use<> {
    let text = view.text.clone().map(|text| {
        let lines = text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        view! { <div lang="zh-CN">{lines}</div> }
    });
    let taken = view.taken_back.as_ref().map(|it| {
        let (on, why) = (ronghe_text::date(lang, it.on), question_ground(lang, it.ground));
        let words = match lang {
            Lang::Zh => format!("{on} 由高校联络服务处撤下：{why}"),
            Lang::En => format!("Taken back by the liaison office on {on}: {why}"),
        };
        view! { <p class="quiet">{words}</p> }
    });
    view! { {text}{taken} }
}

/// What was answered: the last one holds, those before it stand below it.
fn answers(lang: Lang, view: &QuestionView) -> impl IntoView + use<> {
    let rows = view.answers.iter().rev().enumerate().map(|(at, answer)| {
        let org = lang.pick(&answer.org.name, &answer.org.name_en).to_owned();
        let when = instant(lang, answer.at);
        let head = match (lang, at) {
            (Lang::Zh, 0) => format!("{org} {when} 答复"),
            (Lang::En, 0) => format!("{org} answered at {when}"),
            (Lang::Zh, _) => format!("{org} {when} 答复，已更正"),
            (Lang::En, _) => format!("{org} answered at {when}, since corrected"),
        };
        let lines = answer.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        let words = match at {
            0 => view! { <div lang="zh-CN">{lines}</div> }.into_any(),
            _ => view! { <del lang="zh-CN">{lines}</del> }.into_any(),
        };
        view! { <li><p class="quiet"><small>{head}</small></p>{words}</li> }
    });
    let rows = rows.collect_view();
    (!view.answers.is_empty()).then(|| view! { <ul class="stack" data-gap="small">{rows}</ul> })
}
