//! 遴选: the needs that wait for a verdict, one beside the other, and many at once.

mod bulk;
mod decide;
mod queue;
mod verdict;

pub use bulk::JudgeNeeds;
pub use decide::Screen;
pub use queue::Screening;

use crate::session::Session;
use crate::shell::encoded;
use crate::ui::tag;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListScreening;
use ronghe_domain::need::Ruling;
use ronghe_text::{Lang, ruling};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    show: String,
    measure: String,
    /// Which cycle; the one that screens where empty.
    year: String,
    after: String,
}

impl Asked {
    /// Read from the address.
    fn here() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            let of = |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
            Self { show: of("show"), measure: of("measure"), year: of("year"), after: of("after") }
        })
    }

    /// The list at `path`, narrowed like this one.
    fn address(&self, path: &str) -> String {
        let named =
            [("show", &self.show), ("measure", &self.measure), ("year", &self.year), ("after", &self.after)];
        let parts: Vec<String> = named
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }

    /// The page of one need, from which one comes back to this list.
    fn of(&self, name: &str) -> String {
        self.address(&format!("/app/screening/{name}"))
    }

    fn query(&self) -> ListScreening {
        let Self { show, measure, year, after } = self.clone();
        ListScreening { show, measure, year, after, ..ListScreening::default() }
    }
}

/// What is meant to become of a need: a need in 遴选 without it waits for a verdict.
fn ruling_tag(session: Session, meant: Option<Ruling>) -> impl IntoView + use<> {
    let lang = session.lang();
    match meant {
        None => tag("yours", lang.pick("待定", "Open")),
        Some(Ruling::Listed) => tag("done", ruling(lang, Ruling::Listed)),
        Some(other) => tag("draft", ruling(lang, other)),
    }
}

/// How far one has come: 已定 12 条，待定 125 条.
fn progress(lang: Lang, open: u64, decided: u64) -> String {
    match lang {
        Lang::Zh => format!("已定 {decided} 条，待定 {open} 条"),
        Lang::En => format!("{decided} decided, {open} open"),
    }
}
