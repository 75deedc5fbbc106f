//! Writing a need: the list of pages with how far each has come, and the pages themselves. What is typed
//! saves itself.

mod attachments;
mod check;
mod fields;
mod parts;
mod section;

pub use attachments::files;
pub use check::CheckNeed;
pub(super) use check::answers;

use super::{offered, title};
use crate::session::Session;
use crate::ui::{Conflicts, PageHead, SavedLine, Saver, back, deadline, lay, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::need::NeedView;
use ronghe_domain::need::{Action, NeedDraft, Progress, Section, State};
use ronghe_text::{Lang, field_label, need_field, need_refusal, need_section, ordinal, progress};
use section::SectionPage;
use serde_json::Value;

/// Minutes that a page of the form takes.
const MINUTES: usize = 4;

/// The page.
#[component]
pub fn EditNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let section = Memo::new(move |_| {
        params.with(|params| params.get("section").and_then(|name| Section::named(&name)))
    });
    let (need, desk) = lay::<NeedView>(name);
    view! {
        {loaded(session, need, move |(view, _): (NeedView, u64)| view.draft.is_none().then(|| closed(session, &view)))}
        {move || desk.get().map(|saver| view! { <Desk saver=saver section=section/> })}
    }
}

/// It has been sent or has ended: there is nothing to write.
fn closed(session: Session, view: &NeedView) -> impl IntoView + use<> {
    let lang = session.lang();
    let words = match view.row.state {
        State::Withdrawn => {
            lang.pick("需求已撤回；可以另填一份。", "It is withdrawn; another one can be filed.")
        }
        _ => lang.pick(
            "需求已经提交；要改的话，由审核的单位退回。",
            "It is submitted; whoever checks it can return it.",
        ),
    };
    let to = format!("/app/needs/{}", view.row.name);
    view! {
        <PageHead title=title(lang, &view.row)/>
        <div class="banner"><div><p class="banner__title">{lang.pick("现在不能修改", "It cannot be changed now")}</p>
            <p>{words}</p></div>
            <a class="button" data-size="small" href=to>{lang.pick("查看", "See it")}</a></div>
    }
}

#[component]
fn Desk(saver: Saver<NeedView>, section: Memo<Option<Section>>) -> impl IntoView {
    saver.open_page();
    view! {
        <Conflicts saver=saver label=label short=short/>
        {move || match section.get() {
            Some(section) => view! { <SectionPage saver=saver section=section/> }.into_any(),
            None => view! { <TaskList saver=saver/> }.into_any(),
        }}
    }
}

