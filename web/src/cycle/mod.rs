//! Yearly cycles: list, record, form, what the lead office does with one.

mod act;
mod approval;
mod conditions;
mod edit;
mod filing;
mod list;
mod progress;
mod revise;
mod rules;
mod show;
mod weights;

pub use act::ActOnCycle;
pub use edit::{EditCycle, NewCycle};
pub use list::Cycles;
pub use show::Cycle;

use crate::ui::{Offered, tag};
use leptos::prelude::*;
use ronghe_contract::cycle::{CycleRow, CycleView};
use ronghe_domain::cycle::{Action, Part, Phase};
use ronghe_text::{Lang, cycle_action, cycle_refusal, phase};

/// The tag of a cycle: its phase.
fn phase_tag(lang: Lang, at: Phase) -> impl IntoView {
    let turn = match at {
        Phase::Preparing | Phase::Closed => "draft",
        _ => "others",
    };
    tag(turn, phase(lang, at))
}

/// What a cycle is called.
fn title(lang: Lang, row: &CycleRow) -> String {
    let in_english = lang == Lang::En && !row.title_en.trim().is_empty();
    if in_english { row.title_en.clone() } else { row.title.clone() }
}

/// The name of an action in addresses.
const fn action_name(action: Action) -> &'static str {
    match action {
        Action::Open => "open",
        Action::Advance => "advance",
        Action::Extend => "extend",
        Action::Change => "edit",
        Action::Back => "back",
        Action::RevisePlan => Part::Plan.name(),
        Action::ReviseBudget => Part::Budget.name(),
        Action::ReviseSelection => Part::Selection.name(),
        Action::ReviseRubric => Part::Rubric.name(),
        Action::ReviseFrame => Part::Frame.name(),
        Action::ReviseApproval => Part::Approval.name(),
        Action::ReviseAffinity => Part::Affinity.name(),
        Action::Rehearse => "rehearse",
        Action::SetClock => "clock",
        Action::Finish => "finish",
    }
}

/// Parts that can be changed now.
fn parts_offered(view: &CycleView) -> Vec<Part> {
    let open = view.offers.iter().filter(|offer| offer.barred.is_none());
    open.filter_map(|offer| offer.action.part()).collect()
}

/// What the cycle offers, in words; parts are changed where they stand.
fn offered(lang: Lang, view: &CycleView) -> Vec<Offered> {
    view.offers
        .iter()
        .filter(|offer| offer.action.part().is_none())
        .map(|offer| Offered {
            words: cycle_action(lang, offer.action, view.row.phase),
            to: format!("/app/cycles/{}/{}", view.row.year, action_name(offer.action)),
            barred: offer.barred.map(|refusal| cycle_refusal(lang, refusal)),
        })
        .collect()
}
