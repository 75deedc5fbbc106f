//! The leading group 工作领导小组: posts, member offices, its own office.

use super::Body;
use crate::context::{Context, measure_number};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::Organisation;
use ronghe_text::org_kind;

pub(crate) fn page(context: &Context) -> Body {
    let mut members: Vec<&Organisation> =
        context.register.directory.orgs.iter().filter(|org| org.leading_group_seat.is_some()).collect();
    members.sort_by_key(|org| org.leading_group_seat);
    let liaison = members.iter().copied().find(|org| org.name == "高校联络服务处");
    let kind_word = context.t("类别", "Kind").to_owned();
    let rows: Vec<_> = members
        .iter()
        .map(|org| {
            view! {
                <tr>
                    <td class="number">{org.leading_group_seat}</td>
                    <th scope="row"><a href=context.org_href(org)>{context.org_name(org)}</a></th>
                    <td data-label=kind_word.clone()>{org_kind(context.lang, org.kind)}</td>
                </tr>
            }
        })
        .collect();
    let title = context.t("工作领导小组", "Leading group").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title">
                <h1>{title.clone()}</h1>
                <p class="lede">{context.t("统筹谋划、指导协调高校服务济南教育发展相关工作。", "Plans and coordinates what universities do for education in Jinan.")}
                    {founding(context)}</p>
            </div>
            <dl class="facts">
                <dt>{context.t("组长", "Leader")}</dt><dd>{context.t("市教育局主要领导", "The head of the education bureau")}</dd>
                <dt>{context.t("副组长", "Deputy leaders")}</dt><dd>{context.t("市教育局分管领导", "The deputy heads in charge")}</dd>
                <dt>{context.t("成员", "Members")}</dt><dd>{context.t("下列处室、单位的主要负责人；名单以“等”结尾，可以增加", "The heads of the offices below; the list is open")}</dd>
                {liaison.map(|org| view! {
                    <dt>{context.t("办公室", "Its office")}</dt>
                    <dd><a href=context.org_href(org)>{context.org_name(org)}</a></dd>
                })}
            </dl>
            <div class="table-frame section">
                <table class="table register-offices">
                    <caption class="unseen">{context.t("成员", "Members")}</caption>
                    <thead><tr>
                        <th scope="col" class="number">{context.t("序号", "No.")}</th>
                        <th scope="col">{context.t("成员单位", "Member office")}</th>
                        <th scope="col">{kind_word.clone()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </main>
    };
    Body { title, nav: Nav::LeadingGroup, main: main.into_any() }
}

/// The measure of the current document that sets the group up, where there is one.
fn founding(context: &Context) -> Option<AnyView> {
    let policy = context.register.current()?;
    let measure = Register::content(policy)?.measures().find(|measure| measure.text.contains("领导小组"))?;
    let words = format!("{}{}", context.t("措施", "Measure "), measure_number(context.lang, measure));
    Some(view! { " "<a href=context.measure_href(policy, measure)>{words}</a> }.into_any())
}
