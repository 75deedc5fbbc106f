//! The sign-in page, and the same on the spot where a session has ended.

use super::{Door, Session};
use crate::shell::who;
use crate::ui::icon::BrandMark;
use crate::ui::{Button, Fetch, Field, Trouble, TroubleBox};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use ronghe_contract::session::{DemoAccount, Me, SignIn as Body};
use ronghe_text::{Lang, role};

/// The page before the door.
#[component]
pub fn SignIn() -> impl IntoView {
    let session = Session::here();
    let door = Fetch::new(move || async move { session.client().show_door().await.ok() });
    let known = Memo::new(move |_| session.door() != Door::Unknown);
    let typed = Typed::new();
    Effect::new(move |_| document().set_title(session.lang().pick("登录，融合", "Sign in, Ronghe")));
    move || {
        let lang = session.lang();
        // Until it is known who is there, nothing flickers.
        known.get().then(|| {
            view! {
                <div class="sign-in">
                    <main class="sign-in__door" id="main">
                        <a class="brand" href=lang.pick("/", "/en")><BrandMark/><span class="brand__name">"融合"</span></a>
                        <SignInForm typed=typed/>
                        <p class="quiet"><small>
                            {lang.pick("公众不用登录，", "The public needs no account: ")}
                            <a href=lang.pick("/", "/en") rel="external">{lang.pick("到门户查看", "go to the portal")}</a>
                            "　"
                            <button class="button" data-kind="link" lang=lang.pick("en", "zh-CN") on:click=move |_| session.switch_language()>
                                {lang.pick("English", "中文")}
                            </button>
                        </small></p>
                    </main>
                    {move || door.get().flatten().filter(|door| !door.demo.is_empty()).map(|door| demo(session, lang, door.demo))}
                </div>
            }
        })
    }
}

