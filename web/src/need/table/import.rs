//! Needs from a table.

use crate::session::Session;
use crate::ui::import::{Found, Kind, Sent, import_page};
use leptos::prelude::*;
use ronghe_contract::need::{ImportNeeds as Body, ImportedNeed, ImportedNeeds};
use ronghe_domain::need::rules::files;
use ronghe_text::{Lang, field_label, measure_numbers};

const KIND: Kind = Kind {
    title: ("从表格导入需求", "Import needs from a table"),
    list: ("/app/needs", ("需求", "Needs")),
    template: ("/api/v1/needs/template.xlsx", "needs.xlsx"),
    caption: ("表里的需求", "Needs of the table"),
    counted: ("条需求", "needs"),
    after: ("", ""),
    tick: Some((
        ("导入后直接提交", "Submit them at once"),
        (
            "不勾选就存为草稿，没填全的可以以后补；勾选后每条都要填全，提交后才有编号",
            "Else they become drafts, whose gaps can be filled later; submitted at once each must be whole, and gets its number",
        ),
    )),
};

/// The page.
#[component]
pub fn ImportNeeds() -> impl IntoView {
    import_page(&KIND, async |client, Sent { file, preview, ticked }| {
        client.import_needs(&Body { file, preview, submit: ticked, ..Body::default() }).await
    })
}

/// The way to it, for who files needs.
#[component]
pub fn ImportLink() -> impl IntoView {
    let session = Session::here();
    move || {
        files(&session.actor()).then(|| {
            view! { <a class="button" href="/app/needs/import">{session.lang().pick("从表格导入", "Import a table")}</a> }
        })
    }
}

impl Found for ImportedNeeds {
    fn is_written(&self) -> bool {
        self.written
    }

    fn count(&self) -> usize {
        usize::try_from(self.total).unwrap_or(usize::MAX)
    }

    fn heads(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("行与标题", "Row and title"),
            ("措施", "Measures"),
            ("经费预算", "Budget"),
            ("指标", "Indicators"),
            ("还缺", "Still missing"),
        ]
    }

    fn rows(self, lang: Lang) -> AnyView {
        self.needs.into_iter().map(|need| line(lang, need)).collect_view().into_any()
    }

    fn remark(&self, lang: Lang) -> Option<String> {
        let shown = u64::try_from(self.needs.len()).unwrap_or(u64::MAX);
        let gaps = match (lang, self.with_gaps) {
            (_, 0) => None,
            (Lang::Zh, some) => Some(format!("其中 {some} 条没有填全，补齐以后才能提交。")),
            (Lang::En, 1) => Some("1 of them has gaps, to be filled before it can be submitted.".to_owned()),
            (Lang::En, some) => {
                Some(format!("{some} of them have gaps, to be filled before they can be submitted."))
            }
        };
        let more = (shown < self.total).then(|| match lang {
            Lang::Zh => format!("下面列出前 {shown} 条。"),
            Lang::En => format!("The first {shown} are listed below."),
        });
        (gaps.is_some() || more.is_some())
            .then(|| gaps.into_iter().chain(more).collect::<Vec<_>>().join(lang.pick("", " ")))
    }
}

fn line(lang: Lang, need: ImportedNeed) -> impl IntoView {
    let missing = || lang.pick("未填", "not given").to_owned();
    let title = if need.title.is_empty() { missing() } else { need.title };
    let title = match need.name {
        Some(name) => view! { <a href=format!("/app/needs/{name}")>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let row = match lang {
        Lang::Zh => format!("{} 行", need.row),
        Lang::En => format!("row {}", need.row),
    };
    let measures = if need.measures.is_empty() { missing() } else { measure_numbers(lang, &need.measures) };
    let budget = if need.budget.is_empty() { missing() } else { need.budget };
    let gaps: Vec<String> = need.gaps.iter().map(|path| field_label(lang, path)).collect();
    let gaps = if gaps.is_empty() {
        lang.pick("无", "nothing").to_owned()
    } else {
        gaps.join(lang.pick("、", ", "))
    };
    view! {
        <tr>
            <th scope="row"><span class="table__no">{row}</span>{title}</th>
            <td data-label=lang.pick("措施", "Measures")>{measures}</td>
            <td data-label=lang.pick("经费预算", "Budget")>{budget}</td>
            <td data-label=lang.pick("指标", "Indicators")>{need.indicators}</td>
            <td data-label=lang.pick("还缺", "Still missing")>{gaps}</td>
        </tr>
    }
}
