//! Fields that are more than a line: measures, forms, stages, indicators, a university.

use crate::session::Session;
use crate::ui::form::{bound, line};
use crate::ui::{Choice, Fetch, Field as Line, Saver, Trouble, focus};
use leptos::prelude::*;
use ronghe_client::ListOrganisations;
use ronghe_contract::need::NeedView;
use ronghe_domain::need::{IndicatorDraft, Stage};
use ronghe_domain::policy::forms::Form;
use ronghe_text::{form, measure_titled, stage};

/// What is wrong at `path`, or below it.
fn wrong(trouble: RwSignal<Option<Trouble>>, path: &'static str) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let below = format!("{path}[");
        let fields = trouble.get()?.fields;
        let found = fields.into_iter().find(|it| it.error.path == path || it.error.path.starts_with(&below));
        found.map(|it| it.message)
    })
}

/// A group of choices with its name and what is wrong with it.
#[component]
fn Group(
    name: &'static str,
    label: (&'static str, &'static str),
    hint: (&'static str, &'static str),
    wrong: Memo<Option<String>>,
    children: Children,
) -> impl IntoView {
    let session = Session::here();
    view! {
        <fieldset class="field" id=format!("field-{name}") tabindex="-1" aria-describedby=format!("field-{name}-hint field-{name}-error")
            data-error=move || wrong.get().map(|_| "true")>
            <legend>{move || session.lang().pick(label.0, label.1)}</legend>
            <p class="field__hint" id=format!("field-{name}-hint")>{move || session.lang().pick(hint.0, hint.1)}</p>
            {move || wrong.get().map(|said| view! { <p class="field__error" id=format!("field-{name}-error")>{said}</p> })}
            {children()}
        </fieldset>
    }
}

/// The measures, the main one first.
#[component]
pub fn Measures(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let choices = StoredValue::new(saver.view.with_untracked(|view| view.choices.clone()));
    let main = Memo::new(move |_| saver.draft.with(|draft| draft.measures.first().copied()));
    let wrong = wrong(trouble, "measures");
    let choose_main = move |event: leptos::ev::Event| {
        let seq = event_target_value(&event).parse::<u32>().ok();
        saver.edit(|draft| {
            let rest = draft.measures.iter().skip(1).copied().filter(|it| Some(*it) != seq);
            draft.measures = seq.into_iter().chain(rest).collect();
        });
    };
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            <label for="field-measures">{move || session.lang().pick("主要措施", "Main measure")}</label>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            <select class="select" id="field-measures" on:change=choose_main>
                <option value="" prop:selected=move || main.get().is_none()>{move || session.lang().pick("选一条……", "Choose one…")}</option>
                {choices.with_value(|choices| choices.iter().map(|it| {
                    let (seq, title) = (it.seq, it.title.clone());
                    let words = move || measure_titled(session.lang(), seq, &title);
                    view! { <option value=seq.to_string() prop:selected=move || main.get() == Some(seq)>{words}</option> }
                }).collect_view())}
            </select>
        </div>
        <details class="field" open=saver.draft.with_untracked(|draft| draft.measures.len() > 1)>
            <summary>{move || session.lang().pick("另涉及的措施（选填）", "Other measures (optional)")}</summary>
            {choices.with_value(|choices| choices.iter().map(|it| {
                let seq = it.seq;
                let title = it.title.clone();
                let label = Signal::derive(move || measure_titled(session.lang(), seq, &title));
                let checked = Signal::derive(move || saver.draft.with(|draft| draft.measures.iter().skip(1).any(|it| *it == seq)));
                let is_main = Signal::derive(move || main.get() == Some(seq));
                let flip = move |on: bool| saver.edit(|draft| {
                    if on && !draft.measures.contains(&seq) {
                        draft.measures.push(seq);
                    } else if !on && draft.measures.first() != Some(&seq) {
                        draft.measures.retain(|it| *it != seq);
                    }
                });
                view! { <Choice label=label checked=checked disabled=is_main on_change=flip/> }
            }).collect_view())}
        </details>
    }
}

/// Forms of cooperation that the chosen measures name, and 其他.
#[component]
pub fn Forms(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let choices = StoredValue::new(saver.view.with_untracked(|view| view.choices.clone()));
    let open = Memo::new(move |_| {
        let measures = saver.draft.with(|draft| draft.measures.clone());
        let mut forms: Vec<Form> = Vec::new();
        choices.with_value(|choices| {
            for choice in choices.iter().filter(|it| measures.contains(&it.seq)) {
                forms.extend(
                    choice.forms.iter().copied().filter(|it| !forms.contains(it)).collect::<Vec<_>>(),
                );
            }
        });
        // What was chosen stays to be seen, though its measure is gone: it has to be taken away by hand.
        let chosen = saver.draft.with(|draft| draft.forms.clone());
        forms.extend(
            chosen.into_iter().filter(|it| *it != Form::Other && !forms.contains(it)).collect::<Vec<_>>(),
        );
        forms.push(Form::Other);
        forms
    });
    let other = bound(saver, |draft| &draft.other_form, |draft, text| draft.other_form = text);
    let is_other = Memo::new(move |_| saver.draft.with(|draft| draft.forms.contains(&Form::Other)));
    let rows = move || {
        open.get()
            .into_iter()
            .map(|it| {
                let label = Signal::derive(move || form(session.lang(), it).to_owned());
                let checked = Signal::derive(move || saver.draft.with(|draft| draft.forms.contains(&it)));
                let flip = move |on: bool| {
                    saver.edit(|draft| {
                        draft.forms.retain(|one| *one != it);
                        if on {
                            draft.forms.push(it);
                        }
                    });
                };
                view! { <Choice label=label checked=checked on_change=flip/> }
            })
            .collect_view()
    };
    view! {
        <Group name="forms" label=("合作形式", "Forms of cooperation") wrong=wrong(trouble, "forms")
            hint=("由所选措施给出，可多选", "Those that the chosen measures name; several can be chosen")>{rows}</Group>
        {move || is_other.get().then(|| view! {
            <Line label=("其他形式", "Other form") name="other_form" value=other trouble=trouble/>
        })}
    }
}

