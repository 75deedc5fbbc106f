//! One document: what it says, what can be done with it, what happened to it.

use super::{Desks, offered, status_tag, title};
use crate::audit::timeline;
use crate::session::Session;
use crate::ui::{Fetch, OfferBar, PageHead, Tabs, back, barred, loaded, stuck};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::audit::EventView;
use ronghe_contract::policy::{ContentView, MeasureInPolicy, PolicyView, UnitView};
use ronghe_text::{Lang, measure_titled, section_number, unit_role};

/// The page.
#[component]
pub fn Policy() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let desks = Desks::here();
    let policy = Fetch::new(move || {
        desks.follow();
        let slug = slug.get();
        async move { session.call(async |client| client.show_policy(&slug).await).await }
    });
    view! {
        {stuck(session, desks, slug, |slug| format!("/app/policies/{slug}/import"))}
        {loaded(session, policy, move |view: PolicyView| record(session, view))}
    }
}

fn record(session: Session, view: PolicyView) -> impl IntoView {
    let lang = session.lang();
    let query = use_query_map();
    let events_tab = Memo::new(move |_| query.with(|query| query.get("tab").as_deref() == Some("events")));
    let offers = offered(lang, &view);
    let barred = barred(session, &offers);
    let heading = title(lang, &view);
    let number = view.content.as_ref().and_then(|content| content.doc_number.clone());
    let standing = standing(lang, &view);
    let slug = view.slug.clone();
    let base = format!("/app/policies/{slug}");
    let tab_line = {
        let base = base.clone();
        move || {
            let here = events_tab.get();
            let tabs = vec![
                (base.clone(), lang.pick("内容", "Content").to_owned(), !here),
                (format!("{base}?tab=events"), lang.pick("动态", "Time line").to_owned(), here),
            ];
            view! { <Tabs name=lang.pick("文件", "Document") tabs=tabs/> }
        }
    };
    let shown = StoredValue::new(view);
    view! {
        {back(session, "/app/policies", lang.pick("政策与措施", "Policies"))}
        <article class="record">
            <header class="record__head">
                <div>
                    <p class="record__no">{number}</p>
                    <PageHead title=heading/>
                    <div class="record__state">{shown.with_value(|view| status_tag(lang, view.state, view.status))}<p class="deadline">{standing}</p></div>
                </div>
                <OfferBar offers=offers/>
                {barred}
            </header>
            {tab_line}
            {move || if events_tab.get() {
                view! { <Events slug=slug.clone()/> }.into_any()
            } else {
                shown.with_value(|view| content(session, view)).into_any()
            }}
        </article>
    }
}

/// Until when it holds, and by what.
fn standing(lang: Lang, view: &PolicyView) -> String {
    if let Some(import) = &view.import {
        let open = import.errors.len();
        return match lang {
            Lang::Zh => format!("{}导入，还有 {open} 处待核对", import.imported_by),
            Lang::En => format!("Imported by {}; {open} to be checked", import.imported_by),
        };
    }
    match (&view.last_day, view.renewals.len()) {
        (None, _) => lang.pick("不设期限", "Without end").to_owned(),
        (Some(day), 0) => format!("{}{day}", lang.pick("有效至 ", "Valid until ")),
        (Some(day), _) => match lang {
            Lang::Zh => format!("经决定延续，有效至 {day}"),
            Lang::En => format!("Renewed by decision, valid until {day}"),
        },
    }
}

#[component]
fn Events(slug: String) -> impl IntoView {
    let session = Session::here();
    let events = Fetch::new(move || {
        let slug = slug.clone();
        async move { session.call(async |client| client.list_policy_events(&slug).await).await }
    });
    view! { <div class="section">{loaded(session, events, move |page: Page<EventView>| timeline(session, page.items))}</div> }
}

