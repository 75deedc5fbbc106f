//! Writing what a university offers to schools.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, PageHead, TextArea, Trouble, Unknown, back, kept, loaded, tick};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::need::MeasureChoice;
use ronghe_contract::profile::ProfileView;
use ronghe_domain::need::Stage;
use ronghe_domain::policy::forms::Form;
use ronghe_domain::profile::discipline::groups;
use ronghe_domain::profile::{ProfileDraft, STRENGTHS_MOST};
use ronghe_text::{discipline_group, form, measure_titled, stage};

/// The page.
#[component]
pub fn EditProfile() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let profile = Fetch::new(move || {
        let slug = slug.get();
        async move { session.call(async |client| client.show_profile(&slug).await).await }
    });
    let kept = kept::<(Typed, Act)>();
    loaded(session, profile, move |view: ProfileView| {
        let (typed, act) = kept(&|| (Typed::of(&view), Act::new()));
        if !view.may_change {
            return view! { <Unknown/> }.into_any();
        }
        let lang = session.lang();
        let name = lang.pick(&view.university.name, &view.university.name_en).to_owned();
        let home = format!("/app/organisations/{}", view.university.slug);
        let head = lang.pick("能为中小学做什么", "What it offers to schools");
        view! {
            {back(session, &home, &name)}
            <PageHead title=format!("{head}{}{name}", lang.pick("：", ": "))/>
            <Writing view=view typed=typed act=act/>
        }
        .into_any()
    })
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    disciplines: RwSignal<Vec<String>>,
    measures: RwSignal<Vec<u32>>,
    forms: RwSignal<Vec<Form>>,
    stages: RwSignal<Vec<Stage>>,
    strengths: RwSignal<String>,
}

impl Typed {
    fn of(view: &ProfileView) -> Self {
        // A measure of an earlier document is no choice any more.
        let is_open = |seq: &u32| view.choices.iter().any(|it| it.seq == *seq);
        Self {
            disciplines: RwSignal::new(view.disciplines.iter().map(|it| it.code.clone()).collect()),
            measures: RwSignal::new(view.measures.iter().map(|it| it.seq).filter(is_open).collect()),
            forms: RwSignal::new(view.forms.clone()),
            stages: RwSignal::new(view.stages.clone()),
            strengths: RwSignal::new(view.strengths.clone()),
        }
    }

    fn draft(self) -> ProfileDraft {
        ProfileDraft {
            disciplines: self.disciplines.get_untracked(),
            measures: self.measures.get_untracked(),
            forms: self.forms.get_untracked(),
            stages: self.stages.get_untracked(),
            strengths: self.strengths.get_untracked(),
        }
    }
}

#[component]
fn Writing(view: ProfileView, typed: Typed, act: Act) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let (slug, version) = (view.university.slug.clone(), view.version.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = typed.draft();
        let (slug, version, navigate) = (slug.clone(), version.clone(), navigate.clone());
        let home = format!("/app/organisations/{slug}");
        act.run(
            async move |client| client.set_profile(&slug, &version, &draft).await,
            move |_: ProfileView| navigate(&home, Default::default()),
        );
    };
    let trouble = act.trouble;
    let stages = Stage::ALL.map(|it| {
        let label = Signal::derive(move || stage(session.lang(), it).to_owned());
        tick(label, it, typed.stages).into_any()
    });
    view! {
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <Disciplines typed=typed trouble=trouble/>
            <MeasuresAndForms choices=view.choices typed=typed trouble=trouble/>
            {group(session, "stages", ("学段", "School stages"), trouble, stages.into_iter().collect_view().into_any())}
            <TextArea label=("优势与资源", "Strengths and resources") name="strengths" value=typed.strengths rows=8 trouble=trouble
                hint=("团队、课程、场馆、做过的事；用来和需求比对，也在门户公开", "People, courses, places, what was done before; needs are compared with it, and it stands on the portal")/>
            <p class="field__hint">{move || {
                let count = typed.strengths.with(|text| text.chars().count());
                format!("{count} / {STRENGTHS_MOST}")
            }}</p>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("保存画像", "Save the profile")}</Button></div>
        </form></div>
    }
}

/// A group of boxes with its name and what is wrong with it.
fn group(
    session: Session,
    name: &'static str,
    label: (&'static str, &'static str),
    trouble: RwSignal<Option<Trouble>>,
    boxes: AnyView,
) -> impl IntoView {
    let wrong = Memo::new(move |_| {
        let below = format!("{name}[");
        let fields = trouble.get()?.fields;
        let found = fields.into_iter().find(|it| it.error.path == name || it.error.path.starts_with(&below));
        found.map(|it| it.message)
    });
    view! {
        <fieldset class="field" id=format!("field-{name}") tabindex="-1" data-error=move || wrong.get().map(|_| "true")>
            <legend>{move || session.lang().pick(label.0, label.1)}</legend>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            {boxes}
        </fieldset>
    }
}

/// The standard's disciplines, field by field; those with a choice stand open.
#[component]
fn Disciplines(typed: Typed, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let fields = groups().map(|(field, of)| {
        let count = move |codes: &Vec<String>| {
            of.iter().filter(|it| codes.iter().any(|code| code == it.code)).count()
        };
        let chosen = move || typed.disciplines.with(count);
        let is_open = typed.disciplines.with_untracked(count) > 0;
        let boxes = of.iter().map(|it| {
            let label =
                Signal::derive(move || format!("{} {}", it.code, session.lang().pick(it.name, it.name_en)));
            tick(label, it.code.to_owned(), typed.disciplines)
        });
        view! {
            <details class="field" open=is_open>
                <summary>{move || {
                    let lang = session.lang();
                    format!("{}{}", discipline_group(lang, field), lang.pick("，已选 ", ", chosen: "))
                }}{chosen}</summary>
                <div class="choice-columns">{boxes.collect_view()}</div>
            </details>
        }
        .into_any()
    });
    group(
        session,
        "disciplines",
        ("学科（GB/T 13745）", "Disciplines (GB/T 13745)"),
        trouble,
        fields.into_iter().collect_view().into_any(),
    )
}

/// Each measure, and the forms of those that are chosen.
#[component]
fn MeasuresAndForms(
    choices: Vec<MeasureChoice>,
    typed: Typed,
    trouble: RwSignal<Option<Trouble>>,
) -> impl IntoView {
    let session = Session::here();
    let measures = choices.iter().map(|it| {
        let (seq, title) = (it.seq, it.title.clone());
        let label = Signal::derive(move || measure_titled(session.lang(), seq, &title));
        tick(label, seq, typed.measures)
    });
    let measures = measures.collect_view().into_any();
    let open = Memo::new(move |_| {
        let (chosen, ticked) = (typed.measures.get(), typed.forms.get());
        let of = choices.iter().filter(|it| chosen.contains(&it.seq)).flat_map(|it| &it.forms);
        // What was ticked stays to be seen, though its measure is gone: it has to be taken away by hand.
        let mut forms: Vec<Form> = of.copied().chain(ticked).collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    });
    let forms = move || {
        let boxes = open.get().into_iter().map(|it| {
            let label = Signal::derive(move || form(session.lang(), it).to_owned());
            tick(label, it, typed.forms)
        });
        view! { <div class="choice-columns">{boxes.collect_view()}</div> }
    };
    view! {
        {group(session, "measures", ("愿意承担的措施", "Measures that it takes on"), trouble, measures)}
        {group(session, "forms", ("合作形式（选填）", "Forms of cooperation (optional)"), trouble, forms.into_any())}
    }
}
