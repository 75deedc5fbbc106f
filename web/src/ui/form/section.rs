//! One page of the form: its fields, saving and going on.

use super::{Outline, Save};
use crate::session::Session;
use crate::ui::{Button, PageHead, Trouble, TroubleBox, back};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::problem::FieldDetail;
use ronghe_domain::kernel::FieldError;
use ronghe_text::{Lang, field_label, field_problem};

/// The page.
#[component]
pub fn SectionPage(
    outline: Signal<Outline>,
    page: &'static str,
    trouble: RwSignal<Option<Trouble>>,
    fields: AnyView,
    saved: AnyView,
    save: Save,
    /// What does not hold on this page, as the server said at the last save.
    errors: Signal<Vec<FieldError>>,
) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let home = outline.with_untracked(|it| format!("{}/edit", it.base));
    let go_on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        trouble.set(None);
        let navigate = navigate.clone();
        let then = move || {
            let errors = errors.get_untracked();
            if errors.is_empty() {
                // What was saved may have opened a page, such as that of a sealed page that it voided.
                navigate(&outline.with_untracked(|it| it.after(page)), Default::default());
            } else {
                trouble.set(Some(summary(session.lang(), errors)));
            }
        };
        save.with_value(|save| save(Box::new(then)));
    };
    let heading = Signal::derive(move || {
        let wrong =
            if trouble.with(Option::is_some) { session.lang().pick("错误：", "Error: ") } else { "" };
        let name = outline.with(|it| it.pages.iter().find(|it| it.slug == page).map(|it| it.name));
        format!("{wrong}{}", name.unwrap_or_default())
    });
    let line = Signal::derive(move || {
        let (place, all) = outline.with(|it| {
            (it.pages.iter().position(|it| it.slug == page).unwrap_or_default() + 1, it.pages.len())
        });
        match session.lang() {
            Lang::Zh => format!("第 {place} 节，共 {all} 节"),
            Lang::En => format!("Page {place} of {all}"),
        }
    });
    let up = home.clone();
    view! {
        {move || back(session, &up, session.lang().pick("回到目录", "All pages"))}
        <PageHead title=heading line=line/>
        <div class="form-page"><form class="form" novalidate="" on:submit=go_on>
            <TroubleBox trouble=trouble/>
            {move || trouble.with(Option::is_some).then(|| {
                let to = outline.with(|it| it.after(page));
                view! { <p><a href=to>{session.lang().pick("先不改，继续下一节", "Leave it for now and go on")}</a></p> }
            })}
            {fields}
            <div class="form-foot"><Button primary=true>{move || session.lang().pick("保存并继续", "Save and go on")}</Button>
                <a class="button" href=home>{move || session.lang().pick("回到目录", "All pages")}</a>{saved}</div>
        </form></div>
    }
}

/// Groups of choices: what is wrong with one of them is mended at the group.
const GROUPS: [&str; 3] = ["measures", "forms", "stages"];

/// The errors as one summary with links to the fields.
pub fn summary(lang: Lang, errors: Vec<FieldError>) -> Trouble {
    let count = errors.len();
    let mut trouble = Trouble::said(&match lang {
        Lang::Zh => format!("有 {count} 处需要改"),
        Lang::En if count == 1 => "1 field has to be mended".to_owned(),
        Lang::En => format!("{count} fields have to be mended"),
    });
    let detail = |mut error: FieldError| {
        if let Some(group) = GROUPS.iter().find(|group| error.path.starts_with(&format!("{group}["))) {
            error.path = (*group).to_owned();
        }
        FieldDetail {
            label: field_label(lang, &error.path),
            message: field_problem(lang, &error.problem),
            error,
        }
    };
    trouble.fields = errors.into_iter().map(detail).collect();
    trouble
}
