//! Someone else changed the same: theirs and mine place by place, a choice for each, then saved.

use super::{Saver, Working, merged, plain};
use crate::session::Session;
use leptos::prelude::*;
use ronghe_domain::kernel::merge::{Merged, take};
use ronghe_text::Lang;
use serde_json::Value;

/// Places where both changed the same, to be chosen. `label` names a place of the draft, `short` says a value in
/// a few words.
#[component]
pub fn Conflicts<W: Working>(
    saver: Saver<W>,
    label: fn(Lang, &W::Draft, &str) -> String,
    short: fn(Lang, &Value) -> String,
) -> impl IntoView {
    let session = Session::here();
    // Where theirs was chosen; it outlives another language.
    let chosen = RwSignal::new(Vec::<String>::new());
    let box_ref = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(found) = box_ref.get() {
            drop(found.focus());
        }
    });
    Effect::new(move |_| {
        saver.theirs.track();
        chosen.set(Vec::new());
    });
    move || {
        let theirs = saver.theirs.get()?;
        let lang = session.lang();
        let collisions = together(saver, &theirs)?.collisions;
        let who = theirs
            .changed_by()
            .unwrap_or_else(|| lang.pick("本单位的另一个人", "Someone else of your organisation").to_owned());
        let head = match (lang, collisions.len()) {
            (Lang::Zh, count) => format!("{who}也改了这 {count} 处，与你的不同"),
            (Lang::En, 1) => format!("{who} changed this place too, in another way"),
            (Lang::En, count) => format!("{who} changed these {count} places too, in another way"),
        };
        let said = move |value: &Value| match value {
            Value::Null => lang.pick("没有", "none").to_owned(),
            value => short(lang, value).chars().take(80).collect(),
        };
        let rows = collisions.iter().map(|it| {
            let (their_words, my_words) = (said(&it.theirs), said(&it.mine));
            let path = StoredValue::new(it.path.clone());
            let pick = move |theirs: bool| {
                chosen.update(|chosen| {
                    path.with_value(|path| {
                        chosen.retain(|one| one != path);
                        chosen.extend(theirs.then(|| path.clone()));
                    });
                });
            };
            let is_theirs = move || path.with_value(|path| chosen.with(|chosen| chosen.contains(path)));
            let name = format!("choice-{}", it.path);
            let place = saver.draft.with_untracked(|draft| label(lang, draft, &it.path));
            view! {
                <fieldset class="field"><legend>{place}</legend><div class="versus">
                    <label class="choice"><input type="radio" name=name.clone() prop:checked=is_theirs on:change=move |_| pick(true)/>
                        <span>{lang.pick("对方的", "Theirs")}<span class="choice__hint">{their_words}</span></span></label>
                    <label class="choice"><input type="radio" name=name prop:checked=move || !is_theirs() on:change=move |_| pick(false)/>
                        <span>{lang.pick("我的", "Mine")}<span class="choice__hint">{my_words}</span></span></label>
                </div></fieldset>
            }
        });
        let rows = rows.collect_view();
        let asked: Vec<String> = collisions.into_iter().map(|it| it.path).collect();
        let save = move |_| {
            // What was typed since the question came up is mine too, and so is the choice of it.
            let Some(Merged { mut value, .. }) = together(saver, &theirs) else { return };
            let (mine, others) = (plain(&saver.draft.get_untracked()), plain(&theirs.draft()));
            for path in &asked {
                let is_theirs = chosen.with_untracked(|chosen| chosen.contains(path));
                take(&mut value, path, if is_theirs { &others } else { &mine });
            }
            if let Ok(draft) = serde_json::from_value::<W::Draft>(value) {
                saver.settle(draft);
            }
        };
        Some(view! {
            <div class="card stack section" role="alertdialog" aria-labelledby="conflict" tabindex="-1" node_ref=box_ref>
                <div><h2 id="conflict">{head}</h2><p class="quiet">{lang.pick("你填写的都还在。逐项选择，再保存；其余的改动已经合在一起。", "What you typed is still here. Choose place by place, then save; all other changes go together.")}</p></div>
                {rows}
                <div class="button-row"><button class="button" data-kind="primary" on:click=save>{lang.pick("保存所选", "Save what is chosen")}</button></div>
            </div>
        })
    }
}

/// Mine and theirs together; `None` where theirs can no longer be changed.
fn together<W: Working>(saver: Saver<W>, theirs: &W) -> Option<Merged> {
    let base = saver.view.with_untracked(W::draft).unwrap_or_default();
    Some(merged(&base, &saver.draft.get_untracked(), &theirs.draft()?))
}
