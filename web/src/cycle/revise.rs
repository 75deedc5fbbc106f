//! Changing a part of a cycle: its plan, its budget, the rules of the selection, the rubric, the frame.

use super::approval::Chain;
use super::rules::numbered;
use super::weights::Weights;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::{Field, TextArea};
use leptos::prelude::*;
use ronghe_contract::cycle::{CycleView, SelectionView};
use ronghe_domain::cycle::rubric::{
    CriterionDraft, FrameDraft, FrameIndicatorDraft, LevelDraft, RubricDraft,
};
use ronghe_domain::cycle::selection::{LeastDraft, SelectionDraft};
use ronghe_domain::cycle::{Dimension, PartDraft, PlanDraft};
use ronghe_text::{Lang, dimension, phase};

/// What is typed of a part.
#[derive(Clone, Copy)]
pub struct Typed(StoredValue<Form>);

#[derive(Clone)]
enum Form {
    Plan(Vec<(PlanDraft, [RwSignal<String>; 2])>),
    Budget(RwSignal<String>),
    Selection(Selection),
    Rubric(RwSignal<Vec<Criterion>>),
    Frame(RwSignal<Vec<Indicator>>),
    Approval(Chain),
    Affinity(Weights),
}

#[derive(Clone)]
struct Selection {
    measures: Vec<Least>,
    districts: Vec<Least>,
    university_most: RwSignal<String>,
    applications_most: RwSignal<String>,
}

/// A measure or a district, with what it is called.
#[derive(Clone)]
struct Least {
    of: String,
    name: (String, String),
    least: RwSignal<String>,
}

#[derive(Clone, Copy)]
struct Criterion {
    name: RwSignal<String>,
    name_en: RwSignal<String>,
    weight: RwSignal<String>,
    levels: RwSignal<Vec<[RwSignal<String>; 2]>>,
}

#[derive(Clone, Copy)]
struct Indicator {
    dimension: RwSignal<Dimension>,
    name: RwSignal<String>,
    name_en: RwSignal<String>,
    weight: RwSignal<String>,
    rule: RwSignal<String>,
}

pub(super) fn signal(text: &str) -> RwSignal<String> {
    RwSignal::new(text.to_owned())
}

impl Typed {
    /// As the part stands now.
    pub fn of(draft: &PartDraft, rules: &SelectionView) -> Self {
        Self(StoredValue::new(match draft {
            PartDraft::Plan(plan) => {
                Form::Plan(plan.iter().map(|it| (it.clone(), [signal(&it.from), signal(&it.to)])).collect())
            }
            PartDraft::Budget(budget) => Form::Budget(signal(budget)),
            PartDraft::Selection(draft) => Form::Selection(Selection::of(draft, rules)),
            PartDraft::Rubric(draft) => {
                Form::Rubric(RwSignal::new(draft.criteria.iter().map(Criterion::of).collect()))
            }
            PartDraft::Approval(draft) => Form::Approval(Chain::of(draft)),
            PartDraft::Affinity(draft) => Form::Affinity(Weights::of(draft)),
            PartDraft::Frame(draft) => {
                Form::Frame(RwSignal::new(draft.indicators.iter().map(Indicator::of).collect()))
            }
        }))
    }

    /// As it would be sent.
    pub fn draft(self) -> PartDraft {
        self.0.with_value(|form| match form {
            Form::Plan(rows) => PartDraft::Plan(
                rows.iter()
                    .map(|(phase, [from, to])| PlanDraft {
                        phase: phase.phase,
                        from: from.get_untracked(),
                        to: to.get_untracked(),
                    })
                    .collect(),
            ),
            Form::Budget(budget) => PartDraft::Budget(budget.get_untracked()),
            Form::Selection(rules) => PartDraft::Selection(rules.draft()),
            Form::Rubric(rows) => {
                let criteria = rows.get_untracked().iter().map(Criterion::draft).collect();
                PartDraft::Rubric(RubricDraft { criteria })
            }
            Form::Approval(chain) => PartDraft::Approval(chain.draft()),
            Form::Affinity(weights) => PartDraft::Affinity(weights.draft()),
            Form::Frame(rows) => {
                let indicators = rows.get_untracked().iter().map(Indicator::draft).collect();
                PartDraft::Frame(FrameDraft { indicators })
            }
        })
    }
}

