//! Withdrawing, reopening, accepting, returning: what it is, what will be, who is told.

use super::{state_tag, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Choice, Fetch, Field, TextArea, Unknown, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::application::{ActOnApplication as Body, ApplicationView};
use ronghe_domain::application::{Action, Correction, Flaw, Section, State};
use ronghe_domain::kernel::window::last_minute;
use ronghe_text::{
    ApplicationDone, Lang, application_action, application_refusal, application_section, flaw as flaw_words,
};

/// The page of one action.
#[component]
pub fn ActOnApplication() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params
            .with(|params| (params.get("name").unwrap_or_default(), params.get("action").unwrap_or_default()))
    });
    let found = Fetch::new(move || {
        let (name, _) = asked.get();
        async move { session.call(async |client| client.show_application(&name).await).await }
    });
    let (act, typed) = (Act::new(), Typed::new());
    loaded(session, found, move |view: ApplicationView| {
        let action = match asked.get().1.as_str() {
            "withdraw" => Action::Withdraw,
            "reopen" => Action::Reopen,
            "accept" => Action::Accept,
            "return" => Action::Return,
            _ => return view! { <Unknown/> }.into_any(),
        };
        confirm(session, view, action, act, typed)
    })
}

/// A section, what is wrong with it, and what is said of that.
type Said = (Section, RwSignal<Flaw>, RwSignal<String>);

/// What is typed for a return: what is wrong with each section that is flagged.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    remark: RwSignal<String>,
    until: RwSignal<String>,
    flagged: RwSignal<Vec<Section>>,
    said: StoredValue<Vec<Said>>,
}

impl Typed {
    pub(super) fn new() -> Self {
        let said = Section::ALL.map(|it| (it, RwSignal::new(Flaw::Incomplete), RwSignal::new(String::new())));
        Self {
            remark: RwSignal::new(String::new()),
            until: RwSignal::new(String::new()),
            flagged: RwSignal::new(Vec::new()),
            said: StoredValue::new(said.to_vec()),
        }
    }

    /// Nothing is typed: another application is looked at.
    pub(super) fn clear(self) {
        self.remark.set(String::new());
        self.until.set(String::new());
        self.flagged.set(Vec::new());
        self.said.with_value(|said| {
            for (_, flaw, remark) in said {
                flaw.set(Flaw::Incomplete);
                remark.set(String::new());
            }
        });
    }

    fn of(self, section: Section) -> Option<(RwSignal<Flaw>, RwSignal<String>)> {
        let of = |said: &Vec<Said>| {
            said.iter().find(|(it, ..)| *it == section).map(|(_, flaw, remark)| (*flaw, *remark))
        };
        self.said.with_value(of)
    }

    pub(super) fn body(self, action: Action) -> Option<Body> {
        match action {
            Action::Withdraw => Some(Body::Withdraw),
            Action::Reopen => Some(Body::Reopen),
            Action::Accept => Some(Body::Accept),
            Action::Return => {
                let flagged = self.flagged.get_untracked().into_iter();
                let corrections = flagged.filter_map(|section| {
                    let (flaw, remark) = self.of(section)?;
                    Some(Correction { section, flaw: flaw.get_untracked(), remark: remark.get_untracked() })
                });
                Some(Body::Return {
                    corrections: corrections.collect(),
                    remark: self.remark.get_untracked(),
                    until: self.until.get_untracked(),
                })
            }
            Action::Edit | Action::Submit | Action::Invite | Action::Unseal => None,
        }
    }
}

fn confirm(session: Session, view: ApplicationView, action: Action, act: Act, typed: Typed) -> AnyView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| application_refusal(lang, refusal)));
    let home = format!("/app/applications/{}", view.row.name);
    let name = title(lang, &view.row);
    let leave = home.clone();
    let form = move || form(session, view, action, leave, act, typed).into_any();
    act_page(session, &home, &name, application_action(lang, action), refused, form)
}

