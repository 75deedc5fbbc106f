//! Fields of the form, each bound to the working copy.

use super::files::Files;
use super::rows::{Cell, Pick, row_at, table};
use crate::session::Session;
use crate::ui::form::bound;
use crate::ui::{Choice, Field as Line, Saver, TextArea, Trouble};
use leptos::prelude::*;
use ronghe_contract::application::ApplicationView;
use ronghe_domain::application::draft::Purpose;
use ronghe_domain::application::{ApplicationDraft, Category, Field, PartnerKind, Source, sums};
use ronghe_domain::policy::forms::Form;
use ronghe_text::{Lang, budget_category, budget_source, form, partner_kind, yuan};

pub(super) type Desk = Saver<ApplicationView>;
type Wrong = RwSignal<Option<Trouble>>;

/// The field, with its hint.
pub(super) fn field_of(saver: Desk, field: Field, trouble: Wrong) -> AnyView {
    match field {
        Field::Title => title(saver, trouble).into_any(),
        Field::Partners => partners(saver, trouble),
        Field::Person => person(saver, trouble).into_any(),
        Field::Team => team(saver, trouble),
        Field::Plan => {
            let value = bound(saver, |draft| &draft.work_plan, |draft, text| draft.work_plan = text);
            view! { <TextArea label=("实施方案", "Plan of the work") name="work_plan" value=value rows=12 trouble=trouble
                hint=("做什么、怎么做、谁来做，对应需求的目标；8000 字以内", "What, how and who, by the need's goals; at most 8,000 characters")/> }
            .into_any()
        }
        Field::Risk => {
            let value = bound(saver, |draft| &draft.risk, |draft, text| draft.risk = text);
            view! { <TextArea label=("风险与应对", "Risks, and what is done about them") name="risk" value=value rows=4 trouble=trouble/> }.into_any()
        }
        Field::Deliverables => deliverables(saver, trouble),
        Field::Milestones => milestones(saver, trouble),
        Field::Benefit => {
            let value = bound(saver, |draft| &draft.benefit, |draft, text| draft.benefit = text);
            view! { <TextArea label=("预期效益", "Expected benefit") name="benefit" value=value rows=4 trouble=trouble/> }.into_any()
        }
        Field::Promises => promises(saver, trouble),
        Field::Budget => budget(saver, trouble).into_any(),
        Field::Basis => {
            let value = bound(saver, |draft| &draft.basis, |draft, text| draft.basis = text);
            view! { <TextArea label=("工作基础", "Basis") name="basis" value=value rows=8 trouble=trouble
            hint=("已有的资源、专家、以往的项目", "Resources, experts, earlier projects")/> }
            .into_any()
        }
        Field::Attachments => view! { <Files saver=saver purpose=Purpose::Other/> }.into_any(),
        Field::SealedPage => view! { <Files saver=saver purpose=Purpose::SealedPage/> }.into_any(),
    }
}

fn title(saver: Desk, trouble: Wrong) -> impl IntoView {
    let zh = bound(saver, |draft| &draft.title, |draft, text| draft.title = text);
    let en = bound(saver, |draft| &draft.title_en, |draft, text| draft.title_en = text);
    view! {
        <Line label=("项目名称", "Title") name="title" value=zh trouble=trouble
            hint=("60 字以内", "At most 60 characters")/>
        <Line label=("英文名称", "English title") name="title_en" value=en optional=true trouble=trouble/>
    }
}

fn person(saver: Desk, trouble: Wrong) -> impl IntoView {
    let session = Session::here();
    let name = bound(saver, |draft| &draft.person_name, |draft, text| draft.person_name = text);
    let post = bound(saver, |draft| &draft.person_title, |draft, text| draft.person_title = text);
    let phone = bound(saver, |draft| &draft.person_phone, |draft, text| draft.person_phone = text);
    let label = Signal::derive(move || {
        let lang = session.lang();
        let words = lang.pick(
            "声明：项目负责人不在济南市各类人才政策的支持期内",
            "Declared: the responsible person is within the support period of none of Jinan's talent policies",
        );
        words.to_owned()
    });
    let checked = Signal::derive(move || saver.draft.with(|draft| draft.unsupported));
    let missing = Memo::new(move |_| trouble.get().and_then(|it| it.of_field("unsupported")));
    view! {
        <Line label=("负责人姓名", "Responsible person") name="person_name" value=name trouble=trouble/>
        <Line label=("职务职称", "Title") name="person_title" value=post trouble=trouble/>
        <Line label=("电话", "Telephone") name="person_phone" value=phone short=true trouble=trouble/>
        <div class="field" id="field-unsupported" tabindex="-1" data-error=move || missing.get().map(|_| "true")>
            {move || missing.get().map(|said| view! { <p class="field__error">{said}</p> })}
            <Choice label=label checked=checked on_change=move |on| saver.edit(|draft| draft.unsupported = on)/>
        </div>
    }
}

