//! `ronghe group`.

use crate::context::Context;
use crate::exit::Failure;
use crate::output::Column;
use clap::Subcommand;
use ronghe_contract::org::GroupView;
use ronghe_text::comma;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Every such wording, and how many it stands for today.
    List,
    /// Whom a wording stands for today.
    Show {
        /// Its name in addresses, or the wording itself.
        name: String,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "slug", zh: "地址名", en: "Slug" },
    Column { name: "name", zh: "文中写法", en: "Wording" },
    Column { name: "aliases", zh: "其他写法", en: "Also" },
    Column { name: "members", zh: "单位数", en: "Members" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let groups = context.client()?.list_groups().await?;
    match verb {
        Verb::List => context.output.rows(COLUMNS, &groups, |group| {
            let name = lang.pick(&group.name, &group.name_en).to_owned();
            vec![group.slug.clone(), name, group.aliases.join(comma(lang)), group.members.len().to_string()]
        }),
        Verb::Show { name } => {
            let named = |group: &&GroupView| {
                group.slug == name || group.name == name || group.aliases.contains(&name)
            };
            let group = groups.iter().find(named).ok_or_else(|| {
                Failure::with_hint(
                    format!("{}“{name}”", lang.pick("没有这个写法：", "there is no such wording: ")),
                    "ronghe group list",
                )
            })?;
            context.output.rows(super::office::COLUMNS, &group.members, |row| super::office::cells(lang, row))
        }
    }
}
