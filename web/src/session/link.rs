//! The page of an invitation or a reset: a person sets a password.

use super::Session;
use crate::ui::icon::BrandMark;
use crate::ui::{Button, Fetch, Field, Trouble, TroubleBox, loaded};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use ronghe_contract::session::{AcceptLink, LinkView, SignIn};
use ronghe_domain::account::password;
use ronghe_text::Lang;

/// Sets the password of the link in the address.
#[component]
pub fn SetPassword() -> impl IntoView {
    let session = Session::here();
    let location = use_location();
    let code = Memo::new(move |_| location.pathname.get().rsplit('/').next().unwrap_or_default().to_owned());
    let link = Fetch::new(move || {
        let code = code.get();
        async move { session.call(async |client| client.show_link(&code).await).await }
    });
    Effect::new(move |_| {
        document().set_title(session.lang().pick("设置密码，融合", "Set your password, Ronghe"))
    });
    view! {
        <div class="sign-in">
            <main class="sign-in__door" id="main">
                <a class="brand" href="/" rel="external"><BrandMark/><span class="brand__name">"融合"</span></a>
                {loaded(session, link, move |link: LinkView| form(session, code.get_untracked(), link))}
            </main>
        </div>
    }
}

fn form(session: Session, code: String, link: LinkView) -> impl IntoView {
    let (word, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let login = link.login.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let lang = session.lang();
        if word.get_untracked() != again.get_untracked() {
            let said = lang.pick("两次填写的密码不同", "The two passwords differ");
            trouble.set(Some(Trouble::said(said)));
            return;
        }
        busy.set(true);
        let body = AcceptLink { code: code.clone(), password: word.get_untracked() };
        let login = login.clone();
        spawn_local(async move {
            let done = session.call(async |client| client.accept_link(&body).await).await;
            let done = match done {
                Ok(()) => {
                    let body = SignIn { login, password: body.password, code: None };
                    session.call(async |client| client.sign_in(&body).await).await
                }
                Err(found) => Err(found),
            };
            busy.set(false);
            match done {
                Ok(me) => {
                    session.enter(me);
                    // The address with the code is left behind for good.
                    drop(window().location().replace("/app"));
                }
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <h1>{move || session.lang().pick("设置密码", "Set your password")}</h1>
            <p>{format!("{}{}{}", link.name, session.lang().pick("，", ", "), link.org.name)}<br/>
                {move || session.lang().pick("登录账号：", "You sign in as ")}<b>{link.login.clone()}</b></p>
            <TroubleBox trouble=trouble/>
            <Field label=("新密码", "New password") name="password" kind="password" value=word autocomplete="new-password" trouble=trouble
                hint=password_hint()/>
            <Field label=("再填一次", "Once more") name="again" kind="password" value=again autocomplete="new-password"/>
            {move || notice(session.lang())}
            <Button primary=true busy=busy>{move || session.lang().pick("设置并登录", "Set it and sign in")}</Button>
        </form>
    }
}

/// What is held on whoever signs in for the first time, and where the whole stands.
fn notice(lang: Lang) -> impl IntoView {
    view! {
        <p class="quiet"><small>{lang.pick(
            "本系统为履行法定职责登记你的姓名、单位、职务、邮箱和办理记录，电话对外只显示头尾。",
            "To do the bureau's statutory duty this system holds your name, organisation, post, mail address and what you do here; telephones are masked for others. ",
        )}<a href=lang.pick("/privacy", "/en/privacy") rel="external" target="_blank">{lang.pick("个人信息告知", "Personal data")}</a></small></p>
    }
}

/// What a password must be, told before it is typed.
pub fn password_hint() -> (&'static str, &'static str) {
    const {
        assert!(password::MIN == 12, "the hint says 12");
    }
    (
        "至少 12 个字符，可用一句话；不含姓名、账号和单位名",
        "At least 12 characters, a sentence will do; without your name, account or organisation",
    )
}
