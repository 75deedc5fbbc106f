//! Opening a cycle, moving it on or back, setting an end later; rehearsals and their clock.

use super::{phase_tag, revise, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Choice, Fetch, Field, TextArea, Unknown, kept, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::Page;
use ronghe_contract::cycle::{ActOnCycle as Body, CycleView, FilingRow};
use ronghe_domain::cycle::{Action, End, Part, Phase};
use ronghe_text::{cycle_action, cycle_end, cycle_leaves_out, cycle_refusal, cycle_then};

/// The page of one action.
#[component]
pub fn ActOnCycle() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params
            .with(|params| (params.get("year").unwrap_or_default(), params.get("action").unwrap_or_default()))
    });
    let cycle = Fetch::new(move || {
        let (year, _) = asked.get();
        async move { session.call(async |client| client.show_cycle(&year).await).await }
    });
    let (act, typed, kept) = (Act::new(), Typed::new(), kept::<revise::Typed>());
    loaded(session, cycle, move |view: CycleView| {
        let action = match asked.get().1.as_str() {
            "open" => Action::Open,
            "advance" => Action::Advance,
            "extend" => Action::Extend,
            "back" => Action::Back,
            "rehearse" => Action::Rehearse,
            "clock" => Action::SetClock,
            "finish" => Action::Finish,
            name => match Part::named(name) {
                Some(part) => part.action(),
                None => return view! { <Unknown/> }.into_any(),
            },
        };
        let part = action.part().and_then(|part| view.parts.iter().find(|it| it.part == part));
        let revised = part.map(|part| kept(&|| revise::Typed::of(&part.draft, &view.selection)));
        confirm(session, view, action, act, Typed { revised, ..typed }).into_any()
    })
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    end: RwSignal<End>,
    until: RwSignal<String>,
    reason: RwSignal<String>,
    clock: RwSignal<String>,
    /// What is typed of a part.
    revised: Option<revise::Typed>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            end: RwSignal::new(End::Units),
            until: empty(),
            reason: empty(),
            clock: empty(),
            revised: None,
        }
    }

    fn body(self, action: Action) -> Option<Body> {
        let reason = self.reason.get_untracked();
        match action {
            Action::Open => Some(Body::Open),
            Action::Advance => Some(Body::Advance),
            Action::Back => Some(Body::Back { reason }),
            Action::Extend => Some(Body::Extend {
                end: self.end.get_untracked(),
                until: self.until.get_untracked(),
                reason,
            }),
            Action::SetClock => Some(Body::SetClock { clock: self.clock.get_untracked() }),
            Action::Finish => Some(Body::Finish),
            // Pages and operations of their own.
            Action::Change | Action::Rehearse => None,
            Action::RevisePlan
            | Action::ReviseBudget
            | Action::ReviseSelection
            | Action::ReviseRubric
            | Action::ReviseFrame
            | Action::ReviseApproval
            | Action::ReviseAffinity => self.revised.map(|it| Body::Revise { part: it.draft(), reason }),
        }
    }
}

fn confirm(session: Session, view: CycleView, action: Action, act: Act, typed: Typed) -> impl IntoView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| cycle_refusal(lang, refusal)));
    let home = format!("/app/cycles/{}", view.row.year);
    let (name, at) = (title(lang, &view.row), view.row.phase);
    let leave = home.clone();
    let form = move || form(session, view, action, leave, act, typed).into_any();
    act_page(session, &home, &name, &cycle_action(lang, action, at), refused, form)
}

