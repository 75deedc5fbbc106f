//! What became of a need: why it is not listed, what takes it up, what it takes up.

use super::colour;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_contract::need::{MeantView, NeedRef, NeedView};
use ronghe_domain::need::State;
use ronghe_text::{Lang, decline_reason};

/// The words for its unit, once the list is published; before that nothing is said here.
pub fn fate(session: Session, view: &NeedView) -> Option<impl IntoView + use<>> {
    let lang = session.lang();
    // Whoever reads the list alone learns that, too.
    if view.row.state == State::Open {
        return Some(banner(
            colour(session, &view.row),
            left_open(lang),
            view.meant.as_ref().and_then(|meant| around(lang, meant)),
        ));
    }
    let meant = view.meant.as_ref()?;
    let (turn, head) = match view.row.state {
        State::Declined => ("error", declined(lang, meant)),
        State::Merged => ("others", merged(lang, meant)),
        State::Listed if meant.origins.is_empty() && meant.verdict.remark.is_empty() => return None,
        State::Listed => ("done", lang.pick("已列入需求清单", "It stands on the need list").to_owned()),
        _ => return None,
    };
    Some(banner(turn, head, around(lang, meant)))
}

fn banner(turn: &'static str, head: String, around: Option<AnyView>) -> impl IntoView {
    view! {
        <div class="banner section" data-turn=turn><div><p class="banner__title">{head}</p>{around}</div></div>
    }
}

/// The need of an earlier cycle that it carries on, and the one by which it is carried on.
pub fn carried(lang: Lang, view: &NeedView) -> Option<impl IntoView + use<>> {
    let line = |words: &'static str, of: Option<&NeedRef>| {
        let of = of?;
        let to = format!("/app/needs/{}", of.name);
        Some(view! { <p>{words}<a href=to>{of.name.clone()}"　"{of.title.clone()}</a></p> })
    };
    let from = line(lang.pick("结转自 ", "Carried on from "), view.carried_from.as_ref());
    let into = line(lang.pick("已结转为 ", "Carried on as "), view.carried_into.as_ref());
    (from.is_some() || into.is_some()).then(|| view! { <div class="section">{from}{into}</div> })
}

/// What was said to it, and what it takes up.
fn around(lang: Lang, meant: &MeantView) -> Option<AnyView> {
    let remark = (!meant.verdict.remark.is_empty()).then(|| view! { <p>{meant.verdict.remark.clone()}</p> });
    let origins = (!meant.origins.is_empty()).then(|| {
        let rows = meant.origins.iter().map(|it| view! { <li>{named(lang, it)}</li> }).collect_view();
        view! { <p>{lang.pick("并入本条的需求：", "It takes up:")}</p><ul>{rows}</ul> }
    });
    (remark.is_some() || origins.is_some()).then(|| view! { {remark}{origins} }.into_any())
}

fn left_open(lang: Lang) -> String {
    lang.pick(
        "高校申报已截止，没有高校申报本条需求",
        "Applications are closed, and no university has applied for it",
    )
    .to_owned()
}

fn declined(lang: Lang, meant: &MeantView) -> String {
    let why = meant.verdict.why.map(|why| decline_reason(lang, why));
    match (lang, why) {
        (Lang::Zh, Some(why)) => format!("没有列入清单：{why}"),
        (Lang::Zh, None) => "没有列入清单".to_owned(),
        (Lang::En, Some(why)) => format!("It is not on the list: {why}"),
        (Lang::En, None) => "It is not on the list".to_owned(),
    }
}

fn merged(lang: Lang, meant: &MeantView) -> String {
    let into = meant.verdict.into.as_ref().map(|into| named(lang, into));
    match (lang, into) {
        (Lang::Zh, Some(into)) => format!("已并入 {into}"),
        (Lang::Zh, None) => "已并入另一条需求".to_owned(),
        (Lang::En, Some(into)) => format!("Merged into {into}"),
        (Lang::En, None) => "Merged into another need".to_owned(),
    }
}

/// Whoever reads what became of theirs need not see the other need: it is named, not linked.
fn named(lang: Lang, need: &NeedRef) -> String {
    let title = if need.title_en.is_empty() { &need.title } else { lang.pick(&need.title, &need.title_en) };
    format!("{} {title}", need.name)
}
