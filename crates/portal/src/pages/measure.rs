//! A measure: its text, who is responsible, the forms of cooperation, the universities that it names.

use super::{Body, Found, policy};
use crate::context::{Context, measure_number, measure_ordinal, measure_titled, section_heading};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::{MarkKind, Organisation, Place, Target};
use ronghe_domain::policy::forms::forms_of;
use ronghe_domain::policy::{Content, Measure, Policy, Unit, UnitRole};
use ronghe_text::{Lang, form, mark, unit_role};

/// `/measures/4`: the measure of the document in force.
pub(crate) fn current(context: &Context, seq: u32) -> Option<Found> {
    let policy = context.register.current()?;
    let measure = Register::content(policy)?.measure(seq)?;
    Some(Found::Moved(context.measure_href(policy, measure)))
}

pub(crate) fn page(context: &Context, slug: &str, seq: u32) -> Option<Body> {
    let policy = context.register.policy(slug)?;
    let content = Register::content(policy)?;
    let measure = content.measure(seq)?;
    let section = content.sections.iter().find(|section| section.measures.iter().any(|m| m.seq == seq))?;
    let way = vec![
        (context.href("/policies"), context.t("政策与措施", "Policies and measures").to_owned()),
        (context.policy_href(policy), context.policy_label(content)),
    ];
    let paragraphs: Vec<_> = measure.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, way)}
            <div class="measure-title">
                <span class="measure-title__ordinal" aria-hidden="true">{measure_ordinal(context.lang, measure)}</span>
                <div>
                    <p class="quiet" lang="zh-CN">{section_heading(context.lang, section.number, &section.title)}</p>
                    <h1 lang="zh-CN"><span class="unseen">{measure_number(context.lang, measure)}</span>{measure.title.clone()}</h1>
                </div>
            </div>
            {policy::banner(context, policy, content)}
            <div class="reading section">
                <div>
                    <div class="official" lang="zh-CN">{paragraphs}</div>
                    {forms(context, content, seq)}
                    {universities(context, content, measure)}
                </div>
                <aside class="aside">
                    <section>
                        <h2>{context.t("责任单位", "Responsible units")}</h2>
                        <ol class="offices">{units(context, measure)}</ol>
                    </section>
                    <section>
                        <h2>{context.t("现在可以做", "What you can do now")}</h2>
                        <ul class="link-list">
                            <li><a href=format!("{}#m{seq}", context.policy_href(policy))>{context.t("在全文中阅读", "Read it in the full text")}</a></li>
                            <li><a href=format!("{}/matrix", context.policy_href(policy))>{context.t("与其他措施对照", "Compare it with the others")}</a></li>
                        </ul>
                    </section>
                </aside>
            </div>
            {neighbours(context, policy, content, seq)}
        </main>
    };
    let title = measure_titled(context.lang, measure);
    Some(Body { title, nav: Nav::Policies, main: main.into_any() })
}

/// Units in the order printed; in a plain list the first is marked.
fn units(context: &Context, measure: &Measure) -> Vec<AnyView> {
    let plain = measure.units.iter().all(|unit| unit.role == UnitRole::Responsible);
    measure
        .units
        .iter()
        .enumerate()
        .map(|(at, unit)| unit_item(context, unit, plain && at == 0, plain))
        .collect()
}

fn unit_item(context: &Context, unit: &Unit, first: bool, plain: bool) -> AnyView {
    let directory = &context.register.directory;
    let note = if first {
        Some(context.t("首位，先问这里", "First: ask here").to_owned())
    } else {
        (!plain).then(|| unit_role(context.lang, unit.role).to_owned())
    };
    let note = note.map(|note| view! { <small class="quiet">{note}</small> });
    match unit.target {
        Target::Org(id) => {
            let org = directory.org(id);
            let href = org.map(|org| context.org_href(org));
            let name = org.map_or_else(|| unit.name.clone(), |org| context.org_name(org));
            view! { <li><a href=href>{name}</a>{note}</li> }.into_any()
        }
        Target::Group(id) => {
            let members = directory.members(id, context.register.today);
            let count = match context.lang {
                Lang::Zh => format!("{} 个", members.len()),
                Lang::En => format!("{} members", members.len()),
            };
            let name = directory.group(id).map_or_else(
                || unit.name.clone(),
                |group| match context.lang {
                    Lang::Zh => unit.name.clone(),
                    Lang::En => context.group_name(group),
                },
            );
            let items: Vec<_> = members
                .into_iter()
                .map(|org| view! { <li><a href=context.org_href(org)>{context.org_name(org)}</a></li> })
                .collect();
            view! {
                <li>
                    <details class="register-group">
                        <summary>{name}" "<small class="quiet">{count}</small></summary>
                        <ul>{items}</ul>
                    </details>
                    {note}
                </li>
            }
            .into_any()
        }
    }
}

