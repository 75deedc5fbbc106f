//! Choosing an organisation: words, then one of those found.

use crate::session::Session;
use crate::ui::{Hits, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_client::ListOrganisations;
use ronghe_contract::org::OrgRef;
use std::time::Duration;

/// From the last key to asking.
const PAUSE: Duration = Duration::from_millis(250);

/// An organisation to choose.
#[component]
pub fn OrgPicker(
    chosen: RwSignal<Option<OrgRef>>,
    trouble: RwSignal<Option<Trouble>>,
    /// Only one of these.
    #[prop(optional)]
    among: ListOrganisations,
) -> impl IntoView {
    let session = Session::here();
    let words = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<OrgRef>>);
    let keys = StoredValue::new(0_u64);
    let among = StoredValue::new(among);
    let look = move |text: String| {
        words.set(text);
        let key = keys.try_update_value(|keys| {
            *keys += 1;
            *keys
        });
        set_timeout(
            move || {
                if Some(keys.get_value()) != key {
                    return;
                }
                let ask = ListOrganisations { q: words.get_untracked(), ..among.get_value() };
                spawn_local(async move {
                    if let Ok(page) = session.call(async |client| client.list_organisations(&ask).await).await
                    {
                        found.set(Some(page.items));
                    }
                });
            },
            PAUSE,
        );
    };
    let wrong = Memo::new(move |_| trouble.get().and_then(|trouble| trouble.of_field("org")));
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            <label for="field-org">{move || session.lang().pick("单位", "Organisation")}</label>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            {move || match chosen.get() {
                Some(org) => chosen_one(session, chosen, org).into_any(),
                None => view! {
                    <input class="input" id="field-org" type="search" autocomplete="off"
                        placeholder=session.lang().pick("名称或简称里的字", "Letters of its name")
                        prop:value=words on:input=move |event| look(event_target_value(&event))/>
                    {move || found.get().map(|found| hits(session, chosen, found))}
                }.into_any(),
            }}
        </div>
    }
}

fn chosen_one(session: Session, chosen: RwSignal<Option<OrgRef>>, org: OrgRef) -> impl IntoView {
    let lang = session.lang();
    let name = lang.pick(&org.name, &org.name_en).to_owned();
    view! {
        <p class="button-row"><b>{name}</b>
            <button class="button" type="button" data-size="small" on:click=move |_| chosen.set(None)>{lang.pick("换一个", "Another")}</button></p>
    }
}

fn hits(session: Session, chosen: RwSignal<Option<OrgRef>>, found: Vec<OrgRef>) -> impl IntoView {
    let lang = session.lang();
    let names = found.iter().map(|org| lang.pick(&org.name, &org.name_en).to_owned()).collect();
    let found = StoredValue::new(found);
    view! { <Hits names=names on_pick=move |at| chosen.set(found.with_value(|found| found.get(at).cloned()))/> }
}
