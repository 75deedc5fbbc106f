//! Returning, withdrawing, forwarding one need: what it is, what will be, who is told.

use super::{action_name, state_tag, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Choice, Fetch, Field, TextArea, Unknown, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_client::{Client, Error};
use ronghe_contract::need::{ActOnNeed as Body, NeedView};
use ronghe_domain::kernel::window::last_minute;
use ronghe_domain::need::{Action, Correction, Field as NeedField};
use ronghe_text::{Lang, NeedDone, need_action, need_field, need_refusal};

/// The page of one action.
#[component]
pub fn ActOnNeed() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params
            .with(|params| (params.get("name").unwrap_or_default(), params.get("action").unwrap_or_default()))
    });
    let need = Fetch::new(move || {
        let (name, _) = asked.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    let (act, typed) = (Act::new(), Typed::new());
    loaded(session, need, move |view: NeedView| {
        let name = asked.get().1;
        match Confirmed::ALL.into_iter().find(|it| action_name(it.action()) == name) {
            Some(what) => confirm(session, view, what, act, typed).into_any(),
            None => view! { <Unknown/> }.into_any(),
        }
    })
}

/// What has a page of its own to confirm it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Confirmed {
    Return,
    Forward,
    Withdraw,
    Carry,
}

impl Confirmed {
    const ALL: [Self; 4] = [Self::Return, Self::Forward, Self::Withdraw, Self::Carry];

    const fn action(self) -> Action {
        match self {
            Self::Return => Action::Return,
            Self::Forward => Action::Forward,
            Self::Withdraw => Action::Withdraw,
            Self::Carry => Action::Carry,
        }
    }

    const fn done(self) -> NeedDone {
        match self {
            Self::Return => NeedDone::Return,
            Self::Forward => NeedDone::Forward,
            Self::Withdraw => NeedDone::Withdraw,
            Self::Carry => NeedDone::Carry,
        }
    }

    /// What the button says.
    const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Return => lang.pick("退回此需求", "Return this need"),
            Self::Forward => lang.pick("审核报送此需求", "Forward this need"),
            Self::Withdraw => lang.pick("撤回此需求", "Withdraw this need"),
            Self::Carry => lang.pick("结转此需求", "Carry this need on"),
        }
    }

    /// What is sent; to carry a need on makes another one, by an operation of its own.
    fn body(self, typed: Typed) -> Option<Body> {
        match self {
            Self::Return => Some(typed.body()),
            Self::Forward => Some(Body::Forward),
            Self::Withdraw => Some(Body::Withdraw),
            Self::Carry => None,
        }
    }
}

/// Carries it out; gives the name of the need that the person is led to.
async fn send(client: Client, name: &str, version: &str, body: Option<Body>) -> Result<String, Error> {
    match body {
        Some(body) => client.act_on_need(name, version, &body).await.map(|view| view.row.name),
        None => client.carry_need(name).await.map(|made| made.name),
    }
}

/// What is typed for a return: a remark for each field that is flagged.
#[derive(Clone, Copy)]
struct Typed {
    remark: RwSignal<String>,
    until: RwSignal<String>,
    flagged: RwSignal<Vec<NeedField>>,
    remarks: StoredValue<Vec<(NeedField, RwSignal<String>)>>,
}

impl Typed {
    fn new() -> Self {
        let remarks = NeedField::ALL.map(|field| (field, RwSignal::new(String::new())));
        Self {
            remark: RwSignal::new(String::new()),
            until: RwSignal::new(String::new()),
            flagged: RwSignal::new(Vec::new()),
            remarks: StoredValue::new(remarks.to_vec()),
        }
    }

    fn of(self, field: NeedField) -> Option<RwSignal<String>> {
        self.remarks
            .with_value(|remarks| remarks.iter().find(|(it, _)| *it == field).map(|(_, remark)| *remark))
    }

    /// The return.
    fn body(self) -> Body {
        let corrections = self.flagged.get_untracked().into_iter().map(|field| Correction {
            field,
            remark: self.of(field).map(|remark| remark.get_untracked()).unwrap_or_default(),
        });
        Body::Return {
            corrections: corrections.collect(),
            remark: self.remark.get_untracked(),
            until: self.until.get_untracked(),
        }
    }
}

fn confirm(session: Session, view: NeedView, what: Confirmed, act: Act, typed: Typed) -> impl IntoView {
    let (lang, action) = (session.lang(), what.action());
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.map(|refusal| need_refusal(lang, refusal)));
    let home = format!("/app/needs/{}", view.row.name);
    let name = title(lang, &view.row);
    let leave = home.clone();
    let form = move || form(session, view, what, leave, act, typed).into_any();
    act_page(session, &home, &name, need_action(lang, action), refused, form)
}

