//! A document: its facts, whether it holds, its contents and full text.

use super::Body;
use crate::context::{Context, measure_titled, section_heading};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::policy::rules::{Status, last_day, status};
use ronghe_domain::policy::{Content, DecisionPaper, Policy};
use ronghe_text::Lang;

pub(crate) fn page(context: &Context, slug: &str) -> Option<Body> {
    let policy = context.register.policy(slug)?;
    let content = Register::content(policy)?;
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, vec![(context.href("/policies"), context.t("政策与措施", "Policies and measures").to_owned())])}
            <div class="page-title">
                <h1 lang="zh-CN">{content.title.clone()}</h1>
                <p class="quiet" lang="zh-CN">{content.doc_number.clone()}</p>
            </div>
            {banner(context, policy, content)}
            <div class="reading section">
                <div>{full_text(context, policy, content)}</div>
                <aside class="aside">
                    <section>
                        <h2>{context.t("文件信息", "About the document")}</h2>
                        {facts(context, policy, content)}
                    </section>
                    <section>
                        <h2>{context.t("责任单位", "Responsible units")}</h2>
                        <ul class="link-list">
                            <li><a href=format!("{}/matrix", context.policy_href(policy))>{context.t("措施与责任单位一览", "Measures and units at a glance")}</a></li>
                            <li><a href=context.href("/leading-group")>{context.t("工作领导小组", "Leading group")}</a></li>
                        </ul>
                    </section>
                    {decisions(context, policy)}
                </aside>
            </div>
        </main>
    };
    Some(Body { title: content.title.clone(), nav: Nav::Policies, main: main.into_any() })
}

/// Whether it holds today, in a sentence; also on the pages of its measures.
pub(crate) fn banner(context: &Context, policy: &Policy, content: &Content) -> Option<AnyView> {
    let status = status(policy, context.register.today)?;
    let renewed = policy.renewals.last();
    let (turn, title, more) = match (status, renewed) {
        (Status::InForce, None) => return None,
        (Status::InForce, Some(renewal)) => (
            "done",
            view! {
                {context.t("现行有效：经决定延续", "In force: renewed by decision")}
                {renewal.last_day.map(|day| view! { {context.t("至 ", " until ")}{context.day(day)} })}
            }
            .into_any(),
            Some(view! {
                {content.last_day.map(|day| view! { {context.t("文件原定有效至 ", "By its own words it held until ")}{context.day(day)}{context.t("。", ". ")} })}
                <a href=format!("{}#decisions", context.policy_href(policy))>{context.t("查看决定", "See the decision")}</a>
            }.into_any()),
        ),
        (Status::Expired, _) => (
            "draft",
            view! { {context.t("已失效", "Expired")}{last_day(policy).map(|day| view! { {context.t("：有效期至 ", ": valid until ")}{context.day(day)} })} }.into_any(),
            None,
        ),
        (Status::Upcoming, _) => (
            "others",
            view! { {context.t("尚未生效，施行日期 ", "Not yet in force, begins on ")}{context.day(content.effective_from)} }.into_any(),
            None,
        ),
        (Status::Superseded, _) => (
            "draft",
            view! { {context.t("已废止", "Superseded")} }.into_any(),
            successor(context, policy),
        ),
    };
    Some(
        view! {
            <div class="banner" data-turn=turn>
                <div><p class="banner__title">{title}</p>{more.map(|more| view! { <p>{more}</p> })}</div>
            </div>
        }
        .into_any(),
    )
}

fn successor(context: &Context, policy: &Policy) -> Option<AnyView> {
    let id = policy.supersession.as_ref()?.successor?;
    let successor = context.register.policies.iter().find(|policy| policy.id == id)?;
    let content = Register::content(successor)?;
    Some(
        view! {
            {context.t("由新的文件取代：", "Its place is taken by ")}
            <a href=context.policy_href(successor) lang="zh-CN">{content.title.clone()}</a>
        }
        .into_any(),
    )
}

