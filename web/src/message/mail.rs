//! The outbox: what was not sent and why, and sending it again.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Empty, Fetch, PageHead, Tabs, Trouble, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListMails;
use ronghe_contract::Page;
use ronghe_contract::message::MailView;
use ronghe_domain::message::mail::State;
use ronghe_text::{Lang, instant, mail_action, mail_refusal, mail_state, mail_subject, mail_trouble};

type Mails = Fetch<Result<Page<MailView>, Trouble>>;

/// The page.
#[component]
pub fn Mails() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListMails {
            state: query.get("state").unwrap_or_default(),
            after: query.get("after").unwrap_or_default(),
        })
    });
    let mails = Fetch::new(move || {
        let ask = asked.get();
        async move { session.call(async |client| client.list_mails(&ask).await).await }
    });
    let heading = Signal::derive(move || session.lang().pick("邮件", "Mail").to_owned());
    let act = Act::new();
    view! {
        <PageHead title=heading/>
        {move || states(session.lang(), &asked.get().state)}
        <ActBox act=act/>
        {loaded(session, mails, move |page: Page<MailView>| {
            list(session, &asked.get_untracked().state, page, act, mails)
        })}
    }
}

/// Links to all mail and to that of each state.
fn states(lang: Lang, here: &str) -> impl IntoView + use<> {
    let link = |name: &str, words: &str| {
        let to = if name.is_empty() { "/app/mails".to_owned() } else { format!("/app/mails?state={name}") };
        (to, words.to_owned(), name == here)
    };
    let tabs = vec![
        link("", lang.pick("全部", "All")),
        link("failed", mail_state(lang, State::Failed)),
        link("waiting", mail_state(lang, State::Waiting)),
        link("sent", mail_state(lang, State::Sent)),
    ];
    view! { <Tabs name=lang.pick("状态", "State") tabs=tabs/> }
}

fn list(session: Session, state: &str, page: Page<MailView>, act: Act, from: Mails) -> AnyView {
    let lang = session.lang();
    if page.items.is_empty() {
        let title = lang.pick("没有邮件", "No mail");
        let words = lang.pick("这个状态下没有邮件。", "No mail stands there.");
        return view! { <Empty title=title words=words/> }.into_any();
    }
    let rows = page.items.into_iter().map(|mail| row(lang, mail, act, from)).collect_view();
    let next = page.next.map(|after| {
        let to = format!("/app/mails?state={state}&after={}", crate::shell::encoded(&after));
        view! { <a class="button" data-size="small" href=to>{lang.pick("更早的", "Earlier")}</a> }
    });
    let count = match lang {
        Lang::Zh => format!("共 {} 封", page.total),
        Lang::En => format!("{} mails", page.total),
    };
    view! {
        <ul class="section">{rows}</ul>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p>{next}</nav>
    }
    .into_any()
}

fn row(lang: Lang, mail: MailView, act: Act, from: Mails) -> impl IntoView {
    let turn = match mail.state {
        State::Failed => "error",
        State::Waiting => "others",
        State::Sent => "done",
    };
    let why = mail.trouble.map(|trouble| view! { <br/>{mail_trouble(lang, trouble)} });
    let id = mail.id;
    let buttons = mail
        .offers
        .into_iter()
        .map(|offer| match offer.barred {
            None => {
                let again = move |_| {
                    act.run(async move |client| client.resend_mail(id).await, move |_| from.refetch());
                };
                view! { <button class="button" data-size="small" type="button" on:click=again>{mail_action(lang, offer.action)}</button> }
                    .into_any()
            }
            // Its tag says it already.
            Some(_) if mail.state == State::Sent => ().into_any(),
            Some(refusal) => view! { <small class="quiet">{mail_refusal(lang, refusal)}</small> }.into_any(),
        })
        .collect_view();
    view! {
        <li class="inbox__row">
            <p><b>{mail_subject(lang, mail.about, &mail.record)}</b>" "{tag(turn, mail_state(lang, mail.state))}{why}</p>
            <p class="inbox__from">{mail.name}" "{mail.address}<br/><time datetime=mail.at.to_string()>{instant(lang, mail.at)}</time></p>
            <p class="deadline">{buttons}</p>
        </li>
    }
}
