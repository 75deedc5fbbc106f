//! `ronghe reminder`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::Column;
use crate::write::{change, word};
use clap::Subcommand;
use ronghe_contract::reminder::ReminderView;
use ronghe_domain::kernel::ReminderId;
use ronghe_domain::message::reminder::{Event, ReminderDraft, Side, Unit};
use ronghe_text::{Lang, reminder_event, reminder_offset};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// The rows by which people are reminded.
    List,
    /// Remind of something by so many days.
    Add {
        /// filing_ends, forwarding_ends, return_due, opinions_due, answers_due, applications_end, correction_due,
        /// list_waits or signature_waits.
        #[arg(value_parser = event)]
        event: Event,
        /// By how many days.
        days: String,
        /// working_days or days.
        #[arg(long, value_parser = unit, default_value = "working_days")]
        unit: Unit,
        /// before or after.
        #[arg(long, value_parser = side, default_value = "before")]
        side: Side,
        /// Year of the cycle; every cycle where absent.
        #[arg(long, default_value = "")]
        cycle: String,
    },
    /// Change a row: what is not given stays.
    Set {
        /// Its identifier, from the list.
        id: ReminderId,
        /// By how many days.
        #[arg(long)]
        days: Option<String>,
        /// working_days or days.
        #[arg(long, value_parser = unit)]
        unit: Option<Unit>,
        /// before or after.
        #[arg(long, value_parser = side)]
        side: Option<Side>,
        /// Follow it, or no longer: true or false.
        #[arg(long)]
        active: Option<bool>,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "id", zh: "标识", en: "Id" },
    Column { name: "event", zh: "事项", en: "What" },
    Column { name: "offset", zh: "何时", en: "When" },
    Column { name: "cycle", zh: "周期", en: "Cycle" },
    Column { name: "active", zh: "启用", en: "In use" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let row = match verb {
        Verb::List => {
            let found = client.list_reminders().await?;
            return context.output.rows(COLUMNS, &found.items, |row| cells(lang, row));
        }
        Verb::Add { event, days, unit, side, cycle } => {
            let draft = ReminderDraft { cycle, event, days, unit, side, active: true };
            change(&client, async |client| client.add_reminder(&draft).await).await?
        }
        Verb::Set { id, days, unit, side, active } => {
            let found = client.list_reminders().await?.items;
            let unknown = || Failure::input(lang.pick("没有这一行", "there is no such row"));
            let before = found.into_iter().find(|row| row.id == id).ok_or_else(unknown)?;
            let draft = ReminderDraft {
                cycle: before.cycle.unwrap_or_default(),
                event: before.event,
                days: days.unwrap_or_else(|| before.days.to_string()),
                unit: unit.unwrap_or(before.unit),
                side: side.unwrap_or(before.side),
                active: active.unwrap_or(before.active),
            };
            client.set_reminder(id, &before.version, &draft).await?
        }
    };
    context.output.rows(COLUMNS, std::slice::from_ref(&row), |row| cells(lang, row))?;
    done(context, lang.pick("已设置", "set"));
    Ok(())
}

fn cells(lang: Lang, row: &ReminderView) -> Vec<String> {
    vec![
        row.id.to_string(),
        reminder_event(lang, row.event).to_owned(),
        reminder_offset(lang, row.days, row.unit, row.side),
        row.cycle.clone().unwrap_or_else(|| lang.pick("各周期", "all").to_owned()),
        if row.active { lang.pick("是", "yes") } else { lang.pick("否", "no") }.to_owned(),
    ]
}

fn event(text: &str) -> Result<Event, String> {
    word(text, &Event::ALL)
}

fn unit(text: &str) -> Result<Unit, String> {
    word(text, &Unit::ALL)
}

fn side(text: &str) -> Result<Side, String> {
    word(text, &Side::ALL)
}
