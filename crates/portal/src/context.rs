//! What every page knows: the register, the language, its own address.

use crate::pages::Beside;
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::kernel::Date;
use ronghe_domain::org::{Group, OrgKind, Organisation};
use ronghe_domain::policy::rules::Status;
use ronghe_domain::policy::{Content, Measure, Policy};
use ronghe_text::{Lang, date_long, ordinal, policy_status, section_number};
use std::sync::Arc;

/// What a page is made from.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) register: Arc<Register>,
    pub(crate) lang: Lang,
    /// Path without the language: `/policies`.
    pub(crate) path: String,
    /// Values of the address's query.
    pub(crate) query: Vec<(String, String)>,
    /// What stands beside the need that the page is about.
    pub(crate) beside: Beside,
}

impl Context {
    /// The text of this page's language.
    pub(crate) fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(zh, en)
    }

    /// An address in this page's language.
    pub(crate) fn href(&self, path: &str) -> String {
        in_language(self.lang, path)
    }

    /// The same page in the other language.
    pub(crate) fn other_language(&self) -> String {
        let other = match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
        let query: Vec<String> =
            self.query.iter().map(|(key, value)| format!("{key}={}", encoded(value))).collect();
        let path = in_language(other, &self.path);
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// A value of the query.
    pub(crate) fn asked(&self, key: &str) -> &str {
        self.query.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value.trim())
    }

    pub(crate) fn org_name(&self, org: &Organisation) -> String {
        self.t(&org.name, &org.name_en).to_owned()
    }

    pub(crate) fn group_name(&self, group: &Group) -> String {
        self.t(&group.name, &group.name_en).to_owned()
    }

    /// Where an organisation's page stands.
    pub(crate) fn org_href(&self, org: &Organisation) -> String {
        let folder = match org.kind {
            OrgKind::University => "universities",
            OrgKind::Bureau | OrgKind::Office | OrgKind::Institution | OrgKind::District => "offices",
            OrgKind::MunicipalSchool | OrgKind::School => "schools",
        };
        self.href(&format!("/{folder}/{}", org.slug))
    }

    pub(crate) fn policy_href(&self, policy: &Policy) -> String {
        self.href(&format!("/policies/{}", policy.slug))
    }

    pub(crate) fn measure_href(&self, policy: &Policy, measure: &Measure) -> String {
        self.href(&format!("/policies/{}/measures/{}", policy.slug, measure.seq))
    }

    /// A day with its machine-readable form.
    pub(crate) fn day(&self, day: Date) -> AnyView {
        view! { <time datetime=day.to_string()>{date_long(self.lang, day)}</time> }.into_any()
    }

    /// A status as shape and word.
    pub(crate) fn status_tag(&self, status: Status) -> AnyView {
        let turn = match status {
            Status::InForce => "done",
            Status::Upcoming => "others",
            Status::Expired | Status::Superseded => "draft",
        };
        view! { <span class="tag" data-turn=turn>{policy_status(self.lang, status)}</span> }.into_any()
    }

    /// The document's number, or its title where it has none.
    pub(crate) fn policy_label(&self, content: &Content) -> String {
        content.doc_number.clone().unwrap_or_else(|| content.title.clone())
    }
}

/// The number that a measure bears in its document.
fn printed(measure: &Measure) -> u32 {
    measure.number.unwrap_or(measure.seq)
}

/// The bare figure of a measure: 四, in English 4.
pub(crate) fn measure_ordinal(lang: Lang, measure: &Measure) -> String {
    match lang {
        Lang::Zh => ordinal(printed(measure)),
        Lang::En => printed(measure).to_string(),
    }
}

/// The number of a measure, as （四）, in English (4).
pub(crate) fn measure_number(lang: Lang, measure: &Measure) -> String {
    ronghe_text::measure_number(lang, printed(measure))
}

/// A measure by number and title.
pub(crate) fn measure_titled(lang: Lang, measure: &Measure) -> String {
    ronghe_text::measure_titled(lang, printed(measure), &measure.title)
}

/// A section by number and title.
pub(crate) fn section_heading(lang: Lang, number: Option<u32>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |number| format!("{}{title}", section_number(lang, number)))
}

fn in_language(lang: Lang, path: &str) -> String {
    match (lang, path) {
        (Lang::Zh, path) => path.to_owned(),
        (Lang::En, "/") => "/en/".to_owned(),
        (Lang::En, path) => format!("/en{path}"),
    }
}

/// Percent-encodes a value of a query.
pub(crate) fn encoded(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}
