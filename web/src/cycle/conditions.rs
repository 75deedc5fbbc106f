//! 参加条件 in the form of a cycle: a row each, with its English text and how it is checked.

use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::{Field, Select, focus};
use leptos::prelude::*;
use ronghe_domain::cycle::Condition;
use ronghe_domain::cycle::eligibility::Check;
use ronghe_text::{Lang, eligibility_check};

/// A condition as it is typed.
#[derive(Clone, Copy)]
pub(super) struct Row {
    text: RwSignal<String>,
    text_en: RwSignal<String>,
    /// Name of its check; empty where it is checked by hand.
    check: RwSignal<String>,
}

impl Row {
    pub(super) fn of(condition: &Condition) -> Self {
        let check = condition.check.map(Check::name).unwrap_or_default();
        Self {
            text: RwSignal::new(condition.text.clone()),
            text_en: RwSignal::new(condition.text_en.clone()),
            check: RwSignal::new(check.to_owned()),
        }
    }

    pub(super) fn condition(self) -> Condition {
        let name = self.check.get_untracked();
        Condition {
            text: self.text.get_untracked(),
            text_en: self.text_en.get_untracked(),
            check: Check::ALL.into_iter().find(|check| check.name() == name),
        }
    }
}

/// The rows, one to add, each to remove.
#[component]
pub(super) fn Conditions(rows: RwSignal<Vec<Row>>, act: Act) -> impl IntoView {
    let session = Session::here();
    // What is typed in a row draws no row anew: only adding and removing does.
    let shown = move || {
        let all = rows.get();
        all.into_iter().enumerate().map(|(at, row)| line(session, rows, act, at, row)).collect_view()
    };
    let add = move |_| rows.update(|rows| rows.push(Row::of(&Condition::default())));
    view! {
        <fieldset class="field" id="field-eligibility" tabindex="-1">
            <legend>{move || session.lang().pick("参加条件", "Who may take part")}</legend>
            <p class="field__hint">{move || session.lang().pick(
                "系统能核对的，申报页和形式审查旁边写明结果；结果只作提示。",
                "Where a check can be computed, what it finds stands on the application and in the formal check; it bars nothing.",
            )}</p>
            {shown}
            <p><button class="button" type="button" data-size="small" on:click=add>{move || session.lang().pick("增加一项", "Add one")}</button></p>
        </fieldset>
    }
}

fn line(session: Session, rows: RwSignal<Vec<Row>>, act: Act, at: usize, row: Row) -> impl IntoView + use<> {
    let path = |part: &str| format!("eligibility[{at}].{part}");
    let words = |check| (eligibility_check(Lang::Zh, check), eligibility_check(Lang::En, check));
    let by_hand = std::iter::once((String::new(), words(None)));
    let computed = Check::ALL.into_iter().map(|check| (check.name().to_owned(), words(Some(check))));
    let options: Vec<_> = by_hand.chain(computed).collect();
    let remove = move |_| {
        rows.update(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
        // The button under the hand is gone: one goes on where the rows are.
        focus("field-eligibility");
    };
    view! {
        <div class="entry-row">
            <Field label=("条件", "Condition") name=path("text") value=row.text trouble=act.trouble/>
            <Field label=("英文", "In English") name=path("text_en") value=row.text_en optional=true trouble=act.trouble/>
            <Select label=("怎么核对", "How it is checked") name=path("check") value=row.check options=options trouble=act.trouble/>
            <button class="button" type="button" data-kind="quiet" data-size="small" on:click=remove>
                {move || session.lang().pick("删除", "Remove")}<span class="unseen">{at + 1}</span></button>
        </div>
    }
}
