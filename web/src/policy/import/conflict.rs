//! Someone else was faster: theirs and mine field by field, a choice for each, then saved.

use super::saver::Saver;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_domain::policy::PolicyDraft;
use ronghe_text::{Lang, field_label};
use serde_json::{Map, Value};

/// Fields that differ, to be chosen.
#[component]
pub fn Conflicts(saver: Saver) -> impl IntoView {
    let session = Session::here();
    move || {
        let theirs = saver.theirs.get()?;
        let import = theirs.import?;
        let (mine, others) = (fields(&saver.draft.get_untracked()), fields(&import.draft));
        let differing: Vec<String> =
            others.keys().filter(|key| mine.get(*key) != others.get(*key)).cloned().collect();
        let lang = session.lang();
        let head = match lang {
            Lang::Zh => format!("{} 改了 {} 项，与你的不同", import.corrected_by, differing.len()),
            Lang::En => {
                format!("{} changed {} fields that differ from yours", import.corrected_by, differing.len())
            }
        };
        let chosen = RwSignal::new(differing.iter().map(|key| (key.clone(), true)).collect::<Vec<_>>());
        let rows = differing.iter().enumerate().map(|(at, key)| {
            let (their_words, my_words) = (short(lang, key, others.get(key)), short(lang, key, mine.get(key)));
            let pick = move |mine: bool| {
                chosen.update(|chosen| {
                    if let Some(one) = chosen.get_mut(at) {
                        one.1 = mine;
                    }
                });
            };
            let is_mine = move || chosen.with(|chosen| chosen.get(at).is_some_and(|one| one.1));
            let name = format!("choice-{at}");
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
            // What was typed since the choice was laid out is ours.
            let mut merged = fields(&saver.draft.get_untracked());
            for (key, _) in chosen.get_untracked().into_iter().filter(|(_, mine_wins)| !mine_wins) {
                if let Some(value) = others.get(&key) {
                    merged.insert(key, value.clone());
                }
            }
            if let Ok(draft) = serde_json::from_value::<PolicyDraft>(Value::Object(merged)) {
                saver.settle(draft);
            }
        };
        Some(view! {
            <div class="card stack section" role="alertdialog" aria-labelledby="conflict">
                <div><h2 id="conflict">{head}</h2><p class="quiet">{lang.pick("你填写的都还在。逐项选择，再保存。", "What you typed is still here. Choose field by field, then save.")}</p></div>
                {rows}
                <div class="button-row"><button class="button" data-kind="primary" on:click=save>{lang.pick("保存所选", "Save what is chosen")}</button></div>
            </div>
        })
    }
}

fn fields(draft: &PolicyDraft) -> Map<String, Value> {
    match serde_json::to_value(draft) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// A value in short, for choosing.
fn short(lang: Lang, key: &str, value: Option<&Value>) -> String {
    let count = |list: &[Value], inner: &str| -> usize {
        list.iter().filter_map(|one| one.get(inner).and_then(Value::as_array)).map(Vec::len).sum()
    };
    let said = match (key, value) {
        (_, None | Some(Value::Null)) => lang.pick("没有", "none").to_owned(),
        ("sections", Some(Value::Array(sections))) => {
            let measures = count(sections, "measures");
            match lang {
                Lang::Zh => format!("{} 部分，{measures} 条措施", sections.len()),
                Lang::En => format!("{} sections, {measures} measures", sections.len()),
            }
        }
        ("warnings", Some(Value::Array(warnings))) => match lang {
            Lang::Zh => format!("{} 处", warnings.len()),
            Lang::En => format!("{} of them", warnings.len()),
        },
        (_, Some(Value::Object(read))) => plain(lang, read.get("value").unwrap_or(&Value::Null)),
        (_, Some(other)) => plain(lang, other),
    };
    said.chars().take(80).collect()
}

/// A value as it reads.
fn plain(lang: Lang, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => lang.pick("是", "yes").to_owned(),
        Value::Bool(false) => lang.pick("不是", "no").to_owned(),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join("、")
        }
        other => other.to_string(),
    }
}
