//! Changing what suggestions weigh: four shares of 100.

use super::revise::{signal, sum};
use crate::session::Session;
use crate::ui::Field;
use crate::ui::act::Act;
use leptos::prelude::*;
use ronghe_domain::cycle::affinity::WeightsDraft;
use ronghe_domain::suggestion::Part;
use ronghe_text::{Lang, affinity_part};

/// What is typed, in the order of the parts.
#[derive(Clone, Copy)]
pub struct Weights([RwSignal<String>; 4]);

/// Each part with its weight.
pub fn rows(draft: &WeightsDraft) -> [(Part, &String); 4] {
    [
        (Part::Disciplines, &draft.disciplines),
        (Part::Measures, &draft.measures),
        (Part::Stages, &draft.stages),
        (Part::Text, &draft.text),
    ]
}

impl Weights {
    /// As they stand now.
    pub fn of(draft: &WeightsDraft) -> Self {
        Self(rows(draft).map(|(_, weight)| signal(weight)))
    }

    /// As they would be sent.
    pub fn draft(self) -> WeightsDraft {
        let [disciplines, measures, stages, text] = self.0.map(|it| it.get_untracked());
        WeightsDraft { disciplines, measures, stages, text }
    }
}

/// The weights as they are typed.
pub fn fields(session: Session, Weights(typed): Weights, act: Act) -> impl IntoView {
    let [disciplines, measures, stages, text] = typed;
    let label = |part| (affinity_part(Lang::Zh, part), affinity_part(Lang::En, part));
    let shares = move || typed.map(|it| it.get()).to_vec();
    view! {
        <div class="stack" id="field-weights" tabindex="-1">
            <Field label=label(Part::Disciplines) name="weights.disciplines" value=disciplines short=true trouble=act.trouble/>
            <Field label=label(Part::Measures) name="weights.measures" value=measures short=true trouble=act.trouble/>
            <Field label=label(Part::Stages) name="weights.stages" value=stages short=true trouble=act.trouble/>
            <Field label=label(Part::Text) name="weights.text" value=text short=true trouble=act.trouble
                hint=("需求与高校画像的文字相近程度", "How near the texts of need and profile are")/>
            {sum(session, shares)}
        </div>
    }
}
