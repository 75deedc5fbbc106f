//! Which of one's messages also come by mail.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::Column;
use crate::write::name;
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::ChoiceDraft;
use ronghe_domain::message::template::Language;
use ronghe_text::{colon, mail_bound, mail_language, message_kind};

const COLUMNS: &[Column] = &[
    Column { name: "kind", zh: "事项", en: "What" },
    Column { name: "name", zh: "代号", en: "Name" },
    Column { name: "mail", zh: "邮件", en: "Mail" },
    Column { name: "bound", zh: "说明", en: "Why" },
];

/// What one has chosen, after these are switched off and those on again.
pub(super) async fn choose(
    context: &Context,
    off: &[Kind],
    on: &[Kind],
    language: Option<Language>,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let mut choices = client.show_mail_choices().await?;
    if !off.is_empty() || !on.is_empty() || language.is_some() {
        let before = choices.kinds.iter().filter(|row| !row.mailed).map(|row| row.kind);
        let all = before.filter(|kind| !on.contains(kind)).chain(off.iter().copied());
        let language = language.unwrap_or(choices.language);
        let draft = ChoiceDraft { off: all.collect(), language };
        choices = client.set_mail_choices(&choices.version, &draft).await?;
        done(
            context,
            &format!("{}{}{}", lang.pick("邮件语言", "language"), colon(lang), mail_language(language)),
        );
    }
    context.output.rows(COLUMNS, &choices.kinds, |row| {
        vec![
            message_kind(lang, row.kind).to_owned(),
            name(&row.kind),
            if row.mailed { lang.pick("是", "yes") } else { lang.pick("否", "no") }.to_owned(),
            row.bound.map(|bound| mail_bound(lang, bound).to_owned()).unwrap_or_default(),
        ]
    })
}
