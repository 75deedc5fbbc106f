//! What the unit of its need thinks of an application: read where it stands, given there by the unit.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, TextArea, tag, typed};
use leptos::prelude::*;
use ronghe_contract::application::{ApplicationView, UnitOpinionView, UnitSaidView};
use ronghe_domain::application::{OpinionDraft, Stance};
use ronghe_text::{Lang, application_refusal, instant, unit_stance};

/// The tag of a stance.
pub fn stance_tag(lang: Lang, stance: Stance) -> impl IntoView + use<> {
    let key = match stance {
        Stance::Willing => "done",
        Stance::ToDiscuss => "others",
        Stance::Opposed => "error",
    };
    tag(key, unit_stance(lang, stance))
}

/// The part of an application's page; nothing for who does not read it. `again` asks for the application anew.
pub fn unit_opinion<F: Fn() + Copy + Send + Sync + 'static>(
    session: Session,
    view: &ApplicationView,
    again: F,
) -> Option<impl IntoView + use<F>> {
    let lang = session.lang();
    let opinion = view.unit_opinion.clone()?;
    let unit = lang.pick(&opinion.unit.name, &opinion.unit.name_en).to_owned();
    let rows =
        opinion.said.iter().rev().enumerate().map(|(at, said)| word(lang, said, at > 0)).collect_view();
    let none = opinion.said.is_empty().then(|| {
        view! { <p class="quiet">{lang.pick("还没有提意见", "It has not come yet")}</p> }
    });
    let barred = opinion.offers.iter().find_map(|offer| offer.barred);
    let why = barred.map(|refusal| view! { <p class="quiet">{application_refusal(lang, refusal)}</p> });
    let gives = opinion.offers.iter().any(|offer| offer.barred.is_none());
    let name = view.row.name.clone();
    let form = gives.then(|| view! { <OpinionForm name=name opinion=opinion then=again/> });
    Some(view! {
        <section class="card stack" id="opinion"><h2>{lang.pick("需求单位意见", "Opinion of the need's unit")}</h2>
            <p class="quiet">{unit}</p>{none}<ul class="link-list">{rows}</ul>{why}{form}</section>
    })
}

/// What was said once; `later` says that something took its place.
fn word(lang: Lang, said: &UnitSaidView, later: bool) -> impl IntoView + use<> {
    let when = instant(lang, said.at);
    let gone = later.then(|| lang.pick("，后来另有意见", ", since said anew"));
    let lines = said.reason.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    view! {
        <li><p>{stance_tag(lang, said.stance)}" "<small class="quiet">{when}{gone}</small></p><div lang="zh-CN">{lines}</div></li>
    }
}

/// Gives it, or gives it anew.
#[component]
fn OpinionForm(
    name: String,
    opinion: UnitOpinionView,
    then: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let (act, picked, reason) = typed(&format!("unit opinion {name} {}", opinion.version), || {
        let last = opinion.said.last();
        let reason = last.map(|said| said.reason.clone()).unwrap_or_default();
        (Act::new(), RwSignal::new(last.map(|said| said.stance)), RwSignal::new(reason))
    });
    let version = opinion.version;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = OpinionDraft { stance: picked.get_untracked(), reason: reason.get_untracked() };
        let (name, version) = (name.clone(), version.clone());
        act.run(
            async move |client| client.give_unit_opinion(&name, &version, &draft).await,
            move |_: UnitOpinionView| then(),
        );
    };
    let wrong = move || act.trouble.get().and_then(|trouble| trouble.of_field("stance"));
    let choices = Stance::ALL.map(|it| {
        let checked = Signal::derive(move || picked.get() == Some(it));
        let label = Signal::derive(move || unit_stance(session.lang(), it).to_owned());
        view! { <Choice label=label checked=checked group="stance" on_change=move |_| picked.set(Some(it))/> }
    });
    let keep = match opinion.said.is_empty() {
        true => lang.pick("提交意见", "Give the opinion"),
        false => lang.pick("另提意见", "Say it anew"),
    };
    view! {
        <form class="stack" on:submit=submit>
            <ActBox act=act/>
            <fieldset class="field" data-error=move || wrong().map(|_| "true")><legend>{lang.pick("本单位意见", "Your unit's opinion")}</legend>
                {move || wrong().map(|said| view! { <p class="field__error">{said}</p> })}
                {choices.into_iter().collect_view()}</fieldset>
            <TextArea label=("理由", "Reason") name="reason" value=reason rows=4 trouble=act.trouble
                hint=("需协商和不同意时要写；评审和择优时参考，不计分；申报高校现在看不到", "Needed unless you are willing; reviewers and those who select read it, it is no score; the university does not read it now")/>
            <Button primary=true busy=act.busy>{keep}</Button>
        </form>
    }
}
