//! Search over what the person may see: needs, applications, documents, measures, organisations; hits are marked.

use crate::session::Session;
use crate::ui::{Empty, Fetch, PageHead, Trouble, loaded};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::{ListApplications, ListMeasures, ListNeeds, ListOrganisations, ListPolicies};
use ronghe_contract::application::ApplicationRow;
use ronghe_contract::measure::MeasureRow;
use ronghe_contract::need::NeedRow;
use ronghe_contract::org::OrgRef;
use ronghe_contract::policy::PolicyRow;
use ronghe_domain::application::Name as ApplicationName;
use ronghe_domain::need::Name;
use ronghe_text::{Lang, ordinal};

/// What was found, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    policies: Vec<PolicyRow>,
    measures: Vec<MeasureRow>,
    orgs: Vec<OrgRef>,
    needs: Vec<NeedRow>,
    applications: Vec<ApplicationRow>,
}

/// The page.
#[component]
pub fn Search() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let navigate = use_navigate();
    let words = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let found = Fetch::new(move || {
        let words = words.get();
        async move { look(session, words).await }
    });
    // A number leads to its record at once.
    Effect::new(move |_| {
        if let Some(to) = numbered(&words.get()) {
            navigate(&to, NavigateOptions { replace: true, ..Default::default() });
        }
    });
    let title = Signal::derive(move || session.lang().pick("查找", "Search").to_owned());
    view! {
        <PageHead title=title/>
        <Words words=words/>
        {loaded(session, found, move |found: Option<Found>| found.map(|found| hits(session, &words.get_untracked(), found)))}
    }
}

/// Where the record of this number is shown.
fn numbered(words: &str) -> Option<String> {
    if let Some(Name::Number(number)) = Name::parse(words) {
        return Some(format!("/app/needs/{number}"));
    }
    match ApplicationName::parse(words) {
        Some(ApplicationName::Number(number)) => Some(format!("/app/applications/{number}")),
        Some(ApplicationName::Draft(_)) | None => None,
    }
}

async fn look(session: Session, words: String) -> Result<Option<Found>, Trouble> {
    let q = words.trim().to_owned();
    if q.is_empty() {
        return Ok(None);
    }
    let policies = ListPolicies { q: q.clone(), ..ListPolicies::default() };
    let measures = ListMeasures { q: q.clone(), ..ListMeasures::default() };
    let orgs = ListOrganisations { q: q.clone(), ..ListOrganisations::default() };
    let applications = ListApplications { q: q.clone(), ..ListApplications::default() };
    let needs = ListNeeds { q, ..ListNeeds::default() };
    Ok(Some(Found {
        policies: session.call(async |client| client.list_policies(&policies).await).await?.items,
        measures: session.call(async |client| client.list_measures(&measures).await).await?.items,
        orgs: session.call(async |client| client.list_organisations(&orgs).await).await?.items,
        needs: session.call(async |client| client.list_needs(&needs).await).await?.items,
        applications: session.call(async |client| client.list_applications(&applications).await).await?.items,
    }))
}

/// The words, on a phone where the head has no room for them.
#[component]
fn Words(words: Memo<String>) -> impl IntoView {
    let session = Session::here();
    let typed = RwSignal::new(words.get_untracked());
    Effect::new(move |_| typed.set(words.get()));
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = crate::shell::encoded(typed.get_untracked().trim());
        navigate(&format!("/app/search?q={words}"), Default::default());
    };
    view! {
        <form class="filter-bar" role="search" on:submit=submit>
            <label class="filter-bar__field" data-size="wide"><span>{move || session.lang().pick("关键词", "Words")}</span>
                <input class="input" type="search" prop:value=typed on:input=move |event| typed.set(event_target_value(&event))
                    placeholder=move || session.lang().pick("文号、标题、单位", "Number, title, organisation")/></label>
            <button class="button" type="submit">{move || session.lang().pick("查找", "Search")}</button>
        </form>
    }
}

fn hits(session: Session, words: &str, found: Found) -> AnyView {
    let lang = session.lang();
    let total = found.policies.len()
        + found.measures.len()
        + found.orgs.len()
        + found.needs.len()
        + found.applications.len();
    if total == 0 {
        let title = match lang {
            Lang::Zh => format!("没有找到“{words}”"),
            Lang::En => format!("Nothing has “{words}”"),
        };
        let said = lang.pick("换一个词，或少写几个字。", "Try another word, or fewer letters.");
        return view! { <Empty title=title words=said/> }.into_any();
    }
    let row = |to: String, text: &str, beside: String| {
        view! { <li><a href=to>{marked(text, words)}</a>" "<span class="quiet">{beside}</span></li> }
    };
    let policies: Vec<_> = found
        .policies
        .iter()
        .map(|found| {
            row(
                format!("/app/policies/{}", found.slug),
                &found.title,
                found.doc_number.clone().unwrap_or_default(),
            )
        })
        .collect();
    let measures: Vec<_> = found
        .measures
        .iter()
        .map(|found| {
            let text = format!("（{}）{}", ordinal(found.number.unwrap_or(found.seq)), found.title);
            row(
                format!("/app/policies/{}", found.policy),
                &text,
                found.doc_number.clone().unwrap_or_default(),
            )
        })
        .collect();
    let orgs: Vec<_> = found
        .orgs
        .iter()
        .map(|found| {
            row(
                format!("/app/organisations/{}", found.slug),
                lang.pick(&found.name, &found.name_en),
                String::new(),
            )
        })
        .collect();
    let needs: Vec<_> = found
        .needs
        .iter()
        .map(|found| {
            row(format!("/app/needs/{}", found.name), &found.title, found.number.clone().unwrap_or_default())
        })
        .collect();
    let applications: Vec<_> = found
        .applications
        .iter()
        .map(|found| {
            let number = found.number.clone().unwrap_or_default();
            row(format!("/app/applications/{}", found.name), &crate::application::title(lang, found), number)
        })
        .collect();
    let group = |title: &'static str, rows: Vec<_>| {
        let count = rows.len();
        (count > 0).then(|| {
            view! { <section class="section"><h2>{title}" "<span class="page-head__count">{count}</span></h2><ul class="link-list">{rows}</ul></section> }
        })
    };
    view! {
        <p class="unseen" role="status">{total}</p>
        {group(lang.pick("需求", "Needs"), needs)}
        {group(lang.pick("申报", "Applications"), applications)}
        {group(lang.pick("文件", "Documents"), policies)}
        {group(lang.pick("措施", "Measures"), measures)}
        {group(lang.pick("单位", "Organisations"), orgs)}
    }
    .into_any()
}

/// The text with the words marked.
fn marked(text: &str, words: &str) -> impl IntoView + use<> {
    let words = words.trim();
    let mut parts: Vec<AnyView> = Vec::new();
    for (nth, part) in text.split(words).enumerate() {
        if nth > 0 {
            parts.push(view! { <mark>{words.to_owned()}</mark> }.into_any());
        }
        parts.push(part.to_owned().into_any());
    }
    parts
}
