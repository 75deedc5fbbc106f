//! One page of the form: its fields, what a return says of each, saving and going on.

use super::fields::field_of;
use crate::session::Session;
use crate::ui::{Button, PageHead, SavedLine, Saver, Trouble, TroubleBox, back};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::need::NeedView;
use ronghe_contract::problem::FieldDetail;
use ronghe_domain::kernel::FieldError;
use ronghe_domain::need::{Correction, Field, Progress, Section, form};
use ronghe_text::{Lang, field_label, field_problem, need_field, need_section};

/// The page.
#[component]
pub fn SectionPage(saver: Saver<NeedView>, section: Section) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let trouble = RwSignal::new(None::<Trouble>);
    let name = saver.view.with_untracked(|view| view.row.name.clone());
    let base = format!("/app/needs/{name}/edit");
    let corrections: Option<Vec<Correction>> =
        saver.view.with_untracked(|view| view.returned.as_ref().map(|it| it.corrections.clone()));
    let errors = saver.view.with_untracked(|view| view.errors.clone());
    let open: Vec<Field> =
        section.fields().filter(|field| form::is_open(corrections.as_deref(), &errors, *field)).collect();
    let remarks = corrections.unwrap_or_default();
    let fields = open
        .into_iter()
        .map(|field| {
            let remark = remarks.iter().find(|it| it.field == field).map(|it| it.remark.clone());
            view! { {remark.map(|remark| said(session, field, remark))}{field_of(saver, field, trouble)} }
        })
        .collect_view();
    let after = next(saver, section)
        .map_or_else(|| format!("/app/needs/{name}/check"), |section| format!("{base}/{}", section.name()));
    let go_on = {
        let after = after.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            trouble.set(None);
            let (navigate, after) = (navigate.clone(), after.clone());
            saver.save_then(move || {
                let errors = errors_of(saver, section);
                if errors.is_empty() {
                    navigate(&after, Default::default());
                } else {
                    trouble.set(Some(summary(session.lang(), errors)));
                }
            });
        }
    };
    let place = Section::ALL.iter().position(|it| *it == section).unwrap_or_default() + 1;
    let heading = Signal::derive(move || {
        let lang = session.lang();
        let wrong = if trouble.with(Option::is_some) { lang.pick("错误：", "Error: ") } else { "" };
        format!("{wrong}{}", need_section(lang, section))
    });
    let line = Signal::derive(move || match session.lang() {
        Lang::Zh => format!("第 {place} 节，共 {} 节", Section::ALL.len()),
        Lang::En => format!("Page {place} of {}", Section::ALL.len()),
    });
    let home = base.clone();
    view! {
        {move || back(session, &home, session.lang().pick("回到目录", "All pages"))}
        <PageHead title=heading line=line/>
        <div class="form-page"><form class="form" novalidate="" on:submit=go_on>
            <TroubleBox trouble=trouble/>
            {move || trouble.with(Option::is_some).then(|| {
                let to = after.clone();
                view! { <p><a href=to>{session.lang().pick("先不改，继续下一节", "Leave it for now and go on")}</a></p> }
            })}
            {fields}
            <div class="form-foot"><Button primary=true>{move || session.lang().pick("保存并继续", "Save and go on")}</Button>
                <a class="button" href=base>{move || session.lang().pick("回到目录", "All pages")}</a><SavedLine saver=saver/></div>
        </form></div>
    }
}

/// What the return says of a field.
fn said(session: Session, field: Field, remark: String) -> impl IntoView {
    view! {
        <div class="banner" data-turn="yours"><div>
            <p class="banner__title">{move || match session.lang() {
                Lang::Zh => format!("退回意见：{}", need_field(Lang::Zh, field)),
                Lang::En => format!("To correct: {}", need_field(Lang::En, field)),
            }}</p><p>{remark}</p></div></div>
    }
}

/// The next page that can be filled in, after this one; none where the check comes next.
fn next(saver: Saver<NeedView>, section: Section) -> Option<Section> {
    let after = Section::ALL.into_iter().skip_while(move |it| *it != section).skip(1);
    saver.view.with_untracked(|view| {
        let is_open = |wanted: Section| {
            view.sections.iter().any(|it| it.section == wanted && it.progress != Progress::Closed)
        };
        after.into_iter().find(|it| is_open(*it))
    })
}

/// What does not hold on this page, as the server said at the last save.
fn errors_of(saver: Saver<NeedView>, section: Section) -> Vec<FieldError> {
    saver.view.with_untracked(|view| {
        let here =
            |error: &&FieldError| Field::of_path(&error.path).is_some_and(|it| it.section() == section);
        view.errors.iter().filter(here).cloned().collect()
    })
}

/// The errors as one summary with links to the fields.
pub(super) fn summary(lang: Lang, errors: Vec<FieldError>) -> Trouble {
    let count = errors.len();
    let mut trouble = Trouble::said(&match lang {
        Lang::Zh => format!("有 {count} 处需要改"),
        Lang::En if count == 1 => "1 field has to be mended".to_owned(),
        Lang::En => format!("{count} fields have to be mended"),
    });
    trouble.fields = errors
        .into_iter()
        .map(|mut error| {
            // Of what is chosen from a group, the group is where one goes.
            let group = ["measures", "forms", "stages"]
                .iter()
                .find(|group| error.path.starts_with(&format!("{group}[")));
            if let Some(group) = group {
                error.path = (*group).to_owned();
            }
            error
        })
        .map(|error| FieldDetail {
            label: field_label(lang, &error.path),
            message: field_problem(lang, &error.problem),
            error,
        })
        .collect();
    trouble
}
