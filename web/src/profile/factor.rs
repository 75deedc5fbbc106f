//! The second factor: setting an authenticator up, recovery codes, switching it off.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Both, Button, Field};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_contract::session::{QrCode, RecoveryCodes, TotpSetup};

/// The section.
#[component]
pub fn Factor() -> impl IntoView {
    let session = Session::here();
    let setup = RwSignal::new(None::<TotpSetup>);
    let codes = RwSignal::new(None::<Vec<String>>);
    let is_on = Memo::new(move |_| session.me().is_some_and(|me| me.second_factor));
    view! {
        <section class="card stack" aria-labelledby="factor"><h2 id="factor">{move || session.lang().pick("两步验证", "Second factor")}</h2>
            {move || match (codes.get(), setup.get(), is_on.get()) {
                (Some(shown), _, _) => recovery(session, shown, codes).into_any(),
                (None, Some(begun), _) => view! { <Confirm setup=begun begun=setup codes=codes/> }.into_any(),
                (None, None, true) => view! { <On setup=setup/> }.into_any(),
                (None, None, false) => view! { <Start setup=setup/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Start(setup: RwSignal<Option<TotpSetup>>) -> impl IntoView {
    let session = Session::here();
    view! {
        <p>{move || session.lang().pick(
            "未开启。开启后，登录和重要操作除密码外还要手机验证器上的 6 位数字。",
            "Off. Once on, signing in and what counts take six figures of the authenticator on your phone besides the password.",
        )}</p>
        <Begin setup=setup words=("设置验证器", "Set up an authenticator")/>
    }
}

/// The button that makes a key for an authenticator.
#[component]
fn Begin(setup: RwSignal<Option<TotpSetup>>, words: Both) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        act.run(async |client| client.start_totp().await, move |begun| setup.set(Some(begun)));
    };
    view! {
        <form class="form" on:submit=begin><ActBox act=act/>
            <Button busy=act.busy>{move || session.lang().pick(words.0, words.1)}</Button></form>
    }
}

#[component]
fn On(setup: RwSignal<Option<TotpSetup>>) -> impl IntoView {
    let session = Session::here();
    let keeps = Memo::new(move |_| session.me().is_some_and(|me| me.keeps_factor));
    view! {
        <p>{move || session.lang().pick("已开启。", "On.")}</p>
        <Begin setup=setup words=("换一个验证器", "Set up another authenticator")/>
        {move || (!keeps.get()).then(|| view! { <Remove/> })}
    }
}

#[component]
fn Confirm(
    setup: TotpSetup,
    begun: RwSignal<Option<TotpSetup>>,
    codes: RwSignal<Option<Vec<String>>>,
) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let code = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = code.get_untracked();
        act.run(
            async move |client| client.confirm_totp(&typed).await,
            move |made: RecoveryCodes| {
                codes.set(Some(made.codes));
                begun.set(None);
                spawn_local(session.renew());
            },
        );
    };
    let groups: Vec<String> =
        setup.secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    view! {
        <p>{move || session.lang().pick(
            "在手机的验证器里新增账号：扫描二维码，或打开下面的链接，或手工输入密钥。",
            "Add an account in the authenticator on your phone: scan the code, open the link below, or type the key.",
        )}</p>
        {setup.qr.map(|code| drawn(session, code))}
        <p><a href=setup.url rel="external">{move || session.lang().pick("在本机的验证器里打开", "Open it in an authenticator on this device")}</a></p>
        <p><code class="secret">{groups.join(" ")}</code></p>
        <form class="form" on:submit=submit><ActBox act=act/>
            <Field label=("验证器上的 6 位数字", "Six figures of the authenticator") name="code" value=code autocomplete="one-time-code" short=true trouble=act.trouble/>
            <Button busy=act.busy>{move || session.lang().pick("开启", "Switch it on")}</Button></form>
    }
}

/// The code to scan, dark on light in both themes: readers want it so.
fn drawn(session: Session, code: QrCode) -> impl IntoView {
    let side = code.side + 8;
    let label = move || {
        session.lang().pick(
            "验证器的二维码；下面有同样的密钥",
            "QR code for the authenticator; the same key stands below",
        )
    };
    view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("-4 -4 {side} {side}") width="192" height="192" shape-rendering="crispEdges">
            <rect x="-4" y="-4" width=side height=side fill="#fff"/><path d=code.path fill="#000"/></svg>
    }
}

fn recovery(session: Session, shown: Vec<String>, codes: RwSignal<Option<Vec<String>>>) -> impl IntoView {
    let lang = session.lang();
    let rows =
        shown.into_iter().map(|code| view! { <li><code class="secret">{code}</code></li> }).collect_view();
    view! {
        <div class="banner" data-turn="yours" role="status"><div class="stack" data-gap="small">
            <p class="banner__title">{lang.pick("已开启。抄下这十个恢复码", "It is on. Keep these ten recovery codes")}</p>
            <p>{lang.pick("手机丢了，用其中一个代替验证码，每个只能用一次；只显示这一次。", "Should the phone be lost, one of them stands for the code, once each; they are shown this once.")}</p>
            <ul class="codes">{rows}</ul>
            <button class="button" data-size="small" on:click=move |_| codes.set(None)>{lang.pick("抄好了", "I have them")}</button>
        </div></div>
    }
}

#[component]
fn Remove() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let code = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = code.get_untracked();
        act.run(async move |client| client.remove_totp(&typed).await, move |()| spawn_local(session.renew()));
    };
    view! {
        <form class="form" on:submit=submit><ActBox act=act/>
            <Field label=("验证码或恢复码", "Code or recovery code") name="code" value=code autocomplete="one-time-code" trouble=act.trouble/>
            <Button busy=act.busy>{move || session.lang().pick("关闭两步验证", "Switch it off")}</Button></form>
    }
}
