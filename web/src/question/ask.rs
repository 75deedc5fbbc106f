//! Asking about a need.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, TextArea, typed};
use leptos::prelude::*;
use ronghe_contract::question::QuestionView;
use ronghe_domain::question::QuestionDraft;

/// The form; `then` is called once it is asked.
#[component]
pub fn AskForm(need: String, then: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let (act, text) = typed(&format!("question {need}"), || (Act::new(), RwSignal::new(String::new())));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (need, draft) = (need.clone(), QuestionDraft { question: text.get_untracked() });
        act.run(
            async move |client| client.ask_question(&need, &draft).await,
            move |_: QuestionView| {
                text.set(String::new());
                then();
            },
        );
    };
    view! {
        <form class="form section" on:submit=submit>
            <ActBox act=act/>
            <TextArea label=("提问", "Your question") name="question" value=text rows=4 trouble=act.trouble
                hint=("提问随即公开，不写明是哪所高校；文字里不要透露本校，也不要写个人信息。1000 字以内", "It is public at once, without your university: do not name it in the text, nor write personal data. 1,000 characters at most")/>
            <div class="form-foot"><Button busy=act.busy>{move || session.lang().pick("提问", "Ask")}</Button></div>
        </form>
    }
}
