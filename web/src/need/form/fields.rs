//! Fields of the form, each bound to the working copy.

use super::attachments::Attachments;
use super::parts::{Forms, Indicators, Measures, Stages, University};
use crate::ui::form::bound;
use crate::ui::{Field as Line, Saver, TextArea, Trouble};
use leptos::prelude::*;
use ronghe_contract::need::NeedView;
use ronghe_domain::need::Field;

/// The field, with its hint.
pub fn field_of(saver: Saver<NeedView>, field: Field, trouble: RwSignal<Option<Trouble>>) -> AnyView {
    match field {
        Field::Title => title(saver, trouble).into_any(),
        Field::Measures => view! { <Measures saver=saver trouble=trouble/> }.into_any(),
        Field::Forms => view! { <Forms saver=saver trouble=trouble/> }.into_any(),
        Field::Stages => view! { <Stages saver=saver trouble=trouble/> }.into_any(),
        Field::Students => {
            let value = bound(saver, |draft| &draft.students, |draft, text| draft.students = text);
            view! { <Line label=("受益学生（人）", "Pupils who benefit") name="students" value=value short=true trouble=trouble
                hint=("直接参加的人数；没有填 0", "Those who take part; 0 where there are none")/> }
            .into_any()
        }
        Field::Teachers => {
            let value = bound(saver, |draft| &draft.teachers, |draft, text| draft.teachers = text);
            view! { <Line label=("受益教师（人）", "Teachers who benefit") name="teachers" value=value short=true trouble=trouble/> }.into_any()
        }
        Field::Background => {
            let value = bound(saver, |draft| &draft.background, |draft, text| draft.background = text);
            view! { <TextArea label=("背景", "Background") name="background" value=value rows=6 trouble=trouble
                hint=("现在是什么情况，差在哪里；用数字说话", "How things stand and what is missing, in figures")/> }
            .into_any()
        }
        Field::Goals => {
            let value = bound(saver, |draft| &draft.goals, |draft, text| draft.goals = text);
            view! { <TextArea label=("目标与内容", "Goals") name="goals" value=value rows=6 trouble=trouble
                hint=("希望高校做什么、怎么做、做到什么程度", "What the university should do, how, and how far")/> }
            .into_any()
        }
        Field::Benefit => {
            let value = bound(saver, |draft| &draft.benefit, |draft, text| draft.benefit = text);
            view! { <TextArea label=("预期效益", "Expected benefit") name="benefit" value=value rows=4 trouble=trouble/> }.into_any()
        }
        Field::Indicators => view! { <Indicators saver=saver trouble=trouble/> }.into_any(),
        Field::University => view! { <University saver=saver trouble=trouble/> }.into_any(),
        Field::Discipline => {
            let value = bound(saver, |draft| &draft.discipline, |draft, text| draft.discipline = text);
            view! { <Line label=("意向学科", "Wanted discipline") name="discipline" value=value optional=true trouble=trouble
                hint=("如心理学、计算机", "Such as psychology, computing")/> }
            .into_any()
        }
        Field::Budget => {
            let value = bound(saver, |draft| &draft.budget, |draft, text| draft.budget = text);
            view! { <Line label=("经费预算（元）", "Budget (CNY)") name="budget" value=value short=true trouble=trouble
                hint=("总数，含学校自筹", "The whole sum, own funds included")/> }
            .into_any()
        }
        Field::Own => {
            let value = bound(saver, |draft| &draft.own, |draft, text| draft.own = text);
            view! { <Line label=("其中学校自筹（元）", "Of it, own funds (CNY)") name="own" value=value short=true optional=true trouble=trouble
                hint=("自筹或配套资金在评审时作为有利条件", "Own or matching funds count in favour")/> }
            .into_any()
        }
        Field::Period => {
            let value = bound(saver, |draft| &draft.period, |draft, text| draft.period = text);
            view! { <Line label=("实施周期", "Period") name="period" value=value trouble=trouble
                hint=("如一个学年、2026年9月至2027年7月", "Such as one school year, or September 2026 to July 2027")/> }
            .into_any()
        }
        Field::Contact => contact(saver, trouble).into_any(),
        Field::Attachments => view! { <Attachments saver=saver/> }.into_any(),
    }
}

fn title(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let zh = bound(saver, |draft| &draft.title, |draft, text| draft.title = text);
    let en = bound(saver, |draft| &draft.title_en, |draft, text| draft.title_en = text);
    view! {
        <Line label=("标题", "Title") name="title" value=zh trouble=trouble
            hint=("一句话说清要做什么，60 字以内", "What is to be done, in at most 60 characters")/>
        <Line label=("英文标题", "English title") name="title_en" value=en optional=true trouble=trouble/>
    }
}

fn contact(saver: Saver<NeedView>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let name = bound(saver, |draft| &draft.contact_name, |draft, text| draft.contact_name = text);
    let phone = bound(saver, |draft| &draft.contact_phone, |draft, text| draft.contact_phone = text);
    view! {
        <Line label=("联系人姓名", "Contact's name") name="contact_name" value=name trouble=trouble/>
        <Line label=("联系电话", "Contact's telephone") name="contact_phone" value=phone short=true trouble=trouble
            hint=("别的单位只看得到头尾；区县和高校联络服务处写明原因才看得到全部", "Others see its ends; the district and the liaison office see it whole once they say why")/>
    }
}
