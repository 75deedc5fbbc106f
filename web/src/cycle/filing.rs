//! 报送情况: who has come how far, and who is to be reminded.

use crate::session::Session;
use crate::ui::{Fetch, PickBar, Picks, Tabs, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::Page;
use ronghe_contract::cycle::FilingRow;
use ronghe_domain::need::rules::of_bureau;
use ronghe_text::{Lang, instant};

/// The tab.
#[component]
pub fn Filing(year: String, collects: bool) -> impl IntoView {
    let session = Session::here();
    let asked = year.clone();
    let filing = Fetch::new(move || {
        let year = asked.clone();
        async move { session.call(async |client| client.show_filing(&year).await).await }
    });
    let query = use_query_map();
    let open = Memo::new(move |_| query.with(|query| query.get("show").as_deref() == Some("open")));
    let picks = Picks::new();
    let of = StoredValue::new(year);
    view! {
        <div class="section">{links(session, &of.get_value(), move || {
                filing.with(|found| matches!(found, Some(Ok(page)) if page.items.iter().any(|row| row.can_report_zero)))
            })}
            {move || views(session, &of.get_value(), open.get())}
            {loaded(session, filing, move |page: Page<FilingRow>| table(session, of.get_value(), page.items, collects, open.get(), picks))}</div>
    }
}

/// Where a bureau goes on from here, and who watches over the districts.
fn links<F: Fn() -> bool + Send + 'static>(
    session: Session,
    year: &str,
    reports_zero: F,
) -> impl IntoView + use<F> {
    let lang = session.lang();
    let district = of_bureau(&session.actor());
    let link = move |to: String, zh: &'static str, en: &'static str| view! { <a class="button" data-size="small" href=to>{lang.pick(zh, en)}</a> };
    let rank = district.then(|| link(format!("/app/needs/rank?year={year}"), "需求排序", "Order of needs"));
    let to = format!("/app/cycles/{year}/zero");
    let zero = move || reports_zero().then(|| link(to.clone(), "零报告", "Report that there is nothing"));
    let all = link(format!("/app/summaries?year={year}"), "汇总表", "Summaries");
    view! { <div class="button-row">{all}{rank}{zero}</div> }
}

/// All, or those who have not filed.
fn views(session: Session, year: &str, open: bool) -> impl IntoView + use<> {
    let lang = session.lang();
    let base = format!("/app/cycles/{year}?tab=filing");
    let tabs = vec![
        (base.clone(), lang.pick("全部", "All").to_owned(), !open),
        (format!("{base}&show=open"), lang.pick("未报", "Not filed").to_owned(), open),
    ];
    view! { <Tabs name=lang.pick("报送情况", "Filing") tabs=tabs/> }
}

fn table(
    session: Session,
    year: String,
    rows: Vec<FilingRow>,
    collects: bool,
    open: bool,
    picks: Picks,
) -> impl IntoView {
    let lang = session.lang();
    // What a district has not forwarded when the collecting is over waits for nobody.
    let waiting = if collects { ("待审核", "To check") } else { ("未报送", "Not forwarded") };
    let left = rows.iter().filter(|row| !row.done).count();
    let said = match lang {
        Lang::Zh => format!("{} 个单位中，{left} 个未报", rows.len()),
        Lang::En => format!("{left} of {} have not filed", rows.len()),
    };
    let shown: Vec<FilingRow> = rows.into_iter().filter(|row| !open || !row.done).collect();
    picks.offer(shown.iter().filter(|row| row.can_remind).map(|row| row.org.slug.clone()).collect());
    let every = lang.pick("选择全部可催报的", "Pick all that can be reminded");
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col" class="number">{lang.pick(zh, en)}</th> };
    let rows = shown.into_iter().map(|row| line(lang, row, waiting, picks)).collect_view();
    view! {
        <p><b>{said}</b></p>
        <div class="table-frame section">{picks.all(every)}<table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("报送情况", "Filing")}</caption>
            <thead><tr>{picks.head(every)}<th scope="col">{lang.pick("单位", "Unit")}</th><th scope="col">{lang.pick("报送", "Filed")}</th>{head(waiting.0, waiting.1)}{head("已退回", "Returned")}{head("已报送", "Forwarded")}</tr></thead>
            <tbody>{rows}</tbody></table></div>
        <PickBar picks=picks counter="个" actions=move |slugs| remind(session, &year, &slugs)/>
    }
}

fn line(lang: Lang, row: FilingRow, waiting: (&'static str, &'static str), picks: Picks) -> impl IntoView {
    let name = lang.pick(&row.org.name, &row.org.name_en).to_owned();
    let pick = picks.cell(lang, &row.org.slug, &name, row.can_remind);
    let state = match (row.zero, row.done) {
        (true, _) => tag("done", lang.pick("零报告", "Nothing to file")).into_any(),
        (false, true) => tag("done", lang.pick("已报", "Filed")).into_any(),
        (false, false) => tag("yours", lang.pick("未报", "Not filed")).into_any(),
    };
    let reminded = row.reminded_at.map(|at| match lang {
        Lang::Zh => format!("{} 催过", instant(lang, at)),
        Lang::En => format!("reminded {}", instant(lang, at)),
    });
    view! {
        <tr>{pick}<th scope="row">{name}</th>
            <td data-label=lang.pick("报送", "Filed")>{state}" "<span class="quiet">{reminded}</span></td>
            <td class="number" data-label=lang.pick(waiting.0, waiting.1)>{row.submitted}</td>
            <td class="number" data-label=lang.pick("已退回", "Returned")>{row.returned}</td>
            <td class="number" data-label=lang.pick("已报送", "Forwarded")>{row.forwarded}</td></tr>
    }
}

/// The one thing that can be done with those who are picked.
fn remind(session: Session, year: &str, slugs: &[String]) -> AnyView {
    let count = slugs.len();
    let to = format!("/app/cycles/{year}/remind?sel={}", slugs.join(","));
    let words = match session.lang() {
        Lang::Zh => format!("催报 {count} 个单位"),
        Lang::En => format!("Remind {count}"),
    };
    view! { <a class="button" data-kind="primary" href=to>{words}</a> }.into_any()
}