fn form(
    session: Session,
    view: NeedView,
    what: Confirmed,
    home: String,
    act: Act,
    typed: Typed,
) -> impl IntoView {
    let lang = session.lang();
    let navigate = use_navigate();
    let (name, version) = (view.row.name.clone(), view.version.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        let (body, done) = (what.body(typed), what.done().code());
        act.run(
            async move |client| send(client, &name, &version, body).await,
            move |name: String| navigate(&format!("/app/needs/{name}?done={done}"), Default::default()),
        );
    };
    let (after, told) = effects(lang, what);
    let tag = state_tag(session, &view.row);
    let fields = (what == Confirmed::Return).then(|| corrections(&view, act, typed));
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {fields}
            <dl class="summary-list">
                <dt>{lang.pick("现在", "Now")}</dt><dd>{tag}</dd>
                <dt>{lang.pick("之后", "Then")}</dt><dd>{after}</dd>
                <dt>{lang.pick("谁会看到", "Who sees it")}</dt><dd>{told}</dd>
            </dl>
            <div class="form-foot">
                <Button primary=true busy=act.busy>{what.words(lang)}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

/// What will be, and who is told.
fn effects(lang: Lang, what: Confirmed) -> (&'static str, &'static str) {
    match what {
        Confirmed::Return => (
            lang.pick(
                "退回给需求单位，只开放勾选的项目",
                "Back with its unit; only what is flagged can be changed",
            ),
            lang.pick("需求单位；意见进入“动态”", "Its unit; the remarks enter the time line"),
        ),
        Confirmed::Forward => (
            lang.pick("已报送，由高校联络服务处办理", "Forwarded: the liaison office has it"),
            lang.pick("需求单位和高校联络服务处", "Its unit and the liaison office"),
        ),
        Confirmed::Carry => (
            lang.pick(
                "在正在征集的周期里新建一份草稿，内容和附件照抄，核对后再提交；只能结转一次",
                "A draft in the cycle that collects needs, with the same content and files, to be checked and submitted; once only",
            ),
            lang.pick("提交以前只有本单位", "Your own unit, until you submit it"),
        ),
        Confirmed::Withdraw => (
            lang.pick("已撤回，不能恢复；可以另填一份", "Withdrawn for good; another one can be filed"),
            lang.pick("看得到这条需求的单位", "Whoever sees this need"),
        ),
    }
}

/// Fields to flag, with a remark each.
fn corrections(view: &NeedView, act: Act, typed: Typed) -> impl IntoView + use<> {
    let session = Session::here();
    let latest = view.latest_return.map(last_minute).unwrap_or_default();
    let hint = move || match session.lang() {
        Lang::Zh => format!("不填即到最晚的 {latest}"),
        Lang::En => format!("Left out: the latest, {latest}"),
    };
    let rows = NeedField::ALL.map(|field| {
        let checked = Signal::derive(move || typed.flagged.with(|flagged| flagged.contains(&field)));
        let label = Signal::derive(move || need_field(session.lang(), field).to_owned());
        let flag = move |on: bool| {
            typed.flagged.update(|flagged| {
                flagged.retain(|it| *it != field);
                if on {
                    flagged.push(field);
                    flagged.sort();
                }
            });
        };
        view! {
            <Choice label=label checked=checked on_change=flag/>
            {move || {
                let at = typed.flagged.with(|flagged| flagged.iter().position(|it| *it == field))?;
                let remark = typed.of(field)?;
                Some(view! {
                    <TextArea label=("要改什么", "What to change") name=format!("corrections[{at}].remark") value=remark rows=2 trouble=act.trouble/>
                })
            }}
        }
    });
    view! {
        <fieldset class="field"><legend>{move || session.lang().pick("要修改的项目", "Fields to correct")}</legend>
            <p class="field__hint">{move || session.lang().pick("勾选的项目才开放修改；一项都不勾选则全部开放", "Only what is flagged can be changed; without any, everything can")}</p>
            {rows.into_iter().collect_view()}</fieldset>
        <TextArea label=("总的意见", "Remark on the whole") name="remark" value=typed.remark rows=3 optional=true trouble=act.trouble/>
        <Field label=("重新提交截止", "To be submitted again until") name="until" value=typed.until short=true optional=true trouble=act.trouble
            hint=("如 2026-03-15 17:00", "Such as 2026-03-15 17:00")/>
        <p class="quiet"><small>{hint}</small></p>
    }
}
