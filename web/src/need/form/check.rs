//! Before it is sent: all answers, what does not hold, what happens next, one tick, one button.

use super::section::summary;
use crate::need::{Desks, StartButton, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, PageHead, Trouble, TroubleBox, back, deadline, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::need::{ActOnNeed, NeedView};
use ronghe_domain::need::{Action, Field, NeedDraft, Progress, Refusal, Section};
use ronghe_text::{Lang, form, need_field, need_refusal, need_section, ordinal, stage};

/// The page.
#[component]
pub fn CheckNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let desks = Desks::here();
    let need = LocalResource::new(move || {
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
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !agreed.get_untracked() {
            let said = session.lang().pick("先勾选声明", "Tick the declaration first");
            act.trouble.set(Some(Trouble::said(said)));
            return;
        }
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
    let open = RwSignal::new((!view.errors.is_empty()).then(|| summary(lang, view.errors.clone())));
    let barred = refusal.filter(|_| !asks).map(|refusal| need_refusal(lang, refusal));
    let can = barred.is_none();
    let until = view.row.deadline.map(
        |closes| view! { <p class="quiet">{lang.pick("截止 ", "Until ")}{deadline(session, closes, view.row.ahead)}</p> },
    );
    let then = match view.row.district.as_ref() {
        Some(district) => match lang {
            Lang::Zh => format!("提交后由{}审核报送；提交以后不能再改，除非退回。", district.name),
            Lang::En => format!(
                "{} checks and forwards it; it cannot be changed unless it is returned.",
                district.name_en
            ),
        },
        None => lang
            .pick(
                "提交后直接到高校联络服务处；提交以后不能再改，除非退回。",
                "It goes straight to the liaison office; it cannot be changed unless it is returned.",
            )
            .to_owned(),
    };
    let label = Signal::derive(move || {
        session
            .lang()
            .pick(
                "内容属实，已经本单位负责人同意；不向学生收费",
                "It is true, agreed by the head of the unit, and pupils pay nothing",
            )
            .to_owned()
    });
    let then = if asks {
        lang.pick(
            "提请后由本单位逐步签发，最后一步签发后自动提交；其间改动内容，已签的作废。",
            "Your unit signs it step by step, and the last signature submits it; a change meanwhile makes void what was signed.",
        )
        .to_owned()
    } else {
        then
    };
    let words = if asks {
        lang.pick("提请签发", "Ask for sign-off")
    } else {
        lang.pick("提交需求", "Submit the need")
    };
    let heading = format!("{}{}", lang.pick("核对并提交：", "Check and submit: "), title(lang, &view.row));
    let home = format!("{base}/edit");
    let reason = barred.map(|reason| view! { <div class="banner"><div><p class="banner__title">{lang.pick("暂不能提交", "It cannot be submitted yet")}</p><p>{reason}</p></div></div> });
    view! {
        {back(session, &home, lang.pick("回到目录", "All pages"))}
        <PageHead title=heading/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {(!can).then(|| view! { <TroubleBox trouble=open/> })}
            {reason}
            <div>{answers}</div>
            {can.then(|| view! {
                <div class="field"><p>{then}</p>{until}
                    <Choice label=label checked=agreed on_change=move |on| agreed.set(on)/></div>
                <div class="form-foot"><Button primary=true busy=act.busy>{words}</Button>
                    <a class="button" href=home>{lang.pick("再改一改", "Change it first")}</a></div>
            })}
        </form></div>
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
        let to = format!("/app/needs/{name}/edit/{}", section.name());
        let page = need_section(lang, section);
        let is_closed =
            view.sections.iter().any(|it| it.section == section && it.progress == Progress::Closed);
        let change = (!is_closed).then(|| view! { <small><a href=to>{lang.pick("修改", "Change")}<span class="unseen">{page}</span></a></small> });
        view! {
            <section class="record__section"><h2>{page}{change}</h2>
                <dl class="summary-list">{rows}</dl></section>
        }
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
                format!("（{}）{}", ordinal(*seq), title.unwrap_or_default())
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
            .map(|it| format!("{}：{} → {} {}", it.name, it.baseline, it.target, it.unit))
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
    if text.trim().is_empty() {
        return view! { <span class="quiet">{lang.pick("未填", "not given")}</span> }.into_any();
    }
    text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
}