impl Selection {
    fn of(draft: &SelectionDraft, rules: &SelectionView) -> Self {
        let some = |least: u32| if least == 0 { String::new() } else { least.to_string() };
        let measure = |it: &ronghe_contract::cycle::MeasureLeast| Least {
            of: it.seq.to_string(),
            name: (numbered(Lang::Zh, it.seq, &it.title), numbered(Lang::En, it.seq, &it.title)),
            least: RwSignal::new(some(it.least)),
        };
        let district = |it: &ronghe_contract::cycle::DistrictLeast| Least {
            of: it.district.slug.clone(),
            name: (it.district.name.clone(), it.district.name_en.clone()),
            least: RwSignal::new(some(it.least)),
        };
        Self {
            measures: rules.measures.iter().map(measure).collect(),
            districts: rules.districts.iter().map(district).collect(),
            university_most: signal(&draft.university_most),
            applications_most: signal(&draft.applications_most),
        }
    }

    fn draft(&self) -> SelectionDraft {
        let rows = |rows: &[Least]| {
            rows.iter().map(|it| LeastDraft { of: it.of.clone(), least: it.least.get_untracked() }).collect()
        };
        SelectionDraft {
            measures: rows(&self.measures),
            districts: rows(&self.districts),
            university_most: self.university_most.get_untracked(),
            applications_most: self.applications_most.get_untracked(),
        }
    }
}

impl Criterion {
    fn of(draft: &CriterionDraft) -> Self {
        let levels = draft.levels.iter().map(|it| [signal(&it.from), signal(&it.words)]).collect();
        Self {
            name: signal(&draft.name),
            name_en: signal(&draft.name_en),
            weight: signal(&draft.weight),
            levels: RwSignal::new(levels),
        }
    }

    fn draft(&self) -> CriterionDraft {
        let level = |[from, words]: &[RwSignal<String>; 2]| LevelDraft {
            from: from.get_untracked(),
            words: words.get_untracked(),
        };
        CriterionDraft {
            name: self.name.get_untracked(),
            name_en: self.name_en.get_untracked(),
            weight: self.weight.get_untracked(),
            levels: self.levels.get_untracked().iter().map(level).collect(),
        }
    }
}

impl Indicator {
    fn of(draft: &FrameIndicatorDraft) -> Self {
        Self {
            dimension: RwSignal::new(draft.dimension),
            name: signal(&draft.name),
            name_en: signal(&draft.name_en),
            weight: signal(&draft.weight),
            rule: signal(&draft.rule),
        }
    }

    fn draft(&self) -> FrameIndicatorDraft {
        FrameIndicatorDraft {
            dimension: self.dimension.get_untracked(),
            name: self.name.get_untracked(),
            name_en: self.name_en.get_untracked(),
            weight: self.weight.get_untracked(),
            rule: self.rule.get_untracked(),
        }
    }
}

/// The fields of the part.
pub fn fields(session: Session, view: &CycleView, typed: Typed, act: Act) -> AnyView {
    let now = view.row.phase;
    typed.0.with_value(|form| match form {
        Form::Plan(rows) => rows
            .iter()
            .enumerate()
            .filter(|(_, (draft, _))| draft.phase > now)
            .map(|(at, (draft, [from, to]))| plan_row(session, at, draft.phase, *from, *to, act))
            .collect_view()
            .into_any(),
        Form::Budget(budget) => {
            view! { <Field label=("经费预算（元）", "Budget (CNY)") name="budget" value=*budget short=true trouble=act.trouble/> }.into_any()
        }
        Form::Selection(rules) => selection(session, rules, act).into_any(),
        Form::Rubric(rows) => rubric(session, *rows, act).into_any(),
        Form::Frame(rows) => frame(session, *rows, act).into_any(),
        Form::Approval(chain) => super::approval::fields(session, *chain, act).into_any(),
        Form::Affinity(weights) => super::weights::fields(session, *weights, act).into_any(),
    })
}

