//! Writing an application: the list of pages with how far each has come, and the pages themselves. What is typed
//! saves itself.

mod answers;
mod check;
mod fields;
mod files;
mod rows;

pub use answers::answers;
pub(super) use answers::said;
pub use check::CheckApplication;
pub use files::submitted;

use super::eligibility::conditions;
use super::{need_title, offered, title};
use crate::session::Session;
use crate::ui::form::{Desk, Outline, Page, Paged, Returned, closed, to_correct};
use crate::ui::{Saver, Trouble, deadline, lay, loaded};
use fields::field_of;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::application::{ApplicationSectionView, ApplicationView};
use ronghe_domain::application::{Action, ApplicationDraft, Field, Section, form};
use ronghe_domain::kernel::{FieldError, Progress};
use ronghe_text::{
    Lang, application_field, application_refusal, application_section, flaw, instant, progress,
};

/// The page.
#[component]
pub fn EditApplication() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let page = Memo::new(move |_| params.with(|params| params.get("section").unwrap_or_default()));
    let (found, desk) = lay::<ApplicationView>(name);
    let is_closed = |view: &ApplicationView| view.sections.iter().all(|it| !it.open);
    view! {
        {loaded(session, found, move |(view, _): (ApplicationView, u64)| is_closed(&view).then(|| sent(session.lang(), &view)))}
        {move || desk.get().map(|saver| view! { <Desk saver=saver page=page/> })}
    }
}

/// It has been sent or has ended, or others write it.
fn sent(lang: Lang, view: &ApplicationView) -> impl IntoView + use<> {
    let words = lang.pick(
        "已经提交，或者由团队里别的人填写。截止以前可以由牵头人重新打开。",
        "It is submitted, or others of the team write it. Until the window closes whoever leads it can reopen it.",
    );
    closed(lang, title(lang, &view.row), words, format!("/app/applications/{}", view.row.name))
}

impl Paged for ApplicationView {
    fn outline(&self, lang: Lang) -> Outline {
        let submit = self.offers.iter().find(|offer| offer.action == Action::Submit);
        let is_beside = |to: &str| to.ends_with("/withdraw") || to.ends_with("/members");
        Outline {
            base: format!("/app/applications/{}", self.row.name),
            home: ("/app/applications", lang.pick("申报", "Applications")),
            verb: if self.returned.is_some() {
                lang.pick("补正申报", "Correct the application")
            } else {
                lang.pick("填写申报", "Write the application")
            },
            pages: self.sections.iter().map(|it| page(lang, self, it)).collect(),
            returned: returned(lang, self),
            submit: submit.map(|offer| offer.barred.map(|refusal| application_refusal(lang, refusal))),
            submit_words: lang.pick("提交申报", "Submit"),
            others: offered(lang, self)
                .into_iter()
                .filter(|it| it.barred.is_none() && is_beside(&it.to))
                .collect(),
        }
    }

    fn title(draft: &ApplicationDraft) -> &str {
        &draft.title
    }

    fn facts(&self, session: Session) -> AnyView {
        facts(session, self).into_any()
    }

    fn below(&self, session: Session) -> AnyView {
        let head = session.lang().pick("申报条件", "Eligibility");
        view! { <section><h2>{head}</h2>{conditions(session.lang(), self)}</section> }.into_any()
    }

    fn errors_on(&self, page: &str) -> Vec<FieldError> {
        let section = Section::named(page);
        let here = |error: &&FieldError| Section::of_path(&error.path) == section;
        self.errors.iter().filter(here).cloned().collect()
    }

    fn fields(saver: Saver<Self>, page: &'static str, trouble: RwSignal<Option<Trouble>>) -> AnyView {
        let Some(section) = Section::named(page) else { return ().into_any() };
        let (open, remark) = saver.view.with_untracked(|view| {
            let corrections = view.returned.as_ref().map(|it| it.corrections.as_slice());
            let mine = view.sections.iter().any(|it| it.section == section && it.open);
            let open =
                section.fields().filter(|field| mine && form::is_open(corrections, &view.errors, *field));
            let remark = corrections.and_then(|all| all.iter().find(|it| it.section == section));
            (open.collect::<Vec<Field>>(), remark.cloned())
        });
        let said = remark.map(|it| to_correct(move |lang| flaw(lang, it.flaw), it.remark));
        let fields = open.into_iter().map(|field| field_of(saver, field, trouble)).collect_view();
        view! { {said}{fields} }.into_any()
    }
}

fn page(lang: Lang, view: &ApplicationView, it: &ApplicationSectionView) -> Page {
    let fields: Vec<&str> = it.section.fields().map(|field| application_field(lang, field)).collect();
    let corrections = view.returned.iter().flat_map(|returned| &returned.corrections);
    let remarks: Vec<String> = corrections
        .filter(|correction| correction.section == it.section)
        .map(|it| format!("{}{}{}", flaw(lang, it.flaw), lang.pick("：", ": "), it.remark))
        .collect();
    let is_undone = matches!(it.progress, Progress::NotStarted | Progress::Started | Progress::ToCorrect);
    Page {
        slug: it.section.name(),
        name: application_section(lang, it.section),
        hint: if remarks.is_empty() {
            fields.join(lang.pick("、", ", "))
        } else {
            remarks.join(lang.pick("；", "; "))
        },
        progress: it.progress,
        words: if is_undone && !it.open {
            lang.pick("由别人填写", "Others write it")
        } else {
            progress(lang, it.progress)
        },
        is_open: it.open,
        is_optional: false,
    }
}

/// When it was returned, until when, and what has to be done.
fn returned(lang: Lang, view: &ApplicationView) -> Option<Returned> {
    let returned = view.returned.as_ref()?;
    let (at, count) = (instant(lang, returned.at), returned.corrections.len());
    let head = match lang {
        Lang::Zh => format!("高校联络服务处 {at} 退回补正，改 {count} 个部分"),
        Lang::En => format!("Returned by the liaison office at {at}: sections to correct: {count}"),
    };
    let rest = lang.pick(
        "只打开标出的部分，其余内容仍在；改后重新打印盖章。",
        "Exactly what is marked is open, the rest is kept; print and seal it anew afterwards.",
    );
    Some(Returned { head, remark: returned.remark.clone(), rest: Some(rest) })
}

/// Until when, what it takes, what comes next.
fn facts(session: Session, view: &ApplicationView) -> impl IntoView + use<> {
    let lang = session.lang();
    let ahead = view.row.ahead;
    let until = view.row.deadline.map(
        |closes| view! { <dt>{lang.pick("截止", "Until")}</dt><dd>{deadline(session, closes, ahead)}</dd> },
    );
    let need = format!("/app/needs/{}", view.row.need.name);
    let asked = format!("{} {}", view.row.need.name, need_title(lang, &view.row));
    view! {
        {until}
        <dt>{lang.pick("对应需求", "The need")}</dt><dd><a href=need>{asked}</a></dd>
        <dt>{lang.pick("需要的材料", "What you need")}</dt><dd>{lang.pick("预算测算、成果和进度、盖章页（PDF）", "A budget, deliverables and days, the sealed page (PDF)")}</dd>
        <dt>{lang.pick("提交以后", "After submission")}</dt><dd>{lang.pick("密封到截止，然后启封、形式审查", "Sealed until the window closes, then opened and checked")}</dd>
    }
}