fn form(
    session: Session,
    view: CycleView,
    action: Action,
    home: String,
    act: Act,
    typed: Typed,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (year, version, leave) = (view.row.year.clone(), view.version.clone(), home.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (year, version, leave, navigate) =
            (year.clone(), version.clone(), leave.clone(), navigate.clone());
        if action == Action::Rehearse {
            act.run(
                async move |client| client.rehearse_cycle(&year).await,
                move |made: CycleView| {
                    navigate(&format!("/app/cycles/{}", made.row.year), Default::default());
                },
            );
            return;
        }
        let Some(body) = typed.body(action) else { return };
        act.run(
            async move |client| client.act_on_cycle(&year, &version, &body).await,
            move |_: CycleView| navigate(&leave, Default::default()),
        );
    };
    let at = view.row.phase;
    let after = cycle_then(lang, action, at);
    let told = match action {
        Action::Rehearse => lang.pick(
            "筹备中的演练只有联络服务处和监督的人看得到",
            "A rehearsal in preparation is seen by the liaison office and those who watch alone",
        ),
        Action::SetClock => lang.pick("参加演练的人；不另行通知", "Who takes part; nobody is told"),
        _ => lang.pick(
            "与本阶段有关的人；原因写在周期页上",
            "Everyone whom the phase concerns; the reason stands on the cycle's page",
        ),
    };
    let tag = phase_tag(lang, view.row.phase);
    let left_out = (action == Action::Advance && at == Phase::CollectingNeeds)
        .then(|| view! { <LeftOut year=view.row.year.clone()/> });
    let fields = match action {
        Action::Extend => extension(session, view.row.phase, act, typed).into_any(),
        Action::Back => reason(act, typed).into_any(),
        Action::SetClock => view! {
            <Field label=("演练时钟拨到", "The clock shall show") name="clock" value=typed.clock short=true trouble=act.trouble
                hint=("如 2026-04-12 09:00；开始征集之后只能往后拨", "Such as 2026-04-12 09:00; once needs are collected it goes forward alone")/>
        }
        .into_any(),
        Action::Open | Action::Advance | Action::Change | Action::Rehearse | Action::Finish => ().into_any(),
        Action::RevisePlan
        | Action::ReviseBudget
        | Action::ReviseSelection
        | Action::ReviseRubric
        | Action::ReviseFrame
        | Action::ReviseApproval
        | Action::ReviseAffinity => {
            let fields = typed.revised.map(|it| revise::fields(session, &view, it, act));
            // Nobody else sees a cycle in preparation: there is nobody to tell why.
            let why = (at != Phase::Preparing).then(|| reason(act, typed));
            (fields, why).into_any()
        }
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {fields}
            <dl class="summary-list">
                <dt>{lang.pick("现在", "Now")}</dt><dd>{tag}</dd>
                <dt>{lang.pick("之后", "Then")}</dt><dd>{after}{left_out}</dd>
                <dt>{lang.pick("谁会看到", "Who sees it")}</dt><dd>{told}</dd>
            </dl>
            <div class="form-foot">
                <Button primary=true busy=act.busy>{cycle_action(lang, action, at)}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

/// How many needs the phase would go on without.
#[component]
fn LeftOut(year: String) -> impl IntoView {
    let session = Session::here();
    let filing = Fetch::new(move || {
        let year = year.clone();
        async move { session.call(async |client| client.show_filing(&year).await).await }
    });
    loaded(session, filing, move |page: Page<FilingRow>| {
        let count = page.items.iter().map(|row| row.left_out).sum();
        view! { <p><b>{cycle_leaves_out(session.lang(), count)}</b></p> }
    })
}

fn extension(session: Session, phase: Phase, act: Act, typed: Typed) -> impl IntoView {
    let open = End::of(phase);
    if let Some(first) = open.first().filter(|_| !open.contains(&typed.end.get_untracked())) {
        typed.end.set(*first);
    }
    let ends = open.iter().copied().map(|end| {
        let label = Signal::derive(move || cycle_end(session.lang(), end).to_owned());
        let checked = Signal::derive(move || typed.end.get() == end);
        view! { <Choice label=label checked=checked group="end" on_change=move |_| typed.end.set(end)/> }
    });
    view! {
        <fieldset class="field"><legend>{move || session.lang().pick("哪一个截止时间", "Which end")}</legend>{ends.collect_view()}</fieldset>
        <Field label=("延到", "Extend to") name="until" value=typed.until short=true trouble=act.trouble
            hint=("学校、区县、高校的截止写到分，如 2026-03-25 17:00；其他只写日期", "Schools', districts' and universities' ends to the minute, such as 2026-03-25 17:00; others the day alone")/>
        {reason(act, typed)}
    }
}

fn reason(act: Act, typed: Typed) -> impl IntoView {
    view! {
        <TextArea label=("原因", "Reason") name="reason" value=typed.reason rows=3 trouble=act.trouble
            hint=("所有有关的人都会看到", "Everyone whom it concerns sees it")/>
    }
}
