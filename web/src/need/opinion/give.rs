//! An office's opinion on one need: the text beside the stance; the next one opens when it is kept.

use super::super::content::content;
use super::super::form::files;
use super::super::title;
use super::stance_tag;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Decided, Fetch, PageHead, TextArea, back, deadline, loaded, typed};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_client::ListOpinions;
use ronghe_contract::need::{NeedRow, NeedView, OpinionView};
use ronghe_domain::need::opinion::Action;
use ronghe_domain::need::{OpinionDraft, Stance};
use ronghe_text::{Lang, need_refusal, stance};

/// The page.
#[component]
pub fn GiveOpinion() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let need = Fetch::new(move || {
        let name = name.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    view! {
        {move || back(session, "/app/opinions?show=open", session.lang().pick("征求意见", "Opinions"))}
        <Decided said=("：意见已保存", ": the opinion is kept") to="/app/opinions" link=("看这条意见", "See it")/>
        {loaded(session, need, move |view: NeedView| page(session, view))}
    }
}

fn page(session: Session, view: NeedView) -> AnyView {
    let lang = session.lang();
    let own = view.opinions.iter().find(|it| it.offers.iter().any(|offer| offer.action == Action::Opine));
    let said = view.content.as_ref().map(|said| {
        view! { {content(lang, &view.row, said)}{files(lang, &view.row.name, &said.attachments)} }
    });
    let part = match own {
        Some(opinion) => form(session, &view.row, opinion.clone()).into_any(),
        None => view! { <p>{lang.pick("没有征求本单位的意见，或者遴选已经结束。", "Your office is not asked, or screening is over.")}</p> }.into_any(),
    };
    let second = RwSignal::new(false);
    let heading = title(lang, &view.row);
    view! {
        <PageHead title=heading line=view.row.name.clone()/>
        <nav class="tabs pane__tabs section" aria-label=lang.pick("窗格", "Panes")>
            <button aria-pressed=move || (!second.get()).to_string() on:click=move |_| second.set(false)>{lang.pick("材料", "Text")}</button>
            <button aria-pressed=move || second.get().to_string() on:click=move |_| second.set(true)>{lang.pick("意见", "Opinion")}</button>
        </nav>
        <div class="panes section" data-ratio="document" data-shown=move || if second.get() { "second" } else { "first" }>
            <section class="pane" aria-labelledby="said"><h2 class="unseen" id="said">{lang.pick("需求内容", "What it says")}</h2>{said}</section>
            <section class="pane stack" data-follow="" data-second="" tabindex="0" aria-labelledby="opinion">
                <h2 id="opinion">{lang.pick("本单位意见", "Your office's opinion")}</h2>{part}</section>
        </div>
    }
    .into_any()
}

fn form(session: Session, need: &NeedRow, opinion: OpinionView) -> impl IntoView {
    let lang = session.lang();
    let (name, year) = (need.name.clone(), need.year.clone());
    let (act, picked, reason) = typed(&format!("opinion {name} {}", opinion.version), || {
        (Act::new(), RwSignal::new(opinion.stance), RwSignal::new(opinion.reason.clone()))
    });
    let navigate = use_navigate();
    let barred =
        opinion.offers.iter().find_map(|offer| offer.barred.filter(|_| offer.action == Action::Opine));
    let head =
        view! { <p>{stance_tag(session, &opinion)}" "{deadline(session, opinion.due, need.ahead)}</p> };
    if let Some(refusal) = barred {
        return view! { {head}<p>{need_refusal(lang, refusal)}</p><p>{opinion.reason.clone()}</p> }
            .into_any();
    }
    let version = opinion.version.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = OpinionDraft { stance: picked.get_untracked(), reason: reason.get_untracked() };
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        let (own, year) = (name.clone(), year.clone());
        let home = format!("/app/opinions?year={year}");
        act.run(
            async move |client| {
                client.give_opinion(&name, &version, &draft).await?;
                let open = ListOpinions { show: "open".into(), year, ..ListOpinions::default() };
                client.list_opinions(&open).await
            },
            move |left: ronghe_contract::need::OpinionsView| {
                let can = |row: &&ronghe_contract::need::OpinionRow| {
                    row.opinion.offers.iter().any(|offer| offer.action == Action::Opine)
                };
                // In the order of the list: what lies behind, then what was left out before.
                let next = left.items.iter().filter(can).find(|row| row.need.name > own);
                let next = next.or_else(|| left.items.iter().find(can));
                let to = match next {
                    Some(row) => format!("/app/opinions/{}?done={own}", row.need.name),
                    None => format!("{home}&done={own}"),
                };
                navigate(&to, Default::default());
            },
        );
    };
    let wrong = move || act.trouble.get().and_then(|trouble| trouble.of_field("stance"));
    let choices = Stance::ALL.map(|it| {
        let checked = Signal::derive(move || picked.get() == Some(it));
        let label = Signal::derive(move || stance(session.lang(), it).to_owned());
        view! { <Choice label=label checked=checked group="stance" on_change=move |_| picked.set(Some(it))/> }
    });
    view! {
        {head}
        <form class="stack" on:submit=submit>
            <ActBox act=act/>
            <fieldset class="field" data-error=move || wrong().map(|_| "true")><legend>{lang.pick("意见", "Opinion")}</legend>
                {move || wrong().map(|said| view! { <p class="field__error">{said}</p> })}
                {choices.into_iter().collect_view()}</fieldset>
            <TextArea label=("理由", "Reason") name="reason" value=reason rows=4 trouble=act.trouble
                hint=("建议修改和不支持时要写；只有高校联络服务处和监督人员看得到", "Needed unless you support it; only the liaison office and the auditors read it")/>
            <Button primary=true busy=act.busy>{keep_words(lang)}</Button>
        </form>
    }
    .into_any()
}

const fn keep_words(lang: Lang) -> &'static str {
    lang.pick("保存并下一条", "Keep it and go on")
}
