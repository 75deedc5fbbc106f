//! The list of needs, narrowed in the address; ticked ones are forwarded together.

use super::table::{Export, ImportLink};
use super::{StartButton, rank_words, state_tag, title, whose_turn};
use crate::session::Session;
use crate::shell::encoded;
use crate::suggestion::SuggestedNeeds;
use crate::ui::{Empty, Fetch, PageHead, PickBar, Picks, deadline, loaded};
use crate::view::SavedViews;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::{ListMeasures, ListNeeds};
use ronghe_contract::Page;
use ronghe_contract::measure::MeasureRow;
use ronghe_contract::need::NeedRow;
use ronghe_domain::need::opinion;
use ronghe_domain::need::rules::{Measures, Scope, scope};
use ronghe_domain::need::{Action, State, sees_verdicts};
use ronghe_domain::view::List;
use ronghe_text::{Lang, measure_numbers, measure_titled, need_state};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    q: String,
    /// Of the cycle; a task leads to the list of its own.
    year: String,
    state: String,
    measure: String,
    district: String,
    /// Asked for by views alone: no filter of the page sets them.
    unit: String,
    sort: String,
    after: String,
}

impl Asked {
    fn address(&self) -> String {
        let mut parts = Vec::new();
        for (name, value) in [
            ("q", &self.q),
            ("year", &self.year),
            ("state", &self.state),
            ("measure", &self.measure),
            ("district", &self.district),
            ("unit", &self.unit),
            ("sort", &self.sort),
            ("after", &self.after),
        ] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", encoded(value)));
            }
        }
        if parts.is_empty() { "/app/needs".to_owned() } else { format!("/app/needs?{}", parts.join("&")) }
    }

    fn query(self) -> ListNeeds {
        let Self { q, year, state, measure, district, unit, sort, after } = self;
        ListNeeds { q, year, state, unit, district, measure, sort, after }
    }

    fn is_narrowed(&self) -> bool {
        *self != Self { after: self.after.clone(), ..Self::default() }
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
            {loaded(session, needs, move |page: Page<NeedRow>| table(session, asked.get_untracked(), page, picks))}
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
        views.push(("forwarded,screening", lang.pick("已报送", "Forwarded")));
        views.push(("withdrawn", lang.pick("已撤回", "Withdrawn")));
        let screens = sees_verdicts(&session.actor())
            .then(|| view! { <a href="/app/screening">{lang.pick("遴选", "Screening")}</a> });
        let opinions = opinion::scope(&session.actor())
            .map(|_| view! { <a href="/app/opinions">{lang.pick("征求意见", "Opinions")}</a> });
        let now = asked.get();
        let links = views
            .into_iter()
            .map(|(state, words)| {
                let to = Asked { state: state.to_owned(), after: String::new(), ..now.clone() }.address();
                let here = (now.state == state).then_some("page");
                view! { <a href=to aria-current=here>{words}</a> }
            })
            .collect_view();
        view! { <nav class="views" aria-label=lang.pick("视图", "Views")>{links}{screens}{opinions}</nav> }
    }
}

