//! Which of one's messages also come by mail, and in which language.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Fetch, Trouble, loaded};
use leptos::prelude::*;
use ronghe_contract::message::MailChoices;
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::ChoiceDraft;
use ronghe_domain::message::template::Language;
use ronghe_text::{mail_bound, mail_language, message_kind};
use std::collections::BTreeSet;

/// The section.
#[component]
pub fn Mails() -> impl IntoView {
    let session = Session::here();
    let choices =
        Fetch::new(
            move || async move { session.call(async |client| client.show_mail_choices().await).await },
        );
    view! {
        <section class="card stack" aria-labelledby="mails"><h2 id="mails">{move || session.lang().pick("邮件", "Mails")}</h2>
            <p class="quiet">{move || session.lang().pick("消息都在系统里；选哪些也发邮件。", "All messages are in the system; choose which also come by mail.")}</p>
            {loaded(session, choices, move |found: MailChoices| view! { <Chosen found=found from=choices/> })}
        </section>
    }
}

#[component]
fn Chosen(found: MailChoices, from: Fetch<Result<MailChoices, Trouble>>) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let off: BTreeSet<Kind> = found.kinds.iter().filter(|row| !row.mailed).map(|row| row.kind).collect();
    let (off, language) = (RwSignal::new(off), RwSignal::new(found.language));
    let version = found.version.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = ChoiceDraft {
            off: off.get_untracked().into_iter().collect(),
            language: language.get_untracked(),
        };
        let version = version.clone();
        act.run(async move |client| client.set_mail_choices(&version, &draft).await, move |_| from.refetch());
    };
    let rows = found.kinds.into_iter().map(|row| {
        let kind = row.kind;
        let label = Signal::derive(move || message_kind(session.lang(), kind).to_owned());
        let hint = Signal::derive(move || {
            row.bound.map(|bound| mail_bound(session.lang(), bound).to_owned()).unwrap_or_default()
        });
        let checked = Signal::derive(move || off.with(|off| !off.contains(&kind)));
        let change = move |on: bool| {
            off.update(|off| {
                if on {
                    off.remove(&kind);
                } else {
                    off.insert(kind);
                }
            });
        };
        view! { <Choice label=label hint=hint checked=checked disabled=row.bound.is_some() on_change=change/> }
    });
    let languages = Language::ALL.map(|one| {
        let checked = Signal::derive(move || language.get() == one);
        view! { <Choice label=mail_language(one).to_owned() checked=checked group="mail-language" on_change=move |_| language.set(one)/> }
    });
    let rows = rows.collect_view();
    view! {
        <details><summary>{move || session.lang().pick("选择邮件", "Choose mails")}</summary>
            <form class="form section" on:submit=submit>
                <ActBox act=act/>
                <fieldset class="field" id="field-off"><legend>{move || session.lang().pick("也发邮件的消息", "Messages that come by mail")}</legend>{rows}</fieldset>
                <fieldset class="field" id="field-language"><legend>{move || session.lang().pick("邮件语言", "Language of mails")}</legend>{languages.into_iter().collect_view()}</fieldset>
                <Button busy=act.busy>{move || session.lang().pick("保存选择", "Save the choice")}</Button>
            </form>
        </details>
    }
}
