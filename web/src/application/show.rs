//! One application: where it stands, what it says, its receipt, its versions, its team.

use super::awaited;
use super::form::{answers, submitted};
use super::opinion::unit_opinion;
use super::versions::Versions;
use super::{need_title, offered, rehearsal, state_tag, title, unlisted, whose_turn};
use crate::audit::timeline;
use crate::session::Session;
use crate::sign_off::Signatures;
use crate::ui::{Fetch, OfferBar, PageHead, Tabs, Trouble, back, barred, deadline, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::application::{ApplicationView, ReceiptView, VersionRow};
use ronghe_contract::audit::EventView;
use ronghe_domain::application::rules::Turn;
use ronghe_domain::application::{Field, State};
use ronghe_domain::sign_off::Kind;
use ronghe_text::{ApplicationDone, Lang, application_done, application_section, duty, flaw, instant};

/// An application, and what was submitted of it each time.
type Found = Fetch<Result<(ApplicationView, Vec<VersionRow>), Trouble>>;

/// Asks for the application of this name with its versions.
pub(super) fn submitted_so_far(session: Session, name: Memo<String>) -> Found {
    Fetch::new(move || {
        let name = name.get();
        async move {
            session
                .call(async |client| {
                    let view = client.show_application(&name).await?;
                    let versions = match view.offer_only {
                        true => Vec::new(),
                        false => client.list_application_versions(&name).await?.items,
                    };
                    Ok((view, versions))
                })
                .await
        }
    })
}

/// The page.
#[component]
pub fn Application() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let query = use_query_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let is_print = Memo::new(move |_| query.with(|query| query.get("print").is_some()));
    let of = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| Asked {
        done: ApplicationDone::parse(&of("done")),
        events: of("tab") == "events",
    });
    let found = submitted_so_far(session, name);
    loaded(session, found, move |(view, versions): (ApplicationView, Vec<VersionRow>)| {
        if is_print.get() {
            return printed(session, &view).into_any();
        }
        record(session, &view, &versions, asked.get(), move || found.refetch()).into_any()
    })
}

/// What the address asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked {
    /// What was just done.
    done: Option<ApplicationDone>,
    /// Its time line in place of its content.
    events: bool,
}

/// Content and time line as tabs, for who reads it whole.
fn tabs(lang: Lang, view: &ApplicationView, asked: Asked) -> Option<impl IntoView + use<>> {
    let base = format!("/app/applications/{}", view.row.name);
    let events = (format!("{base}?tab=events"), lang.pick("动态", "Time line").to_owned(), asked.events);
    let tabs = vec![(base, lang.pick("内容", "Content").to_owned(), !asked.events), events];
    (!view.offer_only)
        .then(|| view! { <Tabs name=lang.pick("申报的部分", "Parts of the application") tabs=tabs/> })
}

/// What was just done to it, and what comes next.
fn done_banner(session: Session, view: &ApplicationView, done: ApplicationDone) -> impl IntoView + use<> {
    let lang = session.lang();
    let (head, next) = application_done(lang, done);
    let title = format!("{head}{}{}", lang.pick("：", ": "), title(lang, &view.row));
    view! {
        <div class="banner" data-turn="done" role="status"><div><p class="banner__title">{title}</p><p>{next}</p></div>
            <a class="button" data-size="small" href="/app">{lang.pick("回到待办", "Back to your tasks")}</a></div>
    }
}

#[component]
fn Events(name: String) -> impl IntoView {
    let session = Session::here();
    let events = Fetch::new(move || {
        let name = name.clone();
        async move { session.call(async |client| client.list_application_events(&name).await).await }
    });
    let since = move || {
        session.lang().pick("启封以来的动态，新的在前。", "Since its seal was opened, the newest first.")
    };
    view! {
        <section class="stack"><h2 class="unseen">{move || session.lang().pick("动态", "Time line")}</h2><p class="quiet">{since}</p>
            {loaded(session, events, move |page: Page<EventView>| timeline(session, page.items))}</section>
    }
}

