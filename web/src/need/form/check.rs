//! Before it is sent: all answers, what does not hold, what happens next, one tick, one button.

use crate::need::{Desks, StartButton, title};
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::form::{Check, CheckPage, answer_page, answered};
use crate::ui::{Fetch, PageHead, deadline, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::need::{ActOnNeed, NeedView};
use ronghe_domain::kernel::Progress;
use ronghe_domain::need::{Action, Field, NeedDraft, Refusal, Section};
use ronghe_text::{Lang, colon, form, measure_titled, need_field, need_refusal, need_section, stage};

/// The page.
#[component]
pub fn CheckNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let desks = Desks::here();
    let need = Fetch::new(move || {
        desks.follow();
        let name = name.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    let (act, agreed) = (Act::new(), RwSignal::new(false));
    loaded(session, need, move |view: NeedView| {
        let lang = session.lang();
        match &view.draft {
            Some(draft) => {
                let answers = answers(lang, &view, draft).into_any();
                page(session, &view, answers, act, agreed).into_any()
            }
            None => view! {
                <PageHead title=title(lang, &view.row)/>
                <div class="banner"><div><p class="banner__title">{lang.pick("已经提交", "It is submitted")}</p></div>
                    <a class="button" data-size="small" href=format!("/app/needs/{}", view.row.name)>{lang.pick("查看", "See it")}</a></div>
                <StartButton/>
            }
            .into_any(),
        }
    })
}

fn page(
    session: Session,
    view: &NeedView,
    answers: AnyView,
    act: Act,
    agreed: RwSignal<bool>,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let navigate = use_navigate();
    let base = format!("/app/needs/{}", view.row.name);
    let (name, version) = (view.row.name.clone(), view.version.clone());
    let refusal =
        view.offers.iter().find(|offer| offer.action == Action::Submit).and_then(|offer| offer.barred);
    // Where the unit has set a chain, it is asked for here instead; the last signature submits.
    let asks = refusal == Some(Refusal::SignOffFirst);
    let send = move |()| {
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        if asks {
            let home = format!("/app/needs/{name}?tab=sealed&done=ask");
            act.run(
                async move |client| client.ask_sign_off(&name, &version).await,
                move |_| navigate(&home, Default::default()),
            );
            return;
        }
        act.run(
            async move |client| client.act_on_need(&name, &version, &ActOnNeed::Submit).await,
            move |view: NeedView| {
                navigate(&format!("/app/needs/{}?done=submit", view.row.name), Default::default());
            },
        );
    };
    let until = view.row.deadline.map(|closes| {
        view! { <p class="quiet">{lang.pick("截止 ", "Until ")}{deadline(session, closes, view.row.ahead)}</p> }
            .into_any()
    });
    let check = Check {
        home: format!("{base}/edit"),
        title: title(lang, &view.row),
        answers,
        errors: view.errors.clone(),
        barred: refusal.filter(|_| !asks).map(|refusal| need_refusal(lang, refusal)),
        then: then(lang, view, asks),
        until,
        declaration: (
            "内容属实，已经本单位负责人同意；不向学生收费",
            "It is true, agreed by the head of the unit, and pupils pay nothing",
        ),
        words: if asks {
            lang.pick("提请签发", "Ask for sign-off")
        } else {
            lang.pick("提交需求", "Submit the need")
        },
    };
    view! { <CheckPage check=check act=act agreed=agreed send=send/> }
}

/// What happens once it is sent.
fn then(lang: Lang, view: &NeedView, asks: bool) -> String {
    if asks {
        let words = lang.pick(
            "提请后由本单位逐步签发，最后一步签发后自动提交；其间改动内容，已签的作废。",
            "Your unit signs it step by step, and the last signature submits it; a change meanwhile makes void what was signed.",
        );
        return words.to_owned();
    }
    match (view.row.district.as_ref(), lang) {
        (Some(district), Lang::Zh) => {
            format!("提交后由{}审核报送；提交以后不能再改，除非退回。", district.name)
        }
        (Some(district), Lang::En) => {
            format!(
                "{} checks and forwards it; it cannot be changed unless it is returned.",
                district.name_en
            )
        }
        (None, _) => lang
            .pick(
                "提交后直接到高校联络服务处；提交以后不能再改，除非退回。",
                "It goes straight to the liaison office; it cannot be changed unless it is returned.",
            )
            .to_owned(),
    }
}

/// All answers, page by page, each page with its way back.
pub(in crate::need) fn answers(lang: Lang, view: &NeedView, draft: &NeedDraft) -> impl IntoView + use<> {
    let name = view.row.name.clone();
    let wanted =
        view.wanted.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned()).unwrap_or_default();
    let files: Vec<String> = view.attachments.iter().map(|file| file.name.clone()).collect();
    let titles: Vec<(u32, String)> = view.choices.iter().map(|it| (it.seq, it.title.clone())).collect();
    let sections = Section::ALL.map(|section| {
        let rows = section
            .fields()
            .map(|field| view! { <dt>{need_field(lang, field)}</dt><dd>{answer(lang, draft, field, &titles, &files, &wanted)}</dd> })
            .collect_view();
        let is_closed =
            view.sections.iter().any(|it| it.section == section && it.progress == Progress::Closed);
        let change = (!is_closed).then(|| format!("/app/needs/{name}/edit/{}", section.name()));
        answer_page(lang, need_section(lang, section), change, rows.into_any())
    });
    sections.into_iter().collect_view()
}

fn answer(
    lang: Lang,
    draft: &NeedDraft,
    field: Field,
    titles: &[(u32, String)],
    files: &[String],
    wanted: &str,
) -> AnyView {
    let separator = lang.pick("、", ", ");
    let text = match field {
        Field::Title => draft.title.clone(),
        Field::Measures => {
            let named = |seq: &u32| {
                let title = titles.iter().find(|(it, _)| it == seq).map(|(_, title)| title.as_str());
                measure_titled(lang, *seq, title.unwrap_or_default())
            };
            draft.measures.iter().map(named).collect::<Vec<_>>().join("\n")
        }
        Field::Forms => draft
            .forms
            .iter()
            .map(|it| form(lang, *it).to_owned())
            .chain(Some(draft.other_form.clone()).filter(|it| !it.is_empty()))
            .collect::<Vec<_>>()
            .join(separator),
        Field::Stages => draft.stages.iter().map(|it| stage(lang, *it)).collect::<Vec<_>>().join(separator),
        Field::Students => draft.students.clone(),
        Field::Teachers => draft.teachers.clone(),
        Field::Background => draft.background.clone(),
        Field::Goals => draft.goals.clone(),
        Field::Benefit => draft.benefit.clone(),
        Field::Indicators => draft
            .indicators
            .iter()
            .map(|it| format!("{}{}{} → {} {}", it.name, colon(lang), it.baseline, it.target, it.unit))
            .collect::<Vec<_>>()
            .join("\n"),
        Field::University => wanted.to_owned(),
        Field::Discipline => draft.discipline.clone(),
        Field::Budget => draft.budget.clone(),
        Field::Own => draft.own.clone(),
        Field::Period => draft.period.clone(),
        Field::Contact => format!("{} {}", draft.contact_name, draft.contact_phone).trim().to_owned(),
        Field::Attachments => files.join("\n"),
    };
    answered(lang, &text)
}
