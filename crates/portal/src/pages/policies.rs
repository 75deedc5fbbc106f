//! The list of documents, to filter and to download.

use super::{Body, Found};
use crate::context::{Context, encoded};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::policy::rules::{Status, last_day, status};
use ronghe_domain::policy::{Content, Policy};
use ronghe_text::{Lang, date, policy_status};
use serde_json::json;

const STATUSES: [(&str, Status); 4] = [
    ("in_force", Status::InForce),
    ("upcoming", Status::Upcoming),
    ("expired", Status::Expired),
    ("superseded", Status::Superseded),
];

fn rows(context: &Context) -> Vec<(&Policy, &Content, Status)> {
    let words = context.asked("q").to_lowercase();
    let wanted =
        STATUSES.iter().find(|(name, _)| *name == context.asked("status")).map(|(_, status)| *status);
    context
        .register
        .policies
        .iter()
        .filter_map(|policy| {
            Some((policy.as_ref(), Register::content(policy)?, status(policy, context.register.today)?))
        })
        .filter(|(_, _, status)| wanted.is_none_or(|wanted| wanted == *status))
        .filter(|(_, content, _)| {
            let number = content.doc_number.as_deref().unwrap_or_default();
            words.is_empty()
                || [content.title.as_str(), number, content.issuer.as_str()]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&words))
        })
        .collect()
}

pub(crate) fn page(context: &Context) -> Body {
    let rows = rows(context);
    let asks = !context.asked("q").is_empty() || !context.asked("status").is_empty();
    let count = rows.len();
    let query = format!("?q={}&status={}", encoded(context.asked("q")), encoded(context.asked("status")));
    let table = if rows.is_empty() { empty(context, asks) } else { table(context, &rows) };
    let title = context.t("政策与措施", "Policies and measures").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title">
                <h1>{title.clone()}</h1>
                <p class="lede">{context.t("文件全文、每条措施的责任单位，以及是否仍然有效。", "Full texts, who is responsible for each measure, and whether it is still in force.")}</p>
            </div>
            <form class="list-tools" method="get" action=context.href("/policies") role="search" aria-label=context.t("筛选文件", "Filter documents")>
                <div class="filter-bar">
                    <label class="filter-bar__field" data-size="wide">
                        <span>{context.t("关键词", "Words")}</span>
                        <input class="input" type="search" name="q" value=context.asked("q").to_owned() placeholder=context.t("标题、文号、发文机关", "Title, number, issuer")/>
                    </label>
                    <label class="filter-bar__field">
                        <span>{context.t("效力", "Validity")}</span>
                        <select class="select" name="status">{options(context)}</select>
                    </label>
                    <button class="button" data-kind="primary">{context.t("筛选", "Filter")}</button>
                </div>
                <div class="chips"><strong>{count_words(context.lang, count)}</strong></div>
            </form>
            {table}
            <div class="list-foot">
                <p><small>
                    {context.t("下载本次筛选：", "Download this list: ")}
                    <a href=format!("{}{query}", context.href("/policies.csv"))>"CSV"</a>"　"
                    <a href=format!("{}{query}", context.href("/policies.json"))>"JSON"</a>
                </small></p>
            </div>
        </main>
    };
    Body { title, nav: Nav::Policies, main: main.into_any() }
}

fn options(context: &Context) -> AnyView {
    let asked = context.asked("status").to_owned();
    let all = view! { <option value="">{context.t("全部", "All")}</option> };
    let rest: Vec<_> = STATUSES
        .iter()
        .map(|(name, status)| {
            view! { <option value=*name selected=asked == *name>{policy_status(context.lang, *status)}</option> }
        })
        .collect();
    view! { {all} {rest} }.into_any()
}

fn count_words(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 份"),
        Lang::En if count == 1 => "1 document".to_owned(),
        Lang::En => format!("{count} documents"),
    }
}

fn empty(context: &Context, asks: bool) -> AnyView {
    let words = if asks {
        context.t("没有符合条件的文件。", "No document fits these filters.")
    } else {
        context.t("还没有发布文件。", "No document has been published yet.")
    };
    let way = asks.then(|| {
        view! { <p><a href=context.href("/policies")>{context.t("去掉筛选条件", "Drop the filters")}</a></p> }
    });
    view! { <div class="empty"><p>{words.to_owned()}</p>{way}</div> }.into_any()
}

fn table(context: &Context, rows: &[(&Policy, &Content, Status)]) -> AnyView {
    let (issuer, issued, valid, state) = (
        context.t("发文机关", "Issued by").to_owned(),
        context.t("成文日期", "Issued on").to_owned(),
        context.t("有效至", "Valid until").to_owned(),
        context.t("效力", "Validity").to_owned(),
    );
    let body: Vec<_> = rows
        .iter()
        .map(|(policy, content, status)| {
            let until = last_day(policy).map_or_else(
                || view! { <span class="quiet">{context.t("未设期限", "No end set")}</span> }.into_any(),
                |day| context.day(day),
            );
            view! {
                <tr>
                    <th scope="row">
                        <a href=context.policy_href(policy) lang="zh-CN">{content.title.clone()}</a>
                        <span class="table__no" lang="zh-CN">{content.doc_number.clone()}</span>
                    </th>
                    <td data-label=issuer.clone() lang="zh-CN">{content.issuer.clone()}</td>
                    <td data-label=issued.clone()>{context.day(content.issue_date)}</td>
                    <td data-label=valid.clone()>{until}</td>
                    <td data-label=state.clone()>{context.status_tag(*status)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-frame">
            <table class="table" data-narrow="cards">
                <caption class="unseen">{context.t("政策文件", "Policy documents")}</caption>
                <thead><tr>
                    <th scope="col">{context.t("文件", "Document")}</th>
                    <th scope="col">{issuer.clone()}</th>
                    <th scope="col">{issued.clone()}</th>
                    <th scope="col">{valid.clone()}</th>
                    <th scope="col">{state.clone()}</th>
                </tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub(crate) fn csv(context: &Context) -> Found {
    let head = [
        "slug",
        "title",
        "doc_number",
        "issuer",
        "issue_date",
        "effective_from",
        "last_day",
        "status",
        "measures",
    ];
    let mut table = vec![head.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()];
    for (policy, content, status) in rows(context) {
        table.push(vec![
            policy.slug.clone(),
            content.title.clone(),
            content.doc_number.clone().unwrap_or_default(),
            content.issuer.clone(),
            date(Lang::Zh, content.issue_date),
            date(Lang::Zh, content.effective_from),
            last_day(policy).map(|day| date(Lang::Zh, day)).unwrap_or_default(),
            policy_status(context.lang, status).to_owned(),
            content.measures().count().to_string(),
        ]);
    }
    Found::File {
        kind: "text/csv; charset=utf-8",
        name: "policies.csv".to_owned(),
        body: ronghe_text::csv::table(&table),
    }
}

pub(crate) fn json(context: &Context) -> Found {
    let rows: Vec<_> = rows(context)
        .into_iter()
        .map(|(policy, content, status)| {
            json!({
                "slug": policy.slug,
                "status": status,
                "last_day": last_day(policy),
                "content": content,
            })
        })
        .collect();
    let body = serde_json::to_string_pretty(&rows).unwrap_or_default();
    Found::File { kind: "application/json", name: "policies.json".to_owned(), body }
}
