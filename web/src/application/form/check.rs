//! Before it is sent: all answers, what does not hold, what happens next, one tick, one button.

use super::answers::answers;
use crate::application::{Desks, title};
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::form::{Check, CheckPage, answer_page, answered};
use crate::ui::{Fetch, PageHead, deadline, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::application::{ActOnApplication, ApplicationView};
use ronghe_domain::application::{Action, Section};
use ronghe_text::{ApplicationDone, Lang, application_refusal, application_section};

/// The page.
#[component]
pub fn CheckApplication() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let desks = Desks::here();
    let found = Fetch::new(move || {
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
                <div class="banner"><div><p class="banner__title">{not_yours(lang, &view)}</p></div>
                    <a class="button" data-size="small" href=format!("/app/applications/{}", view.row.name)>{lang.pick("查看", "See it")}</a></div>
            }
            .into_any(),
        }
    })
}

/// Whoever writes sections of it is told who goes on.
fn not_yours(lang: Lang, view: &ApplicationView) -> &'static str {
    let writes = view.offers.iter().any(|offer| offer.action == Action::Edit && offer.barred.is_none());
    if writes {
        lang.pick(
            "你填写的已保存，由牵头人核对并提交",
            "What you wrote is kept; whoever leads it checks and submits it",
        )
    } else {
        lang.pick("现在不由你提交", "It is not yours to submit now")
    }
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
    // Where the university has set a chain, submitting asks for it; the last signature hands it in.
    let asks = view.chained;
    let done = if asks { ApplicationDone::Ask } else { ApplicationDone::Submit }.code();
    let send = move |()| {
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_application(&name, &version, &ActOnApplication::Submit).await,
            move |view: ApplicationView| {
                navigate(&format!("/app/applications/{}?done={done}", view.row.name), Default::default());
            },
        );
    };
    let submits = view.offers.iter().find(|offer| offer.action == Action::Submit);
    let until = view.row.deadline.map(|closes| {
        view! { <p class="quiet">{lang.pick("截止 ", "Until ")}{deadline(session, closes, view.row.ahead)}</p> }
            .into_any()
    });
    let files: Vec<String> = view.files.iter().map(|it| it.file.name.clone()).collect();
    let files = (!files.is_empty()).then(|| {
        let change = format!("{base}/edit/{}", Section::Files.name());
        let names =
            view! { <dt>{lang.pick("文件", "Files")}</dt><dd>{answered(lang, &files.join("\n"))}</dd> };
        answer_page(lang, application_section(lang, Section::Files), Some(change), names.into_any())
    });
    let check = Check {
        home: format!("{base}/edit"),
        title: title(lang, &view.row),
        answers: view! { {answers}{files} }.into_any(),
        errors: view.errors.clone(),
        barred: submits.and_then(|offer| offer.barred).map(|refusal| application_refusal(lang, refusal)),
        then: then(lang, view).to_owned(),
        until,
        declaration: (
            "内容属实，已经本校同意；成果在济南落地，不是单纯课题研究；不向学生收费",
            "It is true and agreed by the university; results land in Jinan, it is no pure research topic, and pupils \
             pay nothing",
        ),
        words: if asks {
            lang.pick("提请签发", "Ask for sign-off")
        } else {
            lang.pick("提交申报", "Submit the application")
        },
    };
    view! { <CheckPage check=check act=act agreed=agreed send=send/> }
}

/// What happens once it is sent.
const fn then(lang: Lang, view: &ApplicationView) -> &'static str {
    if view.chained {
        return lang.pick(
            "提请后由本校逐步签发，最后一步签发后自动提交，以那时为准；签发中不能修改，要改先收回。",
            "Your university signs it step by step, and the last signature hands it in: what counts is when that is. \
             Nobody writes in it meanwhile; take it back to change it.",
        );
    }
    match view.returned {
        Some(_) => lang.pick(
            "提交后回到高校联络服务处形式审查。",
            "It goes back to the liaison office to be checked.",
        ),
        None => lang.pick(
            "提交后密封，截止前除本校以外谁也看不到；截止前可以撤回或重新打开。截止后启封、编号、形式审查。",
            "It is sealed: until the window closes nobody beside your university sees it, and it can be withdrawn or \
             reopened. Then it is opened, numbered and checked.",
        ),
    }
}
