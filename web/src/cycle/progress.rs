//! What a cycle has come to phase by phase, and on whom it waits.

use crate::session::Session;
use crate::ui::{Fetch, tag};
use leptos::prelude::*;
use ronghe_contract::progress::FigureView;
use ronghe_domain::progress::Figure;
use ronghe_text::{Lang, figure, phase, whose};

/// The figures, for whoever may read any.
#[component]
pub(super) fn Figures(year: String) -> impl IntoView {
    let session = Session::here();
    let asked = year.clone();
    let found = Fetch::new(move || {
        let year = asked.clone();
        async move { session.call(async |client| client.show_progress(&year).await).await.ok() }
    });
    move || {
        let rows = found.get().flatten()?.items;
        (!rows.is_empty()).then(|| table(session.lang(), &year, &rows))
    }
}

fn table(lang: Lang, year: &str, rows: &[FigureView]) -> impl IntoView + use<> {
    let mut last = None;
    let rows = rows
        .iter()
        .map(|row| {
            let first = last != Some(row.phase);
            last = Some(row.phase);
            let at = first.then(|| phase(lang, row.phase));
            let words = figure(lang, row.figure);
            let words = match address(year, row.figure).filter(|_| row.count > 0) {
                Some(to) => view! { <a href=to>{words}</a> }.into_any(),
                None => words.into_any(),
            };
            let waits = row.whose.map(|it| tag("others", whose(lang, it)));
            let late = row.late.then(|| view! { " "{tag("error", lang.pick("已逾期", "Overdue"))} });
            view! {
                <tr><td data-label=lang.pick("阶段", "Phase")>{at}</td><th scope="row">{words}</th>
                    <td class="number" data-label=lang.pick("数量", "Count")>{row.count}</td>
                    <td data-label=lang.pick("等谁", "Waits for")>{waits}{late}</td></tr>
            }
        })
        .collect_view();
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    view! {
        <section class="record__section section"><h2>{lang.pick("进展", "Progress")}</h2>
            <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("各阶段的数字和等谁办", "Figures of each phase, and on whom it waits")}</caption>
                <thead><tr>{head("阶段", "Phase")}{head("事项", "Figure")}<th scope="col" class="number">{lang.pick("数量", "Count")}</th>{head("等谁", "Waits for")}</tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
}

/// The very rows that were counted, where a list shows them.
fn address(year: &str, figure: Figure) -> Option<String> {
    let needs = |states: &str| format!("/app/needs?state={states}&year={year}");
    Some(match figure {
        Figure::Silent | Figure::WithUnits | Figure::WithDistricts => {
            format!("/app/cycles/{year}?tab=filing")
        }
        Figure::Arrived => needs("forwarded,screening,listed,declined,merged,taken,open"),
        Figure::Undecided => format!("/app/screening?show=open&year={year}"),
        Figure::ToBeListed | Figure::ToBeDeclined | Figure::ToBeMerged => {
            format!("/app/screening?show=decided&year={year}")
        }
        Figure::OpinionsOpen => format!("/app/opinions?show=open&year={year}"),
        Figure::OpinionsOverdue => format!("/app/opinions?show=overdue&year={year}"),
        Figure::OpinionsGiven => format!("/app/opinions?show=given&year={year}"),
        Figure::Listed => needs("listed,taken,open"),
        Figure::Declined => needs("declined"),
        Figure::Merged => needs("merged"),
        Figure::QuestionsOpen => format!("/app/questions?year={year}"),
        Figure::HandedIn => format!("/app/applications?year={year}"),
        Figure::InCheck => format!("/app/applications?state=formal_check&year={year}"),
        Figure::WithUniversities => {
            format!("/app/applications?state=returned_for_correction&year={year}")
        }
        Figure::Accepted => format!("/app/applications?state=accepted&year={year}"),
        Figure::Unanswered => return None,
    })
}
