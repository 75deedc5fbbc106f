//! Answering a question, correcting an answer, taking a question back.

use super::{answers, asked, state_tag};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Choice, Fetch, TextArea, Unknown, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::question::{ActOnQuestion as Body, QuestionView};
use ronghe_domain::question::{Action, Ground};
use ronghe_text::{Lang, question_action, question_ground, question_refusal, question_then};

/// What was typed or picked.
#[derive(Clone, Copy)]
struct Typed {
    answer: RwSignal<String>,
    ground: RwSignal<Option<Ground>>,
}

/// The page of one action.
#[component]
pub fn ActOnQuestion() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let named = Memo::new(move |_| {
        let of = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
        (of("name"), of("action"))
    });
    let question = Fetch::new(move || {
        let (name, _) = named.get();
        async move { session.call(async |client| client.show_question(&name).await).await }
    });
    let act = Act::new();
    let typed = Typed { answer: RwSignal::new(String::new()), ground: RwSignal::new(None) };
    loaded(session, question, move |view: QuestionView| {
        let action = match named.get().1.as_str() {
            "answer" => Action::Answer,
            "correct" => Action::Correct,
            "take-back" => Action::TakeBack,
            _ => return view! { <Unknown/> }.into_any(),
        };
        confirm(session, view, action, act, typed)
    })
}

fn confirm(session: Session, view: QuestionView, action: Action, act: Act, typed: Typed) -> AnyView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| question_refusal(lang, refusal)));
    let (home, name) = (format!("/app/needs/{}?tab=questions", view.need), view.name.clone());
    let leave = home.clone();
    let form = move || form(session, view, action, leave, act, typed).into_any();
    act_page(session, &home, &name, question_action(lang, action), refused, form)
}

fn form(
    session: Session,
    view: QuestionView,
    action: Action,
    home: String,
    act: Act,
    typed: Typed,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (name, version, leave) = (view.name.clone(), view.version.clone(), home.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answer = typed.answer.get_untracked();
        let body = match action {
            Action::Answer => Body::Answer { answer },
            Action::Correct => Body::Correct { answer },
            Action::TakeBack => Body::TakeBack { ground: typed.ground.get_untracked() },
        };
        let (name, version) = (name.clone(), version.clone());
        let (leave, navigate) = (leave.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_question(&name, &version, &body).await,
            move |_: QuestionView| navigate(&leave, Default::default()),
        );
    };
    let field = match action {
        Action::Answer | Action::Correct => view! {
            <TextArea label=("答复", "Answer") name="answer" value=typed.answer rows=6 trouble=act.trouble
                hint=("所有人都看得到；不要写个人信息。2000 字以内", "Everybody reads it: no personal data. 2,000 characters at most")/>
        }
        .into_any(),
        Action::TakeBack => grounds(session, act, typed.ground).into_any(),
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            <section class="card stack"><h2>{view.title.clone()}" "{state_tag(session, &view)}</h2>
                {asked(lang, &view)}{answers(lang, &view)}</section>
            {field}
            <dl class="summary-list"><dt>{lang.pick("之后", "Then")}</dt><dd>{question_then(lang, action)}</dd>
                <dt>{lang.pick("谁会收到消息", "Who is told")}</dt><dd>{told(lang)}</dd></dl>
            <div class="form-foot">
                <Button primary=true busy=act.busy>{question_action(lang, action)}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

/// Why it is taken back: one of few.
fn grounds(session: Session, act: Act, picked: RwSignal<Option<Ground>>) -> impl IntoView {
    let lang = session.lang();
    let wrong = move || act.trouble.get().and_then(|trouble| trouble.of_field("ground"));
    let choices = Ground::ALL.map(|it| {
        let checked = Signal::derive(move || picked.get() == Some(it));
        let label = Signal::derive(move || question_ground(session.lang(), it).to_owned());
        view! { <Choice label=label checked=checked group="ground" on_change=move |_| picked.set(Some(it))/> }
    });
    view! {
        <fieldset class="field" id="field-ground" data-error=move || wrong().map(|_| "true")>
            <legend>{lang.pick("撤下的原因", "Why it is taken back")}</legend>
            {move || wrong().map(|said| view! { <p class="field__error">{said}</p> })}
            {choices.into_iter().collect_view()}</fieldset>
    }
}

const fn told(lang: Lang) -> &'static str {
    lang.pick("提问的高校；你看不到是哪一所", "The university that asked; you do not learn which")
}
