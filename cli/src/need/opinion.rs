//! 征求意见: asking offices, giving an opinion, reminding.

use super::act::outcome;
use super::screen::{Which, numbers};
use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::Column;
use crate::write::{Write, change, tried};
use ronghe_client::{Client, Error, ListOpinions};
use ronghe_contract::need::{AskOpinions, OpinionsView, OutstandingView, RemindOffices};
use ronghe_domain::kernel::FieldProblem;
use ronghe_domain::need::opinion::Action;
use ronghe_domain::need::{OpinionDraft, Stance};
use ronghe_text::{Lang, before_close, colon, field_problem, instant, need_refusal, stance};

const COLUMNS: &[Column] = &[
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "office", zh: "责任单位", en: "Office" },
    Column { name: "opinion", zh: "意见", en: "Opinion" },
    Column { name: "due", zh: "期限", en: "Due" },
    Column { name: "reason", zh: "理由", en: "Reason" },
];

const OUTSTANDING: &[Column] = &[
    Column { name: "office", zh: "单位代号", en: "Office" },
    Column { name: "name", zh: "名称", en: "Name" },
    Column { name: "open", zh: "未提", en: "To come" },
    Column { name: "overdue", zh: "逾期", en: "Overdue" },
    Column { name: "reminded", zh: "上次催办", en: "Last reminded" },
];

/// Reads `support`.
pub(super) fn parsed(text: &str) -> Result<Stance, String> {
    serde_json::from_value(serde_json::Value::String(text.trim().to_owned()))
        .map_err(|_unknown| "support, revise, oppose".to_owned())
}

/// Lists opinions, part after part.
pub(super) async fn list(context: &Context, show: String) -> Result<(), Failure> {
    let (lang, client) = (context.lang, context.client()?);
    let mut query = ListOpinions { show, ..ListOpinions::default() };
    let mut rows = Vec::new();
    loop {
        let view = client.list_opinions(&query).await?;
        rows.extend(view.items);
        match view.next {
            Some(after) => query.after = after,
            None => break,
        }
    }
    context.output.rows(COLUMNS, &rows, |row| {
        let opinion = &row.opinion;
        let said = match (opinion.stance, opinion.overdue) {
            (Some(said), _) => stance(lang, said),
            (None, true) => lang.pick("逾期未提", "Overdue"),
            (None, false) => lang.pick("待提意见", "Open"),
        };
        vec![
            row.need.name.clone(),
            row.need.title.clone(),
            lang.pick(&opinion.office.name, &opinion.office.name_en).to_owned(),
            said.to_owned(),
            instant(lang, before_close(opinion.due)),
            opinion.reason.clone(),
        ]
    })
}

/// Asks the offices of all of them, or of none.
pub(super) async fn ask(context: &Context, which: Which, due: String) -> Result<(), Failure> {
    let lang = context.lang;
    let (needs, skip_refused, write) = numbers(context, which)?;
    let client = context.client()?;
    let body = AskOpinions { needs, due, dry_run: true, skip_refused };
    let preview = client.ask_opinions(&body).await?;
    let words = lang.pick("征求意见", "asked about");
    let hint = lang.pick("加 --skip-refused 办其余的", "add --skip-refused to do the others");
    if write.dry_run || (!preview.refused.is_empty() && !skip_refused) {
        return outcome(context, preview.needs.len(), &preview.refused, words, hint);
    }
    let count = preview.offices.len();
    write.confirm.ask(
        context,
        &match lang {
            Lang::Zh => format!("征求 {count} 个单位的意见？"),
            Lang::En => format!("Ask {count} offices?"),
        },
    )?;
    let body = AskOpinions { dry_run: false, ..body };
    let view = change(&client, async |client| client.ask_opinions(&body).await).await?;
    context.output.one(&view, || {
        view.offices.iter().map(|org| lang.pick(&org.name, &org.name_en).to_owned()).collect()
    })?;
    let refused = if view.done && skip_refused { &[] } else { view.refused.as_slice() };
    outcome(context, view.needs.len(), refused, words, hint)
}