fn plan_row(
    session: Session,
    at: usize,
    of: ronghe_domain::cycle::Phase,
    from: RwSignal<String>,
    to: RwSignal<String>,
    act: Act,
) -> impl IntoView {
    view! {
        <fieldset class="field"><legend>{move || phase(session.lang(), of)}</legend><div class="versus">
            <Field label=("开始", "From") name=format!("plan[{at}].from") value=from optional=true trouble=act.trouble/>
            <Field label=("结束", "To") name=format!("plan[{at}].to") value=to optional=true trouble=act.trouble/>
        </div></fieldset>
    }
}

fn selection(session: Session, rules: &Selection, act: Act) -> impl IntoView + use<> {
    let rows = |path: &'static str, rows: &[Least]| {
        let rows = rows.iter().enumerate().map(|(at, it)| {
            let (name, least) = (it.name.clone(), it.least);
            let id = format!("field-{path}[{at}].least");
            let wrong = Memo::new(move |_| {
                act.trouble.get().and_then(|it| it.of_field(&format!("{path}[{at}].least")))
            });
            view! {
                <tr><th scope="row"><label for=id.clone()>{move || session.lang().pick(&name.0, &name.1).to_owned()}</label>
                        {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}</th>
                    <td class="number"><input class="input" data-size="short" inputmode="numeric" id=id
                        aria-invalid=move || wrong.get().map(|_| "true")
                        prop:value=least on:input=move |event| least.set(event_target_value(&event))/></td></tr>
            }
        });
        rows.collect_view()
    };
    let table = |caption: (&'static str, &'static str), rows: _| {
        view! {
            <div class="table-frame section"><table class="table" data-density="dense">
                <caption>{move || session.lang().pick(caption.0, caption.1)}</caption>
                <tbody>{rows}</tbody></table></div>
        }
    };
    view! {
        <Field label=("每所高校最多申报", "Applications of a university at most") name="applications_most" value=rules.applications_most short=true optional=true trouble=act.trouble
            hint=("限额申报：由高校在校内择优", "Universities choose among their own")/>
        <Field label=("每所高校最多立项", "Awards of a university at most") name="university_most" value=rules.university_most short=true optional=true trouble=act.trouble/>
        {table(("每项措施至少立项（不填为不限）", "Awards at least under each measure (none where left out)"), rows("measures", &rules.measures))}
        {table(("每个区县至少立项（不填为不限）", "Awards at least in each district (none where left out)"), rows("districts", &rules.districts))}
    }
}

/// What the shares add up to, while they are typed.
pub(super) fn sum(
    session: Session,
    shares: impl Fn() -> Vec<String> + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let sum: i64 = shares().iter().filter_map(|share| share.trim().parse::<i64>().ok()).sum();
        let turn = (sum != 100).then_some("error");
        let said = match session.lang() {
            Lang::Zh => format!("权重合计 {sum}，应为 100"),
            Lang::En => format!("Weights add up to {sum}, must be 100"),
        };
        view! { <p class="field__count" data-turn=turn aria-live="polite">{said}</p> }
    }
}

pub(super) fn add(session: Session, on: impl Fn() + Send + 'static) -> impl IntoView {
    view! { <p><button class="button" type="button" data-size="small" on:click=move |_| on()>{move || session.lang().pick("增加一项", "Add one")}</button></p> }
}

pub(super) fn remove(session: Session, number: usize, on: impl Fn() + Send + 'static) -> impl IntoView {
    view! {
        <button class="button" type="button" data-kind="quiet" data-size="small" on:click=move |_| on()>
            {move || session.lang().pick("删除", "Remove")}<span class="unseen">{number}</span></button>
    }
}

pub(super) fn drop_at<T: Send + Sync + 'static>(rows: RwSignal<Vec<T>>, at: usize) {
    rows.update(|rows| {
        if at < rows.len() {
            drop(rows.remove(at));
        }
    });
}

