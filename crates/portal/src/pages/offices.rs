//! Offices, institutions and district bureaus: what each is responsible for.

use super::Body;
use crate::context::{Context, measure_number, measure_ordinal};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::{OrgKind, Organisation};
use ronghe_text::{Lang, org_kind};

const KINDS: [OrgKind; 3] = [OrgKind::Office, OrgKind::Institution, OrgKind::District];

pub(crate) fn list(context: &Context) -> Body {
    let title = context.t("责任单位", "Responsible offices").to_owned();
    let groups: Vec<_> = KINDS.into_iter().map(|kind| group(context, kind)).collect();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title">
                <h1>{title.clone()}</h1>
                <p class="lede">{context.t("处室、直属事业单位和区县教体局，各自负责现行文件的哪几条措施。", "Offices, institutions and district bureaus, and the measures of the current document that each is responsible for.")}</p>
            </div>
            {groups}
        </main>
    };
    Body { title, nav: Nav::Offices, main: main.into_any() }
}

fn group(context: &Context, kind: OrgKind) -> AnyView {
    let mut orgs: Vec<&Organisation> =
        context.register.directory.orgs.iter().filter(|org| org.kind == kind).collect();
    orgs.sort_by_key(|org| org.position);
    let measures = context.t("负责的措施", "Measures").to_owned();
    let rows: Vec<_> = orgs
        .into_iter()
        .map(|org| {
            let numbers = numbers(context, org);
            let quiet = numbers.is_empty().then(|| {
                view! { <span class="quiet">{context.t("没有措施点到", "Named in no measure").to_owned()}</span> }
            });
            let aliases = org.aliases.join("、");
            view! {
                <tr>
                    <th scope="row">
                        <a href=context.org_href(org)>{context.org_name(org)}</a>
                        {(!aliases.is_empty()).then(|| view! { <span class="table__no" lang="zh-CN">{aliases}</span> })}
                    </th>
                    <td data-label=measures.clone()>{numbers}{quiet}</td>
                </tr>
            }
        })
        .collect();
    let name = org_kind(context.lang, kind);
    view! {
        <section class="section">
            <div class="section__head"><h2>{name}</h2></div>
            <div class="table-frame">
                <table class="table register-offices" data-narrow="cards">
                    <caption class="unseen">{name}</caption>
                    <thead><tr><th scope="col">{context.t("单位", "Office")}</th><th scope="col">{measures.clone()}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The ordinals of the current document's measures that name `org`.
fn numbers(context: &Context, org: &Organisation) -> String {
    let Some(content) = context.register.current().and_then(|policy| Register::content(policy)) else {
        return String::new();
    };
    content
        .measures()
        .filter(|measure| context.register.part(measure, org.id).is_some())
        .map(|measure| measure_number(context.lang, measure))
        .collect()
}

pub(crate) fn page(context: &Context, slug: &str) -> Option<Body> {
    let org = context.register.directory.org_by_slug(slug)?;
    if !matches!(org.kind, OrgKind::Bureau | OrgKind::Office | OrgKind::Institution | OrgKind::District) {
        return None;
    }
    let way = vec![(context.href("/offices"), context.t("责任单位", "Responsible offices").to_owned())];
    let title = context.org_name(org);
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, way)}
            <div class="page-title"><h1>{title.clone()}</h1>
                {(context.lang == Lang::En).then(|| view! { <p class="quiet" lang="zh-CN">{org.name.clone()}</p> })}
            </div>
            <div class="reading section">
                <div>{responsible(context, org)}</div>
                <aside class="aside"><section>
                    <h2>{context.t("单位信息", "About")}</h2>
                    {facts(context, org)}
                </section></aside>
            </div>
        </main>
    };
    Some(Body { title, nav: Nav::Offices, main: main.into_any() })
}

fn facts(context: &Context, org: &Organisation) -> AnyView {
    let aliases = org.aliases.join("、");
    let seat = org.leading_group_seat.map(|seat| match context.lang {
        Lang::Zh => format!("成员，名单第 {seat} 位"),
        Lang::En => format!("Member, number {seat} on the list"),
    });
    let parent = org.parent.and_then(|id| context.register.directory.org(id));
    view! {
        <dl class="facts">
            <dt>{context.t("类别", "Kind")}</dt><dd>{org_kind(context.lang, org.kind)}</dd>
            {(!aliases.is_empty()).then(|| view! { <dt>{context.t("简称与别名", "Also called")}</dt><dd lang="zh-CN">{aliases}</dd> })}
            {parent.map(|parent| view! { <dt>{context.t("上级单位", "Part of")}</dt><dd>{context.org_name(parent)}</dd> })}
            {seat.map(|seat| view! { <dt>{context.t("领导小组", "Leading group")}</dt><dd>{seat}</dd> })}
        </dl>
    }
    .into_any()
}

fn responsible(context: &Context, org: &Organisation) -> AnyView {
    let register = &context.register;
    let groups: Vec<_> = register
        .policies
        .iter()
        .filter_map(|policy| {
            let content = Register::content(policy)?;
            let items: Vec<_> = content
                .measures()
                .filter_map(|measure| {
                    let part = register.part(measure, org.id)?;
                    let through = part.through.and_then(|id| register.directory.group(id)).map(|group| {
                        let name = context.group_name(group);
                        view! { <span class="quiet">{context.t("经由“", "as one of “").to_owned()}{name}"”"</span> }
                    });
                    let first = (part.first && part.through.is_none())
                        .then(|| view! { <span class="quiet">{context.t("首位", "First").to_owned()}</span> });
                    Some(view! {
                        <li class="contents__measure">
                            <span class="contents__ordinal" aria-hidden="true">{measure_ordinal(context.lang, measure)}</span>
                            <a href=context.measure_href(policy, measure) lang="zh-CN">{measure.title.clone()}</a>
                            {first}{through}
                        </li>
                    })
                })
                .collect();
            (!items.is_empty()).then(|| {
                view! {
                    <section class="section">
                        <div class="section__head">
                            <h2>{context.t("负责的措施", "Responsible for")}</h2>
                            <a href=context.policy_href(policy) lang="zh-CN">{context.policy_label(content)}</a>
                        </div>
                        <ul class="contents">{items}</ul>
                    </section>
                }
            })
        })
        .collect();
    if groups.is_empty() {
        return view! { <p class="quiet">{context.t("在册文件没有措施点到这个单位。", "No document in the register names this office in a measure.").to_owned()}</p> }
            .into_any();
    }
    groups.into_any()
}
