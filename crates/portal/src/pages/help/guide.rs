//! The guide for each role and what they share, as they lie in `docs/guide/roles`: they are taken in when the portal is
//! built.

use super::topic;
use crate::context::Context;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use ronghe_domain::kernel::Role;
use ronghe_text::{Lang, role, visitor};

/// A guide in both languages.
pub(super) struct Guide {
    /// Its name in addresses.
    pub(super) slug: &'static str,
    /// Whose it is; everybody's without an account where it names none.
    pub(super) role: Option<Role>,
    zh: &'static str,
    en: &'static str,
}

macro_rules! guide {
    ($slug:literal, $role:expr) => {
        Guide {
            slug: $slug,
            role: $role,
            zh: include_str!(concat!("../../../../../docs/guide/roles/zh/", $slug, ".md")),
            en: include_str!(concat!("../../../../../docs/guide/roles/en/", $slug, ".md")),
        }
    };
}

/// A guide for every role.
pub(super) static GUIDES: [Guide; 11] = [
    guide!("visitor", None),
    guide!("need-unit", Some(Role::NeedUnit)),
    guide!("district-bureau", Some(Role::DistrictBureau)),
    guide!("university", Some(Role::University)),
    guide!("expert", Some(Role::Expert)),
    guide!("responsible-office", Some(Role::ResponsibleOffice)),
    guide!("lead-office", Some(Role::LeadOffice)),
    guide!("finance", Some(Role::Finance)),
    guide!("leading-group", Some(Role::LeadingGroup)),
    guide!("auditor", Some(Role::Auditor)),
    guide!("system-admin", Some(Role::SystemAdmin)),
];

/// How the work goes, subject by subject, in both languages one behind the other.
const WORK: &str = include_str!("../../../../../docs/guide/roles/work.md");
/// What holds for every role, likewise.
const COMMON: &str = include_str!("../../../../../docs/guide/roles/README.md");
/// Where signing in is told of.
pub(super) const SIGN_IN: &str = "sign-in";

/// The guide of this name.
pub(super) fn of(slug: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.slug == slug)
}

impl Guide {
    /// Whom it is for.
    pub(super) fn title(&self, lang: Lang) -> &'static str {
        self.role.map_or_else(|| visitor(lang), |it| role(lang, it))
    }

    /// Its body as HTML: heading and links to its neighbours are the page's own.
    pub(super) fn html(&self, context: &Context) -> String {
        let text = context.t(self.zh, self.en);
        html(context, text.splitn(3, "\n\n").nth(2).unwrap_or_default())
    }
}

/// How the work goes, and where to read on.
pub(super) fn work(context: &Context) -> String {
    of_both(context, WORK)
}

/// Signing in, and what stands on every page.
pub(super) fn common(context: &Context) -> String {
    of_both(context, COMMON)
}

/// The part in the reader's language, from its first heading of the third rank.
fn of_both(context: &Context, text: &str) -> String {
    let (before, after) = text.split_once("\n---\n").unwrap_or((text, ""));
    let part = match context.lang {
        Lang::Zh => before,
        Lang::En => after,
    };
    let begins = part.find("\n### ").unwrap_or_default();
    html(context, part.get(begins..).unwrap_or_default())
}

/// A guide's text as HTML.
pub(super) fn html(context: &Context, text: &str) -> String {
    let mut is_dead = false;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let to = target(context, &dest_url);
            is_dead = to.is_none();
            let dest_url: CowStr<'_> = to?.into();
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => (!is_dead).then_some(Event::End(TagEnd::Link)),
        // Under the page's own heading there is none between.
        Event::Start(Tag::Heading { level: HeadingLevel::H3, id, classes, attrs }) => {
            Some(Event::Start(Tag::Heading { level: HeadingLevel::H2, id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(HeadingLevel::H3)) => Some(Event::End(TagEnd::Heading(HeadingLevel::H2))),
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    let framed = out.replace("<table>", "<div class=\"table-frame\"><table class=\"table\">");
    // What is wider than a phone is scrolled by the keyboard too.
    framed.replace("</table>", "</table></div>").replace("<pre>", "<pre tabindex=\"0\">")
}

/// Where a link between guides leads on the portal; nowhere where it leaves them, for those pages are not here.
fn target(context: &Context, to: &str) -> Option<String> {
    if to.starts_with("../README.md") || to.starts_with("roles/README.md") {
        let help = context.href("/help");
        return Some(if to.contains('#') { format!("{help}#{SIGN_IN}") } else { help });
    }
    // What begins so is a page of the portal.
    if to.starts_with('/') {
        return Some(context.href(to));
    }
    let (page, _) = to.split_once('#').unwrap_or((to, ""));
    let page = page.strip_suffix(".md")?;
    if let Some(topic) = topic::of(page.strip_prefix("../../").unwrap_or(page)) {
        return Some(context.href(&format!("/help/{}", topic.slug)));
    }
    let slug = page.strip_prefix("zh/").or_else(|| page.strip_prefix("en/")).unwrap_or(page);
    of(slug).map(|guide| context.href(&format!("/help/{}", guide.slug)))
}