/// Gives the opinion of one's office, or changes it.
pub(super) async fn opine(
    context: &Context,
    name: &str,
    draft: OpinionDraft,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_need(name).await?;
    let own = view.opinions.iter().find(|it| it.offers.iter().any(|offer| offer.action == Action::Opine));
    let offers = own.map(|it| it.offers.clone()).unwrap_or_default();
    let words = lang.pick("提意见", "give an opinion");
    if write.dry_run {
        return tried(context, &offers, &Action::Opine, &view.row.name, words, |refusal| {
            need_refusal(lang, *refusal)
        });
    }
    write.confirm.ask_about(context, name, words)?;
    // Who was not asked is told so by the server.
    let version = own.map_or_else(|| "\"v0\"".to_owned(), |it| it.version.clone());
    let said = change(&client, async |client| client.give_opinion(name, &version, &draft).await).await?;
    let word = said.stance.map(|it| stance(lang, it).to_owned()).unwrap_or_default();
    context.output.one(&said, || vec![format!("{}  {word}", view.row.name)])?;
    done(context, &format!("{}{}{words}", view.row.name, colon(lang)));
    Ok(())
}

/// Reminds offices whose opinions have not come.
pub(super) async fn remind(context: &Context, offices: Vec<String>, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let open = ListOpinions { show: "open".into(), ..ListOpinions::default() };
    let view = client.list_opinions(&open).await?;
    let is_named = |it: &OutstandingView| offices.iter().any(|slug| slug.trim() == it.office.slug);
    let rows: Vec<&OutstandingView> =
        view.outstanding.iter().filter(|it| offices.is_empty() || is_named(it)).collect();
    let count = rows.len();
    if write.dry_run {
        can_be_reminded(lang, &client, &view, &offices).await?;
        context.output.rows(OUTSTANDING, &rows, |it| outstanding(lang, it))?;
        let words = match lang {
            Lang::Zh => format!("可催办 {count} 个单位"),
            Lang::En => format!("offices that can be reminded: {count}"),
        };
        done(context, &words);
        return Ok(());
    }
    let question = match lang {
        Lang::Zh => format!("催办 {count} 个单位？"),
        Lang::En if count == 1 => "Remind 1 office?".to_owned(),
        Lang::En => format!("Remind {count} offices?"),
    };
    write.confirm.ask(context, &question)?;
    let body = RemindOffices { offices, year: String::new() };
    let view = change(&client, async |client| client.remind_offices(&body).await).await?;
    context.output.one(&view, Vec::new)?;
    let words = match lang {
        Lang::Zh => format!("已催办 {} 个单位", view.offices),
        Lang::En if view.offices == 1 => "1 office reminded".to_owned(),
        Lang::En => format!("{} offices reminded", view.offices),
    };
    done(context, &words);
    Ok(())
}

fn outstanding(lang: Lang, it: &OutstandingView) -> Vec<String> {
    vec![
        it.office.slug.clone(),
        lang.pick(&it.office.name, &it.office.name_en).to_owned(),
        it.open.to_string(),
        it.overdue.to_string(),
        it.reminded_at.map(|at| instant(lang, at)).unwrap_or_default(),
    ]
}

/// Fails where the request would be refused: it is not the caller's now, or an office is unknown.
async fn can_be_reminded(
    lang: Lang,
    client: &Client,
    view: &OpinionsView,
    offices: &[String],
) -> Result<(), Failure> {
    if !view.can_remind {
        return Err(Failure::input(match (lang, view.open) {
            (Lang::Zh, 0) => "没有未提的意见",
            (Lang::En, 0) => "no opinion is still to come",
            (Lang::Zh, _) => "催办由高校联络服务处在遴选期间办理",
            (Lang::En, _) => "the liaison office reminds, while needs are screened",
        }));
    }
    for slug in offices.iter().map(|slug| slug.trim()) {
        // Whoever owes nothing may be named, and is not reminded.
        if view.outstanding.iter().any(|it| it.office.slug == slug) {
            continue;
        }
        client.show_organisation(slug).await.map_err(|error| match error {
            Error::Problem(problem) if problem.status == 404 => {
                let unknown = FieldProblem::Unknown { got: slug.to_owned(), nearest: Vec::new() };
                Failure::input(field_problem(lang, &unknown))
            }
            error => Failure::from(error),
        })?;
    }
    Ok(())
}