fn facts(context: &Context, policy: &Policy, content: &Content) -> AnyView {
    let fact = |word: &str, value: AnyView| view! { <dt>{word.to_owned()}</dt><dd>{value}</dd> };
    let chinese = |text: String| view! { <span lang="zh-CN">{text}</span> }.into_any();
    let list = |names: &[String]| (!names.is_empty()).then(|| names.join("；"));
    let until = last_day(policy)
        .map_or_else(|| context.t("未设期限", "No end set").to_owned().into_any(), |day| context.day(day));
    view! {
        <dl class="facts">
            {content.doc_number.clone().map(|number| fact(context.t("文号", "Number"), chinese(number)))}
            {fact(context.t("发文机关", "Issued by"), chinese(content.issuer.clone()))}
            {fact(context.t("成文日期", "Issued on"), context.day(content.issue_date))}
            {fact(context.t("施行日期", "In force from"), context.day(content.effective_from))}
            {fact(context.t("有效至", "Valid until"), until)}
            {content.trial.then(|| fact(context.t("性质", "Nature"), context.t("试行", "On trial").to_owned().into_any()))}
            {list(&content.recipients).map(|names| fact(context.t("主送", "To"), chinese(names)))}
            {list(&content.copies).map(|names| fact(context.t("抄送", "Copies"), chinese(names)))}
            {content.openness.clone().map(|words| fact(context.t("公开属性", "Openness"), chinese(words)))}
        </dl>
    }
    .into_any()
}

fn full_text(context: &Context, policy: &Policy, content: &Content) -> AnyView {
    let preamble = (!content.preamble.is_empty())
        .then(|| view! { <div class="official" lang="zh-CN"><p>{content.preamble.clone()}</p></div> });
    let sections: Vec<_> = content
        .sections
        .iter()
        .map(|section| {
            let measures: Vec<_> = section
                .measures
                .iter()
                .map(|measure| {
                    let units: Vec<&str> = measure.units.iter().map(|unit| unit.name.as_str()).collect();
                    let paragraphs: Vec<_> =
                        measure.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
                    view! {
                        <article class="register-measure" id=format!("m{}", measure.seq) lang="zh-CN">
                            <h3><a href=context.measure_href(policy, measure)>{measure_titled(Lang::Zh, measure)}</a></h3>
                            <div class="official">{paragraphs}</div>
                            {(!units.is_empty()).then(|| view! { <p class="quiet">{format!("责任单位：{}", units.join("、"))}</p> })}
                        </article>
                    }
                })
                .collect();
            let heading = section_heading(Lang::Zh, section.number, &section.title);
            view! {
                <section class="section">
                    {(!heading.is_empty()).then(|| view! { <h2 lang="zh-CN">{heading}</h2> })}
                    {measures}
                </section>
            }
        })
        .collect();
    view! { {preamble} {sections} }.into_any()
}

fn decisions(context: &Context, policy: &Policy) -> Option<AnyView> {
    let paper = |decision: &DecisionPaper, what: String| {
        view! {
            <li>
                <p>{what}</p>
                <p class="quiet"><small lang="zh-CN">{decision.paper.clone()}"，"{decision.number.clone()}"，"{context.day(decision.date)}</small></p>
            </li>
        }
    };
    let renewals: Vec<_> = policy
        .renewals
        .iter()
        .map(|renewal| {
            let until = renewal.last_day.map_or_else(
                || context.t("延续，未设期限", "Renewed without end").to_owned(),
                |day| {
                    format!(
                        "{}{}",
                        context.t("延续至 ", "Renewed until "),
                        ronghe_text::date_long(context.lang, day)
                    )
                },
            );
            paper(&renewal.decision, until)
        })
        .collect();
    let end = policy
        .supersession
        .as_ref()
        .map(|by| paper(&by.decision, context.t("废止", "Superseded").to_owned()));
    if renewals.is_empty() && end.is_none() {
        return None;
    }
    Some(
        view! {
            <section id="decisions">
                <h2>{context.t("延续与废止的决定", "Decisions on its validity")}</h2>
                <ul class="register-decisions">{renewals}{end}</ul>
            </section>
        }
        .into_any(),
    )
}
