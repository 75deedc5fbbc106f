//! The first page: what this is, the doors, the measures.

use super::{Body, cycle};
use crate::assets::WATER;
use crate::context::{Context, measure_ordinal, section_heading};
use crate::shell::Nav;
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::{OrgKind, Place};
use ronghe_domain::policy::rules::{last_day, status};
use ronghe_domain::policy::{Content, Policy};

pub(crate) fn page(context: &Context) -> Body {
    let current = context.register.current().and_then(|policy| Some((policy, Register::content(policy)?)));
    let main = view! {
        <main id="main" tabindex="-1">
            <section class="hero" aria-labelledby="title">
                <div inner_html=WATER></div>
                <div class="wrap">
                    <h1 id="title">{context.t("让驻济高校的长处，用在济南的课堂里", "What Jinan's universities do best, for Jinan's schools")}</h1>
                    <p>{context.t(
                        "哪些措施、由哪些单位负责、到什么时候有效，都在这里公开。",
                        "Which measures there are, which offices are responsible, and until when they hold: all of it in public.",
                    )}</p>
                </div>
            </section>
            <div class="wrap site-main">
                {cycle::teaser(context)}
                {doors(context)}
                {current.map(|(policy, content)| measures(context, policy, content))}
                {figures(context)}
            </div>
        </main>
    };
    Body {
        title: context.t("高校支持济南教育高质量发展", "Universities for Jinan's schools").to_owned(),
        nav: Nav::Home,
        main: main.into_any(),
    }
}

fn doors(context: &Context) -> AnyView {
    let link = |path: &str, zh: &str, en: &str| view! { <li><a href=context.href(path)>{context.t(zh, en).to_owned()}</a></li> };
    view! {
        <div class="doors">
            <section class="door">
                <h2>{context.t("我是学校", "I am at a school")}</h2>
                <p>{context.t("先看措施里有哪些合作形式，该问哪个处室。", "See which forms of cooperation there are, and which office to ask.")}</p>
                <ul>
                    {link("/cycles", "本年度的日历与规则", "This year's calendar and rules")}
                    {link("/policies", "政策与十二条措施", "Policies and measures")}
                    {link("/offices", "责任单位各管哪几条", "Who is responsible for what")}
                    {link("/needs", "需求清单：列入了哪些", "The need list: what came onto it")}
                </ul>
            </section>
            <section class="door">
                <h2>{context.t("我是高校", "I am at a university")}</h2>
                <p>{context.t("看学校需要什么、截止到哪天；登录后申报。", "See what schools need and until when; sign in to apply.")}</p>
                <ul>
                    {link("/needs", "需求清单：可以申报哪些", "The need list: what can be applied for")}
                    {link("/universities", "高校名录", "Universities")}
                    {link("/leading-group", "领导小组与联络处", "Leading group and liaison office")}
                </ul>
            </section>
            <section class="door">
                <h2>{context.t("我想核对", "I want to check")}</h2>
                <p>{context.t("全文、有效期、责任矩阵，都能查、能下载。", "Full texts, validity, the matrix: to search and to keep.")}</p>
                <ul>
                    {link("/search", "查找", "Search")}
                    {link("/data", "下载数据", "Download data")}
                </ul>
            </section>
        </div>
    }
    .into_any()
}

fn measures(context: &Context, policy: &Policy, content: &Content) -> AnyView {
    let sections: Vec<_> = content
        .sections
        .iter()
        .map(|section| {
            let rows: Vec<_> = section
                .measures
                .iter()
                .map(|measure| {
                    let first = measure.units.first().map(|unit| unit.name.clone());
                    view! {
                        <li class="contents__measure">
                            <span class="contents__ordinal" aria-hidden="true">{measure_ordinal(context.lang, measure)}</span>
                            <a href=context.measure_href(policy, measure) lang="zh-CN">{measure.title.clone()}</a>
                            <span class="quiet" lang="zh-CN">{first}</span>
                        </li>
                    }
                })
                .collect();
            view! {
                <li>
                    <h3 lang="zh-CN">{section_heading(context.lang, section.number, &section.title)}</h3>
                    <ul>{rows}</ul>
                </li>
            }
        })
        .collect();
    let until = last_day(policy).map(|day| {
        view! { <span>{context.t("，有效至 ", ", valid until ")}{context.day(day)}</span> }
    });
    let tag = status(policy, context.register.today).map(|status| context.status_tag(status));
    view! {
        <section class="section" aria-labelledby="measures">
            <div class="section__head">
                <h2 id="measures">{context.t("措施", "Measures")}</h2>
                <p class="quiet">
                    {tag}" "<span lang="zh-CN">{context.policy_label(content)}</span>{until}"　"
                    <a href=context.policy_href(policy)>{context.t("全文", "Full text")}</a>"　"
                    <a href=format!("{}/matrix", context.policy_href(policy))>{context.t("责任矩阵", "Matrix")}</a>
                </p>
            </div>
            <ol class="contents">{sections}</ol>
        </section>
    }
    .into_any()
}

/// Counts of what the register holds, nothing else.
fn figures(context: &Context) -> AnyView {
    let orgs = &context.register.directory.orgs;
    let count = |wanted: &dyn Fn(OrgKind) -> bool| orgs.iter().filter(|org| wanted(org.kind)).count();
    let offices = count(&|kind| matches!(kind, OrgKind::Office | OrgKind::Institution));
    let districts = count(&|kind| kind == OrgKind::District);
    let in_jinan = orgs
        .iter()
        .filter(|org| org.university.as_ref().is_some_and(|facts| facts.place == Place::InJinan))
        .count();
    let figure = |word: &str, number: usize| view! { <div><dt>{word.to_owned()}</dt><dd>{number}</dd></div> };
    view! {
        <section class="section" aria-labelledby="figures">
            <div class="section__head">
                <h2 id="figures">{context.t("登记在册", "In the register")}</h2>
                <a href=context.href("/data")>{context.t("数据", "Data")}</a>
            </div>
            <dl class="figures">
                {figure(context.t("处室与直属事业单位", "Offices and institutions"), offices)}
                {figure(context.t("区县教体局", "District bureaus"), districts)}
                {figure(context.t("驻济高校", "Universities in Jinan"), in_jinan)}
                {figure(context.t("政策文件", "Policy documents"), context.register.policies.len())}
            </dl>
        </section>
    }
    .into_any()
}
