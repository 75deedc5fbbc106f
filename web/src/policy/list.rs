//! The list of documents, narrowed by words and status in the address.

use super::status_tag;
use crate::session::Session;
use crate::shell::encoded;
use crate::ui::{Empty, Fetch, PageHead, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListPolicies;
use ronghe_contract::Page;
use ronghe_contract::policy::PolicyRow;
use ronghe_domain::policy::rules::may_import;
use ronghe_text::Lang;

/// The page.
#[component]
pub fn Policies() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let of = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (of("q"), of("status")));
    let policies = Fetch::new(move || {
        let (q, status) = asked.get();
        let (status, state) =
            if status == "draft" { (String::new(), status) } else { (status, String::new()) };
        let ask = ListPolicies { q, status, state, ..ListPolicies::default() };
        async move { session.call(async |client| client.list_policies(&ask).await).await }
    });
    let title = Signal::derive(move || session.lang().pick("政策与措施", "Policies").to_owned());
    view! {
        <PageHead title=title>
            <div class="button-row">
                <a class="button" href=move || session.lang().pick("/policies", "/en/policies") rel="external">
                    {move || session.lang().pick("在门户查看", "See on the portal")}</a>
                {move || may_import(&session.actor()).is_ok().then(|| view! {
                    <a class="button" data-kind="primary" href="/app/policies/new">{session.lang().pick("导入文件", "Import a document")}</a>
                })}
            </div>
        </PageHead>
        <div class="list">
            <Filters asked=asked/>
            {loaded(session, policies, move |page: Page<PolicyRow>| table(session, asked, page))}
        </div>
    }
}

#[component]
fn Filters(asked: Memo<(String, String)>) -> impl IntoView {
    let session = Session::here();
    let (words, chosen) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // The address leads: Back, and dropping the filters, change it too.
    Effect::new(move |_| {
        let (q, status) = asked.get();
        words.set(q);
        chosen.set(status);
    });
    let navigate = use_navigate();
    let go = move |status: &str| {
        let words = encoded(words.get_untracked().trim());
        navigate(&format!("/app/policies?q={words}&status={status}"), Default::default());
    };
    let (by_words, by_status) = (go.clone(), go);
    move || {
        let lang = session.lang();
        let options = [
            ("", lang.pick("全部", "All")),
            ("draft", lang.pick("核对中", "Being checked")),
            ("in_force", lang.pick("现行有效", "In force")),
            ("upcoming", lang.pick("未生效", "Upcoming")),
            ("expired", lang.pick("已失效", "Expired")),
            ("superseded", lang.pick("已废止", "Superseded")),
        ];
        let options = options
            .into_iter()
            .map(|(value, words)| {
                view! { <option value=value prop:selected=move || chosen.get() == value>{words}</option> }
            })
            .collect_view();
        let (by_words, by_status) = (by_words.clone(), by_status.clone());
        view! {
            <form class="filter-bar" role="search" aria-label=lang.pick("筛选文件", "Filter documents") on:submit=move |event| {
                event.prevent_default();
                by_words(&chosen.get_untracked());
            }>
                <label class="filter-bar__field" data-size="wide"><span>{lang.pick("关键词", "Words")}</span>
                    <input class="input" type="search" placeholder=lang.pick("标题、文号、发文机关", "Title, number, issuer")
                        prop:value=words on:input=move |event| words.set(event_target_value(&event))/></label>
                <label class="filter-bar__field"><span>{lang.pick("状态", "Status")}</span>
                    <select class="select" on:change=move |event| {
                        chosen.set(event_target_value(&event));
                        by_status(&chosen.get_untracked());
                    }>{options}</select></label>
                <button class="button" type="submit">{lang.pick("筛选", "Filter")}</button>
            </form>
        }
    }
}

fn table(session: Session, asked: Memo<(String, String)>, page: Page<PolicyRow>) -> AnyView {
    let lang = session.lang();
    let is_narrowed = asked.with_untracked(|(words, status)| !words.is_empty() || !status.is_empty());
    if page.items.is_empty() && !is_narrowed {
        let title = lang.pick("登记册里还没有文件", "The register holds no document yet");
        let words = lang.pick(
            "导入并发布的政策文件列在这里。",
            "Documents stand here once they are imported and published.",
        );
        return view! { <Empty title=title words=words/> }.into_any();
    }
    if page.items.is_empty() {
        let title = lang.pick("没有符合条件的文件", "No such documents");
        let words = lang.pick("换一个词，或清除条件。", "Try another word, or drop the filters.");
        return view! {
            <Empty title=title words=words><a class="button" href="/app/policies">{lang.pick("清除条件", "Drop the filters")}</a></Empty>
        }
        .into_any();
    }
    let count = match lang {
        Lang::Zh => format!("共 {} 份", page.total),
        Lang::En => format!("{} documents", page.total),
    };
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = page.items.into_iter().map(|row| line(lang, row)).collect_view();
    view! {
        <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards">
            <caption class="unseen">{lang.pick("政策文件，新的在前", "Policy documents, newest first")}</caption>
            <thead><tr>{head("文件与文号", "Document and number")}{head("发文机关", "Issuer")}{head("成文日期", "Issued")}
                {head("状态", "Status")}{head("有效至", "Valid until")}<th scope="col" class="number">{lang.pick("措施", "Measures")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p></nav>
    }
    .into_any()
}

fn line(lang: Lang, row: PolicyRow) -> impl IntoView {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let missing = || label("未填", "not given").to_owned();
    let name = if row.title.is_empty() {
        label("没有标题的文件", "A document without title").to_owned()
    } else {
        row.title
    };
    view! {
        <tr>
            <th scope="row"><span class="table__no">{row.doc_number.unwrap_or_else(|| label("没有文号", "no number").to_owned())}</span>
                <a href=format!("/app/policies/{}", row.slug)>{name}</a></th>
            <td data-label=label("发文机关", "Issuer")>{row.issuer.unwrap_or_else(missing)}</td>
            <td data-label=label("成文日期", "Issued") data-half="first">{row.issue_date.unwrap_or_else(missing)}</td>
            <td data-label=label("状态", "Status") data-half="second">{status_tag(lang, row.state, row.status)}</td>
            <td data-label=label("有效至", "Valid until") data-half="first">{row.last_day.unwrap_or_else(|| label("不设期限", "without end").to_owned())}</td>
            <td class="number" data-label=label("措施", "Measures") data-half="second">{row.measures}</td>
        </tr>
    }
}
