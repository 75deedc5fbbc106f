//! Measures × units: who is responsible for what, at a glance.

use super::{Body, Found};
use crate::context::{Context, measure_number, measure_ordinal};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::Target;
use ronghe_domain::policy::{Content, Measure, Policy, UnitRole};
use ronghe_text::unit_role;

/// A column: whom the document names, in the order of the directory, groups last.
fn columns(context: &Context, content: &Content) -> Vec<(Target, String)> {
    let directory = &context.register.directory;
    let mut columns: Vec<(Target, String)> = Vec::new();
    for unit in content.measures().flat_map(|measure| &measure.units) {
        if columns.iter().all(|(known, _)| *known != unit.target) {
            let name = match unit.target {
                Target::Org(id) => directory.org(id).map(|org| context.org_name(org)),
                Target::Group(id) => directory.group(id).map(|group| context.group_name(group)),
            };
            columns.push((unit.target, name.unwrap_or_else(|| unit.name.clone())));
        }
    }
    columns.sort_by_key(|(target, _)| match target {
        Target::Org(id) => directory
            .org(*id)
            .map_or((1, u16::MAX), |org| (0, org.leading_group_seat.unwrap_or(500 + org.position))),
        Target::Group(_) => (1, 0),
    });
    columns
}

/// A unit's part in a measure: its role, and whether it stands first in a plain list.
fn part(measure: &Measure, target: Target) -> Option<(UnitRole, bool)> {
    let plain = measure.units.iter().all(|unit| unit.role == UnitRole::Responsible);
    measure
        .units
        .iter()
        .enumerate()
        .find(|(_, unit)| unit.target == target)
        .map(|(at, unit)| (unit.role, unit.role == UnitRole::Lead || (plain && at == 0)))
}

pub(crate) fn page(context: &Context, slug: &str) -> Option<Body> {
    let policy = context.register.policy(slug)?;
    let content = Register::content(policy)?;
    let columns = columns(context, content);
    let way = vec![
        (context.href("/policies"), context.t("政策与措施", "Policies and measures").to_owned()),
        (context.policy_href(policy), context.policy_label(content)),
    ];
    let title = context.t("措施与责任单位", "Measures and responsible units").to_owned();
    let heads: Vec<_> =
        columns.iter().map(|(_, name)| view! { <th scope="col"><span>{name.clone()}</span></th> }).collect();
    let rows: Vec<_> = content.measures().map(|measure| row(context, policy, measure, &columns)).collect();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, way)}
            <div class="page-title">
                <h1>{title.clone()}</h1>
                <p class="lede" lang="zh-CN">{context.policy_label(content)}</p>
            </div>
            <ul class="legend">
                <li><span class="matrix__cell" data-role="first">{letter(context, UnitRole::Responsible, true)}</span>{context.t("首位或牵头", "First or lead")}</li>
                <li><span class="matrix__cell">{letter(context, UnitRole::Responsible, false)}</span>{context.t("责任单位", "Responsible")}</li>
            </ul>
            <div class="table-scroll section" data-narrow="cards" tabindex="0" role="region" aria-label=context.t("措施与责任单位，可横向滚动", "Measures and units, scrolls sideways")>
                <table class="table matrix" data-head="sticky">
                    <caption class="unseen">{context.t("每条措施的责任单位", "Units responsible for each measure")}</caption>
                    <thead><tr><th scope="col">{context.t("措施", "Measure")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="list-foot">
                <p><small>{context.t("下载：", "Download: ")}<a href=format!("{}/matrix.csv", context.policy_href(policy))>"CSV"</a></small></p>
            </div>
        </main>
    };
    Some(Body { title, nav: Nav::Policies, main: main.into_any() })
}

fn row(context: &Context, policy: &Policy, measure: &Measure, columns: &[(Target, String)]) -> AnyView {
    let cells: Vec<_> = columns
        .iter()
        .map(|(target, name)| match part(measure, *target) {
            None => view! { <td></td> }.into_any(),
            Some((role, first)) => {
                let words = if first && role == UnitRole::Responsible {
                    context.t("首位", "first").to_owned()
                } else {
                    unit_role(context.lang, role).to_owned()
                };
                let colon = context.t("：", ": ");
                let label = format!("{}{name}{colon}{words}", measure_number(context.lang, measure));
                view! {
                    <td data-label=name.clone()>
                        <a class="matrix__cell" href=context.measure_href(policy, measure) data-role=first.then_some("first") aria-label=label>
                            {letter(context, role, first)}
                        </a>
                    </td>
                }
                .into_any()
            }
        })
        .collect();
    view! {
        <tr>
            <th scope="row">
                <a href=context.measure_href(policy, measure) lang="zh-CN">
                    <span class="matrix__ordinal">{measure_ordinal(context.lang, measure)}</span><span>{measure.title.clone()}</span>
                </a>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

fn letter(context: &Context, role: UnitRole, first: bool) -> &'static str {
    match (role, first) {
        (UnitRole::Lead, _) => context.lang.pick("牵", "L"),
        (UnitRole::Support, _) => context.lang.pick("配", "S"),
        (UnitRole::Responsible, true) => context.lang.pick("首", "1"),
        (UnitRole::Responsible, false) => context.lang.pick("责", "R"),
    }
}

pub(crate) fn csv(context: &Context, slug: &str) -> Option<Found> {
    let policy = context.register.policy(slug)?;
    let content = Register::content(policy)?;
    let columns = columns(context, content);
    let mut head = vec![context.t("序号", "No.").to_owned(), context.t("措施", "Measure").to_owned()];
    head.extend(columns.iter().map(|(_, name)| name.clone()));
    let mut table = vec![head];
    for measure in content.measures() {
        let mut row = vec![measure.seq.to_string(), measure.title.clone()];
        row.extend(columns.iter().map(|(target, _)| match part(measure, *target) {
            None => String::new(),
            Some((UnitRole::Responsible, true)) => context.t("首位", "First").to_owned(),
            Some((role, _)) => unit_role(context.lang, role).to_owned(),
        }));
        table.push(row);
    }
    let name = format!("matrix-{}.csv", policy.slug);
    Some(Found::File { kind: "text/csv; charset=utf-8", name, body: ronghe_text::csv::table(&table) })
}
