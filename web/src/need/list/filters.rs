//! What narrows the list of needs: words and four filters, others behind a button, and each of them as a chip that
//! drops it.

use super::Asked;
use crate::org::OrgPicker;
use crate::session::Session;
use crate::shell::word;
use crate::ui::{Fetch, Trouble};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_client::{ListMeasures, ListOrganisations};
use ronghe_contract::cycle::CycleRow;
use ronghe_contract::measure::MeasureRow;
use ronghe_contract::org::OrgRef;
use ronghe_domain::need::State;
use ronghe_domain::need::rules::{reads_districts, reads_units};
use ronghe_domain::org::OrgKind;
use ronghe_domain::view::List;
use ronghe_text::{Lang, cycle_year, filter_name, filter_value, measure_titled, need_state};

/// A value as the address has it, and in words.
type Offered = (String, String);

/// What there is to choose from, and the unit that was chosen.
#[derive(Clone, Copy)]
struct Known {
    measures: Fetch<Result<Vec<MeasureRow>, Trouble>>,
    years: Fetch<Result<Vec<CycleRow>, Trouble>>,
    districts: Fetch<Result<Vec<OrgRef>, Trouble>>,
    unit: Fetch<Result<Option<OrgRef>, Trouble>>,
}

impl Known {
    fn new(session: Session, asked: Memo<Asked>) -> Self {
        let slug = Memo::new(move |_| asked.with(|now| now.unit.clone()));
        Self {
            measures: Fetch::new(move || async move {
                let all = ListMeasures::default();
                session.call(async |client| client.list_measures(&all).await).await.map(|page| page.items)
            }),
            years: Fetch::new(move || async move {
                session.call(async |client| client.list_cycles().await).await.map(|page| page.items)
            }),
            districts: Fetch::new(move || async move {
                let all = ListOrganisations { kind: word(OrgKind::District), ..ListOrganisations::default() };
                session
                    .call(async |client| client.list_organisations(&all).await)
                    .await
                    .map(|page| page.items)
            }),
            unit: Fetch::new(move || {
                let slug = slug.get();
                async move {
                    if slug.is_empty() {
                        return Ok(None);
                    }
                    let found = session.call(async |client| client.show_organisation(&slug).await).await;
                    found.map(|it| {
                        Some(OrgRef { slug: it.slug, name: it.name, name_en: it.name_en, kind: it.kind })
                    })
                }
            }),
        }
    }

