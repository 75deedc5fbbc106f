//! 可能合适的需求: above the list of needs, for people of universities while they can apply.

use super::{title, why};
use crate::session::Session;
use crate::ui::{Fetch, deadline, loaded};
use leptos::prelude::*;
use ronghe_contract::suggestion::{SuggestedNeed, SuggestedNeeds as Told};
use ronghe_domain::suggestion::rules::may_see_needs;

/// The block; nothing for everybody else.
#[component]
pub fn SuggestedNeeds() -> impl IntoView {
    let session = Session::here();
    let is_university = Memo::new(move |_| may_see_needs(&session.actor()).is_ok());
    move || is_university.get().then(|| view! { <Block/> })
}

#[component]
fn Block() -> impl IntoView {
    let session = Session::here();
    let told =
        Fetch::new(move || async move { session.call(async |client| client.suggest_needs().await).await });
    loaded(session, told, move |told: Told| block(session, told))
}

/// Nothing while no list is open for applications.
fn block(session: Session, told: Told) -> Option<AnyView> {
    let lang = session.lang();
    let closes = told.year.as_ref().and(told.closes)?;
    let profile = format!("/app/organisations/{}", told.university);
    let body = if !told.profiled {
        let write = format!("{profile}/profile");
        let words = lang.pick(
            "填写学科、措施、学段和优势以后，这里列出可能合适的需求。",
            "Once your university says what it offers, needs that may suit stand here.",
        );
        view! { <p>{words}" "<a href=write>{lang.pick("填写画像", "Write the profile")}</a></p> }.into_any()
    } else if told.needs.is_empty() {
        let words = lang.pick("清单里没有与本校接近的需求。", "No listed need comes near your university.");
        view! { <p>{words}" "<a href=profile>{lang.pick("看本校画像", "See your profile")}</a></p> }
            .into_any()
    } else {
        let rows = told.needs.into_iter().map(|it| row(session, it)).collect_view();
        let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
        view! {
            <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("可能合适的需求，最接近的在前", "Needs that may suit, the nearest first")}</caption>
                <thead><tr>{head("需求与清单编号", "Need and number on the list")}{head("单位", "Unit")}{head("契合度", "Affinity")}</tr></thead>
                <tbody>{rows}</tbody></table></div>
        }
        .into_any()
    };
    Some(
        view! {
            <section class="section" aria-labelledby="suggested">
                <h2 id="suggested">{lang.pick("可能合适的需求", "Needs that may suit")}</h2>
                <p class="deadline">{lang.pick("申报截止 ", "Apply until ")}{deadline(session, closes, None)}</p>
                {body}
            </section>
        }
        .into_any(),
    )
}

fn row(session: Session, it: SuggestedNeed) -> impl IntoView {
    let lang = session.lang();
    let to = format!("/app/needs/{}", it.need.name);
    let unit = lang.pick(&it.need.unit, &it.need.unit_en).to_owned();
    view! {
        <tr><th scope="row"><span class="table__no">{it.need.number.clone()}</span><a href=to>{title(lang, &it.need)}</a></th>
            <td data-label=lang.pick("单位", "Unit")>{unit}</td>
            <td data-label=lang.pick("契合度", "Affinity")>{why(lang, it.score, it.words)}</td></tr>
    }
}
