//! Reading telephones whole: why first, then the numbers, on this page alone.

use super::act::{Act, ActBox};
use super::field::Both;
use super::{Button, TextArea};
use crate::session::Session;
use leptos::prelude::*;
use ronghe_client::{Client, Error};
use ronghe_contract::org::Reveal;

/// Telephones that are read on one page: why, and what came of it.
#[derive(Clone, Copy)]
pub struct Revealing {
    act: Act,
    reason: RwSignal<String>,
    /// Whom to call, each with the number.
    read: RwSignal<Option<Vec<Number>>>,
}

/// A telephone number that was read.
#[derive(Clone)]
pub struct Number {
    /// What they do in their organisation.
    pub post: String,
    pub who: String,
    pub phone: String,
}

/// What the page says besides.
#[derive(Clone, Copy)]
pub struct Said {
    pub words: &'static str,
    /// Who will see that they were read.
    pub kept: Both,
    /// The way back, once they are read.
    pub back: Both,
}

impl Revealing {
    /// Nothing is read yet.
    pub fn new() -> Self {
        Self { act: Act::new(), reason: RwSignal::new(String::new()), read: RwSignal::new(None) }
    }

    /// The form that asks why, then the numbers that `call` gives; `home` is the record's page.
    pub fn form(
        self,
        home: String,
        said: Said,
        call: impl AsyncFnOnce(Client, Reveal) -> Result<Vec<Number>, Error> + Clone + Send + 'static,
    ) -> AnyView {
        let shown = move || match self.read.get() {
            Some(read) => numbers(read, home.clone(), said).into_any(),
            None => self.ask(home.clone(), said, call.clone()).into_any(),
        };
        shown.into_any()
    }

    fn ask(
        self,
        home: String,
        said: Said,
        call: impl AsyncFnOnce(Client, Reveal) -> Result<Vec<Number>, Error> + Clone + Send + 'static,
    ) -> impl IntoView {
        let lang = Session::here().lang();
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let (call, body) = (call.clone(), Reveal { reason: self.reason.get_untracked() });
            self.act.run(async move |client| call(client, body).await, move |read| self.read.set(Some(read)));
        };
        view! {
            <form class="form" on:submit=submit>
                <ActBox act=self.act/>
                <TextArea label=("为什么要看", "Why you need it") name="reason" value=self.reason rows=2 trouble=self.act.trouble/>
                <dl class="summary-list">
                    <dt>{lang.pick("之后", "Then")}</dt><dd>{lang.pick("这一页显示完整的联系电话", "This page shows the telephone whole")}</dd>
                    <dt>{lang.pick("谁会看到", "Who sees it")}</dt><dd>{lang.pick(said.kept.0, said.kept.1)}</dd>
                </dl>
                <div class="form-foot">
                    <Button primary=true busy=self.act.busy>{said.words}</Button>
                    <a class="button" href=home>{lang.pick("不看了", "Leave it")}</a>
                </div>
            </form>
        }
    }
}

fn numbers(read: Vec<Number>, home: String, said: Said) -> impl IntoView {
    let lang = Session::here().lang();
    let row = |number: Number| {
        view! { <dt>{number.post}</dt><dd>{number.who}<br/>{number.phone}</dd> }
    };
    let rows = read.into_iter().map(row).collect_view();
    view! {
        <div class="form">
            <div role="status"><dl class="summary-list">{rows}</dl></div>
            <div class="form-foot"><a class="button" href=home>{lang.pick(said.back.0, said.back.1)}</a></div>
        </div>
    }
}
