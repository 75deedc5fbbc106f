//! Help: how the work goes, in a few sentences, and a guide for each role.

mod guide;

use super::Body;
use crate::context::Context;
use crate::shell::{Nav, crumbs};
use guide::{GUIDES, Guide, SIGN_IN};
use leptos::prelude::*;

/// In both languages.
type Words = (&'static str, &'static str);

/// A subject: its heading, what is said of it, where to read on.
struct Subject {
    head: Words,
    said: Words,
    to: &'static str,
    link: Words,
}

const SUBJECTS: &[Subject] = &[
    Subject {
        head: ("填报需求", "Filing a need"),
        said: (
            "征集期间，学校和区县教体局在工作台填报，分七页，随写随存。学校的需求由区县教体局审核报送，市直学校的直接到高校联络服务处；退回的只改标出的几项，到期前重新提交。",
            "While needs are collected, schools and district bureaus file them in the workspace, on seven pages that save themselves. A district forwards those of its schools, municipal schools file directly; of a returned need what is marked is corrected and submitted again in time.",
        ),
        to: "/help/need-unit",
        link: ("需求单位指南", "Guide for need units"),
    },
    Subject {
        head: ("签发", "Sign-off"),
        said: (
            "单位给一类材料设了步骤的，提请后按职务逐步签发，最后一步签发后自动报出；没有设的直接报出。内容一改，已签的作废。进行到哪一步，在工作台的“签发”里看。",
            "Where an organisation has set steps for a kind of document, it is signed post by post once it is asked for, and leaves with the last signature; without steps it leaves at once. A change makes void what was signed. “Sign-off” in the workspace says where it stands.",
        ),
        to: "/help/university",
        link: ("高校指南", "Guide for universities"),
    },
    Subject {
        head: ("需求清单", "The need list"),
        said: (
            "遴选以后，清单由工作领导小组审定，高校联络服务处编号发布。发布的一版不再改动，后一版写明改了什么、为什么。",
            "After screening the leading group approves the list, and the liaison office publishes it with its numbers. A published version never changes; a later one says what changed and why.",
        ),
        to: "/needs",
        link: ("看需求清单", "See the need list"),
    },
    Subject {
        head: ("申报", "Applications"),
        said: (
            "高校对清单上的需求申报，可以邀请本校的人分写各部分。截止以前申报是密封的，截止后启封、形式审查，缺的退回补正；受理以后，需求单位写明是否愿意合作。",
            "A university applies for a need on the list and may invite its own people to write sections. Applications are sealed until the window has closed; then they are opened and checked, and returned where something is missing; once one is accepted, the need's unit says whether it is willing.",
        ),
        to: "/help/university",
        link: ("高校指南", "Guide for universities"),
    },
    Subject {
        head: ("对接会", "Meetings"),
        said: (
            "申报期间，需求单位或高校联络服务处可以为一条需求安排对接会；时间和地点公开在这条需求的页面上。",
            "While applications are accepted, a need's unit or the liaison office may hold a meeting on it; time and place stand on the page of the need.",
        ),
        to: "/needs",
        link: ("看需求清单", "See the need list"),
    },
    Subject {
        head: ("答疑", "Questions"),
        said: (
            "申报截止五天前，高校可以在需求的页面上提问。问和答都公开，谁提的不公开。",
            "Until five days before applications close, universities ask on the page of a need. Questions and answers are public; who asked is not.",
        ),
        to: "/help/university",
        link: ("高校指南", "Guide for universities"),
    },
    Subject {
        head: ("提醒", "Reminders"),
        said: (
            "期限快到而还没有办的，上午九点以后收到提醒：系统里的消息，和只写事项、编号、链接的邮件。提前几天由高校联络服务处定；哪些也发邮件，在“我的账号”里选。",
            "Whoever still has something to do is reminded before its end, after nine in the morning: by a message, and by mail that says what, number and link alone. The liaison office sets how many days before; everybody chooses in their account which messages come by mail too.",
        ),
        to: "/help/lead-office",
        link: ("高校联络服务处指南", "Guide for the liaison office"),
    },
    Subject {
        head: ("想找一条措施", "To find a measure"),
        said: (
            "从首页的目录进入，或者在“查找”里写两个字，例如“心理”。文件过了有效期的，它的页面说明是否经决定延续；没有延续的，标为“已失效”。",
            "Start from the contents on the first page, or search for two characters, such as 心理. Where a document has expired, its page says whether a decision renewed it; else it is marked as expired.",
        ),
        to: "/search",
        link: ("查找", "Search"),
    },
    Subject {
        head: ("想知道问哪个单位", "To know whom to ask"),
        said: (
            "每条措施右侧按原文顺序列出责任单位，首位先问；“责任单位”页反过来列出每个单位负责的措施。",
            "Beside each measure its responsible units stand in the order of the text: ask the first. The page on offices lists it the other way round.",
        ),
        to: "/offices",
        link: ("责任单位", "Offices"),
    },
];

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
    let subjects = SUBJECTS.iter().map(|it| subject(context, it)).collect_view();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            {yours}
            <section class="section"><h2>{context.t("各角色指南", "A guide for each role").to_owned()}</h2>
                <ul class="link-list">{links(others)}</ul></section>
            {subjects}
            <div class="section guide" id=SIGN_IN inner_html=guide::common(context)></div>
        </main>
    };
    Body { title, nav: Nav::Help, main: main.into_any() }
}

fn link(context: &Context, guide: &Guide) -> impl IntoView + use<> {
    let to = context.href(&format!("/help/{}", guide.slug));
    view! { <li><a href=to>{guide.title(context.lang)}</a></li> }
}

fn subject(context: &Context, it: &Subject) -> impl IntoView + use<> {
    let words = |(zh, en): Words| context.t(zh, en).to_owned();
    view! {
        <section class="section"><h2>{words(it.head)}</h2><p>{words(it.said)}</p>
            <p><a href=context.href(it.to)>{words(it.link)}</a></p></section>
    }
}

/// The guide for a role.
pub(crate) fn guide(context: &Context, slug: &str) -> Option<Body> {
    let guide = guide::of(slug)?;
    let title = guide.title(context.lang).to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, vec![(context.href("/help"), context.t("帮助", "Help").to_owned())])}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            <div class="guide" inner_html=guide.html(context)></div>
        </main>
    };
    Some(Body { title, nav: Nav::Help, main: main.into_any() })
}
