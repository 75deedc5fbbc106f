//! One need: what it says, where it stands, what can be done with it, what happened to it.

use super::alike::AlikeNeeds;
use super::content::content;
use super::fate::{carried, fate};
use super::form::files;
use super::{Desks, offered, state_tag, title, whose_turn};
use crate::application::{ApplyButton, NeedApplications};
use crate::audit::timeline;
use crate::meeting::NeedMeetings;
use crate::question::NeedQuestions;
use crate::session::Session;
use crate::sign_off::SealedPanel;
use crate::suggestion::SuggestedUniversities;
use crate::ui::{
    Fetch, OfferBar, PageHead, Standing, Step, Tabs, back, barred, deadline, life, loaded, rehearsed, stuck,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::audit::EventView;
use ronghe_contract::need::{NeedView, ReturnView};
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::Instant;
use ronghe_domain::need::rules::{Measures, Scope, scope};
use ronghe_domain::need::{Action, State};
use ronghe_domain::sign_off::Kind;
use ronghe_text::{Lang, NeedDone, before_close, cycle_year, instant, need_done, need_field, need_state};

/// The page.
#[component]
pub fn Need() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let desks = Desks::here();
    let need = Fetch::new(move || {
        desks.follow();
        let name = name.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    view! {
        {stuck(session, desks, name, |name| format!("/app/needs/{name}/edit"))}
        {loaded(session, need, move |view: NeedView| record(session, view))}
    }
}

fn record(session: Session, view: NeedView) -> impl IntoView {
    let lang = session.lang();
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| query.get("tab").unwrap_or_default()));
    let done = Memo::new(move |_| query.with(|query| query.get("done").unwrap_or_default()));
    let offers = offered(lang, &view);
    let reasons = barred(session, &offers);
    let calm = !offers.iter().any(|it| it.barred.is_none() && !it.to.ends_with("/withdraw"));
    let number =
        view.row.number.clone().unwrap_or_else(|| lang.pick("还没有编号", "no number yet").to_owned());
    let year = cycle_year(lang, &view.row.year);
    let rehearsal =
        CycleYear::parse(&view.row.year).is_some_and(CycleYear::is_rehearsal).then(|| rehearsed(lang));
    let standing = standing(session, &view);
    let tag = state_tag(session, &view.row);
    let steps = life(lang, lang.pick("需求的步骤", "Steps of the need"), steps(lang, &view));
    let base = format!("/app/needs/{}", view.row.name);
    let tabs_base = base.clone();
    let (submitted, suggests) = (view.content.is_some(), view.suggests);
    let listed = view.row.state.is_on_list();
    let answered = view.reads_applications;
    // Whoever answers the list is shown no seals.
    let of_list = scope(&session.actor(), &Measures::new()) == [Scope::Listed];
    let tabs = move || {
        let here = tab.get();
        let mut tabs = vec![
            (tabs_base.clone(), lang.pick("内容", "Content").to_owned(), here.is_empty()),
            (format!("{tabs_base}?tab=events"), lang.pick("动态", "Time line").to_owned(), here == "events"),
        ];
        if !of_list {
            let words = lang.pick("签发与盖章", "Sign-off and seal").to_owned();
            tabs.insert(1, (format!("{tabs_base}?tab=sealed"), words, here == "sealed"));
        }
        if submitted {
            let alike = lang.pick("相近需求", "Alike").to_owned();
            tabs.insert(1, (format!("{tabs_base}?tab=alike"), alike, here == "alike"));
        }
        if answered {
            let words = lang.pick("申报", "Applications").to_owned();
            tabs.insert(1, (format!("{tabs_base}?tab=applications"), words, here == "applications"));
        }
        if listed {
            let words = lang.pick("对接会", "Meetings").to_owned();
            tabs.insert(1, (format!("{tabs_base}?tab=meetings"), words, here == "meetings"));
        }
        if listed {
            let words = lang.pick("答疑", "Questions").to_owned();
            tabs.insert(1, (format!("{tabs_base}?tab=questions"), words, here == "questions"));
        }
        if suggests {
            let words = lang.pick("可能合适的高校", "Universities that may suit").to_owned();
            tabs.insert(1, (format!("{tabs_base}?tab=universities"), words, here == "universities"));
        }
        view! { <Tabs name=lang.pick("需求内容", "The need") tabs=tabs/> }
    };
    let heading = title(lang, &view.row);
    let apply = listed.then(|| view! { <ApplyButton need=view.row.name.clone()/> });
    let kept = StoredValue::new(view);
    view! {
        {back(session, "/app/needs", lang.pick("需求", "Needs"))}
        {move || kept.with_value(|view| receipt(session, &done.get(), view))}
        <article class="record">
            <header class="record__head">
                <div><p class="record__no"><span>{number}</span><span>{year}</span></p>
                    <PageHead title=heading/>
                    <div class="record__state">{tag}{rehearsal}{standing}</div></div>
                <OfferBar offers=offers calm=calm/>
                {apply}
                {reasons}
            </header>
            {steps}
            {move || kept.with_value(|view| fate(session, view))}
            {move || kept.with_value(|view| carried(lang, view))}
            {move || kept.with_value(|view| view.returned.as_ref().map(|it| returned(lang, it)))}
            {tabs}
            {move || {
                let name = kept.with_value(|view| view.row.name.clone());
                match tab.get().as_str() {
                    "events" => view! { <Events name=name/> }.into_any(),
                    "applications" if answered => view! { <NeedApplications name=name/> }.into_any(),
                    "meetings" => view! { <NeedMeetings name=name/> }.into_any(),
                    "questions" => view! { <NeedQuestions name=name/> }.into_any(),
                    "universities" => view! { <SuggestedUniversities name=name/> }.into_any(),
                    "alike" => view! { <AlikeNeeds name=name/> }.into_any(),
                    "sealed" if !of_list => {
                        let print = format!("/app/needs/{name}/sealed");
                        view! { <SealedPanel kind=Kind::Need name=name print=print/> }.into_any()
                    }
                    _ => kept.with_value(|view| body(session, view)).into_any(),
                }
            }}
        </article>
    }
}

