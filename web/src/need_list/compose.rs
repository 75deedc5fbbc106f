//! 组成: the order of the list, and what a later version takes on or out.

use super::parts::{sums, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Mover, Place, TextArea, typed};
use leptos::prelude::*;
use ronghe_contract::need_list::{NeedListItem, NeedListRow, NeedListView};
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_domain::need_list::{ChangeKind, Finding, ListDraft, State};
use ronghe_text::{list_action, measure_numbers};

/// The form, and the list as it is ordered.
#[component]
pub fn Compose(view: NeedListView, again: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let lines = |kind: ChangeKind| {
        let those = view.changes.iter().filter(|it| it.kind == kind);
        let lines: Vec<String> = those.map(|it| format!("{} {}", it.need, it.reason)).collect();
        RwSignal::new(lines.join("\n"))
    };
    let place = format!("need list {} {} {}", view.row.year, view.row.no, view.row.version);
    let (act, add, remove) =
        typed(&place, || (Act::new(), lines(ChangeKind::Added), lines(ChangeKind::Removed)));
    let (reason, items) = typed(&format!("{place} order"), || {
        (RwSignal::new(view.reason.clone()), RwSignal::new(view.items.clone()))
    });
    let (year, version) = (view.row.year.clone(), view.row.version.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = ListDraft {
            order: items.with_untracked(|items| items.iter().map(|item| item.need.clone()).collect()),
            add: changes(&add.get_untracked()),
            remove: changes(&remove.get_untracked()),
            reason: reason.get_untracked(),
        };
        let (year, version) = (year.clone(), version.clone());
        act.run(
            async move |client| client.compose_need_list(&year, &version, &draft).await,
            move |_: NeedListRow| again(),
        );
    };
    let is_new = view.row.version == "\"v0\"";
    let is_outdated = view.findings.iter().any(|it| it.finding == Finding::Outdated);
    let voids = matches!(view.row.state, State::Proposed | State::Approved);
    let later = view.row.no > 1;
    // Whoever stood on the version before keeps its place.
    let kept: usize = match later {
        true => view.items.len() - view.changes.iter().filter(|it| it.kind == ChangeKind::Added).count(),
        false => 0,
    };
    let primary = is_new || is_outdated;
    let mover = Mover::new(items);
    view! {
        <form class="record__section" on:submit=submit>
            <ActBox act=act/>
            {move || later.then(|| view! {
                <TextArea label=("为什么出新版", "Why there is a later version") name="reason" value=reason rows=3 trouble=act.trouble/>
                <TextArea label=("移出的需求", "Needs to take out") name="remove" value=remove rows=3 optional=true trouble=act.trouble
                    hint=("每行一条：需求编号，空格，原因", "One a line: the need's number, a space, the reason")/>
                <TextArea label=("新增的需求", "Needs to take on") name="add" value=add rows=3 optional=true trouble=act.trouble
                    hint=("上一版未列入的，每行一条：需求编号，空格，原因", "Such as were left out; one a line: number, a space, the reason")/>
            })}
            <h2>{move || session.lang().pick("清单", "The list")}</h2>
            <p class="quiet">{move || items.with(|items| sums(session.lang(), items))}</p>
            {mover.said()}
            {move || table(session, items, kept, mover)}
            {move || voids.then(|| view! {
                <p class="quiet">{session.lang().pick("保存后清单回到编制中，已有的审定作废，留作记录。", "Saved, the list is composed again; approvals are void and stay on record.")}</p>
            })}
            <div class="form-foot"><Button primary=primary busy=act.busy>{move || match is_new {
                true => list_action(session.lang(), ronghe_domain::need_list::Action::Compose),
                false => session.lang().pick("保存清单", "Save the list"),
            }}</Button></div>
        </form>
    }
}

/// Reads lines of a number and a reason.
fn changes(text: &str) -> Vec<ChangeDraft> {
    let line = |line: &str| {
        let (need, reason) = line.trim().split_once([' ', '　', '=']).unwrap_or((line.trim(), ""));
        ChangeDraft { need: need.to_owned(), reason: reason.trim().to_owned() }
    };
    text.lines().filter(|text| !text.trim().is_empty()).map(line).collect()
}

fn table(session: Session, items: RwSignal<Vec<NeedListItem>>, kept: usize, mover: Mover) -> impl IntoView {
    let lang = session.lang();
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let count = items.with(Vec::len);
    let numbers: Vec<String> = {
        // Numbers follow the order: the smallest of what is moved stands first.
        let mut numbers: Vec<String> = items.with(|items| items.iter().map(|it| it.number.clone()).collect());
        if let Some(moved) = numbers.get_mut(kept..) {
            moved.sort();
        }
        numbers
    };
    let rows = items.get().into_iter().zip(numbers).enumerate().map(|(at, (item, number))| {
        let moves = (at >= kept).then(|| {
            let name = title(lang, &item.title, &item.title_en);
            mover.buttons(lang, &name, Place { at, first: kept, last: count.saturating_sub(1) })
        });
        view! {
            <tr><th scope="row"><span class="table__no">{number}"　"{item.need.clone()}</span>
                    <a href=format!("/app/needs/{}", item.need)>{title(lang, &item.title, &item.title_en)}</a></th>
                <td data-label=lang.pick("单位", "Unit")>{lang.pick(&item.unit.name, &item.unit.name_en).to_owned()}</td>
                <td data-label=lang.pick("措施", "Measures")>{measure_numbers(lang, &item.measures)}</td>
                <td data-label=lang.pick("次序", "Order")>{moves}</td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("清单上的需求，按次序", "Needs of the list, in its order")}</caption>
            <thead><tr>{head("需求与编号", "Need and number")}{head("单位", "Unit")}{head("措施", "Measures")}{head("次序", "Order")}</tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
}
