//! 形式审查: the queue, one application, what is wrong with it. After a decision the next one opens.

use super::act::{Typed, corrections, effects};
use super::eligibility::conditions;
use super::form::{answers, submitted};
use super::show::submitted_so_far;
use super::{action_name, need_title, offered, rehearsal, title, unlisted};
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Decided, Fetch, KeyLine, PageHead, Trouble, back, barred, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_client::{Client, Error, ListApplications};
use ronghe_contract::Page;
use ronghe_contract::application::{ApplicationRow, ApplicationView, VersionRow};
use ronghe_domain::application::{Action, Field, Name, State};
use ronghe_domain::cycle::CycleYear;
use ronghe_text::{Lang, application_action, application_state, bracketed};

/// Those that wait for the check, by number.
const LIST: &str = "/app/applications?state=formal_check&sort=number";

/// The rehearsal that the application of this name is of: its queue stands apart from that of the real ones.
fn rehearsal_of(name: &str) -> Option<String> {
    let Some(Name::Number(number)) = Name::parse(name) else { return None };
    CycleYear::parse(&number.cycle).filter(|year| year.is_rehearsal()).map(|_| number.cycle)
}

/// Where those stand that wait beside the application of this name.
fn list_of(name: &str) -> String {
    rehearsal_of(name).map_or_else(|| LIST.to_owned(), |year| format!("{LIST}&year={year}"))
}

/// The queue, and what of it has come while the page is open.
#[derive(Clone, Copy)]
struct Queue {
    found: Fetch<Result<Page<ApplicationRow>, Trouble>>,
    come: StoredValue<Option<Page<ApplicationRow>>>,
}

impl Queue {
    fn new(session: Session, name: Memo<String>) -> Self {
        let come = StoredValue::new(None);
        let found = Fetch::new(move || {
            let own = name.get();
            let year = rehearsal_of(&own).unwrap_or_default();
            let ask = ListApplications {
                year,
                state: "formal_check".to_owned(),
                sort: "number".to_owned(),
                ..ListApplications::default()
            };
            async move { session.call(async |client| waiting(&client, &ask, &own, come).await).await }
        });
        Self { found, come }
    }

    fn get(self) -> Option<Page<ApplicationRow>> {
        self.found.get()?.ok()
    }

    /// The application behind `own` in the queue, `step` places away.
    fn beside(self, own: &str, step: isize) -> Option<String> {
        let page = self.found.get_untracked()?.ok()?;
        let to = place(&page, own)?.checked_add_signed(step)?;
        page.items.get(to).map(|row| row.name.clone())
    }

    /// Which opens after a decision: the one behind, else one of those before.
    fn next(self, own: &str) -> Option<String> {
        self.beside(own, 1).or_else(|| self.beside(own, -1))
    }

    /// What was decided a moment ago waits no more.
    fn take(self, own: &str) {
        // Whoever left meanwhile comes to a queue of its own.
        let _ = self.come.try_update_value(|come| {
            if let Some(page) = come
                && let Some(at) = place(page, own)
            {
                page.items.remove(at);
                page.total = page.total.saturating_sub(1);
            }
        });
    }
}

/// What is being decided: it outlives another language and a session that ended, until the next one opens.
#[derive(Clone, Copy)]
struct Desk {
    act: Act,
    typed: Typed,
    /// Nothing is chosen beforehand.
    chosen: RwSignal<Option<Action>>,
}

impl Desk {
    fn new() -> Self {
        Self { act: Act::new(), typed: Typed::new(), chosen: RwSignal::new(None) }
    }

    fn clear(self) {
        self.act.trouble.set(None);
        self.typed.clear();
        self.chosen.set(None);
    }
}

/// Where an application is checked.
pub fn address(name: &str) -> String {
    format!("/app/formal-check/{name}")
}

/// The page.
#[component]
pub fn FormalCheck() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let queue = Queue::new(session, name);
    let found = submitted_so_far(session, name);
    let desk = Desk::new();
    Effect::new(move |_| {
        name.track();
        desk.clear();
    });
    view! {
        {move || back(session, &name.with(|name| list_of(name)), session.lang().pick("形式审查", "Formal check"))}
        <Decided said=("：已办理，下面是下一项", " is decided; this is the next one") to="/app/applications"
            link=("查看", "See it")/>
        {loaded(session, found, move |(view, versions): (ApplicationView, Vec<VersionRow>)| {
            page(session, view, versions.last(), queue, desk)
        })}
    }
}

