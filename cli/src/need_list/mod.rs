//! `ronghe need-list`.

mod items;

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::json;
use crate::list;
use crate::output::Column;
use crate::write::{Write, change, offer_line, tried};
use clap::Subcommand;
use ronghe_client::Client;
use ronghe_contract::need_list::{ActOnNeedList, NeedListMinutes, NeedListRow, NeedListView};
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_domain::need_list::{Action, Edition, ListDraft, MinutesDraft, Refusal};
use ronghe_text::{
    Lang, bracketed, colon, deciding_body, instant, list_action, list_answer, list_change, list_finding,
    list_refusal, list_state, list_title, seat,
};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Versions of need lists, the newest first.
    List,
    /// One version whole, and what you can do with it.
    Show {
        /// Year of the cycle.
        year: String,
        /// Which version, such as v1; the one that is made, else the newest, where absent.
        edition: Option<String>,
    },
    /// The needs of a version, one a row.
    Items {
        /// Year of the cycle.
        year: String,
        /// Which version, such as v1; the one that is made, else the newest, where absent.
        edition: Option<String>,
    },
    /// One need of a published list whole; nobody signs in for it.
    Item {
        /// Its number on the list, such as 2026-001, or its own, such as N2026-0137.
        need: String,
    },
    /// Compose the version that is made from the verdicts as they are.
    Compose {
        /// Year of the cycle.
        year: String,
        /// Numbers of needs in the order wanted, separated by commas; the others follow by measure.
        #[arg(long, value_delimiter = ',')]
        order: Vec<String>,
        /// A need that the version before left out: N2026-0137=why; can be given several times.
        #[arg(long, value_name = "NEED=WHY", value_parser = altered)]
        add: Vec<ChangeDraft>,
        /// A need that the version before holds: N2026-0137=why; can be given several times.
        #[arg(long, value_name = "NEED=WHY", value_parser = altered)]
        remove: Vec<ChangeDraft>,
        /// Why there is a later version.
        #[arg(long, default_value = "")]
        reason: String,
        /// All of this as JSON instead; `-` for standard input.
        #[arg(long, conflicts_with_all = ["order", "add", "remove", "reason"])]
        file: Option<PathBuf>,
        #[command(flatten)]
        write: Write,
    },
    /// Propose the version that is made to the leading group.
    Propose {
        /// Year of the cycle.
        year: String,
        #[command(flatten)]
        write: Write,
    },
    /// Approve the version that is made, for your seat of the leading group.
    Approve {
        /// Year of the cycle.
        year: String,
        /// A remark.
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Send the version that is made back to the liaison office.
    Return {
        /// Year of the cycle.
        year: String,
        /// What is to be changed.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Put on record what the meeting that decides on the list has decided of the approved version.
    Minute {
        /// Year of the cycle.
        year: String,
        /// The day of the meeting, such as 2026-03-10.
        #[arg(long)]
        date: String,
        /// Who was present.
        #[arg(long)]
        present: String,
        /// Who countersigned.
        #[arg(long, default_value = "")]
        countersigned: String,
        /// Number of the minutes.
        #[arg(long)]
        minutes_no: String,
        #[command(flatten)]
        write: Write,
    },
    /// Publish the version that is approved, for good.
    Publish {
        /// Year of the cycle.
        year: String,
        #[command(flatten)]
        write: Write,
    },
    /// What a version changes against the one before, and why.
    Diff {
        /// Year of the cycle.
        year: String,
        /// Which version, such as v2; the one that is made, else the newest, where absent.
        edition: Option<String>,
    },
    /// The document as it was proposed or published, of which the hash is: canonical JSON (RFC 8785).
    Export {
        /// Year of the cycle.
        year: String,
        /// Which version, such as v1; the one that is made, else the newest, where absent.
        edition: Option<String>,
    },
}

/// The version of what nobody has composed yet: there is nothing to act on.
const NOBODY: &str = "\"v0\"";

const LISTS: &[Column] = &[
    Column { name: "year", zh: "年度", en: "Year" },
    Column { name: "version", zh: "版本", en: "Version" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "count", zh: "需求", en: "Needs" },
    Column { name: "published", zh: "发布时间", en: "Published" },
    Column { name: "hash", zh: "哈希值", en: "Hash" },
];

const CHANGES: &[Column] = &[
    Column { name: "kind", zh: "变动", en: "Change" },
    Column { name: "number", zh: "清单编号", en: "Number" },
    Column { name: "need", zh: "需求", en: "Need" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "reason", zh: "原因", en: "Reason" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    match verb {
        Verb::List => {
            let page = context.client()?.list_need_lists().await?;
            list::show(context, LISTS, &page, |row| cells(lang, row))
        }
        Verb::Show { year, edition } => {
            let view = found(&context.client()?, lang, &year, edition.as_deref()).await?;
            context.output.one(&view, || lines(lang, &view))
        }
        Verb::Items { year, edition } => items::rows(context, &year, edition.as_deref()).await,
        Verb::Item { need } => items::one(context, &need).await,
        Verb::Compose { year, order, add, remove, reason, file, write } => {
            let draft = match file {
                Some(file) => json(context, &file)?,
                None => ListDraft { order, add, remove, reason },
            };
            compose(context, &year, &draft, &write).await
        }
        Verb::Propose { year, write } => act(context, &year, &write, ActOnNeedList::Propose).await,
        Verb::Approve { year, reason, write } => {
            act(context, &year, &write, ActOnNeedList::Approve { reason }).await
        }
        Verb::Return { year, reason, write } => {
            act(context, &year, &write, ActOnNeedList::Return { reason }).await
        }
        Verb::Minute { year, date, present, countersigned, minutes_no, write } => {
            let draft = MinutesDraft { date, present, countersigned, minutes_no };
            act(context, &year, &write, ActOnNeedList::Minute(draft)).await
        }
        Verb::Publish { year, write } => act(context, &year, &write, ActOnNeedList::Publish).await,
        Verb::Diff { year, edition } => {
            let view = found(&context.client()?, lang, &year, edition.as_deref()).await?;
            context.output.rows(CHANGES, &view.changes, |it| {
                let kind = list_change(lang, it.kind).to_owned();
                vec![kind, it.number.clone(), it.need.clone(), it.title.clone(), it.reason.clone()]
            })?;
            if !view.reason.is_empty() {
                done(context, &format!("{}{}", lang.pick("原因：", "reason: "), view.reason));
            }
            Ok(())
        }
        Verb::Export { year, edition } => {
            let client = context.client()?;
            let view = found(&client, lang, &year, edition.as_deref()).await?;
            let document = client.export_need_list(&year, &Edition(view.row.no).to_string()).await?;
            let canonical = document.canonical().map_err(|source| Failure::Ours(source.to_string()))?;
            crate::output::exact(&canonical)
        }
    }
}

/// Reads `N2026-0137=why`.
fn altered(text: &str) -> Result<ChangeDraft, String> {
    let (need, reason) = text.split_once('=').unwrap_or((text, ""));
    if need.trim().is_empty() {
        return Err("N2026-0137=…".to_owned());
    }
    Ok(ChangeDraft { need: need.trim().to_owned(), reason: reason.trim().to_owned() })
}

/// The version asked for; else the one that is made, else the newest.
async fn found(
    client: &Client,
    lang: Lang,
    year: &str,
    edition: Option<&str>,
) -> Result<NeedListView, Failure> {
    if let Some(edition) = edition {
        return Ok(client.show_need_list(year, edition).await?);
    }
    let lists = client.show_need_lists(year).await?;
    match (lists.next, lists.versions.first()) {
        (Some(next), _) => Ok(next),
        (None, Some(newest)) => Ok(client.show_need_list(year, &Edition(newest.no).to_string()).await?),
        (None, None) => Err(Failure::input(lang.pick("还没有需求清单", "there is no need list yet"))),
    }
}

fn cells(lang: Lang, row: &NeedListRow) -> Vec<String> {
    vec![
        row.year.clone(),
        Edition(row.no).to_string(),
        list_state(lang, row.state).to_owned(),
        row.count.to_string(),
        row.published_at.map(|at| instant(lang, at)).unwrap_or_default(),
        row.hash.clone().unwrap_or_default(),
    ]
}

fn lines(lang: Lang, view: &NeedListView) -> Vec<String> {
    let row = &view.row;
    let mut lines = vec![format!("{}  {}", list_title(lang, &row.year, row.no), list_state(lang, row.state))];
    lines.extend(
        row.published_at.map(|at| format!("{}  {}", lang.pick("发布", "Published"), instant(lang, at))),
    );
    lines.extend(row.hash.as_ref().map(|hash| format!("SHA-256  {hash}")));
    if !view.reason.is_empty() {
        lines.push(format!("{}  {}", lang.pick("为什么出新版", "Why a later version"), view.reason));
    }
    lines.extend(view.items.iter().map(|item| {
        let unit = lang.pick(&item.unit.name, &item.unit.name_en);
        format!("{}  {}  {}  {unit}", item.number, item.need, item.title)
    }));
    lines.extend(
        view.changes
            .iter()
            .map(|it| format!("{}  {}  {}  {}", list_change(lang, it.kind), it.number, it.title, it.reason)),
    );
    lines.extend(view.marks.iter().map(|mark| {
        let (who, said) = (seat(lang, mark.seat), list_answer(lang, mark.answer));
        let name = mark.name.clone().unwrap_or_default();
        let void = mark.voided_at.map(|_| bracketed(lang, lang.pick("已作废", "void"))).unwrap_or_default();
        format!("{who}  {name}  {said}{void}  {}  {}", instant(lang, mark.at), mark.reason)
    }));
    lines.extend(view.minutes.iter().flat_map(|it| minutes_lines(lang, it)));
    lines.extend(view.steps.iter().filter(|step| step.waits).map(|step| {
        let post = bracketed(lang, &step.post);
        format!("{}  {}{post}", lang.pick("等待", "Waits for"), seat(lang, step.seat))
    }));
    lines.extend(view.findings.iter().map(|it| {
        let words = if it.barring { lang.pick("要处理", "To mend") } else { lang.pick("提示", "Note") };
        format!("{words}  {}", list_finding(lang, &it.finding))
    }));
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.map(|it| list_refusal(lang, it));
        offer_line(lang, list_action(lang, offer.action), barred)
    }));
    lines
}

