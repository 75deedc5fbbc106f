//! Search over what the person may see: needs, applications, documents, measures, organisations; hits are marked.

use crate::session::Session;
use crate::shell::encoded;
use crate::ui::{Empty, Fetch, PageHead, Trouble, loaded};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::{ListApplications, ListMeasures, ListNeeds, ListOrganisations, ListPolicies};
use ronghe_contract::Page;
use ronghe_contract::application::ApplicationRow;
use ronghe_contract::measure::MeasureRow;
use ronghe_contract::need::NeedRow;
use ronghe_contract::org::OrgRef;
use ronghe_contract::policy::PolicyRow;
use ronghe_domain::application::Name as ApplicationName;
use ronghe_domain::need::Name;
use ronghe_text::{Lang, count, marked, measure_titled};

/// What was found, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    policies: Page<PolicyRow>,
    measures: Page<MeasureRow>,
    orgs: Page<OrgRef>,
    needs: Page<NeedRow>,
    applications: Page<ApplicationRow>,
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
        policies: session.call(async |client| client.list_policies(&policies).await).await?,
        measures: session.call(async |client| client.list_measures(&measures).await).await?,
        orgs: session.call(async |client| client.list_organisations(&orgs).await).await?,
        needs: session.call(async |client| client.list_needs(&needs).await).await?,
        applications: session.call(async |client| client.list_applications(&applications).await).await?,
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
        let words = encoded(typed.get_untracked().trim());
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

/// Hits of a kind that are shown; the list of the kind goes on from there.
const SHOWN: usize = 50;

/// Hits of one kind.
struct Group {
    title: &'static str,
    rows: Vec<AnyView>,
    total: u64,
    /// There are more than `total`: counting ended there.
    is_bounded: bool,
    /// The list of all of them, narrowed by the same words.
    all: Option<String>,
}

fn hits(session: Session, words: &str, found: Found) -> AnyView {
    let lang = session.lang();
    let groups = [
        needs(lang, words, found.needs),
        applications(lang, words, found.applications),
        policies(lang, words, found.policies),
        measures(lang, words, found.measures),
        orgs(lang, words, found.orgs),
    ];
    let total: u64 = groups.iter().map(|group| group.total).sum();
    let is_bounded = groups.iter().any(|group| group.is_bounded);
    if total == 0 {
        let title = match lang {
            Lang::Zh => format!("没有找到“{words}”"),
            Lang::En => format!("Nothing has “{words}”"),
        };
        let said = lang.pick("换一个词，或少写几个字。", "Try another word, or fewer letters.");
        return view! { <Empty title=title words=said/> }.into_any();
    }
    let groups = groups.into_iter().filter(|group| group.total > 0).map(|it| group(lang, it));
    view! {
        <p class="unseen" role="status">{counted(total, is_bounded)}</p>
        {groups.collect_view()}
    }
    .into_any()
}

fn needs(lang: Lang, words: &str, found: Page<NeedRow>) -> Group {
    let row = |it: &NeedRow| {
        let number = it.number.clone().unwrap_or_default();
        row(format!("/app/needs/{}", it.name), title(lang, it, words), words, number)
    };
    Group::of(lang.pick("需求", "Needs"), &found, row, Some(listed("/app/needs", words)))
}

/// What a need is called: in English where what is looked for does not stand in the Chinese title.
fn title<'a>(lang: Lang, it: &'a NeedRow, words: &str) -> &'a str {
    let stands_there = words.split_whitespace().any(|word| it.title.contains(word));
    if lang == Lang::En && !it.title_en.is_empty() && !stands_there { &it.title_en } else { &it.title }
}

fn applications(lang: Lang, words: &str, found: Page<ApplicationRow>) -> Group {
    let row = |it: &ApplicationRow| {
        let number = it.number.clone().unwrap_or_default();
        row(format!("/app/applications/{}", it.name), &crate::application::title(lang, it), words, number)
    };
    Group::of(lang.pick("申报", "Applications"), &found, row, Some(listed("/app/applications", words)))
}

fn policies(lang: Lang, words: &str, found: Page<PolicyRow>) -> Group {
    let row = |it: &PolicyRow| {
        let number = it.doc_number.clone().unwrap_or_default();
        row(format!("/app/policies/{}", it.slug), &it.title, words, number)
    };
    Group::of(lang.pick("文件", "Documents"), &found, row, Some(listed("/app/policies", words)))
}

/// A document has some dozens of measures at most: all that were found are shown.
fn measures(lang: Lang, words: &str, found: Page<MeasureRow>) -> Group {
    let row = |it: &MeasureRow| {
        let text = measure_titled(lang, it.number.unwrap_or(it.seq), &it.title);
        let number = it.doc_number.clone().unwrap_or_default();
        row(format!("/app/policies/{}", it.policy), &text, words, number)
    };
    let rows = found.items.iter().map(row).collect();
    Group { title: lang.pick("措施", "Measures"), rows, total: found.total, is_bounded: false, all: None }
}

fn orgs(lang: Lang, words: &str, found: Page<OrgRef>) -> Group {
    let row = |it: &OrgRef| {
        let name = lang.pick(&it.name, &it.name_en);
        row(format!("/app/organisations/{}", it.slug), name, words, String::new())
    };
    Group::of(lang.pick("单位", "Organisations"), &found, row, Some(listed("/app/organisations", words)))
}

impl Group {
    /// The first of what was found.
    fn of<T>(title: &'static str, found: &Page<T>, row: impl Fn(&T) -> AnyView, all: Option<String>) -> Self {
        let rows = found.items.iter().take(SHOWN).map(row).collect();
        Self { title, rows, total: found.total, is_bounded: found.total_is_bounded, all }
    }
}

/// A list, narrowed by these words.
fn listed(list: &str, words: &str) -> String {
    format!("{list}?q={}", encoded(words.trim()))
}

fn group(lang: Lang, it: Group) -> impl IntoView {
    let shown = u64::try_from(it.rows.len()).unwrap_or(u64::MAX);
    let is_part = it.is_bounded || shown < it.total;
    let all = counted(it.total, it.is_bounded);
    let said = match (lang, is_part) {
        (_, false) => all.clone(),
        (Lang::Zh, true) => format!("前 {shown} 条，共 {all} 条"),
        (Lang::En, true) => format!("{shown} of {all}"),
    };
    let further = it.all.filter(|_| is_part).map(|to| {
        let words = match lang {
            Lang::Zh => format!("看全部 {all} 条"),
            Lang::En => format!("See all {all}"),
        };
        view! { <nav class="pager" aria-label=it.title><a class="button" data-size="small" href=to>{words}</a></nav> }
    });
    view! {
        <section class="section"><h2>{it.title}" "<span class="page-head__count">{said}</span></h2>
            <ul class="link-list">{it.rows}</ul>{further}</section>
    }
}

/// How many there are: `1,000+` where counting ended.
fn counted(total: u64, is_bounded: bool) -> String {
    format!("{}{}", count(total), if is_bounded { "+" } else { "" })
}

fn row(to: String, text: &str, words: &str, beside: String) -> AnyView {
    let pieces = marked(text, words).into_iter().map(|(piece, is_word)| {
        let piece = piece.to_owned();
        if is_word { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
    });
    let pieces = pieces.collect_view();
    view! { <li><a href=to>{pieces}</a>" "<span class="quiet">{beside}</span></li> }.into_any()
}
