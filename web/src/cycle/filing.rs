//! 报送情况: who has come how far, and who is to be reminded.

use crate::session::Session;
use crate::ui::{Tabs, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::Page;
use ronghe_contract::cycle::FilingRow;
use ronghe_domain::need::rules::of_bureau;
use ronghe_text::{Lang, instant};
use std::collections::BTreeSet;

/// The tab.
#[component]
pub fn Filing(year: String, collects: bool) -> impl IntoView {
    let session = Session::here();
    let asked = year.clone();
    let filing = LocalResource::new(move || {
        let year = asked.clone();
        async move { session.call(async |client| client.show_filing(&year).await).await }
    });
    let query = use_query_map();
    let open = Memo::new(move |_| query.with(|query| query.get("show").as_deref() == Some("open")));
    let picked = RwSignal::new(BTreeSet::<String>::new());
    let of = StoredValue::new(year);
    view! {
        <div class="section">{links(session, &of.get_value(), move || {
                filing.with(|found| matches!(found, Some(Ok(page)) if page.items.iter().any(|row| row.can_report_zero)))
            })}
            {move || views(session, &of.get_value(), open.get())}
            {loaded(session, filing, move |page: Page<FilingRow>| table(session, of.get_value(), page.items, collects, open.get(), picked))}</div>
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
    picked: RwSignal<BTreeSet<String>>,
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
    let all: Vec<String> =
        shown.iter().filter(|row| row.can_remind).map(|row| row.org.slug.clone()).collect();
    let picks = !all.is_empty();
    let pick_head = picks.then(|| {
        let (every, adds) = (all.clone(), all);
        let is_all = move || picked.with(|picked| every.iter().all(|slug| picked.contains(slug)));
        let change = move |event: leptos::ev::Event| {
            let (on, adds) = (event_target_checked(&event), adds.clone());
            picked.update(|picked| if on { picked.extend(adds) } else { picked.clear() });
        };
        view! { <th class="table__pick" scope="col"><input type="checkbox" aria-label=lang.pick("选择全部可催报的", "Pick all that can be reminded") prop:checked=is_all on:change=change/></th> }
    });
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col" class="number">{lang.pick(zh, en)}</th> };
    let rows = shown.into_iter().map(|row| line(lang, row, waiting, picks, picked)).collect_view();
    view! {
        <p><b>{said}</b></p>
        <div class="table-frame section"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("报送情况", "Filing")}</caption>
            <thead><tr>{pick_head}<th scope="col">{lang.pick("单位", "Unit")}</th><th scope="col">{lang.pick("报送", "Filed")}</th>{head(waiting.0, waiting.1)}{head("已退回", "Returned")}{head("已报送", "Forwarded")}</tr></thead>
            <tbody>{rows}</tbody></table></div>
        {picks.then(|| view! { <Bulk year=year picked=picked/> })}
    }
}

fn line(
    lang: Lang,
    row: FilingRow,
    waiting: (&'static str, &'static str),
    picks: bool,
    picked: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let name = lang.pick(&row.org.name, &row.org.name_en).to_owned();
    let pick = picks.then(|| {
        let (own, other) = (row.org.slug.clone(), row.org.slug.clone());
        let label = format!("{}{name}", lang.pick("选择 ", "Pick "));
        let checked = move || picked.with(|picked| picked.contains(&own));
        let change = move |event: leptos::ev::Event| {
            let (on, slug) = (event_target_checked(&event), other.clone());
            picked.update(|picked| {
                if on {
                    picked.insert(slug);
                } else {
                    picked.remove(&slug);
                }
            });
        };
        let cell = row.can_remind.then(
            || view! { <input type="checkbox" aria-label=label prop:checked=checked on:change=change/> },
        );
        view! { <td class="table__pick">{cell}</td> }
    });
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

/// Who is picked, and the one thing that can be done with them.
#[component]
fn Bulk(year: String, picked: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let session = Session::here();
    move || {
        let slugs = picked.get();
        (!slugs.is_empty()).then(|| {
            let lang = session.lang();
            let count = slugs.len();
            let to = format!("/app/cycles/{year}/remind?sel={}", slugs.into_iter().collect::<Vec<_>>().join(","));
            let (said, remind) = match lang {
                Lang::Zh => (format!("已选 {count} 个"), format!("催报 {count} 个单位")),
                Lang::En => (format!("{count} picked"), format!("Remind {count}")),
            };
            view! {
                <section class="bulk-bar" aria-label=lang.pick("对所选单位的操作", "What is done with those picked")>
                    <p role="status"><span class="bulk-bar__count">{said}</span>" "
                        <button class="button" data-kind="link" type="button" on:click=move |_| picked.set(BTreeSet::new())>{lang.pick("取消选择", "Drop the choice")}</button></p>
                    <div class="button-row"><a class="button" data-kind="primary" href=to>{remind}</a></div>
                </section>
            }
        })
    }
}
