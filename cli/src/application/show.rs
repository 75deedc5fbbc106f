//! An application as lines.

use crate::context::Context;
use crate::exit::Failure;
use crate::output::Column;
use crate::write::offer_line;
use ronghe_contract::application::{ApplicationRow, ApplicationView, EligibilityView};
use ronghe_domain::application::rules::Turn;
use ronghe_domain::application::sight::OFFER;
use ronghe_domain::application::{ApplicationDraft, Field};
use ronghe_text::{
    Lang, account_request_state, application_action, application_field, application_refusal,
    application_section, application_state, application_turn, application_unlisted, before_close,
    budget_category, budget_source, colon, comma, condition_text, duty, eligibility_finding, field_label,
    field_problem, file_purpose, flaw, form, instant, partner_kind,
};

const VERSIONS: &[Column] = &[
    Column { name: "version", zh: "版本", en: "Version" },
    Column { name: "at", zh: "提交时间", en: "Submitted" },
    Column { name: "changed", zh: "改动", en: "Changed" },
    Column { name: "hash", zh: "内容哈希", en: "Hash" },
];

/// Cells of a row.
pub(super) fn cells(lang: Lang, row: &ApplicationRow) -> Vec<String> {
    vec![
        row.name.clone(),
        row.title.clone(),
        application_state(lang, row.state).to_owned(),
        lang.pick(&row.university.name, &row.university.name_en).to_owned(),
        row.need.name.clone(),
        application_turn(lang, row.turn).to_owned(),
        row.deadline.map(|closes| instant(lang, before_close(closes))).unwrap_or_default(),
        row.asked.map(|asked| asked.to_string()).unwrap_or_default(),
    ]
}

/// What was submitted, each time.
pub(super) async fn versions(context: &Context, name: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.list_application_versions(name).await?.items;
    context.output.rows(VERSIONS, &found, |it| {
        let changed: Vec<&str> = it.changed.iter().map(|field| application_field(lang, *field)).collect();
        vec![it.n.to_string(), instant(lang, it.at), changed.join(comma(lang)), it.hash.clone()]
    })
}

/// An application whole: where it stands, what it says, what can be done.
pub(super) fn lines(lang: Lang, view: &ApplicationView) -> Vec<String> {
    let row = &view.row;
    let mut lines = vec![format!("{}  {}  {}", row.name, row.title, application_state(lang, row.state))];
    let university = lang.pick(&row.university.name, &row.university.name_en);
    lines.push(format!("{}  {university}", lang.pick("高校", "University")));
    lines.push(format!("{}  {}  {}", lang.pick("需求", "Need"), row.need.name, row.need.title));
    lines.extend(standing(lang, view));
    if let Some(receipt) = &view.receipt {
        lines.push(format!("{}  {}  {}", lang.pick("回执码", "Receipt"), receipt.code, receipt.hash));
    }
    lines.extend(super::opinion::lines(lang, view));
    lines.extend(members(lang, view));
    if let Some(content) = view.draft.as_ref().or(view.content.as_ref()) {
        let is_read = |field: &Field| !view.offer_only || OFFER.contains(field);
        for field in Field::ALL.into_iter().filter(is_read) {
            let words = application_field(lang, field);
            lines.extend(said(lang, field, content).into_iter().map(|text| format!("{words}  {text}")));
        }
    }
    let files = if view.draft.is_some() { &view.files } else { &view.submitted_files };
    lines.extend(files.iter().map(|it| {
        let voided = if it.voided { lang.pick("（已失效）", " (voided)") } else { "" };
        format!("{}{voided}  {}  {}", file_purpose(lang, it.purpose), it.file.name, it.file.id)
    }));
    if let Some(returned) = &view.returned {
        let until = instant(lang, before_close(returned.until));
        lines.push(format!("{}  {until}", lang.pick("退回补正，截止", "Returned, until")));
        lines.extend(Some(returned.remark.clone()).filter(|remark| !remark.is_empty()));
        lines.extend(returned.corrections.iter().map(|it| {
            format!(
                "  {}{}{}{}{}",
                application_section(lang, it.section),
                colon(lang),
                flaw(lang, it.flaw),
                colon(lang),
                it.remark
            )
        }));
    }
    lines.extend(eligibility(lang, view));
    lines.extend(view.errors.iter().map(|error| {
        let label = field_label(lang, &error.path);
        format!("  {}  {label}{}{}", error.path, colon(lang), field_problem(lang, &error.problem))
    }));
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.map(|it| application_refusal(lang, it));
        offer_line(lang, application_action(lang, offer.action), barred)
    }));
    lines
}

