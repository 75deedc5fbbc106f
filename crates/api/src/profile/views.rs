//! Profiles on the wire.

use crate::org::views::org_ref;
use ronghe_app::{Caller, Register};
use ronghe_contract::need::{MeasureChoice, MeasureName};
use ronghe_contract::profile::{DisciplineView, ProfileView};
use ronghe_domain::org::Organisation;
use ronghe_domain::policy::forms::{forms_of, open_measures};
use ronghe_domain::profile::rules::may_change;
use ronghe_domain::profile::{Profile, discipline};

/// A profile as the caller sees it.
pub(super) fn view(
    caller: &Caller,
    org: &Organisation,
    profile: Option<&Profile>,
    register: &Register,
) -> ProfileView {
    let may_change = may_change(&caller.actor, org).is_ok();
    let content = profile.map(|profile| &profile.content);
    let disciplines = content.iter().flat_map(|content| &content.disciplines).map(|code| of_code(code));
    ProfileView {
        university: org_ref(org),
        disciplines: disciplines.collect(),
        measures: measures(profile, register),
        forms: content.map(|content| content.forms.clone()).unwrap_or_default(),
        stages: content.map(|content| content.stages.clone()).unwrap_or_default(),
        strengths: content.map(|content| content.strengths.clone()).unwrap_or_default(),
        changed_at: profile.map(|profile| profile.changed_at),
        may_change,
        choices: if may_change { choices(register) } else { Vec::new() },
        version: profile.map_or(Profile::NONE, |profile| profile.version).to_string(),
    }
}

fn of_code(code: &str) -> DisciplineView {
    let found = discipline::named(code);
    DisciplineView {
        code: code.to_owned(),
        name: found.map_or(code, |it| it.name).to_owned(),
        name_en: found.map_or(code, |it| it.name_en).to_owned(),
    }
}

/// By the document that they are of.
fn measures(profile: Option<&Profile>, register: &Register) -> Vec<MeasureName> {
    let Some(content) = profile.map(|profile| &profile.content) else { return Vec::new() };
    let policy = register.policies.iter().find(|policy| policy.id == content.policy);
    let named = |seq: &u32| {
        let measure = policy.and_then(|policy| Register::content(policy)?.measure(*seq));
        MeasureName { seq: *seq, title: measure.map(|it| it.title.clone()).unwrap_or_default() }
    };
    content.measures.iter().map(named).collect()
}

/// Measures of the document in force that name forms of cooperation.
fn choices(register: &Register) -> Vec<MeasureChoice> {
    let current = register.current().and_then(|policy| Register::content(policy));
    let Some(policy) = current else { return Vec::new() };
    let open = open_measures(policy);
    let open = policy.measures().filter(|measure| open.contains(&measure.seq));
    open.map(|measure| MeasureChoice {
        seq: measure.seq,
        title: measure.title.clone(),
        forms: forms_of(policy, measure.seq).to_vec(),
    })
    .collect()
}
