//! Deciding on a document: what it is, what will be, who is told; one transaction.

use super::{Desks, status_tag, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Fetch, Field, Unknown, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::policy::{ActOnPolicy, DecisionInput, PolicyView};
use ronghe_domain::policy::{Action, State};
use ronghe_text::{Lang, policy_action, policy_refusal, policy_state};

/// The page of one action.
#[component]
pub fn Decide() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params
            .with(|params| (params.get("slug").unwrap_or_default(), params.get("action").unwrap_or_default()))
    });
    let desks = Desks::here();
    let policy = Fetch::new(move || {
        desks.follow();
        let (slug, _) = asked.get();
        async move { session.call(async |client| client.show_policy(&slug).await).await }
    });
    let (act, typed) = (Act::new(), Typed::new());
    loaded(session, policy, move |view: PolicyView| {
        let action = match asked.get().1.as_str() {
            "publish" => Action::Publish,
            "discard" => Action::Discard,
            "renew" => Action::Renew,
            "supersede" => Action::Supersede,
            _ => return view! { <Unknown/> }.into_any(),
        };
        confirm(session, view, action, act, typed).into_any()
    })
}

/// What is typed for a decision.
#[derive(Clone, Copy)]
struct Typed {
    date: RwSignal<String>,
    number: RwSignal<String>,
    paper: RwSignal<String>,
    from: RwSignal<String>,
    last_day: RwSignal<String>,
    successor: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            date: empty(),
            number: empty(),
            paper: empty(),
            from: empty(),
            last_day: empty(),
            successor: empty(),
        }
    }

    fn body(self, action: Action) -> Option<ActOnPolicy> {
        let decision = DecisionInput {
            date: self.date.get_untracked(),
            number: self.number.get_untracked(),
            paper: self.paper.get_untracked(),
        };
        let from = self.from.get_untracked();
        match action {
            Action::Correct => None,
            Action::Publish => Some(ActOnPolicy::Publish),
            Action::Discard => Some(ActOnPolicy::Discard),
            Action::Renew => {
                Some(ActOnPolicy::Renew { decision, from, last_day: self.last_day.get_untracked() })
            }
            Action::Supersede => {
                Some(ActOnPolicy::Supersede { decision, from, successor: self.successor.get_untracked() })
            }
        }
    }
}

fn confirm(session: Session, view: PolicyView, action: Action, act: Act, typed: Typed) -> impl IntoView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| policy_refusal(lang, refusal)));
    let home = format!("/app/policies/{}", view.slug);
    let name = title(lang, &view);
    let leave = home.clone();
    let form = move || form(session, view, action, leave, act, typed).into_any();
    act_page(session, &home, &name, policy_action(lang, action), refused, form)
}

fn form(
    session: Session,
    view: PolicyView,
    action: Action,
    home: String,
    act: Act,
    typed: Typed,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (slug, version, leave) = (view.slug.clone(), view.version.clone(), home.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(body) = typed.body(action) else { return };
        let (slug, version, leave, navigate) =
            (slug.clone(), version.clone(), leave.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_policy(&slug, &version, &body).await,
            move |_| navigate(&leave, Default::default()),
        );
    };
    let (before, after, told) = effects(lang, &view, action);
    let tag = status_tag(lang, view.state, view.status);
    let fields = match action {
        Action::Renew => decision(typed, act, true).into_any(),
        Action::Supersede => decision(typed, act, false).into_any(),
        Action::Correct | Action::Publish | Action::Discard => ().into_any(),
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            <dl class="summary-list">
                <dt>{lang.pick("现在", "Now")}</dt><dd>{tag}" "{before}</dd>
                <dt>{lang.pick("之后", "Then")}</dt><dd>{after}</dd>
                <dt>{lang.pick("谁会看到", "Who sees it")}</dt><dd>{told}</dd>
            </dl>
            {fields}
            <div class="form-foot">
                <Button primary=true busy=act.busy>{policy_action(lang, action)}{lang.pick("这份文件", " this document")}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

/// Before, after, and who sees it then.
fn effects(lang: Lang, view: &PolicyView, action: Action) -> (String, String, String) {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let until = view.last_day.clone().map(|day| format!("{}{day}", lang.pick("有效至 ", "valid until ")));
    let before = until.unwrap_or_default();
    let everyone =
        || say("门户上的所有人，同时进入“动态”", "Everyone on the portal; it enters the time line");
    match action {
        Action::Publish => (
            before,
            say(
                "进入登记册，不再能更正；状态由日期得出",
                "In the register and no longer to be corrected; its status follows from its dates",
            ),
            everyone(),
        ),
        Action::Discard => (
            before,
            policy_state(lang, State::Discarded).to_owned(),
            say("只有高校联络服务处和监督人员", "Only the liaison office and the auditor"),
        ),
        Action::Renew => (before, say("按下面的决定延续", "Renewed by the decision below"), everyone()),
        Action::Supersede => (
            before,
            say(
                "从下面的日期起已废止，旧的周期仍指向它",
                "Superseded from the day below; old cycles still point to it",
            ),
            everyone(),
        ),
        Action::Correct => (before, String::new(), String::new()),
    }
}

/// The paper of a decision, and the term that it gives or ends.
fn decision(typed: Typed, act: Act, renews: bool) -> impl IntoView {
    let trouble = act.trouble;
    let from = if renews {
        ("延续起始日", "First day of the new term")
    } else {
        ("废止日", "First day on which it no longer holds")
    };
    let day = ("年-月-日，如 2026-03-10", "Year-month-day, such as 2026-03-10");
    view! {
        <Field label=("决定日期", "Day of the decision") name="date" value=typed.date short=true hint=day trouble=trouble/>
        <Field label=("决定文号", "Number of the paper") name="number" value=typed.number trouble=trouble/>
        <Field label=("决定文件", "Paper") name="paper" value=typed.paper trouble=trouble
            hint=("文件或会议纪要的名称", "What the paper or the minutes are called")/>
        <Field label=from name="from" value=typed.from short=true hint=day trouble=trouble/>
        {if renews {
            view! { <Field label=("有效至", "Valid until") name="last_day" value=typed.last_day short=true optional=true hint=day trouble=trouble/> }.into_any()
        } else {
            view! { <Field label=("取代它的文件", "Successor") name="successor" value=typed.successor optional=true trouble=trouble
                hint=("登记册里的地址名，如 2026-9", "Its name in addresses, such as 2026-9")/> }.into_any()
        }}
    }
}
