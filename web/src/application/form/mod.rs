//! Writing an application: the list of pages with how far each has come, and the pages themselves. What is typed
//! saves itself.

mod answers;
mod check;
mod fields;
mod files;
mod rows;
mod section;

pub use answers::answers;
pub(super) use answers::said;
pub use check::CheckApplication;
pub use files::submitted;

use super::{offered, title};
use crate::session::Session;
use crate::ui::{Conflicts, PageHead, SavedLine, Saver, back, deadline, lay, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::application::{ApplicationSectionView, ApplicationView};
use ronghe_domain::application::{Action, ApplicationDraft, Progress, Section};
use ronghe_text::{
    Lang, application_field, application_progress, application_refusal, application_section, field_label,
    flaw, instant, ordinal,
};
use section::SectionPage;
use serde_json::Value;

/// The page.
#[component]
pub fn EditApplication() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let section = Memo::new(move |_| {
        params.with(|params| params.get("section").and_then(|name| Section::named(&name)))
    });
    let (found, desk) = lay::<ApplicationView>(name);
    let is_closed = |view: &ApplicationView| view.sections.iter().all(|it| !it.open);
    view! {
        {loaded(session, found, move |(view, _): (ApplicationView, u64)| is_closed(&view).then(|| closed(session, &view)))}
        {move || desk.get().map(|saver| view! { <Desk saver=saver section=section/> })}
    }
}

/// It has been sent or has ended, or others write it.
fn closed(session: Session, view: &ApplicationView) -> impl IntoView + use<> {
    let lang = session.lang();
    let words = lang.pick(
        "已经提交，或者由团队里别的人填写。截止以前可以由牵头人重新打开。",
        "It is submitted, or others of the team write it. Until the window closes whoever leads it can reopen it.",
    );
    let to = format!("/app/applications/{}", view.row.name);
    view! {
        <PageHead title=title(lang, &view.row)/>
        <div class="banner"><div><p class="banner__title">{lang.pick("现在不能修改", "It cannot be changed now")}</p>
            <p>{words}</p></div>
            <a class="button" data-size="small" href=to>{lang.pick("查看", "See it")}</a></div>
    }
}

#[component]
fn Desk(saver: Saver<ApplicationView>, section: Memo<Option<Section>>) -> impl IntoView {
    saver.open_page();
    view! {
        <Conflicts saver=saver label=label short=short/>
        {move || match section.get() {
            Some(section) => view! { <SectionPage saver=saver section=section/> }.into_any(),
            None => view! { <TaskList saver=saver/> }.into_any(),
        }}
    }
}

/// A place of the draft, such as 预算明细 2：金额.
fn label(lang: Lang, _: &ApplicationDraft, path: &str) -> String {
    let field = field_label(lang, path);
    let row = path.split_once('[').and_then(|(table, rest)| {
        let at = rest.split_once(']')?.0.parse::<usize>().ok()?;
        Some((field_label(lang, table), at + 1))
    });
    match (lang, row) {
        (Lang::Zh, Some((table, row))) => format!("{table} {row}：{field}"),
        (Lang::En, Some((table, row))) => format!("{table} {row}: {field}"),
        (_, None) => field,
    }
}

