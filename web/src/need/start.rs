//! Beginning a need: one button, where the cycle lets it.

use crate::session::Session;
use crate::ui::Fetch;
use crate::ui::act::Act;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::cycle::CycleView;
use ronghe_contract::need::{NeedView, StartNeed};
use ronghe_text::{Lang, need_refusal};

/// The button for who files needs; why not, where the window is closed; nothing for everybody else.
#[component]
pub fn StartButton(
    #[prop(optional)] primary: bool,
    /// In this cycle; the newest real one where none is named.
    #[prop(optional)]
    year: Option<String>,
) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let navigate = use_navigate();
    let cycle = Fetch::new(move || {
        let year = year.clone();
        async move {
            session
                .call(async |client| {
                    let named = match &year {
                        Some(year) => Some(year.clone()),
                        None => {
                            let cycles = client.list_cycles().await?.items.into_iter();
                            cycles.filter(|row| !row.rehearsal).map(|row| row.year).next()
                        }
                    };
                    match named {
                        Some(year) => client.show_cycle(&year).await.map(Some),
                        None => Ok(None),
                    }
                })
                .await
                .ok()
                .flatten()
        }
    });
    move || {
        let view: CycleView = cycle.get().flatten()?;
        let filing = view.filing?;
        let lang = session.lang();
        if let Some(refusal) = filing.barred {
            let said = need_refusal(lang, refusal);
            let words = match lang {
                Lang::Zh => format!("填报需求：{said}"),
                Lang::En => format!("To file a need: {said}"),
            };
            return Some(view! { <p class="quiet">{words}</p> }.into_any());
        }
        let (year, navigate) = (view.row.year.clone(), navigate.clone());
        let start = move |_| {
            let (body, navigate) =
                (StartNeed { year: year.clone(), ..StartNeed::default() }, navigate.clone());
            act.run(
                async move |client| client.start_need(&body).await,
                move |need: NeedView| {
                    navigate(&format!("/app/needs/{}/edit", need.row.name), Default::default());
                },
            );
        };
        let kind = primary.then_some("primary");
        let words = move || session.lang().pick("填报需求", "File a need");
        let failed = move || {
            act.trouble.get().map(|trouble| view! { <p class="field__error" role="alert">{trouble.title}{" "}{trouble.detail}</p> })
        };
        Some(
            view! { {failed}<button class="button" type="button" data-kind=kind aria-disabled=move || act.busy.get().then_some("true") on:click=start>{words}</button> }
                .into_any(),
        )
    }
}
