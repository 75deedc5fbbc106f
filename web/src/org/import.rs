//! Organisations from a table.

use crate::ui::import::{Found, Kind, Sent, import_page};
use leptos::prelude::*;
use ronghe_contract::org::{ImportOrganisations as Body, ImportedOrganisation, ImportedOrganisations};
use ronghe_domain::org::UniversityFacts;
use ronghe_text::{Lang, affiliation, mark, org_kind, place, university_kind};

const KIND: Kind = Kind {
    title: ("从表格导入单位", "Import organisations from a table"),
    list: ("/app/organisations", ("单位", "Organisations")),
    template: ("/api/v1/organisations/template.xlsx", "organisations.xlsx"),
    caption: ("表里的单位", "Organisations of the table"),
    counted: ("个单位", "organisations"),
    after: ("", ""),
    tick: None,
};

/// The page.
#[component]
pub fn ImportOrganisations() -> impl IntoView {
    import_page(&KIND, async |client, Sent { file, preview, .. }| {
        client.import_organisations(&Body { file, preview }).await
    })
}

impl Found for ImportedOrganisations {
    fn is_written(&self) -> bool {
        self.written
    }

    fn count(&self) -> usize {
        self.organisations.len()
    }

    fn heads(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("全称与地址名", "Name and name in addresses"),
            ("类别", "Kind"),
            ("上级单位", "Parent"),
            ("高校信息", "University"),
            ("联系人", "Contact"),
        ]
    }

    fn rows(self, lang: Lang) -> AnyView {
        let written = self.written;
        self.organisations.into_iter().map(|org| line(lang, written, org)).collect_view().into_any()
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
