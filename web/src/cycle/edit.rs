//! Making and changing a cycle in preparation.

use super::conditions::{Conditions, Row};
use super::title;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, Field, PageHead, Unknown, back, kept, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use ronghe_client::ListPolicies;
use ronghe_contract::cycle::CycleView;
use ronghe_contract::policy::PolicyRow;
use ronghe_domain::cycle::draft::usual_districts_end;
use ronghe_domain::cycle::eligibility::usual_eligibility;
use ronghe_domain::cycle::{CycleDraft, Phase, PlanDraft};
use ronghe_text::{Lang, phase};

/// The page of a new one.
#[component]
pub fn NewCycle() -> impl IntoView {
    let session = Session::here();
    let heading = Signal::derive(move || session.lang().pick("新建周期", "Make a cycle").to_owned());
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")).unwrap_or_default());
    // A new one begins as it usually is, or as it follows from another year.
    let draft = Fetch::new(move || {
        let after = after.get();
        async move {
            if after.is_empty() {
                return Ok(CycleDraft { eligibility: usual_eligibility(), ..CycleDraft::default() });
            }
            session.call(async |client| client.draft_following_cycle(&after).await).await
        }
    });
    let kept = kept::<(Typed, Act)>();
    view! {
        {move || back(session, "/app/cycles", session.lang().pick("周期", "Cycles"))}
        <PageHead title=heading/>
        {loaded(session, draft, move |draft: CycleDraft| {
            let (typed, act) = kept(&|| (Typed::of(&draft), Act::new()));
            let from = (!draft.rules_of.is_empty()).then(|| following(session, &draft.rules_of));
            view! { {from}<Form before=None typed=typed act=act/> }
        })}
    }
}

fn following(session: Session, year: &str) -> impl IntoView + use<> {
    let lang = session.lang();
    let said = match lang {
        Lang::Zh => format!(
            "照 {year} 年度填好：窗口移到下一年的同一天（遇非工作日顺延），择优规则、评审指标、绩效评估指标沿用。核对后保存。"
        ),
        Lang::En => format!(
            "Filled in from {year}: every window a year later, on a working day; rules, rubric and frame are taken over. Look through it, then save."
        ),
    };
    view! { <div class="banner"><div><p>{said}</p></div></div> }
}

/// The page that changes one.
#[component]
pub fn EditCycle() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let year = Memo::new(move |_| params.with(|params| params.get("year").unwrap_or_default()));
    let cycle = Fetch::new(move || {
        let year = year.get();
        async move { session.call(async |client| client.show_cycle(&year).await).await }
    });
    let kept = kept::<(Typed, Act)>();
    loaded(session, cycle, move |view: CycleView| {
        let Some(draft) = view.draft.clone() else { return view! { <Unknown/> }.into_any() };
        let (typed, act) = kept(&|| (Typed::of(&draft), Act::new()));
        let lang = session.lang();
        let home = format!("/app/cycles/{}", view.row.year);
        let name = title(lang, &view.row);
        let head = format!("{}{name}", lang.pick("修改：", "Change: "));
        view! {
            {back(session, &home, &name)}
            <PageHead title=head/>
            <Form before=Some(view) typed=typed act=act/>
        }
        .into_any()
    })
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    year: RwSignal<String>,
    title: RwSignal<String>,
    title_en: RwSignal<String>,
    policy: RwSignal<String>,
    budget: RwSignal<String>,
    opens: RwSignal<String>,
    units_end: RwSignal<String>,
    districts_end: RwSignal<String>,
    /// First and last day of each planned phase.
    plan: [[RwSignal<String>; 2]; 8],
    notice_days: RwSignal<String>,
    most_per_school: RwSignal<String>,
    most_per_district: RwSignal<String>,
    eligibility: RwSignal<Vec<Row>>,
    /// The year whose rules it takes.
    rules_of: RwSignal<String>,
}

impl Typed {
    fn of(draft: &CycleDraft) -> Self {
        let text = |of: &String| RwSignal::new(of.clone());
        let days = |phase: Phase| {
            let found = draft.plan.iter().find(|plan| plan.phase == phase);
            [
                RwSignal::new(found.map(|plan| plan.from.clone()).unwrap_or_default()),
                RwSignal::new(found.map(|plan| plan.to.clone()).unwrap_or_default()),
            ]
        };
        Self {
            year: text(&draft.year),
            title: text(&draft.title),
            title_en: text(&draft.title_en),
            policy: text(&draft.policy),
            budget: text(&draft.budget),
            opens: text(&draft.opens),
            units_end: text(&draft.units_end),
            districts_end: text(&draft.districts_end),
            plan: Phase::PLANNED.map(days),
            notice_days: text(&draft.notice_days),
            most_per_school: text(&draft.most_per_school),
            most_per_district: text(&draft.most_per_district),
            eligibility: RwSignal::new(draft.eligibility.iter().map(Row::of).collect()),
            rules_of: text(&draft.rules_of),
        }
    }

