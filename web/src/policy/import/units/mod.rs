//! The responsible units of a measure: whom each name means, chosen among known names.

mod directory;
mod unknown;

pub use unknown::Unknown;

use super::desk::Saver;
use super::edit;
use crate::session::Session;
use directory::Meant;
use leptos::prelude::*;
use ronghe_domain::policy::UnitRole;
use ronghe_domain::policy::draft::{Read, UnitDraft};
use ronghe_text::{Lang, unit_role};

const ROLES: [UnitRole; 3] = [UnitRole::Responsible, UnitRole::Lead, UnitRole::Support];

/// Unknown units, with the nearest known names; all of them while editing.
#[component]
pub fn Units(saver: Saver, path: String, editing: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let path = StoredValue::new(path);
    let units =
        Memo::new(move |_| path.with_value(|path| saver.draft.with(|draft| edit::units_at(draft, path))));
    // Rows come and go by their place; what is typed in one draws no other anew.
    let shown = Memo::new(move |_| {
        let all = editing.get();
        units.with(|units| {
            let rows = units.iter().enumerate().filter(|(_, unit)| all || unit.target.is_none());
            rows.map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let unsure = Memo::new(move |_| {
        units.with(|units| units.iter().any(|unit| unit.target.is_some() && unit.name.waits()))
    });
    let confirm = move |_| {
        path.with_value(|path| {
            saver.edit(|draft| edit::confirm(draft, path));
            edit::stay_at(path);
        });
    };
    view! {
        <For each=move || shown.get() key=|at| *at children=move |at| {
            let unit = Memo::new(move |_| units.with(|units| units.get(at).cloned()));
            view! { <UnitRow saver=saver path=path at=at unit=unit all=editing/> }
        }/>
        {move || {
            let lang = session.lang();
            let all = editing.get();
            view! {
                <div class="button-row">
                    {unsure.get().then(|| view! {
                        <button type="button" class="button" data-size="small" on:click=confirm>{lang.pick("确认无误", "They are right")}</button>
                    })}
                    {all.then(|| view! {
                        <button type="button" class="button" data-size="small" on:click=move |_| add(saver, path)>{lang.pick("增加单位", "Add a unit")}</button>
                    })}
                    <button type="button" class="button" data-size="small" data-kind="quiet" on:click=move |_| editing.update(|on| *on = !*on)>
                        {if all { lang.pick("改好了", "Done") } else { lang.pick("修改", "Correct") }}</button>
                </div>
            }
        }}
    }
}

fn add(saver: Saver, path: StoredValue<String>) {
    let mut at = 0;
    saver.edit(|draft| {
        if let Some(measure) = path.with_value(|path| edit::measure(draft, path)) {
            at = measure.units.len();
            measure.units.push(UnitDraft {
                name: Read { value: String::new(), sure: 100, place: None, checked: true },
                role: UnitRole::Responsible,
                group: false,
                target: None,
            });
        }
    });
    crate::ui::focus(&name_id(path, at));
}

fn change(saver: Saver, path: StoredValue<String>, at: usize, change: impl FnOnce(&mut UnitDraft)) {
    saver.edit(|draft| {
        if let Some(unit) =
            path.with_value(|path| edit::measure(draft, path)).and_then(|measure| measure.units.get_mut(at))
        {
            change(unit);
            unit.name.checked = true;
        }
    });
}

fn remove(saver: Saver, path: StoredValue<String>, at: usize) {
    saver.edit(|draft| {
        if let Some(measure) = path.with_value(|path| edit::measure(draft, path))
            && at < measure.units.len()
        {
            measure.units.remove(at);
        }
    });
    path.with_value(|path| edit::stay_at(path));
}

fn name_id(path: StoredValue<String>, at: usize) -> String {
    path.with_value(|path| format!("entry-{path}[{at}].name"))
}

#[component]
fn UnitRow(
    saver: Saver,
    path: StoredValue<String>,
    at: usize,
    unit: Memo<Option<UnitDraft>>,
    /// Everything of it can be changed.
    all: RwSignal<bool>,
) -> impl IntoView {
    let session = Session::here();
    let name = Memo::new(move |_| unit.get().map(|unit| unit.name.value).unwrap_or_default());
    let target = Memo::new(move |_| unit.get().and_then(|unit| unit.target));
    // A known one is chosen anew only when asked for.
    let again = RwSignal::new(false);
    let said = move || {
        let (lang, name) = (session.lang(), name.get());
        match (lang, target.get()) {
            (_, None) if name.trim().is_empty() => lang.pick("新增的单位", "A new unit").to_owned(),
            (Lang::Zh, None) => format!("“{name}”不在单位名录中，指哪个单位？"),
            (Lang::En, None) => format!("“{name}” is not in the directory; which unit is meant?"),
            (_, Some(_)) => name,
        }
    };
    let choose = move |chosen, _| {
        again.set(false);
        change(saver, path, at, |unit| unit.target = Some(chosen));
        // The question is answered and goes away; the focus stays with its measure.
        path.with_value(|path| edit::stay_at(path));
    };
    let asks = Memo::new(move |_| again.get() || target.get().is_none());
    let id = path.with_value(|path| format!("field-{path}[{at}].target"));
    let meant = move || {
        let lang = session.lang();
        if asks.get() {
            return view! { <Meant saver=saver name=name.into() id=id.clone() on_choose=choose/> }.into_any();
        }
        let found =
            move || target.get().and_then(|target| saver.name_of(target)).unwrap_or_else(|| name.get());
        view! {
            <p class="button-row"><span>{lang.pick("对应 ", "Means ")}<b>{found}</b></span>
                <button class="button" type="button" data-size="small" on:click=move |_| again.set(true)>{lang.pick("换一个", "Another")}</button></p>
        }
        .into_any()
    };
    view! {
        <fieldset class="field unit-row">
            <legend>{said}</legend>
            {meant}
            {move || all.get().then(|| view! { <Printed saver=saver path=path at=at name=name unit=unit/> })}
        </fieldset>
    }
}

/// What is printed of a unit, and its part.
#[component]
fn Printed(
    saver: Saver,
    path: StoredValue<String>,
    at: usize,
    name: Memo<String>,
    unit: Memo<Option<UnitDraft>>,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let id = name_id(path, at);
    let role = Memo::new(move |_| unit.get().map_or(UnitRole::Responsible, |unit| unit.role));
    let rename = move |typed: String| {
        change(saver, path, at, |unit| {
            // Another name may mean somebody else: it is looked up again when it is saved.
            if unit.name.value.trim() != typed.trim() {
                unit.target = None;
            }
            unit.name.value = typed;
        });
    };
    let options = ROLES.into_iter().enumerate().map(|(index, one)| {
        view! { <option value=index.to_string() prop:selected=move || role.get() == one>{unit_role(lang, one)}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="button-row">
            <label class="unseen" for=id.clone()>{lang.pick("名称，按原文", "Name, as printed")}</label>
            <input class="input" id=id autocomplete="off" placeholder=lang.pick("名称，按原文", "Name, as printed")
                prop:value=name on:input=move |event| rename(event_target_value(&event))/>
            <select class="select" aria-label=lang.pick("角色", "Role") on:change=move |event| {
                if let Some(role) = event_target_value(&event).parse().ok().and_then(|at: usize| ROLES.get(at).copied()) {
                    change(saver, path, at, |unit| unit.role = role);
                }
            }>{options}</select>
            <button type="button" class="button" data-size="small" on:click=move |_| remove(saver, path, at)>{lang.pick("移除", "Remove")}</button>
        </div>
    }
}
