//! 可能无人申报的需求: a tab of a cycle, for the lead office while universities can still apply.

use super::title;
use crate::session::Session;
use crate::ui::{Empty, Fetch, deadline, loaded};
use leptos::prelude::*;
use ronghe_contract::suggestion::{Unanswered, UnansweredNeed};
use ronghe_text::{Lang, measure_numbers};

/// What the tab shows; `ahead` is by how much the cycle's clock is ahead.
#[component]
pub fn UnansweredNeeds(year: String, ahead: Option<i64>) -> impl IntoView {
    let session = Session::here();
    let found = Fetch::new(move || {
        let year = year.clone();
        async move { session.call(async |client| client.show_unanswered(&year).await).await }
    });
    view! { <div class="section stack">{loaded(session, found, move |told: Unanswered| table(session, told, ahead))}</div> }
}

fn table(session: Session, told: Unanswered, ahead: Option<i64>) -> AnyView {
    let lang = session.lang();
    if told.needs.is_empty() {
        let words = lang.pick(
            "清单里的每条需求，都有一所契合度较高的高校。",
            "For each listed need there is a university that suits it well.",
        );
        return view! { <Empty title=lang.pick("没有这样的需求", "None") words=words/> }.into_any();
    }
    let intro = match lang {
        Lang::Zh => format!(
            "没有一所高校的契合度达到 {}，可以趁申报还没有截止去联系。只按清单和高校画像算出，与申报无关。",
            told.least
        ),
        Lang::En => format!(
            "No university reaches an affinity of {}; there is time to ask some. Told by the list and the profiles alone: applications make no difference.",
            told.least
        ),
    };
    let rows = told.needs.into_iter().map(|it| row(lang, it)).collect_view();
    view! {
        <p>{intro}</p>
        <p class="deadline">{lang.pick("申报截止 ", "Applications until ")}{deadline(session, told.closes, ahead)}</p>
        <div class="table-frame"><table class="table" data-narrow="cards">
            <caption class="unseen">{lang.pick("可能无人申报的需求", "Needs that may stay unanswered")}</caption>
            <thead><tr>
                <th scope="col">{lang.pick("需求", "Need")}</th><th scope="col">{lang.pick("单位", "Unit")}</th>
                <th scope="col">{lang.pick("措施", "Measures")}</th><th scope="col">{lang.pick("最接近的高校", "Nearest university")}</th>
                <th scope="col">{lang.pick("契合度", "Affinity")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn row(lang: Lang, it: UnansweredNeed) -> impl IntoView {
    let to = format!("/app/needs/{}?tab=universities", it.need.name);
    let head = format!("{} {}", it.need.number, title(lang, &it.need));
    let unit = lang.pick(&it.need.unit, &it.need.unit_en).to_owned();
    let measures = measure_numbers(lang, &it.measures);
    let best = it.best.map(|org| {
        let to = format!("/app/organisations/{}", org.slug);
        view! { <a href=to>{lang.pick(&org.name, &org.name_en).to_owned()}</a> }
    });
    view! {
        <tr><th scope="row"><a href=to>{head}</a></th>
            <td data-label=lang.pick("单位", "Unit")>{unit}</td>
            <td data-label=lang.pick("措施", "Measures")>{measures}</td>
            <td data-label=lang.pick("最接近的高校", "Nearest university")>{best}</td>
            <td data-label=lang.pick("契合度", "Affinity")>{it.score}</td></tr>
    }
}
