//! Organisations by kind.

use crate::session::Session;
use crate::shell::{encoded, word};
use crate::ui::{Empty, Fetch, PageHead, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListOrganisations;
use ronghe_contract::Page;
use ronghe_contract::org::OrgRef;
use ronghe_domain::org::OrgKind;
use ronghe_domain::org::rules::may_administer;
use ronghe_text::{Lang, org_kind};

/// The page.
#[component]
pub fn Organisations() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let of = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (of("q"), of("kind")));
    let after = Memo::new(move |_| of("after"));
    let found = Fetch::new(move || {
        let ((q, kind), after) = (asked.get(), after.get());
        let ask = ListOrganisations { q, kind, after, ..ListOrganisations::default() };
        async move { session.call(async |client| client.list_organisations(&ask).await).await }
    });
    let title = Signal::derive(move || session.lang().pick("单位", "Organisations").to_owned());
    view! {
        <PageHead title=title><div class="button-row">{move || may_administer(&session.actor()).is_ok().then(|| view! {
            <a class="button" href="/app/organisations/import">{session.lang().pick("从表格导入", "Import a table")}</a>
            <a class="button" data-kind="primary" href="/app/organisations/new">{session.lang().pick("新建单位", "Make an organisation")}</a>
        })}</div></PageHead>
        <div class="list">
            <Filters asked=asked/>
            {loaded(session, found, move |page: Page<OrgRef>| {
                let pager = pager(session.lang(), &page, &asked.get(), !after.get().is_empty());
                view! { {groups(session, page)}{pager} }
            })}
        </div>
    }
}

#[component]
fn Filters(asked: Memo<(String, String)>) -> impl IntoView {
    let session = Session::here();
    let (words, chosen) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // The address leads: Back, and dropping the filters, change it too.
    Effect::new(move |_| {
        let (q, kind) = asked.get();
        words.set(q);
        chosen.set(kind);
    });
    let navigate = use_navigate();
    let go = StoredValue::new_local(move || {
        let asked = (words.get_untracked().trim().to_owned(), chosen.get_untracked());
        navigate(&address(&asked, ""), Default::default());
    });
    let go = move || go.with_value(|go| go());
    move || {
        let lang = session.lang();
        let options = OrgKind::ALL.into_iter().map(|kind| {
            let name = word(kind);
            let own = name.clone();
            view! { <option value=name prop:selected=move || chosen.get() == own>{org_kind(lang, kind)}</option> }
        });
        view! {
            <form class="filter-bar" role="search" aria-label=lang.pick("筛选单位", "Filter organisations")
                on:submit=move |event| { event.prevent_default(); go(); }>
                <label class="filter-bar__field" data-size="wide"><span>{lang.pick("关键词", "Words")}</span>
                    <input class="input" type="search" placeholder=lang.pick("名称、简称", "Name, short name")
                        prop:value=words on:input=move |event| words.set(event_target_value(&event))/></label>
                <label class="filter-bar__field"><span>{lang.pick("类别", "Kind")}</span>
                    <select class="select" on:change=move |event| { chosen.set(event_target_value(&event)); go(); }>
                        <option value="" prop:selected=move || chosen.get().is_empty()>{lang.pick("全部", "All")}</option>{options.collect_view()}</select></label>
                <button class="button" type="submit">{lang.pick("筛选", "Filter")}</button>
            </form>
        }
    }
}

/// Where a part of the list stands.
fn address((q, kind): &(String, String), after: &str) -> String {
    format!("/app/organisations?q={}&kind={kind}&after={after}", encoded(q))
}

/// How many there are, and the way on and back, where they do not all stand on one page.
fn pager(lang: Lang, page: &Page<OrgRef>, asked: &(String, String), is_further: bool) -> Option<AnyView> {
    if page.next.is_none() && !is_further {
        return None;
    }
    let shown = page.items.len();
    let count = match lang {
        Lang::Zh => format!("共 {} 个，本页 {shown} 个", page.total),
        Lang::En => format!("{shown} of {} on this page", page.total),
    };
    let start = is_further.then(|| view! { <a class="button" data-size="small" href=address(asked, "")>{lang.pick("回到开头", "Back to the start")}</a> });
    let next = page.next.as_deref().map(|after| view! { <a class="button" data-size="small" href=address(asked, after)>{lang.pick("后面的", "Further")}</a> });
    let name = lang.pick("分页", "Pages");
    Some(
        view! { <nav class="pager" aria-label=name><p class="quiet">{count}</p>{start}{next}</nav> }
            .into_any(),
    )
}

fn groups(session: Session, page: Page<OrgRef>) -> AnyView {
    let lang = session.lang();
    let is_whole = page.total == u64::try_from(page.items.len()).unwrap_or(u64::MAX);
    if page.items.is_empty() {
        let title = lang.pick("没有符合条件的单位", "No such organisations");
        let words = lang.pick("换一个词，或清除条件。", "Try another word, or drop the filters.");
        return view! {
            <Empty title=title words=words><a class="button" href="/app/organisations">{lang.pick("清除条件", "Drop the filters")}</a></Empty>
        }
        .into_any();
    }
    let of_kind = |kind: OrgKind| -> Vec<OrgRef> {
        page.items.iter().filter(|org| org.kind == kind).cloned().collect()
    };
    OrgKind::ALL
        .into_iter()
        .map(|kind| (kind, of_kind(kind)))
        .filter(|(_, orgs)| !orgs.is_empty())
        .map(|(kind, orgs)| {
            // Of what stands on several pages, none knows how many there are of a kind.
            let count = is_whole.then(|| match lang {
                Lang::Zh => format!("{} 个", orgs.len()),
                Lang::En => orgs.len().to_string(),
            });
            let links = orgs
                .into_iter()
                .map(|org| view! { <li><a href=format!("/app/organisations/{}", org.slug)>{lang.pick(&org.name, &org.name_en).to_owned()}</a></li> })
                .collect_view();
            view! {
                <section class="section org-group"><h2>{org_kind(lang, kind)}" "{count.map(|count| view! { <span class="page-head__count">{count}</span> })}</h2>
                    <ul class="link-list" data-columns="">{links}</ul></section>
            }
        })
        .collect_view()
        .into_any()
}
