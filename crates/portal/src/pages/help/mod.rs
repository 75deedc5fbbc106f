//! Help: how the work goes, in a few sentences, and a guide for each role.

mod guide;
mod topic;

use super::Body;
use crate::context::Context;
use crate::shell::{Nav, crumbs};
use guide::{GUIDES, Guide, SIGN_IN};
use leptos::prelude::*;
use topic::Topic;

pub(crate) fn page(context: &Context) -> Body {
    let title = context.t("帮助", "Help").to_owned();
    let own: Vec<&str> = context.asked("for").split(',').collect();
    let (mine, others): (Vec<&Guide>, Vec<&Guide>) =
        GUIDES.iter().partition(|guide| own.contains(&guide.slug));
    let links = |guides: Vec<&Guide>| guides.into_iter().map(|guide| link(context, guide)).collect_view();
    let yours = (!mine.is_empty()).then(|| {
        let head = context.t("你的指南", "Your guides").to_owned();
        view! { <section class="section"><h2>{head}</h2><ul class="link-list">{links(mine)}</ul></section> }
    });
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            {yours}
            <section class="section"><h2>{context.t("各角色指南", "A guide for each role").to_owned()}</h2>
                <ul class="link-list">{links(others)}</ul></section>
            <div class="section guide" inner_html=guide::work(context)></div>
            <div class="section guide" id=SIGN_IN inner_html=guide::common(context)></div>
        </main>
    };
    Body { title, nav: Nav::Help, main: main.into_any() }
}

fn link(context: &Context, guide: &Guide) -> impl IntoView + use<> {
    let to = context.href(&format!("/help/{}", guide.slug));
    view! { <li><a href=to>{guide.title(context.lang)}</a></li> }
}

/// The guide for a role, or to a subject.
pub(crate) fn guide(context: &Context, slug: &str) -> Option<Body> {
    let Some(guide) = guide::of(slug) else {
        return topic::of(slug).map(|topic| of_topic(context, topic));
    };
    let body = view! { <div class="guide" inner_html=guide.html(context)></div> };
    Some(read(context, guide.title(context.lang), body.into_any()))
}

/// The guide to a subject, and in which language it is written where that is not the reader's.
fn of_topic(context: &Context, topic: &Topic) -> Body {
    let written = topic.written(context.lang);
    let note = (written != context.lang).then(|| {
        view! { <p class="quiet">{context.t("这份指南只有英文。", "This guide is written in Chinese.").to_owned()}</p> }
    });
    let body = view! { {note}<div class="guide" lang=written.tag() inner_html=topic.html(context)></div> };
    read(context, topic.title(context.lang), body.into_any())
}

fn read(context: &Context, title: &str, body: AnyView) -> Body {
    let title = title.to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, vec![(context.href("/help"), context.t("帮助", "Help").to_owned())])}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            {body}
        </main>
    };
    Body { title, nav: Nav::Help, main: main.into_any() }
}
