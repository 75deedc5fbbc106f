//! 待办: what waits for the person, from the records that they may act on.

use crate::session::Session;
use crate::shell::words;
use crate::ui::{Empty, PageHead, Trouble, loaded};
use leptos::prelude::*;
use ronghe_client::{Client, Error, ListAccounts, ListPolicies};
use ronghe_contract::session::Me;
use ronghe_domain::account::Section;
use ronghe_domain::kernel::Offer;
use ronghe_text::{Lang, account_action, policy_action};

/// One thing to do: the act, the record, and the page where it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Task {
    act: String,
    what: String,
    from: String,
    to: String,
}

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let session = Session::here();
    let tasks = LocalResource::new(move || {
        let (lang, me) = (session.lang(), session.me());
        async move { collect(session, lang, me).await }
    });
    let title = Signal::derive(move || session.lang().pick("待办", "Tasks").to_owned());
    view! {
        <PageHead title=title/>
        {loaded(session, tasks, move |tasks: Vec<Task>| list(session, tasks))}
    }
}

fn list(session: Session, tasks: Vec<Task>) -> AnyView {
    let lang = session.lang();
    if tasks.is_empty() {
        let sections = session.me().map(|me| me.sections).unwrap_or_default();
        let links = sections
            .into_iter()
            .filter(|section| *section != Section::Home)
            .map(|section| view! { <a class="button" href=crate::shell::address(section)>{words(lang, section)}</a> })
            .collect_view();
        return view! {
            <Empty title=lang.pick("没有待办", "Nothing to do")
                words=lang.pick("要你办的事会出现在这里。", "What waits for you appears here.")>{links}</Empty>
        }
        .into_any();
    }
    let count = tasks.len();
    let rows = tasks
        .into_iter()
        .map(|task| {
            view! {
                <li class="inbox__row">
                    <p><a class="inbox__what" href=task.to><b>{task.act}</b>" "{task.what}</a></p>
                    <p class="inbox__from">{task.from}</p>
                    <p class="deadline">{lang.pick("没有期限", "No deadline")}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="inbox__group" data-turn="yours">
            <h2>{lang.pick("要你办的", "Yours to do")}<span>{match lang {
                Lang::Zh => format!("{count} 项"),
                Lang::En => count.to_string(),
            }}</span></h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

/// Records with something open for the person: the offers say so, not their role.
async fn collect(session: Session, lang: Lang, me: Option<Me>) -> Result<Vec<Task>, Trouble> {
    let mut tasks = Vec::new();
    let sections = me.map(|me| me.sections).unwrap_or_default();
    if sections.contains(&Section::Policies) {
        tasks.extend(session.call(async |client| policies(client, lang).await).await?);
    }
    if sections.contains(&Section::Accounts) {
        tasks.extend(session.call(async |client| accounts(client, lang).await).await?);
    }
    Ok(tasks)
}

async fn policies(client: Client, lang: Lang) -> Result<Vec<Task>, Error> {
    let drafts = ListPolicies { state: "draft".into(), ..ListPolicies::default() };
    let mut tasks = Vec::new();
    for row in client.list_policies(&drafts).await?.items {
        let view = client.show_policy(&row.slug).await?;
        let import = view.import.as_ref();
        // Publishing comes first; while it is barred, correcting is what can be done.
        if let Some(offer) = first_open(&view.offers) {
            use ronghe_domain::policy::Action;
            let page = match offer {
                Action::Publish => "publish",
                Action::Correct | Action::Discard | Action::Renew | Action::Supersede => "import",
            };
            tasks.push(Task {
                act: policy_action(lang, offer).to_owned(),
                what: row.title.clone(),
                from: import.map(|import| import.imported_by.clone()).unwrap_or_default(),
                to: format!("/app/policies/{}/{page}", row.slug),
            });
        }
    }
    Ok(tasks)
}

async fn accounts(client: Client, lang: Lang) -> Result<Vec<Task>, Error> {
    use ronghe_domain::account::Action;
    let waiting = ListAccounts { state: "pending".into(), ..ListAccounts::default() };
    let mut tasks = Vec::new();
    for row in client.list_accounts(&waiting).await?.items {
        let view = client.show_account(&row.login).await?;
        if first_open(&view.offers) == Some(Action::Confirm) {
            tasks.push(Task {
                act: account_action(lang, Action::Confirm).to_owned(),
                what: format!("{} {}", row.name, row.login),
                from: view.pending.map(|pending| pending.by).unwrap_or_default(),
                to: format!("/app/accounts/{}", row.login),
            });
        }
    }
    Ok(tasks)
}

fn first_open<A: Copy, R>(offers: &[Offer<A, R>]) -> Option<A> {
    offers.iter().find(|offer| offer.barred.is_none()).map(|offer| offer.action)
}
