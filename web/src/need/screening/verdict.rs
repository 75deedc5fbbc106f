//! The verdict on one need: a button each, a coded reason where one is asked for, and taking it back.

use super::super::opinion::said;
use super::super::{action_name, title};
use super::decide::{Queue, elsewhere};
use super::near::{Beside, Near};
use super::{Asked, ruling_tag};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Field, TextArea, focus, typed};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::need::{JudgeNeed, MeantView, NeedRef, NeedView, VerdictView};
use ronghe_domain::need::{Action, State, Why};
use ronghe_text::{Lang, decline_reason, need_action, need_refusal};

/// What is typed for a verdict.
#[derive(Clone, Copy)]
struct Typed {
    /// The verdict that wants more than a click.
    open: RwSignal<Option<Action>>,
    remark: RwSignal<String>,
    into: RwSignal<String>,
}

impl Typed {
    /// Opens the merging with the other need filled in.
    fn merge_into(self, into: String) {
        self.into.set(into);
        self.open.set(Some(Action::Merge));
        focus("verdict-more");
    }
}

/// Sends a verdict; afterwards the next need of the queue opens.
#[derive(Clone)]
struct Sending {
    act: Act,
    name: String,
    version: String,
    then: Callback<()>,
}

impl Sending {
    fn send(&self, verdict: JudgeNeed) {
        let Self { act, name, version, then } = self.clone();
        act.run(
            async move |client| client.judge_need(&name, &version, &verdict).await,
            move |_: VerdictView| then.run(()),
        );
    }
}

/// The pane.
#[component]
pub(super) fn Verdict(
    view: NeedView,
    asked: Memo<Asked>,
    queue: Queue,
    again: Callback<()>,
    beside: Beside,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let seen = view.meant.as_ref().map(|meant| meant.verdict.version.as_str()).unwrap_or_default();
    let (act, typed) = typed(&format!("verdict {} {seen}", view.row.name), || {
        let typed = Typed {
            open: RwSignal::new(None),
            remark: RwSignal::new(String::new()),
            into: RwSignal::new(String::new()),
        };
        (Act::new(), typed)
    });
    let heading = view! { <h2 id="verdict">{lang.pick("遴选意见", "Verdict")}</h2> };
    let Some(meant) = view.meant.clone().filter(|_| view.row.state == State::Screening) else {
        return view! { {heading}<p>{elsewhere(lang, &view)}</p> }.into_any();
    };
    let barred: Vec<_> = view
        .offers
        .iter()
        .filter(|offer| Action::VERDICTS.contains(&offer.action) || offer.action == Action::Return)
        .filter_map(|offer| Some((offer.action, offer.barred?)))
        .map(|(action, refusal)| {
            view! { <li>{need_action(lang, action)}{lang.pick("：", ": ")}{need_refusal(lang, refusal)}</li> }
        })
        .collect();
    let barred = (!barred.is_empty()).then(|| {
        view! { <section class="offers__barred"><h3>{lang.pick("暂不能操作", "Not now")}</h3><ul>{barred}</ul></section> }
    });
    let (name, version) = (view.row.name.clone(), meant.verdict.version.clone());
    let part = if meant.verdict.ruling.is_some() {
        let stay = Sending { act, name, version, then: again };
        given(session, &view, &meant, stay).into_any()
    } else {
        let next = next(&name, asked, queue);
        open(session, &view, Sending { act, name, version, then: next }, typed).into_any()
    };
    let merges = view.offers.iter().any(|offer| offer.action == Action::Merge && offer.barred.is_none());
    let merge = merges.then(|| Callback::new(move |into: String| typed.merge_into(into)));
    let name = view.row.name.clone();
    view! {
        {heading}<ActBox act=act/>{part}{origins(lang, &meant.origins)}{barred}{opinions(session, &view)}
        <Near name=name beside=beside merge=merge/>
    }
    .into_any()
}