/// What the meeting decided; who was there and who countersigned stand only where they may be read.
fn minutes_lines(lang: Lang, minutes: &NeedListMinutes) -> Vec<String> {
    let head = format!("{}  {}  {}", deciding_body(lang, minutes.body), minutes.date, minutes.minutes_no);
    let people = [
        (lang.pick("出席人员", "Present"), &minutes.present),
        (lang.pick("会签", "Countersigned by"), &minutes.countersigned),
    ];
    let said = people.into_iter().filter_map(|(label, names)| {
        let names = names.as_deref().filter(|names| !names.is_empty())?;
        Some(format!("  {label}{}{names}", colon(lang)))
    });
    std::iter::once(head).chain(said).collect()
}

async fn compose(context: &Context, year: &str, draft: &ListDraft, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = open(&client, lang, year).await?;
    if write.dry_run {
        return try_out(context, &view, Action::Compose);
    }
    let name = list_title(lang, year, view.row.no);
    // Whoever composes a list anew must know what that undoes.
    let voids = view.steps.iter().any(|step| step.agreed);
    let warning =
        if voids { lang.pick("，已有的审定将作废", "; approvals will be void") } else { "" };
    let words = format!("{}{warning}", list_action(lang, Action::Compose));
    write.confirm.ask_about(context, &name, &words)?;
    let version = view.row.version.clone();
    let row = change(&client, async |client| client.compose_need_list(year, &version, draft).await).await?;
    context.output.one(&row, || vec![cells(lang, &row).join("  ")])?;
    done(context, &format!("{name}{}{} {}", colon(lang), row.count, lang.pick("条需求", "needs")));
    Ok(())
}

