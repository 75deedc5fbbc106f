//! Suggestions: universities for a need, needs for a university, and what may stay unanswered.

mod needs;
mod unanswered;
mod universities;

pub use needs::SuggestedNeeds;
pub use unanswered::UnansweredNeeds;
pub use universities::SuggestedUniversities;

use leptos::prelude::*;
use ronghe_contract::suggestion::ListedRef;
use ronghe_text::Lang;

/// The title of a listed need.
fn title(lang: Lang, need: &ListedRef) -> String {
    let title =
        if need.title_en.is_empty() { need.title.as_str() } else { lang.pick(&need.title, &need.title_en) };
    title.to_owned()
}

/// How well two go together, and why, to be opened.
fn why(lang: Lang, score: u8, words: Vec<String>) -> impl IntoView {
    let lines: Vec<_> = words.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    view! { <details><summary>{format!("{} {score}", lang.pick("契合度", "Affinity"))}</summary><ul>{lines}</ul></details> }
}
