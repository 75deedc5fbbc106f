//! The rows of the list, and what is done with those that are ticked.

use super::super::{rank_words, state_tag, title, whose_turn};
use super::Asked;
use crate::session::Session;
use crate::ui::{Empty, PickBar, Picks, deadline};
use leptos::prelude::*;
use ronghe_contract::Page;
use ronghe_contract::need::NeedRow;
use ronghe_domain::need::Action;
use ronghe_text::{Lang, measure_numbers};

pub(super) fn table(session: Session, asked: Asked, page: Page<NeedRow>, picks: Picks) -> AnyView {
    let lang = session.lang();
    if page.items.is_empty() {
        return nothing(lang, asked.is_narrowed()).into_any();
    }
    let forwardable = page.items.iter().filter(|row| row.can.contains(&Action::Forward));
    picks.offer(forwardable.map(|row| row.name.clone()).collect());
    let count = match lang {
        Lang::Zh => format!("共 {} 条{}", page.total, if page.total_is_bounded { "以上" } else { "" }),
        Lang::En => format!("{}{} needs", page.total, if page.total_is_bounded { "+" } else { "" }),
    };
    let next = page.next.clone().map(|after| {
        let to = Asked { after, ..asked.clone() }.address();
        view! { <a class="button" data-size="small" href=to>{lang.pick("后面的", "Further")}</a> }
    });
    let every = lang.pick("选择本页可报送的", "Pick all that can be forwarded");
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    // No column has the time of the last change.
    let (caption, sorted) = match asked.is_by_number() {
        true => (lang.pick("需求，按编号", "Needs, by number"), Some("ascending")),
        false => (lang.pick("需求，最近改动的在前", "Needs, last changed first"), None),
    };
    let rows = page.items.into_iter().map(|row| line(session, row, picks)).collect_view();
    view! {
        <div class="table-frame">{picks.all(every)}<table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{caption}</caption>
            <thead><tr>{picks.head(every)}<th scope="col" aria-sort=sorted>{lang.pick("需求与编号", "Need and number")}</th>{head("单位", "Unit")}{head("措施", "Measures")}
                {head("状态", "State")}{head("等谁", "Waits for")}{head("期限", "Deadline")}
                <th scope="col" class="number">{lang.pick("经费（元）", "Budget (CNY)")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p>{next}</nav>
        <PickBar picks=picks counter="条" actions=move |names| forward(session, &names)/>
    }
    .into_any()
}

fn nothing(lang: Lang, narrowed: bool) -> impl IntoView {
    if narrowed {
        let title = lang.pick("没有符合条件的需求", "No such needs");
        let words = lang.pick("换一个词，或清除条件。", "Try another word, or drop the filters.");
        return view! {
            <Empty title=title words=words><a class="button" href="/app/needs">{lang.pick("清除条件", "Drop the filters")}</a></Empty>
        }
        .into_any();
    }
    let title = lang.pick("还没有需求", "There are no needs yet");
    let words = lang.pick(
        "需求填报以后列在这里；别的单位的需求，报送到你这一步才看得到。",
        "Needs stand here once they are filed; those of others once they have come as far as you.",
    );
    view! { <Empty title=title words=words/> }.into_any()
}

fn line(session: Session, row: NeedRow, picks: Picks) -> impl IntoView {
    let lang = session.lang();
    let name = title(lang, &row);
    let can = row.can.contains(&Action::Forward);
    let pick = picks.cell(lang, &row.name, &name, can);
    let number = row.number.clone().unwrap_or_else(|| lang.pick("无编号", "no number").to_owned());
    let rank = row.rank.map(|rank| format!("{}{}", lang.pick("，", ", "), rank_words(lang, rank)));
    let missing = || lang.pick("未填", "not given").to_owned();
    let until = row.deadline.map(|closes| deadline(session, closes, row.ahead));
    let waits = whose_turn(session, &row);
    let tag = state_tag(session, &row);
    let unit = lang.pick(&row.unit.name, &row.unit.name_en).to_owned();
    let measures = if row.measures.is_empty() { missing() } else { measure_numbers(lang, &row.measures) };
    let budget = row.budget.map_or_else(missing, |budget| budget.to_string());
    view! {
        <tr aria-selected=picks.selected(&row.name)>
            {pick}
            <th scope="row"><span class="table__no">{number}{rank}</span><a href=format!("/app/needs/{}", row.name)>{name}</a></th>
            <td data-label=lang.pick("单位", "Unit")>{unit}</td>
            <td data-label=lang.pick("措施", "Measures") data-half="first">{measures}</td>
            <td data-label=lang.pick("状态", "State") data-half="second">{tag}</td>
            <td data-label=lang.pick("等谁", "Waits for")>{waits}</td>
            <td data-label=lang.pick("期限", "Deadline")>{until}</td>
            <td class="number" data-label=lang.pick("经费（元）", "Budget (CNY)")>{budget}</td>
        </tr>
    }
}

/// The one thing that can be done with those that are picked.
fn forward(session: Session, names: &[String]) -> AnyView {
    let count = names.len();
    let to = format!("/app/needs/forward?sel={}", names.join(","));
    let words = match session.lang() {
        Lang::Zh => format!("审核报送 {count} 条"),
        Lang::En => format!("Forward {count}"),
    };
    view! { <a class="button" data-kind="primary" href=to>{words}</a> }.into_any()
}
