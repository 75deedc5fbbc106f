//! 相近需求: other needs that say much the same, both texts side by side, what stands in both marked.

use super::{state_tag, title};
use crate::session::Session;
use crate::ui::{Empty, Fetch, loaded};
use leptos::prelude::*;
use ronghe_contract::Page;
use ronghe_contract::need::{AlikeView, ComparedView};
use ronghe_text::{Lang, need_field};

/// What the tab shows.
#[component]
pub fn AlikeNeeds(name: String) -> impl IntoView {
    let session = Session::here();
    let asked = name.clone();
    let found = Fetch::new(move || {
        let name = asked.clone();
        async move { session.call(async |client| client.list_alike_needs(&name).await).await }
    });
    view! {
        <div class="section stack">
            {loaded(session, found, move |page: Page<AlikeView>| listed(session, &name, &page.items))}
        </div>
    }
}

fn listed(session: Session, own: &str, found: &[AlikeView]) -> AnyView {
    let lang = session.lang();
    if found.is_empty() {
        let words = lang.pick(
            "本年度你看得到的需求里，没有哪一条与它相近。",
            "None of this year's needs that you may see says much the same.",
        );
        return view! { <Empty title=lang.pick("没有相近的需求", "Nothing alike") words=words/> }.into_any();
    }
    let rows = found.iter().enumerate().map(|(at, it)| one(session, own, it, at == 0)).collect_view();
    view! {
        <p class="quiet">{lang.pick(
            "相似度是两条需求的文字里相同的两字组合所占的比例；八字以上相同的段落画线标出。只比较标题、背景、目标与内容、预期效益。",
            "Likeness is the share of pairs of characters and words that stand in both texts; passages of eight characters or more are underlined. Title, background, goals and benefit are compared.",
        )}</p>
        {rows}
    }
    .into_any()
}

/// One need beside the own one; the likest is open.
fn one(session: Session, own: &str, it: &AlikeView, open: bool) -> impl IntoView + use<> {
    let lang = session.lang();
    let row = &it.need;
    let passages: usize = it.fields.iter().map(|field| field.passages.len()).sum();
    let counted = match lang {
        Lang::Zh => format!("相同的段落 {passages} 处"),
        Lang::En => format!("{passages} passages in common"),
    };
    let likeness = format!("{} {} %", lang.pick("相似度", "Likeness"), it.likeness);
    let unit = lang.pick(&row.unit.name, &row.unit.name_en).to_owned();
    let other = row.name.clone();
    let texts = texts(lang, own, it);
    view! {
        <details class="alike" open=open>
            <summary><b>{likeness}</b>" · "{title(lang, row)}</summary>
            <p class="alike__head"><a href=format!("/app/needs/{other}")>{other.clone()}</a>" "{state_tag(session, row)}" "
                <span class="quiet">{format!("{unit} · {counted}")}</span></p>
            {texts}
        </details>
    }
}

/// Both texts side by side, what stands in both marked.
pub(super) fn texts(lang: Lang, own: &str, it: &AlikeView) -> impl IntoView + use<> {
    let other = it.need.name.clone();
    let rows = it.fields.iter().map(|field| compared(lang, own, &other, field)).collect_view();
    let caption = format!("{own} · {other}");
    view! {
        <div class="table-frame"><table class="table alike__texts" data-narrow="cards">
            <caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{lang.pick("项目", "Field")}</th>
                <th scope="col">{format!("{} {own}", lang.pick("本需求", "This need"))}</th>
                <th scope="col">{other}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
}

fn compared(lang: Lang, own_name: &str, other_name: &str, field: &ComparedView) -> impl IntoView + use<> {
    let own = field.passages.iter().map(|it| (it.own_from, it.own_to)).collect();
    let other = field.passages.iter().map(|it| (it.other_from, it.other_to)).collect();
    view! {
        <tr><th scope="row">{need_field(lang, field.field)}</th>
            <td data-label=own_name.to_owned()>{marked(&field.own, own)}</td>
            <td data-label=other_name.to_owned()>{marked(&field.other, other)}</td></tr>
    }
}

/// A text with its passages marked; they do not overlap.
fn marked(text: &str, mut passages: Vec<(usize, usize)>) -> impl IntoView + use<> {
    passages.sort_unstable();
    let mut characters = text.chars();
    let mut take = |count: usize| characters.by_ref().take(count).collect::<String>();
    let mut at = 0;
    let mut pieces = Vec::new();
    for (from, to) in passages {
        let before = take(from.saturating_sub(at));
        let passage = take(to.saturating_sub(from));
        pieces.push(view! { {before}<mark>{passage}</mark> }.into_any());
        at = to;
    }
    pieces.push(take(usize::MAX).into_any());
    view! { <p class="alike__text">{pieces}</p> }
}
