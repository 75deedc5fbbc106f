//! 待办: what waits for the person, by how soon it is due, and on whom they wait.

use crate::need::{Standing, StartButton};
use crate::session::Session;
use crate::shell::words;
use crate::ui::{Empty, Fetch, PageHead, deadline, loaded, rehearsed};
use leptos::prelude::*;
use ronghe_contract::Page;
use ronghe_contract::cycle::CycleRow;
use ronghe_contract::task::TaskView;
use ronghe_domain::account::Section;
use ronghe_domain::cycle::{CycleYear, Phase};
use ronghe_domain::task::{Kind, Soon};
use ronghe_text::{
    Lang, colon, cycle_year, phase, task_count, task_kind, task_of_list, task_soon, task_untitled,
};

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let session = Session::here();
    let tasks =
        Fetch::new(move || async move { session.call(async |client| client.list_tasks().await).await });
    let title = Signal::derive(move || session.lang().pick("待办", "Tasks").to_owned());
    view! {
        <PageHead title=title><div class="button-row"><StartButton/></div></PageHead>
        <Near/>
        <Standing/>
        {loaded(session, tasks, move |page: Page<TaskView>| list(session, page.items))}
    }
}

/// What is one step away for everybody: how far the year has come, and one's own organisation with what it answers for.
#[component]
fn Near() -> impl IntoView {
    let session = Session::here();
    let cycles = Fetch::new(move || async move {
        session
            .call(async |client| client.list_cycles().await)
            .await
            .map(|page| page.items)
            .unwrap_or_default()
    });
    move || {
        let lang = session.lang();
        let own = session.me().map(|me| {
            let to = format!("/app/organisations/{}", me.org.slug);
            link(to, lang.pick("本单位", "My organisation").to_owned())
        });
        let is_running = |row: &CycleRow| row.phase != Phase::Preparing && !row.rehearsal;
        let year = cycles.get().unwrap_or_default().into_iter().find(is_running).map(|row| {
            let words = format!("{}{}{}", cycle_year(lang, &row.year), colon(lang), phase(lang, row.phase));
            link(format!("/app/cycles/{}", row.year), words)
        });
        view! { <nav class="button-row" aria-label=lang.pick("常看", "Close at hand")>{year}{own}</nav> }
    }
}

fn link(to: String, words: String) -> impl IntoView {
    view! { <a class="button" data-kind="quiet" data-size="small" href=to>{words}</a> }
}

fn list(session: Session, tasks: Vec<TaskView>) -> AnyView {
    let lang = session.lang();
    if tasks.is_empty() {
        return nothing(session).into_any();
    }
    let own = tasks.iter().any(|task| !task.kind.is_waiting());
    let calm = (!own).then(|| {
        view! { <p class="quiet">{lang.pick("没有要你办的事。", "Nothing waits for you.")}</p> }
    });
    let groups = Soon::ALL
        .into_iter()
        .filter_map(|soon| {
            let rows: Vec<TaskView> = tasks.iter().filter(|task| task.soon == soon).cloned().collect();
            (!rows.is_empty()).then(|| group(session, soon, rows))
        })
        .collect_view();
    view! { {calm}{groups} }.into_any()
}

fn group(session: Session, soon: Soon, rows: Vec<TaskView>) -> impl IntoView {
    let lang = session.lang();
    let turn = match soon {
        Soon::Overdue => Some("error"),
        Soon::Today | Soon::ThisWeek => Some("yours"),
        Soon::Later | Soon::Waiting => None,
    };
    let count = match lang {
        Lang::Zh => format!("{} 项", rows.len()),
        Lang::En => rows.len().to_string(),
    };
    let rows = rows.into_iter().map(|task| row(session, task)).collect_view();
    view! {
        <section class="inbox__group" data-turn=turn><h2>{task_soon(lang, soon)}<span>{count}</span></h2><ul>{rows}</ul></section>
    }
}

