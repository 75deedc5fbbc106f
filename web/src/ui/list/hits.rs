//! What was found for the letters typed so far, each to be chosen.

use crate::session::Session;
use leptos::prelude::*;

/// Most that are shown at once.
const SHOWN: usize = 8;

/// Names to choose from, the best first; none of them says so, and so do too many.
#[component]
pub fn Hits(
    names: Vec<String>,
    /// Takes the place of the chosen name among `names`.
    on_pick: impl Fn(usize) + Copy + Send + 'static,
) -> impl IntoView {
    let lang = Session::here().lang();
    let told = match names.len() {
        0 => lang.pick("没有这样的单位", "No such organisation"),
        1..=SHOWN => "",
        _ => lang.pick("还有更多，再写几个字", "There are more; type on"),
    };
    let rows = names.into_iter().take(SHOWN).enumerate().map(|(at, name)| {
        view! { <li><button class="button" type="button" data-kind="quiet" on:click=move |_| on_pick(at)>{name}</button></li> }
    });
    let rows = rows.collect_view();
    view! {
        {(!rows.is_empty()).then(|| view! { <ul class="hits">{rows}</ul> })}
        <p class="quiet" role="status">{told}</p>
    }
}
