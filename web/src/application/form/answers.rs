//! All answers, page by page.

use crate::ui::form::{answer_page, answered};
use leptos::prelude::*;
use ronghe_contract::application::ApplicationView;
use ronghe_domain::application::draft::{DeliverableDraft, PromiseDraft};
use ronghe_domain::application::sight::OFFER;
use ronghe_domain::application::{ApplicationDraft, Field, LineDraft, Section};
use ronghe_domain::kernel::Fen;
use ronghe_text::{
    Lang, application_field, application_section, bracketed, budget_category, budget_source, colon,
    field_label, form, partner_kind, yuan,
};

/// What `draft` says; where `changes`, each page with its way back. `marked` fields are said to have changed.
pub fn answers(
    lang: Lang,
    view: &ApplicationView,
    draft: &ApplicationDraft,
    changes: bool,
    marked: &[Field],
) -> impl IntoView + use<> {
    let name = view.row.name.clone();
    // The need's unit reads what is offered to it: what it does not read does not stand there as if it were empty.
    let offer_only = view.offer_only;
    let read = move |section: &Section| {
        *section != Section::Files && (!offer_only || section.fields().any(|field| OFFER.contains(&field)))
    };
    let sections = Section::ALL.into_iter().filter(read).map(|section| {
        let row = |field: Field| {
            let is_new = marked.contains(&field).then(|| {
                view! { " "<span class="tag" data-turn="yours">{lang.pick("已改动", "Changed")}</span> }
            });
            view! { <dt>{application_field(lang, field)}{is_new}</dt><dd>{answer(lang, draft, field)}</dd> }
        };
        let rows =
            section.fields().filter(|field| !offer_only || OFFER.contains(field)).map(row).collect_view();
        let page = application_section(lang, section);
        let is_open = view.sections.iter().any(|it| it.section == section && it.open);
        let change =
            (changes && is_open).then(|| format!("/app/applications/{name}/edit/{}", section.name()));
        answer_page(lang, page, change, rows.into_any())
    });
    sections.collect_view()
}

fn answer(lang: Lang, it: &ApplicationDraft, field: Field) -> AnyView {
    answered(lang, &said(lang, it, field).join("\n"))
}

/// What a field says, a line for each row.
pub(crate) fn said(lang: Lang, it: &ApplicationDraft, field: Field) -> Vec<String> {
    match field {
        Field::Title => vec![it.title.clone(), it.title_en.clone()],
        Field::Partners => {
            let kind = |kind| partner_kind(lang, kind);
            let row = |it: &ronghe_domain::application::draft::PartnerDraft| {
                format!("{} {}", it.kind.map(kind).unwrap_or_default(), it.name)
            };
            it.partners.iter().map(row).collect()
        }
        Field::Person => {
            let declared = lang.pick("已声明不在人才政策支持期内", "declared to be within no support period");
            let declared = if it.unsupported { declared } else { "" };
            vec![format!("{} {} {}", it.person_name, it.person_title, it.person_phone), declared.to_owned()]
        }
        Field::Team => it.team.iter().map(|it| format!("{} {} {}", it.name, it.title, it.task)).collect(),
        Field::Plan => vec![it.work_plan.clone()],
        Field::Risk => vec![it.risk.clone()],
        Field::Deliverables => it.deliverables.iter().map(|it| deliverable(lang, it)).collect(),
        Field::Milestones => it.milestones.iter().map(|it| format!("{} {}", it.due, it.what)).collect(),
        Field::Benefit => vec![it.benefit.clone()],
        Field::Promises => {
            it.promises.iter().filter(|it| !it.target.is_empty()).map(|it| promise(lang, it)).collect()
        }
        Field::Budget => {
            let (asked, matched) = (field_label(lang, "asked"), field_label(lang, "matched"));
            let sums = match (it.asked.as_str(), it.matched.as_str()) {
                ("", "") => String::new(),
                (one, other) => {
                    let (one, other) = (amount(lang, one), amount(lang, other));
                    format!("{asked} {one}{}{matched} {other}", lang.pick("，", ", "))
                }
            };
            std::iter::once(sums).chain(it.lines.iter().map(|it| budget_line(lang, it))).collect()
        }
        Field::Basis => vec![it.basis.clone()],
        Field::Attachments | Field::SealedPage => Vec::new(),
    }
}

fn deliverable(lang: Lang, it: &DeliverableDraft) -> String {
    let form = it.form.map(|it| form(lang, it)).unwrap_or_default();
    let other = if it.other.is_empty() { String::new() } else { bracketed(lang, &it.other) };
    format!("{form}{other} {} {} {}", it.count, it.unit, it.due)
}

fn promise(lang: Lang, it: &PromiseDraft) -> String {
    format!("{} {}{}{}", it.indicator, it.target, colon(lang), it.how)
}

fn budget_line(lang: Lang, it: &LineDraft) -> String {
    let category = it.category.map(|it| budget_category(lang, it)).unwrap_or_default();
    let source = it.source.map(|it| budget_source(lang, it)).unwrap_or_default();
    let parts = [category.to_owned(), source.to_owned(), amount(lang, &it.amount), it.note.clone()];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(lang.pick("，", ", "))
}

/// An amount with its unit; what is none stands as it was typed.
fn amount(lang: Lang, typed: &str) -> String {
    Fen::from_yuan(typed.trim()).map_or_else(|| typed.to_owned(), |fen| yuan(lang, fen))
}
