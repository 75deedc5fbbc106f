//! Changing the chain of approval: seats of the leading group with the posts that hold them, in order.

use super::revise::{add, drop_at, remove, signal};
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::{Choice, Field};
use leptos::prelude::*;
use ronghe_domain::cycle::Seat;
use ronghe_text::seat;

/// The steps as they are typed.
pub fn fields(
    session: Session,
    rows: RwSignal<Vec<(RwSignal<Seat>, RwSignal<String>)>>,
    act: Act,
) -> impl IntoView {
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
    }
}
