//! Universities: those in Jinan, and those outside that measure (十二) speaks of.

use super::Body;
use crate::context::{Context, measure_titled};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::{Organisation, Place, UniversityFacts};
use ronghe_text::{Lang, affiliation, discipline, form, mark, place, stage, university_kind};

pub(crate) fn list(context: &Context) -> Body {
    let title = context.t("高校", "Universities").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title">
                <h1>{title.clone()}</h1>
                <p class="lede">{context.t(
                    "驻济高校是各条措施的主体；教育部直属师范大学和国内“双一流”建设高校按措施（十二）参照合作。",
                    "Universities in Jinan carry the measures; the ministry's normal universities and Double First-Class universities elsewhere cooperate under measure 12.",
                )}</p>
            </div>
            {group(context, Place::InJinan)}
            {group(context, Place::Outside)}
        </main>
    };
    Body { title, nav: Nav::Universities, main: main.into_any() }
}

fn group(context: &Context, wanted: Place) -> AnyView {
    let mut universities: Vec<(&Organisation, &UniversityFacts)> = context
        .register
        .directory
        .orgs
        .iter()
        .filter_map(|org| Some((org, org.university.as_ref()?)))
        .filter(|(_, facts)| facts.place == wanted)
        .collect();
    universities.sort_by_key(|(org, _)| org.position);
    let (belongs, kind, marks) = (
        context.t("隶属", "Affiliation").to_owned(),
        context.t("类别", "Kind").to_owned(),
        context.t("标识", "Marks").to_owned(),
    );
    let rows: Vec<_> = universities
        .into_iter()
        .map(|(org, facts)| {
            view! {
                <tr>
                    <th scope="row"><a href=context.org_href(org)>{context.org_name(org)}</a></th>
                    <td data-label=belongs.clone()>{affiliation(context.lang, facts.affiliation)}</td>
                    <td data-label=kind.clone()>{university_kind(context.lang, facts.kind)}</td>
                    <td data-label=marks.clone()>{marks_of(context, facts)}</td>
                </tr>
            }
        })
        .collect();
    let name = place(context.lang, wanted);
    view! {
        <section class="section">
            <div class="section__head"><h2>{name}</h2></div>
            <div class="table-frame">
                <table class="table" data-narrow="cards">
                    <caption class="unseen">{name}</caption>
                    <thead><tr>
                        <th scope="col">{context.t("高校", "University")}</th>
                        <th scope="col">{belongs.clone()}</th>
                        <th scope="col">{kind.clone()}</th>
                        <th scope="col">{marks.clone()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn marks_of(context: &Context, facts: &UniversityFacts) -> String {
    let words: Vec<&str> = facts.marks.iter().map(|bears| mark(context.lang, bears.kind)).collect();
    words.join(context.t("、", ", "))
}

pub(crate) fn page(context: &Context, slug: &str) -> Option<Body> {
    let org = context.register.directory.org_by_slug(slug)?;
    let facts = org.university.as_ref()?;
    let title = context.org_name(org);
    let marks = marks_of(context, facts);
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, vec![(context.href("/universities"), context.t("高校", "Universities").to_owned())])}
            <div class="page-title"><h1>{title.clone()}</h1>
                {(context.lang == Lang::En).then(|| view! { <p class="quiet" lang="zh-CN">{org.name.clone()}</p> })}
            </div>
            <dl class="facts">
                <dt>{context.t("所在地", "Place")}</dt><dd>{place(context.lang, facts.place)}</dd>
                <dt>{context.t("隶属", "Affiliation")}</dt><dd>{affiliation(context.lang, facts.affiliation)}</dd>
                <dt>{context.t("类别", "Kind")}</dt><dd>{university_kind(context.lang, facts.kind)}</dd>
                {(!marks.is_empty()).then(|| view! { <dt>{context.t("标识", "Marks")}</dt><dd>{marks}</dd> })}
            </dl>
            {profile(context, org)}
        </main>
    };
    Some(Body { title, nav: Nav::Universities, main: main.into_any() })
}

/// What it offers to schools, as it says itself; the text in Chinese.
fn profile(context: &Context, org: &Organisation) -> Option<AnyView> {
    let content = &context.register.profile(org.id)?.content;
    let policy = context.register.policies.iter().find(|policy| policy.id == content.policy);
    let said = policy.and_then(|policy| Some((policy, Register::content(policy)?)));
    let measures: Vec<_> = content
        .measures
        .iter()
        .filter_map(|seq| {
            let (policy, said) = said?;
            let measure = said.measure(*seq)?;
            let title = measure_titled(context.lang, measure);
            Some(view! { <li lang="zh-CN"><a href=context.measure_href(policy, measure)>{title}</a></li> })
        })
        .collect();
    let joined = |words: Vec<&str>| words.join(context.t("、", ", "));
    let disciplines = content.disciplines.iter().map(|code| discipline(context.lang, code));
    let disciplines = joined(disciplines.collect());
    let forms = joined(content.forms.iter().map(|it| form(context.lang, *it)).collect());
    let stages = joined(content.stages.iter().map(|it| stage(context.lang, *it)).collect());
    let strengths: Vec<_> =
        content.strengths.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    Some(
        view! {
            <section class="section" aria-labelledby="offers">
                <div class="section__head"><h2 id="offers">{context.t("能为中小学做什么", "What it offers to schools")}</h2></div>
                <dl class="facts">
                    <dt>{context.t("学科", "Disciplines")}</dt><dd>{disciplines}</dd>
                    <dt>{context.t("措施", "Measures")}</dt><dd><ul class="link-list">{measures}</ul></dd>
                    {(!forms.is_empty()).then(|| view! { <dt>{context.t("合作形式", "Forms of cooperation")}</dt><dd>{forms}</dd> })}
                    <dt>{context.t("学段", "School stages")}</dt><dd>{stages}</dd>
                </dl>
                <h3>{context.t("优势与资源", "Strengths and resources")}</h3>
                <div lang="zh-CN">{strengths}</div>
            </section>
        }
        .into_any(),
    )
}
