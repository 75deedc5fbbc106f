//! Changing the chain of approval: seats of the leading group with the posts that hold them, in order, and the body that
//! decides.

use super::revise::{add, drop_at, remove, signal};
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::{Choice, Field};
use leptos::prelude::*;
use ronghe_domain::cycle::Seat;
use ronghe_domain::cycle::approval::{ApprovalDraft, Body, StepDraft};
use ronghe_text::{deciding_body, seat};

/// The chain as it is typed.
#[derive(Clone, Copy)]
pub struct Chain {
    rows: RwSignal<Vec<(RwSignal<Seat>, RwSignal<String>)>>,
    body: RwSignal<Body>,
    needed: RwSignal<bool>,
}

impl Chain {
    /// As it stands.
    pub fn of(draft: &ApprovalDraft) -> Self {
        let step = |it: &StepDraft| (RwSignal::new(it.seat), signal(&it.post));
        Self {
            rows: RwSignal::new(draft.steps.iter().map(step).collect()),
            body: RwSignal::new(draft.body),
            needed: RwSignal::new(draft.minutes_needed),
        }
    }

    /// As it would be sent.
    pub fn draft(self) -> ApprovalDraft {
        let step = |(seat, post): &(RwSignal<Seat>, RwSignal<String>)| StepDraft {
            seat: seat.get_untracked(),
            post: post.get_untracked(),
        };
        ApprovalDraft {
            steps: self.rows.get_untracked().iter().map(step).collect(),
            body: self.body.get_untracked(),
            minutes_needed: self.needed.get_untracked(),
        }
    }
}

/// Its fields.
pub fn fields(session: Session, chain: Chain, act: Act) -> impl IntoView {
    let Chain { rows, .. } = chain;
    let row = move |(at, (of, post)): (usize, (RwSignal<Seat>, RwSignal<String>))| {
        let seats = Seat::ALL.map(|it| {
            let label = Signal::derive(move || seat(session.lang(), it).to_owned());
            let checked = Signal::derive(move || of.get() == it);
            view! { <Choice label=label checked=checked group=format!("seat{at}") on_change=move |_| of.set(it)/> }
        });
        view! {
            <fieldset class="field"><legend>{at + 1}</legend>
                {seats.into_iter().collect_view()}
                <Field label=("职务", "Post") name=format!("steps[{at}].post") value=post trouble=act.trouble
                    hint=("与账号上的职务一致", "As it stands at the account")/>
                {remove(session, at + 1, move || drop_at(rows, at))}
            </fieldset>
        }
    };
    view! {
        <div id="field-steps" tabindex="-1">{move || rows.get().into_iter().enumerate().map(row).collect_view()}</div>
        {add(session, move || rows.update(|rows| rows.push((RwSignal::new(Seat::Deputy), signal("")))))}
        {decides(session, chain)}
    }
}

/// Whose meeting decides, and whether that is on record before the list is published.
fn decides(session: Session, Chain { body, needed, .. }: Chain) -> impl IntoView {
    let bodies = Body::ALL.map(|it| {
        let label = Signal::derive(move || deciding_body(session.lang(), it).to_owned());
        let checked = Signal::derive(move || body.get() == it);
        view! { <Choice label=label checked=checked group="body" on_change=move |_| body.set(it)/> }
    });
    let label = Signal::derive(move || {
        session
            .lang()
            .pick("登记会议决定以后才能发布清单", "The list is published only once the decision is on record")
            .to_owned()
    });
    view! {
        <fieldset class="field"><legend>{move || session.lang().pick("需求清单由哪个会议决定", "Whose meeting decides on the need list")}</legend>
            {bodies.into_iter().collect_view()}</fieldset>
        <Choice label=label checked=needed on_change=move |on| needed.set(on)/>
    }
}