/// A value in a few words, for choosing between theirs and mine.
fn short(lang: Lang, value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => lang.pick("空", "empty").to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => lang.pick("空", "empty").to_owned(),
        Value::Array(items) => {
            items.iter().map(|it| short(lang, it)).collect::<Vec<_>>().join(lang.pick("、", ", "))
        }
        Value::Object(parts) => parts.values().map(|it| short(lang, it)).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// The pages of the form, in any order.
#[component]
fn TaskList(saver: Saver<ApplicationView>) -> impl IntoView {
    let session = Session::here();
    let heading = Signal::derive(move || {
        let lang = session.lang();
        let name = saver.draft.with(|draft| draft.title.clone());
        let is_returned = saver.view.with(|view| view.returned.is_some());
        let verb = if is_returned {
            lang.pick("补正申报", "Correct the application")
        } else {
            lang.pick("填写申报", "Write the application")
        };
        if name.trim().is_empty() {
            verb.to_owned()
        } else {
            format!("{verb}{}{name}", lang.pick("：", ": "))
        }
    });
    let rows = move || {
        let lang = session.lang();
        saver.view.with(|view| {
            view.sections.iter().enumerate().map(|(at, it)| row(lang, view, at, it)).collect_view()
        })
    };
    view! {
        {move || back(session, "/app/applications", session.lang().pick("申报", "Applications"))}
        <PageHead title=heading><SavedLine saver=saver/></PageHead>
        <div class="form-page">
            <div class="stack">
                {move || saver.view.with(|view| returned(session, view))}
                <ol class="task-list">{rows}</ol>
                <Next saver=saver/>
            </div>
            {move || saver.view.with(|view| beside(session, view))}
        </div>
    }
}

fn row(lang: Lang, view: &ApplicationView, at: usize, it: &ApplicationSectionView) -> impl IntoView + use<> {
    let (section, stands) = (it.section, it.progress);
    let number = ordinal(u32::try_from(at + 1).unwrap_or_default());
    let fields: Vec<&str> = section.fields().map(|field| application_field(lang, field)).collect();
    let corrections = view.returned.iter().flat_map(|returned| &returned.corrections);
    let remarks: Vec<String> = corrections
        .filter(|it| it.section == section)
        .map(|it| format!("{}{}{}", flaw(lang, it.flaw), lang.pick("：", ": "), it.remark))
        .collect();
    let hint = if remarks.is_empty() {
        fields.join(lang.pick("、", ", "))
    } else {
        remarks.join(lang.pick("；", "; "))
    };
    let turn = match stands {
        Progress::Done => "done",
        Progress::Started | Progress::ToCorrect => "yours",
        Progress::NotStarted | Progress::Closed => "draft",
    };
    let words = match (it.open, stands) {
        (false, Progress::NotStarted | Progress::Started | Progress::ToCorrect) => {
            lang.pick("由别人填写", "Others write it")
        }
        _ => application_progress(lang, stands),
    };
    let name = application_section(lang, section);
    let to = format!("/app/applications/{}/edit/{}", view.row.name, section.name());
    let link = if it.open {
        view! { <a href=to>{name}</a> }.into_any()
    } else {
        view! { <strong>{name}</strong> }.into_any()
    };
    view! {
        <li class="task-list__row"><span class="task-list__ordinal" aria-hidden="true">{number}</span>
            <div>{link}<p class="task-list__hint">{hint}</p></div>{tag(turn, words)}</li>
    }
}

/// When it was returned, until when, and what has to be done.
fn returned(session: Session, view: &ApplicationView) -> Option<impl IntoView + use<>> {
    let lang = session.lang();
    let returned = view.returned.as_ref()?;
    let (at, count) = (instant(lang, returned.at), returned.corrections.len());
    let head = match lang {
        Lang::Zh => format!("高校联络服务处 {at} 退回补正，改 {count} 个部分"),
        Lang::En => format!("Returned by the liaison office at {at}: sections to correct: {count}"),
    };
    let remark = (!returned.remark.is_empty()).then(|| view! { <p>{returned.remark.clone()}</p> });
    let rest = lang.pick(
        "只打开标出的部分，其余内容仍在；改后重新打印盖章。",
        "Exactly what is marked is open, the rest is kept; print and seal it anew afterwards.",
    );
    Some(
        view! { <div class="banner" data-turn="yours"><div><p class="banner__title">{head}</p>{remark}<p>{rest}</p></div></div> },
    )
}

/// The next step: a page that is open, or the check.
#[component]
fn Next(saver: Saver<ApplicationView>) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    move || {
        let lang = session.lang();
        let view = saver.view.get();
        let base = format!("/app/applications/{}", view.row.name);
        let is_open = |it: &&ApplicationSectionView| {
            it.open && matches!(it.progress, Progress::ToCorrect | Progress::Started | Progress::NotStarted)
        };
        let open = view.sections.iter().find(is_open).map(|it| it.section);
        let submit = view.offers.iter().find(|offer| offer.action == Action::Submit);
        let can_submit = submit.is_some_and(|offer| offer.barred.is_none());
        let barred = submit.and_then(|offer| offer.barred).map(|refusal| application_refusal(lang, refusal));
        let to_check = format!("{base}/check");
        let navigate = navigate.clone();
        let check = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            let (navigate, to) = (navigate.clone(), to_check.clone());
            saver.save_then(move || navigate(&to, Default::default()));
        };
        let primary = open.filter(|_| !can_submit).map(|section| {
            let words = format!("{}{}", lang.pick("填写", "Fill in: "), application_section(lang, section));
            let to = format!("{base}/edit/{}", section.name());
            view! { <a class="button" data-kind="primary" href=to>{words}</a> }
        });
        let checking = can_submit.then(|| view! {
            <a class="button" data-kind="primary" href=format!("{base}/check") on:click=check>{lang.pick("核对并提交", "Check and submit")}</a>
        });
        let others = offered(lang, &view).into_iter().filter(|it| {
            it.barred.is_none() && (it.to.ends_with("/withdraw") || it.to.ends_with("/members"))
        });
        let others = others.map(|it| view! { <a class="button" href=it.to>{it.words}</a> }).collect_view();
        let reason = barred.map(|reason| view! {
            <section class="offers__barred"><h2>{lang.pick("暂不能操作", "Not now")}</h2><ul><li>{lang.pick("提交申报：", "Submit: ")}{reason}</li></ul></section>
        });
        view! { <div class="offers"><div class="button-row">{checking}{primary}{others}</div>{reason}</div> }
    }
}

