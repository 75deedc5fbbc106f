//! Pages about the pages: help, data, accessibility.

use super::Body;
use crate::context::Context;
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;

pub(crate) fn help(context: &Context) -> Body {
    let title = context.t("帮助", "Help").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            <section class="section"><h2>{context.t("想找一条措施", "To find a measure")}</h2>
                <p>{context.t("从首页的目录进入，或者在“查找”里写两个字，例如“心理”。", "Start from the contents on the first page, or search for two characters, such as 心理.")}</p></section>
            <section class="section"><h2>{context.t("想知道问哪个单位", "To know whom to ask")}</h2>
                <p>{context.t("每条措施右侧按原文顺序列出责任单位，首位先问；“责任单位”页反过来列出每个单位负责的措施。", "Beside each measure its responsible units stand in the order of the text: ask the first. The page on offices lists it the other way round.")}</p></section>
            <section class="section"><h2>{context.t("文件过了有效期", "A document has expired")}</h2>
                <p>{context.t("文件页说明是否经决定延续；没有延续的，标为“已失效”。", "Its page says whether a decision renewed it; else it is marked as expired.")}</p></section>
        </main>
    };
    Body { title, nav: Nav::Help, main: main.into_any() }
}

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
                <li><a href="/api/v1/openapi.json">{context.t("接口说明（OpenAPI）", "API description (OpenAPI)")}</a></li>
            </ul>
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
