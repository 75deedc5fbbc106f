//! The list of needs, narrowed in the address; ticked ones are forwarded together.

mod filters;
mod rows;

use super::StartButton;
use super::table::{Export, ImportLink};
use crate::session::Session;
use crate::shell::word;
use crate::suggestion::SuggestedNeeds;
use crate::ui::{Fetch, KeyLine, PageHead, Picks, loaded};
use crate::view::{Asked, SavedViews};
use filters::Filters;
use leptos::prelude::*;
use ronghe_client::ListNeeds;
use ronghe_contract::Page;
use ronghe_contract::need::NeedRow;
use ronghe_domain::need::opinion;
use ronghe_domain::need::rules::{Measures, Scope, scope};
use ronghe_domain::need::{State, sees_verdicts};
use ronghe_domain::view::List;

/// What the address asks for, as the API is asked.
fn query(asked: &Asked) -> ListNeeds {
    ListNeeds {
        q: asked.value("q"),
        year: asked.value("year"),
        state: asked.value("state"),
        unit: asked.value("unit"),
        district: asked.value("district"),
        measure: asked.value("measure"),
        sort: asked.value("sort"),
        after: asked.value("after"),
    }
}

/// Whether the list is in the order of its numbers.
fn is_by_number(asked: &Asked) -> bool {
    asked.value("sort") == "number"
}

/// The page.
#[component]
pub fn Needs() -> impl IntoView {
    let session = Session::here();
    let asked = Asked::here(List::Needs);
    let needs = Fetch::new(move || {
        let ask = asked.with(query);
        async move { session.call(async |client| client.list_needs(&ask).await).await }
    });
    let listed = Signal::derive(move || asked.with(query));
    let count = Signal::derive(move || {
        needs.with(|found| {
            found.and_then(|it| it.as_ref().ok()).map(|page| rows::counted(session.lang(), page))
        })
    });
    let picks = Picks::new();
    Effect::new(move |_| {
        asked.track();
        picks.clear();
    });
    let heading = Signal::derive(move || session.lang().pick("需求", "Needs").to_owned());
    view! {
        <PageHead title=heading count=count><div class="button-row"><Export list=listed/><ImportLink/><StartButton/></div></PageHead>
        <SuggestedNeeds/>
        <div class="list">
            <SavedViews list=List::Needs/>
            <Views asked=asked/>
            <Filters asked=asked count=count/>
            <KeyLine rows=needs.holds(|page: &Page<NeedRow>| !page.items.is_empty()) ticks=true/>
            {loaded(session, needs, move |page: Page<NeedRow>| rows::table(session, &asked.get_untracked(), page, picks))}
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
        let (now, shown) = asked.with(|now| (now.clone(), now.value("state")));
        let links = views
            .into_iter()
            .map(|(state, words)| {
                let to = now.with("state", state).address();
                // Links from elsewhere ask for the list by one word.
                let is_here = shown == state || (state == listed && shown == word(State::Listed));
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
