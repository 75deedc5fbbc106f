//! `ronghe view`, and looking at a list through one.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::list::Filters;
use crate::output::Column;
use crate::write::{Confirm, change};
use clap::Subcommand;
use ronghe_client::{Client, ListViews};
use ronghe_contract::view::SavedView;
use ronghe_domain::view::{List, ViewDraft};
use ronghe_text::{Lang, colon, comma, viewed_list};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Views that you see: your own, and those that your organisation shares.
    List {
        /// needs, applications or accounts; all where absent.
        #[arg(long, value_parser = list)]
        list: Option<List>,
    },
    /// Save filters of a list under a name; one of yours that has it is changed.
    Save {
        /// needs, applications or accounts.
        #[arg(value_parser = list)]
        list: List,
        /// What it is called.
        name: String,
        #[command(flatten)]
        filters: Filters,
        /// Everyone of your organisation sees it.
        #[arg(long)]
        shared: bool,
    },
    /// Take a view away.
    Delete {
        /// needs, applications or accounts.
        #[arg(value_parser = list)]
        list: List,
        /// What it is called.
        name: String,
        #[command(flatten)]
        confirm: Confirm,
    },
}

/// Through which view a list is looked at.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Through {
    /// Through the saved view of this name; filters that are given come before its own.
    #[arg(long)]
    view: Option<String>,
}

impl Through {
    /// `filters` over those of the view, where one is named.
    pub(crate) async fn filters(
        &self,
        lang: Lang,
        client: &Client,
        list: List,
        filters: &Filters,
    ) -> Result<Filters, Failure> {
        match &self.view {
            None => Ok(filters.clone()),
            Some(name) => Ok(filters.over(&named(lang, client, list, name).await?.filters)),
        }
    }
}

const COLUMNS: &[Column] = &[
    Column { name: "list", zh: "列表", en: "List" },
    Column { name: "name", zh: "名称", en: "Name" },
    Column { name: "filters", zh: "筛选", en: "Filters" },
    Column { name: "shared", zh: "共用", en: "Shared" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    match verb {
        Verb::List { list } => {
            let found = client.list_views(&of(list)).await?;
            context.output.rows(COLUMNS, &found, |view| cells(lang, view))
        }
        Verb::Save { list, name, filters, shared } => {
            let draft = ViewDraft { list, name, filters: filters.pairs(), shared };
            let own = client.list_views(&of(Some(list))).await?.into_iter();
            let before = own.filter(|view| !view.offers.is_empty()).find(|view| view.name == draft.name);
            let saved = match before {
                Some(view) => client.change_view(view.id, &view.version, &draft).await?,
                None => change(&client, async |client| client.save_view(&draft).await).await?,
            };
            context.output.rows(COLUMNS, std::slice::from_ref(&saved), |view| cells(lang, view))?;
            done(context, &format!("{}{}{}", lang.pick("已保存", "saved"), colon(lang), saved.name));
            Ok(())
        }
        Verb::Delete { list, name, confirm } => {
            let view = named(lang, &client, list, &name).await?;
            confirm
                .ask(context, &format!("{} {name}{}", lang.pick("删除", "delete"), lang.pick("？", "?")))?;
            client.delete_view(view.id).await?;
            done(context, &format!("{}{}{name}", lang.pick("已删除", "deleted"), colon(lang)));
            Ok(())
        }
    }
}

fn of(list: Option<List>) -> ListViews {
    ListViews { list: list.as_ref().map(crate::write::name).unwrap_or_default() }
}

/// The view of this name, one's own before one that is shared.
async fn named(lang: Lang, client: &Client, list: List, name: &str) -> Result<SavedView, Failure> {
    let found = client.list_views(&of(Some(list))).await?;
    let known: Vec<String> = found.iter().map(|view| view.name.clone()).collect();
    found.into_iter().find(|view| view.name == name).ok_or_else(|| {
        Failure::with_hint(
            match lang {
                Lang::Zh => format!("没有视图“{name}”"),
                Lang::En => format!("there is no view “{name}”"),
            },
            known.join(comma(lang)),
        )
    })
}

fn cells(lang: Lang, view: &SavedView) -> Vec<String> {
    let filters: Vec<String> = view.filters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    vec![
        viewed_list(lang, view.list).to_owned(),
        view.name.clone(),
        filters.join(" "),
        if view.shared { lang.pick("是", "yes") } else { lang.pick("否", "no") }.to_owned(),
    ]
}

/// Reads `needs`.
fn list(text: &str) -> Result<List, String> {
    crate::write::word(text, &List::ALL)
}