/// Opens the next need that waits for a verdict; the list, where there is none in this part of it.
fn next(own: &str, asked: Memo<Asked>, queue: Queue) -> Callback<()> {
    let (own, navigate) = (own.to_owned(), use_navigate());
    Callback::new(move |()| {
        let asked = asked.get_untracked();
        let view = queue.get_untracked().and_then(Result::ok);
        let items = view.as_ref().map(|view| view.items.as_slice()).unwrap_or_default();
        let at = items.iter().position(|row| row.need.name == own).map_or(0, |at| at + 1);
        let waits = |row: &&ronghe_contract::need::ScreeningRow| row.ruling.is_none() && row.need.name != own;
        let said = |to: String| {
            let mark = if to.contains('?') { '&' } else { '?' };
            format!("{to}{mark}done={own}")
        };
        let (before, behind) = items.split_at_checked(at).unwrap_or((items, &[]));
        let to = behind.iter().find(waits).or_else(|| before.iter().find(waits));
        let further = view.as_ref().and_then(|view| view.next.clone());
        let to = match (to, further) {
            (Some(row), _) => said(asked.of(&row.need.name)),
            (None, Some(after)) => said(Asked { after, ..asked }.address("/app/screening")),
            (None, None) => said(asked.address("/app/screening")),
        };
        navigate(&to, Default::default());
    })
}

/// The verdict that was given, to be taken back.
fn given(session: Session, view: &NeedView, meant: &MeantView, sending: Sending) -> impl IntoView + use<> {
    let lang = session.lang();
    let verdict = &meant.verdict;
    let why = verdict.why.map(|why| view! { <p>{decline_reason(lang, why)}</p> });
    let into = verdict
        .into
        .as_ref()
        .map(|into| view! { <p>{lang.pick("合并到 ", "Into ")}{reference(lang, into)}</p> });
    let remark = (!verdict.remark.is_empty()).then(|| view! { <p>{verdict.remark.clone()}</p> });
    let can = view.offers.iter().any(|offer| offer.action == Action::Reopen && offer.barred.is_none());
    let busy = sending.act.busy;
    let button = can.then(|| {
        view! {
            <form on:submit=move |event| {
                event.prevent_default();
                sending.send(JudgeNeed::Reopen);
            }><Button busy=busy>{need_action(lang, Action::Reopen)}</Button></form>
        }
    });
    view! {
        <div class="stack" data-gap="small"><p>{ruling_tag(session, verdict.ruling)}</p>{why}{into}{remark}
            <p class="quiet"><small>{lang.pick("清单发布前，需求单位只看到“遴选中”。", "Until the list is published its unit reads “Screening” only.")}</small></p>
            {button}</div>
    }
}

/// Needs that this one takes up.
fn origins(lang: Lang, origins: &[NeedRef]) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = origins.iter().map(|it| view! { <li>{reference(lang, it)}</li> }).collect();
    (!rows.is_empty()).then(|| {
        view! { <section><h3>{lang.pick("合并到这一条的", "Merged into this one")}</h3><ul class="link-list">{rows}</ul></section> }
    })
}

/// What offices think of it, and asking them.
fn opinions(session: Session, view: &NeedView) -> impl IntoView + use<> {
    let lang = session.lang();
    let none = view.opinions.is_empty();
    let asks =
        view.offers.iter().any(|offer| Action::VERDICTS.contains(&offer.action) && offer.barred.is_none());
    let to = format!("/app/screening/ask?sel={}", view.row.name);
    let ask = asks.then(
        || view! { <p><a href=to>{lang.pick("征求责任单位意见", "Ask the offices of its measures")}</a></p> },
    );
    let rows = said(session, &view.opinions);
    let nobody =
        none.then(|| view! { <p class="quiet">{lang.pick("还没有征求意见。", "Nobody was asked yet.")}</p> });
    view! { <section><h3>{lang.pick("责任单位意见", "Opinions of offices")}</h3>{rows}{nobody}{ask}</section> }
}