/// The conditions of the cycle, each with what the application shows of it.
fn eligibility(lang: Lang, view: &ApplicationView) -> Vec<String> {
    let line = |it: &EligibilityView| {
        let found = it.finding.map(|finding| eligibility_finding(lang, it.condition.check, finding));
        let found = found.map(|said| format!("  {said}")).unwrap_or_default();
        format!("{}  {}{found}", lang.pick("申报条件", "Eligibility"), condition_text(lang, &it.condition))
    };
    view.eligibility.iter().map(line).collect()
}

/// On whom it waits, and what stands in its way.
fn standing(lang: Lang, view: &ApplicationView) -> Vec<String> {
    let row = &view.row;
    let mut lines = Vec::new();
    if row.turn != Turn::Nobody {
        let until = row.deadline.map(|closes| format!("  {}", instant(lang, before_close(closes))));
        let whose = application_turn(lang, row.turn);
        lines.push(format!("{}  {whose}{}", lang.pick("等待", "Waits for"), until.unwrap_or_default()));
    }
    if view.unlisted {
        let (head, words) = application_unlisted(lang);
        lines.push(format!("{head}  {words}"));
    }
    if let Some(code) = &view.print_code {
        lines.push(format!("{}  {code}", lang.pick("版本码", "Code")));
    }
    if view.leaderless {
        lines.push(
            lang.pick(
                "没有人牵头：牵头人的账号已停用或不在本校，用 application invite 指定",
                "Nobody leads it: name who does by application invite",
            )
            .to_owned(),
        );
    }
    lines
}

/// Who has which part.
pub(super) fn members(lang: Lang, view: &ApplicationView) -> Vec<String> {
    let line = |it: &ronghe_contract::application::MemberView| {
        let sections: Vec<&str> = it.sections.iter().map(|it| application_section(lang, *it)).collect();
        format!("{}  {} {}  {}", duty(lang, it.duty), it.name, it.login, sections.join(comma(lang)))
    };
    let awaited = view.awaited.iter().map(|it| {
        let sections: Vec<&str> = it.sections.iter().map(|it| application_section(lang, *it)).collect();
        let (duty, asked) = (duty(lang, it.duty), account_request_state(lang, it.asked));
        let part = sections.join(comma(lang));
        format!("{duty}  {} {}  {part}  {asked}{}", it.name, it.mail, because(lang, &it.reason))
    });
    view.members.iter().map(line).chain(awaited).collect()
}

/// Why an account is not made, where it was declined.
fn because(lang: Lang, reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!("{}{reason}", colon(lang)) }
}

/// What a field says, a line for each row.
pub(super) fn said(lang: Lang, field: Field, it: &ApplicationDraft) -> Vec<String> {
    let one = |text: &String| vec![text.clone()];
    let all = match field {
        Field::Title => one(&it.title),
        Field::Partners => {
            let kind = |kind| partner_kind(lang, kind);
            it.partners
                .iter()
                .map(|it| format!("{} {}", it.kind.map(kind).unwrap_or_default(), it.name))
                .collect()
        }
        Field::Person => vec![format!("{} {} {}", it.person_name, it.person_title, it.person_phone)],
        Field::Team => it.team.iter().map(|it| format!("{} {} {}", it.name, it.title, it.task)).collect(),
        Field::Plan => one(&it.work_plan),
        Field::Risk => one(&it.risk),
        Field::Deliverables => {
            let named = |named| form(lang, named);
            let row = |it: &ronghe_domain::application::draft::DeliverableDraft| {
                let form = it.form.map(named).unwrap_or_default();
                format!("{form}{} {} {} {}", it.other, it.count, it.unit, it.due)
            };
            it.deliverables.iter().map(row).collect()
        }
        Field::Milestones => it.milestones.iter().map(|it| format!("{} {}", it.due, it.what)).collect(),
        Field::Benefit => one(&it.benefit),
        Field::Promises => {
            it.promises.iter().map(|it| format!("{} {} {}", it.indicator, it.target, it.how)).collect()
        }
        Field::Budget => {
            let (asked, matched) = (field_label(lang, "asked"), field_label(lang, "matched"));
            let sums = format!("{asked} {}  {matched} {}", it.asked, it.matched);
            let line = |it: &ronghe_domain::application::LineDraft| {
                let category = it.category.map(|it| budget_category(lang, it)).unwrap_or_default();
                let source = it.source.map(|it| budget_source(lang, it)).unwrap_or_default();
                format!("{category} {source} {} {}", it.amount, it.note)
            };
            std::iter::once(sums).chain(it.lines.iter().map(line)).collect()
        }
        Field::Basis => one(&it.basis),
        Field::Attachments | Field::SealedPage => Vec::new(),
    };
    all.into_iter().filter(|text| !text.trim().is_empty()).collect()
}
