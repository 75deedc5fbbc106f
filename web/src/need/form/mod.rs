//! Writing a need: the list of pages with how far each has come, and the pages themselves. What is typed
//! saves itself.

mod attachments;
mod check;
mod fields;
mod parts;

pub use attachments::files;
pub use check::CheckNeed;
pub(super) use check::answers;

use super::{offered, title};
use crate::session::Session;
use crate::ui::form::{Desk, Outline, Page, Paged, Returned, closed, to_correct};
use crate::ui::{Saver, Trouble, deadline, lay, loaded};
use fields::field_of;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need::NeedView;
use ronghe_domain::kernel::{FieldError, Progress};
use ronghe_domain::need::{Action, Field, NeedDraft, Section, State, form};
use ronghe_text::{Lang, need_field, need_refusal, need_section, progress};

/// Minutes that a page of the form takes.
const MINUTES: usize = 4;

/// The page.
#[component]
pub fn EditNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let page = Memo::new(move |_| params.with(|params| params.get("section").unwrap_or_default()));
    let (need, desk) = lay::<NeedView>(name);
    view! {
        {loaded(session, need, move |(view, _): (NeedView, u64)| view.draft.is_none().then(|| sent(session.lang(), &view)))}
        {move || desk.get().map(|saver| view! { <Desk saver=saver page=page/> })}
    }
}

/// It has been sent or has ended: there is nothing to write.
fn sent(lang: Lang, view: &NeedView) -> impl IntoView + use<> {
    let words = match view.row.state {
        State::Withdrawn => {
            lang.pick("需求已撤回；可以另填一份。", "It is withdrawn; another one can be filed.")
        }
        _ => lang.pick(
            "需求已经提交；要改的话，由审核的单位退回。",
            "It is submitted; whoever checks it can return it.",
        ),
    };
    closed(lang, title(lang, &view.row), words, format!("/app/needs/{}", view.row.name))
}

impl Paged for NeedView {
    fn outline(&self, lang: Lang) -> Outline {
        let submit = self.offers.iter().find(|offer| offer.action == Action::Submit);
        let is_return = self.returned.is_some();
        Outline {
            base: format!("/app/needs/{}", self.row.name),
            home: ("/app/needs", lang.pick("需求", "Needs")),
            verb: if is_return {
                lang.pick("修改需求", "Correct the need")
            } else {
                lang.pick("填报需求", "File a need")
            },
            pages: self.sections.iter().map(|it| page(lang, self, it.section, it.progress)).collect(),
            returned: returned(lang, self),
            submit: submit.map(|offer| offer.barred.map(|refusal| need_refusal(lang, refusal))),
            submit_words: lang.pick("提交需求", "Submit"),
            others: offered(lang, self)
                .into_iter()
                .filter(|it| it.to.ends_with("/withdraw") && it.barred.is_none())
                .collect(),
        }
    }

    fn title(draft: &NeedDraft) -> &str {
        &draft.title
    }

    fn facts(&self, session: Session) -> AnyView {
        facts(session, self).into_any()
    }

    fn below(&self, _: Session) -> AnyView {
        ().into_any()
    }

    fn errors_on(&self, page: &str) -> Vec<FieldError> {
        let section = Section::named(page);
        let here = |error: &&FieldError| Field::of_path(&error.path).map(Field::section) == section;
        self.errors.iter().filter(here).cloned().collect()
    }

    fn fields(saver: Saver<Self>, page: &'static str, trouble: RwSignal<Option<Trouble>>) -> AnyView {
        let (corrections, errors) = saver.view.with_untracked(|view| {
            (view.returned.as_ref().map(|it| it.corrections.clone()), view.errors.clone())
        });
        let fields = Section::named(page).into_iter().flat_map(Section::fields);
        let open = fields.filter(|field| form::is_open(corrections.as_deref(), &errors, *field));
        let row = |field: Field| {
            let remark = corrections.iter().flatten().find(|it| it.field == field);
            let said = remark.map(|it| to_correct(move |lang| need_field(lang, field), it.remark.clone()));
            view! { {said}{field_of(saver, field, trouble)} }
        };
        open.map(row).collect_view().into_any()
    }
}

fn page(lang: Lang, view: &NeedView, section: Section, stands: Progress) -> Page {
    let fields: Vec<&str> = section.fields().map(|field| need_field(lang, field)).collect();
    let corrections = view.returned.iter().flat_map(|returned| &returned.corrections);
    let remarks: Vec<String> =
        corrections.filter(|it| it.field.section() == section).map(|it| it.remark.clone()).collect();
    let is_untouched = stands == Progress::NotStarted;
    Page {
        slug: section.name(),
        name: need_section(lang, section),
        hint: if remarks.is_empty() {
            fields.join(lang.pick("、", ", "))
        } else {
            remarks.join(lang.pick("；", "; "))
        },
        progress: stands,
        words: if is_untouched && section.is_optional() {
            lang.pick("选填", "Optional")
        } else {
            progress(lang, stands)
        },
        is_open: stands != Progress::Closed,
        is_optional: section.is_optional(),
    }
}

/// Who returned it, when, and what has to be done.
fn returned(lang: Lang, view: &NeedView) -> Option<Returned> {
    let returned = view.returned.as_ref()?;
    let org =
        returned.by_org.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned()).unwrap_or_default();
    let at = ronghe_text::instant(lang, returned.at);
    let count = returned.corrections.len();
    let head = match (lang, count) {
        (Lang::Zh, 0) => format!("{org} {at} 退回"),
        (Lang::Zh, _) => format!("{org} {at} 退回，改 {count} 处"),
        (Lang::En, 0) => format!("Returned by {org} at {at}"),
        (Lang::En, _) => format!("Returned by {org} at {at}: {count} to correct"),
    };
    let rest = lang
        .pick("只需改标出的项目，其余内容仍在。", "Only what is marked has to be changed; the rest is kept.");
    Some(Returned { head, remark: returned.remark.clone(), rest: (count > 0).then_some(rest) })
}

/// Until when, how long it takes, what comes next.
fn facts(session: Session, view: &NeedView) -> impl IntoView + use<> {
    let lang = session.lang();
    let (all, done) = view.outline(lang).counted();
    let minutes = all.saturating_sub(done) * MINUTES;
    let time = match (lang, minutes) {
        (Lang::Zh, 0) => "不到 1 分钟".to_owned(),
        (Lang::En, 0) => "Less than a minute".to_owned(),
        (Lang::Zh, _) => format!("约 {minutes} 分钟"),
        (Lang::En, _) => format!("About {minutes} minutes"),
    };
    let ahead = view.row.ahead;
    let until = view.row.deadline.map(
        |closes| view! { <dt>{lang.pick("截止", "Until")}</dt><dd>{deadline(session, closes, ahead)}</dd> },
    );
    let then = match view.row.district.as_ref() {
        Some(district) => {
            let name = lang.pick(&district.name, &district.name_en);
            match lang {
                Lang::Zh => format!("{name}审核报送"),
                Lang::En => format!("{name} checks and forwards it"),
            }
        }
        None => lang.pick("直接到高校联络服务处", "It goes straight to the liaison office").to_owned(),
    };
    view! {
        {until}
        <dt>{lang.pick("还需时间", "Time it takes")}</dt><dd>{time}</dd>
        <dt>{lang.pick("需要的材料", "What you need")}</dt><dd>{lang.pick("现状的数字、经费测算、联系人电话", "Figures of today, a budget, the contact's telephone")}</dd>
        <dt>{lang.pick("提交以后", "After submission")}</dt><dd>{then}</dd>
    }
}
