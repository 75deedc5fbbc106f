//! 汇总表: the versions, one version as it prints, and 零报告.

use crate::session::Session;
use crate::sign_off::SealedPanel;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Empty, Fetch, PageHead, Trouble, back, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::need::{SummaryLine, SummaryView};
use ronghe_domain::need::district::summary::State;
use ronghe_domain::sign_off::Kind;
use ronghe_text::{Lang, cycle_year, instant, measure_numbers, summary_name, summary_state, yuan};

fn state_tag(lang: Lang, state: State) -> impl IntoView {
    let key = match state {
        State::Signing => "others",
        State::Issued => "done",
        State::Voided => "draft",
    };
    tag(key, summary_state(lang, state))
}

/// The versions of a cycle.
#[component]
pub fn Summaries() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let year = Memo::new(move |_| query.with(|query| query.get("year").unwrap_or_default()));
    let found = Fetch::new(move || {
        let year = year.get();
        async move { session.call(async |client| client.list_summaries(&year).await).await }
    });
    let heading = Signal::derive(move || match session.lang() {
        Lang::Zh => format!("{}需求汇总表", cycle_year(Lang::Zh, &year.get())),
        Lang::En => format!("Summaries of needs {}", year.get()),
    });
    view! {
        {move || back(session, &format!("/app/cycles/{}?tab=filing", year.get()), session.lang().pick("报送情况", "Filing"))}
        <PageHead title=heading/>
        {loaded(session, found, move |page: Page<SummaryView>| table(session, page.items))}
    }
}

fn table(session: Session, items: Vec<SummaryView>) -> AnyView {
    let lang = session.lang();
    if items.is_empty() {
        let words =
            lang.pick("每次审核报送生成一版汇总表。", "Each forwarding makes a version of the summary.");
        return view! { <Empty title=lang.pick("还没有汇总表", "No summary yet") words=words/> }.into_any();
    }
    let row = |it: SummaryView| {
        let name = summary_name(lang, &it.year, it.seq, it.zero);
        view! {
            <tr><th scope="row"><a href=format!("/app/summaries/{}", it.name)>{name}</a></th>
                <td data-label=lang.pick("区县", "District")>{lang.pick(&it.district.name, &it.district.name_en).to_owned()}</td>
                <td data-label=lang.pick("状态", "State")>{state_tag(lang, it.state)}</td>
                <td class="number" data-label=lang.pick("条数", "Needs")>{it.lines.len()}</td>
                <td class="number" data-label=lang.pick("经费合计", "Total")>{yuan(lang, it.total)}</td>
                <td data-label=lang.pick("版本码", "Code")>{it.code.clone()}</td>
                <td data-label=lang.pick("报送时间", "Handed up")>{it.issued_at.map(|at| instant(lang, at))}</td></tr>
        }
    };
    let rows = items.into_iter().map(row).collect_view();
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    view! {
        <div class="table-frame section"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("汇总表，新的在前", "Summaries, newest first")}</caption>
            <thead><tr>{head("汇总表", "Summary")}{head("区县", "District")}{head("状态", "State")}{head("条数", "Needs")}{head("经费合计", "Total")}{head("版本码", "Code")}{head("报送时间", "Handed up")}</tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}

/// One version, as it prints, with what it goes up with.
#[component]
pub fn Summary() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let found = Fetch::new(move || {
        let name = name.get();
        async move { session.call(async |client| client.show_summary(&name).await).await }
    });
    loaded(session, found, move |view: SummaryView| record(session, view))
}