fn content(session: Session, view: &PolicyView) -> AnyView {
    let lang = session.lang();
    let Some(content) = &view.content else { return unchecked(lang, view).into_any() };
    let missing = || lang.pick("未填", "not given").to_owned();
    let renewals = view.renewals.iter().map(|renewal| {
        let until =
            renewal.last_day.clone().unwrap_or_else(|| lang.pick("不设期限", "without end").to_owned());
        view! {
            <dt>{lang.pick("延续", "Renewed")}</dt>
            <dd>{format!("{} – {until}", renewal.from)}<p class="quiet"><small>{
                [renewal.decision.date.to_string().as_str(), &renewal.decision.number, &renewal.decision.paper].join(lang.pick("，", ", "))
            }</small></p></dd>
        }
    });
    let renewals = renewals.collect_view();
    let ended = view.supersession.as_ref().map(|by| {
        let successor = by.successor.clone().map(|(slug, title)| {
            view! { <p><a href=format!("/app/policies/{slug}")>{title}</a></p> }
        });
        view! { <dt>{lang.pick("废止", "Superseded")}</dt><dd>{by.from.clone()}{successor}
        <p class="quiet"><small>{[by.decision.number.as_str(), &by.decision.paper].join(lang.pick("，", ", "))}</small></p></dd> }
    });
    let sections = content.sections.iter().map(|section| {
        let number = section.number.map(|number| section_number(lang, number)).unwrap_or_default();
        let measures = section.measures.iter().map(|measure| measure_line(lang, measure)).collect_view();
        view! {
            <section class="record__section"><h2>{format!("{number}{}", section.title)}</h2>{measures}</section>
        }
    });
    let sections = sections.collect_view();
    let facts: [(&str, String); 5] = facts(lang, content, missing);
    let facts = facts.into_iter().map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect_view();
    view! {
        <div class="record__body">
            <div>{sections}</div>
            <aside class="record__beside stack"><section><h2>{lang.pick("登记", "Register")}</h2>
                <dl class="facts">{facts}{renewals}{ended}</dl></section>
                <p><small><a href=format!("{}policies/{}", lang.pick("/", "/en/"), view.slug) rel="external">{lang.pick("在门户查看全文", "Full text on the portal")}</a></small></p>
            </aside>
        </div>
    }
    .into_any()
}

fn facts(lang: Lang, content: &ContentView, missing: impl Fn() -> String) -> [(&'static str, String); 5] {
    let separator = lang.pick("、", ", ");
    let listed = |names: &[String]| if names.is_empty() { missing() } else { names.join(separator) };
    [
        (lang.pick("发文机关", "Issuer"), content.issuer.clone()),
        (lang.pick("成文日期", "Issued"), content.issue_date.clone()),
        (lang.pick("施行日期", "In force from"), content.effective_from.clone()),
        (lang.pick("主送", "Recipients"), listed(&content.recipients)),
        (lang.pick("公开属性", "Openness"), content.openness.clone().unwrap_or_else(&missing)),
    ]
}

fn measure_line(lang: Lang, measure: &MeasureInPolicy) -> impl IntoView + use<> {
    let title = &measure.title;
    let named = measure.number.map_or_else(|| title.clone(), |number| measure_titled(lang, number, title));
    let units = measure.units.iter().map(|unit| unit_link(lang, unit)).collect_view();
    let paragraphs = measure.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    view! {
        <details class="measure">
            <summary>{named}</summary>
            <div class="measure__text">{paragraphs}</div>
            <ul class="chips">{units}</ul>
        </details>
    }
}

fn unit_link(lang: Lang, unit: &UnitView) -> impl IntoView + use<> {
    let role = unit_role(lang, unit.role);
    let name = unit.name.clone();
    let members = unit.group.as_ref().map(|group| match lang {
        Lang::Zh => format!("（{} 个单位）", group.members.len()),
        Lang::En => format!(" ({} units)", group.members.len()),
    });
    match &unit.org {
        Some(org) => {
            let to = format!("/app/organisations/{}", org.slug);
            view! { <li><a href=to>{name}</a>" "<span class="quiet">{role}</span></li> }.into_any()
        }
        None => view! { <li>{name}{members}" "<span class="quiet">{role}</span></li> }.into_any(),
    }
}

/// A document that is still being checked: where the work is.
fn unchecked(lang: Lang, view: &PolicyView) -> impl IntoView + use<> {
    let to = format!("/app/policies/{}/import", view.slug);
    let measures: usize = view
        .import
        .as_ref()
        .map(|import| import.draft.sections.iter().map(|section| section.measures.len()).sum())
        .unwrap_or_default();
    let words = match lang {
        Lang::Zh => format!("读出 {measures} 条措施。对照原文核对后，由第二个人发布。"),
        Lang::En => {
            format!("{measures} measures were read. Check them beside the text; a second person publishes.")
        }
    };
    view! { <p class="section">{words}" "<a href=to>{lang.pick("去核对", "Check them")}</a></p> }
}