/// On whom it waits, and until when.
fn standing(session: Session, view: &NeedView) -> Option<impl IntoView + use<>> {
    let lang = session.lang();
    let row = &view.row;
    let waits = !matches!(row.turn, ronghe_domain::need::rules::Turn::Nobody);
    waits.then(|| {
        let who = format!("{}{}", lang.pick("等待", "Waits for "), whose_turn(session, row));
        let until = row.deadline.map(|closes| {
            view! { {lang.pick("，至 ", ", until ")}{deadline(session, closes, row.ahead)} }
        });
        view! { <p class="deadline">{who}{until}</p> }
    })
}

/// Steps of a need's life, seven at most.
fn steps(lang: Lang, view: &NeedView) -> Vec<Step> {
    let row = &view.row;
    let when = |at: Option<Instant>| at.map(|at| instant(lang, at)).unwrap_or_default();
    let submitted = view.submitted_at.is_some();
    let forwarded = view.forwarded_at.is_some();
    let state = row.state;
    let stands = |done: bool, now: bool| match (done, now) {
        (_, true) => Standing::Now,
        (true, false) => Standing::Done,
        (false, false) => Standing::Ahead,
    };
    let step = |words: &str, when: String, standing| Step { words: words.to_owned(), when, standing };
    let ends = |when: String| step(need_state(lang, state), when, Standing::Now);
    if state == State::Withdrawn {
        let sent = step(lang.pick("提交", "Submitted"), when(view.submitted_at), stands(submitted, false));
        return vec![sent, ends(when(Some(row.changed_at)))];
    }
    let mut steps = vec![step(
        lang.pick("填写", "Written"),
        when(view.submitted_at),
        stands(submitted, state == State::Draft),
    )];
    if row.district.is_some() {
        let now = matches!(state, State::Submitted | State::ReturnedByDistrict);
        let until = if now { row.deadline.map(before_close) } else { None };
        steps.push(step(lang.pick("区县审核", "District"), when(until), stands(forwarded, now)));
    }
    steps.push(step(
        lang.pick("报送", "Forwarded"),
        when(view.forwarded_at),
        stands(
            state == State::Screening || state.is_settled(),
            matches!(state, State::Forwarded | State::Returned),
        ),
    ));
    if matches!(state, State::Declined | State::Merged) {
        // It ends here: nothing lies ahead of it.
        let screened = step(lang.pick("遴选", "Screening"), String::new(), Standing::Done);
        steps.extend([screened, ends(String::new())]);
        return steps;
    }
    let listed = state.is_on_list();
    steps.push(step(
        lang.pick("遴选", "Screening"),
        String::new(),
        stands(listed, state == State::Screening),
    ));
    steps.push(step(lang.pick("列入清单", "Listed"), String::new(), stands(false, state == State::Listed)));
    if state == State::Open {
        steps.push(step(lang.pick("暂无高校承接", "Not taken up"), String::new(), Standing::Done));
        return steps;
    }
    steps.push(step(lang.pick("高校承接", "Taken up"), String::new(), stands(false, state == State::Taken)));
    steps
}

