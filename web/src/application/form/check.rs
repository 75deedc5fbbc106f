//! Before it is sent: all answers, what does not hold, what happens next, one tick, one button.

use super::answers::answers;
use super::section::summary;
use crate::application::{Desks, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, PageHead, Trouble, TroubleBox, back, deadline, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::application::{ActOnApplication, ApplicationView};
use ronghe_domain::application::Action;
use ronghe_text::application_refusal;

/// The page.
#[component]
pub fn CheckApplication() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let desks = Desks::here();
    let found = LocalResource::new(move || {
        desks.follow();
        let name = name.get();
        async move { session.call(async |client| client.show_application(&name).await).await }
    });
    let (act, agreed) = (Act::new(), RwSignal::new(false));
    loaded(session, found, move |view: ApplicationView| {
        let lang = session.lang();
        let offered = view.offers.iter().any(|offer| offer.action == Action::Submit);
        match view.draft.as_ref().filter(|_| offered) {
            Some(draft) => {
                let answers = answers(lang, &view, draft, true, &[]).into_any();
                page(session, &view, answers, act, agreed).into_any()
            }
            None => view! {
                <PageHead title=title(lang, &view.row)/>
                <div class="banner"><div><p class="banner__title">{lang.pick("现在不由你提交", "It is not yours to submit now")}</p></div>
                    <a class="button" data-size="small" href=format!("/app/applications/{}", view.row.name)>{lang.pick("查看", "See it")}</a></div>
            }
            .into_any(),
        }
    })
}

fn page(
    session: Session,
    view: &ApplicationView,
    answers: AnyView,
    act: Act,
    agreed: RwSignal<bool>,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let navigate = use_navigate();
    let base = format!("/app/applications/{}", view.row.name);
    let (name, version) = (view.row.name.clone(), view.version.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !agreed.get_untracked() {
            let said = session.lang().pick("先勾选声明", "Tick the declaration first");
            act.trouble.set(Some(Trouble::said(said)));
            return;
        }
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_application(&name, &version, &ActOnApplication::Submit).await,
            move |view: ApplicationView| {
                navigate(&format!("/app/applications/{}?done=submit", view.row.name), Default::default());
            },
        );
    };
    let open = RwSignal::new((!view.errors.is_empty()).then(|| summary(lang, view.errors.clone())));
    let submits = view.offers.iter().find(|offer| offer.action == Action::Submit);
    let barred = submits.and_then(|offer| offer.barred).map(|refusal| application_refusal(lang, refusal));
    let can = barred.is_none();
    let until = view.row.deadline.map(
        |closes| view! { <p class="quiet">{lang.pick("截止 ", "Until ")}{deadline(session, closes, view.row.ahead)}</p> },
    );
    let then = match view.returned {
        Some(_) => lang.pick(
            "提交后回到高校联络服务处形式审查。",
            "It goes back to the liaison office to be checked.",
        ),
        None => lang.pick(
            "提交后密封，截止前除本校以外谁也看不到；截止前可以撤回或重新打开。截止后启封、编号、形式审查。",
            "It is sealed: until the window closes nobody beside your university sees it, and it can be withdrawn or \
             reopened. Then it is opened, numbered and checked.",
        ),
    };
    let label = Signal::derive(move || {
        let words = session.lang().pick(
            "内容属实，已经本校同意；成果在济南落地，不是单纯课题研究；不向学生收费",
            "It is true and agreed by the university; results land in Jinan, it is no pure research topic, and pupils \
             pay nothing",
        );
        words.to_owned()
    });
    let heading = format!("{}{}", lang.pick("核对并提交：", "Check and submit: "), title(lang, &view.row));
    let home = format!("{base}/edit");
    let reason = barred.map(|reason| view! { <div class="banner"><div><p class="banner__title">{lang.pick("暂不能提交", "It cannot be submitted yet")}</p><p>{reason}</p></div></div> });
    let files: Vec<String> = view.files.iter().map(|it| it.file.name.clone()).collect();
    let files = (!files.is_empty()).then(|| view! {
        <section class="record__section"><h2>{lang.pick("附件与盖章页", "Files")}</h2><p>{files.join(lang.pick("、", ", "))}</p></section>
    });
    view! {
        {back(session, &home, lang.pick("回到目录", "All pages"))}
        <PageHead title=heading/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {(!can).then(|| view! { <TroubleBox trouble=open/> })}
            {reason}
            <div>{answers}{files}</div>
            {can.then(|| view! {
                <div class="field"><p>{then}</p>{until}
                    <Choice label=label checked=agreed on_change=move |on| agreed.set(on)/></div>
                <div class="form-foot"><Button primary=true busy=act.busy>{lang.pick("提交申报", "Submit the application")}</Button>
                    <a class="button" href=home>{lang.pick("再改一改", "Change it first")}</a></div>
            })}
        </form></div>
    }
}
