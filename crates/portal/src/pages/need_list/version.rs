//! One version of a list: what it changed and why, who agreed, its hash and its files.

use super::list::{hash, table, table_csv};
use super::{of_year, version_path};
use crate::context::Context;
use crate::pages::{Body, Found};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::need_list::PublishedList;
use ronghe_domain::kernel::day_in_shanghai;
use ronghe_domain::need_list::document::{Altered, Listed};
use ronghe_domain::need_list::{Answer, ChangeKind, Edition};
use ronghe_text::{Lang, deciding_body, list_change, list_title, seat};
use std::sync::Arc;

/// `v1`, `v1.json`, `v1.csv`.
pub(super) fn find(context: &Context, year: &str, file: &str) -> Option<Found> {
    let (_, versions) = of_year(context, year)?;
    let (edition, kind) = file.split_once('.').map_or((file, ""), |(edition, kind)| (edition, kind));
    let edition = Edition::parse(edition).filter(|_| file.starts_with('v'))?;
    let list = versions.iter().copied().find(|list| list.list.no == edition.0)?;
    let name = format!("need-list-{year}-{edition}");
    match kind {
        "" => Some(Found::Body(body(context, list, &versions))),
        // The very bytes of which the hash is.
        "json" => {
            let body = list.canonical.to_string();
            Some(Found::File { kind: "application/json", name: format!("{name}.json"), body })
        }
        "csv" => {
            let needs: Vec<&Listed> = list.document.needs.iter().collect();
            Some(table_csv(context, &needs, &format!("{name}.csv")))
        }
        _ => None,
    }
}

fn body(context: &Context, list: &PublishedList, versions: &[&Arc<PublishedList>]) -> Body {
    let document = &list.document;
    let title = list_title(context.lang, &document.cycle, list.list.no);
    let way = vec![(context.href("/needs"), context.t("需求清单", "Need list").to_owned())];
    let day = list.list.published.map(|it| context.day(day_in_shanghai(it.at)));
    let count = match context.lang {
        Lang::Zh => format!("共 {} 条，发布于", document.needs.len()),
        Lang::En => format!("{} needs, published on ", document.needs.len()),
    };
    let later = versions.iter().find(|other| other.list.no == list.list.no + 1).map(|later| {
        let to = context.href(&version_path(later));
        view! { <div class="banner"><div><p class="banner__title">{context.t("已有新版", "There is a later version")}</p>
            <p><a href=to>{list_title(context.lang, &later.document.cycle, later.list.no)}</a></p></div></div> }
    });
    let path = context.href(&version_path(list));
    let needs: Vec<&Listed> = document.needs.iter().collect();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, way)}
            <div class="page-title"><h1>{title.clone()}</h1><p class="lede">{count}{day}</p></div>
            {later}
            {changes(context, list)}
            <section class="section"><h2>{context.t("审定与核对", "Approvals and check")}</h2>
                <dl class="facts">{approvals(context, list)}</dl>
                {hash(list)}
                <p><small>{context.t(
                    "哈希值是下面 JSON 文件（RFC 8785 规范形式）的 SHA-256，下载后可以自行核对：sha256sum。",
                    "The hash is the SHA-256 of the JSON file below, in its canonical form (RFC 8785): check it by sha256sum.",
                )}</small></p>
                <p><small><a href=format!("{path}.json")>"JSON"</a>"　"<a href=format!("{path}.csv")>"CSV"</a>"　"
                    <a href=context.href("/data")>{context.t("字段说明", "What the fields mean")}</a></small></p>
            </section>
            <section class="section"><h2>{context.t("清单", "The list")}</h2>{table(context, &needs)}</section>
        </main>
    };
    Body { title, nav: Nav::Needs, main: main.into_any() }
}

/// Seats that agreed, with their days, and the meeting that decided: posts, not persons.
fn approvals(context: &Context, list: &PublishedList) -> AnyView {
    let holds =
        |it: &&ronghe_domain::need_list::Mark| it.answer == Answer::Approved && it.voided_at.is_none();
    let rows: Vec<_> = list
        .list
        .marks
        .iter()
        .filter(holds)
        .map(|mark| {
            let day = context.day(day_in_shanghai(mark.at));
            view! { <dt>{seat(context.lang, mark.seat)}</dt><dd>{context.t("同意", "Agreed").to_owned()}" "{day}</dd> }
        })
        .collect();
    let decided = list.list.minutes.as_ref().map(|it| {
        let number = it.minutes_no.clone();
        view! { <dt>{deciding_body(context.lang, it.body)}</dt><dd>{context.day(it.date)}" "<span lang="zh-CN">{number}</span></dd> }
    });
    view! { {rows}{decided} }.into_any()
}

/// What it changed against the version before, and why.
fn changes(context: &Context, list: &PublishedList) -> Option<AnyView> {
    if list.list.no == 1 {
        return None;
    }
    let document = &list.document;
    let one = |kind: ChangeKind, it: &Altered| {
        let to = context.href(&format!("/needs/{}", it.number));
        let english = context.lang == Lang::En && !it.title_en.is_empty();
        let title = if english { it.title_en.clone() } else { it.title.clone() };
        let reason = it.reason.clone();
        view! {
            <li><b>{list_change(context.lang, kind)}</b>" "<span class="table__no">{it.number.clone()}</span>" "<a href=to>{title}</a>
                {(!reason.is_empty()).then(|| view! { <p class="quiet" lang="zh-CN">{reason}</p> })}</li>
        }
    };
    let removed = document.removed.iter().map(|it| one(ChangeKind::Removed, it));
    let added = document.added.iter().map(|it| one(ChangeKind::Added, it));
    let rows: Vec<_> = removed.chain(added).collect();
    Some(
        view! {
            <section class="section"><h2>{context.t("与上一版相比改了什么", "What it changed")}</h2>
                <p lang="zh-CN">{document.reason.clone()}</p><ul>{rows}</ul></section>
        }
        .into_any(),
    )
}
