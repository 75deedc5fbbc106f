//! Changing one's password.

use crate::session::Session;
use crate::session::link::password_hint;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Field};
use leptos::prelude::*;
use ronghe_contract::session::ChangePassword;

/// The section.
#[component]
pub fn Password() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let done = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        done.set(false);
        let body = ChangePassword { current: current.get_untracked(), password: new.get_untracked() };
        act.run(
            async move |client| client.change_password(&body).await,
            move |()| {
                current.set(String::new());
                new.set(String::new());
                done.set(true);
            },
        );
    };
    view! {
        <section class="card stack" aria-labelledby="password"><h2 id="password">{move || session.lang().pick("密码", "Password")}</h2>
            {move || done.get().then(|| view! {
                <p class="saved" data-turn="done" role="status">{session.lang().pick("密码已改，其他浏览器已退出", "Changed; other browsers are signed out")}</p>
            })}
            <form class="form" on:submit=submit>
                <ActBox act=act/>
                <Field label=("现在的密码", "Current password") name="current" kind="password" value=current autocomplete="current-password" trouble=act.trouble/>
                <Field label=("新密码", "New password") name="password" kind="password" value=new autocomplete="new-password" trouble=act.trouble hint=password_hint()/>
                <Button busy=act.busy>{move || session.lang().pick("改密码", "Change it")}</Button>
            </form>
        </section>
    }
}