/// A place of the draft, such as 指标 2：目标值.
fn label(lang: Lang, _: &NeedDraft, path: &str) -> String {
    let field = field_label(lang, path);
    let row = path.strip_prefix("indicators[").and_then(|rest| rest.split_once(']')?.0.parse::<usize>().ok());
    match (lang, row) {
        (Lang::Zh, Some(row)) => format!("指标 {}：{field}", row + 1),
        (Lang::En, Some(row)) => format!("Indicator {}: {field}", row + 1),
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
fn TaskList(saver: Saver<NeedView>) -> impl IntoView {
    let session = Session::here();
    let heading = Signal::derive(move || {
        let lang = session.lang();
        let name = saver.draft.with(|draft| draft.title.clone());
        let is_returned = saver.view.with(|view| view.returned.is_some());
        let verb = if is_returned {
            lang.pick("修改需求", "Correct the need")
        } else {
            lang.pick("填报需求", "File a need")
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
            let rows =
                view.sections.iter().enumerate().map(|(at, it)| row(lang, view, at, it.section, it.progress));
            rows.collect_view()
        })
    };
    view! {
        {move || back(session, "/app/needs", session.lang().pick("需求", "Needs"))}
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

fn row(lang: Lang, view: &NeedView, at: usize, section: Section, stands: Progress) -> impl IntoView + use<> {
    let number = ordinal(u32::try_from(at + 1).unwrap_or_default());
    let fields: Vec<&str> = section.fields().map(|field| need_field(lang, field)).collect();
    let remarks: Vec<String> = view
        .returned
        .iter()
        .flat_map(|returned| &returned.corrections)
        .filter(|it| it.field.section() == section)
        .map(|it| it.remark.clone())
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
    let words = if stands == Progress::NotStarted && section.is_optional() {
        lang.pick("选填", "Optional")
    } else {
        progress(lang, stands)
    };
    let name = need_section(lang, section);
    let to = format!("/app/needs/{}/edit/{}", view.row.name, section.name());
    let link = if stands == Progress::Closed {
        view! { <strong>{name}</strong> }.into_any()
    } else {
        view! { <a href=to>{name}</a> }.into_any()
    };
    view! {
        <li class="task-list__row"><span class="task-list__ordinal" aria-hidden="true">{number}</span>
            <div>{link}<p class="task-list__hint">{hint}</p></div>{tag(turn, words)}</li>
    }
}

/// Who returned it, when, and what has to be done.
fn returned(session: Session, view: &NeedView) -> Option<impl IntoView + use<>> {
    let lang = session.lang();
    let returned = view.returned.as_ref()?;
    let org =
        returned.by_org.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned()).unwrap_or_default();
    let at = ronghe_text::instant(lang, returned.at);
    let count = returned.corrections.len();
    let head = match (lang, count) {
        (Lang::Zh, 0) => format!("{org} {at} 退回"),
        (Lang::Zh, _) => format!("{org} {at} 退回，改 {count} 处"),
        (Lang::En, 0) => format!("Returned by {org} at {at}"),
        (Lang::En, _) => format!("Returned by {org} at {at}: {count} to correct"),
    };
    let remark = (!returned.remark.is_empty()).then(|| view! { <p>{returned.remark.clone()}</p> });
    let rest = (count > 0).then(|| view! { <p>{lang.pick("只需改标出的项目，其余内容仍在。", "Only what is marked has to be changed; the rest is kept.")}</p> });
    Some(
        view! { <div class="banner" data-turn="yours"><div><p class="banner__title">{head}</p>{remark}{rest}</div></div> },
    )
}

/// The next step: a page that is open, or the check.
#[component]
fn Next(saver: Saver<NeedView>) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    move || {
        let lang = session.lang();
        let view = saver.view.get();
        let base = format!("/app/needs/{}", view.row.name);
        let open = view
            .sections
            .iter()
            .find(|it| matches!(it.progress, Progress::ToCorrect | Progress::Started))
            .or_else(|| {
                view.sections
                    .iter()
                    .find(|it| it.progress == Progress::NotStarted && !it.section.is_optional())
            })
            .map(|it| it.section);
        let submit = view.offers.iter().find(|offer| offer.action == Action::Submit);
        let can_submit = submit.is_some_and(|offer| offer.barred.is_none());
        let barred = submit.and_then(|offer| offer.barred).map(|refusal| need_refusal(lang, refusal));
        let to_check = format!("{base}/check");
        let navigate = navigate.clone();
        let check = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            let (navigate, to) = (navigate.clone(), to_check.clone());
            saver.save_then(move || navigate(&to, Default::default()));
        };
        let has_return = view.returned.is_some();
        let primary = open.filter(|_| !can_submit || !has_return).map(|section| {
            let words = format!("{}{}", lang.pick("填写", "Fill in: "), need_section(lang, section));
            view! { <a class="button" data-kind=(!can_submit).then_some("primary") href=format!("{base}/edit/{}", section.name())>{words}</a> }
        });
        let checking = can_submit.then(|| view! {
            <a class="button" data-kind="primary" href=format!("{base}/check") on:click=check>{lang.pick("核对并提交", "Check and submit")}</a>
        });
        let give_up =
            offered(lang, &view).into_iter().find(|it| it.to.ends_with("/withdraw") && it.barred.is_none());
        let give_up = give_up.map(|it| view! { <a class="button" href=it.to>{it.words}</a> });
        let reason = barred.map(|reason| view! {
            <section class="offers__barred"><h2>{lang.pick("暂不能操作", "Not now")}</h2><ul><li>{lang.pick("提交需求：", "Submit: ")}{reason}</li></ul></section>
        });
        view! { <div class="offers"><div class="button-row">{checking}{primary}{give_up}</div>{reason}</div> }
    }
}

/// How much is done, until when, how long it takes, what comes next.
fn beside(session: Session, view: &NeedView) -> impl IntoView + use<> {
    let lang = session.lang();
    // A page that may be left empty counts once something stands in it.
    let counted =
        || view.sections.iter().filter(|it| !it.section.is_optional() || it.progress != Progress::NotStarted);
    let all = counted().count();
    let done = counted().filter(|it| matches!(it.progress, Progress::Done | Progress::Closed)).count();
    let open = all - done.min(all);
    let width = (done * 100).checked_div(all).unwrap_or_default();
    let said = match lang {
        Lang::Zh => format!("{all} 节中完成 {done} 节"),
        Lang::En => format!("{done} of {all} pages done"),
    };
    let label = said.clone();
    let minutes = open * MINUTES;
    let time = match (lang, minutes) {
        (Lang::Zh, 0) => "不到 1 分钟".to_owned(),
        (Lang::En, 0) => "Less than a minute".to_owned(),
        (Lang::Zh, _) => format!("约 {minutes} 分钟"),
        (Lang::En, _) => format!("About {minutes} minutes"),
    };
    let ahead = view.row.ahead;
    let until = view.row.deadline.map(
        |closes| view! { <dt>{lang.pick("截止", "Until")}</dt><dd>{deadline(session, closes, ahead)}</dd> },
    );
    let then = match view.row.district.as_ref() {
        Some(district) => {
            let name = lang.pick(&district.name, &district.name_en);
            match lang {
                Lang::Zh => format!("{name}审核报送"),
                Lang::En => format!("{name} checks and forwards it"),
            }
        }
        None => lang.pick("直接到高校联络服务处", "It goes straight to the liaison office").to_owned(),
    };
    view! {
        <aside class="beside stack" data-first=""><section><h2>{lang.pick("进度", "Progress")}</h2>
            <div class="progress"><span>{said}</span><svg role="img" aria-label=label><rect class="track" width="100%" height="6"/>
                <rect class="s1" width=format!("{width}%") height="6"/></svg></div>
            <dl class="facts">{until}
                <dt>{lang.pick("还需时间", "Time it takes")}</dt><dd>{time}</dd>
                <dt>{lang.pick("需要的材料", "What you need")}</dt><dd>{lang.pick("现状的数字、经费测算、联系人电话", "Figures of today, a budget, the contact's telephone")}</dd>
                <dt>{lang.pick("提交以后", "After submission")}</dt><dd>{then}</dd></dl></section></aside>
    }
}
