//! 征求意见: what offices are asked, what they say, who is late.

mod ask;
mod give;
mod list;
mod remind;

pub use ask::AskOpinions;
pub use give::GiveOpinion;
pub use list::Opinions;
pub use remind::RemindOffices;

use crate::session::Session;
use crate::ui::tag;
use leptos::prelude::*;
use ronghe_contract::need::OpinionView;
use ronghe_domain::need::Stance;
use ronghe_text::{before_close, instant, stance};

/// How an opinion stands.
fn stance_tag(session: Session, view: &OpinionView) -> impl IntoView + use<> {
    let lang = session.lang();
    match view.stance {
        Some(Stance::Support) => tag("done", stance(lang, Stance::Support)),
        Some(other) => tag("draft", stance(lang, other)),
        None if view.overdue => tag("error", lang.pick("逾期未提", "Overdue")),
        None => tag("others", lang.pick("待提意见", "Open")),
    }
}

/// What offices think of a need, for who reads it.
pub(super) fn said(session: Session, opinions: &[OpinionView]) -> impl IntoView + use<> {
    let lang = session.lang();
    let rows = opinions.iter().map(|view| {
        let office = lang.pick(&view.office.name, &view.office.name_en).to_owned();
        let reason = (!view.reason.is_empty()).then(|| view! { <p>{view.reason.clone()}</p> });
        let when = match view.given_at {
            Some(at) => instant(lang, at),
            None => format!("{}{}", instant(lang, before_close(view.due)), lang.pick(" 前", " at the latest")),
        };
        view! {
            <li><span><b>{office}</b>" "{stance_tag(session, view)}</span><span class="quiet"><small>{when}</small></span>{reason}</li>
        }
    });
    view! { <ul class="link-list">{rows.collect_view()}</ul> }
}
