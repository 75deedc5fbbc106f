//! The newest list, to filter and to download.

use super::{
    forms, measure_numbers, measure_words, name_of, need_path, newest, place_of, stages, title_of,
    version_path,
};
use crate::context::{Context, encoded};
use crate::pages::{Body, Found};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::need_list::PublishedList;
use ronghe_domain::kernel::{Fen, day_in_shanghai};
use ronghe_domain::need::Stage;
use ronghe_domain::need_list::document::{Document, Listed};
use ronghe_text::csv;
use ronghe_text::{Lang, cycle_year, list_title};
use std::collections::{BTreeMap, BTreeSet};

/// What narrows the list, by its name in the address.
const FILTERS: [&str; 4] = ["q", "measure", "district", "stage"];
/// Stands for municipal units among the districts.
const MUNICIPAL: &str = "municipal";

/// The name of a stage in addresses.
fn stage_name(stage: Stage) -> String {
    serde_json::to_value(stage).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether a need fits what the address asks for.
fn fits(context: &Context, need: &Listed) -> bool {
    let (words, measure) = (context.asked("q").to_lowercase(), context.asked("measure"));
    let (district, stage) = (context.asked("district"), context.asked("stage"));
    let texts = [&need.title, &need.title_en, &need.number, &need.need, &need.unit.name, &need.goals];
    let own = need.district.as_ref().map_or(MUNICIPAL, |it| it.slug.as_str());
    let has_words = words.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&words));
    let has_measure = measure.is_empty() || need.measures.iter().any(|it| it.seq.to_string() == measure);
    let has_stage = stage.is_empty() || need.stages.iter().any(|it| stage_name(*it) == stage);
    has_words && has_measure && has_stage && (district.is_empty() || own == district)
}

fn rows<'a>(context: &Context, document: &'a Document) -> Vec<&'a Listed> {
    document.needs.iter().filter(|need| fits(context, need)).collect()
}

/// What the address asks for, again as a query.
fn query(context: &Context) -> String {
    let asked = FILTERS.iter().filter(|name| !context.asked(name).is_empty());
    let pairs: Vec<String> = asked.map(|name| format!("{name}={}", encoded(context.asked(name)))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

pub(super) fn page(context: &Context) -> Body {
    let Some((cycle, list)) = newest(context) else { return nothing(context) };
    let title = match context.lang {
        Lang::Zh => format!("{}需求清单", cycle_year(Lang::Zh, &cycle.name())),
        Lang::En => format!("Need list {}", cycle.name()),
    };
    let rows = rows(context, &list.document);
    let query = query(context);
    let table = if rows.is_empty() { empty(context) } else { table(context, &rows) };
    let clear = (!query.is_empty()).then(|| {
        view! { <a href=context.href("/needs")>{context.t("清除筛选", "Drop the filters")}</a> }
    });
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1>{lede(context, list)}</div>
            {filter(context, &list.document)}
            <div class="chips"><strong>{count_words(context.lang, rows.len())}</strong>{clear}</div>
            {table}
            <div class="list-foot">
                <p><small>{context.t("下载本次筛选：", "Download this list: ")}
                    <a href=format!("{}{query}", context.href("/needs.csv"))>"CSV"</a>"　"
                    <a href=format!("{}{query}", context.href("/needs.json"))>"JSON"</a>"　"
                    <a href=context.href("/data")>{context.t("字段说明", "What the fields mean")}</a></small></p>
                {hash(list)}
            </div>
        </main>
    };
    Body { title, nav: Nav::Needs, main: main.into_any() }
}

/// Which version it is, since when, and what it changed.
fn lede(context: &Context, list: &PublishedList) -> AnyView {
    let day = list.list.published.map(|it| context.day(day_in_shanghai(it.at)));
    let said = match context.lang {
        Lang::Zh => format!("第 {} 版，共 {} 条，发布于", list.list.no, list.document.needs.len()),
        Lang::En => format!("Version {}, {} needs, published on ", list.list.no, list.document.needs.len()),
    };
    let words = if list.list.no > 1 {
        context.t("改了什么", "What it changed")
    } else {
        context.t("版本与审定", "Version and approvals")
    };
    let to = context.href(&version_path(list));
    view! { <p class="lede">{said}{day}{context.t("。", ". ")}<a href=to>{words.to_owned()}</a></p> }
        .into_any()
}

pub(super) fn hash(list: &PublishedList) -> Option<AnyView> {
    let hash = list.list.proposal.as_ref()?.hash.clone();
    Some(view! { <p class="hash">"SHA-256 "{hash}</p> }.into_any())
}

fn nothing(context: &Context) -> Body {
    let title = context.t("需求清单", "Need list").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            <div class="empty"><p>{context.t("还没有发布需求清单。", "No need list has been published yet.")}</p>
                <p><a href=context.href("/cycles")>{context.t("看年度安排", "See the year's plan")}</a></p></div>
        </main>
    };
    Body { title, nav: Nav::Needs, main: main.into_any() }
}

