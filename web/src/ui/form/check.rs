//! Before it is sent: all answers, what does not hold, what happens next, one tick, one button.

use super::summary;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Both, Button, Choice, PageHead, Trouble, TroubleBox, back};
use leptos::prelude::*;
use ronghe_domain::kernel::FieldError;
use ronghe_text::Lang;

/// What is checked, and what comes of it.
pub struct Check {
    /// The address of its list of pages.
    pub home: String,
    pub title: String,
    pub answers: AnyView,
    pub errors: Vec<FieldError>,
    /// Why it cannot be sent yet.
    pub barred: Option<String>,
    /// What happens next.
    pub then: String,
    /// Until when it can be sent.
    pub until: Option<AnyView>,
    /// What whoever sends it declares.
    pub declaration: Both,
    /// 提交需求.
    pub words: &'static str,
}

/// The page. `send` is called once the declaration is ticked.
#[component]
pub fn CheckPage(
    check: Check,
    act: Act,
    agreed: RwSignal<bool>,
    #[prop(into)] send: Callback<()>,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if agreed.get_untracked() {
            send.run(());
        } else {
            let said = session.lang().pick("先勾选声明", "Tick the declaration first");
            act.trouble.set(Some(Trouble::said(said)));
        }
    };
    let open = RwSignal::new((!check.errors.is_empty()).then(|| summary(lang, check.errors)));
    let can = check.barred.is_none();
    let declaration = check.declaration;
    let label = Signal::derive(move || session.lang().pick(declaration.0, declaration.1).to_owned());
    let heading = format!("{}{}", lang.pick("核对并提交：", "Check and submit: "), check.title);
    let home = check.home.clone();
    let reason = check.barred.map(|reason| {
        let head = lang.pick("暂不能提交", "It cannot be submitted yet");
        view! { <div class="banner"><div><p class="banner__title">{head}</p><p>{reason}</p></div></div> }
    });
    view! {
        {back(session, &check.home, lang.pick("回到目录", "All pages"))}
        <PageHead title=heading/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {(!can).then(|| view! { <TroubleBox trouble=open/> })}
            {reason}
            <div>{check.answers}</div>
            {can.then(|| view! {
                <div class="field"><p>{check.then}</p>{check.until}
                    <Choice label=label checked=agreed on_change=move |on| agreed.set(on)/></div>
                <div class="form-foot"><Button primary=true busy=act.busy>{check.words}</Button>
                    <a class="button" href=home>{lang.pick("再改一改", "Change it first")}</a></div>
            })}
        </form></div>
    }
}

/// The answers of one page, with the way back to it where it can be changed.
pub fn answer_page(lang: Lang, name: &'static str, change: Option<String>, rows: AnyView) -> AnyView {
    let change = change.map(|to| {
        let words = lang.pick("修改", "Change");
        view! { <small><a href=to>{words}<span class="unseen">{name}</span></a></small> }
    });
    view! {
        <section class="record__section"><h2>{name}{change}</h2><dl class="summary-list">{rows}</dl></section>
    }
    .into_any()
}

/// What a field says, a paragraph for each line.
pub fn answered(lang: Lang, text: &str) -> AnyView {
    if text.trim().is_empty() {
        return view! { <span class="quiet">{lang.pick("未填", "not given")}</span> }.into_any();
    }
    text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
}
