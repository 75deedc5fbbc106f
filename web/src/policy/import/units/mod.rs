//! The responsible units of a measure: whom each name means, chosen among known names.

use super::edit;
use super::saver::Saver;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_domain::org::{Candidate, Target};
use ronghe_domain::policy::UnitRole;
use ronghe_domain::policy::draft::{Read, UnitDraft};
use ronghe_text::{Lang, unit_role};

const ROLES: [UnitRole; 3] = [UnitRole::Responsible, UnitRole::Lead, UnitRole::Support];

/// Unknown units first, with the nearest known names; all of them while editing.
#[component]
pub fn Units(saver: Saver, path: String, editing: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let path = StoredValue::new(path);
    let units = Memo::new(move |_| {
        let mut units = Vec::new();
        saver.draft.with(|draft| {
            // A copy: looking up needs a place in the draft that can be changed as well.
            let mut draft = draft.clone();
            if let Some(measure) = path.with_value(|path| edit::measure(&mut draft, path).cloned()) {
                units = measure.units;
            }
        });
        units
    });
    move || {
        let lang = session.lang();
        let now = units.get();
        let all = editing.get();
        let rows =
            now.iter().enumerate().filter(|(_, unit)| all || unit.target.is_none()).map(|(at, unit)| {
                let prefix = path.with_value(|path| format!("{path}[{at}]"));
                view! { <UnitRow saver=saver path=path at=at unit=unit.clone() prefix=prefix all=all/> }
            });
        let rows = rows.collect_view();
        let unsure = now.iter().any(|unit| unit.target.is_some() && unit.name.waits());
        let confirm = move |_| path.with_value(|path| saver.edit(|draft| edit::confirm(draft, path)));
        view! {
            {rows}
            <div class="button-row">
                {unsure.then(|| view! {
                    <button type="button" class="button" data-size="small" on:click=confirm>{lang.pick("确认无误", "They are right")}</button>
                })}
                {all.then(|| view! {
                    <button type="button" class="button" data-size="small" on:click=move |_| add(saver, path)>{lang.pick("增加单位", "Add a unit")}</button>
                })}
                <button type="button" class="button" data-size="small" data-kind="quiet" on:click=move |_| editing.update(|on| *on = !*on)>
                    {if all { lang.pick("改好了", "Done") } else { lang.pick("修改", "Correct") }}</button>
            </div>
        }
    }
}

fn add(saver: Saver, path: StoredValue<String>) {
    saver.edit(|draft| {
        if let Some(measure) = path.with_value(|path| edit::measure(draft, path)) {
            measure.units.push(UnitDraft {
                name: Read { value: String::new(), sure: 100, place: None, checked: true },
                role: UnitRole::Responsible,
                group: false,
                target: None,
            });
        }
    });
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

#[component]
fn UnitRow(
    saver: Saver,
    path: StoredValue<String>,
    at: usize,
    unit: UnitDraft,
    /// Its path, as in the list of candidates.
    prefix: String,
    /// Everything of it can be changed.
    all: bool,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let import = saver.view.with_untracked(|view| view.import.clone());
    let (known, candidates) = import.map(|import| (import.known, import.candidates)).unwrap_or_default();
    let nearest: Vec<Candidate> = candidates
        .into_iter()
        .find(|found| found.path == prefix)
        .map(|found| found.nearest)
        .unwrap_or_default();
    let name = unit.name.value.clone();
    let said = match (lang, unit.target.is_some()) {
        (Lang::Zh, false) => format!("“{name}”不在单位名录中，指哪个单位？"),
        (Lang::En, false) => format!("“{name}” is not in the directory; which unit is meant?"),
        (_, true) => name.clone(),
    };
    let choose = move |target: Target| change(saver, path, at, |unit| unit.target = Some(target));
    let group = format!("unit-{prefix}");
    let near = nearest.into_iter().map(|candidate| {
        let hint = match lang {
            Lang::Zh => format!("相似 {}%", candidate.likeness),
            Lang::En => format!("{}% alike", candidate.likeness),
        };
        let (target, words) = (candidate.target, candidate.name);
        let here = unit.target == Some(target);
        view! {
            <label class="choice"><input type="radio" name=group.clone() prop:checked=here on:change=move |_| choose(target)/>
                <span>{words}<span class="choice__hint">{hint}</span></span></label>
        }
    });
    let near = near.collect_view();
    view! {
        <fieldset class="field unit-row">
            <legend>{said}</legend>
            {near}
            <Directory known=known chosen=unit.target on_choose=choose/>
            {all.then(|| view! {
                <div class="button-row">
                    <label class="unseen" for=format!("{prefix}-name")>{lang.pick("名称", "Name")}</label>
                    <input class="input" id=format!("{prefix}-name") prop:value=name.clone()
                        on:change=move |event| {
                            let typed = event_target_value(&event).trim().to_owned();
                            change(saver, path, at, |unit| {
                                unit.name.value = typed;
                                unit.target = None;
                            });
                        }/>
                    {role_select(lang, unit.role, move |role| change(saver, path, at, |unit| unit.role = role))}
                    <button type="button" class="button" data-size="small" on:click=move |_| remove(saver, path, at)>{lang.pick("移除", "Remove")}</button>
                </div>
            })}
        </fieldset>
    }
}

fn remove(saver: Saver, path: StoredValue<String>, at: usize) {
    saver.edit(|draft| {
        if let Some(measure) = path.with_value(|path| edit::measure(draft, path))
            && at < measure.units.len()
        {
            measure.units.remove(at);
        }
    });
}

fn role_select(lang: Lang, role: UnitRole, choose: impl Fn(UnitRole) + 'static) -> impl IntoView {
    let options = ROLES
        .into_iter()
        .enumerate()
        .map(|(at, one)| view! { <option value=at.to_string() selected={one == role}>{unit_role(lang, one)}</option> })
        .collect_view();
    view! {
        <select class="select" aria-label=lang.pick("角色", "Role") on:change=move |event| {
            if let Some(role) = event_target_value(&event).parse().ok().and_then(|at: usize| ROLES.get(at).copied()) {
                choose(role);
            }
        }>{options}</select>
    }
}

/// Every organisation and group that a unit can be set to.
#[component]
fn Directory(
    known: Vec<Candidate>,
    chosen: Option<Target>,
    on_choose: impl Fn(Target) + Send + 'static,
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let options = known
        .iter()
        .enumerate()
        .map(|(at, one)| view! { <option value=at.to_string() selected={chosen == Some(one.target)}>{one.name.clone()}</option> })
        .collect_view();
    view! {
        <select class="select" aria-label=lang.pick("从名录中选", "Choose from the directory") on:change=move |event| {
            let found = event_target_value(&event).parse().ok().and_then(|at: usize| known.get(at).map(|one| one.target));
            if let Some(target) = found {
                on_choose(target);
            }
        }>
            <option value="" selected=chosen.is_none()>{lang.pick("从名录中选……", "Choose from the directory…")}</option>
            {options}
        </select>
    }
}