fn page(
    session: Session,
    view: ApplicationView,
    last: Option<&VersionRow>,
    queue: Queue,
    desk: Desk,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let own = view.row.name.clone();
    let university = lang.pick(&view.row.university.name, &view.row.university.name_en).to_owned();
    let (line, rehearsal) = (format!("{own} · {university}"), rehearsal(lang, &view.row));
    let heading = title(lang, &view.row);
    let (record, need) = (format!("/app/applications/{own}"), format!("/app/needs/{}", view.row.need.name));
    let marked: Vec<Field> = last.map(|it| it.changed.clone()).unwrap_or_default();
    let content = view.content.as_ref().map(|it| answers(lang, &view, it, false, &marked).into_any());
    let files = submitted(lang, &own, &view.submitted_files);
    let answered = format!("{} {}", view.row.need.name, need_title(lang, &view.row));
    let (asks, eligible) = (lang.pick("申报条件", "Eligibility"), conditions(lang, &view));
    // On a phone one pane shows at a time, the text first.
    let second = RwSignal::new(false);
    let (of_queue, of_row) = (own.clone(), own);
    view! {
        <PageHead title=heading line=line><div class="button-row">
            <a class="button" data-kind="quiet" href=record>{lang.pick("看整项申报", "The whole application")}</a></div></PageHead>
        <Neighbours own=of_row queue=queue/>
        <KeyLine rows=queue.found.holds(|page| !page.items.is_empty())/>
        <nav class="tabs pane__tabs section" aria-label=lang.pick("窗格", "Panes")>
            <button aria-pressed=move || (!second.get()).to_string() on:click=move |_| second.set(false)>{lang.pick("材料", "Text")}</button>
            <button aria-pressed=move || second.get().to_string() on:click=move |_| second.set(true)>{lang.pick("审查", "Check")}</button>
        </nav>
        <div class="screening">
            <Waiting own=of_queue queue=queue/>
            <div class="panes section" data-ratio="document" data-shown=move || if second.get() { "second" } else { "first" }>
                <section class="pane" aria-labelledby="said"><h2 class="unseen" id="said">{lang.pick("申报内容", "What it says")}</h2>
                    <p>{rehearsal}" "{lang.pick("对应需求 ", "Answers ")}<a href=need>{answered}</a></p>{content}{files}</section>
                <section class="pane stack" data-follow="" data-second="" tabindex="0" aria-labelledby="decision">
                    <h2 id="decision">{lang.pick("形式审查", "Formal check")}</h2><section><h3>{asks}</h3>{eligible}</section><Decision view=view queue=queue desk=desk/></section>
            </div>
        </div>
    }
}

/// Most parts of the queue that are gone through for one application: a thousand.
const PARTS: usize = 20;

/// The queue from its beginning, part after part, as far as the application behind `own`; what has come is not asked
/// for again.
async fn waiting(
    client: &Client,
    ask: &ListApplications,
    own: &str,
    come: StoredValue<Option<Page<ApplicationRow>>>,
) -> Result<Page<ApplicationRow>, Error> {
    let before = come.try_get_value().flatten().filter(|page| place(page, own).is_some());
    let mut page = match before {
        Some(page) => page,
        None => client.list_applications(ask).await?,
    };
    for _ in 1..PARTS {
        let has_next = place(&page, own).is_some_and(|at| at + 1 < page.items.len());
        let Some(after) = page.next.take().filter(|_| !has_next) else { break };
        let part = client.list_applications(&ListApplications { after, ..ask.clone() }).await?;
        page.items.extend(part.items);
        page.next = part.next;
    }
    // Nothing is kept for a page that was left meanwhile.
    drop(come.try_set_value(Some(page.clone())));
    Ok(page)
}

/// Where `own` stands in the queue.
fn place(page: &Page<ApplicationRow>, own: &str) -> Option<usize> {
    page.items.iter().position(|row| row.name == own)
}

/// 上一项 and 下一项, in the order of the queue.
#[component]
fn Neighbours(own: String, queue: Queue) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let page = queue.get()?;
        let link = |step: isize, words: &'static str, key: &'static str| {
            let to = address(&queue.beside(&own, step)?);
            let said = bracketed(lang, key);
            Some(view! { <a href=to aria-keyshortcuts=key>{words}<span class="quiet">{said}</span></a> })
        };
        let count = match lang {
            Lang::Zh => format!("待审查 {} 项", page.total),
            Lang::En => format!("{} to check", page.total),
        };
        Some(view! {
            <nav class="record__neighbours" aria-label=lang.pick("前后", "Before and behind")>
                {link(-1, lang.pick("上一项", "Previous"), "k")}{link(1, lang.pick("下一项", "Next"), "j")}
                <span class="quiet">{count}</span></nav>
        })
    }
}

