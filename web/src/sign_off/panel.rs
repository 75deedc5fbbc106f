//! What a record goes up with: its version code, its signatures, its sealed scans, its copies on paper.

use super::{state_tag, steps};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::FileSender;
use crate::ui::{Fetch, Field, loaded, tag};
use leptos::prelude::*;
use ronghe_client::Client;
use ronghe_contract::sign_off::{RoundView, SealView, SealedView};
use ronghe_domain::sign_off::{Kind, Paper};
use ronghe_text::{Lang, file_size, instant};

/// Endings of names that the browser offers.
const ACCEPT: &str = ".pdf,.ofd,.png,.jpg,.jpeg,.webp";

/// The panel, asked for by itself.
#[component]
pub fn SealedPanel(
    kind: Kind,
    name: String,
    /// Where its page prints.
    print: String,
) -> impl IntoView {
    let session = Session::here();
    let asked = name.clone();
    let sealed = Fetch::new(move || {
        let name = asked.clone();
        async move { session.call(async |client| client.show_sealed(kind, &name).await).await }
    });
    let name = StoredValue::new(name);
    view! { <div class="section">{loaded(session, sealed, move |view: SealedView| panel(session, name, &view, &print, sealed))}</div> }
}

/// Who signed a record before it left, and whose turn it is; nothing where nobody was asked.
#[component]
pub fn Signatures(kind: Kind, name: String) -> impl IntoView {
    let session = Session::here();
    let sealed = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.show_sealed(kind, &name).await).await }
    });
    loaded(session, sealed, move |view: SealedView| {
        let lang = session.lang();
        let rounds = view.rounds.iter().map(|round| past(lang, round)).collect_view();
        (!view.rounds.is_empty()).then(|| {
            view! { <section class="record__section"><h2>{lang.pick("本校签发", "Sign-off of the university")}</h2>{rounds}</section> }
        })
    })
}

type From = Fetch<Result<SealedView, crate::ui::Trouble>>;

fn panel(
    session: Session,
    name: StoredValue<String>,
    view: &SealedView,
    print: &str,
    from: From,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let code =
        view.code.clone().unwrap_or_else(|| lang.pick("填写完整后生成", "once it is complete").to_owned());
    let print = view.code.is_some().then(|| {
        view! { <a class="button" href=print.to_owned()>{lang.pick("打印盖章页", "Print the page to be sealed")}</a> }
    });
    let rounds = view.rounds.iter().map(|round| past(lang, round)).collect_view();
    let signed = (!view.rounds.is_empty()).then(|| view! { <section class="record__section"><h2>{lang.pick("签发", "Sign-off")}</h2>{rounds}</section> });
    let kind = view.kind;
    let seals = view.seals.iter().map(|seal| scan(lang, kind, &name.get_value(), seal)).collect_view();
    let none = view.seals.is_empty().then(
        || view! { <p class="quiet">{lang.pick("还没有上传盖章扫描件", "No sealed scan has come yet")}</p> },
    );
    // Bound to the version that is shown, whatever is written meanwhile.
    let bound = StoredValue::new(view.code.clone().unwrap_or_default());
    let to = move |client: &Client, file: &str| {
        client.seal_by_hand(kind, &name.get_value(), &bound.get_value(), file)
    };
    let hint = (
        "PDF、OFD 或图片，最大 50 MiB；与当前版本码绑定，内容一改即作废",
        "PDF, OFD or a picture, 50 MiB at most; bound to this code, and void once the content changes",
    );
    let upload = (view.may_seal && view.code.is_some()).then(|| view! {
        <FileSender accept=ACCEPT hint=hint to=to added=move |_| from.refetch() stopped=move || from.refetch()/>
    });
    view! {
        <section class="record__section"><h2>{lang.pick("版本码", "Version code")}</h2><p><b>{code}</b></p><div class="button-row">{print}</div></section>
        {signed}
        <section class="record__section"><h2>{lang.pick("盖章扫描件", "Sealed scans")}</h2>{none}<ul class="link-list">{seals}</ul>{upload}</section>
        {paper(session, name, view, from)}
    }
}

fn past(lang: Lang, round: &RoundView) -> impl IntoView + use<> {
    let to = format!("/app/sign-offs/{}", round.id);
    let code =
        (round.kind != Kind::Application).then(|| view! { <span class="quiet">{round.code.clone()}</span> });
    view! {
        <div class="section"><p class="record__state">{state_tag(lang, round.state)}{code}
            <a href=to>{lang.pick("查看", "See it")}</a></p>{steps(lang, round)}</div>
    }
}

fn scan(lang: Lang, kind: Kind, name: &str, seal: &SealView) -> impl IntoView + use<> {
    let to = format!("/api/v1/sealed/{}/{name}/seals/{}", kind.name(), seal.id);
    let state = if seal.voided {
        tag("error", lang.pick("已作废：内容已改", "Void: the content was changed")).into_any()
    } else {
        tag("done", lang.pick("有效", "Holds")).into_any()
    };
    view! {
        <li><a href=to rel="external" download=seal.name.clone()>{seal.name.clone()}</a>" "
            <span class="quiet">{file_size(seal.size)}" "{seal.code.clone()}" "{seal.by.clone()}" "{instant(lang, seal.at)}</span>" "{state}</li>
    }
}

fn paper(
    session: Session,
    name: StoredValue<String>,
    view: &SealedView,
    from: From,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let received = view.paper.received.clone();
    let said = match (lang, view.paper.asked) {
        (_, 0) if received.is_none() => {
            lang.pick("不需交纸质材料", "No copies on paper are asked for").to_owned()
        }
        (Lang::Zh, asked) => format!(
            "需交 {asked} 份，{}",
            received.clone().map_or_else(|| "未收到".to_owned(), |day| format!("{day} 收到"))
        ),
        (Lang::En, asked) => format!(
            "{asked} asked for, {}",
            received.clone().map_or_else(|| "not received".to_owned(), |day| format!("received on {day}"))
        ),
    };
    let (act, asked, day) = (
        Act::new(),
        RwSignal::new(view.paper.asked.to_string()),
        RwSignal::new(received.unwrap_or_default()),
    );
    let kind = view.kind;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, body) =
            (name.get_value(), Paper { sheets: asked.get_untracked(), received: day.get_untracked() });
        act.run(async move |client| client.note_paper(kind, &name, &body).await, move |_| from.refetch());
    };
    let form = view.may_note.then(|| view! {
        <form class="form" on:submit=submit><ActBox act=act/>
            <Field label=("需交份数", "Copies asked") name="sheets" value=asked short=true trouble=act.trouble/>
            <Field label=("收到日期", "Received on") name="received" value=day kind="date" short=true optional=true trouble=act.trouble/>
            <button class="button" type="submit" disabled=move || act.busy.get()>{lang.pick("登记", "Note it")}</button></form>
    });
    view! { <section class="record__section"><h2>{lang.pick("纸质材料", "Copies on paper")}</h2><p>{said}</p>{form}</section> }
}