    fn draft(self) -> CycleDraft {
        let plan = Phase::PLANNED.into_iter().zip(self.plan).map(|(phase, [from, to])| PlanDraft {
            phase,
            from: from.get_untracked(),
            to: to.get_untracked(),
        });
        CycleDraft {
            year: self.year.get_untracked(),
            title: self.title.get_untracked(),
            title_en: self.title_en.get_untracked(),
            policy: self.policy.get_untracked(),
            budget: self.budget.get_untracked(),
            opens: self.opens.get_untracked(),
            units_end: self.units_end.get_untracked(),
            districts_end: self.districts_end.get_untracked(),
            plan: plan.collect(),
            notice_days: self.notice_days.get_untracked(),
            most_per_school: self.most_per_school.get_untracked(),
            most_per_district: self.most_per_district.get_untracked(),
            eligibility: self.eligibility.get_untracked().into_iter().map(Row::condition).collect(),
            rules_of: self.rules_of.get_untracked(),
        }
    }
}

#[component]
fn Form(before: Option<CycleView>, typed: Typed, act: Act) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = typed.draft();
        let seen = before.as_ref().map(|view| (view.row.year.clone(), view.version.clone()));
        let navigate = navigate.clone();
        act.run(
            async move |client| match seen {
                Some((year, version)) => client.change_cycle(&year, &version, &draft).await,
                None => client.create_cycle(&draft).await,
            },
            move |view: CycleView| navigate(&format!("/app/cycles/{}", view.row.year), Default::default()),
        );
    };
    let trouble = act.trouble;
    let minute = ("如 2026-03-20 17:00", "Such as 2026-03-20 17:00");
    view! {
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <Field label=("年度", "Year") name="year" value=typed.year short=true trouble=trouble/>
            <Field label=("标题", "Title") name="title" value=typed.title trouble=trouble/>
            <Field label=("英文标题", "English title") name="title_en" value=typed.title_en optional=true trouble=trouble/>
            <Policies typed=typed act=act/>
            <Field label=("经费预算（元）", "Budget (CNY)") name="budget" value=typed.budget short=true trouble=trouble/>
            <Field label=("征集开始", "Opening") name="opens" value=typed.opens short=true hint=minute trouble=trouble/>
            <Field label=("学校提交截止", "Schools submit until") name="units_end" value=typed.units_end short=true hint=minute trouble=trouble/>
            <Field label=("区县报送截止", "Districts forward until") name="districts_end" value=typed.districts_end short=true optional=true trouble=trouble
                hint=("不填则在学校截止 5 个工作日以后", "Five working days after the schools' end where left out")/>
            {move || usual(session, typed)}
            <Plan typed=typed act=act/>
            <Field label=("公示工作日", "Working days of notice") name="notice_days" value=typed.notice_days short=true optional=true trouble=trouble hint=("不填为 5", "Five where left out")/>
            <Field label=("每校上限", "Most for a school") name="most_per_school" value=typed.most_per_school short=true optional=true trouble=trouble/>
            <Field label=("每区县上限", "Most for a district") name="most_per_district" value=typed.most_per_district short=true optional=true trouble=trouble/>
            <Conditions rows=typed.eligibility act=act/>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("保存周期", "Save the cycle")}</Button></div>
        </form></div>
    }
}

/// The districts' end that follows, where none is typed.
fn usual(session: Session, typed: Typed) -> Option<impl IntoView + use<>> {
    let empty = typed.districts_end.with(|text| text.trim().is_empty());
    let end = typed.units_end.with(|text| usual_districts_end(text)).filter(|_| empty)?;
    Some(
        view! { <p class="quiet">{session.lang().pick("区县截止将是 ", "The districts' end will be ")}{end}</p> },
    )
}

/// The published policies, one of which it runs under.
#[component]
fn Policies(typed: Typed, act: Act) -> impl IntoView {
    let session = Session::here();
    let known = Fetch::new(move || async move {
        let ask = ListPolicies { state: "published".into(), ..ListPolicies::default() };
        session.call(async |client| client.list_policies(&ask).await).await.map(|page| page.items)
    });
    let wrong = Memo::new(move |_| act.trouble.get().and_then(|trouble| trouble.of_field("policy")));
    let options = move || {
        let rows = known.get().and_then(Result::ok).unwrap_or_default();
        let row = |row: PolicyRow| {
            let slug = row.slug.clone();
            let selected = move || typed.policy.with(|policy| *policy == slug);
            let name = format!("{} {}", row.doc_number.unwrap_or_default(), row.title);
            view! { <option value=row.slug prop:selected=selected>{name}</option> }
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")><label for="field-policy">{move || session.lang().pick("依据的政策", "Policy")}</label>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            <select class="select" id="field-policy" on:change=move |event| typed.policy.set(event_target_value(&event))>
                <option value="">{move || session.lang().pick("选一份……", "Choose one…")}</option>{options}</select></div>
    }
}

/// First and last day of each later phase.
#[component]
fn Plan(typed: Typed, act: Act) -> impl IntoView {
    let session = Session::here();
    let rows = Phase::PLANNED.into_iter().zip(typed.plan).enumerate().map(|(at, (of, [from, to]))| {
        view! {
            <fieldset class="field"><legend>{move || phase(session.lang(), of)}</legend><div class="versus">
                <Field label=("开始", "From") name=format!("plan[{at}].from") value=from optional=true trouble=act.trouble/>
                <Field label=("结束", "To") name=format!("plan[{at}].to") value=to optional=true trouble=act.trouble/>
            </div></fieldset>
        }
    });
    view! {
        <details class="field"><summary>{move || session.lang().pick("以后各阶段的安排（遴选须在开始征集前填写）", "Plan of the later phases (screening before the cycle is opened)")}</summary>
            {rows.collect_view()}</details>
    }
}
