//! The guides to a subject, as they lie in `docs/guide`: the guides for the roles lead to them.

use super::guide::html;
use crate::context::Context;
use ronghe_text::Lang;

/// A guide to a subject.
pub(super) struct Topic {
    /// Its name in addresses.
    pub(super) slug: &'static str,
    zh: &'static str,
    en: &'static str,
    text: &'static str,
    /// The language that it is written in; both where it names none, one behind the other.
    written: Option<Lang>,
}

macro_rules! topic {
    ($slug:literal, $zh:literal, $en:literal, $written:expr) => {
        Topic {
            slug: $slug,
            zh: $zh,
            en: $en,
            text: include_str!(concat!("../../../../../docs/guide/", $slug, ".md")),
            written: $written,
        }
    };
}

/// What the guides for the roles lead to.
static TOPICS: [Topic; 7] = [
    topic!("needs", "填报和报送需求", "Filing and forwarding needs", Some(Lang::Zh)),
    topic!("applications", "高校申报", "Applications", Some(Lang::Zh)),
    topic!(
        "sign-off",
        "签发、盖章页和区县汇总表",
        "Sign-off, sealed pages and district summaries",
        Some(Lang::Zh)
    ),
    topic!(
        "reminders",
        "提醒、邮件的文字和视图",
        "Reminders, the wording of mails, and views",
        Some(Lang::Zh)
    ),
    topic!("mail", "邮件", "Mail", Some(Lang::Zh)),
    topic!("command-line", "命令行", "The command line", Some(Lang::En)),
    topic!("operating", "运行维护", "Operating", None),
];

/// The guide of this name.
pub(super) fn of(slug: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.slug == slug)
}

impl Topic {
    /// What it is about.
    pub(super) const fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    /// The language that somebody who reads `lang` finds it in.
    pub(super) fn written(&self, lang: Lang) -> Lang {
        self.written.unwrap_or(lang)
    }

    /// Its body as HTML: the heading is the page's own, which leads to the other language too.
    pub(super) fn html(&self, context: &Context) -> String {
        let (before, after) = self.text.split_once("\n---\n").unwrap_or((self.text, self.text));
        let part = context.t(before, after).trim_start();
        let (_, body) = part.split_once("\n\n").unwrap_or_default();
        let other = body.strip_prefix("[English]").or_else(|| body.strip_prefix("[中文]"));
        let body = other.and_then(|rest| rest.split_once("\n\n")).map_or(body, |(_, body)| body);
        html(context, body)
    }
}
