//! 可能合适的高校: a tab of a listed need.

use super::why;
use crate::session::Session;
use crate::ui::{Empty, Fetch, loaded};
use leptos::prelude::*;
use ronghe_contract::Page;
use ronghe_contract::suggestion::SuggestedUniversity;

/// What the tab shows.
#[component]
pub fn SuggestedUniversities(name: String) -> impl IntoView {
    let session = Session::here();
    let found = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.suggest_universities(&name).await).await }
    });
    view! { <div class="section stack">{loaded(session, found, move |page: Page<SuggestedUniversity>| rows(session, page.items))}</div> }
}

fn rows(session: Session, found: Vec<SuggestedUniversity>) -> AnyView {
    let lang = session.lang();
    if found.is_empty() {
        let words = lang.pick(
            "各高校登记的学科、措施和优势里，没有与它接近的。可以主动联系。",
            "Nothing that universities say of their disciplines, measures and strengths comes near it. Some can be asked.",
        );
        let title = lang.pick("没有可能合适的高校", "No university seems to suit");
        return view! { <Empty title=title words=words/> }.into_any();
    }
    let rows = found.into_iter().map(|it| {
        let name = lang.pick(&it.university.name, &it.university.name_en).to_owned();
        let to = format!("/app/organisations/{}", it.university.slug);
        view! { <li><a href=to>{name}</a>{why(lang, it.score, it.words)}</li> }
    });
    view! {
        <p class="quiet">{lang.pick(
            "按学科、措施与形式、学段和文字比出，只供参考，与高校是否申报无关。",
            "By disciplines, measures and forms, school stages and texts; a hint alone, whoever applies.",
        )}</p>
        <ol class="link-list">{rows.collect_view()}</ol>
    }
    .into_any()
}
