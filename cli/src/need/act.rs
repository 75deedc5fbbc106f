//! Writing, submitting, forwarding, returning and withdrawing needs.

use super::show;
use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::file::json;
use crate::write::{Write, change, tried};
use ronghe_contract::need::{ActOnNeed, ForwardNeeds, ForwardedView, NeedView, RefusedView, StartNeed};
use ronghe_contract::org::Reveal;
use ronghe_domain::need::district::summary::State;
use ronghe_domain::need::{Action, Correction, Field, NeedDraft};
use ronghe_text::{Lang, colon, need_action, need_refusal};
use std::path::Path;

/// Reads `goals=目标宜落到可检验的范围`.
pub(super) fn correction(text: &str) -> Result<Correction, String> {
    let known = || {
        let names = Field::ALL.iter().filter_map(|field| serde_json::to_value(field).ok());
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect::<Vec<_>>().join(", ")
    };
    let (name, remark) = text.split_once('=').ok_or_else(|| "FIELD=REMARK".to_owned())?;
    let field = serde_json::from_value(serde_json::Value::String(name.trim().to_owned()))
        .map_err(|_unknown| known())?;
    Ok(Correction { field, remark: remark.trim().to_owned() })
}

/// Begins a need, with what stands in the file.
pub(super) async fn create(
    context: &Context,
    file: Option<&Path>,
    year: String,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: NeedDraft = file.map(|file| json(context, file)).transpose()?.unwrap_or_default();
    if write.dry_run {
        done(
            context,
            lang.pick("可以读取；内容在提交时核对", "it can be read; what it says is checked at submission"),
        );
        return Ok(());
    }
    write.confirm.ask(context, lang.pick("新建这条需求？", "Begin this need?"))?;
    let body = StartNeed { year, draft };
    let view = change(&context.client()?, async |client| client.start_need(&body).await).await?;
    context.output.one(&view, || show::lines(lang, &view))?;
    done(context, &format!("{} {}", lang.pick("已新建", "begun as"), view.row.name));
    Ok(())
}

/// Puts the file's content in place of what is written.
pub(super) async fn edit(context: &Context, name: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: NeedDraft = json(context, file)?;
    let client = context.client()?;
    let view = client.show_need(name).await?;
    if write.dry_run {
        return try_out(context, &view, Action::Edit);
    }
    write.confirm.ask(
        context,
        &format!("{name}{}{}", colon(lang), lang.pick("覆盖现有内容？", "replace what is written?")),
    )?;
    let view = client.save_need(name, &view.version, &draft).await?;
    let left = view.errors.len();
    done(
        context,
        &match lang {
            Lang::Zh => format!("已保存，还有 {left} 处要填写或修改"),
            Lang::En => format!("saved; still to fill in or mend: {left}"),
        },
    );
    Ok(())
}

/// Does `action` to the need as it stands now.
pub(super) async fn act(
    context: &Context,
    name: &str,
    write: &Write,
    action: ActOnNeed,
) -> Result<(), Failure> {
    let kind = match &action {
        ActOnNeed::Submit => Action::Submit,
        ActOnNeed::Forward => Action::Forward,
        ActOnNeed::Return { .. } => Action::Return,
        ActOnNeed::Withdraw => Action::Withdraw,
    };
    let client = context.client()?;
    let view = client.show_need(name).await?;
    if write.dry_run {
        return try_out(context, &view, kind);
    }
    let words = need_action(context.lang, kind);
    write.confirm.ask_about(context, name, words)?;
    let version = view.version;
    let view = change(&client, async |client| client.act_on_need(name, &version, &action).await).await?;
    context.output.one(&view, || show::lines(context.lang, &view))?;
    done(context, &format!("{}{}{words}", view.row.name, colon(context.lang)));
    Ok(())
}

/// Carries a need into the cycle that collects needs; prints the name of the draft.
pub(super) async fn carry(context: &Context, name: &str, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    if write.dry_run {
        return try_out(context, &client.show_need(name).await?, Action::Carry);
    }
    let question = lang.pick("结转到正在征集的周期？只能一次", "carry it on? Once only");
    write.confirm.ask(context, &format!("{name}{}{question}", colon(lang)))?;
    let made = change(&client, async |client| client.carry_need(name).await).await?;
    context.output.one(&made, || vec![format!("{}  {}", made.name, made.title)])?;
    done(context, &format!("{name} → {}", made.name));
    Ok(())
}