/// The queue beside the application, where there is room for it.
#[component]
fn Waiting(own: String, queue: Queue) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let page = queue.get()?;
        let rows = page.items.iter().map(|row| {
            let here = (row.name == own).then_some("true");
            let university = lang.pick(&row.university.name, &row.university.name_en).to_owned();
            view! {
                <li><a href=address(&row.name) aria-current=here><span class="table__no">{row.name.clone()}</span>{title(lang, row)}</a>
                    <small class="quiet">{university}</small></li>
            }
        });
        let shown = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
        let rest = page.total.checked_sub(shown).filter(|rest| *rest > 0).map(|rest| {
            let words = match lang {
                Lang::Zh => format!("后面还有 {rest} 项，看全部"),
                Lang::En => format!("{rest} more behind; see all"),
            };
            view! { <a href=list_of(&own)>{words}</a> }
        });
        Some(view! {
            <nav class="screening__queue" aria-label=lang.pick("待审查的申报", "Applications to check")><ol>{rows.collect_view()}</ol>{rest}</nav>
        })
    }
}

/// 受理, or 退回补正 with what is wrong, section by section.
#[component]
fn Decision(view: ApplicationView, queue: Queue, desk: Desk) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let can = |action: Action| view.offers.iter().any(|it| it.action == action && it.barred.is_none());
    let actions: Vec<Action> = [Action::Accept, Action::Return].into_iter().filter(|it| can(*it)).collect();
    if actions.is_empty() {
        let offers: Vec<_> = offered(lang, &view).into_iter().filter(|it| it.barred.is_some()).collect();
        let state = application_state(lang, view.row.state);
        let words = match lang {
            Lang::Zh => format!("申报{state}，没有形式审查要办。"),
            Lang::En => format!("The application is {}: there is nothing to check.", state.to_lowercase()),
        };
        return view! { <p class="quiet">{words}</p>{barred(session, &offers)} }.into_any();
    }
    let Desk { act, typed, chosen } = desk;
    let submit = sent(&view, queue, desk);
    // What cannot be chosen says why.
    let of_check = format!("/{}", action_name(Action::Accept));
    let refused: Vec<_> = offered(lang, &view).into_iter().filter(|it| it.to.ends_with(&of_check)).collect();
    let (gone, refused) = (unlisted(lang, &view), barred(session, &refused));
    let choices = actions.into_iter().map(|action| {
        view! {
            <label class="choice"><input type="radio" name="decision" prop:checked=move || chosen.get() == Some(action)
                on:change=move |_| chosen.set(Some(action))/><span>{application_action(lang, action)}</span></label>
        }
    });
    let choices = choices.collect_view();
    let flaws =
        move || (chosen.get() == Some(Action::Return)).then(|| corrections(&view, act, typed).into_any());
    let then = move || {
        let (after, told) = effects(lang, chosen.get()?, State::FormalCheck);
        Some(view! {
            <dl class="summary-list"><dt>{lang.pick("之后", "Then")}</dt><dd>{after}</dd>
                <dt>{lang.pick("谁会知道", "Who is told")}</dt><dd>{told}</dd></dl>
        })
    };
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {gone}
            {refused}
            <fieldset class="field"><legend>{lang.pick("怎么办理", "Decision")}</legend>{choices}</fieldset>
            {flaws}
            {then}
            <div class="form-foot"><Button primary=true busy=act.busy>
                {lang.pick("办理，看下一项", "Decide and see the next")}</Button></div>
        </form>
    }
    .into_any()
}

/// Sends what was decided; the next one opens, or the list where none is left.
fn sent(view: &ApplicationView, queue: Queue, desk: Desk) -> impl Fn(leptos::ev::SubmitEvent) + use<> {
    let session = Session::here();
    let Desk { act, typed, chosen } = desk;
    let navigate = use_navigate();
    let (name, version) = (view.row.name.clone(), view.version.clone());
    move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(body) = chosen.get_untracked().and_then(|action| typed.body(action)) else {
            let words = session.lang().pick("先选受理或退回补正", "Choose first: accept or return");
            act.trouble.set(Some(Trouble::said(words)));
            return;
        };
        let (name, version, navigate) = (name.clone(), version.clone(), navigate.clone());
        let behind = queue.next(&name);
        act.run(
            async move |client| client.act_on_application(&name, &version, &body).await,
            move |done: ApplicationView| {
                let own = done.row.name;
                queue.take(&own);
                let to = match behind {
                    Some(it) => format!("{}?done={own}", address(&it)),
                    None => format!("{}&done={own}", list_of(&own)),
                };
                navigate(&to, Default::default());
            },
        );
    }
}
