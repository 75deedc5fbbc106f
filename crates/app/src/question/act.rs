//! Asking, answering, correcting, taking back.

use super::{Posed, Shown, shown, waits};
use crate::crypto::mac;
use crate::message::tell;
use crate::need::seen;
use crate::need_list::beside::locked;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit::{self, Via};
use ronghe_domain::kernel::{QuestionId, Version};
use ronghe_domain::message::{Kind, of_question, unit};
use ronghe_domain::need::{Name as NeedName, Need};
use ronghe_domain::question::draft::taking_back;
use ronghe_domain::question::rules::{self, Facts, asking_ends, closes};
use ronghe_domain::question::{Action, AnswerDraft, Asker, Ground, Name, Question, QuestionDraft};
use ronghe_store as store;

/// What is done to a question, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Answer(AnswerDraft),
    Correct(AnswerDraft),
    TakeBack(Option<Ground>),
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Answer(_) => Action::Answer,
            Self::Correct(_) => Action::Correct,
            Self::TakeBack(_) => Action::TakeBack,
        }
    }
}

/// Asks about a need of the published list. Neither its event nor what its unit is told says who asks.
///
/// # Errors
/// Where the caller does not see the need, or may not ask now; where the text does not hold.
pub async fn ask(app: &App, caller: &Caller, need: &str, draft: &QuestionDraft) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let need = seen(app, caller, NeedName::parse(need).ok_or(Error::Hidden)?).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let university = caller.actor.org().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let need = need.clone();
        async move {
            let (cycle, facts) = locked(&tx, &need).await?;
            let before = store::question::of(tx.db(), need.id).await?;
            let waiting = before.iter().filter(|it| waits(caller, it)).count();
            rules::may_ask(&caller.actor, &facts, waiting, tx.now()).map_err(Error::refused)?;
            let text = draft.check().map_err(Error::Invalid)?;
            let (Some(applications), Some(end)) = (facts.closes, facts.closes.and_then(asking_ends)) else {
                return Err(Error::refused(rules::Refusal::NotPlanned));
            };
            tx.in_time_until(facts.clock.real(end));
            let id = QuestionId(tx.new_id());
            let mark = mac(&app.settings().key, &format!("question {id} {university} {account}"))?;
            let asked_at = facts.now(tx.now());
            let question = Question {
                id,
                cycle: cycle.id,
                need: need.id,
                no: before.last().map_or(1, |last| last.no + 1),
                text,
                asked_at,
                due: rules::due(asked_at, applications),
                asker: Asker { university, account, mark },
                answers: Vec::new(),
                taken_back: None,
                version: Version::FIRST,
            };
            store::question::insert(tx.db(), &question).await?;
            let shown = shown(app, caller, &need, &cycle, &facts, question).ok_or(Error::Hidden)?;
            let name = shown.name.to_string();
            tx.created_veiled(audit::Action::Ask, &Posed { question: &shown.question, name: &name });
            let nobody = Caller::system(Via::System, "question");
            let told = [(Kind::QuestionAsked, unit(need.unit))];
            tell(app, &tx, &nobody, (Some(need.year), &shown.name.need.to_string()), &told).await?;
            Ok(shown)
        }
    })
    .await
}

/// Answers a question, corrects an answer, or takes the question back.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, name: &str, act: Act, seen_in: Version) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let need = seen(app, caller, NeedName::Number(name.need)).await?;
    app.write(caller, |tx: Tx| {
        let (need, act) = (need.clone(), act.clone());
        async move {
            let (cycle, facts) = locked(&tx, &need).await?;
            let all = store::question::of(tx.db(), need.id).await?;
            let before = all.into_iter().find(|it| it.no == name.no).ok_or(Error::Hidden)?;
            let (action, said) = (act.action(), name.to_string());
            let posed = Posed { question: &before, name: &said };
            rules::decide(&caller.actor, before.state(), &facts, action, tx.now())
                .map_err(|refusal| refused(&posed, audit_action(action), refusal))?;
            if before.version != seen_in {
                return Err(Error::Stale { current: Some(before.version) });
            }
            if let Some(closes) = closes(&facts, action) {
                tx.in_time_until(closes);
            }
            let after = moved(&tx, caller, &before, &facts, &act)?;
            store::question::save(tx.db(), &before, &after).await?;
            let now = Posed { question: &after, name: &said };
            tx.changed(audit_action(action), &Posed { question: &before, name: &said }, &now);
            told(app, &tx, caller, &need, &after).await?;
            shown(app, caller, &need, &cycle, &facts, after).ok_or(Error::Hidden)
        }
    })
    .await
}

/// The question after `act`, which the rules let pass.
fn moved(tx: &Tx, caller: &Caller, before: &Question, facts: &Facts, act: &Act) -> Result<Question, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    let at = facts.now(tx.now());
    match act {
        Act::Answer(draft) | Act::Correct(draft) => {
            draft.check(org, account, at).map(|answer| before.answered(answer)).map_err(Error::Invalid)
        }
        Act::TakeBack(ground) => {
            taking_back(*ground, account, at).map(|why| before.taken_back(why)).map_err(Error::Invalid)
        }
    }
}

async fn told(app: &App, tx: &Tx, caller: &Caller, need: &Need, after: &Question) -> Result<(), Error> {
    let number = need.name().to_string();
    tell(app, tx, caller, (Some(need.year), &number), &of_question(after)).await
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Answer => audit::Action::Answer,
        Action::Correct => audit::Action::Correct,
        Action::TakeBack => audit::Action::TakeBack,
    }
}
