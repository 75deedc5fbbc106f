//! What can be done with a record: one button for each offer, reasons in plain text for what is barred.

use crate::session::Session;
use leptos::prelude::*;

/// An offer in words, with the page where it is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub words: String,
    pub to: String,
    /// Why not now; `None` where it can be done.
    pub barred: Option<String>,
}

/// The buttons of a record: the first is primary, where it is a step forward.
#[component]
pub fn OfferBar(
    offers: Vec<Offered>,
    /// Nothing leads on: none is primary.
    #[prop(optional)]
    calm: bool,
) -> impl IntoView {
    let mut first = !calm;
    let buttons = offers
        .into_iter()
        .filter(|offer| offer.barred.is_none())
        .map(|offer| {
            let kind = std::mem::take(&mut first).then_some("primary");
            let key = offer.to.ends_with("/edit").then_some("e");
            view! { <a class="button" data-kind=kind href=offer.to aria-keyshortcuts=key>{offer.words}</a> }
        })
        .collect_view();
    view! { <div class="button-row">{buttons}</div> }
}

/// What cannot be done now, and why.
pub fn barred(session: Session, offers: &[Offered]) -> Option<impl IntoView + use<>> {
    let lang = session.lang();
    let reasons: Vec<_> = offers
        .iter()
        .filter_map(|offer| Some((offer.words.clone(), offer.barred.clone()?)))
        .map(|(words, reason)| view! { <li>{words}{lang.pick("：", ": ")}{reason}</li> })
        .collect();
    (!reasons.is_empty()).then(|| {
        view! {
            <section class="offers__barred">
                <h2>{lang.pick("暂不能操作", "Not now")}</h2>
                <ul>{reasons}</ul>
            </section>
        }
    })
}