fn row(session: Session, task: TaskView) -> impl IntoView {
    let lang = session.lang();
    let what = match (&task.record, task.title.trim()) {
        (None, _) => task_count(lang, task.kind, task.count, task.year.as_deref()),
        (Some(record), "") => {
            task_of_list(lang, task.kind, record).unwrap_or_else(|| task_untitled(lang, task.kind).to_owned())
        }
        (Some(_), title) => title.to_owned(),
    };
    let number = task.record.clone().filter(|name| name.starts_with(['N', 'A']));
    let from = match (lang, task.from.as_slice()) {
        (_, []) => String::new(),
        (_, [one]) => one.clone(),
        (Lang::Zh, many) => format!("{} 个单位", many.len()),
        (Lang::En, many) => format!("{} units", many.len()),
    };
    // Of what is named by itself, for what is folded says it with the year.
    let named =
        [&task.year, &task.record].into_iter().flatten().filter_map(|name| CycleYear::parse(name)).next();
    let is_rehearsed = task.record.is_some() && named.is_some_and(CycleYear::is_rehearsal);
    let rehearsal = is_rehearsed.then(|| rehearsed(lang));
    let until = match task.deadline {
        Some(closes) => view! { <p class="deadline">{deadline(session, closes, task.ahead)}</p> }.into_any(),
        None => view! { <p class="deadline">{lang.pick("没有期限", "No deadline")}</p> }.into_any(),
    };
    view! {
        <li class="inbox__row">
            <p><a class="inbox__what" href=address(&task)><b>{task_kind(lang, task.kind)}</b>" "{what}</a>" "{rehearsal}
                {number.map(|number| view! { " "<span class="inbox__no">{number}</span> })}</p>
            <p class="inbox__from">{from}</p>
            {until}
        </li>
    }
}

/// The very page where it is done.
fn address(task: &TaskView) -> String {
    let record = task.record.clone();
    let year = task.year.as_deref().unwrap_or_default();
    match (task.kind, record) {
        (Kind::CorrectNeed, Some(name)) => format!("/app/needs/{name}/edit?go=correct"),
        (Kind::FinishNeed, Some(name)) => format!("/app/needs/{name}/edit"),
        (
            Kind::ForwardNeeds
            | Kind::WithDistrict
            | Kind::WithLeadOffice
            | Kind::WithSchools
            | Kind::Arrived,
            Some(name),
        ) => format!("/app/needs/{name}"),
        (Kind::Sign | Kind::WithSigners, Some(id)) => format!("/app/sign-offs/{id}"),
        (Kind::Sign | Kind::WithSigners, None) => "/app/sign-offs?state=signing".to_owned(),
        (Kind::ForwardNeeds | Kind::WithDistrict, None) => needs(task, "submitted"),
        (Kind::WithLeadOffice | Kind::Arrived, None) => needs(task, "forwarded,screening"),
        (Kind::WithSchools, None) => needs(task, "returned_by_district"),
        (Kind::CorrectNeed | Kind::FinishNeed, None) => "/app/needs".to_owned(),
        (
            kind @ (Kind::CorrectApplication
            | Kind::FinishApplication
            | Kind::WriteSections
            | Kind::CorrectSections
            | Kind::GiveUnitOpinions
            | Kind::DecideOverdue
            | Kind::CheckApplications
            | Kind::WithChecker),
            record,
        ) => of_application(kind, record, year),
        (Kind::ScreenNeeds, Some(name)) => format!("/app/screening/{name}"),
        (Kind::ScreenNeeds, None) => format!("/app/screening?show=open&year={year}"),
        (Kind::GiveOpinions, Some(name)) => format!("/app/opinions/{name}"),
        (Kind::GiveOpinions, None) => format!("/app/opinions?show=open&year={year}&go=first"),
        (Kind::ChaseOpinions, _) => format!("/app/opinions?show=overdue&year={year}"),
        (Kind::AnswerQuestions | Kind::ChaseQuestions, Some(name)) => {
            format!("/app/needs/{name}?tab=questions")
        }
        (Kind::AnswerQuestions, None) => format!("/app/questions?year={year}"),
        (Kind::ChaseQuestions, None) => format!("/app/questions?show=overdue&year={year}"),
        (Kind::ComposeList, _) => format!("/app/need-lists/{year}"),
        (Kind::ApproveList | Kind::WithLeadingGroup, Some(list)) => format!("/app/need-lists/{list}"),
        (Kind::PublishList, Some(list)) => format!("/app/need-lists/{list}/publish"),
        (Kind::ApproveList | Kind::WithLeadingGroup | Kind::PublishList, None) => "/app/cycles".to_owned(),
        (Kind::OpenCycle, Some(year)) => format!("/app/cycles/{year}/open"),
        (Kind::AdvanceCycle, Some(year)) => format!("/app/cycles/{year}/advance"),
        (Kind::OpenCycle | Kind::AdvanceCycle, None) => "/app/cycles".to_owned(),
        (Kind::CheckPolicy, Some(slug)) => format!("/app/policies/{slug}/import"),
        (Kind::PublishPolicy, Some(slug)) => format!("/app/policies/{slug}/publish"),
        (Kind::CheckPolicy | Kind::PublishPolicy, None) => "/app/policies".to_owned(),
        (Kind::ConfirmAccount, Some(login)) => format!("/app/accounts/{login}"),
        (Kind::ConfirmAccount, None) => "/app/accounts".to_owned(),
        (Kind::MakeAccount, Some(id)) => format!("/app/accounts/new?request={id}"),
        (Kind::MakeAccount, None) => "/app/accounts/requests".to_owned(),
        (Kind::FailedMail, _) => "/app/mails?state=failed".to_owned(),
    }
}

