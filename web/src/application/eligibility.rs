//! 参加条件 beside what the application shows of them: it advises, and bars nothing.

use leptos::prelude::*;
use ronghe_contract::application::{ApplicationView, EligibilityView};
use ronghe_domain::application::eligible::Finding;
use ronghe_text::{Lang, condition_text, eligibility_finding};

/// Every condition; whoever writes the section that would mend one is led there.
pub(super) fn conditions(lang: Lang, view: &ApplicationView) -> impl IntoView + use<> {
    let rows = view.eligibility.iter().map(|it| {
        let words = condition_text(lang, &it.condition).to_owned();
        let finding = it.finding.map(|finding| shown(lang, view, it, finding));
        view! { <li>{words}{finding}</li> }
    });
    view! { <ol>{rows.collect_view()}</ol> }
}

fn shown(
    lang: Lang,
    view: &ApplicationView,
    it: &EligibilityView,
    finding: Finding,
) -> impl IntoView + use<> {
    let said = eligibility_finding(lang, it.condition.check, finding);
    let section = match finding {
        Finding::NotMet { section } => view.sections.iter().find(|it| it.section == section && it.open),
        Finding::Met
        | Finding::Declared
        | Finding::InFavour { .. }
        | Finding::NotInFavour
        | Finding::ByHand => None,
    };
    let mend = section.map(|it| {
        let to = format!("/app/applications/{}/edit/{}", view.row.name, it.section.name());
        view! { " "<a href=to>{lang.pick("去修改", "Mend it")}</a> }
    });
    let is_quiet = !matches!(finding, Finding::NotMet { .. });
    view! { <br/><small class=is_quiet.then_some("quiet")>{said}{mend}</small> }
}
