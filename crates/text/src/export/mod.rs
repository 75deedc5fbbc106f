//! Lists that are taken out in the background.

use crate::Lang;
use ronghe_domain::export::{Action, Refusal, State};

/// Where an export stands.
#[must_use]
pub const fn export_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Waiting => lang.pick("排队中", "Waiting"),
        State::Running => lang.pick("生成中", "Being made"),
        State::Ready => lang.pick("可下载", "Ready"),
        State::Failed => lang.pick("未生成", "Not made"),
    }
}

/// What its owner does with it.
#[must_use]
pub const fn export_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Fetch => lang.pick("下载", "Download"),
        Action::Delete => lang.pick("删除", "Delete"),
    }
}

/// Why it is refused, and what would help.
#[must_use]
pub fn export_refusal(lang: Lang, refusal: Refusal) -> String {
    match (lang, refusal) {
        (_, Refusal::NotYours) => {
            lang.pick("导出的文件只归提出的人", "An export is its owner's alone").to_owned()
        }
        (Lang::Zh, Refusal::Long { most }) => format!("超过 {most} 行，改为后台导出"),
        (Lang::En, Refusal::Long { most }) => {
            format!("More than {most} rows: ask for it in the background")
        }
        (Lang::Zh, Refusal::TooMany { most }) => format!("已有 {most} 个导出文件，先删除用不着的"),
        (Lang::En, Refusal::TooMany { most }) => {
            format!("You keep {most} exports: delete those that you no longer need")
        }
        (Lang::Zh, Refusal::NotReady { state }) => format!("文件{}", export_state(lang, state)),
        (Lang::En, Refusal::NotReady { state }) => {
            format!("The file is {}", export_state(lang, state).to_lowercase())
        }
        (Lang::Zh, Refusal::Expired) => "文件已清理，重新导出".to_owned(),
        (Lang::En, Refusal::Expired) => "The file is gone: export it anew".to_owned(),
    }
}
