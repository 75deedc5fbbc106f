//! Sign-off 签发: what waits for a signature, chains of an organisation, sealed pages.

mod chain;
mod list;
mod panel;
mod round;

pub use chain::Chains;
pub use list::SignOffs;
pub use panel::{SealedPanel, Signatures};
pub use round::SignOff;

use leptos::prelude::*;
use ronghe_contract::sign_off::{RoundStepView, RoundView};
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::sign_off::{Kind, State};
use ronghe_text::{Lang, instant, sign_off_state};

/// The tag of a round.
fn state_tag(lang: Lang, state: State) -> impl IntoView {
    let key = match state {
        State::Preparing | State::Recalled => "draft",
        State::Signing => "others",
        State::Signed => "done",
        State::SentBack => "yours",
        State::Voided => "error",
    };
    crate::ui::tag(key, sign_off_state(lang, state))
}

/// That it is of a rehearsal.
fn rehearsal(lang: Lang, round: &RoundView) -> Option<impl IntoView + use<>> {
    let year = round.year.as_deref().and_then(CycleYear::parse);
    year.is_some_and(CycleYear::is_rehearsal).then(|| crate::ui::rehearsed(lang))
}

/// Where the record stands that is signed.
fn record_address(round: &RoundView) -> String {
    match round.kind {
        Kind::DistrictSummary => format!("/app/summaries/{}", round.record),
        Kind::Application => format!("/app/applications/{}", round.record),
        Kind::Need | Kind::Report => format!("/app/needs/{}", round.record),
    }
}

/// The steps of a round, in order: signed by whom, or whose turn it is.
fn steps(lang: Lang, round: &RoundView) -> impl IntoView + use<> {
    let row = |step: &RoundStepView| {
        let said = match &step.signed {
            Some(signed) => format!("{} {}", signed.by, instant(lang, signed.at)),
            None => {
                let who = step.signers.join(lang.pick("、", ", "));
                if step.turn { format!("{}{who}", lang.pick("待签：", "Waits for ")) } else { who }
            }
        };
        let remark = step.signed.as_ref().map(|signed| signed.remark.clone()).unwrap_or_default();
        let current = step.turn.then_some("step");
        view! { <li aria-current=current><b>{step.post.clone()}</b>" "{said}" "<span class="quiet">{remark}</span></li> }
    };
    let rows = round.steps.iter().map(row).collect_view();
    let asked = format!("{} {}", round.asked_by, instant(lang, round.asked_at));
    let ended = round.ended.as_ref().map(|ended| {
        let said = format!("{} {}", ended.by, instant(lang, ended.at));
        view! { <li><b>{sign_off_state(lang, round.state)}</b>" "{said}" "{ended.reason.clone()}</li> }
    });
    view! { <ol class="timeline"><li><b>{lang.pick("经办", "Prepared by")}</b>" "{asked}</li>{rows}{ended}</ol> }
}