#[component]
fn Filters(asked: Memo<Asked>) -> impl IntoView {
    let session = Session::here();
    let words = RwSignal::new(String::new());
    // The address leads: Back, and dropping the filters, change it too.
    Effect::new(move |_| words.set(asked.get().q));
    let known = Fetch::new(move || async move {
        let all = ListMeasures::default();
        session.call(async |client| client.list_measures(&all).await).await.map(|page| page.items)
    });
    let navigate = use_navigate();
    let go = move |change: &dyn Fn(&mut Asked)| {
        let mut next = asked.get_untracked();
        next.q = words.get_untracked().trim().to_owned();
        next.after = String::new();
        change(&mut next);
        navigate(&next.address(), Default::default());
    };
    move || {
        let lang = session.lang();
        // Several states are a view, not a choice of one: they are shown as what they are.
        let several = move || {
            let state = asked.with(|now| now.state.clone());
            let words = states_said(lang, &state);
            state.contains(',').then(|| view! { <option value=state selected=true>{words}</option> })
        };
        let states = State::ALL.into_iter().map(|state| {
            let (name, own) = (state_name(state), state_name(state));
            view! { <option value=name prop:selected=move || asked.with(|now| now.state == own)>{need_state(lang, state)}</option> }
        });
        let measures = move || {
            let rows = known.get().and_then(Result::ok).unwrap_or_default();
            let row = |row: MeasureRow| {
                let (name, own) = (row.seq.to_string(), row.seq.to_string());
                let words = measure_titled(lang, row.seq, &row.title);
                view! { <option value=name prop:selected=move || asked.with(|now| now.measure == own)>{words}</option> }
            };
            rows.into_iter().map(row).collect_view()
        };
        let (by_words, by_state, by_measure, by_year) = (go.clone(), go.clone(), go.clone(), go.clone());
        // Only who comes from a task has narrowed to a year, and may drop it here.
        let year =
            move || {
                let (year, by_year) = (asked.with(|now| now.year.clone()), by_year.clone());
                (!year.is_empty()).then(|| view! {
                <label class="filter-bar__field"><span>{lang.pick("年度", "Year")}</span>
                    <select class="select" on:change=move |event| {
                        let year = event_target_value(&event);
                        by_year(&|next| next.year.clone_from(&year));
                    }><option value="">{lang.pick("全部年度", "All years")}</option>
                        <option value=year.clone() selected=true>{year.clone()}</option></select></label>
            })
            };
        view! {
            <form class="filter-bar" role="search" aria-label=lang.pick("筛选需求", "Filter needs") on:submit=move |event| {
                event.prevent_default();
                by_words(&|_| ());
            }>
                <label class="filter-bar__field" data-size="wide"><span>{lang.pick("关键词", "Words")}</span>
                    <input class="input" type="search" placeholder=lang.pick("编号、标题、内容", "Number, title, text")
                        prop:value=words on:input=move |event| words.set(event_target_value(&event))/></label>
                <label class="filter-bar__field"><span>{lang.pick("状态", "State")}</span>
                    <select class="select" on:change=move |event| {
                        let state = event_target_value(&event);
                        by_state(&|next| next.state.clone_from(&state));
                    }><option value="" prop:selected=move || asked.with(|now| now.state.is_empty())>{lang.pick("全部状态", "All states")}</option>{states.collect_view()}{several}</select></label>
                <label class="filter-bar__field"><span>{lang.pick("措施", "Measure")}</span>
                    <select class="select" on:change=move |event| {
                        let measure = event_target_value(&event);
                        by_measure(&|next| next.measure.clone_from(&measure));
                    }><option value="" prop:selected=move || asked.with(|now| now.measure.is_empty())>{lang.pick("全部措施", "All measures")}</option>{measures}</select></label>
                {year}
                <button class="button" type="submit">{lang.pick("筛选", "Filter")}</button>
            </form>
        }
    }
}

