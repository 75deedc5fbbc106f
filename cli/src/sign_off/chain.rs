//! Chains of organisations.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::write::Write;
use ronghe_contract::sign_off::{ChainStepView, ChainView};
use ronghe_domain::sign_off::{ChainDraft, Kind, StepDraft, When};
use ronghe_text::{Lang, sign_off_kind};

/// Reads `need`.
pub(super) fn kind(text: &str) -> Result<Kind, String> {
    let known: Vec<String> = Kind::ALL
        .iter()
        .filter_map(|kind| serde_json::to_value(kind).ok()?.as_str().map(str::to_owned))
        .collect();
    serde_json::from_value(serde_json::Value::String(text.trim().to_owned()))
        .map_err(|_unknown| known.join(", "))
}

/// Reads `校长=wangli,zhaomin`; `财务部门?=…` is asked only where own funds are promised.
fn step(text: &str) -> Result<StepDraft, Failure> {
    let (post, logins) = text.split_once('=').ok_or_else(|| Failure::input("POST=LOGIN,…".to_owned()))?;
    let (post, when) = match post.strip_suffix('?') {
        Some(post) => (post, When::OwnFunds),
        None => (post, When::Always),
    };
    let signers = logins.split(',').map(|login| login.trim().to_owned()).collect();
    Ok(StepDraft { post: post.trim().to_owned(), signers, when })
}

/// The chains of an organisation.
pub(super) async fn show(context: &Context, organisation: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let view = context.client()?.list_chains(organisation).await?;
    context.output.one(&view, || view.chains.iter().flat_map(|chain| lines(lang, chain)).collect())
}

fn lines(lang: Lang, chain: &ChainView) -> Vec<String> {
    let kind = sign_off_kind(lang, chain.kind);
    let (heading, steps) = if chain.steps.is_empty() {
        (lang.pick("未设，建议", "not set; proposed"), &chain.proposal)
    } else {
        (lang.pick("已设", "set"), &chain.steps)
    };
    let step = |step: &ChainStepView| {
        let people: Vec<&str> = step.signers.iter().map(|signer| signer.login.as_str()).collect();
        format!("  {}={}", step.post, people.join(","))
    };
    std::iter::once(format!("{kind}  {heading}")).chain(steps.iter().map(step)).collect()
}

/// Sets a chain.
pub(super) async fn set(
    context: &Context,
    organisation: &str,
    kind: Kind,
    steps: &[String],
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let steps = steps.iter().map(|text| step(text)).collect::<Result<Vec<_>, _>>()?;
    let client = context.client()?;
    let before = client.list_chains(organisation).await?;
    let found = before.chains.iter().find(|chain| chain.kind == kind);
    let version = found.map(|chain| chain.version.clone()).unwrap_or_else(|| "\"v0\"".to_owned());
    if write.dry_run {
        done(context, lang.pick("设置时核对", "it is checked when it is set"));
        return Ok(());
    }
    write.confirm.ask(context, lang.pick("设置签发步骤？", "Set the chain?"))?;
    let view = client.set_chain(organisation, kind, &version, &ChainDraft { steps }).await?;
    context.output.one(&view, || lines(lang, &view))
}
