//! Proposing, approving, sending back, publishing: what it does, and who is told.

use super::{address, parts, state_tag};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Fetch, TextArea, Unknown, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::need_list::{ActOnNeedList as Body, NeedListRow, NeedListView};
use ronghe_domain::need_list::{Action, Edition};
use ronghe_text::{Lang, list_action, list_refusal, list_then, list_title};

/// The page of one action.
#[component]
pub fn ActOnNeedList() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let of = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
        (of("year"), of("edition"), of("action"))
    });
    let list = Fetch::new(move || {
        let (year, edition, _) = asked.get();
        async move { session.call(async |client| client.show_need_list(&year, &edition).await).await }
    });
    let (act, reason) = (Act::new(), RwSignal::new(String::new()));
    loaded(session, list, move |view: NeedListView| {
        let action = match asked.get().2.as_str() {
            "propose" => Action::Propose,
            "approve" => Action::Approve,
            "return" => Action::Return,
            "publish" => Action::Publish,
            _ => return view! { <Unknown/> }.into_any(),
        };
        confirm(session, view, action, act, reason)
    })
}

fn confirm(
    session: Session,
    view: NeedListView,
    action: Action,
    act: Act,
    reason: RwSignal<String>,
) -> AnyView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| list_refusal(lang, refusal)));
    let (home, name) = (address(&view.row), list_title(lang, &view.row.year, view.row.no));
    let leave = home.clone();
    let form = move || form(session, view, action, leave, act, reason).into_any();
    act_page(session, &home, &name, list_action(lang, action), refused, form)
}

fn body(action: Action, reason: String) -> Option<Body> {
    match action {
        Action::Propose => Some(Body::Propose),
        Action::Approve => Some(Body::Approve { reason }),
        Action::Return => Some(Body::Return { reason }),
        Action::Publish => Some(Body::Publish),
        Action::Compose | Action::Reopen => None,
    }
}

fn form(
    session: Session,
    view: NeedListView,
    action: Action,
    home: String,
    act: Act,
    reason: RwSignal<String>,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (year, edition) = (view.row.year.clone(), Edition(view.row.no).to_string());
    let version = view.row.version.clone();
    // Once it is sent back it is with the lead office alone.
    let leave = if action == Action::Return { "/app".to_owned() } else { home.clone() };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(body) = body(action, reason.get_untracked()) else { return };
        let (year, edition, version) = (year.clone(), edition.clone(), version.clone());
        let (leave, navigate) = (leave.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_need_list(&year, &edition, &version, &body).await,
            move |_: NeedListRow| navigate(&leave, Default::default()),
        );
    };
    let field = match action {
        Action::Return => view! {
            <TextArea label=("要修改什么", "What is to be changed") name="reason" value=reason rows=3 trouble=act.trouble
                hint=("高校联络服务处会看到", "The liaison office reads it")/>
        }
        .into_any(),
        Action::Approve => view! {
            <TextArea label=("附言", "Remark") name="reason" value=reason rows=2 optional=true trouble=act.trouble/>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let words = list_action(lang, action);
    let button = match lang {
        Lang::Zh => format!("{words}（{} 条需求）", view.row.count),
        Lang::En => format!("{words} ({} needs)", view.row.count),
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {field}
            <dl class="summary-list">
                <dt>{lang.pick("现在", "Now")}</dt><dd>{state_tag(lang, view.row.state)}</dd>
                <dt>{lang.pick("之后", "Then")}</dt><dd>{list_then(lang, action)}</dd>
                <dt>{lang.pick("谁会收到消息", "Who is told")}</dt><dd>{told(lang, action)}</dd>
                {view.row.hash.clone().map(|hash| view! { <dt>"SHA-256"</dt><dd>{parts::hash(&hash)}</dd> })}
            </dl>
            <div class="form-foot">
                <Button primary=true busy=act.busy>{button}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

const fn told(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Propose => lang.pick("领导小组", "The leading group"),
        Action::Publish => lang.pick(
            "需求单位、区县教体局、高校和各处室",
            "Units that filed needs, district bureaus, universities and offices",
        ),
        Action::Approve => lang.pick(
            "还有下一席的告知领导小组，最后一席同意的告知高校联络服务处",
            "The leading group while a seat is left, the liaison office after the last",
        ),
        Action::Return => lang.pick("高校联络服务处", "The liaison office"),
        Action::Compose | Action::Reopen => lang.pick(
            "已有审定的，告知领导小组和高校联络服务处",
            "The leading group and the liaison office, where approvals become void",
        ),
    }
}