fn partners(saver: Desk, trouble: Wrong) -> AnyView {
    let kinds = PartnerKind::ALL.to_vec();
    let row = move |at: usize| {
        let kinds = kinds.clone();
        view! {
            <Pick saver=saver trouble=trouble path=format!("partners[{at}].kind") label=("类别", "Kind") options=kinds words=partner_kind
                get=move |draft: &ApplicationDraft| draft.partners.get(at).and_then(|it| it.kind)
                set=move |draft: &mut ApplicationDraft, kind| { if let Some(it) = row_at(&mut draft.partners, at) { it.kind = kind; } }/>
            <Cell saver=saver trouble=trouble path=format!("partners[{at}].name") label=("名称", "Name")
                get=move |draft: &ApplicationDraft| draft.partners.get(at).map(|it| it.name.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.partners, at) { it.name = text; } }/>
        }
        .into_any()
    };
    let hint = (
        "参与的高校、学校、企业；没有可以不填",
        "Universities, schools, enterprises; none where there are none",
    );
    table(
        saver,
        trouble,
        "partners",
        (("合作单位（选填）", "Partners (optional)"), hint),
        |draft| &mut draft.partners,
        0,
        row,
    )
}

fn team(saver: Desk, trouble: Wrong) -> AnyView {
    let row = move |at: usize| {
        view! {
            <Cell saver=saver trouble=trouble path=format!("team[{at}].name") label=("姓名", "Name")
                get=move |draft: &ApplicationDraft| draft.team.get(at).map(|it| it.name.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.team, at) { it.name = text; } }/>
            <Cell saver=saver trouble=trouble path=format!("team[{at}].title") label=("职务职称", "Title")
                get=move |draft: &ApplicationDraft| draft.team.get(at).map(|it| it.title.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.team, at) { it.title = text; } }/>
            <Cell saver=saver trouble=trouble path=format!("team[{at}].task") label=("分工", "Task")
                get=move |draft: &ApplicationDraft| draft.team.get(at).map(|it| it.task.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.team, at) { it.task = text; } }/>
        }
        .into_any()
    };
    let hint = ("负责人以外的主要成员", "The main people beside the responsible person");
    table(
        saver,
        trouble,
        "team",
        (("团队成员（选填）", "Team (optional)"), hint),
        |draft| &mut draft.team,
        0,
        row,
    )
}

fn deliverables(saver: Desk, trouble: Wrong) -> AnyView {
    let forms = saver.view.with_untracked(|view| view.forms.clone());
    let row = move |at: usize| {
        let forms = forms.clone();
        let is_other = move || {
            saver
                .draft
                .with(|draft| draft.deliverables.get(at).is_some_and(|it| it.form == Some(Form::Other)))
        };
        view! {
            <Pick saver=saver trouble=trouble path=format!("deliverables[{at}].form") label=("合作形式", "Form") options=forms words=form
                get=move |draft: &ApplicationDraft| draft.deliverables.get(at).and_then(|it| it.form)
                set=move |draft: &mut ApplicationDraft, form| { if let Some(it) = row_at(&mut draft.deliverables, at) { it.form = form; } }/>
            {move || is_other().then(|| view! {
                <Cell saver=saver trouble=trouble path=format!("deliverables[{at}].other") label=("其他形式", "Other form")
                    get=move |draft: &ApplicationDraft| draft.deliverables.get(at).map(|it| it.other.clone())
                    set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.deliverables, at) { it.other = text; } }/>
            })}
            <Cell saver=saver trouble=trouble path=format!("deliverables[{at}].count") label=("数量", "Count")
                get=move |draft: &ApplicationDraft| draft.deliverables.get(at).map(|it| it.count.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.deliverables, at) { it.count = text; } }/>
            <Cell saver=saver trouble=trouble path=format!("deliverables[{at}].unit") label=("单位", "Unit")
                get=move |draft: &ApplicationDraft| draft.deliverables.get(at).map(|it| it.unit.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.deliverables, at) { it.unit = text; } }/>
            <Cell saver=saver trouble=trouble path=format!("deliverables[{at}].due") label=("完成日期", "Day") kind="date"
                get=move |draft: &ApplicationDraft| draft.deliverables.get(at).map(|it| it.due.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.deliverables, at) { it.due = text; } }/>
        }
        .into_any()
    };
    let hint =
        ("按合作形式写清数量和日期，至少一项", "By form of cooperation, with count and day; at least one");
    let label = ("合作成果", "Deliverables");
    table(saver, trouble, "deliverables", (label, hint), |draft| &mut draft.deliverables, 1, row)
}

fn milestones(saver: Desk, trouble: Wrong) -> AnyView {
    let row = move |at: usize| {
        view! {
            <Cell saver=saver trouble=trouble path=format!("milestones[{at}].due") label=("日期", "Day") kind="date"
                get=move |draft: &ApplicationDraft| draft.milestones.get(at).map(|it| it.due.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.milestones, at) { it.due = text; } }/>
            <Cell saver=saver trouble=trouble path=format!("milestones[{at}].what") label=("工作内容", "Work")
                get=move |draft: &ApplicationDraft| draft.milestones.get(at).map(|it| it.what.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.milestones, at) { it.what = text; } }/>
        }
        .into_any()
    };
    let hint = ("在实施阶段之内，至少一项", "Within the phase of the projects; at least one");
    table(
        saver,
        trouble,
        "milestones",
        (("进度安排", "Milestones"), hint),
        |draft| &mut draft.milestones,
        1,
        row,
    )
}