async fn act(context: &Context, year: &str, write: &Write, action: ActOnNeedList) -> Result<(), Failure> {
    let lang = context.lang;
    let kind = match &action {
        ActOnNeedList::Propose => Action::Propose,
        ActOnNeedList::Approve { .. } => Action::Approve,
        ActOnNeedList::Return { .. } => Action::Return,
        ActOnNeedList::Minute(_) => Action::Minute,
        ActOnNeedList::Publish => Action::Publish,
    };
    let client = context.client()?;
    let view = open(&client, lang, year).await?;
    if write.dry_run {
        return try_out(context, &view, kind);
    }
    let (name, words) = (list_title(lang, year, view.row.no), list_action(lang, kind));
    if view.row.version == NOBODY {
        return Err(Failure::input(format!(
            "{name}{}{}",
            colon(lang),
            list_refusal(lang, Refusal::NotComposed)
        )));
    }
    write.confirm.ask_about(context, &name, words)?;
    let (edition, version) = (Edition(view.row.no).to_string(), view.row.version);
    let call = async |client: &Client| client.act_on_need_list(year, &edition, &version, &action).await;
    let row = change(&client, call).await?;
    context.output.one(&row, || vec![cells(lang, &row).join("  ")])?;
    done(context, &format!("{name}{}{}", colon(lang), list_state(lang, row.state)));
    Ok(())
}

/// The version that is made.
async fn open(client: &Client, lang: Lang, year: &str) -> Result<NeedListView, Failure> {
    let next = client.show_need_lists(year).await?.next;
    next.ok_or_else(|| Failure::input(lang.pick("没有正在编制或审定的清单", "no list is being made")))
}

fn try_out(context: &Context, view: &NeedListView, action: Action) -> Result<(), Failure> {
    let lang = context.lang;
    let name = list_title(lang, &view.row.year, view.row.no);
    tried(context, &view.offers, &action, &name, list_action(lang, action), |refusal| {
        list_refusal(lang, *refusal)
    })
}

#[cfg(test)]
mod tests {
    use super::minutes_lines;
    use ronghe_contract::need_list::NeedListMinutes;
    use ronghe_domain::cycle::approval::Body;
    use ronghe_domain::kernel::Instant;
    use ronghe_text::Lang;

    #[test]
    fn minutes_name_people_where_they_may_be_read() {
        let public = NeedListMinutes {
            body: Body::LeadingGroup,
            date: "2026-04-10".parse().unwrap(),
            minutes_no: "〔2026〕3号".to_owned(),
            present: None,
            countersigned: None,
            name: None,
            at: Instant::UNIX_EPOCH,
        };
        let head = minutes_lines(Lang::Zh, &public);
        assert_eq!(head.len(), 1, "{head:?}");
        assert!(head[0].ends_with("2026-04-10  〔2026〕3号"), "{head:?}");
        let (present, countersigned) = (Some("陈建国".to_owned()), Some(String::new()));
        let whole = NeedListMinutes { present, countersigned, ..public };
        assert_eq!(minutes_lines(Lang::Zh, &whole)[1..], ["  出席人员：陈建国"]);
        assert_eq!(minutes_lines(Lang::En, &whole)[1..], ["  Present: 陈建国"]);
    }
}
