//! The rows by which people are reminded: seen, added, changed.

use crate::session::Session;
use crate::shell::{named, word};
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Fetch, Field, PageHead, Select, Unknown, back, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::reminder::{ReminderView, RemindersView};
use ronghe_domain::kernel::ReminderId;
use ronghe_domain::message::reminder::{Event, ReminderDraft, Side, Unit};
use ronghe_text::{Lang, reminder_event, reminder_offset, reminder_readers, reminder_side, reminder_unit};

/// The page.
#[component]
pub fn Reminders() -> impl IntoView {
    let session = Session::here();
    let rows =
        Fetch::new(move || async move { session.call(async |client| client.list_reminders().await).await });
    loaded(session, rows, move |view: RemindersView| {
        let lang = session.lang();
        let intro = lang.pick(
            "到了日子，每天 9:00 起提醒还没有办完的人：系统里一条消息，按各人的选择也发邮件。办完的不提醒，同一件事同一天只提醒一次。",
            "From 9:00 of its day on, whoever has not done it is told: a message in the system, and a mail where they chose so. Who is done is not, and nobody is told of one thing twice a day.",
        );
        let add = view.may_keep.then(|| view! { <a class="button" data-kind="primary" href="/app/reminders/new">{lang.pick("新增提醒", "Add a reminder")}</a> });
        let may_keep = view.may_keep;
        let rows = view.items.into_iter().map(|row| line(lang, &row, may_keep)).collect_view();
        let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
        view! {
            {back(session, "/app/cycles", lang.pick("周期", "Cycles"))}
            <PageHead title=lang.pick("提醒", "Reminders")><div class="button-row">
                <a class="button" href="/app/mail-templates">{lang.pick("邮件的文字", "Words of mails")}</a>{add}</div></PageHead>
            <p class="section">{intro}</p>
            <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards">
                <caption class="unseen">{lang.pick("提醒规则", "Reminders")}</caption>
                <thead><tr>{head("事项", "What")}{head("何时", "When")}{head("提醒谁", "Who is told")}{head("周期", "Cycle")}{head("启用", "In use")}</tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
    })
}

fn line(lang: Lang, row: &ReminderView, may_keep: bool) -> impl IntoView + use<> {
    let what = reminder_event(lang, row.event);
    let what = match may_keep {
        true => view! { <a href=format!("/app/reminders/{}", row.id)>{what}</a> }.into_any(),
        false => what.into_any(),
    };
    let state = match row.active {
        true => tag("done", lang.pick("启用", "In use")).into_any(),
        false => tag("draft", lang.pick("停用", "Off")).into_any(),
    };
    let cycle = row.cycle.clone().unwrap_or_else(|| lang.pick("各周期", "All").to_owned());
    view! {
        <tr>
            <th scope="row">{what}</th>
            <td data-label=lang.pick("何时", "When")>{reminder_offset(lang, row.days, row.unit, row.side)}</td>
            <td data-label=lang.pick("提醒谁", "Who is told")>{reminder_readers(lang, row.event)}</td>
            <td data-label=lang.pick("周期", "Cycle")>{cycle}</td>
            <td data-label=lang.pick("启用", "In use")>{state}</td>
        </tr>
    }
}

/// One row, or a new one.
#[component]
pub fn EditReminder() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let rows =
        Fetch::new(move || async move { session.call(async |client| client.list_reminders().await).await });
    loaded(session, rows, move |view: RemindersView| {
        let id = id.get_untracked();
        let found = view.items.into_iter().find(|row| row.id.to_string() == id);
        match (view.may_keep, found, id.as_str()) {
            (true, Some(row), _) => view! { <Form row=Some(row)/> }.into_any(),
            (true, None, "new") => view! { <Form row=None/> }.into_any(),
            _ => view! { <Unknown/> }.into_any(),
        }
    })
}

/// What is typed of a row.
#[derive(Clone, Copy)]
struct Typed {
    cycle: RwSignal<String>,
    event: RwSignal<String>,
    days: RwSignal<String>,
    unit: RwSignal<String>,
    side: RwSignal<String>,
    active: RwSignal<bool>,
}

