//! One verdict on many needs: what can, what cannot and why, the reason for all, then one transaction.

use super::super::forward::{picked, refusals};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Empty, Fetch, Field, PageHead, TextArea, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::need::{JudgeNeed, JudgeNeeds as Body, JudgedView};
use ronghe_domain::need::{Action, Why};
use ronghe_text::{Lang, decline_reason, need_action, needs_count};

/// What is typed for all of them.
#[derive(Clone, Copy)]
struct Typed {
    why: RwSignal<Option<Why>>,
    remark: RwSignal<String>,
    into: RwSignal<String>,
}

impl Typed {
    fn verdict(self, action: Action) -> JudgeNeed {
        let remark = self.remark.get_untracked();
        match action {
            Action::Decline => JudgeNeed::Decline { why: self.why.get_untracked(), remark },
            Action::Merge => JudgeNeed::Merge { into: self.into.get_untracked(), remark },
            Action::Reopen => JudgeNeed::Reopen,
            _ => JudgeNeed::Enlist { remark },
        }
    }
}

/// The page.
#[component]
pub fn JudgeNeeds() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        let names: Vec<String> =
            of("sel").split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let action =
            Action::VERDICTS.into_iter().find(|action| super::super::action_name(*action) == of("action"));
        (names, action.unwrap_or(Action::Enlist))
    });
    let preview = Fetch::new(move || {
        let (needs, action) = asked.get();
        // Whether the others can is asked before it is said why: any reason will do.
        let verdict = match action {
            // What bars a merging bars this too; into which need is said below.
            Action::Decline | Action::Merge => {
                JudgeNeed::Decline { why: Some(Why::TooVague), remark: String::new() }
            }
            Action::Reopen => JudgeNeed::Reopen,
            _ => JudgeNeed::Enlist { remark: String::new() },
        };
        let body = Body { needs, verdict, dry_run: true, skip_refused: false };
        async move { session.call(async |client| client.judge_needs(&body).await).await }
    });
    let act = Act::new();
    let done = RwSignal::new(None::<JudgedView>);
    let typed = Typed {
        why: RwSignal::new(None),
        remark: RwSignal::new(String::new()),
        into: RwSignal::new(String::new()),
    };
    view! {
        {move || back(session, "/app/screening", session.lang().pick("遴选需求", "Screening"))}
        {move || match done.get() {
            Some(done) => receipt(session, asked.get().1, &done).into_any(),
            None => loaded(session, preview, move |view: JudgedView| {
                confirm(session, asked.get_untracked().1, &view, act, typed, done)
            }).into_any(),
        }}
    }
}

fn confirm(
    session: Session,
    action: Action,
    view: &JudgedView,
    act: Act,
    typed: Typed,
    done: RwSignal<Option<JudgedView>>,
) -> AnyView {
    let lang = session.lang();
    let count = u64::try_from(view.needs.len()).unwrap_or(u64::MAX);
    let words = format!("{} {}", need_action(lang, action), needs_count(lang, count));
    if view.needs.is_empty() && view.refused.is_empty() {
        return view! {
            <PageHead title=need_action(lang, action)/>
            <Empty title=lang.pick("没有选中需求", "No needs were picked") words=lang.pick("回到列表，选中要办的需求。", "Go back to the list and pick some.")/>
        }
        .into_any();
    }
    let names: Vec<String> = view.needs.iter().map(|row| row.name.clone()).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = Body {
            needs: names.clone(),
            verdict: typed.verdict(action),
            dry_run: false,
            skip_refused: false,
        };
        act.run(
            async move |client| client.judge_needs(&body).await,
            move |view: JudgedView| done.set(Some(view)),
        );
    };
    let rows = view.needs.iter().map(|row| picked(lang, row)).collect_view();
    let refused = refusals(lang, &view.refused, left_out(lang, view.refused.len()));
    let more = match action {
        Action::Decline => reasons(session, act, typed).into_any(),
        Action::Merge => view! {
            <Field label=("合并到哪一条", "Into which need") name="into" value=typed.into short=true trouble=act.trouble
                hint=("它的编号，如 N2026-0137", "Its number, such as N2026-0137")/>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let told = lang.pick(
        "清单发布前只有高校联络服务处和监督人员看得到，可以撤销；发布时告知需求单位。",
        "Until the list is published only the liaison office and the auditors see it, and it can be taken back; then the units are told.",
    );
    let head = words.clone();
    let button = (count > 0).then(|| view! { <Button primary=true busy=act.busy>{words}</Button> });
    view! {
        <PageHead title=head/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {refused}
            <ul class="link-list">{rows}</ul>
            {more}
            <TextArea label=("意见", "Remark") name="remark" value=typed.remark rows=3 optional=true trouble=act.trouble
                hint=("对所有选中的需求；清单发布后，需求单位看得到", "For all of them; their units read it once the list is published")/>
            <dl class="summary-list"><dt>{lang.pick("之后", "Then")}</dt><dd>{told}</dd></dl>
            <div class="form-foot">{button}<a class="button" href="/app/screening">{lang.pick("不办了", "Leave it")}</a></div>
        </form></div>
    }
    .into_any()
}

fn reasons(session: Session, act: Act, typed: Typed) -> impl IntoView {
    let lang = session.lang();
    let wrong = move || act.trouble.get().and_then(|trouble| trouble.of_field("why"));
    let rows = Why::ALL.map(|why| {
        let checked = Signal::derive(move || typed.why.get() == Some(why));
        let label = Signal::derive(move || decline_reason(session.lang(), why).to_owned());
        view! { <Choice label=label checked=checked group="why" on_change=move |_| typed.why.set(Some(why))/> }
    });
    view! {
        <fieldset class="field" data-error=move || wrong().map(|_| "true")><legend>{lang.pick("不列入的理由", "Why they are not listed")}</legend>
            {move || wrong().map(|said| view! { <p class="field__error">{said}</p> })}
            {rows.into_iter().collect_view()}</fieldset>
    }
}

fn left_out(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条不能这样办，不在其中"),
        Lang::En => format!("{count} cannot be done and are left out"),
    }
}

/// What was done, and where to go on.
fn receipt(session: Session, action: Action, view: &JudgedView) -> impl IntoView + use<> {
    let lang = session.lang();
    let refused = refusals(lang, &view.refused, left_out(lang, view.refused.len()));
    if !view.done {
        let head = lang.pick("没有保存：有的不能这样办", "Nothing was kept: some cannot be done");
        return view! { <PageHead title=head/>{refused}
            <div class="button-row section"><a class="button" href="/app/screening">{lang.pick("回到遴选", "Back to screening")}</a></div> }
        .into_any();
    }
    let count = u64::try_from(view.needs.len()).unwrap_or(u64::MAX);
    let head = match lang {
        Lang::Zh => format!("已保存：{} {}", need_action(lang, action), needs_count(lang, count)),
        Lang::En => {
            format!("Kept: {} {}", need_action(lang, action).to_lowercase(), needs_count(lang, count))
        }
    };
    let rows = view.needs.iter().map(|row| picked(lang, row)).collect_view();
    view! {
        <PageHead title=head/>
        <ul class="link-list">{rows}</ul>
        <div class="button-row section"><a class="button" data-kind="primary" href="/app/screening?show=open">{lang.pick("继续遴选", "Go on screening")}</a>
            <a class="button" href="/app">{lang.pick("回到待办", "Back to your tasks")}</a></div>
    }
    .into_any()
}
