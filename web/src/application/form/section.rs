//! One page of the form: its fields, what a return says of it, saving and going on.

use super::fields::field_of;
use crate::session::Session;
use crate::ui::{Button, PageHead, SavedLine, Saver, Trouble, TroubleBox, back};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::application::ApplicationView;
use ronghe_contract::problem::FieldDetail;
use ronghe_domain::application::{Section, form};
use ronghe_domain::kernel::FieldError;
use ronghe_text::{Lang, application_section, field_label, field_problem, flaw};

/// The page.
#[component]
pub fn SectionPage(saver: Saver<ApplicationView>, section: Section) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let trouble = RwSignal::new(None::<Trouble>);
    let name = saver.view.with_untracked(|view| view.row.name.clone());
    let base = format!("/app/applications/{name}/edit");
    let (fields, remark) = saver.view.with_untracked(|view| {
        let corrections = view.returned.as_ref().map(|it| it.corrections.as_slice());
        let mine = view.sections.iter().any(|it| it.section == section && it.open);
        let open = section.fields().filter(|field| mine && form::is_open(corrections, &view.errors, *field));
        let found = corrections.and_then(|all| all.iter().find(|it| it.section == section)).cloned();
        (open.collect::<Vec<_>>(), found)
    });
    let fields = fields.into_iter().map(|field| field_of(saver, field, trouble)).collect_view();
    let after = next(saver, section).map_or_else(
        || format!("/app/applications/{name}/check"),
        |section| format!("{base}/{}", section.name()),
    );
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
        format!("{wrong}{}", application_section(lang, section))
    });
    let line = Signal::derive(move || match session.lang() {
        Lang::Zh => format!("第 {place} 节，共 {} 节", Section::ALL.len()),
        Lang::En => format!("Page {place} of {}", Section::ALL.len()),
    });
    let said = remark.map(|it| {
        let head = move || {
            let lang = session.lang();
            format!("{}{}", lang.pick("退回意见：", "To correct: "), flaw(lang, it.flaw))
        };
        view! { <div class="banner" data-turn="yours"><div><p class="banner__title">{head}</p><p>{it.remark}</p></div></div> }
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
            {said}
            {fields}
            <div class="form-foot"><Button primary=true>{move || session.lang().pick("保存并继续", "Save and go on")}</Button>
                <a class="button" href=base>{move || session.lang().pick("回到目录", "All pages")}</a><SavedLine saver=saver/></div>
        </form></div>
    }
}

/// The next page that can be filled in, after this one; none where the check comes next.
fn next(saver: Saver<ApplicationView>, section: Section) -> Option<Section> {
    let after = Section::ALL.into_iter().skip_while(move |it| *it != section).skip(1);
    saver.view.with_untracked(|view| {
        let is_open = |wanted: Section| view.sections.iter().any(|it| it.section == wanted && it.open);
        after.into_iter().find(|it| is_open(*it))
    })
}

/// What does not hold on this page, as the server said at the last save.
fn errors_of(saver: Saver<ApplicationView>, section: Section) -> Vec<FieldError> {
    saver.view.with_untracked(|view| {
        let here = |error: &&FieldError| Section::of_path(&error.path) == Some(section);
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
        .map(|error| FieldDetail {
            label: field_label(lang, &error.path),
            message: field_problem(lang, &error.problem),
            error,
        })
        .collect();
    trouble
}
