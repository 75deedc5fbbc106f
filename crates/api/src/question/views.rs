//! Questions on the wire: nothing of who asked, but to their own university that it was its own.

use crate::org::views::org_ref;
use ronghe_app::question::{Shown, Thread};
use ronghe_app::{App, Caller, Register};
use ronghe_contract::question::{AnswerView, QuestionView, QuestionsView, TakenBackView};
use ronghe_domain::kernel::{RefusalKind, day_in_shanghai};
use ronghe_domain::question::State;
use ronghe_domain::question::rules::{is_own, sees_text};

/// A question as the caller may read it.
pub(super) fn view(app: &App, caller: &Caller, shown: &Shown, register: &Register) -> QuestionView {
    let question = &shown.question;
    let reads = sees_text(&caller.actor, question);
    let answers = question.answers.iter().filter(|_| reads).filter_map(|answer| {
        let org = org_ref(register.org(answer.org)?);
        Some(AnswerView { text: answer.text.clone(), org, at: answer.at })
    });
    let state = question.state();
    QuestionView {
        name: shown.name.to_string(),
        no: question.no,
        need: shown.name.need.to_string(),
        title: shown.title.clone(),
        state,
        text: reads.then(|| question.text.clone()),
        own: is_own(&caller.actor, question),
        asked_on: day_in_shanghai(question.asked_at),
        due: (state == State::Open).then_some(question.due),
        overdue: question.is_overdue(shown.cycle.now(app.now())),
        answers: answers.collect(),
        taken_back: question
            .taken_back
            .as_ref()
            .map(|it| TakenBackView { ground: it.ground, on: day_in_shanghai(it.at) }),
        offers: shown.offers.clone(),
        version: question.version.to_string(),
        ahead: shown.cycle.clock().ahead(),
    }
}

/// The questions on a need.
pub(super) fn thread(app: &App, caller: &Caller, thread: &Thread, register: &Register) -> QuestionsView {
    QuestionsView {
        items: thread.questions.iter().map(|shown| view(app, caller, shown, register)).collect(),
        closes: thread.asking_ends,
        can_ask: thread.asking.is_ok(),
        barred: thread.asking.err().filter(|refusal| refusal.kind() == RefusalKind::NotNow),
        ahead: thread.cycle.clock().ahead(),
    }
}
