//! Publishing, discarding, renewing, superseding: what the document itself offers.

use super::show;
use crate::context::Context;
use crate::exit::{Failure, done};
use crate::write::{Write, change, tried};
use ronghe_contract::policy::{ActOnPolicy, DecisionInput, PolicyView};
use ronghe_domain::policy::Action;
use ronghe_text::{colon, policy_action, policy_refusal};

/// The paper of a decision.
#[derive(clap::Args)]
pub(crate) struct Decision {
    /// Day of the decision, such as 2026-01-14.
    #[arg(long)]
    date: String,
    /// Number of the paper.
    #[arg(long)]
    number: String,
    /// What the paper is called.
    #[arg(long)]
    paper: String,
}

impl From<Decision> for DecisionInput {
    fn from(decision: Decision) -> Self {
        Self { date: decision.date, number: decision.number, paper: decision.paper }
    }
}

/// Does `action` to the document as it stands now.
pub(crate) async fn act(
    context: &Context,
    slug: &str,
    write: &Write,
    action: ActOnPolicy,
) -> Result<(), Failure> {
    let kind = match &action {
        ActOnPolicy::Publish => Action::Publish,
        ActOnPolicy::Discard => Action::Discard,
        ActOnPolicy::Renew { .. } => Action::Renew,
        ActOnPolicy::Supersede { .. } => Action::Supersede,
    };
    let client = context.client()?;
    let view = client.show_policy(slug).await?;
    if write.dry_run {
        return try_out(context, &view, kind);
    }
    let words = policy_action(context.lang, kind);
    write.confirm.ask_about(context, slug, words)?;
    let version = view.version;
    let view = change(&client, async |client| client.act_on_policy(slug, &version, &action).await).await?;
    context.output.one(&view, || show::lines(context.lang, &view))?;
    done(context, &format!("{slug}{}{words}", colon(context.lang)));
    Ok(())
}

/// Says whether `action` can be done now.
pub(crate) fn try_out(context: &Context, view: &PolicyView, action: Action) -> Result<(), Failure> {
    let words = policy_action(context.lang, action);
    tried(context, &view.offers, &action, &view.slug, words, |refusal| policy_refusal(context.lang, *refusal))
}