fn record<F: Fn() + Copy + Send + Sync + 'static>(
    session: Session,
    view: &ApplicationView,
    versions: &[VersionRow],
    asked: Asked,
    again: F,
) -> impl IntoView + use<F> {
    let lang = session.lang();
    let row = &view.row;
    let number =
        row.number.clone().unwrap_or_else(|| lang.pick("启封时编号", "Numbered at the opening").to_owned());
    let university = lang.pick(&row.university.name, &row.university.name_en).to_owned();
    let waits = (row.turn != Turn::Nobody).then(|| {
        let until = row.deadline.map(|closes| deadline(session, closes, row.ahead));
        view! { <p>{lang.pick("等待 ", "Waits for ")}{whose_turn(session, row)}" "{until}</p> }
    });
    let need = format!("/app/needs/{}", row.need.name);
    let offers = offered(lang, view);
    let is_open = row.state.is_open();
    let shown = if is_open { view.draft.as_ref().or(view.content.as_ref()) } else { view.content.as_ref() };
    // What a correction changed is said where it stands.
    let last = versions.last();
    let marked: Vec<Field> = last.filter(|_| !is_open).map(|it| it.changed.clone()).unwrap_or_default();
    let content = shown.map(|draft| answers(lang, view, draft, false, &marked).into_any());
    let receipt = view.receipt.as_ref().filter(|_| !matches!(row.state, State::Draft | State::Signing));
    let receipt =
        receipt.map(|it| receipt_card(session, view, it, asked.done == Some(ApplicationDone::Submit)));
    let (name, all) = (row.name.clone(), versions.to_vec());
    let history = (!view.offer_only).then(|| view! { <Versions name=name versions=all/> });
    let name = row.name.clone();
    let signatures = view.draft.is_some().then(|| view! { <Signatures kind=Kind::Application name=name/> });
    let body = if asked.events && !view.offer_only {
        view! { <Events name=row.name.clone()/> }.into_any()
    } else {
        let (opinion, files) =
            (unit_opinion(session, view, again), submitted(lang, &row.name, &view.submitted_files));
        view! { {signatures}{opinion}{content}{files}{members(lang, view)}{history} }.into_any()
    };
    view! {
        {back(session, "/app/applications", lang.pick("申报", "Applications"))}
        <PageHead title=title(lang, row) line=format!("{number} · {university}")/>
        <div class="stack">
            <div>{state_tag(session, row)}" "{rehearsal(lang, row)}{waits}
                <p>{lang.pick("对应需求 ", "Answers ")}<a href=need>{row.need.name.clone()}" "{need_title(lang, row).to_owned()}</a></p></div>
            {asked.done.map(|done| done_banner(session, view, done))}
            {unlisted(lang, view)}
            {receipt}
            {view.leaderless.then(|| leaderless(lang, row.name.clone()))}
            {returned(lang, view)}
            <OfferBar offers=offers.clone()/>
            {barred(session, &offers)}
            {tabs(lang, view, asked)}
            {body}
        </div>
    }
}

/// What was handed in, to be kept: the code, the hash, when, what comes next.
fn receipt_card(
    session: Session,
    view: &ApplicationView,
    receipt: &ReceiptView,
    is_done: bool,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let head = match (is_done, lang) {
        (true, Lang::Zh) => "已提交，请留存回执",
        (true, Lang::En) => "Submitted; keep the receipt",
        (false, Lang::Zh) => "回执",
        (false, Lang::En) => "Receipt",
    };
    let next = (view.row.state == State::Submitted).then(|| {
        let words = lang.pick(
            "密封到截止。截止后启封、编号，由高校联络服务处形式审查。",
            "Sealed until the window closes; then it is opened, numbered, and checked by the liaison office.",
        );
        view! { <p>{words}</p> }
    });
    let which = match lang {
        Lang::Zh => format!("第 {} 次提交", receipt.n),
        Lang::En => format!("Submission {}", receipt.n),
    };
    view! {
        <section class="card" role="status"><h2>{head}</h2>
            <dl class="facts"><dt>{lang.pick("回执码", "Code")}</dt><dd>{receipt.code.clone()}</dd>
                <dt>{lang.pick("时间", "Time")}</dt><dd>{instant(lang, receipt.at)}" "{which}" "{receipt.by.clone()}</dd>
                <dt>{lang.pick("内容哈希", "Hash")}</dt><dd><code>{receipt.hash.clone()}</code></dd></dl>{next}</section>
    }
}