fn forms(context: &Context, content: &Content, seq: u32) -> Option<AnyView> {
    let forms = forms_of(content, seq);
    if forms.is_empty() {
        return None;
    }
    let items: Vec<_> = forms
        .iter()
        .map(|kind| {
            let regular = kind.is_regular().then(|| context.t("，定期或长期", ", regular").to_owned());
            view! { <li>{form(context.lang, *kind)}{regular}</li> }
        })
        .collect();
    Some(
        view! {
            <section class="section" aria-labelledby="forms">
                <div class="section__head"><h2 id="forms">{context.t("合作形式", "Forms of cooperation")}</h2></div>
                <ul class="forms">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Classes of universities that a measure of the notice names, and who belongs to them.
fn universities(context: &Context, content: &Content, measure: &Measure) -> Option<AnyView> {
    if forms_of(content, 1).is_empty() {
        return None;
    }
    let classes: &[MarkKind] = match measure.seq {
        6 => &[MarkKind::Arts, MarkKind::Sports],
        7 => &[MarkKind::HighLevel],
        10 => &[MarkKind::Normal],
        12 => &[MarkKind::MinistryNormal],
        _ => &[],
    };
    let groups: Vec<_> = classes.iter().filter_map(|kind| class(context, *kind)).collect();
    if groups.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="section" aria-labelledby="classes">
                <div class="section__head"><h2 id="classes">{context.t("本条点到的高校", "Universities that it names")}</h2></div>
                <dl class="facts">{groups}</dl>
            </section>
        }
        .into_any(),
    )
}

fn class(context: &Context, kind: MarkKind) -> Option<AnyView> {
    let outside = kind == MarkKind::MinistryNormal;
    let today = context.register.today;
    let bears = |org: &&Organisation| {
        org.university.as_ref().is_some_and(|facts| {
            (facts.place == Place::Outside) == outside
                && facts.marks.iter().any(|mark| {
                    mark.kind == kind
                        && mark.since.is_none_or(|since| since <= today)
                        && mark.until.is_none_or(|until| today <= until)
                })
        })
    };
    let members: Vec<_> = context
        .register
        .directory
        .orgs
        .iter()
        .filter(bears)
        .map(|org| view! { <li><a href=context.org_href(org)>{context.org_name(org)}</a></li> })
        .collect();
    (!members.is_empty()).then(|| {
        view! { <dt>{mark(context.lang, kind)}</dt><dd><ul class="register-inline">{members}</ul></dd> }
            .into_any()
    })
}

fn neighbours(context: &Context, policy: &Policy, content: &Content, seq: u32) -> AnyView {
    let side = |measure: Option<&Measure>, word: &str| {
        measure.map(|measure| {
            view! {
                <p>
                    <small class="quiet">{format!("{word}{}", measure_number(context.lang, measure))}</small><br/>
                    <a href=context.measure_href(policy, measure) lang="zh-CN">{measure.title.clone()}</a>
                </p>
            }
        })
    };
    let before = seq.checked_sub(1).and_then(|seq| content.measure(seq));
    view! {
        <nav class="neighbours" aria-label=context.t("相邻措施", "Neighbouring measures")>
            {side(before, context.t("上一条", "Before "))}
            {side(content.measure(seq + 1), context.t("下一条", "Next "))}
        </nav>
    }
    .into_any()
}
