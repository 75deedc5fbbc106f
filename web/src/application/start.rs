//! Applying for a need: one button on its page, where the window lets it.

use crate::session::Session;
use crate::ui::Fetch;
use crate::ui::act::Act;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::application::{ApplicationView, StartApplication};
use ronghe_domain::kernel::Role;
use ronghe_text::application_refusal;

/// The button for universities; why not, where it is barred; the way to the application that there is.
#[component]
pub fn ApplyButton(#[prop(into)] need: String) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let navigate = use_navigate();
    let applies = session.me().is_some_and(|me| me.roles.contains(&Role::University));
    let asked = need.clone();
    let beginning = Fetch::new(move || {
        let need = asked.clone();
        async move {
            if !applies {
                return None;
            }
            session.call(async |client| client.show_beginning(&need).await).await.ok()
        }
    });
    move || {
        let view = beginning.get().flatten()?;
        let lang = session.lang();
        if let Some(name) = view.existing {
            let to = format!("/app/applications/{name}");
            let words = lang.pick("查看本校的申报", "See your application");
            let link = view! { <div class="button-row"><a class="button" data-kind="primary" href=to>{words}</a></div> };
            return Some(link.into_any());
        }
        if let Some(refusal) = view.barred {
            return Some(view! { <p class="quiet">{application_refusal(lang, refusal)}</p> }.into_any());
        }
        let (need, navigate) = (need.clone(), navigate.clone());
        let start = move |_| {
            let (body, navigate) = (StartApplication { need: need.clone() }, navigate.clone());
            act.run(
                async move |client| client.start_application(&body).await,
                move |view: ApplicationView| {
                    navigate(&format!("/app/applications/{}/edit", view.row.name), Default::default());
                },
            );
        };
        let failed = move || {
            act.trouble.get().map(|trouble| {
                view! { <p class="field__error" role="alert">{trouble.title}{" "}{trouble.detail}</p> }
            })
        };
        Some(
            view! {
                {failed}
                <div class="button-row"><button class="button" type="button" data-kind="primary"
                    aria-disabled=move || act.busy.get().then_some("true") on:click=start>{lang.pick("申报", "Apply")}</button></div>
            }
            .into_any(),
        )
    }
}
