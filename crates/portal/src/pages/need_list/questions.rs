//! 答疑 on a need: what universities ask and what is answered, in order. Who asked is not known here.

use super::number;
use crate::context::Context;
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_app::question::{Public, Said};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::question::State;
use ronghe_domain::question::rules::asking_ends;
use ronghe_text::{Lang, asking_until, instant, question_ground, question_state};

/// The number of the need that the page at `path` is about, as its unit knows it; nothing for other pages.
pub(crate) fn need_at(register: &Register, path: &str) -> Option<String> {
    let named = path.strip_prefix("/needs/")?;
    // The files of its meetings stand below it.
    let wanted = number(named.split('/').next()?)?;
    let cycle = register.real().find(|cycle| cycle.name() == wanted.cycle)?;
    let said = wanted.to_string();
    let mut needs = register.lists_of(cycle.id).rev().flat_map(|list| &list.document.needs);
    needs.find(|need| need.number == said).map(|need| need.need.clone())
}

/// The questions on the page's need; nothing while none may be asked and none was.
pub(super) fn section(context: &Context, cycle: &Cycle) -> Option<AnyView> {
    let open = cycle.phase == Phase::AcceptingApplications;
    if !open && context.beside.questions.is_empty() {
        return None;
    }
    let until = cycle.content.closes(Phase::AcceptingApplications).and_then(asking_ends).filter(|_| open);
    let until = until.map(|closes| view! { <p class="quiet">{asking_until(context.lang, closes)}</p> });
    let none = context.beside.questions.is_empty().then(|| {
        let words = context.t("还没有提问。高校登录后在需求页提问，不公开是哪一所。", "Nothing has been asked. Universities ask on the need's page once they are signed in; which one asks is not told.");
        view! { <p>{words.to_owned()}</p> }
    });
    let rows = context.beside.questions.iter().map(|it| one(context, it)).collect_view();
    let list = (!context.beside.questions.is_empty()).then(|| view! { <ol class="stack">{rows}</ol> });
    Some(
        view! {
            <section class="section" id="questions"><h2>{context.t("答疑", "Questions and answers").to_owned()}</h2>
                {until}{none}{list}</section>
        }
        .into_any(),
    )
}

fn one(context: &Context, question: &Public) -> AnyView {
    let turn = match question.state {
        State::Open => "others",
        State::Answered => "done",
        State::TakenBack => "draft",
    };
    let no = match context.lang {
        Lang::Zh => format!("提问 {}", question.no),
        Lang::En => format!("Question {}", question.no),
    };
    let text = question.text.as_ref().map(|text| view! { <div lang="zh-CN">{paragraphs(text)}</div> });
    let taken = question.taken_back.map(|(ground, on)| {
        let why = question_ground(context.lang, ground);
        let words = context.t("由高校联络服务处撤下：", "Taken back by the liaison office: ");
        view! { <p class="quiet">{context.day(on)}" "{words.to_owned()}{why}</p> }
    });
    let answers = question.answers.iter().rev().enumerate().map(|(at, it)| answer(context, it, at > 0));
    view! {
        <li id=format!("q{}", question.no)>
            <h3>{no}" "<span class="tag" data-turn=turn>{question_state(context.lang, question.state)}</span>" "{context.day(question.asked_on)}</h3>
            {text}{taken}{answers.collect_view()}
        </li>
    }
    .into_any()
}

/// An answer, with who gives it; one that was corrected is struck through.
fn answer(context: &Context, said: &Said, corrected: bool) -> AnyView {
    let org = context.register.org(said.org).map(|org| context.org_name(org)).unwrap_or_default();
    let when = instant(context.lang, said.at);
    let head = match (context.lang, corrected) {
        (Lang::Zh, false) => format!("{org} {when} 答复"),
        (Lang::En, false) => format!("{org} answered at {when}"),
        (Lang::Zh, true) => format!("{org} {when} 答复，已更正"),
        (Lang::En, true) => format!("{org} answered at {when}, since corrected"),
    };
    let lines = paragraphs(&said.text);
    match corrected {
        false => view! { <p class="quiet">{head}</p><div lang="zh-CN">{lines}</div> }.into_any(),
        true => view! { <p class="quiet">{head}</p><del lang="zh-CN">{lines}</del> }.into_any(),
    }
}

fn paragraphs(text: &str) -> impl IntoView + use<> {
    text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}