/// A state as the wire calls it.
pub(super) fn state_name(state: State) -> String {
    serde_json::to_value(state).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// States of the address in words: 已报送、遴选中.
fn states_said(lang: Lang, names: &str) -> String {
    let is_named = |state: &State| names.split(',').any(|name| name == state_name(*state));
    let words: Vec<&str> =
        State::ALL.into_iter().filter(is_named).map(|state| need_state(lang, state)).collect();
    words.join(lang.pick("、", ", "))
}

fn table(session: Session, asked: Asked, page: Page<NeedRow>, picks: Picks) -> AnyView {
    let lang = session.lang();
    if page.items.is_empty() {
        return nothing(lang, asked.is_narrowed()).into_any();
    }
    let forwardable = page.items.iter().filter(|row| row.can.contains(&Action::Forward));
    picks.offer(forwardable.map(|row| row.name.clone()).collect());
    let count = match lang {
        Lang::Zh => format!("共 {} 条{}", page.total, if page.total_is_bounded { "以上" } else { "" }),
        Lang::En => format!("{}{} needs", page.total, if page.total_is_bounded { "+" } else { "" }),
    };
    let next = page.next.clone().map(|after| {
        let to = Asked { after, ..asked.clone() }.address();
        view! { <a class="button" data-size="small" href=to>{lang.pick("后面的", "Further")}</a> }
    });
    let every = lang.pick("选择本页可报送的", "Pick all that can be forwarded");
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = page.items.into_iter().map(|row| line(session, row, picks)).collect_view();
    view! {
        <div class="table-frame">{picks.all(every)}<table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("需求，最近改动的在前", "Needs, last changed first")}</caption>
            <thead><tr>{picks.head(every)}{head("需求与编号", "Need and number")}{head("单位", "Unit")}{head("措施", "Measures")}
                {head("状态", "State")}{head("等谁", "Waits for")}{head("期限", "Deadline")}
                <th scope="col" class="number">{lang.pick("经费（元）", "Budget (CNY)")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p>{next}</nav>
        <PickBar picks=picks counter="条" actions=move |names| forward(session, &names)/>
    }
    .into_any()
}

fn nothing(lang: Lang, narrowed: bool) -> impl IntoView {
    if narrowed {
        let title = lang.pick("没有符合条件的需求", "No such needs");
        let words = lang.pick("换一个词，或清除条件。", "Try another word, or drop the filters.");
        return view! {
            <Empty title=title words=words><a class="button" href="/app/needs">{lang.pick("清除条件", "Drop the filters")}</a></Empty>
        }
        .into_any();
    }
    let title = lang.pick("还没有需求", "There are no needs yet");
    let words = lang.pick(
        "需求填报以后列在这里；别的单位的需求，报送到你这一步才看得到。",
        "Needs stand here once they are filed; those of others once they have come as far as you.",
    );
    view! { <Empty title=title words=words/> }.into_any()
}

fn line(session: Session, row: NeedRow, picks: Picks) -> impl IntoView {
    let lang = session.lang();
    let name = title(lang, &row);
    let can = row.can.contains(&Action::Forward);
    let pick = picks.cell(lang, &row.name, &name, can);
    let number = row.number.clone().unwrap_or_else(|| lang.pick("无编号", "no number").to_owned());
    let rank = row.rank.map(|rank| format!("{}{}", lang.pick("，", ", "), rank_words(lang, rank)));
    let missing = || lang.pick("未填", "not given").to_owned();
    let until = row.deadline.map(|closes| deadline(session, closes, row.ahead));
    let waits = whose_turn(session, &row);
    let tag = state_tag(session, &row);
    let unit = lang.pick(&row.unit.name, &row.unit.name_en).to_owned();
    let measures = if row.measures.is_empty() { missing() } else { measure_numbers(lang, &row.measures) };
    let budget = row.budget.map_or_else(missing, |budget| budget.to_string());
    view! {
        <tr aria-selected=picks.selected(&row.name)>
            {pick}
            <th scope="row"><span class="table__no">{number}{rank}</span><a href=format!("/app/needs/{}", row.name)>{name}</a></th>
            <td data-label=lang.pick("单位", "Unit")>{unit}</td>
            <td data-label=lang.pick("措施", "Measures") data-half="first">{measures}</td>
            <td data-label=lang.pick("状态", "State") data-half="second">{tag}</td>
            <td data-label=lang.pick("等谁", "Waits for")>{waits}</td>
            <td data-label=lang.pick("期限", "Deadline")>{until}</td>
            <td class="number" data-label=lang.pick("经费（元）", "Budget (CNY)")>{budget}</td>
        </tr>
    }
}

/// The one thing that can be done with those that are picked.
fn forward(session: Session, names: &[String]) -> AnyView {
    let count = names.len();
    let to = format!("/app/needs/forward?sel={}", names.join(","));
    let words = match session.lang() {
        Lang::Zh => format!("审核报送 {count} 条"),
        Lang::En => format!("Forward {count}"),
    };
    view! { <a class="button" data-kind="primary" href=to>{words}</a> }.into_any()
}
