//! 盖章页: a need as it prints for its seal, with its version code.

use super::content::content;
use super::form::answers;
use super::title;
use crate::session::Session;
use crate::ui::{Fetch, PageHead, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need::NeedView;
use ronghe_contract::sign_off::{RoundView, SealedView};
use ronghe_domain::need::NeedDraft;
use ronghe_domain::org::people::masked;
use ronghe_domain::sign_off::Kind;
use ronghe_text::{Lang, instant};

/// The page.
#[component]
pub fn SealedNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let both = Fetch::new(move || {
        let name = name.get();
        async move {
            let need = session.call(async |client| client.show_need(&name).await).await?;
            let sealed = session.call(async |client| client.show_sealed(Kind::Need, &name).await).await?;
            Ok((need, sealed))
        }
    });
    loaded(session, both, move |(need, sealed): (NeedView, SealedView)| page(session, &need, &sealed))
}

fn page(session: Session, need: &NeedView, sealed: &SealedView) -> impl IntoView + use<> {
    let lang = session.lang();
    let body = match (&need.draft, &need.content) {
        (Some(draft), _) => answers(lang, need, &for_paper(draft)).into_any(),
        (None, Some(submitted)) => content(lang, &need.row, submitted).into_any(),
        (None, None) => ().into_any(),
    };
    let code = sealed.code.clone().unwrap_or_else(|| lang.pick("填写不完整", "not complete").to_owned());
    let signed = sealed.printed().map(|round| signatures(lang, round));
    let unit = lang.pick(&need.row.unit.name, &need.row.unit.name_en).to_owned();
    let number = need.row.number.clone().unwrap_or_default();
    let home = format!("/app/needs/{}?tab=sealed", need.row.name);
    let print = move |_| drop(window().print());
    view! {
        {back(session, &home, lang.pick("签发与盖章", "Sign-off and seal"))}
        <PageHead title=title(lang, &need.row)/>
        <p class="record__no"><span>{number}</span><span>{unit}</span><span>{lang.pick("版本码 ", "Code ")}<b>{code}</b></span></p>
        <div class="section">{body}</div>
        {signed}
        <p class="section">{lang.pick("单位（盖章）：＿＿＿＿＿＿＿＿　　负责人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿", "Seal: ________________    Head: ____________    Date: ____________")}</p>
        <div class="button-row section"><button class="button" data-kind="primary" type="button" on:click=print>{lang.pick("打印", "Print")}</button></div>
    }
}

/// What is printed of a draft: the page and its scan are read by more people than its contact's telephone.
fn for_paper(draft: &NeedDraft) -> NeedDraft {
    NeedDraft { contact_phone: masked(&draft.contact_phone), ..draft.clone() }
}

/// Who has signed this version.
fn signatures(lang: Lang, round: &RoundView) -> impl IntoView + use<> {
    let rows = round
        .steps
        .iter()
        .filter_map(|step| {
            let signed = step.signed.as_ref()?;
            Some(view! { <dt>{step.post.clone()}</dt><dd>{signed.by.clone()}" "{instant(lang, signed.at)}</dd> })
        })
        .collect_view();
    view! { <section class="record__section"><h2>{lang.pick("签发", "Sign-off")}</h2><dl class="summary-list">{rows}</dl></section> }
}

#[cfg(test)]
mod tests {
    use super::for_paper;
    use ronghe_domain::need::NeedDraft;

    #[test]
    fn the_page_does_not_print_the_telephone_whole() {
        let draft =
            NeedDraft { title: "需求".into(), contact_phone: "13812345678".into(), ..NeedDraft::default() };
        let printed = for_paper(&draft);
        assert_eq!((printed.contact_phone.as_str(), printed.title.as_str()), ("138****5678", "需求"));
    }
}
