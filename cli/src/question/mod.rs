//! `ronghe question`: 答疑.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::bytes;
use crate::output::Column;
use crate::write::{Write, change, offer_line, tried};
use clap::Subcommand;
use ronghe_client::ListQuestions;
use ronghe_contract::question::{ActOnQuestion, QuestionView};
use ronghe_domain::question::{Action, Ground, QuestionDraft};
use ronghe_text::{
    Lang, before_close, colon, date, instant, question_action, question_ground, question_refusal,
    question_state,
};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Questions on a need with their answers; without a need, those that wait for your answer.
    List {
        /// The need's number.
        need: Option<String>,
        /// Only what is overdue, of those that wait for your answer.
        #[arg(long, conflicts_with = "need")]
        overdue: bool,
    },
    /// One question with its answers, and what you can do with it.
    Show {
        /// Its name, such as N2026-0137-Q3.
        question: String,
    },
    /// Ask about a need of the published list: everybody reads it, nobody learns which university asks.
    Ask {
        /// The need's number.
        need: String,
        #[command(flatten)]
        words: Words,
        #[command(flatten)]
        write: Write,
    },
    /// Answer a question, for everybody to read.
    Answer {
        /// Its name, such as N2026-0137-Q3.
        question: String,
        #[command(flatten)]
        words: Words,
        #[command(flatten)]
        write: Write,
    },
    /// Put a better answer beside the one that was given.
    Correct {
        /// Its name, such as N2026-0137-Q3.
        question: String,
        #[command(flatten)]
        words: Words,
        #[command(flatten)]
        write: Write,
    },
    /// Take a question back: that it was asked stays to be seen, what it says does not.
    TakeBack {
        /// Its name, such as N2026-0137-Q3.
        question: String,
        /// Why: `off_topic`, `personal_data`, `names_asker`, `improper`.
        #[arg(long, value_parser = ground)]
        ground: Ground,
        #[command(flatten)]
        write: Write,
    },
}

/// A text, given at once or in a file.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Words {
    /// The text.
    #[arg(long)]
    text: Option<String>,
    /// A file with the text; `-` for standard input.
    #[arg(long)]
    file: Option<PathBuf>,
}