/// Accounts of a demonstration, one click each.
fn demo(session: Session, lang: Lang, accounts: Vec<DemoAccount>) -> impl IntoView {
    let trouble = RwSignal::new(None::<Trouble>);
    let enter = move |login: String| {
        spawn_local(async move {
            match session.call(async |client| client.enter_demo(&login).await).await {
                Ok(me) => session.enter(me),
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    let row = move |account: DemoAccount| {
        let login = account.login.clone();
        view! {
            <li><button class="account" type="button" on:click=move |_| enter(login.clone())>
                <b>{role(lang, account.role)}</b>
                <span>{match lang {
                    Lang::Zh => format!("{}，{}", account.name, account.org.name),
                    Lang::En => format!("{}, {}", account.name_en, account.org.name_en),
                }}</span>
            </button></li>
        }
    };
    view! {
        <section class="sign-in__demo" aria-labelledby="demo">
            <div>
                <h2 id="demo">{lang.pick("演示：选一个身份进入", "Demonstration: enter as one of these")}</h2>
                <p class="quiet">{lang.pick(
                    "人员和学校是虚构的，处室、区县和高校是真实的。正式环境没有这一栏。",
                    "People and schools are invented; offices, districts and universities are real. A server at work has no such list.",
                )}</p>
            </div>
            <TroubleBox trouble=trouble/>
            <ul class="accounts">{accounts.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

/// What is typed at the door; it outlives a change of language.
#[derive(Clone, Copy)]
struct Typed {
    login: RwSignal<String>,
    password: RwSignal<String>,
    code: RwSignal<String>,
    wants_code: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            login: empty(),
            password: empty(),
            code: empty(),
            wants_code: RwSignal::new(false),
            trouble: RwSignal::new(None),
        }
    }
}

/// Account, password, and a code where one is asked for. Where a session has ended, the account is given: nobody
/// else comes in over what one person has typed.
#[component]
fn SignInForm(typed: Typed, #[prop(optional)] ended: Option<Me>) -> impl IntoView {
    let session = Session::here();
    let Typed { login, password, code, wants_code, trouble } = typed;
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let typed = code.get_untracked();
        let body = Body {
            login: login.get_untracked(),
            password: password.get_untracked(),
            code: (!typed.trim().is_empty()).then_some(typed),
        };
        spawn_local(async move {
            let done = session.call(async |client| client.sign_in(&body).await).await;
            busy.set(false);
            match done {
                Ok(me) => {
                    password.set(String::new());
                    code.set(String::new());
                    session.enter(me);
                }
                Err(found) if found.kind == "second-factor" && !wants_code.get_untracked() => {
                    trouble.set(None);
                    wants_code.set(true);
                }
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    let title = move || session.lang().pick("登录", "Sign in");
    // Over a page that waits, the keyboard is where it goes on.
    let is_over = ended.is_some();
    let account = match ended {
        Some(me) => given(session, login, me).into_any(),
        None => view! { <Field label=("账号", "Account") name="login" value=login autocomplete="username"/> }
            .into_any(),
    };
    view! {
        <form class="form" on:submit=submit>
            <h1>{title}</h1>
            <TroubleBox trouble=trouble/>
            {account}
            <Field label=("密码", "Password") name="password" kind="password" value=password autocomplete="current-password" focus=is_over/>
            {move || wants_code.get().then(|| view! {
                <Field label=("验证码", "Code") name="code" value=code autocomplete="one-time-code" focus=true
                    hint=("验证器上的 6 位数字，或一个恢复码", "Six figures of your authenticator, or a recovery code")/>
            })}
            <Button primary=true busy=busy>{title}</Button>
            <p class="quiet"><small>{move || session.lang().pick(
                "忘记密码，找本系统的管理员重设。",
                "Lost your password? An administrator resets it.",
            )}</small></p>
        </form>
    }
}

/// Whose session has ended. The account is there to be read, and for the browser to find its password.
fn given(session: Session, login: RwSignal<String>, me: Me) -> impl IntoView {
    login.set(me.login.clone());
    view! {
        <p><b>{move || who(session.lang(), &me)}</b><br/>
            {move || session.lang().pick("账号：", "Account: ")}{login}
            <input class="unseen" name="login" autocomplete="username" readonly=true tabindex="-1" aria-hidden="true" prop:value=login/></p>
    }
}

/// Over a page whose session has ended: what was typed stays behind it, for the person who typed it.
#[component]
pub fn EndedDoor() -> impl IntoView {
    let session = Session::here();
    let typed = Typed::new();
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    Effect::new(move |_| {
        // Where the keyboard was it goes on, once the page behind can take it.
        if session.door() == Door::In
            && let Some(element) = before.try_update_value(Option::take).flatten()
        {
            request_animation_frame(move || drop(element.focus()));
        }
    });
    move || {
        let ended = session.me().filter(|_| session.door() == Door::Ended);
        ended.map(|me| {
            if before.with_value(Option::is_none) {
                before.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
            }
            let lang = session.lang();
            let name = lang.pick(&me.name, &me.name_en).to_owned();
            view! {
                <div class="ended" role="dialog" aria-modal="true" aria-labelledby="ended">
                    <div class="ended__box card">
                        <h2 id="ended">{lang.pick("登录已过期", "Your session has ended")}</h2>
                        <p>{lang.pick("填写的内容还在本页，登录后接着办。", "What you typed is still here; sign in and go on.")}</p>
                        <SignInForm typed=typed ended=me/>
                        <details>
                            <summary>{lang.pick("换一个账号", "Use another account")}</summary>
                            <div class="stack" data-gap="small">
                                <p>{match lang {
                                    Lang::Zh => format!("{name}在本页填写而还没有保存的内容会丢掉，不会留给下一个人。"),
                                    Lang::En => format!("What {name} typed on this page and did not save is lost; it does not pass to whoever comes next."),
                                }}</p>
                                <button class="button" type="button" on:click=move |_| session.give_way()>
                                    {lang.pick("丢掉未保存的内容，换账号", "Drop it and use another account")}
                                </button>
                            </div>
                        </details>
                    </div>
                </div>
            }
        })
    }
}