fn empty(context: &Context) -> AnyView {
    view! {
        <div class="empty"><p>{context.t("没有符合条件的需求。", "No need fits these filters.")}</p>
            <p><a href=context.href("/needs")>{context.t("去掉筛选条件", "Drop the filters")}</a></p></div>
    }
    .into_any()
}

fn count_words(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条"),
        Lang::En if count == 1 => "1 need".to_owned(),
        Lang::En => format!("{count} needs"),
    }
}

fn filter(context: &Context, document: &Document) -> AnyView {
    let measures: BTreeMap<u32, String> = document
        .needs
        .iter()
        .flat_map(|need| &need.measures)
        .map(|measure| (measure.seq, measure_words(context.lang, measure)))
        .collect();
    let measures = measures.into_iter().map(|(seq, words)| (seq.to_string(), words)).collect();
    let mut districts: BTreeMap<String, String> = BTreeMap::new();
    for need in &document.needs {
        let slug = need.district.as_ref().map_or(MUNICIPAL, |it| it.slug.as_str());
        districts.insert(slug.to_owned(), place_of(context, need));
    }
    let known: BTreeSet<Stage> = document.needs.iter().flat_map(|need| need.stages.iter().copied()).collect();
    let stages = known
        .into_iter()
        .map(|it| (stage_name(it), ronghe_text::stage(context.lang, it).to_owned()))
        .collect();
    let (all_measures, all_districts) =
        (context.t("全部措施", "All measures"), context.t("全部区县", "All districts"));
    view! {
        <form class="list-tools" method="get" action=context.href("/needs") role="search" aria-label=context.t("筛选需求", "Filter needs")>
            <div class="filter-bar">
                <label class="filter-bar__field" data-size="wide"><span>{context.t("关键词", "Words")}</span>
                    <input class="input" type="search" name="q" value=context.asked("q").to_owned() placeholder=context.t("标题、单位、编号", "Title, unit, number")/></label>
                {select(context, "measure", context.t("措施", "Measure"), all_measures, measures)}
                {select(context, "district", context.t("区县", "District"), all_districts, districts.into_iter().collect())}
                {select(context, "stage", context.t("学段", "Stage"), context.t("全部学段", "All stages"), stages)}
                <button class="button" data-kind="primary">{context.t("筛选", "Filter")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn select(
    context: &Context,
    name: &'static str,
    label: &str,
    all: &str,
    known: Vec<(String, String)>,
) -> AnyView {
    let asked = context.asked(name).to_owned();
    let options: Vec<_> = known
        .into_iter()
        .map(|(value, words)| {
            let chosen = value == asked;
            view! { <option value=value selected=chosen>{words}</option> }
        })
        .collect();
    view! {
        <label class="filter-bar__field"><span>{label.to_owned()}</span>
            <select class="select" name=name><option value="">{all.to_owned()}</option>{options}</select></label>
    }
    .into_any()
}

/// Needs as a table; on a phone as cards.
pub(super) fn table(context: &Context, rows: &[&Listed]) -> AnyView {
    let head = [
        context.t("需求与编号", "Need and number"),
        context.t("需求单位", "Unit"),
        context.t("措施", "Measures"),
        context.t("学段", "Stages"),
    ]
    .map(str::to_owned);
    let budget = context.t("申请经费（元）", "Budget (CNY)").to_owned();
    // On a card labels are short.
    let short = context.t("申请经费", "Budget").to_owned();
    let [first, unit, measures, stage] = head.clone();
    let body: Vec<_> = rows
        .iter()
        .map(|need| {
            view! {
                <tr><th scope="row"><a href=context.href(&need_path(need))>{title_of(context, need)}</a>
                        <span class="table__no">{need.number.clone()}"　"{need.need.clone()}</span></th>
                    <td data-label=unit.clone()>{name_of(context, &need.unit)}<br/><small class="quiet">{place_of(context, need)}</small></td>
                    <td data-label=measures.clone()>{measure_numbers(context.lang, need)}</td>
                    <td data-label=stage.clone()>{stages(context, need)}</td>
                    <td class="number" data-label=short.clone()>{need.budget.to_string()}</td></tr>
            }
        })
        .collect();
    view! {
        <div class="table-frame"><table class="table" data-narrow="cards">
            <caption class="unseen">{context.t("清单上的需求，按清单编号", "Needs on the list, in its order")}</caption>
            <thead><tr><th scope="col">{first}</th><th scope="col">{unit.clone()}</th><th scope="col">{measures.clone()}</th>
                <th scope="col">{stage.clone()}</th><th scope="col" class="number">{budget.clone()}</th></tr></thead>
            <tbody>{body}</tbody></table></div>
    }
    .into_any()
}

/// The columns of the CSV, in order; `schema` says what they mean.
pub(super) const COLUMNS: [&str; 19] = [
    "number",
    "need",
    "title",
    "title_en",
    "unit",
    "district",
    "measures",
    "forms",
    "stages",
    "students",
    "teachers",
    "goals",
    "indicators",
    "university",
    "discipline",
    "budget",
    "own",
    "period",
    "origins",
];

/// An amount as a program reads it: 1200000.00.
fn amount(fen: Fen) -> String {
    fen.to_string().replace(',', "")
}

/// A table of needs as CSV.
pub(super) fn table_csv(context: &Context, needs: &[&Listed], name: &str) -> Found {
    let mut table = vec![COLUMNS.map(str::to_owned).to_vec()];
    for need in needs {
        let measures: Vec<String> = need.measures.iter().map(|it| it.seq.to_string()).collect();
        let indicators: Vec<String> = need
            .indicators
            .iter()
            .map(|it| format!("{} {}→{} {}", it.name, it.baseline, it.target, it.unit))
            .collect();
        let origins: Vec<&str> = need.origins.iter().map(|it| it.need.as_str()).collect();
        table.push(vec![
            need.number.clone(),
            need.need.clone(),
            need.title.clone(),
            need.title_en.clone(),
            name_of(context, &need.unit),
            place_of(context, need),
            measures.join(" "),
            forms(context, need),
            stages(context, need),
            need.students.to_string(),
            need.teachers.to_string(),
            need.goals.clone(),
            indicators.join("；"),
            need.university.as_ref().map(|it| name_of(context, it)).unwrap_or_default(),
            need.discipline.clone(),
            amount(need.budget),
            amount(need.own),
            need.period.clone(),
            origins.join(" "),
        ]);
    }
    Found::File { kind: "text/csv; charset=utf-8", name: name.to_owned(), body: csv::table(&table) }
}

pub(super) fn csv(context: &Context) -> Found {
    let needs = newest(context).map(|(_, list)| rows(context, &list.document)).unwrap_or_default();
    table_csv(context, &needs, "needs.csv")
}

/// Those of the newest list that fit, with where they stand.
pub(super) fn json(context: &Context) -> Found {
    let found = newest(context);
    let needs = found.map(|(_, list)| rows(context, &list.document)).unwrap_or_default();
    let list = found.map(|(cycle, list)| {
        serde_json::json!({
            "cycle": cycle.name(),
            "version": list.document.version,
            "title": list_title(context.lang, &cycle.name(), list.list.no),
            "hash": list.list.proposal.as_ref().map(|it| &it.hash),
            "published_at": list.list.published.map(|it| it.at),
        })
    });
    let body = serde_json::json!({ "list": list, "needs": needs });
    let body = serde_json::to_string_pretty(&body).unwrap_or_default();
    Found::File { kind: "application/json", name: "needs.json".to_owned(), body }
}