impl Typed {
    fn of(row: Option<&ReminderView>) -> Self {
        let event = row.map_or(Event::FilingEnds, |row| row.event);
        Self {
            cycle: RwSignal::new(row.and_then(|row| row.cycle.clone()).unwrap_or_default()),
            event: RwSignal::new(word(event)),
            days: RwSignal::new(row.map_or_else(|| "2".to_owned(), |row| row.days.to_string())),
            unit: RwSignal::new(word(row.map_or(Unit::WorkingDays, |row| row.unit))),
            side: RwSignal::new(word(row.map_or(Side::Before, |row| row.side))),
            active: RwSignal::new(row.is_none_or(|row| row.active)),
        }
    }

    fn event(self) -> Event {
        named(&self.event.get(), &Event::ALL).unwrap_or(Event::FilingEnds)
    }

    fn draft(self) -> ReminderDraft {
        ReminderDraft {
            cycle: self.cycle.get_untracked(),
            event: named(&self.event.get_untracked(), &Event::ALL).unwrap_or(Event::FilingEnds),
            days: self.days.get_untracked(),
            unit: named(&self.unit.get_untracked(), &Unit::ALL).unwrap_or(Unit::WorkingDays),
            side: named(&self.side.get_untracked(), &Side::ALL).unwrap_or(Side::Before),
            active: self.active.get_untracked(),
        }
    }
}

#[component]
fn Form(row: Option<ReminderView>) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let act = Act::new();
    let typed = Typed::of(row.as_ref());
    let seen: Option<(ReminderId, String)> = row.as_ref().map(|row| (row.id, row.version.clone()));
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (draft, seen, navigate) = (typed.draft(), seen.clone(), navigate.clone());
        act.run(
            async move |client| match seen {
                Some((id, version)) => client.set_reminder(id, &version, &draft).await,
                None => client.add_reminder(&draft).await,
            },
            move |_| navigate("/app/reminders", Default::default()),
        );
    };
    let title = if row.is_some() {
        lang.pick("修改提醒", "Change a reminder")
    } else {
        lang.pick("新增提醒", "Add a reminder")
    };
    let both = |say: &dyn Fn(Lang) -> &'static str| (say(Lang::Zh), say(Lang::En));
    let events = Event::ALL.map(|event| (word(event), both(&|lang| reminder_event(lang, event)))).to_vec();
    let units = Unit::ALL.map(|unit| (word(unit), both(&|lang| reminder_unit(lang, unit)))).to_vec();
    // Only the sides on which anything can still be done.
    let sides = move || {
        let sides = Side::ALL.into_iter().filter(|side| typed.event().lets(*side));
        let sides = sides.map(|side| (word(side), both(&|lang| reminder_side(lang, side)))).collect();
        view! { <Select label=("之前或之后", "Before or after") name="side" value=typed.side options=sides trouble=act.trouble/> }
    };
    Effect::new(move |_| {
        let (event, side) = (typed.event(), named(&typed.side.get(), &Side::ALL));
        if let Some(other) = Side::ALL.into_iter().find(|side| event.lets(*side))
            && side.is_none_or(|side| !event.lets(side))
        {
            typed.side.set(word(other));
        }
    });
    let readers = move || reminder_readers(lang, typed.event());
    view! {
        {back(session, "/app/reminders", lang.pick("提醒", "Reminders"))}
        <PageHead title=title/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <Select label=("事项", "What") name="event" value=typed.event options=events trouble=act.trouble/>
            <p class="quiet" role="status">{lang.pick("提醒：", "Told: ")}{readers}</p>
            <Field label=("天数", "Days") name="days" value=typed.days short=true trouble=act.trouble hint=("0～60；0 为当天", "0 to 60; 0 is the day itself")/>
            <Select label=("按", "Counted in") name="unit" value=typed.unit options=units trouble=act.trouble/>
            {sides}
            <Field label=("周期", "Cycle") name="cycle" value=typed.cycle short=true optional=true trouble=act.trouble hint=("如 2026；不填则为各周期", "Such as 2026; every cycle where it is empty")/>
            <Choice label=lang.pick("启用", "In use").to_owned() checked=typed.active on_change=move |on| typed.active.set(on)/>
            <div class="form-foot"><Button primary=true busy=act.busy>{lang.pick("保存提醒", "Save the reminder")}</Button>
                <a class="button" href="/app/reminders">{lang.pick("不改了", "Leave it")}</a></div>
        </form></div>
    }
}
