//! The list of needs, narrowed in the address; ticked ones are forwarded together.

mod filters;
mod rows;

use super::StartButton;
use super::table::{Export, ImportLink};
use crate::session::Session;
use crate::shell::{encoded, word};
use crate::suggestion::SuggestedNeeds;
use crate::ui::{Fetch, KeyLine, PageHead, Picks, loaded};
use crate::view::SavedViews;
use filters::Filters;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListNeeds;
use ronghe_contract::Page;
use ronghe_contract::need::NeedRow;
use ronghe_domain::need::opinion;
use ronghe_domain::need::rules::{Measures, Scope, scope};
use ronghe_domain::need::{State, sees_verdicts};
use ronghe_domain::view::List;

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    q: String,
    /// Of the cycle.
    year: String,
    state: String,
    measure: String,
    district: String,
    unit: String,
    sort: String,
    after: String,
}

impl Asked {
    /// What there is, by its name in the address.
    const fn fields(&self) -> [(&'static str, &String); 8] {
        [
            ("q", &self.q),
            ("year", &self.year),
            ("state", &self.state),
            ("measure", &self.measure),
            ("district", &self.district),
            ("unit", &self.unit),
            ("sort", &self.sort),
            ("after", &self.after),
        ]
    }

    /// What is asked for under this name; nothing where it is none.
    fn value(&self, name: &str) -> String {
        let found = self.fields().into_iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The same list from its beginning, with this in place of what stood under the name.
    fn with(&self, name: &str, value: &str) -> Self {
        let mut next = Self { after: String::new(), ..self.clone() };
        let field = match name {
            "q" => &mut next.q,
            "year" => &mut next.year,
            "state" => &mut next.state,
            "measure" => &mut next.measure,
            "district" => &mut next.district,
            "unit" => &mut next.unit,
            "sort" => &mut next.sort,
            _ => return next,
        };
        value.clone_into(field);
        next
    }

    fn address(&self) -> String {
        let given = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let parts: Vec<String> = given.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if parts.is_empty() { "/app/needs".to_owned() } else { format!("/app/needs?{}", parts.join("&")) }
    }

    fn query(self) -> ListNeeds {
        let Self { q, year, state, measure, district, unit, sort, after } = self;
        ListNeeds { q, year, state, unit, district, measure, sort, after }
    }

    /// The order, and how far one has come, leave nothing out.
    fn is_narrowed(&self) -> bool {
        *self != Self { sort: self.sort.clone(), after: self.after.clone(), ..Self::default() }
    }

    fn is_by_number(&self) -> bool {
        self.sort == "number"
    }
}

/// The page.
#[component]
pub fn Needs() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let of = |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
        Asked {
            q: of("q"),
            year: of("year"),
            state: of("state"),
            measure: of("measure"),
            district: of("district"),
            unit: of("unit"),
            sort: of("sort"),
            after: of("after"),
        }
    });
    let needs = Fetch::new(move || {
        let ask = asked.get().query();
        async move { session.call(async |client| client.list_needs(&ask).await).await }
    });
    let listed = Signal::derive(move || asked.get().query());
    let picks = Picks::new();
    Effect::new(move |_| {
        asked.track();
        picks.clear();
    });
    let heading = Signal::derive(move || session.lang().pick("需求", "Needs").to_owned());
    view! {
        <PageHead title=heading><div class="button-row"><Export list=listed/><ImportLink/><StartButton/></div></PageHead>
        <SuggestedNeeds/>
        <div class="list">
            <SavedViews list=List::Needs/>
            <Views asked=asked/>
            <Filters asked=asked/>
            <KeyLine rows=needs.holds(|page: &Page<NeedRow>| !page.items.is_empty()) ticks=true/>
            {loaded(session, needs, move |page: Page<NeedRow>| rows::table(session, asked.get_untracked(), page, picks))}
        </div>
    }
}

/// States that are looked at together; those of drafts and of what waits for a district only for who sees them.
#[component]
fn Views(asked: Memo<Asked>) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let parts = scope(&session.actor(), &Measures::new());
        let own = parts.iter().any(|part| matches!(part, Scope::Own(_)));
        let district = parts.iter().any(|part| matches!(part, Scope::District(_)));
        let listed = listed_states();
        let mut views = vec![("", lang.pick("全部", "All"))];
        if district {
            views.push(("submitted", lang.pick("待审核报送", "To forward")));
        }
        if own {
            views
                .push(("draft,returned_by_district,returned", lang.pick("草稿与退回", "Drafts and returns")));
        }
        if own && !district {
            views.push(("submitted", lang.pick("待区县审核", "With the district")));
        }
        // Whoever answers the list sees nothing else.
        if parts != [Scope::Listed] {
            views.push(("forwarded,screening", lang.pick("已报送", "Forwarded")));
            views.push((&listed, lang.pick("已列入清单", "Listed")));
            views.push(("withdrawn", lang.pick("已撤回", "Withdrawn")));
        }
        let screens = sees_verdicts(&session.actor())
            .then(|| view! { <a href="/app/screening">{lang.pick("遴选", "Screening")}</a> });
        let opinions = opinion::scope(&session.actor())
            .map(|_| view! { <a href="/app/opinions">{lang.pick("征求意见", "Opinions")}</a> });
        let now = asked.get();
        let links = views
            .into_iter()
            .map(|(state, words)| {
                let to = now.with("state", state).address();
                // Links from elsewhere ask for the list by one word.
                let is_here = now.state == state || (state == listed && now.state == word(State::Listed));
                let here = is_here.then_some("page");
                view! { <a href=to aria-current=here>{words}</a> }
            })
            .collect_view();
        view! { <nav class="views" aria-label=lang.pick("视图", "Views")>{links}{screens}{opinions}</nav> }
    }
}

/// Those that stand on the need list, whatever became of them afterwards, as the address says it.
fn listed_states() -> String {
    let on_list = State::ALL.into_iter().filter(|state| state.is_on_list());
    on_list.map(word).collect::<Vec<_>>().join(",")
}