/// Shows the contact's telephone whole.
pub(super) async fn reveal(
    context: &Context,
    name: &str,
    reason: String,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    if write.dry_run {
        return try_out(context, &client.show_need(name).await?, Action::Reveal);
    }
    let kept = lang.pick("显示电话？原因会记录下来", "reveal the telephone? The reason is kept");
    write.confirm.ask(context, &format!("{name}{}{kept}", colon(lang)))?;
    let body = Reveal { reason };
    let view = change(&client, async |client| client.reveal_need(name, &body).await).await?;
    context.output.one(&view, || vec![format!("{}  {}", view.contact_name, view.contact_phone)])
}

fn try_out(context: &Context, view: &NeedView, action: Action) -> Result<(), Failure> {
    let words = need_action(context.lang, action);
    tried(context, &view.offers, &action, &view.row.name, words, |refusal| {
        need_refusal(context.lang, *refusal)
    })
}

/// Forwards many in one go; says of each that cannot go why.
pub(super) async fn forward(
    context: &Context,
    needs: Vec<String>,
    skip_refused: bool,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let body = ForwardNeeds { needs, dry_run: true, skip_refused };
    let preview = client.forward_needs(&body).await?;
    if write.dry_run {
        return told(context, &preview, lang.pick("可报送", "can be forwarded"));
    }
    if !preview.refused.is_empty() && !skip_refused {
        return told(context, &preview, lang.pick("可报送", "can be forwarded"));
    }
    let count = preview.needs.len();
    write.confirm.ask(
        context,
        &match lang {
            Lang::Zh => format!("报送 {count} 条？"),
            Lang::En => format!("Forward {count}?"),
        },
    )?;
    let body = ForwardNeeds { dry_run: false, ..body };
    let outcome = change(&client, async |client| client.forward_needs(&body).await).await?;
    context
        .output
        .one(&outcome, || outcome.needs.iter().map(|row| format!("{}  {}", row.name, row.title)).collect())?;
    if outcome.done {
        told_done(context, &outcome)
    } else {
        told(context, &outcome, lang.pick("可报送", "can be forwarded"))
    }
}

fn told_done(context: &Context, outcome: &ForwardedView) -> Result<(), Failure> {
    let count = outcome.needs.len();
    let waits = outcome.summaries.iter().find(|summary| summary.state == State::Signing);
    let words = match (context.lang, waits) {
        (Lang::Zh, None) => format!("已报送 {count} 条"),
        (Lang::En, None) => format!("{count} forwarded"),
        (Lang::Zh, Some(summary)) => format!("{count} 条已列入汇总表 {}，签发后报送", summary.name),
        (Lang::En, Some(summary)) => {
            format!("{count} in the summary {}, to leave once it is signed", summary.name)
        }
    };
    done(context, &words);
    for it in &outcome.refused {
        say(context, Sign::Warning, &format!("{}{}{}", it.name, colon(context.lang), it.reason));
    }
    Ok(())
}

/// How many could go; an error where some could not, each with its reason.
fn told(context: &Context, view: &ForwardedView, words: &str) -> Result<(), Failure> {
    let hint = context.lang.pick("加 --skip-refused 报送其余的", "add --skip-refused to forward the others");
    outcome(context, view.needs.len(), &view.refused, words, hint)
}

/// On how many it can be done; an error where it cannot on some, each with its reason.
pub(super) fn outcome(
    context: &Context,
    count: usize,
    refused: &[RefusedView],
    words: &str,
    hint: &str,
) -> Result<(), Failure> {
    let said = match context.lang {
        Lang::Zh => format!("{words} {count} 条"),
        Lang::En => format!("{count} {words}"),
    };
    if refused.is_empty() {
        done(context, &said);
        return Ok(());
    }
    let details =
        refused.iter().map(|it| format!("{}{}{}", it.name, colon(context.lang), it.reason)).collect();
    Err(Failure::Yours { message: said, details, hint: Some(hint.to_owned()) })
}
