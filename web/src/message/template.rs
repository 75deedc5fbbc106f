//! The words of mails: how much mail of each kind there is, and setting what it says beside an example.

use crate::session::Session;
use crate::shell::{named, word};
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, Field, PageHead, Tabs, TextArea, Unknown, back, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use ronghe_contract::message::{MailCounts, MailTemplate, MailTemplates, SetMailTemplate};
use ronghe_domain::message::mail::State;
use ronghe_domain::message::template::{Language, Words};
use ronghe_text::{Lang, field_label, field_problem, mail_example, mail_language, mail_state, message_kind};

/// The page.
#[component]
pub fn Templates() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let language = Memo::new(move |_| {
        let asked = query.with(|query| query.get("language").unwrap_or_default());
        named(&asked, &Language::ALL).unwrap_or_default()
    });
    let found = Fetch::new(move || async move {
        session
            .call(async |client| {
                let templates = client.list_mail_templates().await?;
                Ok((templates, client.count_mails().await?.items))
            })
            .await
    });
    loaded(session, found, move |(all, counts): (MailTemplates, Vec<MailCounts>)| {
        let lang = session.lang();
        let shown = language.get();
        let tabs = Language::ALL.map(|it| {
            let to = format!("/app/mail-templates?language={}", word(it));
            (to, mail_language(it).to_owned(), it == shown)
        });
        let rows = all.items.iter().filter(|row| row.language == shown);
        let rows = rows.map(|row| line(lang, row, counts.iter().find(|it| it.kind == row.kind)));
        let rows = rows.collect_view();
        let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
        let number = |state| view! { <th scope="col" class="number">{mail_state(lang, state)}</th> };
        let intro = lang.pick(
            "邮件只写发生了什么、编号和链接。各人在自己的账号里选哪些消息也发邮件、用哪种语言。",
            "A mail says what happened, a number and a link. Each person chooses at their account which messages come by mail, and in which language.",
        );
        view! {
            {back(session, "/app/reminders", lang.pick("提醒", "Reminders"))}
            <PageHead title=lang.pick("邮件的文字", "Words of mails")/>
            <p class="section">{intro}</p>
            <Tabs name=lang.pick("语言", "Language") tabs=tabs.to_vec()/>
            <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("各类邮件", "Kinds of mail")}</caption>
                <thead><tr>{head("消息", "Message")}{head("主题", "Subject")}{head("文字", "Words")}
                    {number(State::Waiting)}{number(State::Sent)}{number(State::Failed)}</tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
    })
}

fn line(lang: Lang, row: &MailTemplate, counts: Option<&MailCounts>) -> impl IntoView + use<> {
    let to = format!("/app/mail-templates/{}/{}", word(row.kind), word(row.language));
    let state = match row.is_standard {
        true => tag("draft", lang.pick("默认", "Standard")).into_any(),
        false => tag("done", lang.pick("已改", "Set")).into_any(),
    };
    let of = |count: fn(&MailCounts) -> u64| counts.map(count).filter(|count| *count > 0);
    let (waiting, sent, failed) = (of(|it| it.waiting), of(|it| it.sent), of(|it| it.failed));
    view! {
        <tr>
            <th scope="row"><a href=to>{message_kind(lang, row.kind)}</a></th>
            <td data-label=lang.pick("主题", "Subject")>{row.words.subject.clone()}</td>
            <td data-label=lang.pick("文字", "Words")>{state}</td>
            <td class="number" data-label=mail_state(lang, State::Waiting)>{waiting}</td>
            <td class="number" data-label=mail_state(lang, State::Sent)>{sent}</td>
            <td class="number" data-label=mail_state(lang, State::Failed)>{failed}</td>
        </tr>
    }
}

/// The words of one kind in a language.
#[component]
pub fn EditTemplate() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let of = move |name: &'static str| params.with(|params| params.get(name).unwrap_or_default());
    let which = Memo::new(move |_| (of("kind"), of("language")));
    let found =
        Fetch::new(
            move || async move { session.call(async |client| client.list_mail_templates().await).await },
        );
    loaded(session, found, move |all: MailTemplates| {
        let (kind, language) = which.get();
        let mut rows = all.items.into_iter();
        let row = rows.find(|row| word(row.kind) == kind && word(row.language) == language);
        match row {
            Some(row) => view! { <Form row=row may_keep=all.may_keep/> }.into_any(),
            None => view! { <Unknown/> }.into_any(),
        }
    })
}

#[component]
fn Form(row: MailTemplate, may_keep: bool) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let act = Act::new();
    let (kind, language) = (row.kind, row.language);
    let subject = RwSignal::new(row.words.subject.clone());
    let body = RwSignal::new(row.words.body.clone());
    let home = format!("/app/mail-templates?language={}", word(language));
    let navigate = use_navigate();
    let (version, to) = (row.version.clone(), home.clone());
    let send = move |words: Option<Words>| {
        let (version, navigate, to) = (version.clone(), navigate.clone(), to.clone());
        act.run(
            async move |client| {
                client.set_mail_template((kind, language), &version, &SetMailTemplate { words }).await
            },
            move |_| navigate(&to, Default::default()),
        );
    };
    let revert = send.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send(Some(Words { subject: subject.get_untracked(), body: body.get_untracked() }));
    };
    let example = move || {
        let words = Words { subject: subject.get(), body: body.get() };
        preview(lang, language, kind, &words)
    };
    let placeholders = format!("{}{}", lang.pick("可用：", "Placeholders: "), row.in_body.join(" "));
    let foot = may_keep.then(|| {
        let back_to_standard = (!row.is_standard).then(|| {
            view! { <button class="button" type="button" on:click=move |_| revert(None)>{lang.pick("恢复默认", "Take the standard words again")}</button> }
        });
        view! {
            <div class="form-foot"><Button primary=true busy=act.busy>{lang.pick("保存文字", "Save the words")}</Button>
                {back_to_standard}<a class="button" href=home>{lang.pick("不改了", "Leave it")}</a></div>
        }
    });
    view! {
        {back(session, "/app/mail-templates", lang.pick("邮件的文字", "Words of mails"))}
        <PageHead title=format!("{}{}{}", message_kind(lang, kind), lang.pick("，", ", "), mail_language(language))/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <p class="quiet">{placeholders}</p>
            <Field label=("主题", "Subject") name="subject" value=subject trouble=act.trouble/>
            <TextArea label=("正文", "Body") name="body" value=body rows=5 trouble=act.trouble/>
            <section class="stack" aria-live="polite"><h2>{lang.pick("示例", "Example")}</h2>{example}</section>
            {foot}
        </form></div>
    }
}

/// The mail that words would make, or what does not hold of them.
fn preview(lang: Lang, language: Language, kind: ronghe_domain::message::Kind, words: &Words) -> AnyView {
    match words.check(kind) {
        Ok(words) => {
            let Words { subject, body } = mail_example(language, kind, &words);
            let lines = body.lines().map(|line| view! { {line.to_owned()}<br/> }).collect_view();
            view! { <div class="card stack"><p><b>{subject}</b></p><p>{lines}</p></div> }.into_any()
        }
        Err(errors) => {
            let said = errors.iter().map(|error| {
                let (label, said) = (field_label(lang, &error.path), field_problem(lang, &error.problem));
                view! { <li>{label}{lang.pick("：", ": ")}{said}</li> }
            });
            view! { <ul>{said.collect_view()}</ul> }.into_any()
        }
    }
}
