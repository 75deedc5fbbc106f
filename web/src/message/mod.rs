//! What the person was told; the bell in the head counts what is not read.

mod mail;
mod reminder;
mod template;

pub use mail::Mails;
pub use reminder::{EditReminder, Reminders};
pub use template::{EditTemplate, Templates};

use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::{Empty, Fetch, PageHead, loaded};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListMessages;
use ronghe_contract::Page;
use ronghe_contract::message::{MessageView, ReadMessages};
use ronghe_domain::account::Section;
use ronghe_domain::message::Topic;
use ronghe_domain::message::template::place;
use ronghe_text::{Lang, instant, message_kind};

/// The page.
#[component]
pub fn Messages() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after").unwrap_or_default()));
    let messages = Fetch::new(move || {
        let ask = ListMessages { after: after.get() };
        async move { session.call(async |client| client.list_messages(&ask).await).await }
    });
    let heading = Signal::derive(move || session.lang().pick("消息", "Messages").to_owned());
    let act = Act::new();
    view! {
        <PageHead title=heading/>
        {loaded(session, messages, move |page: Page<MessageView>| list(session, page, act, messages))}
    }
}

fn list(
    session: Session,
    page: Page<MessageView>,
    act: Act,
    from: Fetch<Result<Page<MessageView>, crate::ui::Trouble>>,
) -> AnyView {
    let lang = session.lang();
    let Some(newest) = page.items.first().map(|message| message.at) else {
        let title = lang.pick("没有消息", "No messages");
        let words = lang.pick("与你有关的变动会出现在这里。", "What happens and concerns you appears here.");
        return view! { <Empty title=title words=words/> }.into_any();
    };
    let has_unread = page.items.iter().any(|message| !message.read);
    let read = move |_| {
        act.run(
            async move |client| client.read_messages(&ReadMessages { until: newest }).await,
            move |_| {
                from.refetch();
                spawn_local(session.renew());
            },
        );
    };
    let button = has_unread.then(|| {
        view! { <button class="button" type="button" on:click=read>{lang.pick("全部标为已读", "Mark all as read")}</button> }
    });
    let rows = page.items.into_iter().map(|message| row(lang, message)).collect_view();
    let next = page.next.map(|after| {
        let to = format!("/app/messages?after={}", crate::shell::encoded(&after));
        view! { <a class="button" data-size="small" href=to>{lang.pick("更早的", "Earlier")}</a> }
    });
    let count = match lang {
        Lang::Zh => format!("共 {} 条", page.total),
        Lang::En => format!("{} messages", page.total),
    };
    view! {
        <div class="button-row">{button}</div>
        <ul class="section">{rows}</ul>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p>{next}</nav>
    }
    .into_any()
}

fn row(lang: Lang, message: MessageView) -> impl IntoView {
    let record = &message.record;
    let to = match message.kind.topic() {
        Topic::Account => about_account(record),
        _ => Some(format!("/app/{}", place(message.kind, record))),
    };
    // Nobody knows a round or a request by its id.
    let is_id = matches!(message.kind.topic(), Topic::SignOff | Topic::AccountRequest | Topic::Export);
    let number = Some(message.record.clone()).filter(|_| !is_id);
    let what = message_kind(lang, message.kind);
    let what = match to {
        Some(to) => view! { <a class="inbox__what" href=to>{what}</a> }.into_any(),
        None => view! { <span class="inbox__what">{what}</span> }.into_any(),
    };
    let from = message.from.map(|org| lang.pick(&org.name, &org.name_en).to_owned());
    let unread = (!message.read).then(|| crate::ui::tag("yours", lang.pick("未读", "New")));
    view! {
        <li class="inbox__row">
            <p>{what}" "<span class="inbox__no">{number}</span>" "{unread}</p>
            <p class="inbox__from">{from}</p>
            <p class="deadline"><time datetime=message.at.to_string()>{instant(lang, message.at)}</time></p>
        </li>
    }
}

/// Where the person sees what happened to an account: in the chain, or in their own profile.
fn about_account(login: &str) -> Option<String> {
    let me = Session::here().me()?;
    if me.sections.contains(&Section::Audit) {
        return Some(format!("/app/audit?q={}", crate::shell::encoded(login)));
    }
    (me.login == login).then(|| "/app/profile".to_owned())
}