fn rubric(session: Session, rows: RwSignal<Vec<Criterion>>, act: Act) -> impl IntoView {
    let trouble = act.trouble;
    let row = move |(at, it): (usize, Criterion)| {
        let levels = it.levels;
        let level = move |(line, [from, words]): (usize, [RwSignal<String>; 2])| {
            let path = |part: &str| format!("criteria[{at}].levels[{line}].{part}");
            view! {
                <div class="level">
                    <Field label=("最低分", "From") name=path("from") value=from short=true trouble=trouble/>
                    <Field label=("说明", "Meaning") name=path("words") value=words trouble=trouble/>
                    {remove(session, line + 1, move || drop_at(levels, line))}
                </div>
            }
        };
        view! {
            <fieldset class="field"><legend>{at + 1}</legend>
                <div class="indicator criterion">
                    <Field label=("指标", "Criterion") name=format!("criteria[{at}].name") value=it.name trouble=trouble/>
                    <Field label=("英文名称", "In English") name=format!("criteria[{at}].name_en") value=it.name_en optional=true trouble=trouble/>
                    <Field label=("权重", "Weight") name=format!("criteria[{at}].weight") value=it.weight short=true trouble=trouble/>
                    {remove(session, at + 1, move || drop_at(rows, at))}
                </div>
                <details><summary>{move || session.lang().pick("分档（最低一档从 0 分起）", "Levels (the lowest from 0)")}</summary>
                    {move || levels.get().into_iter().enumerate().map(level).collect_view()}
                    {add(session, move || levels.update(|levels| levels.push([signal(""), signal("")])))}
                </details>
            </fieldset>
        }
    };
    let shares = move || rows.get().iter().map(|it| it.weight.get()).collect();
    view! {
        <div id="field-criteria" tabindex="-1">{move || rows.get().into_iter().enumerate().map(row).collect_view()}</div>
        {add(session, move || rows.update(|rows| rows.push(Criterion::of(&CriterionDraft::default()))))}
        {sum(session, shares)}
    }
}

fn frame(session: Session, rows: RwSignal<Vec<Indicator>>, act: Act) -> impl IntoView {
    let trouble = act.trouble;
    let row = move |(at, it): (usize, Indicator)| {
        let id = format!("field-indicators[{at}].dimension");
        let options = move || {
            Dimension::ALL
                .into_iter()
                .map(|of| {
                    let selected = move || it.dimension.get() == of;
                    view! { <option prop:selected=selected>{dimension(session.lang(), of)}</option> }
                })
                .collect_view()
        };
        let choose = move |event: leptos::ev::Event| {
            let said = event_target_value(&event);
            let lang = untrack(move || session.lang());
            if let Some(of) = Dimension::ALL.into_iter().find(|of| dimension(lang, *of) == said) {
                it.dimension.set(of);
            }
        };
        view! {
            <fieldset class="field"><legend>{at + 1}</legend>
                <div class="indicator">
                    <Field label=("指标", "Indicator") name=format!("indicators[{at}].name") value=it.name trouble=trouble/>
                    <Field label=("英文名称", "In English") name=format!("indicators[{at}].name_en") value=it.name_en optional=true trouble=trouble/>
                    <Field label=("权重", "Weight") name=format!("indicators[{at}].weight") value=it.weight short=true trouble=trouble/>
                    <div class="field"><label for=id.clone()>{move || session.lang().pick("维度", "Dimension")}</label>
                        <select class="select" id=id on:change=choose>{options}</select></div>
                    {remove(session, at + 1, move || drop_at(rows, at))}
                </div>
                <TextArea label=("评分办法", "How it is scored") name=format!("indicators[{at}].rule") value=it.rule rows=2 trouble=trouble/>
            </fieldset>
        }
    };
    let shares = move || rows.get().iter().map(|it| it.weight.get()).collect();
    let empty = || FrameIndicatorDraft {
        dimension: Dimension::Output,
        name: String::new(),
        name_en: String::new(),
        weight: String::new(),
        rule: String::new(),
    };
    view! {
        <div id="field-indicators" tabindex="-1">{move || rows.get().into_iter().enumerate().map(row).collect_view()}</div>
        {add(session, move || rows.update(|rows| rows.push(Indicator::of(&empty()))))}
        {sum(session, shares)}
    }
}