    /// What can be asked for under a name.
    fn options(self, lang: Lang, name: &str) -> Vec<Offered> {
        match name {
            "state" => State::ALL.map(|it| (word(it), need_state(lang, it).to_owned())).to_vec(),
            "year" => {
                let years = self.years.get().and_then(Result::ok).unwrap_or_default().into_iter();
                years.map(|it| (it.year.clone(), cycle_year(lang, &it.year))).collect()
            }
            "measure" => {
                let measures = self.measures.get().and_then(Result::ok).unwrap_or_default().into_iter();
                measures.map(|it| (it.seq.to_string(), measure_titled(lang, it.seq, &it.title))).collect()
            }
            "district" => {
                let districts = self.districts.get().and_then(Result::ok).unwrap_or_default().into_iter();
                districts.map(|it| offered(lang, &it)).collect()
            }
            "unit" => {
                let unit = self.unit.get().and_then(Result::ok).flatten();
                unit.iter().map(|it| offered(lang, it)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A value in words; several states are said one after the other.
    fn said(self, lang: Lang, name: &str, value: &str) -> String {
        let known = self.options(lang, name).into_iter().find(|(own, _)| own == value);
        known.map_or_else(|| filter_value(lang, List::Needs, name, value), |(_, words)| words)
    }
}

fn offered(lang: Lang, org: &OrgRef) -> Offered {
    (org.slug.clone(), lang.pick(&org.name, &org.name_en).to_owned())
}

/// Changes the address; what is typed is taken along.
#[derive(Clone, Copy)]
struct Go {
    asked: Memo<Asked>,
    words: RwSignal<String>,
    to: Callback<Asked>,
}

impl Go {
    fn set(self, name: &str, value: &str) {
        let now = self.asked.get_untracked().with("q", self.words.get_untracked().trim());
        self.to.run(now.with(name, value));
    }
}

/// Words, the filters, and what they are set to.
#[component]
pub(super) fn Filters(asked: Memo<Asked>) -> impl IntoView {
    let session = Session::here();
    let words = RwSignal::new(String::new());
    // The address leads: Back, and dropping the filters, change it too.
    Effect::new(move |_| words.set(asked.with(|now| now.q.clone())));
    let known = Known::new(session, asked);
    let navigate = use_navigate();
    let go = Go {
        asked,
        words,
        to: Callback::new(move |next: Asked| navigate(&next.address(), Default::default())),
    };
    view! {
        {move || {
            let lang = session.lang();
            let district = reads_districts(&session.actor()).then(|| choice(session, known, go, "district"));
            view! {
                <form class="filter-bar" role="search" aria-label=lang.pick("筛选需求", "Filter needs") on:submit=move |event| {
                    event.prevent_default();
                    go.set("q", words.get_untracked().trim());
                }>
                    <label class="filter-bar__field" data-size="wide"><span>{filter_name(lang, "q")}</span>
                        <input class="input" type="search" placeholder=lang.pick("编号、标题、内容", "Number, title, text")
                            prop:value=words on:input=move |event| words.set(event_target_value(&event))/></label>
                    {choice(session, known, go, "year")}
                    {choice(session, known, go, "state")}
                    {choice(session, known, go, "measure")}
                    {district}
                    <button class="button" type="submit">{lang.pick("筛选", "Filter")}</button>
                </form>
            }
        }}
        <More known=known go=go/>
        {move || chips(session.lang(), known, &asked.get())}
    }
}

/// One filter: its values to choose from, and what the address asks for where it is none of them.
fn choice(session: Session, known: Known, go: Go, name: &'static str) -> impl IntoView {
    let lang = session.lang();
    let all = match name {
        "year" => lang.pick("全部年度", "All years"),
        "state" => lang.pick("全部状态", "All states"),
        "measure" => lang.pick("全部措施", "All measures"),
        _ => lang.pick("全部区县", "All districts"),
    };
    let options = move || {
        let now = go.asked.with(|now| now.value(name));
        let mut options = known.options(lang, name);
        if !now.is_empty() && options.iter().all(|(value, _)| *value != now) {
            options.push((now.clone(), known.said(lang, name, &now)));
        }
        options.insert(0, (String::new(), all.to_owned()));
        let option = |(value, words): Offered| {
            let is_here = value == now;
            view! { <option value=value prop:selected=is_here>{words}</option> }
        };
        options.into_iter().map(option).collect_view()
    };
    view! {
        <label class="filter-bar__field"><span>{filter_name(lang, name).to_owned()}</span>
            <select class="select" on:change=move |event| go.set(name, &event_target_value(&event))>{options}</select></label>
    }
}

/// The filters that few need: the unit, for who reads those of several, and the order.
#[component]
fn More(known: Known, go: Go) -> impl IntoView {
    let session = Session::here();
    let (chosen, trouble) = (RwSignal::new(None::<OrgRef>), RwSignal::new(None::<Trouble>));
    Effect::new(move |_| {
        if let Some(Ok(unit)) = known.unit.get() {
            chosen.set(unit);
        }
    });
    // Who takes a unit is asked for it; who drops the one that is asked for, for all. What the address brought is
    // neither.
    Effect::new(move |before: Option<Option<String>>| {
        let now = chosen.with(|org| org.as_ref().map(|org| org.slug.clone()));
        let asked = go.asked.with_untracked(|asked| asked.unit.clone());
        match (&now, before.flatten()) {
            (Some(slug), _) if *slug != asked => go.set("unit", slug),
            (None, Some(slug)) if slug == asked => go.set("unit", ""),
            _ => {}
        }
        now
    });
    let units = ListOrganisations {
        kind: [OrgKind::District, OrgKind::MunicipalSchool, OrgKind::School].map(word).join(","),
        ..ListOrganisations::default()
    };
    let units = StoredValue::new(units);
    move || {
        let lang = session.lang();
        let unit = reads_units(&session.actor())
            .then(|| view! { <OrgPicker chosen=chosen trouble=trouble among=units.get_value()/> });
        let by_number = move || go.asked.with(Asked::is_by_number);
        // What is set here is seen where the page opens, and the person alone opens and closes it after that.
        let is_set = go.asked.with_untracked(|asked| asked.is_by_number() || !asked.unit.is_empty());
        view! {
            <details class="filter-more" open=is_set><summary>{lang.pick("更多筛选和排序", "More filters, and the order")}</summary>
                <div class="filter-bar">{unit}
                    <label class="filter-bar__field"><span>{filter_name(lang, "sort")}</span>
                        <select class="select" on:change=move |event| go.set("sort", &event_target_value(&event))>
                            <option value="" prop:selected=move || !by_number()>{filter_value(lang, List::Needs, "sort", "changed")}</option>
                            <option value="number" prop:selected=by_number>{filter_value(lang, List::Needs, "sort", "number")}</option>
                        </select></label></div>
            </details>
        }
    }
}

/// What the list is narrowed to; each chip drops one of them.
fn chips(lang: Lang, known: Known, now: &Asked) -> Option<impl IntoView + use<>> {
    let given = now
        .fields()
        .into_iter()
        .filter(|(name, value)| !matches!(*name, "sort" | "after") && !value.is_empty());
    let chip = |(name, value): (&'static str, &String)| {
        let said =
            format!("{}{}{}", filter_name(lang, name), lang.pick("：", ": "), known.said(lang, name, value));
        view! { <a class="chip" href=now.with(name, "").address()><span class="unseen">{lang.pick("移除条件 ", "Drop ")}</span>{said}</a> }
    };
    let chips: Vec<_> = given.map(chip).collect();
    (!chips.is_empty()).then(|| {
        view! {
            <div class="chips"><span class="quiet">{lang.pick("已选条件", "Narrowed to")}</span>{chips}
                <a href="/app/needs">{lang.pick("清除全部", "Drop all")}</a></div>
        }
    })
}
