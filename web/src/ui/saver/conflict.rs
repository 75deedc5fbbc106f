//! Someone else was faster: theirs and mine field by field, a choice for each, then saved.

use super::{Saver, Working};
use crate::session::Session;
use leptos::prelude::*;
use ronghe_text::{Lang, field_label};
use serde::Serialize;
use serde_json::{Map, Value};

/// Fields that differ, to be chosen. `short` says a value in a few words.
#[component]
pub fn Conflicts<W: Working>(saver: Saver<W>, short: fn(Lang, &Value) -> String) -> impl IntoView {
    let session = Session::here();
    // What was chosen outlives another language.
    let chosen = RwSignal::new(Vec::<(String, bool)>::new());
    let box_ref = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(found) = box_ref.get() {
            drop(found.focus());
        }
    });
    Effect::new(move |_| {
        let theirs = saver.theirs.get().and_then(|theirs| theirs.draft());
        let Some(theirs) = theirs else { return chosen.set(Vec::new()) };
        let (mine, others) = (fields(&saver.draft.get_untracked()), fields(&theirs));
        let differing = others.keys().filter(|key| mine.get(*key) != others.get(*key));
        chosen.set(differing.map(|key| (key.clone(), true)).collect());
    });
    move || {
        let (mine, others) = (fields(&saver.draft.get_untracked()), fields(&saver.theirs.get()?.draft()?));
        let differing: Vec<String> =
            others.keys().filter(|key| mine.get(*key) != others.get(*key)).cloned().collect();
        let lang = session.lang();
        let head = match lang {
            Lang::Zh => format!("别人改了 {} 项，与你的不同", differing.len()),
            Lang::En => format!("Someone changed {} fields that differ from yours", differing.len()),
        };
        let said = move |value: Option<&Value>| match value {
            None | Some(Value::Null) => lang.pick("没有", "none").to_owned(),
            Some(value) => short(lang, value).chars().take(80).collect(),
        };
        let rows = differing.iter().map(|key| {
            let (their_words, my_words) = (said(others.get(key)), said(mine.get(key)));
            let own = StoredValue::new(key.clone());
            let pick = move |mine: bool| {
                chosen.update(|chosen| {
                    let one = own.with_value(|key| chosen.iter_mut().find(|one| one.0 == *key));
                    if let Some(one) = one {
                        one.1 = mine;
                    }
                });
            };
            let is_mine = move || {
                own.with_value(|key| chosen.with(|chosen| chosen.iter().any(|one| one.0 == *key && one.1)))
            };
            let name = format!("choice-{key}");
            view! {
                <fieldset class="field"><legend>{field_label(lang, key)}</legend><div class="versus">
                    <label class="choice"><input type="radio" name=name.clone() prop:checked=move || !is_mine() on:change=move |_| pick(false)/>
                        <span>{lang.pick("对方的", "Theirs")}<span class="choice__hint">{their_words}</span></span></label>
                    <label class="choice"><input type="radio" name=name prop:checked=is_mine on:change=move |_| pick(true)/>
                        <span>{lang.pick("我的", "Mine")}<span class="choice__hint">{my_words}</span></span></label>
                </div></fieldset>
            }
        });
        let rows = rows.collect_view();
        let save = move |_| {
            // What was typed since the question came up is mine too.
            let mine = fields(&saver.draft.get_untracked());
            let mut merged = others.clone();
            for (key, mine_wins) in chosen.get_untracked() {
                if let (true, Some(value)) = (mine_wins, mine.get(&key)) {
                    merged.insert(key, value.clone());
                }
            }
            if let Ok(draft) = serde_json::from_value::<W::Draft>(Value::Object(merged)) {
                saver.settle(draft);
            }
        };
        Some(view! {
            <div class="card stack section" role="alertdialog" aria-labelledby="conflict" tabindex="-1" node_ref=box_ref>
                <div><h2 id="conflict">{head}</h2><p class="quiet">{lang.pick("你填写的都还在。逐项选择，再保存。", "What you typed is still here. Choose field by field, then save.")}</p></div>
                {rows}
                <div class="button-row"><button class="button" data-kind="primary" on:click=save>{lang.pick("保存所选", "Save what is chosen")}</button></div>
            </div>
        })
    }
}

fn fields(draft: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(draft) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
