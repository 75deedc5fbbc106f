//! What a university offers to schools, on its page.

use crate::session::Session;
use crate::ui::{Empty, Fetch, loaded};
use leptos::prelude::*;
use ronghe_contract::profile::ProfileView;
use ronghe_text::{Lang, form, instant, measure_titled, stage};

/// The section; it says what the profile is for where nobody has written it.
#[component]
pub fn Profile(slug: String) -> impl IntoView {
    let session = Session::here();
    let profile = Fetch::new(move || {
        let slug = slug.clone();
        async move { session.call(async |client| client.show_profile(&slug).await).await }
    });
    loaded(session, profile, move |view: ProfileView| section(session.lang(), view))
}

fn section(lang: Lang, view: ProfileView) -> impl IntoView {
    let edit = view.may_change.then(|| {
        let to = format!("/app/organisations/{}/profile", view.university.slug);
        let words = if view.changed_at.is_some() {
            lang.pick("修改画像", "Change the profile")
        } else {
            lang.pick("填写画像", "Write the profile")
        };
        view! { <p><a class="button" href=to>{words}</a></p> }
    });
    let body = if view.changed_at.is_none() {
        let words = lang.pick(
            "填写学科、措施、学段和优势以后，系统会把可能合适的需求推荐给本校。",
            "Once disciplines, measures, stages and strengths are written, needs that may fit are suggested.",
        );
        view! { <Empty title=lang.pick("画像还没有填写", "No profile yet") words=words/> }.into_any()
    } else {
        said(lang, &view).into_any()
    };
    view! { <section class="record__section"><h2>{lang.pick("能为中小学做什么", "What it offers to schools")}</h2>{body}{edit}</section> }
}

fn said(lang: Lang, view: &ProfileView) -> impl IntoView + use<> {
    let joined = |words: Vec<&str>| words.join(lang.pick("、", ", "));
    let disciplines = joined(view.disciplines.iter().map(|it| lang.pick(&it.name, &it.name_en)).collect());
    let measures = view.measures.iter().map(|it| measure_titled(lang, it.seq, &it.title));
    let measures = measures.collect::<Vec<_>>().join(lang.pick("；", "; "));
    let forms = joined(view.forms.iter().map(|it| form(lang, *it)).collect());
    let stages = joined(view.stages.iter().map(|it| stage(lang, *it)).collect());
    let mut rows = vec![
        (lang.pick("学科", "Disciplines"), disciplines),
        (lang.pick("措施", "Measures"), measures),
        (lang.pick("合作形式", "Forms of cooperation"), forms),
        (lang.pick("学段", "School stages"), stages),
        (lang.pick("优势与资源", "Strengths and resources"), view.strengths.clone()),
    ];
    if let Some(at) = view.changed_at {
        rows.push((lang.pick("更新时间", "Changed"), instant(lang, at)));
    }
    rows.retain(|(_, words)| !words.is_empty());
    let rows: Vec<_> =
        rows.into_iter().map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect();
    view! { <dl class="facts">{rows}</dl> }
}
