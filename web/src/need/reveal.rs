//! Reading the contact's telephone whole: why first, then the number, on this page alone.

use super::title;
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, TextArea, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need::{NeedView, RevealNeed as Body, RevealedView};
use ronghe_domain::need::Action;
use ronghe_text::{need_action, need_refusal};

/// The page.
#[component]
pub fn RevealNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let need = LocalResource::new(move || {
        let name = name.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    let (act, reason) = (Act::new(), RwSignal::new(String::new()));
    let read = RwSignal::new(None::<RevealedView>);
    loaded(session, need, move |view: NeedView| {
        let lang = session.lang();
        let offer = view.offers.iter().find(|offer| offer.action == Action::Reveal);
        let refused = offer.map(|offer| offer.barred.map(|refusal| need_refusal(lang, refusal)));
        let home = format!("/app/needs/{}", view.row.name);
        let (leave, heading) = (home.clone(), title(lang, &view.row));
        let content = move || {
            let name = view.row.name.clone();
            let shown = move || match read.get() {
                Some(read) => number(session, read, leave.clone()).into_any(),
                None => ask(session, name.clone(), leave.clone(), act, reason, read).into_any(),
            };
            shown.into_any()
        };
        act_page(session, &home, &heading, need_action(lang, Action::Reveal), refused, content)
    })
}

fn ask(
    session: Session,
    name: String,
    home: String,
    act: Act,
    reason: RwSignal<String>,
    read: RwSignal<Option<RevealedView>>,
) -> impl IntoView {
    let lang = session.lang();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, body) = (name.clone(), Body { reason: reason.get_untracked() });
        act.run(
            async move |client| client.reveal_need(&name, &body).await,
            move |view: RevealedView| read.set(Some(view)),
        );
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            <TextArea label=("为什么要看", "Why you need it") name="reason" value=reason rows=2 trouble=act.trouble/>
            <dl class="summary-list">
                <dt>{lang.pick("之后", "Then")}</dt><dd>{lang.pick("这一页显示完整的联系电话", "This page shows the telephone whole")}</dd>
                <dt>{lang.pick("谁会看到", "Who sees it")}</dt>
                <dd>{lang.pick("谁看了、原因写进这条需求的“动态”和审计记录；号码不写", "Who read it and why enter the need's time line and the audit log; the number does not")}</dd>
            </dl>
            <div class="form-foot">
                <Button primary=true busy=act.busy>{need_action(lang, Action::Reveal)}</Button>
                <a class="button" href=home>{lang.pick("不看了", "Leave it")}</a>
            </div>
        </form>
    }
}

fn number(session: Session, read: RevealedView, home: String) -> impl IntoView {
    let lang = session.lang();
    view! {
        <div role="status"><dl class="summary-list">
            <dt>{lang.pick("联系人", "Contact")}</dt><dd>{read.contact_name}</dd>
            <dt>{lang.pick("联系电话", "Telephone")}</dt><dd>{read.contact_phone}</dd>
        </dl></div>
        <div class="form-foot"><a class="button" href=home>{lang.pick("回到需求", "Back to the need")}</a></div>
    }
}
