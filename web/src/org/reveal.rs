//! Reading an organisation's telephones whole.

use super::show::whom;
use crate::session::Session;
use crate::ui::act::act_page;
use crate::ui::reveal::{Number, Revealing, Said};
use crate::ui::{Fetch, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::org::OrgView;
use ronghe_domain::org::Action;
use ronghe_text::{org_action, org_refusal, post};

/// The page.
#[component]
pub fn RevealOrganisation() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let org = Fetch::new(move || {
        let slug = slug.get();
        async move { session.call(async |client| client.show_organisation(&slug).await).await }
    });
    let revealing = Revealing::new();
    loaded(session, org, move |view: OrgView| {
        let lang = session.lang();
        let offer = view.offers.iter().find(|offer| offer.action == Action::Reveal);
        let refused = offer.map(|offer| offer.barred.map(|refusal| org_refusal(lang, refusal).to_owned()));
        let home = format!("/app/organisations/{}", view.slug);
        let heading = lang.pick(&view.name, &view.name_en).to_owned();
        let words = org_action(lang, Action::Reveal);
        let said = Said {
            words,
            kept: (
                "谁看了、原因写进审计记录，监督人员看得到；号码不写",
                "Who read it and why enter the audit log, which auditors read; the number does not",
            ),
            back: ("回到单位", "Back to the organisation"),
        };
        let (back, slug) = (home.clone(), view.slug.clone());
        let form = move || {
            revealing.form(back, said, async move |client, body| {
                let read = client.reveal_organisation(&slug, &body).await?;
                let with_number = read.contacts.into_iter().filter(|contact| !contact.phone.is_empty());
                Ok(with_number
                    .map(|contact| Number {
                        post: post(lang, contact.post).to_owned(),
                        who: whom(&contact),
                        phone: contact.phone,
                    })
                    .collect())
            })
        };
        act_page(session, &home, &heading, words, refused, form)
    })
}
