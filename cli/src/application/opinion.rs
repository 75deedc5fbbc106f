//! 需求单位意见: what one's unit thinks of an application for its need.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::write::{Write, change, tried};
use ronghe_contract::application::ApplicationView;
use ronghe_domain::application::opinion::Action;
use ronghe_domain::application::{OpinionDraft, Stance};
use ronghe_text::{Lang, application_refusal, colon, instant, unit_stance};

/// Reads `willing`.
pub(super) fn parsed(text: &str) -> Result<Stance, String> {
    serde_json::from_value(serde_json::Value::String(text.trim().replace('-', "_")))
        .map_err(|_unknown| "willing, to_discuss, opposed".to_owned())
}

/// Gives the opinion of one's unit, or gives it anew.
pub(super) async fn opine(
    context: &Context,
    name: &str,
    draft: OpinionDraft,
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_application(name).await?;
    let own = view.unit_opinion.as_ref();
    let words = lang.pick("提意见", "give an opinion");
    if write.dry_run {
        let offers = own.map(|it| it.offers.clone()).unwrap_or_default();
        return tried(context, &offers, &Action::Opine, &view.row.name, words, |refusal| {
            application_refusal(lang, *refusal)
        });
    }
    write.confirm.ask_about(context, name, words)?;
    // Whoever does not say it is told so by the server.
    let version = own.map_or_else(|| "\"v0\"".to_owned(), |it| it.version.clone());
    let said = change(&client, async |client| client.give_unit_opinion(name, &version, &draft).await).await?;
    let word = said.said.last().map(|it| unit_stance(lang, it.stance)).unwrap_or_default();
    context.output.one(&said, || vec![format!("{}  {word}", view.row.name)])?;
    done(context, &format!("{}{}{words}", view.row.name, colon(lang)));
    Ok(())
}

/// What the unit of its need thinks of it, a line for each word; the last one holds.
pub(super) fn lines(lang: Lang, view: &ApplicationView) -> Vec<String> {
    let Some(opinion) = &view.unit_opinion else { return Vec::new() };
    let label = lang.pick("需求单位意见", "Opinion of the need's unit");
    if opinion.said.is_empty() {
        return vec![format!("{label}  {}", lang.pick("还没有提", "not yet"))];
    }
    let line = |it: &ronghe_contract::application::UnitSaidView| {
        format!("{label}  {}  {}  {}", unit_stance(lang, it.stance), instant(lang, it.at), it.reason)
    };
    opinion.said.iter().map(line).collect()
}