/// School stages.
#[component]
pub fn Stages(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let rows = Stage::ALL.map(|it| {
        let label = Signal::derive(move || stage(session.lang(), it).to_owned());
        let checked = Signal::derive(move || saver.draft.with(|draft| draft.stages.contains(&it)));
        let flip = move |on: bool| {
            saver.edit(|draft| {
                draft.stages.retain(|one| *one != it);
                if on {
                    draft.stages.push(it);
                    draft.stages.sort();
                }
            });
        };
        view! { <Choice label=label checked=checked on_change=flip/> }
    });
    let rows = rows.into_iter().collect_view();
    view! {
        <Group name="stages" label=("学段", "School stages") hint=("可多选", "Several can be chosen") wrong=wrong(trouble, "stages")>{rows}</Group>
    }
}

/// Indicators: name, unit, how it stands, what is wanted.
#[component]
pub fn Indicators(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let lines = Memo::new(move |_| saver.draft.with(|draft| draft.indicators.len()));
    let add = move |_| saver.edit(|draft| draft.indicators.push(IndicatorDraft::default()));
    let rows = move || (0..lines.get()).map(|at| indicator(session, saver, trouble, at)).collect_view();
    let wrong = Memo::new(move |_| trouble.get().and_then(|it| it.of_field("indicators")));
    view! {
        <Group name="indicators" label=("可衡量的指标", "Indicators") wrong=wrong
            hint=("至少一项：指标名称、单位、现状值、目标值", "At least one: name, unit, how it stands, what is wanted")>
            {rows}
            <p><button class="button" type="button" data-size="small" on:click=add>{move || session.lang().pick("增加一项", "Add one")}</button></p>
        </Group>
    }
}

fn indicator(
    session: Session,
    saver: Saver<NeedView>,
    trouble: RwSignal<Option<Trouble>>,
    at: usize,
) -> impl IntoView {
    let cell = move |part: &'static str,
                     label: (&'static str, &'static str),
                     get: fn(&IndicatorDraft) -> &String,
                     set: fn(&mut IndicatorDraft, String)| {
        let value = line(
            saver,
            move |draft| draft.indicators.get(at).map(|it| get(it).clone()).unwrap_or_default(),
            move |draft, text| {
                if let Some(it) = draft.indicators.get_mut(at) {
                    set(it, text);
                }
            },
        );
        view! { <Line label=label name=format!("indicators[{at}].{part}") value=value trouble=trouble/> }
    };
    let remove = move |_| {
        saver.edit(|draft| {
            if at < draft.indicators.len() {
                draft.indicators.remove(at);
            }
        });
        // The button under the hand is gone: one goes on where the rows are.
        focus("field-indicators");
    };
    let number = at + 1;
    view! {
        <div class="indicator">
            {cell("name", ("指标名称", "Indicator"), |it| &it.name, |it, text| it.name = text)}
            {cell("unit", ("单位", "Unit"), |it| &it.unit, |it, text| it.unit = text)}
            {cell("baseline", ("现状值", "Baseline"), |it| &it.baseline, |it, text| it.baseline = text)}
            {cell("target", ("目标值", "Target"), |it| &it.target, |it, text| it.target = text)}
            <button class="button" type="button" data-kind="quiet" data-size="small" on:click=remove>
                {move || session.lang().pick("删除", "Remove")}<span class="unseen">{number}</span></button>
        </div>
    }
}

/// The university that the unit would like.
#[component]
pub fn University(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let known = Fetch::new(move || async move {
        let ask = ListOrganisations { kind: "university".into(), ..ListOrganisations::default() };
        session.call(async |client| client.list_organisations(&ask).await).await.map(|page| page.items)
    });
    let wrong = wrong(trouble, "university");
    let options = move || {
        let lang = session.lang();
        let orgs = known.get().and_then(Result::ok).unwrap_or_default();
        let row = |org: ronghe_contract::org::OrgRef| {
            let slug = org.slug.clone();
            let selected = move || saver.draft.with(|draft| draft.university == slug);
            view! { <option value=org.slug prop:selected=selected>{lang.pick(&org.name, &org.name_en).to_owned()}</option> }
        };
        orgs.into_iter().map(row).collect_view()
    };
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            <label for="field-university">{move || session.lang().pick("意向高校（选填）", "Wanted university (optional)")}</label>
            <p class="field__hint">{move || session.lang().pick("不指定也可以；申报对所有高校开放", "It may be left open; every university may apply")}</p>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            <select class="select" id="field-university" on:change=move |event| {
                let slug = event_target_value(&event);
                saver.edit(|draft| draft.university.clone_from(&slug));
            }>
                <option value="">{move || session.lang().pick("不指定", "None in particular")}</option>
                {options}
            </select>
        </div>
    }
}