/// The list of the needs in these states, of the year that the task is about.
fn needs(task: &TaskView, states: &str) -> String {
    let year = task.year.as_deref().unwrap_or_default();
    format!("/app/needs?state={states}&year={year}")
}

/// Nothing to do: where to go instead.
fn nothing(session: Session) -> impl IntoView {
    let lang = session.lang();
    let sections = session.me().map(|me| me.sections).unwrap_or_default();
    let links = sections
        .into_iter()
        .filter(|section| *section != Section::Home)
        .map(|section| view! { <a class="button" href=crate::shell::address(section)>{words(lang, section)}</a> })
        .collect_view();
    view! {
        <Empty title=lang.pick("没有待办", "Nothing to do")
            words=lang.pick("要你办的事会出现在这里。", "What waits for you appears here.")>{links}</Empty>
    }
}

/// The page of an application where it is done, or the list of those that wait.
fn of_application(kind: Kind, record: Option<String>, year: &str) -> String {
    let list = "/app/applications";
    match (kind, record) {
        (Kind::CorrectApplication | Kind::FinishApplication, Some(name)) => format!("{list}/{name}/edit"),
        (Kind::WriteSections | Kind::CorrectSections, Some(name)) => format!("{list}/{name}/edit?go=next"),
        (Kind::GiveUnitOpinions, Some(name)) => format!("{list}/{name}#opinion"),
        (Kind::GiveUnitOpinions, None) => format!("{list}?opinion=open&sort=number&year={year}"),
        (Kind::CheckApplications, Some(name)) => crate::application::check_address(&name),
        (Kind::CheckApplications, None) => format!("{list}?state=formal_check&sort=number&year={year}"),
        (Kind::DecideOverdue, None) => {
            format!("{list}?state=returned_for_correction&sort=number&year={year}")
        }
        (Kind::WithChecker, None) => format!("{list}?sort=number&year={year}"),
        (_, Some(name)) => format!("{list}/{name}"),
        (_, None) => list.to_owned(),
    }
}
