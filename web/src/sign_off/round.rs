//! One round: what is signed, by whom, and the signature itself.

use super::{record_address, rehearsal, state_tag, steps};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Fetch, PageHead, TextArea, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::sign_off::{ActOnSignOff, RoundView};
use ronghe_domain::sign_off::{Action, Kind};
use ronghe_text::{sign_off_action, sign_off_kind, sign_off_refusal};

/// The page.
#[component]
pub fn SignOff() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let round = Fetch::new(move || {
        let id = id.get();
        async move { session.call(async |client| client.show_sign_off(&id).await).await }
    });
    let (act, words) = (Act::new(), RwSignal::new(String::new()));
    loaded(session, round, move |view: RoundView| record(session, view, act, words, round))
}

type From = Fetch<Result<RoundView, crate::ui::Trouble>>;

fn record(session: Session, view: RoundView, act: Act, words: RwSignal<String>, from: From) -> impl IntoView {
    let lang = session.lang();
    let offered = |action: Action| view.offers.iter().find(|offer| offer.action == action);
    let can = |action| offered(action).is_some_and(|offer| offer.barred.is_none());
    let barred = offered(Action::Sign).and_then(|offer| offer.barred.clone());
    let barred = barred.map(|refusal| {
        let title = lang.pick("现在不由你签", "Not yours to sign now");
        view! { <div class="banner"><div><p class="banner__title">{title}</p><p>{sign_off_refusal(lang, &refusal)}</p></div></div> }
    });
    let (signs, recalls) = (can(Action::Sign), can(Action::Recall));
    let (id, version) = (view.id.to_string(), view.version.clone());
    let run = move |body: ActOnSignOff| {
        let (id, version) = (id.clone(), version.clone());
        act.run(
            async move |client| client.act_on_sign_off(&id, &version, &body).await,
            move |_| from.refetch(),
        );
    };
    let button = |action: Action, primary: bool| {
        let run = run.clone();
        let kind = primary.then_some("primary");
        let click = move |_| {
            let typed = words.get_untracked();
            run(match action {
                Action::Sign => ActOnSignOff::Sign { remark: typed },
                Action::SendBack => ActOnSignOff::SendBack { reason: typed },
                Action::Recall | Action::Ask | Action::Void => ActOnSignOff::Recall,
            });
        };
        view! { <button class="button" type="button" data-kind=kind disabled=move || act.busy.get() on:click=click>{sign_off_action(lang, action)}</button> }
    };
    let form = signs.then(|| {
        let hint = ("同意时选填；退回时写明原因", "Optional with a signature; the reason where it is sent back");
        view! {
            <div class="form section"><TextArea label=("意见", "Remark") name="reason" value=words rows=3 hint=hint trouble=act.trouble/>
                <p class="quiet">{then(lang, &view)}</p>
                <div class="form-foot">{button(Action::Sign, true)}{button(Action::SendBack, false)}</div></div>
        }
    });
    let recall =
        recalls.then(|| view! { <div class="button-row section">{button(Action::Recall, false)}</div> });
    let heading = format!("{}{}{}", sign_off_kind(lang, view.kind), lang.pick("：", ": "), view.title);
    let content = match view.kind {
        Kind::Need => format!("{}/sealed", record_address(&view)),
        Kind::DistrictSummary | Kind::Application | Kind::Report => record_address(&view),
    };
    view! {
        {back(session, "/app/sign-offs", lang.pick("签发", "Sign-off"))}
        <PageHead title=heading/>
        <div class="record__state">{state_tag(lang, view.state)}{rehearsal(lang, &view)}{code(lang, &view)}</div>
        <div class="form-page">
            <p class="section"><a class="button" href=content>{lang.pick("看全文（签发的版本）", "Read it whole, as it is signed")}</a></p>
            <ActBox act=act/>
            {barred}
            <section class="record__section"><h2>{lang.pick("签发步骤", "Steps")}</h2>{steps(lang, &view)}</section>
            {form}
            {recall}
        </div>
    }
}

/// The code of what is signed; the page of an application that is printed and sealed has one of its own.
fn code(lang: ronghe_text::Lang, view: &RoundView) -> Option<impl IntoView + use<>> {
    let code = view.code.clone();
    (view.kind != Kind::Application).then(|| view! { <span>{lang.pick("版本码 ", "Code ")}{code}</span> })
}

/// What comes of a signature.
fn then(lang: ronghe_text::Lang, view: &RoundView) -> &'static str {
    let left = view.steps.iter().filter(|step| step.signed.is_none()).count();
    match (left, view.kind) {
        (2.., _) => lang.pick("签发后转下一步。", "Then the next step signs."),
        (_, Kind::DistrictSummary) => lang.pick(
            "这是最后一步：签发后立即报送高校联络服务处。",
            "This is the last step: it goes to the liaison office at once.",
        ),
        (_, Kind::Application) => lang.pick(
            "这是最后一步：签发后立即提交，密封到截止；截止以前没有签发的，不算提交。",
            "This is the last step: it is handed in at once and sealed until the window closes. What is not signed \
             by then was not handed in.",
        ),
        (_, Kind::Need | Kind::Report) => {
            lang.pick("这是最后一步：签发后立即提交。", "This is the last step: it is submitted at once.")
        }
    }
}