fn record(session: Session, view: SummaryView) -> impl IntoView {
    let lang = session.lang();
    let heading = format!(
        "{} {}",
        lang.pick(&view.district.name, &view.district.name_en),
        summary_name(lang, &view.year, view.seq, view.zero)
    );
    let print = move |_| drop(window().print());
    let rows = view.lines.iter().zip(1..).map(|(line, at)| row(lang, at, line)).collect_view();
    let body = if view.zero {
        view! { <p class="section">{lang.pick("本区县本年度没有需求。", "The district has no need this year.")}</p> }.into_any()
    } else {
        let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
        view! {
            <div class="table-frame section"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("所列需求，按区县排序", "Needs in it, in the bureau's order")}</caption>
                <thead><tr>{head("序号", "Place")}{head("编号", "Number")}{head("标题", "Title")}{head("单位", "Unit")}{head("措施", "Measure")}<th scope="col" class="number">{lang.pick("经费（元）", "Budget (CNY)")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div>
            <p class="section"><b>{lang.pick("合计 ", "Total ")}{yuan(lang, view.total)}</b></p>
        }
        .into_any()
    };
    let home = format!("/app/summaries?year={}", view.year);
    let to = format!("/app/summaries/{}", view.name);
    let issued = view.issued_at.map(|at| instant(lang, at));
    view! {
        {back(session, &home, lang.pick("汇总表", "Summaries"))}
        <PageHead title=heading/>
        <div class="record__state">{state_tag(lang, view.state)}<span>{lang.pick("版本码 ", "Code ")}<b>{view.code.clone()}</b></span><span class="quiet">{issued}</span></div>
        {body}
        <p class="section">{lang.pick("单位（盖章）：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿", "Seal: ________________    Date: ____________")}</p>
        <div class="button-row section no-print"><button class="button" type="button" on:click=print>{lang.pick("打印", "Print")}</button></div>
        <div class="no-print"><SealedPanel kind=Kind::DistrictSummary name=view.name.clone() print=to/></div>
    }
}

fn row(lang: Lang, at: u32, line: &SummaryLine) -> impl IntoView + use<> {
    let new = line.new.then(|| tag("others", lang.pick("本版新增", "New in this version")));
    view! {
        <tr><td data-label=lang.pick("序号", "Place")>{at}</td>
            <td data-label=lang.pick("编号", "Number")><a href=format!("/app/needs/{}", line.number)>{line.number.clone()}</a></td>
            <th scope="row">{line.title.clone()}" "{new}</th>
            <td data-label=lang.pick("单位", "Unit")>{lang.pick(&line.unit.name, &line.unit.name_en).to_owned()}</td>
            <td data-label=lang.pick("措施", "Measure")>{measure_numbers(lang, &[line.measure])}</td>
            <td class="number" data-label=lang.pick("经费（元）", "Budget (CNY)")>{line.budget.to_string()}</td></tr>
    }
}

/// 零报告, confirmed on a page of its own.
#[component]
pub fn ZeroReport() -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let params = use_params_map();
    let year = Memo::new(move |_| params.with(|params| params.get("year").unwrap_or_default()));
    let (act, agreed) = (Act::new(), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !agreed.get_untracked() {
            let said = session.lang().pick("先勾选声明", "Tick the declaration first");
            act.trouble.set(Some(Trouble::said(said)));
            return;
        }
        let (year, navigate) = (year.get_untracked(), navigate.clone());
        act.run(
            async move |client| client.report_zero(&year).await,
            move |view: SummaryView| {
                navigate(&format!("/app/summaries/{}", view.name), Default::default());
            },
        );
    };
    let label = Signal::derive(move || {
        let words = (
            "本区县各学校和教体局都没有需求",
            "Neither the bureau nor any school of the district has a need",
        );
        session.lang().pick(words.0, words.1).to_owned()
    });
    let heading =
        Signal::derive(move || session.lang().pick("零报告", "Report that there is nothing").to_owned());
    view! {
        {move || back(session, &format!("/app/cycles/{}?tab=filing", year.get()), session.lang().pick("报送情况", "Filing"))}
        <PageHead title=heading/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <dl class="summary-list"><dt>{move || session.lang().pick("之后", "Then")}</dt>
                <dd>{move || session.lang().pick("高校联络服务处收到零报告；之后还可以报送需求，零报告随之失效。", "The liaison office is told; needs may still be forwarded, and then the report no longer holds.")}</dd></dl>
            <Choice label=label checked=agreed on_change=move |on| agreed.set(on)/>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("提交零报告", "Report it")}</Button></div>
        </form></div>
    }
}
