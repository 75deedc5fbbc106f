//! Pages about the pages: data, accessibility, personal data.

use super::Body;
use crate::context::Context;
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;

type Words = (&'static str, &'static str);

/// Heads of the page on personal data, and what stands under them.
const PERSONAL: &[(Words, &[Words])] = &[
    (
        ("处理者和依据", "Who processes it, and on what ground"),
        &[(
            "济南市教育局为履行法定职责处理这些信息（个人信息保护法第十三条第一款第三项），承办单位是高校联络服务处。",
            "The Jinan Municipal Education Bureau processes it to do its statutory duty (PIPL article 13, paragraph 1, item 3); the University Liaison Office carries it out.",
        )],
    ),
    (
        ("登记哪些信息", "What is held"),
        &[
            (
                "姓名、登录账号、所在单位、职务、角色和邮箱，由系统管理员登记。",
                "Name, sign-in name, organisation, post, roles and mail address, entered by an administrator.",
            ),
            (
                "单位联系人和需求联系人的姓名、职务和电话。",
                "Names, posts and telephones of those whom organisations and needs name as contacts.",
            ),
            (
                "登录时间、网络地址和浏览器，以及每次办理的动作；密码和验证器密钥只存不可还原或加密的形式。",
                "Times of sign-in, network addresses and browsers, and each act; passwords and keys of authenticators are held only hashed or encrypted.",
            ),
            ("不收集学生个人信息，只有人数。", "Nothing on pupils but their number."),
        ],
    ),
    (
        ("谁看得到", "Who sees it"),
        &[
            (
                "姓名和单位给同事和一起办理的单位看；邮箱只给本人和系统管理员看。",
                "Names and organisations are seen by those who work together; mail addresses by their owner and administrators.",
            ),
            (
                "电话只显示头尾。要打电话的人写明原因才看得到完整号码，谁看了、为什么看留有记录。",
                "Telephones are masked. Who has to call says why before the number is shown; who read it and why is kept.",
            ),
            ("公开网站上没有个人信息。", "The public pages hold no personal data."),
        ],
    ),
    (
        ("保存多久", "How long"),
        &[(
            "账号停用后，办理过的事项和审计记录按档案规定保存；令牌、会话到期即失效。",
            "Once an account is closed, what was done and the audit log are kept as the rules on archives say; sessions and tokens end by themselves.",
        )],
    ),
    (
        ("你的权利", "Your rights"),
        &[(
            "可以查阅、更正自己的信息，或者要求删除不再需要的部分：本单位的系统管理员受理，也可以联系高校联络服务处。",
            "You may see and correct what is held on you, or ask that what is no longer needed be deleted: write to your administrator or to the University Liaison Office.",
        )],
    ),
];

pub(crate) fn data(context: &Context) -> Body {
    let title = context.t("数据与接口", "Data and API").to_owned();
    let current = context.register.current().map(|policy| {
        view! { <li><a href=format!("{}/matrix.csv", context.policy_href(policy))>{context.t("措施与责任单位，CSV", "Measures and units, CSV")}</a></li> }
    });
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1>
                <p class="lede">{context.t("在册内容可以下载，也可以用接口读取，不需要账号。", "All that is public can be downloaded, or read over the API, without an account.")}</p></div>
            <ul class="link-list">
                <li><a href=context.href("/policies.csv")>{context.t("政策文件，CSV", "Policy documents, CSV")}</a></li>
                <li><a href=context.href("/policies.json")>{context.t("政策文件全文，JSON", "Policy documents whole, JSON")}</a></li>
                {current}
                <li><a href=context.href("/needs.csv")>{context.t("需求清单，CSV", "The need list, CSV")}</a></li>
                <li><a href=context.href("/needs.json")>{context.t("需求清单，JSON", "The need list, JSON")}</a></li>
                <li><a href="/api/v1/openapi.json">{context.t("接口说明（OpenAPI）", "API description (OpenAPI)")}</a></li>
            </ul>
            {super::need_list::schema::table(context)}
        </main>
    };
    Body { title, nav: Nav::Data, main: main.into_any() }
}

pub(crate) fn accessibility(context: &Context) -> Body {
    let title = context.t("无障碍说明", "Accessibility").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            <p class="lede">{context.t(
                "页面按 WCAG 2.2 AA 和 GB/T 37668 二级制作：全部内容可用键盘到达，放大到 200% 不丢失，深浅两种配色跟随系统，不依赖脚本。",
                "The pages are made to WCAG 2.2 AA and GB/T 37668 level 2: everything is reached by keyboard, nothing is lost at 200 %, light and dark follow the system, and no script is needed.",
            )}</p>
        </main>
    };
    Body { title, nav: Nav::None, main: main.into_any() }
}

/// What is held on the people who work here, and why: told before anyone signs in for the first time
/// (个人信息保护法 13, 17).
pub(crate) fn privacy(context: &Context) -> Body {
    let title = context.t("个人信息告知", "Personal data").to_owned();
    let parts = PERSONAL.iter().map(|((zh, en), lines)| {
        let lines = lines.iter().map(|(zh, en)| view! { <p>{context.t(zh, en)}</p> }).collect_view();
        view! { <section class="section"><h2>{context.t(zh, en)}</h2>{lines}</section> }
    });
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1>
                <p class="lede">{context.t("给在本系统里办事的人。", "For those who work in this system.")}</p></div>
            {parts.collect_view()}
        </main>
    };
    Body { title, nav: Nav::None, main: main.into_any() }
}
