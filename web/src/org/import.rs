//! Organisations from a table: template, file, errors by cell, preview, then written.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::{Chosen, FilePicker};
use crate::ui::{Button, PageHead, back};
use leptos::prelude::*;
use ronghe_contract::org::{ImportOrganisations as Body, ImportedOrganisation, ImportedOrganisations};
use ronghe_domain::org::UniversityFacts;
use ronghe_text::{Lang, affiliation, mark, org_kind, place, university_kind};

/// The page.
#[component]
pub fn ImportOrganisations() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let file = RwSignal::new(None::<Chosen>);
    let shown = RwSignal::new(None::<ImportedOrganisations>);
    // Another file is another import.
    Effect::new(move |_| {
        file.track();
        shown.set(None);
    });
    let send = move |preview: bool| {
        let chosen = file.get_untracked().map(|chosen| chosen.base64).unwrap_or_default();
        let body = Body { file: chosen, preview };
        act.run(
            async move |client| client.import_organisations(&body).await,
            move |found: ImportedOrganisations| shown.set(Some(found)),
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send(shown.with_untracked(Option::is_none));
    };
    let title = Signal::derive(move || {
        session.lang().pick("从表格导入单位", "Import organisations from a table").to_owned()
    });
    view! {
        {move || back(session, "/app/organisations", session.lang().pick("单位", "Organisations"))}
        <PageHead title=title>
            <a class="button" href="/api/v1/organisations/template.xlsx" rel="external" download="organisations.xlsx">
                {move || session.lang().pick("下载空表", "Download the empty table")}</a>
        </PageHead>
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {move || {
                let written = shown.get().is_some_and(|shown| shown.written);
                (!written).then(|| view! {
                    <FilePicker file=file trouble=act.trouble accept=".xlsx"
                        hint=("填好的 .xlsx 表；有一格不对，就一行也不写入", "The table filled in, .xlsx; should one cell not hold, no row is written")/>
                })
            }}
            {move || shown.get().map(|found| table(session, found))}
            {move || next(session, act, file.get().is_some(), shown.get())}
        </form>
    }
}

/// What is done next: checking, writing, or going back.
fn next(session: Session, act: Act, has_file: bool, shown: Option<ImportedOrganisations>) -> AnyView {
    let lang = session.lang();
    match (has_file, shown) {
        (false, _) => ().into_any(),
        (true, None) => {
            view! { <Button primary=true busy=act.busy>{lang.pick("检查", "Check it")}</Button> }.into_any()
        }
        (true, Some(found)) if !found.written && !found.organisations.is_empty() => {
            let words = match lang {
                Lang::Zh => format!("导入 {} 个单位", found.organisations.len()),
                Lang::En => format!("Import {} organisations", found.organisations.len()),
            };
            view! { <Button primary=true busy=act.busy>{words}</Button> }.into_any()
        }
        (true, Some(_)) => view! {
            <a class="button" href="/app/organisations">{lang.pick("回到单位", "Back to the organisations")}</a>
        }
        .into_any(),
    }
}

fn table(session: Session, found: ImportedOrganisations) -> impl IntoView {
    let lang = session.lang();
    let count = found.organisations.len();
    let (turn, said) = match (lang, found.written, count) {
        (Lang::Zh, _, 0) => ("yours", "表里没有单位".to_owned()),
        (Lang::En, _, 0) => ("yours", "The table holds no organisations".to_owned()),
        (Lang::Zh, false, _) => ("others", format!("{count} 个单位都对，还没有写入")),
        (Lang::En, false, _) => ("others", format!("All {count} organisations hold; nothing is written yet")),
        (Lang::Zh, true, _) => ("done", format!("{count} 个单位已导入")),
        (Lang::En, true, _) => ("done", format!("{count} organisations imported")),
    };
    let written = found.written;
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = found.organisations.into_iter().map(|org| line(lang, written, org)).collect_view();
    view! {
        <div class="banner" data-turn=turn role="status"><div><p class="banner__title">{said}</p></div></div>
        {(count > 0).then(|| view! {
            <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("表里的单位", "Organisations of the table")}</caption>
                <thead><tr>{head("全称与地址名", "Name and name in addresses")}{head("类别", "Kind")}{head("上级单位", "Parent")}
                    {head("高校信息", "University")}{head("联系人", "Contact")}</tr></thead>
                <tbody>{rows}</tbody></table></div>
        })}
    }
}

fn line(lang: Lang, written: bool, org: ImportedOrganisation) -> impl IntoView {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let name = lang.pick(&org.name, &org.name_en).to_owned();
    let name = if written {
        view! { <a href=format!("/app/organisations/{}", org.slug)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let parent = org.parent.map(|parent| lang.pick(&parent.name, &parent.name_en).to_owned());
    let contacts: Vec<String> =
        org.contacts.iter().map(|contact| format!("{} {}", contact.name, contact.phone)).collect();
    view! {
        <tr>
            <th scope="row"><span class="table__no">{org.slug}</span>{name}</th>
            <td data-label=label("类别", "Kind")>{org_kind(lang, org.kind)}</td>
            <td data-label=label("上级单位", "Parent")>{parent}</td>
            <td data-label=label("高校信息", "University")>{org.university.map(|facts| facts_said(lang, &facts))}</td>
            <td data-label=label("联系人", "Contact")>{contacts.join(lang.pick("、", ", "))}</td>
        </tr>
    }
}

fn facts_said(lang: Lang, facts: &UniversityFacts) -> String {
    let mut words = vec![
        place(lang, facts.place),
        affiliation(lang, facts.affiliation),
        university_kind(lang, facts.kind),
    ];
    words.extend(facts.marks.iter().map(|one| mark(lang, one.kind)));
    words.join(" · ")
}