/// One row for each indicator of the need: there is none to add or to remove.
fn promises(saver: Desk, trouble: Wrong) -> AnyView {
    let session = Session::here();
    let wanted = StoredValue::new(saver.view.with_untracked(|view| view.indicators.clone()));
    let rows = move || {
        let count = saver.draft.with_untracked(|draft| draft.promises.len());
        let row = |at: usize| {
            let name =
                saver.draft.with_untracked(|draft| draft.promises.get(at).map(|it| it.indicator.clone()))?;
            let lang = session.lang();
            let asks = wanted.with_value(|all| {
                all.iter()
                    .find(|it| it.name == name)
                    .map(|it| format!("{} → {} {}", it.baseline, it.target, it.unit))
            });
            let asks = asks.map(|asks| view! { <p class="field__hint">{lang.pick("需求要求：", "The need wants: ")}{asks}</p> });
            Some(view! {
                <div class="entry-row"><p><strong>{name}</strong></p>{asks}
                    <Cell saver=saver trouble=trouble path=format!("promises[{at}].target") label=("目标值", "Target")
                        get=move |draft: &ApplicationDraft| draft.promises.get(at).map(|it| it.target.clone())
                        set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = draft.promises.get_mut(at) { it.target = text; } }/>
                    <Cell saver=saver trouble=trouble path=format!("promises[{at}].how") label=("如何达到", "How it is reached")
                        get=move |draft: &ApplicationDraft| draft.promises.get(at).map(|it| it.how.clone())
                        set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = draft.promises.get_mut(at) { it.how = text; } }/>
                </div>
            })
        };
        (0..count).filter_map(row).collect_view()
    };
    view! {
        <fieldset class="field" id="field-promises" tabindex="-1">
            <legend>{move || session.lang().pick("对需求指标的承诺", "What the need's indicators come to")}</legend>{rows}</fieldset>
    }
    .into_any()
}

fn budget(saver: Desk, trouble: Wrong) -> impl IntoView {
    let session = Session::here();
    let asked = bound(saver, |draft| &draft.asked, |draft, text| draft.asked = text);
    let matched = bound(saver, |draft| &draft.matched, |draft, text| draft.matched = text);
    let row = move |at: usize| {
        view! {
            <Pick saver=saver trouble=trouble path=format!("lines[{at}].category") label=("科目", "Category") options=Category::ALL.to_vec() words=budget_category
                get=move |draft: &ApplicationDraft| draft.lines.get(at).and_then(|it| it.category)
                set=move |draft: &mut ApplicationDraft, one| { if let Some(it) = row_at(&mut draft.lines, at) { it.category = one; } }/>
            <Pick saver=saver trouble=trouble path=format!("lines[{at}].source") label=("来源", "Source") options=Source::ALL.to_vec() words=budget_source
                get=move |draft: &ApplicationDraft| draft.lines.get(at).and_then(|it| it.source)
                set=move |draft: &mut ApplicationDraft, one| { if let Some(it) = row_at(&mut draft.lines, at) { it.source = one; } }/>
            <Cell saver=saver trouble=trouble path=format!("lines[{at}].amount") label=("金额（元）", "Amount (CNY)")
                get=move |draft: &ApplicationDraft| draft.lines.get(at).map(|it| it.amount.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.lines, at) { it.amount = text; } }/>
            <Cell saver=saver trouble=trouble path=format!("lines[{at}].note") label=("用途", "What for")
                get=move |draft: &ApplicationDraft| draft.lines.get(at).map(|it| it.note.clone())
                set=move |draft: &mut ApplicationDraft, text| { if let Some(it) = row_at(&mut draft.lines, at) { it.note = text; } }/>
        }
        .into_any()
    };
    let lines = ("预算明细", "Budget lines");
    let hint = (
        "专项资金的合计应等于申请经费，其余的等于自筹与配套",
        "Those of the programme add up to what is asked, the others to what is brought along",
    );
    let total = move || {
        let sums = saver.draft.with(|draft| sums(&draft.lines));
        let lang = session.lang();
        match lang {
            Lang::Zh => format!(
                "明细合计：专项资金 {}，自筹与配套 {}",
                yuan(lang, sums.asked),
                yuan(lang, sums.matched)
            ),
            Lang::En => format!(
                "Lines add up to {} asked, {} brought along",
                yuan(lang, sums.asked),
                yuan(lang, sums.matched)
            ),
        }
    };
    view! {
        <Line label=("申请经费（元）", "Asked of the programme (CNY)") name="asked" value=asked short=true trouble=trouble/>
        <Line label=("自筹与配套（元）", "Own and matching funds (CNY)") name="matched" value=matched short=true optional=true trouble=trouble
            hint=("自筹或配套资金在评审时作为有利条件", "Own or matching funds count in favour")/>
        {table(saver, trouble, "lines", (lines, hint), |draft| &mut draft.lines, 1, row)}
        <p role="status">{total}</p>
    }
}