/// Whoever led it can no longer come in: a colleague says who leads now.
fn leaderless(lang: Lang, name: String) -> impl IntoView {
    let head = lang.pick("没有人牵头", "Nobody leads it");
    let words = lang.pick(
        "牵头人的账号已停用或不在本校。指定新的牵头人，才能继续填写和提交。",
        "The account of whoever led it is disabled or of another house. Say who leads, to go on and hand it in.",
    );
    let to = format!("/app/applications/{name}/members");
    view! {
        <div class="banner" data-turn="yours"><div><p class="banner__title">{head}</p><p>{words}</p></div>
            <a class="button" data-size="small" href=to>{lang.pick("指定牵头人", "Say who leads")}</a></div>
    }
}

/// What the lead office wants corrected.
fn returned(lang: Lang, view: &ApplicationView) -> Option<impl IntoView + use<>> {
    let returned = view.returned.as_ref()?;
    let row = |it: &ronghe_domain::application::Correction| {
        let colon = lang.pick("：", ": ");
        let section = application_section(lang, it.section);
        view! { <li>{format!("{section}{colon}{}{colon}{}", flaw(lang, it.flaw), it.remark)}</li> }
    };
    let rows = returned.corrections.iter().map(row).collect_view();
    let remark = (!returned.remark.is_empty()).then(|| view! { <p>{returned.remark.clone()}</p> });
    Some(view! {
        <div class="banner" data-turn="yours"><div><p class="banner__title">{lang.pick("退回补正", "Returned for correction")}</p>
            {remark}<ul>{rows}</ul></div></div>
    })
}

fn members(lang: Lang, view: &ApplicationView) -> Option<impl IntoView + use<>> {
    let row = |it: &ronghe_contract::application::MemberView| {
        let sections: Vec<&str> = it.sections.iter().map(|it| application_section(lang, *it)).collect();
        view! { <li>{it.name.clone()}" "{duty(lang, it.duty)}" "<span class="quiet">{sections.join(lang.pick("、", ", "))}</span></li> }
    };
    let rows = view.members.iter().map(row).collect_view();
    let awaited = view.awaited.iter().map(|it| awaited::line(lang, it)).collect_view();
    (!view.members.is_empty()).then(|| {
        view! { <section><h2>{lang.pick("分工", "The team")}</h2><ul>{rows}{awaited}</ul></section> }
    })
}

/// The copy to be printed, signed and sealed: everything that is typed, with its code.
fn printed(session: Session, view: &ApplicationView) -> impl IntoView + use<> {
    let lang = session.lang();
    let code = view.print_code.clone().unwrap_or_default();
    let said = format!("{}{code}", lang.pick("版本码 ", "Code "));
    let shown = view.draft.as_ref().or(view.content.as_ref());
    let content = shown.map(|draft| answers(lang, view, draft, false, &[]).into_any());
    let (head, foot) = (title(lang, &view.row), said.clone());
    view! {
        {back(session, &format!("/app/applications/{}", view.row.name), lang.pick("回到申报", "Back"))}
        <PageHead title=head line=said/>
        <p>{lang.pick("对应需求 ", "Answers ")}{view.row.need.name.clone()}" "{need_title(lang, &view.row).to_owned()}</p>
        {content}
        <section class="record__section"><h2>{lang.pick("签字盖章", "Signature and seal")}</h2>
            <dl class="summary-list"><dt>{lang.pick("项目负责人签字", "Responsible person")}</dt><dd>"　"</dd>
                <dt>{lang.pick("学校盖章", "Seal of the university")}</dt><dd>"　"</dd>
                <dt>{lang.pick("日期", "Date")}</dt><dd>"　"</dd></dl><p class="quiet">{foot}</p></section>
    }
}
