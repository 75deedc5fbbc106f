//! The questions on one need, as a part of its page.

use super::ask::AskForm;
use super::{answers, asked, offered, state_tag};
use crate::session::Session;
use crate::ui::{Empty, Fetch, OfferBar, barred, deadline, loaded};
use leptos::prelude::*;
use ronghe_contract::question::{QuestionView, QuestionsView};
use ronghe_text::{Lang, asking_until, question_refusal};

/// The questions on the need that is called so, and the form to ask another.
#[component]
pub fn NeedQuestions(name: String) -> impl IntoView {
    let session = Session::here();
    let need = name.clone();
    let thread = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.list_need_questions(&name).await).await }
    });
    let again = move || thread.refetch();
    view! {
        <div class="section">{loaded(session, thread, move |view: QuestionsView| {
            let form = view.can_ask.then(|| view! { <AskForm need=need.clone() then=again/> });
            page(session, view, form)
        })}</div>
    }
}

fn page(session: Session, view: QuestionsView, form: Option<impl IntoView + 'static>) -> impl IntoView {
    let lang = session.lang();
    let until = view.closes.map(|closes| view! { <p class="quiet">{asking_until(lang, closes)}</p> });
    let why = view.barred.map(|refusal| view! { <p class="quiet">{question_refusal(lang, refusal)}</p> });
    let list = match view.items.is_empty() {
        true => {
            let title = lang.pick("还没有提问", "Nothing has been asked");
            let words = lang.pick(
                "高校的提问和答复公开列在这里；谁提的，只有本校看得到。",
                "What universities ask and what is answered stands here for everybody; who asked is for their own people alone.",
            );
            view! { <Empty title=title words=words/> }.into_any()
        }
        false => {
            let rows = view.items.iter().map(|it| one(session, it)).collect_view();
            view! { <ol class="stack">{rows}</ol> }.into_any()
        }
    };
    view! { <div class="stack">{until}{list}{why}{form}</div> }
}

fn one(session: Session, view: &QuestionView) -> impl IntoView + use<> {
    let lang = session.lang();
    let offers = offered(lang, view);
    let calm = !offers.iter().any(|it| it.barred.is_none() && it.to.ends_with("/answer"));
    let reasons = barred(session, &offers);
    let head = match lang {
        Lang::Zh => format!("提问 {}，{}", view.no, ronghe_text::date(lang, view.asked_on)),
        Lang::En => format!("Question {}, {}", view.no, ronghe_text::date(lang, view.asked_on)),
    };
    let own = view.own.then(|| view! { " "{crate::ui::tag("draft", lang.pick("本校提问", "Yours"))} });
    let due = view.due.map(|due| {
        view! { <p class="quiet">{lang.pick("答复期限 ", "Answer due ")}{deadline(session, due, view.ahead)}</p> }
    });
    view! {
        <li class="card stack" id=format!("q{}", view.no)>
            <h2>{head}" "{state_tag(session, view)}{own}</h2>
            {asked(lang, view)}{due}{answers(lang, view)}
            <OfferBar offers=offers calm=calm/>{reasons}
        </li>
    }
}
