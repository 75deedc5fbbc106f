//! Proposing, approving, sending back, recording what was decided, publishing: what it does, and who is told.

use super::{address, parts, state_tag};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Fetch, Field, TextArea, Unknown, kept, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::need_list::{ActOnNeedList as Body, NeedListRow, NeedListView};
use ronghe_domain::need_list::{Action, Edition, MinutesDraft};
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
    let act = Act::new();
    let kept = kept::<Typed>();
    loaded(session, list, move |view: NeedListView| {
        let action = match asked.get().2.as_str() {
            "propose" => Action::Propose,
            "approve" => Action::Approve,
            "return" => Action::Return,
            "minutes" => Action::Minute,
            "publish" => Action::Publish,
            _ => return view! { <Unknown/> }.into_any(),
        };
        let typed = kept(&|| Typed::of(&view));
        confirm(session, view, action, act, typed)
    })
}

fn confirm(session: Session, view: NeedListView, action: Action, act: Act, typed: Typed) -> AnyView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| list_refusal(lang, refusal)));
    let (home, name) = (address(&view.row), list_title(lang, &view.row.year, view.row.no));
    let leave = home.clone();
    let form = move || form(session, view, action, leave, act, typed).into_any();
    act_page(session, &home, &name, list_action(lang, action), refused, form)
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    reason: RwSignal<String>,
    date: RwSignal<String>,
    present: RwSignal<String>,
    countersigned: RwSignal<String>,
    minutes_no: RwSignal<String>,
}

impl Typed {
    /// What was decided as it stands, to be corrected; nothing else.
    fn of(view: &NeedListView) -> Self {
        let was = view.minutes.as_ref();
        let of = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        Self {
            reason: of(None),
            date: of(was.map(|it| it.date.to_string())),
            present: of(was.and_then(|it| it.present.clone())),
            countersigned: of(was.and_then(|it| it.countersigned.clone())),
            minutes_no: of(was.map(|it| it.minutes_no.clone())),
        }
    }

    fn body(self, action: Action) -> Option<Body> {
        let reason = self.reason.get_untracked();
        match action {
            Action::Propose => Some(Body::Propose),
            Action::Approve => Some(Body::Approve { reason }),
            Action::Return => Some(Body::Return { reason }),
            Action::Minute => Some(Body::Minute(MinutesDraft {
                date: self.date.get_untracked(),
                present: self.present.get_untracked(),
                countersigned: self.countersigned.get_untracked(),
                minutes_no: self.minutes_no.get_untracked(),
            })),
            Action::Publish => Some(Body::Publish),
            Action::Compose | Action::Reopen => None,
        }
    }

    fn fields(self, action: Action, act: Act) -> AnyView {
        match action {
            Action::Return => view! {
                <TextArea label=("要修改什么", "What is to be changed") name="reason" value=self.reason rows=3 trouble=act.trouble
                    hint=("高校联络服务处会看到", "The liaison office reads it")/>
            }
            .into_any(),
            Action::Approve => view! {
                <TextArea label=("附言", "Remark") name="reason" value=self.reason rows=2 optional=true trouble=act.trouble/>
            }
            .into_any(),
            Action::Minute => view! {
                <Field label=("会议日期", "Day of the meeting") name="date" value=self.date kind="date" short=true trouble=act.trouble/>
                <Field label=("纪要编号", "Number of the minutes") name="minutes_no" value=self.minutes_no trouble=act.trouble
                    hint=("随清单公开", "It is public with the list")/>
                <TextArea label=("出席人员", "Present") name="present" value=self.present rows=3 trouble=act.trouble
                    hint=("不公开", "Not public")/>
                <Field label=("会签", "Countersigned by") name="countersigned" value=self.countersigned optional=true trouble=act.trouble
                    hint=("不公开", "Not public")/>
            }
            .into_any(),
            Action::Propose | Action::Publish | Action::Compose | Action::Reopen => ().into_any(),
        }
    }
}

fn form(
    session: Session,
    view: NeedListView,
    action: Action,
    home: String,
    act: Act,
    typed: Typed,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (year, edition) = (view.row.year.clone(), Edition(view.row.no).to_string());
    let version = view.row.version.clone();
    // Once it is sent back it is with the lead office alone.
    let leave = if action == Action::Return { "/app".to_owned() } else { home.clone() };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(body) = typed.body(action) else { return };
        let (year, edition, version) = (year.clone(), edition.clone(), version.clone());
        let (leave, navigate) = (leave.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_need_list(&year, &edition, &version, &body).await,
            move |_: NeedListRow| navigate(&leave, Default::default()),
        );
    };
    let field = typed.fields(action, act);
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
        Action::Minute => lang.pick("没有人", "Nobody"),
        Action::Compose | Action::Reopen => lang.pick(
            "已有审定的，告知领导小组和高校联络服务处",
            "The leading group and the liaison office, where approvals become void",
        ),
    }
}
