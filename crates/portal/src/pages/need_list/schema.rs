//! What the fields of the open data mean: in the JSON of a list, and under the same names in its CSV.

use crate::context::Context;
use leptos::prelude::*;

/// Name of a field, what it means in Chinese and in English.
pub(crate) const FIELDS: [(&str, &str, &str); 22] = [
    (
        "number",
        "清单编号，如 2026-001；后续版本保留，不再给别的需求",
        "Number on the list, such as 2026-001; later versions keep it, and no other need gets it",
    ),
    ("need", "需求自身的编号，如 N2026-0137", "The need's own number, such as N2026-0137"),
    ("title", "标题", "Title"),
    ("title_en", "英文标题，没有则为空", "Title in English, empty where there is none"),
    (
        "unit",
        "需求单位：地址名、名称、英文名称；CSV 只有名称",
        "The unit that needs it: name in addresses, name, name in English; in the CSV the name alone",
    ),
    (
        "district",
        "所属区县教体局（区县自己的需求为本身），市直单位为空；CSV 写“市直”",
        "The district bureau above it, or the bureau whose own need it is; none for municipal units, of which the CSV says so",
    ),
    (
        "measures",
        "对应措施的序号和标题，主要的在前；CSV 只有序号",
        "Measures by running number and title, the main one first; in the CSV the numbers alone",
    ),
    ("forms", "合作形式", "Forms of cooperation"),
    (
        "other_form",
        "“其他”形式的说明；CSV 写在 forms 末尾",
        "What “other” among the forms means; in the CSV the last of the forms",
    ),
    ("stages", "学段", "School stages"),
    ("students", "受益学生人数", "Pupils who benefit"),
    ("teachers", "受益教师人数", "Teachers who benefit"),
    ("background", "背景（仅 JSON）", "Background (JSON alone)"),
    ("goals", "目标与内容", "Goals"),
    ("benefit", "预期效益（仅 JSON）", "Expected benefit (JSON alone)"),
    ("indicators", "可衡量的指标：名称、单位、现状、目标", "Indicators: name, unit, baseline, target"),
    ("university", "意向高校，没有则为空", "The university that the unit would like, if any"),
    ("discipline", "意向学科", "Discipline wanted"),
    (
        "budget",
        "经费预算；JSON 以分计，CSV 以元计，不带千位分隔符",
        "Budget: in fen in the JSON, in yuan without separators in the CSV",
    ),
    ("own", "其中单位自筹，计法同上", "Of it the unit's own funds, counted likewise"),
    ("period", "实施周期", "Period"),
    (
        "origins",
        "并入的需求：编号、标题、单位；CSV 只有编号",
        "Needs that it takes up: number, title, unit; in the CSV the numbers alone",
    ),
];

/// The table of the page on data.
pub(crate) fn table(context: &Context) -> AnyView {
    let rows: Vec<_> = FIELDS
        .iter()
        .map(|(name, zh, en)| {
            view! { <tr><th scope="row"><code>{*name}</code></th><td>{context.t(zh, en).to_owned()}</td></tr> }
        })
        .collect();
    view! {
        <section class="section"><h2>{context.t("需求清单的字段", "Fields of a need list")}</h2>
            <div class="table-frame"><table class="table">
                <caption class="unseen">{context.t("字段与含义", "Fields and what they mean")}</caption>
                <thead><tr><th scope="col">{context.t("字段", "Field")}</th><th scope="col">{context.t("含义", "Meaning")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
    .into_any()
}