fn reference(lang: Lang, need: &NeedRef) -> impl IntoView + use<> {
    let words = if lang == Lang::En && !need.title_en.is_empty() { &need.title_en } else { &need.title };
    let words = words.clone();
    view! { <span><a href=format!("/app/screening/{}", need.name)>{words}</a><span class="quiet">" "{need.name.clone()}</span></span> }
}

/// A button for each verdict; those that want more open below.
fn open(session: Session, view: &NeedView, sending: Sending, typed: Typed) -> impl IntoView + use<> {
    let lang = session.lang();
    let can =
        |action: Action| view.offers.iter().any(|offer| offer.action == action && offer.barred.is_none());
    let opens = [Action::Decline, Action::Merge].into_iter().filter(|action| can(*action)).map(|action| {
        let is_open = move || typed.open.get() == Some(action);
        view! {
            <button class="button" type="button" aria-expanded=move || is_open().to_string() aria-controls="verdict-more"
                on:click=move |_| {
                    typed.open.update(|open| *open = if *open == Some(action) { None } else { Some(action) });
                    focus("verdict-more");
                }>{need_action(lang, action)}</button>
        }
    });
    let opens = opens.collect_view();
    let enlist = can(Action::Enlist).then(|| {
        let sending = sending.clone();
        let busy = sending.act.busy;
        view! {
            <button class="button" data-kind="primary" type="button" aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| sending.send(JudgeNeed::Enlist { remark: typed.remark.get_untracked() })>{need_action(lang, Action::Enlist)}</button>
        }
    });
    let to = format!("/app/needs/{}/{}", view.row.name, action_name(Action::Return));
    let back = can(Action::Return)
        .then(|| view! { <a class="button" href=to>{need_action(lang, Action::Return)}</a> });
    let any = enlist.is_some();
    let heading = title(lang, &view.row);
    view! {
        <div class="button-row" role="group" aria-label=heading>{enlist}{back}{opens}</div>
        <div id="verdict-more" tabindex="-1">{move || match typed.open.get() {
            Some(Action::Decline) => reasons(lang, typed, sending.clone()).into_any(),
            Some(Action::Merge) => merge(lang, typed, sending.clone()).into_any(),
            _ => ().into_any(),
        }}</div>
        {any.then(|| view! {
            <TextArea label=("意见", "Remark") name="remark" value=typed.remark rows=3 optional=true
                hint=("清单发布后，需求单位看得到", "Its unit reads it once the list is published")/>
        })}
    }
}

/// Reasons as buttons: one click decides.
fn reasons(lang: Lang, typed: Typed, sending: Sending) -> impl IntoView {
    let act = sending.act;
    let rows = Why::ALL.map(|why| {
        let sending = sending.clone();
        view! {
            <li><button class="button" type="button" aria-disabled=move || act.busy.get().then_some("true")
                on:click=move |_| sending.send(JudgeNeed::Decline { why: Some(why), remark: typed.remark.get_untracked() })>
                {decline_reason(lang, why)}</button></li>
        }
    });
    let wrong = move || act.trouble.get().and_then(|trouble| trouble.of_field("remark"));
    view! {
        <section class="stack" data-gap="small"><h3>{lang.pick("不列入的理由", "Why it is not listed")}</h3>
            <ul class="screening__reasons">{rows.into_iter().collect_view()}</ul>
            {move || wrong().map(|said| view! { <p class="field__error">{lang.pick("意见：", "Remark: ")}{said}</p> })}</section>
    }
}

fn merge(lang: Lang, typed: Typed, sending: Sending) -> impl IntoView {
    let act = sending.act;
    view! {
        <form class="stack" data-gap="small" on:submit=move |event| {
            event.prevent_default();
            let (into, remark) = (typed.into.get_untracked(), typed.remark.get_untracked());
            sending.send(JudgeNeed::Merge { into, remark });
        }>
            <Field label=("合并到哪一条", "Into which need") name="into" value=typed.into short=true focus=true trouble=act.trouble
                hint=("它的编号，如 N2026-0137", "Its number, such as N2026-0137")/>
            <Button busy=act.busy>{need_action(lang, Action::Merge)}</Button>
        </form>
    }
}