const COLUMNS: &[Column] = &[
    Column { name: "name", zh: "编号", en: "Name" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "asked", zh: "提问日期", en: "Asked" },
    Column { name: "due", zh: "答复期限", en: "Due" },
    Column { name: "question", zh: "提问", en: "Question" },
    Column { name: "answer", zh: "答复", en: "Answer" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    match verb {
        Verb::List { need: Some(need), .. } => {
            let view = context.client()?.list_need_questions(&need).await?;
            context.output.rows(COLUMNS, &view.items, |row| cells(lang, row))
        }
        Verb::List { need: None, overdue } => {
            let show = if overdue { "overdue".to_owned() } else { String::new() };
            let query = ListQuestions { show, ..ListQuestions::default() };
            let page = context.client()?.list_questions(&query).await?;
            context.output.rows(COLUMNS, &page.items, |row| cells(lang, row))
        }
        Verb::Show { question } => {
            let view = context.client()?.show_question(&question).await?;
            context.output.one(&view, || lines(lang, &view))
        }
        Verb::Ask { need, words, write } => ask(context, &need, &words, &write).await,
        Verb::Answer { question, words, write } => {
            let answer = words.read(context)?;
            act(context, &question, &write, Action::Answer, ActOnQuestion::Answer { answer }).await
        }
        Verb::Correct { question, words, write } => {
            let answer = words.read(context)?;
            act(context, &question, &write, Action::Correct, ActOnQuestion::Correct { answer }).await
        }
        Verb::TakeBack { question, ground, write } => {
            let body = ActOnQuestion::TakeBack { ground: Some(ground) };
            act(context, &question, &write, Action::TakeBack, body).await
        }
    }
}

impl Words {
    fn read(&self, context: &Context) -> Result<String, Failure> {
        match (&self.text, &self.file) {
            (Some(text), _) => Ok(text.clone()),
            (None, Some(file)) => of_file(context, file),
            (None, None) => Ok(String::new()),
        }
    }
}

fn of_file(context: &Context, file: &Path) -> Result<String, Failure> {
    let bytes = bytes(context, file)?;
    String::from_utf8(bytes)
        .map_err(|error| Failure::input(format!("{}{}{error}", file.display(), colon(context.lang))))
}

/// Reads `personal_data`.
fn ground(text: &str) -> Result<Ground, String> {
    serde_json::from_value(serde_json::Value::String(text.trim().replace('-', "_")))
        .map_err(|_unknown| "off_topic, personal_data, names_asker, improper".to_owned())
}

fn cells(lang: Lang, row: &QuestionView) -> Vec<String> {
    vec![
        row.name.clone(),
        question_state(lang, row.state).to_owned(),
        date(lang, row.asked_on),
        row.due.map(|due| instant(lang, before_close(due))).unwrap_or_default(),
        row.text.clone().unwrap_or_default(),
        row.answers.last().map(|answer| answer.text.clone()).unwrap_or_default(),
    ]
}

fn lines(lang: Lang, view: &QuestionView) -> Vec<String> {
    let own = if view.own { lang.pick("  本校提问", "  yours") } else { "" };
    let mut lines = vec![format!("{}  {}  {}{own}", view.name, question_state(lang, view.state), view.title)];
    lines.extend(view.text.clone());
    lines.extend(view.taken_back.as_ref().map(|it| {
        let why = question_ground(lang, it.ground);
        format!("{}  {}  {why}", lang.pick("撤下", "Taken back"), date(lang, it.on))
    }));
    let last = view.answers.len();
    for (at, answer) in (1..).zip(&view.answers) {
        let words =
            if at == last { lang.pick("答复", "Answer") } else { lang.pick("已更正", "Corrected") };
        let org = lang.pick(&answer.org.name, &answer.org.name_en);
        lines.push(format!("{words}  {org}  {}  {}", instant(lang, answer.at), answer.text));
    }
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.map(|it| question_refusal(lang, it));
        offer_line(lang, question_action(lang, offer.action), barred)
    }));
    lines
}

async fn ask(context: &Context, need: &str, words: &Words, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let question = words.read(context)?;
    let client = context.client()?;
    if write.dry_run {
        let view = client.list_need_questions(need).await?;
        return match (view.can_ask, view.barred) {
            (true, _) => {
                done(context, lang.pick("可以提问", "it can be asked about"));
                Ok(())
            }
            (false, Some(refusal)) => Err(Failure::input(question_refusal(lang, refusal))),
            (false, None) => Err(Failure::input(lang.pick("提问由高校提出", "universities ask"))),
        };
    }
    let sure = lang.pick("公开提问？", "ask it in public?");
    write.confirm.ask(context, &format!("{need}{}{sure}", colon(lang)))?;
    let draft = QuestionDraft { question };
    let view = change(&client, async |client| client.ask_question(need, &draft).await).await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, &format!("{} {}", lang.pick("已提问", "asked as"), view.name));
    Ok(())
}

/// Does `action` to the question as it stands now.
async fn act(
    context: &Context,
    name: &str,
    write: &Write,
    action: Action,
    body: ActOnQuestion,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_question(name).await?;
    let words = question_action(lang, action);
    if write.dry_run {
        return tried(context, &view.offers, &action, &view.name, words, |refusal| {
            question_refusal(lang, *refusal)
        });
    }
    write.confirm.ask_about(context, name, words)?;
    let version = view.version;
    let acted = change(&client, async |client| client.act_on_question(name, &version, &body).await).await?;
    context.output.one(&acted, || lines(lang, &acted))?;
    done(context, &format!("{}{}{words}", acted.name, colon(lang)));
    Ok(())
}