fn form(
    session: Session,
    view: ApplicationView,
    action: Action,
    home: String,
    act: Act,
    typed: Typed,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (name, version) = (view.row.name.clone(), view.version.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(body) = typed.body(action) else { return };
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_application(&name, &version, &body).await,
            move |view: ApplicationView| {
                let to = match action {
                    Action::Reopen => format!("/app/applications/{}/edit", view.row.name),
                    _ => {
                        let done = ApplicationDone::of(action).map(ApplicationDone::code).unwrap_or_default();
                        format!("/app/applications/{}?done={done}", view.row.name)
                    }
                };
                navigate(&to, Default::default());
            },
        );
    };
    let (after, told) = effects(lang, action, view.row.state);
    let tag = state_tag(session, &view.row);
    let fields = (action == Action::Return).then(|| corrections(&view, act, typed));
    let words = match (lang, action) {
        (Lang::Zh, Action::Return) => "退回这项申报",
        (Lang::Zh, Action::Accept) => "受理这项申报",
        (Lang::Zh, Action::Reopen) => "取回修改",
        (Lang::Zh, _) => "撤回这项申报",
        (Lang::En, Action::Return) => "Return this application",
        (Lang::En, Action::Accept) => "Accept this application",
        (Lang::En, Action::Reopen) => "Take it back to change it",
        (Lang::En, _) => "Withdraw this application",
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {fields}
            <dl class="summary-list">
                <dt>{lang.pick("现在", "Now")}</dt><dd>{tag}</dd>
                <dt>{lang.pick("之后", "Then")}</dt><dd>{after}</dd>
                <dt>{lang.pick("谁会知道", "Who is told")}</dt><dd>{told}</dd>
            </dl>
            <div class="form-foot">
                <Button primary=true busy=act.busy>{words}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

/// What will be, and who is told.
pub(super) fn effects(lang: Lang, action: Action, state: State) -> (&'static str, &'static str) {
    let nobody = lang.pick(
        "只有本校；截止以前申报是密封的",
        "Your university alone: it is sealed until the window closes",
    );
    match action {
        Action::Return => (
            lang.pick(
                "退回高校补正，只打开勾选的部分",
                "Back with its university; only what is flagged is open",
            ),
            lang.pick("申报的成员", "The people who write it"),
        ),
        Action::Accept => (
            lang.pick("已受理，进入专家评审", "Accepted: it goes on to the reviews"),
            lang.pick("申报的成员", "The people who write it"),
        ),
        Action::Reopen if state == State::Signing => (
            lang.pick(
                "回到草稿；已签的作废，改好以后重新提请签发",
                "A draft again: what was signed is void, and it is asked for anew once it is changed",
            ),
            nobody,
        ),
        Action::Reopen => (
            lang.pick(
                "回到草稿；截止以前要重新提交，否则不参加",
                "A draft again: unless it is submitted anew before the window closes, it takes no part",
            ),
            nobody,
        ),
        _ => (
            lang.pick(
                "已撤回；截止以前可以重新打开",
                "Withdrawn; it can be reopened until the window closes",
            ),
            nobody,
        ),
    }
}

/// Sections to flag, each with what is wrong with it.
pub(super) fn corrections(view: &ApplicationView, act: Act, typed: Typed) -> impl IntoView + use<> {
    let session = Session::here();
    let latest = view.latest_return.map(last_minute).unwrap_or_default();
    let hint = move || match session.lang() {
        Lang::Zh => format!("不填即到最晚的 {latest}"),
        Lang::En => format!("Left out: the latest, {latest}"),
    };
    let rows = Section::ALL.map(|section| {
        let checked = Signal::derive(move || typed.flagged.with(|flagged| flagged.contains(&section)));
        let label = Signal::derive(move || application_section(session.lang(), section).to_owned());
        let flag = move |on: bool| {
            typed.flagged.update(|flagged| {
                flagged.retain(|it| *it != section);
                if on {
                    flagged.push(section);
                    flagged.sort();
                }
            });
        };
        view! { <Choice label=label checked=checked on_change=flag/>{move || wrong(session, act, typed, section)} }
    });
    view! {
        <fieldset class="field" id="field-corrections" tabindex="-1">
            <legend>{move || session.lang().pick("要补正的部分", "Sections to correct")}</legend>
            <p class="field__hint">{move || session.lang().pick("只有勾选的部分打开修改", "Exactly what is flagged is open")}</p>
            {rows.into_iter().collect_view()}</fieldset>
        <TextArea label=("总的意见", "Remark on the whole") name="remark" value=typed.remark rows=3 optional=true trouble=act.trouble/>
        <Field label=("重新提交截止", "To be submitted again until") name="until" value=typed.until short=true optional=true trouble=act.trouble
            hint=("如 2026-06-08 17:00", "Such as 2026-06-08 17:00")/>
        <p class="quiet"><small>{hint}</small></p>
    }
}

/// What is wrong with a section that is flagged.
fn wrong(session: Session, act: Act, typed: Typed, section: Section) -> Option<impl IntoView + use<>> {
    let at = typed.flagged.with(|flagged| flagged.iter().position(|it| *it == section))?;
    let (chosen, remark) = typed.of(section)?;
    let id = format!("field-corrections[{at}].flaw");
    let options = Flaw::ALL
        .into_iter()
        .enumerate()
        .map(|(place, flaw)| {
            let words = move || flaw_words(session.lang(), flaw);
            view! { <option value=place.to_string() prop:selected=move || chosen.get() == flaw>{words}</option> }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        if let Some(flaw) = place.and_then(|place| Flaw::ALL.into_iter().nth(place)) {
            chosen.set(flaw);
        }
    };
    let name = format!("corrections[{at}].remark");
    Some(view! {
        <div class="field"><label for=id.clone()>{session.lang().pick("问题", "What is wrong")}</label>
            <select class="select" id=id on:change=choose>{options}</select></div>
        <TextArea label=("要改什么", "What to change") name=name value=remark rows=2 trouble=act.trouble/>
    })
}
