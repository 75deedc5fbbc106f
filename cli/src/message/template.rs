//! The words of mails, and how much mail there is.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::Column;
use crate::write::{Write, name};
use ronghe_client::Client;
use ronghe_contract::message::{MailCounts, MailTemplate, SetMailTemplate};
use ronghe_domain::message::Kind;
use ronghe_domain::message::mail::State;
use ronghe_domain::message::template::{Language, Words};
use ronghe_text::{
    Lang, colon, field_label, field_problem, mail_example, mail_language, mail_state, message_kind,
};

const COLUMNS: &[Column] = &[
    Column { name: "kind", zh: "事项", en: "What" },
    Column { name: "name", zh: "代号", en: "Name" },
    Column { name: "language", zh: "语言", en: "Language" },
    Column { name: "subject", zh: "主题", en: "Subject" },
    Column { name: "set", zh: "已改", en: "Set" },
];

/// All of them.
pub(super) async fn list(context: &Context) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.list_mail_templates().await?;
    context.output.rows(COLUMNS, &found.items, |row| {
        vec![
            message_kind(lang, row.kind).to_owned(),
            name(&row.kind),
            mail_language(row.language).to_owned(),
            row.words.subject.clone(),
            if row.is_standard { lang.pick("否", "no") } else { lang.pick("是", "yes") }.to_owned(),
        ]
    })
}

/// One of them, and a mail that it would make.
pub(super) async fn show(context: &Context, kind: Kind, language: Language) -> Result<(), Failure> {
    let found = one(&context.client()?, context.lang, kind, language).await?;
    context.output.one(&found, || lines(context.lang, &found))
}

/// Sets one; tried out it says what the mail would be.
pub(super) async fn set(
    context: &Context,
    (kind, language): (Kind, Language),
    words: Option<Words>,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let before = one(&client, lang, kind, language).await?;
    if write.dry_run {
        let words = words.unwrap_or_else(|| Words::standard(kind));
        let words = words.check(kind).map_err(|errors| Failure::Yours {
            message: lang.pick("有内容需要修改", "some fields do not hold").to_owned(),
            details: errors
                .iter()
                .map(|it| {
                    let (label, said) = (field_label(lang, &it.path), field_problem(lang, &it.problem));
                    format!("{label}{}{said}", colon(lang))
                })
                .collect(),
            hint: None,
        })?;
        let example = mail_example(language, kind, &words);
        return context.output.one(&example, || vec![example.subject.clone(), example.body.clone()]);
    }
    write.confirm.ask(context, lang.pick("设置邮件的文字？", "Set the words of the mail?"))?;
    let body = SetMailTemplate { words };
    let after = client.set_mail_template((kind, language), &before.version, &body).await?;
    context.output.one(&after, || lines(lang, &after))?;
    done(context, lang.pick("已设置", "set"));
    Ok(())
}

async fn one(client: &Client, lang: Lang, kind: Kind, language: Language) -> Result<MailTemplate, Failure> {
    let found = client.list_mail_templates().await?.items.into_iter();
    let found = found.filter(|row| row.kind == kind).find(|row| row.language == language);
    found.ok_or_else(|| {
        Failure::input(lang.pick("这类邮件的文字不能改", "the words of this kind of mail are not set"))
    })
}

fn lines(lang: Lang, row: &MailTemplate) -> Vec<String> {
    vec![
        format!("{}  {}", message_kind(lang, row.kind), mail_language(row.language)),
        format!("{}  {}", lang.pick("主题", "Subject"), row.words.subject),
        row.words.body.clone(),
        format!("{}  {}", lang.pick("可用", "Placeholders"), row.in_body.join(" ")),
        String::new(),
        lang.pick("示例", "Example").to_owned(),
        row.example.subject.clone(),
        row.example.body.clone(),
    ]
}

/// How much mail of each kind stands in each state.
pub(super) async fn counts(context: &Context) -> Result<(), Failure> {
    const COLUMNS: &[Column] = &[
        Column { name: "kind", zh: "事项", en: "What" },
        Column { name: "waiting", zh: "待发送", en: "Waiting" },
        Column { name: "sent", zh: "已发送", en: "Sent" },
        Column { name: "failed", zh: "未送出", en: "Failed" },
    ];
    let lang = context.lang;
    let page = context.client()?.count_mails().await?;
    context.output.rows(COLUMNS, &page.items, |row: &MailCounts| {
        vec![
            message_kind(lang, row.kind).to_owned(),
            row.waiting.to_string(),
            row.sent.to_string(),
            row.failed.to_string(),
        ]
    })?;
    let failed: u64 = page.items.iter().map(|row| row.failed).sum();
    done(context, &format!("{} {failed}", mail_state(lang, State::Failed)));
    Ok(())
}
