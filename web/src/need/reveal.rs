//! Reading the telephone of a need's contact whole.

use super::title;
use crate::session::Session;
use crate::ui::act::act_page;
use crate::ui::reveal::{Number, Revealing, Said};
use crate::ui::{Fetch, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need::NeedView;
use ronghe_domain::need::Action;
use ronghe_domain::org::Post;
use ronghe_text::{need_action, need_refusal, post};

/// The page.
#[component]
pub fn RevealNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let need = Fetch::new(move || {
        let name = name.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    let revealing = Revealing::new();
    loaded(session, need, move |view: NeedView| {
        let lang = session.lang();
        let offer = view.offers.iter().find(|offer| offer.action == Action::Reveal);
        let refused = offer.map(|offer| offer.barred.map(|refusal| need_refusal(lang, refusal)));
        let (home, heading) = (format!("/app/needs/{}", view.row.name), title(lang, &view.row));
        let words = need_action(lang, Action::Reveal);
        let said = Said {
            words,
            kept: (
                "谁看了、原因写进这条需求的“动态”和审计记录；号码不写",
                "Who read it and why enter the need's time line and the audit log; the number does not",
            ),
            back: ("回到需求", "Back to the need"),
        };
        let (back, name) = (home.clone(), view.row.name.clone());
        let form = move || {
            revealing.form(back, said, async move |client, body| {
                let read = client.reveal_need(&name, &body).await?;
                let post = post(lang, Post::Contact).to_owned();
                Ok(vec![Number { post, who: read.contact_name, phone: read.contact_phone }])
            })
        };
        act_page(session, &home, &heading, words, refused, form)
    })
}