/// How much is done, until when, what it takes, what comes next.
fn beside(session: Session, view: &ApplicationView) -> impl IntoView + use<> {
    let lang = session.lang();
    let all = view.sections.len();
    let is_done = |it: &&ApplicationSectionView| matches!(it.progress, Progress::Done | Progress::Closed);
    let done = view.sections.iter().filter(is_done).count();
    let width = (done * 100).checked_div(all).unwrap_or_default();
    let said = match lang {
        Lang::Zh => format!("{all} 节中完成 {done} 节"),
        Lang::En => format!("{done} of {all} pages done"),
    };
    let label = said.clone();
    let ahead = view.row.ahead;
    let until = view.row.deadline.map(
        |closes| view! { <dt>{lang.pick("截止", "Until")}</dt><dd>{deadline(session, closes, ahead)}</dd> },
    );
    let need = format!("/app/needs/{}", view.row.need.name);
    let asked = format!("{} {}", view.row.need.name, view.row.need.title);
    let eligible = view.eligibility.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
    view! {
        <aside class="beside stack" data-first=""><section><h2>{lang.pick("进度", "Progress")}</h2>
            <div class="progress"><span>{said}</span><svg role="img" aria-label=label><rect class="track" width="100%" height="6"/>
                <rect class="s1" width=format!("{width}%") height="6"/></svg></div>
            <dl class="facts">{until}
                <dt>{lang.pick("对应需求", "The need")}</dt><dd><a href=need>{asked}</a></dd>
                <dt>{lang.pick("需要的材料", "What you need")}</dt><dd>{lang.pick("预算测算、成果和进度、盖章页（PDF）", "A budget, deliverables and days, the sealed page (PDF)")}</dd>
                <dt>{lang.pick("提交以后", "After submission")}</dt><dd>{lang.pick("密封到截止，然后启封、形式审查", "Sealed until the window closes, then opened and checked")}</dd></dl></section>
            <section><h2>{lang.pick("申报条件", "Eligibility")}</h2><ul>{eligible}</ul></section></aside>
    }
}