/// What is to be corrected, by whom it was returned.
fn returned(lang: Lang, view: &ReturnView) -> impl IntoView + use<> {
    let org =
        view.by_org.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned()).unwrap_or_default();
    let at = instant(lang, view.at);
    let head = match (lang, view.corrections.len()) {
        (Lang::Zh, 0) => format!("{org} {} {at} 退回", view.by),
        (Lang::En, 0) => format!("Returned by {}, {org}, at {at}", view.by),
        (Lang::Zh, count) => format!("{org} {} {at} 退回，改 {count} 处", view.by),
        (Lang::En, count) => format!("Returned by {}, {org}, at {at}: {count} to correct", view.by),
    };
    let rows = view
        .corrections
        .iter()
        .map(|it| view! { <li><b>{need_field(lang, it.field)}</b>{lang.pick("：", ": ")}{it.remark.clone()}</li> })
        .collect_view();
    let remark = (!view.remark.is_empty()).then(|| view! { <p>{view.remark.clone()}</p> });
    view! {
        <div class="banner section" data-turn="yours"><div><p class="banner__title">{head}</p>{remark}<ul>{rows}</ul></div></div>
    }
}

/// What was just done: number, where there is one already, time, what comes next.
fn receipt(session: Session, done: &str, view: &NeedView) -> Option<impl IntoView + use<>> {
    let lang = session.lang();
    let comma = lang.pick("，", ", ");
    let number = view.row.number.as_ref().map(|number| format!("{number}{comma}")).unwrap_or_default();
    let (head, next) = need_done(lang, NeedDone::parse(done)?, view.row.state);
    let title = format!("{head}{}{number}{}", lang.pick("：", ": "), instant(lang, view.row.changed_at));
    Some(view! {
        <div class="banner" data-turn="done" role="status"><div><p class="banner__title">{title}</p><p>{next}</p></div>
            <a class="button" data-size="small" href="/app">{lang.pick("回到待办", "Back to your tasks")}</a></div>
    })
}

fn body(session: Session, view: &NeedView) -> AnyView {
    let lang = session.lang();
    let Some(submitted) = &view.content else {
        let to = format!("/app/needs/{}/edit", view.row.name);
        return view! {
            <p class="section">{lang.pick("还没有提交，只有本单位看得到。", "It is not submitted; only your unit sees it.")}" "
                <a href=to>{lang.pick("继续填写", "Go on writing")}</a></p>
        }
        .into_any();
    };
    let reveal = view.offers.iter().any(|it| it.action == Action::Reveal && it.barred.is_none()).then(|| {
        let to = format!("/app/needs/{}/reveal", view.row.name);
        view! { " "<a href=to>{lang.pick("显示电话", "Reveal telephone")}</a> }
    });
    let contact = view! {
        <section><h2>{lang.pick("联系人", "Contact")}</h2>
            <dl class="facts"><dt>{submitted.contact_name.clone()}</dt><dd>{submitted.contact_phone.clone()}{reveal}</dd></dl></section>
    };
    let dates = [
        (lang.pick("提交", "Submitted"), view.submitted_at),
        (lang.pick("报送", "Forwarded"), view.forwarded_at),
        (lang.pick("最近变动", "Last change"), Some(view.row.changed_at)),
    ];
    let dates = dates
        .into_iter()
        .filter_map(|(words, at)| Some(view! { <dt>{words}</dt><dd>{instant(lang, at?)}</dd> }))
        .collect_view();
    view! {
        <div class="record__body">
            <div>{content(lang, &view.row, submitted)}</div>
            <aside class="record__beside stack">{files(lang, &view.row.name, &submitted.attachments)}{contact}<section><h2>{lang.pick("时间", "Times")}</h2><dl class="facts">{dates}</dl></section></aside>
        </div>
    }
    .into_any()
}

#[component]
fn Events(name: String) -> impl IntoView {
    let session = Session::here();
    let events = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.list_need_events(&name).await).await }
    });
    view! { <div class="section">{loaded(session, events, move |page: Page<EventView>| timeline(session, page.items))}</div> }
}
